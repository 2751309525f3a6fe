/* virga pull: a database as a header. */
#include "program/virga/commands.h"
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

static vg_kit_casing casing(const app *a)
{
    const char *text = setting_text(a, OPT_INTROSPECT_CASING);
    return strcmp(text, "camel") == 0   ? VG_KIT_CAMEL_CASE
           : strcmp(text, "snake") == 0 ? VG_KIT_SNAKE_CASE
                                        : VG_KIT_AS_IN_DATABASE;
}

/* The header may have been changed by hand since the last pull. */
static int may_replace(app *a, const database *d, vg_kit_pull_options how)
{
    const char *path = how.header, *now = app_read(a, path, NULL);
    vg_kit_pulled pulled;
    how.header = NULL;
    how.no_baseline = true;
    how.init = false;
    if (!now || setting_flag(a, OPT_FORCE))
        return EXIT_DONE;
    int status = kit_said(a, vg_kit_pull(a->kit, d->db, &how, &pulled));
    if (status || strcmp(now, pulled.text) == 0)
        return status;
    return prompt_confirm(
        a, app_print(a, "%s is there and is another one. Replace it?", path),
        "Yes, replace it", "--force");
}

static void show(app *a, const database *d, const vg_kit_pulled *pulled)
{
    static const char *const nouns[] = {"table", "column", "index",  "foreign key",
                                        "check", "view",   "trigger"};
    const size_t counts[] = {pulled->tables,       pulled->columns, pulled->indexes,
                             pulled->foreign_keys, pulled->checks,  pulled->views,
                             pulled->triggers};
    json_t *numbers = json_object();
    const char *text = "";
    for (size_t i = 0; i < sizeof counts / sizeof *counts; i++) {
        json_object_set_new(numbers, nouns[i], json_integer((json_int_t)counts[i]));
        if (counts[i] && i == 2)
            text = app_print(a, "%s, %zu index%s", text, counts[i],
                             counts[i] == 1 ? "" : "es");
        else if (counts[i])
            text = app_print(a, "%s%s%s", text, *text ? ", " : "",
                             counted(a, counts[i], nouns[i]));
    }
    say(a, "%s\xe2\x9c\x93%s %s: %s\n", paint(stdout, STYLE_GREEN),
        paint(stdout, STYLE_NONE), pulled->header, *text ? text : "nothing");
    if (pulled->tag)
        say(a, "%s\xe2\x9c\x93%s %s: what is there already, as a comment%s\n",
            paint(stdout, STYLE_GREEN), paint(stdout, STYLE_NONE), pulled->path,
            pulled->initialized ? app_print(a, "; applied to %s", d->shown) : "");
    else
        say(a, "  the folder has migrations already: no first one is written\n");
    for (size_t i = 0; i < pulled->notes.len; i++)
        say(a, "  %snote:%s %s\n", paint(stdout, STYLE_YELLOW),
            paint(stdout, STYLE_NONE), pulled->notes.data[i]);
    answer_text(a, "header", pulled->header);
    answer_set(a, "counts", numbers);
    answer_text(a, "tag", pulled->tag);
    answer_set(a, "initialized", json_boolean(pulled->initialized));
    answer_set(a, "notes", json_texts(&pulled->notes));
}

/* What is missing for generate to go on from here. */
static void advise(app *a, const char *header)
{
    const texts *schema = setting_list(a, OPT_SCHEMA);
    if (!schema->len)
        say(a, "Next: name it in %s, \"schema\": \"%s\"\n",
            a->config_path ? a->config_path : "virga.json", header);
}

int run_pull(app *a)
{
    database d = {0};
    vg_kit_pulled pulled;
    const char *out = setting_text(a, OPT_OUT);
    vg_kit_pull_options how = {.header = app_print(a, "%s/schema.h", out),
                               .schema = setting_text(a, OPT_SCHEMA_NAME),
                               .casing = casing(a),
                               .init = setting_flag(a, OPT_INIT),
                               .no_relations = setting_flag(a, OPT_NO_RELATIONS),
                               .name = setting_text(a, OPT_NAME)};
    int status = kit_open(a);
    if (!status)
        status = database_open(a, &d, false);
    if (!status && !d.there)
        status = app_fail(a, EXIT_FAILED, "there is no database %s", d.shown);
    if (!status)
        status = may_replace(a, &d, how);
    if (!status)
        status = kit_said(a, vg_kit_pull(a->kit, d.db, &how, &pulled));
    if (!status) {
        show(a, &d, &pulled);
        advise(a, how.header);
    }
    vg_close(d.db);
    return status;
}
