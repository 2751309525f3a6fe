/* Rendering expressions. */
#include "core/codec.h"
#include "core/render.h"

static void fail_missing(vg_render *r, const vg_shape *shape, const vg_column *column)
{
    if (r->condition_of)
        vg__render_fail(r, VG_INVALID,
                        "column %s.%s: the condition may name columns of %s%s%s alone",
                        shape->name, column->name, r->condition_of->target->name,
                        r->condition_of->junction ? " and " : "",
                        r->condition_of->junction ? r->condition_of->junction->name
                                                  : "");
    vg__render_fail(r, VG_INVALID,
                    "column %s.%s: %s is not in FROM; add FROM(%s) or a join with it",
                    shape->name, column->name, shape->name, shape->name);
}

/* Whether `source` is what columns of `shape` refer to. */
static bool is_source(const vg_shape *source, const vg_shape *shape)
{
    return source == shape ||
           (source->kind == VG_SHAPE_DERIVED && source->base == shape);
}

const vg_scope *vg__render_scope_of(const vg_render *r, const vg_shape *shape)
{
    for (const vg_scope *s = r->scope; s; s = s->outer)
        for (size_t i = 0; i < s->count; i++)
            if (is_source(s->sources[i], shape))
                return s;
    return NULL;
}

const char *vg__render_source_name(const vg_scope *scope, const vg_shape *shape)
{
    for (size_t i = 0; scope->aliases && i < scope->count; i++)
        if (is_source(scope->sources[i], shape) && scope->aliases[i])
            return scope->aliases[i];
    return vg_table_name(shape);
}

typedef struct pick_ctx {
    vg_render *r;
    uint32_t index;
} pick_ctx;

static void render_picked(void *ctx, const vg_node *const *fields)
{
    pick_ctx *pick = ctx;
    vg__render_node(pick->r, fields[pick->index]);
}

static void column(vg_render *r, const vg_node *x)
{
    const vg_shape *shape = x->a;
    const vg_column *column = &shape->columns[x->n];
    if (r->scope && r->scope->result) {
        vg__render_result_name(r, x);
        return;
    }
    const vg_scope *scope = vg__render_scope_of(r, shape);
    if (!scope) {
        /* ORDER_BY(card.total): the field of the projection being selected. */
        if (shape->kind == VG_SHAPE_PROJECTION && r->scope &&
            r->scope->projection == shape && !column->nested)
            shape->fields(render_picked, &(pick_ctx){r, x->n});
        else
            fail_missing(r, shape, column);
        return;
    }
    if (!(scope == r->scope && scope->bare)) {
        vg__render_name(r, vg__render_source_name(scope, shape));
        vg__render_text(r, ".");
    }
    vg__render_name(r, vg_column_name(column));
}

/* Past the quoted text or the comment that begins at `at`, which is `at` when none does;
 * NULL when it has no end. */
static const char *past_quoted(const char *at)
{
    const char *end;
    if (*at == '\'' || *at == '"' || *at == '`')
        return (end = strchr(at + 1, *at)) ? end + 1 : NULL;
    if (at[0] == '-' && at[1] == '-')
        return at + strcspn(at, "\n");
    if (at[0] == '/' && at[1] == '*')
        return (end = strstr(at + 2, "*/")) ? end + 2 : NULL;
    return at;
}

/* Whether a fragment has more outside quotes and parentheses than names, numbers and
 * marks: then it may be an expression with operators of its own. */
static bool is_loose(const char *text)
{
    int depth = 0;
    while (text && *text) {
        const char *next = past_quoted(text);
        if (depth == 0 && strchr(" \t\n\r+-*/%|&<>=~!", *text))
            return true;
        depth += (*text == '(') - (*text == ')');
        text = next == text ? text + 1 : next;
    }
    return false;
}

/* The only part of an AND or OR that says something, which is written bare; NULL when
 * there are more. */
static const vg_node *only_kid(const vg_node *x)
{
    const vg_node *const *kids = x->b.p;
    const vg_node *only = NULL;
    for (uint32_t i = 0; i < x->n; i++) {
        if (vg__is_empty(kids[i]))
            continue;
        if (only)
            return NULL;
        only = kids[i];
    }
    return only;
}

static bool needs_parentheses(const vg_node *x, vg_form inside);

/* A fragment's own text, or an expression that stands in it. */
static bool fragment_needs_parentheses(const vg_node *x, vg_form inside)
{
    const vg_value *values = x->b.p;
    for (uint32_t i = 0; i < x->n; i++)
        if (vg_value_kind_of(values[i]) == VG_V_EXPR &&
            needs_parentheses(values[i].node, inside))
            return true;
    return is_loose(x->a);
}

static bool needs_parentheses(const vg_node *x, vg_form inside)
{
    switch (vg__ops[x->op].form) {
    case VG_FORM_ARITH:
        return inside == VG_FORM_ARITH || inside == VG_FORM_PREFIX ||
               inside == VG_FORM_COLLATE;
    case VG_FORM_COMPARE:
    case VG_FORM_SEARCH:
    case VG_FORM_ROWS:
    case VG_FORM_SUFFIX:
    case VG_FORM_BETWEEN:
    case VG_FORM_IN:
    case VG_FORM_IN_ARRAY: return inside != VG_FORM_LOGIC && inside != VG_FORM_PREFIX;
    case VG_FORM_PREFIX: return inside != VG_FORM_LOGIC;
    case VG_FORM_RELATED: return x->op == VG_OP_HAS_NONE && inside != VG_FORM_LOGIC;
    case VG_FORM_SUBQUERY: /* "not exists" binds as "not" does */
        return x->op == VG_OP_NOT_EXISTS && inside != VG_FORM_LOGIC;
    case VG_FORM_WRAP: return needs_parentheses(x->a, inside);
    case VG_FORM_FRAGMENT: return fragment_needs_parentheses(x, inside);
    case VG_FORM_LOGIC: return only_kid(x) && needs_parentheses(only_kid(x), inside);
    default: return false;
    }
}

const char *vg__render_op(const vg_render *r, const vg_node *x)
{
    const vg_spelling *s = r->dialect->spellings;
    while (s && s->op != VG_OP_NONE && s->op != x->op)
        s++;
    return s && s->op == x->op ? s->sql : vg__ops[x->op].sql;
}

static void refuse_missing(vg_render *r, const vg_node *x)
{
    if (x->op && !vg__render_op(r, x))
        vg__render_fail(r, VG_UNSUPPORTED, "%s has no %s", r->dialect->name,
                        vg__ops[x->op].name);
}

static void inner(vg_render *r, const vg_node *x, vg_form inside)
{
    bool wrap = needs_parentheses(x, inside);
    if (wrap)
        vg__render_text(r, "(");
    vg__render_node(r, x);
    if (wrap)
        vg__render_text(r, ")");
}

void vg__render_inner(vg_render *r, vg_value v, vg_form inside)
{
    if (vg_value_kind_of(v) == VG_V_EXPR)
        inner(r, v.node, inside);
    else
        vg__render_operand(r, v);
}

static void logic(vg_render *r, const vg_node *x)
{
    const vg_node *const *kids = x->b.p;
    uint32_t count = 0, done = 0;
    for (uint32_t i = 0; i < x->n; i++)
        count += !vg__is_empty(kids[i]);
    if (count > 1)
        vg__render_text(r, "(");
    for (uint32_t i = 0; i < x->n; i++) {
        if (vg__is_empty(kids[i]))
            continue;
        if (done++)
            vg__render_text(r, vg__ops[x->op].sql);
        if (count > 1)
            inner(r, kids[i], VG_FORM_LOGIC);
        else
            vg__render_node(r, kids[i]);
    }
    if (count > 1)
        vg__render_text(r, ")");
}

static bool is_subquery(vg_value v)
{
    return vg_value_kind_of(v) == VG_V_EXPR && v.node->op == VG_OP_SCALAR;
}

static void in_list(vg_render *r, const vg_node *x)
{
    const vg_value *values = x->b.p;
    inner(r, x->a, VG_FORM_IN);
    vg__render_text(r, vg__ops[x->op].sql);
    bool list = !(x->n == 1 && is_subquery(values[0]));
    if (list)
        vg__render_text(r, "(");
    for (uint32_t i = 0; i < x->n; i++) {
        if (i)
            vg__render_text(r, ", ");
        vg__render_as(r, values[i], vg__codec_of(x->a), VG_FORM_LIST);
    }
    if (list)
        vg__render_text(r, ")");
}

static void in_array(vg_render *r, const vg_node *x)
{
    size_t count = vg_value_len(x->b);
    if (!count) {
        vg__render_text(r, x->op == VG_OP_IN_ARRAY ? r->dialect->false_text
                                                   : r->dialect->true_text);
        return;
    }
    inner(r, x->a, VG_FORM_IN);
    if (r->dialect->arrays && !r->inlined) {
        vg__render_text(r, x->op == VG_OP_IN_ARRAY ? " = any(" : " <> all(");
        vg__render_param(r);
        vg__render_text(r, ")");
        return;
    }
    vg__render_text(r, vg__ops[x->op].sql);
    for (size_t i = 0; i < count; i++) {
        vg__render_text(r, i ? ", " : "(");
        vg__render_param(r);
    }
    vg__render_text(r, ")");
}

static void call(vg_render *r, const vg_node *x, const char *before)
{
    vg__render_text(r, vg__render_op(r, x));
    vg__render_text(r, before);
    vg__render_node(r, x->a);
    vg__render_text(r, ")");
}

/* excluded."column": the name alone, whatever the scope. */
static void excluded(vg_render *r, const vg_node *x)
{
    const vg_node *of = x->a;
    if (of->op != VG_OP_COLUMN ||
        ((const vg_shape *)of->a)->kind == VG_SHAPE_PROJECTION) {
        vg__render_fail(r, VG_INVALID, "EXCLUDED takes a column, not an expression");
        return;
    }
    const vg_shape *shape = of->a;
    if (!r->in_conflict)
        vg__render_fail(r, VG_INVALID,
                        "EXCLUDED(%s.%s) stands in the SET and UPDATE_WHERE of an "
                        "ON_CONFLICT only",
                        shape->name, shape->columns[of->n].name);
    if (!vg__render_scope_of(r, shape) ||
        vg__render_scope_of(r, shape)->sources[0] != shape)
        vg__render_fail(r, VG_INVALID,
                        "EXCLUDED(%s.%s): that is not the table of the INSERT",
                        shape->name, shape->columns[of->n].name);
    vg__render_text(r, "excluded.");
    vg__render_name(r, vg_column_name(&shape->columns[of->n]));
}

void vg__render_fragment(vg_render *r, const char *text, const vg_value *values,
                         size_t count)
{
    size_t used = 0;
    const char *at = text;
    vg__buf_bytes(r->out, text, 0); /* so that an empty text ends, too */
    while (at && *at) {
        const char *next = past_quoted(at);
        if (next && next != at) {
            vg__buf_bytes(r->out, at, (size_t)(next - at));
            if (*at == '-' && !*next) /* what follows is no part of the comment */
                vg__render_text(r, "\n");
        } else if (next && *at == '?' && at[1] != '?') {
            if (used < count)
                vg__render_operand(r, values[used]);
            used++;
            next++;
        } else if (next) {
            size_t len = *at == '?' ? 1 : 1 + strcspn(at + 1, "?'\"`-/");
            vg__buf_bytes(r->out, at, len);
            next += len + (*at == '?'); /* of ?? the first is written */
        }
        at = next;
    }
    if (!at)
        vg__render_fail(r, VG_INVALID,
                        "the fragment \"%.80s\" ends inside a quote or comment", text);
    if (used != count)
        vg__render_fail(r, VG_INVALID,
                        "the fragment \"%.80s\" has %zu ? marks for %zu values", text,
                        used, count);
}

static void literal(vg_render *r, vg_value v)
{
    switch (vg_value_kind_of(v)) {
    case VG_V_INT: vg__buf_int(r->out, v.i); break;
    case VG_V_REAL: vg__buf_real(r->out, v.d); break;
    case VG_V_BOOL:
        vg__render_text(r, v.i ? r->dialect->true_text : r->dialect->false_text);
        break;
    case VG_V_TEXT: vg__buf_literal(r->out, v.s, vg_value_len(v)); break;
    default: vg__render_param(r); break; /* which refuses it */
    }
}

void vg__render_operand(vg_render *r, vg_value v)
{
    switch (vg_value_kind_of(v)) {
    case VG_V_EXPR: vg__render_node(r, v.node); break;
    case VG_V_IDENT:
        if (!v.s || !*v.s)
            vg__render_fail(r, VG_INVALID, "IDENT: the name is empty");
        else
            vg__render_name(r, v.s);
        break;
    default: r->literals ? literal(r, v) : vg__render_param(r); break;
    }
}

/* C's false is an int: written out beside a BOOLEAN column it is a boolean. */
static vg_value like_left(const vg_node *left, vg_value v)
{
    if (left && left->op == VG_OP_COLUMN && vg_value_kind_of(v) == VG_V_INT) {
        const vg_shape *shape = left->a;
        if (shape->columns[left->n].sql_class == VG_K_predicate)
            return vg_of_bool(v.i != 0);
    }
    return v;
}

/* The right side stands at the ? of the operator, or after it. */
static void compare(vg_render *r, const vg_node *x)
{
    const char *sql = vg__render_op(r, x), *mark = strchr(sql, '?');
    if (x->op == VG_OP_MATCH)
        vg__render_check_match(r, x);
    inner(r, x->a, VG_FORM_COMPARE);
    vg__buf_bytes(r->out, sql, mark ? (size_t)(mark - sql) : strlen(sql));
    vg__render_as(r, r->literals ? like_left(x->a, x->b) : x->b, vg__codec_of(x->a),
                  VG_FORM_COMPARE);
    if (mark)
        vg__render_text(r, mark + 1);
}

static void between(vg_render *r, const vg_node *x)
{
    const vg_value *values = x->b.p;
    const vg_column *codec = vg__codec_of(x->a);
    inner(r, x->a, VG_FORM_BETWEEN);
    vg__render_text(r, vg__ops[x->op].sql);
    vg__render_as(r, values[0], codec, VG_FORM_BETWEEN);
    vg__render_text(r, " and ");
    vg__render_as(r, values[1], codec, VG_FORM_BETWEEN);
}

void vg__render_plain(vg_render *r, const vg_node *x)
{
    const vg_op_info *op = &vg__ops[x->op];
    const vg_value *values = x->b.p;
    switch (op->form) {
    case VG_FORM_LEAF:
        if (x->op == VG_OP_COLUMN)
            column(r, x);
        else if (x->op == VG_OP_PARAM)
            vg__render_param(r);
        else
            vg__render_text(r, vg__render_op(r, x));
        break;
    case VG_FORM_COMPARE: compare(r, x); break;
    case VG_FORM_ARITH:
        for (uint32_t i = 0; i < x->n; i++) {
            if (i)
                vg__render_text(r, op->sql);
            vg__render_inner(r, values[i], VG_FORM_ARITH);
        }
        break;
    case VG_FORM_PREFIX:
        vg__render_text(r, op->sql);
        inner(r, x->a, VG_FORM_PREFIX);
        break;
    case VG_FORM_SUFFIX:
        if (x->op >= VG_OP_ASC) /* what sorts stands alone */
            vg__render_node(r, x->a);
        else
            inner(r, x->a, VG_FORM_SUFFIX);
        vg__render_text(r, op->sql);
        break;
    case VG_FORM_LOGIC: logic(r, x); break;
    case VG_FORM_BETWEEN: between(r, x); break;
    case VG_FORM_IN: in_list(r, x); break;
    case VG_FORM_IN_ARRAY: in_array(r, x); break;
    case VG_FORM_SUBQUERY:
        vg__render_text(r, op->sql);
        vg__render_text(r, "(");
        vg__render_query(r, x->b.p, x->n);
        vg__render_text(r, ")");
        break;
    case VG_FORM_RELATED: vg__render_related(r, x); break;
    case VG_FORM_CALL: call(r, x, "("); break;
    case VG_FORM_CALL_DISTINCT: call(r, x, "(distinct "); break;
    case VG_FORM_SOURCE: vg__render_of_source(r, x); break;
    case VG_FORM_FTS_CALL: vg__render_fts_call(r, x); break;
    case VG_FORM_WRAP: vg__render_node(r, x->a); break;
    case VG_FORM_AS:
        vg__render_node(r, x->a);
        vg__render_text(r, " as ");
        vg__render_name(r, x->b.s);
        break;
    case VG_FORM_EXCLUDED: excluded(r, x); break;
    case VG_FORM_FRAGMENT: vg__render_fragment(r, x->a, values, x->n); break;
    default: vg__render_function(r, x); break;
    }
}

void vg__render_node(vg_render *r, const vg_node *x)
{
    if (!x || r->failed)
        return;
    vg_spot spot = r->spot;
    if (vg__is_aggregate(x->op) || vg__is_window(x->op) || r->over)
        vg__render_enter(r, x);
    refuse_missing(r, x);
    if (!r->failed && !(r->dialect->node && r->dialect->node(r, x)))
        vg__render_plain(r, x);
    r->spot = spot;
}
