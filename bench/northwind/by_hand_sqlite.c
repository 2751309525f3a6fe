/* The routes by hand, on sqlite3: default open flags, each statement prepared once and kept,
 * sqlite3_column_text and _bytes, rows as structs in a bump arena that is reset per answer.
 * Straight-line code; what is a tree takes two statements. */
#include "../data.h"
#include "routes.h"

#include <sqlite3.h>
#include <stdlib.h>
#include <string.h>

enum { ARENA_BYTES = 1 << 20 };

struct by_hand {
    sqlite3 *db;
    sqlite3_stmt *get[ROUTE_COUNT], *recipient, *supplier, *lines;
    char *at, *end, *start;
};

/* --- the arena: one block, as large as any answer needs --- */

static inline void *take(struct by_hand *h, size_t size)
{
    size = (size + 7) & ~(size_t)7;
    if (size > (size_t)(h->end - h->at))
        die("the arena is full");
    void *p = h->at;
    h->at += size;
    return p;
}

static inline const char *take_text(struct by_hand *h, sqlite3_stmt *s, int column)
{
    const unsigned char *text = sqlite3_column_text(s, column);
    if (!text)
        return NULL;
    size_t len = (size_t)sqlite3_column_bytes(s, column);
    char *copy = take(h, len + 1);
    memcpy(copy, text, len + 1);
    return copy;
}

static inline vg_opt_int get_int(sqlite3_stmt *s, int column)
{
    if (sqlite3_column_type(s, column) == SQLITE_NULL)
        return (vg_opt_int){0};
    return (vg_opt_int){true, sqlite3_column_int64(s, column)};
}

static inline vg_opt_real get_real(sqlite3_stmt *s, int column)
{
    if (sqlite3_column_type(s, column) == SQLITE_NULL)
        return (vg_opt_real){0};
    return (vg_opt_real){true, sqlite3_column_double(s, column)};
}

/* --- rows --- */

#define CUSTOMERS                                                              \
    "select id, company, contact, title, address, city, region, postal_code, " \
    "country, phone, fax from customers "

static void read_customer(struct by_hand *h, sqlite3_stmt *s, void *row)
{
    struct customers *c = row;
    c->id = sqlite3_column_int64(s, 0);
    c->company = take_text(h, s, 1);
    c->contact = take_text(h, s, 2);
    c->title = take_text(h, s, 3);
    c->address = take_text(h, s, 4);
    c->city = take_text(h, s, 5);
    c->region = take_text(h, s, 6);
    c->postal_code = take_text(h, s, 7);
    c->country = take_text(h, s, 8);
    c->phone = take_text(h, s, 9);
    c->fax = take_text(h, s, 10);
}

#define EMPLOYEES                                                                \
    "select id, last_name, first_name, title, birth_date, hire_date, address, "  \
    "city, postal_code, country, home_phone, extension, notes, reports_to from " \
    "employees "

static void read_employee(struct by_hand *h, sqlite3_stmt *s, void *row)
{
    struct employees *e = row;
    e->id = sqlite3_column_int64(s, 0);
    e->last_name = take_text(h, s, 1);
    e->first_name = take_text(h, s, 2);
    e->title = take_text(h, s, 3);
    e->birth_date = sqlite3_column_int64(s, 4);
    e->hire_date = sqlite3_column_int64(s, 5);
    e->address = take_text(h, s, 6);
    e->city = take_text(h, s, 7);
    e->postal_code = take_text(h, s, 8);
    e->country = take_text(h, s, 9);
    e->home_phone = take_text(h, s, 10);
    e->extension = sqlite3_column_int64(s, 11);
    e->notes = take_text(h, s, 12);
    e->reports_to = get_int(s, 13);
    e->vg_loaded = e->vg_left_out = 0;
}

#define SUPPLIERS                                                              \
    "select id, company, contact, title, address, city, region, postal_code, " \
    "country, phone from suppliers "

static void read_supplier(struct by_hand *h, sqlite3_stmt *s, void *row)
{
    struct suppliers *p = row;
    p->id = sqlite3_column_int64(s, 0);
    p->company = take_text(h, s, 1);
    p->contact = take_text(h, s, 2);
    p->title = take_text(h, s, 3);
    p->address = take_text(h, s, 4);
    p->city = take_text(h, s, 5);
    p->region = take_text(h, s, 6);
    p->postal_code = take_text(h, s, 7);
    p->country = take_text(h, s, 8);
    p->phone = take_text(h, s, 9);
}

#define PRODUCT                                                           \
    "p.id, p.name, p.quantity_per_unit, p.unit_price, p.units_in_stock, " \
    "p.units_on_order, p.reorder_level, p.discontinued, p.supplier_id"
#define PRODUCTS "select " PRODUCT " from products p "

static inline void read_product_at(struct by_hand *h, sqlite3_stmt *s, int at,
                                   struct products *p)
{
    p->id = sqlite3_column_int64(s, at);
    p->name = take_text(h, s, at + 1);
    p->quantity_per_unit = take_text(h, s, at + 2);
    p->unit_price = sqlite3_column_double(s, at + 3);
    p->units_in_stock = sqlite3_column_int64(s, at + 4);
    p->units_on_order = sqlite3_column_int64(s, at + 5);
    p->reorder_level = sqlite3_column_int64(s, at + 6);
    p->discontinued = sqlite3_column_int64(s, at + 7);
    p->supplier_id = sqlite3_column_int64(s, at + 8);
    p->vg_loaded = p->vg_left_out = 0;
}

static void read_product(struct by_hand *h, sqlite3_stmt *s, void *row)
{
    read_product_at(h, s, 0, row);
}

#define ORDERS                                                             \
    "select id, customer_id, employee_id, order_date, required_date, "     \
    "shipped_date, ship_via, freight, ship_name, ship_city, ship_region, " \
    "ship_postal_code, ship_country from orders "

static void read_order(struct by_hand *h, sqlite3_stmt *s, void *row)
{
    struct orders *o = row;
    o->id = sqlite3_column_int64(s, 0);
    o->customer_id = sqlite3_column_int64(s, 1);
    o->employee_id = sqlite3_column_int64(s, 2);
    o->order_date = sqlite3_column_int64(s, 3);
    o->required_date = sqlite3_column_int64(s, 4);
    o->shipped_date = get_int(s, 5);
    o->ship_via = sqlite3_column_int64(s, 6);
    o->freight = sqlite3_column_double(s, 7);
    o->ship_name = take_text(h, s, 8);
    o->ship_city = take_text(h, s, 9);
    o->ship_region = take_text(h, s, 10);
    o->ship_postal_code = take_text(h, s, 11);
    o->ship_country = take_text(h, s, 12);
    o->vg_loaded = o->vg_left_out = 0;
}

#define LINES                                                           \
    "select d.id, d.order_id, d.product_id, d.unit_price, d.quantity, " \
    "d.discount, " PRODUCT                                              \
    " from order_details d left join products p on p.id = d.product_id "

static void read_line(struct by_hand *h, sqlite3_stmt *s, void *row)
{
    struct order_details *d = row;
    d->id = sqlite3_column_int64(s, 0);
    d->order_id = sqlite3_column_int64(s, 1);
    d->product_id = sqlite3_column_int64(s, 2);
    d->unit_price = sqlite3_column_double(s, 3);
    d->quantity = sqlite3_column_int64(s, 4);
    d->discount = sqlite3_column_double(s, 5);
    d->product = NULL;
    d->vg_loaded = 1;
    d->vg_left_out = 0;
    if (sqlite3_column_type(s, 6) != SQLITE_NULL) {
        d->product = take(h, sizeof *d->product);
        read_product_at(h, s, 6, d->product);
    }
}

#define TOTALS                                                                \
    "select o.id, o.shipped_date, o.ship_name, o.ship_city, o.ship_country, " \
    "count(d.product_id), sum(d.quantity), sum(d.quantity * d.unit_price) "   \
    "from orders o left join order_details d on d.order_id = o.id "

static void read_total(struct by_hand *h, sqlite3_stmt *s, void *row)
{
    struct order_total *t = row;
    t->id = sqlite3_column_int64(s, 0);
    t->shipped_date = get_int(s, 1);
    t->ship_name = take_text(h, s, 2);
    t->ship_city = take_text(h, s, 3);
    t->ship_country = take_text(h, s, 4);
    t->products_count = sqlite3_column_int64(s, 5);
    t->quantity_sum = get_int(s, 6);
    t->total_price = get_real(s, 7);
}

/* --- statements --- */

#define PAGE_OF "order by id limit ? offset ?"
#define KEY_OF  "where id = ?"
#define GROUPED "group by o.id order by o.id"

static const char *const statements[ROUTE_COUNT] = {
    [ROUTE_customers] = CUSTOMERS PAGE_OF,
    [ROUTE_customer_by_id] = CUSTOMERS KEY_OF,
    [ROUTE_search_customer] = CUSTOMERS "where company like ? order by id",
    [ROUTE_employees] = EMPLOYEES PAGE_OF,
    [ROUTE_employee_with_recipient] = EMPLOYEES KEY_OF,
    [ROUTE_suppliers] = SUPPLIERS PAGE_OF,
    [ROUTE_supplier_by_id] = SUPPLIERS KEY_OF,
    [ROUTE_products] = PRODUCTS PAGE_OF,
    [ROUTE_product_with_supplier] = PRODUCTS KEY_OF,
    [ROUTE_search_product] = PRODUCTS "where name like ? order by id",
    [ROUTE_orders_with_details] = TOTALS GROUPED " limit ? offset ?",
    [ROUTE_order_with_details] = TOTALS "where o.id = ? " GROUPED,
    [ROUTE_order_with_details_and_products] = ORDERS KEY_OF,
};

static sqlite3_stmt *prepare(struct by_hand *h, const char *sql)
{
    sqlite3_stmt *s;
    if (sqlite3_prepare_v3(h->db, sql, -1, SQLITE_PREPARE_PERSISTENT, &s, NULL))
        die("%s: %s", sql, sqlite3_errmsg(h->db));
    return s;
}

struct by_hand *by_hand_open(const char *place, const char *const *script)
{
    struct by_hand *h = calloc(1, sizeof *h);
    if (!h || !(h->start = malloc(ARENA_BYTES)))
        die("out of memory");
    h->end = h->start + ARENA_BYTES;
    if (sqlite3_open(place, &h->db) != SQLITE_OK)
        die("%s: %s", place, sqlite3_errmsg(h->db));
    /* Where SQLite has lookaside memory, the default is small for kept statements. */
    sqlite3_db_config(h->db, SQLITE_DBCONFIG_LOOKASIDE, NULL, 1200, 400);
    for (; *script; script++) {
        if (sqlite3_exec(h->db, *script, NULL, NULL, NULL) != SQLITE_OK)
            die("%s: %s", *script, sqlite3_errmsg(h->db));
    }
    for (int i = 0; i < ROUTE_COUNT; i++)
        h->get[i] = prepare(h, statements[i]);
    h->recipient = prepare(h, EMPLOYEES KEY_OF);
    h->supplier = prepare(h, SUPPLIERS KEY_OF);
    h->lines = prepare(h, LINES "where d.order_id = ?");
    return h;
}

void by_hand_close(struct by_hand *h)
{
    sqlite3_stmt *s;
    while ((s = sqlite3_next_stmt(h->db, NULL)) != NULL)
        sqlite3_finalize(s);
    sqlite3_close(h->db);
    free(h->start);
    free(h);
}

/* --- answers --- */

typedef void read_fn(struct by_hand *h, sqlite3_stmt *s, void *row);

static inline void finish(struct by_hand *h, sqlite3_stmt *s, int rc)
{
    if (rc != SQLITE_DONE)
        die("%s: %s", sqlite3_sql(s), sqlite3_errmsg(h->db));
    sqlite3_reset(s);
}

/* All rows of a statement into an array for `room` of them, which grows. */
static inline __attribute__((always_inline)) size_t read_all(struct by_hand *h,
                                                             sqlite3_stmt *s,
                                                             size_t room, size_t size,
                                                             read_fn *read, void **rows)
{
    char *data = take(h, room * size);
    size_t len = 0;
    int rc;
    while ((rc = sqlite3_step(s)) == SQLITE_ROW) {
        if (len == room) {
            char *more = take(h, 2 * room * size);
            memcpy(more, data, len * size);
            data = more;
            room *= 2;
        }
        read(h, s, data + len++ * size);
    }
    finish(h, s, rc);
    *rows = data;
    return len;
}

/* The row of a key, which is unique: no need to step on. NULL: there is none. */
static inline __attribute__((always_inline)) void *
read_one(struct by_hand *h, sqlite3_stmt *s, int64_t id, size_t size, read_fn *read)
{
    void *row = NULL;
    sqlite3_bind_int64(s, 1, id);
    int rc = sqlite3_step(s);
    if (rc == SQLITE_ROW) {
        row = take(h, size);
        read(h, s, row);
        rc = SQLITE_DONE;
    }
    finish(h, s, rc);
    return row;
}

#define ROWS(t, room, read)                                                       \
    (*answer = (struct answer){.shape = &t.vg_shape},                             \
     answer->len = read_all(h, s, (size_t)(room), sizeof(struct t), read, &rows), \
     answer->rows = rows)

/* The row of the key that is asked for, as an object or as a list; NULL: there is none. */
#define ROW_OF_KEY(t, read, is_single)                    \
    (row = read_one(h, s, q->id, sizeof(struct t), read), \
     *answer = (struct answer){&t.vg_shape, row, row ? 1 : 0, is_single, false})

static void bind_question(sqlite3_stmt *s, enum asks asks, const struct question *q)
{
    switch (asks) {
    case ASKS_PAGE:
        sqlite3_bind_int64(s, 1, q->limit);
        sqlite3_bind_int64(s, 2, q->offset);
        break;
    case ASKS_ID: sqlite3_bind_int64(s, 1, q->id); break;
    case ASKS_TERM: sqlite3_bind_text(s, 1, q->pattern, -1, SQLITE_STATIC); break;
    }
}

static void add_recipient(struct by_hand *h, struct employees *e)
{
    if (!e)
        return;
    e->vg_loaded = 1;
    e->recipient = e->reports_to.has ? read_one(h, h->recipient, e->reports_to.v,
                                                sizeof *e, read_employee)
                                     : NULL;
}

static void add_supplier(struct by_hand *h, struct products *p)
{
    if (!p)
        return;
    p->vg_loaded = 1;
    p->supplier =
        read_one(h, h->supplier, p->supplier_id, sizeof *p->supplier, read_supplier);
}

static void add_details(struct by_hand *h, struct orders *o)
{
    void *rows;
    if (!o)
        return;
    o->vg_loaded = 1;
    sqlite3_bind_int64(h->lines, 1, o->id);
    o->details.len =
        read_all(h, h->lines, 16, sizeof *o->details.data, read_line, &rows);
    o->details.data = rows;
}

void by_hand_answer(struct by_hand *h, enum route route, const struct question *q,
                    struct answer *answer)
{
    enum { FOUND = 32 };
    sqlite3_stmt *s = h->get[route];
    void *rows, *row;
    h->at = h->start;
    bind_question(s, routes[route].asks, q);
    switch (route) {
    case ROUTE_customers: ROWS(customers, q->limit, read_customer); break;
    case ROUTE_customer_by_id: ROW_OF_KEY(customers, read_customer, true); break;
    case ROUTE_search_customer: ROWS(customers, FOUND, read_customer); break;
    case ROUTE_employees: ROWS(employees, q->limit, read_employee); break;
    case ROUTE_employee_with_recipient:
        ROW_OF_KEY(employees, read_employee, false);
        add_recipient(h, row);
        break;
    case ROUTE_suppliers: ROWS(suppliers, q->limit, read_supplier); break;
    case ROUTE_supplier_by_id: ROW_OF_KEY(suppliers, read_supplier, true); break;
    case ROUTE_products: ROWS(products, q->limit, read_product); break;
    case ROUTE_product_with_supplier:
        ROW_OF_KEY(products, read_product, false);
        add_supplier(h, row);
        break;
    case ROUTE_search_product: ROWS(products, FOUND, read_product); break;
    case ROUTE_orders_with_details: ROWS(order_total, q->limit, read_total); break;
    case ROUTE_order_with_details: ROWS(order_total, 1, read_total); break;
    case ROUTE_order_with_details_and_products:
        ROW_OF_KEY(orders, read_order, false);
        add_details(h, row);
        break;
    case ROUTE_COUNT: break;
    }
}
