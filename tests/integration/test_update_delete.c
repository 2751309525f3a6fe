/* UPDATE and DELETE: expressions, conditions, RETURNING, and that nothing touches a
 * whole table unless it says so. */
#include "check.h"
#include "library.h"

// clang-format off
PROJECTION(price_after, FIELD(title, books.title), FIELD(cents, MUL(books.price, 100)))
// clang-format on

static int setup(void **state)
{
    return fixture_open(state, &library, LIBRARY_ROWS);
}

/* Values, expressions of the row itself, subqueries, NULL. */
/* Proves: Q063. */
static void test_update__set(void **state)
{
    fixture *f = *state;
    check_sql("update \"books\" set \"pages\" = \"books\".\"pages\" + ?, \"title\" = "
              "\"books\".\"title\" || ?, \"in_print\" = ?, \"author_id\" = ? where "
              "\"books\".\"id\" = ?",
              "[1,\"!\",1,null,3]",
              UPDATE(books, SET(pages, ADD(books.pages, 1)),
                     SET(title, CONCAT(books.title, "!")), SET(in_print, true),
                     SET(author_id, NULL)),
              WHERE(EQ(books.id, 3)));
    check_ok(f->db, vg_exec(f->db,
                            UPDATE(books, SET(pages, ADD(books.pages, 1)),
                                   SET(title, CONCAT(books.title, "!")),
                                   SET(in_print, true), SET(author_id, NULL)),
                            WHERE(EQ(books.id, 1))));
    check_rows(f->db, "select * from books where id = 1", "1|null|Notes!|67|9.5|1");
    check_ok(f->db,
             vg_exec(f->db,
                     UPDATE(authors,
                            SET(born, SCALAR(MAX(books.pages), FROM(books),
                                             WHERE(EQ(books.author_id, authors.id))))),
                     WHERE(NE(authors.id, 1))));
    assert_int_equal(vg_changes(f->db), 3);
    check_rows(f->db, "select born from authors order by id", "1815;272;120;null");
}

/* A value for each row, through a fragment. */
/* Proves: Q063 Q068. */
static void test_update__many_values(void **state)
{
    fixture *f = *state;
    check_ok(
        f->db,
        vg_exec(f->db,
                UPDATE(loans, SET(reader, SQL(TEXT, "case ? when ? then ? else ? end",
                                              loans.day, 1, "first", loans.reader))),
                WHERE(EQ(loans.book_id, 1))));
    check_rows(f->db, "select day, reader from loans where book_id = 1",
               "1|first;2|Sam");
}

/* Columns that are set or not, decided at run time; none is refused. */
/* Proves: Q063. */
static void test_update__set_if(void **state)
{
    fixture *f = *state;
    for (int i = 0; i < 4; i++) {
        int rc = vg_exec(
            f->db,
            UPDATE(loans, SET_IF(i & 1, reader, "x"), SET_IF(i & 2, day, 100 + i)),
            WHERE(AND(EQ(loans.book_id, 2))));
        if (i)
            check_ok(f->db, rc);
        else
            check_fails(f->db, rc, VG_INVALID, "UPDATE(loans): no column is SET");
        static const char *const rows[] = {"2|1|Rue", "2|1|x", "2|102|x", "2|103|x"};
        check_rows(f->db, "select * from loans where book_id = 2", rows[i]);
    }
}

/* Without WHERE only with ALL_ROWS, and a WHERE that vanished is none. */
/* Proves: Q064 Q108. */
static void test_update__needs_where(void **state)
{
    fixture *f = *state;
    const char *refused =
        "UPDATE(loans) without WHERE would touch every row; add ALL_ROWS if "
        "that is meant";
    check_no_sql(refused, UPDATE(loans, SET(reader, "x")));
    check_no_sql(refused, UPDATE(loans, SET(reader, "x")), WHERE(SKIP));
    check_no_sql(refused, UPDATE(loans, SET(reader, "x")), WHERE(AND(SKIP, OR(SKIP))));
    check_no_sql(refused, UPDATE(loans, SET(reader, "x")), WHERE(NOT(SKIP)));
    check_no_sql(refused, UPDATE(loans, SET(reader, "x")),
                 WHERE(ALL_OF((vg_predicate *)NULL, 0)));
    check_no_sql("UPDATE(loans) has both WHERE and ALL_ROWS",
                 UPDATE(loans, SET(reader, "x")), WHERE(EQ(loans.day, 1)), ALL_ROWS);
    check_fails(f->db, vg_exec(f->db, UPDATE(loans, SET(reader, "x"))), VG_INVALID,
                refused);
    check_rows(f->db, "select count(*) from loans where reader = 'x'", "0");
    check_sql("update \"loans\" set \"reader\" = ?", "[\"x\"]",
              UPDATE(loans, SET(reader, "x")), ALL_ROWS);
    check_ok(f->db, vg_exec(f->db, UPDATE(loans, SET(reader, "x")), ALL_ROWS));
    assert_int_equal(vg_changes(f->db), 3);
}

/* Rows, projections and values of what was changed. */
/* Proves: Q066. */
static void test_update__returning(void **state)
{
    fixture *f = *state;
    check_sql("update \"loans\" set \"day\" = \"loans\".\"day\" + ? where "
              "\"loans\".\"reader\" = "
              "? returning \"book_id\", \"day\", \"reader\"",
              "[10,\"Rue\"]", UPDATE(loans, SET(day, ADD(loans.day, 10))),
              WHERE(EQ(loans.reader, "Rue")), RETURNING(loans));
    loans_list list;
    check_ok(f->db, vg_all(f->db, &f->arena, &list,
                           UPDATE(loans, SET(day, ADD(loans.day, 10))),
                           WHERE(EQ(loans.reader, "Rue")), RETURNING(loans)));
    assert_int_equal(list.len, 2);
    assert_int_equal(list.data[0].day, 11);
    struct price_after after;
    check_ok(f->db, vg_get(f->db, &f->arena, &after, UPDATE(books, SET(price, 2)),
                           WHERE(EQ(books.id, 1)), RETURNING(price_after)));
    check_text(after.title, "Notes");
    assert_true(after.cents == 200.0);
    vg_int_list ids;
    check_ok(f->db, vg_all(f->db, &f->arena, &ids, UPDATE(books, SET(price, 3)),
                           WHERE(LT(books.id, 3)), RETURNING_VALUE(books.id)));
    assert_int_equal(ids.len, 2);
    struct loans *none;
    assert_int_equal(vg_one(f->db, &f->arena, &none, UPDATE(loans, SET(day, 0)),
                            WHERE(EQ(loans.book_id, 99)), RETURNING(loans)),
                     VG_NOT_FOUND);
    assert_null(none);
}

/* One row is read, yet the statement runs to its end. */
static void test_update__returning_one_of_many(void **state)
{
    fixture *f = *state;
    struct loans *one;
    check_ok(f->db, vg_one(f->db, &f->arena, &one, UPDATE(loans, SET(reader, "x")),
                           ALL_ROWS, RETURNING(loans)));
    check_text(one->reader, "x");
    assert_int_equal(vg_changes(f->db), 3);
    check_rows(f->db, "select count(*) from loans where reader = 'x'", "3");
}

/* Other tables in the condition and in the values. */
/* Proves: Q065. */
static void test_update__from(void **state)
{
    fixture *f = *state;
    check_sql(
        "update \"books\" set \"title\" = \"authors\".\"name\" || ? || "
        "\"books\".\"title\" from \"authors\" left join \"authors\" \"mentors\" on "
        "\"mentors\".\"id\" = \"authors\".\"mentor_id\" where (\"authors\".\"id\" = "
        "\"books\".\"author_id\" and \"mentors\".\"name\" = ?)",
        "[\": \",\"Ada\"]",
        UPDATE(books,
               SET(title, SQL(TEXT, "? || ? || ?", authors.name, ": ", books.title))),
        FROM(authors), LEFT_JOIN(mentors, EQ(mentors.id, authors.mentor_id)),
        WHERE(AND(EQ(authors.id, books.author_id), EQ(mentors.name, "Ada"))));
    check_ok(
        f->db,
        vg_exec(f->db,
                UPDATE(books, SET(title, SQL(TEXT, "? || ? || ?", authors.name, ": ",
                                             books.title))),
                FROM(authors), LEFT_JOIN(mentors, EQ(mentors.id, authors.mentor_id)),
                WHERE(AND(EQ(authors.id, books.author_id), EQ(mentors.name, "Ada")))));
    check_rows(f->db, "select title from books order by id",
               "Notes;Brian: The C Book;Brian: Pipes;Clara: Letters;Anonymous");
}

/* The first rows only. */
/* Proves: Q067 Q070. */
static void test_update__order_and_limit(void **state)
{
    fixture *f = *state;
    check_ok(f->db, vg_exec(f->db, UPDATE(books, SET(price, 0)),
                            ORDER_BY(DESC(books.price)), LIMIT(2)));
    assert_int_equal(vg_changes(f->db), 2);
    check_rows(f->db, "select id from books where price = 0", "2;3");
    check_ok(f->db, vg_exec(f->db, DELETE_FROM(loans), WHERE(EQ(loans.reader, "Rue")),
                            ORDER_BY(DESC(loans.book_id)), LIMIT(1)));
    check_rows(f->db, "select book_id, day from loans", "1|1;1|2");
    check_ok(f->db, vg_exec(f->db, DELETE_FROM(loans), LIMIT(0)));
    assert_int_equal(vg_changes(f->db), 0);
    check_no_sql("DELETE_FROM(loans) without WHERE would touch every row; add ALL_ROWS "
                 "if that is "
                 "meant",
                 DELETE_FROM(loans), LIMIT(-1));
}

/* What a constraint refuses leaves every row as it was. */
static void test_update__constraints(void **state)
{
    fixture *f = *state;
    check_fails(
        f->db,
        vg_exec(f->db, UPDATE(books, SET(pages, SUB(books.pages, 66))), ALL_ROWS),
        VG_CHECK, "CHECK constraint failed: books_pages");
    check_fails(f->db, vg_exec(f->db, UPDATE(authors, SET(name, "Ada")), ALL_ROWS),
                VG_UNIQUE, "UNIQUE constraint failed: authors.name");
    check_fails(f->db, vg_exec(f->db, UPDATE(books, SET(author_id, 50)), ALL_ROWS),
                VG_FOREIGN_KEY, "FOREIGN KEY constraint failed");
    check_rows(f->db, "select sum(pages), count(distinct name) from books, authors",
               "1872|4");
}

static void test_update__refusals(void **state)
{
    (void)state;
    check_no_sql("SET(day) stands twice", UPDATE(loans, SET(day, 1), SET(day, 2)),
                 ALL_ROWS);
    check_no_sql(
        "column books.id: books is not in FROM; add FROM(books) or a join with it",
        UPDATE(loans, SET(day, 1)), WHERE(EQ(loans.book_id, books.id)));
    check_no_sql(
        "column books.pages: books is not in FROM; add FROM(books) or a join with it",
        UPDATE(loans, SET(day, SQL(INTEGER, "?", books.pages))), ALL_ROWS);
    check_no_sql("UPDATE(loans) takes no GROUP_BY, HAVING, DISTINCT, ON_CONFLICT "
                 "or set operation",
                 UPDATE(loans, SET(day, 1)), ALL_ROWS, GROUP_BY(loans.day));
    check_no_sql("UPDATE(loans): ORDER_BY needs a LIMIT to mean something, and there "
                 "is no OFFSET "
                 "here",
                 UPDATE(loans, SET(day, 1)), ALL_ROWS, ORDER_BY(loans.day));
    check_no_sql("UPDATE(loans) with FROM takes no ORDER_BY or LIMIT",
                 UPDATE(loans, SET(day, 1)), FROM(books),
                 WHERE(EQ(books.id, loans.book_id)), LIMIT(1));
    check_no_sql("a join needs a FROM", UPDATE(loans, SET(day, 1)),
                 INNER_JOIN(books, EQ(books.id, loans.book_id)), ALL_ROWS);
    check_no_sql("loans stands twice in FROM: join an ALIAS of it",
                 UPDATE(loans, SET(day, 1)), FROM(loans), ALL_ROWS);
}

/* Proves: Q069. */
static void test_delete__where_and_returning(void **state)
{
    fixture *f = *state;
    check_sql("delete from \"loans\" where (\"loans\".\"day\" = ? and "
              "\"loans\".\"reader\" <> ?) "
              "returning \"reader\"",
              "[1,\"x\"]", DELETE_FROM(loans),
              WHERE(AND(EQ(loans.day, 1), NE(loans.reader, "x"))),
              RETURNING_VALUE(loans.reader));
    loans_list list;
    check_ok(f->db, vg_all(f->db, &f->arena, &list, DELETE_FROM(loans),
                           WHERE(EQ(loans.day, 1)), RETURNING(loans)));
    assert_int_equal(list.len, 2);
    assert_int_equal(vg_changes(f->db), 2);
    int64_t day;
    check_ok(f->db, vg_get(f->db, NULL, &day, DELETE_FROM(loans),
                           WHERE(EQ(loans.reader, "Sam")),
                           RETURNING_VALUE(MUL(loans.day, 10))));
    assert_int_equal(day, 20);
    check_rows(f->db, "select count(*) from loans", "0");
    check_ok(f->db, vg_exec(f->db, DELETE_FROM(loans), WHERE(EQ(loans.day, 1))));
    assert_int_equal(vg_changes(f->db), 0);
}

/* Proves: Q064 Q069 Q108. */
static void test_delete__needs_where(void **state)
{
    fixture *f = *state;
    const char *refused =
        "DELETE_FROM(loans) without WHERE would touch every row; add ALL_ROWS "
        "if that is meant";
    check_no_sql(refused, DELETE_FROM(loans));
    check_no_sql(refused, DELETE_FROM(loans), WHERE(SKIP));
    check_no_sql("DELETE_FROM(loans) has both WHERE and ALL_ROWS", DELETE_FROM(loans),
                 WHERE(EQ(loans.day, 1)), ALL_ROWS);
    check_no_sql("a join needs a FROM", DELETE_FROM(loans), CROSS_JOIN(books),
                 WHERE(EQ(loans.day, 1)));
    check_fails(f->db, vg_exec(f->db, DELETE_FROM(loans)), VG_INVALID, refused);
    check_rows(f->db, "select count(*) from loans", "3");
    check_ok(f->db, vg_exec(f->db, DELETE_FROM(loans), ALL_ROWS));
    check_rows(f->db, "select count(*) from loans", "0");
    assert_int_equal(vg_changes(f->db), 3);
}

/* An IN of nothing is false: nothing is deleted; its opposite deletes all, and says
 * so. */
static void test_delete__empty_array(void **state)
{
    fixture *f = *state;
    check_ok(f->db, vg_exec(f->db, DELETE_FROM(loans),
                            WHERE(IN_ARRAY(loans.day, (int *)NULL, 0))));
    check_rows(f->db, "select count(*) from loans", "3");
    check_ok(f->db, vg_exec(f->db, DELETE_FROM(loans),
                            WHERE(NOT_IN_ARRAY(loans.day, (int *)NULL, 0))));
    check_rows(f->db, "select count(*) from loans", "0");
}

/* Cascades and SET NULL are the database's. */
/* Proves: S073. */
static void test_delete__foreign_keys(void **state)
{
    fixture *f = *state;
    check_fails(f->db, vg_exec(f->db, DELETE_FROM(books), WHERE(EQ(books.id, 1))),
                VG_FOREIGN_KEY, "FOREIGN KEY constraint failed");
    check_ok(f->db, vg_exec(f->db, DELETE_FROM(authors), WHERE(EQ(authors.id, 3))));
    check_rows(f->db, "select count(*) from books where id = 4", "0");
    check_rows(f->db, "select mentor_id from authors where id = 4", "null");
}

#define TEST(name) cmocka_unit_test_setup_teardown(name, setup, fixture_close)

int main(void)
{
    const struct CMUnitTest tests[] = {
        TEST(test_update__set),
        TEST(test_update__many_values),
        TEST(test_update__set_if),
        TEST(test_update__needs_where),
        TEST(test_update__returning),
        TEST(test_update__returning_one_of_many),
        TEST(test_update__from),
        TEST(test_update__order_and_limit),
        TEST(test_update__constraints),
        TEST(test_update__refusals),
        TEST(test_delete__where_and_returning),
        TEST(test_delete__needs_where),
        TEST(test_delete__empty_array),
        TEST(test_delete__foreign_keys),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
