/* INSERT: by SETs, from structs, defaults alone, what RETURNING brings back, what is
 * reported, and that many rows go in together or not at all. */
#include "check.h"
#include "library.h"
#include <stdio.h>

// clang-format off
TABLE(items,
    COLUMN(id,    INTEGER, PRIMARY_KEY),
    COLUMN(code,  TEXT,    NOT_NULL, UNIQUE),
    COLUMN(n,     INTEGER, NOT_NULL, DEFAULT(7)),
    COLUMN(note,  TEXT,    DEFAULT("none")),
    COLUMN(extra, INTEGER),
    CHECK(items_n, "n < 1000"))

TABLE(ticks,
    COLUMN(id, INTEGER, PRIMARY_KEY, AUTOINCREMENT),
    COLUMN(at, INTEGER, NOT_NULL, DEFAULT(3)))

TABLE(wide_row,
    COLUMN(a, TEXT, NOT_NULL), COLUMN(b, BLOB, NOT_NULL), COLUMN(c, JSON, NOT_NULL))

PROJECTION(item_brief, FIELD(code, items.code), FIELD(twice, MUL(items.n, 2)))
// clang-format on

SCHEMA(stock, items, ticks, wide_row)

static int setup(void **state)
{
    return fixture_open(state, &stock, NULL);
}

static int setup_library(void **state)
{
    return fixture_open(state, &library, LIBRARY_ROWS);
}

/* Only the columns that are SET are listed, in that order. */
/* Proves: Q047. */
static void test_insert__lists_what_is_set(void **state)
{
    fixture *f = *state;
    check_sql("insert into \"items\" (\"code\") values (?)", "[\"a\"]",
              INSERT_INTO(items, SET(code, "a")));
    check_sql("insert into \"items\" (\"n\", \"code\", \"extra\") values (?, ?, ?)",
              "[5,\"a\",null]",
              INSERT_INTO(items, SET(n, 5), SET(code, "a"), SET(extra, NULL)));
    check_ok(f->db, vg_exec(f->db, INSERT_INTO(items, SET(code, "a"))));
    check_ok(f->db, vg_exec(f->db, INSERT_INTO(items, SET(n, 5), SET(code, "b"),
                                               SET(note, NULL), SET(extra, 9))));
    check_rows(f->db, "select * from items order by id",
               "1|a|7|none|null;2|b|5|null|9");
}

/* Expressions as values. */
/* Proves: Q049. */
static void test_insert__expressions(void **state)
{
    fixture *f = *state;
    check_sql("insert into \"items\" (\"code\", \"n\") values (upper(?), (select "
              "count(*) from "
              "\"items\") + ?)",
              "[\"abc\",1]",
              INSERT_INTO(items, SET(code, SQL(TEXT, "upper(?)", "abc")),
                          SET(n, ADD(COUNT_OF(FROM(items)), 1))));
    for (int i = 0; i < 2; i++)
        check_ok(
            f->db,
            vg_exec(f->db, INSERT_INTO(items, SET(code, SQL(TEXT, "? || ?", "c", i)),
                                       SET(n, ADD(COUNT_OF(FROM(items)), 1)))));
    check_rows(f->db, "select code, n from items order by id", "c0|1;c1|2");
}

/* SET_IF: a column that is given or left to its default, decided at run time. */
static void test_insert__set_if(void **state)
{
    fixture *f = *state;
    for (int i = 0; i < 2; i++)
        check_ok(f->db,
                 vg_exec(f->db, INSERT_INTO(items, SET(code, i ? "yes" : "no"),
                                            SET_IF(i, n, 1), SET_IF(!i, note, "x"))));
    check_rows(f->db, "select code, n, note from items order by id",
               "no|7|x;yes|1|none");
}

/* Defaults alone. */
/* Proves: Q048. */
static void test_insert__defaults_only(void **state)
{
    fixture *f = *state;
    check_sql("insert into \"ticks\" default values", "[]",
              INSERT_INTO(ticks, DEFAULT_VALUES));
    check_ok(f->db, vg_exec(f->db, INSERT_INTO(ticks, DEFAULT_VALUES)));
    struct ticks_new none[2] = {{{0}, {0}}};
    check_ok(f->db, vg_exec(f->db, INSERT_INTO(ticks, VALUES(&none[0]))));
    check_ok(f->db, vg_exec(f->db, INSERT_INTO(ticks, VALUES(none, 2))));
    check_rows(f->db, "select id, at from ticks", "1|3;2|3;3|3;4|3");
    check_ok(f->db, vg_exec(f->db, INSERT_INTO(ticks, SET_IF(false, at, 9))));
    check_rows(f->db, "select id, at from ticks where id > 4", "5|3");
    check_fails(
        f->db, vg_exec(f->db, INSERT_INTO(items, DEFAULT_VALUES, SET(code, "a"))),
        VG_INVALID, "INSERT_INTO(items): DEFAULT_VALUES stands alone, without SET");
}

/* Rows of structs that leave out different columns keep their order and defaults. */
/* Proves: Q047. */
static void test_insert__mixed_rows(void **state)
{
    fixture *f = *state;
    struct items_new rows[] = {
        {.code = "a"},
        {.code = "b", .n = {true, 1}},
        {.code = "c", .n = {true, 2}, .note = "two"},
        {.code = "d", .id = {true, 40}},
        {.code = "e", .extra = {true, -1}},
        {.code = "f", .note = ""},
    };
    check_ok(f->db, vg_exec(f->db, INSERT_INTO(items, VALUES(rows, 6))));
    assert_int_equal(vg_changes(f->db), 6);
    check_rows(f->db, "select * from items order by id",
               "1|a|7|none|null;2|b|1|none|null;3|c|2|two|null;40|d|7|none|null;"
               "41|e|7|none|-1;42|f|7||null");
}

/* The rows of VALUES as text, where they are one statement. */
/* Proves: Q039. */
static void test_insert__rows_as_text(void **state)
{
    (void)state;
    struct items_new rows[] = {
        {.code = "a"}, {.code = "b"}, {.code = "c", .n = {true, 1}}};
    check_sql("insert into \"items\" (\"code\", \"extra\") values (?, ?), (?, ?)",
              "[\"a\",null,\"b\",null]", INSERT_INTO(items, VALUES(rows, 2)));
    check_no_sql("INSERT_INTO(items): the rows leave out different columns and take "
                 "several statements",
                 INSERT_INTO(items, VALUES(rows, 3)));
    check_no_sql("INSERT_INTO(items): no rows, no statement",
                 INSERT_INTO(items, VALUES(rows, 0)));
}

/* No rows are no statement. */
/* Proves: Q048. */
static void test_insert__no_rows(void **state)
{
    fixture *f = *state;
    struct items_new row = {.code = "a"};
    check_ok(f->db, vg_exec(f->db, INSERT_INTO(items, VALUES(&row))));
    assert_int_equal(vg_changes(f->db), 1);
    check_ok(f->db, vg_exec(f->db, INSERT_INTO(items, VALUES(&row, 0))));
    assert_int_equal(vg_changes(f->db), 0);
    check_ok(f->db,
             vg_exec(f->db, INSERT_INTO(items, VALUES((struct items_new *)NULL, 0))));
    items_list list;
    check_ok(f->db, vg_all(f->db, &f->arena, &list, INSERT_INTO(items, VALUES(&row, 0)),
                           RETURNING(items)));
    assert_int_equal(list.len, 0);
    check_fails(f->db,
                vg_exec(f->db, INSERT_INTO(items, VALUES((struct items_new *)NULL, 2))),
                VG_INVALID, "INSERT_INTO(items): VALUES is NULL, but not empty");
    check_fails(f->db, vg_exec(f->db, INSERT_INTO(items, VALUES(&row), SET(code, "b"))),
                VG_INVALID, "INSERT_INTO(items): VALUES stands alone, without SET");
    check_rows(f->db, "select code from items", "a");
}

enum { MANY = 2017 }; /* rows: several statements, the last one not full */

static void fill(struct items_new *rows, char codes[MANY][8])
{
    for (int i = 0; i < MANY; i++) {
        snprintf(codes[i], sizeof codes[i], "c%d", i);
        rows[i] = (struct items_new){.code = codes[i], .n = {true, i % 1000}};
    }
}

static struct items_new many_rows[MANY];
static char many_codes[MANY][8];

/* More rows than one statement takes; a row in the middle with another shape. */
/* Proves: Q062. */
static void test_insert__in_chunks(void **state)
{
    fixture *f = *state;
    fill(many_rows, many_codes);
    many_rows[1000].n.has = false;
    items_list list;
    check_ok(f->db,
             vg_all(f->db, &f->arena, &list,
                    INSERT_INTO(items, VALUES(many_rows, MANY)), RETURNING(items)));
    assert_int_equal(vg_changes(f->db), MANY);
    assert_int_equal(vg_last_id(f->db), MANY);
    assert_int_equal(list.len, MANY);
    for (size_t i = 0; i < MANY; i++) {
        assert_int_equal(list.data[i].id, i + 1);
        check_text(list.data[i].code, many_codes[i]);
        assert_int_equal(list.data[i].n, i == 1000 ? 7 : i % 1000);
    }
    check_rows(f->db, "select count(*), count(distinct code) from items", "2017|2017");
}

/* All or nothing, wherever the row stands that is refused. */
/* Proves: Q062. */
static void test_insert__all_or_nothing(void **state)
{
    fixture *f = *state;
    static const int bad[] = {0, 1, 249, 250, 251, 1000, MANY - 1};
    for (size_t i = 0; i < COUNT_OF_ARRAY(bad); i++) {
        fill(many_rows, many_codes);
        many_rows[bad[i]].n.v = 1000;
        check_fails(f->db, vg_exec(f->db, INSERT_INTO(items, VALUES(many_rows, MANY))),
                    VG_CHECK, "CHECK constraint failed: items_n");
        check_rows(f->db, "select count(*) from items", "0");
    }
    assert_string_equal(vg_errinfo(f->db)->constraint, "items_n");
    fill(many_rows, many_codes);
    check_ok(f->db, vg_exec(f->db, INSERT_INTO(items, VALUES(many_rows, MANY))));
    check_rows(f->db, "select count(*) from items", "2017");
}

/* The same inside a transaction, in a block of its own: what came before stays. */
static void test_insert__all_or_nothing_in_a_transaction(void **state)
{
    fixture *f = *state;
    int runs = 0;
    fill(many_rows, many_codes);
    many_rows[700].n.v = 1000;
    VG_TRANSACTION(f->db, tx) {
        runs++;
        check_ok(f->db, vg_exec(f->db, INSERT_INTO(items, SET(code, "before"))));
        VG_TRANSACTION(f->db, inner) {
            check_fails(f->db,
                        vg_exec(f->db, INSERT_INTO(items, VALUES(many_rows, MANY))),
                        VG_CHECK, "CHECK constraint failed: items_n");
        }
        assert_int_equal(vg_result(f->db), VG_CHECK);
        check_ok(f->db, vg_exec(f->db, INSERT_INTO(items, SET(code, "after"))));
    }
    assert_int_equal(vg_result(f->db), VG_OK);
    assert_int_equal(runs, 1);
    check_rows(f->db, "select code from items order by id", "before;after");
}

/* The same in a transaction that the program opened by hand: only the rows are
 * undone. */
static void test_insert__all_or_nothing_by_savepoint(void **state)
{
    fixture *f = *state;
    fill(many_rows, many_codes);
    many_rows[700].n.v = 1000;
    check_ok(f->db,
             vg_script(f->db, "begin; insert into items (code) values ('before');"));
    check_fails(f->db, vg_exec(f->db, INSERT_INTO(items, VALUES(many_rows, MANY))),
                VG_CHECK, "CHECK constraint failed: items_n");
    check_rows(f->db, "select code from items", "before");
    check_ok(f->db, vg_script(f->db, "commit"));
    check_rows(f->db, "select code from items", "before");
}

/* A required pointer that is NULL is found before the database sees it, by row. */
static void test_insert__null_in_a_struct(void **state)
{
    fixture *f = *state;
    struct items_new rows[] = {{.code = "a"}, {.code = "b"}, {.code = NULL}};
    check_fails(f->db, vg_exec(f->db, INSERT_INTO(items, VALUES(rows, 3))), VG_NOT_NULL,
                "VALUES: row 2: items.code is NULL, but NOT NULL");
    check_rows(f->db, "select count(*) from items", "0");
    struct wide_row_new wide[] = {{"a", {"b", 1}, "{}"}, {"", {NULL, 0}, "[]"}};
    check_fails(f->db, vg_exec(f->db, INSERT_INTO(wide_row, VALUES(wide, 2))),
                VG_NOT_NULL, "VALUES: row 1: wide_row.b is NULL, but NOT NULL");
    wide[1].b.data = "";
    check_ok(f->db, vg_exec(f->db, INSERT_INTO(wide_row, VALUES(wide, 2))));
    check_rows(f->db, "select a, b, c from wide_row", "a|x'62'|{};|x''|[]");
}

/* A NULL string at run time, in SET of a NOT NULL column, is the database's refusal. */
static void test_insert__null_string(void **state)
{
    fixture *f = *state;
    const char *code = NULL;
    check_fails(f->db, vg_exec(f->db, INSERT_INTO(items, SET(code, code))), VG_NOT_NULL,
                "NOT NULL constraint failed: items.code");
    assert_string_equal(vg_errinfo(f->db)->table, "items");
    assert_string_equal(vg_errinfo(f->db)->column, "code");
    check_ok(f->db,
             vg_exec(f->db, INSERT_INTO(items, SET(code, "a"), SET(note, code))));
    check_rows(f->db, "select code, note from items", "a|null");
}

/* Whole rows, projections, values. */
/* Proves: Q050. */
static void test_insert__returning(void **state)
{
    fixture *f = *state;
    check_sql("insert into \"items\" (\"code\") values (?) returning \"id\", \"code\", "
              "\"n\", "
              "\"note\", \"extra\"",
              "[\"a\"]", INSERT_INTO(items, SET(code, "a")), RETURNING(items));
    struct items *item;
    check_ok(f->db, vg_one(f->db, &f->arena, &item, INSERT_INTO(items, SET(code, "a")),
                           RETURNING(items)));
    assert_int_equal(item->id, 1);
    assert_int_equal(item->n, 7);
    check_text(item->note, "none");
    assert_false(item->extra.has);
    struct item_brief brief;
    check_ok(f->db, vg_get(f->db, &f->arena, &brief,
                           INSERT_INTO(items, SET(code, "b"), SET(n, 21)),
                           RETURNING(item_brief)));
    check_text(brief.code, "b");
    assert_int_equal(brief.twice, 42);
    int64_t id;
    check_ok(f->db, vg_get(f->db, NULL, &id, INSERT_INTO(items, SET(code, "c")),
                           RETURNING_VALUE(items.id)));
    assert_int_equal(id, 3);
    struct items_new rows[] = {{.code = "d"}, {.code = "e"}};
    vg_text_list codes;
    check_ok(f->db,
             vg_all(f->db, &f->arena, &codes, INSERT_INTO(items, VALUES(rows, 2)),
                    RETURNING_VALUE(UPPER(items.code))));
    assert_int_equal(codes.len, 2);
    check_text(codes.data[0], "D");
    check_text(codes.data[1], "E");
}

/* One row is wanted, several are inserted: all of them are, and the first is read. */
static void test_insert__returning_one_of_many(void **state)
{
    fixture *f = *state;
    struct items_new rows[] = {
        {.code = "a"}, {.code = "b"}, {.code = "c", .n = {true, 1}}};
    struct items *item;
    check_ok(f->db, vg_one(f->db, &f->arena, &item, INSERT_INTO(items, VALUES(rows, 3)),
                           RETURNING(items)));
    check_text(item->code, "a");
    check_rows(f->db, "select code from items", "a;b;c");
    assert_int_equal(vg_changes(f->db), 3);
}

/* A failing insert with RETURNING leaves an empty list, also in a later chunk. */
static void test_insert__returning_after_failure(void **state)
{
    fixture *f = *state;
    struct items_new rows[] = {{.code = "a"}, {.code = "b", .n = {true, 1000}}};
    items_list list = {(struct items *)1, 3};
    check_fails(f->db,
                vg_all(f->db, &f->arena, &list, INSERT_INTO(items, VALUES(rows, 2)),
                       RETURNING(items)),
                VG_CHECK, "CHECK constraint failed: items_n");
    assert_int_equal(list.len, 0);
    check_rows(f->db, "select count(*) from items", "0");
}

/* Changes and the last key. */
/* Proves: Q061. */
static void test_insert__changes_and_last_id(void **state)
{
    fixture *f = *state;
    check_ok(f->db, vg_exec(f->db, INSERT_INTO(items, SET(id, 50), SET(code, "a"))));
    assert_int_equal(vg_changes(f->db), 1);
    assert_int_equal(vg_last_id(f->db), 50);
    struct items_new rows[] = {{.code = "b"}, {.code = "c"}};
    check_ok(f->db, vg_exec(f->db, INSERT_INTO(items, VALUES(rows, 2))));
    assert_int_equal(vg_changes(f->db), 2);
    assert_int_equal(vg_last_id(f->db), 52);
    check_fails(f->db, vg_exec(f->db, INSERT_INTO(items, SET(code, "a"))), VG_UNIQUE,
                "UNIQUE constraint failed: items.code");
    assert_string_equal(vg_errinfo(f->db)->table, "items");
    assert_string_equal(vg_errinfo(f->db)->column, "code");
}

/* What foreign keys refuse. */
/* Proves: S071. */
static void test_insert__foreign_key(void **state)
{
    fixture *f = *state;
    check_fails(f->db,
                vg_exec(f->db, INSERT_INTO(books, SET(author_id, 77), SET(title, "x"))),
                VG_FOREIGN_KEY, "FOREIGN KEY constraint failed");
    check_fails(f->db,
                vg_exec(f->db, INSERT_INTO(loans, SET(book_id, 1), SET(day, 1),
                                           SET(reader, "Tim"))),
                VG_UNIQUE, "UNIQUE constraint failed: loans.book_id, loans.day");
    assert_string_equal(vg_errinfo(f->db)->column, "book_id,day");
}

static void test_insert__refusals(void **state)
{
    (void)state;
    check_no_sql("SET(code) stands twice",
                 INSERT_INTO(items, SET(code, "a"), SET(code, "b")));
    const char *bare =
        "INSERT_INTO(items) of values takes ON_CONFLICT and RETURNING, no WHERE, "
        "ORDER_BY or LIMIT (ON_CONFLICT has UPDATE_WHERE; FROM makes it a query)";
    check_no_sql(bare, INSERT_INTO(items, SET(code, "a")), WHERE(EQ(items.id, 1)));
    check_no_sql(bare, INSERT_INTO(items, SET(code, "a")), LIMIT(1));
    check_no_sql(bare, INSERT_INTO(items, SET(code, "a")), CROSS_JOIN(ticks));
    check_no_sql(
        "column ticks.at: ticks is not in FROM; add FROM(ticks) or a join with it",
        INSERT_INTO(items, SET(code, "a"), SET(n, ticks.at)));
}

#define TEST(name) cmocka_unit_test_setup_teardown(name, setup, fixture_close)
#define TEST_LIBRARY(name) \
    cmocka_unit_test_setup_teardown(name, setup_library, fixture_close)

int main(void)
{
    const struct CMUnitTest tests[] = {
        TEST(test_insert__lists_what_is_set),
        TEST(test_insert__expressions),
        TEST(test_insert__set_if),
        TEST(test_insert__defaults_only),
        TEST(test_insert__mixed_rows),
        TEST(test_insert__rows_as_text),
        TEST(test_insert__no_rows),
        TEST(test_insert__in_chunks),
        TEST(test_insert__all_or_nothing),
        TEST(test_insert__all_or_nothing_in_a_transaction),
        TEST(test_insert__all_or_nothing_by_savepoint),
        TEST(test_insert__null_in_a_struct),
        TEST(test_insert__null_string),
        TEST(test_insert__returning),
        TEST(test_insert__returning_one_of_many),
        TEST(test_insert__returning_after_failure),
        TEST(test_insert__changes_and_last_id),
        TEST_LIBRARY(test_insert__foreign_key),
        TEST(test_insert__refusals),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
