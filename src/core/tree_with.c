/* A WITH: its relation, looked up once for a connection, and its clauses. */
#include "core/tree_task.h"
#include <virga/relation.h>

/* Behind the row of the target stand the junction's columns, 32 bytes for each. */
static void hide_keys(vg_tree_link *l)
{
    const vg_shape *target = vg__rows_of(l->relation->target);
    const vg_shape *junction = vg__rows_of(l->relation->junction);
    uint32_t at = (target->row_size + 7) & ~7u;
    for (size_t i = 0; i < l->by->count; i++, at += 32) {
        l->hidden[i] = junction->columns[l->by->columns[i]];
        l->hidden[i].offset = at;
        l->child.columns[i] = &l->hidden[i];
        l->child.offsets[i] = at;
    }
    l->hidden_count = l->by->count;
}

const vg_tree_link *vg__tree_link_of(vg_db *db, const vg_shape *shape,
                                     const vg_relation *relation)
{
    char why[300];
    size_t place = (uint64_t)(uintptr_t)relation * UINT64_C(0x9E3779B97F4A7C15) >> 58;
    vg_tree_link *l = db->forest->links[place];
    while (l && l->relation != relation)
        l = l->next;
    if (l)
        return l;
    l = vg__db_alloc(db, NULL, 0, sizeof *l);
    if (!l) {
        vg__tree_no_memory(db);
        return NULL;
    }
    *l = (vg_tree_link){.relation = relation, .next = db->forest->links[place]};
    if (!vg__relation_keys(shape, relation, &l->keys, why, sizeof why)) {
        vg__db_alloc(db, l, sizeof *l, 0);
        vg__fail(db, VG_SCHEMA, NULL, "%s", why);
        return NULL;
    }
    bool through = relation->kind == VG_RELATION_THROUGH;
    l->by = through ? &l->keys.junction_own : &l->keys.other;
    l->parent = vg__key_place(&l->keys.own);
    l->child = vg__key_place(l->by);
    l->loaded = vg__rows_of(shape)->loaded_offset;
    if (through)
        hide_keys(l);
    db->forest->links[place] = l;
    return l;
}

/* ---- the clauses of a WITH ---- */

int vg__tree_refuse(const vg_tree_task *t, const char *what)
{
    return vg__fail(t->db, VG_INVALID, NULL, "WITH(%s, %s): %s", t->with->shape->name,
                    t->link->relation->name, what);
}

/* Among the clauses from `first` on another has loaded that relation. */
bool vg__tree_stands_twice(const vg_clause *first, const vg_clause *q)
{
    const vg_shape *rows = vg__rows_of(q->shape);
    for (; first < q; first++)
        if (first->kind == VG_CLAUSE_WITH && first->sub == q->sub &&
            vg__rows_of(first->shape) == rows)
            return true;
    return false;
}

int vg__tree_refuse_twice(vg_db *db, const vg_clause *q)
{
    return vg__fail(db, VG_INVALID, NULL, "WITH(%s, %s) stands twice", q->shape->name,
                    vg_relations(q->shape)[q->sub].name);
}

static int sort_clause(vg_tree_task *t, const vg_clause *q)
{
    const vg_clause **slot = NULL;
    switch ((vg_clause_kind)q->kind) {
    case VG_CLAUSE_END: return VG_OK;
    case VG_CLAUSE_WHERE:
        if (vg__is_empty(q->c))
            return VG_OK;
        if (t->where)
            return vg__tree_refuse(t,
                                   "WHERE stands twice; combine the conditions by AND");
        t->where = q->c;
        return VG_OK;
    case VG_CLAUSE_ORDER_BY: slot = &t->order_by; break;
    case VG_CLAUSE_COLUMNS: slot = &t->columns; break;
    case VG_CLAUSE_LIMIT:
        if (!q->sub && q->i < 0)
            return VG_OK;
        slot = &t->limit;
        break;
    case VG_CLAUSE_OFFSET:
        if (!q->sub && q->i < 1)
            return VG_OK;
        slot = &t->offset;
        break;
    case VG_CLAUSE_WITH:
        if (t->nested_count == VG_MAX_WITHS)
            return vg__tree_refuse(t, "it has more than 16 WITH beside each other");
        if (vg__tree_stands_twice(t->with->b, q))
            return vg__tree_refuse_twice(t->db, q);
        t->nested[t->nested_count++] = q;
        return VG_OK;
    case VG_CLAUSE_COMPUTED:
        if (t->computed_count == VG_MAX_WITHS)
            return vg__tree_refuse(t, "it has more than 16 WITH_EXTRA");
        t->computed[t->computed_count++] = q;
        return VG_OK;
    default:
        return vg__tree_refuse(t,
                               "it takes WHERE, ORDER_BY, LIMIT, OFFSET, ONLY, OMIT, "
                               "WITH_EXTRA and WITH");
    }
    if (*slot)
        return vg__tree_refuse(t, "ORDER_BY, LIMIT, OFFSET, ONLY or OMIT stands twice");
    *slot = q;
    return VG_OK;
}

int vg__tree_sort(vg_tree_task *t)
{
    const vg_clause *q = t->with->b, *end = q + t->with->n;
    int rc = VG_OK;
    for (; rc == VG_OK && q < end; q++)
        rc = sort_clause(t, q);
    return rc;
}
