/* Comments on statements: what monitors read, and nothing that gets out. */
#include "check.h"
#include "library.h"

static int setup(void **state)
{
    return fixture_open(state, &library, LIBRARY_ROWS);
}

#define ONE "select \"id\" from \"books\""

/* Proves: Q077 Q078. */
static void test_comment__text(void **state)
{
    fixture *f = *state;
    static const struct {
        const char *text, *expected;
    } cases[] = {
        {"nightly report", ONE " /*nightly report*/"},
        {"*/ drop table books; /*", ONE " /** / drop table books; / **/"},
        {"/*/", ONE " /* / * / */"}, /* no mark opens in "/" and the end */
        {"**/", ONE " /*** / */"},
        {"*", ONE " /***/"},
        {"!50000 select 1", ONE " /* !50000 select 1*/"},
        {"it's \"?\" \n-- x", ONE " /*it's \"?\" \n-- x*/"},
        {"", ONE},
        {NULL, ONE},
    };
    for (size_t i = 0; i < COUNT_OF_ARRAY(cases); i++) {
        vg_int_list ids;
        check_sql(cases[i].expected, "[]", SELECT_VALUE(books.id),
                  COMMENT(cases[i].text));
        check_ok(f->db, vg_all(f->db, &f->arena, &ids, SELECT_VALUE(books.id),
                               COMMENT(cases[i].text)));
        assert_int_equal(ids.len, 5);
    }
}

/* Proves: Q078. */
static void test_comment__tags(void **state)
{
    fixture *f = *state;
    const char *route = "/cart/*/' or 1=1 --";
    check_sql(ONE " /*app='shop',route='%2Fcart%2F%2A%2F%27%20or%201%3D1%20--'*/", "[]",
              SELECT_VALUE(books.id), COMMENT_TAGS("route", route, "app", "shop"));
    check_sql(
        ONE " /*b%2A%2F='%C3%A4'*/", "[]", SELECT_VALUE(books.id),
        COMMENT_TAGS("a", NULL == f ? "x" : (const char *)NULL, "b*/", "\xc3\xa4"));
    check_sql(ONE, "[]", SELECT_VALUE(books.id),
              COMMENT_TAGS((const char *)NULL, "x", "a", (const char *)NULL));
}

/* At the end of every statement; part of what the cache compares. */
/* Proves: Q078. */
static void test_comment__statements(void **state)
{
    fixture *f = *state;
    struct books_new row = {.title = "x"};
    struct books book = {.id = 1, .title = "y"};
    books_list list;
    check_sql("insert into \"books\" (\"title\") values (?) returning \"id\" /*c*/",
              "[\"x\"]", INSERT_INTO(books, SET(title, "x")), COMMENT("c"),
              RETURNING_VALUE(books.id));
    check_sql("insert into \"books\" (\"author_id\", \"title\", \"pages\", "
              "\"in_print\") values "
              "(?, ?, ?, ?) /*c*/",
              "[null,\"x\",null,null]", INSERT_INTO(books, VALUES(&row)), COMMENT("c"));
    check_sql("update \"books\" set \"title\" = ? where \"books\".\"id\" = ? /*c*/",
              "[\"y\",1]", UPDATE_ROWS(books, &book, 1, KEY(id), SET_EACH(title)),
              COMMENT("c"));
    check_sql("update \"books\" set \"title\" = ? where \"books\".\"id\" = ? /*c*/",
              "[\"y\",1]", UPDATE(books, SET(title, "y")), WHERE(EQ(books.id, 1)),
              COMMENT("c"));
    check_sql("delete from \"books\" /*c*/", "[]", DELETE_FROM(books), ALL_ROWS,
              COMMENT("c"));
    check_sql("select 1 /*c*/", "[]", RAW("select 1"), COMMENT("c"));
    check_sql("select \"id\" from \"books\" union select \"id\" from \"authors\" limit "
              "? /*c*/",
              "[1]", SELECT_VALUE(books.id), UNION(SELECT_VALUE(authors.id)), LIMIT(1),
              COMMENT("c"));
    const char *texts[] = {"one", "two", "one", NULL, "two"};
    uint64_t misses = vg_statistics(f->db).misses;
    for (size_t i = 0; i < COUNT_OF_ARRAY(texts); i++)
        check_ok(f->db,
                 vg_all(f->db, &f->arena, &list, SELECT(books), COMMENT(texts[i])));
    assert_int_equal(vg_statistics(f->db).misses - misses, 3);
    check_no_sql("COMMENT belongs to the whole statement", SELECT(books),
                 WHERE(EXISTS(SELECT(authors), COMMENT("c"))));
    check_no_sql("the statement is not valid: COMMENT stands twice", SELECT(books),
                 COMMENT("a"), COMMENT("b"));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(test_comment__text, setup, fixture_close),
        cmocka_unit_test_setup_teardown(test_comment__tags, setup, fixture_close),
        cmocka_unit_test_setup_teardown(test_comment__statements, setup, fixture_close),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
