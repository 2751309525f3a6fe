/* Batches on PostgreSQL, by its pipeline: results, failures, what stays and what does not,
 * sizes, limits, polling, a connection that dies. */
#include "pg.h"
#include "rt_bank.h"
#include <poll.h>
#include <stdio.h>
#include <stdlib.h>

static int setup(void **state)
{
    return pg_fixture_open(state, &bank, NULL);
}

static void fill(vg_db *db)
{
    check_ok(db,
             vg_script(db, BANK_ROWS "alter table owners alter id restart with 10"));
}

#define COUNT_OWNERS(db, n)                                                       \
    do {                                                                          \
        int64_t got_;                                                             \
        check_ok((db),                                                            \
                 vg_get((db), NULL, &got_, SELECT_VALUE(COUNT()), FROM(owners))); \
        assert_int_equal(got_, (n));                                              \
    } while (0)

/* Proves: Q090. */
static void test_batch__runs_all(void **state)
{
    fixture *f = *state;
    vg_batch *batch;
    owners_list list;
    struct accounts *account, *none;
    int64_t n = 0;
    fill(f->db);
    check_ok(f->db, vg_batch_open(f->db, &batch, VG_BATCH_WHOLE));
    for (int round = 0; round < 2; round++) {
        check_ok(f->db, vg_batch_all(batch, &f->arena, &list, SELECT(owners),
                                     ORDER_BY(owners.id)));
        check_ok(f->db, vg_batch_one(batch, &f->arena, &account, SELECT(accounts),
                                     WHERE(EQ(accounts.id, 2))));
        check_ok(f->db, vg_batch_one(batch, &f->arena, &none, SELECT(accounts),
                                     WHERE(EQ(accounts.id, 77))));
        check_ok(f->db, vg_batch_exec(batch, UPDATE(accounts, SET(balance, 5)),
                                      WHERE(EQ(accounts.owner_id, 1))));
        check_ok(f->db, vg_batch_get(batch, NULL, &n, SELECT_VALUE(COUNT()),
                                     FROM(accounts), WHERE(EQ(accounts.balance, 5))));
        assert_int_equal(list.len, 0);
        check_ok(f->db, vg_batch_run(batch));
        assert_int_equal(list.len, 3);
        check_text(list.data[2].name, "Cyd");
        check_text(account->label, "savings");
        assert_null(none);
        assert_int_equal(n, 2);
        assert_int_equal(vg_batch_count(batch), 5);
        assert_int_equal(vg_batch_result(batch, 0)->rows, 3);
        assert_int_equal(vg_batch_result(batch, 2)->code, VG_NOT_FOUND);
        assert_int_equal(vg_batch_result(batch, 3)->changes, 2);
        assert_null(vg_batch_result(batch, 5));
    }
    vg_batch_close(batch);
}

/* Proves: Q090. */
static void test_batch__whole_is_undone(void **state)
{
    fixture *f = *state;
    vg_batch *batch;
    owners_list list;
    fill(f->db);
    check_ok(f->db, vg_batch_open(f->db, &batch, VG_BATCH_WHOLE));
    vg_batch_exec(batch, INSERT_INTO(owners, SET(name, "Eve")));
    vg_batch_exec(batch, INSERT_INTO(owners, SET(name, "Ada")));
    vg_batch_all(batch, &f->arena, &list, SELECT(owners));
    assert_int_equal(vg_batch_run(batch), VG_UNIQUE);
    check_text(vg_errinfo(f->db)->constraint, "owners_name_unique");
    assert_true(vg_errinfo(f->db)->line > 0);
    assert_int_equal(vg_batch_result(batch, 0)->code, VG_ROLLED_BACK);
    assert_int_equal(vg_batch_result(batch, 1)->code, VG_UNIQUE);
    assert_int_equal(vg_batch_result(batch, 2)->code, VG_ROLLED_BACK);
    assert_int_equal(list.len, 0);
    vg_batch_close(batch);
    COUNT_OWNERS(f->db, 3);
    /* Reads only after what is written: one transaction, whose rows come first. */
    check_ok(f->db, vg_batch_open(f->db, &batch, VG_BATCH_WHOLE));
    vg_batch_exec(batch, INSERT_INTO(owners, SET(name, "Eve")));
    vg_batch_exec(batch, INSERT_INTO(owners, SET(name, "Fay")));
    vg_batch_exec(batch, INSERT_INTO(owners, SET(name, "Ada")));
    assert_int_equal(vg_batch_run(batch), VG_UNIQUE);
    vg_batch_close(batch);
    COUNT_OWNERS(f->db, 3);
}

static void test_batch__each_stands_alone(void **state)
{
    fixture *f = *state;
    vg_batch *batch;
    owners_list list;
    struct owners_new news[] = {{.name = "Gus"}, {.name = "Ada"}};
    fill(f->db);
    check_ok(f->db, vg_batch_open(f->db, &batch, VG_BATCH_EACH));
    vg_batch_exec(batch, INSERT_INTO(owners, SET(name, "Eve")));
    vg_batch_exec(batch, INSERT_INTO(owners, SET(name, "Ada")));
    vg_batch_exec(batch, INSERT_INTO(owners, VALUES(news, 2)));
    vg_batch_all(batch, &f->arena, &list, SELECT(owners), ORDER_BY(owners.id));
    assert_int_equal(vg_batch_run(batch), VG_UNIQUE);
    assert_int_equal(vg_batch_result(batch, 0)->code, VG_OK);
    assert_int_equal(vg_batch_result(batch, 0)->changes, 1);
    assert_int_equal(vg_batch_result(batch, 1)->code, VG_UNIQUE);
    assert_int_equal(vg_batch_result(batch, 1)->error->code, VG_UNIQUE);
    assert_int_equal(vg_batch_result(batch, 2)->code, VG_UNIQUE);
    assert_int_equal(vg_batch_result(batch, 3)->code, VG_OK);
    assert_int_equal(list.len, 4);
    assert_int_equal(vg_batch_exec(batch, INSERT_INTO(owners, SET(name, "x"))), VG_OK);
    assert_int_equal(vg_batch_one(batch, &f->arena, &(struct owners *){0},
                                  INSERT_INTO(owners, SET(name, "y")),
                                  RETURNING(owners)),
                     VG_MISUSE);
    assert_int_equal(vg_batch_run(batch), VG_MISUSE); /* nothing was sent */
    vg_batch_close(batch);
    VG_TRANSACTION(f->db, tx) {
        check_ok(f->db, vg_batch_open(f->db, &batch, VG_BATCH_EACH));
        vg_batch_exec(batch, INSERT_INTO(owners, SET(name, "x")));
        assert_int_equal(vg_batch_run(batch), VG_MISUSE);
        vg_batch_close(batch);
    }
    COUNT_OWNERS(f->db, 4);
}

static void test_batch__in_a_transaction(void **state)
{
    fixture *f = *state;
    vg_batch *batch;
    struct owners *owner;
    fill(f->db);
    VG_TRANSACTION(f->db, tx) {
        check_ok(f->db, vg_batch_open(f->db, &batch, VG_BATCH_WHOLE));
        vg_batch_one(batch, &f->arena, &owner, INSERT_INTO(owners, SET(name, "Eve")),
                     RETURNING(owners));
        check_ok(f->db, vg_batch_run(batch));
        check_text(owner->name, "Eve");
        assert_int_equal(owner->level, 1);
        vg_batch_close(batch);
        vg_rollback(tx);
    }
    COUNT_OWNERS(f->db, 3);
    VG_TRANSACTION(f->db, tx) {
        check_ok(f->db, vg_batch_open(f->db, &batch, VG_BATCH_WHOLE));
        vg_batch_exec(batch, INSERT_INTO(owners, SET(name, "Eve")));
        vg_batch_exec(batch, INSERT_INTO(owners, SET(name, "Ada")));
        assert_int_equal(vg_batch_run(batch), VG_UNIQUE);
        vg_batch_close(batch);
    }
    assert_int_equal(vg_result(f->db), VG_UNIQUE);
    COUNT_OWNERS(f->db, 3);
}

static void test_batch__returning_is_whole(void **state)
{
    fixture *f = *state;
    vg_batch *batch;
    owners_list list;
    struct owners_new news[40];
    char names[40][16];
    for (int i = 0; i < 40; i++) {
        snprintf(names[i], sizeof names[i], "n%d", i);
        news[i] = (struct owners_new){.name = names[i], .level = {i % 3 == 0, i}};
    }
    check_ok(f->db, vg_batch_open(f->db, &batch, VG_BATCH_WHOLE));
    vg_batch_all(batch, &f->arena, &list, INSERT_INTO(owners, VALUES(news, 40)),
                 RETURNING(owners));
    vg_batch_exec(batch, INSERT_INTO(owners, VALUES(news, 0)));
    check_ok(f->db, vg_batch_run(batch));
    assert_int_equal(list.len, 40);
    check_text(list.data[39].name, "n39");
    assert_int_equal(vg_batch_result(batch, 0)->changes, 40);
    vg_batch_all(batch, &f->arena, &list, INSERT_INTO(owners, SET(name, "new")),
                 RETURNING(owners));
    vg_batch_exec(batch, INSERT_INTO(owners, SET(name, "n3")));
    assert_int_equal(vg_batch_run(batch), VG_UNIQUE);
    assert_int_equal(list.len, 0);
    vg_batch_close(batch);
    COUNT_OWNERS(f->db, 40);
}

static void test_batch__invalid_is_not_sent(void **state)
{
    fixture *f = *state;
    vg_batch *batch;
    check_ok(f->db, vg_batch_open(f->db, &batch, VG_BATCH_WHOLE));
    vg_batch_exec(batch, INSERT_INTO(owners, SET(name, "Eve")));
    assert_int_equal(vg_batch_exec(batch, DELETE_FROM(owners)), VG_INVALID);
    assert_int_equal(vg_batch_run(batch), VG_INVALID);
    assert_non_null(strstr(vg_errmsg(f->db), "ALL_ROWS"));
    check_ok(f->db, vg_batch_exec(batch, RAW("select nonsense from nowhere")));
    vg_batch_exec(batch, INSERT_INTO(owners, SET(name, "Eve")));
    assert_int_equal(vg_batch_run(batch), VG_SCHEMA);
    assert_int_equal(vg_batch_result(batch, 1)->code, VG_ROLLED_BACK);
    vg_batch_close(batch);
    check_ok(f->db, vg_batch_open(f->db, &batch, VG_BATCH_EACH));
    vg_batch_exec(batch, RAW("select nonsense from nowhere"));
    vg_batch_exec(batch, INSERT_INTO(owners, SET(name, "Eve")));
    assert_int_equal(vg_batch_run(batch), VG_SCHEMA);
    assert_int_equal(vg_batch_result(batch, 1)->code, VG_OK);
    vg_batch_close(batch);
    COUNT_OWNERS(f->db, 1);
    check_ok(f->db, vg_batch_open(f->db, &batch, VG_BATCH_WHOLE));
    check_ok(f->db, vg_batch_run(batch)); /* empty */
    assert_int_equal(vg_batch_run(batch), VG_MISUSE);
    vg_batch_close(batch);
    vg_batch_close(NULL);
    assert_int_equal(vg_batch_run(NULL), VG_NO_MEMORY);
    assert_int_equal(vg_batch_poll(NULL), 0);
}

/* More than the sockets hold, both ways. */
static void test_batch__large(void **state)
{
    fixture *f = *state;
    enum { N = 400, LEN = 60000 };
    char *text = malloc(LEN + 1);
    vg_batch *batch;
    vg_text_list echoes[N];
    memset(text, 'x', LEN);
    text[LEN] = 0;
    check_ok(f->db, vg_batch_open(f->db, &batch, VG_BATCH_EACH));
    for (int i = 0; i < N; i++)
        vg_batch_all(batch, &f->arena, &echoes[i],
                     SELECT_VALUE(SQL(TEXT, "?::text", text)));
    check_ok(f->db, vg_batch_run(batch));
    for (int i = 0; i < N; i++)
        assert_int_equal(strlen(echoes[i].data[0]), LEN);
    vg_batch_close(batch);
    free(text);
}

static void test_batch__deadline(void **state)
{
    fixture *f = *state;
    vg_batch *batch;
    check_ok(f->db, vg_batch_open(f->db, &batch, VG_BATCH_EACH));
    for (int i = 0; i < 3; i++)
        vg_batch_exec(batch, RAW("select pg_sleep(3600)"));
    vg_deadline(f->db, 100);
    assert_int_equal(vg_batch_run(batch), VG_INTERRUPTED);
    vg_deadline(f->db, 0);
    for (size_t i = 0; i < 3; i++)
        assert_int_equal(vg_batch_result(batch, i)->code, VG_INTERRUPTED);
    vg_batch_close(batch);
    COUNT_OWNERS(f->db, 0);
}

/* Proves: Q041. */
static void test_batch__polled(void **state)
{
    fixture *f = *state;
    vg_batch *batch;
    owners_list list;
    unsigned want;
    int64_t polls = 0;
    fill(f->db);
    check_ok(f->db, vg_batch_open(f->db, &batch, VG_BATCH_WHOLE));
    vg_batch_exec(batch, RAW("select pg_sleep(0.2)"));
    vg_batch_all(batch, &f->arena, &list, SELECT(owners));
    while ((want = vg_batch_poll(batch))) {
        polls++;
        assert_int_equal(vg_exec(f->db, SELECT(owners)), VG_MISUSE);
        assert_non_null(strstr(vg_errmsg(f->db), "batch is running"));
        struct pollfd fd = {.fd = vg_fd(f->db), .events = POLLIN};
        if (want & VG_WANT_WRITE)
            fd.events |= POLLOUT;
        poll(&fd, 1, 1000);
    }
    assert_int_equal(vg_batch_code(batch), VG_OK);
    assert_int_equal(list.len, 3);
    assert_true(polls > 0);
    /* Polling waits for nothing; closed in the middle: interrupted, and the connection is
     * of use. */
    vg_batch_exec(batch, RAW("select pg_sleep(3600)"));
    assert_int_not_equal(vg_batch_poll(batch), 0);
    vg_batch_close(batch);
    COUNT_OWNERS(f->db, 3);
}

static void test_batch__killed_connection(void **state)
{
    fixture *f = *state;
    vg_batch *batch;
    owners_list list;
    check_ok(f->db, vg_batch_open(f->db, &batch, VG_BATCH_EACH));
    vg_batch_exec(batch, INSERT_INTO(owners, SET(name, "Eve")));
    vg_batch_exec(batch, RAW("select pg_terminate_backend(pg_backend_pid())"));
    vg_batch_all(batch, &f->arena, &list, SELECT(owners));
    assert_int_equal(vg_batch_run(batch), VG_CONNECT);
    assert_int_equal(vg_batch_result(batch, 0)->code, VG_OK);
    assert_int_equal(vg_batch_result(batch, 1)->code, VG_CONNECT);
    assert_int_equal(vg_batch_result(batch, 2)->code, VG_CONNECT);
    vg_batch_exec(batch, INSERT_INTO(owners, SET(name, "Fay")));
    assert_int_equal(vg_batch_run(batch), VG_CONNECT);
    vg_batch_close(batch);
}

static void test_batch__deferred_constraint(void **state)
{
    fixture *f = *state;
    vg_batch *batch;
    check_ok(f->db,
             vg_script(f->db, "create table d (id int unique deferrable initially "
                              "deferred)"));
    check_ok(f->db, vg_batch_open(f->db, &batch, VG_BATCH_WHOLE));
    vg_batch_exec(batch, RAW("insert into d values (1)"));
    vg_batch_exec(batch, RAW("insert into d values (1)"));
    assert_int_equal(vg_batch_run(batch), VG_UNIQUE);
    vg_batch_close(batch);
    COUNT_OWNERS(f->db, 0);
}

/* How much faster they are is for `make bench` to say. */
static void test_batch__of_many_reads(void **state)
{
    fixture *f = *state;
    enum { N = 100, ROUNDS = 3 };
    static struct owners *found[N];
    vg_batch *batch;
    fill(f->db);
    check_ok(f->db, vg_batch_open(f->db, &batch, VG_BATCH_WHOLE));
    for (int round = 0; round < ROUNDS; round++) {
        vg_arena_reset(&f->arena);
        for (int i = 0; i < N; i++)
            vg_batch_one(batch, &f->arena, &found[i], SELECT(owners),
                         WHERE(EQ(owners.id, (i + round) % 3 + 1)));
        check_ok(f->db, vg_batch_run(batch));
        for (int i = 0; i < N; i++)
            assert_int_equal(found[i]->id, (i + round) % 3 + 1);
    }
    vg_batch_close(batch);
}

int main(void)
{
#define TEST(name) cmocka_unit_test_setup_teardown(name, setup, pg_fixture_close)
    const struct CMUnitTest tests[] = {
        TEST(test_batch__runs_all),
        TEST(test_batch__whole_is_undone),
        TEST(test_batch__each_stands_alone),
        TEST(test_batch__in_a_transaction),
        TEST(test_batch__returning_is_whole),
        TEST(test_batch__invalid_is_not_sent),
        TEST(test_batch__large),
        TEST(test_batch__deadline),
        TEST(test_batch__polled),
        TEST(test_batch__killed_connection),
        TEST(test_batch__deferred_constraint),
        TEST(test_batch__of_many_reads),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
