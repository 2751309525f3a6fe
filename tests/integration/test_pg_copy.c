/* COPY on PostgreSQL: rows in, in binary and as text, defaults, failures and their rows, files
 * out and in, limits, a connection that dies. */
#include "pg.h"
#include <errno.h>
#include <libpq-fe.h>
#include <stdio.h>
#include <stdlib.h>

// clang-format off
TABLE(things,
    COLUMN(id,     INTEGER,   PRIMARY_KEY),
    COLUMN(name,   TEXT,      NOT_NULL, UNIQUE),
    COLUMN(note,   TEXT),
    COLUMN(size,   REAL),
    COLUMN(ok,     BOOLEAN,   NOT_NULL, DEFAULT(true)),
    COLUMN(at,     TIMESTAMP),
    COLUMN(key,    UUID),
    COLUMN(data,   BLOB),
    COLUMN(extra,  JSON))

TABLE(prices,
    COLUMN(id,     INTEGER,   PRIMARY_KEY),
    COLUMN(price,  NUMERIC(10, 2), NOT_NULL),
    COLUMN(note,   TEXT),
    COLUMN(at,     TIMESTAMP),
    COLUMN(big,    REAL),
    COLUMN(ok,     BOOLEAN),
    COLUMN(data,   BLOB))
// clang-format on
SCHEMA(shop, things, prices)

static int setup(void **state)
{
    return pg_fixture_open(state, &shop, NULL);
}

static void test_copy__rows_in_binary(void **state)
{
    fixture *f = *state;
    vg_uuid key = {{1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15, 16}};
    struct things_new rows[] = {
        {.id = {true, 101},
         .name = "a\tb\\n\n",
         .note = "",
         .size = {true, 1.5},
         .at = {true, {1700000000123456}},
         .key = {true, key},
         .data = {"\0\1\xff", 3},
         .extra = "{\"a\": [1, 2]}"},
        {.id = {true, 102}, .name = "naïve"},
        {.id = {true, 103}, .name = "x", .ok = {true, false}},
        {.name = "y"},
        {.name = "z", .note = "n"},
    };
    check_ok(f->db, vg_copy_in(f->db, things, rows, 5));
    assert_int_equal(vg_changes(f->db), 5);
    check_pg(f->url,
             "select id, name, note, size, ok, at at time zone 'UTC', key, data, extra "
             "from things order by name limit 2",
             "101|a\tb\\n\n||1.5|t|2023-11-14 22:13:20.123456|"
             "01020304-0506-0708-090a-0b0c0d0e0f10|\\x0001ff|{\"a\": [1, 2]};"
             "102|naïve|null|null|t|null|null|null|null");
    check_pg(f->url, "select ok from things order by id", "t;t;t;t;f");
    check_ok(f->db, vg_copy_in(f->db, things, rows, 0));
    assert_int_equal(vg_changes(f->db), 0);
    assert_int_equal(vg_copy_in(f->db, things, (struct things_new *)NULL, 2),
                     VG_INVALID);
}

static void test_copy__rows_as_text(void **state)
{
    fixture *f = *state;
    struct prices_new rows[] = {
        {.id = {true, 1},
         .price = "12.50",
         .note = "a\tb\\n\r\n\\.",
         .at = {true, {1700000000123456}},
         .big = {true, 1e300},
         .ok = {true, true},
         .data = {"\0\\\xff", 3}},
        {.id = {true, 2}, .price = "-0.01"},
    };
    check_ok(f->db, vg_copy_in(f->db, prices, rows, 2));
    check_pg(f->url,
             "select id, price, note, at at time zone 'UTC', big, ok, data from prices "
             "order by id",
             "1|12.50|a\tb\\n\r\n\\.|2023-11-14 22:13:20.123456|1e+300|t|\\x005cff;"
             "2|-0.01|null|null|null|null|null");
    /* The statement's types are its own again. */
    struct prices_new more = {.id = {true, 3}, .price = "1"};
    check_ok(f->db, vg_exec(f->db, INSERT_INTO(prices, VALUES(&more))));
    check_pg(f->url, "select price from prices where id = 3", "1.00");
}

/* ---- failures ---- */

static void test_copy__says_which_row(void **state)
{
    fixture *f = *state;
    struct things_new rows[] = {{.id = {true, 1}, .name = "a"},
                                {.id = {true, 2}, .name = "b"},
                                {.id = {true, 3}, .name = "a"}};
    assert_int_equal(vg_copy_in(f->db, things, rows, 3), VG_UNIQUE);
    assert_non_null(strstr(vg_errmsg(f->db), "row 2: "));
    check_text(vg_errinfo(f->db)->constraint, "things_name_unique");
    rows[2].name = NULL;
    assert_int_equal(vg_copy_in(f->db, things, rows, 3), VG_NOT_NULL);
    assert_non_null(strstr(vg_errmsg(f->db), "row 2: "));
    struct prices_new wrong[] = {{.id = {true, 1}, .price = "1"},
                                 {.id = {true, 2}, .price = "one"}};
    assert_int_equal(vg_copy_in(f->db, prices, wrong, 2), VG_VALUE);
    assert_non_null(strstr(vg_errmsg(f->db), "row 1: "));
    VG_TRANSACTION(f->db, tx) {
        rows[2].name = "a";
        assert_int_equal(vg_copy_in(f->db, things, rows, 3), VG_UNIQUE);
    }
    assert_int_equal(vg_result(f->db), VG_UNIQUE);
    assert_non_null(strstr(vg_errmsg(f->db), "row 2: "));
    check_pg(f->url, "select count(*) from things", "0");
    VG_TRANSACTION(f->db, tx) {
        check_ok(f->db, vg_copy_in(f->db, things, rows, 2));
        vg_rollback(tx);
    }
    check_pg(f->url, "select count(*) from things", "0");
    VG_TRANSACTION(f->db, tx) {
        check_ok(f->db, vg_copy_in(f->db, things, rows, 2));
    }
    check_pg(f->url, "select count(*) from things", "2");
}

typedef struct counter {
    int at, end, code;
    char name[32];
} counter;

static int next(void *ctx, struct things_new *row)
{
    counter *c = ctx;
    assert_false(row->id.has);
    if (c->at == c->end)
        return c->code;
    snprintf(c->name, sizeof c->name, "n%d", c->at);
    *row = (struct things_new){.id = {true, c->at++}, .name = c->name};
    return VG_OK;
}

static void test_copy__from_a_function(void **state)
{
    fixture *f = *state;
    counter c = {.end = 20000, .code = VG_NOT_FOUND};
    check_ok(f->db, vg_copy_from(f->db, things, next, &c));
    assert_int_equal(vg_changes(f->db), 20000);
    check_pg(f->url, "select count(*), max(name), sum(id) from things",
             "20000|n9999|199990000");
    c = (counter){.at = 30000, .end = 30010, .code = VG_IO};
    assert_int_equal(vg_copy_from(f->db, things, next, &c), VG_IO);
    check_text(vg_errmsg(f->db), "vg_copy_from: the source of the rows returned VG_IO");
    check_pg(f->url, "select count(*) from things", "20000");
    c = (counter){.code = VG_NOT_FOUND};
    check_ok(f->db, vg_copy_from(f->db, things, next, &c));
}

/* ---- files ---- */

static void test_copy__files(void **state)
{
    fixture *f = *state;
    struct things_new rows[] = {{.id = {true, 1}, .name = "a,\"b\"", .note = "it's"},
                                {.id = {true, 2}, .name = "b"}};
    char text[600];
    for (int format = VG_COPY_CSV; format <= VG_COPY_BINARY; format++) {
        FILE *file = tmpfile();
        check_ok(f->db, vg_copy_in(f->db, things, rows, 2));
        check_ok(f->db, vg_copy_out(f->db, file, (vg_copy_format)format, SELECT(things),
                                    WHERE(NE(things.name, "o'clock")),
                                    ORDER_BY(things.id), LIMIT(5)));
        rewind(file);
        size_t len = fread(text, 1, sizeof text - 1, file);
        text[len] = 0;
        if (format == VG_COPY_CSV)
            check_text(text, "id,name,note,size,ok,at,key,data,extra\n"
                             "1,\"a,\"\"b\"\"\",it's,,t,,,,\n2,b,,,t,,,,\n");
        rewind(file);
        check_ok(f->db, vg_exec(f->db, DELETE_FROM(things), ALL_ROWS));
        check_ok(f->db, vg_copy_file(f->db, file, (vg_copy_format)format, things));
        assert_int_equal(vg_changes(f->db), 2);
        check_pg(f->url, "select id, name, note from things order by id",
                 "1|a,\"b\"|it's;2|b|null");
        check_ok(f->db, vg_exec(f->db, DELETE_FROM(things), ALL_ROWS));
        fclose(file);
    }
    FILE *file = tmpfile();
    fputs("names\n1,a,,,t,,,,\n2,a,,,t,,,,\n", file);
    rewind(file);
    assert_int_equal(vg_copy_file(f->db, file, VG_COPY_CSV, things), VG_UNIQUE);
    assert_non_null(strstr(vg_errmsg(f->db), "line 3: "));
    fclose(file);
    FILE *full = fopen("/dev/full", "w");
    check_ok(f->db, vg_copy_in(f->db, things, rows, 2));
    assert_int_equal(vg_copy_out(f->db, full, VG_COPY_CSV, SELECT(things)), VG_IO);
    assert_int_equal(vg_copy_out(f->db, full, VG_COPY_CSV,
                                 RAW("select generate_series(1, 1000000)")),
                     VG_IO);
    fclose(full);
    assert_int_equal(vg_copy_out(f->db, NULL, VG_COPY_CSV, SELECT(things)), VG_MISUSE);
    assert_int_equal(
        vg_copy_out(f->db, stdout, VG_COPY_CSV, RAW("select * from nowhere")),
        VG_SCHEMA);
    check_pg(f->url, "select count(*) from things", "2");
}

/* ---- limits ---- */

static void test_copy__deadline_and_death(void **state)
{
    fixture *f = *state;
    struct things_new row = {.id = {true, 1}, .name = "a"};
    vg_db *other;
    check_ok(f->db, vg_open(&other, f->url, NULL));
    VG_TRANSACTION(other, tx) {
        check_ok(other, vg_exec(other, RAW("lock table things")));
        vg_deadline(f->db, 100);
        assert_int_equal(vg_copy_in(f->db, things, &row, 1), VG_INTERRUPTED);
        vg_deadline(f->db, 0);
    }
    vg_close(other);
    check_ok(f->db, vg_copy_in(f->db, things, &row, 1));
    FILE *null = fopen("/dev/null", "w");
    vg_deadline(f->db, 100);
    assert_int_equal(
        vg_copy_out(f->db, null, VG_COPY_TEXT, RAW("select pg_sleep(3600)")),
        VG_INTERRUPTED);
    vg_deadline(f->db, 0);
    assert_int_equal(vg_copy_out(f->db, null, VG_COPY_TEXT,
                                 RAW("select pg_terminate_backend(pg_backend_pid()) "
                                     "from generate_series(1, 10)")),
                     VG_CONNECT);
    fclose(null);
    assert_int_equal(vg_copy_in(f->db, things, &row, 1), VG_CONNECT);
}

/* ---- many; how fast is for `make bench` to say ---- */

enum { MANY = 50000 };

static void test_copy__of_many_rows(void **state)
{
    fixture *f = *state;
    struct things_new *rows = calloc(MANY, sizeof *rows);
    char(*names)[12] = calloc(MANY, sizeof *names);
    assert_true(rows && names);
    for (int i = 0; i < MANY; i++) {
        snprintf(names[i], sizeof names[i], "n%d", i);
        rows[i] = (struct things_new){.id = {true, i}, .name = names[i]};
    }
    check_ok(f->db, vg_copy_in(f->db, things, rows, MANY));
    check_pg(f->url,
             "select count(*), count(distinct id), sum(id), min(name), "
             "count(*) filter (where name = 'n' || id) from things",
             "50000|50000|1249975000|n0|50000");
    free(rows);
    free(names);
}

int main(void)
{
#define TEST(name) cmocka_unit_test_setup_teardown(name, setup, pg_fixture_close)
    const struct CMUnitTest tests[] = {
        TEST(test_copy__rows_in_binary), TEST(test_copy__rows_as_text),
        TEST(test_copy__says_which_row), TEST(test_copy__from_a_function),
        TEST(test_copy__files),          TEST(test_copy__deadline_and_death),
        TEST(test_copy__of_many_rows),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
