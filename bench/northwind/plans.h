/* How the routes are measured: rows of struct plan. `bar` is that of a flat query, `nested`
 * that of a tree; a slice has as many ops as it needs to
 * take its time, but no more than what stands here divided by `slow`. */
#ifndef NORTHWIND_PLANS_H
#define NORTHWIND_PLANS_H

/* clang-format off */
#define PLANS(bar, nested, slow)                                                    \
    {"customers", bar, 50, 200, 50, 5000 / (slow), 1},                                \
    {"customer_by_id", bar, 500, 2000, 1000, 100000 / (slow), 1},                     \
    {"search_customer", bar, 20, 50, 10, 500 / (slow), 1},                            \
    {"employees", bar, 50, 200, 50, 5000 / (slow), 1},                                \
    {"employee_with_recipient", nested, 500, 2000, 1000, 100000 / (slow), 1},            \
    {"suppliers", bar, 50, 200, 50, 5000 / (slow), 1},                                \
    {"supplier_by_id", bar, 500, 2000, 1000, 100000 / (slow), 1},                     \
    {"products", bar, 50, 200, 50, 5000 / (slow), 1},                                 \
    {"product_with_supplier", nested, 500, 2000, 1000, 100000 / (slow), 1},              \
    {"search_product", bar, 20, 50, 10, 500 / (slow), 1},                             \
    {"orders_with_details", bar, 20, 50, 20, 1000 / (slow), 1},                       \
    {"orders_page_with_details", bar, 20, 50, 20, 5000 / (slow), 1},                  \
    {"order_with_details", bar, 500, 2000, 500, 50000 / (slow), 1},                   \
    {"order_with_details_and_products", nested, 500, 2000, 500, 50000 / (slow), 1},      \
    {"orders_as_trees", nested, 20, 50, 20, 2000 / (slow), 1},
/* clang-format on */

#endif
