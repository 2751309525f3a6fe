/* virga doctor: what is set, where it came from, and whether what virga needs is there. */
#include "core/migrator.h"
#include "program/virga/commands.h"
#include "program/virga/load.h"
#include "program/virga/process.h"
#include <sqlite3.h>
#include <string.h>
#include <sys/wait.h>
#include <unistd.h>
#include <virga/virga.h>

/* ---- values ---- */

static const char *source_text(app *a, option_id id)
{
    const setting *s = &a->settings[id];
    switch (s->source) {
    case FROM_NOBODY: break;
    case FROM_DEFAULT: return "default";
    case FROM_FILE: return app_print(a, "%s:%d", s->where, s->line);
    case FROM_DOTENV: return app_print(a, "%s in .env", option_table[id].variable);
    case FROM_ENVIRONMENT:
        return app_print(a, "%s in the environment", option_table[id].variable);
    case FROM_FLAG: return app_print(a, "--%s", option_table[id].name);
    }
    return "not set";
}

/* As it may be shown. */
static const char *value_text(app *a, option_id id)
{
    const texts *values = setting_list(a, id);
    const char *text = values->len ? "" : "-";
    for (size_t i = 0; i < values->len; i++)
        text = app_print(a, "%s%s%s", text, i ? " " : "",
                         id == OPT_URL        ? url_hidden(a, values->data[i])
                         : id == OPT_PASSWORD ? "***"
                                              : values->data[i]);
    return text;
}

static void show_settings(app *a)
{
    json_t *all = json_object();
    say(a, "%sConfiguration%s  %s\n", paint(stdout, STYLE_BOLD),
        paint(stdout, STYLE_NONE),
        a->config_path ? a->config_path : "no file: virga init writes virga.json");
    for (int i = 0; i < OPT_COUNT; i++) {
        const option *o = &option_table[i];
        if (!o->key || (o->only && strcmp(o->only, setting_text(a, OPT_DIALECT)) != 0))
            continue;
        const char *value = value_text(a, (option_id)i),
                   *from = source_text(a, (option_id)i);
        say(a, "  %-20s %-24s %s%s%s\n", o->key, value, paint(stdout, STYLE_DIM), from,
            paint(stdout, STYLE_NONE));
        json_object_set_new(all, o->key,
                            json_pack("{s:s,s:s}", "value", value, "from", from));
    }
    for (size_t i = 0; i < a->ignored.len; i++) {
        for (int k = 0; k < OPT_COUNT; k++)
            if (option_table[k].key == a->ignored.data[i])
                say(a, "  %-20s ignored: %s\n", a->ignored.data[i],
                    option_table[k].otherwise);
        for (size_t k = 0; k < refused_key_count; k++) {
            if (strcmp(refused_keys[k].key, a->ignored.data[i]) == 0)
                say(a, "  %-20s ignored: %s\n", a->ignored.data[i],
                    refused_keys[k].reason);
        }
    }
    answer_set(a, "configuration", all);
}

/* ---- checks ---- */

typedef struct checks {
    app *app;
    json_t *list;
    int status;
} checks;

/* One line: `bad` is what is wrong, or NULL. */
static void result(checks *c, const char *what, const char *found, bool good)
{
    app *a = c->app;
    say(a, "  %s%s%s %-12s %s\n", paint(stdout, good ? STYLE_GREEN : STYLE_RED),
        good ? "\xe2\x9c\x93" : "\xe2\x9c\x97", paint(stdout, STYLE_NONE), what, found);
    json_array_append_new(
        c->list, json_pack("{s:s,s:b,s:s}", "check", what, "ok", good, "found", found));
    if (!good)
        c->status = EXIT_FAILED;
}

static void check_compiler(checks *c)
{
    app *a = c->app;
    const char *where;
    texts words = load_compiler(a, &where);
    if (!words.len) {
        result(c, "compiler", "none: install gcc or clang", false);
        return;
    }
    texts_add(a, &words, "--version");
    char **argv = app_alloc(a, (words.len + 1) * sizeof *argv);
    for (size_t i = 0; i < words.len; i++)
        argv[i] = app_text(a, words.data[i]);
    process p;
    int bad = process_start(&p, argv);
    if (bad) {
        result(c, "compiler", app_print(a, "%s: %s", words.data[0], strerror(bad)),
               false);
        return;
    }
    bool timed_out;
    int status = process_wait(&p, 20, &timed_out);
    const char *text = process_text(a, &p.out);
    process_text(a, &p.err);
    result(c, "compiler",
           app_print(a, "%s (%s): %.*s", words.data[0], where, (int)strcspn(text, "\n"),
                     text),
           status == 0 && !timed_out);
}

static const char *schema_text(app *a, const vg_schema *schema)
{
    size_t n[3] = {0};
    for (size_t i = 0; i < schema->table_count; i++) {
        vg_shape_kind kind = schema->tables[i]->kind;
        n[kind == VG_SHAPE_VIEW ? 1 : kind == VG_SHAPE_TRIGGER ? 2 : 0]++;
    }
    return app_print(a, "%s: %s, %s, %s", schema->name, counted(a, n[0], "table"),
                     counted(a, n[1], "view"), counted(a, n[2], "trigger"));
}

static void check_schema(checks *c)
{
    app *a = c->app;
    const vg_schema *schema;
    if (!setting_list(a, OPT_SCHEMA)->len) {
        result(c, "schema", "none is named: \"schema\" in virga.json, or --schema",
               false);
        return;
    }
    int status = load_schema(a, &schema);
    a->failed = false;
    if (status)
        result(c, "schema", "cannot be read, see above", false);
    else
        result(c, "schema", schema_text(a, schema), true);
}

static void check_folder(checks *c)
{
    app *a = c->app;
    const char *out = setting_text(a, OPT_OUT);
    if (access(app_print(a, "%s/meta/_journal.json", out), R_OK) == 0)
        result(c, "folder", out, true);
    else if (access(out, F_OK) == 0)
        result(c, "folder", app_print(a, "%s, without migrations", out), true);
    else
        result(c, "folder", app_print(a, "%s, made by the first virga generate", out),
               true);
}

static int server_fact(void *ctx, const char *what, const char *found, bool good)
{
    checks *c = ctx;
    result(c, app_text(c->app, what), app_text(c->app, found), good);
    return VG_OK;
}

static void check_server(checks *c, const char *url, const char *shown)
{
    app *a = c->app;
    vg_db *db;
    const char *schema = setting_text(a, OPT_TABLE_SCHEMA);
    const vg_applied_in ledger = {schema ? schema : VG_MIGRATIONS_SCHEMA,
                                  setting_text(a, OPT_TABLE)};
    int code = vg_open(&db, url, NULL);
    result(c, "database",
           code ? app_print(a, "%s: %s", shown, text_hidden(a, vg_errmsg(db))) : shown,
           !code);
    if (!code && vg__migrator_of(db)->describe(db, &ledger, server_fact, c))
        result(c, "server", text_hidden(a, vg_errmsg(db)), false);
    vg_close(db);
}

static void check_database(checks *c)
{
    app *a = c->app;
    int status;
    if (!setting_database(a)) {
        result(c, "database", "none is named: dbCredentials.url, DATABASE_URL or --url",
               true);
        return;
    }
    const char *url = setting_url(a, &status);
    if (!url) {
        result(c, "database", "see above", false);
        return;
    }
    const char *shown = url_hidden(a, url);
    if (url_is_server(url)) {
        check_server(c, url, shown);
        return;
    }
    if (access(database_file(a, url), F_OK)) {
        result(c, "database",
               app_print(a, "%s, made by the first virga migrate", shown), true);
        return;
    }
    vg_db *db;
    bool good = !vg_open(&db, url, &(vg_options){.read_only = true});
    result(c, "database", good ? shown : app_print(a, "%s: %s", shown, vg_errmsg(db)),
           good);
    vg_close(db);
}

int run_doctor(app *a)
{
    checks c = {.app = a, .list = json_array()};
    show_settings(a);
    say(a, "\n%sWhat is there%s\n", paint(stdout, STYLE_BOLD),
        paint(stdout, STYLE_NONE));
    result(&c, "virga",
           app_print(a, "%s, library %s, SQLite %s", VG_VERSION, vg_version(),
                     sqlite3_libversion()),
           strcmp(VG_VERSION, vg_version()) == 0);
    const char *headers = load_headers(a);
    result(&c, "headers", headers ? headers : "not found: set \"include\"",
           headers != NULL);
    check_compiler(&c);
    check_schema(&c);
    check_folder(&c);
    check_database(&c);
    answer_set(a, "checks", c.list);
    if (c.status)
        answer_status(a, "error");
    return c.status;
}
