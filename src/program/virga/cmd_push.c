/* virga push: the schema straight into a database. */
#include "program/virga/commands.h"
#include "program/virga/load.h"

/* Look what is to be done, and ask whoever knows until no question is open. */
static int plan(app *a, const database *d, const vg_schema *schema, vg_kit_push *push)
{
    answers said;
    int status = answers_read(a, &said);
    while (!status) {
        vg_kit_decisions decisions = answers_given(&said);
        status = kit_said(a, vg_kit_push_plan(a->kit, d->db, schema, &decisions, push));
        if (status || !push->questions.len)
            break;
        status = answers_find(a, &said, &push->questions);
    }
    return status ? status : answers_check(a, &said);
}

static void show(app *a, const vg_kit_push *push)
{
    json_t *losses = json_array();
    show_statements(a, &push->statements,
                    setting_flag(a, OPT_VERBOSE) || setting_flag(a, OPT_DRY_RUN),
                    false); /* they are counted below */
    for (size_t i = 0; i < push->notes.len; i++)
        say(a, "%snote:%s %s\n", paint(stdout, STYLE_YELLOW), paint(stdout, STYLE_NONE),
            push->notes.data[i]);
    for (size_t i = 0; i < push->losses.len; i++) {
        const vg_kit_loss *loss = &push->losses.data[i];
        say(a, "%sloses data:%s %s\n", paint(stdout, STYLE_RED),
            paint(stdout, STYLE_NONE), loss->text);
        json_array_append_new(losses, json_pack("{s:s,s:I}", "text", loss->text, "rows",
                                                (json_int_t)loss->rows));
    }
    answer_set(a, "statements", json_statements(&push->statements));
    answer_set(a, "losses", losses);
    answer_set(a, "notes", json_texts(&push->notes));
}

static int confirm(app *a, const vg_kit_push *push)
{
    if (setting_flag(a, OPT_FORCE))
        return EXIT_DONE;
    if (push->losses.len)
        return prompt_confirm(
            a, "This cannot be undone. Do you still want to push the changes?",
            app_print(a, "Yes, lose what is listed (%s)",
                      counted(a, push->losses.len, "point")),
            "--force");
    if (setting_flag(a, OPT_STRICT))
        return prompt_confirm(a, "Do you want to push the changes?",
                              app_print(a, "Yes, execute %s",
                                        counted(a, push->statements.len, "statement")),
                              "--force");
    return EXIT_DONE;
}

static int push_schema(app *a, const database *d, const vg_schema *schema)
{
    vg_kit_push push;
    int status = plan(a, d, schema, &push);
    if (status)
        return status;
    if (!push.changed) {
        show(a, &push);
        answer_status(a, "no_changes");
        say(a, "No changes detected: %s is like the schema\n", d->shown);
        return EXIT_DONE;
    }
    /* Whoever is to decide sees what it is about. */
    show(a, &push);
    if (setting_flag(a, OPT_DRY_RUN)) {
        say(a, "-- %s: %s would be executed\n", d->shown,
            counted(a, push.statements.len, "statement"));
        return EXIT_DONE;
    }
    status = confirm(a, &push);
    if (!status)
        status = kit_said(a, vg_kit_push_apply(a->kit, d->db, &push));
    if (!status)
        say(a, "%s\xe2\x9c\x93%s Changes applied to %s: %s\n",
            paint(stdout, STYLE_GREEN), paint(stdout, STYLE_NONE), d->shown,
            counted(a, push.statements.len, "statement"));
    return status;
}

int run_push(app *a)
{
    const vg_schema *schema;
    database d = {0};
    int status = kit_open(a);
    if (!status)
        status = load_schema(a, &schema);
    if (!status)
        status = database_open(a, &d, !setting_flag(a, OPT_DRY_RUN));
    if (!status)
        status = push_schema(a, &d, schema);
    vg_close(d.db);
    return status;
}
