/* vg_verify on PostgreSQL: what its planner would do although scans and sorts are made dear to
 * it. */
#include "pg.h"

// clang-format off
TABLE(people,
    COLUMN(id,   INTEGER, PRIMARY_KEY, AUTOINCREMENT),
    COLUMN(name, TEXT,    NOT_NULL, UNIQUE),
    COLUMN(age,  INTEGER, NOT_NULL))
TABLE(notes,
    COLUMN(id,     INTEGER, PRIMARY_KEY, AUTOINCREMENT),
    COLUMN(author, INTEGER, NOT_NULL, REFERENCES(people, id)),
    COLUMN(title,  TEXT,    NOT_NULL))
TABLE(ghosts, COLUMN(id, INTEGER, PRIMARY_KEY))
SCHEMA(office, people, notes)

/* Nothing to find. */
QUERY(good_key, ONE(people), PARAMS(INTEGER(id)), SELECT(people), WHERE(EQ(people.id, id)))
QUERY(good_name, ONE(people), PARAMS(TEXT(name)), SELECT(people), WHERE(EQ(people.name, name)))
QUERY(good_page, ALL(people), PARAMS(INTEGER(most)),
      SELECT(people), ORDER_BY(people.id), LIMIT(most))
QUERY(good_scan, ALL(people), PARAMS(INTEGER(age)), SELECT(people), WHERE(GT(people.age, age)),
      ALLOW(FULL_SCAN, people, "once a year"))
QUERY(good_sort, ALL(people), PARAMS(TEXT(name)), SELECT(people),
      WHERE(EQ(people.name, name)), ORDER_BY(people.age), ALLOW(TEMP_BTREE, "it is one row"))
/* It depends on the rows what is done, so this one is none too many. */
QUERY(good_allow, ONE(people), PARAMS(INTEGER(id)), SELECT(people), WHERE(EQ(people.id, id)),
      ALLOW(FULL_SCAN, people, "while there are few"))

/* One finding each. */
QUERY(bad_scan, ALL(people), PARAMS(INTEGER(age)), SELECT(people), WHERE(GT(people.age, age)))
QUERY(bad_sort, ALL(people), PARAMS(INTEGER(id)), SELECT(people), WHERE(GT(people.id, id)),
      ORDER_BY(people.age))
QUERY(bad_table, ALL(ghosts), PARAMS(), SELECT(ghosts))
// clang-format on

static const struct {
    vg_finding_kind kind;
    const char *name, *text;
} expected[] = {
    {VG_FOUND_FULL_SCAN, "bad_scan", "reads all of people (Seq Scan on people)"},
    {VG_FOUND_TEMP_BTREE, "bad_sort", "Sort"},
    {VG_FOUND_ERROR, "bad_table", "ghosts"},
    {VG_FOUND_FOREIGN_KEY, "notes.author", "has no index"},
};

enum { EXPECTED = sizeof expected / sizeof *expected };

static int setup(void **state)
{
    return pg_fixture_open(state, &office, NULL);
}

static void test_verify__finds_scans_sorts_and_what_is_not_there(void **state)
{
    fixture *f = *state;
    vg_arena arena = {0};
    vg_findings found;
    assert_int_equal(vg_verify(f->db, &office, &arena, &found), VG_INVALID);
    bool seen[EXPECTED] = {false};
    size_t count = 0;
    for (size_t i = 0; i < found.len; i++)
        for (size_t k = 0; k < EXPECTED; k++)
            if (!seen[k] && found.data[i].kind == expected[k].kind &&
                strcmp(found.data[i].name, expected[k].name) == 0 &&
                strstr(found.data[i].text, expected[k].text)) {
                seen[k] = true;
                count++;
            }
    if (count != EXPECTED || found.len != EXPECTED)
        fail_msg("%s", vg_findings_text(&found, &arena));
    assert_int_equal(found.query_count, 9);
    vg_arena_free(&arena);
}

/* Nothing is run and nothing left behind, in a transaction neither. */
static void test_verify__changes_nothing(void **state)
{
    fixture *f = *state;
    vg_arena arena = {0};
    vg_findings found;
    int64_t n = -1;
    VG_TRANSACTION(f->db, tx) {
        vg_exec(f->db, INSERT_INTO(people, SET(name, "a"), SET(age, 1)));
        vg_verify(f->db, NULL, &arena, &found);
        vg_exec(f->db, INSERT_INTO(people, SET(name, "b"), SET(age, 1)));
    }
    vg_result(f->db);
    check_ok(f->db, vg_count(f->db, &n, FROM(people)));
    pg_check_rows_at(f->db, "show enable_seqscan", "on", __FILE__, __LINE__);
    vg_arena_free(&arena);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(
            test_verify__finds_scans_sorts_and_what_is_not_there, setup,
            pg_fixture_close),
        cmocka_unit_test_setup_teardown(test_verify__changes_nothing, setup,
                                        pg_fixture_close),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
