/* What each path does: a table of routes, and the results of the service as statuses.
 * SPDX-License-Identifier: MIT */
#include "http.h"

#include <errno.h>
#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>

typedef void (*answer_fn)(request *r, reply *out);

/* ---- errors ---- */

static const struct title {
    int status;
    const char *text;
} titles[] = {
    {400, "Bad Request"},           {404, "Not Found"},
    {405, "Method Not Allowed"},    {409, "Conflict"},
    {413, "Content Too Large"},     {415, "Unsupported Media Type"},
    {422, "Unprocessable Content"}, {500, "Internal Server Error"},
    {503, "Service Unavailable"},   {507, "Insufficient Storage"},
};

vg_json_writer *reply_begin(request *r, reply *out, int status)
{
    out->status = status;
    out->has_body = true;
    out->body = (vg_json_writer){.arena = &r->arena};
    return &out->body;
}

void reply_problem(request *r, reply *out, int status, const char *detail,
                   const faults *f)
{
    const char *title = "Error";
    for (size_t i = 0; i < sizeof titles / sizeof *titles; i++)
        if (titles[i].status == status)
            title = titles[i].text;
    wire_put_problem(reply_begin(r, out, status), status, title, detail, f);
}

static void reply_faults(request *r, reply *out)
{
    reply_problem(r, out, 400, "The request is not valid; faults has what is wrong.",
                  &r->faults);
}

/* Statuses of what went wrong; 0: the route decides itself. */
static const struct {
    int status;
    const char *detail;
} outcomes[] = {
    [SERVICE_NOT_FOUND] = {404, "There is no such order."},
    [SERVICE_KEY_REUSED] = {422, "This Idempotency-Key belongs to another order."},
    [SERVICE_BUSY] = {503, "Too many write at once; try again in a second."},
    [SERVICE_FULL] = {507, "The database has reached its maximum size."},
    [SERVICE_FAILED] = {500, "Something failed; the log knows more."},
};

/* True if the result was an error, which is then in `out`. */
static bool went_wrong(request *r, service_result result, reply *out)
{
    if (result == SERVICE_INVALID)
        reply_faults(r, out);
    else if (outcomes[result].status)
        reply_problem(r, out, outcomes[result].status, outcomes[result].detail, NULL);
    else
        return false;
    return true;
}

static void refuse_status(request *r, const order *o, reply *out, const char *verb)
{
    char detail[96];
    snprintf(detail, sizeof detail, "The order is %s and cannot %s.",
             vg_label_text(&vg_coder_order_status, o->head->status), verb);
    reply_problem(r, out, 409, detail, NULL);
}

/* ---- orders ---- */

static bool is_json(const request *r)
{
    static const char json[] = "application/json";
    const char *type = request_header(r, "Content-Type");
    return type && strncasecmp(type, json, sizeof json - 1) == 0 &&
           (type[sizeof json - 1] == '\0' || strchr("; ", type[sizeof json - 1]));
}

static void post_order(request *r, reply *out)
{
    order_draft draft;
    order made;
    if (!wire_read_draft(r->body, r->body_len, &r->arena, &draft, &r->faults)) {
        went_wrong(r, SERVICE_FAILED, out);
        return;
    }
    draft.request_key = request_header(r, "Idempotency-Key");
    service_result result =
        service_place(r->service, &r->arena, &draft, &r->faults, &made);
    if (went_wrong(r, result, out))
        return;
    snprintf(out->location, sizeof out->location, "/orders/%" PRId64, made.head->id);
    out->repeated = result == SERVICE_REPEATED;
    wire_put_order(reply_begin(r, out, 201), &made);
}

static void get_order(request *r, reply *out)
{
    order found;
    if (!went_wrong(r, service_find(r->service, &r->arena, r->id, &found), out))
        wire_put_order(reply_begin(r, out, 200), &found);
}

static void patch_order(request *r, reply *out)
{
    enum order_status to = ORDER_PENDING;
    order o;
    if (!wire_read_status(r->body, r->body_len, &r->arena, &to, &r->faults)) {
        went_wrong(r, SERVICE_FAILED, out);
        return;
    }
    if (r->faults.len) {
        reply_faults(r, out);
        return;
    }
    service_result result = service_move(r->service, &r->arena, r->id, to, &o);
    if (went_wrong(r, result, out))
        return;
    if (result == SERVICE_NOT_ALLOWED) {
        char verb[32];
        snprintf(verb, sizeof verb, "become %s",
                 vg_label_text(&vg_coder_order_status, to));
        refuse_status(r, &o, out, verb);
    } else {
        wire_put_order(reply_begin(r, out, 200), &o);
    }
}

static void delete_order(request *r, reply *out)
{
    order o;
    service_result result = service_delete(r->service, &r->arena, r->id, &o);
    if (went_wrong(r, result, out))
        return;
    if (result == SERVICE_NOT_ALLOWED)
        refuse_status(r, &o, out, "be deleted; cancel it first");
    else
        out->status = 204;
}

/* Digits only, 1 to `max`. */
static bool parse_number(const char *text, size_t len, int64_t max, int64_t *out)
{
    int64_t n = 0;
    if (len == 0 || len > 19)
        return false;
    for (size_t i = 0; i < len; i++) {
        if (text[i] < '0' || text[i] > '9' || n > (INT64_MAX - (text[i] - '0')) / 10)
            return false;
        n = n * 10 + (text[i] - '0');
    }
    *out = n;
    return n >= 1 && n <= max;
}

static int64_t take_argument(request *r, const char *name, int64_t standard,
                             int64_t max)
{
    const char *text = request_argument(r, name);
    int64_t n = standard;
    if (text && !parse_number(text, strlen(text), max, &n))
        faults_add(&r->faults, name, "range",
                   "must be a whole number from 1 to %" PRId64, max);
    return n;
}

/* ?limit= how many, ?after= what the page before this one said was `next`, ?status= */
static void list_orders(request *r, reply *out)
{
    order_card_list cards;
    int64_t next;
    order_page page = {.customer_id = r->id};
    const char *status = request_argument(r, "status");
    page.most = take_argument(r, "limit", 20, PAGE_MAX);
    page.before = take_argument(r, "after", INT64_MAX, INT64_MAX);
    page.has_status = status != NULL;
    if (status && !wire_parse_status(status, strlen(status), &page.status))
        faults_add(&r->faults, "status", "enum", WIRE_STATUS_FAULT);
    if (r->faults.len)
        reply_faults(r, out);
    else if (!went_wrong(r, service_page(r->service, &r->arena, &page, &cards, &next),
                         out))
        wire_put_page(reply_begin(r, out, 200), &cards, next);
}

/* ---- health ---- */

static void put_ok(vg_json_writer *w)
{
    vg_put_object(w);
    vg_put_key(w, "status");
    vg_put_text(w, "ok");
}

/* Ready to serve: the database answers, and nobody has asked us to stop. */
static void get_health(request *r, reply *out)
{
    int64_t bytes = 0;
    if (r->stopping) {
        reply_problem(r, out, 503, "The service is about to stop.", NULL);
        return;
    }
    if (service_health(r->service, &bytes) != SERVICE_OK) {
        reply_problem(r, out, 503, "The database does not answer.", NULL);
        return;
    }
    vg_json_writer *w = reply_begin(r, out, 200);
    put_ok(w);
    vg_put_key(w, "database_bytes");
    vg_put_int(w, bytes);
    vg_put_key(w, "database_max_bytes");
    vg_put_int(w, r->settings->max_database_mib << 20);
    vg_put_end(w);
}

/* Alive: it can answer at all. A restart would mend nothing else. */
static void get_live(request *r, reply *out)
{
    vg_json_writer *w = reply_begin(r, out, 200);
    put_ok(w);
    vg_put_end(w);
}

static void get_openapi(request *r, reply *out)
{
    wire_put_openapi(reply_begin(r, out, 200));
}

/* ---- the table ---- */

static const struct route {
    const char *method;
    const char *path; /* '#' stands for a number */
    answer_fn answer;
    bool has_body;
} routes[] = {
    {"POST", "/orders", post_order, true},
    {"GET", "/orders/#", get_order, false},
    {"PATCH", "/orders/#", patch_order, true},
    {"DELETE", "/orders/#", delete_order, false},
    {"GET", "/customers/#/orders", list_orders, false},
    {"GET", "/health", get_health, false},
    {"GET", "/live", get_live, false},
    {"GET", "/openapi.json", get_openapi, false},
};

enum { COUNT = sizeof routes / sizeof *routes };

static bool matches(const char *pattern, const char *path, int64_t *id)
{
    for (; *pattern; pattern++)
        if (*pattern == '#') {
            size_t len = strcspn(path, "/");
            if (!parse_number(path, len, INT64_MAX, id))
                return false;
            path += len;
        } else if (*pattern != *path++) {
            return false;
        }
    return *path == '\0';
}

/* What a path takes, for the Allow of a 405; "" for an unknown path. */
static const char *allowed(vg_arena *arena, const char *path)
{
    char text[64] = "";
    int64_t id;
    for (int i = 0; i < COUNT; i++)
        if (matches(routes[i].path, path, &id)) {
            size_t len = strlen(text);
            snprintf(text + len, sizeof text - len, "%s%s", len ? ", " : "",
                     routes[i].method);
        }
    const char *copy = *text ? vg_arena_text(arena, text, strlen(text)) : "";
    return copy ? copy : "";
}

void routes_answer(request *r, reply *out)
{
    const char *method = strcmp(r->method, "HEAD") == 0 ? "GET" : r->method;
    for (int i = 0; i < COUNT; i++)
        if (strcmp(routes[i].method, method) == 0 &&
            matches(routes[i].path, r->path, &r->id)) {
            if (routes[i].has_body && !is_json(r))
                reply_problem(r, out, 415, "Content-Type must be application/json.",
                              NULL);
            else
                routes[i].answer(r, out);
            return;
        }
    const char *allow = allowed(&r->arena, r->path);
    if (!*allow) {
        reply_problem(r, out, 404, "There is nothing here.", NULL);
        return;
    }
    out->allow = allow;
    reply_problem(r, out, 405, "The header Allow says what this path takes.", NULL);
}
