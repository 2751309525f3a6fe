/* INSERT ... ON CONFLICT: DO_NOTHING, updates with EXCLUDED and conditions, composite
 * and partial keys, several clauses in turn, from SETs and from structs. */
#include "check.h"

// clang-format off
TABLE(stock_items,
    COLUMN(id,    INTEGER, PRIMARY_KEY),
    COLUMN(code,  TEXT,    NOT_NULL, UNIQUE),
    COLUMN(label, TEXT,    UNIQUE),
    COLUMN(n,     INTEGER, NOT_NULL, DEFAULT(1)),
    COLUMN(gone,  BOOLEAN, NOT_NULL, DEFAULT(false)))

TABLE(seats,
    COLUMN(hall, TEXT, NOT_NULL), COLUMN(nr, INTEGER, NOT_NULL), COLUMN(who, TEXT),
    PRIMARY_KEY(hall, nr))

TABLE(names,
    COLUMN(id,   INTEGER, PRIMARY_KEY),
    COLUMN(name, TEXT,    NOT_NULL, NAME("the name")),
    COLUMN(gone, BOOLEAN, NOT_NULL, DEFAULT(false)),
    COLUMN(n,    INTEGER, NOT_NULL, DEFAULT(0)),
    UNIQUE_INDEX_WHERE(names_living, "gone = false", name))

PROJECTION(item_n, FIELD(code, stock_items.code), FIELD(n, stock_items.n))
// clang-format on

SCHEMA(upserts, stock_items, seats, names)

#define ALL_ITEMS "select id, code, label, n from stock_items order by id"

static int setup(void **state)
{
    return fixture_open(
        state, &upserts,
        "insert into stock_items (code, label, n) values ('a', 'A', 5);");
}

/* Any conflict, or one on a key. */
/* Proves: Q052. */
static void test_upsert__do_nothing(void **state)
{
    fixture *f = *state;
    check_sql(
        "insert into \"stock_items\" (\"code\") values (?) on conflict do nothing",
        "[\"a\"]", INSERT_INTO(stock_items, SET(code, "a")),
        ON_CONFLICT(stock_items, DO_NOTHING));
    check_sql(
        "insert into \"seats\" (\"hall\", \"nr\") values (?, ?) on conflict (\"hall\", "
        "\"nr\") do nothing",
        "[\"a\",1]", INSERT_INTO(seats, SET(hall, "a"), SET(nr, 1)),
        ON_CONFLICT(seats, KEY(hall, nr), DO_NOTHING));
    check_ok(f->db, vg_exec(f->db, INSERT_INTO(stock_items, SET(code, "a")),
                            ON_CONFLICT(stock_items, DO_NOTHING)));
    assert_int_equal(vg_changes(f->db), 0);
    check_ok(f->db, vg_exec(f->db, INSERT_INTO(stock_items, SET(code, "b")),
                            ON_CONFLICT(stock_items, KEY(code), DO_NOTHING)));
    assert_int_equal(vg_changes(f->db), 1);
    check_rows(f->db, ALL_ITEMS, "1|a|A|5;2|b|null|1");
}

/* A conflict on another key than the one that is named is still an error. */
/* Proves: Q052. */
static void test_upsert__other_key(void **state)
{
    fixture *f = *state;
    check_fails(f->db,
                vg_exec(f->db,
                        INSERT_INTO(stock_items, SET(code, "x"), SET(label, "A")),
                        ON_CONFLICT(stock_items, KEY(code), DO_NOTHING)),
                VG_UNIQUE, "UNIQUE constraint failed: stock_items.label");
    check_rows(f->db, ALL_ITEMS, "1|a|A|5");
}

/* The refused row's values, and the ones that are there. */
/* Proves: Q053 Q055. */
static void test_upsert__do_update(void **state)
{
    fixture *f = *state;
    check_sql(
        "insert into \"stock_items\" (\"code\", \"n\") values (?, ?) on conflict "
        "(\"code\") "
        "do update set \"n\" = \"stock_items\".\"n\" + excluded.\"n\", \"label\" = ?",
        "[\"a\",3,\"new\"]", INSERT_INTO(stock_items, SET(code, "a"), SET(n, 3)),
        ON_CONFLICT(stock_items, KEY(code),
                    SET(n, ADD(stock_items.n, EXCLUDED(stock_items.n))),
                    SET(label, "new")));
    for (int i = 0; i < 2; i++)
        check_ok(
            f->db,
            vg_exec(f->db,
                    INSERT_INTO(stock_items, SET(code, i ? "a" : "b"), SET(n, 3)),
                    ON_CONFLICT(stock_items, KEY(code),
                                SET(n, ADD(stock_items.n, EXCLUDED(stock_items.n))),
                                SET(label, UPPER(EXCLUDED(stock_items.code))))));
    check_rows(f->db, ALL_ITEMS, "1|a|A|8;2|b|null|3");
}

/* UPDATE_WHERE leaves rows alone; its parameters come last. */
/* Proves: Q053. */
static void test_upsert__update_where(void **state)
{
    fixture *f = *state;
    check_sql(
        "insert into \"stock_items\" (\"code\", \"n\") values (?, ?) on conflict "
        "(\"code\") "
        "do update set \"n\" = ? where (\"stock_items\".\"n\" < excluded.\"n\" and "
        "\"stock_items\".\"id\" <> ?) returning \"code\", \"n\"",
        "[\"a\",1,2,3]", INSERT_INTO(stock_items, SET(code, "a"), SET(n, 1)),
        ON_CONFLICT(stock_items, KEY(code), SET(n, 2),
                    UPDATE_WHERE(AND(LT(stock_items.n, EXCLUDED(stock_items.n)),
                                     NE(stock_items.id, 3)))),
        RETURNING(item_n));
    for (int n = 4; n <= 6; n += 2) {
        struct item_n row = {"none", 0};
        int rc = vg_get(
            f->db, &f->arena, &row, INSERT_INTO(stock_items, SET(code, "a"), SET(n, n)),
            ON_CONFLICT(stock_items, KEY(code), SET(n, EXCLUDED(stock_items.n)),
                        UPDATE_WHERE(LT(stock_items.n, EXCLUDED(stock_items.n)))),
            RETURNING(item_n));
        assert_int_equal(rc, n == 4 ? VG_NOT_FOUND : VG_OK);
        check_text(row.code, n == 4 ? "none" : "a");
        assert_int_equal(row.n, n == 4 ? 0 : 6);
    }
    check_rows(f->db, ALL_ITEMS, "1|a|A|6");
}

/* UPDATE_WHERE(SKIP) is no condition, SET_IF decides at run time. */
static void test_upsert__dynamic_parts(void **state)
{
    fixture *f = *state;
    for (int i = 0; i < 2; i++)
        check_ok(f->db,
                 vg_exec(f->db,
                         INSERT_INTO(stock_items, SET(code, "a"), SET(n, 50 + i)),
                         ON_CONFLICT(stock_items, KEY(code), SET(label, "x"),
                                     SET_IF(i == 1, n, EXCLUDED(stock_items.n)),
                                     UPDATE_WHERE(i ? SKIP : EQ(stock_items.n, 77)))));
    check_rows(f->db, ALL_ITEMS, "1|a|x|51");
}

/* Composite keys. */
/* Proves: Q053. */
static void test_upsert__composite_key(void **state)
{
    fixture *f = *state;
    static const char *const who[] = {"Rue", "Sam"};
    for (int i = 0; i < 2; i++)
        check_ok(
            f->db,
            vg_exec(f->db,
                    INSERT_INTO(seats, SET(hall, "big"), SET(nr, 1), SET(who, who[i])),
                    ON_CONFLICT(seats, KEY(hall, nr), SET(who, EXCLUDED(seats.who)))));
    check_ok(f->db, vg_exec(f->db, INSERT_INTO(seats, SET(hall, "big"), SET(nr, 2)),
                            ON_CONFLICT(seats, KEY(hall, nr), SET(who, "nobody"))));
    check_rows(f->db, "select * from seats order by nr", "big|1|Sam;big|2|null");
}

/* The key is that of a partial index, which the target's condition names. */
/* Proves: Q052 S080. */
static void test_upsert__partial_index(void **state)
{
    fixture *f = *state;
    check_sql("insert into \"names\" (\"the name\") values (?) on conflict (\"the "
              "name\") where "
              "\"gone\" = false do update set \"n\" = \"names\".\"n\" + ?, \"the "
              "name\" = "
              "excluded.\"the name\"",
              "[\"Ada\",1]", INSERT_INTO(names, SET(name, "Ada")),
              ON_CONFLICT(names, KEY(name), KEY_WHERE(EQ(names.gone, false)),
                          SET(n, ADD(names.n, 1)), SET(name, EXCLUDED(names.name))));
    for (int i = 0; i < 3; i++) {
        if (i == 2)
            check_ok(f->db, vg_exec(f->db, UPDATE(names, SET(gone, true)), ALL_ROWS));
        check_ok(f->db,
                 vg_exec(f->db, INSERT_INTO(names, SET(name, "Ada")),
                         ON_CONFLICT(names, KEY(name), KEY_WHERE(EQ(names.gone, false)),
                                     SET(n, ADD(names.n, 1)))));
    }
    check_rows(f->db, "select \"the name\", gone, n from names order by id",
               "Ada|1|1;Ada|0|0");
}

/* Clauses are tried in turn. */
/* Proves: Q054. */
static void test_upsert__several(void **state)
{
    fixture *f = *state;
    check_sql("insert into \"stock_items\" (\"code\") values (?) on conflict "
              "(\"code\") do update "
              "set \"n\" = ? on conflict (\"label\") do nothing",
              "[\"a\",9]", INSERT_INTO(stock_items, SET(code, "a")),
              ON_CONFLICT(stock_items, KEY(code), SET(n, 9)),
              ON_CONFLICT(stock_items, KEY(label), DO_NOTHING));
    static const struct {
        const char *code, *label;
    } rows[] = {{"a", "new"}, {"new", "A"}, {"b", "B"}};
    for (size_t i = 0; i < COUNT_OF_ARRAY(rows); i++)
        check_ok(f->db, vg_exec(f->db,
                                INSERT_INTO(stock_items, SET(code, rows[i].code),
                                            SET(label, rows[i].label)),
                                ON_CONFLICT(stock_items, KEY(code), SET(n, 9)),
                                ON_CONFLICT(stock_items, DO_NOTHING)));
    check_rows(f->db, ALL_ITEMS, "1|a|A|9;2|b|B|1");
}

/* Many rows at once, some new, some not; a statement of other parameters is the
 * same. */
/* Proves: Q045. */
static void test_upsert__rows(void **state)
{
    fixture *f = *state;
    struct stock_items_new rows[] = {
        {.code = "a", .n = {true, 10}}, {.code = "b", .n = {true, 20}}, {.code = "c"}};
    for (int i = 0; i < 2; i++) {
        stock_items_list list;
        check_ok(f->db,
                 vg_all(f->db, &f->arena, &list,
                        INSERT_INTO(stock_items, VALUES(rows, 3)),
                        ON_CONFLICT(stock_items, KEY(code),
                                    SET(n, ADD(EXCLUDED(stock_items.n), i * 100))),
                        RETURNING(stock_items)));
        assert_int_equal(list.len, 3);
        assert_int_equal(vg_changes(f->db), 3);
    }
    check_rows(f->db, ALL_ITEMS, "1|a|A|110;2|b|null|120;3|c|null|101");
    check_ok(f->db, vg_exec(f->db, INSERT_INTO(stock_items, VALUES(rows, 3)),
                            ON_CONFLICT(stock_items, DO_NOTHING)));
    assert_int_equal(vg_changes(f->db), 0);
}

static void test_upsert__refusals(void **state)
{
    (void)state;
    check_no_sql("ON_CONFLICT(stock_items): say DO_NOTHING or SET a column",
                 INSERT_INTO(stock_items, SET(code, "a")),
                 ON_CONFLICT(stock_items, KEY(code)));
    check_no_sql("ON_CONFLICT(stock_items): DO_NOTHING and SET exclude each other",
                 INSERT_INTO(stock_items, SET(code, "a")),
                 ON_CONFLICT(stock_items, KEY(code), DO_NOTHING, SET(n, 1)));
    check_no_sql(
        "ON_CONFLICT(stock_items): DO_NOTHING has no use for UPDATE_WHERE",
        INSERT_INTO(stock_items, SET(code, "a")),
        ON_CONFLICT(stock_items, DO_NOTHING, UPDATE_WHERE(GT(stock_items.n, 1))));
    check_no_sql("ON_CONFLICT(stock_items): UPDATE_WHERE stands twice",
                 INSERT_INTO(stock_items, SET(code, "a")),
                 ON_CONFLICT(stock_items, KEY(code), SET(n, 1),
                             UPDATE_WHERE(GT(stock_items.n, 1)),
                             UPDATE_WHERE(GT(stock_items.n, 2))));
    check_no_sql("ON_CONFLICT(stock_items): DEFAULT_VALUES has no place here",
                 INSERT_INTO(stock_items, SET(code, "a")),
                 ON_CONFLICT(stock_items, KEY(code), DEFAULT_VALUES));
    check_no_sql("UPDATE(stock_items): KEY has no place here",
                 UPDATE(stock_items, SET(n, 1), KEY(code)), ALL_ROWS);
    check_no_sql("SET(n) stands twice", INSERT_INTO(stock_items, SET(code, "a")),
                 ON_CONFLICT(stock_items, KEY(code), SET(n, 1), SET(n, 2)));
    check_no_sql(
        "EXCLUDED takes a column, not an expression",
        INSERT_INTO(stock_items, SET(code, "a")),
        ON_CONFLICT(stock_items, KEY(code), SET(n, EXCLUDED(ADD(stock_items.n, 1)))));
    check_no_sql("EXCLUDED(stock_items.n) stands in the SET and UPDATE_WHERE of an "
                 "ON_CONFLICT only",
                 UPDATE(stock_items, SET(n, EXCLUDED(stock_items.n))), ALL_ROWS);
    check_no_sql("EXCLUDED(stock_items.n) stands in the SET and UPDATE_WHERE of an "
                 "ON_CONFLICT only",
                 INSERT_INTO(stock_items, SET(code, "a")),
                 ON_CONFLICT(stock_items, KEY(code), SET(n, 1)),
                 RETURNING_VALUE(EXCLUDED(stock_items.n)));
    check_no_sql(
        "the statement is not valid: it has more than 4 ON_CONFLICT",
        INSERT_INTO(stock_items, SET(code, "a")), ON_CONFLICT(stock_items, DO_NOTHING),
        ON_CONFLICT(stock_items, DO_NOTHING), ON_CONFLICT(stock_items, DO_NOTHING),
        ON_CONFLICT(stock_items, DO_NOTHING), ON_CONFLICT(stock_items, DO_NOTHING));
    check_no_sql(
        "ON_CONFLICT(seats) belongs to another table than INSERT_INTO(stock_items)",
        INSERT_INTO(stock_items, SET(code, "a")), ON_CONFLICT(seats, DO_NOTHING));
}

#define TEST(name) cmocka_unit_test_setup_teardown(name, setup, fixture_close)

int main(void)
{
    const struct CMUnitTest tests[] = {
        TEST(test_upsert__do_nothing),    TEST(test_upsert__other_key),
        TEST(test_upsert__do_update),     TEST(test_upsert__update_where),
        TEST(test_upsert__dynamic_parts), TEST(test_upsert__composite_key),
        TEST(test_upsert__partial_index), TEST(test_upsert__several),
        TEST(test_upsert__rows),          TEST(test_upsert__refusals),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
