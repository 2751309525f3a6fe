/* vg_verify: which expressions are NULL where an outer join finds no row, and which are not. */
#include "check.h"
#include <stdio.h>

// clang-format off
TABLE(people,
    COLUMN(id,    INTEGER, PRIMARY_KEY),
    COLUMN(name,  TEXT,    NOT_NULL),
    COLUMN(email, TEXT),
    COLUMN(age,   INTEGER, NOT_NULL),
    COLUMN(born,  DATE,    NOT_NULL),
    COLUMN(data,  JSON,    NOT_NULL))
TABLE(notes,
    COLUMN(id,     INTEGER, PRIMARY_KEY),
    COLUMN(author, INTEGER, NOT_NULL),
    COLUMN(title,  TEXT,    NOT_NULL))
SCHEMA(office, people, notes)
ALIAS(boss, people)

#define LEFT(name, ...)                                                                \
    PROJECTION(name##_row, FIELD(x, __VA_ARGS__))                                      \
    QUERY(name, ALL(name##_row), PARAMS(INTEGER(id)), SELECT(name##_row), FROM(notes), \
          LEFT_JOIN(people, EQ(notes.author, people.id)), WHERE(EQ(notes.id, id)))

/* Nothing to find: never NULL, or the type says NULL. */
LEFT(good_coalesce, COALESCE(people.email, people.name, "nobody"))
LEFT(good_coalesce_title, COALESCE(people.name, notes.title))
LEFT(good_case, CASE(WHEN(EQ(people.name, "a"), notes.title), ELSE("none")))
LEFT(good_case_alone, CASE(WHEN(EQ(people.name, "a"), people.name)))
LEFT(good_nullif, NULLIF(people.name, "a"))
LEFT(good_is, IS(people.age, 3))
LEFT(good_is_null, IS_NULL(people.name))
LEFT(good_hex, HEX(people.name))
LEFT(good_count, OVER(COUNT(people.name)))
LEFT(good_filter, FILTER(COUNT(), GT(people.age, 1)))
LEFT(good_max, MAX(people.age))
LEFT(good_lag, OVER(LAG(people.name)))
LEFT(good_first, OVER(FIRST_VALUE(people.name)))
LEFT(good_nth, OVER(NTH_VALUE(people.name, 2)))
LEFT(good_object, JSON_OBJECT("name", people.name))
LEFT(good_get, JSON_GET(people.data, "$.a", TEXT))
LEFT(good_set, JSON_SET(JSON_OBJECT("a", 1), "$.a", people.name))
LEFT(good_scalar, SCALAR(boss.name, FROM(boss), WHERE(EQ(boss.id, notes.author))))
LEFT(good_nullable, NULLABLE(people.name))

/* One finding each. */
LEFT(null_case, CASE(WHEN(GT(notes.id, 1), people.name), ELSE("none")))
LEFT(null_else, CASE(WHEN(GT(notes.id, 1), "one"), ELSE(people.name)))
LEFT(null_coalesce, COALESCE(people.email, people.name))
LEFT(null_cast, CAST(people.age, TEXT))
LEFT(null_substr, SUBSTR(people.name, 1, 2))
LEFT(null_second, REPLACE(notes.title, "a", people.name))
LEFT(null_round, ROUND(people.age))
LEFT(null_greatest, GREATEST(notes.id, people.age))
LEFT(null_and, AND(GT(notes.id, 1), GT(people.age, 18)))
LEFT(null_between, BETWEEN(notes.id, 1, people.age))
LEFT(null_contains, CONTAINS(people.name, "a"))
LEFT(null_collate, COLLATE(people.name, NOCASE))
LEFT(null_year, DATE_PART(YEAR, people.born))
LEFT(null_set, JSON_SET(people.data, "$.a", 1))
LEFT(null_lag, OVER(LAG(notes.title, 1, people.name)))
LEFT(null_rowid, ROWID(people))
// clang-format on

static const struct {
    const char *query, *column;
} expected[] = {
    {"null_case", "name"},   {"null_else", "name"},     {"null_coalesce", "name"},
    {"null_cast", "age"},    {"null_substr", "name"},   {"null_second", "name"},
    {"null_round", "age"},   {"null_greatest", "age"},  {"null_and", "age"},
    {"null_between", "age"}, {"null_contains", "name"}, {"null_collate", "name"},
    {"null_year", "born"},   {"null_set", "data"},      {"null_lag", "name"},
    {"null_rowid", "rowid"},
};

static int setup(void **state)
{
    return fixture_open(state, &office, NULL);
}

static void test_verify__follows_a_null_through_expressions(void **state)
{
    fixture *f = *state;
    vg_findings report;
    vg_verify(f->db, NULL, &f->arena, &report);
    for (size_t i = 0; i < report.len; i++) {
        char text[300];
        assert_true(i < COUNT_OF_ARRAY(expected));
        snprintf(text, sizeof text,
                 "the field %s_row.x is NOT NULL, but the outer join may find no row "
                 "of people for people.%s: say NULLABLE, or INNER_JOIN",
                 expected[i].query, expected[i].column);
        check_text(report.data[i].name, expected[i].query);
        check_text(report.data[i].text, text);
    }
    assert_int_equal(report.len, COUNT_OF_ARRAY(expected));
    assert_int_equal(report.query_count, 35);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(test_verify__follows_a_null_through_expressions,
                                        setup, fixture_close),
    };
    return cmocka_run_group_tests_name("verify_null", tests, NULL, NULL);
}
