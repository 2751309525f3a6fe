/* vg_migrate: which migrations are to be applied, and what is odd about the others. */
#include "core/guard.h"
#include "migrate/work.h"
#include <stdio.h>

/* Tell a warning once, however often the table is looked at. */
static int warn(vg_migrate_run *r, const vg_planned *p, const char *what)
{
    char text[300];
    if (r->warned)
        return VG_OK;
    snprintf(text, sizeof text, "%.200s %s", p->migration->tag, what);
    return vg__migrate_tell(r, VG_MIGRATE_WARNING, text);
}

static int changed(vg_migrate_run *r, const vg_planned *p)
{
    if (r->options->changed == VG_MIGRATE_ALLOW)
        return warn(r, p, "was changed after it was applied");
    return vg__fail(
        r->db, VG_INVALID, NULL,
        "%.200s was changed after it was applied (its SHA-256 was %.12s..., now "
        "it is %.12s...); put it back as it was, and the change into a new "
        "migration",
        p->migration->tag, p->row->hash, p->hash);
}

static int out_of_order(vg_migrate_run *r, const vg_planned *p)
{
    if (r->options->out_of_order == VG_MIGRATE_ALLOW)
        return warn(r, p, "is older than others that were applied before it");
    return vg__fail(
        r->db, VG_INVALID, NULL,
        "%.200s was never applied, and is older than others that were; give it a "
        "later time (rebase), or allow it to be applied out of order",
        p->migration->tag);
}

int vg__migrate_odd(vg_migrate_run *r, const vg_planned *p)
{
    switch (p->state) {
    case VG_MIGRATION_CHANGED: return changed(r, p);
    case VG_MIGRATION_OUT_OF_ORDER: return out_of_order(r, p);
    case VG_MIGRATION_APPLIED:
        return p->line_ends ? warn(r, p, "has other line ends than when it was applied")
                            : VG_OK;
    default: break;
    }
    return VG_OK;
}

static int choose(vg_migrate_run *r)
{
    const char *to = r->options->to;
    size_t last = to ? vg__migration_find(r->list, to) : r->list->len;
    vg_migrate_job *jobs = vg__migrate_jobs(r);
    int rc = jobs ? VG_OK : VG_NO_MEMORY;
    for (size_t i = 0; rc == VG_OK && i < r->plan.len && i <= last; i++) {
        const vg_planned *p = &r->plan.data[i];
        rc = vg__migrate_odd(r, p);
        if (!p->row)
            jobs[r->job_count++] =
                (vg_migrate_job){.planned = p,
                                 .sql = p->migration->sql,
                                 .len = vg__migration_len(p->migration)};
    }
    return rc;
}

int vg_migrate(vg_db *db, const vg_migrations *migrations,
               const vg_migrate_options *options)
{
    VG_GUARD(db, NULL, VG_MISUSE);
    vg_migrate_run r;
    int rc = vg__migrate_begin(&r, db, "vg_migrate", migrations, options);
    if (rc == VG_OK)
        rc = vg__migrate_work(&r, choose);
    return vg__migrate_end(&r, rc);
}
