/* The thirteen routes of Drizzle's own benchmark: what is asked of each, and what it answers;
 * one of them once more, with a statement that takes the page before it joins; and a page of
 * orders as trees.
 * They are answered twice, by Virga (virga.c) and by hand (by_hand_*.c), into the same rows. */
#ifndef NORTHWIND_ROUTES_H
#define NORTHWIND_ROUTES_H

#include "schema.h"

/* X(name, path, what is asked, how many ids or pages there are to ask for) */
#define ROUTES(X)                                                                     \
    X(customers, "/customers", PAGE, 200)                                             \
    X(customer_by_id, "/customer-by-id", ID, 10000)                                   \
    X(search_customer, "/search-customer", TERM, 100)                                 \
    X(employees, "/employees", PAGE, 10)                                              \
    X(employee_with_recipient, "/employee-with-recipient", ID, 200)                   \
    X(suppliers, "/suppliers", PAGE, 20)                                              \
    X(supplier_by_id, "/supplier-by-id", ID, 1000)                                    \
    X(products, "/products", PAGE, 20)                                                \
    X(product_with_supplier, "/product-with-supplier", ID, 5000)                      \
    X(search_product, "/search-product", TERM, 100)                                   \
    X(orders_with_details, "/orders-with-details", PAGE, 16)                          \
    X(orders_page_with_details, "/orders-page-with-details", PAGE, 16)                \
    X(order_with_details, "/order-with-details", ID, 50000)                           \
    X(order_with_details_and_products, "/order-with-details-and-products", ID, 50000) \
    X(orders_as_trees, "/orders-as-trees", PAGE, 16)

enum route {
#define ROUTE_NUMBER(name, path, asks, count) ROUTE_##name,
    ROUTES(ROUTE_NUMBER)
#undef ROUTE_NUMBER
        ROUTE_COUNT
};

enum asks { ASKS_PAGE, ASKS_ID, ASKS_TERM };

struct route_info {
    const char *name, *path;
    enum asks asks;
    int count;
};

extern const struct route_info routes[ROUTE_COUNT];

/* What is asked of a route; which of the members, `asks` tells. */
struct question {
    int64_t id, limit, offset;
    char pattern[32]; /* of LIKE: what is looked for, between "%" */
};

/* Rows in the asker's arena: one object or null, if `single`, else a list. */
struct answer {
    const vg_shape *shape;
    const void *rows;
    size_t len;
    bool single;
    bool queried; /* by Virga: texts know their lengths */
};

/* What op number `op` asks, the same whoever is asked. */
struct question question_of(enum route route, uint64_t op);

/* Fill in the pattern that finds `term`, cut to what fits. */
void question_term(struct question *q, const char *term);

/* The route of a path; ROUTE_COUNT: there is none. */
enum route route_of(const char *path, size_t len);

/* Read a whole number, not below zero; false: it is none. */
bool whole_number(const char *text, int64_t *n);

/* Ask by Virga: VG_OK, or a code, and vg_errmsg(db) says more. The answer lies in `arena`. */
int virga_answer(vg_db *db, vg_arena *arena, enum route route, const struct question *q,
                 struct answer *answer);

/* The answer as JSON in `arena`; NULL: out of memory. */
const char *answer_json(const struct answer *answer, vg_arena *arena, size_t *len);

/* Ask by hand: a connection to an SQLite file or, in the program for it, to PostgreSQL; a
 * failure ends the program. An answer lies there until the next one. */
struct by_hand;
struct by_hand *by_hand_open(const char *place, const char *const *script);
void by_hand_answer(struct by_hand *h, enum route route, const struct question *q,
                    struct answer *answer);
void by_hand_close(struct by_hand *h);

#endif
