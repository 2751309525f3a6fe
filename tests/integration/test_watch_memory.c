/* Out of memory in what watches statements: opening fails whole, a query that cannot be kept
 * is answered all the same, and a change that cannot be told is told as "many". */
#include "check.h"
#include "rt_bank.h"
#include "rt_heap.h"

typedef struct ear {
    size_t events, many;
} ear;

static void hear(void *ctx, const vg_change *changes, size_t count)
{
    ear *e = ctx;
    for (size_t i = 0; i < count; i++) {
        e->events++;
        e->many += changes[i].op == VG_CHANGE_MANY;
    }
}

/* Every allocation of vg_open in turn: no handle, nothing left. */
static void test_watch_memory__open(void **state)
{
    (void)state;
    vg_query_cache *cache;
    assert_int_equal(vg_query_cache_open(&cache, NULL), VG_OK);
    rt_heap heap = {0};
    vg_options options = {.allocator = rt_allocator(&heap),
                          .query_cache = cache,
                          .statement_stats = true,
                          .faults = true};
    size_t failures = 0;
    for (size_t nth = 1;; nth++) {
        vg_db *db;
        rt_heap_arm(&heap, nth, false);
        int rc = vg_open(&db, ":memory:", &options);
        if (!heap.failed) {
            check_ok(db, rc);
            assert_int_equal(vg_close(db), VG_OK);
            break;
        }
        assert_int_equal(rc, VG_NO_MEMORY);
        assert_null(db);
        rt_heap_check_empty(&heap);
        failures++;
    }
    assert_true(failures >= 3);
    rt_heap_check_empty(&heap);
    vg_query_cache_close(cache);
}

/* The cache has no memory: the rows come from the database, again and again. */
static void test_watch_memory__cache(void **state)
{
    (void)state;
    rt_heap heap = {0};
    vg_query_cache *cache;
    vg_query_cache_options options = {.allocator = rt_allocator(&heap)};
    rt_heap_arm(&heap, 1, false);
    assert_int_equal(vg_query_cache_open(&cache, &options), VG_NO_MEMORY);
    assert_null(cache);
    rt_heap_arm(&heap, 0, false);
    assert_int_equal(vg_query_cache_open(&cache, &options), VG_OK);
    vg_db *db = rt_bank_open(&(vg_options){.query_cache = cache});
    for (size_t nth = 1; nth < 12; nth++) {
        owners_list list;
        vg_arena arena = {0};
        rt_heap_arm(&heap, nth, nth % 2);
        check_ok(db, vg_all(db, &arena, &list, SELECT(owners), ORDER_BY(owners.id),
                            CACHE(0, TAG("x"))));
        assert_int_equal(list.len, 3);
        check_text(list.data[2].name, "Cyd");
        vg_query_cache_forget_all(cache);
        vg_arena_free(&arena);
    }
    rt_heap_arm(&heap, 0, false);
    assert_int_equal(vg_close(db), VG_OK);
    vg_query_cache_close(cache);
    rt_heap_check_empty(&heap);
}

/* The connection has none: a hit fails whole, or does without. */
static void test_watch_memory__hit(void **state)
{
    (void)state;
    vg_query_cache *cache;
    assert_int_equal(vg_query_cache_open(&cache, NULL), VG_OK);
    rt_heap heap = {0};
    vg_db *db = rt_bank_open(&(vg_options){.query_cache = cache});
    for (int round = 0; round < 2; round++) {
        for (size_t nth = round ? 1 : 0; nth < 4; nth++) {
            owners_list list;
            vg_arena arena = {.allocator = rt_allocator(&heap), .block_size = 64};
            rt_heap_arm(&heap, round ? nth : 0, true);
            int rc = vg_all(db, &arena, &list, SELECT(owners), CACHE(0));
            assert_int_equal(list.len, heap.failed ? 0 : 3);
            if (heap.failed)
                check_fails(db, rc, VG_NO_MEMORY, "out of memory");
            else
                check_ok(db, rc);
            vg_arena_free(&arena);
        }
    }
    rt_heap_check_empty(&heap);
    assert_int_equal(vg_close(db), VG_OK);
    vg_query_cache_close(cache);
}

/* All changes are told, or that something is missing. */
static void test_watch_memory__changes(void **state)
{
    (void)state;
    uint64_t failures = 0;
    for (uint64_t nth = 1;; nth++) {
        ear e = {0, 0};
        vg_db *db = rt_bank_open(&(vg_options){.faults = true});
        check_ok(db,
                 vg_fault_set(db, &(vg_fault){.at = VG_FAULT_ALLOCATION, .nth = nth}));
        int heard = vg_on_change(db, &owners.vg_shape, hear, &e);
        VG_TRANSACTION(db, tx) {
            for (int i = 0; i < 100; i++)
                vg_exec(db, UPDATE(owners, SET(level, i)), ALL_ROWS);
        }
        int rc = vg_result(db);
        bool failed = vg_fault_stop(db);
        if (heard != VG_OK)
            assert_int_equal(heard, VG_NO_MEMORY);
        else if (rc != VG_OK)
            assert_int_equal(e.events, 0);
        else
            assert_true(e.events == 300 || e.many);
        assert_int_equal(vg_close(db), VG_OK);
        if (!failed)
            break;
        failures++;
    }
    assert_true(failures > 5);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_watch_memory__open),
        cmocka_unit_test(test_watch_memory__cache),
        cmocka_unit_test(test_watch_memory__hit),
        cmocka_unit_test(test_watch_memory__changes),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
