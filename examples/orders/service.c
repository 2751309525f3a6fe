/* The rules. Each function takes a connection from the pool for as long as it needs one.
 * SPDX-License-Identifier: MIT */
#include "service.h"

#include <inttypes.h>
#include <stdio.h>
#include <string.h>

_Static_assert(ITEMS_MAX *QUANTITY_MAX *UNIT_CENTS_MAX <= INT64_C(1) << 53,
               "a total may not be exact");

/* For what is done between taking a connection and giving it back. A backup, a migration
 * take as long as they take, so this is no option of the connection. */
enum { DEADLINE_MS = 5000 };

/* ---- failures ---- */

/* The result for a code; what is not the sender's fault is logged. */
static service_result result_of(const service *s, int code, const vg_error *e)
{
    if (code == VG_OK)
        return SERVICE_OK;
    if (code == VG_NOT_FOUND)
        return SERVICE_NOT_FOUND;
    bool busy = code == VG_BUSY || code == VG_INTERRUPTED; /* after the deadline */
    service_result result = busy              ? SERVICE_BUSY
                            : code == VG_FULL ? SERVICE_FULL
                                              : SERVICE_FAILED;
    log_line line;
    log_begin(&line, s->log, result == SERVICE_FAILED ? LEVEL_ERROR : LEVEL_WARN,
              "database");
    log_text(&line, "code", vg_code_name(code));
    log_text(&line, "message", e->message);
    log_text(&line, "sql", e->sql);
    log_text(&line, "file", e->file);
    log_number(&line, "line", e->line);
    log_end(&line);
    return result;
}

/* No connection came free in time, or none could be opened. */
static service_result no_connection(const service *s)
{
    return result_of(s, vg_pool_result(s->pool), vg_pool_errinfo(s->pool));
}

/* ---- validation ---- */

static void check_range(faults *f, const char *field, int64_t value, int64_t min,
                        int64_t max)
{
    if (value < min || value > max)
        faults_add(f, field, "range",
                   "must be a whole number from %" PRId64 " to %" PRId64, min, max);
}

static void check_name(faults *f, const char *field, const char *text, size_t max)
{
    static const char allowed[] = "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ"
                                  "0123456789._-";
    size_t len = text ? strspn(text, allowed) : 0;
    if (len == 0 || len > max || text[len])
        faults_add(f, field, "pattern",
                   "must be 1 to %zu letters, digits, '.', '_' or '-'", max);
}

static void check_item(faults *f, const order_draft *draft, size_t at)
{
    const struct order_items_new *item = &draft->items[at];
    char field[64];
    snprintf(field, sizeof field, "/items/%zu/sku", at);
    check_name(f, field, item->sku, SKU_MAX);
    for (size_t i = 0; item->sku && i < at; i++)
        if (draft->items[i].sku && strcmp(draft->items[i].sku, item->sku) == 0) {
            faults_add(f, field, "duplicate",
                       "is that of /items/%zu; add the quantities up", i);
            break;
        }
    snprintf(field, sizeof field, "/items/%zu/quantity", at);
    check_range(f, field, item->quantity, 1, QUANTITY_MAX);
    snprintf(field, sizeof field, "/items/%zu/unit_cents", at);
    check_range(f, field, item->unit_cents, 0, UNIT_CENTS_MAX);
}

bool service_check(order_draft *draft, faults *f)
{
    check_range(f, "/customer_id", draft->customer_id, 1, INT64_MAX);
    if (draft->item_count < 1 || draft->item_count > ITEMS_MAX)
        faults_add(f, "/items", "size", "must be a list of 1 to %d items", ITEMS_MAX);
    else
        for (size_t i = 0; i < draft->item_count; i++)
            check_item(f, draft, i);
    if (draft->request_key)
        check_name(f, "Idempotency-Key", draft->request_key, REQUEST_KEY_MAX);
    if (draft->note && strlen(draft->note) > NOTE_MAX)
        faults_add(f, "/note", "too_long", "must be at most %d bytes long", NOTE_MAX);
    if (f->len)
        return false;
    draft->total_cents = 0;
    for (size_t i = 0; i < draft->item_count; i++)
        draft->total_cents += draft->items[i].quantity * draft->items[i].unit_cents;
    return true;
}

/* ---- placing ---- */

/* Whether an order is what the draft asks for. */
static bool is_of(const order *o, const order_draft *draft)
{
    if (o->items.len != draft->item_count ||
        strcmp(o->head->note ? o->head->note : "", draft->note ? draft->note : "") != 0)
        return false;
    for (size_t i = 0; i < o->items.len; i++) {
        const struct order_items *have = &o->items.data[i];
        const struct order_items_new *want = &draft->items[i];
        if (strcmp(have->sku, want->sku) != 0 || have->quantity != want->quantity ||
            have->unit_cents != want->unit_cents)
            return false;
    }
    return true;
}

/* The order that the draft's key has made, if it was for the same. */
static service_result repeat(const service *s, vg_db *db, vg_arena *arena,
                             const order_draft *draft, order *out)
{
    int rc = order_find_by_key(db, arena, draft->customer_id, draft->request_key, out);
    if (rc)
        return result_of(s, rc, vg_errinfo(db));
    return is_of(out, draft) ? SERVICE_REPEATED : SERVICE_KEY_REUSED;
}

service_result service_place(const service *s, vg_arena *arena, order_draft *draft,
                             faults *f, order *out)
{
    if (!service_check(draft, f))
        return SERVICE_INVALID;
    VG_WRITE(s->pool, db) {
        vg_deadline(db, DEADLINE_MS);
        int rc = order_create(db, arena, draft, out);
        if (rc == VG_UNIQUE && draft->request_key)
            return repeat(s, db, arena, draft, out);
        return result_of(s, rc, vg_errinfo(db));
    }
    return no_connection(s);
}

/* ---- reading ---- */

service_result service_find(const service *s, vg_arena *arena, int64_t id, order *out)
{
    VG_READ(s->pool, db) {
        vg_deadline(db, DEADLINE_MS);
        int rc = order_find(db, arena, id, out);
        return result_of(s, rc, vg_errinfo(db));
    }
    return no_connection(s);
}

service_result service_page(const service *s, vg_arena *arena, const order_page *page,
                            order_card_list *out, int64_t *next)
{
    order_page more = *page;
    more.most++; /* one more than asked for tells whether there is another page */
    *next = 0;
    VG_READ(s->pool, db) {
        vg_deadline(db, DEADLINE_MS);
        int rc = orders_of_customer(db, arena, &more, out);
        if (!rc && out->len > (size_t)page->most) {
            out->len = (size_t)page->most;
            *next = out->data[out->len - 1].id;
        }
        return result_of(s, rc, vg_errinfo(db));
    }
    return no_connection(s);
}

service_result service_health(const service *s, int64_t *bytes)
{
    VG_READ(s->pool, db) {
        vg_deadline(db, DEADLINE_MS);
        int rc = orders_size(db, bytes);
        return result_of(s, rc, vg_errinfo(db));
    }
    return no_connection(s);
}

/* ---- changing ---- */

bool service_may_become(enum order_status from, enum order_status to)
{
    static const struct {
        enum order_status from, to;
    } steps[] = {
        {ORDER_PENDING, ORDER_PAID},      {ORDER_PENDING, ORDER_CANCELLED},
        {ORDER_PAID, ORDER_SHIPPED},      {ORDER_PAID, ORDER_CANCELLED},
        {ORDER_SHIPPED, ORDER_DELIVERED},
    };
    for (size_t i = 0; i < sizeof steps / sizeof *steps; i++)
        if (steps[i].from == from && steps[i].to == to)
            return true;
    return false;
}

/* What is decided by the status and what is done about it happen in one transaction. SQLite's
 * has the database's only write lock from its start; PostgreSQL's fails when somebody has come
 * in between, and the block runs again. */
service_result service_move(const service *s, vg_arena *arena, int64_t id,
                            enum order_status to, order *out)
{
    VG_WRITE(s->pool, db) {
        vg_deadline(db, DEADLINE_MS);
        service_result result = SERVICE_OK;
        int rc = VG_OK;
        VG_TRANSACTION_WITH(db, tx, .isolation = VG_REPEATABLE_READ)
        {
            rc = order_read(db, arena, id, out);
            enum order_status now = rc ? to : out->head->status;
            result = now == to || service_may_become(now, to) ? SERVICE_OK
                                                              : SERVICE_NOT_ALLOWED;
            if (!rc && now != to && result == SERVICE_OK)
                rc = order_set_status(db, arena, id, now, to, &out->head);
        }
        if (!rc)
            rc = vg_result(db);
        return rc ? result_of(s, rc, vg_errinfo(db)) : result;
    }
    return no_connection(s);
}

service_result service_delete(const service *s, vg_arena *arena, int64_t id, order *out)
{
    VG_WRITE(s->pool, db) {
        vg_deadline(db, DEADLINE_MS);
        service_result result = SERVICE_OK;
        int rc = VG_OK;
        VG_TRANSACTION_WITH(db, tx, .isolation = VG_REPEATABLE_READ)
        {
            rc = order_read(db, arena, id, out);
            bool may = !rc && (out->head->status == ORDER_PENDING ||
                               out->head->status == ORDER_CANCELLED);
            result = may ? SERVICE_OK : SERVICE_NOT_ALLOWED;
            if (may)
                rc = order_delete(db, id);
        }
        if (!rc)
            rc = vg_result(db);
        return rc ? result_of(s, rc, vg_errinfo(db)) : result;
    }
    return no_connection(s);
}
