/* Migrations that are more than one transaction, because a statement cannot run in one or has
 * to be committed before what follows. How far they have come is written down with each commit,
 * so that whatever happens the next run goes on there:
 *
 *     transaction: ... statement 3; "3 have run, the next one is about to"
 *     statement 4, alone
 *     transaction: statement 5 ...; the migration has run, nothing else is to be known
 *
 * If the run ends while statement 4 runs nobody knows whether it has: the driver finds out. */
#include "migrate/steps.h"
#include "core/run.h"
#include <inttypes.h>
#include <stdio.h>

/* ---- what has run ---- */

/* A number for the first `count` statements; that of what takes a migration back has a - before
 * it. */
static void sum(const vg_migrate_run *r, const vg_migrate_job *job, size_t count,
                char *out, size_t room)
{
    uint64_t hash = UINT64_C(0xcbf29ce484222325);
    for (size_t i = 0; i < count; i++) {
        const vg_statement *s = &job->statements.data[i];
        for (size_t j = 0; j <= s->len; j++) {
            unsigned char c = j < s->len ? (unsigned char)s->text[j] : 0;
            hash = (hash ^ c) * UINT64_C(0x100000001b3);
        }
    }
    snprintf(out, room, "%s%016" PRIx64, r->rollback ? "-" : "", hash);
}

static int fail_changed(vg_migrate_run *r, const vg_migrate_job *job)
{
    char path[200];
    const vg_migration *m = job->planned->migration;
    vg__migration_path(m, r->rollback, path, sizeof path);
    return vg__fail(r->db, VG_INVALID, NULL,
                    "%.100s is half done: its first %lld statements have run, and they "
                    "are others in %.200s now; put them back as they were",
                    m->tag, (long long)job->planned->progress->done, path);
}

int vg__migrate_resume(vg_migrate_run *r, vg_migrate_job *job)
{
    char text[sizeof r->sum];
    const vg_progress *p = job->planned->progress;
    if (!p || (*p->sum == '-') != r->rollback)
        return VG_OK;
    if (p->done < 0 || (size_t)p->done > job->statements.len)
        return fail_changed(r, job);
    job->first = (size_t)p->done;
    sum(r, job, job->first, text, sizeof text);
    if (strcmp(text, p->sum) != 0)
        return fail_changed(r, job);
    job->again = p->running;
    if (r->ran_alone && p->running && p->when == r->reached.when &&
        p->done == r->reached.done) {
        job->first++;
        job->again = false;
    }
    return VG_OK;
}

/* ---- where a commit has to be ---- */

bool vg__migrate_is_alone(const vg_migrate_run *r, const vg_statement *s)
{
    return s->does & VG_DOES_ALONE && !r->options->dry_run;
}

static bool holds(const vg_statement *s, const vg_lexis *lexis, const char *value,
                  size_t len)
{
    vg_lexer lexer;
    vg_token token;
    vg__lexer_begin(&lexer, lexis, s->text, s->len);
    while ((token = vg__lexer_next(&lexer)).kind != VG_TOKEN_END)
        if (token.kind == VG_TOKEN_TEXT)
            for (size_t i = 0; i + len <= token.len; i++)
                if (memcmp(token.text + i, value, len) == 0)
                    return true;
    return false;
}

/* The text of ALTER TYPE ... ADD VALUE 'text', between its quotes. */
static size_t value_of(const vg_statement *s, const vg_lexis *lexis, const char **value)
{
    vg_lexer lexer;
    vg_token token;
    vg__lexer_begin(&lexer, lexis, s->text, s->len);
    do
        token = vg__lexer_next(&lexer);
    while (token.kind != VG_TOKEN_END && token.kind != VG_TOKEN_TEXT);
    *value = token.text + 1;
    return token.len > 2 ? token.len - 2 : 0;
}

bool vg__migrate_needs_commit(const vg_migrate_run *r, const vg_migrate_job *job,
                              size_t at, size_t jobs)
{
    const char *value;
    const vg_lexis *lexis = r->migrator->lexis;
    const vg_statement *s = &job->statements.data[at];
    if (!(s->does & VG_DOES_VALUE) || r->options->dry_run)
        return false;
    size_t len = value_of(s, lexis, &value);
    for (const vg_migrate_job *j = job; j < r->jobs + jobs; j++)
        for (size_t i = j == job ? at + 1 : j->first; i < j->statements.len; i++)
            if (holds(&j->statements.data[i], lexis, value, len))
                return true;
    return false;
}

static int stop_rehearsal(vg_migrate_run *r, const vg_migrate_job *job, size_t done)
{
    char path[200], text[400];
    size_t at = done < job->statements.len ? done : done - 1;
    vg__migration_path(job->planned->migration, r->rollback, path, sizeof path);
    snprintf(
        text, sizeof text,
        "%s:%d: the rehearsal ends here: what comes now has to be committed before "
        "it can go on",
        path, job->statements.data[at].line);
    return vg__migrate_tell(r, VG_MIGRATE_UNREHEARSED, text);
}

int vg__migrate_stop(vg_migrate_run *r, const vg_migrate_job *job, size_t done,
                     bool alone)
{
    int rc = VG_OK;
    r->edge = job->planned;
    r->alone = alone;
    if (r->rehearsal)
        return stop_rehearsal(r, job, done);
    if (alone && !r->held) {
        rc = r->migrator->hold(r->db, &r->ledger);
        r->held = rc == VG_OK;
    }
    sum(r, job, done, r->sum, sizeof r->sum);
    r->reached =
        (vg_progress){job->planned->migration->when, (int64_t)done, r->sum, alone};
    vg__buf_reset(&r->text);
    r->migrator->keep(&r->text, &r->ledger, &r->reached);
    if (r->text.failed)
        return vg__fail(r->db, VG_NO_MEMORY, NULL, "out of memory");
    return rc == VG_OK ? vg_script(r->db, r->text.text) : rc;
}

void vg__migrate_forget(vg_migrate_run *r, const vg_planned *p)
{
    if (!p->progress)
        return;
    vg__buf_text(&r->text, ";\n");
    r->migrator->forget(&r->text, &r->ledger, p->migration->when,
                        r->plan.progress.len == 1);
}

/* ---- alone ---- */

static int keep_failed(vg_db *db, void *ctx)
{
    vg_migrate_run *r = ctx;
    vg_progress p = r->reached;
    p.running = false;
    vg__buf_reset(&r->text);
    r->migrator->keep(&r->text, &r->ledger, &p);
    return r->text.failed ? VG_NO_MEMORY : vg_script(db, r->text.text);
}

/* It has failed, and is known not to have run; unless that cannot be written any more. */
static void note_failure(vg_migrate_run *r)
{
    vg_error error = r->db->error;
    if (error.code != VG_CONNECT)
        vg_transaction(r->db, VG_TX_IMMEDIATE, keep_failed, r);
    r->db->error = error;
}

static size_t read_pieces(const vg_migrate_run *r, vg_piece *out, size_t room)
{
    vg_lexer lexer;
    vg_token token;
    size_t n = 0;
    vg__lexer_begin(&lexer, r->migrator->lexis, r->text.text, r->text.len);
    while (n < room && (token = vg__lexer_next(&lexer)).kind != VG_TOKEN_END)
        out[n++] =
            (vg_piece){token.text, token.len,
                       token.kind == VG_TOKEN_WORD || token.kind == VG_TOKEN_NAME};
    return n;
}

void vg__migrate_tell_who(vg_migrate_run *r)
{
    char who[300];
    vg_piece pieces[32];
    vg_error error = r->db->error;
    if (!r->statement || !r->migrator->in_the_way || r->text.failed)
        return;
    size_t count = read_pieces(r, pieces, sizeof pieces / sizeof *pieces);
    r->migrator->in_the_way(r->db, pieces, count, who, sizeof who);
    size_t len = strlen(error.message);
    snprintf(error.message + len, sizeof error.message - len, "%s", who);
    r->db->error = error;
}

int vg__migrate_alone(vg_migrate_run *r)
{
    vg_piece pieces[32];
    const vg_migrate_job *job = r->jobs;
    while (job->planned != r->edge)
        job++;
    r->job = job;
    r->statement = &job->statements.data[r->reached.done];
    vg__buf_reset(&r->text);
    vg__buf_bytes(&r->text, r->statement->text, r->statement->len);
    if (r->text.failed)
        return vg__fail(r->db, VG_NO_MEMORY, NULL, "out of memory");
    int rc = vg__migrate_tell(r, VG_MIGRATE_STATEMENT, r->text.text);
    if (rc == VG_OK)
        rc = r->migrator->alone(r->db, r->text.text, pieces,
                                read_pieces(r, pieces, sizeof pieces / sizeof *pieces),
                                job->again && job->first == (size_t)r->reached.done);
    r->ran_alone = rc == VG_OK;
    r->half_done += rc == VG_OK;
    if (rc != VG_OK) {
        vg__migrate_place(r);
        note_failure(r);
        return rc;
    }
    r->statement = NULL;
    r->job = NULL;
    return VG_OK;
}
