/* JSON in and out: what clients send and get. SPDX-License-Identifier: MIT */
#ifndef ORDERS_WIRE_H
#define ORDERS_WIRE_H

#include "faults.h"
#include "orders.h"

#include <virga/to_json.h>

/* Read the body of POST /orders,
 *     {"customer_id": 7, "note": "ring twice",
 *      "items": [{"sku": "tea", "quantity": 2, "unit_cents": 450}]}
 * and check it against the tables and their RULEs; what only the service knows is for it to
 * say. What the draft points to lies in `arena`. False when memory ends. */
bool wire_read_draft(const char *body, size_t len, vg_arena *arena, order_draft *out,
                     faults *f);

/* A status by its name. */
#define WIRE_STATUS_FAULT "must be pending, paid, shipped, delivered or cancelled"
bool wire_parse_status(const char *text, size_t len, enum order_status *out);

/* Read the body of PATCH /orders/:id, {"status": "paid"}. False when memory ends. */
bool wire_read_status(const char *body, size_t len, vg_arena *arena,
                      enum order_status *out, faults *f);

/* Values of the document that is being written. */
void wire_put_order(vg_json_writer *w, const order *o);
void wire_put_page(vg_json_writer *w, const order_card_list *cards,
                   int64_t next /* 0: null */);

/* An error as RFC 9457 has it: title, status, detail, and the faults, if any. */
void wire_put_problem(vg_json_writer *w, int status, const char *title,
                      const char *detail, const faults *f);

/* What all of this is, for clients: an OpenAPI document. openapi.c */
void wire_put_openapi(vg_json_writer *w);

/* Columns that are the service's own. */
#define WIRE_HIDDEN_OF_ORDERS COLUMNS_OF(orders, request_key)
#define WIRE_HIDDEN_OF_ITEMS  COLUMNS_OF(order_items, id, order_id)
/* And those that a client sends; all others it must not. */
#define WIRE_TAKEN_OF_ORDERS COLUMNS_OF(orders, customer_id, note)

#endif
