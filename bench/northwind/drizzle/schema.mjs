// The tables of ../schema.h for drizzle-orm, on either database, with the same names for what
// they answer.
import { relations } from 'drizzle-orm';
import * as sqlite from 'drizzle-orm/sqlite-core';
import * as postgres from 'drizzle-orm/pg-core';

const kinds = {
    sqlite: {
        table: sqlite.sqliteTable,
        integer: sqlite.integer,
        real: sqlite.real,
        text: sqlite.text,
        index: sqlite.index,
    },
    postgres: {
        table: postgres.pgTable,
        integer: (name) => postgres.bigint(name, { mode: 'number' }),
        real: postgres.doublePrecision,
        text: postgres.text,
        index: postgres.index,
    },
};

export function schema(database) {
    const { table, integer, real, text, index } = kinds[database];
    const id = () => integer('id').primaryKey();
    const count = (name) => integer(name).notNull();
    const number = (name) => real(name).notNull();
    const words = (name) => text(name).notNull();

    const customers = table('customers', {
        id: id(),
        company: words('company'),
        contact: words('contact'),
        title: words('title'),
        address: words('address'),
        city: words('city'),
        region: text('region'),
        postal_code: text('postal_code'),
        country: words('country'),
        phone: words('phone'),
        fax: text('fax'),
    });
    const employees = table('employees', {
        id: id(),
        last_name: words('last_name'),
        first_name: words('first_name'),
        title: words('title'),
        birth_date: count('birth_date'),
        hire_date: count('hire_date'),
        address: words('address'),
        city: words('city'),
        postal_code: text('postal_code'),
        country: words('country'),
        home_phone: words('home_phone'),
        extension: count('extension'),
        notes: words('notes'),
        reports_to: integer('reports_to'),
    }, (t) => [index('employees_reports_to_idx').on(t.reports_to)]);
    const suppliers = table('suppliers', {
        id: id(),
        company: words('company'),
        contact: words('contact'),
        title: words('title'),
        address: words('address'),
        city: words('city'),
        region: text('region'),
        postal_code: words('postal_code'),
        country: words('country'),
        phone: words('phone'),
    });
    const products = table('products', {
        id: id(),
        name: words('name'),
        quantity_per_unit: words('quantity_per_unit'),
        unit_price: number('unit_price'),
        units_in_stock: count('units_in_stock'),
        units_on_order: count('units_on_order'),
        reorder_level: count('reorder_level'),
        discontinued: count('discontinued'),
        supplier_id: count('supplier_id'),
    }, (t) => [index('products_supplier_id_idx').on(t.supplier_id)]);
    const orders = table('orders', {
        id: id(),
        customer_id: count('customer_id'),
        employee_id: count('employee_id'),
        order_date: count('order_date'),
        required_date: count('required_date'),
        shipped_date: integer('shipped_date'),
        ship_via: count('ship_via'),
        freight: number('freight'),
        ship_name: words('ship_name'),
        ship_city: words('ship_city'),
        ship_region: text('ship_region'),
        ship_postal_code: text('ship_postal_code'),
        ship_country: words('ship_country'),
    }, (t) => [
        index('orders_customer_id_idx').on(t.customer_id),
        index('orders_employee_id_idx').on(t.employee_id),
    ]);
    const order_details = table('order_details', {
        id: id(),
        order_id: count('order_id'),
        product_id: count('product_id'),
        unit_price: number('unit_price'),
        quantity: count('quantity'),
        discount: number('discount'),
    }, (t) => [
        index('order_details_order_id_idx').on(t.order_id),
        index('order_details_product_id_idx').on(t.product_id),
    ]);

    return {
        customers,
        employees,
        suppliers,
        products,
        orders,
        order_details,
        employee_relations: relations(employees, ({ one }) => ({
            recipient: one(employees, {
                fields: [employees.reports_to],
                references: [employees.id],
            }),
        })),
        product_relations: relations(products, ({ one }) => ({
            supplier: one(suppliers, {
                fields: [products.supplier_id],
                references: [suppliers.id],
            }),
        })),
        order_relations: relations(orders, ({ many }) => ({
            details: many(order_details),
        })),
        detail_relations: relations(order_details, ({ one }) => ({
            order: one(orders, {
                fields: [order_details.order_id],
                references: [orders.id],
            }),
            product: one(products, {
                fields: [order_details.product_id],
                references: [products.id],
            }),
        })),
    };
}
