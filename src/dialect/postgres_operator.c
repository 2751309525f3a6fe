/* Operators in PostgreSQL: what SQLite makes of the same operands. A parameter says its type
 * where the server would not find it out or would take another. */
#include "core/codec.h"
#include "dialect/postgres_render.h"

/* An operand of arithmetic. */
static void number(vg_render *r, vg_value v)
{
    if (vg__pg_is_param(v))
        vg__pg_typed(r, v);
    else
        vg__render_inner(r, v, VG_FORM_ARITH);
}

/* As a number of 64 bits: a sum is numeric on the server. */
static void whole(vg_render *r, vg_value v)
{
    if (vg__pg_is_int(v)) {
        number(r, v);
        return;
    }
    bool cut = vg__pg_class(v) != VG_K_int;
    vg__render_text(r, cut ? "trunc(" : "(");
    vg__render_operand(r, v);
    vg__render_text(r, cut ? "::numeric)::bigint" : ")::bigint");
}

/* Whether it cannot be 0. */
static bool is_not_zero(vg_value v)
{
    return vg_value_kind_of(v) == VG_V_EXPR && v.node->op == VG_OP_INLINE &&
           vg_value_kind_of(v.node->b) == VG_V_INT && v.node->b.i != 0;
}

/* What is divided by 0 is NULL. */
static void divided(vg_render *r, vg_value by, bool as_int)
{
    bool sure = is_not_zero(by);
    vg__render_text(r, sure ? "" : "nullif(");
    if (as_int)
        whole(r, by);
    else
        number(r, by);
    vg__render_text(r, sure ? "" : ", 0)");
}

static void arithmetic(vg_render *r, const vg_node *x)
{
    const vg_value *list = x->b.p;
    bool as_int = vg__pg_class(vg_of_node(x)) == VG_K_int;
    bool shift = x->op == VG_OP_SHIFT_LEFT || x->op == VG_OP_SHIFT_RIGHT;
    bool bits = x->op == VG_OP_BIT_AND || x->op == VG_OP_BIT_OR || shift;
    bool divides = x->op == VG_OP_DIV || x->op == VG_OP_MOD;
    bool real_mod = x->op == VG_OP_MOD && !as_int;
    vg__render_text(r, real_mod ? "(" : "");
    for (uint32_t i = 0; i < x->n; i++) {
        vg__render_text(r, i ? vg__render_op(r, x) : "");
        if (shift && i)
            vg__pg_cast(r, list[i], "integer");
        else if (divides && i)
            divided(r, list[i], as_int || real_mod);
        else if (bits || real_mod || (divides && as_int))
            whole(r, list[i]);
        else
            number(r, list[i]);
    }
    vg__render_text(r, real_mod ? ")::double precision" : "");
}

/* Texts: the server knows that what || joins is text if one is. */
static void joined(vg_render *r, const vg_node *x)
{
    const vg_value *list = x->b.p;
    bool known = false;
    for (uint32_t i = 0; i < x->n; i++)
        known |= !vg__pg_is_param(list[i]);
    for (uint32_t i = 0; i < x->n; i++) {
        vg__render_text(r, i ? vg__render_op(r, x) : "");
        if (known || !vg__pg_is_param(list[i]))
            vg__render_inner(r, list[i], VG_FORM_ARITH);
        else
            vg__pg_typed(r, list[i]);
    }
}

/* ---- comparisons ---- */

/* A REAL that meets a whole number must not become one. */
static bool is_wider(vg_value left, vg_value v)
{
    unsigned of = vg__pg_class(left);
    return vg_value_kind_of(v) == VG_V_REAL && !vg__pg_is_double(left) &&
           (of == VG_K_int || (of == VG_K_real));
}

/* What the server knows as an integer of 32 bits, which a C value may be beyond. */
static bool is_small(vg_value v)
{
    const vg_node *x = vg_value_kind_of(v) == VG_V_EXPR ? v.node : NULL;
    while (x && x->op == VG_OP_NULLABLE)
        x = x->a;
    return x && (x->op == VG_OP_LENGTH || x->op == VG_OP_INSTR || x->op == VG_OP_SIGN ||
                 x->op == VG_OP_UNICODE || x->op == VG_OP_ARRAY_LENGTH);
}

static bool is_nocase(vg_value v)
{
    return vg_value_kind_of(v) == VG_V_EXPR && v.node &&
           v.node->op == VG_OP_COLLATE_NOCASE;
}

/* C's true is an int. The server learns from the other side that a parameter is a boolean;
 * what is written out says it. */
static bool inlined_boolean(vg_render *r, vg_value left, vg_value v)
{
    if (!r->inlined || vg_value_kind_of(v) != VG_V_INT ||
        vg__pg_class(left) != VG_K_predicate)
        return false;
    r->param_count++;
    vg__render_text(r, v.i ? r->dialect->true_text : r->dialect->false_text);
    return true;
}

/* The right side of a comparison with `left`. */
static void partner(vg_render *r, vg_value left, vg_value v, vg_form inside)
{
    bool lower = is_nocase(left) && !is_nocase(v);
    const vg_column *codec =
        vg_value_kind_of(left) == VG_V_EXPR ? vg__codec_of(left.node) : NULL;
    if (inlined_boolean(r, left, v))
        return;
    vg__render_text(r, lower ? "lower(" : "");
    if (is_wider(left, v) || (is_small(left) && vg_value_kind_of(v) == VG_V_INT) ||
        (vg__pg_is_param(left) && vg__pg_is_param(v)))
        vg__pg_typed(r, v);
    else
        vg__render_as(r, v, codec, lower ? VG_FORM_LIST : inside);
    vg__render_text(r, lower ? ")" : "");
}

static bool compared(vg_render *r, const vg_node *x)
{
    vg_value left = vg_of_node(x->a);
    const char *sql = vg__render_op(r, x), *mark = strchr(sql, '?');
    if (r->literals)
        return false;
    if (vg__pg_is_param(left))
        vg__pg_typed(r, left);
    else
        vg__render_inner(r, left, VG_FORM_COMPARE);
    if (x->op == VG_OP_JSON_HAS_KEY || x->op == VG_OP_JSON_PATH_EXISTS)
        vg__render_text(r, x->op == VG_OP_JSON_HAS_KEY ? " ? " : " @? ");
    vg__buf_bytes(r->out, sql, mark ? (size_t)(mark - sql) : strlen(sql));
    partner(r, left, x->b, VG_FORM_COMPARE);
    vg__render_text(r, mark ? mark + 1 : "");
    return true;
}

static void between(vg_render *r, const vg_node *x)
{
    const vg_value *ends = x->b.p;
    vg_value left = vg_of_node(x->a);
    vg__render_inner(r, left, VG_FORM_BETWEEN);
    vg__render_text(r, vg__render_op(r, x));
    partner(r, left, ends[0], VG_FORM_BETWEEN);
    vg__render_text(r, " and ");
    partner(r, left, ends[1], VG_FORM_BETWEEN);
}

/* A list; a subquery is written as usual. */
static bool in_list(vg_render *r, const vg_node *x)
{
    const vg_value *list = x->b.p;
    vg_value left = vg_of_node(x->a);
    bool special = is_nocase(left);
    for (uint32_t i = 0; i < x->n; i++)
        special |= is_wider(left, list[i]) || is_small(left);
    if (!special || r->literals || vg__pg_is_param(left))
        return false;
    vg__render_inner(r, left, VG_FORM_IN);
    vg__render_text(r, vg__render_op(r, x));
    for (uint32_t i = 0; i < x->n; i++) {
        vg__render_text(r, i ? ", " : "(");
        partner(r, left, list[i], VG_FORM_LIST);
    }
    vg__render_text(r, ")");
    return true;
}

/* = any($1): the array's type, where that of what is on the left would be too small. */
static bool in_array(vg_render *r, const vg_node *x)
{
    vg_value left = vg_of_node(x->a);
    vg_value_kind kind = vg_value_kind_of(x->b);
    bool real = kind == VG_V_ARRAY_REAL && !vg__pg_is_double(left) &&
                vg__pg_class(left) != VG_K_numeric;
    if (r->inlined || !vg_value_len(x->b) || (!real && !is_small(left)))
        return false;
    vg__render_inner(r, left, VG_FORM_IN);
    vg__render_text(r, x->op == VG_OP_IN_ARRAY ? " = any(" : " <> all(");
    vg__render_param(r);
    vg__render_text(r, real ? "::double precision[])" : "::bigint[])");
    return true;
}

static void rows(vg_render *r, const vg_node *x)
{
    const vg_value *list = x->b.p;
    uint32_t half = x->n / 2;
    for (uint32_t i = 0; i < x->n; i++) {
        vg__render_text(r, i == 0 ? "(" : i == half ? ")" : ", ");
        vg__render_text(r, i == half ? vg__render_op(r, x) : "");
        vg__render_text(r, i == half ? "(" : "");
        if (i < half)
            vg__render_operand(r, list[i]);
        else
            partner(r, list[i - half], list[i], VG_FORM_LIST);
    }
    vg__render_text(r, ")");
}

/* ---- operands that have one type ---- */

/* Whether the server finds out what the list's parameters are: by an expression among them,
 * which must not make an integer of a REAL. */
static bool is_typed(const vg_node *x, uint32_t from, uint32_t step)
{
    const vg_value *list = x->b.p;
    bool known = false, real = false, is_double = false;
    for (uint32_t i = from; i < x->n; i += step) {
        bool param = vg__pg_is_param(list[i]);
        known |= !param && !(list[i].node && list[i].node->op == VG_OP_INLINE);
        real |= param && vg__pg_class(list[i]) == VG_K_real;
        is_double |= !param && vg__pg_is_double(list[i]);
    }
    return known && (!real || is_double);
}

static void one_of(vg_render *r, vg_value v, const vg_column *codec, bool typed)
{
    if (typed || !vg__pg_is_param(v))
        vg__render_as(r, v, codec, VG_FORM_LIST);
    else
        vg__pg_typed(r, v);
}

static void list_of(vg_render *r, const vg_node *x)
{
    const vg_value *list = x->b.p;
    bool typed = is_typed(x, 0, 1);
    for (uint32_t i = 0; i < x->n; i++) {
        vg__render_comma(r, i);
        one_of(r, list[i], vg__codec_of(x), typed);
    }
    vg__render_text(r, ")");
}

/* greatest and least of PostgreSQL skip what is NULL: here it makes them NULL. */
static void extreme(vg_render *r, const vg_node *x)
{
    const vg_value *list = x->b.p;
    size_t before = r->param_count, written = 0;
    for (uint32_t i = 0; i < x->n; i++) {
        if (vg__pg_is_param(list[i])) { /* has a number, but no mark yet */
            r->param_count++;
            continue;
        }
        vg__render_text(r, written++ ? ", " : "case when (");
        vg__render_as(r, list[i], vg__codec_of(x), VG_FORM_LIST);
    }
    vg__render_again(r, before);
    vg__render_text(r, written ? ") is not null then " : "");
    vg__render_text(r, x->op == VG_OP_GREATEST ? "greatest(" : "least(");
    list_of(r, x);
    vg__render_text(r, written ? " end" : "");
}

static void choices(vg_render *r, const vg_node *x)
{
    const vg_value *list = x->b.p;
    bool typed = is_typed(x, 1, 2);
    vg__render_text(r, "case");
    for (uint32_t i = 0; i < x->n; i += 2) {
        bool other = vg_value_kind_of(list[i]) == VG_V_NONE;
        vg__render_text(r, other ? " else " : " when ");
        if (!other) {
            vg__render_operand(r, list[i]);
            vg__render_text(r, " then ");
        }
        one_of(r, list[i + 1], vg__codec_of(x), typed);
    }
    vg__render_text(r, " end");
}

/* The first operand is a value, the second a number of rows or the number of a row. */
static void shifted(vg_render *r, const vg_node *x)
{
    const vg_value *list = x->b.p;
    vg__render_text(r, vg__render_op(r, x));
    vg__render_text(r, "(");
    for (uint32_t i = 0; i < x->n; i++) {
        vg__render_comma(r, i);
        if (i == 1)
            vg__pg_cast(r, list[i], "integer");
        else
            one_of(r, list[i], vg__codec_of(x), !vg__pg_is_param(list[0]));
    }
    vg__render_text(r, ")");
}

bool vg__pg_operator(vg_render *r, const vg_node *x)
{
    switch (vg__ops[x->op].form) {
    case VG_FORM_COMPARE: return compared(r, x);
    case VG_FORM_BETWEEN:
        if (r->literals)
            return false;
        between(r, x);
        return true;
    case VG_FORM_IN: return in_list(r, x);
    case VG_FORM_IN_ARRAY: return in_array(r, x);
    case VG_FORM_ROWS: rows(r, x); return true;
    case VG_FORM_ARITH:
        if (x->op == VG_OP_JSON_MERGE)
            return false;
        if (x->op == VG_OP_CONCAT)
            joined(r, x);
        else
            arithmetic(r, x);
        return true;
    case VG_FORM_CASE: choices(r, x); return true;
    default: break;
    }
    switch ((vg_op)x->op) {
    case VG_OP_COALESCE:
    case VG_OP_NULLIF:
        vg__render_text(r, vg__render_op(r, x));
        vg__render_text(r, "(");
        list_of(r, x);
        return true;
    case VG_OP_GREATEST:
    case VG_OP_LEAST: extreme(r, x); return true;
    case VG_OP_LAG:
    case VG_OP_LEAD:
    case VG_OP_NTH_VALUE: shifted(r, x); return true;
    default: return false;
    }
}
