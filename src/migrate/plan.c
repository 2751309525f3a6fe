/* The arguments of a call, and how each migration stands. */
#include "migrate/plan.h"
#include "base/arena.h"
#include "core/driver.h"
#include "core/run.h"
#include <stdio.h>

/* ---- arguments ---- */

size_t vg__migration_len(const vg_migration *m)
{
    return m->sql_len ? m->sql_len : strlen(m->sql);
}

const char *vg__migration_path(const vg_migration *m, bool down, char *room,
                               size_t size)
{
    static const char ending[] = ".sql";
    const char *path = m->path ? m->path : m->tag;
    size_t len = strlen(path), end = strlen(ending);
    if (len >= end && strcmp(path + len - end, ending) == 0)
        len -= end;
    size_t cut = len > size / 2 ? len - size / 2 : 0; /* its end is what matters */
    snprintf(room, size, "%s%.*s%s%s", cut ? "..." : "", (int)(len - cut), path + cut,
             down ? ".down" : "", ending);
    return room;
}

size_t vg__migration_find(const vg_migrations *list, const char *tag)
{
    size_t i = 0;
    while (i < list->len && strcmp(list->data[i].tag, tag) != 0)
        i++;
    return i;
}

static int no_memory(vg_migrate_run *r)
{
    return vg__fail(r->db, VG_NO_MEMORY, NULL, "out of memory");
}

static int check_one(vg_migrate_run *r, size_t i)
{
    const vg_migration *m = &r->list->data[i];
    if (!m->tag || !*m->tag)
        return vg__fail(r->db, VG_INVALID, NULL, "%s: migration %zu has no tag",
                        r->name, i + 1);
    if (!m->sql)
        return vg__fail(r->db, VG_INVALID, NULL, "%s: %.200s has no SQL", r->name,
                        m->tag);
    if (vg__migration_find(r->list, m->tag) != i)
        return vg__fail(r->db, VG_INVALID, NULL, "%s: %.200s is there twice", r->name,
                        m->tag);
    return VG_OK;
}

static int check_list(vg_migrate_run *r)
{
    int rc = VG_OK;
    if (!r->list || (r->list->len && !r->list->data))
        return vg__fail(r->db, VG_MISUSE, NULL, "%s: the list of migrations is NULL",
                        r->name);
    for (size_t i = 0; rc == VG_OK && i < r->list->len; i++)
        rc = check_one(r, i);
    const char *to = r->options->to;
    if (rc == VG_OK && to && vg__migration_find(r->list, to) == r->list->len)
        rc = vg__fail(r->db, VG_INVALID, NULL, "%s: there is no migration %.200s",
                      r->name, to);
    return rc;
}

int vg__migrate_begin(vg_migrate_run *r, vg_db *db, const char *name,
                      const vg_migrations *list, const vg_migrate_options *options)
{
    static const vg_migrate_options defaults;
    *r = (vg_migrate_run){.db = db, .name = name, .list = list};
    r->options = options ? options : &defaults;
    r->arena.allocator = r->looked.allocator = db->allocator;
    r->migrator = vg__migrator_of(db);
    r->ledger.table = r->options->table ? r->options->table : VG_MIGRATIONS_TABLE;
    r->ledger.schema = r->options->schema ? r->options->schema : VG_MIGRATIONS_SCHEMA;
    if (r->options->count)
        *r->options->count = 0;
    int rc = vg__start(db, NULL);
    if (rc == VG_OK && (!*r->ledger.table || !*r->ledger.schema))
        rc = vg__fail(db, VG_INVALID, NULL, "%s: the name of the %s is empty", name,
                      *r->ledger.table ? "schema" : "table");
    if (rc == VG_OK && (db->depth || db->driver->in_transaction(db)))
        rc = vg__fail(db, VG_MISUSE, NULL, "%s: a transaction is open", name);
    if (rc == VG_OK)
        rc = check_list(r);
    return rc;
}

int vg__migrate_end(vg_migrate_run *r, int rc)
{
    vg_arena_free(&r->arena);
    vg_arena_free(&r->looked);
    return rc;
}

/* ---- standing ---- */

static bool same_all(const vg_planned *p, const vg_applied *row)
{
    return row->when == p->migration->when && strcmp(row->hash, p->hash) == 0;
}

static bool same_when_no_hash(const vg_planned *p, const vg_applied *row)
{
    return row->when == p->migration->when && (!*row->hash || !*p->hash);
}

static bool same_when_and_lines(const vg_planned *p, const vg_applied *row)
{
    const char *other = p->migration->hash_eol;
    return row->when == p->migration->when && other && strcmp(other, row->hash) == 0;
}

static bool same_hash(const vg_planned *p, const vg_applied *row)
{
    return *p->hash && strcmp(row->hash, p->hash) == 0;
}

static bool same_when(const vg_planned *p, const vg_applied *row)
{
    return row->when == p->migration->when;
}

/* One way of belonging together, tried on all that are left before the next way is. */
typedef struct way {
    bool (*fits)(const vg_planned *p, const vg_applied *row);
    vg_migration_state state;
    bool line_ends;
    bool old_only; /* a newer one would run again in Drizzle, so it does here */
} way;

static const way ways[] = {
    {same_all, VG_MIGRATION_APPLIED, false, false},
    {same_when_no_hash, VG_MIGRATION_APPLIED, false, false},
    {same_when_and_lines, VG_MIGRATION_APPLIED, true, false},
    {same_hash, VG_MIGRATION_APPLIED, false, true},
    {same_when, VG_MIGRATION_CHANGED, false, false},
};

static void try_way(vg_migration_plan *plan, const way *w, int64_t newest)
{
    for (size_t i = 0; i < plan->len; i++) {
        vg_planned *p = &plan->data[i];
        if (p->row || (w->old_only && p->migration->when > newest))
            continue;
        for (size_t j = 0; j < plan->rows.len; j++) {
            if (plan->known[j] || !w->fits(p, &plan->rows.data[j]))
                continue;
            plan->known[j] = true;
            p->row = &plan->rows.data[j];
            p->state = w->state;
            p->line_ends = w->line_ends;
            break;
        }
    }
}

/* What the run has written itself makes nothing old: its order is the list's. */
static void find_newest(vg_migrate_run *r)
{
    if (r->committed)
        return;
    r->newest = INT64_MIN;
    for (size_t i = 0; i < r->plan.rows.len; i++)
        if (r->plan.rows.data[i].when > r->newest)
            r->newest = r->plan.rows.data[i].when;
}

static void settle(vg_migrate_run *r)
{
    vg_migration_plan *plan = &r->plan;
    for (size_t i = 0; plan->rows.len && i < sizeof ways / sizeof *ways; i++)
        try_way(plan, &ways[i], r->newest);
    for (size_t i = 0; i < plan->len; i++)
        if (!plan->data[i].row && r->newest != INT64_MIN &&
            plan->data[i].migration->when <= r->newest)
            plan->data[i].state = VG_MIGRATION_OUT_OF_ORDER;
}

static int look_at_progress(vg_migrate_run *r)
{
    vg_migration_plan *plan = &r->plan;
    int rc = r->migrator->progress(r->db, &r->ledger, &r->looked, &plan->progress);
    for (size_t i = 0; rc == VG_OK && i < plan->len; i++)
        for (size_t j = 0; j < plan->progress.len; j++)
            if (plan->progress.data[j].when == plan->data[i].migration->when)
                plan->data[i].progress = &plan->progress.data[j];
    return rc;
}

int vg__migrate_look(vg_migrate_run *r)
{
    vg_migration_plan *plan = &r->plan;
    vg_arena_reset(&r->looked);
    *plan = (vg_migration_plan){.len = r->list->len};
    int rc = r->migrator->applied(r->db, &r->ledger, &r->looked, &plan->rows);
    if (rc != VG_OK)
        return rc;
    plan->data = vg__arena_alloc(&r->looked, (plan->len + 1) * sizeof *plan->data);
    plan->known = vg__arena_alloc(&r->looked, plan->rows.len + 1);
    if (!plan->data || !plan->known)
        return no_memory(r);
    memset(plan->known, 0, plan->rows.len + 1);
    for (size_t i = 0; i < plan->len; i++)
        plan->data[i] = (vg_planned){
            .migration = &r->list->data[i],
            .hash = r->list->data[i].hash ? r->list->data[i].hash : "",
        };
    find_newest(r);
    settle(r);
    return r->migrator->progress ? look_at_progress(r) : VG_OK;
}
