/* virga migrate, virga rollback. */
#include "program/virga/commands.h"
#include <stdlib.h>
#include <string.h>

/* What is known while it runs. */
typedef struct run {
    app *app;
    bool looking; /* only for what would be lost */
    texts losses;
    json_t *done;       /* tags */
    json_t *statements; /* of a dry run */
    json_t *warnings;
    texts finished; /* lines to print when they are in the database */
    const vg_migration *last;
    const char *text; /* of the last statement, and its line */
    int line;
    bool rehearsal;
    size_t count;
    vg_kit_statements lint; /* of the migration that a dry run shows */
} run;

static const char *path_of(const run *r, const vg_migration *m, bool down)
{
    return app_print(r->app, "%s/%s%s.sql", setting_text(r->app, OPT_OUT), m->tag,
                     down ? ".down" : "");
}

/* A line that the next one takes the place of, where there is a terminal. */
static void progress(const run *r, const vg_migrate_event *e)
{
    if (r->app->json || !*paint(stderr, STYLE_DIM))
        return;
    fprintf(stderr, "\r\033[K%s%s %s %zu/%zu%s", paint(stderr, STYLE_DIM),
            e->rehearsal ? "rehearsing" : "", e->migration->tag, e->statement_number,
            e->statement_count, paint(stderr, STYLE_NONE));
    fflush(stderr);
}

static void end_progress(const run *r)
{
    if (!r->app->json && *paint(stderr, STYLE_DIM))
        fputs("\r\033[K", stderr);
}

/* DROP TABLE `x` after INSERT INTO `__new_x`: the rows are in the new one. */
static bool is_copied(app *a, const char *before, const char *text)
{
    const char *table = strncmp(text, "DROP TABLE `", 12) ? NULL : text + 12;
    const char *copy = table ? app_print(a, "INSERT INTO `__new_%s(", table) : NULL;
    return copy && before && strncmp(before, copy, strlen(copy)) == 0;
}

/* What lint says of a statement, but that it loses what its flags say already; NULL. */
static const char *note_on(run *r, const vg_migrate_event *e)
{
    const vg_migration *m = e->migration;
    if (e->statement_number == 1 &&
        vg_kit_lint(r->app->kit, e->rollback ? m->down : app_text(r->app, m->sql),
                    &r->lint))
        r->lint = (vg_kit_statements){0};
    for (size_t i = 0; i < r->lint.len; i++)
        if (r->lint.data[i].line == e->line && r->lint.data[i].note &&
            r->lint.data[i].flags != VG_KIT_LOSES &&
            strcmp(r->lint.data[i].sql, e->text) == 0)
            return r->lint.data[i].note;
    return NULL;
}

static void statement(run *r, const vg_migrate_event *e)
{
    bool copied = is_copied(r->app, r->text, e->text);
    r->last = e->migration;
    r->text = app_text(r->app, e->text);
    r->line = e->line;
    r->rehearsal = e->rehearsal;
    if (!e->dry_run) {
        progress(r, e);
        if (!e->rehearsal && setting_flag(r->app, OPT_VERBOSE)) {
            end_progress(r);
            say(r->app, "%s;\n", e->text);
        }
        return;
    }
    const char *path = path_of(r, e->migration, e->rollback);
    if (e->statement_number == 1)
        say(r->app, "%s-- %s%s\n", paint(stdout, STYLE_DIM), path,
            paint(stdout, STYLE_NONE));
    if (e->flags & VG_MIGRATE_ALONE)
        say(r->app, "%s-- outside of a transaction:%s\n", paint(stdout, STYLE_DIM),
            paint(stdout, STYLE_NONE));
    if (e->flags & VG_MIGRATE_LOSES)
        say(r->app, "%s-- loses %s:%s\n", paint(stdout, copied ? STYLE_DIM : STYLE_RED),
            copied ? "what was not copied" : "data", paint(stdout, STYLE_NONE));
    const char *note = note_on(r, e);
    if (note)
        say(r->app, "%s-- %s%s\n", paint(stdout, STYLE_YELLOW), note,
            paint(stdout, STYLE_NONE));
    say(r->app, "%s;\n", e->text);
    json_t *o =
        json_pack("{s:s,s:i,s:s,s:b}", "migration", e->migration->tag, "line", e->line,
                  "sql", e->text, "loses", (e->flags & VG_MIGRATE_LOSES) != 0);
    if (note)
        json_object_set_new(o, "note", json_string(note));
    if (e->flags & VG_MIGRATE_ALONE)
        json_object_set_new(o, "alone", json_true());
    json_array_append_new(r->statements, o);
}

static void done(run *r, const vg_migrate_event *e)
{
    app *a = r->app;
    if (e->rehearsal)
        return;
    end_progress(r);
    json_array_append_new(r->done, json_string(e->migration->tag));
    if (!e->dry_run)
        texts_add(a, &r->finished,
                  app_print(a, "%s%s%s %s  %s%s, %.1f ms%s\n",
                            paint(stdout, STYLE_GREEN),
                            e->rollback ? "\xe2\x86\xa9" : "\xe2\x9c\x93",
                            paint(stdout, STYLE_NONE), e->migration->tag,
                            paint(stdout, STYLE_DIM),
                            counted(a, e->statement_count, "statement"),
                            (double)e->elapsed_ns / 1e6, paint(stdout, STYLE_NONE)));
}

/* Before the commit a disk may still be full, or a foreign key broken. */
static void committed(run *r, const vg_migrate_event *e)
{
    if (e->rehearsal)
        return;
    end_progress(r);
    for (size_t i = 0; i < r->finished.len; i++)
        say(r->app, "%s", r->finished.data[i]);
    r->finished.len = 0;
}

static void warn(run *r, const char *text)
{
    end_progress(r);
    json_array_append_new(r->warnings, json_string(text));
    tell(r->app, "%swarning:%s %s\n", paint(stderr, STYLE_YELLOW),
         paint(stderr, STYLE_NONE), text);
}

/* What was told since the last commit has not been. */
static void again(run *r, const vg_migrate_event *e)
{
    end_progress(r);
    if (!e->rehearsal) {
        size_t kept = json_array_size(r->done);
        for (size_t i = 0; i < r->finished.len; i++)
            json_array_remove(r->done, --kept);
        r->finished.len = 0;
    }
    tell(r->app, "%s%s; trying again%s\n", paint(stderr, STYLE_DIM), e->text,
         paint(stderr, STYLE_NONE));
}

static bool told(void *ctx, const vg_migrate_event *e)
{
    run *r = ctx;
    if (r->looking) {
        if (e->kind == VG_MIGRATE_STATEMENT && e->flags & VG_MIGRATE_LOSES)
            texts_add(r->app, &r->losses, app_text(r->app, e->text));
        return true;
    }
    switch (e->kind) {
    case VG_MIGRATE_STATEMENT: statement(r, e); break;
    case VG_MIGRATE_DONE: done(r, e); break;
    case VG_MIGRATE_COMMITTED: committed(r, e); break;
    case VG_MIGRATE_BACKUP: tell(r->app, "Backup to %s\n", e->text); break;
    case VG_MIGRATE_REHEARSAL: tell(r->app, "Rehearsal %s\n", e->text); break;
    case VG_MIGRATE_CHECK: break;
    case VG_MIGRATE_AGAIN: again(r, e); break;
    case VG_MIGRATE_UNREHEARSED: warn(r, e->text); break;
    case VG_MIGRATE_WARNING:
        if (!e->rehearsal) /* the run tells it again */
            warn(r, e->text);
        break;
    }
    return true;
}

/* The line of a statement in which byte `at` is, from 0, and the column there. */
static int line_at(const char *text, int at, int *column)
{
    int line = 0;
    *column = 0;
    for (int i = 0; i < at && text[i]; i++) {
        bool newline = text[i] == '\n';
        line += newline;
        /* A character is one column, however many bytes it has. */
        *column = newline ? 0 : *column + ((text[i] & 0xc0) != 0x80);
    }
    return line;
}

/* Below the line, with its tabs, so that it stands where it should. */
static void show_caret(const run *r, const char *line, int column)
{
    char *blanks = app_alloc(r->app, (size_t)column + 1);
    int n = 0;
    for (const char *p = line; n < column; p++)
        if ((*p & 0xc0) != 0x80)
            blanks[n++] = *p == '\t' ? '\t' : ' ';
    tell(r->app, "       | %s%s^%s\n", blanks, paint(stderr, STYLE_RED),
         paint(stderr, STYLE_NONE));
}

/* The lines of the statement that failed, if the message names its line, and where in them. */
static void show_place(const run *r, const char *message, int position)
{
    int column, wrong = line_at(r->text ? r->text : "", position - 1, &column);
    if (!r->text || !strstr(message, app_print(r->app, ":%d:", r->line + wrong)))
        return;
    answer_set(r->app, "line", json_integer(r->line + wrong));
    if (position)
        answer_set(r->app, "column", json_integer(column + 1));
    answer_text(r->app, "sql", r->text);
    answer_text(r->app, "migration", r->last->tag);
    const char *line = r->text;
    for (int i = 0; i < (wrong < 5 ? 6 : wrong + 3) && *line; i++) {
        int len = (int)strcspn(line, "\n");
        if (i >= wrong - 5)
            tell(r->app, "%s%6d |%s %.*s\n", paint(stderr, STYLE_DIM), r->line + i,
                 paint(stderr, STYLE_NONE), len, line);
        if (position && i == wrong)
            show_caret(r, line, column);
        line += len + (line[len] != 0);
    }
    if (*line)
        tell(r->app, "       | ...\n");
}

static int failed(run *r, const database *d, int code)
{
    const char *message = d->db ? app_text(r->app, vg_errmsg(d->db)) : "";
    int position = d->db ? vg_errinfo(d->db)->position : 0;
    int status = database_said(r->app, d, code);
    show_place(r, message, position);
    return status;
}

static int read_steps(app *a, int *steps)
{
    const char *text = setting_text(a, OPT_STEPS);
    char *end;
    if (!text)
        return EXIT_DONE;
    if (strcmp(text, "all") == 0) {
        *steps = -1;
        return EXIT_DONE;
    }
    long n = strtol(text, &end, 10);
    if (*end || end == text || n < 1 || n > 1000000)
        return app_fail(a, EXIT_USAGE, "--steps %s: a number from 1 on, or all", text);
    if (setting_text(a, OPT_TO))
        return app_fail(a, EXIT_USAGE, "--steps and --to say the same thing: give one");
    *steps = (int)n;
    return EXIT_DONE;
}

/* A number of milliseconds, from one of `unit` of them; 0 stays what it was: -1. */
static int read_wait(app *a, option_id id, int unit, int *out)
{
    const char *text = setting_text(a, id);
    char *end;
    if (!text)
        return EXIT_DONE;
    double n = strtod(text, &end) * unit;
    if (*end || end == text || !(n >= 0 && n <= 1e9))
        return app_fail(a, EXIT_USAGE, "--%s %s: a number from 0 on",
                        option_table[id].name, text);
    *out = n >= 1 ? (int)n : -1;
    return EXIT_DONE;
}

static int read_waits(app *a, vg_migrate_options *how)
{
    int status = read_wait(a, OPT_WAIT, 1000, &how->lock_timeout_ms);
    return status ? status : read_wait(a, OPT_LOCK_TIMEOUT, 1, &how->table_lock_ms);
}

static int read_options(app *a, const vg_migrations *all, vg_migrate_options *how)
{
    int status = read_steps(a, &how->steps);
    const char *to = setting_text(a, OPT_TO);
    how->table = setting_text(a, OPT_TABLE);
    how->schema = setting_text(a, OPT_TABLE_SCHEMA);
    if (!status)
        status = read_waits(a, how);
    how->dry_run = setting_flag(a, OPT_DRY_RUN);
    how->rehearse = setting_flag(a, OPT_REHEARSE);
    how->backup_path = setting_text(a, OPT_BACKUP);
    how->backup_always = how->backup_path != NULL;
    if (setting_flag(a, OPT_OUT_OF_ORDER))
        how->out_of_order = VG_MIGRATE_ALLOW;
    if (setting_flag(a, OPT_ALLOW_CHANGED))
        how->changed = VG_MIGRATE_ALLOW;
    if (setting_given(a, OPT_EACH))
        how->unit = setting_flag(a, OPT_EACH) ? VG_MIGRATE_EACH : VG_MIGRATE_ALL;
    if (!status && to)
        how->to = migration_named(a, all, to, OPT_TO, &status);
    return status;
}

/* What is said in the end. */
static void sum_up(run *r, const database *d, const vg_migrate_options *how, bool back,
                   size_t all)
{
    app *a = r->app;
    answer_set(a, how->dry_run ? "would" : "done", json_incref(r->done));
    if (how->dry_run)
        answer_set(a, "statements", json_incref(r->statements));
    if (json_array_size(r->warnings))
        answer_set(a, "warnings", json_incref(r->warnings));
    if (!r->count)
        answer_status(a, "no_changes");
    if (!r->count && back)
        say(a, "Nothing to take back: no migration is applied to %s%s\n", d->shown,
            how->to ? " after that one" : "");
    else if (!r->count && !all)
        say(a, "Nothing to apply: there are no migrations in %s\n",
            setting_text(a, OPT_OUT));
    else if (!r->count)
        say(a, "Nothing to apply: %s has %s\n", d->shown,
            all == 1 ? "the one migration there is"
                     : app_print(a, "all %zu migrations%s", all,
                                 how->to ? " up to there" : ""));
    else if (how->dry_run)
        say(a, "-- %s: %s\n", d->shown,
            app_print(a, "%s would be %s", counted(a, r->count, "migration"),
                      back ? "taken back" : "applied"));
    else
        say(a, "%s %s %s\n", counted(a, r->count, "migration"),
            back ? "taken back from" : "applied to", d->shown);
}

/* The database may know migrations that were squashed or renumbered since by their old names. */
static int adopt(app *a, const database *d)
{
    size_t count = 0;
    int status = kit_said(a, vg_kit_adopt(a->kit, d->db, &count));
    if (count) {
        say(a, "%s squashed or renumbered since: noted in %s\n",
            counted(a, count, "applied migration"), d->shown);
        answer_set(a, "adopted", json_integer((json_int_t)count));
    }
    return status;
}

/* Taking back a migration drops what it made: ask before rows may go with it. */
static int ask_before_loss(run *r, const database *d, const vg_migrations *all,
                           vg_migrate_options how)
{
    app *a = r->app;
    if (how.dry_run || setting_flag(a, OPT_FORCE))
        return EXIT_DONE;
    how.dry_run = true;
    how.progress = told;
    how.progress_ctx = r;
    r->looking = true;
    int status = database_said(a, d, vg_rollback_migrations(d->db, all, &how));
    r->looking = false;
    if (status || !r->losses.len)
        return status;
    vg_kit_texts losses = {r->losses.data, r->losses.len};
    answer_set(a, "losses", json_texts(&losses));
    for (size_t i = 0; i < losses.len; i++)
        say(a, "%sloses data:%s %s\n", paint(stdout, STYLE_RED),
            paint(stdout, STYLE_NONE), losses.data[i]);
    return prompt_confirm(a, "Rows and values go with it. Do you want to roll back?",
                          "Yes, lose them", "--force");
}

static int migrate(app *a, bool back)
{
    vg_migrations all;
    vg_migrate_options how = {0};
    database d = {0};
    run r = {.app = a, .done = json_array(), .statements = json_array()};
    r.warnings = json_array();
    int status = migrations_load(a, &all);
    if (!status)
        status = read_options(a, &all, &how);
    if (!status && !back)
        status = folder_is_there(a);
    if (!status)
        status = database_open(a, &d, !how.dry_run && !back);
    if (!status && back && !d.there)
        status = app_fail(a, EXIT_FAILED, "there is no database %s", d.shown);
    if (!status && !back && !how.dry_run)
        status = adopt(a, &d);
    if (!status && back)
        status = ask_before_loss(&r, &d, &all, how);
    if (!status) {
        how.progress = told;
        how.progress_ctx = &r;
        how.count = &r.count;
        int code = back ? vg_rollback_migrations(d.db, &all, &how)
                        : vg_migrate(d.db, &all, &how);
        end_progress(&r);
        if (code)
            status = failed(&r, &d, code);
        else
            sum_up(&r, &d, &how, back, all.len);
    }
    vg_close(d.db);
    json_decref(r.done);
    json_decref(r.statements);
    json_decref(r.warnings);
    return status;
}

int run_migrate(app *a)
{
    return migrate(a, false);
}

int run_rollback(app *a)
{
    return migrate(a, true);
}
