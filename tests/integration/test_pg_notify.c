/* Notifications and advisory locks, on PostgreSQL. */
#include "pg.h"
#include <poll.h>
#include <pthread.h>
#include <stdio.h>
#include <time.h>

typedef struct two {
    fixture *f;
    vg_db *db, *other;
} two;

static two pair;

static int setup(void **state)
{
    pg_fixture_open(state, NULL, "create table t (id int)");
    pair.f = *state;
    pair.db = pair.f->db;
    return vg_open(&pair.other, pair.f->url, NULL);
}

static int teardown(void **state)
{
    vg_close(pair.other);
    return pg_fixture_close(state);
}

static int64_t now_ms(void)
{
    struct timespec t;
    clock_gettime(CLOCK_MONOTONIC, &t);
    return (int64_t)t.tv_sec * 1000 + t.tv_nsec / 1000000;
}

static void *text_of(const char *text)
{
    return (void *)(uintptr_t)text;
}

static char heard[400];

static void hear(void *ctx, vg_db *db, const vg_notification *n)
{
    size_t len = strlen(heard);
    assert_true(n->process > 0);
    snprintf(heard + len, sizeof heard - len, "%s%s=%s;", (const char *)ctx, n->channel,
             n->payload);
    assert_int_equal(vg_wait_notify(db, 0), VG_MISUSE);
    check_ok(db, vg_exec(db, RAW("select 1"))); /* it may use the connection */
}

static void test_notify__tells(void **state)
{
    (void)state;
    vg_db *db = pair.db, *other = pair.other;
    heard[0] = 0;
    assert_int_equal(vg_wait_notify(db, 0), VG_MISUSE);
    check_ok(db, vg_listen(db, "jobs", hear, text_of("a:")));
    check_ok(db, vg_listen(db, "A \"b\"", hear, text_of("b:")));
    assert_int_equal(vg_wait_notify(db, 0), VG_NOT_FOUND);
    check_ok(other, vg_notify(other, "jobs", "1"));
    check_ok(other, vg_notify(other, "A \"b\"", NULL));
    check_ok(db, vg_wait_notify(db, 1000));
    vg_wait_notify(db, 50);
    check_text(heard, "a:jobs=1;b:A \"b\"=;");
    /* Between statements, but not in a transaction. */
    heard[0] = 0;
    VG_TRANSACTION(db, tx) {
        check_ok(other, vg_notify(other, "jobs", "2"));
        check_ok(db, vg_exec(db, RAW("select 1")));
        assert_int_equal(heard[0], 0);
    }
    check_ok(db, vg_exec(db, RAW("select 1")));
    check_ok(db, vg_exec(db, RAW("select 1")));
    check_text(heard, "a:jobs=2;");
    /* What is rolled back is not told; what is equal once. */
    heard[0] = 0;
    VG_TRANSACTION(other, tx) {
        vg_notify(other, "jobs", "no");
        vg_rollback(tx);
    }
    VG_TRANSACTION(other, tx) {
        vg_notify(other, "jobs", "yes");
        vg_notify(other, "jobs", "yes");
    }
    check_ok(db, vg_wait_notify(db, 1000));
    check_text(heard, "a:jobs=yes;");
    /* Another listener, and none. */
    heard[0] = 0;
    check_ok(db, vg_listen(db, "jobs", hear, text_of("c:")));
    check_ok(db, vg_notify(db, "jobs", "self"));
    check_ok(db, vg_wait_notify(db, 1000));
    check_text(heard, "c:jobs=self;");
    check_ok(db, vg_unlisten(db, "jobs"));
    check_ok(other, vg_notify(other, "jobs", "3"));
    assert_int_equal(vg_wait_notify(db, 50), VG_NOT_FOUND);
    check_ok(db, vg_unlisten(db, NULL));
    assert_int_equal(vg_wait_notify(db, 0), VG_MISUSE);
    check_text(heard, "c:jobs=self;");
}

static void test_notify__refuses(void **state)
{
    (void)state;
    vg_db *db = pair.db;
    char long_name[70], payload[9000];
    memset(long_name, 'x', sizeof long_name);
    long_name[64] = 0;
    memset(payload, 'x', sizeof payload);
    payload[8999] = 0;
    assert_int_equal(vg_listen(db, long_name, hear, text_of("")), VG_INVALID);
    assert_int_equal(vg_listen(db, NULL, hear, text_of("")), VG_INVALID);
    assert_int_equal(vg_notify(db, "", ""), VG_INVALID);
    assert_int_equal(vg_listen(db, "x", NULL, NULL), VG_MISUSE);
    assert_int_equal(vg_notify(db, "x", payload), VG_VALUE);
    long_name[63] = 0;
    check_ok(db, vg_listen(db, long_name, hear, text_of("")));
    check_ok(db, vg_notify(db, long_name, "1"));
    heard[0] = 0;
    check_ok(db, vg_wait_notify(db, 1000));
    VG_TRANSACTION(db, tx) {
        assert_int_equal(vg_wait_notify(db, 0), VG_MISUSE);
    }
    vg_db *lite;
    check_ok(db, vg_open(&lite, ":memory:", NULL));
    check_fails(lite, vg_listen(lite, "x", hear, NULL), VG_UNSUPPORTED,
                "vg_listen: sqlite has no notifications between connections");
    assert_int_equal(vg_notify(lite, "x", NULL), VG_UNSUPPORTED);
    assert_int_equal(vg_wait_notify(lite, 0), VG_UNSUPPORTED);
    check_fails(lite, vg_lock(lite, 1, 0, 0), VG_UNSUPPORTED,
                "vg_lock: sqlite has no advisory locks");
    vg_close(lite);
}

static void *interrupt(void *db)
{
    nanosleep(&(struct timespec){0, 100000000}, NULL);
    vg_interrupt(db);
    return NULL;
}

static void test_notify__waits_no_longer(void **state)
{
    (void)state;
    vg_db *db = pair.db;
    pthread_t thread;
    check_ok(db, vg_listen(db, "x", hear, text_of("")));
    int64_t start = now_ms();
    assert_int_equal(vg_wait_notify(db, 150), VG_NOT_FOUND);
    assert_true(now_ms() - start >= 140);
    vg_deadline(db, 100);
    assert_int_equal(vg_wait_notify(db, -1), VG_INTERRUPTED);
    vg_deadline(db, 0);
    assert_int_equal(pthread_create(&thread, NULL, interrupt, db), 0);
    assert_int_equal(vg_wait_notify(db, -1), VG_INTERRUPTED);
    pthread_join(thread, NULL);
    assert_true(now_ms() - start < 60000);
    /* With an event loop. */
    struct pollfd fd = {.fd = vg_fd(db), .events = POLLIN};
    vg_wait_notify(db, 0);
    check_ok(pair.other, vg_notify(pair.other, "x", "9"));
    assert_int_equal(poll(&fd, 1, 1000), 1);
    heard[0] = 0;
    check_ok(db, vg_wait_notify(db, 0));
    check_text(heard, "x=9;");
}

static void test_notify__killed_connection(void **state)
{
    (void)state;
    check_ok(pair.db, vg_listen(pair.db, "x", hear, text_of("")));
    pg_exec(pair.f->url, "select pg_terminate_backend(pid) from pg_stat_activity "
                         "where query ilike 'listen%'");
    assert_int_equal(vg_wait_notify(pair.db, 5000), VG_CONNECT);
    assert_int_equal(vg_wait_notify(pair.db, 5000), VG_CONNECT);
    assert_int_not_equal(vg_exec(pair.db, RAW("select 1")), VG_OK);
}

/* ---- locks ---- */

static void test_lock__one_at_a_time(void **state)
{
    (void)state;
    vg_db *db = pair.db, *other = pair.other;
    int64_t key = vg_lock_key("mails");
    assert_true(key == INT64_C(-8590229366155399003) || key != 0);
    assert_true(vg_lock_key("") == (int64_t)UINT64_C(14695981039346656037));
    assert_true(vg_lock_key("a") == (int64_t)UINT64_C(0xaf63dc4c8601ec8c));
    check_ok(db, vg_lock(db, key, 0, -1));
    check_ok(db, vg_lock(db, key, 0, 100)); /* twice is no harm */
    assert_int_equal(vg_lock(other, key, 0, 0), VG_BUSY);
    assert_int_equal(vg_lock(other, key, VG_LOCK_SHARED, 0), VG_BUSY);
    int64_t start = now_ms();
    assert_int_equal(vg_lock(other, key, 0, 100), VG_BUSY);
    assert_true(now_ms() - start >= 90);
    check_ok(db, vg_unlock(db, key, 0));
    assert_int_equal(vg_lock(other, key, 0, 0), VG_BUSY);
    check_ok(db, vg_unlock(db, key, 0));
    assert_int_equal(vg_unlock(db, key, 0), VG_MISUSE);
    check_ok(other, vg_lock(other, key, VG_LOCK_SHARED, 100));
    check_ok(db, vg_lock(db, key, VG_LOCK_SHARED, 0));
    assert_int_equal(vg_lock(db, key, 0, 50), VG_BUSY);
    check_ok(db, vg_unlock(db, key, VG_LOCK_SHARED));
    check_ok(other, vg_unlock(other, key, VG_LOCK_SHARED));
    assert_int_equal(vg_lock(db, key, 8, 0), VG_MISUSE);
}

static void test_lock__of_a_transaction(void **state)
{
    (void)state;
    vg_db *db = pair.db, *other = pair.other;
    const char *timeout = NULL, *before = NULL;
    check_ok(db, vg_get(db, &pair.f->arena, &before,
                        SELECT_VALUE(SQL(TEXT, "current_setting('lock_timeout')"))));
    assert_int_equal(vg_lock(db, 5, VG_LOCK_TRANSACTION, 0), VG_MISUSE);
    VG_TRANSACTION(db, tx) {
        check_ok(db, vg_lock(db, 5, VG_LOCK_TRANSACTION, 77));
        check_ok(db,
                 vg_get(db, &pair.f->arena, &timeout,
                        SELECT_VALUE(SQL(TEXT, "current_setting('lock_timeout')"))));
        check_text(timeout, before);
        assert_int_equal(vg_unlock(db, 5, VG_LOCK_TRANSACTION), VG_MISUSE);
        assert_int_equal(vg_lock(other, 5, 0, 0), VG_BUSY);
    }
    check_ok(db, vg_result(db)); /* trying to give it back did no harm */
    check_ok(other, vg_lock(other, 5, 0, 0));
    VG_TRANSACTION(db, tx) {
        assert_int_equal(vg_lock(db, 5, VG_LOCK_TRANSACTION, 0), VG_BUSY);
        check_ok(db, vg_exec(db, RAW("insert into t values (1)")));
    }
    check_ok(db, vg_result(db));
    int runs = 0;
    VG_TRANSACTION_WITH(db, tx, .retries = 2)
    {
        runs++;
        assert_int_equal(vg_lock(db, 5, VG_LOCK_TRANSACTION, 20), VG_BUSY);
    }
    assert_int_equal(vg_result(db), VG_BUSY);
    assert_int_equal(runs, 3);
    check_ok(other, vg_unlock(other, 5, 0));
}

int main(void)
{
#define TEST(name) cmocka_unit_test_setup_teardown(name, setup, teardown)
    const struct CMUnitTest tests[] = {
        TEST(test_notify__tells),           TEST(test_notify__refuses),
        TEST(test_notify__waits_no_longer), TEST(test_notify__killed_connection),
        TEST(test_lock__one_at_a_time),     TEST(test_lock__of_a_transaction),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
