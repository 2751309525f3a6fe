/* virga status: which migrations the database has. */
#include "program/virga/commands.h"
#include <string.h>
#include <time.h>

static const struct {
    const char *name; /* in the table and in JSON */
    style style;
    const char *advice;
} states[] = {
    [VG_MIGRATION_PENDING] = {"pending", STYLE_YELLOW, "virga migrate applies it"},
    [VG_MIGRATION_APPLIED] = {"applied", STYLE_GREEN, NULL},
    [VG_MIGRATION_CHANGED] =
        {"changed", STYLE_RED,
         "the file is not what was applied: undo the change, or generate a "
         "new migration"},
    [VG_MIGRATION_OUT_OF_ORDER] =
        {"out of order", STYLE_RED,
         "older than the last applied one: virga rebase, or virga "
         "migrate --out-of-order"},
    [VG_MIGRATION_MISSING] =
        {"missing", STYLE_RED,
         "applied, but not in the folder: another branch's? One that was "
         "renumbered is noted by virga migrate"},
};

static const char *time_text(app *a, int64_t when)
{
    time_t seconds = (time_t)(when / 1000);
    struct tm tm;
    char text[40];
    if (!gmtime_r(&seconds, &tm) || !strftime(text, sizeof text, "%Y-%m-%d %H:%M", &tm))
        return "";
    return app_text(a, text);
}

static void show(app *a, const vg_migration_status_list *list)
{
    size_t width = 0;
    json_t *all = json_array();
    for (size_t i = 0; i < list->len; i++) {
        const vg_migration *m = list->data[i].migration;
        width = m && strlen(m->tag) > width ? strlen(m->tag) : width;
    }
    width = width < 9 ? 9 : width;
    for (size_t i = 0; i < list->len; i++) {
        const vg_migration_entry *e = &list->data[i];
        const char *tag = e->migration ? e->migration->tag : "?",
                   *name = states[e->state].name;
        say(a, "  %s%-12s%s  %-*s  %s%s%s\n", paint(stdout, states[e->state].style),
            name, paint(stdout, STYLE_NONE), (int)width, tag, paint(stdout, STYLE_DIM),
            time_text(a, e->when), paint(stdout, STYLE_NONE));
        json_t *one =
            json_pack("{s:s,s:I}", "state", name, "when", (json_int_t)e->when);
        if (e->migration)
            json_object_set_new(one, "tag", json_string(tag));
        if (e->statements)
            say(a, "  %-12s  half done: %zu of its statements have run\n", "",
                e->statements);
        if (e->statements)
            json_object_set_new(one, "statements",
                                json_integer((json_int_t)e->statements));
        if (e->hash)
            json_object_set_new(one, "hash", json_string(e->hash));
        if (e->applied_hash)
            json_object_set_new(one, "applied_hash", json_string(e->applied_hash));
        json_array_append_new(all, one);
    }
    answer_set(a, "migrations", all);
}

/* A sentence for each state that wants something done. */
static void advise(app *a, const vg_migration_status_list *list)
{
    bool said[sizeof states / sizeof *states] = {0};
    for (size_t i = 0; i < list->len; i++) {
        vg_migration_state state = list->data[i].state;
        if (states[state].advice && !said[state])
            say(a, "%s%s%s: %s\n", paint(stdout, states[state].style),
                states[state].name, paint(stdout, STYLE_NONE), states[state].advice);
        said[state] = true;
    }
}

static int compare(app *a, const database *d)
{
    vg_migrations all;
    vg_migration_status_list list;
    vg_migrate_options how = {.table = setting_text(a, OPT_TABLE),
                              .schema = setting_text(a, OPT_TABLE_SCHEMA)};
    int status = migrations_load(a, &all);
    if (!status)
        status = database_said(
            a, d, vg_migration_status(d->db, &a->arena, &all, &how, &list));
    if (status)
        return status;
    say(a, "%s%s\n", d->shown, d->there ? "" : " (made by the first virga migrate)");
    show(a, &list);
    say(a, "%zu applied, %zu pending", list.applied, list.pending);
    const size_t bad[] = {list.changed, list.missing, list.out_of_order};
    static const vg_migration_state which[] = {
        VG_MIGRATION_CHANGED, VG_MIGRATION_MISSING, VG_MIGRATION_OUT_OF_ORDER};
    for (size_t i = 0; i < 3; i++) {
        if (bad[i])
            say(a, ", %zu %s", bad[i], states[which[i]].name);
        status = bad[i] ? EXIT_FAILED : status;
    }
    say(a, "\n");
    advise(a, &list);
    answer_status(a, status ? "differs" : list.pending ? "pending" : "ok");
    return status;
}

/* What the database has that the last applied migration did not make, and the reverse. */
static int drift(app *a, const database *d)
{
    vg_kit_texts found;
    int status = kit_said(a, vg_kit_drift(a->kit, d->db, &found));
    if (status)
        return status;
    for (size_t i = 0; i < found.len; i++)
        say(a, "%sdrift:%s %s\n", paint(stdout, STYLE_RED), paint(stdout, STYLE_NONE),
            found.data[i]);
    if (!found.len)
        say(a, "No drift: the database is what its migrations made\n");
    answer_set(a, "drift", json_texts(&found));
    if (found.len)
        answer_status(a, "differs");
    return found.len ? EXIT_FAILED : EXIT_DONE;
}

int run_status(app *a)
{
    database d;
    int status = database_open(a, &d, false);
    if (!status)
        status = compare(a, &d);
    if (d.there && !a->failed && setting_flag(a, OPT_DRIFT)) {
        int drifted = drift(a, &d);
        status = status ? status : drifted;
    }
    vg_close(d.db);
    return status;
}
