/* --help, by the table. */
#include "program/virga/app.h"
#include <string.h>

enum { WIDTH = 80 };

/* `text` from column `indent` on, its lines broken at blanks. */
static void wrapped(const char *text, int indent)
{
    int column = indent;
    bool first = true;
    while (*text) {
        if (text[0] == '\n' && text[1] == '\n') {
            printf("\n\n%*s", indent, "");
            column = indent;
            first = true;
            text += 2;
            continue;
        }
        text += strspn(text, " \n");
        int len = (int)strcspn(text, " \n");
        if (!len)
            break;
        if (!first && column + 1 + len > WIDTH) {
            printf("\n%*s", indent, "");
            column = indent;
            first = true;
        }
        printf("%s%.*s", first ? "" : " ", len, text);
        column += len + !first;
        first = false;
        text += len;
    }
    puts("");
}

static void heading(const char *text)
{
    printf("\n%s%s%s\n", paint(stdout, STYLE_BOLD), text, paint(stdout, STYLE_NONE));
}

static void option_help(const option *o)
{
    char left[80];
    int n = snprintf(left, sizeof left, "  %c%c%s --%s%s%s", o->letter ? '-' : ' ',
                     o->letter ? o->letter : ' ', o->letter ? "," : " ", o->name,
                     o->argument ? " " : "", o->argument ? o->argument : "");
    enum { COLUMN = 32 };
    printf("%s%s%s", paint(stdout, STYLE_CYAN), left, paint(stdout, STYLE_NONE));
    if (n >= COLUMN)
        printf("\n%*s", COLUMN, "");
    else
        printf("%*s", COLUMN - n, "");
    char text[600];
    bool yes = o->fallback && strcmp(o->fallback, "true") == 0;
    snprintf(text, sizeof text, "%s%s%s%s%s%s%s%s", o->help, o->choices ? " (" : "",
             o->choices ? o->choices : "", o->choices ? ")" : "",
             o->fallback && o->kind == KIND_TEXT ? "; default " : "",
             o->fallback && o->kind == KIND_TEXT ? o->fallback : "",
             yes ? "; default yes, no by --no-" : "", yes ? o->name : "");
    wrapped(text, COLUMN);
}

void help_overview(const app *a)
{
    (void)a;
    puts(
        "virga: migrations from a schema header, in folders shared with drizzle-kit\n");
    puts("  virga COMMAND [options]");
    heading("Commands");
    for (size_t i = 0; i < CMD_COUNT; i++)
        printf("  %s%-10s%s %s\n", paint(stdout, STYLE_CYAN), command_table[i].name,
               paint(stdout, STYLE_NONE), command_table[i].summary);
    heading("Options");
    option_help(&option_table[OPT_HELP]);
    option_help(&option_table[OPT_VERSION]);
    puts("\nThe beginning: virga init, virga generate --name init, virga migrate.\n"
         "More about a command: virga help COMMAND, man virga, man virga.json.");
}

static void example_help(const char *text)
{
    heading("Examples");
    for (const char *line = text; *line;) {
        int len = (int)strcspn(line, "\n");
        printf("  %.*s\n", len, line);
        line += len + (line[len] != 0);
    }
}

void help_command(const app *a, const command *c)
{
    (void)a;
    char title[200];
    snprintf(title, sizeof title, "virga %s: %s", c->name, c->summary);
    wrapped(title, 0);
    printf("\n  virga %s%s%s%s [options]\n", c->name, c->argument ? " [" : "",
           c->argument ? c->argument : "", c->argument ? "]" : "");
    if (c->other)
        printf("  virga %s: the same\n", c->other);
    if (c->text) {
        puts("");
        wrapped(c->text, 0);
    }
    /* What is this command's own first, then what the configuration may say, too. */
    for (int keyed = 0; keyed < 2; keyed++) {
        bool any = false;
        for (size_t i = 0; i < OPT_COUNT; i++) {
            if (!command_takes(c, (option_id)i) ||
                (option_table[i].key != NULL) != keyed)
                continue;
            if (!any)
                heading(keyed ? "Options that virga.json may have, too" : "Options");
            any = true;
            option_help(&option_table[i]);
        }
    }
    if (c->example)
        example_help(c->example);
}
