/* A load on PostgreSQL through a pool, and what must hold under it.
 *
 *     load_pg SECONDS
 *
 * 16 threads read, write and move money (tests/support/pg_crowd.h) on a server that is the
 * program's own. All the while connections are ended at random; after a third of the time
 * the server is stopped as by a crash, after two thirds its postmaster is killed, and each
 * time it is started again. At the end the sums must be right, every acknowledged transfer
 * must be there, none that failed, and no connection may be left. */
#include "pg_crowd.h"
#include "pg_havoc.h"
#include "pg_rig.h"
#include <stdio.h>
#include <stdlib.h>

static int64_t seconds = 10;

static void end_connections(const char *url, int64_t until_ms)
{
    while (rig_ms() < until_ms) {
        pg_end_one(url);
        rig_nap(20 + rand() % 200);
    }
}

static void report(const pg_crowd *c, vg_pool_stats s)
{
    pg_crowd_tally t = pg_crowd_sum(c);
    printf("load: %d threads, %lld s: %lld reads, %lld transfers (%.0f and %.0f a "
           "second), %lld failed, %lld of unknown end; longest call %lld ms\n",
           PG_CROWD, (long long)seconds, (long long)t.reads, (long long)t.transfers,
           (double)t.reads / (double)seconds, (double)t.transfers / (double)seconds,
           (long long)t.failed, (long long)t.not_known, (long long)t.longest_ms);
    printf("pool: %llu connections opened, %llu broken, %llu aged; %llu outages, %llu "
           "attempts in vain; %llu waits (longest %.0f ms), in vain %llu\n",
           (unsigned long long)s.opened, (unsigned long long)s.broken,
           (unsigned long long)s.aged, (unsigned long long)s.outages,
           (unsigned long long)s.attempts, (unsigned long long)s.write.waits,
           (double)s.write.longest_wait / 1e6, (unsigned long long)s.write.timeouts);
}

static void test_load_pg(void **state)
{
    (void)state;
    pg_servers own;
    char url[PG_URL];
    pg_crowd *c = calloc(1, sizeof *c);
    assert_non_null(c);
    pg_servers_start(&own, "--set 'synchronous_commit = on' "
                           "--set 'deadlock_timeout = 50ms'");
    pg_database(url);
    pg_crowd_create(url);
    c->url = url;
    c->allowed = PG_MAY_GO;
    c->reads_back = true;
    c->run = 1;
    vg_pool_options options = {.max = 8,
                               .min = 2,
                               .wait_ms = 30000,
                               .idle_close_ms = 200,
                               .max_age_ms = 1000,
                               .check_after_ms = 50};
    assert_int_equal(vg_pool_open(&c->pool, url, &options), VG_OK);
    pg_crowd_start(c);
    int64_t begun = rig_ms(), third = seconds * 1000 / 3;
    end_connections(url, begun + third);
    pg_servers_do(&own, "down primary");
    pg_start_again(&own, "primary");
    end_connections(url, begun + 2 * third);
    pg_kill_postmaster(&own, "primary");
    pg_start_again(&own, "primary");
    end_connections(url, begun + 3 * third);
    bool good = pg_crowd_goes_on(c);
    good = pg_crowd_stop(c) && good;
    good = pg_crowd_adds_up(c) && good;
    report(c, vg_pool_statistics(c->pool));
    assert_true(good);
    assert_int_equal(vg_pool_close(c->pool, 0), VG_OK);
    pg_await_backends(url, 0);
    pg_crowd_free(c);
    free(c);
    pg_servers_stop(&own);
}

int main(int argc, char **argv)
{
    const struct CMUnitTest tests[] = {cmocka_unit_test(test_load_pg)};
    if (argc > 1)
        seconds = atol(argv[1]);
    return cmocka_run_group_tests_name("load_pg", tests, NULL, NULL);
}
