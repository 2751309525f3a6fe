/* Running migrations, forwards or back. */
#include "migrate/work.h"
#include "base/arena.h"
#include "core/driver.h"
#include "core/run.h"
#include "migrate/check.h"
#include <stdio.h>
#include <virga/operations.h>
#include <virga/tx.h>

static int no_memory(vg_migrate_run *r)
{
    return vg__fail(r->db, VG_NO_MEMORY, NULL, "out of memory");
}

vg_migrate_job *vg__migrate_jobs(vg_migrate_run *r)
{
    r->jobs = vg__arena_alloc(&r->looked, (r->list->len + 1) * sizeof *r->jobs);
    r->job_count = 0;
    if (!r->jobs)
        no_memory(r);
    return r->jobs;
}

/* ---- telling ---- */

static void tell_statement(const vg_migrate_run *r, vg_migrate_event *e)
{
    const vg_statement *s = r->statement;
    e->statement_number = (size_t)(s - r->job->statements.data) + 1;
    e->line = s->line;
    e->flags = (s->does & VG_DOES_LOSE ? VG_MIGRATE_LOSES : 0u) |
               (s->does & VG_DOES_KEYS ? VG_MIGRATE_SKIPPED : 0u);
}

int vg__migrate_tell(vg_migrate_run *r, vg_migrate_event_kind kind, const char *text)
{
    const vg_migrate_options *o = r->options;
    if (!o->progress)
        return VG_OK;
    vg_migrate_event e = {.kind = kind, .text = text, .dry_run = o->dry_run};
    e.rehearsal = r->rehearsal;
    e.rollback = r->rollback;
    e.migration_count = r->committed + r->job_count;
    e.elapsed_ns = vg__clock() - r->began_ns;
    if (r->job) {
        e.migration = r->job->planned->migration;
        e.migration_number = r->committed + (size_t)(r->job - r->jobs) + 1;
        e.statement_count = r->job->statements.len;
    }
    if (kind == VG_MIGRATE_STATEMENT)
        tell_statement(r, &e);
    if (o->progress(o->progress_ctx, &e))
        return VG_OK;
    return vg__fail(r->db, VG_INTERRUPTED, NULL, "the progress function said stop");
}

/* ---- what is to be done ---- */

static int refuse(vg_migrate_run *r, const vg_migrate_job *job, const vg_statement *s,
                  const char *why)
{
    char path[200];
    vg__migration_path(job->planned->migration, r->rollback, path, sizeof path);
    return vg__fail(r->db, VG_INVALID, NULL, "%s:%d: %s", path, s->line, why);
}

static int check_statement(vg_migrate_run *r, const vg_migrate_job *job,
                           const vg_statement *s)
{
    if (memchr(s->text, 0, s->len))
        return refuse(r, job, s, "the statement has a NUL in it");
    if (s->does & VG_DOES_TRANSACTION)
        return refuse(
            r, job, s,
            "BEGIN, COMMIT and ROLLBACK do not belong into a migration: it runs "
            "in a transaction anyway");
    if (s->does & VG_DOES_ALONE)
        return refuse(
            r, job, s,
            "the statement cannot run in a transaction, which a migration is; "
            "run it by itself");
    return VG_OK;
}

static int cut_job(vg_migrate_run *r, vg_migrate_job *job, vg_cut *cut)
{
    if (!cut->done && vg__split(r->migrator, job->sql, job->len, &r->arena,
                                &cut->statements) != VG_OK)
        return no_memory(r);
    int rc = VG_OK;
    job->statements = cut->statements;
    for (size_t i = 0; rc == VG_OK && !cut->done && i < job->statements.len; i++)
        rc = check_statement(r, job, &job->statements.data[i]);
    cut->done = rc == VG_OK;
    return rc;
}

/* Cut the jobs into statements, once in a call, and refuse what cannot be run. */
static int cut(vg_migrate_run *r)
{
    int rc = VG_OK;
    size_t size = r->list->len * sizeof *r->cuts;
    if (!r->cuts && size) {
        r->cuts = vg__arena_alloc(&r->arena, size);
        if (!r->cuts)
            return no_memory(r);
        memset(r->cuts, 0, size);
    }
    for (size_t i = 0; rc == VG_OK && i < r->job_count; i++) {
        vg_migrate_job *job = &r->jobs[i];
        rc = cut_job(r, job, &r->cuts[job->planned - r->plan.data]);
    }
    return rc;
}

static int look(vg_migrate_run *r, vg_migrate_choose choose)
{
    r->job = NULL;
    r->statement = NULL;
    int rc = vg__migrate_look(r);
    if (rc == VG_OK)
        rc = choose(r);
    return rc == VG_OK ? cut(r) : rc;
}

/* Whether one of the first `jobs` jobs has a statement that does that, or does not. */
static bool any(const vg_migrate_run *r, size_t jobs, unsigned does, bool wanted)
{
    for (size_t i = 0; i < jobs; i++)
        for (size_t j = 0; j < r->jobs[i].statements.len; j++)
            if (!!(r->jobs[i].statements.data[j].does & does) == wanted)
                return true;
    return false;
}

/* ---- running ---- */

/* The line of the file that the failure is about. */
static int line_of_failure(const vg_migrate_run *r)
{
    int at = r->migrator->where(r->db), line = r->statement->line;
    for (int i = 0; i < at && (size_t)i < r->text.len; i++)
        line += r->text.text[i] == '\n';
    return line;
}

static int run_statement(vg_migrate_run *r)
{
    const vg_statement *s = r->statement;
    vg__buf_reset(&r->text);
    vg__buf_bytes(&r->text, s->text, s->len);
    if (r->text.failed)
        return no_memory(r);
    int rc = vg__migrate_tell(r, VG_MIGRATE_STATEMENT, r->text.text);
    if (rc != VG_OK || r->options->dry_run || s->does & VG_DOES_KEYS)
        return rc;
    rc = vg__counters_run(&r->counters, r->text.text, s->len, s->does);
    if (rc != VG_OK)
        r->line = line_of_failure(r);
    return rc;
}

/* The row of the table that says so. */
static int keep_record(vg_migrate_run *r)
{
    const vg_planned *p = r->job->planned;
    vg__buf_reset(&r->text);
    if (r->rollback)
        r->migrator->remove(&r->text, &r->ledger, p->row->key);
    else
        r->migrator->add(&r->text, &r->ledger, p->hash, p->migration->when);
    return r->text.failed ? no_memory(r) : vg_script(r->db, r->text.text);
}

static int run_job(vg_migrate_run *r, const vg_migrate_job *job)
{
    int rc = VG_OK;
    int64_t began_ns = r->began_ns;
    r->job = job;
    r->began_ns = vg__clock();
    for (size_t i = 0; rc == VG_OK && i < job->statements.len; i++) {
        r->statement = &job->statements.data[i];
        rc = run_statement(r);
    }
    if (rc != VG_OK)
        return rc;
    r->statement = NULL;
    if (!r->options->dry_run)
        rc = keep_record(r);
    if (rc == VG_OK)
        rc = vg__migrate_tell(r, VG_MIGRATE_DONE, NULL);
    r->began_ns = began_ns;
    return rc;
}

static int make_table(vg_migrate_run *r)
{
    vg__buf_reset(&r->text);
    r->migrator->create(&r->text, &r->ledger);
    return r->text.failed ? no_memory(r) : vg_script(r->db, r->text.text);
}

static int run_jobs(vg_migrate_run *r, size_t count)
{
    int rc = VG_OK;
    r->finished = 0;
    vg__counters_begin(&r->counters, r->db, &r->looked);
    for (size_t i = 0; rc == VG_OK && i < count; i++) {
        rc = run_job(r, &r->jobs[i]);
        r->finished += rc == VG_OK;
    }
    r->job = rc == VG_OK ? NULL : r->job;
    return rc == VG_OK ? vg__counters_end(&r->counters) : rc;
}

typedef struct work {
    vg_migrate_run *r;
    vg_migrate_choose choose;
} work;

/* Run the first `count` jobs, and look what has become of rows and triggers. */
static int run_checked(vg_migrate_run *r, size_t count)
{
    vg_orphans_list orphans;
    vg_objects objects;
    bool check = any(r, count, VG_DOES_NO_ORPHANS, false);
    bool loses = any(r, count, VG_DOES_LOSE, true);
    int rc = r->migrator->ready(r->db);
    if (rc == VG_OK && check)
        rc = r->migrator->orphans(r->db, &r->looked, &orphans);
    if (rc == VG_OK && loses)
        rc = vg__migrate_objects(r, &objects);
    if (rc == VG_OK && !r->rollback)
        rc = make_table(r);
    if (rc == VG_OK)
        rc = run_jobs(r, count);
    if (rc == VG_OK)
        rc = r->migrator->ready(r->db);
    if (rc == VG_OK && loses)
        rc = vg__migrate_tell_lost(r, &objects, count);
    if (rc == VG_OK && check)
        rc = vg__migrate_tell(r, VG_MIGRATE_CHECK, NULL);
    return rc == VG_OK && check ? vg__check_orphans(r->db, &r->looked, &orphans) : rc;
}

/* In the transaction: others may have migrated since the first look. */
static int run_locked(vg_db *db, void *ctx)
{
    vg_migrate_run *r = ((work *)ctx)->r;
    (void)db;
    r->locked = true;
    int rc = look(r, ((work *)ctx)->choose);
    if (rc != VG_OK || !r->job_count)
        return rc;
    return run_checked(r, r->options->unit == VG_MIGRATE_EACH ? 1 : r->job_count);
}

/* Transactions until nothing is left: one, or one for each. */
static int run_all(work *w)
{
    vg_migrate_run *r = w->r;
    int rc = VG_OK;
    do {
        r->finished = 0;
        r->locked = false;
        rc = vg_transaction(r->db, VG_TX_IMMEDIATE, run_locked, w);
        if (rc != VG_OK || !r->job_count)
            return rc;
        r->last = r->jobs[r->finished - 1].planned->migration->tag;
        r->committed += r->finished;
        r->job_count -= r->finished;
        rc = vg__migrate_tell(r, VG_MIGRATE_COMMITTED, NULL);
    } while (rc == VG_OK && r->job_count);
    return rc;
}

/* ---- how it ended ---- */

static void say_outcome(const vg_migrate_run *r, char *out, size_t room)
{
    const char *verb = r->rollback ? "rolled back" : "applied";
    if (r->committed)
        snprintf(out, room, "; %zu %s %s, the last is %.100s; %zu %s not", r->committed,
                 r->committed == 1 ? "is" : "are", verb, r->last, r->job_count,
                 r->job_count == 1 ? "is" : "are");
    else if (!r->job_count)
        snprintf(out, room, "; nothing was changed");
    else
        snprintf(out, room, "; nothing was changed, %zu %s still to be %s",
                 r->job_count, r->job_count == 1 ? "is" : "are", verb);
}

/* Where a run failed: "file:line: ". */
static void say_place(const vg_migrate_run *r, char *out, size_t room)
{
    char path[200];
    out[0] = 0;
    if (r->job && r->statement && r->line) {
        vg__migration_path(r->job->planned->migration, r->rollback, path, sizeof path);
        snprintf(out, room, "%s:%d: ", path, r->line);
    }
}

/* Say where it failed, and how the database was left; of a copy that is nobody's business. */
static int explain(vg_migrate_run *r, int rc, const char *place)
{
    vg_error e = r->db->error;
    char outcome[300] = "";
    if (rc == VG_BUSY && !r->locked)
        place = "waited for another connection: ";
    if (!r->rehearsal)
        say_outcome(r, outcome, sizeof outcome);
    vg_details details = {e.native, e.sqlstate, e.constraint, e.table, e.column};
    return vg__fail_with(r->db, rc, e.sql, &details, "%s%.*s%s", place,
                         (int)(sizeof e.message - strlen(place) - strlen(outcome) - 1),
                         e.message, outcome);
}

/* With foreign keys off; as before at the end. */
static int run_guarded(work *w)
{
    vg_migrate_run *r = w->r;
    vg_migrating state;
    r->migrator->begin(r->db, &state);
    int rc = run_all(w);
    r->migrator->end(r->db, &state);
    char place[220];
    say_place(r, place, sizeof place);
    return rc == VG_OK ? rc : explain(r, rc, place);
}

/* ---- before it ---- */

static int back_up(vg_migrate_run *r)
{
    const vg_migrate_options *o = r->options;
    if (!o->backup_path ||
        !(o->backup_always || any(r, r->job_count, VG_DOES_LOSE, true)))
        return VG_OK;
    char place[220];
    int rc = vg__migrate_tell(r, VG_MIGRATE_BACKUP, o->backup_path);
    if (rc != VG_OK)
        return explain(r, rc, "");
    rc = vg_backup(r->db, o->backup_path, NULL);
    snprintf(place, sizeof place, "backup to %.200s: ", o->backup_path);
    return rc == VG_OK ? rc : explain(r, rc, place);
}

static int refuse_connection(vg_migrate_run *r)
{
    vg_db *db = r->db;
    if (db->read_only)
        return vg__fail(db, VG_READ_ONLY, NULL,
                        "%s: %zu to be %s, and the database can only be read", r->name,
                        r->job_count, r->rollback ? "rolled back" : "applied");
    if (db->cursors)
        return vg__fail(db, VG_MISUSE, NULL, "%s: a cursor is open", r->name);
    if (db->home)
        return vg__fail(
            db, VG_MISUSE, NULL,
            "%s: the connection is a pool's; migrate before the pool is opened",
            r->name);
    return VG_OK;
}

/* After the first look: there is something to do. */
static int do_work(work *w)
{
    vg_migrate_run *r = w->r;
    int rc = refuse_connection(r);
    if (rc == VG_OK)
        rc = back_up(r);
    if (rc == VG_OK && r->options->rehearse)
        rc = vg__migrate_rehearse(r, w->choose);
    return rc == VG_OK ? run_guarded(w) : rc;
}

static int dry_run(vg_migrate_run *r)
{
    int rc = run_jobs(r, r->job_count);
    r->committed = r->finished;
    return rc;
}

int vg__migrate_work(vg_migrate_run *r, vg_migrate_choose choose)
{
    work w = {r, choose};
    vg_options *o = &r->db->options;
    int timeout = o->busy_timeout_ms, retries = o->busy_retries;
    o->busy_timeout_ms =
        r->options->lock_timeout_ms ? r->options->lock_timeout_ms : 60000;
    o->busy_retries = -1; /* the wait is long enough for one */
    r->began_ns = vg__clock();
    vg__buf_init(&r->text, &r->db->allocator, SIZE_MAX / 2);
    int rc = look(r, choose);
    if (rc == VG_BUSY)
        explain(r, rc, "");
    r->warned = true;
    if (rc == VG_OK && r->job_count)
        rc = r->options->dry_run ? dry_run(r) : do_work(&w);
    if (r->options->count)
        *r->options->count = r->committed;
    o->busy_timeout_ms = timeout;
    o->busy_retries = retries;
    vg__buf_free(&r->text);
    return rc;
}
