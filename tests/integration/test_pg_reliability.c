/* What goes wrong with a PostgreSQL server, one thing after the other, and what the pool
 * makes of it: a clear error, nothing half done, and a pool that is healthy afterwards. The
 * servers are the test's own; test_pg_reliability_threads.c has the crowd. */
#include "pg_havoc.h"
#include "pg_proxy.h"
#include "pg_rig.h"
#include <sys/stat.h>
#include <stdio.h>
#include <stdlib.h>
#include <unistd.h>

static pg_servers servers;

/* ---- who may come in ---- */

static void test_pg_reliability__a_password_that_was_changed(void **state)
{
    (void)state;
    pg_rig r;
    char url[PG_URL];
    vg_db *first, *second;
    pg_rig_open(&r, (vg_pool_options){.max = 1});
    pg_rig_close_pool(&r);
    pg_exec(r.url, "grant all on all tables in schema public to guest");
    pg_rig_pool(&r, pg_url_as(url, r.url, "guest:guest"), (vg_pool_options){.max = 2});
    pg_exec(r.url, "alter role guest password 'another'");
    assert_int_equal(vg_pool_write(r.pool, &first, 0), VG_OK);
    int64_t begun = rig_ms();
    assert_int_equal(vg_pool_write(r.pool, &second, 0), VG_CONNECT);
    assert_null(second);
    check_says(vg_pool_errmsg(r.pool), "password authentication failed");
    assert_true(rig_ms() - begun < 60000);
    check_ok(first, rig_move(first, 1, 2));
    assert_int_equal(vg_pool_release(r.pool, first), VG_OK);
    pg_exec(r.url, "alter role guest password 'guest'");
    check_healthy(&r);
    pg_rig_close(&r);
}

static void open_tls(pg_rig *r, const char *host, const char *mode, int code,
                     const char *says)
{
    char url[2 * PG_URL];
    vg_pool *pool;
    const char *at = strchr(r->url, '@') + 1, *port = strchr(at, ':');
    snprintf(url, sizeof url,
             "%.*s%s%s?hostaddr=127.0.0.1&sslmode=%s&sslrootcert=%s/tls/"
             "ca.crt",
             (int)(at - r->url), r->url, host, port, mode, servers.home);
    int rc = vg_pool_open(&pool, url, NULL);
    if (code != VG_OK)
        check_says(vg_pool_errmsg(NULL), says);
    assert_int_equal(rc, code);
    if (rc == VG_OK)
        assert_int_equal(vg_pool_close(pool, 0), VG_OK);
}

static void use_certificate(const char *name)
{
    char sql[PG_URL * 2];
    snprintf(sql, sizeof sql, "alter system set ssl_cert_file = '%s/tls/%s.crt'",
             servers.home, name);
    pg_exec(pg_server("URL"), sql);
    snprintf(sql, sizeof sql, "alter system set ssl_key_file = '%s/tls/%s.key'",
             servers.home, name);
    pg_exec(pg_server("URL"), sql);
    pg_exec(pg_server("URL"), "select pg_reload_conf()");
    rig_nap(200);
}

static void test_pg_reliability__certificates(void **state)
{
    (void)state;
    pg_rig r;
    pg_rig_open(&r, (vg_pool_options){.max = 2});
    open_tls(&r, "localhost", "verify-full", VG_OK, "");
    open_tls(&r, "elsewhere.example", "verify-full", VG_CONNECT,
             "does not match host name \"elsewhere.example\"");
    open_tls(&r, "elsewhere.example", "verify-ca", VG_OK, "");
    use_certificate("expired");
    open_tls(&r, "localhost", "verify-full", VG_CONNECT, "certificate verify failed");
    open_tls(&r, "localhost", "require", VG_CONNECT, "certificate verify failed");
    use_certificate("server");
    open_tls(&r, "localhost", "verify-full", VG_OK, "");
    check_healthy(&r);
    pg_rig_close(&r);
}

/* ---- limits of the server ---- */

static int limit_statements(vg_db *db, void *ctx)
{
    return vg_script(db, ctx);
}

static void test_pg_reliability__statement_timeout(void **state)
{
    (void)state;
    pg_rig r;
    static char set[] = "set statement_timeout = 50";
    pg_rig_open(
        &r, (vg_pool_options){.max = 1, .setup = limit_statements, .setup_ctx = set});
    VG_WRITE(r.pool, db) {
        assert_int_equal(vg_exec(db, RAW("select pg_sleep(5)")), VG_INTERRUPTED);
        check_says(vg_errmsg(db), "statement timeout");
        VG_TRANSACTION(db, tx) {
            check_ok(db, vg_exec(db, UPDATE(accounts, SET(balance, 0)),
                                 WHERE(EQ(accounts.id, 1))));
            assert_int_equal(vg_exec(db, RAW("select pg_sleep(5)")), VG_INTERRUPTED);
        }
        assert_int_equal(vg_result(db), VG_INTERRUPTED);
        check_ok(db, rig_move(db, 1, 2));
    }
    check_healthy(&r);
    assert_int_equal(vg_pool_statistics(r.pool).opened, 1);
    pg_rig_close(&r);
}

static void test_pg_reliability__idle_in_transaction(void **state)
{
    (void)state;
    pg_rig r;
    static char set[] = "set idle_in_transaction_session_timeout = 50";
    pg_rig_open(
        &r, (vg_pool_options){.max = 2, .setup = limit_statements, .setup_ctx = set});
    VG_WRITE(r.pool, db) {
        VG_TRANSACTION(db, tx) {
            check_ok(db, vg_exec(db, UPDATE(accounts, SET(balance, 0)),
                                 WHERE(EQ(accounts.id, 1))));
            rig_nap(300);
            assert_int_equal(vg_exec(db, UPDATE(accounts, SET(balance, 0)),
                                     WHERE(EQ(accounts.id, 2))),
                             VG_CONNECT);
            check_says(vg_errmsg(db), "idle-in-transaction timeout");
        }
        assert_int_equal(vg_result(db), VG_CONNECT);
    }
    check_pg(r.url, "select sum(balance) from accounts", "1050");
    check_healthy(&r);
    pg_rig_close(&r);
}

/* The server gives fewer than `max`: who asks for more waits, and is told; what comes free
 * meanwhile is good enough. */
static void test_pg_reliability__too_many_connections(void **state)
{
    (void)state;
    pg_rig r;
    char url[PG_URL];
    vg_db *one, *two;
    pg_rig_open(&r, (vg_pool_options){.max = 1});
    pg_rig_close_pool(&r);
    pg_exec(r.url, "grant all on all tables in schema public to guest;"
                   "alter role guest connection limit 1");
    pg_rig_pool(&r, pg_url_as(url, r.url, "guest:guest"), (vg_pool_options){.max = 4});
    assert_int_equal(vg_pool_write(r.pool, &one, 0), VG_OK);
    assert_int_equal(vg_pool_write(r.pool, &two, 100), VG_CONNECT);
    check_says(vg_pool_errmsg(r.pool), "too many connections");
    check_says(vg_pool_errmsg(r.pool), "(waited ");
    assert_int_equal(vg_pool_release(r.pool, one), VG_OK);
    for (int i = 0; i < 5; i++)
        check_healthy(&r);
    assert_int_equal(vg_pool_statistics(r.pool).opened, 1);
    pg_exec(r.url, "alter role guest connection limit -1");
    pg_rig_close(&r);
}

/* ---- servers that say nothing ---- */

static void test_pg_reliability__a_server_that_never_answers(void **state)
{
    (void)state;
    char url[PG_URL];
    vg_pool *pool;
    int fd = pg_mute(url, pg_server("URL"));
    vg_pool_options options = {.wait_ms = 2000};
    int64_t begun = rig_ms();
    assert_int_equal(vg_pool_open(&pool, url, &options), VG_CONNECT);
    assert_true(*vg_pool_errmsg(NULL));
    assert_in_range(rig_ms() - begun, 1000, 60000);
    close(fd);
}

static void test_pg_reliability__a_replica_that_never_answers(void **state)
{
    (void)state;
    pg_rig r;
    char url[PG_URL];
    pg_rig_open(&r, (vg_pool_options){.max = 1});
    pg_rig_close_pool(&r);
    int fd = pg_mute(url, r.url);
    vg_pool_replica replica = {.url = url};
    pg_rig_pool(&r, NULL,
                (vg_pool_options){.max = 2, .replicas = &replica, .replica_count = 1});
    int64_t begun = rig_ms();
    for (int i = 0; i < 20; i++)
        VG_READ(r.pool, db) {
            int64_t sum;
            check_ok(db, rig_sum(db, &sum));
            assert_true(vg_primary(db));
        }
    assert_true(rig_ms() - begun < 60000); /* one waited for it */
    assert_int_equal(vg_pool_statistics(r.pool).to_primary, 20);
    close(fd);
    pg_rig_close(&r);
}

static void test_pg_reliability__a_server_that_freezes(void **state)
{
    (void)state;
    pg_rig r;
    vg_db *db;
    pg_rig_open(&r, (vg_pool_options){.max = 1, .check_after_ms = 1});
    check_healthy(&r);
    rig_nap(20);
    pg_freeze(&servers, "primary", true);
    int64_t begun = rig_ms();
    int rc = vg_pool_write(r.pool, &db, 3000);
    int64_t took = rig_ms() - begun;
    pg_freeze(&servers, "primary", false);
    assert_int_equal(rc, VG_CONNECT);
    assert_true(*vg_pool_errmsg(r.pool));
    assert_in_range(took, 1500, 60000);
    check_healthy(&r);
    pg_rig_close(&r);
}

/* A call that has a deadline ends, if not on time then a few seconds later. */
static void test_pg_reliability__a_deadline_on_a_frozen_server(void **state)
{
    (void)state;
    pg_rig r;
    pg_rig_open(&r, (vg_pool_options){.max = 1});
    VG_WRITE(r.pool, db) {
        int64_t sum;
        check_ok(db, rig_sum(db, &sum));
        pg_freeze(&servers, "primary", true);
        int64_t begun = rig_ms();
        vg_deadline(db, 300);
        int rc = rig_sum(db, &sum);
        int64_t took = rig_ms() - begun;
        pg_freeze(&servers, "primary", false);
        assert_true(rc == VG_INTERRUPTED || rc == VG_CONNECT);
        assert_in_range(took, 250, 60000);
    }
    check_healthy(&r);
    pg_rig_close(&r);
}

/* ---- commits that fail ---- */

/* What a statement did outside of a transaction is committed at its end: it may fail there,
 * when the rows have come already. */
static void test_pg_reliability__a_commit_that_fails(void **state)
{
    (void)state;
    pg_rig r;
    pg_rig_open(&r, (vg_pool_options){.max = 1});
    pg_exec(r.url,
            "alter table accounts add constraint to_owner foreign key (owner_id) "
            "references owners (id) deferrable initially deferred;"
            "alter table accounts drop constraint "
            "accounts_owner_id_owners_id_fk");
    VG_WRITE(r.pool, db) {
        int64_t id = 0;
        assert_int_equal(vg_exec(db, INSERT_INTO(accounts, SET(id, 9),
                                                 SET(owner_id, 99), SET(label, "x"))),
                         VG_FOREIGN_KEY);
        assert_int_equal(vg_get(db, NULL, &id,
                                INSERT_INTO(accounts, SET(id, 9), SET(owner_id, 99),
                                            SET(label, "x")),
                                RETURNING_VALUE(accounts.id)),
                         VG_FOREIGN_KEY);
        VG_TRANSACTION(db, tx) {
            check_ok(db, vg_exec(db, INSERT_INTO(accounts, SET(id, 9),
                                                 SET(owner_id, 99), SET(label, "x"))));
        }
        assert_int_equal(vg_result(db), VG_FOREIGN_KEY);
    }
    check_pg(r.url, "select count(*) from accounts", "3");
    check_healthy(&r);
    pg_rig_close(&r);
}

/* ---- connections that break off ---- */

static void test_pg_reliability__cut_off_in_the_middle_of_rows(void **state)
{
    (void)state;
    pg_rig r;
    pg_proxy proxy;
    vg_arena arena = {0};
    pg_rig_open(&r, (vg_pool_options){.max = 1});
    pg_exec(r.url, "insert into owners (id, name) select i, repeat('x', 100) || i from "
                   "generate_series(10, 5000) i");
    pg_rig_close_pool(&r);
    pg_proxy_start(&proxy, r.url);
    pg_rig_pool(&r, proxy.url, (vg_pool_options){.max = 2});
    for (int way = 0; way < 2; way++) {
        VG_READ(r.pool, db) {
            owners_list list = {.len = 7};
            vg_cursor *cursor;
            struct owners *row;
            int64_t sum;
            check_ok(db, rig_sum(db, &sum));
            atomic_store(&proxy.drop_after, 100000);
            if (way == 0) {
                assert_int_equal(vg_all(db, &arena, &list, SELECT(owners)), VG_CONNECT);
                assert_int_equal(list.len, 0);
            } else if (vg_query(db, &cursor, &row, SELECT(owners)) == VG_OK) {
                int rows = 0;
                while (vg_next(cursor))
                    rows++;
                assert_true(rows < 4994);
                assert_int_equal(vg_finish(cursor), VG_CONNECT);
            } else {
                assert_int_equal(vg_errinfo(db)->code, VG_CONNECT);
            }
        }
        assert_int_equal(vg_pool_result(r.pool), VG_OK);
        check_healthy(&r);
    }
    assert_int_equal(vg_pool_statistics(r.pool).broken, 2);
    vg_arena_free(&arena);
    pg_rig_close_pool(&r);
    pg_proxy_stop(&proxy);
    pg_await_backends(r.url, 0);
    pg_drop(r.url);
}

/* The answer to a commit is lost, and the transfer is there all the same. */
static void test_pg_reliability__cut_off_at_the_commit(void **state)
{
    (void)state;
    pg_rig r;
    pg_proxy proxy;
    pg_rig_open(&r, (vg_pool_options){.max = 1});
    pg_rig_close_pool(&r);
    pg_proxy_start(&proxy, r.url);
    pg_rig_pool(&r, proxy.url, (vg_pool_options){.max = 1});
    VG_WRITE(r.pool, db) {
        check_ok(db, rig_move(db, 1, 2)); /* all is prepared */
        VG_TRANSACTION(db, tx) {
            check_ok(db, vg_exec(db, UPDATE(accounts, SET(balance, 7)),
                                 WHERE(EQ(accounts.id, 3))));
            atomic_store(&proxy.drop_after, 0);
        }
        assert_int_equal(vg_result(db), VG_CONNECT);
        check_says(vg_errmsg(db), "whether the transaction was committed is not known");
    }
    check_pg(r.url, "select balance from accounts where id = 3", "7");
    pg_exec(r.url, "update accounts set balance = 50 where id = 3");
    check_healthy(&r);
    pg_rig_close_pool(&r);
    pg_proxy_stop(&proxy);
    pg_await_backends(r.url, 0);
    pg_drop(r.url);
}

/* ---- a disk that is full ---- */

static char flag[64];

static void fill_disk(const char *part)
{
    if (!part) {
        unlink(flag);
        return;
    }
    FILE *file = fopen(flag, "w");
    assert_non_null(file);
    fputs(part, file);
    fclose(file);
}

static void test_pg_reliability__the_disk_is_full(void **state)
{
    (void)state;
    pg_rig r;
    pg_rig_open(&r, (vg_pool_options){.max = 2});
    check_healthy(&r);
    fill_disk("/base/");
    VG_WRITE(r.pool, db) {
        VG_TRANSACTION(db, tx) {
            check_ok(db, vg_exec(db, UPDATE(accounts, SET(balance, 0)),
                                 WHERE(EQ(accounts.id, 1))));
            assert_int_equal(vg_exec(db, RAW("insert into owners (id, name) select "
                                             "1000 + i, repeat('y', 200) || i "
                                             "from generate_series(1, 20000) i")),
                             VG_FULL);
            check_says(vg_errmsg(db), "No space left on device");
        }
        assert_int_equal(vg_result(db), VG_FULL);
    }
    fill_disk(NULL);
    check_pg(r.url, "select sum(balance) from accounts", "1050");
    check_pg(r.url, "select count(*) from owners", "3");
    VG_WRITE(r.pool, db) {
        check_ok(
            db,
            vg_exec(db, RAW("insert into owners (id, name) select 1000 + i, "
                            "repeat('y', 200) || i from generate_series(1, 2000) i")));
    }
    check_healthy(&r);
    assert_int_equal(vg_pool_statistics(r.pool).broken, 0);
    pg_rig_close(&r);
}

/* Without room for its log the server goes down; what it acknowledged is there when it is
 * back, and what it could not write is not. */
static void test_pg_reliability__no_room_for_the_log(void **state)
{
    (void)state;
    pg_rig r;
    pg_rig_open(&r, (vg_pool_options){.max = 2, .wait_ms = 20000});
    VG_WRITE(r.pool, db) {
        check_ok(db, vg_exec(db, UPDATE(accounts, SET(note, "acknowledged")),
                             WHERE(EQ(accounts.id, 1))));
        fill_disk("/pg_wal/");
        int rc =
            vg_exec(db, UPDATE(accounts, SET(note, "lost")), WHERE(EQ(accounts.id, 2)));
        assert_true(rc == VG_FULL || rc == VG_CONNECT);
    }
    rig_nap(300);
    vg_db *none;
    assert_int_equal(vg_pool_write(r.pool, &none, 300), VG_CONNECT);
    fill_disk(NULL); /* it has tried again and again; now it succeeds */
    check_healthy(&r);
    check_pg(r.url,
             "select note, (select note from accounts where id = 2) from accounts "
             "where id = 1",
             "acknowledged|null");
    pg_rig_close(&r);
}

/* Where the servers' own user can read it, which the build tree may not be. */
static char preloaded[80];

static void copy_preloaded(void)
{
    char block[8192];
    size_t len;
    const char *full_disk = getenv("VIRGA_FULL_DISK_SO");
    assert_non_null(full_disk);
    snprintf(preloaded, sizeof preloaded, "/tmp/virga-full-%ld.so", (long)getpid());
    FILE *in = fopen(full_disk, "rb"), *out = fopen(preloaded, "wb");
    assert_true(in && out);
    while ((len = fread(block, 1, sizeof block, in)) > 0)
        assert_int_equal(fwrite(block, 1, len, out), len);
    fclose(in);
    assert_int_equal(fclose(out), 0);
    assert_int_equal(chmod(preloaded, 0755), 0);
}

static int start_servers(void **state)
{
    (void)state;
    copy_preloaded();
    snprintf(flag, sizeof flag, "/tmp/virga-full-%ld", (long)getpid());
    setenv("VIRGA_FULL_DISK", flag, 1);
    setenv("LD_PRELOAD", preloaded, 1);
    pg_servers_start(&servers, "--tls --set 'synchronous_commit = on'");
    unsetenv("LD_PRELOAD");
    return 0;
}

static int stop_servers(void **state)
{
    (void)state;
    fill_disk(NULL);
    pg_servers_stop(&servers);
    unlink(preloaded);
    return 0;
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_pg_reliability__a_password_that_was_changed),
        cmocka_unit_test(test_pg_reliability__certificates),
        cmocka_unit_test(test_pg_reliability__statement_timeout),
        cmocka_unit_test(test_pg_reliability__idle_in_transaction),
        cmocka_unit_test(test_pg_reliability__too_many_connections),
        cmocka_unit_test(test_pg_reliability__a_server_that_never_answers),
        cmocka_unit_test(test_pg_reliability__a_replica_that_never_answers),
        cmocka_unit_test(test_pg_reliability__a_server_that_freezes),
        cmocka_unit_test(test_pg_reliability__a_deadline_on_a_frozen_server),
        cmocka_unit_test(test_pg_reliability__a_commit_that_fails),
        cmocka_unit_test(test_pg_reliability__cut_off_in_the_middle_of_rows),
        cmocka_unit_test(test_pg_reliability__cut_off_at_the_commit),
        cmocka_unit_test(test_pg_reliability__the_disk_is_full),
        cmocka_unit_test(test_pg_reliability__no_room_for_the_log),
    };
    return cmocka_run_group_tests_name("pg_reliability", tests, start_servers,
                                       stop_servers);
}
