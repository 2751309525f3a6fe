/* The text of views, without a database: every kind of query, with its values in it. */
#include "check.h"
#include "library.h"

// clang-format off
PROJECTION(title_line, FIELD(title, books.title), FIELD(what, SQL(TEXT, "?", "book")))
PROJECTION(pair, FIELD(name, authors.name), FIELD(n, COUNT(books.id)))
ALIAS(many, pair)
ALIAS(old_books, title_line)

VIEW(distinct_titles, title_line, SELECT_DISTINCT(title_line), FROM(books),
     WHERE(LIKE(books.title, "A%")))
VIEW(grouped, pair, SELECT(pair), FROM(authors),
     LEFT_JOIN(books, AND(EQ(books.author_id, authors.id), GT(books.pages, 10))),
     GROUP_BY(authors.id), HAVING(GTE(COUNT(), 2)), ORDER_BY(DESC(authors.name)),
     LIMIT(3), OFFSET(1))
VIEW(nested, pair, SELECT(many), FROM(SUBQUERY(many, SELECT(pair), FROM(authors),
     INNER_JOIN(books, EQ(books.author_id, authors.id)), WHERE(EQ(books.id, 7)))),
     WHERE(GT(many.n, 1)))
VIEW(by_hand, title_line, RAW_SELECT(title_line, "select title, ? as what from books", "x"))
VIEW(both, title_line, SELECT(title_line), FROM(books), WHERE(EQ(books.id, 1)),
     UNION(SELECT(title_line), FROM(books), WHERE(EQ(books.id, 2))), LIMIT(4))
VIEW(with_cte, title_line,
     CTE(old_books, SELECT(title_line), FROM(books), WHERE(LT(books.id, 9))),
     SELECT(old_books))
// clang-format on

static void check_view(const vg_shape *view, const char *text)
{
    vg_arena arena = {0};
    vg_rendered out;
    int rc = vg_view_sql(&arena, &vg_dialect_sqlite, &out, view);
    if (rc != VG_OK)
        print_error("%s\n", out.error);
    assert_int_equal(rc, VG_OK);
    assert_string_equal(out.text, text);
    vg_arena_free(&arena);
}

/* Proves: S089. */
static void test_view__text(void **state)
{
    (void)state;
    check_view(&distinct_titles.vg_shape,
               "select distinct \"title\", 'book' as \"what\" from \"books\" where "
               "\"books\".\"title\" like 'A%'");
    check_view(
        &grouped.vg_shape,
        "select \"authors\".\"name\", count(\"books\".\"id\") as \"n\" from "
        "\"authors\" left join \"books\" on (\"books\".\"author_id\" = "
        "\"authors\".\"id\" and \"books\".\"pages\" > 10) group by "
        "\"authors\".\"id\" having count(*) >= 2 order by \"authors\".\"name\" desc "
        "limit 3 offset 1");
    check_view(
        &nested.vg_shape,
        "select \"name\", \"n\" from (select \"authors\".\"name\", "
        "count(\"books\".\"id\") as \"n\" from \"authors\" inner join \"books\" on "
        "\"books\".\"author_id\" = \"authors\".\"id\" where \"books\".\"id\" = 7) "
        "\"many\" where \"many\".\"n\" > 1");
    check_view(&by_hand.vg_shape, "select title, 'x' as what from books");
}

static void test_view__of_set_operations_and_ctes(void **state)
{
    (void)state;
    check_view(
        &both.vg_shape,
        "select \"title\", 'book' as \"what\" from \"books\" where "
        "\"books\".\"id\" = 1 union select \"title\", 'book' from \"books\" where "
        "\"books\".\"id\" = 2 limit 4");
    check_view(
        &with_cte.vg_shape,
        "with \"old_books\" as (select \"title\", 'book' as \"what\" from \"books\" "
        "where \"books\".\"id\" < 9) select \"title\", \"what\" from "
        "\"old_books\"");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_view__text),
        cmocka_unit_test(test_view__of_set_operations_and_ctes),
    };
    return cmocka_run_group_tests_name("view", tests, NULL, NULL);
}
