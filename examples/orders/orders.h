/* The repository: what is asked of the tables, and nothing else. Each function takes a
 * connection and returns a vg_code; what it reads lies in `arena`. What is allowed, and to
 * whom, is decided in service.c. SPDX-License-Identifier: MIT */
#ifndef ORDERS_ORDERS_H
#define ORDERS_ORDERS_H

#include "schema.h"

/* An order and its items, in the order in which they were sent. */
typedef struct order {
    struct orders *head;
    order_items_list items;
} order;

/* What a new order is made of. The `order_id` of the items is filled in by order_create. */
typedef struct order_draft {
    int64_t customer_id;
    int64_t total_cents;
    const char *request_key; /* NULL: none */
    const char *note;        /* NULL: none */
    struct order_items_new *items;
    size_t item_count;
} order_draft;

// clang-format off
/* An order in a list. */
PROJECTION(order_card,
    FIELD(id,          orders.id),
    FIELD_AS(status,   ENUM_TEXT(order_status), orders.status),
    FIELD(total_cents, orders.total_cents),
    FIELD(created_at,  orders.created_at),
    FIELD(items,       COUNT_OF(FROM(order_items), WHERE(EQ(order_items.order_id, orders.id)))))
// clang-format on

/* Store an order with its items, all or nothing. VG_UNIQUE: the customer has used
 * request_key before (or a sku stands twice). */
int order_create(vg_db *db, vg_arena *arena, const order_draft *draft, order *out);

/* One order with its items, as both are at one moment; VG_NOT_FOUND. */
int order_find(vg_db *db, vg_arena *arena, int64_t id, order *out);
/* The same in the middle of a transaction, whose moment it is. */
int order_read(vg_db *db, vg_arena *arena, int64_t id, order *out);

int order_find_by_key(vg_db *db, vg_arena *arena, int64_t customer_id,
                      const char *request_key, order *out);

/* A page of orders: the newest `most` of a customer with an id below `before`, newest first.
 * The id of the last one is the `before` of the next page, however many come meanwhile. */
typedef struct order_page {
    int64_t customer_id;
    int64_t before;
    int64_t most;
    bool has_status; /* only those that are `status` */
    enum order_status status;
} order_page;

int orders_of_customer(vg_db *db, vg_arena *arena, const order_page *page,
                       order_card_list *out);

/* Change the status from one to another; VG_NOT_FOUND when it is not `from` (any more). */
int order_set_status(vg_db *db, vg_arena *arena, int64_t id, enum order_status from,
                     enum order_status to, struct orders **out);

/* Delete an order; its items go with it. VG_NOT_FOUND. */
int order_delete(vg_db *db, int64_t id);

/* How many orders there are. Reads all of an index. */
int orders_count(vg_db *db, int64_t *out);

/* How many bytes the database needs; SQLite's free pages are not counted. */
int orders_size(vg_db *db, int64_t *out);

#endif
