/* The OpenAPI document: paths by a table, what is sent and answered by the schema.
 * SPDX-License-Identifier: MIT */
#include "service.h"
#include "wire.h"

#include <stdio.h>
#include <virga/json_schema.h>

#define REFS "#/components/schemas/"

static const struct operation {
    const char *path; /* the same as above: NULL */
    const char *method, *summary;
    const char *parameters; /* members of the path and the query, as written below */
    const char *takes;      /* schema of the body; NULL: none */
    int status;
    const char *answers; /* schema of the answer; NULL: none */
    const char *errors;  /* other statuses */
} operations[] = {
    {"/orders", "post", "Place an order", "K", "order_new", 201, "order",
     "400 422 503"},
    {"/orders/{id}", "get", "An order", "I", NULL, 200, "order", "404 503"},
    {NULL, "patch", "Change its status", "I", "order_change", 200, "order",
     "400 404 409 503"},
    {NULL, "delete", "Delete it", "I", NULL, 204, NULL, "404 409 503"},
    {"/customers/{id}/orders", "get", "Orders of a customer, newest first", "ILAS",
     NULL, 200, "order_page", "400 503"},
};

/* By the letters above. */
static const struct parameter {
    char letter;
    const char *name, *in, *schema;
} parameters[] = {
    {'K', "Idempotency-Key", "header",
     "{\"type\":\"string\",\"pattern\":\"^[A-Za-z0-9._-]{1,64}$\"}"},
    {'I', "id", "path", "{\"type\":\"integer\",\"minimum\":1}"},
    {'L', "limit", "query", "{\"type\":\"integer\",\"minimum\":1,\"maximum\":100}"},
    {'A', "after", "query", "{\"type\":\"integer\",\"minimum\":1}"},
    {'S', "status", "query", "{\"$ref\":\"" REFS "order_status\"}"},
};

static void key_text(vg_json_writer *w, const char *key, const char *text)
{
    vg_put_key(w, key);
    vg_put_text(w, text);
}

static void begin(vg_json_writer *w, const char *key)
{
    vg_put_key(w, key);
    vg_put_object(w);
}

static void literal(vg_json_writer *w, const char *json)
{
    vg_put_json(w, json, strlen(json));
}

static void put_ref(vg_json_writer *w, const char *name)
{
    char ref[64];
    snprintf(ref, sizeof ref, REFS "%s", name);
    vg_put_object(w);
    key_text(w, "$ref", ref);
    vg_put_end(w);
}

static void put_content(vg_json_writer *w, const char *type, const char *schema)
{
    begin(w, "content");
    begin(w, type);
    vg_put_key(w, "schema");
    put_ref(w, schema);
    vg_put_end(w);
    vg_put_end(w);
}

static void put_parameters(vg_json_writer *w, const char *letters)
{
    vg_put_key(w, "parameters");
    vg_put_array(w);
    for (size_t i = 0; i < sizeof parameters / sizeof *parameters; i++) {
        const struct parameter *p = &parameters[i];
        if (!strchr(letters, p->letter))
            continue;
        vg_put_object(w);
        key_text(w, "name", p->name);
        key_text(w, "in", p->in);
        if (strcmp(p->in, "path") == 0) {
            vg_put_key(w, "required");
            vg_put_bool(w, true);
        }
        vg_put_key(w, "schema");
        literal(w, p->schema);
        vg_put_end(w);
    }
    vg_put_end(w);
}

static void put_responses(vg_json_writer *w, const struct operation *o)
{
    char status[12];
    snprintf(status, sizeof status, "%d", o->status);
    begin(w, "responses");
    begin(w, status);
    key_text(w, "description", "Done");
    if (o->answers)
        put_content(w, "application/json", o->answers);
    vg_put_end(w);
    for (const char *at = o->errors; at[0] && at[1] && at[2];
         at += 3 + (at[3] == ' ')) {
        memcpy(status, at, 3);
        begin(w, status);
        key_text(w, "description", "A problem, as RFC 9457 has them");
        put_content(w, "application/problem+json", "problem");
        vg_put_end(w);
    }
    vg_put_end(w);
}

static void put_operation(vg_json_writer *w, const struct operation *o)
{
    begin(w, o->method);
    key_text(w, "summary", o->summary);
    put_parameters(w, o->parameters);
    if (o->takes) {
        begin(w, "requestBody");
        vg_put_key(w, "required");
        vg_put_bool(w, true);
        put_content(w, "application/json", o->takes);
        vg_put_end(w);
    }
    put_responses(w, o);
    vg_put_end(w);
}

static void put_paths(vg_json_writer *w)
{
    begin(w, "paths");
    for (size_t i = 0; i < sizeof operations / sizeof *operations; i++) {
        if (operations[i].path && i)
            vg_put_end(w);
        if (operations[i].path)
            begin(w, operations[i].path);
        put_operation(w, &operations[i]);
    }
    vg_put_end(w);
    vg_put_end(w);
}

/* An order with its items: the members of the table, and one more. */
static void put_order(vg_json_writer *w, const char *name, vg_json_use use,
                      uint64_t omit, const char *item)
{
    const vg_json_schema_options of_table = {.omit = omit, .open = true};
    begin(w, name);
    key_text(w, "type", "object");
    vg_put_key(w, "allOf");
    vg_put_array(w);
    vg_put_schema(w, &orders.vg_shape, use, REFS, &of_table);
    vg_put_end(w);
    begin(w, "properties");
    begin(w, "items");
    key_text(w, "type", "array");
    vg_put_key(w, "items");
    put_ref(w, item);
    vg_put_key(w, "minItems");
    vg_put_int(w, 1);
    vg_put_key(w, "maxItems");
    vg_put_int(w, ITEMS_MAX);
    vg_put_end(w);
    vg_put_end(w);
    vg_put_key(w, "required");
    literal(w, "[\"items\"]");
    vg_put_key(w, "unevaluatedProperties");
    vg_put_bool(w, false);
    vg_put_end(w);
}

static void put_schemas(vg_json_writer *w)
{
    const uint64_t status = COLUMNS_OF(orders, status);
    const vg_json_schema_options items = {.omit = WIRE_HIDDEN_OF_ITEMS};
    const vg_json_schema_options change = {.omit = ~status, .require = status};
    begin(w, "schemas");
    vg_put_enum(w, &vg_coder_order_status);
    vg_put_key(w, "order_item");
    vg_put_schema(w, &order_items.vg_shape, VG_JSON_SELECT_USE, REFS, &items);
    vg_put_key(w, "order_item_new");
    vg_put_schema(w, &order_items.vg_shape, VG_JSON_INSERT_USE, REFS, &items);
    put_order(w, "order", VG_JSON_SELECT_USE, WIRE_HIDDEN_OF_ORDERS, "order_item");
    put_order(w, "order_new", VG_JSON_INSERT_USE, ~WIRE_TAKEN_OF_ORDERS,
              "order_item_new");
    vg_put_key(w, "order_change");
    vg_put_schema(w, &orders.vg_shape, VG_JSON_UPDATE_USE, REFS, &change);
    vg_put_key(w, "order_card");
    vg_put_schema(w, &order_card.vg_shape, VG_JSON_SELECT_USE, REFS, NULL);
    vg_put_key(w, "order_page");
    literal(
        w,
        "{\"type\":\"object\",\"properties\":{\"orders\":{\"type\":\"array\",\"items\":"
        "{\"$ref\":\"" REFS
        "order_card\"}},\"next\":{\"type\":[\"integer\",\"null\"]}},"
        "\"required\":[\"orders\",\"next\"]}");
    vg_put_key(w, "problem");
    literal(
        w,
        "{\"type\":\"object\",\"properties\":{\"title\":{\"type\":\"string\"},"
        "\"status\":{\"type\":\"integer\"},\"detail\":{\"type\":\"string\"},"
        "\"faults\":{\"type\":\"array\",\"items\":{\"type\":\"object\",\"properties\":{"
        "\"pointer\":{\"type\":\"string\"},\"parameter\":{\"type\":\"string\"},"
        "\"code\":{\"type\":\"string\"},\"message\":{\"type\":\"string\"}}}}}}");
    vg_put_end(w);
}

void wire_put_openapi(vg_json_writer *w)
{
    vg_put_object(w);
    key_text(w, "openapi", "3.1.0");
    begin(w, "info");
    key_text(w, "title", "Orders");
    key_text(w, "version", VG_VERSION);
    vg_put_end(w);
    put_paths(w);
    begin(w, "components");
    put_schemas(w);
    vg_put_end(w);
    vg_put_end(w);
}
