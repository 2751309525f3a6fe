/* The routes as a user of Virga writes them: each query inline at its call. */
#include "routes.h"

#define PARAMETERS \
    vg_db *db, vg_arena *arena, const struct question *q, struct answer *answer

#define ROWS_OF(t, list) \
    ((struct answer){&(t).vg_shape, (list).data, (list).len, false, true})
#define ROW_OF(t, row) \
    ((struct answer){&(t).vg_shape, (row), (row) ? 1 : 0, true, true})

static int get_customers(PARAMETERS)
{
    customers_list list = {0};
    int rc = vg_all(db, arena, &list, SELECT(customers), ORDER_BY(customers.id),
                    LIMIT(q->limit), OFFSET(q->offset));
    *answer = ROWS_OF(customers, list);
    return rc;
}

static int get_customer_by_id(PARAMETERS)
{
    struct customers *row = NULL;
    int rc = vg_one(db, arena, &row, SELECT(customers), WHERE(EQ(customers.id, q->id)));
    *answer = ROW_OF(customers, row);
    return rc == VG_NOT_FOUND ? VG_OK : rc;
}

static int get_search_customer(PARAMETERS)
{
    customers_list list = {0};
    int rc =
        vg_all(db, arena, &list, SELECT(customers),
               WHERE(ILIKE(customers.company, q->pattern)), ORDER_BY(customers.id));
    *answer = ROWS_OF(customers, list);
    return rc;
}

static int get_employees(PARAMETERS)
{
    employees_list list = {0};
    int rc = vg_all(db, arena, &list, SELECT(employees), ORDER_BY(employees.id),
                    LIMIT(q->limit), OFFSET(q->offset));
    *answer = ROWS_OF(employees, list);
    return rc;
}

static int get_employee_with_recipient(PARAMETERS)
{
    employees_list list = {0};
    int rc = vg_all(db, arena, &list, SELECT(employees), WHERE(EQ(employees.id, q->id)),
                    WITH(employees, recipient));
    *answer = ROWS_OF(employees, list);
    return rc;
}

static int get_suppliers(PARAMETERS)
{
    suppliers_list list = {0};
    int rc = vg_all(db, arena, &list, SELECT(suppliers), ORDER_BY(suppliers.id),
                    LIMIT(q->limit), OFFSET(q->offset));
    *answer = ROWS_OF(suppliers, list);
    return rc;
}

static int get_supplier_by_id(PARAMETERS)
{
    struct suppliers *row = NULL;
    int rc = vg_one(db, arena, &row, SELECT(suppliers), WHERE(EQ(suppliers.id, q->id)));
    *answer = ROW_OF(suppliers, row);
    return rc == VG_NOT_FOUND ? VG_OK : rc;
}

static int get_products(PARAMETERS)
{
    products_list list = {0};
    int rc = vg_all(db, arena, &list, SELECT(products), ORDER_BY(products.id),
                    LIMIT(q->limit), OFFSET(q->offset));
    *answer = ROWS_OF(products, list);
    return rc;
}

static int get_product_with_supplier(PARAMETERS)
{
    products_list list = {0};
    int rc = vg_all(db, arena, &list, SELECT(products), WHERE(EQ(products.id, q->id)),
                    WITH(products, supplier));
    *answer = ROWS_OF(products, list);
    return rc;
}

static int get_search_product(PARAMETERS)
{
    products_list list = {0};
    int rc = vg_all(db, arena, &list, SELECT(products),
                    WHERE(ILIKE(products.name, q->pattern)), ORDER_BY(products.id));
    *answer = ROWS_OF(products, list);
    return rc;
}

static int get_orders_with_details(PARAMETERS)
{
    order_total_list list = {0};
    int rc = vg_all(db, arena, &list, SELECT(order_total), FROM(orders),
                    LEFT_JOIN(order_details, EQ(order_details.order_id, orders.id)),
                    GROUP_BY(orders.id), ORDER_BY(orders.id), LIMIT(q->limit),
                    OFFSET(q->offset));
    *answer = ROWS_OF(order_total, list);
    return rc;
}

static int get_orders_page_with_details(PARAMETERS)
{
    order_total_list list = {0};
    int rc =
        vg_all(db, arena, &list, SELECT(order_total), FROM(orders),
               LEFT_JOIN(order_details, EQ(order_details.order_id, orders.id)),
               WHERE(IN(orders.id, SCALAR(orders.id, FROM(orders), ORDER_BY(orders.id),
                                          LIMIT(q->limit), OFFSET(q->offset)))),
               GROUP_BY(orders.id), ORDER_BY(orders.id));
    *answer = ROWS_OF(order_total, list);
    return rc;
}

static int get_order_with_details(PARAMETERS)
{
    order_total_list list = {0};
    int rc =
        vg_all(db, arena, &list, SELECT(order_total), FROM(orders),
               LEFT_JOIN(order_details, EQ(order_details.order_id, orders.id)),
               WHERE(EQ(orders.id, q->id)), GROUP_BY(orders.id), ORDER_BY(orders.id));
    *answer = ROWS_OF(order_total, list);
    return rc;
}

static int get_order_with_details_and_products(PARAMETERS)
{
    orders_list list = {0};
    int rc = vg_all(db, arena, &list, SELECT(orders), WHERE(EQ(orders.id, q->id)),
                    WITH(orders, details, WITH(order_details, product)));
    *answer = ROWS_OF(orders, list);
    return rc;
}

static int get_orders_as_trees(PARAMETERS)
{
    orders_list list = {0};
    int rc = vg_all(db, arena, &list, SELECT(orders), ORDER_BY(orders.id),
                    LIMIT(q->limit), OFFSET(q->offset),
                    WITH(orders, details, ORDER_BY(order_details.id),
                         WITH(order_details, product)));
    *answer = ROWS_OF(orders, list);
    return rc;
}

int virga_answer(vg_db *db, vg_arena *arena, enum route route, const struct question *q,
                 struct answer *answer)
{
    static int (*const get[ROUTE_COUNT])(PARAMETERS) = {
#define GET(name, path, asks, count) get_##name,
        ROUTES(GET)
#undef GET
    };
    return get[route](db, arena, q, answer);
}
