/* Walking expressions; see walk.c for the clauses around them. */
#include "core/walk_expr.h"
#include "base/arena.h"
#include "base/like.h"

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
    if (vg__walk_column(w, x))
        return;
    if (vg__is_empty(x))
        vg__walk_fail(w, VG_INVALID,
                      "%s: SKIP is no value; it stands in AND, OR, NOT and WHERE",
                      where);
    else
        vg__walk_node(w, x);
}

void vg__walk_refuse_null(vg_walk *w, const vg_registered *query, int64_t index)
{
    const vg_query_param *p = &query->params[index];
    vg__walk_fail(w, VG_INVALID,
                  p->nullable
                      ? "%s: the parameter %s is NULL where it is compared, and "
                        "NULL equals no row"
                      : "%s: the parameter %s is NULL; declare it as OPT_... if "
                        "that is meant",
                  query->name, p->name);
}

/* A parameter of a registered query: stored as what it meets, else as it is declared. */
static void argument(vg_walk *w, const vg_node *x, const vg_column *codec,
                     bool compared)
{
    vg_value v = {.i = x->n};
    bool may_be_null =
        x->b.i || (x->type != VG_TYPE_INTEGER && x->type != VG_TYPE_REAL &&
                   x->type != VG_TYPE_BOOLEAN && x->type != VG_TYPE_TIMESTAMP &&
                   x->type != VG_TYPE_DATE);
    bool refused = compared || !x->b.i;
    v.meta = may_be_null && refused ? VG_PARAM_REFUSES_NULL : VG_PARAM_TAKES_ALL;
    if (w->call) {
        v = w->call->args[x->n];
        if (refused && vg__is_null(v))
            vg__walk_refuse_null(w, w->call->query, x->n);
    } else if (!w->building)
        vg__walk_fail(w, VG_INVALID, "a parameter of QUERY stands outside of it");
    vg__walk_mark(w, VG_MARK_PARAM, w->call ? 256u + x->type : 0);
    if (w->call)
        vg__walk_address(w, x->a);
    vg__walk_param(w, v, codec ? codec : x->a);
}

static bool is_argument(vg_value v)
{
    return vg_value_kind_of(v) == VG_V_EXPR && v.node && v.node->op == VG_OP_PARAM;
}

void vg__walk_left(vg_walk *w, const vg_node *x)
{
    if (is_argument(vg_of_node(x->a)))
        argument(w, x->a,
                 vg_value_kind_of(x->b) == VG_V_EXPR ? vg__codec_of(x->b.node) : NULL,
                 true);
    else
        vg__walk_value_node(w, x->a, vg__ops[x->op].name);
}

void vg__walk_operand(vg_walk *w, vg_value v, const vg_column *codec, const char *where)
{
    switch (vg_value_kind_of(v)) {
    case VG_V_EXPR:
        if (vg__walk_column(w, v.node))
            return;
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
    /* What it is may be said in the text, where the database cannot know. */
    vg__walk_mark(w, VG_MARK_PARAM, vg_value_kind_of(v));
    vg__walk_param(w, v, codec);
}

void vg__walk_compared(vg_walk *w, const vg_node *x, vg_value v)
{
    if (vg__is_null(v) && x->op != VG_OP_IS && x->op != VG_OP_IS_NOT) {
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

/* The labels of an array of an enum's numbers. */
static vg_value labels(vg_walk *w, vg_value array, const vg_column *codec)
{
    size_t count = vg_value_len(array);
    const char **texts = vg__arena_alloc(&w->scratch, count * sizeof *texts);
    if (!texts)
        vg__walk_fail(w, VG_NO_MEMORY, "out of memory");
    for (size_t i = 0; !w->failed && i < count; i++) {
        int64_t n = element(array, i).i;
        texts[i] = vg_label_text(codec->coder, n);
        if (!texts[i])
            vg__walk_fail(w, VG_VALUE, "%s: %lld is no value of enum %s", codec->name,
                          (long long)n, codec->coder->name);
    }
    return vg_of_array(texts, VG_V_ARRAY_TEXT, w->failed ? 0 : count);
}

/* The whole array as one parameter; its length is not part of the signature. */
static void one_array(vg_walk *w, const vg_node *x, const vg_column *codec)
{
    vg_value array = x->b;
    size_t count = vg_value_len(array);
    vg_value_kind kind = vg_value_kind_of(array);
    for (size_t i = 0; kind == VG_V_ARRAY_TEXT && !w->failed && i < count; i++)
        if (!((const char *const *)array.p)[i])
            vg__walk_fail(w, VG_INVALID, "%s: element %zu is NULL", vg__ops[x->op].name,
                          i);
    if (!w->failed && codec && codec->type == VG_TYPE_ENUM_TEXT && codec->coder &&
        (kind == VG_V_ARRAY_I32 || kind == VG_V_ARRAY_I64))
        array = labels(w, array, codec);
    vg__walk_plain(w, array, codec);
}

static void in_array(vg_walk *w, const vg_node *x)
{
    size_t count = vg_value_len(x->b);
    const vg_column *codec = vg__codec_for(x->b, x->a);
    vg__walk_mark(w, x->op,
                  !w->arrays ? count
                  : count    ? (size_t)vg_value_kind_of(x->b)
                             : 0);
    if (count) /* else it is rendered as false or true alone */
        vg__walk_value_node(w, x->a, vg__ops[x->op].name);
    if (count && !x->b.p)
        vg__walk_fail(w, VG_INVALID, "%s: the array is NULL", vg__ops[x->op].name);
    if (w->arrays && count && !w->failed) {
        one_array(w, x, codec);
        return;
    }
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

/* Plain text as a pattern that finds it: %, _ and \ are escaped. */
static vg_value pattern(vg_walk *w, vg_op op, vg_value v)
{
    size_t len = vg_value_len(v), at = 0;
    char *out = vg__arena_alloc(&w->scratch, len * 2 + 2);
    if (!out) {
        vg__walk_fail(w, VG_NO_MEMORY, "out of memory");
        return v;
    }
    if (op != VG_OP_STARTS_WITH)
        out[at++] = '%';
    at += vg__like_escape(out + at, v.s, len);
    if (op != VG_OP_ENDS_WITH)
        out[at++] = '%';
    return vg_of_str((vg_str){out, at});
}

static void search(vg_walk *w, const vg_node *x)
{
    bool text = vg_value_kind_of(x->b) == VG_V_TEXT && x->b.s;
    vg__walk_mark(w, x->op, text);
    vg__walk_value_node(w, x->a, vg__ops[x->op].name);
    if (text)
        vg__walk_param(w, pattern(w, x->op, x->b), 0);
    else
        vg__walk_compared(w, x, x->b);
}

/* An argument of a function; its NULL must have been said by its type. */
static void given(vg_walk *w, const vg_node *x, vg_value v)
{
    if (vg__is_null(v) && vg_value_kind_of(v) != VG_V_NULL) {
        vg__walk_fail(w, VG_INVALID,
                      "%s: a value is a NULL pointer; say NULL, or leave "
                      "the expression out",
                      vg__ops[x->op].name);
        return;
    }
    vg__walk_operand(w, v, vg__codec_for(v, x), vg__ops[x->op].name);
}

static void arguments(vg_walk *w, const vg_node *x)
{
    const vg_value *values = x->b.p;
    vg__walk_mark(w, x->op, x->n | (size_t)x->type << 16);
    for (uint32_t i = 0; i < x->n; i++)
        given(w, x, values[i]);
}

/* Pairs of a condition and a value; ELSE has no condition. */
static void choices(vg_walk *w, const vg_node *x)
{
    const vg_value *values = x->b.p;
    vg__walk_mark(w, x->op, x->n);
    for (uint32_t i = 0; i < x->n; i += 2) {
        bool other = vg_value_kind_of(values[i]) == VG_V_NONE;
        if (other && (i == 0 || i + 2 < x->n))
            vg__walk_fail(w, VG_INVALID, "CASE: ELSE stands last, after a WHEN");
        vg__walk_mark(w, VG_MARK_END, other);
        if (!other)
            vg__walk_value_node(w, values[i].node, "WHEN");
        given(w, x, values[i + 1]);
    }
}

/* A value that stands in the text is part of the signature. */
static void literal(vg_walk *w, const vg_node *x)
{
    vg_value v = x->b;
    vg_value_kind kind = vg_value_kind_of(v);
    vg__walk_mark(w, x->op, kind);
    if (vg__is_null(v)) {
        vg__walk_fail(w, VG_INVALID, "INLINE: the value is NULL");
    } else if (kind == VG_V_TEXT || kind == VG_V_BLOB || kind == VG_V_UUID) {
        vg__walk_text(w, v.s, vg_value_len(v));
    } else if (kind == VG_V_RANGE) {
        vg__walk_operand(w, v, 0, "INLINE");
    } else {
        vg__walk_word(w, (uint64_t)v.i);
    }
}

/* The values on the right are stored as their partners on the left are. */
static void row_value(vg_walk *w, const vg_node *x, uint32_t i)
{
    const vg_value *values = x->b.p;
    vg_value v = values[i], partner = values[i < x->n / 2 ? i : i - x->n / 2];
    const vg_node *left = vg_value_kind_of(partner) == VG_V_EXPR ? partner.node : NULL;
    if (vg__is_null(v))
        vg__walk_fail(w, VG_INVALID, "%s: a value is NULL, which no row equals",
                      vg__ops[x->op].name);
    vg__walk_operand(w, v, vg__codec_for(v, left), vg__ops[x->op].name);
}

typedef struct field_ctx {
    vg_walk *w;
    uint32_t index;
} field_ctx;

static void walk_field(void *ctx, const vg_node *const *fields)
{
    const field_ctx *f = ctx;
    vg__walk_node(f->w, fields[f->index]);
}

/* ORDER_BY(card.total) is written as the field's expression, whose values come along. */
static void field(vg_walk *w, const vg_node *x)
{
    const vg_shape *shape = x->a;
    if (!shape->columns[x->n].nested)
        shape->fields(walk_field, &(field_ctx){w, x->n});
}

static void leaf(vg_walk *w, const vg_node *x)
{
    if (x->op == VG_OP_PARAM) {
        argument(w, x, 0, false);
        return;
    }
    vg__walk_mark(w, x->op, 0);
    if (x->op == VG_OP_NONE)
        vg__walk_fail(w, VG_NO_MEMORY, "vg_keep had no memory for an expression");
}

static void arith(vg_walk *w, const vg_node *x)
{
    const vg_value *values = x->b.p;
    vg__walk_mark(w, x->op, x->n);
    for (uint32_t i = 0; i < x->n; i++)
        vg__walk_operand(w, values[i], 0, vg__ops[x->op].name);
}

static void around(vg_walk *w, const vg_node *x)
{
    vg__walk_mark(w, x->op, 0);
    vg__walk_value_node(w, x->a, vg__ops[x->op].name);
}

static void wrap(vg_walk *w, const vg_node *x)
{
    vg__walk_value_node(w, x->a, vg__ops[x->op].name);
}

static void named(vg_walk *w, const vg_node *x)
{
    vg__walk_mark(w, x->op, 0);
    vg__walk_address(w, x->b.s);
    vg__walk_node(w, x->a);
}

/* BETWEEN and IN. */
static void compared_list(vg_walk *w, const vg_node *x)
{
    const vg_value *values = x->b.p;
    vg__walk_mark(w, x->op, x->n);
    vg__walk_value_node(w, x->a, vg__ops[x->op].name);
    for (uint32_t i = 0; i < x->n; i++)
        vg__walk_compared(w, x, values[i]);
}

static void source(vg_walk *w, const vg_node *x)
{
    vg__walk_mark(w, x->op, 0);
    vg__walk_address(w, x->a);
}

static void fts_call(vg_walk *w, const vg_node *x)
{
    const vg_value *values = x->b.p;
    vg__walk_mark(w, x->op, x->n);
    vg__walk_node(w, x->a);
    for (uint32_t i = 0; i < x->n; i++)
        vg__walk_operand(w, values[i], 0, vg__ops[x->op].name);
}

static void subquery(vg_walk *w, const vg_node *x)
{
    vg__walk_mark(w, x->op, 0);
    vg__walk_clauses(w, x->b.p, x->n);
    vg__walk_mark(w, VG_MARK_END, 0);
}

static void related(vg_walk *w, const vg_node *x)
{
    bool all = vg__is_empty(x->b.node);
    vg__walk_mark(w, x->op, (size_t)x->n << 1 | !all);
    vg__walk_address(w, x->a);
    if (!all)
        vg__walk_node(w, x->b.node);
}

static void fragment(vg_walk *w, const vg_node *x)
{
    const vg_value *values = x->b.p;
    vg__walk_mark(w, x->op, x->n | (size_t)x->type << 16);
    vg__walk_address(w, x->a);
    for (uint32_t i = 0; i < x->n; i++)
        vg__walk_operand(w, values[i], vg__codec_for(values[i], NULL), "SQL");
}

static void rows(vg_walk *w, const vg_node *x)
{
    vg__walk_mark(w, x->op, x->n);
    for (uint32_t i = 0; i < x->n; i++)
        row_value(w, x, i);
}

static void filter(vg_walk *w, const vg_node *x)
{
    vg__walk_mark(w, x->op, !vg__is_empty(x->b.node));
    vg__walk_value_node(w, x->a, "FILTER");
    if (!vg__is_empty(x->b.node))
        vg__walk_node(w, x->b.node);
}

static void over(vg_walk *w, const vg_node *x)
{
    vg__walk_mark(w, x->op, 0);
    vg__walk_value_node(w, x->a, "OVER");
    vg__walk_clauses(w, x->b.p, x->n);
    vg__walk_mark(w, VG_MARK_END, 0);
}

static void over_window(vg_walk *w, const vg_node *x)
{
    vg__walk_mark(w, x->op, 0);
    vg__walk_address(w, x->b.s);
    vg__walk_value_node(w, x->a, "OVER_WINDOW");
}

static void (*const walkers[])(vg_walk *w, const vg_node *x) = {
    [VG_FORM_LEAF] = leaf,
    [VG_FORM_COMPARE] = vg__walk_compare,
    [VG_FORM_ARITH] = arith,
    [VG_FORM_PREFIX] = around,
    [VG_FORM_SUFFIX] = around,
    [VG_FORM_LOGIC] = logic,
    [VG_FORM_BETWEEN] = compared_list,
    [VG_FORM_IN] = compared_list,
    [VG_FORM_IN_ARRAY] = in_array,
    [VG_FORM_SUBQUERY] = subquery,
    [VG_FORM_CALL] = around,
    [VG_FORM_CALL_DISTINCT] = around,
    [VG_FORM_WRAP] = wrap,
    [VG_FORM_AS] = named,
    [VG_FORM_EXCLUDED] = around,
    [VG_FORM_FRAGMENT] = fragment,
    [VG_FORM_SEARCH] = search,
    [VG_FORM_ROWS] = rows,
    [VG_FORM_LIST] = arguments,
    [VG_FORM_JOIN] = arguments,
    [VG_FORM_JSON] = arguments,
    [VG_FORM_COLLATE] = around,
    [VG_FORM_CASE] = choices,
    [VG_FORM_CAST] = arguments,
    [VG_FORM_LITERAL] = literal,
    [VG_FORM_TIME] = arguments,
    [VG_FORM_FILTER] = filter,
    [VG_FORM_OVER] = over,
    [VG_FORM_OVER_WINDOW] = over_window,
    [VG_FORM_SOURCE] = source,
    [VG_FORM_RELATED] = related,
    [VG_FORM_FTS_CALL] = fts_call,
};

void vg__walk_node(vg_walk *w, const vg_node *x)
{
    if (!x || w->failed)
        return;
    if (x->op != VG_OP_COLUMN) {
        walkers[vg__ops[x->op].form](w, x);
        return;
    }
    /* Nodes of columns are constant: their address says which column it is. */
    vg__walk_address(w, x);
    if (((const vg_shape *)x->a)->kind == VG_SHAPE_PROJECTION && !w->of_result)
        field(w, x);
}
