/* Pools on one thread: what is lent to whom, what is noticed when it comes back, what the
 * messages and counts say. test_pool_threads.c has the crowd. */
#include "check.h"
#include "rt_bank.h"
#include "rt_heap.h"
#include <sqlite3.h>
#include <stdio.h>
#include <time.h>
#include <unistd.h>

typedef struct rig {
    char path[64];
    vg_pool *pool;
    int reports;
    vg_error report; /* the last one */
} rig;

static void take_report(void *ctx, const vg_error *error)
{
    rig *r = ctx;
    r->reports++;
    r->report = *error;
}

static void open_rig(rig *r, vg_pool_options options)
{
    memset(r, 0, sizeof *r);
    assert_int_equal(
        vg_close(rt_bank_open_file(temp_file(r->path), &options.connection, true)),
        VG_OK);
    options.report = take_report;
    options.report_ctx = r;
    int rc = vg_pool_open(&r->pool, r->path, &options);
    check_text(vg_pool_errmsg(NULL), "");
    assert_int_equal(rc, VG_OK);
}

static void close_rig(rig *r)
{
    assert_int_equal(vg_pool_close(r->pool, 0), VG_OK);
    temp_file_remove(r->path);
}

static void nap(int ms)
{
    nanosleep(&(struct timespec){0, ms * 1000000L}, NULL);
}

static bool says(const char *message, const char *part)
{
    if (!strstr(message, part))
        print_error("\"%s\" does not say \"%s\"\n", message, part);
    return strstr(message, part) != NULL;
}

static int64_t level_of(vg_db *db, int64_t id)
{
    int64_t level = -1;
    check_ok(db, vg_get(db, NULL, &level, SELECT_VALUE(owners.level), FROM(owners),
                        WHERE(EQ(owners.id, id))));
    return level;
}

static int set_level(vg_db *db, int64_t id, int64_t level)
{
    return vg_exec(db, UPDATE(owners, SET(level, level)), WHERE(EQ(owners.id, id)));
}

/* ---- taking ---- */

static void test_pool__reads_and_writes(void **state)
{
    (void)state;
    rig r;
    vg_db *reader, *writer;
    open_rig(&r, (vg_pool_options){0});
    assert_int_equal(vg_pool_write(r.pool, &writer, 0), VG_OK);
    assert_int_equal(vg_pool_read(r.pool, &reader, 0), VG_OK);
    VG_TRANSACTION(writer, tx) {
        set_level(writer, 1, 7);
        assert_int_equal(level_of(reader, 1), 1); /* does not wait for the writer */
    }
    check_ok(writer, vg_result(writer));
    assert_int_equal(level_of(reader, 1), 7);
    check_fails(reader, set_level(reader, 1, 8), VG_READ_ONLY,
                "attempt to write a readonly database");
    assert_int_equal(vg_pool_release(r.pool, reader), VG_OK);
    assert_int_equal(vg_pool_release(r.pool, writer), VG_OK);
    assert_int_equal(vg_pool_release(r.pool, NULL), VG_OK);
    close_rig(&r);
}

static void test_pool__blocks_release_on_every_way_out(void **state)
{
    (void)state;
    rig r;
    int ran = 0;
    open_rig(&r, (vg_pool_options){.readers = 1, .wait_ms = -1});
    for (int i = 0; i < 3; i++) {
        VG_WRITE(r.pool, db) {
            ran++;
            check_ok(db, set_level(db, 1, i));
            if (i == 1)
                break;
            if (i == 2)
                goto out;
        }
        assert_int_equal(vg_pool_result(r.pool), VG_OK);
        VG_READ(r.pool, db) {
            ran++;
            if (i == 0)
                continue;
            assert_int_equal(level_of(db, 1), i);
        }
    }
out:
    assert_int_equal(ran, 5);
    vg_pool_stats stats = vg_pool_statistics(r.pool);
    assert_int_equal(stats.write.in_use + stats.read.in_use, 0);
    assert_int_equal(stats.write.taken, 3);
    assert_int_equal(stats.read.taken, 2);
    close_rig(&r);
}

static void test_pool__busy_names_the_holder(void **state)
{
    (void)state;
    rig r;
    vg_db *writer, *second, *readers[2];
    char place[200];
    open_rig(&r, (vg_pool_options){.readers = 2, .wait_ms = 20});
    int line = __LINE__ + 1;
    assert_int_equal(vg_pool_write(r.pool, &writer, 0), VG_OK);
    snprintf(place, sizeof place,
             "the writer did not come free within 20 ms: taken at %s:%d, ", __FILE__,
             line);
    line = __LINE__ + 1;
    assert_int_equal(vg_pool_write(r.pool, &second, 0), VG_BUSY);
    assert_null(second);
    assert_true(says(vg_pool_errmsg(r.pool), place));
    assert_true(says(vg_pool_errmsg(r.pool), " ms ago"));
    const vg_error *e = vg_pool_errinfo(r.pool);
    assert_int_equal(e->code, VG_BUSY);
    assert_int_equal(e->line, line);
    int ran = 0;
    VG_WRITE(r.pool, db) {
        (void)db;
        ran++;
    }
    assert_int_equal(ran, 0);
    assert_int_equal(vg_pool_result(r.pool), VG_BUSY);
    for (int i = 0; i < 2; i++)
        assert_int_equal(vg_pool_read(r.pool, &readers[i], 0), VG_OK);
    check_text(vg_pool_errmsg(r.pool), "");
    assert_int_equal(vg_pool_read(r.pool, &second, -1), VG_BUSY);
    assert_true(
        says(vg_pool_errmsg(r.pool), "none of 2 readers came free within 0 ms"));
    vg_pool_stats stats = vg_pool_statistics(r.pool);
    assert_int_equal(stats.write.timeouts, 2);
    assert_int_equal(stats.write.waits, 2);
    /* The deadline's clock starts before the wait is counted: less than 2 * 20 ms. */
    assert_true(stats.write.wait_ns >= 30 * 1000000);
    assert_true(stats.write.longest_wait >= 15 * 1000000);
    assert_int_equal(stats.read.timeouts, 1);
    assert_int_equal(stats.read.waits, 0);
    assert_int_equal(stats.read.in_use, 2);
    for (int i = 0; i < 2; i++)
        assert_int_equal(vg_pool_release(r.pool, readers[i]), VG_OK);
    assert_int_equal(vg_pool_release(r.pool, writer), VG_OK);
    stats = vg_pool_statistics(r.pool);
    assert_true(stats.write.longest_hold >= 30 * 1000000);
    assert_true(says(stats.write.longest_here, "test_pool.c:"));
    close_rig(&r);
}

static void test_pool__in_memory_has_one_connection(void **state)
{
    (void)state;
    static const char *const urls[] = {
        ":memory:", "file::memory:", "file:shared?mode=memory&cache=shared"};
    for (size_t i = 0; i < COUNT_OF_ARRAY(urls); i++) {
        vg_pool *pool;
        vg_db *db;
        vg_pool_options options = {.readers = 3, .open_all = true, .wait_ms = -1};
        assert_int_equal(vg_pool_open(&pool, urls[i], &options), VG_OK);
        VG_WRITE(pool, w) {
            check_ok(w, vg_create(w, &bank));
            check_ok(w, vg_script(w, BANK_ROWS));
            assert_int_equal(vg_pool_read(pool, &db, 0), VG_BUSY);
            assert_true(says(vg_pool_errmsg(pool), "the only connection did not come"));
        }
        VG_READ(pool, reader) {
            assert_int_equal(level_of(reader, 2), 1);
            assert_int_equal(set_level(reader, 2, 5), VG_READ_ONLY);
            VG_TRANSACTION(reader, tx) {
                assert_int_equal(level_of(reader, 2), 1);
            }
            check_ok(reader, vg_result(reader));
        }
        VG_WRITE(pool, w) {
            check_ok(w, set_level(w, 2, 5));
        }
        vg_pool_stats stats = vg_pool_statistics(pool);
        assert_int_equal(stats.opened, 1);
        assert_int_equal(stats.read.taken, 0);
        assert_int_equal(stats.write.taken, 3);
        assert_int_equal(vg_pool_close(pool, 0), VG_OK);
    }
}

static void test_pool__read_only_has_no_writer(void **state)
{
    (void)state;
    rig r;
    char url[100];
    vg_db *db;
    open_rig(&r, (vg_pool_options){0});
    assert_int_equal(vg_pool_close(r.pool, 0), VG_OK);
    snprintf(url, sizeof url, "file:%s?mode=ro", r.path);
    for (int by_option = 0; by_option < 2; by_option++) {
        vg_pool_options options = {.connection.read_only = by_option, .readers = 2};
        assert_int_equal(vg_pool_open(&r.pool, by_option ? r.path : url, &options),
                         VG_OK);
        assert_int_equal(vg_pool_write(r.pool, &db, 0), VG_READ_ONLY);
        check_text(vg_pool_errmsg(r.pool),
                   "the database can only be read: the pool has no writer");
        vg_db *three[3];
        for (int i = 0; i < 3; i++)
            assert_int_equal(vg_pool_read(r.pool, &three[i], 0), VG_OK);
        assert_int_equal(level_of(three[2], 3), 1);
        for (int i = 0; i < 3; i++)
            assert_int_equal(vg_pool_release(r.pool, three[i]), VG_OK);
        if (!by_option)
            assert_int_equal(vg_pool_close(r.pool, 0), VG_OK);
    }
    close_rig(&r);
}

static void test_pool__opens_when_needed_or_at_once(void **state)
{
    (void)state;
    rig r;
    open_rig(&r, (vg_pool_options){.readers = 3});
    assert_int_equal(vg_pool_statistics(r.pool).opened, 1);
    for (int i = 0; i < 5; i++)
        VG_READ(r.pool, db) {
            assert_int_equal(level_of(db, 1), 1);
        }
    assert_int_equal(vg_pool_statistics(r.pool).read.open, 1); /* the warm one again */
    close_rig(&r);
    open_rig(&r, (vg_pool_options){.readers = 3, .open_all = true});
    vg_pool_stats stats = vg_pool_statistics(r.pool);
    assert_int_equal(stats.opened, 4);
    assert_int_equal(stats.read.open, 3);
    assert_int_equal(stats.write.open, 1);
    close_rig(&r);
}

static void test_pool__cannot_be_opened(void **state)
{
    (void)state;
    vg_pool *pool = (vg_pool *)1;
    assert_int_equal(vg_pool_open(&pool, "/nowhere/at/all.db", NULL), VG_CONNECT);
    assert_null(pool);
    check_text(vg_pool_errmsg(NULL),
               "cannot open \"/nowhere/at/all.db\": unable to open database file");
    assert_int_equal(vg_pool_errinfo(NULL)->code, VG_CONNECT);
    assert_int_equal(vg_pool_open(&pool, NULL, NULL), VG_MISUSE);
    check_text(vg_pool_errmsg(NULL), "vg_pool_open: the URL is NULL");
    assert_int_equal(vg_pool_close(NULL, 0), VG_OK);
}

/* ---- giving back ---- */

static void test_pool__left_open_is_rolled_back(void **state)
{
    (void)state;
    rig r;
    vg_db *db;
    vg_cursor *cursor;
    struct owners *row;
    open_rig(&r, (vg_pool_options){.readers = 1});
    assert_int_equal(vg_pool_write(r.pool, &db, 0), VG_OK);
    check_ok(db, vg_script(db, "begin immediate"));
    check_ok(db, set_level(db, 1, 9));
    assert_int_equal(vg_pool_release(r.pool, db), VG_MISUSE);
    assert_true(says(vg_pool_errmsg(r.pool), "with a transaction open; the transaction "
                                             "is rolled back"));
    assert_int_equal(vg_pool_result(r.pool), VG_MISUSE);
    assert_int_equal(r.reports, 1);
    assert_int_equal(r.report.code, VG_MISUSE);
    assert_true(says(r.report.file, "test_pool.c"));
    assert_int_equal(vg_pool_read(r.pool, &db, 0), VG_OK);
    assert_int_equal(level_of(db, 1), 1);
    int line = __LINE__ + 1;
    check_ok(db, vg_query(db, &cursor, &row, SELECT(owners)));
    assert_true(vg_next(cursor));
    assert_int_equal(vg_pool_release(r.pool, db), VG_MISUSE);
    assert_true(
        says(vg_pool_errmsg(r.pool), "with a cursor open; the cursor is closed"));
    assert_int_equal(r.report.line, line);
    assert_int_equal(vg_pool_statistics(r.pool).left_open, 2);
    VG_WRITE(r.pool, w) {
        check_ok(w, set_level(w, 1, 3)); /* nothing is locked */
    }
    close_rig(&r);
}

static void test_pool__refuses_what_is_not_its_own(void **state)
{
    (void)state;
    rig r;
    vg_db *mine = rt_open(":memory:", NULL), *db;
    open_rig(&r, (vg_pool_options){0});
    assert_int_equal(vg_pool_release(r.pool, mine), VG_MISUSE);
    check_text(vg_pool_errmsg(r.pool),
               "vg_pool_release: the connection is not of this pool");
    assert_int_equal(vg_pool_read(r.pool, &db, 0), VG_OK);
    assert_int_equal(vg_close(db), VG_MISUSE);
    assert_int_equal(level_of(db, 1), 1);
    assert_int_equal(vg_pool_release(r.pool, db), VG_OK);
    assert_int_equal(vg_pool_release(r.pool, db), VG_MISUSE);
    check_text(vg_pool_errmsg(r.pool),
               "vg_pool_release: the connection is released already");
    assert_int_equal(vg_close(mine), VG_OK);
    close_rig(&r);
}

static void test_pool__close_says_who_is_left(void **state)
{
    (void)state;
    rig r;
    vg_db *db, *other;
    open_rig(&r, (vg_pool_options){0});
    int line = __LINE__ + 1;
    assert_int_equal(vg_pool_read(r.pool, &db, 0), VG_OK);
    assert_int_equal(vg_pool_close(r.pool, 20), VG_BUSY);
    assert_true(says(vg_pool_errmsg(r.pool),
                     "vg_pool_close: 1 connection is still taken; the longest at "));
    assert_int_equal(r.reports, 1);
    assert_int_equal(r.report.line, line);
    assert_int_equal(vg_pool_read(r.pool, &other, 0), VG_MISUSE);
    check_text(vg_pool_errmsg(r.pool), "the pool is closed");
    assert_int_equal(level_of(db, 1), 1); /* still good */
    assert_int_equal(vg_pool_release(r.pool, db), VG_OK);
    close_rig(&r);
}

/* ---- health ---- */

static void replace_file(const char *path)
{
    char copy[80];
    vg_db *db = rt_open(path, NULL);
    snprintf(copy, sizeof copy, "%s-new", path);
    check_ok(db, vg_script(db, "pragma wal_checkpoint(truncate)"));
    sqlite3_stmt *stmt;
    assert_int_equal(sqlite3_prepare_v2(vg_raw(db), "vacuum into ?", -1, &stmt, NULL),
                     SQLITE_OK);
    sqlite3_bind_text(stmt, 1, copy, -1, SQLITE_STATIC);
    assert_int_equal(sqlite3_step(stmt), SQLITE_DONE);
    sqlite3_finalize(stmt);
    assert_int_equal(vg_close(db), VG_OK);
    assert_int_equal(rename(copy, path), 0);
}

static void test_pool__replaces_a_broken_connection(void **state)
{
    (void)state;
    rig r;
    open_rig(&r, (vg_pool_options){.readers = 1, .check_after_ms = 1});
    VG_READ(r.pool, db) {
        assert_int_equal(level_of(db, 1), 1);
    }
    replace_file(r.path);
    nap(5);
    VG_READ(r.pool, db) {
        assert_int_equal(level_of(db, 1), 1);
    }
    assert_int_equal(r.reports, 1);
    check_text(r.report.message, "the database's file was moved, replaced or deleted");
    assert_int_equal(vg_pool_result(r.pool), VG_OK);
    VG_WRITE(r.pool, db) {
        check_ok(db, set_level(db, 1, 2));
    }
    vg_pool_stats stats = vg_pool_statistics(r.pool);
    assert_int_equal(stats.broken, 2);
    assert_int_equal(stats.opened, 4);
    assert_int_equal(stats.read.open, 1);
    VG_READ(r.pool, db) {
        assert_int_equal(level_of(db, 1), 2);
    }
    close_rig(&r);
}

/* A file that has gone is a loss to be told, not a database to begin anew. */
static void test_pool__does_not_make_a_lost_file_anew(void **state)
{
    (void)state;
    rig r;
    vg_db *db;
    char away[80];
    open_rig(&r, (vg_pool_options){.readers = 1, .check_after_ms = 1});
    snprintf(away, sizeof away, "%s-away", r.path);
    assert_int_equal(rename(r.path, away), 0);
    nap(5);
    assert_int_equal(vg_pool_write(r.pool, &db, 20), VG_CONNECT);
    assert_null(db);
    assert_true(says(vg_pool_errmsg(r.pool), "unable to open database file"));
    assert_int_equal(access(r.path, F_OK), -1);
    assert_int_equal(rename(away, r.path), 0);
    assert_int_equal(vg_pool_write(r.pool, &db, 20), VG_OK);
    assert_int_equal(level_of(db, 1), 1);
    assert_int_equal(vg_pool_release(r.pool, db), VG_OK);
    close_rig(&r);
}

/* What a taker set up is there for the next one; what it left running is not. */
static void test_pool__what_stays_with_a_connection(void **state)
{
    (void)state;
    rig r;
    open_rig(&r, (vg_pool_options){.connection = {.faults = true}});
    VG_WRITE(r.pool, db) {
        check_ok(db, vg_attach(db, ":memory:", "extra", false));
        check_ok(db, vg_fault_set(db, &(vg_fault){.code = VG_FULL}));
        vg_deadline(db, 1);
        check_text("", vg_errmsg(db));
        assert_int_equal(vg_close(db), VG_MISUSE);
        check_text(vg_errmsg(db),
                   "vg_close: the connection is a pool's; give it back with "
                   "vg_pool_release");
    }
    nap(5);
    VG_WRITE(r.pool, db) {
        assert_int_equal(vg_exec(db, RAW("select 1")), VG_FULL);
        assert_true(vg_fault_stop(db));
        check_ok(db, vg_exec(db, RAW("select 1")));
        check_ok(db, vg_detach(db, "extra"));
    }
    assert_int_equal(r.reports, 0);
    close_rig(&r);
}

static void test_pool__tries_again_until_the_deadline(void **state)
{
    (void)state;
    rig r;
    vg_db *db;
    char away[80];
    open_rig(&r, (vg_pool_options){.readers = 1});
    snprintf(away, sizeof away, "%s-away", r.path);
    assert_int_equal(rename(r.path, away), 0);
    /* The writer keeps its file; a reader cannot be opened. */
    int line = __LINE__ + 1;
    assert_int_equal(vg_pool_read(r.pool, &db, 60), VG_CONNECT);
    assert_null(db);
    assert_true(says(vg_pool_errmsg(r.pool), "unable to open database file"));
    assert_int_equal(vg_pool_errinfo(r.pool)->line, line);
    assert_int_equal(vg_pool_statistics(r.pool).read.in_use, 0);
    assert_int_equal(rename(away, r.path), 0);
    assert_int_equal(vg_pool_read(r.pool, &db, 60), VG_OK);
    assert_int_equal(level_of(db, 1), 1);
    assert_int_equal(vg_pool_release(r.pool, db), VG_OK);
    close_rig(&r);
}

static void test_pool__closes_the_idle(void **state)
{
    (void)state;
    rig r;
    vg_db *both[2];
    open_rig(&r, (vg_pool_options){.readers = 2, .idle_close_ms = 20});
    for (int i = 0; i < 2; i++)
        assert_int_equal(vg_pool_read(r.pool, &both[i], 0), VG_OK);
    for (int i = 0; i < 2; i++)
        assert_int_equal(vg_pool_release(r.pool, both[i]), VG_OK);
    assert_int_equal(vg_pool_statistics(r.pool).read.open, 2);
    nap(40);
    VG_READ(r.pool, db) { /* the warm one; the other is closed at the end */
        assert_int_equal(level_of(db, 1), 1);
    }
    vg_pool_stats stats = vg_pool_statistics(r.pool);
    assert_int_equal(stats.read.open, 1);
    assert_int_equal(stats.idle_closed, 1);
    for (int i = 0; i < 2; i++)
        assert_int_equal(vg_pool_read(r.pool, &both[i], 0), VG_OK);
    for (int i = 0; i < 2; i++)
        assert_int_equal(vg_pool_release(r.pool, both[i]), VG_OK);
    assert_int_equal(vg_pool_statistics(r.pool).opened, 4);
    close_rig(&r);
}

static int set_up(vg_db *db, void *ctx)
{
    int *left = ctx;
    return (*left)-- > 0 ? vg_script(db, "create temp table scratch (a)") : VG_VALUE;
}

static void test_pool__sets_each_connection_up(void **state)
{
    (void)state;
    rig r;
    vg_db *db;
    int left = 2;
    open_rig(&r, (vg_pool_options){.readers = 2, .setup = set_up, .setup_ctx = &left});
    VG_READ(r.pool, reader) {
        check_ok(reader, vg_script(reader, "insert into scratch values (1)"));
        assert_int_equal(vg_pool_read(r.pool, &db, 0), VG_VALUE);
        check_text(vg_pool_errmsg(r.pool), "the pool's setup returned VG_VALUE");
    }
    assert_int_equal(vg_pool_statistics(r.pool).opened, 2);
    close_rig(&r);
}

/* ---- reports ---- */

static void count_warning(void *ctx, const vg_warning *warning)
{
    ++*(int *)ctx;
    assert_int_equal(warning->kind, VG_WARN_REPEATED);
}

/* The same question by one taker after the other is no loop; by one taker it is. */
static void test_pool__each_taker_begins_anew(void **state)
{
    (void)state;
    rig r;
    int warnings = 0;
    open_rig(&r, (vg_pool_options){.readers = 1,
                                   .connection.warn = count_warning,
                                   .connection.warn_ctx = &warnings});
    for (int i = 0; i < 50; i++)
        VG_READ(r.pool, db) {
            assert_int_equal(level_of(db, 1), 1);
        }
    assert_int_equal(warnings, 0);
    VG_READ(r.pool, db) {
        for (int i = 0; i < 50; i++)
            assert_int_equal(level_of(db, 1), 1);
    }
    assert_int_equal(warnings, 1);
    close_rig(&r);
}

/* ---- memory ---- */

static int open_and_use(const char *path, rt_heap *heap)
{
    vg_pool *pool;
    vg_pool_options options = {
        .connection.allocator = rt_allocator(heap), .readers = 1, .open_all = true};
    int rc = vg_pool_open(&pool, path, &options);
    if (rc != VG_OK) {
        assert_null(pool);
        check_text(vg_pool_errmsg(NULL), "out of memory");
        return rc;
    }
    VG_WRITE(pool, db) {
        rc = set_level(db, 1, 4);
    }
    if (rc == VG_OK)
        rc = vg_pool_result(pool);
    assert_int_equal(vg_pool_close(pool, 0), VG_OK);
    return rc;
}

static void test_pool__out_of_memory(void **state)
{
    (void)state;
    rt_heap heap = {0};
    char path[64];
    assert_int_equal(vg_close(rt_bank_open_file(temp_file(path), NULL, true)), VG_OK);
    int rc = VG_NO_MEMORY;
    size_t n = 0;
    while (rc != VG_OK && n < 200) {
        rt_heap_arm(&heap, ++n, false);
        rc = open_and_use(path, &heap);
        if (heap.failed)
            assert_int_equal(rc, VG_NO_MEMORY);
        rt_heap_check_empty(&heap);
    }
    assert_int_equal(rc, VG_OK);
    assert_true(n > 5);
    temp_file_remove(path);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_pool__reads_and_writes),
        cmocka_unit_test(test_pool__blocks_release_on_every_way_out),
        cmocka_unit_test(test_pool__busy_names_the_holder),
        cmocka_unit_test(test_pool__in_memory_has_one_connection),
        cmocka_unit_test(test_pool__read_only_has_no_writer),
        cmocka_unit_test(test_pool__opens_when_needed_or_at_once),
        cmocka_unit_test(test_pool__cannot_be_opened),
        cmocka_unit_test(test_pool__left_open_is_rolled_back),
        cmocka_unit_test(test_pool__refuses_what_is_not_its_own),
        cmocka_unit_test(test_pool__close_says_who_is_left),
        cmocka_unit_test(test_pool__replaces_a_broken_connection),
        cmocka_unit_test(test_pool__does_not_make_a_lost_file_anew),
        cmocka_unit_test(test_pool__what_stays_with_a_connection),
        cmocka_unit_test(test_pool__tries_again_until_the_deadline),
        cmocka_unit_test(test_pool__closes_the_idle),
        cmocka_unit_test(test_pool__sets_each_connection_up),
        cmocka_unit_test(test_pool__each_taker_begins_anew),
        cmocka_unit_test(test_pool__out_of_memory),
    };
    return cmocka_run_group_tests_name("pool", tests, NULL, NULL);
}
