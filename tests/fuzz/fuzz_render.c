/* Random clauses of every kind in any order, with expressions of every form: most make no
 * sense and are refused. Whatever they are, the renderer ends, a text that it makes has
 * balanced parentheses and a mark for each parameter, and a database can be asked: it
 * never hears of an internal error.
 *
 *     input: decisions, one byte after the other */
#include "core/codec.h"
#include "fuzz.h"
#include <virga/virga.h>

// clang-format off
TABLE(shelves,
    COLUMN(id,   INTEGER, PRIMARY_KEY),
    COLUMN(name, TEXT,    NOT_NULL, NAME("a ? name"), UNIQUE),
    COLUMN(room, REAL),
    COLUMN(open, BOOLEAN, NOT_NULL, DEFAULT(true)),
    COLUMN(made, TIMESTAMP, MODE(SECONDS)))
ALIAS(upper_shelves, shelves)
PROJECTION(shelf_card,
    FIELD(name, shelves.name), FIELD(twice, MUL(shelves.room, 2)),
    FIELD(above, COUNT_OF(FROM(upper_shelves), WHERE(EQ(upper_shelves.id, shelves.id)))))
ALIAS(cards, shelf_card)
PROJECTION(nested_card, ROW(shelf, shelves), OPT_ROW(above, upper_shelves))
// clang-format on

SCHEMA(furniture, shelves)

enum { MAX_DEPTH = 4, MAX_CLAUSES = 8 };

static vg_db *db;
static vg_arena arena;

static const vg_shape *const shapes[] = {&shelves.vg_shape, &upper_shelves.vg_shape,
                                         &shelf_card.vg_shape, &cards.vg_shape,
                                         &nested_card.vg_shape};

static void *take(size_t size)
{
    void *p = vg_arena_alloc(&arena, size);
    FUZZ_CHECK(p);
    return memset(p, 0, size);
}

static const vg_node *node(fuzz_bytes *in, int depth);
static vg_clause *query(fuzz_bytes *in, int depth, size_t *count);

static const vg_shape *shape(fuzz_bytes *in)
{
    return shapes[fuzz_next(in) % 5];
}

static vg_value value(fuzz_bytes *in, int depth)
{
    static const char *const texts[] = {"", "a", "?", "'", "2026-11-21"};
    static const int64_t numbers[] = {1, 2, 3};
    static const vg_uuid uuid = {{1}};
    unsigned n = fuzz_next(in);
    switch (n % 12) {
    case 0: return vg_of_int((int8_t)fuzz_next(in));
    case 1: return vg_of_text(texts[fuzz_next(in) % 5]);
    case 2: return vg_of_text(NULL);
    case 3: return vg_of_real(n / 3.0);
    case 4: return vg_of_bool(n & 16);
    case 5: return vg_of_null(NULL);
    case 6: return vg_of_time((vg_timestamp){(int64_t)n << 40});
    case 7: return vg_of_bytes((vg_bytes){texts, n % 9});
    case 8: return vg_of_uuid(&uuid);
    case 9: return vg_of_ident((vg_ident){texts[fuzz_next(in) % 5]});
    case 10:
        return n & 16 ? vg_of_array(numbers, VG_V_ARRAY_I64, n / 32 % 4)
                      : vg_of_unsigned(UINT64_MAX);
    default: return vg_of_node(node(in, depth));
    }
}

static vg_value *values(fuzz_bytes *in, int depth, size_t count)
{
    vg_value *out = take(sizeof *out * (count + 1));
    for (size_t i = 0; i < count; i++)
        out[i] = value(in, depth);
    return out;
}

static const vg_node *const *nodes(fuzz_bytes *in, int depth, uint32_t count)
{
    const vg_node **out = take(sizeof(vg_node *) * (count + 1));
    for (uint32_t i = 0; i < count; i++)
        out[i] = node(in, depth);
    return out;
}

static const vg_node *column(fuzz_bytes *in)
{
    const vg_shape *s = shape(in);
    return &s->nodes[fuzz_next(in) % s->column_count];
}

/* One node of that operator; its form says what the members are. */
static const vg_node *node_of(fuzz_bytes *in, unsigned op, int depth)
{
    static const char *const texts[] = {"1",   "? + ?", "'?' || ?",
                                        "(?)", "x",     "-- it's ?\n?"};
    vg_node *out = take(sizeof *out);
    size_t count;
    out->op = (uint16_t)op;
    switch (vg__ops[op].form) {
    case VG_FORM_COMPARE:
        out->a = node(in, depth);
        out->b = value(in, depth);
        return out;
    case VG_FORM_ARITH:
        out->n = 2;
        out->b.p = values(in, depth, 2);
        return out;
    case VG_FORM_PREFIX: /* NEG takes numbers only */
        if (op != VG_OP_NEG)
            out->a = node(in, depth);
        else
            out->a = depth <= 0 ? column(in)
                                : node_of(in, fuzz_next(in) % 2 ? VG_OP_NEG : VG_OP_SUB,
                                          depth - 1);
        return out;
    case VG_FORM_SUFFIX:
    case VG_FORM_CALL:
    case VG_FORM_CALL_DISTINCT:
    case VG_FORM_WRAP:
    case VG_FORM_EXCLUDED: out->a = node(in, depth); return out;
    case VG_FORM_LOGIC:
        out->n = fuzz_next(in) % 4;
        out->b.p = nodes(in, depth, out->n);
        return out;
    case VG_FORM_BETWEEN:
        out->a = node(in, depth);
        out->b.p = values(in, depth, 2);
        out->n = 2;
        return out;
    case VG_FORM_IN:
        out->a = node(in, depth);
        out->n = 1 + fuzz_next(in) % 3;
        out->b.p = values(in, depth, out->n);
        return out;
    case VG_FORM_IN_ARRAY:
        out->a = node(in, depth);
        out->b = vg_of_array((const int64_t[4]){0}, VG_V_ARRAY_I64, fuzz_next(in) % 2);
        out->b.p = take(32);
        return out;
    case VG_FORM_SUBQUERY:
        out->b.p = query(in, depth, &count);
        out->n = (uint32_t)count;
        return out;
    case VG_FORM_AS:
        out->a = node(in, depth);
        out->b.s = texts[fuzz_next(in) % 6];
        return out;
    case VG_FORM_FRAGMENT:
        out->type = fuzz_next(in) % (VG_TYPE_DATE + 1);
        out->a = texts[fuzz_next(in) % 6];
        out->n = fuzz_next(in) % 3;
        out->b.p = values(in, depth, out->n);
        return out;
    default: return op == VG_OP_COUNT_ALL ? out : column(in);
    }
}

/* NULL is SKIP. */
static const vg_node *node(fuzz_bytes *in, int depth)
{
    unsigned n = fuzz_next(in);
    if (n == 255)
        return NULL;
    if (depth <= 0 || n < 40)
        return column(in);
    return node_of(in, n % VG_OP_ASC, depth - 1);
}

static const vg_shape *source(fuzz_bytes *in, int depth)
{
    size_t count;
    if (depth <= 0 || fuzz_next(in) % 4)
        return shape(in);
    const vg_clause *inner = query(in, depth - 1, &count);
    return &vg_derive(take(sizeof(vg_derived)), shape(in), inner, count)->vg_shape;
}

static vg_item *items(fuzz_bytes *in, int depth, const vg_shape *table)
{
    static const vg_item_kind kinds[] = {
        VG_ITEM_SET,          VG_ITEM_SET,     VG_ITEM_SET,
        VG_ITEM_SKIP,         VG_ITEM_KEY,     VG_ITEM_KEY_WHERE,
        VG_ITEM_UPDATE_WHERE, VG_ITEM_NOTHING, VG_ITEM_DEFAULTS};
    size_t count = fuzz_next(in) % 4;
    vg_item *out = take(sizeof *out * (count + 1));
    for (size_t i = 0; i < count; i++) {
        out[i].kind = kinds[fuzz_next(in) % 9];
        out[i].column = fuzz_next(in) % table->column_count;
        bool predicate =
            out[i].kind == VG_ITEM_KEY_WHERE || out[i].kind == VG_ITEM_UPDATE_WHERE;
        out[i].value = predicate ? vg_of_node(node(in, depth)) : value(in, depth);
    }
    return out;
}

static vg_clause terms(fuzz_bytes *in, vg_clause_kind kind, int depth)
{
    uint32_t count = 1 + fuzz_next(in) % 3;
    const vg_node **list = take(sizeof(vg_node *) * (count + 1));
    for (uint32_t i = 0; i < count; i++) {
        vg_node *order = take(sizeof *order);
        list[i] = node(in, depth);
        if (kind == VG_CLAUSE_ORDER_BY && list[i] && fuzz_next(in) % 2)
            list[i] = vg_unary(order, VG_OP_DESC, list[i]);
    }
    return vg_terms(kind, count, list);
}

static vg_clause clause(fuzz_bytes *in, unsigned kind, int depth)
{
    const vg_shape *table = shape(in);
    switch (kind) {
    case 0: return vg_select(NULL, table);
    case 1: return vg_select_distinct(NULL, table);
    case 2: return vg_select_value(NULL, node(in, depth), VG_K_int | VG_K_EXPR);
    case 3: return vg_insert(table, items(in, depth, table), 0);
    case 4: return vg_update(table, items(in, depth, table));
    case 5: return vg_delete(table);
    case 6:
    case 7: return vg_from(source(in, depth));
    case 8:
    case 9:
        return vg_join_on((vg_join)(fuzz_next(in) % 5), source(in, depth),
                          node(in, depth));
    case 10:
    case 11: return vg_condition(VG_CLAUSE_WHERE, node(in, depth));
    case 12: return vg_condition(VG_CLAUSE_HAVING, node(in, depth));
    case 13: return vg_condition(VG_CLAUSE_ALL_ROWS, NULL);
    case 14: return terms(in, VG_CLAUSE_GROUP_BY, depth);
    case 15: return terms(in, VG_CLAUSE_ORDER_BY, depth);
    case 16: return vg_number(VG_CLAUSE_LIMIT, vg_of_int((int8_t)fuzz_next(in)));
    case 17: return vg_number(VG_CLAUSE_OFFSET, vg_of_int((int8_t)fuzz_next(in)));
    case 18: return vg_conflict(table, items(in, depth, table));
    case 19: return vg_returning(NULL, table);
    default: return vg_returning_value(NULL, node(in, depth), VG_K_int | VG_K_EXPR);
    }
}

/* A head, mostly, and then whatever comes. */
static vg_clause *query(fuzz_bytes *in, int depth, size_t *count)
{
    unsigned n = fuzz_next(in);
    *count = 1 + n % MAX_CLAUSES;
    vg_clause *out = take(sizeof *out * MAX_CLAUSES);
    for (size_t i = 0; i < *count; i++) {
        unsigned kind = fuzz_next(in);
        out[i] = clause(in, i == 0 && n < 240 ? kind % 6 : kind % 21, depth);
    }
    return out;
}

/* Marks and parentheses outside of quotes and comments. */
static void check_text(const vg_rendered *sql)
{
    size_t marks = 0;
    long depth = 0;
    for (const char *at = sql->text; *at; at++) {
        if (*at == '\'' || *at == '"')
            at = strchr(at + 1, *at);
        else if (at[0] == '-' && at[1] == '-')
            at = strchr(at, '\n');
        if (!at)
            fprintf(stderr, "%s\n", sql->text);
        FUZZ_CHECK(at);
        marks += *at == '?';
        depth += (*at == '(') - (*at == ')');
        FUZZ_CHECK(depth >= 0);
    }
    if (depth || marks != sql->param_count)
        fprintf(stderr, "%s\n%zu parameters\n", sql->text, sql->param_count);
    FUZZ_CHECK(depth == 0);
    FUZZ_CHECK(marks == sql->param_count);
}

static void start(void)
{
    if (db)
        return;
    FUZZ_CHECK(vg_open(&db, ":memory:", NULL) == VG_OK);
    FUZZ_CHECK(vg_create(db, &furniture) == VG_OK);
    FUZZ_CHECK(vg_exec(db, INSERT_INTO(shelves, SET(name, "one"))) == VG_OK);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    fuzz_bytes in = {data, data + size};
    size_t count;
    vg_rendered sql;
    start();
    const vg_clause *q = query(&in, MAX_DEPTH, &count);
    if (vg_render_sql(&arena, &vg_dialect_sqlite, &sql, q, count) == VG_OK)
        check_text(&sql);
    int rc = vg_run_exec(db, "fuzz:1", q, count);
    FUZZ_CHECK(rc == vg_errinfo(db)->code);
    FUZZ_CHECK(!strstr(vg_errmsg(db), "internal error"));
    vg_arena_reset(&arena);
    return 0;
}
