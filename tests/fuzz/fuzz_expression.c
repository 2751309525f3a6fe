/* Random expression trees. The input's bytes choose the operators; beside each expression
 * stands the value that SQL's three-valued logic gives it, worked out here in C. So a
 * wrong or missing parenthesis shows as a wrong answer, and:
 *
 *     rendering and preparing never fail        the marks and the parameters agree
 *     a second walk gives the same signature    and hits the same statement
 *
 * The tables have one row each, whose values the interpreter knows. */
#include "core/walk.h"
#include "fuzz.h"
#include <sqlite3.h>
#include <virga/virga.h>

// clang-format off
TABLE(facts,
    COLUMN(three,   INTEGER, NOT_NULL),
    COLUMN(minus,   INTEGER),
    COLUMN(nothing, INTEGER),
    COLUMN(yes,     BOOLEAN, NOT_NULL),
    COLUMN(no,      BOOLEAN),
    COLUMN(unknown, BOOLEAN),
    COLUMN(text,    TEXT,    NOT_NULL),
    COLUMN(at,      TIMESTAMP))
// clang-format on

SCHEMA(all_facts, facts)
ALIAS(copy, facts)

#define FACTS_ROW "insert into facts values (3, -7, null, true, false, null, 'a?b', 5)"

/* SQL's integer or truth: maybe NULL. */
typedef struct val {
    bool null;
    int64_t v;
} val;

/* An expression together with its value. */
typedef struct num {
    vg_int_null x;
    val val;
} num;
typedef struct cond {
    vg_predicate x;
    val val;
} cond;

enum { MAX_DEPTH = 5, MAX_VALUE = 1 << 30 };

static vg_db *db;
static vg_arena arena;
static int64_t arrays[8][4]; /* for IN_ARRAY, read when the query runs */
static size_t array_count;

static const val null = {true, 0};

static val known(int64_t v)
{
    return (val){false, v};
}

/* ---- the interpreter ---- */

static val v_and(val a, val b)
{
    if ((!a.null && !a.v) || (!b.null && !b.v))
        return known(0);
    return a.null || b.null ? null : known(1);
}

static val v_not(val a)
{
    return a.null ? a : known(!a.v);
}

static val v_or(val a, val b)
{
    return v_not(v_and(v_not(a), v_not(b)));
}

static val v_compare(unsigned op, val a, val b)
{
    if (a.null || b.null)
        return null;
    switch (op) {
    case 0: return known(a.v == b.v);
    case 1: return known(a.v != b.v);
    case 2: return known(a.v > b.v);
    case 3: return known(a.v >= b.v);
    case 4: return known(a.v < b.v);
    default: return known(a.v <= b.v);
    }
}

static val v_arith(unsigned op, val a, val b)
{
    if (a.null || b.null || (op >= 3 && !b.v)) /* divided by zero: NULL */
        return null;
    switch (op) {
    case 0: return known(a.v + b.v);
    case 1: return known(a.v - b.v);
    case 2: return known(a.v * b.v);
    case 3: return known(a.v / b.v);
    default: return known(a.v % b.v);
    }
}

static bool is_small(val a)
{
    return a.v < MAX_VALUE && a.v > -MAX_VALUE;
}

static val v_in(val x, const val *list, size_t count)
{
    val any = known(0);
    for (size_t i = 0; i < count; i++)
        any = v_or(any, v_compare(0, x, list[i]));
    return any;
}

/* ---- the generator ---- */

#define KEEP(expr) vg_keep(&arena, expr)

static num number(fuzz_bytes *in, int depth);
static cond condition(fuzz_bytes *in, int depth, bool may_skip);

static int small_int(fuzz_bytes *in)
{
    return (int)fuzz_next(in) % 13 - 6;
}

static num leaf(fuzz_bytes *in)
{
    int n = small_int(in);
    switch (fuzz_next(in) % 5) {
    case 0: return (num){KEEP(NULLABLE(facts.three)), known(3)};
    case 1: return (num){facts.minus, known(-7)};
    case 2: return (num){facts.nothing, null};
    case 3: return (num){KEEP(NULLABLE(SQL(INTEGER, "?", n))), known(n)};
    default: return (num){KEEP(NULLABLE(LENGTH(facts.text))), known(3)};
    }
}

static vg_int_null arith(unsigned op, vg_int_null a, vg_int_null b)
{
    switch (op) {
    case 0: return KEEP(ADD(a, b));
    case 1: return KEEP(SUB(a, b));
    case 2: return KEEP(MUL(a, b));
    case 3: return KEEP(DIV(a, b));
    default: return KEEP(MOD(a, b));
    }
}

static vg_int_null arith_value(unsigned op, vg_int_null a, int b, bool left)
{
    switch (op) {
    case 0: return left ? KEEP(ADD(b, a)) : KEEP(ADD(a, b));
    case 1: return left ? KEEP(SUB(b, a)) : KEEP(SUB(a, b));
    case 2: return left ? KEEP(MUL(b, a)) : KEEP(MUL(a, b));
    case 3: return left ? KEEP(DIV(b, a)) : KEEP(DIV(a, b));
    default: return left ? KEEP(MOD(b, a)) : KEEP(MOD(a, b));
    }
}

static num arithmetic(fuzz_bytes *in, int depth)
{
    unsigned op = fuzz_next(in) % 5, form = fuzz_next(in) % 3;
    num a = number(in, depth - 1), b = {.val = known(small_int(in))};
    if (form == 0)
        b = number(in, depth - 1);
    val result = v_arith(op, form == 2 ? b.val : a.val, form == 2 ? a.val : b.val);
    if (!is_small(result))
        return a;
    return (num){form ? arith_value(op, a.x, (int)b.val.v, form == 2)
                      : arith(op, a.x, b.x),
                 result};
}

/* Fragments that need parentheses inside other operators, and some that do not. What
 * stands in a fragment is written as it is: there the parentheses are ours. */
static num fragment(fuzz_bytes *in, int depth)
{
    num a = number(in, depth - 1), b = number(in, depth - 1);
    val sum = v_arith(0, a.val, b.val), difference = v_arith(1, a.val, b.val);
    cond c;
    if (!is_small(sum) || !is_small(difference))
        return a;
    switch (fuzz_next(in) % 6) {
    case 0: return (num){KEEP(NULLABLE(SQL(INTEGER, "(?) + (?)", a.x, b.x))), sum};
    case 1: return (num){KEEP(NULLABLE(SQL(INTEGER, "(?)-(?)", a.x, b.x))), difference};
    case 2:
        return (num){KEEP(NULLABLE(SQL(INTEGER, "((?) - (?))", a.x, b.x))), difference};
    case 3:
        return (num){KEEP(NULLABLE(SQL(INTEGER, "coalesce(?, ?)", a.x, b.x))),
                     a.val.null ? b.val : a.val};
    case 4:
        return (num){KEEP(NULLABLE(SQL(INTEGER, "-(?)", a.x))),
                     a.val.null ? null : known(-a.val.v)};
    default:
        c = condition(in, depth - 1, false);
        return (num){KEEP(NULLABLE(
                         SQL(INTEGER, "case when ? then ? else ? end", c.x, a.x, b.x))),
                     !c.val.null && c.val.v ? a.val : b.val};
    }
}

static num number(fuzz_bytes *in, int depth)
{
    num a;
    cond c;
    if (depth <= 0)
        return leaf(in);
    switch (fuzz_next(in) % 10) {
    case 0:
    case 1: return leaf(in);
    case 2: return fragment(in, depth);
    case 3:
        a = number(in, depth - 1);
        return (num){KEEP(NEG(a.x)), a.val.null ? null : known(-a.val.v)};
    case 4:
        a = number(in, depth - 1);
        return (num){KEEP(ABS(a.x)),
                     a.val.null || a.val.v >= 0 ? a.val : known(-a.val.v)};
    case 5:
        a = number(in, depth - 1);
        return (num){KEEP(SCALAR(a.x, FROM(copy))), a.val};
    case 6:
        c = condition(in, depth - 1, true);
        return (num){KEEP(NULLABLE(COUNT_OF(FROM(copy), WHERE(c.x)))),
                     known(vg__is_empty(c.x.node) || (!c.val.null && c.val.v))};
    default: return arithmetic(in, depth);
    }
}

static cond compare(unsigned op, num a, num b)
{
    val v = v_compare(op, a.val, b.val);
    switch (op) {
    case 0: return (cond){KEEP(EQ(a.x, b.x)), v};
    case 1: return (cond){KEEP(NE(a.x, b.x)), v};
    case 2: return (cond){KEEP(GT(a.x, b.x)), v};
    case 3: return (cond){KEEP(GTE(a.x, b.x)), v};
    case 4: return (cond){KEEP(LT(a.x, b.x)), v};
    default: return (cond){KEEP(LTE(a.x, b.x)), v};
    }
}

static cond compare_conditions(unsigned op, cond a, cond b)
{
    val v = v_compare(op, a.val, b.val);
    switch (op) {
    case 0: return (cond){KEEP(EQ(a.x, b.x)), v};
    case 1: return (cond){KEEP(NE(a.x, b.x)), v};
    case 2: return (cond){KEEP(EQ(a.x, true)), v_compare(0, a.val, known(1))};
    default:
        return (cond){KEEP(IN(a.x, b.x, false)),
                      v_in(a.val, (val[]){b.val, known(0)}, 2)};
    }
}

static cond range(fuzz_bytes *in, int depth)
{
    num x = number(in, depth - 1), low = number(in, depth - 1);
    int high = small_int(in);
    val v = v_and(v_compare(3, x.val, low.val), v_compare(5, x.val, known(high)));
    return fuzz_next(in) % 2 ? (cond){KEEP(BETWEEN(x.x, low.x, high)), v}
                             : (cond){KEEP(NOT_BETWEEN(x.x, low.x, high)), v_not(v)};
}

static cond membership(fuzz_bytes *in, int depth)
{
    num x = number(in, depth - 1), one = number(in, depth - 1);
    int two = small_int(in);
    val list[4] = {one.val, known(two)}, v;
    unsigned form = fuzz_next(in) % 5;
    size_t count = fuzz_next(in) % 5;
    int64_t *array = arrays[array_count % 8];
    switch (form) {
    case 0: return (cond){KEEP(IN(x.x, one.x, two)), v_in(x.val, list, 2)};
    case 1: return (cond){KEEP(NOT_IN(x.x, one.x, two)), v_not(v_in(x.val, list, 2))};
    case 2:
        return (cond){KEEP(IN(x.x, SCALAR(one.x, FROM(copy)))), v_in(x.val, list, 1)};
    default: break;
    }
    if (array_count++ >= 8) /* no more arrays: the same as IN */
        return (cond){KEEP(IN(x.x, two)), v_in(x.val, &list[1], 1)};
    for (size_t i = 0; i < count && i < 4; i++) {
        array[i] = small_int(in);
        list[i] = known(array[i]);
    }
    count = count < 4 ? count : 4;
    v = v_in(x.val, list, count);
    return form == 3 ? (cond){KEEP(IN_ARRAY(x.x, array, count)), v}
                     : (cond){KEEP(NOT_IN_ARRAY(x.x, array, count)), v_not(v)};
}

/* AND and OR of one to four, some of which may be SKIP. */
static cond logic(fuzz_bytes *in, int depth, bool may_skip)
{
    cond kids[4];
    size_t count = 1 + fuzz_next(in) % 4;
    unsigned form = fuzz_next(in) % 4;
    bool conjunction = form % 2, some = false;
    val v = known(conjunction);
    for (size_t i = 0; i < 4; i++) {
        kids[i] = i < count ? condition(in, depth - 1, may_skip || i > 0)
                            : (cond){SKIP, null};
        if (vg__is_empty(kids[i].x.node))
            continue;
        some = true;
        v = conjunction ? v_and(v, kids[i].val) : v_or(v, kids[i].val);
    }
    vg_predicate *list = vg_arena_alloc(&arena, sizeof *list * 4);
    FUZZ_CHECK(list);
    for (size_t i = 0; i < 4; i++)
        list[i] = kids[i].x;
    vg_predicate x;
    if (form < 2)
        x = conjunction ? KEEP(AND(list[0], list[1], list[2], list[3]))
                        : KEEP(OR(list[0], list[1], list[2], list[3]));
    else
        x = conjunction ? KEEP(ALL_OF(list, count)) : KEEP(ANY_OF(list, count));
    FUZZ_CHECK(some || may_skip);
    return (cond){x, v};
}

static cond of_subquery(fuzz_bytes *in, int depth)
{
    cond c = condition(in, depth - 1, true);
    bool there = vg__is_empty(c.x.node) || (!c.val.null && c.val.v);
    return fuzz_next(in) % 2
               ? (cond){KEEP(EXISTS(SELECT(copy), WHERE(c.x), LIMIT(1))), known(there)}
               : (cond){KEEP(NOT_EXISTS(SELECT_VALUE(copy.three), WHERE(c.x))),
                        known(!there)};
}

static cond simple(fuzz_bytes *in)
{
    switch (fuzz_next(in) % 6) {
    case 0: return (cond){facts.yes, known(1)};
    case 1: return (cond){KEEP(EQ(facts.no, true)), known(0)};
    case 2: return (cond){KEEP(EQ(facts.unknown, false)), null};
    case 3: return (cond){KEEP(LIKE(facts.text, "A?_")), known(1)};
    case 4: return (cond){KEEP(EQ(facts.at, ((vg_timestamp){5}))), known(1)};
    default: return (cond){KEEP(SQL(BOOLEAN, "? <> 'a?b'", facts.text)), known(0)};
    }
}

static cond condition(fuzz_bytes *in, int depth, bool may_skip)
{
    cond a, b;
    num x, y;
    if (depth <= 0)
        return simple(in);
    switch (fuzz_next(in) % 14) {
    case 0: return may_skip ? (cond){SKIP, null} : simple(in);
    case 1: return simple(in);
    case 2: return range(in, depth);
    case 3: return membership(in, depth);
    case 4: return of_subquery(in, depth);
    case 5:
        a = condition(in, depth - 1, may_skip);
        return (cond){KEEP(NOT(a.x)), v_not(a.val)};
    case 6:
        x = number(in, depth - 1);
        return fuzz_next(in) % 2 ? (cond){KEEP(IS_NULL(x.x)), known(x.val.null)}
                                 : (cond){KEEP(IS_NOT_NULL(x.x)), known(!x.val.null)};
    case 7:
        a = condition(in, depth - 1, false);
        return (cond){KEEP(IS_NULL(a.x)), known(a.val.null)};
    case 8:
        a = condition(in, depth - 1, false);
        b = condition(in, depth - 1, false);
        return compare_conditions(fuzz_next(in) % 4, a, b);
    case 9:
        a = condition(in, depth - 1, false);
        b = condition(in, depth - 1, false);
        return (cond){KEEP(SQL(BOOLEAN, "? or ?", a.x, b.x)), v_or(a.val, b.val)};
    case 10:
    case 11: return logic(in, depth, may_skip);
    default:
        x = number(in, depth - 1);
        y = number(in, depth - 1);
        return compare(fuzz_next(in) % 6, x, y);
    }
}

/* ---- the checks ---- */

static void say(const vg_clause *query, size_t count)
{
    vg_rendered sql;
    vg_render_sql(&arena, &vg_dialect_sqlite, &sql, query, count);
    fprintf(stderr, "%s\n%s\n", vg_errmsg(db), sql.text ? sql.text : sql.error);
}

/* Two walks agree in all their words, and in the number of parameters. */
static void check_walk(const vg_clause *query, size_t count)
{
    vg_walk one, two;
    static const vg_allocator malloc_;
    vg__walk_init(&one, &malloc_);
    vg__walk_init(&two, &malloc_);
    vg__walk_query(&one, query, count);
    vg__walk_query(&two, query, count);
    FUZZ_CHECK(!one.failed && vg__walk_len(&one) == vg__walk_len(&two));
    FUZZ_CHECK(!memcmp(one.words, two.words, vg__walk_len(&one) * sizeof *one.words));
    FUZZ_CHECK(vg__walk_param_count(&one) == vg__walk_param_count(&two));
    vg__walk_free(&one);
    vg__walk_free(&two);
}

/* Twice, the second time from the cache; the same answer, which is `expected`. */
#define CHECK_ANSWER(got, expected, ...)                                \
    do {                                                                \
        const vg_clause query[] = {__VA_ARGS__};                        \
        uint64_t misses = 0;                                            \
        check_walk(query, sizeof query / sizeof *query);                \
        for (int run = 0; run < 2; run++) {                             \
            int rc = vg_get(db, &arena, &(got), __VA_ARGS__);           \
            if (rc != VG_OK || !(expected))                             \
                say(query, sizeof query / sizeof *query);               \
            FUZZ_CHECK(rc == VG_OK);                                    \
            FUZZ_CHECK(expected);                                       \
            FUZZ_CHECK(run == 0 || vg_statistics(db).misses == misses); \
            misses = vg_statistics(db).misses;                          \
        }                                                               \
    } while (0)

static void start(void)
{
    if (db)
        return;
    FUZZ_CHECK(vg_open(&db, ":memory:", NULL) == VG_OK);
    FUZZ_CHECK(vg_create(db, &all_facts) == VG_OK);
    FUZZ_CHECK(vg_script(db, FACTS_ROW) == VG_OK);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    fuzz_bytes in = {data, data + size};
    vg_opt_int got;
    int64_t rows;
    start();
    array_count = 0;
    num n = number(&in, MAX_DEPTH);
    cond c = condition(&in, MAX_DEPTH, true);
    bool empty = vg__is_empty(c.x.node);
    CHECK_ANSWER(got, got.has == !n.val.null && (n.val.null || got.v == n.val.v),
                 SELECT_VALUE(n.x), FROM(facts));
    CHECK_ANSWER(rows, rows == (empty || (!c.val.null && c.val.v)),
                 SELECT_VALUE(COUNT()), FROM(facts), WHERE(c.x));
    if (!empty) {
        CHECK_ANSWER(got, got.has == !c.val.null && (c.val.null || got.v == c.val.v),
                     SELECT_VALUE(NULLABLE(SQL(INTEGER, "(?)", c.x))), FROM(facts),
                     ORDER_BY(DESC(n.x), c.x));
        CHECK_ANSWER(rows, rows == c.val.null, SELECT_VALUE(COUNT()), FROM(facts),
                     WHERE(IS_NULL(c.x)));
    }
    vg_arena_reset(&arena);
    return 0;
}
