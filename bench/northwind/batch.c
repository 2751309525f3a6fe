/* The routes without trees once more, for a batch: what several requests ask for goes to the
 * server together. The queries are those of virga.c. */
#include "batch.h"

/* Add a query for rows, or for one row, of `t` to the batch. */
#define ALL(member, t, ...)                       \
    (a->shape = &(t).vg_shape, a->single = false, \
     vg_batch_all(batch, arena, &a->rows.member, __VA_ARGS__))
#define ONE_OF(member, t, ...)                   \
    (a->shape = &(t).vg_shape, a->single = true, \
     vg_batch_one(batch, arena, &a->rows.member, __VA_ARGS__))

bool batch_add(vg_batch *batch, vg_arena *arena, enum route route,
               const struct question *q, struct awaited *a)
{
    switch (route) {
    case ROUTE_customers:
        ALL(customers, customers, SELECT(customers), ORDER_BY(customers.id),
            LIMIT(q->limit), OFFSET(q->offset));
        return true;
    case ROUTE_customer_by_id:
        ONE_OF(customer, customers, SELECT(customers), WHERE(EQ(customers.id, q->id)));
        return true;
    case ROUTE_search_customer:
        ALL(customers, customers, SELECT(customers),
            WHERE(ILIKE(customers.company, q->pattern)), ORDER_BY(customers.id));
        return true;
    case ROUTE_employees:
        ALL(employees, employees, SELECT(employees), ORDER_BY(employees.id),
            LIMIT(q->limit), OFFSET(q->offset));
        return true;
    case ROUTE_suppliers:
        ALL(suppliers, suppliers, SELECT(suppliers), ORDER_BY(suppliers.id),
            LIMIT(q->limit), OFFSET(q->offset));
        return true;
    case ROUTE_supplier_by_id:
        ONE_OF(supplier, suppliers, SELECT(suppliers), WHERE(EQ(suppliers.id, q->id)));
        return true;
    case ROUTE_products:
        ALL(products, products, SELECT(products), ORDER_BY(products.id),
            LIMIT(q->limit), OFFSET(q->offset));
        return true;
    case ROUTE_search_product:
        ALL(products, products, SELECT(products),
            WHERE(ILIKE(products.name, q->pattern)), ORDER_BY(products.id));
        return true;
    case ROUTE_orders_with_details:
        ALL(totals, order_total, SELECT(order_total), FROM(orders),
            LEFT_JOIN(order_details, EQ(order_details.order_id, orders.id)),
            GROUP_BY(orders.id), ORDER_BY(orders.id), LIMIT(q->limit),
            OFFSET(q->offset));
        return true;
    case ROUTE_orders_page_with_details:
        ALL(totals, order_total, SELECT(order_total), FROM(orders),
            LEFT_JOIN(order_details, EQ(order_details.order_id, orders.id)),
            WHERE(IN(orders.id, SCALAR(orders.id, FROM(orders), ORDER_BY(orders.id),
                                       LIMIT(q->limit), OFFSET(q->offset)))),
            GROUP_BY(orders.id), ORDER_BY(orders.id));
        return true;
    case ROUTE_order_with_details:
        ALL(totals, order_total, SELECT(order_total), FROM(orders),
            LEFT_JOIN(order_details, EQ(order_details.order_id, orders.id)),
            WHERE(EQ(orders.id, q->id)), GROUP_BY(orders.id), ORDER_BY(orders.id));
        return true;
    case ROUTE_employee_with_recipient:
    case ROUTE_product_with_supplier:
    case ROUTE_order_with_details_and_products:
    case ROUTE_orders_as_trees:
    case ROUTE_COUNT: break;
    }
    return false;
}

struct answer batch_answer(const struct awaited *a)
{
    struct answer answer = {
        .shape = a->shape, .rows = a->rows.row, .single = a->single, .queried = true};
    if (a->single)
        answer.len = a->rows.row ? 1 : 0;
    else
        answer.len = a->rows.list.len;
    return answer;
}
