/* SQL written by hand: fragments with values, expressions and identifiers, whole
 * statements, rows read by position, and that nothing can be pasted into SQL. */
#include "check.h"
#include "library.h"

// clang-format off
PROJECTION(two, FIELD(n, SQL(INTEGER, "1")), FIELD(t, NULLABLE(SQL(TEXT, "'a'"))))
PROJECTION(one_row, ROW(book, books), FIELD(extra, SQL(INTEGER, "1")))
PROJECTION(name_only, FIELD(name, SQL(TEXT, "upper(?)", authors.name)))
// clang-format on

static int setup(void **state)
{
    return fixture_open(state, &library, LIBRARY_ROWS);
}

/* Values become parameters, expressions are written in place. */
/* Proves: Q072 Q073. */
static void test_raw__fragment(void **state)
{
    fixture *f = *state;
    check_sql(
        "select \"id\" from \"books\" where length(\"books\".\"title\") + ? > "
        "\"books\".\"pages\" * ?",
        "[2,3]", SELECT_VALUE(books.id),
        WHERE(SQL(BOOLEAN, "length(?) + ? > ?", books.title, 2, MUL(books.pages, 3))));
    check_sql("select \"id\" from \"books\" where \"books\".\"title\" glob ?",
              "[\"P*\"]", SELECT_VALUE(books.id),
              WHERE(SQL(BOOLEAN, "? glob ?", books.title, "P*")));
    vg_int_list list;
    check_ok(f->db, vg_all(f->db, &f->arena, &list, SELECT_VALUE(books.id),
                           WHERE(SQL(BOOLEAN, "? glob ?", books.title, "P*"))));
    assert_true(list.len == 1 && list.data[0] == 3);
    struct name_only name;
    check_ok(f->db, vg_get(f->db, &f->arena, &name, SELECT(name_only), FROM(authors),
                           ORDER_BY(SQL(INTEGER, "?", authors.id))));
    check_text(name.name, "ADA");
}

/* A whole query in a fragment, and a list that is as long as the array. */
/* Proves: Q072 Q073. */
static void test_raw__fragment_queries_and_lists(void **state)
{
    fixture *f = *state;
    vg_int_list ids;
    const int64_t some[] = {1, 3, 4};
    check_sql(
        "select \"id\" from \"books\" where ifnull((select max(\"id\") from "
        "\"authors\" where \"authors\".\"born\" < ?), 0) >= \"books\".\"id\"",
        "[1900]", SELECT_VALUE(books.id),
        WHERE(SQL(BOOLEAN, "ifnull(?, 0) >= ?",
                  SCALAR(MAX(authors.id), FROM(authors), WHERE(LT(authors.born, 1900))),
                  books.id)));
    check_sql("select \"id\" from \"books\" where (\"books\".\"id\" in (?, ?, ?)) is "
              "not true",
              "[1,3,4]", SELECT_VALUE(books.id),
              WHERE(SQL(BOOLEAN, "(?) is not true", IN_ARRAY(books.id, some, 3))));
    check_ok(f->db,
             vg_all(f->db, &f->arena, &ids, SELECT_VALUE(books.id),
                    WHERE(SQL(BOOLEAN, "(?) is not true", IN_ARRAY(books.id, some, 3))),
                    ORDER_BY(books.id)));
    assert_int_equal(ids.len, 2);
    assert_int_equal(ids.data[0], 2);
    assert_int_equal(ids.data[1], 5);
}

/* Every C type that a query takes. */
static void test_raw__fragment_values(void **state)
{
    fixture *f = *state;
    vg_uuid uuid = {{0xab}};
    vg_timestamp time = {1500000};
    bool all = false;
    check_ok(f->db,
             vg_get(f->db, NULL, &all,
                    SELECT_VALUE(SQL(
                        BOOLEAN,
                        "? = 1 and ? = 'b' and ? = 2.5 and ? = 1 and ? = x'63' and "
                        "? = 'de' and ? is null and ? = 1500000 and ? = "
                        "'ab000000-0000-0000-0000-000000000000'",
                        (char)1, "b", 2.5f, (bool)true, ((vg_bytes){"c", 1}),
                        ((vg_str){"def", 2}), ((vg_opt_int){false, 1}), time, &uuid))));
    assert_true(all);
}

/* Marks in quotes are text; ?? is a question mark; comments and casts stay as they
 * are. */
/* Proves: Q072. */
static void test_raw__marks(void **state)
{
    (void)state;
    check_sql("select '?' || \"a?\" || `b?` || ? || 'it''s ?' ? 1", "[7]",
              RAW("select '?' || \"a?\" || `b?` || ? || 'it''s ?' ?? 1", 7));
    check_sql("select ??", "[]", RAW("select ????"));
    check_sql("?1?", "[]", RAW("??1??"));
    check_sql("(select count(*) from \"books\") + ?", "[1]",
              RAW("? + ?", COUNT_OF(FROM(books)), 1));
}

/* Identifiers are quoted, whatever they hold. */
/* Proves: Q073 Q074. */
static void test_raw__identifiers(void **state)
{
    fixture *f = *state;
    static const char *const names[] = {
        "plain",  "two words", "quo\"te", "\"; drop table books; --",
        "select", "?",         "a.b",     "ünïcode",
        "'",      "back`tick", "[x]",     "new\nline",
    };
    check_sql("select \"a\"\"b\".\"c\" from \"a\"\"b\"", "[]",
              RAW("select ?.? from ?", IDENT("a\"b"), IDENT("c"), IDENT("a\"b")));
    for (size_t i = 0; i < COUNT_OF_ARRAY(names); i++) {
        check_ok(f->db, vg_exec(f->db, RAW("create table ? (? integer)",
                                           IDENT(names[i]), IDENT(names[i]))));
        check_ok(f->db, vg_exec(f->db, RAW("insert into ? values (?)", IDENT(names[i]),
                                           (int)i)));
        int64_t n = -1;
        check_ok(f->db, vg_get(f->db, NULL, &n,
                               SELECT_VALUE(SQL(INTEGER, "(select ? from ?)",
                                                IDENT(names[i]), IDENT(names[i])))));
        assert_int_equal(n, i);
    }
    check_rows(f->db, "select count(*) from books", "5");
    check_fails(f->db, vg_exec(f->db, RAW("select ?", IDENT(""))), VG_INVALID,
                "IDENT: the name is empty");
    const char *none = NULL;
    check_fails(f->db, vg_exec(f->db, RAW("select ?", IDENT(none))), VG_INVALID,
                "IDENT: the name is empty");
}

/* Section 8: a value is never part of the text. */
/* Proves: Q072. */
static void test_raw__values_cannot_inject(void **state)
{
    fixture *f = *state;
    static const char *const evil[] = {
        "'; drop table books; --",
        "\" or 1=1",
        "' or '1'='1",
        "?",
        "??",
        "\\'",
        "%s%n",
        "a\nb",
        "/*",
        "*/",
        "--",
        "\xbf'",
        "$1",
        ":x",
        "@y",
    };
    for (size_t i = 0; i < COUNT_OF_ARRAY(evil); i++) {
        int64_t n = -1;
        const char *back;
        check_ok(f->db,
                 vg_count(f->db, &n, FROM(books), WHERE(EQ(books.title, evil[i]))));
        assert_int_equal(n, 0);
        check_ok(f->db, vg_exec(f->db, UPDATE(books, SET(title, evil[i])),
                                WHERE(EQ(books.id, 1))));
        check_ok(f->db, vg_get(f->db, &f->arena, &back, SELECT_VALUE(books.title),
                               WHERE(EQ(books.title, evil[i]))));
        check_text(back, evil[i]);
    }
    check_rows(f->db, "select count(*) from books", "5");
}

/* Comments are left alone, and do not swallow what follows; a fragment may not end inside
 * a quote, which the next one would close. */
static void test_raw__comments_and_open_quotes(void **state)
{
    (void)state;
    check_sql("select 1 -- it's ?\n + ? /* ? ' */", "[2]",
              RAW("select 1 -- it's ?\n + ? /* ? ' */", 2));
    check_sql("select \"id\" from \"books\" where \"id\" > ? -- ?\n limit ?", "[1,2]",
              SELECT_VALUE(books.id), WHERE(SQL(BOOLEAN, "\"id\" > ? -- ?", 1)),
              LIMIT(2));
    check_no_sql("the fragment \"? || 'a\" ends inside a quote or comment",
                 SELECT(books), WHERE(EQ(books.title, SQL(TEXT, "? || 'a", "b"))));
    check_no_sql("the fragment \"1 /* one\" ends inside a quote or comment",
                 SELECT(books), WHERE(EQ(books.id, SQL(INTEGER, "1 /* one"))));
}

/* Too few and too many marks. */
static void test_raw__mark_count(void **state)
{
    (void)state;
    check_no_sql("the fragment \"? + ?\" has 2 ? marks for 1 values", SELECT(books),
                 WHERE(EQ(books.id, SQL(INTEGER, "? + ?", 1))));
    check_no_sql("the fragment \"? + 1\" has 1 ? marks for 2 values", SELECT(books),
                 WHERE(EQ(books.id, SQL(INTEGER, "? + 1", 1, 2))));
    check_no_sql("the fragment \"'?' + 1\" has 0 ? marks for 1 values", SELECT(books),
                 WHERE(EQ(books.id, SQL(INTEGER, "'?' + 1", 1))));
    check_no_sql("the fragment \"select ?, ?\" has 2 ? marks for 0 values",
                 RAW("select ?, ?"));
    check_no_sql(
        "column loans.day: loans is not in FROM; add FROM(loans) or a join with it",
        SELECT(books), WHERE(SQL(BOOLEAN, "? = 1", loans.day)));
}

/* Parentheses where a fragment with operators of its own meets another operator. */
/* Proves: Q072. */
static void test_raw__precedence(void **state)
{
    (void)state;
    check_sql(
        "select \"id\" from \"books\" where (\"books\".\"id\" = ? or 1 = 0) and "
        "\"books\".\"id\" > ?",
        "[1,2]", SELECT_VALUE(books.id),
        WHERE(SQL(BOOLEAN, "? and ?", SQL(BOOLEAN, "(? or 1 = 0)", EQ(books.id, 1)),
                  GT(books.id, 2))));
    check_sql("select \"id\" from \"books\" where ((1 = 0 or 2 = 2) and "
              "\"books\".\"id\" > ?)",
              "[2]", SELECT_VALUE(books.id),
              WHERE(AND(SQL(BOOLEAN, "1 = 0 or 2 = 2"), GT(books.id, 2))));
    check_sql("select \"id\" from \"books\" where not (1 = 0 or 2 = 2)", "[]",
              SELECT_VALUE(books.id), WHERE(NOT(SQL(BOOLEAN, "1 = 0 or 2 = 2"))));
}

/* Rows of a declared shape by position. */
/* Proves: Q042. */
static void test_raw__select(void **state)
{
    fixture *f = *state;
    books_list list;
    check_ok(f->db, vg_all(f->db, &f->arena, &list,
                           RAW_SELECT(books,
                                      "select * from books where id > ? and title <> ? "
                                      "order by id",
                                      3, "x")));
    assert_int_equal(list.len, 2);
    check_text(list.data[0].title, "Letters");
    assert_false(list.data[0].in_print.has);
    struct two pair;
    check_ok(f->db,
             vg_get(f->db, &f->arena, &pair,
                    RAW_SELECT(two, "select count(*), null from ?", IDENT("books"))));
    assert_int_equal(pair.n, 5);
    assert_null(pair.t);
    struct one_row row;
    check_ok(f->db, vg_get(f->db, &f->arena, &row,
                           RAW_SELECT(one_row, "select *, 77 from books limit 1")));
    check_text(row.book.title, "Notes");
    assert_int_equal(row.extra, 77);
    two_list twos;
    check_ok(f->db,
             vg_all(f->db, &f->arena, &twos,
                    RAW_SELECT(two,
                               "insert into loans values (?, 9, 'x') returning day, "
                               "reader",
                               4)));
    assert_int_equal(twos.len, 1);
    assert_int_equal(twos.data[0].n, 9);
}

/* The number of columns is checked, for any shape. */
static void test_raw__column_count(void **state)
{
    fixture *f = *state;
    struct two pair;
    struct one_row row;
    books_list list;
    check_fails(f->db, vg_get(f->db, &f->arena, &pair, RAW_SELECT(two, "select 1")),
                VG_SCHEMA, "the statement yields 1 columns, but a row of two has 2");
    check_fails(f->db,
                vg_get(f->db, &f->arena, &pair, RAW_SELECT(two, "select 1, 2, 3")),
                VG_SCHEMA, "the statement yields 3 columns, but a row of two has 2");
    check_fails(
        f->db,
        vg_get(f->db, &f->arena, &row, RAW_SELECT(one_row, "select * from books")),
        VG_SCHEMA, "the statement yields 6 columns, but a row of one_row has 7");
    check_fails(f->db,
                vg_all(f->db, &f->arena, &list,
                       RAW_SELECT(books, "update books set price = 1 where id = 1")),
                VG_SCHEMA, "the statement yields 0 columns, but a row of books has 6");
    check_rows(f->db, "select price from books where id = 1", "9.5");
}

/* Statements without rows, and with rows that nobody wants. */
/* Proves: Q042. */
static void test_raw__exec(void **state)
{
    fixture *f = *state;
    check_ok(f->db, vg_exec(f->db, RAW("pragma user_version = 3")));
    check_rows(f->db, "pragma user_version", "3");
    check_ok(f->db, vg_exec(f->db, RAW("update books set pages = pages + ? where ?", 1,
                                       LTE(SQL(INTEGER, "id"), 2))));
    assert_int_equal(vg_changes(f->db), 2);
    check_ok(f->db, vg_exec(f->db, RAW("select * from books")));
    check_fails(f->db, vg_exec(f->db, RAW("selec 1")), VG_SYNTAX,
                "near \"selec\": syntax error");
    check_fails(f->db, vg_exec(f->db, RAW("")), VG_SYNTAX, "the statement is empty");
    check_fails(f->db, vg_exec(f->db, RAW("select * from nowhere")), VG_SCHEMA,
                "no such table: nowhere");
    check_fails(f->db, vg_exec(f->db, RAW("select volume from books")), VG_SCHEMA,
                "no such column: volume");
    check_fails(f->db, vg_exec(f->db, RAW("delete from loans; delete from books")),
                VG_SYNTAX, "one statement at a time; vg_script runs several");
    check_ok(f->db, vg_exec(f->db, RAW("delete from loans where day = 2; ")));
    check_rows(f->db, "select count(*) from loans", "2");
}

#define TEST(name) cmocka_unit_test_setup_teardown(name, setup, fixture_close)

int main(void)
{
    const struct CMUnitTest tests[] = {
        TEST(test_raw__fragment),
        TEST(test_raw__fragment_queries_and_lists),
        TEST(test_raw__fragment_values),
        TEST(test_raw__marks),
        TEST(test_raw__identifiers),
        TEST(test_raw__values_cannot_inject),
        TEST(test_raw__comments_and_open_quotes),
        TEST(test_raw__mark_count),
        TEST(test_raw__precedence),
        TEST(test_raw__select),
        TEST(test_raw__column_count),
        TEST(test_raw__exec),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
