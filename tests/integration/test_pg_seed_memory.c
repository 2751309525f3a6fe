/* Seeding on PostgreSQL when memory runs out: each allocation fails once; nothing is half done,
 * nothing leaks, and the next run is as if nothing had been. */
#include "pg.h"
#include "rt_heap.h"
#include <virga/seed.h>

// clang-format off
ENUM(state, VALUE(STATE_NEW, "new"), VALUE(STATE_OLD, "old"))
TABLE_LATER(makers)
TABLE(goods,
    COLUMN(id,       INTEGER, PRIMARY_KEY, IDENTITY(ALWAYS)),
    COLUMN(maker_id, INTEGER, REFERENCES_LATER(makers, id)),
    COLUMN(state,    PG_ENUM(state), NOT_NULL),
    COLUMN(tags,     ARRAY(TEXT)),
    COLUMN(price,    NUMERIC(8, 2), NOT_NULL),
    COLUMN(ip,       INET),
    CHECK(goods_price, "price > 1"))
TABLE(makers,
    COLUMN(id,      INTEGER, PRIMARY_KEY),
    COLUMN(name,    TEXT, NOT_NULL, UNIQUE),
    COLUMN(best_id, INTEGER, REFERENCES(goods, id)))
// clang-format on
SCHEMA(mall, goods, makers)

static int seed_it(vg_db *db)
{
    return vg_seed(db, &mall,
                   &(vg_seed_options){.count = 4,
                                      .reset = true,
                                      .plan = VG_SEED_PLAN(VG_SEED(
                                          makers.name, vg_gen_string(.min = 12)))});
}

static void test_seed__short_of_memory(void **state)
{
    rt_heap heap = {0};
    char url[PG_URL];
    vg_options options = {.allocator = rt_allocator(&heap)};
    vg_db *db;
    bool failed = true;
    size_t nth = 1;
    (void)state;
    pg_database(url);
    assert_int_equal(vg_open(&db, url, &options), VG_OK);
    check_ok(db, vg_create(db, &mall));
    for (; failed && nth < 2000; nth++) {
        rt_heap_arm(&heap, nth, nth % 2);
        int rc = seed_it(db);
        failed = heap.failed;
        rt_heap_arm(&heap, 0, false);
        if (rc != VG_OK) {
            if (rc != VG_NO_MEMORY)
                fail_msg("%zu: %s", nth, vg_errmsg(db));
            check_pg(url, "select count(*) from goods", nth == 1 ? "0" : "4");
        }
        check_ok(db, seed_it(db));
        check_pg(url,
                 "select count(*), min(id), max(id), count(maker_id), "
                 "(select count(best_id) from makers) from goods",
                 "4|1|4|4|4");
        /* Statements that were prepared are new again. */
        vg_close(db);
        assert_int_equal(vg_open(&db, url, &options), VG_OK);
    }
    assert_false(failed);
    assert_true(nth > 10);
    vg_close(db);
    rt_heap_check_empty(&heap);
    pg_drop(url);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_seed__short_of_memory),
    };
    return cmocka_run_group_tests_name("pg_seed_memory", tests, NULL, NULL);
}
