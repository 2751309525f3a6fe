/* What the hand-written sides for all databases share: the rows they read into, the columns
 * these come from, and the sums by which their results are compared. */
#pragma once
#include "workload.h"

#include <math.h>

struct customer {
    int64_t id;
    const char *company, *contact, *title, *address, *city, *region, *postal_code;
    const char *country, *phone, *fax;
};

#define SELECT_CUSTOMERS                                                       \
    "select id, company, contact, title, address, city, region, postal_code, " \
    "country, phone, fax from customers"

static inline uint64_t hash_customer(uint64_t h, const struct customer *c)
{
    h = hash_int(h, c->id);
    h = hash_text(hash_text(hash_text(h, c->company), c->contact), c->title);
    h = hash_text(hash_text(hash_text(h, c->address), c->city), c->region);
    h = hash_text(hash_text(h, c->postal_code), c->country);
    return hash_text(hash_text(h, c->phone), c->fax);
}

struct order {
    int64_t id, customer_id, employee_id, order_date, required_date, shipped_date;
    int64_t ship_via;
    double freight;
    const char *ship_name, *ship_city, *ship_region, *ship_postal_code, *ship_country;
    bool is_shipped; /* shipped_date is not NULL */
};

#define SELECT_ORDERS                                                      \
    "select id, customer_id, employee_id, order_date, required_date, "     \
    "shipped_date, ship_via, freight, ship_name, ship_city, ship_region, " \
    "ship_postal_code, ship_country from orders"

static inline uint64_t hash_order(uint64_t h, const struct order *o)
{
    h = hash_int(hash_int(hash_int(h, o->id), o->customer_id), o->employee_id);
    h = hash_int(hash_int(h, o->order_date), o->required_date);
    h = o->is_shipped ? hash_int(h, o->shipped_date) : hash_null(h);
    h = hash_real(hash_int(h, o->ship_via), o->freight);
    h = hash_text(hash_text(hash_text(h, o->ship_name), o->ship_city), o->ship_region);
    return hash_text(hash_text(h, o->ship_postal_code), o->ship_country);
}

struct detail {
    int64_t id, order_id, product_id;
    double unit_price;
    int64_t quantity;
    double discount;
};

#define SELECT_DETAILS                                                      \
    "select id, order_id, product_id, unit_price, quantity, discount from " \
    "order_details"

static inline uint64_t hash_detail(uint64_t h, const struct detail *d)
{
    h = hash_int(hash_int(hash_int(h, d->id), d->order_id), d->product_id);
    return hash_real(hash_int(hash_real(h, d->unit_price), d->quantity), d->discount);
}

struct spender {
    int64_t id;
    const char *company;
    int64_t lines, quantity;
    double total;
};

/* A sum's last bits may differ. */
static inline uint64_t hash_spender(uint64_t h, const struct spender *s)
{
    h = hash_text(hash_int(h, s->id), s->company);
    h = hash_int(hash_int(h, s->lines), s->quantity);
    return hash_int(h, llround(s->total * 100));
}

struct product {
    int64_t id;
    const char *name, *quantity_per_unit;
    double unit_price;
    int64_t units_in_stock, units_on_order, reorder_level, discontinued, supplier_id;
};

#define SELECT_PRODUCTS                                                                \
    "select id, name, quantity_per_unit, unit_price, units_in_stock, units_on_order, " \
    "reorder_level, discontinued, supplier_id from products"

static inline uint64_t hash_product(uint64_t h, const struct product *p)
{
    h = hash_text(hash_text(hash_int(h, p->id), p->name), p->quantity_per_unit);
    h = hash_int(hash_real(h, p->unit_price), p->units_in_stock);
    h = hash_int(hash_int(h, p->units_on_order), p->reorder_level);
    return hash_int(hash_int(h, p->discontinued), p->supplier_id);
}
