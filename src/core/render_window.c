/* Rendering aggregates and windows: where they may stand, FILTER, OVER, WINDOW. */
#include "core/render.h"
#include <virga/window.h>

/* What cannot stand where. */
typedef struct spot_rules {
    const char *name;
    bool no_aggregate, no_window;
} spot_rules;

static const spot_rules spots[] = {
    [VG_SPOT_WHERE] = {"WHERE", true, true},
    [VG_SPOT_ON] = {"the condition of a join", true, true},
    [VG_SPOT_GROUP_BY] = {"GROUP_BY", true, true},
    [VG_SPOT_HAVING] = {"HAVING", false, true},
    [VG_SPOT_AGGREGATE] = {"an aggregate", true, true},
    [VG_SPOT_WINDOW] = {"OVER", false, true}};

/* Whether the aggregate is one over the rows of a query further out. */
static bool is_of_outer_query(const vg_render *r, const vg_node *x)
{
    while (x && x->op != VG_OP_COLUMN &&
           (vg__ops[x->op].form == VG_FORM_CALL ||
            vg__ops[x->op].form == VG_FORM_CALL_DISTINCT))
        x = x->a;
    if (!x || x->op != VG_OP_COLUMN || !r->scope)
        return false;
    for (size_t i = 0; i < r->scope->count; i++)
        if (r->scope->sources[i] == x->a || r->scope->sources[i]->base == x->a)
            return false;
    return r->scope->outer != NULL;
}

void vg__render_enter(vg_render *r, const vg_node *x)
{
    bool over = r->over;
    const char *name = x->op == VG_OP_COUNT_ALL ? "COUNT" : vg__ops[x->op].name;
    if (over && x->op == VG_OP_FILTER)
        return; /* what it filters is the function */
    r->over = false;
    if (!vg__is_aggregate(x->op) && !vg__is_window(x->op))
        vg__render_fail(r, VG_INVALID,
                        "OVER takes an aggregate or a window function, such as "
                        "ROW_NUMBER()");
    else if (vg__is_window(x->op) && !over)
        vg__render_fail(r, VG_INVALID,
                        "%s is a window function: say OVER(%s(...), ...)", name, name);
    else if (!over && spots[r->spot].no_aggregate && !is_of_outer_query(r, x))
        vg__render_fail(r, VG_INVALID,
                        "%s is an aggregate, which cannot stand in %s; use HAVING or a "
                        "subquery",
                        name, spots[r->spot].name);
    r->spot = over ? VG_SPOT_WINDOW : VG_SPOT_AGGREGATE;
}

void vg__render_at(vg_render *r, vg_spot spot, const vg_node *x)
{
    vg_spot before = r->spot;
    r->spot = spot;
    vg__render_node(r, x);
    r->spot = before;
}

void vg__render_filter(vg_render *r, const vg_node *x)
{
    if (!vg__is_aggregate(((const vg_node *)x->a)->op))
        vg__render_fail(r, VG_INVALID, "FILTER takes an aggregate, such as COUNT()");
    vg__render_node(r, x->a);
    if (vg__is_empty(x->b.node))
        return;
    vg__render_text(r, " filter (where ");
    vg__render_at(r, VG_SPOT_AGGREGATE, x->b.node);
    vg__render_text(r, ")");
}

static void bound(vg_render *r, unsigned kind, int64_t n)
{
    static const char *const words[] = {
        [VG_BOUND_START] = "unbounded preceding", [VG_BOUND_BEFORE] = " preceding",
        [VG_BOUND_ROW] = "current row",           [VG_BOUND_AFTER] = " following",
        [VG_BOUND_END] = "unbounded following",
    };
    if (kind & 1)
        vg__render_operand(r, vg_of_int(n));
    vg__render_text(r, words[kind]);
}

static void frame(vg_render *r, const vg_clause *q)
{
    static const char *const units[] = {"rows", "range", "groups"};
    static const char *const excludes[] = {"", " exclude current row", " exclude group",
                                           " exclude ties"};
    if ((q->sub & 15) == VG_FRAME_WRONG) {
        vg__render_fail(r, VG_INVALID,
                        "a frame's PRECEDING or FOLLOWING is below 0, or "
                        "beyond what fits");
        return;
    }
    vg__render_text(r, units[q->sub & 15]);
    vg__render_text(r, " between ");
    bound(r, vg__frame_start(q), q->n);
    vg__render_text(r, " and ");
    bound(r, vg__frame_end(q), q->i);
    vg__render_text(r, excludes[q->sub >> 4 & 15]);
}

/* (partition by ... order by ... rows ...), each at most once. */
static void window(vg_render *r, const vg_clause *query, size_t count)
{
    const vg_clause *partition = NULL, *order = NULL, *rows = NULL;
    for (const vg_clause *q = query; q < query + count; q++) {
        const vg_clause **slot = q->kind == VG_CLAUSE_PARTITION_BY ? &partition
                                 : q->kind == VG_CLAUSE_ORDER_BY   ? &order
                                 : q->kind == VG_CLAUSE_FRAME      ? &rows
                                                                   : NULL;
        if (!slot || *slot) {
            vg__render_fail(r, VG_INVALID,
                            "OVER and WINDOW take PARTITION_BY, ORDER_BY and "
                            "ROWS_BETWEEN, each once");
            return;
        }
        *slot = q;
    }
    vg__render_text(r, "(");
    vg__render_terms(r, "partition by ", partition);
    vg__render_terms(r, partition ? " order by " : "order by ", order);
    if (rows) {
        vg__render_text(r, partition || order ? " " : "");
        frame(r, rows);
    }
    vg__render_text(r, ")");
}

void vg__render_over(vg_render *r, const vg_node *x)
{
    if (spots[r->spot].no_window) {
        vg__render_fail(r, VG_INVALID,
                        "a window function (OVER) cannot stand in %s: select it in a "
                        "SUBQUERY and filter that",
                        spots[r->spot].name);
        return;
    }
    vg_spot spot = r->spot;
    r->over = true;
    vg__render_node(r, x->a);
    r->over = false;
    vg__render_text(r, " over ");
    r->spot = VG_SPOT_WINDOW;
    if (x->op == VG_OP_OVER_WINDOW)
        vg__render_name(r, x->b.s);
    else
        window(r, x->b.p, x->n);
    r->spot = spot;
}

void vg__render_windows(vg_render *r, const vg_parts *p)
{
    vg_spot spot = r->spot;
    r->spot = VG_SPOT_WINDOW;
    for (size_t i = 0; i < p->window_count; i++) {
        const vg_clause *q = p->windows[i];
        vg__render_text(r, i ? ", " : " window ");
        vg__render_name(r, q->text);
        vg__render_text(r, " as ");
        window(r, q->b, q->n);
    }
    r->spot = spot;
}
