/* Seeding when memory or the disk runs out: nothing is half done, nothing leaks. */
#include "check.h"
#include "rt_heap.h"
#include "rt_vfs.h"
#include <sqlite3.h>
#include <stdio.h>
#include <virga/seed.h>

// clang-format off
TABLE(owners,
    COLUMN(id,   INTEGER, PRIMARY_KEY, AUTOINCREMENT),
    COLUMN(name, TEXT, NOT_NULL, UNIQUE),
    COLUMN(size, TEXT, NOT_NULL),
    COLUMN(age,  INTEGER),
    CHECK(owners_size, "size in ('S', 'M') and age between 3 and 9"))
TABLE(things,
    COLUMN(owner_id, INTEGER, NOT_NULL, REFERENCES(owners, id)),
    COLUMN(n,        INTEGER, NOT_NULL),
    COLUMN(doc,      JSON),
    COLUMN(data,     BLOB),
    PRIMARY_KEY(owner_id, n))
// clang-format on
SCHEMA(estate, owners, things)

static int seed_it(vg_db *db)
{
    return vg_seed(
        db, &estate,
        &(vg_seed_options){
            .count = 3,
            .reset = true,
            .plan = VG_SEED_PLAN(
                VG_SEED_WITH(owners, things.owner_id, 2),
                VG_SEED(owners.name, vg_gen_string(.min = 12)),
                VG_SEED(
                    owners.age,
                    vg_gen_weighted(VG_CHANCE(1, vg_gen_int(.min = 3, .max = 5)),
                                    VG_CHANCE(2, vg_gen_int(.min = 7, .max = 9)))))});
}

static void test_seed__short_of_memory(void **state)
{
    (void)state;
    size_t n = 1;
    for (bool failed = true; failed; n++) {
        rt_heap heap = {0};
        vg_options options = {.allocator = rt_allocator(&heap)};
        vg_db *db = NULL;
        assert_int_equal(vg_open(&db, ":memory:", &options), VG_OK);
        check_ok(db, vg_create(db, &estate));
        rt_heap_arm(&heap, n, n % 2);
        int rc = seed_it(db);
        failed = heap.failed;
        rt_heap_arm(&heap, 0, false);
        if (failed && rc != VG_OK) {
            assert_int_equal(rc, VG_NO_MEMORY);
            check_rows(db, "select count(*) from owners", "0");
            check_rows(db, "pragma foreign_keys", "1");
        }
        check_ok(db, seed_it(db));
        check_rows(db, "select (select count(*) from owners), count(*) from things",
                   "3|6");
        assert_int_equal(vg_close(db), VG_OK);
        rt_heap_check_empty(&heap);
        assert_true(n < 2000);
    }
    assert_true(n > 10);
}

static void test_seed__disk_full(void **state)
{
    (void)state;
    char path[64], url[128];
    vg_db *db = NULL;
    assert_int_equal(rt_vfs_register(), SQLITE_OK);
    temp_file(path);
    snprintf(url, sizeof url, "file:%s?vfs=virga-fault", path);
    assert_int_equal(vg_open(&db, url, &(vg_options){.cache_kib = 64}), VG_OK);
    check_ok(db, vg_create(db, &estate));
    check_ok(db, seed_it(db));
    const vg_seed_options many = {
        .count = 20000,
        .reset = true,
        .plan = VG_SEED_PLAN(VG_SEED(owners.name, vg_gen_string(.min = 20)))};
    rt_vfs_fail(SQLITE_FULL, 20);
    assert_int_equal(vg_seed(db, &estate, &many), VG_FULL);
    rt_vfs_fail(SQLITE_OK, 0);
    check_rows(db, "select (select count(*) from owners), count(*) from things", "3|6");
    check_ok(db, vg_seed(db, &estate, &many));
    assert_int_equal(vg_close(db), VG_OK);
    temp_file_remove(path);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_seed__short_of_memory),
        cmocka_unit_test(test_seed__disk_full),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
