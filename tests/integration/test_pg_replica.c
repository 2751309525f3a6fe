/* A primary and its replica under one pool: who reads where, what a thread sees of what it
 * wrote, a replica that is away or behind, and what becomes of it all when the replica is
 * promoted. The servers are the test's own. */
#include "pg_rig.h"
#include <stdio.h>
#include <stdlib.h>

static pg_servers servers;

/* ---- the rig ---- */

typedef struct rig {
    pg_rig pg;
    char replica_url[PG_URL];
    vg_pool_replica replicas[2];
} rig;

/* Until the replica shows all that the primary has; 5 seconds at most. */
static void catch_up(const rig *r)
{
    vg_db *primary, *replica;
    assert_int_equal(vg_open(&primary, r->pg.url, NULL), VG_OK);
    int64_t at = rig_number(primary, "pg_current_wal_insert_lsn() - '0/0'");
    assert_int_equal(vg_close(primary), VG_OK);
    int64_t end = rig_ms() + 5000, seen = -1;
    while (seen < at && rig_ms() < end) {
        if (vg_open(&replica, r->replica_url, NULL) == VG_OK)
            seen = rig_number(replica, "pg_last_wal_replay_lsn() - '0/0'");
        vg_close(replica);
        rig_nap(10);
    }
    assert_true(seen >= at);
}

static void open_rig(rig *r, vg_pool_options options)
{
    pg_rig_open(&r->pg, (vg_pool_options){.max = 1});
    pg_rig_close_pool(&r->pg);
    pg_url_at(r->replica_url, r->pg.url, pg_server("REPLICA_URL"));
    catch_up(r);
    if (!options.replicas) {
        r->replicas[0] = (vg_pool_replica){.url = r->replica_url};
        options.replicas = r->replicas;
        options.replica_count = 1;
    }
    pg_rig_pool(&r->pg, NULL, options);
}

static void close_rig(rig *r)
{
    pg_rig_close_pool(&r->pg);
    pg_drop(r->pg.url);
}

/* Replay on the replica: changes arrive, and are not seen. */
static void pause_replay(bool on)
{
    pg_exec(pg_server("REPLICA_URL"),
            on ? "select pg_wal_replay_pause()" : "select pg_wal_replay_resume()");
    for (int i = 0; on && i < 500; i++) {
        vg_db *db;
        assert_int_equal(vg_open(&db, pg_server("REPLICA_URL"), NULL), VG_OK);
        int64_t paused =
            rig_number(db, "(pg_get_wal_replay_pause_state() = 'paused')::int::bigint");
        vg_close(db);
        if (paused)
            return;
        rig_nap(10);
    }
}

static int set_balance(vg_pool *pool, int64_t id, int64_t balance)
{
    int rc = VG_OK;
    VG_WRITE(pool, db) {
        rc = vg_exec(db, UPDATE(accounts, SET(balance, balance)),
                     WHERE(EQ(accounts.id, id)));
    }
    return rc ? rc : vg_pool_result(pool);
}

/* What a VG_READ sees, and whether it asks the primary. */
static int64_t balance_of(vg_pool *pool, int64_t id, bool *primary)
{
    int64_t balance = -1;
    VG_READ(pool, db) {
        *primary = vg_primary(db);
        check_ok(db, vg_get(db, NULL, &balance, SELECT_VALUE(accounts.balance),
                            FROM(accounts), WHERE(EQ(accounts.id, id))));
    }
    check_text(vg_pool_errmsg(pool), "");
    return balance;
}

/* ---- who reads where ---- */

/* Proves: Q099. */
static void test_pg_replica__reads_go_there_and_writes_do_not(void **state)
{
    (void)state;
    rig r;
    open_rig(&r, (vg_pool_options){.max = 3});
    vg_pool *pool = r.pg.pool;
    for (int i = 0; i < 5; i++) {
        VG_READ(pool, db) {
            int64_t n;
            owners_list list;
            vg_arena arena = {0};
            assert_false(vg_primary(db));
            assert_int_equal(rig_number(db, "pg_is_in_recovery()::int::bigint"), 1);
            check_ok(db, vg_all(db, &arena, &list, SELECT(owners)));
            assert_int_equal(list.len, 3);
            check_ok(db, vg_count(db, &n, FROM(accounts)));
            assert_int_equal(n, 3);
            VG_TRANSACTION(db, tx) { /* one that reads */
                check_ok(db, vg_count(db, &n, FROM(owners)));
            }
            check_ok(db, vg_result(db));
            vg_arena_free(&arena);
        }
        VG_WRITE(pool, db) {
            int64_t n;
            assert_true(vg_primary(db));
            assert_int_equal(rig_number(db, "pg_is_in_recovery()::int::bigint"), 0);
            check_ok(db, rig_move(db, 1, 2));
            check_ok(db, vg_count(db, &n, FROM(accounts))); /* of what it wrote */
        }
        VG_PRIMARY(pool, db)
        {
            assert_true(vg_primary(db));
            assert_int_equal(rig_number(db, "pg_is_in_recovery()::int::bigint"), 0);
        }
    }
    vg_pool_stats s = vg_pool_statistics(pool);
    assert_int_equal(s.read.taken, 5);
    assert_int_equal(s.write.taken, 10);
    assert_int_equal(s.to_primary, 0);
    close_rig(&r);
}

/* A statement with a CTE that writes is a write: it never runs on a replica, and is refused
 * by name where only reading was asked for. */
static void test_pg_replica__a_cte_that_writes_is_a_write(void **state)
{
    (void)state;
    rig r;
    open_rig(&r, (vg_pool_options){.max = 2});
    static const char sql[] = "with w as (update accounts set note = 'w' where id = 1 "
                              "returning id) select count(*) from w";
    VG_READ(r.pg.pool, db) {
        assert_int_equal(vg_script(db, sql), VG_READ_ONLY);
    }
    VG_WRITE(r.pg.pool, db) {
        check_ok(db, vg_script(db, sql));
    }
    check_pg(r.pg.url, "select note from accounts where id = 1", "w");
    close_rig(&r);
}

/* ---- shares ---- */

static size_t pick_last(void *ctx, const size_t *fit, size_t count)
{
    ++*(int *)ctx;
    return fit[count - 1];
}

static void test_pg_replica__weights_and_pick(void **state)
{
    (void)state;
    rig r;
    bool primary;
    char urls[2][PG_URL];
    open_rig(&r, (vg_pool_options){.max = 1});
    snprintf(urls[0], PG_URL, "%s", r.replica_url);
    pg_rig_close_pool(&r.pg);
    vg_pool_replica replicas[2] = {{urls[0], 3}, {urls[0], 1}};
    vg_pool_options options = {.max = 2, .replicas = replicas, .replica_count = 2};
    pg_rig_pool(&r.pg, NULL, options);
    for (int i = 0; i < 400; i++)
        assert_int_equal(balance_of(r.pg.pool, 3, &primary), 50);
    vg_pool_server a, b;
    assert_true(vg_pool_server_at(r.pg.pool, 1, &a));
    assert_true(vg_pool_server_at(r.pg.pool, 2, &b));
    assert_false(vg_pool_server_at(r.pg.pool, 3, &b));
    assert_true(vg_pool_server_at(r.pg.pool, 2, &b));
    assert_false(a.primary);
    assert_int_equal(a.use.taken + b.use.taken, 400);
    assert_true(b.use.taken > 50 && b.use.taken < 150); /* 100; sigma is 9 */
    pg_rig_close_pool(&r.pg);
    int picked = 0;
    options.pick = pick_last;
    options.pick_ctx = &picked;
    pg_rig_pool(&r.pg, NULL, options);
    for (int i = 0; i < 10; i++)
        balance_of(r.pg.pool, 3, &primary);
    assert_true(vg_pool_server_at(r.pg.pool, 2, &b));
    assert_int_equal(b.use.taken, 10);
    assert_int_equal(picked, 10);
    close_rig(&r);
}

/* ---- reading what was written ---- */

static void test_pg_replica__reads_its_writes(void **state)
{
    (void)state;
    rig r;
    bool primary;
    open_rig(&r, (vg_pool_options){.max = 2, .read_your_writes = true});
    vg_pool *pool = r.pg.pool;
    assert_int_equal(vg_pool_mark(pool), 0);
    assert_int_equal(balance_of(pool, 3, &primary), 50);
    assert_false(primary); /* nothing written yet */
    pause_replay(true);
    for (int i = 0; i < 3; i++) {
        assert_int_equal(set_balance(pool, 3, 60 + i), VG_OK);
        assert_true(vg_pool_mark(pool) > 0);
        assert_int_equal(balance_of(pool, 3, &primary), 60 + i);
        assert_true(primary);
    }
    assert_int_equal(vg_pool_statistics(pool).to_primary, 3);
    pause_replay(false);
    catch_up(&r);
    assert_int_equal(balance_of(pool, 3, &primary), 62);
    assert_false(primary); /* the replica has it */
    close_rig(&r);
}

typedef struct follower {
    vg_pool *pool;
    uint64_t mark;
    int64_t stale, fresh;
    bool primary[2];
} follower;

static void *follow(void *ctx)
{
    follower *f = ctx;
    f->stale = balance_of(f->pool, 3, &f->primary[0]);
    vg_pool_follow(f->pool, f->mark);
    f->fresh = balance_of(f->pool, 3, &f->primary[1]);
    return NULL;
}

/* Marks are each thread's own, until they are handed over. */
static void test_pg_replica__a_mark_is_handed_over(void **state)
{
    (void)state;
    rig r;
    pthread_t thread;
    open_rig(&r, (vg_pool_options){.max = 2, .read_your_writes = true});
    pause_replay(true);
    assert_int_equal(set_balance(r.pg.pool, 3, 77), VG_OK);
    follower f = {.pool = r.pg.pool, .mark = vg_pool_mark(r.pg.pool)};
    assert_int_equal(pthread_create(&thread, NULL, follow, &f), 0);
    assert_int_equal(pthread_join(thread, NULL), 0);
    pause_replay(false);
    assert_int_equal(f.stale, 50);
    assert_false(f.primary[0]);
    assert_int_equal(f.fresh, 77);
    assert_true(f.primary[1]);
    close_rig(&r);
}

/* A thread that uses more pools than it can remember marks of reads too much at the primary
 * rather than too little. */
static void test_pg_replica__many_pools_in_a_thread(void **state)
{
    (void)state;
    rig r;
    vg_pool *pools[10];
    bool primary;
    open_rig(&r, (vg_pool_options){.max = 1});
    vg_pool_options options = {
        .max = 1, .read_your_writes = true, .replicas = r.replicas, .replica_count = 1};
    for (int i = 0; i < 10; i++)
        assert_int_equal(vg_pool_open(&pools[i], r.pg.url, &options), VG_OK);
    pause_replay(true);
    for (int i = 0; i < 10; i++) {
        assert_int_equal(set_balance(pools[i], 3, 100 + i), VG_OK);
        for (int k = 0; k <= i; k++) {
            assert_int_equal(balance_of(pools[k], 3, &primary) >= 100 + k, true);
            assert_true(primary);
        }
    }
    pause_replay(false);
    for (int i = 0; i < 10; i++)
        assert_int_equal(vg_pool_close(pools[i], 0), VG_OK);
    close_rig(&r);
}

/* ---- behind, away, back ---- */

static void test_pg_replica__behind_is_left_out(void **state)
{
    (void)state;
    rig r;
    bool primary;
    vg_pool_server server;
    open_rig(&r,
             (vg_pool_options){.max = 2, .max_lag_ms = 100, .replica_check_ms = 20});
    vg_pool *pool = r.pg.pool;
    balance_of(pool, 3, &primary);
    assert_false(primary);
    pause_replay(true);
    assert_int_equal(set_balance(pool, 3, 88), VG_OK);
    rig_nap(200);
    assert_int_equal(balance_of(pool, 3, &primary), 88);
    assert_true(primary);
    assert_true(vg_pool_server_at(pool, 1, &server));
    assert_true(server.lagging && !server.away);
    assert_true(server.lag_ms > 100);
    assert_true(vg_pool_statistics(pool).lagging >= 1);
    pause_replay(false);
    catch_up(&r);
    rig_nap(30);
    assert_int_equal(balance_of(pool, 3, &primary), 88);
    assert_false(primary);
    close_rig(&r);
}

static void test_pg_replica__away_and_back(void **state)
{
    (void)state;
    rig r;
    bool primary;
    vg_pool_server server;
    open_rig(&r, (vg_pool_options){.max = 2});
    vg_pool *pool = r.pg.pool;
    balance_of(pool, 3, &primary);
    assert_false(primary);
    pg_servers_do(&servers, "down replica");
    int64_t begun = rig_ms();
    for (int i = 0; i < 50; i++) {
        assert_int_equal(balance_of(pool, 3, &primary), 50);
        assert_true(primary);
    }
    assert_true(rig_ms() - begun < 60000);
    assert_true(vg_pool_server_at(pool, 1, &server));
    assert_true(server.away);
    check_says(server.why, "Connection refused");
    vg_pool_stats s = vg_pool_statistics(pool);
    assert_int_equal(s.outages, 1);
    assert_int_equal(s.to_primary, 50);
    assert_true(s.attempts < 15); /* with pauses */
    pg_servers_do(&servers, "up replica");
    int64_t end = rig_ms() + 5000;
    do
        balance_of(pool, 3, &primary);
    while (primary && rig_ms() < end);
    assert_false(primary);
    assert_true(vg_pool_server_at(pool, 1, &server));
    assert_false(server.away);
    close_rig(&r);
}

static void test_pg_replica__none_left_is_an_error_by_choice(void **state)
{
    (void)state;
    rig r;
    bool primary;
    vg_db *db;
    open_rig(&r, (vg_pool_options){.max = 2, .only_replicas = true});
    vg_pool *pool = r.pg.pool;
    balance_of(pool, 3, &primary);
    pg_servers_do(&servers, "down replica");
    assert_int_equal(vg_pool_read(pool, &db, 500), VG_CONNECT);
    assert_null(db);
    check_says(vg_pool_errmsg(pool), "Connection refused");
    check_says(vg_pool_errmsg(pool), "no other replica can be read");
    assert_int_equal(vg_pool_read(pool, &db, 0), VG_CONNECT);
    assert_int_equal(vg_pool_primary(pool, &db, 0), VG_OK); /* that is something else */
    assert_int_equal(vg_pool_release(pool, db), VG_OK);
    assert_int_equal(set_balance(pool, 3, 51), VG_OK);
    pg_servers_do(&servers, "up replica");
    catch_up(&r);
    rig_nap(1100);
    assert_int_equal(balance_of(pool, 3, &primary), 51);
    close_rig(&r);
}

/* A pool begins without its replica. */
static void test_pg_replica__away_from_the_beginning(void **state)
{
    (void)state;
    rig r;
    bool primary;
    static char nowhere[] = "postgres://virga:virga@127.0.0.1:1/virga";
    vg_pool_replica replica = {nowhere, 0};
    open_rig(&r, (vg_pool_options){.max = 2,
                                   .min = 1,
                                   .open_all = true,
                                   .replicas = &replica,
                                   .replica_count = 1});
    assert_int_equal(balance_of(r.pg.pool, 3, &primary), 50);
    assert_true(primary);
    close_rig(&r);
}

/* ---- promotion: the last test, since there is no way back ---- */

/* The URL of a database at both servers. */
static void url_of_both(char *out, size_t room, const rig *r)
{
    const char *one = strchr(r->pg.url, '@') + 1;
    const char *two = strchr(r->replica_url, '@') + 1;
    const char *name = strrchr(r->pg.url, '/');
    snprintf(out, room, "%.*s%.*s,%.*s%s?target_session_attrs=read-write",
             (int)(one - r->pg.url), r->pg.url, (int)strcspn(one, "/"), one,
             (int)strcspn(two, "/"), two, name);
}

static void test_pg_replica__writes_follow_a_promotion(void **state)
{
    (void)state;
    rig r;
    char both[2 * PG_URL], before[100];
    open_rig(&r, (vg_pool_options){.max = 1});
    pg_rig_close_pool(&r.pg);
    url_of_both(both, sizeof both, &r);
    pg_rig_pool(&r.pg, both, (vg_pool_options){.max = 3, .min = 2, .wait_ms = 10000});
    vg_pool *pool = r.pg.pool;
    check_healthy(&r.pg);
    assert_int_equal(set_balance(pool, 3, 91), VG_OK);
    catch_up(&r);
    vg_db *held; /* in the middle of something when it happens */
    assert_int_equal(vg_pool_write(pool, &held, 0), VG_OK);
    check_ok(held, vg_script(held, "begin"));
    check_ok(held, vg_exec(held, UPDATE(accounts, SET(balance, 0)),
                           WHERE(EQ(accounts.id, 3))));
    pg_servers_do(&servers, "down primary");
    assert_int_equal(vg_script(held, "commit"), VG_CONNECT);
    snprintf(before, sizeof before, "%.99s", vg_errmsg(held));
    assert_true(*before);
    vg_pool_release(pool, held);
    vg_db *db;
    assert_int_equal(vg_pool_write(pool, &db, 300), VG_CONNECT); /* nobody is primary */
    check_says(vg_pool_errmsg(pool), "waited");
    pg_servers_do(&servers, "promote");
    assert_int_equal(set_balance(pool, 2, 901), VG_OK); /* waits until it can */
    check_pg(r.replica_url,
             "select string_agg(balance::text, ',' order by id) from accounts",
             "101,901,91");
    VG_READ(pool, reader) {
        int64_t sum;
        check_ok(reader, rig_sum(reader, &sum));
        assert_int_equal(sum, 101 + 901 + 91);
    }
    vg_pool_stats s = vg_pool_statistics(pool);
    assert_int_equal(s.write.in_use, 0);
    assert_true(s.outages >= 1);
    pg_rig_close_pool(&r.pg);
}

static int start_servers(void **state)
{
    (void)state;
    pg_servers_start(&servers, "--replica --set 'wal_keep_size = 256MB' "
                               "--set 'wal_retrieve_retry_interval = 100ms'");
    return 0;
}

static int stop_servers(void **state)
{
    (void)state;
    pg_servers_stop(&servers);
    return 0;
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_pg_replica__reads_go_there_and_writes_do_not),
        cmocka_unit_test(test_pg_replica__a_cte_that_writes_is_a_write),
        cmocka_unit_test(test_pg_replica__weights_and_pick),
        cmocka_unit_test(test_pg_replica__reads_its_writes),
        cmocka_unit_test(test_pg_replica__a_mark_is_handed_over),
        cmocka_unit_test(test_pg_replica__many_pools_in_a_thread),
        cmocka_unit_test(test_pg_replica__behind_is_left_out),
        cmocka_unit_test(test_pg_replica__away_and_back),
        cmocka_unit_test(test_pg_replica__none_left_is_an_error_by_choice),
        cmocka_unit_test(test_pg_replica__away_from_the_beginning),
        cmocka_unit_test(test_pg_replica__writes_follow_a_promotion),
    };
    return cmocka_run_group_tests_name("pg_replica", tests, start_servers,
                                       stop_servers);
}
