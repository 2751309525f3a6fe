/* The command line, by the table. */
#include "program/virga/app.h"
#include <string.h>

static const command *command_named(const char *name)
{
    for (size_t i = 0; i < CMD_COUNT; i++) {
        const command *c = &command_table[i];
        if (strcmp(c->name, name) == 0 || (c->other && strcmp(c->other, name) == 0))
            return c;
    }
    return NULL;
}

static int unknown_command(app *a, const char *name)
{
    const char *names[CMD_COUNT];
    for (size_t i = 0; i < CMD_COUNT; i++)
        names[i] = command_table[i].name;
    const char *near = text_nearest(name, names, CMD_COUNT);
    if (near)
        return app_fail(a, EXIT_USAGE,
                        "there is no command \"%s\"; did you mean \"virga %s\"?", name,
                        near);
    return app_fail(a, EXIT_USAGE, "there is no command \"%s\"; see virga --help",
                    name);
}

static bool is_called(const option *o, const char *name, size_t len)
{
    return (len && strlen(o->name) == len && strncmp(o->name, name, len) == 0) ||
           (o->other && strlen(o->other) == len && strncmp(o->other, name, len) == 0);
}

/* The option of that name, --no-name too; -1: none. */
static int option_named(const char *name, size_t len, bool *no)
{
    *no = false;
    for (int i = 0; i < OPT_COUNT; i++) {
        if (is_called(&option_table[i], name, len))
            return i;
        if (option_table[i].kind == KIND_FLAG && len > 3 &&
            strncmp(name, "no-", 3) == 0 &&
            is_called(&option_table[i], name + 3, len - 3)) {
            *no = true;
            return i;
        }
    }
    return -1;
}

static bool is_taken(const app *a, int id)
{
    if (!a->command)
        return id == OPT_HELP || id == OPT_VERSION || id == OPT_OUTPUT;
    return command_takes(a->command, id);
}

static int unknown_option(app *a, const char *word, size_t len)
{
    if (len == 10 && strncmp(word, "--password", len) == 0)
        return app_fail(
            a, EXIT_USAGE,
            "a password on the command line can be read by everybody on the "
            "machine: dbCredentials.password with \"${NAME}\", PGPASSWORD or "
            "~/.pgpass");
    const char *names[2 * OPT_COUNT];
    size_t count = 0;
    for (int i = 0; i < OPT_COUNT; i++) {
        if (is_taken(a, i) && *option_table[i].name)
            names[count++] = option_table[i].name;
    }
    const char *of = a->command ? a->command->name : "virga";
    const char *near = text_nearest(app_text_len(a, word + 2, len - 2), names, count);
    if (near)
        return app_fail(a, EXIT_USAGE, "%s has no option %.*s; did you mean --%s?", of,
                        (int)len, word, near);
    return app_fail(a, EXIT_USAGE, "%s has no option %.*s; see virga %s%s", of,
                    (int)len, word, a->command ? "help " : "--help",
                    a->command ? a->command->name : "");
}

/* Overwrite it in place: postgres://user:password@host, password=... */
static void hide_password(char *url)
{
    char *from = strstr(url, "://"), *word = strstr(url, "password=");
    char *end = from ? from + 3 + strcspn(from + 3, "/?#") : NULL;
    char *at = NULL;
    for (char *p = from; p && p < end; p++)
        at = *p == '@' ? p : at;
    from = at ? memchr(from + 3, ':', (size_t)(at - from - 3)) : NULL;
    if (from)
        memset(from + 1, '*', (size_t)(at - from - 1));
    for (; word; word = strstr(word, "password=")) {
        word += strlen("password=");
        bool quoted = *word == '\'';
        size_t len = strcspn(word + quoted, quoted ? "'" : " &");
        memset(word + quoted, '*', len);
    }
}

/* One option at argv[*at], and its value. */
static int read_option(app *a, char **argv, int *at)
{
    const char *word = argv[*at], *value = NULL;
    bool no = false, is_long = word[1] == '-';
    size_t len = is_long ? strcspn(word, "=") : 2;
    int id = -1;
    if (is_long)
        id = option_named(word + 2, len - 2, &no);
    for (int i = 0; !is_long && i < OPT_COUNT; i++) {
        if (option_table[i].letter == word[1])
            id = i;
    }
    if (word[len])
        value = word + len + (word[len] == '=');
    if (id < 0)
        return unknown_option(a, word, is_long ? len : strlen(word));
    if (!is_taken(a, id))
        return a->command
                   ? app_fail(a, EXIT_USAGE, "%s has no option --%s; see virga help %s",
                              a->command->name, option_table[id].name, a->command->name)
                   : app_fail(a, EXIT_USAGE,
                              "--%s stands after a command, as in: virga generate "
                              "--%s",
                              option_table[id].name, option_table[id].name);
    const option *o = &option_table[id];
    if (o->kind == KIND_FLAG) {
        if (value && !is_long)
            return app_fail(a, EXIT_USAGE, "write %.2s and %s apart", word, word + 2);
        if (no && value)
            return app_fail(a, EXIT_USAGE, "--no-%s takes no value", o->name);
        return setting_put(a, id, FROM_FLAG,
                           no      ? "false"
                           : value ? value
                                   : "true",
                           NULL, 0);
    }
    if (!value)
        value = argv[++*at];
    if (!value)
        return app_fail(a, EXIT_USAGE, "--%s needs a value: --%s %s", o->name, o->name,
                        o->argument);
    if (o->kind != KIND_LIST && a->settings[id].source == FROM_FLAG)
        return app_fail(a, EXIT_USAGE, "--%s is given twice", o->name);
    if (id == OPT_URL) { /* whoever lists processes need not see its password */
        value = app_text(a, value);
        hide_password(argv[*at]);
    }
    return setting_put(a, id, FROM_FLAG, value, NULL, 0);
}

int args_read(app *a, int argc, char **argv)
{
    bool only_words = false;
    int status = EXIT_DONE;
    for (int i = 1; i < argc && !status; i++) {
        const char *word = argv[i];
        if (!only_words && strcmp(word, "--") == 0) {
            only_words = true;
        } else if (!only_words && word[0] == '-' && word[1]) {
            status = read_option(a, argv, &i);
        } else if (!a->command) {
            a->command = command_named(word);
            if (!a->command)
                return unknown_command(a, word);
        } else if (a->command->argument && !a->arguments.len) {
            texts_add(a, &a->arguments, word);
        } else {
            status = app_fail(a, EXIT_USAGE, "%s takes no \"%s\"; see virga help %s",
                              a->command->name, word, a->command->name);
        }
    }
    if (!status && a->command == &command_table[CMD_HELP] && a->arguments.len) {
        a->command = command_named(a->arguments.data[0]);
        if (!a->command)
            return unknown_command(a, a->arguments.data[0]);
        return setting_put(a, OPT_HELP, FROM_FLAG, "true", NULL, 0);
    }
    return status;
}
