/* Out of memory in what PostgreSQL has beyond statements: batches, COPY, notifications, locks.
 * The n-th allocation fails, for every n until none does; the call says so, nothing is left,
 * nothing is half done, and the connection works afterwards. */
#include "pg.h"
#include "rt_bank.h"
#include "rt_heap.h"
#include <stdio.h>

static int setup(void **state)
{
    return pg_fixture_open(state, &bank,
                           BANK_ROWS "alter table owners alter id restart with 10;"
                                     "alter table accounts alter constraint "
                                     "accounts_owner_id_owners_id_fk deferrable");
}

static int batch(vg_db *db, vg_arena *arena)
{
    vg_batch *b;
    owners_list list;
    struct owners *owner;
    vg_batch_open(db, &b, VG_BATCH_WHOLE);
    vg_batch_all(b, arena, &list, SELECT(owners));
    for (int i = 0; i < 20; i++)
        vg_batch_one(b, arena, &owner, SELECT(owners), WHERE(EQ(owners.id, i)));
    vg_batch_exec(b, INSERT_INTO(owners, SET(name, "Eve")));
    int rc = vg_batch_run(b);
    assert_int_equal(list.len, rc == VG_OK ? 3 : 0);
    vg_batch_close(b);
    return rc;
}

static int each(vg_db *db, vg_arena *arena)
{
    vg_batch *b;
    owners_list list;
    vg_batch_open(db, &b, VG_BATCH_EACH);
    vg_batch_all(b, arena, &list, SELECT(owners));
    vg_batch_exec(b, INSERT_INTO(owners, SET(name, "Eve")));
    int rc = vg_batch_run(b);
    /* The last one may stay although the first could not be read. */
    if (rc == VG_NO_MEMORY && vg_batch_count(b) == 2 &&
        vg_batch_result(b, 1)->code == VG_OK)
        vg_exec(db, DELETE_FROM(owners), WHERE(EQ(owners.name, "Eve")));
    vg_batch_close(b);
    return rc;
}

static int copy(vg_db *db, vg_arena *arena)
{
    struct owners_new rows[] = {{.name = "Eve"}};
    (void)arena;
    return vg_copy_in(db, owners, rows, 1);
}

static int copy_as_text(vg_db *db, vg_arena *arena)
{
    FILE *file = tmpfile();
    (void)arena;
    int rc = vg_copy_out(db, file, VG_COPY_CSV, SELECT(accounts),
                         WHERE(EQ(accounts.label, "daily")));
    if (rc == VG_OK)
        rc = vg_exec(db, INSERT_INTO(owners, SET(name, "Eve")));
    fclose(file);
    return rc;
}

static void hear(void *ctx, vg_db *db, const vg_notification *n)
{
    (void)ctx;
    (void)db;
    (void)n;
}

static int notify(vg_db *db, vg_arena *arena)
{
    (void)arena;
    int rc = vg_listen(db, "x", hear, NULL);
    if (rc == VG_OK)
        rc = vg_notify(db, "x", "y");
    if (rc == VG_OK)
        rc = vg_wait_notify(db, 5000);
    if (rc == VG_OK)
        rc = vg_lock(db, 5, 0, 100);
    if (rc == VG_OK)
        rc = vg_unlock(db, 5, 0);
    if (rc == VG_OK)
        rc = vg_exec(db, INSERT_INTO(owners, SET(name, "Eve")));
    return rc;
}

static int constraints(vg_db *db, vg_arena *arena)
{
    (void)arena;
    VG_TRANSACTION_WITH(db, tx, .isolation = VG_SERIALIZABLE)
    {
        vg_defer_constraints(db, NULL);
        vg_defer_constraints(db, "accounts_owner_id_owners_id_fk");
        vg_exec(db, INSERT_INTO(owners, SET(name, "Eve")));
    }
    return vg_result(db);
}

static void run(fixture *f, int (*scenario)(vg_db *db, vg_arena *arena))
{
    for (size_t nth = 1;; nth++) {
        rt_heap heap = {0};
        vg_db *db;
        vg_options options = {.allocator = rt_allocator(&heap)};
        vg_arena arena = {.allocator = rt_allocator(&heap)};
        check_ok(f->db, vg_open(&db, f->url, &options));
        pg_exec(f->url, "delete from owners where name = 'Eve'");
        rt_heap_arm(&heap, nth, false);
        int rc = scenario(db, &arena);
        bool failed = heap.failed;
        rt_heap_arm(&heap, 0, false);
        if (rc != VG_OK)
            assert_int_equal(rc, VG_NO_MEMORY);
        assert_true(failed || rc == VG_OK);
        check_pg(f->url, "select count(*) from owners", rc == VG_OK ? "4" : "3");
        if (rc != VG_OK)
            check_ok(db, scenario(db, &arena));
        vg_arena_free(&arena);
        vg_close(db);
        rt_heap_check_empty(&heap);
        if (!failed)
            return;
        assert_true(nth < 500);
    }
}

#define SCENARIO(name)                            \
    static void test_memory__##name(void **state) \
    {                                             \
        run(*state, name);                        \
    }
SCENARIO(batch)
SCENARIO(each)
SCENARIO(copy)
SCENARIO(copy_as_text)
SCENARIO(notify)
SCENARIO(constraints)

/* A batch of a hundred reads, the third time: Virga allocates nothing but the rows. */
static void test_memory__warm_batch_allocates_nothing(void **state)
{
    fixture *f = *state;
    rt_heap heap = {0};
    vg_db *db;
    vg_batch *b;
    struct owners *owner;
    vg_options options = {.allocator = rt_allocator(&heap)};
    check_ok(f->db, vg_open(&db, f->url, &options));
    check_ok(db, vg_batch_open(db, &b, VG_BATCH_WHOLE));
    size_t calls = 0;
    for (int round = 0; round < 4; round++) {
        vg_arena_reset(&f->arena);
        for (int i = 0; i < 100; i++)
            vg_batch_one(b, &f->arena, &owner, SELECT(owners),
                         WHERE(EQ(owners.id, i % 3 + 1)));
        check_ok(db, vg_batch_run(b));
        if (round == 3)
            assert_int_equal(heap.calls, calls);
        calls = heap.calls;
    }
    vg_batch_close(b);
    vg_close(db);
    rt_heap_check_empty(&heap);
}

int main(void)
{
#define TEST(name) cmocka_unit_test_setup_teardown(name, setup, pg_fixture_close)
    const struct CMUnitTest tests[] = {
        TEST(test_memory__batch),
        TEST(test_memory__each),
        TEST(test_memory__copy),
        TEST(test_memory__copy_as_text),
        TEST(test_memory__notify),
        TEST(test_memory__constraints),
        TEST(test_memory__warm_batch_allocates_nothing),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
