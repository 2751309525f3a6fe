/* What both hand-written sides share: the statements, how rows are read out of a result, and
 * which of them answer a route. Straight-line code; what is a tree takes two statements.
 *
 * The file that includes it says, before, how its database writes parameters (A1, A2), a LIKE
 * that takes A and a for the same, and a sum of whole numbers as one (WHOLE); and what a
 * `place` is, a row in a result. After, it defines the functions that are declared here. */
#ifndef NORTHWIND_BY_HAND_H
#define NORTHWIND_BY_HAND_H

#include "../data.h"
#include "routes.h"

#include <stdlib.h>
#include <string.h>

/* --- the arena: one block, as large as any answer needs --- */

enum { ARENA_BYTES = 1 << 20 };

struct arena {
    char *at, *end, *start;
};

static inline void *take(struct arena *a, size_t size)
{
    size = (size + 7) & ~(size_t)7;
    if (size > (size_t)(a->end - a->at))
        die("the arena is full");
    void *p = a->at;
    a->at += size;
    return p;
}

static inline const char *take_text(struct arena *a, const void *text, size_t len)
{
    char *copy = take(a, len + 1);
    memcpy(copy, text, len);
    copy[len] = 0;
    return copy;
}

static inline void new_arena(struct arena *a)
{
    a->at = a->start = malloc(ARENA_BYTES);
    if (!a->start)
        die("out of memory");
    a->end = a->start + ARENA_BYTES;
}

/* --- what the side defines --- */

static inline bool null_at(place at, int column);
static inline int64_t int_at(place at, int column);
static inline double real_at(place at, int column);
/* A copy; NULL for NULL. */
static inline const char *text_at(struct arena *a, place at, int column);

static inline vg_opt_int opt_int_at(place at, int column)
{
    return null_at(at, column) ? (vg_opt_int){0}
                               : (vg_opt_int){true, int_at(at, column)};
}

static inline vg_opt_real opt_real_at(place at, int column)
{
    return null_at(at, column) ? (vg_opt_real){0}
                               : (vg_opt_real){true, real_at(at, column)};
}

struct parameters {
    int count; /* of numbers; none: the text */
    int64_t numbers[2];
    const char *text;
};

typedef void read_fn(struct arena *a, place at, void *row);

static inline struct arena *arena_of(struct by_hand *h);

/* All rows of a statement, in an array; `room` is how many are expected. */
static inline size_t read_all(struct by_hand *h, int statement, struct parameters p,
                              size_t room, size_t size, read_fn *read, void **rows);

/* The row of a key, which is unique. NULL: there is none. */
static inline void *read_one(struct by_hand *h, int statement, int64_t key, size_t size,
                             read_fn *read);

/* --- rows --- */

#define CUSTOMERS                                                              \
    "select id, company, contact, title, address, city, region, postal_code, " \
    "country, phone, fax from customers "

static inline void read_customer(struct arena *a, place at, void *row)
{
    struct customers *c = row;
    c->id = int_at(at, 0);
    c->company = text_at(a, at, 1);
    c->contact = text_at(a, at, 2);
    c->title = text_at(a, at, 3);
    c->address = text_at(a, at, 4);
    c->city = text_at(a, at, 5);
    c->region = text_at(a, at, 6);
    c->postal_code = text_at(a, at, 7);
    c->country = text_at(a, at, 8);
    c->phone = text_at(a, at, 9);
    c->fax = text_at(a, at, 10);
}

#define EMPLOYEES                                                                \
    "select id, last_name, first_name, title, birth_date, hire_date, address, "  \
    "city, postal_code, country, home_phone, extension, notes, reports_to from " \
    "employees "

static inline void read_employee(struct arena *a, place at, void *row)
{
    struct employees *e = row;
    e->id = int_at(at, 0);
    e->last_name = text_at(a, at, 1);
    e->first_name = text_at(a, at, 2);
    e->title = text_at(a, at, 3);
    e->birth_date = int_at(at, 4);
    e->hire_date = int_at(at, 5);
    e->address = text_at(a, at, 6);
    e->city = text_at(a, at, 7);
    e->postal_code = text_at(a, at, 8);
    e->country = text_at(a, at, 9);
    e->home_phone = text_at(a, at, 10);
    e->extension = int_at(at, 11);
    e->notes = text_at(a, at, 12);
    e->reports_to = opt_int_at(at, 13);
    e->vg_loaded = e->vg_left_out = 0;
}

#define SUPPLIERS                                                              \
    "select id, company, contact, title, address, city, region, postal_code, " \
    "country, phone from suppliers "

static inline void read_supplier(struct arena *a, place at, void *row)
{
    struct suppliers *p = row;
    p->id = int_at(at, 0);
    p->company = text_at(a, at, 1);
    p->contact = text_at(a, at, 2);
    p->title = text_at(a, at, 3);
    p->address = text_at(a, at, 4);
    p->city = text_at(a, at, 5);
    p->region = text_at(a, at, 6);
    p->postal_code = text_at(a, at, 7);
    p->country = text_at(a, at, 8);
    p->phone = text_at(a, at, 9);
}

#define PRODUCT                                                           \
    "p.id, p.name, p.quantity_per_unit, p.unit_price, p.units_in_stock, " \
    "p.units_on_order, p.reorder_level, p.discontinued, p.supplier_id"
#define PRODUCTS "select " PRODUCT " from products p "

static inline void read_product_from(struct arena *a, place at, int from,
                                     struct products *p)
{
    p->id = int_at(at, from);
    p->name = text_at(a, at, from + 1);
    p->quantity_per_unit = text_at(a, at, from + 2);
    p->unit_price = real_at(at, from + 3);
    p->units_in_stock = int_at(at, from + 4);
    p->units_on_order = int_at(at, from + 5);
    p->reorder_level = int_at(at, from + 6);
    p->discontinued = int_at(at, from + 7);
    p->supplier_id = int_at(at, from + 8);
    p->vg_loaded = p->vg_left_out = 0;
}

static inline void read_product(struct arena *a, place at, void *row)
{
    read_product_from(a, at, 0, row);
}

#define ORDERS                                                             \
    "select id, customer_id, employee_id, order_date, required_date, "     \
    "shipped_date, ship_via, freight, ship_name, ship_city, ship_region, " \
    "ship_postal_code, ship_country from orders "

static inline void read_order(struct arena *a, place at, void *row)
{
    struct orders *o = row;
    o->id = int_at(at, 0);
    o->customer_id = int_at(at, 1);
    o->employee_id = int_at(at, 2);
    o->order_date = int_at(at, 3);
    o->required_date = int_at(at, 4);
    o->shipped_date = opt_int_at(at, 5);
    o->ship_via = int_at(at, 6);
    o->freight = real_at(at, 7);
    o->ship_name = text_at(a, at, 8);
    o->ship_city = text_at(a, at, 9);
    o->ship_region = text_at(a, at, 10);
    o->ship_postal_code = text_at(a, at, 11);
    o->ship_country = text_at(a, at, 12);
    o->vg_loaded = o->vg_left_out = 0;
}

#define LINES                                                           \
    "select d.id, d.order_id, d.product_id, d.unit_price, d.quantity, " \
    "d.discount, " PRODUCT                                              \
    " from order_details d left join products p on p.id = d.product_id "

static inline void read_line(struct arena *a, place at, void *row)
{
    struct order_details *d = row;
    d->id = int_at(at, 0);
    d->order_id = int_at(at, 1);
    d->product_id = int_at(at, 2);
    d->unit_price = real_at(at, 3);
    d->quantity = int_at(at, 4);
    d->discount = real_at(at, 5);
    d->product = NULL;
    d->vg_loaded = 1;
    d->vg_left_out = 0;
    if (!null_at(at, 6)) {
        d->product = take(a, sizeof *d->product);
        read_product_from(a, at, 6, d->product);
    }
}

#define TOTALS                                                                        \
    "select o.id, o.shipped_date, o.ship_name, o.ship_city, o.ship_country, "         \
    "count(d.product_id), " WHOLE(                                                    \
        "sum(d.quantity)") ", "                                                       \
                           "sum(d.quantity * d.unit_price) "                          \
                           "from orders o left join order_details d on d.order_id = " \
                           "o.id "

static inline void read_total(struct arena *a, place at, void *row)
{
    struct order_total *t = row;
    t->id = int_at(at, 0);
    t->shipped_date = opt_int_at(at, 1);
    t->ship_name = text_at(a, at, 2);
    t->ship_city = text_at(a, at, 3);
    t->ship_country = text_at(a, at, 4);
    t->products_count = int_at(at, 5);
    t->quantity_sum = opt_int_at(at, 6);
    t->total_price = opt_real_at(at, 7);
}

/* --- statements --- */

#define PAGE_OF "order by id limit " A1 " offset " A2
#define KEY_OF  "where id = " A1
#define GROUPED "group by o.id order by o.id"

enum { RECIPIENT = ROUTE_COUNT, SUPPLIER, DETAILS, PAGE_DETAILS, STATEMENTS };

static const char *const statements[STATEMENTS] = {
    [ROUTE_customers] = CUSTOMERS PAGE_OF,
    [ROUTE_customer_by_id] = CUSTOMERS KEY_OF,
    [ROUTE_search_customer] = CUSTOMERS "where company " LIKE_ A1 " order by id",
    [ROUTE_employees] = EMPLOYEES PAGE_OF,
    [ROUTE_employee_with_recipient] = EMPLOYEES KEY_OF,
    [ROUTE_suppliers] = SUPPLIERS PAGE_OF,
    [ROUTE_supplier_by_id] = SUPPLIERS KEY_OF,
    [ROUTE_products] = PRODUCTS PAGE_OF,
    [ROUTE_product_with_supplier] = PRODUCTS KEY_OF,
    [ROUTE_search_product] = PRODUCTS "where name " LIKE_ A1 " order by id",
    [ROUTE_orders_with_details] = TOTALS GROUPED " limit " A1 " offset " A2,
    [ROUTE_orders_page_with_details] =
        TOTALS "where o.id in (select id from orders " PAGE_OF ") " GROUPED,
    [ROUTE_order_with_details] = TOTALS "where o.id = " A1 " " GROUPED,
    [ROUTE_order_with_details_and_products] = ORDERS KEY_OF,
    [ROUTE_orders_as_trees] = ORDERS PAGE_OF,
    [RECIPIENT] = EMPLOYEES KEY_OF,
    [SUPPLIER] = SUPPLIERS KEY_OF,
    [DETAILS] = LINES "where d.order_id = " A1,
    [PAGE_DETAILS] = LINES "where d.order_id in (select id from orders " PAGE_OF
                           ") order by d.order_id, d.id",
};

/* --- answers --- */

static void add_recipient(struct by_hand *h, struct employees *e)
{
    if (!e)
        return;
    e->vg_loaded = 1;
    e->recipient = e->reports_to.has ? read_one(h, RECIPIENT, e->reports_to.v,
                                                sizeof *e, read_employee)
                                     : NULL;
}

static void add_supplier(struct by_hand *h, struct products *p)
{
    if (!p)
        return;
    p->vg_loaded = 1;
    p->supplier =
        read_one(h, SUPPLIER, p->supplier_id, sizeof *p->supplier, read_supplier);
}

static void add_details(struct by_hand *h, struct orders *o)
{
    void *rows;
    if (!o)
        return;
    struct parameters key = {.count = 1, .numbers = {o->id}};
    o->vg_loaded = 1;
    o->details.len =
        read_all(h, DETAILS, key, 16, sizeof *o->details.data, read_line, &rows);
    o->details.data = rows;
}

/* Both are in the order of the orders' keys. */
static void add_page_details(struct by_hand *h, struct orders *all, size_t count,
                             struct parameters page)
{
    void *rows;
    size_t len = read_all(h, PAGE_DETAILS, page, 8 * count + 1,
                          sizeof(struct order_details), read_line, &rows);
    struct order_details *at = rows, *end = at + len;
    for (struct orders *o = all; o < all + count; o++) {
        o->vg_loaded = 1;
        o->details.data = at;
        while (at < end && at->order_id == o->id)
            at++;
        o->details.len = (size_t)(at - o->details.data);
    }
}

static inline struct parameters parameters_of(enum route route,
                                              const struct question *q)
{
    switch (routes[route].asks) {
    case ASKS_PAGE: return (struct parameters){2, {q->limit, q->offset}, NULL};
    case ASKS_ID: return (struct parameters){1, {q->id}, NULL};
    case ASKS_TERM: break;
    }
    return (struct parameters){.text = q->pattern};
}

/* `rows`: the rows of the route's statement */
#define ROWS(t, room, read)                                                         \
    (*answer = (struct answer){.shape = &t.vg_shape},                               \
     answer->len = read_all(h, (int)route, parameters_of(route, q), (size_t)(room), \
                            sizeof(struct t), read, &rows),                         \
     answer->rows = rows)

/* `row`: that of the key that is asked for, as an object or as a list; NULL: there is none */
#define ROW_OF_KEY(t, read, is_single)                             \
    (row = read_one(h, (int)route, q->id, sizeof(struct t), read), \
     *answer = (struct answer){&t.vg_shape, row, row ? 1 : 0, .single = is_single})

void by_hand_answer(struct by_hand *h, enum route route, const struct question *q,
                    struct answer *answer)
{
    enum { FOUND = 32 };
    void *rows, *row;
    struct arena *a = arena_of(h);
    a->at = a->start;
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
    case ROUTE_orders_with_details:
    case ROUTE_orders_page_with_details: ROWS(order_total, q->limit, read_total); break;
    case ROUTE_order_with_details: ROWS(order_total, 1, read_total); break;
    case ROUTE_order_with_details_and_products:
        ROW_OF_KEY(orders, read_order, false);
        add_details(h, row);
        break;
    case ROUTE_orders_as_trees:
        ROWS(orders, q->limit, read_order);
        add_page_details(h, rows, answer->len, parameters_of(route, q));
        break;
    case ROUTE_COUNT: break;
    }
}

#endif
