/* vg_migration_status: the plan, for others to read. */
#include "base/arena.h"
#include "core/guard.h"
#include "migrate/plan.h"

static void count(vg_migration_status_list *list, vg_migration_state state)
{
    size_t *const counters[] = {
        [VG_MIGRATION_PENDING] = &list->pending,
        [VG_MIGRATION_APPLIED] = &list->applied,
        [VG_MIGRATION_CHANGED] = &list->changed,
        [VG_MIGRATION_OUT_OF_ORDER] = &list->out_of_order,
        [VG_MIGRATION_MISSING] = &list->missing,
    };
    ++*counters[state];
}

/* A text that outlives the run; *failed: no memory. NULL stays NULL. */
static const char *keep(vg_arena *arena, const char *text, bool *failed)
{
    char *copy = text ? vg__arena_text(arena, text, strlen(text)) : NULL;
    *failed |= text && !copy;
    return copy;
}

/* Into the part from `first` on, which stays ordered by time. */
static void insert(vg_migration_status_list *list, size_t first, vg_migration_entry e)
{
    size_t at = list->len++;
    for (; at > first && list->data[at - 1].when > e.when; at--)
        list->data[at] = list->data[at - 1];
    list->data[at] = e;
}

static int tell(const vg_migrate_run *r, vg_arena *arena, vg_migration_status_list *out)
{
    const vg_migration_plan *plan = &r->plan;
    bool failed = false;
    out->data =
        vg__arena_alloc(arena, (plan->len + plan->rows.len + 1) * sizeof *out->data);
    if (!out->data)
        return VG_NO_MEMORY;
    for (size_t i = 0; i < plan->len; i++) {
        const vg_planned *p = &plan->data[i];
        out->data[out->len++] = (vg_migration_entry){
            .state = p->state,
            .line_ends = p->line_ends,
            .migration = p->migration,
            .when = p->migration->when,
            .statements = p->progress && !p->row ? (size_t)p->progress->done : 0,
            .hash = keep(arena, p->hash, &failed),
            .applied_hash = keep(arena, p->row ? p->row->hash : NULL, &failed)};
        count(out, p->state);
    }
    for (size_t i = 0; i < plan->rows.len; i++) {
        const vg_applied *row = &plan->rows.data[i];
        if (plan->known[i])
            continue;
        insert(out, plan->len,
               (vg_migration_entry){.state = VG_MIGRATION_MISSING,
                                    .when = row->when,
                                    .applied_hash = keep(arena, row->hash, &failed)});
        count(out, VG_MIGRATION_MISSING);
    }
    return failed ? VG_NO_MEMORY : VG_OK;
}

int vg_migration_status(vg_db *db, vg_arena *arena, const vg_migrations *migrations,
                        const vg_migrate_options *options,
                        vg_migration_status_list *out)
{
    VG_GUARD(db, NULL, VG_MISUSE);
    vg_migrate_options used = {.table = options ? options->table : NULL,
                               .schema = options ? options->schema : NULL};
    vg_migrate_run r;
    *out = (vg_migration_status_list){.data = NULL};
    int rc = vg__migrate_begin(&r, db, "vg_migration_status", migrations, &used);
    if (rc == VG_OK)
        rc = vg__migrate_look(&r);
    if (rc == VG_OK && tell(&r, arena, out) != VG_OK)
        rc = vg__fail(db, VG_NO_MEMORY, NULL, "out of memory");
    if (rc != VG_OK)
        *out = (vg_migration_status_list){.data = NULL};
    return vg__migrate_end(&r, rc);
}
