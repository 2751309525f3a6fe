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

TABLE(posts,
    COLUMN(id,  INTEGER, PRIMARY_KEY),
    COLUMN(uid, INTEGER),
    COLUMN(t,   TEXT))

ALIAS(mgr, users)

PROJECTION(user_name, FIELD(name, users.name))
PROJECTION(user_up, FIELD(up, AS(UPPER(users.name), up)))
PROJECTION(left_joined, ROW(user, users), OPT_ROW(post, posts))
PROJECTION(full_joined, OPT_ROW(user, users), OPT_ROW(post, posts))
PROJECTION(managed, FIELD(id, users.id), FIELD(manager, NULLABLE(mgr.name)))
PROJECTION(user_id, FIELD(id, users.id))
ALIAS(w, user_id)
PROJECTION(max_id, FIELD(m, MAX(users.id)))
ALIAS(w_max, max_id)
PROJECTION(x_only, FIELD(x, SQL(INTEGER, "1")))
ALIAS(w_x, x_only)
PROJECTION(user_posts, FIELD(id, users.id),
    FIELD(n, COUNT_OF(FROM(posts), WHERE(EQ(posts.uid, users.id)))))
// clang-format on

#define CREATE_TABLES                                                            \
    "create table users (id integer primary key, name text, age integer, is_on " \
    "integer);"                                                                  \
    "create table posts (id integer primary key, uid integer, t text);"

#undef CASE
#define CASE(name, ...)                                             \
    static int name(vg_arena *arena, vg_rendered *out)              \
    {                                                               \
        return vg_sql(arena, &vg_dialect_sqlite, out, __VA_ARGS__); \
    }

#define IDS SELECT_VALUE(users.id)
CASE(where_eq, IDS, WHERE(EQ(users.name, "a")))
CASE(where_ne, IDS, WHERE(NE(users.id, 1)))
CASE(where_gte, IDS, WHERE(GTE(users.id, 1)))
CASE(where_lte, IDS, WHERE(LTE(users.id, 1)))
CASE(where_eq_subquery, IDS, WHERE(EQ(users.id, SCALAR(MAX(posts.uid), FROM(posts)))))
CASE(where_and_1, IDS, WHERE(AND(EQ(users.id, 1), SKIP)))
CASE(where_or, IDS, WHERE(OR(EQ(users.id, 1), EQ(users.age, 2))))
CASE(where_not, IDS, WHERE(NOT(EQ(users.id, 1))))
CASE(where_in_array_empty, IDS, WHERE(IN_ARRAY(users.id, (int *)NULL, 0)))
CASE(where_not_in_array_empty, IDS, WHERE(NOT_IN_ARRAY(users.id, (int *)NULL, 0)))
CASE(where_is_null, IDS, WHERE(IS_NULL(users.age)))
CASE(where_exists, IDS, WHERE(EXISTS(SELECT(posts), WHERE(EQ(posts.uid, users.id)))))
CASE(where_between, IDS, WHERE(BETWEEN(users.id, 1, 2)))
CASE(where_like, IDS, WHERE(LIKE(users.name, "a%")))
CASE(where_ilike, IDS, WHERE(ILIKE(users.name, "a%")))
CASE(where_sql_array, IDS, WHERE(IN(users.id, 1, 2)))
CASE(where_sql_if, IDS, WHERE(AND(EQ(users.id, 1), arena ? SKIP : EQ(users.age, 2))))
CASE(agg_count_column, SELECT_VALUE(COUNT(users.id)))
CASE(agg_avg, SELECT_VALUE(AVG(users.id)))
CASE(agg_sum, SELECT_VALUE(SUM(users.id)))
CASE(agg_max, SELECT_VALUE(MAX(users.id)))
CASE(select_all, SELECT(users))
CASE(select_distinct, SELECT_DISTINCT(user_name), FROM(users))
CASE(select_sql_alias, SELECT(user_up), FROM(users), ORDER_BY(SQL(TEXT, "up")))
CASE(left_join, SELECT(left_joined), FROM(users),
     LEFT_JOIN(posts, EQ(users.id, posts.uid)))
CASE(full_join, SELECT(full_joined), FROM(users),
     FULL_JOIN(posts, EQ(users.id, posts.uid)))
CASE(self_join, SELECT(managed), FROM(users), LEFT_JOIN(mgr, EQ(mgr.id, users.age)))
CASE(cte_select, CTE(w, SELECT(user_id), FROM(users)), SELECT(w))
CASE(cte_delete, CTE(w_max, SELECT(max_id), FROM(users)), DELETE_FROM(users),
     WHERE(EQ(users.id, SCALAR(SQL(INTEGER, "m"), FROM(w_max)))))
CASE(cte_raw_sql, CTE(w_x, RAW_SELECT(x_only, "select 1 as x")), SELECT(w_x))
CASE(set_union, IDS, UNION(SELECT_VALUE(posts.id)), ORDER_BY(users.id), LIMIT(3))
CASE(set_intersect, IDS, INTERSECT(SELECT_VALUE(posts.id)), ORDER_BY(users.id),
     LIMIT(3))
CASE(set_nested, SELECT_VALUE(NULLABLE(users.id)),
     UNION(SELECT_VALUE(NULLABLE(posts.id)), UNION_ALL(SELECT_VALUE(posts.uid)),
           LIMIT(1)))
CASE(limit_0, IDS, LIMIT(0))
CASE(offset_only, IDS, OFFSET(5))
CASE(count_embedded, SELECT(user_posts), FROM(users))
#define INSERT_ONE INSERT_INTO(users, SET(name, "a"), SET(age, 7))
CASE(insert_one, INSERT_ONE)
CASE(insert_empty, INSERT_INTO(posts, DEFAULT_VALUES))
CASE(insert_returning, INSERT_ONE, RETURNING_VALUE(users.id))
CASE(conflict_nothing, INSERT_ONE, ON_CONFLICT(users, DO_NOTHING))
CASE(conflict_nothing_target_where, INSERT_ONE,
     ON_CONFLICT(users, KEY(id), KEY_WHERE(GT(users.id, 1)), DO_NOTHING))
CASE(update_sql, UPDATE(users, SET(age, SQL(INTEGER, "? + 1", users.age))), ALL_ROWS)
CASE(update_from, UPDATE(users, SET(name, posts.t)), FROM(posts),
     WHERE(EQ(users.id, posts.uid)))
CASE(delete_where, DELETE_FROM(users), WHERE(EQ(users.id, 1)))
CASE(delete_order_limit, DELETE_FROM(users), ALL_ROWS, ORDER_BY(DESC(users.id)),
     LIMIT(2))

// clang-format off
static const golden_case cases[] = {
    {"where eq", where_eq},
    {"where ne", where_ne},
    {"where gte", where_gte},
    {"where lte", where_lte},
    {"where eq subquery", where_eq_subquery},
    {"where and 1", where_and_1},
    {"where or", where_or},
    {"where not", where_not},
    {"where inArray []", where_in_array_empty},
    {"where notInArray []", where_not_in_array_empty},
    {"where isNull", where_is_null},
    {"where exists", where_exists},
    {"where between", where_between},
    {"where like", where_like},
    {"where ilike", where_ilike},
    {"where sql array", where_sql_array},
    {"where sql.if false", where_sql_if},
    {"agg count col", agg_count_column},
    {"agg avg", agg_avg},
    {"agg sum", agg_sum},
    {"agg max", agg_max},
    {"select all", select_all},
    {"selectDistinct", select_distinct},
    {"select sql alias", select_sql_alias},
    {"leftJoin", left_join},
    {"fullJoin", full_join},
    {"self join alias", self_join},
    {"cte select", cte_select},
    {"cte delete", cte_delete},
    {"cte raw sql", cte_raw_sql},
    {"union", set_union},
    {"intersect", set_intersect},
    {"union nested fn", set_nested},
    {"limit 0", limit_0},
    {"offset only", offset_only},
    {"$count embedded", count_embedded},
    {"insert one", insert_one},
    {"insert empty", insert_empty},
    {"insert returning", insert_returning},
    {"conflict nothing", conflict_nothing},
    {"conflict nothing target where", conflict_nothing_target_where},
    {"update sql", update_sql},
    {"update from", update_from},
    {"delete", delete_where},
    {"delete order limit", delete_order_limit},
};
// clang-format on

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
