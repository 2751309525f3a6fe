/* Calls that take too long: query_timeout_ms, vg_deadline, vg_interrupt; while a statement
 * runs, while it waits for a lock, and what becomes of the transaction. */
#include "check.h"
#include "rt_bank.h"
#include <pthread.h>
#include <sqlite3.h>
#include <stdatomic.h>
#include <time.h>

/* Minutes of work, unless it is stopped. */
#define ENDLESS                                                             \
    "with recursive n(x) as (select 1 union all select x + 1 from n limit " \
    "2000000000) select count(*) from n"
#define ENDLESS_INSERT                                                      \
    "insert into owners (name) with recursive n(x) as (select 1 union all " \
    "select x + 1 from n limit 2000000000) select 'n' || x from n"

static int64_t now_ms(void)
{
    struct timespec now;
    clock_gettime(CLOCK_MONOTONIC, &now);
    return (int64_t)now.tv_sec * 1000 + now.tv_nsec / 1000000;
}

static void nap(int ms)
{
    nanosleep(&(struct timespec){0, ms * 1000000L}, NULL);
}

static int endless(vg_db *db)
{
    return vg_exec(db, RAW(ENDLESS));
}

static int level_up(vg_db *db, int64_t id)
{
    return vg_exec(db, UPDATE(owners, SET(level, ADD(owners.level, 1))),
                   WHERE(EQ(owners.id, id)));
}

/* ---- limits ---- */

static void test_limit__query_timeout(void **state)
{
    (void)state;
    vg_db *db = rt_bank_open(&(vg_options){.query_timeout_ms = 60});
    for (int i = 0; i < 2; i++) {
        int64_t begun = now_ms();
        check_fails(db, endless(db), VG_INTERRUPTED,
                    "the call took longer than query_timeout_ms, 60 ms");
        assert_in_range(now_ms() - begun, 55, 30000);
        check_text(vg_errinfo(db)->sqlstate, "57014");
        assert_int_equal(vg_errinfo(db)->native, SQLITE_INTERRUPT);
        nap(70); /* each call counts for itself */
        check_ok(db, level_up(db, 1));
    }
    check_rows(db, "select level from owners where id = 1", "3");
    assert_int_equal(vg_close(db), VG_OK);
}

static void test_limit__deadline_of_several_calls(void **state)
{
    (void)state;
    vg_db *db = rt_bank_open(NULL);
    vg_deadline(db, 60);
    check_ok(db, level_up(db, 1));
    check_fails(db, endless(db), VG_INTERRUPTED,
                "the deadline of vg_deadline, 60 ms, is over");
    /* What comes later does not even begin. */
    check_fails(db, level_up(db, 1), VG_INTERRUPTED,
                "the deadline of vg_deadline, 60 ms, is over");
    VG_TRANSACTION(db, tx) {
        fail();
    }
    assert_int_equal(vg_result(db), VG_INTERRUPTED);
    assert_int_equal(vg_script(db, "delete from accounts"), VG_INTERRUPTED);
    vg_deadline(db, 0);
    check_ok(db, level_up(db, 1));
    check_rows(db, "select level from owners where id = 1", "3");
    check_rows(db, "select count(*) from accounts", "3");
    assert_int_equal(vg_close(db), VG_OK);
}

static void test_limit__the_earlier_counts(void **state)
{
    (void)state;
    vg_db *db = rt_bank_open(&(vg_options){.query_timeout_ms = 30});
    vg_deadline(db, 60000);
    check_fails(db, endless(db), VG_INTERRUPTED,
                "the call took longer than query_timeout_ms, 30 ms");
    vg_deadline(db, 10);
    check_fails(db, endless(db), VG_INTERRUPTED,
                "the deadline of vg_deadline, 10 ms, is over");
    vg_deadline(db, 0);
    check_fails(db, endless(db), VG_INTERRUPTED,
                "the call took longer than query_timeout_ms, 30 ms");
    assert_int_equal(vg_close(db), VG_OK);
}

static void test_limit__cursor(void **state)
{
    (void)state;
    vg_db *db = rt_bank_open(NULL);
    vg_cursor *cursor;
    struct owners *row;
    check_ok(db, vg_query(db, &cursor, &row, SELECT(owners)));
    assert_true(vg_next(cursor));
    vg_deadline(db, 1);
    nap(5);
    assert_false(vg_next(cursor));
    assert_null(row);
    assert_int_equal(vg_finish(cursor), VG_INTERRUPTED);
    check_text(vg_errmsg(db), "the deadline of vg_deadline, 1 ms, is over");
    assert_int_equal(vg_close(db), VG_OK);
}

/* ---- transactions ---- */

static void test_limit__rolls_back(void **state)
{
    (void)state;
    vg_db *db = rt_bank_open(NULL);
    uint64_t before = rt_fingerprint(db);
    static const char *const work[] = {ENDLESS, ENDLESS_INSERT};
    for (size_t i = 0; i < COUNT_OF_ARRAY(work); i++) {
        VG_TRANSACTION(db, tx) {
            check_ok(db, level_up(db, 1));
            vg_deadline(db, 30);
            assert_int_equal(vg_script(db, work[i]), VG_INTERRUPTED);
            assert_int_equal(level_up(db, 2), VG_ROLLED_BACK);
        }
        check_fails(db, vg_result(db), VG_INTERRUPTED,
                    "the deadline of vg_deadline, 30 ms, is over");
        vg_deadline(db, 0);
        assert_true(rt_fingerprint(db) == before);
        rt_check_sound(db);
    }
    assert_int_equal(vg_close(db), VG_OK);
}

/* An interrupted SELECT costs its savepoint only, an INSERT all of the transaction. */
static void test_limit__in_a_savepoint(void **state)
{
    (void)state;
    vg_db *db = rt_bank_open(NULL);
    for (int writes = 0; writes < 2; writes++) {
        VG_TRANSACTION(db, tx) {
            check_ok(db, level_up(db, 1));
            VG_TRANSACTION(db, inner) {
                check_ok(db, level_up(db, 2));
                vg_deadline(db, 30);
                vg_script(db, writes ? ENDLESS_INSERT : ENDLESS);
            }
            assert_int_equal(vg_result(db), VG_INTERRUPTED);
            vg_deadline(db, 0);
            assert_int_equal(level_up(db, 3), writes ? VG_ROLLED_BACK : VG_OK);
        }
        assert_int_equal(vg_result(db), writes ? VG_INTERRUPTED : VG_OK);
        check_rows(db, "select level from owners order by id", "2;1;2");
        rt_check_sound(db);
    }
    assert_int_equal(vg_close(db), VG_OK);
}

/* The end of a block may come after the deadline: it is rolled back, not half done. */
static void test_limit__commit_after_the_deadline(void **state)
{
    (void)state;
    vg_db *db = rt_bank_open(NULL);
    VG_TRANSACTION(db, tx) {
        check_ok(db, level_up(db, 1));
        vg_deadline(db, 1);
        nap(5);
    }
    assert_int_equal(vg_result(db), VG_INTERRUPTED);
    vg_deadline(db, 0);
    check_rows(db, "select level from owners where id = 1", "1");
    rt_check_sound(db);
    assert_int_equal(vg_close(db), VG_OK);
}

/* Rollbacks run thousands of times, long after each deadline: none is interrupted. */
static void test_limit__never_stops_a_rollback(void **state)
{
    (void)state;
    vg_db *db = rt_bank_open(&(vg_options){.query_timeout_ms = 5});
    for (int i = 0; i < 1500; i++) {
        VG_TRANSACTION(db, tx) {
            if (level_up(db, 1) == VG_OK && i % 300 == 0)
                nap(8);
            vg_rollback(tx);
        }
        int rc = vg_result(db); /* a slow machine may not even begin in time */
        assert_true(rc == VG_ROLLED_BACK || rc == VG_INTERRUPTED);
        assert_false(!sqlite3_get_autocommit(vg_raw(db)));
    }
    check_rows(db, "select level from owners where id = 1", "1");
    assert_int_equal(vg_close(db), VG_OK);
}

/* ---- waiting for a lock ---- */

static void test_limit__while_waiting_for_a_lock(void **state)
{
    (void)state;
    char path[64];
    vg_options limits = {.query_timeout_ms = 50, .busy_timeout_ms = 60000};
    vg_db *holder = rt_bank_open_file(temp_file(path), NULL, true);
    vg_db *db = rt_bank_open_file(path, &limits, false);
    VG_TRANSACTION(holder, tx) {
        int64_t begun = now_ms();
        check_fails(db, level_up(db, 1), VG_INTERRUPTED,
                    "the call took longer than query_timeout_ms, 50 ms");
        assert_int_equal(vg_errinfo(db)->native, SQLITE_BUSY);
        vg_deadline(db, 20);
        VG_TRANSACTION(db, blocked) {
            fail();
        }
        check_fails(db, vg_result(db), VG_INTERRUPTED,
                    "the deadline of vg_deadline, 20 ms, is over");
        assert_in_range(now_ms() - begun, 60, 50000);
        vg_deadline(db, 0);
    }
    check_ok(db, level_up(db, 1));
    assert_int_equal(vg_close(db), VG_OK);
    assert_int_equal(vg_close(holder), VG_OK);
    temp_file_remove(path);
}

/* ---- from another thread ---- */

typedef struct stopper {
    pthread_t thread;
    vg_db *db;
    atomic_int done;
} stopper;

/* Again and again, since it only counts when something runs. */
static void *stop_it(void *ctx)
{
    stopper *s = ctx;
    for (int i = 0; i < 20000 && !atomic_load(&s->done); i++) {
        nap(1);
        vg_interrupt(s->db);
    }
    return NULL;
}

static void begin_stopping(stopper *s, vg_db *db)
{
    *s = (stopper){.db = db};
    assert_int_equal(pthread_create(&s->thread, NULL, stop_it, s), 0);
}

static void end_stopping(stopper *s)
{
    atomic_store(&s->done, 1);
    assert_int_equal(pthread_join(s->thread, NULL), 0);
}

static void test_interrupt__running_statement(void **state)
{
    (void)state;
    stopper s;
    vg_db *db = rt_bank_open(NULL);
    vg_interrupt(db); /* nothing runs */
    check_ok(db, level_up(db, 1));
    begin_stopping(&s, db);
    int rc = endless(db);
    end_stopping(&s);
    check_fails(db, rc, VG_INTERRUPTED, "interrupted by vg_interrupt");
    check_text(vg_errinfo(db)->sqlstate, "57014");
    check_ok(db, level_up(db, 1));
    assert_int_equal(vg_close(db), VG_OK);
}

static void test_interrupt__wait_for_a_lock(void **state)
{
    (void)state;
    char path[64];
    stopper s;
    vg_options patient = {.busy_timeout_ms = 600000};
    vg_db *holder = rt_bank_open_file(temp_file(path), NULL, true);
    vg_db *db = rt_bank_open_file(path, &patient, false);
    VG_TRANSACTION(holder, tx) {
        begin_stopping(&s, db);
        int rc = level_up(db, 1);
        end_stopping(&s);
        check_fails(db, rc, VG_INTERRUPTED, "interrupted by vg_interrupt");
    }
    check_ok(db, level_up(db, 1));
    assert_int_equal(vg_close(db), VG_OK);
    assert_int_equal(vg_close(holder), VG_OK);
    temp_file_remove(path);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_limit__query_timeout),
        cmocka_unit_test(test_limit__deadline_of_several_calls),
        cmocka_unit_test(test_limit__the_earlier_counts),
        cmocka_unit_test(test_limit__cursor),
        cmocka_unit_test(test_limit__rolls_back),
        cmocka_unit_test(test_limit__in_a_savepoint),
        cmocka_unit_test(test_limit__commit_after_the_deadline),
        cmocka_unit_test(test_limit__never_stops_a_rollback),
        cmocka_unit_test(test_limit__while_waiting_for_a_lock),
        cmocka_unit_test(test_interrupt__running_statement),
        cmocka_unit_test(test_interrupt__wait_for_a_lock),
    };
    return cmocka_run_group_tests_name("limit", tests, NULL, NULL);
}
