/* Seeding: in transactions of a thousand orders, since a commit waits for the disk.
 * SPDX-License-Identifier: MIT */
#include "seed.h"
#include "service.h"

enum { CUSTOMERS = 100, BATCH = 1000, ITEMS = 4 };

static const struct product {
    const char *sku;
    int64_t unit_cents;
} products[] = {
    {"tea-green-100g", 690}, {"tea-black-250g", 1150}, {"teapot-1l", 3900},
    {"cup-blue", 850},       {"kettle", 5490},         {"strainer", 420},
};

enum { PRODUCTS = sizeof products / sizeof *products };

/* Numbers that look as if by chance, the same ones on every machine. */
static int64_t dice(uint32_t *state, int64_t sides)
{
    *state = *state * 1664525u + 1013904223u;
    return (int64_t)(*state >> 8) % sides;
}

static int make_one(vg_db *db, vg_arena *arena, uint32_t *state)
{
    struct order_items_new items[ITEMS];
    order_draft draft = {.customer_id = 1 + dice(state, CUSTOMERS), .items = items};
    faults none = {0};
    order made;
    int64_t first = dice(state, PRODUCTS);
    draft.item_count = 1 + (size_t)dice(state, ITEMS);
    for (size_t i = 0; i < draft.item_count; i++) {
        const struct product *p = &products[(first + (int64_t)i) % PRODUCTS];
        items[i] = (struct order_items_new){
            .sku = p->sku, .quantity = 1 + dice(state, 5), .unit_cents = p->unit_cents};
    }
    return service_check(&draft, &none) ? order_create(db, arena, &draft, &made)
                                        : VG_INVALID;
}

/* All of a batch, or nothing. */
static int make_some(vg_db *db, vg_arena *arena, int64_t count, uint32_t *state)
{
    const uint32_t begin = *state;
    VG_TRANSACTION(db, tx) {
        *state = begin; /* a block that met a busy database runs again */
        for (int64_t i = 0; i < count; i++)
            if (make_one(db, arena, state))
                vg_rollback(tx);
    }
    return vg_result(db);
}

bool seed_orders(const database *d, int64_t count, int64_t *made)
{
    vg_arena arena = {0};
    uint32_t state = 1;
    int rc = VG_OK;
    *made = 0;
    VG_WRITE(d->pool, db) {
        int64_t there = 0;
        rc = orders_count(db, &there);
        while (!rc && there == 0 && *made < count) {
            int64_t batch = count - *made < BATCH ? count - *made : BATCH;
            rc = make_some(db, &arena, batch, &state);
            *made += rc ? 0 : batch;
            vg_arena_reset(&arena);
        }
        if (rc)
            log_message(d->log, LEVEL_ERROR, "seed", vg_errmsg(db));
    }
    vg_arena_free(&arena);
    return rc == VG_OK && vg_pool_result(d->pool) == VG_OK;
}
