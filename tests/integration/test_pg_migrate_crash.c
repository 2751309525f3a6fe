/* Never half done on PostgreSQL: a migrator that is killed, whose connection or server is, many
 * at once, and tables that others have locked. Each time the next run ends with each statement
 * done once. */
#include "pg.h"
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/wait.h>
#include <unistd.h>
#include <virga/migrate.h>

static const vg_migration list[] = {
    {.tag = "0000_log",
     .when = 100,
     .hash = "a",
     .sql = "create type mood as enum ('ok');\n"
            "create table log (step text, mood mood);\n"
            "insert into log values ('a', 'ok')"},
    {.tag = "0001_alone",
     .when = 200,
     .hash = "b",
     .sql = "insert into log values ('b', 'ok');\n"
            "create index concurrently log_step on log (step);\n"
            "insert into log values ('c', 'ok');\n"
            "alter type mood add value if not exists 'new';\n"
            "insert into log values ('d', 'new');\n"
            "create unique index concurrently log_unique on log (step, mood);\n"
            "reindex index concurrently log_step;\n"
            "vacuum log"},
    {.tag = "0002_after",
     .when = 300,
     .hash = "c",
     .sql = "insert into log values ('e', 'ok');\n"
            "alter table log add column n bigint default 7"},
};
static const vg_migrations all = {list, 3};

static int setup(void **state)
{
    return pg_fixture_open(state, NULL, NULL);
}

static void check_done(const char *url)
{
    check_pg(url, "select step, mood, n from log order by step",
             "a|ok|7;b|ok|7;c|ok|7;d|new|7;e|ok|7");
    check_pg(url, "select hash from drizzle.__drizzle_migrations order by id", "a;b;c");
    check_pg(
        url,
        "select c.relname, i.indisvalid from pg_index i join pg_class c on c.oid = "
        "i.indexrelid where indrelid = 'log'::regclass order by 1",
        "log_step|t;log_unique|t");
    check_pg(url, "select to_regclass('drizzle.__drizzle_migrations_progress')",
             "null");
}

static void clean(const char *url)
{
    pg_exec(url, "drop table if exists log; drop type if exists mood; drop schema if "
                 "exists drizzle cascade");
}

static int migrate(const char *url, const vg_migrate_options *how, char *message,
                   size_t room)
{
    vg_db *db;
    int rc = vg_open(&db, url, NULL);
    if (rc == VG_OK)
        rc = vg_migrate(db, &all, how);
    if (message)
        snprintf(message, room, "%s", vg_errmsg(db));
    vg_close(db);
    return rc;
}

/* The next run, whoever ended the one before. */
static void finish(const char *url)
{
    char why[600];
    vg_migrate_options how = {.lock_timeout_ms = 20000};
    if (migrate(url, &how, why, sizeof why) != VG_OK)
        fail_msg("%s", why);
    check_done(url);
    assert_int_equal(migrate(url, NULL, why, sizeof why), VG_OK);
    check_done(url);
}

/* ---- killed ---- */

typedef struct killer {
    int at, calls;
    const char *url; /* kill the connection, not the process */
} killer;

static bool tell(void *ctx, const vg_migrate_event *e)
{
    killer *k = ctx;
    if (e->kind != VG_MIGRATE_STATEMENT && e->kind != VG_MIGRATE_COMMITTED &&
        e->kind != VG_MIGRATE_DONE)
        return true;
    if (++k->calls != k->at)
        return true;
    if (!k->url)
        kill(getpid(), SIGKILL);
    pg_exec(k->url, "select pg_terminate_backend(pid) from pg_stat_activity where "
                    "datname = current_database() and pid <> pg_backend_pid() and "
                    "backend_type = 'client backend'");
    usleep(20000);
    return true;
}

/* True: it was killed. */
static bool run_child(const char *url, int at, useconds_t us)
{
    pid_t pid = fork();
    int status;
    if (pid == 0) {
        killer k = {.at = at};
        _exit(migrate(url, &(vg_migrate_options){.progress = tell, .progress_ctx = &k},
                      NULL, 0) != VG_OK);
    }
    if (us) {
        usleep(us);
        kill(pid, SIGKILL);
    }
    assert_int_equal(waitpid(pid, &status, 0), pid);
    return WIFSIGNALED(status);
}

/* Proves: K037. */
static void test_pg_crash__at_every_statement(void **state)
{
    fixture *f = *state;
    for (int at = 1; run_child(f->url, at, 0); at++) {
        finish(f->url);
        clean(f->url);
        assert_true(at < 60);
    }
    check_done(f->url);
}

static void test_pg_crash__at_any_time(void **state)
{
    fixture *f = *state;
    srand(7);
    for (int i = 0; i < 12; i++) {
        run_child(f->url, 0, 5000 + (useconds_t)(rand() % 60000));
        finish(f->url);
        clean(f->url);
    }
}

static void test_pg_crash__connection_at_every_statement(void **state)
{
    fixture *f = *state;
    char why[600];
    for (int at = 1;; at++) {
        killer k = {.at = at, .url = f->url};
        vg_migrate_options how = {.progress = tell, .progress_ctx = &k};
        int rc = migrate(f->url, &how, why, sizeof why);
        if (k.calls < at)
            break;
        if (rc != VG_CONNECT && rc != VG_OK)
            fail_msg("at %d: %s", at, why);
        finish(f->url);
        clean(f->url);
    }
    check_done(f->url);
}

/* ---- at once ---- */

static void test_pg_crash__processes_at_once(void **state)
{
    enum { PROCESSES = 8 };
    fixture *f = *state;
    pid_t pids[PROCESSES];
    int status;
    for (int round = 0; round < 3; round++) {
        for (int i = 0; i < PROCESSES; i++)
            if ((pids[i] = fork()) == 0) {
                char why[600];
                int rc = migrate(f->url, NULL, why, sizeof why);
                if (rc != VG_OK)
                    fprintf(stderr, "%s\n", why);
                _exit(rc != VG_OK);
            }
        for (int i = 0; i < PROCESSES; i++) {
            assert_int_equal(waitpid(pids[i], &status, 0), pids[i]);
            assert_int_equal(status, 0);
        }
        check_done(f->url);
        clean(f->url);
    }
}

/* A process that does `sql` and then waits to be killed. */
static pid_t hold(const char *url, const char *sql)
{
    int ready[2];
    char byte;
    assert_int_equal(pipe(ready), 0);
    pid_t pid = fork();
    if (pid == 0) {
        vg_db *db;
        if (vg_open(&db, url, NULL) == VG_OK && vg_script(db, sql) == VG_OK &&
            write(ready[1], "x", 1) == 1)
            pause();
        _exit(1);
    }
    close(ready[1]);
    assert_int_equal(read(ready[0], &byte, 1), 1);
    close(ready[0]);
    return pid;
}

static void let_go(pid_t pid)
{
    int status;
    kill(pid, SIGKILL);
    assert_int_equal(waitpid(pid, &status, 0), pid);
}

static bool stop_in_statement(void *ctx, const vg_migrate_event *e)
{
    if (e->kind == VG_MIGRATE_STATEMENT && write(*(int *)ctx, "x", 1) == 1)
        pause();
    return true;
}

/* Who has the lock is said: its process and its name. */
static void test_pg_crash__somebody_else_migrates(void **state)
{
    fixture *f = *state;
    char why[600], url[PG_URL + 60], byte;
    int ready[2];
    assert_int_equal(pipe(ready), 0);
    pid_t pid = fork();
    if (pid == 0) {
        vg_migrate_options stop = {.progress = stop_in_statement,
                                   .progress_ctx = &ready[1]};
        snprintf(url, sizeof url, "%s?application_name=shop", f->url);
        migrate(url, &stop, NULL, 0);
        _exit(0);
    }
    assert_int_equal(read(ready[0], &byte, 1), 1);
    vg_migrate_options how = {.lock_timeout_ms = -1};
    assert_int_equal(migrate(f->url, &how, why, sizeof why), VG_BUSY);
    if (!strstr(why, "another program is migrating this database: process ") ||
        !strstr(why, "(shop, user virga, from 127.0.0.1) has the lock"))
        fail_msg("%s", why);
    let_go(pid);
    finish(f->url);
    close(ready[0]);
    close(ready[1]);
}

static bool let_go_when_tried_again(void *ctx, const vg_migrate_event *e)
{
    pid_t *pid = ctx;
    if (e->kind == VG_MIGRATE_AGAIN && *pid) {
        assert_non_null(strstr(e->text, "lock timeout"));
        let_go(*pid);
        *pid = 0;
    }
    return true;
}

/* A migration does not stand in line for long, in which all others would stand behind it. */
static void test_pg_crash__table_that_is_locked(void **state)
{
    fixture *f = *state;
    char why[600];
    check_ok(f->db, vg_migrate(f->db, &(vg_migrations){list, 2}, NULL));
    pid_t pid = hold(f->url, "begin; lock table log in access exclusive mode");
    vg_migrate_options how = {.table_lock_ms = 30, .lock_timeout_ms = 200};
    assert_int_equal(migrate(f->url, &how, why, sizeof why), VG_BUSY);
    if (!strstr(why, "0002_after.sql:1: ") || !strstr(why, "lock timeout") ||
        !strstr(why, ", user virga) has a lock on log, for "))
        fail_msg("%s", why);
    how = (vg_migrate_options){
        .table_lock_ms = 30, .progress = let_go_when_tried_again, .progress_ctx = &pid};
    assert_int_equal(migrate(f->url, &how, why, sizeof why), VG_OK);
    check_done(f->url);
}

/* ---- the server ---- */

typedef struct restarting {
    pg_servers *own;
    int at, calls;
} restarting;

static bool restart(void *ctx, const vg_migrate_event *e)
{
    restarting *r = ctx;
    if (e->kind == VG_MIGRATE_STATEMENT && ++r->calls == r->at) {
        pg_servers_do(r->own, "down primary");
        pg_servers_do(r->own, "up primary");
    }
    return true;
}

static void test_pg_crash__server_that_starts_anew(void **state)
{
    pg_servers own;
    char url[PG_URL], why[600];
    (void)state;
    pg_servers_start(&own, "");
    pg_database(url);
    for (int at = 2; at <= 11; at += 3) {
        restarting r = {.own = &own, .at = at};
        vg_migrate_options how = {.progress = restart, .progress_ctx = &r};
        assert_int_equal(migrate(url, &how, why, sizeof why), VG_CONNECT);
        finish(url);
        clean(url);
    }
    pg_servers_stop(&own);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
#define TEST(name) cmocka_unit_test_setup_teardown(name, setup, pg_fixture_close)
        TEST(test_pg_crash__at_every_statement),
        TEST(test_pg_crash__at_any_time),
        TEST(test_pg_crash__connection_at_every_statement),
        TEST(test_pg_crash__processes_at_once),
        TEST(test_pg_crash__somebody_else_migrates),
        TEST(test_pg_crash__table_that_is_locked),
        cmocka_unit_test(test_pg_crash__server_that_starts_anew),
    };
    return cmocka_run_group_tests_name("pg_migrate_crash", tests, NULL, NULL);
}
