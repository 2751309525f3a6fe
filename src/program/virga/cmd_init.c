/* virga init: something to start from. */
#include "program/virga/commands.h"
#include <errno.h>
#include <string.h>
#include <unistd.h>

static const char schema_text[] =
    "/* The schema: the one place where tables are described. Change it, then\n"
    " *     virga generate --name what_changed\n"
    " *     virga migrate */\n"
    "#pragma once\n"
    "#include <virga/virga.h>\n"
    "\n"
    "TABLE(users,\n"
    "    COLUMN(id,         INTEGER,   PRIMARY_KEY, AUTOINCREMENT),\n"
    "    COLUMN(email,      TEXT,      NOT_NULL, UNIQUE),\n"
    "    COLUMN(name,       TEXT,      NOT_NULL),\n"
    "    COLUMN(created_at, TIMESTAMP, NOT_NULL, DEFAULT_NOW))\n"
    "\n"
    "SCHEMA(app, users)\n";

/* A new file with that text, unless there is one already. */
static int make(app *a, const char *path, const char *text, json_t *made)
{
    if (access(path, F_OK) == 0) {
        say(a, "  %s is there already, left as it is\n", path);
        return EXIT_DONE;
    }
    int status = app_write(a, path, text, strlen(text), false);
    if (!status) {
        say(a, "%s\xe2\x9c\x93%s %s\n", paint(stdout, STYLE_GREEN),
            paint(stdout, STYLE_NONE), path);
        json_array_append_new(made, json_string(path));
    }
    return status;
}

static const char *json_word(app *a, const char *text)
{
    json_t *word = json_string(text);
    char *dumped = word ? json_dumps(word, JSON_ENCODE_ANY) : NULL;
    const char *copy = dumped ? app_text(a, dumped) : "\"?\"";
    free(dumped);
    json_decref(word);
    return copy;
}

int run_init(app *a)
{
    const char *schema = setting_text(a, OPT_SCHEMA), *out = setting_text(a, OPT_OUT),
               *url = setting_text(a, OPT_URL), *dialect = setting_text(a, OPT_DIALECT);
    if (!dialect) /* init reads no configuration */
        dialect = url && url_is_server(url) ? "postgresql" : "sqlite";
    bool server = strcmp(dialect, "postgresql") == 0;
    schema = schema ? schema : "schema.h";
    const char *config =
        app_print(a,
                  "{\n"
                  "  \"dialect\": \"%s\",\n"
                  "  \"schema\": %s,\n"
                  "  \"out\": %s,\n"
                  "  \"dbCredentials\": { \"url\": %s }\n"
                  "}\n",
                  dialect, json_word(a, schema), json_word(a, out ? out : "migrations"),
                  json_word(a, url      ? url
                               : server ? "env:DATABASE_URL"
                                        : "app.db"));
    json_t *made = json_array();
    int status = make(a, "virga.json", config, made);
    if (!status)
        status = make(a, schema, schema_text, made);
    answer_set(a, "made", made);
    if (!status && server && !url)
        say(a,
            "\nThe database comes from DATABASE_URL, in the environment or in .env:\n"
            "    DATABASE_URL=postgres://user:password@localhost/app\n");
    if (!status)
        say(a, "\nNext: virga generate --name init, then virga migrate\n");
    return status;
}
