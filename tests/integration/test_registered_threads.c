/* The same registered queries from several threads, each with a connection of its own, all
 * of them calling for the first time at once; another thread lists them meanwhile. */
#include "check.h"
#include "rt_bank.h"
#include <pthread.h>

enum { THREADS = 4, ROUNDS = 60 };

// clang-format off
QUERY(account_of, ONE(accounts), PARAMS(INTEGER(owner), TEXT(label)),
      SELECT(accounts), WHERE(AND(EQ(accounts.owner_id, owner), EQ(accounts.label, label))))
QUERY(pay_in, EXEC, PARAMS(INTEGER(id), INTEGER(amount)),
      UPDATE(accounts, SET(balance, ADD(accounts.balance, amount))), WHERE(EQ(accounts.id, id)))
// clang-format on

typedef struct worker {
    pthread_t thread;
    int number, rc;
    int64_t balance;
} worker;

static void *work(void *ctx)
{
    worker *w = ctx;
    vg_db *db = NULL;
    vg_arena arena = {0};
    struct accounts *a = NULL;
    w->rc = vg_open(&db, ":memory:", NULL);
    if (w->rc == VG_OK)
        w->rc = vg_create(db, &bank);
    if (w->rc == VG_OK)
        w->rc = vg_script(db, BANK_ROWS);
    for (int i = 0; w->rc == VG_OK && i < ROUNDS; i++) {
        vg_arena_reset(&arena);
        w->rc = account_of(db, &arena, &a, 1, i % 2 ? "daily" : "savings");
        if (w->rc == VG_OK)
            w->rc = pay_in(db, a->id, w->number);
    }
    if (w->rc == VG_OK)
        w->rc = account_of(db, &arena, &a, 1, "daily");
    w->balance = w->rc == VG_OK ? a->balance : -1;
    vg_arena_free(&arena);
    vg_close(db);
    return NULL;
}

static int count_one(void *ctx, const vg_registration *entry)
{
    int *count = ctx;
    *count += entry->query != NULL;
    return 0;
}

static void *look(void *ctx)
{
    worker *w = ctx;
    for (int i = 0; i < ROUNDS; i++) {
        int count = 0;
        vg_registry_each(count_one, &count);
        w->balance += count;
    }
    return NULL;
}

static void test_registered_threads__share_queries(void **state)
{
    (void)state;
    worker workers[THREADS + 1] = {{.rc = -1}};
    for (int i = 0; i <= THREADS; i++) {
        workers[i].number = i + 1;
        assert_int_equal(
            pthread_create(&workers[i].thread, NULL, i ? work : look, &workers[i]), 0);
    }
    for (int i = 0; i <= THREADS; i++)
        assert_int_equal(pthread_join(workers[i].thread, NULL), 0);
    assert_int_equal(workers[0].balance, 2 * ROUNDS);
    for (int i = 1; i <= THREADS; i++) {
        assert_int_equal(workers[i].rc, VG_OK);
        assert_int_equal(workers[i].balance, 100 + (i + 1) * ROUNDS / 2);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_registered_threads__share_queries),
    };
    return cmocka_run_group_tests_name("registered_threads", tests, NULL, NULL);
}
