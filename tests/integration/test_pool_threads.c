/* A pool and a crowd: 16 threads over one writer and a few readers. Built for the thread
 * sanitizer; without it the sums must be right all the same. */
#include "check.h"
#include "rt_bank.h"
#include <pthread.h>
#include <stdatomic.h>
#include <stdio.h>
#include <time.h>

enum { THREADS = 16, ROUNDS = 25, TOTAL = 1050 };

typedef struct worker {
    pthread_t thread;
    vg_pool *pool;
    int number, rc, done, wrong;
    char message[300];
} worker;

static int open_pool(char path[64], vg_pool **pool, int readers)
{
    assert_int_equal(vg_close(rt_bank_open_file(temp_file(path), NULL, true)), VG_OK);
    vg_pool_options options = {.readers = readers,
                               .wait_ms = 60000,
                               .idle_close_ms = 1,
                               .check_after_ms = 1,
                               .connection.synchronous = VG_SYNC_OFF};
    return vg_pool_open(pool, path, &options);
}

static void crowd(vg_pool *pool, void *(*body)(void *ctx), int threads)
{
    worker workers[THREADS] = {{.rc = -1}};
    int created = 0;
    for (; created < threads; created++) {
        workers[created] = (worker){.pool = pool, .number = created, .rc = -1};
        if (pthread_create(&workers[created].thread, NULL, body, &workers[created]))
            break;
    }
    for (int i = 0; i < created; i++)
        assert_int_equal(pthread_join(workers[i].thread, NULL), 0);
    assert_int_equal(created, threads);
    for (int i = 0; i < threads; i++) {
        if (workers[i].rc != VG_OK)
            print_error("thread %d: %s: %s\n", i, vg_code_name(workers[i].rc),
                        workers[i].message);
        assert_int_equal(workers[i].rc, VG_OK);
        assert_int_equal(workers[i].done, ROUNDS);
        assert_int_equal(workers[i].wrong, 0);
    }
}

static int move(vg_db *db, int64_t from, int64_t to)
{
    VG_TRANSACTION(db, tx) {
        vg_exec(db, UPDATE(accounts, SET(balance, SUB(accounts.balance, 1))),
                WHERE(EQ(accounts.id, from)));
        vg_exec(db, UPDATE(accounts, SET(balance, ADD(accounts.balance, 1))),
                WHERE(EQ(accounts.id, to)));
    }
    return vg_result(db);
}

static int audit(vg_db *db, int *wrong)
{
    vg_opt_int sum = {0};
    int rc =
        vg_get(db, NULL, &sum, SELECT_VALUE(SUM(accounts.balance)), FROM(accounts));
    *wrong += rc == VG_OK && sum.v != TOTAL;
    return rc;
}

static void *mixed(void *ctx)
{
    worker *w = ctx;
    for (int i = 0; i < ROUNDS; i++) {
        int rc = VG_BUSY;
        if ((w->number + i) % 3 == 0)
            VG_WRITE(w->pool, db) {
                rc = move(db, 1 + i % 3, 1 + (i + 1) % 3);
                if (rc == VG_CHECK) /* the account is empty */
                    rc = VG_OK;
            }
        else
            VG_READ(w->pool, db) {
                rc = audit(db, &w->wrong);
            }
        if (rc == VG_OK)
            rc = vg_pool_result(w->pool);
        w->rc = rc;
        if (rc != VG_OK) {
            snprintf(w->message, sizeof w->message, "%s", vg_pool_errmsg(w->pool));
            break;
        }
        w->done++;
    }
    return NULL;
}

static void test_pool_threads__mixed(void **state)
{
    (void)state;
    char path[64];
    vg_pool *pool;
    assert_int_equal(open_pool(path, &pool, 3), VG_OK);
    crowd(pool, mixed, THREADS);
    vg_pool_stats stats = vg_pool_statistics(pool);
    assert_int_equal(stats.read.taken + stats.write.taken, THREADS * ROUNDS);
    assert_int_equal(stats.read.timeouts + stats.write.timeouts, 0);
    assert_int_equal(stats.read.in_use + stats.write.in_use, 0);
    assert_int_equal(stats.left_open + stats.broken, 0);
    assert_true(stats.read.open <= 3);
    assert_int_equal(stats.opened - stats.idle_closed, stats.read.open + 1);
    assert_int_equal(vg_pool_close(pool, 0), VG_OK);
    vg_db *db = rt_open(path, NULL);
    check_rows(db, "select sum(balance) from accounts", "1050");
    rt_check_sound(db);
    assert_int_equal(vg_close(db), VG_OK);
    temp_file_remove(path);
}

/* One connection for all, in memory. */
static void test_pool_threads__in_memory(void **state)
{
    (void)state;
    vg_pool *pool;
    vg_pool_options options = {.wait_ms = 60000};
    assert_int_equal(vg_pool_open(&pool, ":memory:", &options), VG_OK);
    VG_WRITE(pool, db) {
        check_ok(db, vg_create(db, &bank));
        check_ok(db, vg_script(db, BANK_ROWS));
    }
    crowd(pool, mixed, THREADS);
    assert_int_equal(vg_pool_close(pool, 0), VG_OK);
}

/* ---- the order of coming ---- */

typedef struct line {
    vg_pool *pool;
    atomic_int served;
    int order[8];
} line;

typedef struct guest {
    pthread_t thread;
    line *line;
    int number;
} guest;

static void *stand_in_line(void *ctx)
{
    guest *g = ctx;
    VG_WRITE(g->line->pool, db) {
        (void)db;
        g->line->order[atomic_fetch_add(&g->line->served, 1)] = g->number;
    }
    return NULL;
}

/* Wait, for at most 20 seconds, until so many threads wait. */
static void until_waiting(vg_pool *pool, uint64_t count)
{
    for (int i = 0; i < 20000 && vg_pool_statistics(pool).write.waiting != count; i++)
        nanosleep(&(struct timespec){0, 1000000}, NULL);
    assert_int_equal(vg_pool_statistics(pool).write.waiting, count);
}

static void test_pool_threads__first_come_first_served(void **state)
{
    (void)state;
    char path[64];
    line l = {0};
    guest guests[8];
    vg_db *db;
    assert_int_equal(open_pool(path, &l.pool, 1), VG_OK);
    assert_int_equal(vg_pool_write(l.pool, &db, 0), VG_OK);
    for (int i = 0; i < 8; i++) {
        guests[i] = (guest){.line = &l, .number = i};
        assert_int_equal(
            pthread_create(&guests[i].thread, NULL, stand_in_line, &guests[i]), 0);
        until_waiting(l.pool, (uint64_t)i + 1);
    }
    assert_int_equal(vg_pool_release(l.pool, db), VG_OK);
    for (int i = 0; i < 8; i++)
        assert_int_equal(pthread_join(guests[i].thread, NULL), 0);
    for (int i = 0; i < 8; i++)
        assert_int_equal(l.order[i], i);
    assert_int_equal(vg_pool_close(l.pool, 0), VG_OK);
    temp_file_remove(path);
}

/* ---- closing ---- */

static void *wait_in_vain(void *ctx)
{
    worker *w = ctx;
    vg_db *db;
    w->rc = vg_pool_write(w->pool, &db, 60000);
    snprintf(w->message, sizeof w->message, "%s", vg_pool_errmsg(w->pool));
    return NULL;
}

static void *hold_a_moment(void *ctx)
{
    worker *w = ctx;
    VG_WRITE(w->pool, db) {
        for (int i = 0; i < 20000 && vg_pool_statistics(w->pool).write.waits == 0; i++)
            nanosleep(&(struct timespec){0, 1000000}, NULL);
        nanosleep(&(struct timespec){0, 30000000}, NULL);
        w->rc = move(db, 1, 2);
    }
    return NULL;
}

static void test_pool_threads__close_waits_and_sends_away(void **state)
{
    (void)state;
    char path[64];
    vg_pool *pool;
    assert_int_equal(open_pool(path, &pool, 1), VG_OK);
    worker holder = {.pool = pool, .rc = -1}, late = {.pool = pool, .rc = -1};
    assert_int_equal(pthread_create(&holder.thread, NULL, hold_a_moment, &holder), 0);
    for (int i = 0; i < 20000 && vg_pool_statistics(pool).write.in_use == 0; i++)
        nanosleep(&(struct timespec){0, 1000000}, NULL);
    assert_int_equal(pthread_create(&late.thread, NULL, wait_in_vain, &late), 0);
    until_waiting(pool, 1);
    assert_int_equal(vg_pool_close(pool, 20000), VG_OK);
    assert_int_equal(pthread_join(holder.thread, NULL), 0);
    assert_int_equal(pthread_join(late.thread, NULL), 0);
    assert_int_equal(holder.rc, VG_OK); /* its work is done */
    assert_int_equal(late.rc, VG_MISUSE);
    check_text(late.message, "the pool is closed");
    temp_file_remove(path);
}

/* Each thread has its own last error. */
static void *fails_alone(void *ctx)
{
    worker *w = ctx;
    vg_db *db;
    w->rc = vg_pool_write(w->pool, &db, -1);
    w->wrong = vg_pool_result(w->pool);
    return NULL;
}

static void test_pool_threads__errors_are_each_threads_own(void **state)
{
    (void)state;
    char path[64];
    vg_pool *pool;
    vg_db *db;
    assert_int_equal(open_pool(path, &pool, 1), VG_OK);
    assert_int_equal(vg_pool_write(pool, &db, 0), VG_OK);
    worker w = {.pool = pool};
    assert_int_equal(pthread_create(&w.thread, NULL, fails_alone, &w), 0);
    assert_int_equal(pthread_join(w.thread, NULL), 0);
    assert_int_equal(w.rc, VG_BUSY);
    assert_int_equal(w.wrong, VG_BUSY);
    assert_int_equal(vg_pool_result(pool), VG_OK);
    check_text(vg_pool_errmsg(pool), "");
    assert_int_equal(vg_pool_release(pool, db), VG_OK);
    assert_int_equal(vg_pool_close(pool, 0), VG_OK);
    temp_file_remove(path);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_pool_threads__mixed),
        cmocka_unit_test(test_pool_threads__in_memory),
        cmocka_unit_test(test_pool_threads__first_come_first_served),
        cmocka_unit_test(test_pool_threads__close_waits_and_sends_away),
        cmocka_unit_test(test_pool_threads__errors_are_each_threads_own),
    };
    return cmocka_run_group_tests_name("pool_threads", tests, NULL, NULL);
}
