/* Pools over one PostgreSQL server: who gets what, limits, what is noticed. test_pg_replica.c
 * has more servers, test_pg_reliability*.c what goes wrong with them. */
#include "pg_rig.h"
#include "rt_heap.h"
#include <stdio.h>

static int64_t backend_of(vg_db *db)
{
    return rig_number(db, "pg_backend_pid()::bigint");
}

/* ---- taking ---- */

static void test_pg_pool__any_may_write(void **state)
{
    (void)state;
    pg_rig r;
    vg_db *db[4];
    pg_rig_open(&r, (vg_pool_options){.max = 3, .wait_ms = 30});
    for (int i = 0; i < 3; i++) {
        assert_int_equal(vg_pool_write(r.pool, &db[i], 0), VG_OK);
        check_ok(db[i], rig_move(db[i], 1, 2));
        assert_true(vg_primary(db[i]));
    }
    assert_int_equal(vg_pool_read(r.pool, &db[3], 0), VG_BUSY);
    check_says(vg_pool_errmsg(r.pool),
               "none of 3 connections came free within 30 ms; the longest is taken at");
    for (int i = 0; i < 3; i++)
        assert_int_equal(vg_pool_release(r.pool, db[i]), VG_OK);
    vg_pool_stats s = vg_pool_statistics(r.pool);
    assert_int_equal(s.opened, 3);
    assert_int_equal(s.write.open, 3);
    assert_int_equal(s.write.taken, 3);
    assert_int_equal(s.write.timeouts, 1);
    assert_int_equal(s.read.taken, 0);
    assert_int_equal(pg_backends(r.url), 3);
    check_healthy(&r);
    pg_rig_close(&r);
}

static void test_pg_pool__who_reads_cannot_write(void **state)
{
    (void)state;
    pg_rig r;
    pg_rig_open(&r, (vg_pool_options){.max = 1});
    for (int i = 0; i < 2; i++) { /* the same connection, in turns */
        VG_READ(r.pool, db) {
            int64_t sum;
            check_ok(db, rig_sum(db, &sum));
            assert_int_equal(vg_exec(db, DELETE_FROM(accounts), ALL_ROWS),
                             VG_READ_ONLY);
            assert_int_equal(vg_errinfo(db)->code, VG_READ_ONLY);
            assert_int_equal(vg_exec(db, RAW("with gone as (delete from accounts "
                                             "returning id) select id from gone")),
                             VG_READ_ONLY);
            assert_int_equal(vg_script(db, "delete from accounts"), VG_READ_ONLY);
            VG_TRANSACTION(db, tx) {
                check_ok(db, rig_sum(db, &sum));
            }
            check_ok(db, vg_result(db));
            assert_int_equal(rig_move(db, 1, 2), VG_READ_ONLY);
        }
        VG_PRIMARY(r.pool, db)
        {
            assert_int_equal(vg_exec(db, DELETE_FROM(accounts), ALL_ROWS),
                             VG_READ_ONLY);
        }
        VG_WRITE(r.pool, db) {
            check_ok(db, rig_move(db, 1, 2));
            check_ok(db, vg_script(db, "update accounts set note = 'x' where id = 1"));
        }
        assert_int_equal(vg_pool_result(r.pool), VG_OK);
    }
    assert_int_equal(vg_pool_statistics(r.pool).opened, 1);
    check_pg(r.url, "select sum(balance), count(*) from accounts", "1050|3");
    pg_rig_close(&r);
}

static void test_pg_pool__keeps_the_least(void **state)
{
    (void)state;
    pg_rig r;
    vg_db *db[5];
    pg_rig_open(&r, (vg_pool_options){.min = 2, .max = 5, .idle_close_ms = 20});
    assert_int_equal(vg_pool_statistics(r.pool).write.open, 2);
    for (int i = 0; i < 5; i++)
        assert_int_equal(vg_pool_write(r.pool, &db[i], 0), VG_OK);
    for (int i = 0; i < 5; i++)
        assert_int_equal(vg_pool_release(r.pool, db[i]), VG_OK);
    assert_int_equal(vg_pool_statistics(r.pool).write.open, 5);
    rig_nap(40);
    check_healthy(&r);
    vg_pool_stats s = vg_pool_statistics(r.pool);
    assert_int_equal(s.write.open, 2);
    assert_int_equal(s.idle_closed, 3);
    assert_int_equal(s.closed, 3);
    pg_await_backends(r.url, 2);
    pg_rig_close(&r);
    pg_rig_open(&r, (vg_pool_options){.max = 3, .open_all = true});
    assert_int_equal(pg_backends(r.url), 3);
    pg_rig_close(&r);
}

static void test_pg_pool__replaces_the_aged(void **state)
{
    (void)state;
    pg_rig r;
    int64_t first = 0, second = 0;
    pg_rig_open(&r, (vg_pool_options){.max = 2, .max_age_ms = 50});
    VG_READ(r.pool, db) {
        first = backend_of(db);
    }
    VG_READ(r.pool, db) {
        assert_int_equal(backend_of(db), first);
    }
    rig_nap(60);
    VG_READ(r.pool, db) {
        second = backend_of(db);
    }
    assert_int_not_equal(first, second);
    vg_pool_stats s = vg_pool_statistics(r.pool);
    assert_int_equal(s.aged, 1);
    assert_int_equal(s.broken, 0);
    assert_int_equal(s.write.open, 1);
    pg_rig_close(&r);
}

/* ---- what stays with a connection, and what does not ---- */

static int count_setup(vg_db *db, void *ctx)
{
    ++*(int *)ctx;
    return vg_script(db, "set application_name = 'mine'");
}

static void test_pg_pool__resets_when_asked_to(void **state)
{
    (void)state;
    pg_rig r;
    int setups = 0;
    pg_rig_open(
        &r, (vg_pool_options){
                .max = 1, .reset = true, .setup = count_setup, .setup_ctx = &setups});
    VG_WRITE(r.pool, db) {
        check_ok(db, vg_script(db, "set application_name = 'other';"
                                   "create temp table scratch (a int);"
                                   "select pg_advisory_lock(7);"
                                   "listen news"));
    }
    VG_WRITE(r.pool, db) {
        assert_int_equal(rig_number(db, "(current_setting('application_name') = "
                                        "'mine')::int::bigint"),
                         1);
        assert_int_equal(
            rig_number(db, "(to_regclass('scratch') is null)::int::bigint"), 1);
        assert_int_equal(rig_number(db, "(select count(*) from pg_locks where "
                                        "locktype = 'advisory' and pid = "
                                        "pg_backend_pid())"),
                         0);
        assert_int_equal(
            rig_number(db, "(select count(*) from pg_listening_channels())"), 0);
        check_ok(db, rig_move(db, 1, 2)); /* prepared statements are still there */
    }
    assert_int_equal(setups, 2);
    assert_int_equal(vg_pool_statistics(r.pool).opened, 1);
    pg_rig_close(&r);
}

static void test_pg_pool__left_open_is_rolled_back(void **state)
{
    (void)state;
    pg_rig r;
    vg_db *db;
    vg_cursor *cursor;
    struct owners *row;
    pg_rig_open(&r, (vg_pool_options){.max = 1});
    assert_int_equal(vg_pool_write(r.pool, &db, 0), VG_OK);
    check_ok(db, vg_script(db, "begin"));
    check_ok(db, vg_exec(db, DELETE_FROM(accounts), ALL_ROWS));
    assert_int_equal(vg_pool_release(r.pool, db), VG_MISUSE);
    check_says(vg_pool_errmsg(r.pool),
               "with a transaction open; the transaction is rolled back");
    assert_int_equal(r.reports, 1);
    /* One that has failed is open all the same. */
    assert_int_equal(vg_pool_write(r.pool, &db, 0), VG_OK);
    check_ok(db, vg_script(db, "begin"));
    assert_int_equal(vg_script(db, "select 1 / 0"), VG_VALUE);
    assert_int_equal(vg_pool_release(r.pool, db), VG_MISUSE);
    assert_int_equal(vg_pool_read(r.pool, &db, 0), VG_OK);
    check_ok(db, vg_query(db, &cursor, &row, SELECT(owners)));
    assert_true(vg_next(cursor));
    assert_int_equal(vg_pool_release(r.pool, db), VG_MISUSE);
    check_says(vg_pool_errmsg(r.pool), "with a cursor open; the cursor is closed");
    vg_pool_stats s = vg_pool_statistics(r.pool);
    assert_int_equal(s.left_open, 3);
    assert_int_equal(s.opened, 1);
    check_healthy(&r);
    pg_rig_close(&r);
}

/* ---- connections that are gone ---- */

static void test_pg_pool__replaces_what_the_server_closed(void **state)
{
    (void)state;
    pg_rig r;
    pg_rig_open(&r, (vg_pool_options){.max = 3, .min = 3, .check_after_ms = -1});
    assert_int_equal(pg_kill_backends(r.url), 3);
    rig_nap(50);
    for (int i = 0; i < 3; i++)
        check_healthy(&r); /* without an error, and without a check */
    vg_pool_stats s = vg_pool_statistics(r.pool);
    assert_true(s.broken >= 1);
    assert_int_equal(s.opened, 3 + s.broken);
    assert_int_equal(r.reports, (int)s.broken);
    assert_int_equal(r.report.code, VG_CONNECT);
    pg_rig_close(&r);
}

static void test_pg_pool__a_lost_connection_is_an_error(void **state)
{
    (void)state;
    pg_rig r;
    pg_rig_open(&r, (vg_pool_options){.max = 2});
    VG_WRITE(r.pool, db) {
        int64_t me = backend_of(db), sum;
        assert_int_equal(pg_kill_backends(r.url), 1);
        assert_int_equal(rig_sum(db, &sum), VG_CONNECT);
        assert_true(*vg_errmsg(db));
        assert_int_equal(rig_sum(db, &sum), VG_CONNECT); /* and is not made anew */
        (void)me;
    }
    assert_int_equal(vg_pool_result(r.pool), VG_OK);
    check_healthy(&r);
    assert_int_equal(vg_pool_statistics(r.pool).broken, 1);
    pg_rig_close(&r);
}

/* Nothing half done, and what comes after in the block does not run on its own. */
static void test_pg_pool__a_lost_transaction_does_not_go_on(void **state)
{
    (void)state;
    pg_rig r;
    pg_rig_open(&r, (vg_pool_options){.max = 2});
    VG_WRITE(r.pool, db) {
        int runs = 0;
        VG_TRANSACTION(db, tx) {
            runs++;
            check_ok(db, vg_exec(db, UPDATE(accounts, SET(balance, 0)),
                                 WHERE(EQ(accounts.id, 1))));
            assert_int_equal(pg_kill_backends(r.url), 1);
            assert_int_equal(vg_exec(db, UPDATE(accounts, SET(balance, 0)),
                                     WHERE(EQ(accounts.id, 2))),
                             VG_CONNECT);
            assert_int_equal(vg_exec(db, UPDATE(accounts, SET(balance, 0)),
                                     WHERE(EQ(accounts.id, 3))),
                             VG_ROLLED_BACK);
        }
        assert_int_equal(runs, 1);
        assert_int_equal(vg_result(db), VG_CONNECT);
        assert_int_equal(rig_move(db, 1, 2), VG_CONNECT);
    }
    check_pg(r.url, "select sum(balance) from accounts", "1050");
    check_healthy(&r);
    pg_rig_close(&r);
}

/* Whether a commit took effect is not known when its answer did not arrive. */
static void test_pg_pool__a_commit_that_is_not_answered(void **state)
{
    (void)state;
    pg_rig r;
    pg_rig_open(&r, (vg_pool_options){.max = 2});
    VG_WRITE(r.pool, db) {
        VG_TRANSACTION(db, tx) {
            check_ok(db, vg_exec(db, UPDATE(accounts, SET(balance, 0)),
                                 WHERE(EQ(accounts.id, 1))));
            assert_int_equal(pg_kill_backends(r.url), 1);
        }
        assert_int_equal(vg_result(db), VG_CONNECT);
        check_says(vg_errmsg(db), "whether the transaction was committed is not known");
    }
    check_pg(r.url, "select sum(balance) from accounts", "1050");
    check_healthy(&r);
    pg_rig_close(&r);
}

/* ---- options ---- */

static void test_pg_pool__cannot_be_opened(void **state)
{
    (void)state;
    char url[PG_URL];
    vg_pool *pool = (vg_pool *)1;
    int64_t begun = rig_ms();
    pg_url_as(url, pg_server("URL"), "virga:wrong");
    assert_int_equal(vg_pool_open(&pool, url, NULL), VG_CONNECT);
    assert_null(pool);
    check_says(vg_pool_errmsg(NULL), "password authentication failed");
    assert_int_equal(
        vg_pool_open(&pool, "postgres://127.0.0.1:1/none?user=virga", NULL),
        VG_CONNECT);
    check_says(vg_pool_errmsg(NULL), "Connection refused");
    assert_true(rig_ms() - begun < 60000); /* at once: nothing is tried again */
    vg_pool_replica none = {.url = NULL};
    vg_pool_options options = {.replicas = &none, .replica_count = 1};
    assert_int_equal(vg_pool_open(&pool, url, &options), VG_MISUSE);
    check_text(vg_pool_errmsg(NULL), "vg_pool_open: the URL of replica 0 is NULL");
    options.replica_count = 65;
    assert_int_equal(vg_pool_open(&pool, url, &options), VG_TOO_BIG);
}

static void test_pg_pool__on_sqlite(void **state)
{
    (void)state;
    vg_pool *pool;
    vg_pool_replica replica = {.url = "other.db"};
    vg_pool_options options = {.replicas = &replica, .replica_count = 1};
    assert_int_equal(vg_pool_open(&pool, ":memory:", &options), VG_UNSUPPORTED);
    check_text(vg_pool_errmsg(NULL),
               "vg_pool_open: sqlite has no replicas: leave out options.replicas");
    options =
        (vg_pool_options){.min = 2, .max = 3, .reset = true, .read_your_writes = true};
    assert_int_equal(vg_pool_open(&pool, ":memory:", &options), VG_OK);
    VG_PRIMARY(pool, db)
    {
        assert_true(vg_primary(db));
        assert_int_equal(vg_script(db, "create table t (a)"), VG_READ_ONLY);
    }
    assert_int_equal(vg_pool_mark(pool), 0);
    vg_pool_follow(pool, 7);
    vg_pool_server server;
    assert_true(vg_pool_server_at(pool, 0, &server));
    assert_true(server.primary && !server.away && server.use.open == 1);
    assert_false(vg_pool_server_at(pool, 2, &server));
    assert_int_equal(vg_pool_close(pool, 0), VG_OK);
}

/* ---- memory ---- */

static int open_and_use(const char *url, rt_heap *heap)
{
    vg_pool *pool;
    vg_pool_options options = {
        .connection.allocator = rt_allocator(heap), .max = 2, .min = 2};
    int rc = vg_pool_open(&pool, url, &options);
    if (rc != VG_OK) {
        assert_null(pool);
        return rc;
    }
    VG_WRITE(pool, db) {
        rc = rig_move(db, 1, 2);
        if (rc == VG_OK)
            rc = rig_move(db, 2, 1);
    }
    if (vg_pool_result(pool) != VG_OK)
        rc = vg_pool_result(pool);
    assert_int_equal(vg_pool_close(pool, 0), VG_OK);
    return rc;
}

static void test_pg_pool__out_of_memory(void **state)
{
    (void)state;
    rt_heap heap = {0};
    pg_rig r;
    pg_rig_open(&r, (vg_pool_options){.max = 1});
    int rc = VG_NO_MEMORY;
    size_t n = 0;
    do { /* what can do without the memory goes on without it */
        rt_heap_arm(&heap, ++n, false);
        rc = open_and_use(r.url, &heap);
        assert_true(rc == VG_NO_MEMORY || rc == VG_OK);
        rt_heap_check_empty(&heap);
    } while (heap.failed && n < 400);
    assert_int_equal(rc, VG_OK);
    assert_true(n > 10);
    check_pg(r.url, "select sum(balance) from accounts", "1050");
    check_healthy(&r);
    pg_rig_close(&r);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_pg_pool__any_may_write),
        cmocka_unit_test(test_pg_pool__who_reads_cannot_write),
        cmocka_unit_test(test_pg_pool__keeps_the_least),
        cmocka_unit_test(test_pg_pool__replaces_the_aged),
        cmocka_unit_test(test_pg_pool__resets_when_asked_to),
        cmocka_unit_test(test_pg_pool__left_open_is_rolled_back),
        cmocka_unit_test(test_pg_pool__replaces_what_the_server_closed),
        cmocka_unit_test(test_pg_pool__a_lost_connection_is_an_error),
        cmocka_unit_test(test_pg_pool__a_lost_transaction_does_not_go_on),
        cmocka_unit_test(test_pg_pool__a_commit_that_is_not_answered),
        cmocka_unit_test(test_pg_pool__cannot_be_opened),
        cmocka_unit_test(test_pg_pool__on_sqlite),
        cmocka_unit_test(test_pg_pool__out_of_memory),
    };
    return cmocka_run_group_tests_name("pg_pool", tests, NULL, NULL);
}
