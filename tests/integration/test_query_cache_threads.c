/* One query cache for several threads: readers never see less than what a writer has told
 * them to expect, and the sum of a transfer stays whole. */
#include "check.h"
#include "rt_bank.h"
#include <pthread.h>
#include <stdatomic.h>

enum { READERS = 3, ROUNDS = 60 };

typedef struct shared {
    char path[64];
    vg_query_cache *cache;
    atomic_int level; /* that the last commit has set */
    atomic_bool done;
    atomic_int wrong, failed;
} shared;

static vg_db *open_shared(shared *s)
{
    return rt_bank_open_file(s->path, &(vg_options){.query_cache = s->cache}, false);
}

static void *write_levels(void *arg)
{
    shared *s = arg;
    vg_db *db = open_shared(s);
    for (int i = 2; i < 2 + ROUNDS; i++) {
        if (vg_exec(db, UPDATE(owners, SET(level, i)), ALL_ROWS) != VG_OK)
            s->failed++;
        s->level = i;
    }
    s->done = true;
    vg_close(db);
    return NULL;
}

static void *read_levels(void *arg)
{
    shared *s = arg;
    vg_db *db = open_shared(s);
    vg_arena arena = {0};
    while (!s->done) {
        owners_list list;
        int expected = s->level;
        if (vg_all(db, &arena, &list, SELECT(owners), ORDER_BY(owners.id),
                   CACHE(0, TAG("levels"))) != VG_OK ||
            list.len != 3)
            s->failed++;
        else
            s->wrong += list.data[0].level < expected ||
                        list.data[0].level != list.data[2].level ||
                        strcmp(list.data[1].name, "Bob") != 0;
        vg_arena_reset(&arena);
    }
    vg_arena_free(&arena);
    vg_close(db);
    return NULL;
}

static void run(bool alone)
{
    shared s = {.level = 1};
    pthread_t threads[READERS + 1];
    temp_file(s.path);
    assert_int_equal(vg_close(rt_bank_open_file(s.path, NULL, true)), VG_OK);
    assert_int_equal(
        vg_query_cache_open(
            &s.cache, &(vg_query_cache_options){.alone = alone, .max_bytes = 16384}),
        VG_OK);
    for (int i = 0; i < READERS; i++)
        assert_int_equal(pthread_create(&threads[i], NULL, read_levels, &s), 0);
    assert_int_equal(pthread_create(&threads[READERS], NULL, write_levels, &s), 0);
    for (int i = 0; i < 200; i++)
        vg_query_cache_forget_tag(s.cache, "levels");
    for (int i = 0; i <= READERS; i++)
        pthread_join(threads[i], NULL);
    assert_int_equal(s.wrong, 0);
    assert_int_equal(s.failed, 0);
    vg_query_cache_close(s.cache);
    temp_file_remove(s.path);
}

static void test_cache__threads(void **state)
{
    (void)state;
    run(false);
}

static void test_cache__threads_alone(void **state)
{
    (void)state;
    run(true);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_cache__threads),
        cmocka_unit_test(test_cache__threads_alone),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
