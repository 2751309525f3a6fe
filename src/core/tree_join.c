/* Rows of a relation to one, read by the statement that reads the row they belong to:
 *
 *     select "posts".*, "users".* from "posts"
 *         left join "users" on "users"."id" = "posts"."author_id" where "posts"."slug" = ?
 *
 * That saves a statement, and where there is a server a round trip. It is done where the
 * statement reads one row, or a few of one parent: among many rows the same one may stand often,
 * and is read once by a statement of its own. */
#include "core/tree_task.h"
#include <virga/relation.h>

static const vg_node *node(vg_arena *scratch, vg_node x)
{
    vg_node *p = vg__arena_alloc(scratch, sizeof *p);
    if (p)
        *p = x;
    return p;
}

const vg_node *vg__tree_equal(vg_arena *scratch, const vg_key *a, const vg_key *b)
{
    const vg_node **all = vg__arena_alloc(scratch, a->count * sizeof *all);
    for (size_t i = 0; all && i < a->count; i++) {
        const vg_node *right = &b->shape->nodes[b->columns[i]];
        all[i] = node(scratch, (vg_node){.op = VG_OP_EQ,
                                         .a = &a->shape->nodes[a->columns[i]],
                                         .b = vg_of_node(right)});
        if (!all[i])
            return NULL;
    }
    return all ? node(scratch, (vg_node){.op = VG_OP_AND,
                                         .n = (uint32_t)a->count,
                                         .b = {.p = all}})
               : NULL;
}

static bool is_plain_value(vg_value v)
{
    return vg_value_kind_of(v) != VG_V_EXPR || vg__tree_is_plain(v.node);
}

bool vg__tree_is_plain(const vg_node *x)
{
    if (!x)
        return true;
    switch (x->op) {
    case VG_OP_COLUMN:
    case VG_OP_PARAM: return true;
    case VG_OP_EQ:
    case VG_OP_NE:
    case VG_OP_GT:
    case VG_OP_GTE:
    case VG_OP_LT:
    case VG_OP_LTE:
    case VG_OP_LIKE:
    case VG_OP_IN_ARRAY: return vg__tree_is_plain(x->a) && is_plain_value(x->b);
    case VG_OP_IS_NULL:
    case VG_OP_IS_NOT_NULL:
    case VG_OP_ASC:
    case VG_OP_DESC: return vg__tree_is_plain(x->a);
    case VG_OP_AND:
    case VG_OP_OR:
        for (uint32_t i = 0; i < x->n; i++)
            if (!vg__tree_is_plain(((const vg_node *const *)x->b.p)[i]))
                return false;
        return true;
    default: return false;
    }
}

bool vg__tree_are_plain(const vg_clause *terms)
{
    for (uint32_t i = 0; terms && i < terms->n; i++)
        if (!vg__tree_is_plain(((const vg_node *const *)terms->b)[i]))
            return false;
    return true;
}

const vg_relation *vg__tree_joinable(const vg_clause *with, const vg_shape *above)
{
    const vg_relation *all = vg_relations(with->shape);
    const vg_relation *r = all ? &all[with->sub] : NULL;
    bool fits = r && !with->n && with->shape == above &&
                above->kind == VG_SHAPE_TABLE && r->kind == VG_RELATION_ONE &&
                !r->other && !r->where && r->target != above &&
                r->target->kind == VG_SHAPE_TABLE;
    return fits ? r : NULL;
}

/* ---- the root ---- */

/* A SELECT of a table, of which no more is said than what a column's name alone cannot
 * misunderstand once there is another table. */
static bool takes_joins(const vg_clause *query, size_t count)
{
    for (const vg_clause *q = query; q < query + count; q++) {
        switch ((vg_clause_kind)q->kind) {
        case VG_CLAUSE_SELECT:
            if (q != query || !q->shape || q->sub)
                return false;
            break;
        case VG_CLAUSE_WHERE:
            if (!vg__tree_is_plain(q->c))
                return false;
            break;
        case VG_CLAUSE_ORDER_BY:
            if (!vg__tree_are_plain(q))
                return false;
            break;
        case VG_CLAUSE_WITH:
            if (vg__tree_stands_twice(query, q))
                return false;
            break;
        case VG_CLAUSE_LIMIT:
        case VG_CLAUSE_OFFSET:
            if (q->sub)
                return false;
            break;
        case VG_CLAUSE_COMMENT:
        case VG_CLAUSE_ALLOW:
        case VG_CLAUSE_END: break;
        default: return false;
        }
    }
    return query->kind == VG_CLAUSE_SELECT;
}

/* The condition says what a key of one column is: there is one row, or a few. */
static bool is_by_key(const vg_node *x)
{
    if (!x)
        return false;
    if (x->op == VG_OP_AND) {
        const vg_node *const *kids = x->b.p;
        for (uint32_t i = 0; i < x->n; i++)
            if (is_by_key(kids[i]))
                return true;
        return false;
    }
    const vg_node *left = x->op == VG_OP_EQ ? x->a : NULL;
    if (!left || left->op != VG_OP_COLUMN || vg_value_kind_of(x->b) == VG_V_EXPR)
        return false;
    const vg_shape *shape = left->a;
    return shape->columns[left->n].flags & (VG_F_PRIMARY_KEY | VG_F_UNIQUE);
}

static bool reads_one(const vg_clause *query, size_t count)
{
    for (const vg_clause *q = query; q < query + count; q++)
        if (q->kind == VG_CLAUSE_WHERE && is_by_key(q->c))
            return true;
    return false;
}

/* Whether the target is joined by one of the clauses so far. */
static bool has_joined(const vg_tree_root *root, const vg_shape *target)
{
    for (size_t i = 0; i < root->count; i++)
        if (root->clauses[i].kind == VG_CLAUSE_JOIN && root->clauses[i].shape == target)
            return true;
    return false;
}

bool vg__tree_join_root(vg_db *db, const vg_clause *query, size_t count, bool one,
                        vg_tree_root *root)
{
    vg_arena *scratch = &db->forest->scratch;
    size_t joined = 0;
    vg_arena_reset(scratch);
    if (count > VG_TREE_ROOT / 2 || (!one && !reads_one(query, count)) ||
        !takes_joins(query, count))
        return false;
    root->count = 0;
    for (const vg_clause *q = query; q < query + count; q++) {
        const vg_relation *r =
            q->kind == VG_CLAUSE_WITH ? vg__tree_joinable(q, query->shape) : NULL;
        if (!r || has_joined(root, r->target)) {
            root->clauses[root->count++] = *q;
            continue;
        }
        const vg_tree_link *l = vg__tree_link_of(db, q->shape, r);
        const vg_node *on =
            l ? vg__tree_equal(scratch, &l->keys.other, &l->keys.own) : NULL;
        if (!on) /* it will be told by the statement of its own */
            return false;
        root->clauses[root->count++] =
            (vg_clause){.kind = VG_CLAUSE_COMPUTED, .sub = VG_COMPUTED_ROW, .b = r};
        root->clauses[root->count++] = vg_join_on(VG_JOIN_LEFT, r->target, on);
        joined++;
    }
    return joined;
}
