/* Checks, checkpoints and the rest that is done to a database as a whole. */
#include "check.h"
#include "rt_bank.h"
#include <fcntl.h>
#include <sqlite3.h>
#include <stdio.h>
#include <sys/stat.h>
#include <unistd.h>

static int64_t size_of(const char *path, const char *suffix)
{
    char name[100];
    struct stat info;
    snprintf(name, sizeof name, "%s%s", path, suffix);
    return stat(name, &info) == 0 ? info.st_size : -1;
}

static int write_some(vg_db *db, int rows)
{
    int rc = VG_OK;
    for (int i = 0; i < rows && rc == VG_OK; i++)
        rc = vg_exec(db, UPDATE(owners, SET(level, ADD(owners.level, 1))), ALL_ROWS);
    return rc;
}

/* ---- integrity ---- */

static void test_integrity__sound(void **state)
{
    (void)state;
    vg_arena arena = {0};
    vg_defect_list defects = {(vg_defect *)1, 1};
    vg_db *db = rt_bank_open(NULL);
    check_ok(db, vg_check_integrity(db, &arena, VG_INTEGRITY_FULL, &defects));
    assert_int_equal(defects.len, 0);
    check_ok(db, vg_check_integrity(db, &arena, VG_INTEGRITY_QUICK, &defects));
    assert_int_equal(defects.len, 0);
    assert_int_equal(vg_close(db), VG_OK);
    vg_arena_free(&arena);
}

static void test_integrity__foreign_keys(void **state)
{
    (void)state;
    vg_arena arena = {0};
    vg_defect_list defects;
    vg_db *db = rt_bank_open(&(vg_options){.foreign_keys_off = true});
    check_ok(db, vg_script(db, "insert into accounts (id, owner_id, label) values "
                               "(7, 70, 'a'), (8, 80, 'b')"));
    check_ok(db, vg_check_integrity(db, &arena, VG_INTEGRITY_FULL, &defects));
    assert_int_equal(defects.len, 2);
    const vg_defect *d = &defects.data[1];
    assert_int_equal(d->kind, VG_DEFECT_FOREIGN_KEY);
    check_text(d->table, "accounts");
    check_text(d->parent, "owners");
    assert_int_equal(d->row, 8);
    check_text(d->message, "row 8 of accounts refers to no row of owners");
    check_text(defects.data[0].message, "row 7 of accounts refers to no row of owners");
    check_ok(db, vg_script(db, "delete from owners"));
    check_ok(db, vg_check_integrity(db, &arena, VG_INTEGRITY_QUICK, &defects));
    assert_int_equal(defects.len, 5);
    assert_int_equal(vg_close(db), VG_OK);
    vg_arena_free(&arena);
}

static void test_integrity__damaged_pages(void **state)
{
    (void)state;
    char path[64], garbage[4096];
    vg_arena arena = {0};
    vg_defect_list defects;
    vg_options options = {.journal = VG_JOURNAL_DELETE};
    vg_db *db = rt_bank_open_file(temp_file(path), &options, true);
    assert_int_equal(vg_close(db), VG_OK);
    memset(garbage, 0xff, sizeof garbage);
    int fd = open(path, O_WRONLY);
    assert_int_equal(pwrite(fd, garbage, sizeof garbage, 4096), sizeof garbage);
    close(fd);
    db = rt_bank_open_file(path, &options, false);
    check_ok(db, vg_check_integrity(db, &arena, VG_INTEGRITY_FULL, &defects));
    assert_true(defects.len > 0);
    assert_int_equal(defects.data[0].kind, VG_DEFECT_FILE);
    assert_true(strlen(defects.data[0].message) > 10);
    check_text(defects.data[0].table, "");
    check_text(vg_errmsg(db), "");
    assert_int_equal(vg_close(db), VG_OK);
    vg_arena_free(&arena);
    temp_file_remove(path);
}

static void test_integrity__at_most_a_hundred(void **state)
{
    (void)state;
    vg_arena arena = {0};
    vg_defect_list defects;
    vg_db *db = rt_bank_open(&(vg_options){.foreign_keys_off = true});
    check_ok(db, vg_script(db, "insert into accounts (owner_id, label) with recursive "
                               "n(x) as (select 9 union all select x + 1 from n limit "
                               "300) select x, 'x' from n"));
    check_ok(db, vg_check_integrity(db, &arena, VG_INTEGRITY_FULL, &defects));
    assert_int_equal(defects.len, 100);
    assert_int_equal(vg_close(db), VG_OK);
    vg_arena_free(&arena);
}

/* ---- checkpoints ---- */

static void test_checkpoint__moves_the_log(void **state)
{
    (void)state;
    char path[64];
    vg_checkpoint_result result;
    vg_db *db = rt_bank_open_file(temp_file(path), NULL, true);
    check_ok(db, vg_checkpoint(db, VG_CHECKPOINT_TRUNCATE, NULL));
    assert_int_equal(size_of(path, "-wal"), 0);
    check_ok(db, write_some(db, 3));
    assert_true(size_of(path, "-wal") > 0);
    check_ok(db, vg_checkpoint(db, VG_CHECKPOINT_PASSIVE, &result));
    assert_int_equal(result.log_pages, 3);
    assert_int_equal(result.moved_pages, 3);
    check_ok(db, vg_checkpoint(db, VG_CHECKPOINT_FULL, &result));
    check_ok(db, vg_checkpoint(db, VG_CHECKPOINT_RESTART, &result));
    assert_true(size_of(path, "-wal") > 0);
    check_ok(db, vg_checkpoint(db, VG_CHECKPOINT_TRUNCATE, &result));
    assert_int_equal(result.log_pages, 0);
    assert_int_equal(size_of(path, "-wal"), 0);
    assert_int_equal(vg_close(db), VG_OK);
    temp_file_remove(path);
}

static void test_checkpoint__readers_in_the_way(void **state)
{
    (void)state;
    char path[64];
    vg_checkpoint_result result;
    vg_cursor *cursor;
    struct owners *row;
    vg_options options = {.busy_timeout_ms = 20};
    vg_db *db = rt_bank_open_file(temp_file(path), &options, true);
    vg_db *reader = rt_bank_open_file(path, &options, false);
    check_ok(reader, vg_query(reader, &cursor, &row, SELECT(owners)));
    assert_true(vg_next(cursor));
    check_ok(db, write_some(db, 2));
    check_fails(db, vg_checkpoint(db, VG_CHECKPOINT_TRUNCATE, &result), VG_BUSY,
                "database is locked");
    assert_true(result.moved_pages < result.log_pages);
    check_ok(db, vg_checkpoint(db, VG_CHECKPOINT_PASSIVE, &result));
    assert_true(result.moved_pages < result.log_pages);
    assert_int_equal(vg_finish(cursor), VG_OK);
    check_ok(db, vg_checkpoint(db, VG_CHECKPOINT_TRUNCATE, &result));
    VG_TRANSACTION(db, tx) {
        assert_int_equal(vg_checkpoint(db, VG_CHECKPOINT_FULL, &result), VG_MISUSE);
    }
    assert_int_equal(vg_result(db), VG_MISUSE);
    assert_int_equal(vg_close(reader), VG_OK);
    assert_int_equal(vg_close(db), VG_OK);
    temp_file_remove(path);
}

static void test_checkpoint__without_a_log(void **state)
{
    (void)state;
    vg_checkpoint_result result = {7, 7};
    vg_db *db = rt_bank_open(NULL);
    check_ok(db, vg_checkpoint(db, VG_CHECKPOINT_TRUNCATE, &result));
    assert_int_equal(result.log_pages, 0);
    assert_int_equal(result.moved_pages, 0);
    assert_int_equal(vg_close(db), VG_OK);
}

static void test_checkpoint__by_itself(void **state)
{
    (void)state;
    static const struct {
        int pages, log_pages;
    } cases[] = {{0, 203}, {-1, 203}, {10, 13}}; /* one page a write */
    for (size_t i = 0; i < COUNT_OF_ARRAY(cases); i++) {
        char path[64];
        vg_options options = {.checkpoint_pages = cases[i].pages, .log_limit_kib = 4};
        vg_db *db = rt_bank_open_file(temp_file(path), &options, true);
        check_ok(db, vg_checkpoint(db, VG_CHECKPOINT_TRUNCATE, NULL));
        check_ok(db, write_some(db, 203));
        int64_t pages = size_of(path, "-wal") / 4120;
        if (cases[i].pages == 10)
            assert_in_range(pages, 1, 20);
        else
            assert_int_equal(pages, cases[i].log_pages);
        check_rows(db, "pragma journal_size_limit", "4096");
        assert_int_equal(vg_close(db), VG_OK);
        temp_file_remove(path);
    }
}

static void test_checkpoint__by_the_pool(void **state)
{
    (void)state;
    char path[64];
    vg_pool *pool;
    vg_db *reader;
    vg_cursor *cursor;
    struct owners *row;
    vg_pool_options options = {.wal_limit_kib = 100,
                               .connection.checkpoint_pages = -1,
                               .connection.busy_timeout_ms = 1};
    assert_int_equal(vg_close(rt_bank_open_file(temp_file(path), NULL, true)), VG_OK);
    assert_int_equal(vg_pool_open(&pool, path, &options), VG_OK);
    for (int i = 0; i < 10; i++) {
        VG_WRITE(pool, db) {
            check_ok(db, write_some(db, 10));
        }
        assert_int_equal(vg_pool_result(pool), VG_OK);
        assert_true(size_of(path, "-wal") <= 100 * 1024);
    }
    vg_pool_stats stats = vg_pool_statistics(pool);
    assert_in_range(stats.checkpoints, 3, 4);
    /* A reader keeps the log: that is no failure of the writer's. */
    assert_int_equal(vg_pool_read(pool, &reader, 0), VG_OK);
    check_ok(reader, vg_query(reader, &cursor, &row, SELECT(owners)));
    assert_true(vg_next(cursor));
    for (int i = 0; i < 10; i++) {
        VG_WRITE(pool, db) {
            check_ok(db, write_some(db, 10));
        }
        assert_int_equal(vg_pool_result(pool), VG_OK);
    }
    assert_true(size_of(path, "-wal") > 100 * 1024);
    assert_int_equal(vg_finish(cursor), VG_OK);
    assert_int_equal(vg_pool_release(pool, reader), VG_OK);
    for (int i = 0; i < 20; i++)
        VG_WRITE(pool, db) {
            check_ok(db, write_some(db, 10));
        }
    assert_true(size_of(path, "-wal") <= 100 * 1024);
    assert_int_equal(vg_pool_close(pool, 0), VG_OK);
    temp_file_remove(path);
}

static void test_operations__optimize(void **state)
{
    (void)state;
    vg_db *db = rt_bank_open(NULL);
    check_ok(db, vg_optimize(db));
    VG_TRANSACTION(db, tx) {
        assert_int_equal(vg_vacuum(db), VG_MISUSE);
    }
    check_ok(db, vg_vacuum(db));
    assert_int_equal(vg_close(db), VG_OK);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_integrity__sound),
        cmocka_unit_test(test_integrity__foreign_keys),
        cmocka_unit_test(test_integrity__damaged_pages),
        cmocka_unit_test(test_integrity__at_most_a_hundred),
        cmocka_unit_test(test_checkpoint__moves_the_log),
        cmocka_unit_test(test_checkpoint__readers_in_the_way),
        cmocka_unit_test(test_checkpoint__without_a_log),
        cmocka_unit_test(test_checkpoint__by_itself),
        cmocka_unit_test(test_checkpoint__by_the_pool),
        cmocka_unit_test(test_operations__optimize),
    };
    return cmocka_run_group_tests_name("operations", tests, NULL, NULL);
}
