/* Sixteen threads at work on a pool while everything goes wrong with the servers, which are
 * the test's own. Nothing that was acknowledged may be lost, nothing that failed may be
 * there, and the work goes on afterwards. Built for the thread sanitizer, too. */
#include "pg_crowd.h"
#include "pg_havoc.h"
#include "pg_rig.h"
#include <stdio.h>
#include <stdlib.h>

static pg_servers servers;

typedef struct rig {
    char url[PG_URL];
    pg_crowd crowd;
} rig;

static void begin(rig *r, const char *pool_url, vg_pool_options options)
{
    options.wait_ms = options.wait_ms ? options.wait_ms : 20000;
    options.check_after_ms = 50;
    options.idle_close_ms = 200;
    int rc = vg_pool_open(&r->crowd.pool, pool_url ? pool_url : r->url, &options);
    check_text(vg_pool_errmsg(NULL), "");
    assert_int_equal(rc, VG_OK);
    if (!r->crowd.allowed)
        r->crowd.allowed = PG_MAY_GO;
    pg_crowd_start(&r->crowd);
    if (!pg_crowd_goes_on(&r->crowd)) {
        pg_crowd_stop(&r->crowd);
        fail();
    }
}

static rig *new_rig(void)
{
    static int64_t runs;
    rig *r = calloc(1, sizeof *r);
    assert_non_null(r);
    pg_database(r->url);
    pg_crowd_create(r->url);
    r->crowd.url = r->url;
    r->crowd.reads_back = true;
    r->crowd.run = ++runs;
    return r;
}

/* All goes on, all adds up, nothing is left. */
static void end(rig *r)
{
    bool good = pg_crowd_goes_on(&r->crowd);
    good = pg_crowd_stop(&r->crowd) && good;
    good = pg_crowd_adds_up(&r->crowd) && good;
    vg_pool_stats s = vg_pool_statistics(r->crowd.pool);
    pg_crowd_tally t = pg_crowd_sum(&r->crowd);
    print_message(
        "      %lld transfers, %lld failed, %lld not known, %lld reads; longest "
        "%lld ms; opened %llu, broken %llu, outages %llu, attempts %llu\n",
        (long long)t.transfers, (long long)t.failed, (long long)t.not_known,
        (long long)t.reads, (long long)t.longest_ms, (unsigned long long)s.opened,
        (unsigned long long)s.broken, (unsigned long long)s.outages,
        (unsigned long long)s.attempts);
    assert_true(good);
    assert_int_equal(s.write.in_use + s.read.in_use, 0);
    assert_int_equal(vg_pool_close(r->crowd.pool, 0), VG_OK);
    pg_await_backends(r->url, 0);
    pg_drop(r->url);
    pg_crowd_free(&r->crowd);
    free(r);
}

/* ---- one server ---- */

static void test_pg_reliability_threads__backends_are_ended(void **state)
{
    (void)state;
    rig *r = new_rig();
    begin(r, NULL, (vg_pool_options){.max = 8});
    for (int i = 0; i < 30; i++) {
        pg_end_one(r->url);
        rig_nap(30);
    }
    end(r);
}

static void test_pg_reliability_threads__a_process_is_killed(void **state)
{
    (void)state;
    rig *r = new_rig();
    begin(r, NULL, (vg_pool_options){.max = 8});
    assert_true(pg_kill_one_process(r->url));
    rig_nap(300);
    end(r);
}

static void test_pg_reliability_threads__the_server_is_killed(void **state)
{
    (void)state;
    rig *r = new_rig();
    begin(r, NULL, (vg_pool_options){.max = 8});
    pg_kill_postmaster(&servers, "primary");
    rig_nap(300);
    pg_start_again(&servers, "primary");
    end(r);
}

static void test_pg_reliability_threads__the_server_restarts(void **state)
{
    (void)state;
    rig *r = new_rig();
    begin(r, NULL, (vg_pool_options){.max = 8, .max_age_ms = 300});
    pg_servers_do(&servers, "down primary");
    rig_nap(500);
    pg_start_again(&servers, "primary");
    end(r);
}

static void test_pg_reliability_threads__the_server_freezes(void **state)
{
    (void)state;
    rig *r = new_rig();
    begin(r, NULL, (vg_pool_options){.max = 8});
    pg_freeze(&servers, "primary", true);
    rig_nap(500);
    pg_freeze(&servers, "primary", false);
    end(r);
}

/* More connections are wanted than the server gives: those that come free go round. */
static void test_pg_reliability_threads__too_many_connections(void **state)
{
    (void)state;
    rig *r = new_rig();
    char as_guest[PG_URL];
    pg_exec(r->url, "grant all on all tables in schema public to guest;"
                    "alter role guest connection limit 3");
    begin(r, pg_url_as(as_guest, r->url, "guest:guest"), (vg_pool_options){.max = 12});
    rig_nap(500);
    assert_true(pg_crowd_goes_on(&r->crowd));
    vg_pool_stats s = vg_pool_statistics(r->crowd.pool);
    assert_true(s.write.open <= 3);
    assert_true(s.attempts > 0);
    end(r);
    pg_exec(pg_server("URL"), "alter role guest connection limit -1");
}

static void test_pg_reliability_threads__through_a_pooler(void **state)
{
    (void)state;
    rig *r = new_rig();
    char pooled[PG_URL];
    begin(r, pg_url_at(pooled, r->url, pg_server("POOLER_URL")),
          (vg_pool_options){.max = 12});
    for (int i = 0; i < 10; i++) { /* connections of the pooler */
        pg_end_one(r->url);
        rig_nap(50);
    }
    bool good = pg_crowd_goes_on(&r->crowd);
    good = pg_crowd_stop(&r->crowd) && good;
    good = pg_crowd_adds_up(&r->crowd) && good;
    assert_true(good);
    assert_int_equal(vg_pool_close(r->crowd.pool, 0), VG_OK);
    pg_drop(r->url); /* the pooler keeps its connections */
    pg_crowd_free(&r->crowd);
    free(r);
}

/* ---- a primary and its replica ---- */

static void replica_url(char out[PG_URL], const rig *r)
{
    pg_url_at(out, r->url, pg_server("REPLICA_URL"));
    for (int i = 0; i < 500; i++) { /* until the database is there */
        vg_db *db;
        int64_t n = 0;
        int rc = vg_open(&db, out, NULL);
        if (rc == VG_OK)
            rc = vg_get(db, NULL, &n,
                        SELECT_VALUE(SQL(INTEGER, "(select count(*) from purses)")));
        vg_close(db);
        if (rc == VG_OK && n == PG_PURSES)
            return;
        rig_nap(10);
    }
    fail_msg("the replica does not follow");
}

static void test_pg_reliability_threads__reads_on_a_replica_that_goes(void **state)
{
    (void)state;
    rig *r = new_rig();
    char url[PG_URL];
    replica_url(url, r);
    vg_pool_replica replica = {.url = url};
    begin(r, NULL,
          (vg_pool_options){.max = 8,
                            .replicas = &replica,
                            .replica_count = 1,
                            .read_your_writes = true});
    pg_servers_do(&servers, "down replica");
    assert_true(pg_crowd_goes_on(&r->crowd));
    pg_start_again(&servers, "replica");
    rig_nap(1200);
    assert_true(pg_crowd_goes_on(&r->crowd));
    vg_pool_stats s = vg_pool_statistics(r->crowd.pool);
    assert_true(s.read.taken > 0);
    assert_true(s.to_primary > 0);
    end(r);
}

/* The last one: there is no way back. What the old primary acknowledged and the replica had
 * not received would be lost, so the primary waits for the replica (synchronous). */
static void test_pg_reliability_threads__failover(void **state)
{
    (void)state;
    rig *r = new_rig();
    char both[2 * PG_URL], url[PG_URL];
    pg_exec(r->url, "alter system set synchronous_standby_names = '*'");
    pg_exec(r->url, "select pg_reload_conf()");
    replica_url(url, r);
    const char *one = strchr(r->url, '@') + 1, *two = strchr(url, '@') + 1;
    snprintf(both, sizeof both, "%.*s%.*s,%.*s%s?target_session_attrs=read-write",
             (int)(one - r->url), r->url, (int)strcspn(one, "/"), one,
             (int)strcspn(two, "/"), two, strrchr(r->url, '/'));
    r->crowd.allowed = PG_MAY_GO | PG_MAY(VG_READ_ONLY);
    begin(r, both, (vg_pool_options){.max = 8});
    pg_servers_do(&servers, "down primary");
    rig_nap(200);
    pg_servers_do(&servers, "promote");
    memcpy(r->url, url, sizeof url); /* that is where to look from here on */
    bool good = pg_crowd_goes_on(&r->crowd);
    good = pg_crowd_stop(&r->crowd) && good;
    good = pg_crowd_adds_up(&r->crowd) && good;
    assert_true(good);
    assert_int_equal(vg_pool_close(r->crowd.pool, 0), VG_OK);
    pg_await_backends(r->url, 0);
    pg_crowd_free(&r->crowd);
    free(r);
}

static int start_servers(void **state)
{
    (void)state;
    pg_servers_start(&servers,
                     "--replica --pgbouncer --set 'synchronous_commit = on' "
                     "--set 'deadlock_timeout = 50ms' --set 'wal_keep_size = 512MB' "
                     "--set 'wal_retrieve_retry_interval = 200ms'");
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
        cmocka_unit_test(test_pg_reliability_threads__backends_are_ended),
        cmocka_unit_test(test_pg_reliability_threads__a_process_is_killed),
        cmocka_unit_test(test_pg_reliability_threads__the_server_is_killed),
        cmocka_unit_test(test_pg_reliability_threads__the_server_restarts),
        cmocka_unit_test(test_pg_reliability_threads__the_server_freezes),
        cmocka_unit_test(test_pg_reliability_threads__too_many_connections),
        cmocka_unit_test(test_pg_reliability_threads__through_a_pooler),
        cmocka_unit_test(test_pg_reliability_threads__reads_on_a_replica_that_goes),
        cmocka_unit_test(test_pg_reliability_threads__failover),
    };
    return cmocka_run_group_tests_name("pg_reliability_threads", tests, start_servers,
                                       stop_servers);
}
