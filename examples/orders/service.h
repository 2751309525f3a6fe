/* The service: what may be ordered, by which rules an order lives, what it costs. It knows
 * neither HTTP nor JSON, and does not ask the tables itself. Any thread.
 * SPDX-License-Identifier: MIT */
#ifndef ORDERS_SERVICE_H
#define ORDERS_SERVICE_H

#include "faults.h"
#include "log.h"
#include "orders.h"

typedef struct service {
    vg_pool *pool;
    logger *log; /* told of what the caller is not: the database's failures */
} service;

typedef enum service_result {
    SERVICE_OK,
    SERVICE_REPEATED, /* of a key that was used: here is the order it made */
    SERVICE_INVALID,  /* the faults say why */
    SERVICE_NOT_FOUND,
    SERVICE_NOT_ALLOWED, /* the order's status forbids it; `out` is the order */
    SERVICE_KEY_REUSED,  /* the key has made an order, but another one */
    SERVICE_BUSY,        /* try again soon */
    SERVICE_FULL,        /* the database has reached its maximum size */
    SERVICE_FAILED       /* logged */
} service_result;

/* Limits, beside those of schema.h; the largest total, of 10^15 cents, fits into an int64_t and
 * into the 2^53 up to which a JavaScript number is exact. */
enum {
    NOTE_MAX = 500,      /* bytes */
    SKU_MAX = 64,        /* bytes */
    REQUEST_KEY_MAX = 64 /* bytes */
};
#define ITEMS_MAX 100
#define PAGE_MAX  100

/* Look at all of a draft; if nothing is wrong with it, add up what it costs. */
bool service_check(order_draft *draft, faults *f);

/* Make an order. `draft` is as it was sent, and `faults` what was wrong already (as with its
 * JSON); the total is computed here. With a request_key the same request has one order as
 * its result, however often it is sent. */
service_result service_place(const service *s, vg_arena *arena, order_draft *draft,
                             faults *f, order *out);

service_result service_find(const service *s, vg_arena *arena, int64_t id, order *out);

/* A page of a customer's orders. *next is the `before` of the page after it, 0 if this is the
 * last one. */
service_result service_page(const service *s, vg_arena *arena, const order_page *page,
                            order_card_list *out, int64_t *next);

/* Give an order another status, if that step is allowed. The status that it has already
 * changes nothing and is SERVICE_OK, so that a request may be sent again. */
service_result service_move(const service *s, vg_arena *arena, int64_t id,
                            enum order_status to, order *out);

/* Delete an order with its items: one that is pending or cancelled. What was paid for is
 * cancelled first. */
service_result service_delete(const service *s, vg_arena *arena, int64_t id,
                              order *out);

/* Run a query and tell how many bytes the database needs. */
service_result service_health(const service *s, int64_t *bytes);

/* Whether an order that is `from` may become `to`. */
bool service_may_become(enum order_status from, enum order_status to);

#endif
