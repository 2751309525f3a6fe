/* Expressions: what each operator renders to and which rows it finds, NULL, precedence
 * (compared with what SQLite makes of the same formula written by hand), aggregates. */
#include "check.h"
#include "library.h"
#include <sqlite3.h>
#include <stdio.h>
#include <stdlib.h>

// clang-format off
TABLE(numbers,
    COLUMN(id, INTEGER, PRIMARY_KEY),
    COLUMN(a, INTEGER, NOT_NULL), COLUMN(b, INTEGER, NOT_NULL), COLUMN(c, INTEGER),
    COLUMN(x, REAL, NOT_NULL), COLUMN(n, NUMERIC, NOT_NULL))
// clang-format on

SCHEMA(arithmetic, numbers)

static int setup(void **state)
{
    return fixture_open(state, &library, LIBRARY_ROWS);
}

static int setup_numbers(void **state)
{
    return fixture_open(
        state, &arithmetic,
        "insert into numbers values (1, 7, 2, 3, 0.5, 2.5), (2, -7, 3, null, -1.5, "
        "4), (3, 0, -5, 1, 8, 0.25), (4, 5, 5, 0, 2, 3), "
        "(5, 12, 4, null, 0, 1);");
}

/* The ids of the books for which the condition holds, joined. */
static const char *ids(fixture *f, vg_predicate condition)
{
    static char out[64];
    vg_int_list list;
    check_ok(f->db, vg_all(f->db, &f->arena, &list, SELECT_VALUE(books.id),
                           WHERE(condition), ORDER_BY(books.id)));
    assert_true(list.len <= 5);
    out[0] = '\0';
    for (size_t i = 0; i < list.len; i++)
        snprintf(out + strlen(out), sizeof out - strlen(out), "%d", (int)list.data[i]);
    return out;
}

typedef struct condition_case {
    vg_predicate condition;
    const char *sql, *params, *ids;
} condition_case;

/* Each condition is rendered after a fixed head, and run. */
static void check_conditions(fixture *f, const condition_case *cases, size_t count)
{
    char sql[600];
    for (size_t i = 0; i < count; i++) {
        const condition_case *c = &cases[i];
        snprintf(sql, sizeof sql, "select \"id\" from \"books\" where %s", c->sql);
        check_sql(sql, c->params, SELECT_VALUE(books.id), WHERE(c->condition));
        check_text(ids(f, c->condition), c->ids);
    }
}

#define PAGES "\"books\".\"pages\""
#define ID    "\"books\".\"id\""
#define TITLE "\"books\".\"title\""

/* With C values of several types, and columns on both sides. */
/* Proves: Q079. */
static void test_expression__comparisons(void **state)
{
    const short small = 2;
    const char letters[] = "Pipes";
    const condition_case cases[] = {
        {EQ(books.pages, 120), PAGES " = ?", "[120]", "4"},
        {NE(books.pages, 120), PAGES " <> ?", "[120]", "125"},
        {GT(books.pages, 66), PAGES " > ?", "[66]", "24"},
        {GTE(books.pages, 66L), PAGES " >= ?", "[66]", "124"},
        {LT(books.pages, 66u), PAGES " < ?", "[66]", "5"},
        {LTE(books.pages, 66ull), PAGES " <= ?", "[66]", "15"},
        {EQ(books.id, small), ID " = ?", "[2]", "2"},
        {EQ(books.title, letters), TITLE " = ?", "[\"Pipes\"]", "3"},
        {EQ(books.title, ((vg_str){"Pipes!", 5})), TITLE " = ?", "[\"Pipes\"]", "3"},
        {GT(books.pages, books.id), PAGES " > " ID, "[]", "1245"},
        {GT(books.price, books.id), "\"books\".\"price\" > " ID, "[]", "1234"},
        {GT(books.price, 9.5), "\"books\".\"price\" > ?", "[9.5]", "23"},
        {GT(books.price, 12), "\"books\".\"price\" > ?", "[12]", "23"},
        {EQ(books.in_print, true), "\"books\".\"in_print\" = ?", "[1]", "125"},
        {EQ(books.in_print, (bool)false), "\"books\".\"in_print\" = ?", "[false]", "3"},
        {EQ(LOWER(books.title), "pipes"), "lower(" TITLE ") = ?", "[\"pipes\"]", "3"},
        {EQ(GT(books.id, 2), GT(books.id, 3)), "(" ID " > ?) = (" ID " > ?)", "[2,3]",
         "1245"},
    };
    check_conditions(*state, cases, COUNT_OF_ARRAY(cases));
}

/* Proves: Q082. */
static void test_expression__tests_on_sqlite(void **state)
{
    const condition_case cases[] = {
        {IS_NULL(books.pages), PAGES " is null", "[]", "3"},
        {IS_NOT_NULL(books.pages), PAGES " is not null", "[]", "1245"},
        {IS_NULL(ADD(books.pages, 1)), PAGES " + ? is null", "[1]", "3"},
        {IS_NULL(GT(books.pages, 1)), "(" PAGES " > ?) is null", "[1]", "3"},
        {BETWEEN(books.pages, 66, 120), PAGES " between ? and ?", "[66,120]", "14"},
        {NOT_BETWEEN(books.pages, 66, 120), PAGES " not between ? and ?", "[66,120]",
         "25"},
        {BETWEEN(books.id, 2, SUB(books.pages, 100)), ID " between ? and " PAGES " - ?",
         "[2,100]", "24"},
        {BETWEEN(books.pages, 120, 66), PAGES " between ? and ?", "[120,66]", ""},
        {LIKE(books.title, "%o%"), TITLE " like ?", "[\"%o%\"]", "125"},
        {NOT_LIKE(books.title, "_o%"), TITLE " not like ?", "[\"_o%\"]", "2345"},
        {LIKE(books.title, "PIPES"), TITLE " like ?", "[\"PIPES\"]", "3"},
        {LIKE(books.title, CONCAT("P", "%")), TITLE " like ? || ?", "[\"P\",\"%\"]",
         "3"},
    };
    check_conditions(*state, cases, COUNT_OF_ARRAY(cases));
}

/* SKIP vanishes, one argument stands bare, NOT binds as SQL does. */
/* Proves: Q080. */
static void test_expression__logic(void **state)
{
    vg_predicate skip = SKIP;
    const condition_case cases[] = {
        {AND(GT(books.id, 1), LT(books.id, 4)), "(" ID " > ? and " ID " < ?)", "[1,4]",
         "23"},
        {OR(EQ(books.id, 1), EQ(books.id, 4)), "(" ID " = ? or " ID " = ?)", "[1,4]",
         "14"},
        {AND(EQ(books.id, 1)), ID " = ?", "[1]", "1"},
        {AND(SKIP, EQ(books.id, 1), SKIP), ID " = ?", "[1]", "1"},
        {OR(AND(SKIP, OR(SKIP)), EQ(books.id, 1)), ID " = ?", "[1]", "1"},
        {AND(OR(EQ(books.id, 1), EQ(books.id, 2)), GT(books.pages, 100)),
         "((" ID " = ? or " ID " = ?) and " PAGES " > ?)", "[1,2,100]", "2"},
        {OR(EQ(books.id, 1), AND(EQ(books.id, 2), GT(books.pages, 100))),
         "(" ID " = ? or (" ID " = ? and " PAGES " > ?))", "[1,2,100]", "12"},
        {NOT(EQ(books.id, 1)), "not " ID " = ?", "[1]", "2345"},
        {NOT(AND(GT(books.id, 1), LT(books.id, 4))), "not (" ID " > ? and " ID " < ?)",
         "[1,4]", "145"},
        {NOT(NOT(EQ(books.id, 1))), "not (not " ID " = ?)", "[1]", "1"},
        {AND(NOT(EQ(books.id, 1)), NOT(EQ(books.id, 2))),
         "(not " ID " = ? and not " ID " = ?)", "[1,2]", "345"},
        {AND(NOT(skip), EQ(books.id, 3)), ID " = ?", "[3]", "3"},
        {NOT(GT(books.pages, 100)), "not " PAGES " > ?", "[100]",
         "15"}, /* NULL stays NULL */
        {OR(GT(books.pages, 100), EQ(books.id, 3)), "(" PAGES " > ? or " ID " = ?)",
         "[100,3]", "234"},
        {ALL_OF(((vg_predicate[]){GT(books.id, 1), SKIP, LT(books.id, 4)}), 3),
         "(" ID " > ? and " ID " < ?)", "[1,4]", "23"},
        {ANY_OF(((vg_predicate[]){EQ(books.id, 5), EQ(books.id, 4)}), 2),
         "(" ID " = ? or " ID " = ?)", "[5,4]", "45"},
        {ANY_OF(((vg_predicate[]){EQ(books.id, 5), EQ(books.id, 4)}), 1), ID " = ?",
         "[5]", "5"},
        {AND(ANY_OF((vg_predicate *)NULL, 0), EQ(books.id, 5)), ID " = ?", "[5]", "5"},
    };
    check_conditions(*state, cases, COUNT_OF_ARRAY(cases));
}

/* Lists, arrays of every element type, empty ones. */
/* Proves: Q081. */
static void test_expression__membership(void **state)
{
    const int ints[] = {1, 3, 99};
    int64_t longs[] = {2, INT64_MAX};
    long long long_longs[] = {4};
    double reals[] = {9.5, 0.5};
    const char *texts[] = {"Pipes", "Notes"};
    char *const mutable[] = {(char *)(uintptr_t) "Pipes"};
    const condition_case cases[] = {
        {IN(books.id, 1, 3, 99), ID " in (?, ?, ?)", "[1,3,99]", "13"},
        {IN(books.id, 1), ID " in (?)", "[1]", "1"},
        {NOT_IN(books.id, 1, books.id), ID " not in (?, " ID ")", "[1]", ""},
        {IN(books.title, "Pipes", "x"), TITLE " in (?, ?)", "[\"Pipes\",\"x\"]", "3"},
        {NOT_IN(books.pages, 66, 120), PAGES " not in (?, ?)", "[66,120]", "25"},
        {IN_ARRAY(books.id, ints, 3), ID " in (?, ?, ?)", "[1,3,99]", "13"},
        {IN_ARRAY(books.id, ints, 1), ID " in (?)", "[1]", "1"},
        {NOT_IN_ARRAY(books.id, longs, 2), ID " not in (?, ?)",
         "[2,9223372036854775807]", "1345"},
        {IN_ARRAY(books.id, long_longs, 1), ID " in (?)", "[4]", "4"},
        {IN_ARRAY(books.price, reals, 2), "\"books\".\"price\" in (?, ?)", "[9.5,0.5]",
         "15"},
        {IN_ARRAY(books.title, texts, 2), TITLE " in (?, ?)", "[\"Pipes\",\"Notes\"]",
         "13"},
        {IN_ARRAY(books.title, mutable, 1), TITLE " in (?)", "[\"Pipes\"]", "3"},
        {IN_ARRAY(books.id, ints, 0), "false", "[]", ""},
        {NOT_IN_ARRAY(books.id, ints, 0), "true", "[]", "12345"},
        {IN_ARRAY(books.id, (int64_t *)NULL, 0), "false", "[]", ""},
        {OR(IN_ARRAY(books.id, ints, 0), EQ(books.id, 2)), "(false or " ID " = ?)",
         "[2]", "2"},
        {NOT(IN_ARRAY(books.id, ints, 0)), "not false", "[]", "12345"},
        {IN(ADD(books.id, 1), 2, 3), ID " + ? in (?, ?)", "[1,2,3]", "12"},
    };
    check_conditions(*state, cases, COUNT_OF_ARRAY(cases));
}

/* Text: join, case, length, blanks. */
/* Proves: Q082. */
static void test_expression__text(void **state)
{
    const condition_case cases[] = {
        {EQ(CONCAT(books.title, "!"), "Pipes!"), TITLE " || ? = ?",
         "[\"!\",\"Pipes!\"]", "3"},
        {EQ(CONCAT("<", CONCAT(books.title, ">")), "<Pipes>"),
         "? || (" TITLE " || ?) = ?", "[\"<\",\">\",\"<Pipes>\"]", "3"},
        {EQ(LENGTH(books.title), 5), "length(" TITLE ") = ?", "[5]", "13"},
        {EQ(UPPER(TRIM(CONCAT(" ", books.title))), "PIPES"),
         "upper(trim(? || " TITLE ")) = ?", "[\" \",\"PIPES\"]", "3"},
    };
    check_conditions(*state, cases, COUNT_OF_ARRAY(cases));
}

/* ---- NULL ---- */

/* A NULL on the right is never equal to anything: it is refused, not silently false. */
static void test_expression__null_operands(void **state)
{
    (void)state;
    const char *none = NULL;
    const char *texts[] = {"a", NULL};
    check_no_sql(
        "EQ: the value is NULL, which no row equals; use IS_NULL, or SKIP to leave the "
        "condition out",
        SELECT(books), WHERE(EQ(books.title, none)));
    check_no_sql("LIKE: the value is NULL, which no row equals; use IS_NULL, or SKIP "
                 "to leave the "
                 "condition out",
                 SELECT(books), WHERE(LIKE(books.title, ((vg_str){NULL, 4}))));
    check_no_sql(
        "IN: the value is NULL, which no row equals; use IS_NULL, or SKIP to leave the "
        "condition out",
        SELECT(books), WHERE(IN(books.title, "a", none)));
    check_no_sql("BETWEEN: the value is NULL, which no row equals; use IS_NULL, or "
                 "SKIP to leave "
                 "the condition out",
                 SELECT(books), WHERE(BETWEEN(books.title, none, "z")));
    check_no_sql("IN_ARRAY: element 1 is NULL", SELECT(books),
                 WHERE(IN_ARRAY(books.title, texts, 2)));
    check_no_sql("IN_ARRAY: the array is NULL", SELECT(books),
                 WHERE(IN_ARRAY(books.id, (int *)NULL, 2)));
}

/* ---- arithmetic ---- */

typedef struct formula {
    const vg_node *node; /* of numbers; its type does not matter here */
    const char *by_hand;
} formula;

/* The sum over all rows, as SQLite sees the hand-written text. */
static double by_hand(fixture *f, const char *expression, int64_t id)
{
    char sql[300];
    snprintf(sql, sizeof sql, "select %s from numbers where id = %d", expression,
             (int)id);
    sqlite3_stmt *stmt;
    assert_int_equal(sqlite3_prepare_v2(vg_raw(f->db), sql, -1, &stmt, NULL),
                     SQLITE_OK);
    assert_int_equal(sqlite3_step(stmt), SQLITE_ROW);
    double value = sqlite3_column_type(stmt, 0) == SQLITE_NULL
                       ? -1e99
                       : sqlite3_column_double(stmt, 0);
    sqlite3_finalize(stmt);
    return value;
}

/* Precedence: parentheses stand wherever the tree and SQL's own rules differ. */
static void test_expression__arithmetic_on_sqlite(void **state)
{
    fixture *f = *state;
    const formula cases[] = {
        {ADD(numbers.a, MUL(numbers.b, 3)).node, "a + b * 3"},
        {MUL(ADD(numbers.a, numbers.b), 3).node, "(a + b) * 3"},
        {SUB(numbers.a, SUB(numbers.b, 1)).node, "a - (b - 1)"},
        {SUB(SUB(numbers.a, numbers.b), 1).node, "a - b - 1"},
        {DIV(numbers.a, numbers.b).node, "a / b"},
        {DIV(numbers.a, MUL(2, numbers.b)).node, "a / (2 * b)"},
        {MUL(DIV(numbers.a, 2), numbers.b).node, "a / 2 * b"},
        {MOD(numbers.a, 4).node, "a % 4"},
        {MOD(ADD(numbers.a, 100), SUB(numbers.b, 100)).node, "(a + 100) % (b - 100)"},
        {NEG(numbers.a).node, "-a"},
        {NEG(SUB(numbers.a, numbers.b)).node, "-(a - b)"},
        {SUB(5, NEG(numbers.a)).node, "5 - (-a)"},
        {NEG(NEG(numbers.a)).node, "-(-a)"},
        {ADD(numbers.a, numbers.x).node, "a + x"},
        {MUL(numbers.x, 0.25).node, "x * 0.25"},
        {ADD(numbers.a, numbers.c).node, "a + c"},
        {ADD(numbers.n, numbers.n).node, "n + n"},
        {SUB(10, numbers.n).node, "10 - n"},
        {ABS(SUB(numbers.a, 10)).node, "abs(a - 10)"},
        {MUL(2, ABS(NEG(numbers.x))).node, "2 * abs(-x)"},
        {MUL(SQL(INTEGER, "? + 1", numbers.a), 2).node, "(a + 1) * 2"},
        {SUB(1, SQL(INTEGER, "? - ?", numbers.a, numbers.b)).node, "1 - (a - b)"},
        {MUL(NULLABLE(ADD(numbers.a, 1)), 2).node, "(a + 1) * 2"},
    };
    for (size_t i = 0; i < COUNT_OF_ARRAY(cases); i++) {
        for (int64_t id = 1; id <= 5; id++) {
            vg_opt_real got = {false, 0};
            vg_real_null value = {cases[i].node};
            check_ok(f->db, vg_get(f->db, NULL, &got, SELECT_VALUE(value),
                                   FROM(numbers), WHERE(EQ(numbers.id, id))));
            double expected = by_hand(f, cases[i].by_hand, id);
            if (got.has ? got.v != expected : expected != -1e99)
                fail_msg("%s for row %d: %g, expected %g", cases[i].by_hand, (int)id,
                         got.v, expected);
        }
    }
}

/* The C type of a result: INTEGER stays INTEGER, REAL and NULL are contagious. */
static void test_expression__arithmetic_types(void **state)
{
    fixture *f = *state;
    int64_t i;
    double d;
    vg_opt_int oi;
    vg_opt_real od;
    const char *n;
/* Not through check_ok: it would spell the expanded expression. */
#define GET(out, x)                                                       \
    rc = vg_get(f->db, &f->arena, &(out), SELECT_VALUE(x), FROM(numbers), \
                WHERE(EQ(numbers.id, 1)));                                \
    check_ok(f->db, rc)
    int rc;
    GET(i, DIV(numbers.a, numbers.b));
    assert_int_equal(i, 3);
    GET(d, DIV(numbers.a, 2.0));
    assert_true(d == 3.5);
    GET(d, MUL(numbers.a, numbers.x));
    assert_true(d == 3.5);
    GET(oi, ADD(numbers.a, numbers.c));
    assert_true(oi.has && oi.v == 10);
    GET(od, MUL(numbers.c, numbers.x));
    assert_true(od.has && od.v == 1.5);
    GET(n, ADD(numbers.n, numbers.n));
    check_text(n, "5.0");
    GET(i, LENGTH(SQL(TEXT, "'äöü'")));
    assert_int_equal(i, 3);
}

/* ---- aggregates ---- */

/* Over rows, over distinct values, over no rows. */
/* Proves: Q087. */
static void test_expression__aggregates(void **state)
{
    fixture *f = *state;
    static const vg_predicate everything = {NULL};
    int64_t i;
    vg_opt_int oi;
    vg_opt_real od;
    const char *text;
#define OF(out, x, where)                                                              \
    rc = vg_get(f->db, &f->arena, &(out), SELECT_VALUE(x), FROM(books), WHERE(where)); \
    check_ok(f->db, rc)
    int rc;
    OF(i, COUNT(), everything);
    assert_int_equal(i, 5);
    OF(i, COUNT(books.pages), everything);
    assert_int_equal(i, 4);
    OF(i, COUNT_DISTINCT(books.author_id), everything);
    assert_int_equal(i, 3);
    OF(oi, SUM(books.pages), everything);
    assert_true(oi.has && oi.v == 468);
    OF(oi, SUM_DISTINCT(books.author_id), everything);
    assert_true(oi.has && oi.v == 6);
    OF(od, AVG(books.pages), everything);
    assert_true(od.has && od.v == 117.0);
    OF(od, AVG_DISTINCT(books.author_id), everything);
    assert_true(od.has && od.v == 2.0);
    OF(od, SUM(books.price), everything);
    assert_true(od.has && od.v == 75.25);
    OF(text, MIN(books.title), everything);
    check_text(text, "Anonymous");
    OF(text, MAX(books.title), everything);
    check_text(text, "The C Book");
    vg_predicate nothing = EQ(books.id, 99);
    OF(i, COUNT(), nothing);
    assert_int_equal(i, 0);
    OF(oi, SUM(books.pages), nothing);
    assert_false(oi.has);
    OF(od, AVG(books.pages), nothing);
    assert_false(od.has);
    OF(text, MAX(books.title), nothing);
    assert_null(text);
    check_sql("select count(distinct \"pages\") from \"books\"", "[]",
              SELECT_VALUE(COUNT_DISTINCT(books.pages)));
    check_sql("select sum(distinct \"pages\" + ?) from \"books\"", "[1]",
              SELECT_VALUE(SUM_DISTINCT(ADD(books.pages, 1))), FROM(books));
}

/* Sums beyond INTEGER are the database's error, not a wrapped number. */
static void test_expression__overflow_on_sqlite(void **state)
{
    fixture *f = *state;
    check_ok(
        f->db,
        vg_script(f->db, "update books set pages = 9223372036854775807 where id < 3"));
    vg_opt_int sum;
    check_fails(f->db,
                vg_get(f->db, NULL, &sum, SELECT_VALUE(SUM(books.pages)), FROM(books)),
                VG_DATABASE, "integer overflow");
}

#define TEST(name) cmocka_unit_test_setup_teardown(name, setup, fixture_close)
#define TEST_NUMBERS(name) \
    cmocka_unit_test_setup_teardown(name, setup_numbers, fixture_close)

int main(void)
{
    struct CMUnitTest tests[] = {
        TEST(test_expression__comparisons),
        TEST(test_expression__tests_on_sqlite),
        TEST(test_expression__logic),
        TEST(test_expression__membership),
        TEST(test_expression__text),
        TEST(test_expression__null_operands),
        TEST_NUMBERS(test_expression__arithmetic_on_sqlite),
        TEST_NUMBERS(test_expression__arithmetic_types),
        TEST(test_expression__aggregates),
        TEST(test_expression__overflow_on_sqlite),
    };
    return run_portable_tests(tests);
}
