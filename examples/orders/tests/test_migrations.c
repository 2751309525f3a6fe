/* The migrations, as they are embedded in the program: they lead from nothing to what the
 * queries ask, and from an old database to a new one with its orders.
 * SPDX-License-Identifier: MIT */
#include "support.h"

#include <stdio.h>
#include <string.h>

extern const vg_migrations shop_migrations;
extern const char shop_fingerprint[];

static const vg_migrate_options first = {.to = "0000_create_orders"};

static vg_db *open_at(const vg_migrate_options *options)
{
    vg_db *db;
    assert_int_equal(vg_open(&db, ":memory:", NULL), VG_OK);
    assert_int_equal(vg_migrate(db, &shop_migrations, options), VG_OK);
    return db;
}

/* An order as the first version of the program stored it. */
static void store_old(vg_db *db)
{
    assert_int_equal(
        vg_script(db,
                  "insert into orders (customer_id, status, total_cents, updated_at)"
                  " values (7, 'paid', 900, 0);"
                  "insert into order_items (order_id, sku, quantity, unit_cents)"
                  " values (1, 'tea', 2, 450);"),
        VG_OK);
}

static void test_migrations__lead_to_what_queries_ask(void **state)
{
    (void)state;
    vg_arena arena = {0};
    vg_findings findings;
    vg_db *db = open_at(NULL);
    if (vg_verify(db, &shop, &arena, &findings) != VG_OK)
        fail_msg("%s", vg_findings_text(&findings, &arena));
    assert_int_equal(vg_check_fingerprint(db, NULL, shop_fingerprint), VG_OK);
    vg_arena_free(&arena);
    vg_close(db);
}

static void test_migrations__keep_the_orders(void **state)
{
    (void)state;
    vg_arena arena = {0};
    order o;
    vg_db *db = open_at(&first);
    store_old(db);
    assert_int_equal(vg_migrate(db, &shop_migrations, NULL), VG_OK);
    assert_int_equal(order_find(db, &arena, 1, &o), VG_OK);
    assert_int_equal(o.head->status, ORDER_PAID);
    assert_null(o.head->note);
    assert_int_equal(o.items.len, 1);
    vg_arena_free(&arena);
    vg_close(db);
}

static void test_migrations__can_be_taken_back(void **state)
{
    (void)state;
    int64_t items = 0;
    char before[VG_FINGERPRINT_ROOM];
    vg_db *db = open_at(&first);
    store_old(db);
    assert_int_equal(vg_fingerprint(db, NULL, before), VG_OK);
    assert_int_equal(vg_migrate(db, &shop_migrations, NULL), VG_OK);
    assert_int_equal(vg_rollback_migrations(db, &shop_migrations, NULL), VG_OK);
    assert_int_equal(vg_check_fingerprint(db, NULL, before), VG_OK);
    assert_int_equal(vg_count(db, &items, FROM(order_items)), VG_OK);
    assert_int_equal(items, 1);
    vg_close(db);
}

/* A database that a newer program has migrated is told, and served. */
static void test_migrations__of_a_newer_program_are_no_obstacle(void **state)
{
    (void)state;
    char folder[64], url[96];
    vg_db *db;
    rig r;
    folder_make(folder);
    snprintf(url, sizeof url, "%s/orders.db", folder);
    const char *const pairs[] = {"DATABASE_URL", url, NULL};
    rig_open(&r, pairs);
    rig_close(&r);
    assert_int_equal(vg_open(&db, url, NULL), VG_OK);
    assert_int_equal(vg_script(db, "alter table orders add column later text;"
                                   "insert into __drizzle_migrations (hash, created_at)"
                                   " values ('of the newer one', 9999999999999);"),
                     VG_OK);
    vg_close(db);
    rig_open(&r, pairs);
    rig_close(&r);
    folder_remove(folder);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_migrations__lead_to_what_queries_ask),
        cmocka_unit_test(test_migrations__keep_the_orders),
        cmocka_unit_test(test_migrations__can_be_taken_back),
        cmocka_unit_test(test_migrations__of_a_newer_program_are_no_obstacle),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
