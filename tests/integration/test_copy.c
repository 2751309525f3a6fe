/* COPY on SQLite: rows are inserted one by one in a transaction, files are refused. */
#include "check.h"
#include "rt_bank.h"
#include <stdio.h>

static int setup(void **state)
{
    return fixture_open(state, &bank, BANK_ROWS);
}

static void test_copy__rows(void **state)
{
    vg_db *db = ((fixture *)*state)->db;
    struct owners_new rows[] = {{.name = "Eve"},
                                {.name = "Fay", .level = {true, 7}},
                                {.name = "Gus", .email = "gus@example.org"}};
    check_ok(db, vg_copy_in(db, owners, rows, 3));
    assert_int_equal(vg_changes(db), 3);
    check_rows(db, "select name, email, level from owners where id > 3 order by id",
               "Eve|null|1;Fay|null|7;Gus|gus@example.org|1");
    rows[0].name = "Hal";
    check_fails(db, vg_copy_in(db, owners, rows, 3), VG_UNIQUE,
                "row 1: UNIQUE constraint failed: owners.name");
    rows[1].name = NULL;
    check_fails(db, vg_copy_in(db, owners, rows, 3), VG_NOT_NULL,
                "VALUES: row 1: owners.name is NULL, but NOT NULL");
    VG_TRANSACTION(db, tx) {
        check_ok(db, vg_copy_in(db, owners, rows, 1));
        vg_rollback(tx);
    }
    check_rows(db, "select count(*) from owners", "6");
}

static int next(void *ctx, struct owners_new *row)
{
    static char name[16];
    int *left = ctx;
    if (!*left)
        return VG_NOT_FOUND;
    snprintf(name, sizeof name, "n%d", (*left)--);
    row->name = name;
    return VG_OK;
}

static void test_copy__from_a_function(void **state)
{
    vg_db *db = ((fixture *)*state)->db;
    int left = 500;
    check_ok(db, vg_copy_from(db, owners, next, &left));
    check_rows(db, "select count(*) from owners", "503");
}

static void test_copy__files_are_refused(void **state)
{
    vg_db *db = ((fixture *)*state)->db;
    check_fails(db, vg_copy_out(db, stdout, VG_COPY_CSV, SELECT(owners)),
                VG_UNSUPPORTED,
                "vg_copy_out: sqlite has no COPY; its shell reads and writes CSV");
    assert_int_equal(vg_copy_file(db, stdin, VG_COPY_CSV, owners), VG_UNSUPPORTED);
}

int main(void)
{
#define TEST(name) cmocka_unit_test_setup_teardown(name, setup, fixture_close)
    const struct CMUnitTest tests[] = {
        TEST(test_copy__rows),
        TEST(test_copy__from_a_function),
        TEST(test_copy__files_are_refused),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
