/* Threads: each has its own connection to one file; the constant descriptors (tables,
 * projections, schema) are shared. Built for the thread sanitizer; without it the sums
 * must be right all the same.
 *
 *     writers: move money between accounts, in blocks     the sum stays
 *     readers: see whole transfers or none                the sum stays */
#include "check.h"
#include "rt_bank.h"
#include <pthread.h>
#include <stdatomic.h>
#include <stdio.h>

enum { THREADS = 4, ROUNDS = 40, ACCOUNTS = 4, START = 1000 };

// clang-format off
TABLE(purses,
    COLUMN(id,     INTEGER, PRIMARY_KEY),
    COLUMN(name,   TEXT,    NOT_NULL, UNIQUE),
    COLUMN(amount, INTEGER, NOT_NULL, DEFAULT(0)),
    CHECK(purses_amount, "amount >= 0"))
TABLE(transfers,
    COLUMN(id,      UUID,    PRIMARY_KEY, DEFAULT_FN(vg_default_uuid_v7)),
    COLUMN(from_id, INTEGER, NOT_NULL, REFERENCES(purses, id)),
    COLUMN(to_id,   INTEGER, NOT_NULL, REFERENCES(purses, id)),
    COLUMN(amount,  INTEGER, NOT_NULL))
PROJECTION(turnover,
    FIELD(name,  purses.name),
    FIELD(count, COUNT(transfers.id)),
    FIELD(total, SUM(transfers.amount)))
// clang-format on

SCHEMA(money, purses, transfers)

typedef struct worker {
    pthread_t thread;
    const char *path;
    unsigned number;
    int rc, done, wrong;
    char message[300];
} worker;

static int transfer(vg_db *db, unsigned from, unsigned to, int amount)
{
    VG_TRANSACTION(db, tx) {
        vg_exec(db, UPDATE(purses, SET(amount, SUB(purses.amount, amount))),
                WHERE(EQ(purses.id, from)));
        vg_exec(db, UPDATE(purses, SET(amount, ADD(purses.amount, amount))),
                WHERE(EQ(purses.id, to)));
        vg_exec(db, INSERT_INTO(transfers, SET(from_id, from), SET(to_id, to),
                                SET(amount, amount)));
    }
    return vg_result(db);
}

/* The sum of all purses, and by thread's own arithmetic the same. */
static int audit(vg_db *db, vg_arena *arena, int *wrong)
{
    int64_t sum = 0;
    vg_opt_int total;
    purses_list list;
    turnover_list turnovers;
    vg_arena_reset(arena);
    int rc = vg_all(db, arena, &list, SELECT(purses), ORDER_BY(purses.id));
    for (size_t i = 0; i < list.len; i++)
        sum += list.data[i].amount;
    if (rc == VG_OK && (sum != ACCOUNTS * START || list.len != ACCOUNTS))
        (*wrong)++;
    if (rc == VG_OK)
        rc = vg_get(db, NULL, &total, SELECT_VALUE(SUM(purses.amount)), FROM(purses));
    if (rc == VG_OK && (!total.has || total.v != ACCOUNTS * START))
        (*wrong)++;
    if (rc == VG_OK)
        rc = vg_all(db, arena, &turnovers, SELECT(turnover), FROM(purses),
                    LEFT_JOIN(transfers, EQ(transfers.from_id, purses.id)),
                    GROUP_BY(purses.id), ORDER_BY(purses.name));
    return rc;
}

static int work(worker *w, vg_db *db, vg_arena *arena)
{
    int rc = VG_OK;
    for (int i = 0; rc == VG_OK && i < ROUNDS; i++) {
        unsigned from = 1 + (w->number + (unsigned)i) % ACCOUNTS;
        unsigned to = 1 + (w->number + (unsigned)i * 3 + 1) % ACCOUNTS;
        if (i % 2 == 0 && from != to)
            rc = transfer(db, from, to, 1 + i % 5);
        if (rc == VG_OK)
            rc = audit(db, arena, &w->wrong);
        w->done += rc == VG_OK;
    }
    return rc;
}

static void *run(void *ctx)
{
    worker *w = ctx;
    vg_db *db;
    vg_arena arena = {0};
    vg_options options = {.busy_timeout_ms = 30000, .synchronous = VG_SYNC_OFF};
    w->rc = vg_open(&db, w->path, &options);
    if (w->rc == VG_OK)
        w->rc = work(w, db, &arena);
    if (w->rc != VG_OK)
        snprintf(w->message, sizeof w->message, "%s", db ? vg_errmsg(db) : "no memory");
    vg_arena_free(&arena);
    if (vg_close(db) != VG_OK)
        w->wrong++;
    return NULL;
}

static void test_threads__own_connections(void **state)
{
    (void)state;
    char path[64];
    vg_db *db;
    worker workers[THREADS] = {{.rc = -1}};
    int created = 0;
    db = rt_open(temp_file(path), NULL);
    check_ok(db, vg_create(db, &money));
    for (int64_t i = 1; i <= ACCOUNTS; i++) {
        char name[16];
        snprintf(name, sizeof name, "purse %d", (int)i);
        check_ok(db, vg_exec(db, INSERT_INTO(purses, SET(id, i), SET(name, name),
                                             SET(amount, START))));
    }
    for (; created < THREADS; created++) {
        workers[created] =
            (worker){.path = path, .number = (unsigned)created, .rc = -1};
        if (pthread_create(&workers[created].thread, NULL, run, &workers[created]) != 0)
            break;
    }
    for (int i = 0; i < created; i++)
        assert_int_equal(pthread_join(workers[i].thread, NULL), 0);
    assert_int_equal(created, THREADS);
    for (int i = 0; i < THREADS; i++) {
        if (workers[i].rc != VG_OK)
            print_error("thread %d: %s: %s\n", i, vg_code_name(workers[i].rc),
                        workers[i].message);
        assert_int_equal(workers[i].rc, VG_OK);
        assert_int_equal(workers[i].done, ROUNDS);
        assert_int_equal(workers[i].wrong, 0);
    }
    check_rows(db, "select sum(amount) from purses", "4000");
    check_rows(db, "select count(*) > 40, count(*) = count(distinct id) from transfers",
               "1|1");
    check_rows(db, "pragma integrity_check", "ok");
    assert_int_equal(vg_close(db), VG_OK);
    temp_file_remove(path);
}

/* Connections of their own in memory, opened and closed at the same time. */
static void *open_and_close(void *ctx)
{
    worker *w = ctx;
    for (int i = 0; i < 10; i++) {
        vg_db *db;
        vg_arena arena = {0};
        purses_list list;
        w->rc = vg_open(&db, ":memory:", NULL);
        if (w->rc == VG_OK)
            w->rc = vg_create(db, &money);
        if (w->rc == VG_OK)
            w->rc = vg_exec(db, INSERT_INTO(purses, SET(name, "x")));
        if (w->rc == VG_OK)
            w->rc = vg_all(db, &arena, &list, SELECT(purses));
        w->done += w->rc == VG_OK && list.len == 1;
        vg_arena_free(&arena);
        vg_close(db);
    }
    return NULL;
}

static void test_threads__open_at_once(void **state)
{
    (void)state;
    worker workers[THREADS] = {{.rc = -1}};
    int created = 0;
    for (; created < THREADS; created++)
        if (pthread_create(&workers[created].thread, NULL, open_and_close,
                           &workers[created]) != 0)
            break;
    for (int i = 0; i < created; i++)
        assert_int_equal(pthread_join(workers[i].thread, NULL), 0);
    assert_int_equal(created, THREADS);
    for (int i = 0; i < THREADS; i++)
        assert_int_equal(workers[i].done, 10);
}

/* What needs no handle at all may be called from anywhere. */
static void *pure(void *ctx)
{
    worker *w = ctx;
    vg_arena arena = {0};
    for (int i = 0; i < 100; i++) {
        char text[VG_TIMESTAMP_ROOM], id[25], uuid_text[37];
        vg_rendered sql;
        vg_timestamp t;
        vg_uuid uuid = vg_uuid_v7(), again;
        vg_timestamp_format(vg_now(), text);
        vg_cuid2(id);
        vg_uuid_format(&uuid, uuid_text);
        bool ok = vg_timestamp_parse(text, strlen(text), &t) &&
                  vg_uuid_parse(uuid_text, 36, &again) && strlen(id) == 24 &&
                  vg_find_column(&purses.vg_shape, "amount") != NULL;
        int rc =
            vg_sql(&arena, &vg_dialect_sqlite, &sql, SELECT(turnover), FROM(purses),
                   INNER_JOIN(transfers, EQ(transfers.from_id, purses.id)));
        w->done += ok && rc == VG_OK && strncmp(sql.text, "select ", 7) == 0;
        vg_arena_reset(&arena);
    }
    vg_arena_free(&arena);
    return NULL;
}

static void test_threads__without_a_handle(void **state)
{
    (void)state;
    worker workers[THREADS] = {{.rc = -1}};
    int created = 0;
    for (; created < THREADS; created++)
        if (pthread_create(&workers[created].thread, NULL, pure, &workers[created]) !=
            0)
            break;
    for (int i = 0; i < created; i++)
        assert_int_equal(pthread_join(workers[i].thread, NULL), 0);
    assert_int_equal(created, THREADS);
    for (int i = 0; i < THREADS; i++)
        assert_int_equal(workers[i].done, 100);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_threads__own_connections),
        cmocka_unit_test(test_threads__open_at_once),
        cmocka_unit_test(test_threads__without_a_handle),
    };
    return cmocka_run_group_tests_name("threads", tests, NULL, NULL);
}
