/* vg_verify over tables of an attached database: what the plan calls "content.lessons" is what
 * ALLOW calls lessons. */
#include "check.h"

// clang-format off
TABLE(pupils,
    COLUMN(id,   INTEGER, PRIMARY_KEY),
    COLUMN(name, TEXT,    NOT_NULL))
TABLE(lessons,
    IN_DATABASE("content"),
    COLUMN(id,    INTEGER, PRIMARY_KEY),
    COLUMN(title, TEXT,    NOT_NULL))
TABLE(pages,
    IN_DATABASE("content"),
    COLUMN(id,   INTEGER, PRIMARY_KEY),
    COLUMN(body, TEXT,    NOT_NULL))
SCHEMA(school, pupils, lessons, pages)

QUERY(lesson_by_id, ONE(lessons), PARAMS(INTEGER(id)), SELECT(lessons), WHERE(EQ(lessons.id, id)))
QUERY(first_lessons, ALL(lessons), PARAMS(INTEGER(most)),
      SELECT(lessons), ORDER_BY(lessons.id), LIMIT(most))
QUERY(all_lessons, ALL(lessons), PARAMS(), SELECT(lessons), ALLOW(FULL_SCAN, lessons, "a list"))
QUERY(lessons_like, ALL(lessons), PARAMS(TEXT(title)),
      SELECT(lessons), WHERE(EQ(lessons.title, title)))
QUERY(page_of_pupil, ALL(pages), PARAMS(INTEGER(id)),
      SELECT(pages), INNER_JOIN(pupils, EQ(pupils.id, pages.id)), WHERE(EQ(pupils.id, id)))
// clang-format on

static int setup(void **state)
{
    return fixture_open(state, &school, NULL);
}

static void test_verify_attached__names_are_those_of_c(void **state)
{
    fixture *f = *state;
    vg_findings findings;
    check_ok(f->db, vg_attach(f->db, ":memory:", "content", false));
    check_ok(f->db, vg_create_in(f->db, &school, "content"));
    assert_int_equal(vg_verify(f->db, &school, &f->arena, &findings), VG_INVALID);
    assert_int_equal(findings.query_count, 5);
    assert_int_equal(findings.len, 1);
    check_text(findings.data[0].name, "lessons_like");
    assert_int_equal(findings.data[0].kind, VG_FOUND_FULL_SCAN);
    assert_non_null(strstr(findings.data[0].text, "reads all of lessons ("));
    assert_non_null(
        strstr(findings.data[0].text, "ALLOW(FULL_SCAN, lessons, \"why\")"));
}

/* The ready-made main attaches what the schema names: no error but the one finding. */
static void test_verify_attached__main(void **state)
{
    (void)state;
    assert_int_equal(vg_verify_main(&school), 1);
}

/* Without the database the tables are not there, and the findings say so. */
static void test_verify_attached__is_not_there(void **state)
{
    fixture *f = *state;
    vg_findings findings;
    assert_int_equal(vg_verify(f->db, &school, &f->arena, &findings), VG_INVALID);
    assert_int_equal(findings.len, 5);
    for (size_t i = 0; i < findings.len; i++)
        assert_int_equal(findings.data[i].kind, VG_FOUND_ERROR);
}

int main(void)
{
#define TEST(name) cmocka_unit_test_setup_teardown(name, setup, fixture_close)
    const struct CMUnitTest tests[] = {
        TEST(test_verify_attached__names_are_those_of_c),
        TEST(test_verify_attached__is_not_there),
        cmocka_unit_test(test_verify_attached__main),
    };
    return cmocka_run_group_tests_name("verify_attached", tests, NULL, NULL);
}
