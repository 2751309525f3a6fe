/* Writes the data set described in data.h: one fill function per table, which binds the
 * columns of one row from a random state that starts at seed, table and row number. So
 * no row depends on those before it, and a table can change without the others. */
#include "data.h"

#include <sqlite3.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { SEED = 20261121, VERSION = 1 }; /* raise VERSION when the data changes */

static const char *const ddl[] = {
    CUSTOMERS_DDL,
    PRODUCTS_DDL,
    DETAILS_DDL,
    "create table employees (id integer primary key not null, last_name text not null, "
    "first_name text not null, title text not null, birth_date integer not null, "
    "hire_date integer not null, address text not null, city text not null, "
    "postal_code text, country text not null, home_phone text not null, "
    "extension integer not null, notes text not null, reports_to integer)",
    "create table suppliers (id integer primary key not null, company text not null, "
    "contact text not null, title text not null, address text not null, "
    "city text not null, region text, postal_code text not null, country text not "
    "null, "
    "phone text not null)",
    "create table orders (id integer primary key not null, "
    "customer_id integer not null, employee_id integer not null, "
    "order_date integer not null, required_date integer not null, "
    "shipped_date integer, ship_via integer not null, freight real not null, "
    "ship_name text not null, ship_city text not null, ship_region text, "
    "ship_postal_code text, ship_country text not null)",
};

static const char *const indexes[] = {
    "create index employees_reports_to_idx on employees (reports_to)",
    "create index products_supplier_id_idx on products (supplier_id)",
    "create index orders_customer_id_idx on orders (customer_id)",
    "create index orders_employee_id_idx on orders (employee_id)",
    "create index order_details_order_id_idx on order_details (order_id)",
    "create index order_details_product_id_idx on order_details (product_id)",
};

_Noreturn void die(const char *format, ...)
{
    va_list args;
    va_start(args, format);
    fputs("bench: ", stderr);
    vfprintf(stderr, format, args);
    fputc('\n', stderr);
    va_end(args);
    exit(1);
}

static int divisor = 1;

void data_divide(int by)
{
    divisor = by;
}

int data_part(int rows)
{
    return rows < divisor ? 1 : rows / divisor;
}

/* --- random values ---
 *
 * One call of next or PICK per full expression: C leaves the order of evaluation of
 * arguments and initializers to the compiler, and the data must not depend on it. */

/* A random stream; each row of each table has its own. */
struct random {
    uint64_t state;
};

static struct random random_of(uint64_t table, uint64_t row)
{
    return (struct random){mix(SEED + (table << 40) + row)};
}

static uint64_t next(struct random *r, uint64_t below)
{
    r->state += 0x9e3779b97f4a7c15u;
    return mix(r->state) % below;
}

static const char *pick(struct random *r, const char *const *words, size_t count)
{
    return words[next(r, count)];
}
#define PICK(r, words) pick(r, words, sizeof(words) / sizeof((words)[0]))

static const char *const given[] = {"Maria",  "Ana",   "Thomas", "Christina", "Hanna",
                                    "Martin", "Laura", "Victor", "Patricio",  "Yang",
                                    "Pedro",  "Sven",  "Janine", "Elizabeth", "Roland"};
static const char *const family[] = {"Anders",  "Trujillo", "Hardy",   "Berglund",
                                     "Moos",    "Citeaux",  "Sommer",  "Lebihan",
                                     "Lincoln", "Ashworth", "Simpson", "Chang",
                                     "Ottlieb", "Labrune",  "Devon",   "Mendel"};
static const char *const trades[] = {"Trading", "Foods",     "Markets", "Delicatessen",
                                     "Imports", "Beverages", "Store",   "Provisions"};
static const char *const titles[] = {"Owner",           "Sales Representative",
                                     "Order Manager",   "Accounting Manager",
                                     "Sales Associate", "Marketing Assistant"};
static const char *const cities[] = {
    "Berlin", "Mexico", "London", "Lulea",  "Mannheim", "Madrid", "Bern",   "Sao Paulo",
    "Aachen", "Nantes", "Graz",   "Lisboa", "Portland", "Cork",   "Bergamo"};
static const char *const countries[] = {
    "Germany",     "Mexico", "United Kingdom", "Sweden",  "France",   "Spain",
    "Switzerland", "Brazil", "Austria",        "Ireland", "Portugal", "Italy"};
static const char *const regions[] = {"BC", "SP", "OR", "WA", "Co. Cork", "Essex"};
static const char *const goods[] = {"Chai",   "Syrup",   "Gumbo Mix", "Spread",
                                    "Pears",  "Crab",    "Cheese",    "Tofu",
                                    "Shrimp", "Pavlova", "Scones",    "Tunnbrod"};

/* --- binding; columns count from 1, and the first is always the id --- */

static void bind_text(sqlite3_stmt *s, int column, const char *text)
{
    sqlite3_bind_text(s, column, text, -1, SQLITE_TRANSIENT);
}

__attribute__((format(printf, 3, 4))) static void
bind_format(sqlite3_stmt *s, int column, const char *format, ...)
{
    char text[160];
    va_list args;
    va_start(args, format);
    vsnprintf(text, sizeof text, format, args);
    va_end(args);
    bind_text(s, column, text);
}

static void bind_int(sqlite3_stmt *s, int column, uint64_t value)
{
    sqlite3_bind_int64(s, column, (sqlite3_int64)value);
}

static void bind_cents(sqlite3_stmt *s, int column, uint64_t cents)
{
    sqlite3_bind_double(s, column, (double)cents / 100.0);
}

static void bind_name(sqlite3_stmt *s, int column, struct random *r)
{
    const char *first = PICK(r, given);
    bind_format(s, column, "%s %s", first, PICK(r, family));
}

static void bind_company(sqlite3_stmt *s, int column, struct random *r, uint64_t row)
{
    const char *name = PICK(r, family);
    bind_format(s, column, "%s %s %d", name, PICK(r, trades), (int)row);
}

static void bind_address(sqlite3_stmt *s, int column, struct random *r)
{
    const char *name = PICK(r, family);
    bind_format(s, column, "%d %s Street", 1 + (int)next(r, 400), name);
}

static void bind_region(sqlite3_stmt *s, int column, struct random *r)
{
    if (next(r, 5) < 2)
        bind_text(s, column, PICK(r, regions));
}

static void bind_code(sqlite3_stmt *s, int column, struct random *r)
{
    bind_format(s, column, "%05d", (int)next(r, 100000));
}

static void bind_phone(sqlite3_stmt *s, int column, struct random *r)
{
    int area = (int)next(r, 1000);
    int number = (int)next(r, 10000000);
    bind_format(s, column, "(%03d) %07d", area, number);
}

/* --- rows; what is not bound stays NULL --- */

static void fill_customer(sqlite3_stmt *s, struct random *r, uint64_t row)
{
    bind_company(s, 2, r, row);
    bind_name(s, 3, r);
    bind_text(s, 4, PICK(r, titles));
    bind_address(s, 5, r);
    bind_text(s, 6, PICK(r, cities));
    bind_region(s, 7, r);
    if (next(r, 20))
        bind_code(s, 8, r);
    bind_text(s, 9, PICK(r, countries));
    bind_phone(s, 10, r);
    if (next(r, 4))
        bind_phone(s, 11, r);
}

static void fill_employee(sqlite3_stmt *s, struct random *r, uint64_t row)
{
    bind_text(s, 2, PICK(r, family));
    bind_text(s, 3, PICK(r, given));
    bind_text(s, 4, PICK(r, titles));
    bind_int(s, 5, 86400 * next(r, 10000));
    bind_int(s, 6, 86400 * (10000 + next(r, 8000)));
    bind_address(s, 7, r);
    bind_text(s, 8, PICK(r, cities));
    if (next(r, 20))
        bind_code(s, 9, r);
    bind_text(s, 10, PICK(r, countries));
    bind_phone(s, 11, r);
    bind_int(s, 12, 100 + next(r, 900));
    bind_format(s, 13, "Joined as number %d, speaks %d languages.", (int)row,
                1 + (int)next(r, 5));
    if (row > 5)
        bind_int(s, 14, 1 + next(r, 5));
}

static void fill_supplier(sqlite3_stmt *s, struct random *r, uint64_t row)
{
    bind_company(s, 2, r, row);
    bind_name(s, 3, r);
    bind_text(s, 4, PICK(r, titles));
    bind_address(s, 5, r);
    bind_text(s, 6, PICK(r, cities));
    bind_region(s, 7, r);
    bind_code(s, 8, r);
    bind_text(s, 9, PICK(r, countries));
    bind_phone(s, 10, r);
}

static void fill_product(sqlite3_stmt *s, struct random *r, uint64_t row)
{
    bind_format(s, 2, "%s %d", PICK(r, goods), (int)row);
    int boxes = 1 + (int)next(r, 48);
    bind_format(s, 3, "%d boxes x %d g", boxes, 50 + (int)next(r, 950));
    bind_cents(s, 4, 250 + next(r, 25000));
    bind_int(s, 5, next(r, 125));
    bind_int(s, 6, next(r, 8) * 10);
    bind_int(s, 7, next(r, 7) * 5);
    bind_int(s, 8, next(r, 10) == 0);
    bind_int(s, 9, 1 + next(r, (uint64_t)data_part(DATA_SUPPLIERS)));
}

static void fill_order(sqlite3_stmt *s, struct random *r, uint64_t row)
{
    uint64_t day = 16000 + row * 2000 / (uint64_t)data_part(DATA_ORDERS);
    bind_int(s, 2, 1 + next(r, (uint64_t)data_part(DATA_CUSTOMERS)));
    bind_int(s, 3, 1 + next(r, (uint64_t)data_part(DATA_EMPLOYEES)));
    bind_int(s, 4, 86400 * day);
    bind_int(s, 5, 86400 * (day + 28));
    if (next(r, 30))
        bind_int(s, 6, 86400 * (day + 1 + next(r, 20)));
    bind_int(s, 7, 1 + next(r, 3));
    bind_cents(s, 8, next(r, 100000));
    bind_company(s, 9, r, 1 + next(r, (uint64_t)data_part(DATA_CUSTOMERS)));
    bind_text(s, 10, PICK(r, cities));
    bind_region(s, 11, r);
    if (next(r, 20))
        bind_code(s, 12, r);
    bind_text(s, 13, PICK(r, countries));
}

static void fill_detail(sqlite3_stmt *s, struct random *r, uint64_t order)
{
    bind_int(s, 2, order);
    bind_int(s, 3, 1 + next(r, (uint64_t)data_part(DATA_PRODUCTS)));
    bind_cents(s, 4, 250 + next(r, 25000));
    bind_int(s, 5, 1 + next(r, 100));
    bind_cents(s, 6, 5 * next(r, 6));
}

/* --- the file --- */

enum { CUSTOMERS, EMPLOYEES, SUPPLIERS, PRODUCTS, ORDERS, DETAILS, TABLES };

typedef void fill_fn(sqlite3_stmt *s, struct random *r, uint64_t row);

static const struct table {
    const char *name;
    int rows; /* of DETAILS, see data_detail_count */
    int columns;
    fill_fn *fill;
} tables[TABLES] = {
    [CUSTOMERS] = {"customers", DATA_CUSTOMERS, 11, fill_customer},
    [EMPLOYEES] = {"employees", DATA_EMPLOYEES, 14, fill_employee},
    [SUPPLIERS] = {"suppliers", DATA_SUPPLIERS, 10, fill_supplier},
    [PRODUCTS] = {"products", DATA_PRODUCTS, 9, fill_product},
    [ORDERS] = {"orders", DATA_ORDERS, 13, fill_order},
    [DETAILS] = {"order_details", 0, 6, fill_detail},
};

/* How many details an order has: 1 to 11. */
static uint64_t lines_of(uint64_t order)
{
    struct random r = random_of(TABLES, order);
    return 1 + next(&r, 11);
}

int64_t data_detail_count(void)
{
    uint64_t count = 0;
    for (uint64_t order = 1; order <= (uint64_t)data_part(DATA_ORDERS); order++)
        count += lines_of(order);
    return (int64_t)count;
}

static void run_sql(sqlite3 *db, const char *sql)
{
    if (sqlite3_exec(db, sql, NULL, NULL, NULL) != SQLITE_OK)
        die("%s: %s", sql, sqlite3_errmsg(db));
}

static sqlite3_stmt *prepare_insert(sqlite3 *db, const struct table *t)
{
    char sql[160];
    int len = snprintf(sql, sizeof sql, "insert into %s values (?", t->name);
    for (int i = 1; i < t->columns; i++)
        len += snprintf(sql + len, sizeof sql - (size_t)len, ", ?");
    snprintf(sql + len, sizeof sql - (size_t)len, ")");
    sqlite3_stmt *s;
    if (sqlite3_prepare_v2(db, sql, -1, &s, NULL) != SQLITE_OK)
        die("%s: %s", sql, sqlite3_errmsg(db));
    return s;
}

/* One row: `id` is its key, `about` what it tells of (of a detail: its order). */
static void write_row(sqlite3_stmt *s, int table, uint64_t id, uint64_t about)
{
    struct random r = random_of((uint64_t)table, id);
    sqlite3_clear_bindings(s);
    bind_int(s, 1, id);
    tables[table].fill(s, &r, about);
    if (sqlite3_step(s) != SQLITE_DONE)
        die("insert into %s: %s", tables[table].name,
            sqlite3_errmsg(sqlite3_db_handle(s)));
    sqlite3_reset(s);
}

static void write_table(sqlite3 *db, int table)
{
    sqlite3_stmt *s = prepare_insert(db, &tables[table]);
    if (table == DETAILS) {
        uint64_t id = 0;
        for (uint64_t order = 1; order <= (uint64_t)data_part(DATA_ORDERS); order++) {
            for (uint64_t left = lines_of(order); left > 0; left--)
                write_row(s, table, ++id, order);
        }
    } else {
        for (int row = 1; row <= data_part(tables[table].rows); row++)
            write_row(s, table, (uint64_t)row, (uint64_t)row);
    }
    sqlite3_finalize(s);
}

/* The only number that `sql` yields, or -1. */
static int64_t number(sqlite3 *db, const char *sql)
{
    int64_t value = -1;
    sqlite3_stmt *s;
    if (sqlite3_prepare_v2(db, sql, -1, &s, NULL) != SQLITE_OK)
        return -1;
    if (sqlite3_step(s) == SQLITE_ROW)
        value = sqlite3_column_int64(s, 0);
    sqlite3_finalize(s);
    return value;
}

static int is_complete(const char *path)
{
    sqlite3 *db;
    int ok = sqlite3_open_v2(path, &db, SQLITE_OPEN_READONLY, NULL) == SQLITE_OK &&
             number(db, "pragma user_version") == VERSION;
    for (int i = 0; ok && i < TABLES; i++) {
        char sql[64];
        snprintf(sql, sizeof sql, "select count(*) from %s", tables[i].name);
        ok = number(db, sql) ==
             (i == DETAILS ? data_detail_count() : data_part(tables[i].rows));
    }
    sqlite3_close(db);
    return ok;
}

/* Remove a database and what a crash or a journal may have left beside it. */
static void remove_database(const char *path)
{
    static const char *const suffixes[] = {"", "-journal", "-wal", "-shm"};
    for (size_t i = 0; i < sizeof suffixes / sizeof suffixes[0]; i++) {
        char name[4096];
        snprintf(name, sizeof name, "%s%s", path, suffixes[i]);
        remove(name);
    }
}

void data_write(const char *path)
{
    if (is_complete(path))
        return;
    remove_database(path);
    sqlite3 *db;
    if (sqlite3_open(path, &db) != SQLITE_OK)
        die("%s: %s", path, sqlite3_errmsg(db));
    run_sql(db, "pragma synchronous = off");
    run_sql(db, "begin");
    for (size_t i = 0; i < sizeof ddl / sizeof ddl[0]; i++)
        run_sql(db, ddl[i]);
    for (int i = 0; i < TABLES; i++)
        write_table(db, i);
    for (size_t i = 0; i < sizeof indexes / sizeof indexes[0]; i++)
        run_sql(db, indexes[i]);
    char version[40];
    snprintf(version, sizeof version, "pragma user_version = %d", (int)VERSION);
    run_sql(db, version);
    run_sql(db, "commit");
    sqlite3_close(db);
}

void data_copy(const char *from, const char *to)
{
    if (is_complete(to))
        return;
    remove_database(to);
    FILE *in = fopen(from, "rb");
    FILE *out = fopen(to, "wb");
    if (!in || !out)
        die("cannot copy %s to %s", from, to);
    static char block[1 << 16];
    size_t len;
    while ((len = fread(block, 1, sizeof block, in)) > 0) {
        if (fwrite(block, 1, len, out) != len)
            die("cannot write %s", to);
    }
    fclose(in);
    if (fclose(out) != 0)
        die("cannot write %s", to);
}

/* --- the rows, for other databases --- */

const char *const data_tables[] = {
    "customers", "employees", "suppliers", "products", "orders", "order_details", NULL};

void data_rows(const char *path, const char *table,
               void (*row)(void *ctx, const char *const *values, int count), void *ctx)
{
    sqlite3 *db;
    sqlite3_stmt *s;
    char sql[64];
    snprintf(sql, sizeof sql, "select * from %s order by id", table);
    if (sqlite3_open_v2(path, &db, SQLITE_OPEN_READONLY, NULL) ||
        sqlite3_prepare_v2(db, sql, -1, &s, NULL))
        die("%s: %s", path, sqlite3_errmsg(db));
    int count = sqlite3_column_count(s);
    while (sqlite3_step(s) == SQLITE_ROW) {
        const char *values[16];
        for (int i = 0; i < count; i++)
            values[i] = (const char *)sqlite3_column_text(s, i);
        row(ctx, values, count);
    }
    sqlite3_finalize(s);
    sqlite3_close(db);
}

/* --- what the writing workloads insert --- */

const struct new_customer *data_new_customers(void)
{
    static struct new_customer rows[DATA_NEW_CUSTOMERS];
    static char companies[DATA_NEW_CUSTOMERS][40];
    if (rows[0].company)
        return rows;
    for (int i = 0; i < DATA_NEW_CUSTOMERS; i++) {
        struct random r = random_of(TABLES + 1, (uint64_t)i);
        struct new_customer *row = &rows[i];
        row->contact = PICK(&r, family);
        snprintf(companies[i], sizeof companies[i], "%s Trading %d", row->contact, i);
        row->company = companies[i];
        row->title = PICK(&r, titles);
        row->address = "12 Orchard Terrace";
        row->city = PICK(&r, cities);
        row->region = i % 5 < 2 ? PICK(&r, regions) : NULL;
        row->postal_code = "05021";
        row->country = PICK(&r, countries);
        row->phone = "(030) 0074321";
        row->fax = i % 4 ? "(030) 0076545" : NULL;
    }
    return rows;
}

const struct new_detail *data_new_details(void)
{
    static struct new_detail *rows;
    if (rows)
        return rows;
    rows = malloc(DATA_BULK_ROWS * sizeof *rows);
    if (!rows)
        die("out of memory");
    for (int i = 0; i < DATA_BULK_ROWS; i++) {
        struct random r = random_of(TABLES + 2, (uint64_t)i);
        rows[i].order_id = 1 + i / 6;
        rows[i].product_id = 1 + (int64_t)next(&r, DATA_PRODUCTS);
        rows[i].unit_price = (double)(250 + next(&r, 25000)) / 100.0;
        rows[i].quantity = 1 + (int64_t)next(&r, 100);
        rows[i].discount = (double)(5 * next(&r, 6)) / 100.0;
    }
    return rows;
}
