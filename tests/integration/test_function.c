/* Functions: what they render to, what SQLite makes of them, where NULL goes, and what is
 * refused when a query runs. */
#include "check.h"
#include "library.h"

static int setup(void **state)
{
    return fixture_open(state, &library, LIBRARY_ROWS);
}

/* The texts that an expression is for the books in the order of their ids, joined by |. */
static const char *texts(fixture *f, vg_text_null x)
{
    static char out[400];
    vg_text_list list;
    check_ok(f->db, vg_all(f->db, &f->arena, &list, SELECT_VALUE(COALESCE(x, "NULL")),
                           FROM(books), ORDER_BY(books.id)));
    out[0] = '\0';
    for (size_t i = 0; i < list.len; i++) {
        strncat(out, i ? "|" : "", sizeof out - strlen(out) - 1);
        strncat(out, list.data[i], sizeof out - strlen(out) - 1);
    }
    return out;
}

static const char *text_of(fixture *f, vg_text x)
{
    return texts(f, NULLABLE(x));
}

#define int_of(f, x)                                                                 \
    __extension__({                                                                  \
        int64_t int_of_out = -99;                                                    \
        check_ok((f)->db, vg_get((f)->db, &(f)->arena, &int_of_out, SELECT_VALUE(x), \
                                 FROM(books), ORDER_BY(books.id), LIMIT(1)));        \
        int_of_out;                                                                  \
    })

#define real_of(f, x)                                                                 \
    __extension__({                                                                   \
        double real_of_out = -99;                                                     \
        check_ok((f)->db, vg_get((f)->db, &(f)->arena, &real_of_out, SELECT_VALUE(x), \
                                 FROM(books), ORDER_BY(books.id), LIMIT(1)));         \
        real_of_out;                                                                  \
    })

#define count_where(f, x)                                                        \
    __extension__({                                                              \
        int64_t count_out = -99;                                                 \
        check_ok((f)->db, vg_count((f)->db, &count_out, FROM(books), WHERE(x))); \
        (int)count_out;                                                          \
    })

/* Proves: Q068 Q089. */
static void test_function__case(void **state)
{
    fixture *f = *state;
    vg_text size = CASE(WHEN(IS_NULL(books.pages), "unknown"),
                        WHEN(LT(books.pages, 100), "thin"), ELSE("thick"));
    check_sql(
        "select case when \"pages\" is null then ? when \"pages\" < ? then ? else ? "
        "end from \"books\"",
        "[\"unknown\",100,\"thin\",\"thick\"]", SELECT_VALUE(size), FROM(books));
    check_text(text_of(f, size), "thin|thick|unknown|thick|thin");
    vg_int_null no_else = CASE(WHEN(EQ(books.id, 2), books.pages));
    assert_int_equal(count_where(f, IS_NULL(no_else)), 4);
    vg_real wide = CASE(WHEN(EQ(books.id, 1), books.id), ELSE(0.5));
    assert_true(real_of(f, wide) == 1);
    check_ok(f->db, vg_exec(f->db,
                            UPDATE(books, SET(title, CASE(WHEN(EQ(books.id, 1), "one"),
                                                          WHEN(EQ(books.id, 2), "two"),
                                                          ELSE(books.title)))),
                            WHERE(IN(books.id, 1, 2, 3))));
    check_rows(f->db, "select title from books where id < 4", "one;two;Pipes");
}

static void test_function__case_refusals(void **state)
{
    (void)state;
    const char *missing = NULL;
    check_no_sql("CASE: ELSE stands last, after a WHEN",
                 SELECT_VALUE(CASE(ELSE(1), WHEN(EQ(books.id, 1), 2))), FROM(books));
    check_no_sql("WHEN: SKIP is no value; it stands in AND, OR, NOT and WHERE",
                 SELECT_VALUE(CASE(WHEN(SKIP, 2))), FROM(books));
    check_no_sql(
        "CASE: a value is a NULL pointer; say NULL, or leave the expression out",
        SELECT_VALUE(CASE(WHEN(EQ(books.id, 1), missing))), FROM(books));
}

/* Proves: Q089. */
static void test_function__coalesce(void **state)
{
    fixture *f = *state;
    vg_opt_int none = {0};
    check_sql("select coalesce(\"pages\", ?) from \"books\"", "[0]",
              SELECT_VALUE(COALESCE(books.pages, 0)), FROM(books));
    assert_int_equal(count_where(f, EQ(COALESCE(books.pages, 0), 0)), 1);
    assert_int_equal(count_where(f, IS_NULL(NULLIF(books.pages, 120))), 2);
    assert_int_equal(count_where(f, IS_NULL(COALESCE(books.pages, none))), 1);
    assert_int_equal(int_of(f, GREATEST(books.id, 3, 2)), 3);
    assert_int_equal(int_of(f, LEAST(books.id, 3)), 1);
    assert_true(real_of(f, GREATEST(books.id, 2.5)) == 2.5);
}

static void test_function__cast(void **state)
{
    fixture *f = *state;
    check_sql("select cast(\"title\" as integer) from \"books\"", "[]",
              SELECT_VALUE(CAST(books.title, INTEGER)), FROM(books));
    assert_int_equal(int_of(f, CAST("12", INTEGER)), 12);
    assert_true(real_of(f, CAST("1.5", REAL)) == 1.5);
    check_text(text_of(f, CONCAT(CAST(books.id, TEXT), "!")), "1!|2!|3!|4!|5!");
}

/* Proves: Q086. */
static void test_function__text(void **state)
{
    fixture *f = *state;
    check_sql("select substr(\"title\", ?, ?) from \"books\"", "[2,3]",
              SELECT_VALUE(SUBSTR(books.title, 2, 3)), FROM(books));
    check_text(text_of(f, SUBSTR(SQL(TEXT, "'abcdef'"), 3)),
               "cdef|cdef|cdef|cdef|cdef");
    check_text(text_of(f, SUBSTR(SQL(TEXT, "'abcdef'"), -2)), "ef|ef|ef|ef|ef");
    check_text(text_of(f, SUBSTR(SQL(TEXT, "'abcdef'"), -3, 2)), "de|de|de|de|de");
    check_text(text_of(f, SUBSTR(SQL(TEXT, "'ab'"), -3, 2)), "a|a|a|a|a");
    assert_int_equal(int_of(f, INSTR("abc", "c")), 3);
    assert_int_equal(count_where(f, EQ(books.title, REPLACE("Pipxs", "x", "e"))), 1);
    assert_int_equal(count_where(f, EQ(books.title, TRIM("  Pipes "))), 1);
    assert_int_equal(count_where(f, EQ(books.title, TRIM("xPipesx", "x"))), 1);
    assert_int_equal(count_where(f, EQ(books.title, LTRIM("xPipes", "x"))), 1);
    assert_int_equal(count_where(f, EQ(books.title, RTRIM("Pipes  "))), 1);
    assert_int_equal(count_where(f, EQ(HEX(books.title), "5069706573")), 1);
    assert_int_equal(count_where(f, EQ(UNICODE(books.title), 'P')), 1);
    assert_int_equal(count_where(f, EQ(books.title, CHR(80, 105, 112, 101, 115))), 1);
    check_sql("select \"title\" || ? || \"title\" from \"books\"", "[\"-\"]",
              SELECT_VALUE(CONCAT(books.title, "-", books.title)), FROM(books));
    assert_int_equal(count_where(f, EQ(COLLATE(books.title, NOCASE), "PIPES")), 1);
    assert_int_equal(count_where(f, EQ(COLLATE(CONCAT("pi", "PES"), NOCASE), "pipes")),
                     5);
}

/* Proves: Q082 Q083. */
static void test_function__search_on_sqlite(void **state)
{
    fixture *f = *state;
    check_ok(f->db, vg_exec(f->db, UPDATE(books, SET(title, "50%_\\off")),
                            WHERE(EQ(books.id, 1))));
    check_sql(
        "select count(*) from \"books\" where \"books\".\"title\" like ? escape '\\'",
        "[\"%0\\%\\_\\\\%\"]", SELECT_VALUE(COUNT()), FROM(books),
        WHERE(CONTAINS(books.title, "0%_\\")));
    assert_int_equal(count_where(f, CONTAINS(books.title, "0%_\\o")), 1);
    assert_int_equal(count_where(f, CONTAINS(books.title, "%")), 1);
    assert_int_equal(count_where(f, STARTS_WITH(books.title, "50%")), 1);
    assert_int_equal(count_where(f, STARTS_WITH(books.title, "0%")), 0);
    assert_int_equal(count_where(f, ENDS_WITH(books.title, "\\off")), 1);
    assert_int_equal(count_where(f, ENDS_WITH(books.title, SUBSTR(books.title, 3))), 5);
    assert_int_equal(count_where(f, CONTAINS(books.title, "")), 5);
    const char *pattern = vg_like_escape(&f->arena, "50%");
    check_text(pattern, "50\\%");
    assert_int_equal(count_where(f, LIKE_ESCAPED(books.title, CONCAT(pattern, "%"))),
                     1);
    assert_int_equal(count_where(f, NOT_LIKE_ESCAPED(books.title, "50\\%%")), 4);
    assert_null(vg_like_escape(&f->arena, NULL));
    check_sql("select count(*) from \"books\" where \"books\".\"title\" like ?",
              "[\"PIPES\"]", SELECT_VALUE(COUNT()), FROM(books),
              WHERE(ILIKE(books.title, "PIPES")));
    assert_int_equal(count_where(f, ILIKE(books.title, "PIPES")), 1);
    assert_int_equal(count_where(f, NOT_ILIKE(books.title, "PIPES")), 4);
    assert_int_equal(count_where(f, GLOB(books.title, "P?pe*")), 1);
    assert_int_equal(count_where(f, NOT_GLOB(books.title, "p?pe*")), 5);
}

/* Proves: Q079. */
static void test_function__is(void **state)
{
    fixture *f = *state;
    vg_opt_int none = {0}, some = VG_SOME(120);
    const char *missing = NULL;
    check_sql("select \"id\" from \"books\" where \"books\".\"pages\" is ?", "[null]",
              SELECT_VALUE(books.id), WHERE(IS(books.pages, none)));
    assert_int_equal(count_where(f, IS(books.pages, none)), 1);
    assert_int_equal(count_where(f, IS(books.pages, some)), 1);
    assert_int_equal(count_where(f, IS_NOT(books.pages, some)), 4);
    assert_int_equal(count_where(f, IS(books.title, missing)), 0);
    assert_int_equal(count_where(f, IS(books.pages, books.pages)), 5);
}

static void test_function__numbers(void **state)
{
    fixture *f = *state;
    assert_true(real_of(f, ROUND(2.567, 2)) == 2.57);
    assert_true(real_of(f, ROUND(books.id)) == 1);
    assert_int_equal(count_where(f, EQ(CEIL(DIV(books.pages, 100.0)), 2)), 1);
    assert_int_equal(count_where(f, EQ(FLOOR(DIV(books.pages, 100.0)), 1)), 1);
    assert_int_equal(int_of(f, SIGN(NEG(books.id))), -1);
    assert_true(real_of(f, POWER(2, 10)) == 1024);
    assert_int_equal(count_where(f, EQ(SQRT(MUL(books.id, books.id)), books.id)), 5);
    assert_int_equal(count_where(f, IS_NULL(SQRT(NEG(books.id)))), 5);
    assert_int_equal(count_where(f, EQ(BIT_AND(books.id, 1), 1)), 3);
    assert_int_equal(int_of(f, BIT_OR(books.id, 6)), 7);
    assert_int_equal(int_of(f, SHIFT_LEFT(books.id, 4)), 16);
    assert_int_equal(int_of(f, SHIFT_RIGHT(16, 2)), 4);
    assert_int_equal(int_of(f, BIT_NOT(books.id)), -2);
    assert_int_equal(int_of(f, MUL(BIT_OR(books.id, 6), 2)), 14);
    assert_int_equal(count_where(f, IS_NOT_NULL(RANDOM())), 5);
}

/* Proves: Q076. */
static void test_function__inline(void **state)
{
    fixture *f = *state;
    check_sql("select \"id\" from \"books\" where (\"books\".\"title\" = 'it''s' and "
              "\"books\".\"id\" > (-1))",
              "[]", SELECT_VALUE(books.id),
              WHERE(AND(EQ(books.title, INLINE("it's")), GT(books.id, INLINE(-1)))));
    check_sql("select -(-5) from \"books\"", "[]", SELECT_VALUE(NEG(INLINE(-5))),
              FROM(books));
    assert_int_equal(count_where(f, EQ(books.title, INLINE("Pipes"))), 1);
    assert_int_equal(count_where(f, EQ(books.title, INLINE("Pipe"))), 0);
    assert_int_equal(count_where(f, EQ(books.in_print, INLINE((bool)true))),
                     count_where(f, EQ(books.in_print, true)));
    check_no_sql("INLINE: a text with a NUL in it cannot be written into SQL",
                 SELECT_VALUE(INLINE(((vg_str){"a\0b", 3}))), FROM(books));
    const char *missing = NULL;
    check_no_sql("INLINE: the value is NULL", SELECT_VALUE(INLINE(missing)),
                 FROM(books));
}

/* Proves: Q079. */
static void test_function__rows(void **state)
{
    fixture *f = *state;
    check_sql(
        "select \"id\" from \"books\" where (\"books\".\"price\", \"books\".\"id\") > "
        "(?, ?)",
        "[9.5,1]", SELECT_VALUE(books.id),
        WHERE(ROW_GT((books.price, books.id), (9.5, 1))));
    assert_int_equal(count_where(f, ROW_EQ((books.id, books.title), (3, "Pipes"))), 1);
    assert_int_equal(count_where(f, ROW_LTE((books.id, books.title, books.id),
                                            (books.id, books.title, 3))),
                     3);
    assert_int_equal(count_where(f, NOT(ROW_NE((books.id, books.title), (3, "Pipes")))),
                     1);
    const char *missing = NULL;
    check_no_sql("ROW_LT: a value is NULL, which no row equals", SELECT_VALUE(books.id),
                 WHERE(ROW_LT((books.id, books.title), (3, missing))));
}

/* A copy lives on when the block it was written in has ended. */
static void test_function__keep(void **state)
{
    fixture *f = *state;
    vg_predicate kept;
    {
        vg_int sized = CASE(WHEN(GT(books.pages, 100), 2), ELSE(1));
        kept = vg_keep(&f->arena,
                       AND(EQ(sized, 2), CONTAINS(CONCAT(books.title, "x"), "x"),
                           ROW_GT((books.id, books.id), (0, 0)),
                           IS_NOT(COALESCE(books.pages, 0), 5),
                           EQ(CAST(CAST(books.id, TEXT), INTEGER), books.id)));
    }
    assert_int_equal(count_where(f, kept), 2);
}

/* What a build of SQLite may lack is told by its message; this one lacks a made-up one. */
static void test_function__library_without_it_on_sqlite(void **state)
{
    fixture *f = *state;
    int64_t x;
    check_fails(f->db,
                vg_get(f->db, &f->arena, &x, SELECT_VALUE(SQL(INTEGER, "json_no(1)"))),
                VG_UNSUPPORTED,
                "JSON needs functions that this SQLite was built without (no such "
                "function: json_no)");
    check_fails(f->db,
                vg_get(f->db, &f->arena, &x, SELECT_VALUE(SQL(INTEGER, "power3(2)"))),
                VG_SCHEMA, "no such function: power3");
}

int main(void)
{
#define TEST(name) cmocka_unit_test_setup_teardown(name, setup, fixture_close)
    struct CMUnitTest tests[] = {
        TEST(test_function__case),
        TEST(test_function__case_refusals),
        TEST(test_function__coalesce),
        TEST(test_function__cast),
        TEST(test_function__text),
        TEST(test_function__search_on_sqlite),
        TEST(test_function__is),
        TEST(test_function__numbers),
        TEST(test_function__inline),
        TEST(test_function__rows),
        TEST(test_function__keep),
        TEST(test_function__library_without_it_on_sqlite),
    };
    return run_portable_tests(tests);
}
