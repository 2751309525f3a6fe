/* The text and the parameters of a query are Drizzle's: tests/golden/sql.tsv holds
 * what Drizzle ORM renders for SQLite, and each row of it has a case here. Where Virga
 * writes something else on purpose, the row says what and why.
 *
 * A row without a case, a case without a row, and a difference without a reason fail.
 * Whatever Virga renders is also prepared by SQLite. */
#include "golden.h"
#include <sqlite3.h>

// clang-format off
TABLE(users,
    COLUMN(id,    INTEGER, PRIMARY_KEY),
    COLUMN(name,  TEXT),
    COLUMN(age,   INTEGER),
    COLUMN(is_on, BOOLEAN))
// clang-format on

#include "golden_schema.h"

#define GOLDEN_DIALECT vg_dialect_sqlite
#define INSERT_ONE     INSERT_INTO(users, SET(name, "a"), SET(age, 7))

#define CREATE_TABLES                                                            \
    "create table users (id integer primary key, name text, age integer, is_on " \
    "integer);"                                                                  \
    "create table posts (id integer primary key, uid integer, t text);"

/* Those of this database alone. */
#define OWN_CASES(CASE)                                                          \
    CASE("delete order limit", delete_order_limit, DELETE_FROM(users), ALL_ROWS, \
         ORDER_BY(DESC(users.id)), LIMIT(2))

#undef CASE
#define CASE GOLDEN_RENDER
#include "golden_cases.h"
OWN_CASES(CASE)

#undef CASE
#define CASE GOLDEN_ROW
static const golden_case cases[] = {
#include "golden_cases.h"
    OWN_CASES(CASE)};

static int setup(void **state)
{
    return golden_open(state, "sql.tsv");
}

static void test_golden__file_and_cases_agree(void **state)
{
    golden_check_cases(*state, cases, COUNT_OF_ARRAY(cases));
}

static void test_golden__deviations_have_reasons(void **state)
{
    golden_check_deviations(*state);
}

/* Proves: Q001 Q007 Q012 Q030 Q031 Q035 Q039 Q047 Q048 Q050 Q052 Q065 Q079 Q080 Q081 Q082 Q087. */
static void test_golden__text_and_params(void **state)
{
    golden_check_text(*state, cases, COUNT_OF_ARRAY(cases));
}

/* SQLite understands what is rendered; a library without UPDATE ... LIMIT cannot. */
static void test_golden__is_sql(void **state)
{
    (void)state;
    sqlite3 *raw;
    assert_int_equal(sqlite3_open(":memory:", &raw), SQLITE_OK);
    assert_int_equal(sqlite3_exec(raw, CREATE_TABLES, NULL, NULL, NULL), SQLITE_OK);
    size_t wrong = 0;
    bool limits = sqlite3_compileoption_used("ENABLE_UPDATE_DELETE_LIMIT");
    for (size_t i = 0; i < COUNT_OF_ARRAY(cases); i++) {
        vg_arena arena = {0};
        vg_rendered got;
        sqlite3_stmt *stmt = NULL;
        assert_int_equal(cases[i].render(&arena, &got), VG_OK);
        int expected =
            !limits && cases[i].render == delete_order_limit ? SQLITE_ERROR : SQLITE_OK;
        if (sqlite3_prepare_v2(raw, got.text, -1, &stmt, NULL) != expected) {
            print_error("%s: %s\n  %s\n", cases[i].name, got.text, sqlite3_errmsg(raw));
            wrong++;
        }
        if (expected == SQLITE_OK)
            assert_int_equal(sqlite3_bind_parameter_count(stmt), got.param_count);
        sqlite3_finalize(stmt);
        vg_arena_free(&arena);
    }
    sqlite3_close(raw);
    assert_int_equal(wrong, 0);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_golden__file_and_cases_agree),
        cmocka_unit_test(test_golden__deviations_have_reasons),
        cmocka_unit_test(test_golden__text_and_params),
        cmocka_unit_test(test_golden__is_sql),
    };
    return cmocka_run_group_tests(tests, setup, golden_close);
}
