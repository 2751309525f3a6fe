/* The repository on a new database. SPDX-License-Identifier: MIT */
#include "support.h"

#include <string.h>

static void make(rig *r, int64_t customer, size_t count, order *out)
{
    order_draft draft = rig_draft(r, customer, count);
    draft.total_cents = 1;
    VG_WRITE(r->database.pool, db)
        assert_int_equal(order_create(db, &r->arena, &draft, out), VG_OK);
}

static int64_t rows_of(rig *r)
{
    int64_t heads = -1, items = -1;
    VG_WRITE(r->database.pool, db) {
        assert_int_equal(orders_count(db, &heads), VG_OK);
        assert_int_equal(vg_count(db, &items, FROM(order_items)), VG_OK);
    }
    return heads * 1000 + items;
}

static void test_orders__are_created_with_their_items(void **state)
{
    (void)state;
    rig r;
    order made, found;
    rig_open(&r, NULL);
    make(&r, 7, 3, &made);
    assert_int_equal(made.head->status, ORDER_PENDING);
    assert_int_equal(made.items.len, 3);
    VG_WRITE(r.database.pool, db)
        assert_int_equal(order_find(db, &r.arena, made.head->id, &found), VG_OK);
    assert_int_equal(found.head->customer_id, 7);
    assert_int_equal(found.items.len, 3);
    for (size_t i = 0; i < 3; i++) {
        assert_string_equal(found.items.data[i].sku, made.items.data[i].sku);
        assert_int_equal(found.items.data[i].quantity, i + 1);
    }
    rig_close(&r);
}

static void test_orders__are_stored_whole_or_not_at_all(void **state)
{
    (void)state;
    rig r;
    order made;
    rig_open(&r, NULL);
    order_draft draft = rig_draft(&r, 7, 3);
    draft.items[2].quantity = 0; /* a CHECK refuses it, after the head and two items */
    VG_WRITE(r.database.pool, db) {
        assert_int_equal(order_create(db, &r.arena, &draft, &made), VG_CHECK);
        assert_string_equal(vg_errinfo(db)->constraint, "order_items_quantity");
    }
    draft.items[2].quantity = 1;
    draft.items[2].sku = draft.items[0].sku;
    VG_WRITE(r.database.pool, db)
        assert_int_equal(order_create(db, &r.arena, &draft, &made), VG_UNIQUE);
    assert_int_equal(rows_of(&r), 0);
    rig_close(&r);
}

/* Every statement, commit and allocation fails once: nothing is left half done. */
static void test_orders__survive_every_fault(void **state)
{
    (void)state;
    vg_db *db;
    place p;
    vg_arena arena = {0};
    int64_t heads = 0, items = 0, made_before = 0;
    uint64_t failures = 0;
    place_make(&p);
    assert_int_equal(vg_open(&db, p.url, &(vg_options){.faults = true}), VG_OK);
    assert_int_equal(vg_create(db, &shop), VG_OK);
    VG_FOR_EACH_FAULT(db, n)
    {
        struct order_items_new two[] = {{.sku = "a", .quantity = 1, .unit_cents = 1},
                                        {.sku = "b", .quantity = 1, .unit_cents = 1}};
        order_draft draft = {.customer_id = 1, .items = two, .item_count = 2};
        order made;
        int rc = order_create(db, &arena, &draft, &made);
        bool failed = vg_fault_stop(db);
        assert_true(failed == (rc != VG_OK));
        assert_int_equal(orders_count(db, &heads), VG_OK);
        assert_int_equal(vg_count(db, &items, FROM(order_items)), VG_OK);
        assert_int_equal(heads, made_before + !failed);
        assert_int_equal(items, 2 * heads);
        made_before = heads;
        failures += failed;
        vg_arena_reset(&arena);
    }
    assert_true(failures > 3);
    vg_arena_free(&arena);
    assert_int_equal(vg_close(db), VG_OK);
    place_remove(&p);
}

static void test_orders__take_a_key_once_for_each_customer(void **state)
{
    (void)state;
    rig r;
    order made, found;
    rig_open(&r, NULL);
    order_draft draft = rig_draft(&r, 7, 1);
    draft.request_key = "k";
    VG_WRITE(r.database.pool, db) {
        assert_int_equal(order_create(db, &r.arena, &draft, &made), VG_OK);
        assert_int_equal(order_create(db, &r.arena, &draft, &found), VG_UNIQUE);
        assert_int_equal(order_find_by_key(db, &r.arena, 7, "k", &found), VG_OK);
        assert_int_equal(found.head->id, made.head->id);
        assert_int_equal(order_find_by_key(db, &r.arena, 8, "k", &found), VG_NOT_FOUND);
        draft.customer_id = 8;
        assert_int_equal(order_create(db, &r.arena, &draft, &made), VG_OK);
    }
    rig_close(&r);
}

static void test_orders__come_in_pages(void **state)
{
    (void)state;
    rig r;
    order made;
    order_card_list cards;
    order_page page = {.customer_id = 1, .before = INT64_MAX, .most = 5};
    int seen = 0;
    rig_open(&r, NULL);
    for (int i = 0; i < 25; i++)
        make(&r, 1 + i % 2, 2, &made);
    VG_WRITE(r.database.pool, db) {
        do {
            assert_int_equal(orders_of_customer(db, &r.arena, &page, &cards), VG_OK);
            for (size_t i = 0; i < cards.len; i++, seen++) {
                assert_true(cards.data[i].id < page.before);
                assert_int_equal(cards.data[i].items, 2);
                page.before = cards.data[i].id;
            }
        } while (cards.len == 5);
    }
    assert_int_equal(seen, 13);
    rig_close(&r);
}

static void test_orders__come_by_status(void **state)
{
    (void)state;
    rig r;
    order made;
    struct orders *head;
    order_card_list cards;
    order_page page = {
        .customer_id = 1, .before = INT64_MAX, .most = 5, .has_status = true};
    rig_open(&r, NULL);
    for (int i = 0; i < 3; i++)
        make(&r, 1, 1, &made);
    VG_WRITE(r.database.pool, db) {
        order_set_status(db, &r.arena, 2, ORDER_PENDING, ORDER_PAID, &head);
        assert_int_equal(orders_of_customer(db, &r.arena, &page, &cards), VG_OK);
        assert_int_equal(cards.len, 2);
        page.status = ORDER_PAID;
        assert_int_equal(orders_of_customer(db, &r.arena, &page, &cards), VG_OK);
        assert_int_equal(cards.len, 1);
        assert_int_equal(cards.data[0].id, 2);
    }
    rig_close(&r);
}

static void test_orders__change_status_from_what_it_was(void **state)
{
    (void)state;
    rig r;
    order made;
    struct orders *head;
    rig_open(&r, NULL);
    make(&r, 1, 1, &made);
    VG_WRITE(r.database.pool, db) {
        int64_t id = made.head->id;
        assert_int_equal(
            order_set_status(db, &r.arena, id, ORDER_PENDING, ORDER_PAID, &head),
            VG_OK);
        assert_int_equal(head->status, ORDER_PAID);
        assert_true(head->updated_at.us >= made.head->updated_at.us);
        assert_int_equal(
            order_set_status(db, &r.arena, id, ORDER_PENDING, ORDER_CANCELLED, &head),
            VG_NOT_FOUND);
    }
    rig_close(&r);
}

static void test_orders__take_their_items_with_them(void **state)
{
    (void)state;
    rig r;
    order first, second;
    rig_open(&r, NULL);
    make(&r, 1, 4, &first);
    make(&r, 1, 2, &second);
    assert_int_equal(rows_of(&r), 2006);
    VG_WRITE(r.database.pool, db) {
        assert_int_equal(order_delete(db, first.head->id), VG_OK);
        assert_int_equal(order_delete(db, first.head->id), VG_NOT_FOUND);
    }
    assert_int_equal(rows_of(&r), 1002);
    rig_close(&r);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_orders__are_created_with_their_items),
        cmocka_unit_test(test_orders__are_stored_whole_or_not_at_all),
        cmocka_unit_test(test_orders__survive_every_fault),
        cmocka_unit_test(test_orders__take_a_key_once_for_each_customer),
        cmocka_unit_test(test_orders__come_in_pages),
        cmocka_unit_test(test_orders__come_by_status),
        cmocka_unit_test(test_orders__change_status_from_what_it_was),
        cmocka_unit_test(test_orders__take_their_items_with_them),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
