/* Rows that refer to nothing: those that were there before a run are none of its business. */
#include "core/db.h"
#include "migrate/check.h"

static int64_t count_of(const vg_orphans_list *list, const vg_orphans *o)
{
    for (size_t i = 0; i < list->len; i++)
        if (strcmp(list->data[i].table, o->table) == 0 &&
            strcmp(list->data[i].parent, o->parent) == 0)
            return list->data[i].count;
    return 0;
}

static int64_t total(const vg_orphans_list *list)
{
    int64_t n = 0;
    for (size_t i = 0; i < list->len; i++)
        n += list->data[i].count;
    return n;
}

static bool had(const vg_orphans_list *list, const char *table)
{
    for (size_t i = 0; i < list->table_count; i++)
        if (strcmp(list->tables[i], table) == 0)
            return true;
    return false;
}

/* More than there were. Tables may have another name now: then the sum over all decides. */
static bool is_new(const vg_orphans_list *before, const vg_orphans_list *after,
                   const vg_orphans *o)
{
    return o->count > count_of(before, o) &&
           ((had(before, o->table) && had(before, o->parent)) ||
            total(after) > total(before));
}

static int fail(vg_db *db, const vg_orphans *o, int64_t old)
{
    static const char why[] = "foreign keys are not enforced while migrations run, so "
                              "rows that refer to what is "
                              "deleted must be deleted or changed, too";
    vg_details details = {.table = o->table};
    if (old)
        return vg__fail_with(
            db, VG_FOREIGN_KEY, NULL, &details,
            "%lld rows of %.60s would refer to no row of %.60s (%lld do "
            "already); %s",
            (long long)o->count, o->table, o->parent, (long long)old, why);
    if (o->count > 1)
        return vg__fail_with(
            db, VG_FOREIGN_KEY, NULL, &details,
            "%lld rows of %.60s would refer to no row of %.60s, row %lld "
            "is one; %s",
            (long long)o->count, o->table, o->parent, (long long)o->row, why);
    return vg__fail_with(db, VG_FOREIGN_KEY, NULL, &details,
                         "row %lld of %.60s would refer to no row of %.60s; %s",
                         (long long)o->row, o->table, o->parent, why);
}

int vg__check_orphans(vg_db *db, vg_arena *arena, const vg_orphans_list *before)
{
    vg_orphans_list after;
    int rc = vg__migrator_of(db)->orphans(db, arena, &after);
    if (rc != VG_OK)
        return rc;
    if (before->unknown)
        return VG_OK;
    if (after.unknown)
        return vg__fail(db, VG_FOREIGN_KEY, NULL, "%s", after.unknown);
    for (size_t i = 0; i < after.len; i++)
        if (is_new(before, &after, &after.data[i]))
            return fail(db, &after.data[i], count_of(before, &after.data[i]));
    return VG_OK;
}
