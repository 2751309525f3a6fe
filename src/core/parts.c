/* Sorting clauses. */
#include "core/parts.h"
#include "core/codec.h"
#include "core/relation.h"
#include <virga/relation.h>

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

/* ---- where each clause goes ---- */

typedef enum part_kind {
    PART_OF_NOTHING, /* it shapes no SQL */
    PART_ONCE,
    PART_LIST,
    PART_CONDITION, /* the node in c, unless it is empty */
    PART_NUMBER,    /* as ONCE; a number below `limit` is no clause */
    PART_FLAG,
    PART_MISPLACED
} part_kind;

/* By the clause's kind: the member of vg_parts, of a list its counter, and what is wrong
 * when there is one too many. */
typedef struct part {
    part_kind kind;
    size_t limit;
    size_t slot, count;
    const char *problem;
} part;

#define SLOT(member) offsetof(vg_parts, member)

// clang-format off
static const part parts[] = {
    [VG_CLAUSE_END]     = {PART_OF_NOTHING, 0, 0, 0, NULL},
    [VG_CLAUSE_ALLOW]   = {PART_OF_NOTHING, 0, 0, 0, NULL},
    [VG_CLAUSE_COLUMNS] = {PART_ONCE, 0, SLOT(columns), 0,
                           "ONLY and OMIT stand once, and not together"},
    [VG_CLAUSE_KEYS] = {PART_ONCE, 0, SLOT(keys), 0, "keys stand twice"},
    [VG_CLAUSE_COMPUTED] = {PART_LIST, VG_MAX_COMPUTED, SLOT(computed),
                            SLOT(computed_count), "it has more than 16 WITH_EXTRA"},
    [VG_CLAUSE_WITH]    = {PART_LIST, VG_MAX_WITHS, SLOT(withs), SLOT(with_count),
                           "it has more than 16 WITH beside each other"},
#define HEAD {PART_ONCE, 0, SLOT(head), 0, \
              "it has two heads; say SELECT, INSERT_INTO, ... once"}
    [VG_CLAUSE_SELECT]       = HEAD,
    [VG_CLAUSE_SELECT_COUNT] = HEAD,
    [VG_CLAUSE_COMPOUND]     = HEAD,
    [VG_CLAUSE_RAW]          = HEAD,
    [VG_CLAUSE_INSERT]       = HEAD,
    [VG_CLAUSE_UPDATE]       = HEAD,
    [VG_CLAUSE_DELETE]       = HEAD,
#undef HEAD
    [VG_CLAUSE_DISTINCT_ON] = {PART_ONCE, 0, SLOT(distinct_on), 0,
                               "DISTINCT_ON stands twice"},
    [VG_CLAUSE_LOCK]    = {PART_ONCE, 0, SLOT(lock), 0,
                           "FOR_UPDATE and its kind stand twice"},
    [VG_CLAUSE_CTE]     = {PART_LIST, VG_MAX_CTES, SLOT(ctes), SLOT(cte_count),
                           "it has more than 8 CTEs"},
    [VG_CLAUSE_FROM]    = {PART_ONCE, 0, SLOT(from), 0,
                           "FROM stands twice; join the second table"},
    [VG_CLAUSE_JOIN]    = {PART_LIST, VG_MAX_JOINS, SLOT(joins), SLOT(join_count),
                           "it has more than 16 joins"},
    [VG_CLAUSE_SET_OP]  = {PART_LIST, VG_MAX_SET_OPS, SLOT(set_ops), SLOT(set_op_count),
                           "it has more than 16 set operations"},
    [VG_CLAUSE_WHERE]   = {PART_CONDITION, 0, SLOT(where), 0,
                           "WHERE stands twice; combine the conditions by AND"},
    [VG_CLAUSE_HAVING]  = {PART_CONDITION, 0, SLOT(having), 0,
                           "HAVING stands twice; combine them by AND"},
    [VG_CLAUSE_GROUP_BY] = {PART_ONCE, 0, SLOT(group_by), 0, "GROUP_BY stands twice"},
    [VG_CLAUSE_ORDER_BY] = {PART_ONCE, 0, SLOT(order_by), 0, "ORDER_BY stands twice"},
    [VG_CLAUSE_WINDOW]  = {PART_LIST, VG_MAX_WINDOWS, SLOT(windows), SLOT(window_count),
                           "it has more than 8 WINDOW"},
#define IN_WINDOW {PART_MISPLACED, 0, 0, 0, \
                   "PARTITION_BY and ROWS_BETWEEN stand inside OVER or WINDOW"}
    [VG_CLAUSE_PARTITION_BY] = IN_WINDOW,
    [VG_CLAUSE_FRAME]        = IN_WINDOW,
#undef IN_WINDOW
    [VG_CLAUSE_LIMIT]   = {PART_NUMBER, 0, SLOT(limit), 0, "LIMIT stands twice"},
    [VG_CLAUSE_OFFSET]  = {PART_NUMBER, 1, SLOT(offset), 0, "OFFSET stands twice"},
    [VG_CLAUSE_CONFLICT] = {PART_LIST, VG_MAX_CONFLICTS, SLOT(conflicts),
                            SLOT(conflict_count), "it has more than 4 ON_CONFLICT"},
    [VG_CLAUSE_RETURNING] = {PART_ONCE, 0, SLOT(returning), 0, "RETURNING stands twice"},
    [VG_CLAUSE_COMMENT] = {PART_ONCE, 0, SLOT(comment), 0, "COMMENT stands twice"},
    [VG_CLAUSE_CACHE]   = {PART_ONCE, 0, SLOT(cache), 0, "CACHE stands twice"},
    [VG_CLAUSE_DISTINCT] = {PART_FLAG, 0, SLOT(distinct), 0, NULL},
    [VG_CLAUSE_ALL_ROWS] = {PART_FLAG, 0, SLOT(all_rows), 0, NULL},
};
// clang-format on

/* Put a clause into its place; false: there is no room for it. */
static bool place(vg_parts *p, const part *rule, const vg_clause *q)
{
    void *slot = (char *)p + rule->slot;
    const vg_clause **one = slot;
    const vg_node **node = slot;
    size_t *count;
    switch (rule->kind) {
    case PART_OF_NOTHING: return true;
    case PART_MISPLACED: return false;
    case PART_FLAG: *(bool *)slot = true; return true;
    case PART_CONDITION:
        if (vg__is_empty(q->c))
            return true;
        if (*node)
            return false;
        *node = q->c;
        return true;
    case PART_LIST:
        count = (void *)((char *)p + rule->count);
        if (*count == rule->limit)
            return false;
        one[(*count)++] = q;
        return true;
    case PART_NUMBER:
        if (!q->sub && q->i < (int64_t)rule->limit)
            return true;
        break;
    case PART_ONCE: break;
    }
    if (*one)
        return false;
    *one = q;
    return true;
}

void vg__parts(vg_parts *p, const vg_clause *query, size_t count)
{
    *p = (vg_parts){.head = NULL};
    for (const vg_clause *q = query; q < query + count; q++)
        if (!place(p, &parts[q->kind], q))
            p->problem = parts[q->kind].problem;
    if (!p->head)
        p->problem =
            "it has no head; begin with SELECT, INSERT_INTO, UPDATE, DELETE_FROM";
    else if (p->cache && p->head->kind > VG_CLAUSE_RAW)
        p->problem = "CACHE keeps what a SELECT reads; this statement writes";
}

/* A relation is loaded by its own columns. */
static uint64_t keys_of(const vg_clause *with)
{
    char why[1];
    uint64_t mask = 0;
    vg_relation_keys keys;
    const vg_relation *r = &vg_relations(with->shape)[with->sub];
    if (r->kind != VG_RELATION_EXTRA &&
        vg__relation_keys(with->shape, r, &keys, why, sizeof why))
        for (size_t i = 0; i < keys.own.count; i++)
            mask |= UINT64_C(1) << keys.own.columns[i];
    return mask;
}

uint64_t vg__columns_read(const vg_parts *p, uint64_t *left_out)
{
    const vg_shape *shape = p->head->shape;
    uint64_t all = UINT64_MAX >> (VG_MAX_COLUMNS - shape->column_count), named = 0;
    *left_out = 0;
    if (!p->columns)
        return all;
    const vg_node *const *nodes = p->columns->b;
    for (uint32_t i = 0; i < p->columns->n; i++)
        named |= UINT64_C(1) << nodes[i]->n;
    uint64_t wanted = p->columns->sub ? all & ~named : named;
    *left_out = all & ~wanted;
    wanted |= (uint64_t)p->columns->i;
    for (size_t i = 0; i < p->with_count; i++)
        wanted |= keys_of(p->withs[i]);
    return wanted;
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
