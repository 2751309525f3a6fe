/* Walking a query for its signature and parameters. This runs at every call of every
 * query: no allocation once warm, no work that the render could do instead. */
#include "core/walk_expr.h"
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

static void nodes(vg_walk *w, const vg_clause *q)
{
    const vg_node *const *list = q->b;
    for (uint32_t i = 0; i < q->n; i++)
        if (!vg__walk_column(w, list[i]))
            vg__walk_node(w, list[i]);
    vg__walk_mark(w, VG_MARK_END, 0);
}

typedef struct fields_ctx {
    vg_walk *w;
    const vg_shape *shape;
} fields_ctx;

static void walk_fields(void *ctx, const vg_node *const *fields)
{
    fields_ctx *f = ctx;
    for (uint32_t i = 0; i < f->shape->column_count; i++)
        if (!vg__walk_column(f->w, fields[i]))
            vg__walk_node(f->w, fields[i]);
}

/* The rows that SELECT or RETURNING yields. */
static void rows(vg_walk *w, const vg_clause *q)
{
    vg__walk_mark(w, VG_MARK(q->kind), q->kind == VG_CLAUSE_SELECT ? q->sub : 0);
    if (!q->shape) {
        vg__walk_word(w, VG_WORD(0, q->n));
        vg__walk_node(w, q->c);
        return;
    }
    vg__walk_address(w, q->shape);
    if (q->shape->kind == VG_SHAPE_PROJECTION)
        q->shape->fields(walk_fields, &(fields_ctx){w, q->shape});
}

static void source(vg_walk *w, const vg_shape *shape)
{
    if (shape->kind != VG_SHAPE_DERIVED) {
        vg__walk_address(w, shape);
        return;
    }
    vg__walk_mark(w, VG_MARK_DERIVED, 0);
    vg__walk_address(w, shape->base);
    vg__walk_clauses(w, shape->query, shape->clause_count);
    vg__walk_mark(w, VG_MARK_END, 0);
}

static const vg_column *column_of(const vg_clause *q, const vg_item *item)
{
    return &q->shape->columns[item->column];
}

static void set_items(vg_walk *w, const vg_clause *q)
{
    bool coded = q->shape->has_coder;
    for (const vg_item *item = q->b; item->kind != VG_ITEM_END; item++) {
        if (item->kind != VG_ITEM_SET) {
            if (item->kind == VG_ITEM_OVERRIDING)
                vg__walk_mark(w, VG_MARK(0x100 + item->kind), item->column);
            continue;
        }
        const vg_column *column = column_of(q, item);
        if (vg__is_param(item->value)) { /* the usual case */
            /* Columns are aligned: the low bit says that a parameter follows. */
            vg__walk_word(w, (uint64_t)(uintptr_t)column | 1);
            if (coded)
                vg__walk_param(w, item->value, column);
            else
                vg__walk_plain(w, item->value, column);
        } else {
            vg__walk_address(w, column);
            vg__walk_operand(w, item->value, column, column->name);
        }
    }
}

void vg__walk_call(vg_walk *w, const vg_column *column, bool update)
{
    if (w->building) {
        vg__walk_param(w, vg_of_array(column, VG_V_GENERATED, update), NULL);
        return;
    }
    char *room = vg__arena_alloc(&w->scratch, VG_DEFAULT_ROOM);
    if (!room) {
        vg__walk_fail(w, VG_NO_MEMORY, "out of memory");
        return;
    }
    vg_default_fn fn = update ? column->update_fn : vg__insert_fn(column);
    vg__walk_param(w, fn(room), column);
}

static bool has_item(const vg_clause *q, vg_item_kind kind)
{
    const vg_item *item = q->b;
    while (item->kind != VG_ITEM_END && item->kind != (uint32_t)kind)
        item++;
    return item->kind != VG_ITEM_END;
}

static bool is_set(const vg_clause *q, uint32_t column)
{
    const vg_item *item = q->b;
    while (item->kind != VG_ITEM_END &&
           !((item->kind == VG_ITEM_SET || item->kind == VG_ITEM_EACH) &&
             item->column == column))
        item++;
    return item->kind != VG_ITEM_END;
}

/* Columns whose DEFAULT_FN or ON_UPDATE_FN speaks because nobody SET them. */
static void filled_items(vg_walk *w, const vg_clause *q, bool update)
{
    for (uint32_t i = 0; i < q->shape->column_count; i++) {
        const vg_column *column = &q->shape->columns[i];
        if (!(update ? column->update_fn : vg__insert_fn(column)) || is_set(q, i))
            continue;
        vg__walk_address(w, column);
        vg__walk_call(w, column, update);
    }
}

/* The condition of a partial index, whose values stand in the text (the database compares
 * it with the index's): they belong to the signature. */
static void key_where(vg_walk *w, const vg_node *x)
{
    size_t before = vg__walk_param_count(w);
    vg__walk_node(w, x);
    size_t after = vg__walk_param_count(w);
    for (size_t i = before; i < after; i++) {
        vg_value v = w->params[i].value;
        vg_value_kind kind = vg_value_kind_of(v);
        if (kind == VG_V_TEXT && v.s)
            vg__walk_text(w, v.s, vg_value_len(v));
        else
            vg__walk_word(w, (uint64_t)v.i);
        vg__walk_mark(w, VG_MARK_PARAM, kind);
    }
    if (after > before)
        w->param_at -= after - before;
}

void vg__walk_sets(vg_walk *w, const vg_clause *q)
{
    set_items(w, q);
    if (q->shape->has_update_fn)
        filled_items(w, q, true);
}

static void conflict(vg_walk *w, const vg_clause *q)
{
    vg__walk_mark(w, VG_MARK(VG_CLAUSE_CONFLICT), 0);
    for (const vg_item *item = q->b; item->kind != VG_ITEM_END; item++) {
        if (item->kind == VG_ITEM_SKIP)
            continue;
        vg__walk_mark(w, VG_MARK(0x100 + item->kind), item->column);
        if (item->kind == VG_ITEM_KEY_WHERE)
            key_where(w, item->value.node);
        if (item->kind == VG_ITEM_CONSTRAINT)
            vg__walk_address(w, item->value.s);
    }
    set_items(w, q);
    if (q->shape->has_update_fn && has_item(q, VG_ITEM_SET))
        filled_items(w, q, true);
    for (const vg_item *item = q->b; item->kind != VG_ITEM_END; item++)
        if (item->kind == VG_ITEM_UPDATE_WHERE && !vg__is_empty(item->value.node))
            vg__walk_node(w, item->value.node);
}

static void raw(vg_walk *w, const vg_clause *q)
{
    const vg_value *values = q->b;
    vg__walk_mark(w, VG_MARK(VG_CLAUSE_RAW), q->n);
    vg__walk_address(w, q->text);
    vg__walk_address(w, q->c);
    for (uint32_t i = 0; i < q->n; i++)
        vg__walk_operand(w, values[i], vg__codec_for(values[i], NULL), "RAW");
}

/* WHERE or HAVING; a comparison, the commonest, is never empty. */
static inline void condition(vg_walk *w, const vg_clause *q)
{
    const vg_node *x = q->c;
    bool compares = x && x->op >= VG_OP_EQ && x->op <= VG_OP_NOT_LIKE;
    if (!compares && vg__is_empty(x))
        return;
    vg__walk_mark(w, VG_MARK(q->kind), 0);
    if (compares)
        vg__walk_compare(w, x);
    else
        vg__walk_node(w, x);
}

/* Its letters are a part of the text, so of the signature. */
static void comment(vg_walk *w, const vg_clause *q)
{
    const char *const *strings = q->sub ? q->b : &q->text;
    uint32_t count = q->sub ? q->n : 1;
    vg__walk_mark(w, VG_MARK(q->kind), q->n);
    for (uint32_t i = 0; i < count; i++) {
        vg__walk_mark(w, VG_MARK_END, strings[i] != NULL);
        if (strings[i])
            vg__walk_text(w, strings[i], strlen(strings[i]));
    }
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

/* Offset 0 is none; see vg__parts. */
static inline void amount(vg_walk *w, const vg_clause *q)
{
    if (q->sub) {
        vg__walk_mark(w, VG_MARK(q->kind), 1);
        vg__walk_node(w, q->node);
    } else if (q->i >= (q->kind == VG_CLAUSE_OFFSET)) {
        vg__walk_mark(w, VG_MARK(q->kind), 0);
        vg__walk_param(w, vg_of_int(q->i), NULL);
    }
}

/* A query inside this one: of a CTE, a COMPOUND, a set operation. */
static void inner_query(vg_walk *w, const vg_clause *q)
{
    vg__walk_mark(w, VG_MARK(q->kind), q->sub);
    if (q->kind == VG_CLAUSE_CTE)
        vg__walk_address(w, q->shape);
    vg__walk_clauses(w, q->b, q->n);
    vg__walk_mark(w, VG_MARK_END, 0);
}

static void lock(vg_walk *w, const vg_clause *q)
{
    const vg_lock_option *options = q->b;
    vg__walk_mark(w, VG_MARK(q->kind), q->n << 4 | q->sub);
    for (uint32_t i = 0; i < q->n; i++) {
        vg__walk_address(w, options[i].of);
        vg__walk_mark(w, VG_MARK_END, options[i].wait);
    }
}

/* The keys of parents, stored as the columns are that they meet. */
static void keys(vg_walk *w, const vg_clause *q)
{
    const vg_value *values = q->b;
    const vg_node *const *columns = q->c;
    vg__walk_mark(w, VG_MARK(q->kind), (size_t)q->n << 4 | q->sub);
    for (uint32_t k = 0; k < q->sub; k++)
        vg__walk_address(w, columns[k]);
    for (uint32_t i = 0; i < q->n; i++)
        for (uint32_t k = 0; k < q->sub; k++, values++)
            vg__walk_param(w, *values, vg__codec_for(*values, columns[k]));
}

/* Which columns are read depends on it, where ONLY or OMIT leaves some out. */
static void with(vg_walk *w, const vg_clause *q)
{
    w->tree = q->c;
    vg__walk_mark(w, VG_MARK(q->kind), q->sub);
}

static inline void clause(vg_walk *w, const vg_clause *q)
{
    switch ((vg_clause_kind)q->kind) {
    case VG_CLAUSE_END:
    case VG_CLAUSE_ALLOW: break;
    case VG_CLAUSE_WITH: with(w, q); break;
    case VG_CLAUSE_COLUMNS:
        vg__walk_mark(w, VG_MARK(q->kind), q->sub);
        nodes(w, q);
        break;
    case VG_CLAUSE_KEYS: keys(w, q); break;
    case VG_CLAUSE_COMPUTED:
        vg__walk_mark(w, VG_MARK(q->kind), q->sub);
        vg__walk_address(w, q->b);
        vg__walk_node(w, q->c);
        break;
    case VG_CLAUSE_CTE:
    case VG_CLAUSE_COMPOUND:
    case VG_CLAUSE_SET_OP: inner_query(w, q); break;
    case VG_CLAUSE_RAW: raw(w, q); break;
    case VG_CLAUSE_SELECT:
    case VG_CLAUSE_RETURNING: rows(w, q); break;
    case VG_CLAUSE_COMMENT: comment(w, q); break;
    case VG_CLAUSE_CACHE:
        vg__walk_mark(w, VG_MARK(q->kind), q->sub);
        if (w->building && q->sub == VG_CACHING_ON && ((const vg_value *)q->b)->meta)
            vg__walk_fail(w, VG_INVALID,
                          "CACHE: a registered query takes no TAG; its rows can be "
                          "forgotten by their tables");
        w->cache = *q; /* how long and under which tags is not the statement's affair */
        break;
    case VG_CLAUSE_SELECT_COUNT: vg__walk_mark(w, VG_MARK(q->kind), q->sub); break;
    case VG_CLAUSE_DISTINCT:
    case VG_CLAUSE_ALL_ROWS:
        vg__walk_mark(w, VG_MARK(q->kind), 0);
        break; /* sub is not set */
    case VG_CLAUSE_INSERT:
        vg__walk_mark(w, VG_MARK(q->kind), 0);
        vg__walk_address(w, q->shape);
        set_items(w, q);
        if (q->shape->has_default_fn)
            filled_items(w, q, false);
        break;
    case VG_CLAUSE_UPDATE:
        vg__walk_mark(w, VG_MARK(q->kind), 0);
        vg__walk_address(w, q->shape);
        vg__walk_sets(w, q);
        break;
    case VG_CLAUSE_DELETE:
        vg__walk_mark(w, VG_MARK(q->kind), 0);
        vg__walk_address(w, q->shape);
        break;
    case VG_CLAUSE_FROM:
        vg__walk_mark(w, VG_MARK(q->kind), 0);
        source(w, q->shape);
        break;
    case VG_CLAUSE_JOIN:
        vg__walk_mark(w, VG_MARK(q->kind), q->sub);
        source(w, q->shape);
        if ((q->sub & 7) != VG_JOIN_CROSS)
            vg__walk_node(w, q->c);
        break;
    case VG_CLAUSE_WHERE:
    case VG_CLAUSE_HAVING: condition(w, q); break;
    case VG_CLAUSE_WINDOW:
        vg__walk_mark(w, VG_MARK(q->kind), 0);
        vg__walk_address(w, q->text);
        vg__walk_clauses(w, q->b, q->n);
        vg__walk_mark(w, VG_MARK_END, 0);
        break;
    case VG_CLAUSE_FRAME:
        vg__walk_mark(w, VG_MARK(q->kind), q->sub);
        if (vg__frame_start(q) & 1)
            vg__walk_param(w, vg_of_int(q->n), 0);
        if (vg__frame_end(q) & 1)
            vg__walk_param(w, vg_of_int(q->i), 0);
        break;
    case VG_CLAUSE_LOCK: lock(w, q); break;
    case VG_CLAUSE_DISTINCT_ON:
    case VG_CLAUSE_PARTITION_BY:
    case VG_CLAUSE_GROUP_BY:
    case VG_CLAUSE_ORDER_BY:
        vg__walk_mark(w, VG_MARK(q->kind), 0);
        nodes(w, q);
        break;
    case VG_CLAUSE_LIMIT:
    case VG_CLAUSE_OFFSET: amount(w, q); break;
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
    vg__walk_clauses(w, sorted, count);
}

/* Clauses in the order of their kinds, which is SQL's, as the renderer meets them.
 * Usually they stand so already. */
void vg__walk_clauses(vg_walk *w, const vg_clause *query, size_t count)
{
    const vg_clause *end = query + count;
    for (const vg_clause *q = query + 1; q < end; q++) {
        if (q->kind < q[-1].kind) {
            clauses_unsorted(w, query, count);
            return;
        }
    }
    bool of_result = w->of_result;
    w->of_result = false;
    for (const vg_clause *q = query; q < end; q++) {
        clause(w, q);
        w->of_result |= q->kind == VG_CLAUSE_SET_OP || q->kind == VG_CLAUSE_COMPOUND;
    }
    w->of_result = of_result;
}

void vg__walk_tail(vg_walk *w, const vg_parts *p)
{
    for (size_t i = 0; i < p->conflict_count; i++)
        conflict(w, p->conflicts[i]);
    if (p->returning)
        rows(w, p->returning);
    if (p->comment)
        comment(w, p->comment);
}

void vg__walk_query(vg_walk *w, const vg_clause *query, size_t count)
{
    vg__walk_begin(w);
    vg__walk_clauses(w, query, count);
}
