/* Queries inside queries: in conditions, as fields, in FROM and in joins. */
#include "check.h"
#include "library.h"

// clang-format off
PROJECTION(author_count,
    FIELD(name,  authors.name),
    FIELD(books, COUNT_OF(FROM(books), WHERE(EQ(books.author_id, authors.id)))),
    FIELD(best,  SCALAR(books.title, FROM(books),
                        WHERE(EQ(books.author_id, authors.id)),
                        ORDER_BY(DESC(books.pages)), LIMIT(1))))

PROJECTION(per_author,
    FIELD(author_id, books.author_id), FIELD(total, SUM(books.pages)),
    FIELD(n, COUNT()))
ALIAS(totals, per_author)
ALIAS(other_totals, per_author)
ALIAS(long_books, books)

PROJECTION(author_total,
    FIELD(name, authors.name), FIELD(total, NULLABLE(totals.total)))
PROJECTION(total_only, FIELD(n, totals.n))
ALIAS(outer_totals, total_only)

PROJECTION(renamed, FIELD(title, books.title), FIELD(words, books.pages))
ALIAS(r, renamed)
PROJECTION(with_row, ROW(book, books))
ALIAS(wr, with_row)
// clang-format on

static int setup(void **state)
{
    return fixture_open(state, &library, LIBRARY_ROWS);
}

static void check_names(fixture *f, vg_predicate condition, const char *expected)
{
    char got[200] = "";
    vg_text_list names;
    check_ok(f->db, vg_all(f->db, &f->arena, &names, SELECT_VALUE(authors.name),
                           WHERE(condition), ORDER_BY(authors.id)));
    assert_true(names.len < 10);
    for (size_t i = 0; i < names.len; i++) {
        strcat(got, i ? "," : "");
        strcat(got, names.data[i]);
    }
    check_text(got, expected);
}

/* Correlated and not, with joins and groups inside. */
/* Proves: Q038. */
static void test_subquery__exists(void **state)
{
    fixture *f = *state;
    check_names(f, EXISTS(SELECT(books), WHERE(EQ(books.author_id, authors.id))),
                "Ada,Brian,Clara");
    check_names(f, NOT_EXISTS(SELECT(books), WHERE(EQ(books.author_id, authors.id))),
                "Dan");
    check_names(f, EXISTS(SELECT(books), WHERE(GT(books.pages, 1000))), "");
    check_names(f,
                EXISTS(SELECT_VALUE(loans.reader), FROM(loans),
                       INNER_JOIN(books, EQ(books.id, loans.book_id)),
                       WHERE(EQ(books.author_id, authors.id)), GROUP_BY(loans.reader),
                       HAVING(GTE(COUNT(), 1))),
                "Ada,Brian");
    check_sql(
        "select \"id\" from \"authors\" where not exists (select \"book_id\", \"day\", "
        "\"reader\" from \"loans\" where \"loans\".\"day\" > \"authors\".\"id\")",
        "[]", SELECT_VALUE(authors.id),
        WHERE(NOT_EXISTS(SELECT(loans), WHERE(GT(loans.day, authors.id)))));
}

/* As an operand and as a set. */
/* Proves: Q079 Q081 Q018. */
static void test_subquery__operand_and_set(void **state)
{
    fixture *f = *state;
    check_names(f, EQ(authors.id, SCALAR(MAX(books.author_id), FROM(books))), "Clara");
    check_names(f, GT(authors.born, SCALAR(MIN(mentors.born), FROM(mentors))),
                "Brian,Dan");
    check_names(
        f, IN(authors.id, SCALAR(books.author_id, WHERE(EQ(books.in_print, true)))),
        "Ada,Brian");
    check_names(f,
                NOT_IN(authors.id, SCALAR(books.author_id, FROM(books),
                                          WHERE(IS_NOT_NULL(books.author_id)))),
                "Dan");
    /* A NULL in the set: SQL's answer is unknown for everybody. */
    check_names(f, NOT_IN(authors.id, SCALAR(books.author_id, FROM(books))), "");
    check_names(f, GT(COUNT_OF(FROM(books), WHERE(EQ(books.author_id, authors.id))), 1),
                "Brian");
    check_sql("select \"id\" from \"authors\" where \"authors\".\"id\" in (select "
              "\"author_id\" "
              "from \"books\" where \"books\".\"pages\" > ?)",
              "[100]", SELECT_VALUE(authors.id),
              WHERE(IN(authors.id, SCALAR(books.author_id, FROM(books),
                                          WHERE(GT(books.pages, 100))))));
}

/* As a field, correlated with the query around it. */
/* Proves: Q004 Q035. */
static void test_subquery__field_on_sqlite(void **state)
{
    fixture *f = *state;
    check_sql("select \"name\", (select count(*) from \"books\" where "
              "\"books\".\"author_id\" = "
              "\"authors\".\"id\"), (select \"title\" from \"books\" where "
              "\"books\".\"author_id\" = \"authors\".\"id\" order by "
              "\"books\".\"pages\" desc "
              "limit ?) from \"authors\" where \"authors\".\"id\" > ?",
              "[1,0]", SELECT(author_count), FROM(authors), WHERE(GT(authors.id, 0)));
    author_count_list list;
    check_ok(f->db, vg_all(f->db, &f->arena, &list, SELECT(author_count), FROM(authors),
                           ORDER_BY(authors.id)));
    assert_int_equal(list.len, 4);
    assert_int_equal(list.data[1].books, 2);
    check_text(list.data[1].best, "The C Book");
    assert_int_equal(list.data[3].books, 0);
    assert_null(list.data[3].best);
}

#define TOTALS                                        \
    SUBQUERY(totals, SELECT(per_author), FROM(books), \
             WHERE(IS_NOT_NULL(books.author_id)), GROUP_BY(books.author_id))

/* A query as the source of rows; its fields get names. */
/* Proves: Q009 Q018. */
static void test_subquery__in_from(void **state)
{
    fixture *f = *state;
    check_sql("select \"author_id\", \"total\", \"n\" from (select \"author_id\", "
              "sum(\"pages\") as \"total\", count(*) as \"n\" from \"books\" where "
              "\"books\".\"author_id\" is not null group by \"books\".\"author_id\") "
              "\"totals\" "
              "where \"totals\".\"total\" > ? order by \"totals\".\"n\"",
              "[100]", SELECT(totals), FROM(TOTALS), WHERE(GT(totals.total, 100)),
              ORDER_BY(totals.n));
    per_author_list list;
    check_ok(f->db, vg_all(f->db, &f->arena, &list, SELECT(totals), FROM(TOTALS),
                           WHERE(GT(totals.total, 100)), ORDER_BY(totals.n)));
    assert_int_equal(list.len, 2);
    assert_true(list.data[0].author_id.v == 3 && list.data[0].total.v == 120);
    assert_true(list.data[1].author_id.v == 2 && list.data[1].n == 2);
}

/* A subquery of a whole table keeps the columns' names. */
/* Proves: Q018. */
static void test_subquery__of_a_table(void **state)
{
    fixture *f = *state;
    books_list list;
    check_ok(f->db,
             vg_all(f->db, &f->arena, &list, SELECT(long_books),
                    FROM(SUBQUERY(long_books, SELECT(books), WHERE(GT(books.pages, 60)),
                                  ORDER_BY(DESC(books.pages)), LIMIT(2))),
                    ORDER_BY(long_books.id)));
    assert_int_equal(list.len, 2);
    check_text(list.data[0].title, "The C Book");
    check_text(list.data[1].title, "Letters");
}

/* In joins, with parameters before, inside and after. */
/* Proves: Q018. */
static void test_subquery__in_joins(void **state)
{
    fixture *f = *state;
    check_sql(
        "select \"authors\".\"name\", \"totals\".\"total\" from \"authors\" left join "
        "(select \"author_id\", sum(\"pages\") as \"total\", count(*) as \"n\" from "
        "\"books\" where \"books\".\"id\" < ? group by \"books\".\"author_id\") "
        "\"totals\" on (\"totals\".\"author_id\" = \"authors\".\"id\" and "
        "\"totals\".\"n\" >= ?) where \"authors\".\"id\" <> ?",
        "[100,1,9]", SELECT(author_total), FROM(authors),
        LEFT_JOIN(SUBQUERY(totals, SELECT(per_author), FROM(books),
                           WHERE(LT(books.id, 100)), GROUP_BY(books.author_id)),
                  AND(EQ(totals.author_id, authors.id), GTE(totals.n, 1))),
        WHERE(NE(authors.id, 9)));
    author_total_list list;
    check_ok(f->db, vg_all(f->db, &f->arena, &list, SELECT(author_total), FROM(authors),
                           LEFT_JOIN(TOTALS, EQ(totals.author_id, authors.id)),
                           ORDER_BY(authors.id)));
    assert_int_equal(list.len, 4);
    assert_true(list.data[0].total.has && list.data[0].total.v == 66);
    assert_false(list.data[3].total.has);
}

/* The same query joined with itself under two names. */
static void test_subquery__twice(void **state)
{
    fixture *f = *state;
    int64_t n;
    check_ok(f->db, vg_get(f->db, NULL, &n, SELECT_VALUE(COUNT()), FROM(TOTALS),
                           INNER_JOIN(SUBQUERY(other_totals, SELECT(per_author),
                                               FROM(books), GROUP_BY(books.author_id)),
                                      LT(totals.total, other_totals.total))));
    assert_int_equal(n, 3);
    check_no_sql("totals stands twice in FROM: join an ALIAS of it",
                 SELECT_VALUE(COUNT()), FROM(TOTALS), CROSS_JOIN(TOTALS));
}

/* A subquery of a subquery, and fields whose names differ from their columns'. */
/* Proves: Q018. */
static void test_subquery__nested_and_renamed(void **state)
{
    fixture *f = *state;
    check_sql(
        "select \"n\" from (select \"n\" from (select \"author_id\", sum(\"pages\") as "
        "\"total\", count(*) as \"n\" from \"books\" where \"books\".\"author_id\" is "
        "not "
        "null group by \"books\".\"author_id\") \"totals\") \"outer_totals\"",
        "[]", SELECT(outer_totals),
        FROM(SUBQUERY(outer_totals, SELECT(total_only), FROM(TOTALS))));
    check_sql(
        "select sum(\"words\") from (select \"title\", \"pages\" as \"words\" from "
        "\"books\") \"r\"",
        "[]", SELECT_VALUE(SUM(r.words)),
        FROM(SUBQUERY(r, SELECT(renamed), FROM(books))));
    vg_opt_int words;
    check_ok(f->db, vg_get(f->db, NULL, &words, SELECT_VALUE(SUM(r.words)),
                           FROM(SUBQUERY(r, SELECT(renamed), FROM(books)))));
    assert_true(words.has && words.v == 468);
}

/* What a subquery may not see or be. */
/* Proves: Q010 Q017. */
static void test_subquery__refusals(void **state)
{
    (void)state;
    check_no_sql(
        "totals is the alias of a projection: say FROM(SUBQUERY(totals, SELECT(...), "
        "...)) or fill it by a CTE",
        SELECT(totals));
    check_no_sql("column authors.id: authors is not in FROM; add FROM(authors) or a "
                 "join with it",
                 SELECT_VALUE(COUNT()), FROM(authors),
                 CROSS_JOIN(SUBQUERY(long_books, SELECT(books),
                                     WHERE(EQ(books.author_id, authors.id)))));
    check_no_sql(
        "column loans.day: loans is not in FROM; add FROM(loans) or a join with it",
        SELECT(authors), WHERE(EXISTS(SELECT(books), WHERE(EQ(loans.day, 1)))));
    check_no_sql("with_row.book: a ROW holds a table or an alias, and cannot stand in "
                 "a SUBQUERY or VIEW",
                 SELECT_VALUE(COUNT()),
                 FROM(SUBQUERY(wr, SELECT(with_row), FROM(books))));
    check_no_sql(
        "the statement is not valid: WHERE stands twice; combine the conditions by AND",
        SELECT(authors),
        WHERE(EXISTS(SELECT(books), WHERE(GT(books.id, 1)), WHERE(GT(books.id, 2)))));
    check_no_sql(
        "SUBQUERY(renamed): it is a projection; give it an ALIAS and fill that",
        SELECT_VALUE(COUNT()), FROM(SUBQUERY(renamed, SELECT(renamed), FROM(books))));
    check_no_sql("a subquery must be a SELECT", SELECT(authors),
                 WHERE(EXISTS(DELETE_FROM(books), ALL_ROWS)));
}

#define TEST(name) cmocka_unit_test_setup_teardown(name, setup, fixture_close)

int main(void)
{
    struct CMUnitTest tests[] = {
        TEST(test_subquery__exists),          TEST(test_subquery__operand_and_set),
        TEST(test_subquery__field_on_sqlite), TEST(test_subquery__in_from),
        TEST(test_subquery__of_a_table),      TEST(test_subquery__in_joins),
        TEST(test_subquery__twice),           TEST(test_subquery__nested_and_renamed),
        TEST(test_subquery__refusals),
    };
    return run_portable_tests(tests);
}
