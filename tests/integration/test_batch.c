/* Batches on SQLite, where the statements run one after the other: the same results as on
 * PostgreSQL (test_pg_batch.c). */
#include "check.h"
#include "rt_bank.h"
#include "rt_heap.h"

static int setup(void **state)
{
    return fixture_open(state, &bank, BANK_ROWS);
}

#define check_owners(db, n) check_rows((db), "select count(*) from owners", (n))

/* Proves: Q090. */
static void test_batch__runs_all(void **state)
{
    fixture *f = *state;
    vg_batch *batch;
    owners_list list;
    struct accounts *account, *none;
    int64_t n = 0;
    check_ok(f->db, vg_batch_open(f->db, &batch, VG_BATCH_WHOLE));
    assert_int_equal(vg_fd(f->db), -1);
    for (int round = 0; round < 2; round++) {
        vg_batch_all(batch, &f->arena, &list, SELECT(owners), ORDER_BY(owners.id));
        vg_batch_one(batch, &f->arena, &account, SELECT(accounts),
                     WHERE(EQ(accounts.id, 2)));
        vg_batch_one(batch, &f->arena, &none, SELECT(accounts),
                     WHERE(EQ(accounts.id, 77)));
        vg_batch_exec(batch, UPDATE(accounts, SET(balance, 5)),
                      WHERE(EQ(accounts.owner_id, 1)));
        vg_batch_get(batch, NULL, &n, SELECT_VALUE(COUNT()), FROM(accounts),
                     WHERE(EQ(accounts.balance, 5)));
        if (round == 0)
            check_ok(f->db, vg_batch_run(batch));
        else
            assert_int_equal(vg_batch_poll(batch), 0);
        assert_int_equal(vg_batch_code(batch), VG_OK);
        assert_int_equal(list.len, 3);
        check_text(account->label, "savings");
        assert_null(none);
        assert_int_equal(n, 2);
        assert_int_equal(vg_batch_count(batch), 5);
        assert_int_equal(vg_batch_result(batch, 0)->rows, 3);
        assert_int_equal(vg_batch_result(batch, 2)->code, VG_NOT_FOUND);
        assert_int_equal(vg_batch_result(batch, 3)->changes, 2);
    }
    vg_batch_close(batch);
}

/* Proves: Q090. */
static void test_batch__whole_is_undone(void **state)
{
    fixture *f = *state;
    vg_batch *batch;
    owners_list list;
    struct owners_new news[] = {{.name = "Gus"}, {.name = "Hal", .level = {true, 7}}};
    check_ok(f->db, vg_batch_open(f->db, &batch, VG_BATCH_WHOLE));
    vg_batch_all(batch, &f->arena, &list, INSERT_INTO(owners, VALUES(news, 2)),
                 RETURNING(owners));
    vg_batch_exec(batch, INSERT_INTO(owners, SET(name, "Ada")));
    vg_batch_exec(batch, INSERT_INTO(owners, SET(name, "Eve")));
    assert_int_equal(vg_batch_run(batch), VG_UNIQUE);
    assert_int_equal(vg_batch_result(batch, 0)->code, VG_ROLLED_BACK);
    assert_int_equal(vg_batch_result(batch, 1)->code, VG_UNIQUE);
    assert_int_equal(vg_batch_result(batch, 2)->code, VG_ROLLED_BACK);
    assert_int_equal(list.len, 0);
    check_owners(f->db, "3");
    vg_batch_all(batch, &f->arena, &list, INSERT_INTO(owners, VALUES(news, 2)),
                 RETURNING(owners));
    check_ok(f->db, vg_batch_run(batch));
    assert_int_equal(list.len, 2);
    assert_int_equal(vg_batch_result(batch, 0)->changes, 2);
    check_owners(f->db, "5");
    VG_TRANSACTION(f->db, tx) {
        vg_batch_exec(batch, INSERT_INTO(owners, SET(name, "Eve")));
        vg_batch_exec(batch, INSERT_INTO(owners, SET(name, "Ada")));
        assert_int_equal(vg_batch_run(batch), VG_UNIQUE);
    }
    assert_int_equal(vg_result(f->db), VG_UNIQUE);
    check_owners(f->db, "5");
    vg_batch_close(batch);
}

static void test_batch__each_stands_alone(void **state)
{
    fixture *f = *state;
    vg_batch *batch;
    owners_list list;
    struct owners_new news[] = {{.name = "Gus", .level = {true, 7}}, {.name = "Ada"}};
    check_ok(f->db, vg_batch_open(f->db, &batch, VG_BATCH_EACH));
    vg_batch_exec(batch, INSERT_INTO(owners, SET(name, "Eve")));
    vg_batch_exec(batch, INSERT_INTO(owners, SET(name, "Ada")));
    vg_batch_exec(batch, INSERT_INTO(owners, VALUES(news, 2)));
    vg_batch_all(batch, &f->arena, &list, SELECT(owners));
    assert_int_equal(vg_batch_run(batch), VG_UNIQUE);
    assert_int_equal(vg_batch_result(batch, 0)->code, VG_OK);
    assert_int_equal(vg_batch_result(batch, 1)->code, VG_UNIQUE);
    assert_int_equal(vg_batch_result(batch, 2)->code, VG_UNIQUE);
    assert_int_equal(vg_batch_result(batch, 3)->code, VG_OK);
    assert_int_equal(list.len, 4);
    assert_int_equal(vg_batch_one(batch, &f->arena, &(struct owners *){0},
                                  INSERT_INTO(owners, SET(name, "y")),
                                  RETURNING(owners)),
                     VG_MISUSE);
    assert_int_equal(vg_batch_run(batch), VG_MISUSE);
    VG_TRANSACTION(f->db, tx) {
        vg_batch_exec(batch, INSERT_INTO(owners, SET(name, "x")));
        assert_int_equal(vg_batch_run(batch), VG_MISUSE);
    }
    vg_batch_close(batch);
    assert_int_equal(vg_batch_run(batch), VG_MISUSE);
    check_owners(f->db, "4");
}

/* Other statements while a batch is being built, the same ones too. */
static void test_batch__others_meanwhile(void **state)
{
    fixture *f = *state;
    vg_batch *one, *two;
    owners_list a, b, c;
    check_ok(f->db, vg_batch_open(f->db, &one, VG_BATCH_WHOLE));
    check_ok(f->db, vg_batch_open(f->db, &two, VG_BATCH_WHOLE));
    for (int i = 0; i < 2; i++) {
        vg_batch_all(one, &f->arena, &a, SELECT(owners));
        vg_batch_all(two, &f->arena, &b, SELECT(owners));
        check_ok(f->db, vg_all(f->db, &f->arena, &c, SELECT(owners)));
    }
    vg_batch_close(two);
    check_ok(f->db, vg_batch_run(one));
    assert_int_equal(a.len, 3);
    assert_int_equal(c.len, 3);
    assert_int_equal(b.len, 0);
    vg_batch_all(one, &f->arena, &a, SELECT(owners)); /* left open, and full */
}

static int scenario(vg_db *db, vg_arena *arena)
{
    vg_batch *batch;
    owners_list list;
    struct owners *owner;
    char name[] = "Eve";
    vg_batch_open(db, &batch, VG_BATCH_WHOLE);
    vg_batch_all(batch, arena, &list, SELECT(owners));
    for (int i = 0; i < 40; i++)
        vg_batch_one(batch, arena, &owner, SELECT(owners), WHERE(EQ(owners.id, i)));
    vg_batch_exec(batch, INSERT_INTO(owners, SET(name, name)));
    memset(name, 0, sizeof name); /* values are copied */
    vg_batch_exec(batch, UPDATE(owners, SET(level, 3)), WHERE(EQ(owners.name, "Eve")));
    int rc = vg_batch_run(batch);
    if (rc == VG_OK) {
        assert_int_equal(list.len, 3);
        assert_int_equal(vg_batch_result(batch, 42)->changes, 1);
    }
    vg_batch_close(batch);
    return rc;
}

static void test_batch__memory(void **state)
{
    (void)state;
    for (size_t nth = 1;; nth++) {
        rt_heap heap = {0};
        vg_options options = {.allocator = rt_allocator(&heap)};
        vg_db *db = rt_bank_open(&options);
        vg_arena arena = {.allocator = rt_allocator(&heap)};
        rt_heap_arm(&heap, nth, false);
        int rc = scenario(db, &arena);
        bool failed = heap.failed;
        rt_heap_arm(&heap, 0, false);
        assert_int_equal(rc, failed ? VG_NO_MEMORY : VG_OK);
        check_owners(db, failed ? "3" : "4");
        if (failed)
            check_ok(db, scenario(db, &arena));
        vg_arena_reset(&arena);
        size_t calls = heap.calls;
        if (!failed) { /* warm: nothing is allocated but the arena's rows */
            vg_exec(db, DELETE_FROM(owners), WHERE(EQ(owners.name, "Eve")));
            vg_arena rows = {0};
            calls = heap.calls;
            check_ok(db, scenario(db, &rows));
            assert_int_equal(heap.calls, calls);
            vg_arena_free(&rows);
        }
        vg_arena_free(&arena);
        vg_close(db);
        rt_heap_check_empty(&heap);
        if (!failed)
            break;
    }
}

int main(void)
{
#define TEST(name) cmocka_unit_test_setup_teardown(name, setup, fixture_close)
    const struct CMUnitTest tests[] = {
        TEST(test_batch__runs_all),           TEST(test_batch__whole_is_undone),
        TEST(test_batch__each_stands_alone),  TEST(test_batch__others_meanwhile),
        cmocka_unit_test(test_batch__memory),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
