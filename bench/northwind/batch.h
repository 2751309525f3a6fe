/* The routes without trees, asked together: a query each in one batch. */
#ifndef NORTHWIND_BATCH_H
#define NORTHWIND_BATCH_H

#include "routes.h"

/* What a query of a batch will have read once that has run: a list, or one row. */
struct awaited {
    const vg_shape *shape;
    bool single;
    union {
        customers_list customers;
        employees_list employees;
        suppliers_list suppliers;
        products_list products;
        order_total_list totals;
        struct {
            const void *data;
            size_t len;
        } list; /* any of them */
        struct customers *customer;
        struct suppliers *supplier;
        const void *row; /* any of these, and a list's first */
    } rows;
};

/* Add a route's query; it fills in *a when the batch runs. False: the route loads a tree,
 * which a batch does not take. What is wrong with a query vg_batch_run tells. */
bool batch_add(vg_batch *batch, vg_arena *arena, enum route route,
               const struct question *q, struct awaited *a);

/* What it has read. */
struct answer batch_answer(const struct awaited *a);

#endif
