/* JSON by jansson. Its limits are ours: keys may not stand twice, a number must fit, a text
 * has no NUL, nothing may follow. SPDX-License-Identifier: MIT */
#include "wire.h"

#include <stdio.h>
#include <string.h>

/* ---- in ---- */

static json_t *parse(const char *body, size_t len, faults *f)
{
    json_error_t e;
    json_t *json = json_loadb(body ? body : "", len, JSON_REJECT_DUPLICATES, &e);
    if (!json)
        faults_add(f, FAULTS_ALL, "is no JSON: %s, line %d, column %d", e.text, e.line,
                   e.column);
    else if (!json_is_object(json))
        faults_add(f, FAULTS_ALL, "must be an object");
    return json;
}

/* The name of a member for people: "items[2].sku", or "customer_id" when `path` is "". */
typedef char field_name[64];

static const char *name_of(field_name out, const char *path, const char *key)
{
    snprintf(out, sizeof(field_name), "%s%s%s", path, *path ? "." : "", key);
    return out;
}

/* Members that nobody knows are faults: a misspelt one must not be ignored in silence. */
static void check_keys(const json_t *object, const char *path, const char *const *known,
                       faults *f)
{
    const char *key;
    json_t *value;
    json_object_foreach((json_t *)object, key, value)
    {
        field_name name;
        size_t i = 0;
        while (known[i] && strcmp(known[i], key) != 0)
            i++;
        if (!known[i])
            faults_add(f, name_of(name, path, key), "is unknown");
    }
}

/* What reads a body: where texts are copied to, and what was found wrong. */
typedef struct reader {
    vg_arena *arena;
    faults *faults;
    bool no_memory;
} reader;

static int64_t take_integer(reader *r, const json_t *object, const char *path,
                            const char *key)
{
    field_name name;
    const json_t *value = json_object_get(object, key);
    if (!value)
        faults_add(r->faults, name_of(name, path, key), "is missing");
    else if (!json_is_integer(value))
        faults_add(r->faults, name_of(name, path, key), "must be a whole number");
    return json_integer_value(value); /* 0 if it is none */
}

/* A copy of a text; NULL if it is none, which is a fault unless it is optional and absent. */
static const char *take_text(reader *r, const json_t *object, const char *path,
                             const char *key, bool optional)
{
    field_name name;
    const json_t *value = json_object_get(object, key);
    if (optional && (!value || json_is_null(value)))
        return NULL;
    if (!value)
        faults_add(r->faults, name_of(name, path, key), "is missing");
    else if (!json_is_string(value))
        faults_add(r->faults, name_of(name, path, key), "must be a text");
    if (!json_is_string(value))
        return NULL;
    const char *copy =
        vg_arena_text(r->arena, json_string_value(value), json_string_length(value));
    r->no_memory |= !copy;
    return copy;
}

static void read_item(reader *r, const json_t *json, size_t at,
                      struct order_items_new *out)
{
    static const char *const known[] = {"sku", "quantity", "unit_cents", NULL};
    char path[32];
    snprintf(path, sizeof path, "items[%zu]", at);
    *out = (struct order_items_new){0};
    if (!json_is_object(json)) {
        faults_add(r->faults, path, "must be an object");
        return;
    }
    check_keys(json, path, known, r->faults);
    out->sku = take_text(r, json, path, "sku", false);
    out->quantity = take_integer(r, json, path, "quantity");
    out->unit_cents = take_integer(r, json, path, "unit_cents");
}

static void read_items(reader *r, const json_t *items, order_draft *out)
{
    size_t count = json_array_size(items); /* 0 if it is no array */
    if (!items)
        faults_add(r->faults, "items", "is missing");
    out->items = vg_arena_alloc(r->arena, (count + 1) * sizeof *out->items);
    if (!out->items) {
        r->no_memory = true;
        return;
    }
    for (; out->item_count < count; out->item_count++)
        read_item(r, json_array_get(items, out->item_count), out->item_count,
                  &out->items[out->item_count]);
}

bool wire_read_draft(const char *body, size_t len, vg_arena *arena, order_draft *out,
                     faults *f)
{
    static const char *const known[] = {"customer_id", "items", "note", NULL};
    reader r = {arena, f, false};
    json_t *json = parse(body, len, f);
    *out = (order_draft){0};
    if (!f->len) {
        check_keys(json, "", known, f);
        out->customer_id = take_integer(&r, json, "", "customer_id");
        out->note = take_text(&r, json, "", "note", true);
        read_items(&r, json_object_get(json, "items"), out);
    }
    json_decref(json);
    return !r.no_memory;
}

bool wire_parse_status(const char *text, size_t len, enum order_status *out)
{
    int64_t value;
    if (!text || !vg_label_value(&vg_coder_order_status, text, len, &value))
        return false;
    *out = (enum order_status)value;
    return true;
}

void wire_read_status(const char *body, size_t len, enum order_status *out, faults *f)
{
    static const char *const known[] = {"status", NULL};
    json_t *json = parse(body, len, f);
    if (!f->len) {
        const json_t *status = json_object_get(json, "status");
        check_keys(json, "", known, f);
        if (!wire_parse_status(json_string_value(status), json_string_length(status),
                               out))
            faults_add(f, "status", WIRE_STATUS_FAULT);
    }
    json_decref(json);
}

/* ---- out ---- */

static json_t *time_json(vg_timestamp t)
{
    char text[VG_TIMESTAMP_ROOM];
    return json_string(vg_timestamp_format(t, text));
}

static json_t *status_json(enum order_status status)
{
    return json_string(vg_label_text(&vg_coder_order_status, status));
}

json_t *wire_order(const order *o)
{
    const struct orders *head = o->head;
    json_t *items = json_array();
    for (size_t i = 0; i < o->items.len; i++) {
        const struct order_items *item = &o->items.data[i];
        json_t *one = json_pack("{s:s, s:I, s:I}", "sku", item->sku, "quantity",
                                (json_int_t)item->quantity, "unit_cents",
                                (json_int_t)item->unit_cents);
        if (json_array_append_new(items, one)) {
            json_decref(items);
            return NULL;
        }
    }
    return json_pack("{s:I, s:I, s:o, s:I, s:s?, s:o, s:o, s:o}", "id",
                     (json_int_t)head->id, "customer_id", (json_int_t)head->customer_id,
                     "status", status_json(head->status), "total_cents",
                     (json_int_t)head->total_cents, "note", head->note, "created_at",
                     time_json(head->created_at), "updated_at",
                     time_json(head->updated_at), "items", items);
}

json_t *wire_page(const order_card_list *cards, int64_t next)
{
    json_t *list = json_array();
    for (size_t i = 0; i < cards->len; i++) {
        const struct order_card *card = &cards->data[i];
        json_t *one =
            json_pack("{s:I, s:o, s:I, s:I, s:o}", "id", (json_int_t)card->id, "status",
                      status_json(card->status), "total_cents",
                      (json_int_t)card->total_cents, "items", (json_int_t)card->items,
                      "created_at", time_json(card->created_at));
        if (json_array_append_new(list, one)) {
            json_decref(list);
            return NULL;
        }
    }
    return json_pack("{s:o, s:o}", "orders", list, "next",
                     next ? json_integer(next) : json_null());
}

static json_t *faults_json(const faults *f)
{
    json_t *list = json_array();
    for (size_t i = 0; i < f->len; i++)
        json_array_append_new(list, json_pack("{s:s, s:s}", "field", f->list[i].field,
                                              "problem", f->list[i].problem));
    return list;
}

json_t *wire_problem(int status, const char *title, const char *detail, const faults *f)
{
    json_t *json = json_pack("{s:s, s:i, s:s}", "title", title, "status", status,
                             "detail", detail);
    if (f && f->len) {
        json_object_set_new(json, "faults", faults_json(f));
        if (f->left_out)
            json_object_set_new(json, "faults_left_out",
                                json_integer((json_int_t)f->left_out));
    }
    return json;
}
