/* Reports: repeated statements, slow ones, what is left open, and the statistics. */
#include "check.h"
#include "rt_bank.h"
#include <stdio.h>
#include <time.h>

typedef struct ear {
    int count[4];
    char message[600], plan[600], sql[300], here[200];
    int64_t runs, rows, duration_ns;
} ear;

static void hear(void *ctx, const vg_warning *w)
{
    ear *e = ctx;
    e->count[w->kind]++;
    e->runs = w->count;
    e->rows = w->rows;
    e->duration_ns = w->duration_ns;
    snprintf(e->message, sizeof e->message, "%s", w->message);
    snprintf(e->plan, sizeof e->plan, "%s", w->plan);
    snprintf(e->sql, sizeof e->sql, "%s", w->sql);
    snprintf(e->here, sizeof e->here, "%s", w->here);
}

static void read_one(vg_db *db, int64_t id)
{
    struct owners owner;
    vg_arena arena = {0};
    check_ok(db, vg_get(db, &arena, &owner, SELECT(owners), WHERE(EQ(owners.id, id))));
    vg_arena_free(&arena);
}

static void test_report__the_same_query_in_a_loop(void **state)
{
    (void)state;
    ear e = {{0}, "", "", "", "", 0, 0, 0};
    vg_db *db = rt_bank_open(&(vg_options){.warn = hear, .warn_ctx = &e});
    VG_TRANSACTION(db, tx) {
        for (int i = 0; i < 10; i++)
            read_one(db, 1 + i % 3);
    }
    assert_int_equal(e.count[VG_WARN_REPEATED], 0);
    VG_TRANSACTION(db, tx) {
        for (int i = 0; i < 30; i++)
            read_one(db, 1 + i % 3);
    }
    assert_int_equal(e.count[VG_WARN_REPEATED], 1); /* once */
    assert_int_equal(e.runs, 11);
    assert_non_null(strstr(e.here, "test_report.c:"));
    assert_non_null(strstr(e.message, "test_report.c:"));
    assert_non_null(strstr(e.message, "the same statement ran 11 times"));
    assert_non_null(strstr(e.message, "join the tables, or ask once with IN_ARRAY"));
    assert_int_equal(strncmp(e.sql, "select ", 7), 0);
    assert_int_equal(vg_close(db), VG_OK);
}

/* Outside of transactions what counts is a window of time; each place counts alone. */
static void test_report__window_and_limit(void **state)
{
    (void)state;
    ear e = {{0}, "", "", "", "", 0, 0, 0};
    vg_db *db = rt_bank_open(&(vg_options){
        .warn = hear, .warn_ctx = &e, .repeat_limit = 2, .repeat_window_ms = 20});
    for (int i = 0; i < 4; i++) {
        read_one(db, 1);
        nanosleep(&(struct timespec){0, 25000000}, NULL);
    }
    assert_int_equal(e.count[VG_WARN_REPEATED], 0);
    int64_t n;
    check_ok(db, vg_count(db, &n, FROM(owners)));
    check_ok(db, vg_count(db, &n, FROM(owners)));
    check_ok(db, vg_count(db, &n, FROM(owners)));
    assert_int_equal(e.count[VG_WARN_REPEATED], 0); /* three places */
    VG_TRANSACTION(db, tx) {
        for (int i = 0; i < 3; i++)
            vg_exec(db, INSERT_INTO(owners, SET(name, i == 0   ? "D"
                                                      : i == 1 ? "E"
                                                               : "F")));
    }
    assert_int_equal(e.count[VG_WARN_REPEATED], 1);
    assert_non_null(strstr(e.message, "give VALUES all rows at once"));
    assert_int_equal(vg_close(db), VG_OK);
    db = rt_bank_open(&(vg_options){.warn = hear, .warn_ctx = &e, .repeat_limit = -1});
    for (int i = 0; i < 40; i++)
        read_one(db, 1);
    assert_int_equal(e.count[VG_WARN_REPEATED], 1);
    assert_int_equal(vg_close(db), VG_OK);
}

static void test_report__slow(void **state)
{
    (void)state;
    ear e = {{0}, "", "", "", "", 0, 0, 0};
    vg_db *db =
        rt_bank_open(&(vg_options){.warn = hear, .warn_ctx = &e, .slow_ms = 600000});
    read_one(db, 1);
    assert_int_equal(e.count[VG_WARN_SLOW], 0);
    assert_int_equal(vg_close(db), VG_OK);
    db = rt_bank_open(
        &(vg_options){.warn = hear, .warn_ctx = &e, .slow_ms = 1, .repeat_limit = -1});
    check_ok(db,
             vg_script(db, "create table numbers (n integer);"
                           "with recursive c(n) as (select 1 union all select n + 1 "
                           "from c where n < 30000) insert into numbers select n "
                           "from c"));
    e.count[VG_WARN_SLOW] = 0;
    vg_arena arena = {0};
    owners_list list;
    check_ok(
        db, vg_all(db, &arena, &list, SELECT(owners),
                   WHERE(EQ(SQL(INTEGER, "(select count(*) from numbers a, numbers b "
                                         "where a.n < 30 and b.n % 3 = owners.id % 3)"),
                            290000))));
    assert_int_equal(e.count[VG_WARN_SLOW], 1);
    assert_int_equal(e.rows, (int64_t)list.len);
    assert_true(e.duration_ns >= 1000000);
    assert_non_null(strstr(e.plan, "SCAN owners"));
    assert_non_null(strstr(e.plan, "\n  "));
    assert_non_null(strstr(e.message, "test_report.c:"));
    assert_int_equal(vg_errinfo(db)->code, VG_OK);
    vg_arena_free(&arena);
    assert_int_equal(vg_close(db), VG_OK);
}

static void test_report__leaks(void **state)
{
    (void)state;
    ear e = {{0}, "", "", "", "", 0, 0, 0};
    vg_cursor *first, *second;
    struct owners *owner;
    struct accounts *account;
    vg_db *db = rt_bank_open(&(vg_options){.warn = hear, .warn_ctx = &e});
    check_ok(db, vg_query(db, &first, &owner, SELECT(owners)));
    check_ok(db, vg_query(db, &second, &account, SELECT(accounts)));
    assert_true(vg_next(first));
    assert_int_equal(vg_close(db), VG_MISUSE);
    assert_int_equal(e.count[VG_WARN_LEAK], 2);
    assert_non_null(strstr(e.message, "test_report.c:"));
    assert_non_null(
        strstr(e.message, "the cursor opened here was not finished: select"));
    db = rt_bank_open(&(vg_options){.warn = hear, .warn_ctx = &e});
    VG_TRANSACTION(db, tx) {
        vg_exec(db, UPDATE(owners, SET(level, 2)), ALL_ROWS);
        assert_int_equal(vg_close(db), VG_OK);
        tx->state = 3; /* the block must not go on with a connection that is gone */
        break;
    }
    assert_int_equal(e.count[VG_WARN_LEAK], 3);
    assert_non_null(strstr(e.message, "vg_close inside of this transaction"));
    assert_non_null(strstr(e.here, "test_report.c:"));
}

static void test_report__statistics(void **state)
{
    (void)state;
    vg_query_cache *cache;
    vg_arena arena = {0};
    vg_statement_stat_list list;
    int64_t n;
    assert_int_equal(vg_query_cache_open(&cache, NULL), VG_OK);
    vg_db *db = rt_bank_open(&(vg_options){
        .statement_stats = true, .query_cache = cache, .repeat_limit = -1});
    for (int i = 0; i < 5; i++)
        check_ok(db, vg_count(db, &n, FROM(accounts), CACHE(0)));
    for (int i = 0; i < 3; i++)
        read_one(db, 2);
    assert_int_equal(vg_exec(db, INSERT_INTO(owners, SET(name, "Ada"))), VG_UNIQUE);
    check_ok(db, vg_exec(db, UPDATE(owners, SET(level, 5)), ALL_ROWS));
    check_ok(db, vg_statement_stats(db, &arena, &list));
    int found = 0;
    for (size_t i = 0; i < list.len; i++) {
        const vg_statement_stat *s = &list.data[i];
        assert_true(i == 0 || s->total_ns <= s[-1].total_ns);
        assert_true(s->max_ns <= s->total_ns);
        if (strcmp(s->sql, "select count(*) from \"accounts\"") == 0) {
            assert_int_equal(s->runs, 5);
            assert_int_equal(s->cache_hits, 4);
            assert_int_equal(s->prepared, 1);
            assert_non_null(strstr(s->here, "test_report.c:"));
            found++;
        } else if (strncmp(s->sql, "select \"id\", ", 13) == 0) {
            assert_int_equal(s->runs, 3);
            assert_int_equal(s->rows, 3);
            found++;
        } else if (strncmp(s->sql, "insert into \"owners\"", 20) == 0 && s->failed) {
            assert_int_equal(s->failed, 1);
            found++;
        } else if (strncmp(s->sql, "update", 6) == 0) {
            assert_int_equal(s->rows, 3);
            found++;
        }
    }
    assert_int_equal(found, 4);
    vg_arena_free(&arena);
    assert_int_equal(vg_close(db), VG_OK);
    vg_query_cache_close(cache);
    db = rt_bank_open(NULL);
    check_fails(db, vg_statement_stats(db, &arena, &list), VG_MISUSE,
                "vg_statement_stats: open the database with options.statement_stats");
    assert_int_equal(vg_close(db), VG_OK);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_report__the_same_query_in_a_loop),
        cmocka_unit_test(test_report__window_and_limit),
        cmocka_unit_test(test_report__slow),
        cmocka_unit_test(test_report__leaks),
        cmocka_unit_test(test_report__statistics),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
