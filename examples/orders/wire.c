/* JSON by libvirga-json: the schema says what is read and written.
 * SPDX-License-Identifier: MIT */
#include "wire.h"

#include <string.h>
#include <virga/validate.h>

/* ---- in ---- */

static void take_faults(const vg_json_reader *r, faults *f)
{
    for (size_t i = 0; i < r->fault_count; i++)
        faults_add(f, r->faults[i].pointer, vg_json_fault_name(r->faults[i].code), "%s",
                   r->faults[i].message);
    f->left_out += r->faults_left_out;
}

bool wire_read_draft(const char *body, size_t len, vg_arena *arena, order_draft *out,
                     faults *f)
{
    static const char *const also[] = {"items", NULL};
    vg_json_reader r = {.arena = arena,
                        .max_bytes = len + 1,
                        .also = also,
                        .omit = ~WIRE_TAKEN_OF_ORDERS};
    struct orders_new head;
    *out = (order_draft){0};
    int rc = vg_from_json(&r, orders, body, len, &head);
    r.at = "/items";
    r.also = NULL;
    r.omit = WIRE_HIDDEN_OF_ITEMS;
    if (rc == VG_OK || rc == VG_VALUE)
        rc =
            vg_all_from_json(&r, order_items, body, len, &out->items, &out->item_count);
    take_faults(&r, f);
    out->customer_id = head.customer_id;
    out->note = head.note;
    return rc == VG_OK || rc == VG_VALUE;
}

bool wire_parse_status(const char *text, size_t len, enum order_status *out)
{
    int64_t value;
    if (!text || !vg_label_value(&vg_coder_order_status, text, len, &value))
        return false;
    *out = (enum order_status)value;
    return true;
}

bool wire_read_status(const char *body, size_t len, vg_arena *arena,
                      enum order_status *out, faults *f)
{
    const uint64_t status = COLUMNS_OF(orders, status);
    vg_json_reader r = {
        .arena = arena, .max_bytes = len + 1, .omit = ~status, .require = status};
    struct orders_new change;
    int rc = vg_update_from_json(&r, orders, body, len, &change);
    take_faults(&r, f);
    *out = (enum order_status)change.status.v;
    return rc == VG_OK || rc == VG_VALUE;
}

/* ---- out ---- */

void wire_put_order(vg_json_writer *w, const order *o)
{
    vg_put_object(w);
    vg_put_members(w, orders, o->head, WIRE_HIDDEN_OF_ORDERS);
    vg_put_key(w, "items");
    vg_put_array(w);
    for (size_t i = 0; i < o->items.len; i++) {
        vg_put_object(w);
        vg_put_members(w, order_items, &o->items.data[i], WIRE_HIDDEN_OF_ITEMS);
        vg_put_end(w);
    }
    vg_put_end(w);
    vg_put_end(w);
}

void wire_put_page(vg_json_writer *w, const order_card_list *cards, int64_t next)
{
    vg_put_object(w);
    vg_put_key(w, "orders");
    vg_put_all(w, order_card, cards);
    vg_put_key(w, "next");
    if (next)
        vg_put_int(w, next);
    else
        vg_put_null(w);
    vg_put_end(w);
}

static void put_member(vg_json_writer *w, const char *key, const char *text)
{
    vg_put_key(w, key);
    vg_put_text(w, text);
}

static void put_faults(vg_json_writer *w, const faults *f)
{
    vg_put_key(w, "faults");
    vg_put_array(w);
    for (size_t i = 0; i < f->len; i++) {
        const fault *one = &f->list[i];
        bool in_body = !*one->field || *one->field == '/';
        vg_put_object(w);
        put_member(w, in_body ? "pointer" : "parameter", one->field);
        put_member(w, "code", one->code);
        put_member(w, "message", one->problem);
        vg_put_end(w);
    }
    vg_put_end(w);
    if (f->left_out) {
        vg_put_key(w, "faults_left_out");
        vg_put_int(w, (int64_t)f->left_out);
    }
}

void wire_put_problem(vg_json_writer *w, int status, const char *title,
                      const char *detail, const faults *f)
{
    vg_put_object(w);
    put_member(w, "title", title);
    vg_put_key(w, "status");
    vg_put_int(w, status);
    put_member(w, "detail", detail);
    if (f && f->len)
        put_faults(w, f);
    vg_put_end(w);
}
