/* Cursors: rows lent one at a time, ended early or late, side by side, over the same
 * query, while the program writes. */
#include "check.h"
#include "library.h"
#include <stdio.h>

// clang-format off
PROJECTION(author_book, FIELD(name, authors.name), OPT_ROW(book, books))
PROJECTION(strict_pages, FIELD(pages, SQL(INTEGER, "?", books.pages)))
// clang-format on

static int setup(void **state)
{
    return fixture_open(state, &library, LIBRARY_ROWS);
}

/* All rows, then none any more. */
/* Proves: Q036 Q040. */
static void test_cursor__to_the_end(void **state)
{
    fixture *f = *state;
    vg_cursor *cursor;
    struct books *book = (struct books *)1;
    int64_t count = 0;
    check_ok(f->db, vg_query(f->db, &cursor, &book, SELECT(books), ORDER_BY(books.id)));
    assert_null(book);
    while (vg_next(cursor)) {
        count++;
        assert_true(count <= 5);
        assert_int_equal(book->id, count);
        assert_int_equal(vg_text_len(book->title), strlen(book->title));
    }
    assert_int_equal(count, 5);
    assert_null(book);
    assert_false(vg_next(cursor));
    check_ok(f->db, vg_finish(cursor));
}

/* Ended after the first row, before it, and without a cursor at all. */
static void test_cursor__early_end(void **state)
{
    fixture *f = *state;
    vg_cursor *cursor;
    struct books *book;
    check_ok(f->db,
             vg_query(f->db, &cursor, &book, SELECT(books), ORDER_BY(DESC(books.id))));
    assert_true(vg_next(cursor));
    check_text(book->title, "Anonymous");
    check_ok(f->db, vg_finish(cursor));
    check_ok(f->db, vg_query(f->db, &cursor, &book, SELECT(books)));
    check_ok(f->db, vg_finish(cursor));
    check_ok(f->db, vg_finish(NULL));
    /* Nothing of it is left open: the table can be dropped. */
    check_ok(f->db, vg_script(f->db, "drop table loans"));
}

/* Optional rows inside a lent row, and the rows of a join. */
static void test_cursor__nested_rows(void **state)
{
    fixture *f = *state;
    vg_cursor *cursor;
    struct author_book *row;
    char got[200] = "";
    check_ok(f->db, vg_query(f->db, &cursor, &row, SELECT(author_book), FROM(authors),
                             LEFT_JOIN(books, EQ(books.author_id, authors.id)),
                             ORDER_BY(authors.id, books.id)));
    for (int i = 0; i < 10 && vg_next(cursor); i++) {
        size_t at = strlen(got);
        snprintf(got + at, sizeof got - at, "%s/%s;", row->name,
                 row->book ? row->book->title : "-");
    }
    check_ok(f->db, vg_finish(cursor));
    check_text(got, "Ada/Notes;Brian/The C Book;Brian/Pipes;Clara/Letters;Dan/-;");
}

/* Parameters are copied: they may change or die once the cursor is open. */
static void test_cursor__copies_parameters(void **state)
{
    fixture *f = *state;
    vg_cursor *cursor;
    struct books *book;
    char title[20] = "P%";
    check_ok(f->db, vg_query(f->db, &cursor, &book, SELECT(books),
                             WHERE(LIKE(books.title, title))));
    memset(title, 'x', sizeof title - 1);
    assert_true(vg_next(cursor));
    check_text(book->title, "Pipes");
    assert_false(vg_next(cursor));
    check_ok(f->db, vg_finish(cursor));
}

/* The same query inside itself is prepared a second time. */
/* Proves: Q043. */
static void test_cursor__nested_use_of_one_query(void **state)
{
    fixture *f = *state;
    vg_cursor *outer, *inner;
    struct authors *a, *b;
    int pairs = 0;
    uint64_t nested = vg_statistics(f->db).nested;
    check_ok(f->db, vg_query(f->db, &outer, &a, SELECT(authors), ORDER_BY(authors.id)));
    while (vg_next(outer) && pairs < 100) {
        check_ok(f->db,
                 vg_query(f->db, &inner, &b, SELECT(authors), ORDER_BY(authors.id)));
        while (vg_next(inner) && pairs < 100) {
            pairs++;
            assert_int_equal(b->id, (pairs - 1) % 4 + 1);
        }
        check_ok(f->db, vg_finish(inner));
        assert_int_equal(a->id, (pairs - 1) / 4 + 1);
    }
    check_ok(f->db, vg_finish(outer));
    assert_int_equal(pairs, 16);
    assert_true(vg_statistics(f->db).nested > nested);
}

/* Other statements run while a cursor is open, and finishing order is free. */
static void test_cursor__among_others_on_sqlite(void **state)
{
    fixture *f = *state;
    vg_cursor *first, *second;
    struct books *book;
    struct loans *loan;
    check_ok(f->db, vg_query(f->db, &first, &book, SELECT(books), ORDER_BY(books.id)));
    check_ok(f->db, vg_query(f->db, &second, &loan, SELECT(loans)));
    int count = 0;
    while (vg_next(first) && count < 10) {
        count++;
        check_ok(f->db, vg_exec(f->db, UPDATE(authors, SET(born, count)),
                                WHERE(EQ(authors.id, 1))));
        check_rows(
            f->db,
            "select born = (select max(born) from authors where id = 1) from authors "
            "where id = 1",
            "1");
        (void)vg_next(second);
    }
    assert_int_equal(count, 5);
    check_ok(f->db, vg_finish(first));
    check_ok(f->db, vg_finish(second));
}

/* RETURNING through a cursor. */
static void test_cursor__returning(void **state)
{
    fixture *f = *state;
    vg_cursor *cursor;
    struct loans *loan;
    int64_t days = 0;
    check_fails(
        f->db,
        vg_query(f->db, &cursor, &loan, DELETE_FROM(loans), ALL_ROWS, RETURNING(loans)),
        VG_MISUSE,
        "a cursor over what is changed needs a VG_TRANSACTION around it; or read "
        "the rows by vg_all");
    assert_null(cursor);
    VG_TRANSACTION(f->db, tx) {
        check_ok(f->db, vg_query(f->db, &cursor, &loan,
                                 UPDATE(loans, SET(day, ADD(loans.day, 10))), ALL_ROWS,
                                 RETURNING(loans)));
        for (int i = 0; i < 10 && vg_next(cursor); i++)
            days += loan->day;
        check_ok(f->db, vg_finish(cursor));
    }
    assert_int_equal(days, 34);
    check_rows(f->db, "select sum(day) from loans", "34");
}

/* A failure in the middle: vg_next ends, vg_finish tells. */
static void test_cursor__failure(void **state)
{
    fixture *f = *state;
    vg_cursor *cursor;
    struct strict_pages *row;
    int rows = 0;
    check_ok(f->db, vg_query(f->db, &cursor, &row, SELECT(strict_pages), FROM(books),
                             ORDER_BY(books.id)));
    while (vg_next(cursor) && rows < 10)
        rows++;
    assert_int_equal(rows, 2);
    assert_null(row);
    check_fails(f->db, vg_finish(cursor), VG_NULL_VALUE,
                "strict_pages.pages is NULL, but the field cannot hold one; if that is "
                "right (an "
                "outer join), say FIELD(pages, NULLABLE(...)) or OPT_ROW");
}

/* A query that is refused opens nothing. */
static void test_cursor__refused(void **state)
{
    fixture *f = *state;
    vg_cursor *cursor = (vg_cursor *)1;
    struct books *book = (struct books *)1;
    check_fails(
        f->db, vg_query(f->db, &cursor, &book, SELECT(books), WHERE(EQ(loans.day, 1))),
        VG_INVALID,
        "column loans.day: loans is not in FROM; add FROM(loans) or a join with it");
    assert_null(cursor);
    assert_null(book);
    struct books_new rows[2] = {{.title = "a"}, {.title = "b"}};
    check_fails(f->db,
                vg_query(f->db, &cursor, &book, INSERT_INTO(books, VALUES(rows, 2)),
                         RETURNING(books)),
                VG_INVALID,
                "INSERT_INTO(books): VALUES may take several statements, which a "
                "cursor and vg_sql "
                "cannot: use vg_all or vg_exec");
    check_rows(f->db, "select count(*) from books", "5");
}

/* Many rows use no more memory than one: the arena of the caller stays empty. */
static void test_cursor__constant_memory(void **state)
{
    fixture *f = *state;
    check_ok(f->db,
             vg_script(f->db,
                       "with recursive n(i) as (select 1 union all select i + 1 from "
                       "n where i < 20000) insert into loans select 1, 100 + i, "
                       "'reader ' || i from n"));
    vg_cursor *cursor;
    struct loans *loan;
    int64_t count = 0;
    check_ok(f->db,
             vg_query(f->db, &cursor, &loan, SELECT(loans), WHERE(GT(loans.day, 100))));
    while (vg_next(cursor) && count < 30000)
        count += loan->reader[0] == 'r';
    check_ok(f->db, vg_finish(cursor));
    assert_int_equal(count, 20000);
    assert_int_equal(vg_arena_size(&f->arena), 0);
}

/* A cursor that is forgotten is told by vg_close. */
static void test_cursor__forgotten(void **state)
{
    (void)state;
    vg_db *db;
    vg_cursor *cursor;
    struct books *book;
    assert_int_equal(vg_open(&db, ":memory:", NULL), VG_OK);
    check_ok(db, vg_create(db, &library));
    check_ok(db, vg_query(db, &cursor, &book, SELECT(books)));
    assert_int_equal(vg_close(db), VG_MISUSE);
}

#define TEST(name) cmocka_unit_test_setup_teardown(name, setup, fixture_close)

int main(void)
{
    struct CMUnitTest tests[] = {
        TEST(test_cursor__to_the_end),
        TEST(test_cursor__early_end),
        TEST(test_cursor__nested_rows),
        TEST(test_cursor__copies_parameters),
        TEST(test_cursor__nested_use_of_one_query),
        TEST(test_cursor__among_others_on_sqlite),
        TEST(test_cursor__returning),
        TEST(test_cursor__failure),
        TEST(test_cursor__refused),
        TEST(test_cursor__constant_memory),
        cmocka_unit_test(test_cursor__forgotten),
    };
    return run_portable_tests(tests);
}
