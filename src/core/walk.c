/* Walking a query for its signature and parameters. This runs at every call of every
 * query: no allocation once warm, no work that the render could do instead. */
#include "core/walk.h"
#include <stdarg.h>
#include <stdio.h>

void vg__walk_init(vg_walk *w, const vg_allocator *allocator)
{
    *w = (vg_walk){.allocator = *allocator};
    w->scratch.allocator = *allocator;
}

void vg__walk_free(vg_walk *w)
{
    vg__alloc(&w->allocator, w->words, (size_t)(w->end - w->words) * sizeof *w->words,
              0);
    vg__alloc(&w->allocator, w->params,
              (size_t)(w->param_end - w->params) * sizeof *w->params, 0);
    vg_arena_free(&w->scratch);
    *w = (vg_walk){0};
}

void vg__walk_fail(vg_walk *w, int code, const char *format, ...)
{
    if (w->failed)
        return;
    w->failed = code;
    va_list args;
    va_start(args, format);
    vsnprintf(w->message, sizeof w->message, format, args);
    va_end(args);
}

/* Twice as many items; NULL when there is no memory. */
static void *grow(vg_walk *w, void *items, size_t count, size_t new_count,
                  size_t item_size)
{
    void *p = vg__alloc(&w->allocator, items, count * item_size, new_count * item_size);
    if (!p)
        vg__walk_fail(w, VG_NO_MEMORY, "out of memory");
    return p;
}

bool vg__walk_grow_words(vg_walk *w)
{
    size_t count = vg__walk_len(w), new_count = count ? count * 2 : 64;
    uint64_t *words = grow(w, w->words, count, new_count, sizeof *words);
    if (!words)
        return false;
    w->words = words;
    w->at = words + count;
    w->end = words + new_count;
    return true;
}

bool vg__walk_grow_params(vg_walk *w)
{
    size_t count = vg__walk_param_count(w), new_count = count ? count * 2 : 64;
    vg_param *params = grow(w, w->params, count, new_count, sizeof *params);
    if (!params)
        return false;
    w->params = params;
    w->param_at = params + count;
    w->param_end = params + new_count;
    return true;
}

static inline void word(vg_walk *w, unsigned what, size_t count)
{
    vg__walk_word(w, VG_WORD(what, count));
}

static inline void address(vg_walk *w, const void *p)
{
    vg__walk_word(w, (uint64_t)(uintptr_t)p);
}

static void clauses(vg_walk *w, const vg_clause *query, size_t count);
static void node(vg_walk *w, const vg_node *x);

/* What a value must be stored as, where that is not what it is. */
static uint16_t codec_for(vg_value v, const vg_node *sibling)
{
    switch (vg_value_kind_of(v)) {
    case VG_V_TIME:
    case VG_V_UUID:
    case VG_V_ARRAY_TIME:
    case VG_V_ARRAY_UUID: return vg__codec_of(sibling);
    default: return 0;
    }
}

/* A value that becomes a parameter as it stands. */
static inline bool is_param(vg_value v)
{
    vg_value_kind kind = vg_value_kind_of(v);
    return kind >= VG_V_NULL && kind <= VG_V_UUID;
}

static bool is_null(vg_value v)
{
    vg_value_kind kind = vg_value_kind_of(v);
    return kind == VG_V_NULL ||
           ((kind == VG_V_TEXT || kind == VG_V_BLOB || kind == VG_V_UUID) && !v.p);
}

/* An identifier is part of the text: its letters are part of the signature. */
static void identifier(vg_walk *w, const char *name)
{
    size_t len = name ? strlen(name) : 0;
    word(w, VG_MARK_IDENT, len);
    for (size_t at = 0; at < len; at += 8) {
        uint64_t eight = 0;
        memcpy(&eight, name + at, len - at < 8 ? len - at : 8);
        vg__walk_word(w, eight);
    }
}

/* An expression that must say something: SKIP is no value. */
static void value_node(vg_walk *w, const vg_node *x, const char *where)
{
    if (vg__is_empty(x))
        vg__walk_fail(w, VG_INVALID,
                      "%s: SKIP is no value; it stands in AND, OR, NOT and WHERE",
                      where);
    else
        node(w, x);
}

/* An operand: an expression, or a value that becomes a parameter. */
static void operand(vg_walk *w, vg_value v, uint16_t codec, const char *where)
{
    switch (vg_value_kind_of(v)) {
    case VG_V_EXPR: value_node(w, v.node, where); return;
    case VG_V_IDENT: identifier(w, v.s); return;
    case VG_V_RANGE:
        vg__walk_fail(w, VG_VALUE, "%s: an unsigned value is beyond INT64_MAX", where);
        return;
    case VG_V_NONE:
        vg__walk_fail(w, VG_INVALID, "%s: a value is missing", where);
        return;
    default: break;
    }
    word(w, VG_MARK_PARAM, 0);
    vg__walk_param(w, v, codec);
}

/* The right side of a comparison: NULL would never be true there. */
static void compared(vg_walk *w, const vg_node *x, vg_value v)
{
    if (is_null(v)) {
        vg__walk_fail(
            w, VG_INVALID,
            "%s: the value is NULL, which no row equals; use IS_NULL, or SKIP to "
            "leave the condition out",
            vg__ops[x->op].name);
        return;
    }
    operand(w, v, codec_for(v, x->a), vg__ops[x->op].name);
}

/* The commonest node: the mark of a parameter on the right is a bit of the operator. */
static void compare(vg_walk *w, const vg_node *x)
{
    const vg_node *left = x->a;
    bool param = is_param(x->b) && !is_null(x->b);
    word(w, x->op, param);
    if (left && left->op == VG_OP_COLUMN)
        address(w, left);
    else
        value_node(w, left, vg__ops[x->op].name);
    if (param)
        vg__walk_param(w, x->b, codec_for(x->b, left));
    else
        compared(w, x, x->b);
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
    uint16_t codec = codec_for(x->b, x->a);
    word(w, x->op, count);
    if (count) /* else it is rendered as false or true alone */
        value_node(w, x->a, vg__ops[x->op].name);
    if (count && !x->b.p)
        vg__walk_fail(w, VG_INVALID, "%s: the array is NULL", vg__ops[x->op].name);
    for (size_t i = 0; !w->failed && i < count; i++) {
        vg_value v = element(x->b, i);
        if (is_null(v))
            vg__walk_fail(w, VG_INVALID, "%s: element %zu is NULL", vg__ops[x->op].name,
                          i);
        vg__walk_param(w, v, codec);
    }
}

static void logic(vg_walk *w, const vg_node *x)
{
    const vg_node *const *kids = x->b.p;
    word(w, x->op, 0);
    for (uint32_t i = 0; i < x->n; i++)
        if (!vg__is_empty(kids[i]))
            node(w, kids[i]);
    word(w, VG_MARK_END, 0);
}

static void node(vg_walk *w, const vg_node *x)
{
    if (!x || w->failed)
        return;
    const vg_value *values = x->b.p;
    switch (vg__ops[x->op].form) {
    case VG_FORM_LEAF:
        if (x->op == VG_OP_COLUMN) {
            /* Nodes of columns are constant: their address says which column it is. */
            address(w, x);
            return;
        }
        word(w, x->op, 0);
        if (x->op == VG_OP_NONE)
            vg__walk_fail(w, VG_NO_MEMORY, "vg_keep had no memory for an expression");
        return;
    case VG_FORM_COMPARE: compare(w, x); return;
    case VG_FORM_ARITH:
        word(w, x->op, 0);
        operand(w, values[0], 0, vg__ops[x->op].name);
        operand(w, values[1], 0, vg__ops[x->op].name);
        return;
    case VG_FORM_PREFIX:
    case VG_FORM_SUFFIX:
    case VG_FORM_CALL:
    case VG_FORM_CALL_DISTINCT:
    case VG_FORM_EXCLUDED:
        word(w, x->op, 0);
        value_node(w, x->a, vg__ops[x->op].name);
        return;
    case VG_FORM_WRAP: value_node(w, x->a, vg__ops[x->op].name); return;
    case VG_FORM_AS:
        word(w, x->op, 0);
        address(w, x->b.s);
        node(w, x->a);
        return;
    case VG_FORM_LOGIC: logic(w, x); return;
    case VG_FORM_BETWEEN:
    case VG_FORM_IN:
        word(w, x->op, x->n);
        value_node(w, x->a, vg__ops[x->op].name);
        for (uint32_t i = 0; i < x->n; i++)
            compared(w, x, values[i]);
        return;
    case VG_FORM_IN_ARRAY: in_array(w, x); return;
    case VG_FORM_SUBQUERY:
        word(w, x->op, 0);
        clauses(w, x->b.p, x->n);
        word(w, VG_MARK_END, 0);
        return;
    case VG_FORM_FRAGMENT:
        word(w, x->op, x->n | (size_t)x->type << 16);
        address(w, x->a);
        for (uint32_t i = 0; i < x->n; i++)
            operand(w, values[i], codec_for(values[i], NULL), "SQL");
        return;
    }
}

static void nodes(vg_walk *w, const vg_clause *q)
{
    const vg_node *const *list = q->b;
    for (uint32_t i = 0; i < q->n; i++)
        node(w, list[i]);
    word(w, VG_MARK_END, 0);
}

typedef struct fields_ctx {
    vg_walk *w;
    const vg_shape *shape;
} fields_ctx;

static void walk_fields(void *ctx, const vg_node *const *fields)
{
    fields_ctx *f = ctx;
    for (uint32_t i = 0; i < f->shape->column_count; i++)
        node(f->w, fields[i]);
}

/* The rows that SELECT or RETURNING yields. */
static void rows(vg_walk *w, const vg_clause *q)
{
    word(w, VG_MARK(q->kind), q->kind == VG_CLAUSE_SELECT ? q->sub : 0);
    if (!q->shape) {
        vg__walk_word(w, VG_WORD(0, q->n));
        node(w, q->c);
        return;
    }
    address(w, q->shape);
    if (q->shape->kind == VG_SHAPE_PROJECTION)
        q->shape->fields(walk_fields, &(fields_ctx){w, q->shape});
}

static void source(vg_walk *w, const vg_shape *shape)
{
    if (shape->kind != VG_SHAPE_DERIVED) {
        address(w, shape);
        return;
    }
    word(w, VG_MARK_DERIVED, 0);
    address(w, shape->base);
    clauses(w, shape->query, shape->clause_count);
    word(w, VG_MARK_END, 0);
}

static const vg_column *column_of(const vg_clause *q, const vg_item *item)
{
    return &q->shape->columns[item->column];
}

static void set_items(vg_walk *w, const vg_clause *q)
{
    for (const vg_item *item = q->b; item->kind != VG_ITEM_END; item++) {
        if (item->kind != VG_ITEM_SET)
            continue;
        const vg_column *column = column_of(q, item);
        if (is_param(item->value)) { /* the usual case */
            /* Columns are aligned: the low bit says that a parameter follows. */
            vg__walk_word(w, (uint64_t)(uintptr_t)column | 1);
            vg__walk_param(w, item->value, vg__codec_of_column(column));
        } else {
            address(w, column);
            operand(w, item->value, vg__codec_of_column(column), column->name);
        }
    }
}

void vg__walk_default(vg_walk *w, const vg_column *column)
{
    char *room = vg__arena_alloc(&w->scratch, VG_DEFAULT_ROOM);
    if (!room) {
        vg__walk_fail(w, VG_NO_MEMORY, "out of memory");
        return;
    }
    vg__walk_param(w, column->default_fn(room), vg__codec_of_column(column));
}

/* Columns whose DEFAULT_FN speaks because nobody SET them. */
static void default_items(vg_walk *w, const vg_clause *q)
{
    for (uint32_t i = 0; i < q->shape->column_count; i++) {
        const vg_column *column = &q->shape->columns[i];
        if (!column->default_fn)
            continue;
        const vg_item *item = q->b;
        while (item->kind != VG_ITEM_END &&
               !(item->kind == VG_ITEM_SET && item->column == i))
            item++;
        if (item->kind == VG_ITEM_END) {
            address(w, column);
            vg__walk_default(w, column);
        }
    }
}

static void conflict(vg_walk *w, const vg_clause *q)
{
    word(w, VG_MARK(VG_CLAUSE_CONFLICT), 0);
    for (const vg_item *item = q->b; item->kind != VG_ITEM_END; item++) {
        if (item->kind == VG_ITEM_SKIP)
            continue;
        word(w, VG_MARK(0x100 + item->kind), item->column);
        if (item->kind == VG_ITEM_KEY_WHERE)
            node(w, item->value.node);
    }
    set_items(w, q);
    for (const vg_item *item = q->b; item->kind != VG_ITEM_END; item++)
        if (item->kind == VG_ITEM_UPDATE_WHERE && !vg__is_empty(item->value.node))
            node(w, item->value.node);
}

static void raw(vg_walk *w, const vg_clause *q)
{
    const vg_value *values = q->b;
    word(w, VG_MARK(VG_CLAUSE_RAW), q->n);
    address(w, q->text);
    address(w, q->c);
    for (uint32_t i = 0; i < q->n; i++)
        operand(w, values[i], codec_for(values[i], NULL), "RAW");
}

/* WHERE or HAVING; a comparison, the commonest, is never empty. */
static inline void condition(vg_walk *w, const vg_clause *q)
{
    const vg_node *x = q->c;
    bool compares = x && x->op >= VG_OP_EQ && x->op <= VG_OP_NOT_LIKE;
    if (!compares && vg__is_empty(x))
        return;
    word(w, VG_MARK(q->kind), 0);
    if (compares)
        compare(w, x);
    else
        node(w, x);
}

/* By kind; clauses of one kind keep their order. */
static void sort(vg_clause *to, const vg_clause *from, size_t count)
{
    for (size_t i = 0; i < count; i++) {
        size_t at = i;
        for (; at && to[at - 1].kind > from[i].kind; at--)
            to[at] = to[at - 1];
        to[at] = from[i];
    }
}

static inline void clause(vg_walk *w, const vg_clause *q)
{
    switch ((vg_clause_kind)q->kind) {
    case VG_CLAUSE_END: break;
    case VG_CLAUSE_RAW: raw(w, q); break;
    case VG_CLAUSE_SELECT:
    case VG_CLAUSE_RETURNING: rows(w, q); break;
    case VG_CLAUSE_SELECT_COUNT: word(w, VG_MARK(q->kind), q->sub); break;
    case VG_CLAUSE_ALL_ROWS: word(w, VG_MARK(q->kind), 0); break; /* sub is not set */
    case VG_CLAUSE_INSERT:
        word(w, VG_MARK(q->kind), 0);
        address(w, q->shape);
        set_items(w, q);
        if (q->shape->has_default_fn)
            default_items(w, q);
        break;
    case VG_CLAUSE_UPDATE:
        word(w, VG_MARK(q->kind), 0);
        address(w, q->shape);
        set_items(w, q);
        break;
    case VG_CLAUSE_DELETE:
        word(w, VG_MARK(q->kind), 0);
        address(w, q->shape);
        break;
    case VG_CLAUSE_FROM:
        word(w, VG_MARK(q->kind), 0);
        source(w, q->shape);
        break;
    case VG_CLAUSE_JOIN:
        word(w, VG_MARK(q->kind), q->sub);
        source(w, q->shape);
        if (q->sub != VG_JOIN_CROSS)
            node(w, q->c);
        break;
    case VG_CLAUSE_WHERE:
    case VG_CLAUSE_HAVING: condition(w, q); break;
    case VG_CLAUSE_GROUP_BY:
    case VG_CLAUSE_ORDER_BY:
        word(w, VG_MARK(q->kind), 0);
        nodes(w, q);
        break;
    case VG_CLAUSE_LIMIT:
    case VG_CLAUSE_OFFSET:
        /* Offset 0 is none; see vg__parts. */
        if (q->i < (q->kind == VG_CLAUSE_OFFSET))
            break;
        word(w, VG_MARK(q->kind), 0);
        vg__walk_param(w, vg_of_int(q->i), 0);
        break;
    case VG_CLAUSE_CONFLICT: conflict(w, q); break;
    }
}

enum { MAX_CLAUSES = 48 };

/* The same for clauses that stand in another order. */
static void clauses_unsorted(vg_walk *w, const vg_clause *query, size_t count)
{
    vg_clause sorted[MAX_CLAUSES];
    if (count > MAX_CLAUSES) {
        vg__walk_fail(w, VG_TOO_BIG, "a statement of more than %d clauses",
                      MAX_CLAUSES);
        return;
    }
    sort(sorted, query, count);
    clauses(w, sorted, count);
}

/* Clauses in the order of their kinds, which is SQL's, as the renderer meets them.
 * Usually they stand so already. */
static void clauses(vg_walk *w, const vg_clause *query, size_t count)
{
    const vg_clause *end = query + count;
    for (const vg_clause *q = query + 1; q < end; q++) {
        if (q->kind < q[-1].kind) {
            clauses_unsorted(w, query, count);
            return;
        }
    }
    for (const vg_clause *q = query; q < end; q++)
        clause(w, q);
}

void vg__walk_tail(vg_walk *w, const vg_parts *p)
{
    for (size_t i = 0; i < p->conflict_count; i++)
        conflict(w, p->conflicts[i]);
    if (p->returning)
        rows(w, p->returning);
}

void vg__walk_query(vg_walk *w, const vg_clause *query, size_t count)
{
    vg__walk_begin(w);
    clauses(w, query, count);
}
