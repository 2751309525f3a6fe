/* Faults on purpose: they strike where they are told to, once, and what is left behind is
 * what a real failure would leave. */
#include "check.h"
#include "rt_bank.h"
#include "rt_heap.h"
#include <stdio.h>

static int setup(void **state)
{
    *state = rt_bank_open(&(vg_options){.faults = true, .busy_retries = -1});
    return 0;
}

static int teardown(void **state)
{
    return vg_close(*state);
}

static int transfer(vg_db *db, int64_t from, int64_t to, int64_t amount)
{
    VG_TRANSACTION(db, tx) {
        vg_exec(db, UPDATE(accounts, SET(balance, SUB(accounts.balance, amount))),
                WHERE(EQ(accounts.id, from)));
        vg_exec(db, UPDATE(accounts, SET(balance, ADD(accounts.balance, amount))),
                WHERE(EQ(accounts.id, to)));
    }
    return vg_result(db);
}

static void test_fault__each_point_of_a_transfer(void **state)
{
    vg_db *db = *state;
    uint64_t runs = 0;
    check_ok(db, transfer(db, 1, 2, 1)); /* prepared: fewer allocations from here on */
    VG_FOR_EACH_FAULT(db, n)
    {
        uint64_t before = rt_fingerprint(db);
        int rc = transfer(db, 1, 2, 1);
        bool failed = vg_fault_stop(db);
        assert_int_equal(failed, rc != VG_OK);
        rt_check_sound(db);
        if (failed)
            assert_true(before == rt_fingerprint(db));
        runs = n;
    }
    assert_int_equal(runs, 5); /* begin, two updates, commit; then none */
    check_rows(db, "select balance from accounts", "98;902;50");
}

/* Many rows in several statements, and what RETURNING gives back: all or nothing. */
static void test_fault__each_point_of_an_insert(void **state)
{
    vg_db *db = *state;
    struct owners_new rows[7] = {{.name = "D"},
                                 {.name = "E"},
                                 {.name = "F"},
                                 {.name = "G", .level = VG_SOME(2)},
                                 {.name = "H", .level = VG_SOME(2)},
                                 {.name = "I"},
                                 {.name = "J"}};
    uint64_t runs = 0;
    VG_FOR_EACH_FAULT(db, n)
    {
        owners_list list;
        vg_arena arena = {0};
        uint64_t before = rt_fingerprint(db);
        int rc = vg_all(db, &arena, &list, INSERT_INTO(owners, VALUES(rows, 7)),
                        RETURNING(owners));
        bool failed = vg_fault_stop(db);
        assert_int_equal(failed, rc != VG_OK);
        assert_int_equal(list.len, failed ? 0 : 7);
        rt_check_sound(db);
        if (failed)
            assert_true(before == rt_fingerprint(db));
        vg_arena_free(&arena);
        runs = n;
    }
    assert_true(runs > 6);
    check_rows(db, "select count(*) from owners", "10");
}

static void test_fault__statement(void **state)
{
    vg_db *db = *state;
    int64_t n;
    check_ok(db, vg_fault_set(db, &(vg_fault){.code = VG_FULL, .nth = 2}));
    check_ok(db, vg_count(db, &n, FROM(owners)));
    check_fails(db, vg_exec(db, DELETE_FROM(accounts), ALL_ROWS), VG_FULL,
                "the disk or the database is full (injected by vg_fault_set)");
    check_text(vg_errinfo(db)->sql, "delete from \"accounts\"");
    check_ok(db, vg_count(db, &n, FROM(accounts)));
    assert_int_equal(n, 3);
    assert_int_equal(vg_fault_struck(db), 1);
    assert_int_equal(vg_fault_passed(db), 3);
    assert_true(vg_fault_stop(db));
    check_ok(db, vg_fault_set(
                     db, &(vg_fault){.code = VG_UNIQUE, .nth = 2, .all_after = true}));
    check_ok(db, vg_count(db, &n, FROM(owners)));
    assert_int_equal(vg_count(db, &n, FROM(owners)), VG_UNIQUE);
    assert_int_equal(vg_count(db, &n, FROM(owners)), VG_UNIQUE);
    assert_true(vg_fault_stop(db));
    check_ok(db, vg_count(db, &n, FROM(owners)));
}

static void test_fault__commit(void **state)
{
    vg_db *db = *state;
    int attempts = 0;
    check_ok(db, vg_fault_set(db, &(vg_fault){.at = VG_FAULT_COMMIT, .code = VG_IO}));
    assert_int_equal(transfer(db, 1, 2, 50), VG_IO);
    vg_fault_stop(db);
    rt_check_sound(db);
    check_rows(db, "select balance from accounts", "100;900;50");
    vg_db *patient = rt_bank_open(&(vg_options){.faults = true});
    check_ok(patient, vg_fault_set(patient, &(vg_fault){.at = VG_FAULT_COMMIT,
                                                        .code = VG_BUSY}));
    VG_TRANSACTION(patient, tx) {
        attempts++;
        vg_exec(patient, UPDATE(accounts, SET(balance, 7)), ALL_ROWS);
    }
    check_ok(patient, vg_result(patient));
    assert_int_equal(attempts, 2);
    assert_true(vg_fault_stop(patient));
    check_rows(patient, "select balance from accounts", "7;7;7");
    assert_int_equal(vg_close(patient), VG_OK);
}

static void test_fault__of_a_place_or_table(void **state)
{
    vg_db *db = *state;
    int64_t n;
    check_ok(db, vg_fault_set(db, &(vg_fault){.table = "accounts", .all_after = true}));
    check_ok(db, vg_count(db, &n, FROM(owners)));
    assert_int_equal(vg_count(db, &n, FROM(accounts)), VG_IO);
    check_ok(db, vg_fault_set(db, &(vg_fault){.here = "other.c", .all_after = true}));
    check_ok(db, vg_count(db, &n, FROM(accounts)));
    check_ok(db,
             vg_fault_set(db, &(vg_fault){.here = "test_fault.c", .all_after = true}));
    assert_int_equal(vg_count(db, &n, FROM(accounts)), VG_IO);
    check_ok(db, vg_fault_set(db, &(vg_fault){.here = "fault.c", .all_after = true}));
    check_ok(db, vg_count(db, &n, FROM(accounts)));
    char place[40];
    snprintf(place, sizeof place, "test_fault.c:%d", __LINE__ + 2);
    check_ok(db, vg_fault_set(db, &(vg_fault){.here = place}));
    assert_int_equal(vg_count(db, &n, FROM(accounts)), VG_IO);
    check_ok(db, vg_count(db, &n, FROM(accounts)));
}

static void test_fault__by_lot(void **state)
{
    vg_db *db = *state;
    uint64_t seen[2] = {0, 0};
    int64_t n;
    for (int round = 0; round < 2; round++) {
        check_ok(db, vg_fault_set(db, &(vg_fault){.chance = 0.3, .seed = 42}));
        for (int i = 0; i < 60; i++)
            seen[round] = seen[round] << 1 | (vg_count(db, &n, FROM(owners)) == VG_IO);
        uint64_t struck = vg_fault_struck(db);
        assert_true(struck > 8 && struck < 30);
    }
    assert_true(seen[0] == seen[1]);
}

static void test_fault__allocations(void **state)
{
    (void)state;
    rt_heap heap = {0};
    vg_db *db =
        rt_bank_open(&(vg_options){.faults = true, .allocator = rt_allocator(&heap)});
    uint64_t most = 0;
    VG_FOR_EACH_FAULT_OF(db, n, ((vg_fault){.at = VG_FAULT_ALLOCATION}))
    {
        owners_list list;
        vg_arena arena = {0};
        int rc = vg_all(db, &arena, &list, SELECT(owners),
                        WHERE(AND(EQ(owners.level, 1), NE(owners.name, "Zed"))));
        bool failed = vg_fault_stop(db);
        if (failed)
            check_fails(db, rc, VG_NO_MEMORY, "out of memory");
        else
            check_ok(db, rc);
        assert_int_equal(list.len, failed ? 0 : 3);
        vg_arena_free(&arena);
        most = n;
    }
    assert_true(most > 1);
    assert_int_equal(vg_close(db), VG_OK);
    rt_heap_check_empty(&heap);
}

static void test_fault__delay(void **state)
{
    vg_db *db = *state;
    int64_t n;
    check_ok(db, vg_fault_set(db, &(vg_fault){.delay_ms = 20}));
    vg_timestamp before = vg_now();
    check_ok(db, vg_count(db, &n, FROM(owners)));
    assert_true(vg_now().us - before.us >= 20000);
    assert_int_equal(vg_fault_struck(db), 1);
}

static void test_fault__cursor_and_script(void **state)
{
    vg_db *db = *state;
    vg_cursor *cursor;
    struct owners *row;
    check_ok(db, vg_fault_set(db, &(vg_fault){.nth = 1}));
    assert_int_equal(vg_query(db, &cursor, &row, SELECT(owners)), VG_IO);
    assert_null(cursor);
    check_ok(db, vg_fault_set(db, &(vg_fault){.nth = 1}));
    assert_int_equal(vg_script(db, "delete from accounts"), VG_IO);
    vg_fault_stop(db);
    check_rows(db, "select count(*) from accounts", "3");
}

static void test_fault__takes_the_option(void **state)
{
    (void)state;
    vg_db *db = rt_bank_open(NULL);
    check_fails(db, vg_fault_set(db, &(vg_fault){.nth = 1}), VG_MISUSE,
                "vg_fault_set: open the database with options.faults");
    assert_false(vg_fault_stop(db));
    assert_int_equal(vg_fault_struck(db) + vg_fault_passed(db), 0);
    assert_int_equal(vg_close(db), VG_OK);
}

int main(void)
{
#define TEST(name) cmocka_unit_test_setup_teardown(name, setup, teardown)
    const struct CMUnitTest tests[] = {
        TEST(test_fault__each_point_of_a_transfer),
        TEST(test_fault__each_point_of_an_insert),
        TEST(test_fault__statement),
        TEST(test_fault__commit),
        TEST(test_fault__of_a_place_or_table),
        TEST(test_fault__by_lot),
        cmocka_unit_test(test_fault__allocations),
        TEST(test_fault__delay),
        TEST(test_fault__cursor_and_script),
        cmocka_unit_test(test_fault__takes_the_option),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
