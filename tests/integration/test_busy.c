/* Two connections that get in each other's way: waiting for a lock, and running a whole
 * block again when its snapshot has grown old. Where two threads are needed they hand
 * over through counters, so that nothing depends on how fast a machine is. */
#include "check.h"
#include "rt_bank.h"
#include <pthread.h>
#include <sqlite3.h>
#include <stdatomic.h>
#include <time.h>

typedef struct pair {
    char path[64];
    vg_db *db, *other;
} pair;

static void open_pair(pair *p, const vg_options *options)
{
    p->db = rt_bank_open_file(temp_file(p->path), options, true);
    p->other = rt_bank_open_file(p->path, options, false);
}

static void close_pair(pair *p)
{
    rt_check_sound(p->db);
    assert_int_equal(vg_close(p->other), VG_OK);
    assert_int_equal(vg_close(p->db), VG_OK);
    temp_file_remove(p->path);
}

static int64_t now_ms(void)
{
    struct timespec now;
    clock_gettime(CLOCK_MONOTONIC, &now);
    return (int64_t)now.tv_sec * 1000 + now.tv_nsec / 1000000;
}

static int level_up(vg_db *db, int64_t id)
{
    return vg_exec(db, UPDATE(owners, SET(level, ADD(owners.level, 1))),
                   WHERE(EQ(owners.id, id)));
}

/* ---- waiting ---- */

static void test_busy__waits_for_the_timeout(void **state)
{
    (void)state;
    pair p;
    int ran = 0;
    open_pair(&p, &(vg_options){.busy_timeout_ms = 200});
    VG_TRANSACTION(p.other, tx) {
        int64_t begun = now_ms();
        VG_TRANSACTION(p.db, blocked) {
            ran++;
        }
        int64_t waited = now_ms() - begun;
        check_fails(p.db, vg_result(p.db), VG_BUSY, "database is locked");
        check_text(vg_errinfo(p.db)->sql, "begin immediate");
        /* It waited once, not once for each run of the block. */
        assert_in_range(waited, 150, 60000);
    }
    assert_int_equal(ran, 0);
    assert_int_equal(vg_result(p.other), VG_OK);
    check_ok(p.db, level_up(p.db, 1));
    close_pair(&p);
}

static void test_busy__does_not_wait(void **state)
{
    (void)state;
    pair p;
    open_pair(&p, &(vg_options){.busy_timeout_ms = -1});
    VG_TRANSACTION(p.other, tx) {
        assert_int_equal(level_up(p.db, 1), VG_BUSY);
        assert_int_equal(vg_transaction(p.db, VG_TX_DEFAULT, NULL, NULL), VG_BUSY);
    }
    close_pair(&p);
}

typedef struct holder {
    vg_db *db;
    atomic_int holds;   /* it has the lock */
    atomic_int release; /* it may commit */
    int rc;
} holder;

/* Wait, for at most 20 seconds, until *flag reaches `value`. */
static bool reaches(atomic_int *flag, int value)
{
    for (int i = 0; i < 20000 && atomic_load(flag) < value; i++)
        nanosleep(&(struct timespec){0, 1000000}, NULL);
    return atomic_load(flag) >= value;
}

static void *hold(void *ctx)
{
    holder *h = ctx;
    bool told = false;
    VG_TRANSACTION(h->db, tx) {
        level_up(h->db, 2);
        atomic_store(&h->holds, 1);
        told = reaches(&h->release, 1);
    }
    h->rc = told ? vg_result(h->db) : -1;
    return NULL;
}

/* The lock is let go while the other waits: it gets it, without an error. */
static void test_busy__gets_it_in_time(void **state)
{
    (void)state;
    pair p;
    pthread_t thread;
    open_pair(&p, &(vg_options){.busy_timeout_ms = 20000});
    holder h = {.db = p.other};
    assert_int_equal(pthread_create(&thread, NULL, hold, &h), 0);
    bool held = reaches(&h.holds, 1);
    /* The lock is asked for after this, or a little before the other has let it go. */
    atomic_store(&h.release, 1);
    VG_TRANSACTION(p.db, tx) {
        level_up(p.db, 1);
    }
    int rc = vg_result(p.db);
    assert_int_equal(pthread_join(thread, NULL), 0);
    assert_true(held);
    assert_int_equal(h.rc, VG_OK);
    check_ok(p.db, rc);
    check_rows(p.db, "select group_concat(level) from owners", "2,2,1");
    close_pair(&p);
}

/* ---- running again ---- */

/* Read, and write on what was read; the other commits in between the first `times`. */
typedef struct upgrade {
    pair *p;
    int times, runs, attempts;
} upgrade;

static int read_then_write(vg_db *db, void *ctx)
{
    upgrade *u = ctx;
    int64_t level;
    u->runs++;
    int rc = vg_get(db, NULL, &level, SELECT_VALUE(owners.level), FROM(owners),
                    WHERE(EQ(owners.id, 1)));
    if (rc == VG_OK && u->runs <= u->times)
        check_ok(u->p->other, level_up(u->p->other, 1));
    return rc == VG_OK ? vg_exec(db, UPDATE(owners, SET(level, level * 10)),
                                 WHERE(EQ(owners.id, 1)))
                       : rc;
}

/* The same in a block; true: it went through. */
static int upgrade_in_block(upgrade *u)
{
    VG_TRANSACTION_MODE(u->p->db, tx, VG_TX_DEFERRED)
    {
        read_then_write(u->p->db, u);
        u->attempts = tx->attempts;
    }
    return vg_result(u->p->db);
}

static int upgrade_in_function(upgrade *u)
{
    int rc = vg_transaction(u->p->db, VG_TX_DEFERRED, read_then_write, u);
    u->attempts = u->runs;
    return rc;
}

/* busy_retries, how often the other is faster, and what follows. */
static const struct {
    int retries, times, runs, rc;
    const char *level; /* at the end */
} upgrades[] = {
    {0, 0, 1, VG_OK, "10"},   /* nobody is in the way */
    {0, 1, 2, VG_OK, "20"},   /* the second run sees the new level */
    {0, 5, 6, VG_OK, "60"},   /* the default is 5 */
    {0, 99, 6, VG_BUSY, "7"}, /* and no more */
    {2, 2, 3, VG_OK, "30"},   {2, 99, 3, VG_BUSY, "4"}, {-1, 1, 1, VG_BUSY, "2"},
};

static void run_upgrades(int (*run)(upgrade *))
{
    for (size_t i = 0; i < COUNT_OF_ARRAY(upgrades); i++) {
        pair p;
        open_pair(&p, &(vg_options){.busy_retries = upgrades[i].retries});
        upgrade u = {.p = &p, .times = upgrades[i].times};
        int64_t begun = now_ms();
        int rc = run(&u);
        if (rc != upgrades[i].rc || u.runs != upgrades[i].runs)
            print_error("case %zu: %s after %d runs\n", i, vg_code_name(rc), u.runs);
        assert_int_equal(rc, upgrades[i].rc);
        assert_int_equal(u.runs, upgrades[i].runs);
        assert_int_equal(u.attempts, upgrades[i].runs);
        if (rc == VG_BUSY) {
            assert_int_equal(vg_errinfo(p.db)->native, SQLITE_BUSY_SNAPSHOT);
            check_text(vg_errmsg(p.db), "database is locked");
        }
        /* An old snapshot cannot be waited out: it fails at once, not after 5 s. */
        assert_in_range(now_ms() - begun, 0, 60000);
        check_rows(p.db, "select level from owners where id = 1", upgrades[i].level);
        close_pair(&p);
    }
}

static void test_busy__block_runs_again(void **state)
{
    (void)state;
    run_upgrades(upgrade_in_block);
}

/* The write is in a savepoint: only the whole can be run again, and is. */
static int upgrade_in_savepoint(upgrade *u)
{
    VG_TRANSACTION_MODE(u->p->db, tx, VG_TX_DEFERRED)
    {
        int64_t n;
        vg_count(u->p->db, &n, FROM(accounts)); /* the snapshot is the outer block's */
        VG_TRANSACTION(u->p->db, inner) {
            read_then_write(u->p->db, u);
        }
        u->attempts = tx->attempts;
    }
    return vg_result(u->p->db);
}

static void test_busy__savepoint_runs_the_whole_again(void **state)
{
    (void)state;
    run_upgrades(upgrade_in_savepoint);
}

static void test_busy__function_runs_again(void **state)
{
    (void)state;
    run_upgrades(upgrade_in_function);
}

/* vg_rollback means it: the block does not run again. */
static void test_busy__rollback_is_final(void **state)
{
    (void)state;
    pair p;
    open_pair(&p, NULL);
    upgrade u = {.p = &p, .times = 1};
    VG_TRANSACTION_MODE(p.db, tx, VG_TX_DEFERRED)
    {
        if (read_then_write(p.db, &u) != VG_OK)
            vg_rollback(tx);
    }
    assert_int_equal(vg_result(p.db), VG_BUSY);
    assert_int_equal(u.runs, 1);
    close_pair(&p);
}

/* A reader holds the commit up (no WAL): the block is run again until it is gone. */
static void test_busy__commit_runs_again(void **state)
{
    (void)state;
    pair p;
    vg_cursor *cursor;
    struct owners *row;
    int runs = 0;
    open_pair(&p, &(vg_options){.journal = VG_JOURNAL_DELETE, .busy_timeout_ms = -1});
    check_ok(p.other, vg_query(p.other, &cursor, &row, SELECT(owners)));
    assert_true(vg_next(cursor));
    VG_TRANSACTION(p.db, tx) {
        if (++runs == 3)
            assert_int_equal(vg_finish(cursor), VG_OK);
        check_ok(p.db, level_up(p.db, 1));
    }
    assert_int_equal(vg_result(p.db), VG_OK);
    assert_int_equal(runs, 3);
    check_rows(p.other, "select level from owners where id = 1", "2");
    close_pair(&p);
}

typedef struct counter {
    vg_db *db;
    atomic_int *runs;
    atomic_int *holds;
    int rc;
} counter;

/* Hold the write lock until the other has tried three times. */
static void *hold_until_tried(void *ctx)
{
    counter *c = ctx;
    bool told = false;
    VG_TRANSACTION(c->db, tx) {
        level_up(c->db, 1);
        atomic_store(c->holds, 1);
        told = reaches(c->runs, 3);
    }
    c->rc = told ? vg_result(c->db) : -1;
    return NULL;
}

/* A deferred block that wants to write while another thread writes fails at once, is run
 * again, and goes through after the other has committed. */
static void test_busy__upgrade_beside_a_writer(void **state)
{
    (void)state;
    pair p;
    pthread_t thread;
    int64_t level;
    atomic_int runs = 0, holds = 0;
    open_pair(&p, &(vg_options){.busy_retries = 60, .busy_timeout_ms = 1});
    counter c = {.db = p.other, .runs = &runs, .holds = &holds};
    assert_int_equal(pthread_create(&thread, NULL, hold_until_tried, &c), 0);
    bool held = reaches(&holds, 1);
    VG_TRANSACTION_MODE(p.db, tx, VG_TX_DEFERRED)
    {
        atomic_fetch_add(&runs, 1);
        vg_get(p.db, NULL, &level, SELECT_VALUE(owners.level), FROM(owners),
               WHERE(EQ(owners.id, 1)));
        vg_exec(p.db, UPDATE(owners, SET(level, level * 10)), WHERE(EQ(owners.id, 1)));
    }
    int rc = vg_result(p.db);
    assert_int_equal(pthread_join(thread, NULL), 0);
    assert_true(held);
    assert_int_equal(c.rc, VG_OK);
    check_ok(p.db, rc);
    assert_in_range(atomic_load(&runs), 4, 61);
    check_rows(p.db, "select level from owners where id = 1", "20");
    close_pair(&p);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_busy__waits_for_the_timeout),
        cmocka_unit_test(test_busy__does_not_wait),
        cmocka_unit_test(test_busy__gets_it_in_time),
        cmocka_unit_test(test_busy__block_runs_again),
        cmocka_unit_test(test_busy__function_runs_again),
        cmocka_unit_test(test_busy__savepoint_runs_the_whole_again),
        cmocka_unit_test(test_busy__rollback_is_final),
        cmocka_unit_test(test_busy__commit_runs_again),
        cmocka_unit_test(test_busy__upgrade_beside_a_writer),
    };
    return cmocka_run_group_tests_name("busy", tests, NULL, NULL);
}
