/* The table of the command `virga` as JSON, for tools/gen_man. */
#include "program/virga/table.h"
#include <stdio.h>
#include <virga/api.h>

static void text(const char *key, const char *value, const char *end)
{
    printf("\"%s\": ", key);
    if (!value) {
        printf("null%s", end);
        return;
    }
    putchar('"');
    for (; *value; value++) {
        if (*value == '\n')
            fputs("\\n", stdout);
        else if (*value == '"' || *value == '\\')
            printf("\\%c", *value);
        else
            putchar(*value);
    }
    printf("\"%s", end);
}

static void option_out(const option *o)
{
    const char letter[2] = {o->letter, 0};
    static const char *const kinds[] = {"flag", "text", "list"};
    printf("  {");
    text("name", o->name, ", ");
    text("other", o->other, ", ");
    text("letter", o->letter ? letter : NULL, ", ");
    text("kind", kinds[o->kind], ", ");
    text("argument", o->argument, ", ");
    text("choices", o->choices, ", ");
    text("help", o->help, ", ");
    text("key", o->key, ", ");
    text("variable", o->variable, ", ");
    text("fallback", o->fallback, ", ");
    text("more", o->more, ", ");
    text("only", o->only, "}");
}

static void command_out(const command *c)
{
    printf("  {");
    text("name", c->name, ", ");
    text("other", c->other, ", ");
    text("argument", c->argument, ", ");
    text("summary", c->summary, ", ");
    text("text", c->text, ", ");
    text("example", c->example, ", \"options\": [");
    const char *comma = "";
    for (int i = 0; i < OPT_COUNT; i++) {
        if (!command_takes(c, i))
            continue;
        printf("%s%d", comma, i);
        comma = ", ";
    }
    printf("]}");
}

int main(void)
{
    printf("{");
    text("version", VG_VERSION, ",\n\"options\": [\n");
    for (int i = 0; i < OPT_COUNT; i++) {
        option_out(&option_table[i]);
        puts(i + 1 < OPT_COUNT ? "," : "],");
    }
    puts("\"commands\": [");
    for (int i = 0; i < CMD_COUNT; i++) {
        command_out(&command_table[i]);
        puts(i + 1 < CMD_COUNT ? "," : "],");
    }
    puts("\"refused\": [");
    for (size_t i = 0; i < refused_key_count; i++) {
        printf("  {");
        text("key", refused_keys[i].key, ", ");
        text("reason", refused_keys[i].reason,
             i + 1 < refused_key_count ? "},\n" : "}],\n");
    }
    puts("\"exits\": [");
    for (size_t i = 0; i < exit_status_count; i++) {
        printf("  {\"status\": %d, ", exit_statuses[i].status);
        text("meaning", exit_statuses[i].meaning,
             i + 1 < exit_status_count ? "},\n" : "}]}\n");
    }
    return 0;
}
