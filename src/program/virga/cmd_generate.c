/* virga generate, virga export. */
#include "program/virga/commands.h"
#include "program/virga/load.h"
#include <string.h>
#include <virga/json_schema.h>

/* Ask the kit, and whoever knows, until no question is open. */
static int decide(app *a, const vg_schema *schema, answers *said,
                  vg_kit_generate_options *options, vg_kit_generated *made)
{
    options->dry_run = true;
    int status = answers_read(a, said);
    while (!status) {
        options->decisions = answers_given(said);
        status = kit_said(a, vg_kit_generate(a->kit, schema, options, made));
        if (status || !made->questions.len)
            break;
        status = answers_find(a, said, &made->questions);
    }
    options->dry_run = setting_flag(a, OPT_DRY_RUN);
    return status ? status : answers_check(a, said);
}

static void show(app *a, const vg_kit_generated *made)
{
    bool dry = setting_flag(a, OPT_DRY_RUN);
    if (dry)
        say(a, "-- %s would be written", made->path);
    else
        say(a, "%s\xe2\x9c\x93%s %s", paint(stdout, STYLE_GREEN),
            paint(stdout, STYLE_NONE), made->path);
    if (made->statements.len)
        say(a, ": %s", counted(a, made->statements.len, "statement"));
    say(a, "\n");
    show_statements(a, &made->statements, dry || setting_flag(a, OPT_VERBOSE), true);
    for (size_t i = 0; i < made->losses.len; i++)
        say(a, "  %snote:%s it cannot be taken back: %s\n", paint(stdout, STYLE_YELLOW),
            paint(stdout, STYLE_NONE), made->losses.data[i]);
    for (size_t i = 0; i < made->notes.len; i++)
        say(a, "  %snote:%s %s\n", paint(stdout, STYLE_YELLOW),
            paint(stdout, STYLE_NONE), made->notes.data[i]);
    answer_set(a, "notes", json_texts(&made->notes));
    answer_text(a, "tag", made->tag);
    answer_text(a, "path", made->path);
    answer_set(a, "statements", json_statements(&made->statements));
    answer_set(a, "irreversible", json_texts(&made->losses));
}

int run_generate(app *a)
{
    const vg_schema *schema = NULL;
    vg_kit_generate_options options = {.name = setting_text(a, OPT_NAME),
                                       .custom = setting_flag(a, OPT_CUSTOM),
                                       .dry_run = setting_flag(a, OPT_DRY_RUN)};
    vg_kit_generated made;
    answers said;
    int status = kit_open(a);
    if (!status && !options.custom)
        status = load_schema(a, &schema);
    if (!status && !options.custom)
        status = decide(a, schema, &said, &options, &made);
    if (!status)
        status = kit_said(a, vg_kit_generate(a->kit, schema, &options, &made));
    if (status)
        return status;
    if (made.changed) {
        show(a, &made);
    } else {
        answer_status(a, "no_changes");
        say(a, "No schema changes, nothing to migrate\n");
    }
    return EXIT_DONE;
}

/* The schema as JSON: the schemas of its rows. */
static int export_json(app *a, const vg_schema *schema)
{
    const vg_json_schema_options how = {.indent = 2,
                                        .db_names = setting_flag(a, OPT_DB_NAMES)};
    bool openapi = setting_flag(a, OPT_OPENAPI);
    const char *text;
    int rc =
        (openapi ? vg_openapi_json : vg_schema_json)(&a->arena, schema, &how, &text);
    if (rc)
        return app_fail(a, EXIT_FAILED, "the schema cannot be told in JSON: %s",
                        vg_code_text(rc));
    say(a, "%s\n", text);
    answer_set(a, openapi ? "openapi" : "json_schema", json_loads(text, 0, NULL));
    return EXIT_DONE;
}

int run_export(app *a)
{
    const vg_schema *schema;
    const char *sql;
    int status = kit_open(a);
    if (!status)
        status = load_schema(a, &schema);
    if (!status && (setting_flag(a, OPT_JSON_SCHEMA) || setting_flag(a, OPT_OPENAPI)))
        return export_json(a, schema);
    if (!status)
        status = kit_said(a, vg_kit_export(a->kit, schema, &sql));
    if (status)
        return status;
    say(a, "%s%s", sql, *sql && sql[strlen(sql) - 1] != '\n' ? "\n" : "");
    answer_text(a, "sql", sql);
    return EXIT_DONE;
}
