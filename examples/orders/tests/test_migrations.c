/* The migrations, as they are embedded in the program: they lead from nothing to what the
 * queries ask, and from an old database to a new one with its orders.
 * SPDX-License-Identifier: MIT */
#include "support.h"

#include <stdio.h>
#include <string.h>

extern const char shop_fingerprint[];

static const vg_migrate_options first = {.to = "0000_create_orders"};

static vg_db *open_at(place *p, const vg_migrate_options *options)
{
    vg_db *db;
    place_make(p);
    assert_int_equal(vg_open(&db, p->url, NULL), VG_OK);
    assert_int_equal(vg_migrate(db, database_migrations(db), options), VG_OK);
    return db;
}

static void close_at(place *p, vg_db *db)
{
    assert_int_equal(vg_close(db), VG_OK);
    place_remove(p);
}

/* An order as the first version of the program stored it. */
static void store_old(vg_db *db)
{
    assert_int_equal(
        vg_script(db,
                  "insert into orders (customer_id, status, total_cents, updated_at)"
                  " values (7, 'paid', 900, current_timestamp);"
                  "insert into order_items (order_id, sku, quantity, unit_cents)"
                  " values (1, 'tea', 2, 450);"),
        VG_OK);
}

static void test_migrations__lead_to_what_queries_ask(void **state)
{
    (void)state;
    vg_arena arena = {0};
    vg_findings findings;
    place p;
    vg_db *db = open_at(&p, NULL);
    if (vg_verify(db, &shop, &arena, &findings) != VG_OK)
        fail_msg("%s", vg_findings_text(&findings, &arena));
    if (!on_postgresql()) /* its fingerprint would need a server when it is embedded */
        assert_int_equal(vg_check_fingerprint(db, NULL, shop_fingerprint), VG_OK);
    vg_arena_free(&arena);
    close_at(&p, db);
}

static void test_migrations__keep_the_orders(void **state)
{
    (void)state;
    vg_arena arena = {0};
    order o;
    place p;
    vg_db *db = open_at(&p, &first);
    store_old(db);
    assert_int_equal(vg_migrate(db, database_migrations(db), NULL), VG_OK);
    assert_int_equal(order_find(db, &arena, 1, &o), VG_OK);
    assert_int_equal(o.head->status, ORDER_PAID);
    assert_null(o.head->note);
    assert_int_equal(o.items.len, 1);
    vg_arena_free(&arena);
    close_at(&p, db);
}

static void test_migrations__can_be_taken_back(void **state)
{
    (void)state;
    int64_t items = 0;
    char before[VG_FINGERPRINT_ROOM];
    place p;
    vg_db *db = open_at(&p, &first);
    store_old(db);
    assert_int_equal(vg_fingerprint(db, NULL, before), VG_OK);
    assert_int_equal(vg_migrate(db, database_migrations(db), NULL), VG_OK);
    assert_int_equal(vg_rollback_migrations(db, database_migrations(db), NULL), VG_OK);
    assert_int_equal(vg_check_fingerprint(db, NULL, before), VG_OK);
    assert_int_equal(vg_count(db, &items, FROM(order_items)), VG_OK);
    assert_int_equal(items, 1);
    close_at(&p, db);
}

/* A database that a newer program has migrated is told, and served. */
static void test_migrations__of_a_newer_program_are_no_obstacle(void **state)
{
    (void)state;
    place p;
    vg_db *db;
    rig r;
    place_make(&p);
    const char *const pairs[] = {"DATABASE_URL", p.url, NULL};
    rig_open(&r, pairs);
    rig_close(&r);
    assert_int_equal(vg_open(&db, p.url, NULL), VG_OK);
    assert_int_equal(vg_script(db, "alter table orders add column later text"), VG_OK);
    assert_int_equal(
        vg_script(db,
                  on_postgresql()
                      ? "insert into drizzle.__drizzle_migrations (hash, created_at)"
                        " values ('of the newer one', 9999999999999)"
                      : "insert into __drizzle_migrations (hash, created_at)"
                        " values ('of the newer one', 9999999999999)"),
        VG_OK);
    vg_close(db);
    rig_open(&r, pairs);
    rig_close(&r);
    place_remove(&p);
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
