/* What the driver does over a real connection: rows that stream, statements that nest,
 * limits, statements that the server has lost, a pooler in between. */
#include "pg.h"
#include <stdio.h>

// clang-format off
TABLE(numbers,
    COLUMN(id, INTEGER, PRIMARY_KEY),
    COLUMN(name, TEXT, NOT_NULL, UNIQUE))
// clang-format on
SCHEMA(count, numbers)

#define FILL "insert into numbers select n, 'n' || n from generate_series(1, 20000) n"

static int setup(void **state)
{
    return pg_fixture_open(state, &count, FILL);
}

static void test_cursor__streams_and_ends_early(void **state)
{
    fixture *f = *state;
    vg_cursor *cursor;
    struct numbers *row;
    int64_t sum = 0, n = 0;
    check_ok(f->db, vg_query(f->db, &cursor, &row, SELECT(numbers)));
    while (vg_next(cursor))
        sum += row->id;
    check_ok(f->db, vg_finish(cursor));
    assert_int_equal(sum, 20000 * 20001 / 2);
    check_ok(f->db, vg_query(f->db, &cursor, &row, SELECT(numbers)));
    assert_true(vg_next(cursor));
    check_ok(f->db, vg_finish(cursor));
    check_ok(f->db, vg_count(f->db, &n, FROM(numbers)));
    assert_int_equal(n, 20000);
}

static void test_cursor__reads_on_while_others_run(void **state)
{
    fixture *f = *state;
    vg_cursor *cursor;
    struct numbers *row;
    int64_t n, rows = 0;
    VG_TRANSACTION(f->db, tx) {
        check_ok(f->db, vg_query(f->db, &cursor, &row, SELECT(numbers),
                                 ORDER_BY(ASC(numbers.id))));
        while (vg_next(cursor)) {
            assert_int_equal(row->id, ++rows);
            if (rows == 3 || rows == 4)
                check_ok(f->db, vg_count(f->db, &n, FROM(numbers)));
        }
        check_ok(f->db, vg_finish(cursor));
    }
    check_ok(f->db, vg_result(f->db));
    assert_int_equal(rows, 20000);
}

static void test_limit__stops_the_server(void **state)
{
    fixture *f = *state;
    vg_deadline(f->db, 100);
    check_fails(f->db, vg_exec(f->db, RAW("select pg_sleep(20)")), VG_INTERRUPTED,
                "the deadline of vg_deadline, 100 ms, is over");
    vg_deadline(f->db, 0);
    check_ok(f->db, vg_exec(f->db, RAW("select 1")));
}

static void test_statement__is_prepared_anew(void **state)
{
    fixture *f = *state;
    int64_t n = 0;
    for (int i = 0; i < 3; i++) {
        check_ok(f->db, vg_get(f->db, &f->arena, &n, SELECT_VALUE(numbers.id),
                               FROM(numbers), WHERE(EQ(numbers.name, "n7"))));
        assert_int_equal(n, 7);
        check_ok(f->db, vg_script(f->db, i ? "alter table numbers alter id type int"
                                           : "deallocate all"));
    }
}

/* What was encoded for a bigint is encoded anew for a double. */
static void test_statement__with_parameters_of_other_types(void **state)
{
    fixture *f = *state;
    const char *name;
    check_ok(f->db, vg_script(f->db, "alter table numbers alter id drop identity"));
    for (int i = 0; i < 2; i++) {
        check_ok(f->db, vg_get(f->db, &f->arena, &name, SELECT_VALUE(numbers.name),
                               FROM(numbers), WHERE(EQ(numbers.id, 7))));
        check_text(name, "n7");
        check_ok(f->db,
                 vg_script(f->db, "alter table numbers alter id type double precision,"
                                  " alter name type varchar(50)"));
    }
}

static void test_error__names_what_it_is_about(void **state)
{
    fixture *f = *state;
    char where[200];
    assert_int_equal(
        vg_exec(f->db, INSERT_INTO(numbers, SET(id, 30000), SET(name, "n1"))),
        VG_UNIQUE);
    const vg_error *e = vg_errinfo(f->db);
    check_text(e->sqlstate, "23505");
    check_text(e->table, "numbers");
    check_text(e->column, "name");
    assert_true(strstr(e->message, "(Key (name)=(n1) already exists)") != NULL);
    assert_int_equal(vg_exec(f->db, RAW("select nam from numbers")), VG_SCHEMA);
    check_text(vg_error_caret(vg_errinfo(f->db), NULL, where, sizeof where),
               "select nam from numbers\n       ^");
}

static void test_pooler__needs_no_names(void **state)
{
    fixture *f = *state;
    char url[PG_URL];
    vg_db *db;
    int64_t n;
    check_ok(f->db,
             vg_open(&db, pg_url_at(url, f->url, pg_server("POOLER_URL")), NULL));
    for (int i = 0; i < 3; i++) {
        check_ok(db, vg_count(db, &n, FROM(numbers), WHERE(GT(numbers.id, i))));
        assert_int_equal(n, 20000 - i);
        VG_TRANSACTION(db, tx) {
            check_ok(db, vg_exec(db, DELETE_FROM(numbers), WHERE(EQ(numbers.id, 1))));
            vg_rollback(tx);
        }
    }
    assert_int_equal(vg_close(db), VG_OK);
    check_pg(f->url, "select count(*) from numbers", "20000");
}

int main(void)
{
#define TEST(name) cmocka_unit_test_setup_teardown(name, setup, pg_fixture_close)
    const struct CMUnitTest tests[] = {
        TEST(test_cursor__streams_and_ends_early),
        TEST(test_cursor__reads_on_while_others_run),
        TEST(test_limit__stops_the_server),
        TEST(test_statement__is_prepared_anew),
        TEST(test_statement__with_parameters_of_other_types),
        TEST(test_error__names_what_it_is_about),
        TEST(test_pooler__needs_no_names),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
