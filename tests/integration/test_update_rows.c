/* Many rows updated at once, each to values of its own. */
#include "check.h"
#include "library.h"
#include <stdio.h>

static vg_value next_revision(char room[VG_DEFAULT_ROOM])
{
    static int64_t revision;
    (void)room;
    return vg_of_int(++revision);
}

// clang-format off
TABLE(facts,
    COLUMN(area, TEXT,      NOT_NULL),
    COLUMN(nr,   INTEGER,   NOT_NULL),
    COLUMN(at,   TIMESTAMP, NOT_NULL, MODE(SECONDS)),
    COLUMN(tag,  UUID),
    COLUMN(mark, REAL),
    COLUMN(ok,   BOOLEAN,   NOT_NULL, DEFAULT(true)),
    COLUMN(data, BLOB),
    COLUMN(rev,  INTEGER,   ON_UPDATE_FN(next_revision)),
    PRIMARY_KEY(area, nr))
// clang-format on

SCHEMA(factual, authors, books, loans, facts)

static int setup(void **state)
{
    return fixture_open(state, &factual, LIBRARY_ROWS);
}

/* Rows are read, changed and written back. */
/* Proves: Q068. */
static void test_update_rows__row_structs(void **state)
{
    fixture *f = *state;
    authors_list list;
    check_ok(f->db,
             vg_all(f->db, &f->arena, &list, SELECT(authors), ORDER_BY(authors.id)));
    for (size_t i = 0; i < list.len; i++) {
        list.data[i].born = (vg_opt_int){i != 1, 2000 + (int64_t)i};
        list.data[i].name = i ? "x" : "Ada L.";
    }
    list.data[1].name = "Bo";
    list.data[2].name = "Cy";
    list.data[3].id = 99; /* no such row */
    check_ok(f->db,
             vg_exec(f->db, UPDATE_ROWS(authors, list.data, list.len, KEY(id),
                                        SET_EACH(name, born), SET(alive, true))));
    assert_int_equal(vg_changes(f->db), 3);
    check_rows(f->db, "select name, born, alive from authors order by id",
               "Ada L.|2000|1;Bo|null|1;Cy|2002|1;Dan|1970|1");
    check_sql("update \"authors\" set \"name\" = ?, \"born\" = ?, \"alive\" = ? where "
              "\"authors\".\"id\" = ? returning \"id\"",
              "[\"Ada L.\",2000,1,1]",
              UPDATE_ROWS(authors, list.data, list.len, KEY(id), SET(alive, true),
                          SET_EACH(name, born)),
              RETURNING_VALUE(authors.id));
    check_ok(f->db, vg_exec(f->db, UPDATE_ROWS(authors, list.data, 0, KEY(id),
                                               SET_EACH(name))));
    assert_int_equal(vg_changes(f->db), 0);
}

/* Insert structs, a key of two columns, every type, RETURNING. */
/* Proves: Q068. */
static void test_update_rows__insert_structs(void **state)
{
    fixture *f = *state;
    vg_uuid uuid = {{7}};
    struct facts_new rows[] = {
        {.area = "a", .nr = 1, .at = {5000000}},
        {.area = "a", .nr = 2, .at = {6000000}, .tag = {true, uuid}}};
    facts_list list;
    check_ok(f->db, vg_exec(f->db, INSERT_INTO(facts, VALUES(rows, 2))));
    for (int i = 0; i < 2; i++) {
        rows[i].at.us += 60000000;
        rows[i].tag = (vg_opt_uuid){i == 0, uuid};
        rows[i].mark = (vg_opt_real){true, i + 0.5};
        rows[i].ok = (vg_opt_bool){true, i == 1};
        rows[i].data = (vg_bytes){i ? NULL : "xyz", i ? 0 : 3};
    }
    check_ok(f->db, vg_all(f->db, &f->arena, &list,
                           UPDATE_ROWS(facts, rows, 2, KEY(area, nr),
                                       SET_EACH(at, tag, mark), SET_EACH(ok, data)),
                           RETURNING(facts)));
    assert_int_equal(list.len, 2);
    assert_int_equal(list.data[1].at.us, 66000000);
    assert_true(list.data[0].tag.has && !list.data[1].tag.has);
    assert_true(list.data[1].rev.v > list.data[0].rev.v);
    check_rows(f->db, "select at, mark, ok, data from facts order by nr",
               "65|0.5|0|x'78797a';66|1.5|1|null");
}

/* All or nothing, in a block and outside. */
static void test_update_rows__all_or_nothing(void **state)
{
    fixture *f = *state;
    struct books rows[] = {{.id = 1, .title = "One", .pages = {true, 1}},
                           {.id = 2, .title = "Two", .pages = {true, -1}}};
    check_fails(
        f->db,
        vg_exec(f->db, UPDATE_ROWS(books, rows, 2, KEY(id), SET_EACH(title, pages))),
        VG_CHECK, "CHECK constraint failed: books_pages");
    check_rows(f->db, "select title from books where id = 1", "Notes");
    VG_TRANSACTION(f->db, tx) {
        check_ok(f->db, vg_exec(f->db, UPDATE(books, SET(price, 1.0)),
                                WHERE(EQ(books.id, 3))));
        VG_TRANSACTION(f->db, inner)
            vg_exec(f->db,
                    UPDATE_ROWS(books, rows, 2, KEY(id), SET_EACH(title, pages)));
    }
    check_rows(f->db, "select title, price from books where id in (1, 3)",
               "Notes|9.5;Pipes|1.0");
}

/* One statement is prepared for all rows, and found again. */
static void test_update_rows__one_statement(void **state)
{
    fixture *f = *state;
    static struct loans rows[500];
    for (int i = 0; i < 500; i++)
        rows[i] = (struct loans){.book_id = 1, .day = 10 + i, .reader = "r"};
    for (int round = 0; round < 2; round++) {
        uint64_t misses = vg_statistics(f->db).misses;
        check_ok(f->db, vg_exec(f->db, UPDATE_ROWS(loans, rows, 500, KEY(day),
                                                   SET_EACH(reader))));
        assert_true(vg_statistics(f->db).misses - misses <= (round ? 0 : 3));
    }
}

static void test_update_rows__refused(void **state)
{
    fixture *f = *state;
    struct books rows[] = {{.id = 1, .title = NULL}};
    struct books whole = {.id = 1, .title = "x"};
    struct books_new added = {.title = "x"};
    struct facts_new facts_rows[] = {{.area = NULL}};
    const char *bare =
        "UPDATE_ROWS(books): KEY(...) must say which columns find the row, "
        "SET_EACH(...) which are set";
    check_no_sql(bare, UPDATE_ROWS(books, rows, 1, KEY(id)));
    check_no_sql(bare, UPDATE_ROWS(books, rows, 1, SET_EACH(title)));
    check_no_sql(
        "UPDATE_ROWS(books): RETURNING and COMMENT are the only clauses that it takes",
        UPDATE_ROWS(books, rows, 1, KEY(id), SET_EACH(pages)), LIMIT(1));
    check_no_sql("UPDATE_ROWS(books): the rows are NULL, but not empty",
                 UPDATE_ROWS(books, (struct books *)NULL, 1, KEY(id), SET_EACH(pages)));
    check_no_sql("UPDATE_ROWS(books): no rows, no statement",
                 UPDATE_ROWS(books, rows, 0, KEY(id), SET_EACH(pages)));
    check_no_sql("IN: SKIP is no value; it stands in AND, OR, NOT and WHERE",
                 UPDATE_ROWS(books, &whole, 1, KEY(id), SET_EACH(title),
                             SET(in_print, IN(SKIP, true))));
    check_no_sql("IN: SKIP is no value; it stands in AND, OR, NOT and WHERE",
                 INSERT_INTO(books, VALUES(&added)),
                 ON_CONFLICT(books, KEY(id), SET(in_print, IN(SKIP, true))));
    check_no_sql("SET(pages) stands twice",
                 UPDATE_ROWS(books, rows, 1, KEY(id), SET_EACH(pages), SET(pages, 1)));
    check_fails(f->db,
                vg_exec(f->db, UPDATE_ROWS(books, rows, 1, KEY(id), SET_EACH(title))),
                VG_NOT_NULL, "UPDATE_ROWS: row 0: books.title is NULL, but NOT NULL");
    check_fails(f->db,
                vg_exec(f->db, UPDATE_ROWS(facts, facts_rows, 1, KEY(area, nr),
                                           SET_EACH(mark))),
                VG_INVALID, "UPDATE_ROWS: row 0: the key facts.area is NULL");
    vg_cursor *cursor;
    struct books *book;
    check_fails(
        f->db,
        vg_query(f->db, &cursor, &book,
                 UPDATE_ROWS(books, rows, 1, KEY(id), SET_EACH(pages)),
                 RETURNING(books)),
        VG_INVALID,
        "UPDATE_ROWS(books) takes several statements, which a cursor cannot: use "
        "vg_all or vg_exec");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(test_update_rows__row_structs, setup,
                                        fixture_close),
        cmocka_unit_test_setup_teardown(test_update_rows__insert_structs, setup,
                                        fixture_close),
        cmocka_unit_test_setup_teardown(test_update_rows__all_or_nothing, setup,
                                        fixture_close),
        cmocka_unit_test_setup_teardown(test_update_rows__one_statement, setup,
                                        fixture_close),
        cmocka_unit_test_setup_teardown(test_update_rows__refused, setup,
                                        fixture_close),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
