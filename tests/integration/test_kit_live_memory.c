/* Each allocation of the kit fails once while it pulls, pushes and looks for drift: it says so,
 * nothing leaks, and the database is as it was. */
#include "check.h"
#include <stdio.h>
#include <stdlib.h>
#include <unistd.h>
#include <virga/kit.h>

// clang-format off
TABLE(kept,
    COLUMN(id,   INTEGER, PRIMARY_KEY),
    COLUMN(name, TEXT,    NOT_NULL, UNIQUE),
    COLUMN(more, TEXT,    DEFAULT("x")))
SCHEMA(wanted, kept)
// clang-format on

typedef struct heap {
    long left;
    bool failed;
} heap;

static void *nth(void *ctx, void *ptr, size_t old, size_t size)
{
    heap *h = ctx;
    (void)old;
    if (size && h->left-- <= 0) {
        h->failed = true;
        return NULL;
    }
    if (size)
        return realloc(ptr, size);
    free(ptr);
    return NULL;
}

static const char before[] =
    "create table kept (id integer primary key, name text, odd int check (odd > 0));"
    "insert into kept values (1, 'a', 3);"
    "create view seen as select name from kept;"
    "create virtual table found using fts5(name, content=kept, content_rowid=id);";

typedef int (*doing)(vg_kit *kit, vg_db *db);

static int do_pull(vg_kit *kit, vg_db *db)
{
    vg_kit_pulled pulled;
    return vg_kit_pull(kit, db, &(vg_kit_pull_options){.no_baseline = true}, &pulled);
}

static int do_push(vg_kit *kit, vg_db *db)
{
    const vg_kit_decision is_new = {VG_KIT_COLUMN, "kept", NULL, "more"};
    vg_kit_push plan;
    int rc = vg_kit_push_plan(kit, db, &wanted, &(vg_kit_decisions){&is_new, 1}, &plan);
    return rc == VG_OK ? vg_kit_push_apply(kit, db, &plan) : rc;
}

static void fail_each(doing what)
{
    for (long n = 0;; n++) {
        heap h = {n, false};
        vg_kit *kit;
        vg_db *db;
        assert_true(n < 100000);
        assert_int_equal(vg_open(&db, ":memory:", NULL), VG_OK);
        check_ok(db, vg_script(db, before));
        int rc = vg_kit_open(&kit, &(vg_kit_config){.allocator = {nth, &h}});
        if (rc == VG_OK)
            rc = what(kit, db);
        assert_int_equal(rc, h.failed ? VG_NO_MEMORY : VG_OK);
        if (h.failed)
            check_rows(
                db,
                "select count(*), (select count(*) from pragma_table_info('kept')) "
                "from kept",
                "1|3");
        vg_kit_close(kit);
        assert_int_equal(vg_close(db), VG_OK);
        if (!h.failed)
            return;
    }
}

static void test_pull__no_memory(void **state)
{
    (void)state;
    fail_each(do_pull);
}

static void test_push__no_memory(void **state)
{
    (void)state;
    fail_each(do_push);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_pull__no_memory),
        cmocka_unit_test(test_push__no_memory),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
