/* The folder's own tools: virga check, up, drop, squash, rebase, embed. */
#include "program/virga/commands.h"
#include <string.h>

/* ---- check, up ---- */

int run_check(app *a)
{
    vg_kit_findings found;
    vg_migrations all;
    int status = kit_open(a);
    if (!status)
        status = folder_is_there(a);
    if (!status)
        status = kit_said(a, vg_kit_check(a->kit, &found));
    if (status)
        return status;
    json_t *list = json_array();
    for (size_t i = 0; i < found.len; i++) {
        const vg_kit_finding *f = &found.data[i];
        bool bad = f->severity == VG_KIT_ERROR;
        const char *place =
            f->line ? app_print(a, "%s:%zu", f->file, f->line) : f->file;
        say(a, "%s%s:%s %s: %s\n", paint(stdout, bad ? STYLE_RED : STYLE_YELLOW),
            bad ? "error" : "warning", paint(stdout, STYLE_NONE), place, f->message);
        json_array_append_new(list,
                              json_pack("{s:s,s:s,s:i,s:s}", "severity",
                                        bad ? "error" : "warning", "file", f->file,
                                        "line", (int)f->line, "message", f->message));
    }
    answer_set(a, "findings", list);
    if (found.errors) {
        answer_status(a, "error");
        say(a, "%s\n", counted(a, found.errors, "mistake"));
        return EXIT_FAILED;
    }
    status = migrations_load(a, &all);
    if (!status)
        say(a, "Everything is in order: %s\n", counted(a, all.len, "migration"));
    return status;
}

int run_up(app *a)
{
    vg_kit_texts written;
    int status = kit_open(a);
    if (!status)
        status = kit_said(a, vg_kit_up(a->kit, &written));
    if (status)
        return status;
    for (size_t i = 0; i < written.len; i++)
        say(a, "%s\xe2\x9c\x93%s %s\n", paint(stdout, STYLE_GREEN),
            paint(stdout, STYLE_NONE), written.data[i]);
    if (!written.len) {
        answer_status(a, "no_changes");
        say(a, "All snapshots have the present format\n");
    }
    answer_set(a, "written", json_texts(&written));
    return EXIT_DONE;
}

/* ---- what changes the folder ---- */

static void show_changed(app *a, const vg_kit_changed *changed)
{
    for (size_t i = 0; i < changed->written.len; i++)
        say(a, "%s\xe2\x9c\x93%s %s\n", paint(stdout, STYLE_GREEN),
            paint(stdout, STYLE_NONE), changed->written.data[i]);
    for (size_t i = 0; i < changed->removed.len; i++)
        say(a, "%s-%s %s\n", paint(stdout, STYLE_RED), paint(stdout, STYLE_NONE),
            changed->removed.data[i]);
    for (size_t i = 0; i < changed->notes.len; i++)
        say(a, "  %snote:%s %s\n", paint(stdout, STYLE_YELLOW),
            paint(stdout, STYLE_NONE), changed->notes.data[i]);
    if (changed->tag)
        answer_text(a, "tag", changed->tag);
    answer_set(a, "written", json_texts(&changed->written));
    answer_set(a, "removed", json_texts(&changed->removed));
    answer_set(a, "notes", json_texts(&changed->notes));
}

/* The database, if the configuration names one that is there: it is asked what it has. */
static int open_if_there(app *a, database *d)
{
    *d = (database){0};
    if (!setting_database(a) || setting_flag(a, OPT_FORCE))
        return EXIT_DONE;
    int status = database_open(a, d, false);
    if (!status && !d->there) {
        vg_close(d->db);
        d->db = NULL;
    }
    return status;
}

/* The migration that --tag means, or that a person chooses. */
static int choose(app *a, const char *question, const char **tag)
{
    vg_migrations all;
    texts tags = {0};
    int status = migrations_load(a, &all);
    if (status)
        return status;
    if (!all.len)
        return app_fail(a, EXIT_FAILED, "there are no migrations in %s",
                        setting_text(a, OPT_OUT));
    const char *said = setting_text(a, OPT_TAG);
    if (said) {
        *tag = migration_named(a, &all, said, OPT_TAG, &status);
        return status;
    }
    for (size_t i = 0; i < all.len; i++)
        texts_add(a, &tags, all.data[i].tag);
    size_t chosen = all.len - 1;
    if (!prompt_possible(a))
        return app_fail(a, EXIT_UNDECIDED,
                        "which migration? There is no terminal to ask on: --tag %s",
                        tags.data[chosen]);
    status = prompt_choose(a, question, tags.data, tags.len, &chosen);
    if (status)
        tell(a, "Interrupted: nothing was changed\n");
    *tag = tags.data[chosen];
    return status;
}

int run_drop(app *a)
{
    const char *tag = NULL;
    vg_kit_changed changed;
    database d = {0};
    int status = kit_open(a);
    if (!status)
        status = choose(a, "Which migration is to be removed?", &tag);
    if (!status)
        status = open_if_there(a, &d);
    if (!status)
        status = kit_said(a, vg_kit_drop(a->kit, tag, d.db, &changed));
    if (!status)
        show_changed(a, &changed);
    vg_close(d.db);
    return status;
}

int run_squash(app *a)
{
    vg_migrations all;
    vg_kit_changed changed;
    vg_kit_squash_options how = {.name = setting_text(a, OPT_NAME)};
    const char *from = setting_text(a, OPT_FROM);
    database d = {0};
    int status = migrations_load(a, &all);
    if (!status && from)
        how.from = migration_named(a, &all, from, OPT_FROM, &status);
    if (!status)
        status = open_if_there(a, &d);
    how.db = d.db;
    if (!status)
        status = kit_said(a, vg_kit_squash(a->kit, &how, &changed));
    if (!status)
        show_changed(a, &changed);
    vg_close(d.db);
    return status;
}

int run_rebase(app *a)
{
    const char *tag = setting_text(a, OPT_TAG);
    vg_kit_changed changed;
    int status = kit_open(a);
    /* The journal may be torn by git: the kit knows the tags, migrations_load does not. */
    if (!status)
        status = kit_said(a, vg_kit_rebase(a->kit, tag, &changed));
    if (status)
        return status;
    show_changed(a, &changed);
    if (!changed.tag) {
        answer_status(a, "no_changes");
        say(a, "Nothing to rebase: each migration follows another one\n");
    }
    return EXIT_DONE;
}

int run_embed(app *a)
{
    const char *path = setting_text(a, OPT_FILE), *text;
    int status = kit_open(a);
    if (!status)
        status = folder_is_there(a);
    if (!status)
        status =
            kit_said(a, vg_kit_embed(a->kit, setting_text(a, OPT_SYMBOL), path, &text));
    if (status)
        return status;
    if (!path) {
        say(a, "%s", text);
        answer_text(a, "text", text);
        return EXIT_DONE;
    }
    say(a, "%s\xe2\x9c\x93%s %s\n", paint(stdout, STYLE_GREEN),
        paint(stdout, STYLE_NONE), path);
    answer_text(a, "path", path);
    return EXIT_DONE;
}
