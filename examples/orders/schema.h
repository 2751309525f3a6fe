/* The tables of the order service. Change them here, then let `virga generate` write the
 * migrations (README.md: one for each database); they are applied when the service starts.
 *
 * Money is integer cents, times are UTC. SPDX-License-Identifier: MIT */
#ifndef ORDERS_SCHEMA_H
#define ORDERS_SCHEMA_H

#include <virga/virga.h>

// clang-format off

/* Where an order stands; service.c knows which step may follow which. */
ENUM(order_status,
    VALUE(ORDER_PENDING,   "pending"),
    VALUE(ORDER_PAID,      "paid"),
    VALUE(ORDER_SHIPPED,   "shipped"),
    VALUE(ORDER_DELIVERED, "delivered"),
    VALUE(ORDER_CANCELLED, "cancelled"))

/* The time of a change: of the insert, too. */
static inline vg_value order_touched(char room[VG_DEFAULT_ROOM])
{
    (void)room;
    return vg_of_time(vg_now());
}

TABLE(orders,
    COLUMN(id,          INTEGER,   PRIMARY_KEY, AUTOINCREMENT),   /* never used twice */
    COLUMN(customer_id, INTEGER,   NOT_NULL),
    COLUMN(status,      ENUM_TEXT(order_status), NOT_NULL, DEFAULT(ORDER_PENDING), CHECKED),
    COLUMN(total_cents, INTEGER,   NOT_NULL),
    COLUMN(request_key, TEXT(64)),              /* Idempotency-Key of the POST that made it */
    COLUMN(created_at,  TIMESTAMP, NOT_NULL, DEFAULT_NOW),
    COLUMN(updated_at,  TIMESTAMP, NOT_NULL, ON_UPDATE_FN(order_touched)),
    COLUMN(note,        TEXT(500)),                     /* of the customer, for the parcel */
    CHECK(orders_total, "total_cents >= 0"),
    UNIQUE(orders_request_key, customer_id, request_key),         /* a key is used once */
    INDEX(orders_customer_idx, customer_id, id),                  /* pages of a customer */
    INDEX(orders_customer_status_idx, customer_id, status, id))   /* ... in one status */

TABLE(order_items,
    COLUMN(id,         INTEGER,  PRIMARY_KEY),
    COLUMN(order_id,   INTEGER,  NOT_NULL, REFERENCES(orders, id, ON_DELETE(CASCADE))),
    COLUMN(sku,        TEXT(64), NOT_NULL),
    COLUMN(quantity,   INTEGER,  NOT_NULL),
    COLUMN(unit_cents, INTEGER,  NOT_NULL),
    CHECK(order_items_quantity, "quantity > 0"),
    CHECK(order_items_unit_cents, "unit_cents >= 0"),
    UNIQUE(order_items_order_sku, order_id, sku))  /* and the index of the foreign key */

/* What the HTTP API takes beyond that, and its OpenAPI document says. */
#define QUANTITY_MAX   INT64_C(10000)
#define UNIT_CENTS_MAX INT64_C(1000000000)
RULE(orders,      customer_id, MIN(1))
RULE(order_items, sku,         PATTERN("^[A-Za-z0-9._-]+$"))
RULE(order_items, quantity,    MIN(1))
RULE(order_items, quantity,    MAX(QUANTITY_MAX))
RULE(order_items, unit_cents,  MIN(0))
RULE(order_items, unit_cents,  MAX(UNIT_CENTS_MAX))

SCHEMA(shop, orders, order_items)

// clang-format on

#endif
