/* The tables of ../data.h with their relations, and the one row that is not a table's: what
 * Drizzle's own benchmark asks for. data.c creates the tables; nothing here does. */
#ifndef NORTHWIND_SCHEMA_H
#define NORTHWIND_SCHEMA_H

#include <virga/virga.h>

// clang-format off
TABLE(customers,
    COLUMN(id,          INTEGER, PRIMARY_KEY),
    COLUMN(company,     TEXT,    NOT_NULL),
    COLUMN(contact,     TEXT,    NOT_NULL),
    COLUMN(title,       TEXT,    NOT_NULL),
    COLUMN(address,     TEXT,    NOT_NULL),
    COLUMN(city,        TEXT,    NOT_NULL),
    COLUMN(region,      TEXT),
    COLUMN(postal_code, TEXT),
    COLUMN(country,     TEXT,    NOT_NULL),
    COLUMN(phone,       TEXT,    NOT_NULL),
    COLUMN(fax,         TEXT))

TABLE(employees,
    COLUMN(id,          INTEGER, PRIMARY_KEY),
    COLUMN(last_name,   TEXT,    NOT_NULL),
    COLUMN(first_name,  TEXT,    NOT_NULL),
    COLUMN(title,       TEXT,    NOT_NULL),
    COLUMN(birth_date,  INTEGER, NOT_NULL),
    COLUMN(hire_date,   INTEGER, NOT_NULL),
    COLUMN(address,     TEXT,    NOT_NULL),
    COLUMN(city,        TEXT,    NOT_NULL),
    COLUMN(postal_code, TEXT),
    COLUMN(country,     TEXT,    NOT_NULL),
    COLUMN(home_phone,  TEXT,    NOT_NULL),
    COLUMN(extension,   INTEGER, NOT_NULL),
    COLUMN(notes,       TEXT,    NOT_NULL),
    COLUMN(reports_to,  INTEGER),
    INDEX(employees_reports_to_idx, reports_to),
    ONE(recipient, employees, reports_to))

TABLE(suppliers,
    COLUMN(id,          INTEGER, PRIMARY_KEY),
    COLUMN(company,     TEXT,    NOT_NULL),
    COLUMN(contact,     TEXT,    NOT_NULL),
    COLUMN(title,       TEXT,    NOT_NULL),
    COLUMN(address,     TEXT,    NOT_NULL),
    COLUMN(city,        TEXT,    NOT_NULL),
    COLUMN(region,      TEXT),
    COLUMN(postal_code, TEXT,    NOT_NULL),
    COLUMN(country,     TEXT,    NOT_NULL),
    COLUMN(phone,       TEXT,    NOT_NULL))

TABLE(products,
    COLUMN(id,                INTEGER, PRIMARY_KEY),
    COLUMN(name,              TEXT,    NOT_NULL),
    COLUMN(quantity_per_unit, TEXT,    NOT_NULL),
    COLUMN(unit_price,        REAL,    NOT_NULL),
    COLUMN(units_in_stock,    INTEGER, NOT_NULL),
    COLUMN(units_on_order,    INTEGER, NOT_NULL),
    COLUMN(reorder_level,     INTEGER, NOT_NULL),
    COLUMN(discontinued,      INTEGER, NOT_NULL),
    COLUMN(supplier_id,       INTEGER, NOT_NULL),
    INDEX(products_supplier_id_idx, supplier_id),
    ONE(supplier, suppliers, supplier_id))

TABLE(orders,
    COLUMN(id,               INTEGER, PRIMARY_KEY),
    COLUMN(customer_id,      INTEGER, NOT_NULL),
    COLUMN(employee_id,      INTEGER, NOT_NULL),
    COLUMN(order_date,       INTEGER, NOT_NULL),
    COLUMN(required_date,    INTEGER, NOT_NULL),
    COLUMN(shipped_date,     INTEGER),
    COLUMN(ship_via,         INTEGER, NOT_NULL),
    COLUMN(freight,          REAL,    NOT_NULL),
    COLUMN(ship_name,        TEXT,    NOT_NULL),
    COLUMN(ship_city,        TEXT,    NOT_NULL),
    COLUMN(ship_region,      TEXT),
    COLUMN(ship_postal_code, TEXT),
    COLUMN(ship_country,     TEXT,    NOT_NULL),
    INDEX(orders_customer_id_idx, customer_id),
    INDEX(orders_employee_id_idx, employee_id),
    MANY(details, order_details, order_id))

TABLE(order_details,
    COLUMN(id,         INTEGER, PRIMARY_KEY),
    COLUMN(order_id,   INTEGER, NOT_NULL),
    COLUMN(product_id, INTEGER, NOT_NULL),
    COLUMN(unit_price, REAL,    NOT_NULL),
    COLUMN(quantity,   INTEGER, NOT_NULL),
    COLUMN(discount,   REAL,    NOT_NULL),
    INDEX(order_details_order_id_idx, order_id),
    INDEX(order_details_product_id_idx, product_id),
    ONE(product, products, product_id))

PROJECTION(order_total,
    FIELD(id,             orders.id),
    FIELD(shipped_date,   orders.shipped_date),
    FIELD(ship_name,      orders.ship_name),
    FIELD(ship_city,      orders.ship_city),
    FIELD(ship_country,   orders.ship_country),
    FIELD(products_count, COUNT(order_details.product_id)),
    FIELD(quantity_sum,   SUM(order_details.quantity)),
    FIELD(total_price,    SUM(MUL(order_details.quantity, order_details.unit_price))))

SCHEMA(northwind, customers, employees, suppliers, products, orders, order_details)
// clang-format on

#endif
