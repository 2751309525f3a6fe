/* Rendering without a database: when columns are qualified, where parentheses stand,
 * the order of parameters, another style of parameters, long and deep statements. What
 * Drizzle writes for the same query is test_golden.c's, what the rows are,
 * integration/'s. */
#include "check.h"
#include "core/dialect.h"
#include "library.h"
#include <stdio.h>
#include <stdlib.h>

// clang-format off
PROJECTION(counted, FIELD(name, authors.name), FIELD(n, COUNT(books.id)))
PROJECTION(best_book,
    FIELD(name, authors.name),
    FIELD(best, SCALAR(books.title, FROM(books), WHERE(EQ(books.author_id, authors.id)),
                       GROUP_BY(books.title), HAVING(GT(COUNT(), 0)),
                       ORDER_BY(DESC(books.pages), books.id), LIMIT(1), OFFSET(2))))
// clang-format on

/* One source, bare names in the list; several, qualified; conditions always are. */
/* Proves: Q014. */
static void test_render__qualification(void **state)
{
    (void)state;
    check_sql("select \"reader\" from \"loans\" where \"loans\".\"day\" > ? order by "
              "\"loans\".\"reader\"",
              "[1]", SELECT_VALUE(loans.reader), WHERE(GT(loans.day, 1)),
              ORDER_BY(loans.reader));
    check_sql("select \"loans\".\"reader\" from \"loans\" cross join \"books\"", "[]",
              SELECT_VALUE(loans.reader), FROM(loans), CROSS_JOIN(books));
    check_sql(
        "select \"name\" from \"authors\" \"mentors\" where \"mentors\".\"id\" = ?",
        "[1]", SELECT_VALUE(mentors.name), WHERE(EQ(mentors.id, 1)));
    check_sql("select \"authors\".\"name\", count(\"books\".\"id\") from \"authors\" "
              "left join "
              "\"books\" on \"books\".\"author_id\" = \"authors\".\"id\" group by "
              "\"authors\".\"id\"",
              "[]", SELECT(counted), FROM(authors),
              LEFT_JOIN(books, EQ(books.author_id, authors.id)), GROUP_BY(authors.id));
}

/* A whole query inside a field that is declared at file scope. */
/* Proves: Q004. */
static void test_render__subquery_field_with_every_clause(void **state)
{
    (void)state;
    check_sql(
        "select \"name\", (select \"title\" from \"books\" where "
        "\"books\".\"author_id\" = "
        "\"authors\".\"id\" group by \"books\".\"title\" having count(*) > ? order by "
        "\"books\".\"pages\" desc, \"books\".\"id\" limit ? offset ?) from \"authors\" "
        "where \"authors\".\"id\" = ? limit ?",
        "[0,1,2,3,4]", SELECT(best_book), FROM(authors), WHERE(EQ(authors.id, 3)),
        LIMIT(4));
}

/* Parameters come in the order in which their marks stand. */
/* Proves: Q039 Q044. */
static void test_render__parameter_order(void **state)
{
    (void)state;
    check_sql(
        "select \"books\".\"id\" + ? from \"books\" inner join \"loans\" on "
        "\"loans\".\"day\" = ? where \"books\".\"pages\" between ? and ? group by "
        "\"books\".\"id\" + ? having count(*) > ? order by \"books\".\"price\" * ? "
        "limit ? "
        "offset ?",
        "[1,2,3,4,5,6,7,8,9]", SELECT_VALUE(ADD(books.id, 1)), FROM(books),
        INNER_JOIN(loans, EQ(loans.day, 2)), WHERE(BETWEEN(books.pages, 3, 4)),
        GROUP_BY(ADD(books.id, 5)), HAVING(GT(COUNT(), 6)),
        ORDER_BY(MUL(books.price, 7)), LIMIT(8), OFFSET(9));
    check_sql("update \"books\" set \"pages\" = ?, \"title\" = ? where "
              "(\"books\".\"id\" = ? or "
              "\"books\".\"id\" in (?, ?)) returning \"price\" * ?",
              "[1,\"2\",3,4,5,6]", UPDATE(books, SET(pages, 1), SET(title, "2")),
              RETURNING_VALUE(MUL(books.price, 6)),
              WHERE(OR(EQ(books.id, 3), IN(books.id, 4, 5))));
    check_sql("insert into \"books\" (\"title\") values (?) on conflict (\"id\") where "
              "\"id\" > 1 do update set \"pages\" = ? where \"books\".\"id\" < ? "
              "returning \"id\" + ?",
              "[\"a\",2,3,4]", INSERT_INTO(books, SET(title, "a")),
              ON_CONFLICT(books, KEY(id), UPDATE_WHERE(LT(books.id, 3)), SET(pages, 2),
                          KEY_WHERE(GT(books.id, 1))),
              RETURNING_VALUE(ADD(books.id, 4)));
}

/* Each kind of value as a parameter. */
static void test_render__values(void **state)
{
    (void)state;
    static const uint8_t bytes[] = {1, 2, 3};
    vg_uuid uuid = {{0x12, 0x34}};
    check_sql("? ? ? ? ? ? ? ? ? ?",
              "[-1,2.5,true,\"a\",\"ab\",{\"bytes\":3},{\"us\":7},"
              "\"12340000-0000-0000-0000-000000000000\",null,null]",
              RAW("? ? ? ? ? ? ? ? ? ?", -1, 2.5, (bool)true, "a", ((vg_str){"abc", 2}),
                  ((vg_bytes){bytes, 3}), ((vg_timestamp){7}), &uuid, NULL,
                  ((vg_opt_real){false, 1})));
}

/* Parentheses of nested operators. */
static void test_render__parentheses(void **state)
{
    (void)state;
#define CONDITION(text, params, x)                                \
    check_sql("select \"id\" from \"books\" where " text, params, \
              SELECT_VALUE(books.id), WHERE(x))
#define P "\"books\".\"pages\""
#define T "\"books\".\"title\""
    CONDITION(P " + (" P " * ?) > ?", "[2,3]",
              GT(ADD(books.pages, MUL(books.pages, 2)), 3));
    CONDITION("(" P " + ?) * ? > ?", "[1,2,3]", GT(MUL(ADD(books.pages, 1), 2), 3));
    CONDITION("(-(" P " + ?)) < ?", "[1,2]", LT(NEG(ADD(books.pages, 1)), 2));
    CONDITION("abs(-" P ") = ?", "[1]", EQ(ABS(NEG(books.pages)), 1));
    CONDITION("(" P " is null) = ?", "[1]", EQ(IS_NULL(books.pages), true));
    CONDITION("(" P " = ?) is not null", "[1]", IS_NOT_NULL(EQ(books.pages, 1)));
    CONDITION("not " P " is null", "[]", NOT(IS_NULL(books.pages)));
    CONDITION("not (" P " > ? and " P " < ?)", "[1,2]",
              NOT(AND(GT(books.pages, 1), LT(books.pages, 2))));
    CONDITION("(not " P " > ?) = ?", "[1,0]", EQ(NOT(GT(books.pages, 1)), false));
    CONDITION("upper(" T " || ?) > ?", "[\"a\",\"b\"]",
              GT(UPPER(CONCAT(books.title, "a")), "b"));
    CONDITION("(" P " > ? or " P " < ?) is null", "[1,2]",
              IS_NULL(OR(GT(books.pages, 1), LT(books.pages, 2))));
    CONDITION("(" P " in (?, ?)) = ?", "[1,2,1]", EQ(IN(books.pages, 1, 2), true));
    CONDITION(
        "(" P " between ? and ?) = (" P " like ?)", "[1,2,\"x\"]",
        EQ(BETWEEN(books.pages, 1, 2), SQL(BOOLEAN, "? like ?", books.pages, "x")));
    /* One condition that is left of an AND or OR stands bare, and is still wrapped. */
    CONDITION("(" P " between ? and ?) is null", "[1,2]",
              IS_NULL(AND(SKIP, BETWEEN(books.pages, 1, 2))));
    CONDITION("\"books\".\"in_print\" = (" P " = ?)", "[1]",
              EQ(books.in_print, OR(SKIP, EQ(books.pages, 1))));
    /* Fragments: operators of their own, with or without blanks, and of what they
     * hold. */
    CONDITION("(" P "+1) * ? = ?", "[2,3]",
              EQ(MUL(SQL(INTEGER, "?+1", books.pages), 2), 3));
    CONDITION("(" P " + ?) * ? = ?", "[1,2,3]",
              EQ(MUL(SQL(INTEGER, "?", ADD(books.pages, 1)), 2), 3));
    CONDITION("length(" P " + 1) * ? = ?", "[2,3]",
              EQ(MUL(SQL(INTEGER, "length(? + 1)", books.pages), 2), 3));
    CONDITION("'a b' = ?", "[\"x\"]", EQ(SQL(TEXT, "'a b'"), "x"));
#undef CONDITION
#undef P
}

/* Numbered parameters are a dialect's affair. */
/* Proves: Q075. */
static void test_render__numbered_parameters(void **state)
{
    (void)state;
    vg_dialect numbered = vg_dialect_sqlite;
    numbered.numbered_params = true;
    numbered.offset_alone = "";
    numbered.quote = '`';
    vg_arena arena = {0};
    vg_rendered out;
    assert_int_equal(
        vg_sql(&arena, &numbered, &out, SELECT_VALUE(books.id),
               WHERE(AND(IN(books.id, 1, 2),
                         SQL(BOOLEAN, "? glob ? or '?' = ??", books.title, "x"))),
               OFFSET(5)),
        VG_OK);
    check_text(out.text, "select `id` from `books` where (`books`.`id` in ($1, $2) and "
                         "(`books`.`title` glob $3 or '?' = ?)) offset $4");
    assert_int_equal(out.param_count, 4);
    vg_arena_free(&arena);
}

/* A name for a field, and none for one that has it already. */
/* Proves: Q076. */
static void test_render__names(void **state)
{
    (void)state;
    check_sql("select upper(\"title\") as \"loud\" from \"books\"", "[]",
              SELECT_VALUE(AS(UPPER(books.title), loud)), FROM(books));
    check_sql("select \"title\" as \"t\" from \"books\"", "[]",
              SELECT_VALUE(AS(books.title, t)));
}

/* Text longer than a statement may be, from many parameters. */
static void test_render__too_long(void **state)
{
    (void)state;
    enum { COUNT = 400000 };
    int *ids = calloc(COUNT, sizeof *ids);
    assert_non_null(ids);
    vg_arena arena = {0};
    vg_rendered out;
    assert_int_equal(vg_sql(&arena, &vg_dialect_sqlite, &out, SELECT_VALUE(books.id),
                            WHERE(IN_ARRAY(books.id, ids, COUNT))),
                     VG_TOO_BIG);
    check_text(out.error, "the SQL text is longer than 1 MiB");
    assert_null(out.text);
    assert_int_equal(vg_sql(&arena, &vg_dialect_sqlite, &out, SELECT_VALUE(books.id),
                            WHERE(IN_ARRAY(books.id, ids, 30000))),
                     VG_OK);
    assert_int_equal(out.param_count, 30000);
    vg_arena_free(&arena);
    free(ids);
}

/* A tree as deep as a loop makes it. */
static void test_render__deep(void **state)
{
    (void)state;
    enum { DEPTH = 500 };
    vg_arena arena = {0};
    vg_rendered out;
    vg_int sum = books.id;
    for (int i = 0; i < DEPTH; i++)
        sum = vg_keep(&arena, ADD(sum, i));
    assert_int_equal(vg_sql(&arena, &vg_dialect_sqlite, &out, SELECT_VALUE(books.id),
                            WHERE(EQ(sum, 0))),
                     VG_OK);
    assert_int_equal(out.param_count, DEPTH + 1);
    assert_int_equal(out.params[DEPTH - 1].i, DEPTH - 1);
    vg_arena_free(&arena);
}

/* The result of a refusal is empty, and the reason fits. */
static void test_render__failure(void **state)
{
    (void)state;
    vg_arena arena = {0};
    vg_rendered out;
    memset(&out, 0x55, sizeof out);
    assert_int_equal(
        vg_sql(&arena, &vg_dialect_sqlite, &out, SELECT(books),
               WHERE(SQL(BOOLEAN, "a very long fragment, longer than the message has "
                                  "room for, which goes on and on and on and on and "
                                  "on and on and on and on and on and on and on and "
                                  "on and on and on and on and on and on ? ? ?"))),
        VG_INVALID);
    assert_null(out.text);
    assert_int_equal(out.param_count, 0);
    assert_non_null(strstr(out.error, "has 3 ? marks for 0 values"));
    assert_int_equal(vg_sql(&arena, &vg_dialect_sqlite, &out, SELECT(books),
                            WHERE(EQ(books.id, UINT64_MAX))),
                     VG_VALUE);
    check_text(out.error, "EQ: an unsigned value is beyond INT64_MAX");
    vg_arena_free(&arena);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_render__qualification),
        cmocka_unit_test(test_render__subquery_field_with_every_clause),
        cmocka_unit_test(test_render__parameter_order),
        cmocka_unit_test(test_render__values),
        cmocka_unit_test(test_render__parentheses),
        cmocka_unit_test(test_render__numbered_parameters),
        cmocka_unit_test(test_render__names),
        cmocka_unit_test(test_render__too_long),
        cmocka_unit_test(test_render__deep),
        cmocka_unit_test(test_render__failure),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
