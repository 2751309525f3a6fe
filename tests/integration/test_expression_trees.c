/* Random trees of operators, kept in an arena, are evaluated here in C, with SQL's
 * three values, and by SQLite from the text they render to. Where parentheses are
 * missing, a SKIP is left over or a parameter stands in the wrong place, the two
 * differ. */
#include "check.h"
#include <stdio.h>

// clang-format off
TABLE(numbers,
    COLUMN(id, INTEGER, PRIMARY_KEY), COLUMN(a, INTEGER, NOT_NULL),
    COLUMN(b,  INTEGER, NOT_NULL),    COLUMN(c, INTEGER))
// clang-format on

SCHEMA(trees, numbers)

enum { ROWS = 5, TREES = 400, NOTHING = -1 }; /* NOTHING: a truth that is NULL */

static const int64_t row_a[ROWS] = {7, -7, 0, 5, 12}, row_b[ROWS] = {2, 3, -5, 5, 4},
                     row_c[ROWS] = {3, 0, 1, 0, 0};
static const bool c_is_null[ROWS] = {false, true, false, false, true};

/* An expression and its value for each row. */
typedef struct number {
    vg_int_null x;
    vg_opt_int v[ROWS];
} number;

typedef struct truth {
    vg_predicate x; /* no node: SKIP, or nothing but SKIP */
    bool empty;
    int v[ROWS]; /* 1, 0, NOTHING */
} truth;

typedef struct gen {
    vg_arena *arena;
    uint64_t seed;
} gen;

static unsigned pick(gen *g, unsigned n)
{
    g->seed = g->seed * UINT64_C(6364136223846793005) + UINT64_C(1442695040888963407);
    return (unsigned)(g->seed >> 33) % n;
}

static number leaf_number(gen *g)
{
    number out;
    unsigned which = pick(g, 4);
    int64_t constant = (int64_t)pick(g, 9) - 4;
    switch (which) {
    case 0: out.x = vg_keep(g->arena, NULLABLE(numbers.a)); break;
    case 1: out.x = vg_keep(g->arena, NULLABLE(numbers.b)); break;
    case 2: out.x = numbers.c; break;
    default: out.x = vg_keep(g->arena, NULLABLE(SQL(INTEGER, "?", constant))); break;
    }
    for (int i = 0; i < ROWS; i++)
        out.v[i] = which == 0   ? (vg_opt_int){true, row_a[i]}
                   : which == 1 ? (vg_opt_int){true, row_b[i]}
                   : which == 2 ? (vg_opt_int){!c_is_null[i], row_c[i]}
                                : (vg_opt_int){true, constant};
    return out;
}

static number make_number(gen *g, int depth)
{
    unsigned op = pick(g, 6);
    if (depth == 0 || op > 3)
        return leaf_number(g);
    number l = make_number(g, depth - 1), r = make_number(g, depth - 1), out;
    switch (op) {
    case 0: out.x = vg_keep(g->arena, ADD(l.x, r.x)); break;
    case 1: out.x = vg_keep(g->arena, SUB(l.x, r.x)); break;
    case 2: out.x = vg_keep(g->arena, MUL(l.x, r.x)); break;
    default: out.x = vg_keep(g->arena, NEG(l.x)); break;
    }
    for (int i = 0; i < ROWS; i++) {
        int64_t a = l.v[i].v, b = r.v[i].v;
        out.v[i].has = l.v[i].has && (op == 3 || r.v[i].has);
        out.v[i].v = op == 0 ? a + b : op == 1 ? a - b : op == 2 ? a * b : -a;
    }
    return out;
}

static int and_of(int a, int b)
{
    return a == 0 || b == 0 ? 0 : a == NOTHING || b == NOTHING ? NOTHING : 1;
}

static int not_of(int a)
{
    return a == NOTHING ? NOTHING : !a;
}

static int or_of(int a, int b)
{
    return not_of(and_of(not_of(a), not_of(b)));
}

static int compare_of(int op, vg_opt_int a, vg_opt_int b)
{
    if (!a.has || !b.has)
        return NOTHING;
    return op == 0 ? a.v == b.v : op == 1 ? a.v < b.v : a.v >= b.v;
}

/* A comparison, a range, a list or a test for NULL. */
static truth leaf_truth(gen *g)
{
    number l = make_number(g, 2), m = make_number(g, 1), r = make_number(g, 2);
    truth out = {.empty = false};
    unsigned op = pick(g, 6);
    switch (op) {
    case 0: out.x = vg_keep(g->arena, EQ(l.x, m.x)); break;
    case 1: out.x = vg_keep(g->arena, LT(l.x, m.x)); break;
    case 2: out.x = vg_keep(g->arena, GTE(l.x, m.x)); break;
    case 3: out.x = vg_keep(g->arena, BETWEEN(l.x, m.x, r.x)); break;
    case 4: out.x = vg_keep(g->arena, IN(l.x, 3, m.x, r.x)); break;
    default: out.x = vg_keep(g->arena, IS_NULL(l.x)); break;
    }
    for (int i = 0; i < ROWS; i++) {
        vg_opt_int three = {true, 3};
        if (op == 3)
            out.v[i] =
                and_of(compare_of(2, l.v[i], m.v[i]), compare_of(2, r.v[i], l.v[i]));
        else if (op == 4)
            out.v[i] = or_of(
                compare_of(0, l.v[i], three),
                or_of(compare_of(0, l.v[i], m.v[i]), compare_of(0, l.v[i], r.v[i])));
        else if (op == 5)
            out.v[i] = !l.v[i].has;
        else
            out.v[i] = compare_of((int)op, l.v[i], m.v[i]);
    }
    return out;
}

static truth make_truth(gen *g, int depth)
{
    unsigned op = pick(g, 7);
    if (op == 6)
        return (truth){.x = SKIP, .empty = true};
    if (depth == 0 || op == 5)
        return leaf_truth(g);
    truth l = make_truth(g, depth - 1), r = make_truth(g, depth - 1), out = l;
    if (op == 3 && l.empty)
        return leaf_truth(g); /* a SKIP has no value that could be compared */
    switch (op) {
    case 0: out.x = vg_keep(g->arena, AND(l.x, r.x)); break;
    case 1: out.x = vg_keep(g->arena, OR(l.x, r.x)); break;
    case 2: out.x = vg_keep(g->arena, NOT(l.x)); break;
    case 3: out.x = vg_keep(g->arena, IS_NULL(l.x)); break;
    default: out.x = vg_keep(g->arena, AND(l.x, SKIP, OR(r.x, l.x), l.x)); break;
    }
    bool both = op != 2 && op != 3;
    out.empty = l.empty && (!both || r.empty);
    for (int i = 0; i < ROWS; i++) {
        int a = l.v[i], b = r.v[i];
        if (op == 2)
            out.v[i] = not_of(a);
        else if (op == 3)
            out.v[i] = a == NOTHING;
        else if (l.empty)
            out.v[i] = b;
        else if (r.empty)
            out.v[i] = a;
        else
            out.v[i] = op == 0   ? and_of(a, b)
                       : op == 1 ? or_of(a, b)
                                 : and_of(a, or_of(b, a));
    }
    return out;
}

static int setup(void **state)
{
    return fixture_open(state, &trees,
                        "insert into numbers values (1, 7, 2, 3), (2, -7, 3, null),"
                        " (3, 0, -5, 1), (4, 5, 5, 0), (5, 12, 4, null);");
}

/* Each tree finds the rows for which it is true here. */
/* Proves: Q079 Q080 Q081 Q082. */
static void test_expression_trees__agree_with_sqlite(void **state)
{
    fixture *f = *state;
    int not_empty = 0, some = 0;
    for (uint64_t seed = 1; seed <= TREES; seed++) {
        gen g = {&f->arena, seed};
        vg_int_list found;
        truth t = make_truth(&g, 4);
        unsigned expected = 0, got = 0;
        for (unsigned i = 0; i < ROWS; i++)
            expected |= (unsigned)(t.empty || t.v[i] == 1) << i;
        check_ok(f->db, vg_all(f->db, &f->arena, &found, SELECT_VALUE(numbers.id),
                               FROM(numbers), WHERE(t.x)));
        for (size_t i = 0; i < found.len; i++)
            got |= 1u << (found.data[i] - 1);
        not_empty += !t.empty;
        some += expected != 0 && expected != (1u << ROWS) - 1;
        if (got != expected) {
            vg_rendered out;
            assert_int_equal(vg_sql(&f->arena, &vg_dialect_sqlite, &out,
                                    SELECT_VALUE(numbers.id), FROM(numbers),
                                    WHERE(t.x)),
                             VG_OK);
            fail_msg("seed %d: rows %#x, expected %#x\n%s", (int)seed, got, expected,
                     out.text);
        }
        vg_arena_reset(&f->arena);
    }
    assert_true(not_empty > TREES / 2);
    assert_true(some > TREES / 10);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(test_expression_trees__agree_with_sqlite, setup,
                                        fixture_close),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
