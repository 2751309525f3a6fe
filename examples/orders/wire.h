/* JSON in and out: what clients send and get. SPDX-License-Identifier: MIT */
#ifndef ORDERS_WIRE_H
#define ORDERS_WIRE_H

#include "faults.h"
#include "orders.h"

#include <jansson.h>

/* Read the body of POST /orders,
 *     {"customer_id": 7, "note": "ring twice",
 *      "items": [{"sku": "tea", "quantity": 2, "unit_cents": 450}]}
 * What is missing, unknown or of another type is a fault, as is text that is no JSON; whether
 * the values make sense is for the service to say. What the draft points to lies in `arena`.
 * False when memory ends. */
bool wire_read_draft(const char *body, size_t len, vg_arena *arena, order_draft *out,
                     faults *f);

/* A status by its name. */
#define WIRE_STATUS_FAULT "must be pending, paid, shipped, delivered or cancelled"
bool wire_parse_status(const char *text, size_t len, enum order_status *out);

/* Read the body of PATCH /orders/:id, {"status": "paid"}. */
void wire_read_status(const char *body, size_t len, enum order_status *out, faults *f);

/* These return a new reference, NULL when memory ends. */
json_t *wire_order(const order *o);
json_t *wire_page(const order_card_list *cards, int64_t next /* 0: null */);

/* An error as RFC 9457 has it: title, status, detail, and the faults, if any. */
json_t *wire_problem(int status, const char *title, const char *detail,
                     const faults *f);

#endif
