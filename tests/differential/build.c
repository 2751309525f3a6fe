/* The tree as Virga's nodes and clauses, by the functions that its macros call. */
#include "query.h"

#include <stdlib.h>

static const vg_node *node_of(vg_arena *arena, const expr *e);

/* ---- shapes ---- */

/* A projection's fields come from a function without a context of ours: one function for
 * each projection of a query, and a list for each function. */
enum { SLOTS = 32 };
static const vg_node *slot_nodes[SLOTS][MAX_FIELDS];
static int slots;

// clang-format off
#define EACH_SLOT(X)                                                              \
    X(0) X(1) X(2) X(3) X(4) X(5) X(6) X(7) X(8) X(9) X(10) X(11) X(12) X(13)     \
    X(14) X(15) X(16) X(17) X(18) X(19) X(20) X(21) X(22) X(23) X(24) X(25) X(26) \
    X(27) X(28) X(29) X(30) X(31)
// clang-format on
#define SLOT_FIELDS(n)                                   \
    static void fields_##n(vg_yield_fn yield, void *ctx) \
    {                                                    \
        yield(ctx, slot_nodes[n]);                       \
    }
EACH_SLOT(SLOT_FIELDS)
#define SLOT_NAME(n) fields_##n,
static void (*const slot_fields[SLOTS])(vg_yield_fn, void *) = {EACH_SLOT(SLOT_NAME)};

static const unsigned classes[TYPES] = {[INT_] = VG_K_int,
                                        [REAL_] = VG_K_real,
                                        [TEXT_] = VG_K_text,
                                        [BOOL_] = VG_K_predicate};

static const vg_shape *projection(vg_arena *arena, const query *q)
{
    static const char *const names[MAX_FIELDS] = {"f0", "f1", "f2", "f3"};
    vg_shape *shape = take(arena, sizeof *shape);
    vg_column *columns = take(arena, sizeof *columns * (size_t)q->fields);
    vg_node *nodes = take(arena, sizeof *nodes * (size_t)q->fields);
    if (slots == SLOTS)
        return NULL;
    int slot = slots++;
    for (int i = 0; i < q->fields; i++) {
        columns[i] =
            (vg_column){.name = names[i],
                        .nullable = 1,
                        .sql_class = (uint16_t)classes[q->field[i]->type],
                        .offset = (uint32_t)i * (uint32_t)sizeof(random_field)};
        nodes[i] = (vg_node){.op = VG_OP_COLUMN, .n = (uint32_t)i, .a = shape};
    }
    *shape = (vg_shape){.kind = VG_SHAPE_PROJECTION,
                        .column_count = (uint32_t)q->fields,
                        .row_size = sizeof(random_row),
                        .name = "random",
                        .columns = columns,
                        .nodes = nodes,
                        .fields = slot_fields[slot]};
    for (int i = 0; i < q->fields; i++) {
        const vg_node *x = node_of(arena, q->field[i]);
        slot_nodes[slot][i] = x;
    }
    return shape;
}

/* An alias of a table or of a projection, with nodes of its own. */
static vg_shape *alias_of(vg_arena *arena, const char *name, const vg_shape *base)
{
    vg_shape *shape = take(arena, sizeof *shape);
    vg_node *nodes = take(arena, sizeof *nodes * base->column_count);
    for (uint32_t i = 0; i < base->column_count; i++)
        nodes[i] = (vg_node){.op = VG_OP_COLUMN, .n = i, .a = shape};
    *shape = (vg_shape){.kind = VG_SHAPE_ALIAS,
                        .column_count = base->column_count,
                        .row_size = base->row_size,
                        .name = name,
                        .columns = base->columns,
                        .nodes = nodes,
                        .base = base};
    return shape;
}

static vg_clause *clauses(vg_arena *arena, query *q, bool one_value, size_t *count);

/* Of a query's clauses the shape of its rows. */
static const vg_shape *rows_of(const vg_clause *c)
{
    while (c->kind != VG_CLAUSE_SELECT && c->kind != VG_CLAUSE_COMPOUND)
        c++;
    return c->kind == VG_CLAUSE_COMPOUND ? rows_of(c->b) : c->shape;
}

/* What stands in FROM; s->shape is what columns refer to. A CTE's clause is put into `cte`,
 * if it is to have one. */
static const vg_shape *source_of(vg_arena *arena, source *s, vg_clause *cte,
                                 size_t *ctes)
{
    if (s->cte &&
        !s->derived) /* a recursive one's own name, which its query has made */
        return s->shape;
    if (s->table >= 0) {
        s->shape =
            alias_of(arena, s->alias, s->table ? &parts.vg_shape : &things.vg_shape);
        return s->shape;
    }
    size_t count;
    vg_clause *inner = clauses(arena, s->derived, false, &count);
    if (!inner)
        return NULL;
    s->shape = s->derived->self ? s->derived->self->shape
                                : alias_of(arena, s->alias, rows_of(inner));
    if (s->cte) {
        cte[(*ctes)++] = vg_cte(s->kept | (s->derived->self ? VG_CTE_RECURSIVE_BIT : 0),
                                s->shape, count, inner);
        return s->shape;
    }
    return &vg_derive(take(arena, sizeof(vg_derived)), s->shape, inner, count)
                ->vg_shape;
}

/* ---- expressions ---- */

static vg_value value_of(const expr *e)
{
    switch (e->type) {
    case INT_: return vg_of_int(e->integer);
    case REAL_: return vg_of_real(e->real);
    case TEXT_: return vg_of_text(e->text);
    default: return vg_of_bool(e->integer != 0);
    }
}

/* A value as a parameter where there may be one, anything else as a node. */
static vg_value operand(vg_arena *arena, const expr *e)
{
    return e->kind == K_VALUE ? value_of(e) : vg_of_node(node_of(arena, e));
}

static const vg_node *fragment(vg_arena *arena, const char *text, const expr *e)
{
    static const size_t types[] = {VG_TYPE_INTEGER, VG_TYPE_REAL, VG_TYPE_TEXT,
                                   VG_TYPE_BOOLEAN};
    vg_node *out = take(arena, sizeof *out);
    vg_value *room = take(arena, sizeof *room * 2);
    if (e->kind == K_VALUE)
        return vg_fragment(out, room, types[e->type], text, 1, value_of(e));
    return vg_fragment(out, room, types[e->type], text, 2, operand(arena, e->kid[0]),
                       operand(arena, e->kid[1]));
}

static const vg_node *logic(vg_arena *arena, vg_node *out, const expr *e)
{
    const vg_node *k[MAX_KIDS] = {0};
    for (int i = 0; i < e->kids; i++)
        k[i] = node_of(arena, e->kid[i]);
    return vg_logic(out, take(arena, sizeof k), e->op ? VG_OP_OR : VG_OP_AND,
                    (size_t)e->kids, k[0], k[1], k[2], k[3], k[4], k[5]);
}

static const vg_node *in_list(vg_arena *arena, vg_node *out, const expr *e)
{
    vg_value v[MAX_KIDS];
    const vg_node *x = node_of(arena, e->kid[0]);
    for (int i = 1; i < MAX_KIDS; i++)
        v[i] = i < e->kids ? operand(arena, e->kid[i]) : vg_of_int(0);
    return vg_listing(out, take(arena, sizeof v), e->op ? VG_OP_NOT_IN : VG_OP_IN, x,
                      (size_t)e->kids - 1, v[1], v[2], v[3]);
}

/* An operator of a list, of which all may be values. */
static const vg_node *listing(vg_arena *arena, vg_node *out, size_t op, const expr *e)
{
    vg_value *room = take(arena, sizeof *room * (2 * MAX_KIDS));
    for (int i = 0; i < e->kids; i++)
        room[i] = operand(arena, e->kid[i]);
    *out = (vg_node){.op = (uint16_t)op, .n = (uint32_t)e->kids, .b.p = room};
    return out;
}

static const vg_node *choices(vg_arena *arena, vg_node *out, const expr *e)
{
    vg_value *room = take(arena, sizeof *room * (2 * MAX_KIDS));
    uint32_t n = 0;
    for (int i = 0; i < e->kids; i++) {
        if (i % 2 == 0 && i + 1 == e->kids)
            room[n++] = vg_of_absent();
        room[n++] = i % 2 == 0 && i + 1 < e->kids
                        ? vg_of_node(node_of(arena, e->kid[i]))
                        : operand(arena, e->kid[i]);
    }
    *out = (vg_node){.op = VG_OP_CASE, .n = n, .b.p = room};
    return out;
}

static const vg_node *cast(vg_arena *arena, vg_node *out, const expr *e)
{
    static const size_t types[] = {VG_TYPE_INTEGER, VG_TYPE_REAL, VG_TYPE_TEXT};
    return vg_typed_list(out, take(arena, sizeof(vg_value)), VG_OP_CAST, types[e->type],
                         1, operand(arena, e->kid[0]));
}

static vg_clause terms(vg_arena *arena, vg_clause_kind word, expr *const *list,
                       const int *directions, int count);

static const vg_clause *window_of(vg_arena *arena, const window *w, size_t *count)
{
    vg_clause *out = take(arena, sizeof *out * 3);
    *count = 0;
    if (w->framed) /* in any order */
        out[(*count)++] = vg_frame(w->unit, w->start, w->end, w->exclude);
    if (w->partitions)
        out[(*count)++] =
            terms(arena, VG_CLAUSE_PARTITION_BY, w->partition, NULL, w->partitions);
    if (w->orders)
        out[(*count)++] =
            terms(arena, VG_CLAUSE_ORDER_BY, w->order, w->direction, w->orders);
    return out;
}

static const vg_node *over(vg_arena *arena, const vg_node *x, const expr *e)
{
    size_t count;
    vg_node *out = take(arena, sizeof *out);
    if (!e->over)
        return x;
    if (e->over->name)
        return vg_over_window(out, x, e->over->name);
    const vg_clause *list = window_of(arena, e->over, &count);
    *out = (vg_node){.op = VG_OP_OVER, .n = (uint32_t)count, .a = x, .b.p = list};
    return out;
}

static const vg_node *window_function_of(vg_arena *arena, vg_node *out, const expr *e)
{
    static const size_t ops[] = {
        VG_OP_ROW_NUMBER,   VG_OP_RANK,       VG_OP_DENSE_RANK, VG_OP_NTILE,
        VG_OP_PERCENT_RANK, VG_OP_CUME_DIST,  VG_OP_LAG,        VG_OP_LEAD,
        VG_OP_FIRST_VALUE,  VG_OP_LAST_VALUE, VG_OP_NTH_VALUE};
    size_t op = ops[e->op];
    if (!e->kids || op == VG_OP_FIRST_VALUE || op == VG_OP_LAST_VALUE)
        return vg_unary(out, op, e->kids ? node_of(arena, e->kid[0]) : NULL);
    return listing(arena, out, op, e);
}

/* A subquery of one value; the node has its clauses by address. */
static const vg_node *nested(vg_arena *arena, vg_node *out, size_t op, query *q)
{
    size_t count;
    const vg_clause *c = clauses(arena, q, true, &count);
    *out = (vg_node){.op = (uint16_t)op, .n = (uint32_t)count, .b.p = c};
    return c ? out : NULL;
}

static const vg_node *in_query(vg_arena *arena, vg_node *out, const expr *e)
{
    const vg_node *x = node_of(arena, e->kid[0]),
                  *set =
                      nested(arena, take(arena, sizeof *set), VG_OP_SCALAR, e->query);
    return set ? vg_listing(out, take(arena, sizeof(vg_value)),
                            e->op ? VG_OP_NOT_IN : VG_OP_IN, x, 1, vg_of_node(set))
               : NULL;
}

static const vg_node *aggregate(vg_arena *arena, vg_node *out, const expr *e)
{
    static const size_t ops[2][8] = {
        {VG_OP_COUNT_ALL, VG_OP_COUNT, VG_OP_SUM, VG_OP_AVG, VG_OP_MIN, VG_OP_MAX,
         VG_OP_TOTAL, VG_OP_GROUP_CONCAT},
        {0, VG_OP_COUNT_DISTINCT, VG_OP_SUM_DISTINCT, VG_OP_AVG_DISTINCT}};
    if (e->kids == 2)
        listing(arena, out, VG_OP_GROUP_CONCAT, e);
    else
        vg_unary(out, ops[e->distinct][e->op],
                 e->kids ? node_of(arena, e->kid[0]) : NULL);
    if (!e->filter)
        return out;
    return vg_binary(take(arena, sizeof *out), VG_OP_FILTER,
                     vg_of_node(node_of(arena, e->filter)), out);
}

static const vg_node *call(vg_arena *arena, vg_node *out, const expr *e)
{
    static const size_t functions[] = {VG_OP_SUBSTR, VG_OP_INSTR,   VG_OP_REPLACE,
                                       VG_OP_LTRIM,  VG_OP_RTRIM,   VG_OP_TRIM,
                                       VG_OP_HEX,    VG_OP_UNICODE, VG_OP_CHR,
                                       VG_OP_ROUND,  VG_OP_SIGN};
    if (e->op == F_HEX || e->op == F_UNICODE || e->op == F_SIGN)
        return vg_unary(out, functions[e->op], node_of(arena, e->kid[0]));
    return listing(arena, out, functions[e->op], e);
}

static const vg_node *form_of(vg_arena *arena, vg_node *out, const expr *e)
{
    static const size_t bits[] = {VG_OP_BIT_AND, VG_OP_BIT_OR, VG_OP_SHIFT_LEFT,
                                  VG_OP_SHIFT_RIGHT};
    static const size_t rows[] = {VG_OP_ROW_EQ,  VG_OP_ROW_NE, VG_OP_ROW_GT,
                                  VG_OP_ROW_GTE, VG_OP_ROW_LT, VG_OP_ROW_LTE};
    static const size_t searches[] = {VG_OP_CONTAINS, VG_OP_STARTS_WITH,
                                      VG_OP_ENDS_WITH};
    static const size_t picks[] = {VG_OP_NULLIF, VG_OP_GREATEST, VG_OP_LEAST};
    switch (e->kind) {
    case K_AGGREGATE: return over(arena, aggregate(arena, out, e), e);
    case K_WINDOW: return over(arena, window_function_of(arena, out, e), e);
    case K_CASE: return choices(arena, out, e);
    case K_CHOICE: return listing(arena, out, picks[e->op], e);
    case K_CAST: return cast(arena, out, e);
    case K_FUNCTION: return call(arena, out, e);
    case K_BITS: return listing(arena, out, bits[e->op], e);
    case K_BIT_NOT: return vg_unary(out, VG_OP_BIT_NOT, node_of(arena, e->kid[0]));
    case K_ROWS: return listing(arena, out, rows[e->op], e);
    default:
        return vg_binary(out, searches[e->op], operand(arena, e->kid[1]),
                         node_of(arena, e->kid[0]));
    }
}

static const vg_node *node_of(vg_arena *arena, const expr *e)
{
    static const size_t compares[] = {VG_OP_EQ, VG_OP_NE,  VG_OP_GT, VG_OP_GTE,
                                      VG_OP_LT, VG_OP_LTE, VG_OP_IS, VG_OP_IS_NOT};
    static const size_t ariths[] = {VG_OP_ADD, VG_OP_SUB, VG_OP_MUL, VG_OP_DIV,
                                    VG_OP_MOD};
    static const size_t calls[] = {VG_OP_LOWER, VG_OP_UPPER, VG_OP_TRIM, VG_OP_LENGTH,
                                   VG_OP_ABS};
    vg_node *out = take(arena, sizeof *out);
    vg_value *room = take(arena, sizeof *room * 2);
    if (e->kind >= K_AGGREGATE)
        return form_of(arena, out, e);
    const vg_node *x = e->kids && e->kind != K_LOGIC && e->kind != K_ARITH &&
                               e->kind != K_CONCAT && e->kind != K_COALESCE
                           ? node_of(arena, e->kid[0])
                           : NULL;
    switch (e->kind) {
    case K_COLUMN: return &e->source->shape->nodes[e->column];
    case K_VALUE: return fragment(arena, "?", e);
    case K_COMPARE:
        return vg_binary(out, compares[e->op], operand(arena, e->kid[1]), x);
    case K_LIKE:
        return vg_binary(out, e->op ? VG_OP_NOT_LIKE : VG_OP_LIKE,
                         operand(arena, e->kid[1]), x);
    case K_ARITH:
    case K_CONCAT:
        return vg_arith(out, room, e->kind == K_ARITH ? ariths[e->op] : VG_OP_CONCAT,
                        operand(arena, e->kid[0]), operand(arena, e->kid[1]));
    case K_CALL:
        if (calls[e->op] == VG_OP_TRIM) /* a function of one or two */
            return vg_listing(out, room, VG_OP_TRIM, NULL, 1, vg_of_node(x));
        return vg_unary(out, calls[e->op], x);
    case K_NEGATE: return vg_unary(out, VG_OP_NEG, x);
    case K_LOGIC: return logic(arena, out, e);
    case K_NOT: return vg_unary(out, VG_OP_NOT, x);
    case K_NULL: return vg_unary(out, e->op ? VG_OP_IS_NOT_NULL : VG_OP_IS_NULL, x);
    case K_BETWEEN:
        return vg_range(out, room, e->op ? VG_OP_NOT_BETWEEN : VG_OP_BETWEEN,
                        operand(arena, e->kid[1]), operand(arena, e->kid[2]), x);
    case K_IN: return in_list(arena, out, e);
    case K_IN_ARRAY:
        return vg_in_array(out, e->op ? VG_OP_NOT_IN_ARRAY : VG_OP_IN_ARRAY, x,
                           vg_of_array(e->array, VG_V_ARRAY_I64, (size_t)e->array_len));
    case K_IN_QUERY: return in_query(arena, out, e);
    case K_EXISTS:
        return nested(arena, out, e->op ? VG_OP_NOT_EXISTS : VG_OP_EXISTS, e->query);
    case K_SCALAR: return nested(arena, out, VG_OP_SCALAR, e->query);
    case K_COALESCE:
        if (e->op)
            return vg_listing(out, room, VG_OP_COALESCE, NULL, 2,
                              operand(arena, e->kid[0]), operand(arena, e->kid[1]));
        return fragment(arena, "coalesce(?, ?)", e);
    default: abort();
    }
}

/* ---- clauses ---- */

static vg_clause terms(vg_arena *arena, vg_clause_kind word, expr *const *list,
                       const int *directions, int count)
{
    const vg_node **room = take(arena, sizeof *room * MAX_TERMS);
    for (int i = 0; i < count; i++) {
        room[i] = node_of(arena, list[i]);
        if (directions && directions[i])
            room[i] = vg_unary(take(arena, sizeof(vg_node)),
                               directions[i] == 1 ? VG_OP_ASC : VG_OP_DESC, room[i]);
    }
    return vg_terms(word, (size_t)count, room);
}

enum { MAX_CLAUSES = 2 * MAX_JOINS + MAX_OPERANDS + 14 };

static vg_clause by_position(vg_arena *arena, const query *q, const vg_shape *shape)
{
    const vg_node **room = take(arena, sizeof *room * MAX_FIELDS);
    for (int i = 0; i < q->positions; i++) {
        room[i] = &shape->nodes[q->position[i]];
        if (q->direction[i])
            room[i] = vg_unary(take(arena, sizeof(vg_node)),
                               q->direction[i] == 1 ? VG_OP_ASC : VG_OP_DESC, room[i]);
    }
    return vg_terms(VG_CLAUSE_ORDER_BY, (size_t)q->positions, room);
}

static size_t put_limits(const query *q, vg_clause *out, size_t n)
{
    if (q->offset > 0) /* in any order: LIMIT after OFFSET */
        out[n++] = vg_number(VG_CLAUSE_OFFSET, vg_of_int(q->offset));
    if (q->limit >= 0)
        out[n++] = vg_number(VG_CLAUSE_LIMIT, vg_of_int(q->limit));
    return n;
}

static vg_clause *set_clauses(vg_arena *arena, query *q, bool one_value, size_t *count)
{
    size_t n, operand_count;
    vg_clause *out = clauses(arena, q->first, one_value, &n);
    if (!out)
        return NULL;
    if (q->self)
        q->self->shape = alias_of(arena, q->self->alias, rows_of(out));
    if (q->wrapped) {
        vg_clause *first = out;
        out = take(arena, sizeof *out * MAX_CLAUSES);
        out[0] = vg_compound(NULL, n, first);
        n = 1;
    }
    for (int i = 0; i < q->operands; i++) {
        vg_clause *c = clauses(arena, q->operand[i], one_value, &operand_count);
        if (!c)
            return NULL;
        out[n++] = vg_operand(q->op[i], operand_count, c);
    }
    if (q->positions)
        out[n++] = by_position(arena, q, rows_of(out));
    *count = put_limits(q, out, n);
    return out;
}

static vg_clause *clauses(vg_arena *arena, query *q, bool one_value, size_t *count)
{
    if (q->first)
        return set_clauses(arena, q, one_value, count);
    vg_clause *out = take(arena, sizeof *out * MAX_CLAUSES);
    vg_clause *ctes = take(arena, sizeof *ctes * (MAX_JOINS + 1));
    size_t n = 1, cte_count = 0; /* the head comes when the sources are known */
    const vg_shape *from = source_of(arena, q->from, ctes, &cte_count);
    if (!from)
        return NULL;
    out[n++] = vg_from(from);
    for (int i = 0; i < q->joins; i++) {
        const join *j = &q->join[i];
        const vg_shape *shape = source_of(arena, j->source, ctes, &cte_count);
        if (!shape)
            return NULL;
        out[n++] = vg_join_on(j->kind, shape, j->on ? node_of(arena, j->on) : NULL);
    }
    if (q->where)
        out[n++] = vg_condition(VG_CLAUSE_WHERE, node_of(arena, q->where));
    if (q->groups)
        out[n++] = terms(arena, VG_CLAUSE_GROUP_BY, q->group, NULL, q->groups);
    if (q->having)
        out[n++] = vg_condition(VG_CLAUSE_HAVING, node_of(arena, q->having));
    if (q->orders)
        out[n++] = terms(arena, VG_CLAUSE_ORDER_BY, q->order, q->direction, q->orders);
    for (int i = 0; i < q->windows; i++) {
        size_t length;
        const vg_clause *list = window_of(arena, q->window[i], &length);
        out[n++] = vg_window(q->window[i]->name, length, list);
    }
    n = put_limits(q, out, n);
    for (size_t i = 0; i < cte_count; i++)
        out[n++] = ctes[i];
    *count = n;
    if (one_value) {
        out[0] = vg_select_value(NULL, node_of(arena, q->field[0]),
                                 classes[q->field[0]->type] | VG_K_NULL | VG_K_EXPR);
        out[0].sub = q->distinct;
        return out;
    }
    const vg_shape *shape = projection(arena, q);
    if (!shape)
        return NULL;
    out[0] = q->distinct ? vg_select_distinct(NULL, shape) : vg_select(NULL, shape);
    return out;
}

vg_clause *build_query(vg_arena *arena, query *q, size_t *count)
{
    slots = 0;
    return clauses(arena, q, false, count);
}
