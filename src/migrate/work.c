/* Running migrations, forwards or back. */
#include "migrate/work.h"
#include "base/arena.h"
#include "core/driver.h"
#include "core/run.h"
#include "migrate/check.h"
#include "migrate/steps.h"
#include <stdio.h>
#include <time.h>
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
               (s->does & VG_DOES_KEYS ? VG_MIGRATE_SKIPPED : 0u) |
               (s->does & VG_DOES_ALONE ? VG_MIGRATE_ALONE : 0u);
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
    if (s->does & VG_DOES_INPUT)
        return refuse(r, job, s,
                      "COPY from or to the one who runs it does not belong into a "
                      "migration: there is nobody to give or take the rows");
    if (s->does & VG_DOES_ALONE && !r->migrator->alone)
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
        if (rc == VG_OK)
            rc = vg__migrate_resume(r, job);
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

void vg__migrate_place(vg_migrate_run *r)
{
    r->line = r->statement->line;
    r->position = r->db->error.position;
    for (int i = 0; i + 1 < r->position && (size_t)i < r->text.len; i++)
        r->line += r->text.text[i] == '\n';
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
        vg__migrate_place(r);
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
    vg__migrate_forget(r, p);
    return r->text.failed ? no_memory(r) : vg_script(r->db, r->text.text);
}

/* `jobs`: of the transaction. */
static int run_statements(vg_migrate_run *r, const vg_migrate_job *job, size_t jobs)
{
    int rc = VG_OK;
    for (size_t i = job->first; rc == VG_OK && !r->edge && i < job->statements.len;
         i++) {
        const vg_statement *s = r->statement = &job->statements.data[i];
        if (vg__migrate_is_alone(r, s)) {
            rc = vg__migrate_stop(r, job, i, true);
        } else {
            rc = run_statement(r);
            if (rc == VG_OK && vg__migrate_needs_commit(r, job, i, jobs))
                rc = vg__migrate_stop(r, job, i + 1, false);
        }
    }
    return rc;
}

static int run_job(vg_migrate_run *r, const vg_migrate_job *job, size_t jobs)
{
    int64_t began_ns = r->began_ns;
    r->job = job;
    r->began_ns = vg__clock();
    int rc = run_statements(r, job, jobs);
    if (rc != VG_OK)
        return rc;
    r->statement = NULL;
    if (r->edge)
        return VG_OK;
    if (!r->options->dry_run)
        rc = keep_record(r);
    if (rc == VG_OK)
        rc = vg__migrate_tell(r, VG_MIGRATE_DONE, NULL);
    r->began_ns = began_ns;
    return rc;
}

static int run_jobs(vg_migrate_run *r, size_t count)
{
    int rc = VG_OK;
    r->finished = 0;
    vg__counters_begin(&r->counters, r->db, &r->looked);
    for (size_t i = 0; rc == VG_OK && !r->edge && i < count; i++) {
        rc = run_job(r, &r->jobs[i], count);
        r->finished += rc == VG_OK && !r->edge;
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
    bool check = r->migrator->orphans && any(r, count, VG_DOES_NO_ORPHANS, false);
    bool loses = any(r, count, VG_DOES_LOSE, true);
    int rc = r->migrator->ready(r->db);
    if (rc == VG_OK && check)
        rc = r->migrator->orphans(r->db, &r->looked, &orphans);
    if (rc == VG_OK && loses)
        rc = vg__migrate_objects(r, &objects);
    if (rc == VG_OK && !r->rollback)
        rc = r->migrator->make(r->db, &r->ledger);
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

/* In the transaction, alone with it. */
static int look_locked(work *w)
{
    vg_migrate_run *r = w->r;
    int ms = r->options->table_lock_ms, rc = VG_OK;
    if (r->migrator->lock)
        rc = r->migrator->lock(r->db, &r->ledger, ms ? ms : 2000);
    r->locked = rc == VG_OK;
    return rc == VG_OK ? look(r, w->choose) : rc; /* others may have migrated */
}

static int run_locked(vg_db *db, void *ctx)
{
    vg_migrate_run *r = ((work *)ctx)->r;
    (void)db;
    int rc = look_locked(ctx);
    if (rc != VG_OK || !r->job_count)
        return rc;
    vg_migrate_unit unit = r->options->unit;
    bool each =
        unit == VG_MIGRATE_AS_USUAL ? r->migrator->each : unit == VG_MIGRATE_EACH;
    return run_checked(r, each ? 1 : r->job_count);
}

/* Nothing of it stays. */
static int run_trial(vg_db *db, void *ctx)
{
    vg_migrate_run *r = ((work *)ctx)->r;
    int rc = look_locked(ctx);
    if (rc == VG_OK && r->job_count)
        rc = run_checked(r, r->job_count);
    if (rc == VG_OK)
        rc = r->migrator->settle(db);
    return rc == VG_OK ? VG_ROLLED_BACK : rc;
}

static void pause_before(unsigned attempt)
{
    long ms = attempt < 4 ? 25 << attempt : 400;
    nanosleep(&(struct timespec){0, ms * 1000000}, NULL);
}

/* A transaction, tried again while others have a lock that it needs. */
static int transact(work *w, int (*body)(vg_db *db, void *ctx))
{
    vg_migrate_run *r = w->r;
    int64_t until = vg__clock() + r->db->options.busy_timeout_ms * INT64_C(1000000);
    for (unsigned attempt = 0;; attempt++) {
        r->finished = 0;
        r->locked = false;
        r->edge = NULL;
        int rc = vg_transaction(r->db, VG_TX_IMMEDIATE, body, w);
        if (rc != VG_BUSY || !r->migrator->lock)
            return rc;
        if (vg__clock() >= until) {
            vg__migrate_tell_who(r);
            return rc;
        }
        if (r->locked &&
            (rc = vg__migrate_tell(r, VG_MIGRATE_AGAIN, r->db->error.message)) != VG_OK)
            return rc;
        pause_before(attempt);
    }
}

/* What is in the database for good now. */
static int count_committed(vg_migrate_run *r)
{
    int rc = VG_OK;
    const vg_planned *edge = r->edge;
    r->ran_alone = false;
    r->half = NULL;
    if (r->finished) {
        r->last = r->jobs[r->finished - 1].planned->migration->tag;
        r->committed += r->finished;
        r->job_count -= r->finished;
        rc = vg__migrate_tell(r, VG_MIGRATE_COMMITTED, NULL);
    }
    if (edge) {
        r->half = edge->migration;
        r->half_done = (size_t)r->reached.done;
        r->half_total = r->jobs[r->finished].statements.len;
    }
    return rc;
}

/* Transactions until nothing is left: one, one for each, or more. */
static int run_all(work *w)
{
    vg_migrate_run *r = w->r;
    int rc = VG_OK;
    do {
        rc = transact(w, run_locked);
        if (rc != VG_OK || !r->job_count)
            return rc;
        rc = count_committed(r);
        if (rc == VG_OK && r->edge && r->alone)
            rc = vg__migrate_alone(r);
    } while (rc == VG_OK && r->job_count);
    return rc;
}

/* ---- how it ended ---- */

static void say_outcome(const vg_migrate_run *r, char *out, size_t room)
{
    const char *verb = r->rollback ? "rolled back" : "applied";
    if (r->half)
        snprintf(out, room,
                 "; %.100s is half done: %zu of its %zu statements have run, "
                 "and the next run goes on there",
                 r->half->tag, r->half_done, r->half_total);
    else if (r->committed)
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
    vg_details details = {e.native, e.sqlstate, e.constraint,
                          e.table,  e.column,   *place ? r->position : 0};
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
    if (r->held) {
        vg_error error = r->db->error;
        r->migrator->release(r->db, &r->ledger);
        r->db->error = error;
    }
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

/* How long locks are waited for, as long as the run lasts. */
typedef struct patience {
    int timeout, retries;
} patience;

static patience be_patient(vg_migrate_run *r)
{
    vg_options *o = &r->db->options;
    patience was = {o->busy_timeout_ms, o->busy_retries};
    o->busy_timeout_ms =
        r->options->lock_timeout_ms ? r->options->lock_timeout_ms : 60000;
    o->busy_retries = -1; /* the wait is long enough for one */
    r->began_ns = vg__clock();
    vg__buf_init(&r->text, &r->db->allocator, SIZE_MAX / 2);
    return was;
}

static void be_as_before(vg_migrate_run *r, const patience *was)
{
    r->db->options.busy_timeout_ms = was->timeout;
    r->db->options.busy_retries = was->retries;
    vg__buf_free(&r->text);
}

int vg__migrate_try(vg_migrate_run *r, vg_migrate_choose choose)
{
    work w = {r, choose};
    patience was = be_patient(r);
    char place[220];
    int rc = transact(&w, run_trial);
    say_place(r, place, sizeof place);
    if (rc == VG_ROLLED_BACK)
        rc = VG_OK;
    else if (rc != VG_OK)
        explain(r, rc, place);
    be_as_before(r, &was);
    return rc;
}

int vg__migrate_work(vg_migrate_run *r, vg_migrate_choose choose)
{
    work w = {r, choose};
    patience was = be_patient(r);
    int rc = look(r, choose);
    if (rc == VG_BUSY)
        explain(r, rc, "");
    r->warned = true;
    if (rc == VG_OK && r->job_count)
        rc = r->options->dry_run ? dry_run(r) : do_work(&w);
    if (r->options->count)
        *r->options->count = r->committed;
    be_as_before(r, &was);
    return rc;
}
