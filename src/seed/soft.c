/* Relations without a foreign key: ONE, MANY and MANY_THROUGH say as much as one. */
#include "seed/seed.h"

/* Names as columns of `shape`; NULL: its primary key. 0: there is no such column. */
static size_t columns_of(const vg_shape *shape, const char *const *names, uint32_t *out)
{
    size_t n = 0;
    if (!names)
        return vgs_primary_key(shape, out, VG_MAX_COLUMNS);
    for (; names[n] && n < VG_MAX_COLUMNS; n++) {
        out[n] = vgs_index(shape, names[n]);
        if (out[n] == shape->column_count)
            return 0;
    }
    return n;
}

/* Those of the key of a table are what others refer to. */
static bool in_primary_key(const vg_shape *shape, const uint32_t *own, size_t count)
{
    uint32_t keys[VG_MAX_COLUMNS];
    size_t n = vgs_primary_key(shape, keys, VG_MAX_COLUMNS);
    for (size_t i = 0; i < count; i++)
        for (size_t k = 0; k < n; k++)
            if (own[i] == keys[k])
                return true;
    return false;
}

/* `from` (names) of `child` refers to `to` (names) of `parent`. */
static void refer(vgs_plan *plan, const vg_shape *child, const char *const *from,
                  const vg_shape *parent, const char *const *to, bool junction)
{
    vgs_table *t = vgs_table_of(plan, child);
    uint32_t own[VG_MAX_COLUMNS];
    size_t n = t ? columns_of(child, from, own) : 0;
    if (!n || t->passed || (!junction && in_primary_key(child, own, n)))
        return;
    vgs_add_link(
        plan, t,
        &(vgs_finding){
            .target = parent, .own = own, .count = n, .other = to, .soft = true});
}

void vgs_link_softly(vgs_plan *plan)
{
    for (size_t i = 0; i < plan->count && !plan->failed; i++) {
        const vg_shape *shape = plan->tables[i].shape;
        const vg_relation *r = shape->relations;
        for (; r && r->kind != VG_RELATION_END && !plan->failed; r++)
            switch (r->kind) {
            case VG_RELATION_ONE:
                refer(plan, shape, r->own, r->target, r->other, false);
                break;
            case VG_RELATION_MANY:
                refer(plan, r->target, r->other, shape, r->own, false);
                break;
            case VG_RELATION_THROUGH:
                refer(plan, r->junction, r->junction_own, shape, r->own, true);
                refer(plan, r->junction, r->junction_other, r->target, r->other, true);
                break;
            default: break;
            }
    }
}
