/* The data set of the benchmark: a trading company in the manner of Northwind, the same
 * bytes on every machine, from a seeded generator. It is written with plain sqlite3, by
 * nobody's query layer, and schema.h describes the same tables to Virga.
 *
 *     customers      10,000   id, company, contact, title, address, city, region?,
 *                             postal_code?, country, phone, fax?
 *     employees         200   id, last_name, first_name, title, birth_date, hire_date,
 *                             address, city, postal_code?, country, home_phone,
 *                             extension, notes, reports_to?
 *     suppliers       1,000   id, company, contact, title, address, city, region?,
 *                             postal_code, country, phone
 *     products        5,000   id, name, quantity_per_unit, unit_price, units_in_stock,
 *                             units_on_order, reorder_level, discontinued, supplier_id
 *     orders         50,000   id, customer_id, employee_id, order_date, required_date,
 *                             shipped_date?, ship_via, freight, ship_name, ship_city,
 *                             ship_region?, ship_postal_code?, ship_country
 *     order_details ~300,000  id, order_id, product_id, unit_price, quantity, discount
 *
 * A question mark says that the column may be NULL. Every id is `integer primary key
 * not null`, prices, freight and discount are `real`; counts, dates (seconds since
 * 1970) and foreign keys are `integer`, the rest is `text`; data.c has the full DDL.
 * Foreign keys have indexes but no REFERENCES, so that no side checks what the other
 * does not. All text is ASCII. */
#ifndef BENCH_DATA_H
#define BENCH_DATA_H

#include <stddef.h>
#include <stdint.h>

enum {
    DATA_CUSTOMERS = 10000,
    DATA_EMPLOYEES = 200,
    DATA_SUPPLIERS = 1000,
    DATA_PRODUCTS = 5000,
    DATA_ORDERS = 50000,
    DATA_BULK_ROWS = 100000, /* rows that one bulk insert writes */
    DATA_NEW_CUSTOMERS = 64  /* different rows that insert1 writes in turn */
};

/* A row for insert1; region and fax may be NULL. */
struct new_customer {
    const char *company, *contact, *title, *address, *city, *region, *postal_code;
    const char *country, *phone, *fax;
};

/* A row for the bulk insert. */
struct new_detail {
    int64_t order_id, product_id;
    double unit_price;
    int64_t quantity;
    double discount;
};

/* Make a smaller set: as many times fewer rows, of each table at least one. Before any other
 * call. `data_part` is how many that are of `rows`. */
void data_divide(int by);
int data_part(int rows);

/* Rows in order_details, a function of the seed. */
int64_t data_detail_count(void);

/* Make sure that `path` is an SQLite file with the data set: reuse it when it has the
 * right version and row counts, else write it anew. Ends the program on failure. */
void data_write(const char *path);

/* Copy the file, unless `to` has the data set already. Each side gets its own file, so
 * that the pragmas of one (a journal mode, say) cannot slow down the other. */
void data_copy(const char *from, const char *to);

/* Call `row` for each row of a table in that file, in the order of its key: its values as
 * text, NULL for NULL. */
extern const char *const data_tables[]; /* ended by NULL */
void data_rows(const char *path, const char *table,
               void (*row)(void *ctx, const char *const *values, int count), void *ctx);

/* What the writing workloads insert: DATA_NEW_CUSTOMERS and DATA_BULK_ROWS rows, the
 * same for both sides, built at the first call and kept. */
const struct new_customer *data_new_customers(void);
const struct new_detail *data_new_details(void);

/* What the writing workloads write to; SQLite needs nothing else of a table. */
#define CUSTOMERS_DDL                                                                  \
    "create table customers (id integer primary key not null, company text not null, " \
    "contact text not null, title text not null, address text not null, "              \
    "city text not null, region text, postal_code text, country text not null, "       \
    "phone text not null, fax text)"
#define PRODUCTS_DDL                                                               \
    "create table products (id integer primary key not null, name text not null, " \
    "quantity_per_unit text not null, unit_price real not null, "                  \
    "units_in_stock integer not null, units_on_order integer not null, "           \
    "reorder_level integer not null, discontinued integer not null, "              \
    "supplier_id integer not null)"
#define DETAILS_DDL                                                                \
    "create table order_details (id integer primary key not null, "                \
    "order_id integer not null, product_id integer not null, unit_price real not " \
    "null, "                                                                       \
    "quantity integer not null, discount real not null)"

/* Say what went wrong and end the program. */
_Noreturn void die(const char *format, ...) __attribute__((format(printf, 1, 2)));

/* The finalizer of splitmix64: spreads op numbers and row numbers. */
static inline uint64_t mix(uint64_t x)
{
    x += 0x9e3779b97f4a7c15u;
    x = (x ^ (x >> 30)) * 0xbf58476d1ce4e5b9u;
    x = (x ^ (x >> 27)) * 0x94d049bb133111ebu;
    return x ^ (x >> 31);
}

#endif
