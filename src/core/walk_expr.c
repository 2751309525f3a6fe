/* Walking expressions; see walk.c for the clauses around them. */
#include "core/walk_expr.h"

void vg__walk_text(vg_walk *w, const char *text, size_t len)
{
    vg__walk_mark(w, VG_MARK_IDENT, len);
    for (size_t at = 0; at < len; at += 8) {
        uint64_t eight = 0;
        memcpy(&eight, text + at, len - at < 8 ? len - at : 8);
        vg__walk_word(w, eight);
    }
}

void vg__walk_value_node(vg_walk *w, const vg_node *x, const char *where)
{
    if (vg__is_empty(x))
        vg__walk_fail(w, VG_INVALID,
                      "%s: SKIP is no value; it stands in AND, OR, NOT and WHERE",
                      where);
    else
        vg__walk_node(w, x);
}

/* A parameter of a registered query: stored as what it meets, else as it is declared. */
static void argument(vg_walk *w, const vg_node *x, uint16_t codec, bool compared)
{
    vg_value v = {.i = x->n};
    bool may_be_null =
        x->b.i || (x->type != VG_TYPE_INTEGER && x->type != VG_TYPE_REAL &&
                   x->type != VG_TYPE_BOOLEAN && x->type != VG_TYPE_TIMESTAMP &&
                   x->type != VG_TYPE_DATE);
    bool refused = compared || !x->b.i;
    v.meta = may_be_null && refused ? VG_PARAM_REFUSES_NULL : VG_PARAM_TAKES_ALL;
    if (!w->building)
        vg__walk_fail(w, VG_INVALID, "a parameter of QUERY stands outside of it");
    vg__walk_mark(w, VG_MARK_PARAM, 0);
    vg__walk_param(w, v, codec ? codec : x->type);
}

static bool is_argument(vg_value v)
{
    return vg_value_kind_of(v) == VG_V_EXPR && v.node && v.node->op == VG_OP_PARAM;
}

void vg__walk_left(vg_walk *w, const vg_node *x)
{
    if (is_argument(vg_of_node(x->a)))
        argument(w, x->a,
                 vg_value_kind_of(x->b) == VG_V_EXPR ? vg__codec_of(x->b.node) : 0,
                 true);
    else
        vg__walk_value_node(w, x->a, vg__ops[x->op].name);
}

void vg__walk_operand(vg_walk *w, vg_value v, uint16_t codec, const char *where)
{
    switch (vg_value_kind_of(v)) {
    case VG_V_EXPR:
        if (is_argument(v))
            argument(w, v.node, codec, false);
        else
            vg__walk_value_node(w, v.node, where);
        return;
    case VG_V_IDENT: vg__walk_text(w, v.s, v.s ? strlen(v.s) : 0); return;
    case VG_V_RANGE:
        vg__walk_fail(w, VG_VALUE, "%s: an unsigned value is beyond INT64_MAX", where);
        return;
    case VG_V_NONE:
        vg__walk_fail(w, VG_INVALID, "%s: a value is missing", where);
        return;
    default: break;
    }
    vg__walk_mark(w, VG_MARK_PARAM, 0);
    vg__walk_param(w, v, codec);
}

void vg__walk_compared(vg_walk *w, const vg_node *x, vg_value v)
{
    if (vg__is_null(v)) {
        vg__walk_fail(
            w, VG_INVALID,
            "%s: the value is NULL, which no row equals; use IS_NULL, or SKIP to "
            "leave the condition out",
            vg__ops[x->op].name);
        return;
    }
    if (is_argument(v))
        argument(w, v.node, vg__codec_for(v, x->a), true);
    else
        vg__walk_operand(w, v, vg__codec_for(v, x->a), vg__ops[x->op].name);
}

static vg_value element(vg_value array, size_t i)
{
    switch (vg_value_kind_of(array)) {
    case VG_V_ARRAY_I32: return vg_of_int(((const int *)array.p)[i]);
    case VG_V_ARRAY_I64: return vg_of_int(((const int64_t *)array.p)[i]);
    case VG_V_ARRAY_REAL: return vg_of_real(((const double *)array.p)[i]);
    case VG_V_ARRAY_TIME: return vg_of_time(((const vg_timestamp *)array.p)[i]);
    case VG_V_ARRAY_UUID: return vg_of_uuid(&((const vg_uuid *)array.p)[i]);
    default: return vg_of_text(((const char *const *)array.p)[i]);
    }
}

static void in_array(vg_walk *w, const vg_node *x)
{
    size_t count = vg_value_len(x->b);
    uint16_t codec = vg__codec_for(x->b, x->a);
    vg__walk_mark(w, x->op, count);
    if (count) /* else it is rendered as false or true alone */
        vg__walk_value_node(w, x->a, vg__ops[x->op].name);
    if (count && !x->b.p)
        vg__walk_fail(w, VG_INVALID, "%s: the array is NULL", vg__ops[x->op].name);
    for (size_t i = 0; !w->failed && i < count; i++) {
        vg_value v = element(x->b, i);
        if (vg__is_null(v))
            vg__walk_fail(w, VG_INVALID, "%s: element %zu is NULL", vg__ops[x->op].name,
                          i);
        vg__walk_param(w, v, codec);
    }
}

static void logic(vg_walk *w, const vg_node *x)
{
    const vg_node *const *kids = x->b.p;
    vg__walk_mark(w, x->op, 0);
    for (uint32_t i = 0; i < x->n; i++)
        if (!vg__is_empty(kids[i]))
            vg__walk_node(w, kids[i]);
    vg__walk_mark(w, VG_MARK_END, 0);
}

void vg__walk_node(vg_walk *w, const vg_node *x)
{
    if (!x || w->failed)
        return;
    const vg_value *values = x->b.p;
    switch (vg__ops[x->op].form) {
    case VG_FORM_LEAF:
        if (x->op == VG_OP_COLUMN) {
            /* Nodes of columns are constant: their address says which column it is. */
            vg__walk_address(w, x);
            return;
        }
        if (x->op == VG_OP_PARAM) {
            argument(w, x, 0, false);
            return;
        }
        vg__walk_mark(w, x->op, 0);
        if (x->op == VG_OP_NONE)
            vg__walk_fail(w, VG_NO_MEMORY, "vg_keep had no memory for an expression");
        return;
    case VG_FORM_COMPARE: vg__walk_compare(w, x); return;
    case VG_FORM_ARITH:
        vg__walk_mark(w, x->op, 0);
        vg__walk_operand(w, values[0], 0, vg__ops[x->op].name);
        vg__walk_operand(w, values[1], 0, vg__ops[x->op].name);
        return;
    case VG_FORM_PREFIX:
    case VG_FORM_SUFFIX:
    case VG_FORM_CALL:
    case VG_FORM_CALL_DISTINCT:
    case VG_FORM_EXCLUDED:
        vg__walk_mark(w, x->op, 0);
        vg__walk_value_node(w, x->a, vg__ops[x->op].name);
        return;
    case VG_FORM_WRAP: vg__walk_value_node(w, x->a, vg__ops[x->op].name); return;
    case VG_FORM_AS:
        vg__walk_mark(w, x->op, 0);
        vg__walk_address(w, x->b.s);
        vg__walk_node(w, x->a);
        return;
    case VG_FORM_LOGIC: logic(w, x); return;
    case VG_FORM_BETWEEN:
    case VG_FORM_IN:
        vg__walk_mark(w, x->op, x->n);
        vg__walk_value_node(w, x->a, vg__ops[x->op].name);
        for (uint32_t i = 0; i < x->n; i++)
            vg__walk_compared(w, x, values[i]);
        return;
    case VG_FORM_IN_ARRAY: in_array(w, x); return;
    case VG_FORM_SUBQUERY:
        vg__walk_mark(w, x->op, 0);
        vg__walk_clauses(w, x->b.p, x->n);
        vg__walk_mark(w, VG_MARK_END, 0);
        return;
    case VG_FORM_FRAGMENT:
        vg__walk_mark(w, x->op, x->n | (size_t)x->type << 16);
        vg__walk_address(w, x->a);
        for (uint32_t i = 0; i < x->n; i++)
            vg__walk_operand(w, values[i], vg__codec_for(values[i], NULL), "SQL");
        return;
    }
}
