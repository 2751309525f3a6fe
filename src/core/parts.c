/* Sorting clauses. */
#include "core/parts.h"
#include "core/codec.h"

bool vg__is_empty(const vg_node *node)
{
    if (!node)
        return true;
    if (node->op == VG_OP_NOT)
        return vg__is_empty(node->a);
    if (node->op != VG_OP_AND && node->op != VG_OP_OR)
        return false;
    const vg_node *const *kids = node->b.p;
    for (uint32_t i = 0; i < node->n; i++)
        if (!vg__is_empty(kids[i]))
            return false;
    return true;
}

static void once(vg_parts *p, const vg_clause **slot, const vg_clause *q,
                 const char *problem)
{
    if (*slot)
        p->problem = problem;
    else
        *slot = q;
}

static void list(vg_parts *p, const vg_clause **items, size_t *count, size_t room,
                 const vg_clause *q, const char *problem)
{
    if (*count == room)
        p->problem = problem;
    else
        items[(*count)++] = q;
}

static void condition(vg_parts *p, const vg_node **slot, const vg_clause *q,
                      const char *problem)
{
    if (vg__is_empty(q->c))
        return;
    if (*slot)
        p->problem = problem;
    *slot = q->c;
}

/* A number below `least` is no clause. */
static void amount(vg_parts *p, const vg_clause **slot, const vg_clause *q,
                   int64_t least, const char *problem)
{
    if (q->sub || q->i >= least)
        once(p, slot, q, problem);
}

void vg__parts(vg_parts *p, const vg_clause *query, size_t count)
{
    p->head = p->from = p->group_by = p->order_by = p->returning = p->comment = NULL;
    p->cache = NULL;
    p->where = p->having = NULL;
    p->join_count = p->conflict_count = p->cte_count = p->window_count =
        p->set_op_count = 0;
    p->limit = p->offset = NULL;
    p->all_rows = p->distinct = false;
    p->problem = NULL;
    for (const vg_clause *q = query; q < query + count; q++) {
        switch ((vg_clause_kind)q->kind) {
        case VG_CLAUSE_END:
        case VG_CLAUSE_ALLOW: break;
        case VG_CLAUSE_CTE:
            list(p, p->ctes, &p->cte_count, VG_MAX_CTES, q, "it has more than 8 CTEs");
            break;
        case VG_CLAUSE_SELECT:
        case VG_CLAUSE_SELECT_COUNT:
        case VG_CLAUSE_COMPOUND:
        case VG_CLAUSE_RAW:
        case VG_CLAUSE_INSERT:
        case VG_CLAUSE_UPDATE:
        case VG_CLAUSE_DELETE:
            once(p, &p->head, q, "it has two heads; say SELECT, INSERT_INTO, ... once");
            break;
        case VG_CLAUSE_FROM:
            once(p, &p->from, q, "FROM stands twice; join the second table");
            break;
        case VG_CLAUSE_JOIN:
            list(p, p->joins, &p->join_count, VG_MAX_JOINS, q,
                 "it has more than 16 joins");
            break;
        case VG_CLAUSE_SET_OP:
            list(p, p->set_ops, &p->set_op_count, VG_MAX_SET_OPS, q,
                 "it has more than 16 set operations");
            break;
        case VG_CLAUSE_WHERE:
            condition(p, &p->where, q,
                      "WHERE stands twice; combine the conditions by AND");
            break;
        case VG_CLAUSE_HAVING:
            condition(p, &p->having, q, "HAVING stands twice; combine them by AND");
            break;
        case VG_CLAUSE_GROUP_BY:
            once(p, &p->group_by, q, "GROUP_BY stands twice");
            break;
        case VG_CLAUSE_ORDER_BY:
            once(p, &p->order_by, q, "ORDER_BY stands twice");
            break;
        case VG_CLAUSE_WINDOW:
            if (p->window_count == VG_MAX_WINDOWS)
                p->problem = "it has more than 8 WINDOW";
            else
                p->windows[p->window_count++] = q;
            break;
        case VG_CLAUSE_PARTITION_BY:
        case VG_CLAUSE_FRAME:
            p->problem = "PARTITION_BY and ROWS_BETWEEN stand inside OVER or WINDOW";
            break;
        case VG_CLAUSE_LIMIT: amount(p, &p->limit, q, 0, "LIMIT stands twice"); break;
        case VG_CLAUSE_OFFSET:
            amount(p, &p->offset, q, 1, "OFFSET stands twice");
            break;
        case VG_CLAUSE_CONFLICT:
            list(p, p->conflicts, &p->conflict_count, VG_MAX_CONFLICTS, q,
                 "it has more than 4 ON_CONFLICT");
            break;
        case VG_CLAUSE_RETURNING:
            once(p, &p->returning, q, "RETURNING stands twice");
            break;
        case VG_CLAUSE_DISTINCT: p->distinct = true; break;
        case VG_CLAUSE_ALL_ROWS: p->all_rows = true; break;
        case VG_CLAUSE_COMMENT: once(p, &p->comment, q, "COMMENT stands twice"); break;
        case VG_CLAUSE_CACHE: once(p, &p->cache, q, "CACHE stands twice"); break;
        }
    }
    if (!p->head)
        p->problem =
            "it has no head; begin with SELECT, INSERT_INTO, UPDATE, DELETE_FROM";
    else if (p->cache && p->head->kind > VG_CLAUSE_RAW)
        p->problem = "CACHE keeps what a SELECT reads; this statement writes";
}

const vg_clause *vg__first_head(const vg_clause *head)
{
    while (head->kind == VG_CLAUSE_COMPOUND) {
        const vg_clause *q = head->b, *end = q + head->n;
        while (q < end && (q->kind < VG_CLAUSE_SELECT || q->kind > VG_CLAUSE_RAW))
            q++;
        if (q == end)
            return head;
        head = q;
    }
    return head;
}

static const vg_shape *shape_in(const vg_node *x);

static const vg_shape *shape_in_values(const vg_node *x)
{
    const vg_value *values = x->b.p;
    const vg_shape *found = NULL;
    for (uint32_t i = 0; !found && i < x->n; i++)
        if (vg_value_kind_of(values[i]) == VG_V_EXPR)
            found = shape_in(values[i].node);
    return found;
}

/* Whose column a call is of, or a formula begins with. */
static const vg_shape *shape_in(const vg_node *x)
{
    switch (x ? vg__ops[x->op].form : VG_FORM_SUBQUERY) {
    case VG_FORM_LEAF: return x->op == VG_OP_COLUMN ? x->a : NULL;
    case VG_FORM_CALL:
    case VG_FORM_CALL_DISTINCT:
    case VG_FORM_PREFIX:
    case VG_FORM_WRAP:
    case VG_FORM_AS:
    case VG_FORM_COLLATE:
    case VG_FORM_FILTER:
    case VG_FORM_OVER:
    case VG_FORM_OVER_WINDOW:
    case VG_FORM_FTS_CALL: return shape_in(x->a);
    case VG_FORM_SOURCE: return x->a;
    case VG_FORM_ARITH:
    case VG_FORM_LIST:
    case VG_FORM_JOIN:
    case VG_FORM_JSON:
    case VG_FORM_TIME:
    case VG_FORM_CASE:
    case VG_FORM_CAST: return shape_in_values(x);
    default: return NULL;
    }
}

const vg_shape *vg__main_shape(const vg_parts *p)
{
    const vg_clause *head = p->head;
    if (p->from && head->kind != VG_CLAUSE_UPDATE)
        return p->from->shape;
    switch (head->kind) {
    case VG_CLAUSE_INSERT:
    case VG_CLAUSE_UPDATE:
    case VG_CLAUSE_DELETE: return head->shape;
    case VG_CLAUSE_SELECT:
        /* A table is its own FROM; a projection has none. */
        if (head->shape && head->shape->kind != VG_SHAPE_PROJECTION)
            return head->shape;
        return head->shape ? NULL : shape_in(head->c); /* SELECT_VALUE(users.id) */
    default: return NULL;
    }
}
