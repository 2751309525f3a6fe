/* SELECT of whole tables: what is listed, WHERE and its absence, grouping, order,
 * limits, counting, and conditions that are put together while the program runs.
 * Fields of one's own are test_projection.c's, the operators test_expression.c's. */
#include "check.h"
#include "library.h"

static int setup(void **state)
{
    return fixture_open(state, &library, LIBRARY_ROWS);
}

/* Titles joined by commas. */
static const char *titles(fixture *f, const books_list *list)
{
    char *out = vg_arena_alloc(&f->arena, 1024);
    assert_non_null(out);
    out[0] = '\0';
    assert_true(list->len < 20);
    for (size_t i = 0; i < list->len; i++) {
        strcat(out, i ? "," : "");
        strcat(out, list->data[i].title);
    }
    return out;
}

/* Every column is listed, never *; each lands in its field. */
/* Proves: Q001 S065. */
static void test_select__lists_every_column(void **state)
{
    fixture *f = *state;
    check_sql(
        "select \"id\", \"author_id\", \"title\", \"pages\", \"price\", \"in_print\" "
        "from \"books\"",
        "[]", SELECT(books));
    books_list list;
    check_ok(f->db, vg_all(f->db, &f->arena, &list, SELECT(books), ORDER_BY(books.id)));
    assert_int_equal(list.len, 5);
    struct books *b = list.data;
    assert_int_equal(b[1].id, 2);
    assert_true(b[1].author_id.has && b[1].author_id.v == 2);
    check_text(b[1].title, "The C Book");
    assert_true(b[1].pages.has && b[1].pages.v == 272);
    assert_true(b[1].price == 45.0);
    assert_true(b[1].in_print.has && b[1].in_print.v);
    assert_false(b[2].pages.has);
    assert_true(b[2].in_print.has && !b[2].in_print.v);
    assert_false(b[3].in_print.has);
    assert_false(b[4].author_id.has);
}

/* A table that has lost or gained columns is noticed by name, not by position. */
/* Proves: Q001. */
static void test_select__does_not_depend_on_column_order_on_sqlite(void **state)
{
    fixture *f = *state;
    check_ok(f->db,
             vg_script(f->db,
                       "drop table loans; create table loans (extra, reader text, "
                       "day integer, book_id integer);"
                       "insert into loans values (1, 'Tim', 4, 3)"));
    struct loans *loan;
    check_ok(f->db, vg_one(f->db, &f->arena, &loan, SELECT(loans)));
    assert_int_equal(loan->book_id, 3);
    assert_int_equal(loan->day, 4);
    check_text(loan->reader, "Tim");
}

/* No rows is not an error for a list, and VG_NOT_FOUND for one. */
/* Proves: Q040. */
static void test_select__of_nothing(void **state)
{
    fixture *f = *state;
    books_list list = {(struct books *)1, 7};
    check_ok(f->db,
             vg_all(f->db, &f->arena, &list, SELECT(books), WHERE(EQ(books.id, 99))));
    assert_int_equal(list.len, 0);
    assert_null(list.data);
    struct books *one = (struct books *)1;
    assert_int_equal(
        vg_one(f->db, &f->arena, &one, SELECT(books), WHERE(EQ(books.id, 99))),
        VG_NOT_FOUND);
    assert_null(one);
    struct books row;
    assert_int_equal(
        vg_get(f->db, &f->arena, &row, SELECT(books), WHERE(EQ(books.id, 99))),
        VG_NOT_FOUND);
    check_text(vg_errmsg(f->db), "");
}

/* One and get read the first row of several. */
/* Proves: Q040. */
static void test_select__one_and_get(void **state)
{
    fixture *f = *state;
    struct books *one, row;
    check_ok(f->db,
             vg_one(f->db, &f->arena, &one, SELECT(books), ORDER_BY(DESC(books.id))));
    check_text(one->title, "Anonymous");
    check_ok(f->db, vg_get(f->db, &f->arena, &row, SELECT(books), ORDER_BY(books.id)));
    check_text(row.title, "Notes");
    int64_t id;
    check_ok(f->db, vg_get(f->db, NULL, &id, SELECT_VALUE(books.id),
                           WHERE(EQ(books.pages, 120))));
    assert_int_equal(id, 4);
}

/* Text without an arena has no place to live. */
/* Proves: Q040. */
static void test_select__text_needs_an_arena(void **state)
{
    fixture *f = *state;
    struct books row;
    check_fails(f->db, vg_get(f->db, NULL, &row, SELECT(books)), VG_MISUSE,
                "the row has text, but the arena is NULL");
}

/* Proves: Q007. */
static void test_select__distinct(void **state)
{
    fixture *f = *state;
    check_sql("select distinct \"book_id\", \"day\", \"reader\" from \"loans\"", "[]",
              SELECT_DISTINCT(loans));
    loans_list list;
    check_ok(f->db, vg_all(f->db, &f->arena, &list, SELECT_DISTINCT(loans),
                           INNER_JOIN(books, OR(EQ(loans.book_id, books.id),
                                                GT(books.id, 3)))));
    assert_int_equal(list.len, 3);
}

/* SKIP in every place is no WHERE at all. */
/* Proves: Q011. */
static void test_select__where_of_skip(void **state)
{
    (void)state;
    const char *all = "select \"book_id\", \"day\", \"reader\" from \"loans\"";
    check_sql(all, "[]", SELECT(loans), WHERE(SKIP));
    check_sql(all, "[]", SELECT(loans), WHERE(AND(SKIP, SKIP)));
    check_sql(all, "[]", SELECT(loans), WHERE(OR(SKIP, AND(SKIP), NOT(SKIP))));
    check_sql(all, "[]", SELECT(loans), WHERE(ALL_OF((vg_predicate *)NULL, 0)));
    check_sql(all, "[]", SELECT(loans), HAVING(SKIP));
}

static void find_books(fixture *f, books_list *list, const char *title,
                       int64_t min_pages, const bool *in_print)
{
    check_ok(f->db, vg_all(f->db, &f->arena, list, SELECT(books),
                           WHERE(AND(title ? LIKE(books.title, title) : SKIP,
                                     min_pages ? GTE(books.pages, min_pages) : SKIP,
                                     in_print ? EQ(books.in_print, *in_print) : SKIP)),
                           ORDER_BY(books.id)));
}

/* Each subset of the optional filters is its own statement, and the right one. */
/* Proves: Q037. */
static void test_select__dynamic_filters(void **state)
{
    fixture *f = *state;
    books_list list;
    bool yes = true, no = false;
    find_books(f, &list, NULL, 0, NULL);
    check_text(titles(f, &list), "Notes,The C Book,Pipes,Letters,Anonymous");
    find_books(f, &list, "%e%", 0, NULL);
    check_text(titles(f, &list), "Notes,The C Book,Pipes,Letters");
    find_books(f, &list, NULL, 100, NULL);
    check_text(titles(f, &list), "The C Book,Letters");
    find_books(f, &list, NULL, 0, &no);
    check_text(titles(f, &list), "Pipes");
    find_books(f, &list, "%o%", 50, &yes);
    check_text(titles(f, &list), "Notes,The C Book");
    find_books(f, &list, "%o%", 67, &yes);
    check_text(titles(f, &list), "The C Book");
}

static vg_predicate title_is_one_of(vg_arena *arena, const char *const *names,
                                    size_t count)
{
    vg_predicate *any = vg_arena_alloc(arena, count * sizeof *any);
    assert_non_null(any);
    for (size_t i = 0; i < count; i++)
        any[i] = vg_keep(arena, EQ(books.title, names[i]));
    return vg_keep(arena, ANY_OF(any, count));
}

/* Conditions from a loop and from a function that returned. */
/* Proves: Q037 Q080. */
static void test_select__kept_conditions(void **state)
{
    fixture *f = *state;
    books_list list;
    const char *names[] = {"Pipes", "Notes", "Nothing"};
    vg_predicate some = title_is_one_of(&f->arena, names, 3);
    vg_predicate all[2] = {some, vg_keep(&f->arena, NOT(EQ(books.id, 1)))};
    check_ok(f->db, vg_all(f->db, &f->arena, &list, SELECT(books), WHERE(some)));
    check_text(titles(f, &list), "Notes,Pipes");
    check_ok(f->db,
             vg_all(f->db, &f->arena, &list, SELECT(books), WHERE(ALL_OF(all, 2))));
    check_text(titles(f, &list), "Pipes");
    check_sql(
        "select \"book_id\", \"day\", \"reader\" from \"loans\" where "
        "(\"loans\".\"day\" "
        "= ? and \"loans\".\"day\" = ?)",
        "[1,2]", SELECT(loans),
        WHERE(ALL_OF(((vg_predicate[]){EQ(loans.day, 1), SKIP, EQ(loans.day, 2)}), 3)));
}

/* An expression of every form survives vg_keep. */
static vg_predicate keep_everything(vg_arena *arena)
{
    vg_predicate p = AND(
        BETWEEN(ADD(books.pages, MUL(2, books.id)), 1, SUB(1000, books.id)),
        IN(books.id, 1, 2, 3, SCALAR(MAX(books.id), FROM(books))),
        OR(IS_NULL(books.in_print), NOT(EQ(LOWER(CONCAT(books.title, "!")), "x!"))),
        EXISTS(SELECT(authors), INNER_JOIN(mentors, EQ(mentors.id, authors.mentor_id)),
               WHERE(EQ(authors.id, books.author_id)), GROUP_BY(authors.id),
               HAVING(GT(COUNT(), 0)), ORDER_BY(DESC(authors.id)), LIMIT(1)),
        SQL(BOOLEAN, "? < ?", NEG(books.id), 5));
    return vg_keep(arena, p);
}

/* Proves: Q037. */
static void test_select__keep_every_form(void **state)
{
    fixture *f = *state;
    vg_predicate kept = keep_everything(&f->arena);
    books_list list;
    check_ok(f->db, vg_all(f->db, &f->arena, &list, SELECT(books), WHERE(kept)));
    check_text(titles(f, &list), "The C Book");
}

/* A clause may be chosen at run time. */
/* Proves: Q037. */
static void test_select__chosen_clause(void **state)
{
    fixture *f = *state;
    static const char *const expected[] = {"Anonymous,Letters",
                                           "Anonymous,Letters,Notes"};
    for (int by_title = 0; by_title < 2; by_title++) {
        books_list list;
        check_ok(f->db,
                 vg_all(f->db, &f->arena, &list, SELECT(books),
                        by_title ? ORDER_BY(books.title) : ORDER_BY(DESC(books.id)),
                        LIMIT(by_title ? 3 : 2)));
        check_text(titles(f, &list), expected[by_title]);
    }
}

/* Asc, desc, expressions, several terms. */
/* Proves: Q029 Q085. */
static void test_select__order_by(void **state)
{
    fixture *f = *state;
    check_sql(
        "select \"book_id\", \"day\", \"reader\" from \"loans\" order by "
        "\"loans\".\"reader\" desc, \"loans\".\"day\" asc, \"loans\".\"book_id\" + ?",
        "[1]", SELECT(loans),
        ORDER_BY(DESC(loans.reader), ASC(loans.day), ADD(loans.book_id, 1)));
    books_list list;
    check_ok(f->db, vg_all(f->db, &f->arena, &list, SELECT(books),
                           ORDER_BY(DESC(IS_NULL(books.pages)), DESC(books.pages))));
    check_text(titles(f, &list), "Pipes,The C Book,Letters,Notes,Anonymous");
}

/* 0 is a limit, below 0 is none; OFFSET alone works, OFFSET 0 vanishes. */
/* Proves: Q030 Q031. */
static void test_select__limit_and_offset(void **state)
{
    fixture *f = *state;
    const char *head = "select \"book_id\", \"day\", \"reader\" from \"loans\"";
    check_sql("select \"book_id\", \"day\", \"reader\" from \"loans\" limit ?", "[0]",
              SELECT(loans), LIMIT(0));
    check_sql(head, "[]", SELECT(loans), LIMIT(-1));
    check_sql(head, "[]", SELECT(loans), OFFSET(0));
    check_sql(head, "[]", SELECT(loans), OFFSET(-3), LIMIT(INT64_MIN));
    check_sql("select \"book_id\", \"day\", \"reader\" from \"loans\" limit ? offset ?",
              "[2,1]", SELECT(loans), OFFSET(1), LIMIT(2));
    check_sql(
        "select \"book_id\", \"day\", \"reader\" from \"loans\" limit -1 offset ?",
        "[5]", SELECT(loans), OFFSET(5));
    static const struct {
        int64_t limit, offset;
        const char *titles;
    } cases[] = {
        {0, 0, ""},
        {-1, 0, "Notes,The C Book,Pipes,Letters,Anonymous"},
        {2, 0, "Notes,The C Book"},
        {2, 3, "Letters,Anonymous"},
        {2, 4, "Anonymous"},
        {2, 9, ""},
        {-1, 3, "Letters,Anonymous"},
        {INT64_MAX, 4, "Anonymous"},
    };
    for (size_t i = 0; i < COUNT_OF_ARRAY(cases); i++) {
        books_list list;
        check_ok(f->db,
                 vg_all(f->db, &f->arena, &list, SELECT(books), ORDER_BY(books.id),
                        LIMIT(cases[i].limit), OFFSET(cases[i].offset)));
        check_text(titles(f, &list), cases[i].titles);
    }
}

/* One row of the table for each group. */
/* Proves: Q028. */
static void test_select__group_by_and_having(void **state)
{
    fixture *f = *state;
    check_sql("select \"book_id\", \"day\", \"reader\" from \"loans\" group by "
              "\"loans\".\"reader\", \"loans\".\"day\" having (count(*) > ? and "
              "max(\"loans\".\"day\") = ?)",
              "[1,2]", SELECT(loans), GROUP_BY(loans.reader, loans.day),
              HAVING(AND(GT(COUNT(), 1), EQ(MAX(loans.day), 2))));
    vg_text_list readers;
    check_ok(f->db, vg_all(f->db, &f->arena, &readers, SELECT_VALUE(loans.reader),
                           GROUP_BY(loans.reader), HAVING(GT(COUNT(), 1))));
    assert_int_equal(readers.len, 1);
    check_text(readers.data[0], "Rue");
}

/* Proves: Q035. */
static void test_select__count_and_exists(void **state)
{
    fixture *f = *state;
    int64_t n = -1;
    bool any = false;
    check_ok(f->db, vg_count(f->db, &n, FROM(books)));
    assert_int_equal(n, 5);
    check_ok(f->db, vg_count(f->db, &n, FROM(books), WHERE(GT(books.pages, 60))));
    assert_int_equal(n, 3);
    check_ok(f->db, vg_count(f->db, &n, FROM(books), WHERE(GT(books.pages, 1000))));
    assert_int_equal(n, 0);
    check_ok(f->db, vg_count(f->db, &n, FROM(authors),
                             LEFT_JOIN(books, EQ(books.author_id, authors.id))));
    assert_int_equal(n, 5);
    check_ok(f->db,
             vg_exists(f->db, &any, FROM(books), WHERE(EQ(books.title, "Pipes"))));
    assert_true(any);
    check_ok(f->db,
             vg_exists(f->db, &any, FROM(books), WHERE(EQ(books.title, "pipes"))));
    assert_false(any);
}

/* Lists of one value, of every class that has a list. */
static void test_select__value_lists(void **state)
{
    fixture *f = *state;
    vg_int_list ids;
    vg_real_list prices;
    vg_opt_int_list pages;
    check_ok(f->db, vg_all(f->db, &f->arena, &ids, SELECT_VALUE(books.id),
                           ORDER_BY(books.id)));
    assert_int_equal(ids.len, 5);
    assert_int_equal(ids.data[4], 5);
    check_ok(f->db, vg_all(f->db, &f->arena, &prices, SELECT_VALUE(books.price),
                           ORDER_BY(books.price), LIMIT(1)));
    assert_true(prices.len == 1 && prices.data[0] == 0.5);
    check_ok(f->db, vg_all(f->db, &f->arena, &pages, SELECT_VALUE(books.pages),
                           ORDER_BY(books.id)));
    assert_int_equal(pages.len, 5);
    assert_true(pages.data[1].has && pages.data[1].v == 272);
    assert_false(pages.data[2].has);
}

/* The same shape with other values is the same statement, also in LIMIT. */
/* Proves: Q043 Q044. */
static void test_select__is_prepared_once(void **state)
{
    fixture *f = *state;
    static const char *const expected[] = {"Notes", "The C Book", "Pipes", "Letters"};
    vg_stats before = vg_statistics(f->db);
    for (int i = 0; i < 4; i++) {
        books_list list;
        check_ok(f->db,
                 vg_all(f->db, &f->arena, &list, SELECT(books), WHERE(GT(books.id, i)),
                        ORDER_BY(books.id), LIMIT(i % 2 + 1), OFFSET(0)));
        assert_int_equal(list.len, i % 2 + 1);
        check_text(list.data[0].title, expected[i]);
    }
    vg_stats after = vg_statistics(f->db);
    assert_int_equal(after.misses - before.misses, 1);
    assert_int_equal(after.hits - before.hits, 3);
}

/* Clauses in another order are the same statement. */
static void test_select__clauses_in_any_order(void **state)
{
    fixture *f = *state;
    books_list list;
    check_ok(f->db, vg_all(f->db, &f->arena, &list, SELECT(books), LIMIT(2), OFFSET(1),
                           ORDER_BY(books.id), WHERE(GT(books.id, 1))));
    check_text(titles(f, &list), "Pipes,Letters");
    check_sql(
        "select \"id\", \"name\", \"born\", \"mentor_id\", \"alive\" from \"authors\" "
        "where \"authors\".\"id\" > ? group by \"authors\".\"born\" having count(*) > "
        "? "
        "order by \"authors\".\"id\" + ? limit ? offset ?",
        "[1,2,3,4,5]", SELECT(authors), OFFSET(5), ORDER_BY(ADD(authors.id, 3)),
        LIMIT(4), HAVING(GT(COUNT(), 2)), GROUP_BY(authors.born),
        WHERE(GT(authors.id, 1)));
}

/* What the compiler cannot see is refused before the database. */
/* Proves: Q017. */
static void test_select__refusals(void **state)
{
    fixture *f = *state;
    check_no_sql(
        "column loans.day: loans is not in FROM; add FROM(loans) or a join with it",
        SELECT(books), WHERE(EQ(loans.day, 1)));
    check_no_sql(
        "column loans.day: loans is not in FROM; add FROM(loans) or a join with it",
        SELECT(books), ORDER_BY(loans.day));
    check_no_sql("books stands twice in FROM: join an ALIAS of it", SELECT(books),
                 INNER_JOIN(books, EQ(books.id, 1)));
    check_no_sql(
        "the statement is not valid: WHERE stands twice; combine the conditions by AND",
        SELECT(books), WHERE(EQ(books.id, 1)), WHERE(EQ(books.id, 2)));
    check_no_sql("the statement is not valid: FROM stands twice; join the second table",
                 SELECT(books), FROM(books), FROM(authors));
    check_no_sql("the statement is not valid: it has two heads; say SELECT, "
                 "INSERT_INTO, ... once",
                 SELECT(books), SELECT(authors));
    check_no_sql(
        "the statement is not valid: it has no head; begin with SELECT, INSERT_INTO, "
        "UPDATE, DELETE_FROM",
        FROM(books), LIMIT(1));
    check_no_sql("the statement is not valid: ORDER_BY stands twice", SELECT(books),
                 ORDER_BY(books.id), ORDER_BY(books.title));
    check_no_sql("the statement is not valid: LIMIT stands twice", SELECT(books),
                 LIMIT(1), LIMIT(-1), LIMIT(2));
    check_no_sql("the statement is not valid: OFFSET stands twice", SELECT(books),
                 OFFSET(1), OFFSET(0), OFFSET(2));
    check_no_sql("the statement is not valid: GROUP_BY stands twice", SELECT(books),
                 GROUP_BY(books.id), GROUP_BY(books.title));
    check_no_sql("the statement is not valid: HAVING stands twice; combine them by AND",
                 SELECT(books), GROUP_BY(books.id), HAVING(GT(COUNT(), 1)),
                 HAVING(GT(COUNT(), 2)));
    check_no_sql(
        "RETURNING, ON_CONFLICT and ALL_ROWS belong to INSERT_INTO, UPDATE and "
        "DELETE_FROM",
        SELECT(books), RETURNING(books));
    /* The same through a connection, with the place of the call. */
    books_list list;
    check_fails(
        f->db, vg_all(f->db, &f->arena, &list, SELECT(books), WHERE(EQ(loans.day, 1))),
        VG_INVALID,
        "column loans.day: loans is not in FROM; add FROM(loans) or a join with it");
    assert_int_equal(list.len, 0);
    assert_non_null(strstr(vg_errinfo(f->db)->file, "test_select.c"));
    assert_true(vg_errinfo(f->db)->line > 0);
}

#define TEST(name) cmocka_unit_test_setup_teardown(name, setup, fixture_close)

static void test_select__limit_takes_expressions(void **state)
{
    fixture *f = *state;
    books_list list;
    check_ok(f->db, vg_all(f->db, &f->arena, &list, SELECT(books), ORDER_BY(books.id),
                           LIMIT(SQL(INTEGER, "1 + ?", 1)),
                           OFFSET(SCALAR(MIN(books.id), FROM(books)))));
    assert_int_equal(list.len, 2);
    assert_int_equal(list.data[0].id, 2);
    check_fails(f->db, vg_all(f->db, &f->arena, &list, SELECT(books), LIMIT(books.id)),
                VG_INVALID,
                "LIMIT and OFFSET take a number, which no column of a row is");
}

int main(void)
{
    struct CMUnitTest tests[] = {
        TEST(test_select__lists_every_column),
        TEST(test_select__does_not_depend_on_column_order_on_sqlite),
        TEST(test_select__of_nothing),
        TEST(test_select__one_and_get),
        TEST(test_select__text_needs_an_arena),
        TEST(test_select__distinct),
        TEST(test_select__where_of_skip),
        TEST(test_select__dynamic_filters),
        TEST(test_select__kept_conditions),
        TEST(test_select__keep_every_form),
        TEST(test_select__chosen_clause),
        TEST(test_select__order_by),
        TEST(test_select__limit_and_offset),
        TEST(test_select__group_by_and_having),
        TEST(test_select__count_and_exists),
        TEST(test_select__value_lists),
        TEST(test_select__is_prepared_once),
        TEST(test_select__clauses_in_any_order),
        TEST(test_select__refusals),
        TEST(test_select__limit_takes_expressions),
    };
    return run_portable_tests(tests);
}
