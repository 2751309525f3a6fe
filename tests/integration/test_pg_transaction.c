/* Transactions on PostgreSQL: how they are begun, conflicts and the block that is run again,
 * savepoints, deferred constraints, sessions that end in the middle. */
#include "pg.h"
#include "rt_bank.h"
#include <pthread.h>

static int setup(void **state)
{
    return pg_fixture_open(state, &bank,
                           BANK_ROWS "alter table owners alter id restart with 10");
}

static const char *setting(fixture *f, const char *name)
{
    const char *value = NULL;
    check_ok(f->db, vg_get(f->db, &f->arena, &value,
                           SELECT_VALUE(SQL(TEXT, "current_setting(?)", name))));
    return value;
}

/* Proves: Q095. */
static void test_transaction__options(void **state)
{
    fixture *f = *state;
    static const struct {
        vg_isolation isolation;
        const char *name;
    } levels[] = {{VG_ISOLATION_DEFAULT, "read committed"},
                  {VG_READ_UNCOMMITTED, "read uncommitted"},
                  {VG_READ_COMMITTED, "read committed"},
                  {VG_REPEATABLE_READ, "repeatable read"},
                  {VG_SERIALIZABLE, "serializable"}};
    for (size_t i = 0; i < COUNT_OF_ARRAY(levels); i++)
        for (int k = 0; k < 4; k++) {
            VG_TRANSACTION_WITH(f->db, tx, .isolation = levels[i].isolation,
                                .read_only = k & 1, .deferrable = k & 2)
            {
                check_text(setting(f, "transaction_isolation"), levels[i].name);
                check_text(setting(f, "transaction_read_only"), k & 1 ? "on" : "off");
                check_text(setting(f, "transaction_deferrable"), k & 2 ? "on" : "off");
            }
            check_ok(f->db, vg_result(f->db));
        }
    VG_TRANSACTION_WITH(f->db, tx, .read_only = true)
    {
        assert_int_equal(vg_exec(f->db, INSERT_INTO(owners, SET(name, "Eve"))),
                         VG_READ_ONLY);
    }
    assert_int_equal(vg_result(f->db), VG_READ_ONLY);
    check_ok(f->db, vg_exec(f->db, INSERT_INTO(owners, SET(name, "Eve"))));
    VG_TRANSACTION(f->db, tx) {
        VG_TRANSACTION_WITH(f->db, inner, .isolation = VG_SERIALIZABLE)
        {
            fail();
        }
        assert_int_equal(vg_result(f->db), VG_MISUSE);
    }
}

/* Proves: Q093. */
static void test_transaction__savepoints(void **state)
{
    fixture *f = *state;
    VG_TRANSACTION(f->db, tx) {
        check_ok(f->db, vg_exec(f->db, INSERT_INTO(owners, SET(name, "Eve"))));
        VG_TRANSACTION(f->db, inner) {
            check_ok(f->db, vg_exec(f->db, INSERT_INTO(owners, SET(name, "Fay"))));
            assert_int_equal(vg_exec(f->db, INSERT_INTO(owners, SET(name, "Ada"))),
                             VG_UNIQUE);
        }
        assert_int_equal(vg_result(f->db), VG_UNIQUE);
        VG_TRANSACTION(f->db, inner) {
            check_ok(f->db, vg_exec(f->db, INSERT_INTO(owners, SET(name, "Gus"))));
        }
    }
    check_ok(f->db, vg_result(f->db));
    check_pg(f->url, "select string_agg(name, '' order by name) from owners",
             "AdaBobCydEveGus");
}

/* ---- conflicts ---- */

enum { THREADS = 4, ROUNDS = 15 };

typedef struct worker {
    pthread_t thread;
    const char *url;
    vg_isolation isolation;
    int number, done, runs;
} worker;

/* Read a balance, and write what follows from it: wrong unless it is serialized. */
static void *add_up(void *ctx)
{
    worker *w = ctx;
    vg_db *db = NULL;
    vg_arena arena = {0};
    if (vg_open(&db, w->url, NULL) == VG_OK)
        for (int i = 0; i < ROUNDS; i++) {
            VG_TRANSACTION_WITH(db, tx, .isolation = w->isolation, .retries = 200)
            {
                int64_t balance = 0;
                w->runs++;
                vg_get(db, &arena, &balance, SELECT_VALUE(accounts.balance),
                       FROM(accounts), WHERE(EQ(accounts.id, 1)));
                vg_exec(db, UPDATE(accounts, SET(balance, balance + 1)),
                        WHERE(EQ(accounts.id, 1)));
            }
            w->done += vg_result(db) == VG_OK;
        }
    vg_arena_free(&arena);
    vg_close(db);
    return NULL;
}

static void run_workers(worker workers[THREADS], void *(*work)(void *))
{
    for (int i = 0; i < THREADS; i++)
        assert_int_equal(pthread_create(&workers[i].thread, NULL, work, &workers[i]),
                         0);
    for (int i = 0; i < THREADS; i++)
        pthread_join(workers[i].thread, NULL);
}

/* Proves: Q095. */
static void test_transaction__serialization_failure_is_run_again(void **state)
{
    fixture *f = *state;
    static const vg_isolation levels[] = {VG_REPEATABLE_READ, VG_SERIALIZABLE};
    for (size_t k = 0; k < 2; k++) {
        worker workers[THREADS];
        int done = 0, runs = 0;
        int64_t balance = 0;
        check_ok(f->db, vg_exec(f->db, UPDATE(accounts, SET(balance, 0)), ALL_ROWS));
        for (int i = 0; i < THREADS; i++)
            workers[i] = (worker){.url = f->url, .isolation = levels[k]};
        run_workers(workers, add_up);
        for (int i = 0; i < THREADS; i++)
            done += workers[i].done, runs += workers[i].runs;
        check_ok(f->db, vg_get(f->db, NULL, &balance, SELECT_VALUE(accounts.balance),
                               FROM(accounts), WHERE(EQ(accounts.id, 1))));
        assert_int_equal(done, THREADS * ROUNDS);
        assert_int_equal(balance, THREADS * ROUNDS);
        assert_true(runs > done); /* there were conflicts */
    }
}

/* Two rows, taken in both orders. */
static void *take_two(void *ctx)
{
    worker *w = ctx;
    vg_db *db = NULL;
    int64_t first = w->number % 2 ? 1 : 2;
    if (vg_open(&db, w->url, NULL) == VG_OK) {
        vg_exec(db, RAW("set deadlock_timeout = '5ms'"));
        for (int i = 0; i < 5; i++) {
            VG_TRANSACTION_WITH(db, tx, .retries = 100)
            {
                w->runs++;
                vg_exec(db, UPDATE(accounts, SET(balance, ADD(accounts.balance, 1))),
                        WHERE(EQ(accounts.id, first)));
                vg_exec(db, RAW("select pg_sleep(0.01)"));
                vg_exec(db, UPDATE(accounts, SET(balance, ADD(accounts.balance, 1))),
                        WHERE(EQ(accounts.id, 3 - first)));
            }
            w->done += vg_result(db) == VG_OK;
        }
    }
    vg_close(db);
    return NULL;
}

static void test_transaction__deadlock_is_run_again(void **state)
{
    fixture *f = *state;
    worker workers[THREADS];
    int done = 0, runs = 0;
    check_ok(f->db, vg_exec(f->db, UPDATE(accounts, SET(balance, 0)), ALL_ROWS));
    for (int i = 0; i < THREADS; i++)
        workers[i] = (worker){.url = f->url, .number = i};
    run_workers(workers, take_two);
    for (int i = 0; i < THREADS; i++)
        done += workers[i].done, runs += workers[i].runs;
    assert_int_equal(done, THREADS * 5);
    assert_true(runs > done);
    check_pg(f->url, "select balance from accounts where id in (1, 2)", "20;20");
}

static void test_transaction__conflict_at_the_commit(void **state)
{
    fixture *f = *state;
    vg_db *other;
    int runs = 0;
    check_ok(f->db, vg_open(&other, f->url, NULL));
    VG_TRANSACTION_WITH(f->db, tx, .isolation = VG_SERIALIZABLE)
    {
        int64_t n;
        runs++;
        vg_count(f->db, &n, FROM(owners), WHERE(EQ(owners.level, 1)));
        vg_exec(f->db, UPDATE(owners, SET(level, 2)), WHERE(EQ(owners.id, 1)));
        if (runs > 1)
            continue;
        /* Another one that has read the same, and commits first. */
        VG_TRANSACTION_WITH(other, tx2, .isolation = VG_SERIALIZABLE)
        {
            vg_count(other, &n, FROM(owners), WHERE(EQ(owners.level, 1)));
            vg_exec(other, UPDATE(owners, SET(level, 2)), WHERE(EQ(owners.id, 2)));
        }
        check_ok(other, vg_result(other));
    }
    check_ok(f->db, vg_result(f->db));
    assert_int_equal(runs, 2);
    /* Not wanted: told at once. */
    runs = 0;
    VG_TRANSACTION_WITH(f->db, tx, .isolation = VG_SERIALIZABLE, .retries = -1)
    {
        int64_t n;
        runs++;
        vg_count(f->db, &n, FROM(owners), WHERE(EQ(owners.level, 2)));
        vg_exec(f->db, UPDATE(owners, SET(level, 1)), WHERE(EQ(owners.id, 1)));
        VG_TRANSACTION_WITH(other, tx2, .isolation = VG_SERIALIZABLE)
        {
            vg_count(other, &n, FROM(owners), WHERE(EQ(owners.level, 2)));
            vg_exec(other, UPDATE(owners, SET(level, 1)), WHERE(EQ(owners.id, 2)));
        }
    }
    assert_int_equal(vg_result(f->db), VG_BUSY);
    check_text(vg_errinfo(f->db)->sqlstate, "40001");
    assert_int_equal(runs, 1);
    vg_close(other);
}

/* ---- constraints ---- */

static void test_transaction__deferred_constraints(void **state)
{
    fixture *f = *state;
    check_ok(f->db,
             vg_script(f->db, "create table places (who text, place int, constraint "
                              "\"one each\" unique (place) deferrable);"
                              "insert into places values ('a', 1), ('b', 2)"));
    for (int i = 0; i < 3; i++) {
        VG_TRANSACTION(f->db, tx) {
            if (i)
                check_ok(f->db,
                         vg_defer_constraints(f->db, i == 1 ? NULL : "one each"));
            vg_exec(f->db, RAW("update places set place = 2 where who = 'a'"));
            vg_exec(f->db, RAW("update places set place = 1 where who = 'b'"));
            if (i)
                check_ok(f->db,
                         vg_check_constraints(f->db, i == 1 ? "one each" : NULL));
            vg_exec(f->db, RAW("update places set place = 3 - place"));
        }
        assert_int_equal(vg_result(f->db), i ? VG_OK : VG_UNIQUE);
    }
    VG_TRANSACTION(f->db, tx) {
        vg_defer_constraints(f->db, NULL);
        vg_exec(f->db, RAW("update places set place = 2"));
        assert_int_equal(vg_check_constraints(f->db, NULL), VG_UNIQUE);
    }
    assert_int_equal(vg_result(f->db), VG_UNIQUE);
    VG_TRANSACTION(f->db, tx) {
        vg_defer_constraints(f->db, NULL);
        vg_exec(f->db, RAW("update places set place = 2"));
    }
    assert_int_equal(vg_result(f->db), VG_UNIQUE); /* told by the commit */
    assert_int_equal(vg_defer_constraints(f->db, NULL), VG_MISUSE);
}

/* ---- sessions that end ---- */

static const char until_ended[] =
    "do $$ begin for i in 1..6000 loop perform pg_stat_clear_snapshot(); "
    "exit when not exists (select from pg_stat_activity where datname = "
    "current_database() and pid <> pg_backend_pid() and backend_type = 'client "
    "backend'); perform pg_sleep(0.01); end loop; end $$";

static void test_transaction__session_ends(void **state)
{
    fixture *f = *state;
    VG_TRANSACTION(f->db, tx) {
        check_ok(f->db, vg_exec(f->db, INSERT_INTO(owners, SET(name, "Eve"))));
        vg_exec(f->db, RAW("set local idle_in_transaction_session_timeout = 50"));
        pg_exec(f->url, until_ended);
        assert_int_equal(vg_exec(f->db, INSERT_INTO(owners, SET(name, "Fay"))),
                         VG_CONNECT);
    }
    assert_int_equal(vg_result(f->db), VG_CONNECT);
    assert_int_not_equal(vg_exec(f->db, INSERT_INTO(owners, SET(name, "Gus"))), VG_OK);
}

int main(void)
{
#define TEST(name) cmocka_unit_test_setup_teardown(name, setup, pg_fixture_close)
    const struct CMUnitTest tests[] = {
        TEST(test_transaction__options),
        TEST(test_transaction__savepoints),
        TEST(test_transaction__serialization_failure_is_run_again),
        TEST(test_transaction__deadlock_is_run_again),
        TEST(test_transaction__conflict_at_the_commit),
        TEST(test_transaction__deferred_constraints),
        TEST(test_transaction__session_ends),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
