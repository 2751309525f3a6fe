/* The text and the parameters of a query on PostgreSQL are Drizzle's, as those on SQLite
 * (test_golden.c): tests/golden/postgres.tsv. */
#include "golden.h"

// clang-format off
TABLE(users,
    COLUMN(id,    INTEGER, PRIMARY_KEY),
    COLUMN(name,  TEXT),
    COLUMN(age,   INTEGER),
    COLUMN(is_on, BOOLEAN),
    COLUMN(tags,  ARRAY(TEXT)))
// clang-format on

#include "golden_schema.h"

#define GOLDEN_DIALECT vg_dialect_postgres
#define INSERT_ONE     INSERT_INTO(users, SET(name, "a"))

// clang-format off
PROJECTION(post_t, FIELD(t, posts.t))
ALIAS(sq, post_t)
PROJECTION(with_post, FIELD(id, users.id), FIELD(t, NULLABLE(sq.t)))
// clang-format on

#define A_TEXT ((const char *[]){"a"})

/* Those of this database alone. */
#define OWN_CASES(CASE)                                                                \
    CASE("where arrayContains", where_array_contains, IDS,                             \
         WHERE(ARRAY_CONTAINS(users.tags, (&(vg_text_array){A_TEXT, 1, NULL, NULL})))) \
    CASE("where arrayOverlaps", where_array_overlaps, IDS,                             \
         WHERE(ARRAY_OVERLAPS(users.tags, (&(vg_text_array){A_TEXT, 1, NULL, NULL})))) \
    CASE("leftJoinLateral", left_join_lateral, SELECT(with_post), FROM(users),         \
         LEFT_JOIN_LATERAL(SUBQUERY(sq, SELECT(post_t), FROM(posts),                   \
                                    WHERE(EQ(posts.uid, users.id))),                   \
                           SKIP))                                                      \
    CASE("intersectAll", intersect_all, IDS, INTERSECT_ALL(SELECT_VALUE(posts.id)))    \
    CASE("for share of nowait", for_share, IDS,                                        \
         FOR_NO_KEY_UPDATE(LOCK_OF(users), NOWAIT))                                    \
    CASE("overriding system value", overriding,                                        \
         INSERT_INTO(users, OVERRIDING_SYSTEM_VALUE, SET(id, 1), SET(name, "a")))

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
    return golden_open(state, "postgres.tsv");
}

static void test_golden__file_and_cases_agree(void **state)
{
    golden_check_cases(*state, cases, COUNT_OF_ARRAY(cases));
}

static void test_golden__deviations_have_reasons(void **state)
{
    golden_check_deviations(*state);
}

/* Proves: Q013 Q026 Q027 Q032 Q058 Q075 Q083 Q084. */
static void test_golden__text_and_params(void **state)
{
    golden_check_text(*state, cases, COUNT_OF_ARRAY(cases));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_golden__file_and_cases_agree),
        cmocka_unit_test(test_golden__deviations_have_reasons),
        cmocka_unit_test(test_golden__text_and_params),
    };
    return cmocka_run_group_tests(tests, setup, golden_close);
}
