/* Rendering statements made of queries: CTEs before them, set operations after the first.
 *
 * A set operation is written as it stands, from left to right. A query in it that has an
 * ORDER BY, a LIMIT or a set operation of its own is put into parentheses, the dialect's
 * way: SQLite has none there and takes "select * from (...)". */
#include "core/plan.h"
#include "core/render.h"

/* ---- CTEs ---- */

bool vg__render_knows_cte(const vg_render *r, const vg_shape *alias)
{
    for (const vg_ctes *c = r->ctes; c; c = c->outer)
        for (size_t i = 0; i < c->visible; i++)
            if (c->parts->ctes[i]->shape == alias)
                return true;
    return false;
}

static void cte_query(vg_render *r, const vg_clause *cte)
{
    vg_parts parts;
    vg__parts(&parts, cte->b, cte->n);
    if (!parts.problem && parts.head->kind > VG_CLAUSE_RAW && !r->dialect->cte_writes)
        vg__render_fail(r, VG_INVALID,
                        "CTE(%s): %s takes no INSERT, UPDATE or DELETE in a CTE",
                        cte->shape->name, r->dialect->name);
    vg__render(r, &parts);
}

void vg__render_ctes(vg_render *r, const vg_parts *p, vg_ctes *frame)
{
    vg_naming name_fields = r->name_fields;
    bool recursive = false;
    r->ctes = frame;
    r->name_fields = VG_NAMES_ALIAS;
    for (size_t i = 0; i < p->cte_count; i++)
        recursive |= p->ctes[i]->sub & VG_CTE_RECURSIVE_BIT;
    for (size_t i = 0; i < p->cte_count; i++) {
        const vg_clause *cte = p->ctes[i];
        if (cte->shape->kind != VG_SHAPE_ALIAS)
            vg__render_fail(r, VG_INVALID,
                            "CTE(%s): its name is an ALIAS of what the query selects",
                            cte->shape->name);
        for (size_t j = 0; j < i; j++)
            if (strcmp(p->ctes[j]->shape->name, cte->shape->name) == 0)
                vg__render_fail(r, VG_INVALID, "two CTEs are named %s",
                                cte->shape->name);
        vg__render_text(r, i ? ", " : recursive ? "with recursive " : "with ");
        vg__render_name(r, cte->shape->name);
        vg__render_text(r, cte->sub & VG_CTE_KEPT_BIT      ? " as materialized ("
                           : cte->sub & VG_CTE_INLINED_BIT ? " as not materialized ("
                                                           : " as (");
        frame->visible = cte->sub & VG_CTE_RECURSIVE_BIT ? i + 1 : i;
        cte_query(r, cte);
        vg__render_text(r, i + 1 == p->cte_count ? ") " : ")");
    }
    frame->visible = p->cte_count;
    r->name_fields = name_fields;
}

/* ---- set operations ---- */

static const char *const operators[] = {
    [VG_SET_UNION] = " union ",         [VG_SET_UNION_ALL] = " union all ",
    [VG_SET_INTERSECT] = " intersect ", [VG_SET_INTERSECT_ALL] = " intersect all ",
    [VG_SET_EXCEPT] = " except ",       [VG_SET_EXCEPT_ALL] = " except all "};

void vg__render_wrapped(vg_render *r, const vg_clause *query, size_t count)
{
    const vg_scope *scope = r->scope;
    r->scope = scope->outer; /* its neighbours' tables are not its own */
    vg__render_text(r, r->dialect->operand_open);
    vg__render_query(r, query, count);
    vg__render_text(r, r->dialect->operand_close);
    r->scope = scope;
}

static void operand(vg_render *r, const vg_parts *first, const vg_clause *q)
{
    char why[160];
    vg_parts parts;
    vg__parts(&parts, q->b, q->n);
    if (parts.problem || parts.head->kind > VG_CLAUSE_RAW)
        vg__render_fail(r, VG_INVALID, "a query of a set operation is not valid: %s",
                        parts.problem ? parts.problem : "it must be a SELECT");
    else if (!vg__plan_alike(first, &parts, why, sizeof why))
        vg__render_fail(r, VG_INVALID, "a query of%sdoes not fit the first: %s",
                        operators[q->sub], why);
    if (r->failed)
        return;
    const vg_scope *scope = r->scope;
    if (r->dialect->wrap_operands || parts.order_by || parts.limit || parts.offset ||
        parts.set_op_count || parts.cte_count || parts.head->kind != VG_CLAUSE_SELECT) {
        vg__render_wrapped(r, q->b, q->n);
        return;
    }
    r->scope = scope->outer;
    vg__render(r, &parts);
    r->scope = scope;
}

/* Whether what stands left of an operator needs parentheses of its own: an INTERSECT would take
 * the last query of it away from a UNION or EXCEPT. */
static bool closes_before(const vg_render *r, const vg_parts *p, size_t i)
{
    vg_set_op op = (vg_set_op)p->set_ops[i]->sub;
    if (i == 0 || !r->dialect->intersect_first ||
        (op != VG_SET_INTERSECT && op != VG_SET_INTERSECT_ALL))
        return false;
    op = (vg_set_op)p->set_ops[i - 1]->sub;
    return op != VG_SET_INTERSECT && op != VG_SET_INTERSECT_ALL;
}

void vg__render_set_opens(vg_render *r, const vg_parts *p)
{
    for (size_t i = 0; i < p->set_op_count; i++)
        vg__render_text(r, closes_before(r, p, i) ? "(" : "");
}

void vg__render_set_ops(vg_render *r, const vg_parts *p)
{
    vg_naming name_fields = r->name_fields;
    r->name_fields = VG_NAMES_NONE; /* the first query has named the columns */
    for (size_t i = 0; i < p->set_op_count && !r->failed; i++) {
        vg_set_op op = (vg_set_op)p->set_ops[i]->sub;
        if ((op == VG_SET_INTERSECT_ALL || op == VG_SET_EXCEPT_ALL) &&
            !r->dialect->set_op_all)
            vg__render_fail(r, VG_INVALID, "%s has no%s", r->dialect->name,
                            op == VG_SET_EXCEPT_ALL ? " EXCEPT_ALL" : " INTERSECT_ALL");
        vg__render_text(r, closes_before(r, p, i) ? ")" : "");
        vg__render_text(r, operators[op]);
        operand(r, p, p->set_ops[i]);
    }
    r->name_fields = name_fields;
}

/* ---- columns of the result ---- */

typedef struct find_ctx {
    const vg_shape *shape;
    const vg_node *wanted;
    const vg_column *found;
} find_ctx;

static bool same_column(const vg_node *a, const vg_node *b)
{
    while (a && a->op == VG_OP_NULLABLE)
        a = a->a;
    return a && a->op == VG_OP_COLUMN && a->a == b->a && a->n == b->n;
}

static void find_field(void *ctx, const vg_node *const *fields)
{
    find_ctx *f = ctx;
    for (uint32_t i = 0; i < f->shape->column_count && !f->found; i++)
        if (same_column(fields[i], f->wanted))
            f->found = &f->shape->columns[i];
}

void vg__render_result_name(vg_render *r, const vg_node *x)
{
    const vg_clause *q = r->scope->result;
    const vg_shape *of = x->a;
    const vg_shape *shape = q->kind == VG_CLAUSE_RAW ? q->c : q->shape;
    const vg_column *column = &of->columns[x->n];
    find_ctx find = {.shape = shape, .wanted = x};
    if (shape ? shape == of : same_column(q->c, x))
        find.found = column;
    else if (shape && shape->kind == VG_SHAPE_PROJECTION)
        shape->fields(find_field, &find);
    if (!find.found || find.found->nested)
        vg__render_fail(r, VG_INVALID,
                        "ORDER_BY: the result has no column %s.%s; name one that the "
                        "first query selects",
                        of->name, column->name);
    else
        vg__render_name(r, vg_column_name(find.found));
}
