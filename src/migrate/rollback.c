/* vg_rollback_migrations: which migrations are to be taken back, and whether they can. */
#include "core/guard.h"
#include "migrate/work.h"
#include <stdio.h>

/* ---- can it be? ---- */

static const char mark[] = "-- irreversible:";

/* The next reason in a `down` why it cannot be, from *at on; its length, 0: none. */
static size_t next_reason(const char **at, const char **reason)
{
    while (**at) {
        const char *line = *at + strspn(*at, " \t");
        size_t len = strcspn(line, "\r\n");
        *at = line + len + strspn(line + len, "\r\n");
        if (strncmp(line, mark, strlen(mark)) != 0)
            continue;
        *reason = line + strlen(mark);
        len -= strlen(mark);
        size_t blanks = strspn(*reason, " \t");
        *reason += blanks;
        len -= blanks;
        if (!len)
            *reason = "it says so", len = strlen(*reason);
        return len;
    }
    return 0;
}

static int check_down(vg_migrate_run *r, const vg_migration *m)
{
    char path[200];
    const char *at = m->down, *reason, *other;
    vg__migration_path(m, true, path, sizeof path);
    if (!m->down)
        return vg__fail(
            r->db, VG_INVALID, NULL,
            "%.150s cannot be rolled back: there is no %s; write the SQL into "
            "it that takes the migration back",
            m->tag, path);
    size_t len = next_reason(&at, &reason), more = 0;
    if (!len)
        return VG_OK;
    while (next_reason(&at, &other))
        more++;
    if (more)
        return vg__fail(r->db, VG_INVALID, NULL,
                        "%.150s cannot be rolled back: %.*s (and %zu more, see %s)",
                        m->tag, (int)(len < 150 ? len : 150), reason, more, path);
    return vg__fail(r->db, VG_INVALID, NULL, "%.150s cannot be rolled back: %.*s",
                    m->tag, (int)(len < 300 ? len : 300), reason);
}

/* What was applied after it, and is not in the list, would be left without its ground. */
static int check_missing(vg_migrate_run *r, const vg_migration *m)
{
    const vg_migration_plan *plan = &r->plan;
    for (size_t i = 0; i < plan->rows.len; i++)
        if (!plan->known[i] && plan->rows.data[i].when > m->when)
            return vg__fail(
                r->db, VG_INVALID, NULL,
                "%.150s cannot be rolled back: a later one was applied that is "
                "not in the list (%s has it with created_at %lld)",
                m->tag, r->ledger.table, (long long)plan->rows.data[i].when);
    return VG_OK;
}

/* ---- which ---- */

static int choose(vg_migrate_run *r)
{
    const vg_migrate_options *o = r->options;
    vg_migrate_job *jobs = vg__migrate_jobs(r);
    size_t end = o->to ? vg__migration_find(r->list, o->to) + 1 : 0;
    size_t steps = o->to || o->steps < 0 ? r->list->len
                   : o->steps            ? (size_t)o->steps
                                         : 1;
    size_t left = steps > r->committed ? steps - r->committed : 0;
    int rc = jobs ? VG_OK : VG_NO_MEMORY;
    for (size_t i = r->plan.len; rc == VG_OK && i > end && r->job_count < left; i--) {
        const vg_planned *p = &r->plan.data[i - 1];
        const vg_migration *m = p->migration;
        if (!p->row)
            continue;
        rc = vg__migrate_odd(r, p);
        if (rc == VG_OK)
            rc = check_down(r, m);
        if (rc == VG_OK)
            rc = check_missing(r, m);
        if (rc == VG_OK)
            jobs[r->job_count++] =
                (vg_migrate_job){.planned = p, .sql = m->down, .len = strlen(m->down)};
    }
    return rc;
}

int vg_rollback_migrations(vg_db *db, const vg_migrations *migrations,
                           const vg_migrate_options *options)
{
    VG_GUARD(db, NULL, VG_MISUSE);
    vg_migrate_run r;
    int rc = vg__migrate_begin(&r, db, "vg_rollback_migrations", migrations, options);
    r.rollback = true;
    if (rc == VG_OK)
        rc = vg__migrate_work(&r, choose);
    return vg__migrate_end(&r, rc);
}
