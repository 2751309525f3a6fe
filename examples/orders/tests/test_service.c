/* The rules: validation, totals, keys, steps. SPDX-License-Identifier: MIT */
#include "support.h"
#include "wire.h"

#include <pthread.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

/* What is wrong with a body, as "field: problem\n" for each fault. */
static const char *faults_of(rig *r, const char *body, char out[4096])
{
    order_draft draft;
    faults f = {0};
    size_t len = 0;
    assert_true(wire_read_draft(body, strlen(body), &r->arena, &draft, &f));
    service_check(&draft, &f);
    out[0] = '\0';
    for (size_t i = 0; i < f.len; i++)
        len += (size_t)snprintf(out + len, 4096 - len, "%s: %s\n", f.list[i].field,
                                f.list[i].problem);
    return out;
}

// clang-format off
static const struct {
    const char *body, *faults;
} bodies[] = {
    {"{\"customer_id\": 1, \"items\": [{\"sku\": \"a\", \"quantity\": 1, \"unit_cents\": 0}]}",
     ""},
    {"", ": line 1, column 1: the text ends where a value is expected\n"},
    {"[]", ": must be an object\n"},
    {"{\"customer_id\": 1, \"customer_id\": 1}",
     "/customer_id: stands there twice\n/items: is required\n"},
    {"{}", "/customer_id: is required\n/items: is required\n"},
    {"{\"customer_id\": 1.5, \"items\": {}, \"x\": 1, \"total_cents\": 0}",
     "/customer_id: must be a whole number\n"
     "/x: is unknown\n"
     "/total_cents: must not be given\n"
     "/items: must be an array\n"},
    {"{\"customer_id\": 99999999999999999999, \"items\": []}",
     "/customer_id: must be between -9223372036854775808 and 9223372036854775807\n"
     "/items: must be a list of 1 to 100 items\n"},
    {"{\"customer_id\": -1, \"items\": [1,"
     " {\"sku\": \"\",  \"quantity\": 0,     \"unit_cents\": 1000000001},"
     " {\"sku\": \"a\", \"quantity\": 10001, \"unit_cents\": -1, \"colour\": 1},"
     " {\"sku\": \"a\", \"quantity\": true,  \"unit_cents\": null}]}",
     "/customer_id: must be at least 1\n"
     "/items/0: must be an object\n"
     "/items/1/sku: must match the pattern ^[A-Za-z0-9._-]+$\n"
     "/items/1/quantity: must be at least 1\n"
     "/items/1/unit_cents: must be at most 1000000000\n"
     "/items/2/quantity: must be at most 10000\n"
     "/items/2/unit_cents: must be at least 0\n"
     "/items/2/colour: is unknown\n"
     "/items/3/quantity: must be a whole number\n"
     "/items/3/unit_cents: must not be null\n"
     "/items/3/sku: is that of /items/2; add the quantities up\n"},
};
// clang-format on

static void test_service__names_every_fault(void **state)
{
    (void)state;
    rig r;
    char text[4096];
    rig_open(&r, NULL);
    for (size_t i = 0; i < sizeof bodies / sizeof *bodies; i++)
        assert_string_equal(faults_of(&r, bodies[i].body, text), bodies[i].faults);
    rig_close(&r);
}

static void test_service__counts_the_faults_it_does_not_name(void **state)
{
    (void)state;
    rig r;
    faults f = {0};
    rig_open(&r, NULL);
    order_draft draft = rig_draft(&r, 1, 100);
    for (size_t i = 0; i < 100; i++)
        draft.items[i].quantity = 0;
    assert_false(service_check(&draft, &f));
    assert_int_equal(f.len, FAULTS_MAX);
    assert_int_equal(f.left_out, 100 - FAULTS_MAX);
    rig_close(&r);
}

static void test_service__adds_up_the_largest_order(void **state)
{
    (void)state;
    rig r;
    faults f = {0};
    order made;
    rig_open(&r, NULL);
    order_draft draft = rig_draft(&r, 1, ITEMS_MAX);
    for (size_t i = 0; i < ITEMS_MAX; i++) {
        draft.items[i].quantity = QUANTITY_MAX;
        draft.items[i].unit_cents = UNIT_CENTS_MAX;
    }
    assert_int_equal(service_place(&r.service, &r.arena, &draft, &f, &made),
                     SERVICE_OK);
    assert_true(made.head->total_cents == INT64_C(1000000000000000));
    rig_close(&r);
}

static void test_service__makes_one_order_of_a_key(void **state)
{
    (void)state;
    rig r;
    faults f = {0};
    order first, again;
    rig_open(&r, NULL);
    order_draft draft = rig_draft(&r, 1, 2);
    draft.request_key = "k";
    assert_int_equal(service_place(&r.service, &r.arena, &draft, &f, &first),
                     SERVICE_OK);
    assert_int_equal(service_place(&r.service, &r.arena, &draft, &f, &again),
                     SERVICE_REPEATED);
    assert_int_equal(again.head->id, first.head->id);
    draft.items[1].quantity = 9;
    assert_int_equal(service_place(&r.service, &r.arena, &draft, &f, &again),
                     SERVICE_KEY_REUSED);
    draft.items[1].quantity = 2;
    draft.note = "another one";
    assert_int_equal(service_place(&r.service, &r.arena, &draft, &f, &again),
                     SERVICE_KEY_REUSED);
    draft.request_key = "no blanks";
    assert_int_equal(service_place(&r.service, &r.arena, &draft, &f, &again),
                     SERVICE_INVALID);
    assert_string_equal(f.list[0].field, "Idempotency-Key");
    rig_close(&r);
}

/* All 25 pairs: those of the table are taken, the same one changes nothing, no other. */
static void test_service__takes_allowed_steps_only(void **state)
{
    (void)state;
    rig r;
    rig_open(&r, NULL);
    int taken = 0;
    for (int from = ORDER_PENDING; from <= ORDER_CANCELLED; from++)
        for (int to = ORDER_PENDING; to <= ORDER_CANCELLED; to++) {
            order made, moved;
            faults f = {0};
            order_draft draft = rig_draft(&r, 1, 1);
            assert_int_equal(service_place(&r.service, &r.arena, &draft, &f, &made), 0);
            VG_WRITE(r.database.pool, db)
                assert_int_equal(
                    vg_exec(db, UPDATE(orders, SET(status, (enum order_status)from)),
                            WHERE(EQ(orders.id, made.head->id))),
                    VG_OK);
            bool may =
                service_may_become((enum order_status)from, (enum order_status)to);
            assert_int_equal(service_move(&r.service, &r.arena, made.head->id,
                                          (enum order_status)to, &moved),
                             may || from == to ? SERVICE_OK : SERVICE_NOT_ALLOWED);
            assert_int_equal(moved.head->status, may ? to : from);
            assert_int_equal(moved.items.len, 1);
            taken += may;
        }
    assert_int_equal(taken, 5);
    rig_close(&r);
}

static void test_service__deletes_what_was_not_paid(void **state)
{
    (void)state;
    rig r;
    order made, o;
    faults f = {0};
    rig_open(&r, NULL);
    order_draft draft = rig_draft(&r, 1, 1);
    service_place(&r.service, &r.arena, &draft, &f, &made);
    int64_t id = made.head->id;
    const service *s = &r.service;
    assert_int_equal(service_move(s, &r.arena, id, ORDER_PAID, &o), SERVICE_OK);
    assert_int_equal(service_delete(s, &r.arena, id, &o), SERVICE_NOT_ALLOWED);
    assert_int_equal(service_move(s, &r.arena, id, ORDER_CANCELLED, &o), SERVICE_OK);
    assert_int_equal(service_delete(s, &r.arena, id, &o), SERVICE_OK);
    assert_int_equal(service_delete(s, &r.arena, id, &o), SERVICE_NOT_FOUND);
    assert_int_equal(service_find(s, &r.arena, id, &o), SERVICE_NOT_FOUND);
    rig_close(&r);
}

static void test_service__ends_the_pages(void **state)
{
    (void)state;
    rig r;
    order made;
    faults f = {0};
    order_card_list page;
    int64_t next;
    rig_open(&r, NULL);
    for (int i = 0; i < 4; i++) {
        order_draft draft = rig_draft(&r, 1, 1);
        service_place(&r.service, &r.arena, &draft, &f, &made);
    }
    order_page want = {.customer_id = 1, .before = INT64_MAX, .most = 2};
    assert_int_equal(service_page(&r.service, &r.arena, &want, &page, &next),
                     SERVICE_OK);
    assert_int_equal(page.len, 2);
    assert_int_equal(next, page.data[1].id);
    want.before = next;
    assert_int_equal(service_page(&r.service, &r.arena, &want, &page, &next),
                     SERVICE_OK);
    assert_int_equal(page.len, 2);
    assert_int_equal(next, 0);
    rig_close(&r);
}

static void test_service__is_busy_when_the_writer_is_taken(void **state)
{
    (void)state;
    rig r;
    order made;
    faults f = {0};
    place p;
    vg_db *other;
    place_make(&p);
    rig_open(&r, (const char *[]){"DATABASE_URL", p.url, NULL});
    order_draft draft = rig_draft(&r, 1, 1);
    assert_int_equal(vg_open(&other, p.url, NULL), VG_OK);
    VG_TRANSACTION(other, tx) {
        if (on_postgresql()) /* where others may write as well */
            assert_int_equal(vg_script(other, "lock table orders in exclusive mode"),
                             VG_OK);
        assert_int_equal(service_place(&r.service, &r.arena, &draft, &f, &made),
                         SERVICE_BUSY); /* after the deadline */
    }
    assert_int_equal(vg_close(other), VG_OK);
    assert_int_equal(service_place(&r.service, &r.arena, &draft, &f, &made),
                     SERVICE_OK);
    rig_close(&r);
    place_remove(&p);
}

typedef struct payer {
    const service *service;
    int64_t id;
    enum order_status to;
    pthread_t thread;
    service_result result;
} payer;

static void *pay(void *arg)
{
    payer *me = arg;
    vg_arena arena = {0};
    order o;
    me->result = me->to == ORDER_PENDING
                     ? service_delete(me->service, &arena, me->id, &o)
                     : service_move(me->service, &arena, me->id, me->to, &o);
    vg_arena_free(&arena);
    return NULL;
}

/* An order is paid, cancelled and deleted at once: what is told to have happened could have
 * happened one after the other. */
static void test_service__decides_one_after_the_other(void **state)
{
    (void)state;
    rig r;
    faults f = {0};
    rig_open(&r, NULL);
    for (int round = 0; round < 20; round++) {
        order made, now;
        order_draft draft = rig_draft(&r, 1, 1);
        assert_int_equal(service_place(&r.service, &r.arena, &draft, &f, &made), 0);
        payer all[] = {{.to = ORDER_PAID}, {.to = ORDER_PENDING}, {.to = ORDER_PAID}};
        for (int i = 0; i < 3; i++) {
            all[i].service = &r.service;
            all[i].id = made.head->id;
            assert_int_equal(pthread_create(&all[i].thread, NULL, pay, &all[i]), 0);
        }
        for (int i = 0; i < 3; i++)
            pthread_join(all[i].thread, NULL);
        bool gone = all[1].result == SERVICE_OK;
        assert_int_equal(service_find(&r.service, &r.arena, made.head->id, &now),
                         gone ? SERVICE_NOT_FOUND : SERVICE_OK);
        for (int i = 0; i < 3; i += 2)
            assert_int_equal(all[i].result, gone ? SERVICE_NOT_FOUND : SERVICE_OK);
        if (!gone) {
            assert_int_equal(all[1].result, SERVICE_NOT_ALLOWED);
            assert_int_equal(now.head->status, ORDER_PAID);
        }
    }
    rig_close(&r);
}

static void test_service__says_when_the_database_is_full(void **state)
{
    (void)state;
    rig r;
    order made;
    faults f = {0};
    service_result result = SERVICE_OK;
    int placed = 0;
    rig_open(&r, (const char *[]){"MAX_DATABASE_MIB", "1", NULL});
    for (; result == SERVICE_OK && placed < 2000; placed++) {
        order_draft draft = rig_draft(&r, 1, 100);
        result = service_place(&r.service, &r.arena, &draft, &f, &made);
        vg_arena_reset(&r.arena);
    }
    assert_int_equal(result, SERVICE_FULL);
    assert_int_equal(service_find(&r.service, &r.arena, 1, &made), SERVICE_OK);
    int64_t bytes;
    assert_int_equal(service_health(&r.service, &bytes), SERVICE_OK);
    assert_true(bytes > 900 << 10 && bytes <= 1 << 20);

    /* And the log has warned. */
    int ends[2];
    char line[512] = "";
    assert_int_equal(pipe(ends), 0);
    logger log = LOGGER(ends[1], LEVEL_WARN);
    database watched = r.database;
    watched.log = &log;
    database_check_size(&watched);
    assert_true(read(ends[0], line, sizeof line - 1) > 0);
    assert_non_null(strstr(line, "\"event\":\"database_nearly_full\""));
    close(ends[0]);
    close(ends[1]);
    rig_close(&r);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_service__names_every_fault),
        cmocka_unit_test(test_service__counts_the_faults_it_does_not_name),
        cmocka_unit_test(test_service__adds_up_the_largest_order),
        cmocka_unit_test(test_service__makes_one_order_of_a_key),
        cmocka_unit_test(test_service__takes_allowed_steps_only),
        cmocka_unit_test(test_service__deletes_what_was_not_paid),
        cmocka_unit_test(test_service__ends_the_pages),
        cmocka_unit_test(test_service__is_busy_when_the_writer_is_taken),
        cmocka_unit_test(test_service__decides_one_after_the_other),
    };
    const struct CMUnitTest of_sqlite[] = {
        cmocka_unit_test(test_service__says_when_the_database_is_full),
    };
    int failed = cmocka_run_group_tests(tests, NULL, NULL);
    return on_postgresql() ? failed
                           : failed + cmocka_run_group_tests(of_sqlite, NULL, NULL);
}
