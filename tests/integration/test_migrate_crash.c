/* Never half done: a run that is killed, that finds the disk full, that others are in the way
 * of. Each time the database is as before or as after (of the run, or with VG_MIGRATE_EACH of
 * a migration), the message says which, and the next run carries on. */
#include "check.h"
#include "rt_bank.h"
#include "rt_vfs.h"
#include <signal.h>
#include <sqlite3.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/wait.h>
#include <unistd.h>

enum { COUNT = 4 };

#define ROWS_OF(n) \
    "with recursive n(x) as (select 1 union all select x + 1 from n limit " #n ") "

static const vg_migration list[COUNT] = {
    {.tag = "0000_users",
     .when = 100,
     .sql = "CREATE TABLE users (id integer PRIMARY KEY, name text);\n"
            "CREATE TABLE posts (id integer PRIMARY KEY, user_id integer NOT NULL "
            "REFERENCES "
            "users(id) ON DELETE CASCADE, body text);",
     .down = "DROP TABLE posts; DROP TABLE users"},
    {.tag = "0001_rows",
     .when = 200,
     .sql = ROWS_OF(50) "insert into users select x, 'n' || x from n;\n" ROWS_OF(
         500) "insert into posts select x, 1 + x % 50, hex(zeroblob(20)) || x from "
              "n",
     .down = "delete from posts; delete from users"},
    {.tag = "0002_recreate",
     .when = 300,
     .sql = "PRAGMA foreign_keys=OFF;--> statement-breakpoint\n"
            "CREATE TABLE __new_users (id integer PRIMARY KEY, name text NOT NULL);\n"
            "INSERT INTO __new_users SELECT id, name FROM users;\n"
            "DROP TABLE users;\n"
            "ALTER TABLE __new_users RENAME TO users;--> statement-breakpoint\n"
            "PRAGMA foreign_keys=ON;",
     .down = "CREATE TABLE __new_users (id integer PRIMARY KEY, name text);"
             "INSERT INTO __new_users SELECT id, name FROM users;"
             "DROP TABLE users; ALTER TABLE __new_users RENAME TO users"},
    {.tag = "0003_index",
     .when = 400,
     .sql = "CREATE INDEX posts_user ON posts (user_id); update posts set body = body "
            "|| 'x'",
     .down = "DROP INDEX posts_user; update posts set body = substr(body, 1, "
             "length(body) - 1)"},
};
static const vg_migrations all = {list, COUNT};

static const vg_journal journals[] = {VG_JOURNAL_WAL, VG_JOURNAL_DELETE};

/* A killed process loses nothing that the system has, so there is no need to sync. */
static const vg_options how_to_open[] = {
    [VG_JOURNAL_WAL] = {.journal = VG_JOURNAL_WAL, .synchronous = VG_SYNC_OFF},
    [VG_JOURNAL_DELETE] = {.journal = VG_JOURNAL_DELETE, .synchronous = VG_SYNC_OFF},
};

/* What the database holds after so many migrations; after a rollback the text of the schema
 * is another one, so going back has numbers of its own. */
static uint64_t forth[COUNT + 1], back[COUNT + 1];

static uint64_t held(vg_db *db)
{
    check_ok(db, vg_script(db, "CREATE TABLE IF NOT EXISTS \"__drizzle_migrations\" (\n"
                               "\t\t\t\tid SERIAL PRIMARY KEY,\n"
                               "\t\t\t\thash text NOT NULL,\n"
                               "\t\t\t\tcreated_at numeric\n\t\t\t)"));
    rt_check_sound(db);
    check_rows(db, "pragma foreign_keys", "1");
    return rt_fingerprint(db);
}

static void learn_states(void)
{
    vg_db *db = rt_open(":memory:", NULL);
    for (size_t i = 0; i <= COUNT; i++) {
        check_ok(db, vg_migrate(db, &(vg_migrations){list, i}, NULL));
        forth[i] = held(db);
    }
    for (size_t i = COUNT; i > 0; i--) {
        back[i] = held(db);
        check_ok(db, vg_rollback_migrations(db, &all, NULL));
    }
    back[0] = held(db);
    assert_int_equal(vg_close(db), VG_OK);
}

/* The number of migrations that are in the database; it is in no other state. */
static size_t state_of(vg_db *db, const uint64_t states[COUNT + 1])
{
    uint64_t now = held(db);
    for (size_t i = 0; i <= COUNT; i++)
        if (states[i] == now)
            return i;
    print_error("the database is half done\n");
    fail();
    return 0;
}

/* ---- killed ---- */

typedef struct killer {
    int at, calls;
} killer;

static bool kill_at(void *ctx, const vg_migrate_event *e)
{
    killer *k = ctx;
    (void)e;
    if (++k->calls == k->at)
        kill(getpid(), SIGKILL);
    return true;
}

typedef struct attempt {
    vg_journal journal;
    vg_migrate_unit unit;
    bool rollback;
} attempt;

static int run(vg_db *db, const attempt *a, vg_migrate_options options)
{
    options.unit = a->unit;
    options.steps = -1;
    return a->rollback ? vg_rollback_migrations(db, &all, &options)
                       : vg_migrate(db, &all, &options);
}

/* In a process of its own; true: it was killed. */
static bool run_child(const char *path, const attempt *a, int kill_call,
                      useconds_t kill_us)
{
    pid_t pid = fork();
    assert_true(pid >= 0);
    if (pid == 0) {
        vg_db *db;
        killer k = {.at = kill_call};
        vg_migrate_options options = {.progress = kill_at, .progress_ctx = &k};
        if (vg_open(&db, path, &how_to_open[a->journal]) != VG_OK)
            _exit(2);
        _exit(run(db, a, options) == VG_OK ? 0 : 3);
    }
    if (kill_us) {
        usleep(kill_us);
        kill(pid, SIGKILL);
    }
    int status;
    assert_int_equal(waitpid(pid, &status, 0), pid);
    if (WIFSIGNALED(status))
        return true;
    assert_int_equal(WEXITSTATUS(status), 0);
    return false;
}

static vg_db *prepare(const char *path, const attempt *a)
{
    vg_db *db = rt_open(path, &how_to_open[a->journal]);
    if (a->rollback)
        check_ok(db, vg_migrate(db, &all, NULL));
    return db;
}

/* True: it was not killed any more. */
static bool kill_once(const attempt *a, int kill_call, useconds_t kill_us)
{
    char path[64];
    const uint64_t *states = a->rollback ? back : forth;
    size_t begin = a->rollback ? COUNT : 0, end = COUNT - begin;
    temp_file(path);
    assert_int_equal(vg_close(prepare(path, a)), VG_OK);
    bool killed = run_child(path, a, kill_call, kill_us);
    vg_db *db = rt_open(path, &how_to_open[a->journal]);
    size_t now = state_of(db, states);
    if (!killed)
        assert_int_equal(now, end);
    else if (a->unit == VG_MIGRATE_ALL)
        assert_true(now == begin || now == end);
    check_ok(db, run(db, a, (vg_migrate_options){.steps = 0}));
    assert_int_equal(state_of(db, states), end);
    assert_int_equal(vg_close(db), VG_OK);
    temp_file_remove(path);
    return !killed;
}

static void each_attempt(void (*body)(const attempt *a))
{
    for (size_t i = 0; i < 8; i++) {
        const attempt a = {journals[i % 2],
                           i / 2 % 2 ? VG_MIGRATE_EACH : VG_MIGRATE_ALL, i / 4 != 0};
        body(&a);
    }
}

static void kill_at_every_call(const attempt *a)
{
    int call = 1;
    while (!kill_once(a, call, 0))
        call++;
    assert_in_range(call, 12, 40);
}

/* Proves: K038. */
static void test_crash__killed_at_every_statement(void **state)
{
    (void)state;
    each_attempt(kill_at_every_call);
}

static void kill_at_any_time(const attempt *a)
{
    for (int i = 0; i < 4; i++)
        kill_once(a, 0, 200 + (useconds_t)(rand() % 15000));
}

static void test_crash__killed_at_any_time(void **state)
{
    (void)state;
    each_attempt(kill_at_any_time);
}

/* ---- a full disk ---- */

/* Fail the n-th write and all after it; true: it was not reached. */
static bool fill_once(const attempt *a, int writes)
{
    char path[64], url[128];
    const uint64_t *states = a->rollback ? back : forth;
    size_t begin = a->rollback ? COUNT : 0, end = COUNT - begin;
    snprintf(url, sizeof url, "file:%s?vfs=virga-fault", temp_file(path));
    vg_db *db = prepare(url, a);
    rt_vfs_fail(SQLITE_FULL, writes);
    int rc = run(db, a, (vg_migrate_options){.steps = 0});
    rt_vfs_fail(SQLITE_OK, 0);
    if (rc != VG_OK) {
        const char *message = vg_errmsg(db);
        assert_int_equal(rc, VG_FULL);
        assert_non_null(strstr(message, "database or disk is full; "));
        bool nothing =
            strstr(message, "; nothing was changed, 4 are still to be ") != NULL;
        size_t now = state_of(db, states);
        assert_int_equal(nothing, now == begin);
        assert_true(nothing || a->unit == VG_MIGRATE_EACH);
        check_ok(db, run(db, a, (vg_migrate_options){.steps = 0}));
    }
    assert_int_equal(state_of(db, states), end);
    assert_int_equal(vg_close(db), VG_OK);
    temp_file_remove(path);
    return rc == VG_OK;
}

static void fill_at_every_write(const attempt *a)
{
    int writes = 0;
    while (!fill_once(a, writes))
        writes++;
    assert_in_range(writes, 10, 500);
}

/* Proves: K038. */
static void test_crash__disk_full(void **state)
{
    (void)state;
    each_attempt(fill_at_every_write);
}

static void test_crash__database_full(void **state)
{
    (void)state;
    char path[64];
    vg_db *db = rt_open(temp_file(path), NULL);
    check_ok(db, vg_script(db, "pragma max_page_count = 8"));
    check_fails(
        db, vg_migrate(db, &all, NULL), VG_FULL,
        "0001_rows.sql:2: database or disk is full; nothing was changed, 4 are still "
        "to be applied");
    assert_int_equal(state_of(db, forth), 0);
    check_ok(db, vg_script(db, "pragma max_page_count = 10000"));
    check_ok(db, vg_migrate(db, &all, NULL));
    assert_int_equal(state_of(db, forth), COUNT);
    assert_int_equal(vg_close(db), VG_OK);
    temp_file_remove(path);
}

/* ---- others in the way ---- */

static void test_crash__read_only(void **state)
{
    (void)state;
    char path[64];
    vg_migrations two = {list, 2};
    vg_db *db = rt_open(temp_file(path), NULL);
    check_ok(db, vg_migrate(db, &two, NULL));
    assert_int_equal(vg_close(db), VG_OK);
    db = rt_open(path, &(vg_options){.read_only = true});
    check_ok(db, vg_migrate(db, &two, NULL));
    check_fails(db, vg_migrate(db, &all, NULL), VG_READ_ONLY,
                "vg_migrate: 2 to be applied, and the database can only be read");
    check_ok(db, vg_migrate(db, &all, &(vg_migrate_options){.dry_run = true}));
    assert_int_equal(vg_close(db), VG_OK);
    temp_file_remove(path);
}

static void test_crash__locked(void **state)
{
    (void)state;
    static const char *const locks[] = {"begin immediate", "begin exclusive"};
    for (size_t i = 0; i < 2; i++) {
        char path[64];
        temp_file(path);
        vg_db *db = rt_open(path, &how_to_open[journals[i]]);
        vg_db *other = rt_open(path, &how_to_open[journals[i]]);
        check_ok(other, vg_script(other, locks[i]));
        vg_migrate_options how = {.lock_timeout_ms = 30};
        for (int j = 0; j < 2; j++) {
            check_fails(
                db, vg_migrate(db, &all, &how), VG_BUSY,
                i ? "waited for another connection: database is locked; nothing was "
                    "changed"
                  : "waited for another connection: database is locked; nothing was "
                    "changed, 4 are still to be applied");
            check_rows(db, "pragma foreign_keys", "1");
            how.lock_timeout_ms = -1;
        }
        check_ok(other, vg_script(other, "rollback"));
        check_ok(db, vg_migrate(db, &all, &how));
        assert_int_equal(state_of(db, forth), COUNT);
        assert_int_equal(vg_close(other), VG_OK);
        assert_int_equal(vg_close(db), VG_OK);
        temp_file_remove(path);
    }
}

/* A reader keeps the commit from happening where there is no log. */
static void test_crash__a_reader_at_the_commit(void **state)
{
    (void)state;
    char path[64];
    temp_file(path);
    vg_options options = {.journal = VG_JOURNAL_DELETE};
    vg_db *db = rt_open(path, &options), *other = rt_open(path, &options);
    check_ok(other, vg_script(other, "begin; select * from sqlite_schema"));
    check_fails(db, vg_migrate(db, &all, &(vg_migrate_options){.lock_timeout_ms = 30}),
                VG_BUSY,
                "database is locked; nothing was changed, 4 are still to be applied");
    check_ok(other, vg_script(other, "commit"));
    assert_int_equal(state_of(db, forth), 0);
    check_ok(db, vg_migrate(db, &all, NULL));
    assert_int_equal(vg_close(other), VG_OK);
    assert_int_equal(vg_close(db), VG_OK);
    temp_file_remove(path);
}

static void test_crash__deadline(void **state)
{
    (void)state;
    vg_db *db = rt_open(":memory:", NULL);
    static const vg_migration endless = {
        .tag = "0004_endless",
        .when = 500,
        .sql = "create table e (x);\n\n" ROWS_OF(
            1000000000) "insert into e select x from n"};
    vg_migration five[COUNT + 1];
    memcpy(five, list, sizeof list);
    five[COUNT] = endless;
    vg_deadline(db, 200);
    check_fails(
        db, vg_migrate(db, &(vg_migrations){five, COUNT + 1}, NULL), VG_INTERRUPTED,
        "0004_endless.sql:3: the deadline of vg_deadline, 200 ms, is over; nothing was "
        "changed, 5 are still to be applied");
    vg_deadline(db, 0);
    assert_int_equal(state_of(db, forth), 0);
    assert_int_equal(vg_close(db), VG_OK);
}

/* ---- processes that migrate at once ---- */

static void race(const attempt *a)
{
    enum { RACERS = 5 };
    char path[64];
    pid_t pids[RACERS];
    int ready[2], sum = 0;
    assert_int_equal(vg_close(prepare(temp_file(path), a)), VG_OK);
    assert_int_equal(pipe(ready), 0);
    for (int i = 0; i < RACERS; i++) {
        pids[i] = fork();
        assert_true(pids[i] >= 0);
        if (pids[i] == 0) {
            vg_db *db;
            char byte;
            size_t count = 0;
            close(ready[1]);
            if (read(ready[0], &byte, 1) != 0 ||
                vg_open(&db, path, &how_to_open[a->journal]) != VG_OK ||
                run(db, a, (vg_migrate_options){.count = &count}) != VG_OK)
                _exit(100);
            _exit((int)count);
        }
    }
    close(ready[0]);
    close(ready[1]); /* off they go */
    for (int i = 0; i < RACERS; i++) {
        int status;
        assert_int_equal(waitpid(pids[i], &status, 0), pids[i]);
        assert_true(WIFEXITED(status));
        sum += WEXITSTATUS(status);
    }
    assert_int_equal(sum, COUNT);
    vg_db *db = rt_open(path, &how_to_open[a->journal]);
    assert_int_equal(state_of(db, a->rollback ? back : forth), a->rollback ? 0 : COUNT);
    assert_int_equal(vg_close(db), VG_OK);
    temp_file_remove(path);
}

static void test_crash__processes_at_once(void **state)
{
    (void)state;
    each_attempt(race);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_crash__killed_at_every_statement),
        cmocka_unit_test(test_crash__killed_at_any_time),
        cmocka_unit_test(test_crash__disk_full),
        cmocka_unit_test(test_crash__database_full),
        cmocka_unit_test(test_crash__read_only),
        cmocka_unit_test(test_crash__locked),
        cmocka_unit_test(test_crash__a_reader_at_the_commit),
        cmocka_unit_test(test_crash__deadline),
        cmocka_unit_test(test_crash__processes_at_once),
    };
    if (rt_vfs_register() != SQLITE_OK)
        return 1;
    learn_states();
    return cmocka_run_group_tests_name("migrate_crash", tests, NULL, NULL);
}
