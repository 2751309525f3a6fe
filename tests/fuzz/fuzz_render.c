/* Random clauses of every kind in any order, with expressions of every form: most make no
 * sense and are refused. Whatever they are, the renderer ends, a text that it makes has
 * balanced parentheses and a mark for each parameter, and a database can be asked: it
 * never hears of an internal error.
 *
 *     input: decisions, one byte after the other */
#include "core/codec.h"
#include "fuzz.h"
#include <sqlite3.h>
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
static const vg_node *node_of(fuzz_bytes *in, unsigned op, int depth);
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

static vg_clause terms(fuzz_bytes *in, vg_clause_kind kind, int depth);

/* What stands inside OVER and WINDOW. */
static vg_clause *window(fuzz_bytes *in, int depth, uint32_t *count)
{
    vg_clause *out = take(sizeof *out * 3);
    unsigned n = fuzz_next(in);
    *count = n % 4;
    for (uint32_t i = 0; i < *count; i++)
        switch (n = fuzz_next(in), n % 3) {
        case 0: out[i] = terms(in, VG_CLAUSE_PARTITION_BY, depth); break;
        case 1: out[i] = terms(in, VG_CLAUSE_ORDER_BY, depth); break;
        default:
            out[i] =
                vg_frame((vg_frame_unit)(n % 3),
                         vg_make_bound((vg_bound_kind)(n / 4 % 5), (int)(n % 7) - 1),
                         vg_make_bound((vg_bound_kind)(n / 16 % 5), n % 3),
                         (vg_exclude)(n / 64));
        }
    return out;
}

/* What OVER and FILTER take, mostly. */
static const vg_node *aggregate(fuzz_bytes *in, int depth)
{
    unsigned n = fuzz_next(in);
    return depth <= 0 || n > 250
               ? column(in)
               : node_of(in, VG_OP_COUNT_ALL + n % (VG_OP_OVER - VG_OP_COUNT_ALL),
                         depth - 1);
}

static const vg_node *case_of(fuzz_bytes *in, vg_node *out, int depth)
{
    out->n = 2 * (1 + fuzz_next(in) % 3);
    vg_value *list = values(in, depth, out->n);
    for (uint32_t i = 0; i < out->n; i += 2)
        list[i] = fuzz_next(in) % 4 ? vg_of_node(node(in, depth)) : vg_of_absent();
    out->b.p = list;
    return out;
}

static const vg_node *list_of(fuzz_bytes *in, vg_node *out, uint32_t count, int depth)
{
    out->n = count;
    out->b.p = values(in, depth, count);
    return out;
}

/* Of time functions the macros take times and nothing else. */
static const vg_node *time_of(fuzz_bytes *in, vg_node *out, int depth)
{
    static const vg_shape *const timed[] = {&shelves.vg_shape, &upper_shelves.vg_shape};
    uint32_t count = out->op == VG_OP_NOW          ? 0
                     : out->op == VG_OP_TIME_PART  ? 1
                     : out->op == VG_OP_TIME_TRUNC ? 1
                                                   : 2;
    vg_value *list = values(in, depth, 2);
    unsigned n = fuzz_next(in);
    uint32_t at = out->op == VG_OP_TIME_FORMAT;
    vg_value time = n % 3 ? vg_of_node(&timed[n / 3 % 2]->nodes[4])
                          : vg_of_time((vg_timestamp){(int64_t)n << 40});
    list[at] = time;
    if (out->op == VG_OP_TIME_DIFF)
        list[1] = n % 2 ? time : vg_of_time((vg_timestamp){5});
    out->type = (uint16_t)(n % (out->op == VG_OP_TIME_PART   ? VG_UNIT_YEARDAY + 1
                                : out->op == VG_OP_TIME_DIFF ? VG_UNIT_WEEK + 1
                                                             : VG_UNIT_YEAR + 1));
    if (out->op == VG_OP_TIME_PART && out->type == VG_UNIT_WEEK)
        out->type = VG_UNIT_DAY; /* a week is no part */
    out->n = count;
    out->b.p = list;
    return out;
}

static const vg_node *over_of(fuzz_bytes *in, vg_node *out, int depth)
{
    out->a = aggregate(in, depth);
    if (out->op == VG_OP_OVER_WINDOW)
        out->b.s = "w";
    else
        out->b.p = window(in, depth, &out->n);
    return out;
}

static const vg_node *newer_node_of(fuzz_bytes *in, vg_node *out, int depth)
{
    vg_value v;
    switch (vg__ops[out->op].form) {
    case VG_FORM_LEAF: return out->op <= VG_OP_PARAM ? column(in) : out;
    case VG_FORM_SEARCH:
        out->a = node(in, depth);
        out->b = fuzz_next(in) % 2 ? vg_of_text("100% of_it") : value(in, depth);
        if (vg_value_kind_of(out->b) == VG_V_IDENT) /* which fragments alone take */
            out->b = vg_of_text("");
        return out;
    case VG_FORM_COLLATE: out->a = node(in, depth); return out;
    case VG_FORM_ROWS: return list_of(in, out, 4 + 2 * (fuzz_next(in) % 2), depth);
    case VG_FORM_LIST:
    case VG_FORM_JOIN:
    case VG_FORM_JSON: return list_of(in, out, 1 + fuzz_next(in) % 3, depth);
    case VG_FORM_CAST:
        out->type = (uint16_t)(fuzz_next(in) % (VG_TYPE_DATE + 1));
        return list_of(in, out, 1, depth);
    case VG_FORM_CASE: return case_of(in, out, depth);
    case VG_FORM_LITERAL:
        do
            v = value(in, 0);
        while (vg_value_kind_of(v) == VG_V_EXPR);
        out->b = v;
        return out;
    case VG_FORM_TIME: return time_of(in, out, depth);
    case VG_FORM_FILTER:
        out->a = aggregate(in, depth);
        out->b = vg_of_node(node(in, depth));
        return out;
    case VG_FORM_OVER:
    case VG_FORM_OVER_WINDOW: return over_of(in, out, depth);
    case VG_FORM_SOURCE:
        return vg_of_source(out, VG_OP_ROWID, shapes[fuzz_next(in) % 2]);
    default: return column(in);
    }
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
    default: return newer_node_of(in, out, depth);
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

/* UPDATE_ROWS of a few rows that are all zeros. */
static vg_clause update_rows(fuzz_bytes *in, int depth)
{
    const vg_shape *table = &shelves.vg_shape;
    size_t count = fuzz_next(in) % 3;
    vg_item *out = take(sizeof *out * 8);
    vg_item *more = items(in, depth, table);
    out[0] = (vg_item){VG_ITEM_ROWS, 0, vg_of_rows(take(64 * 3 * 8), count)};
    out[1] = (vg_item){VG_ITEM_KEY, fuzz_next(in) % table->column_count, {{0}, 0}};
    out[2] = (vg_item){VG_ITEM_EACH, fuzz_next(in) % table->column_count, {{0}, 0}};
    for (size_t i = 3; more->kind != VG_ITEM_END; i++)
        out[i] = *more++;
    return vg_update(table, out);
}

static vg_clause newer_clause(fuzz_bytes *in, unsigned kind, int depth)
{
    static const char *const tags[] = {"a", "*/ ? \"", "b?", "it's"};
    size_t count = 0;
    uint32_t parts;
    unsigned n = fuzz_next(in);
    const vg_clause *q = NULL;
    if (kind == 21 || kind == 22 || kind == 23)
        q = depth > 0 ? query(in, depth - 1, &count) : NULL;
    switch (q || kind > 23 ? kind : 26) {
    case 21:
        return vg_cte(n % 6, n & 64 ? &upper_shelves.vg_shape : &cards.vg_shape, count,
                      q);
    case 22: return vg_operand((vg_set_op)(n % 6), count, q);
    case 23: return vg_compound(NULL, count, q);
    case 24: q = window(in, depth, &parts); return vg_window("w", parts, q);
    case 25: return n % 2 ? vg_comment(tags[n / 2 % 4]) : vg_comment_tags(4, tags);
    default: return update_rows(in, depth);
    }
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
    case 20: return vg_returning_value(NULL, node(in, depth), VG_K_int | VG_K_EXPR);
    default: return newer_clause(in, kind, depth);
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
        static const unsigned char heads[] = {0, 0, 1, 2, 3, 4, 5, 23, 26};
        out[i] = clause(in, i == 0 && n < 240 ? heads[kind % 9] : kind % 27, depth);
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
        else if (at[0] == '/' && at[1] == '*')
            at = strstr(at + 2, "*/");
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

/* A recursive query need not end. */
static int enough(void *ctx)
{
    (void)ctx;
    return 1;
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
    sqlite3_progress_handler(vg_raw(db), 20000, enough, NULL);
    int rc = vg_run_exec(db, "fuzz:1", q, count);
    FUZZ_CHECK(rc == vg_errinfo(db)->code);
    FUZZ_CHECK(!strstr(vg_errmsg(db), "internal error"));
    vg_arena_reset(&arena);
    return 0;
}
