// The routes as drizzle-orm's users write them, each prepared once: path -> (arguments) => rows
// or a promise of them. What they are is Drizzle's own benchmark,
// and the list of ../routes.h.
import { asc, eq, ilike, inArray, like, sql } from 'drizzle-orm';
import { schema } from './schema.mjs';

// open(url): the database of a file name or a postgres:// URL
export async function open(url) {
    const tables = schema(url.startsWith('postgres') ? 'postgres' : 'sqlite');
    if (url.startsWith('postgres')) {
        const { default: pg } = await import('pg');
        const { drizzle } = await import('drizzle-orm/node-postgres');
        const client = new pg.Pool({ connectionString: url, max: Number(process.env.POOL ?? 10) });
        return { tables, db: drizzle(client, { schema: tables }), close: () => client.end() };
    }
    const { default: Database } = await import('better-sqlite3');
    const { drizzle } = await import('drizzle-orm/better-sqlite3');
    const client = new Database(url);
    client.pragma('journal_mode = WAL');
    client.pragma('synchronous = NORMAL');
    client.pragma('cache_size = -65536');
    return { tables, db: drizzle(client, { schema: tables }), close: () => client.close() };
}

export function routes({ tables, db }) {
    const { customers, employees, suppliers, products, orders, order_details } = tables;
    const id = sql.placeholder('id');
    const term = sql.placeholder('term');
    const page = { limit: sql.placeholder('limit'), offset: sql.placeholder('offset') };
    const on_postgres = db.dialect.constructor.name === 'PgDialect';
    const matches = on_postgres ? ilike : like; // like is case-insensitive in SQLite
    const whole = (x) => (on_postgres ? sql`${x}::int` : x);

    const totals = () => db
        .select({
            id: orders.id,
            shipped_date: orders.shipped_date,
            ship_name: orders.ship_name,
            ship_city: orders.ship_city,
            ship_country: orders.ship_country,
            products_count: whole(sql`count(${order_details.product_id})`),
            quantity_sum: whole(sql`sum(${order_details.quantity})`),
            total_price: sql`sum(${order_details.quantity} * ${order_details.unit_price})`,
        })
        .from(orders)
        .leftJoin(order_details, eq(order_details.order_id, orders.id));

    const prepared = {
        customers: db.query.customers.findMany({ ...page, orderBy: customers.id }),
        customer: db.query.customers.findFirst({ where: eq(customers.id, id) }),
        find_customer: db.query.customers.findMany({
            where: matches(customers.company, term),
            orderBy: customers.id,
        }),
        employees: db.query.employees.findMany({ ...page, orderBy: employees.id }),
        employee: db.query.employees.findMany({
            with: { recipient: true },
            where: eq(employees.id, id),
        }),
        suppliers: db.query.suppliers.findMany({ ...page, orderBy: suppliers.id }),
        supplier: db.query.suppliers.findFirst({ where: eq(suppliers.id, id) }),
        products: db.query.products.findMany({ ...page, orderBy: products.id }),
        product: db.query.products.findMany({
            where: eq(products.id, id),
            with: { supplier: true },
        }),
        find_product: db.query.products.findMany({
            where: matches(products.name, term),
            orderBy: products.id,
        }),
        totals: totals()
            .groupBy(orders.id).orderBy(asc(orders.id)).limit(page.limit).offset(page.offset),
        page_totals: totals()
            .where(inArray(orders.id, db.select({ id: orders.id }).from(orders)
                .orderBy(asc(orders.id)).limit(page.limit).offset(page.offset)))
            .groupBy(orders.id).orderBy(asc(orders.id)),
        total: totals()
            .where(eq(orders.id, id)).groupBy(orders.id).orderBy(asc(orders.id)),
        order: db.query.orders.findMany({
            with: { details: { with: { product: true } } },
            where: eq(orders.id, id),
        }),
        page_of_orders: db.query.orders.findMany({
            ...page,
            orderBy: orders.id,
            with: { details: { orderBy: order_details.id, with: { product: true } } },
        }),
    };
    for (const [name, query] of Object.entries(prepared))
        prepared[name] = query.prepare(name);

    const by_page = (query) => (a) => query.execute({
        limit: Number(a.get('limit')),
        offset: Number(a.get('offset')),
    });
    const by_id = (query) => (a) => query.execute({ id: Number(a.get('id')) });
    const by_term = (query) => (a) => query.execute({ term: `%${a.get('term')}%` });
    return {
        '/customers': by_page(prepared.customers),
        '/customer-by-id': by_id(prepared.customer),
        '/search-customer': by_term(prepared.find_customer),
        '/employees': by_page(prepared.employees),
        '/employee-with-recipient': by_id(prepared.employee),
        '/suppliers': by_page(prepared.suppliers),
        '/supplier-by-id': by_id(prepared.supplier),
        '/products': by_page(prepared.products),
        '/product-with-supplier': by_id(prepared.product),
        '/search-product': by_term(prepared.find_product),
        '/orders-with-details': by_page(prepared.totals),
        '/orders-page-with-details': by_page(prepared.page_totals),
        '/order-with-details': by_id(prepared.total),
        '/order-with-details-and-products': by_id(prepared.order),
        '/orders-as-trees': by_page(prepared.page_of_orders),
    };
}
