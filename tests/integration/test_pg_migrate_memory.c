/* Each allocation of a migration on PostgreSQL fails once: it says so, nothing leaks, and the
 * next run ends as if nothing had been. */
#include "pg.h"
#include "rt_heap.h"
#include <stdio.h>
#include <virga/migrate.h>

static const vg_migration list[] = {
    {.tag = "0000_a",
     .when = 100,
     .hash = "a",
     .sql = "create type mood as enum ('ok');\ncreate table t (m mood);",
     .down = "drop table t; drop type mood"},
    {.tag = "0001_b",
     .when = 200,
     .hash = "b",
     .sql = "alter type mood add value 'new';\ninsert into t values ('new');\n"
            "create index concurrently i on t (m);\ninsert into t values ('ok')",
     .down = "delete from t; drop index concurrently i;\nselect 1"},
};
static const vg_migrations all = {list, 2};

static void test_pg_memory__each_allocation_fails(void **state)
{
    rt_heap heap = {0};
    char url[PG_URL], now[VG_FINGERPRINT_ROOM];
    vg_options options = {.allocator = rt_allocator(&heap)};
    vg_db *db;
    bool failed = true;
    (void)state;
    pg_database(url);
    assert_int_equal(vg_open(&db, url, &options), VG_OK);
    for (size_t nth = 1; failed && nth < 2000; nth++) {
        rt_heap_arm(&heap, nth, false);
        int rc = vg_migrate(db, &all, NULL);
        failed = heap.failed;
        rt_heap_arm(&heap, 0, false);
        if (rc != VG_OK && rc != VG_NO_MEMORY)
            fail_msg("%zu: %s", nth, vg_errmsg(db));
        check_ok(db, vg_migrate(db, &all, NULL));
        check_pg(url, "select m from t order by 1", "ok;new");
        check_pg(url, "select indisvalid from pg_index where indrelid = 't'::regclass",
                 "t");
        rt_heap_arm(&heap, nth, false);
        vg_fingerprint(db, NULL, now);
        rc = vg_rollback_migrations(db, &all, &(vg_migrate_options){.steps = -1});
        failed |= heap.failed;
        rt_heap_arm(&heap, 0, false);
        if (rc != VG_OK && rc != VG_NO_MEMORY)
            fail_msg("%zu back: %s", nth, vg_errmsg(db));
        check_ok(db,
                 vg_rollback_migrations(db, &all, &(vg_migrate_options){.steps = -1}));
        check_pg(url,
                 "select to_regclass('t'), to_regclass('drizzle.__drizzle_migrations_"
                 "progress')",
                 "null|null");
    }
    assert_false(failed);
    vg_close(db);
    rt_heap_check_empty(&heap);
    pg_drop(url);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_pg_memory__each_allocation_fails),
    };
    return cmocka_run_group_tests_name("pg_migrate_memory", tests, NULL, NULL);
}
