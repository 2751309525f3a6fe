/* Writes the data set into PostgreSQL, from the rows of an SQLite file. */
#include "data.h"

#include <libpq-fe.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <unistd.h>

static const char *const ddl[] = {
    "create table " PG_CUSTOMERS_DDL,
    "create table " PG_PRODUCTS_DDL,
    "create table " PG_DETAILS_DDL,
    "create table employees (" PG_ID
    "last_name text not null, first_name text not null, "
    "title text not null, birth_date bigint not null, hire_date bigint not null, "
    "address text not null, city text not null, postal_code text, "
    "country text not null, home_phone text not null, extension bigint not null, "
    "notes text not null, reports_to bigint)",
    "create table suppliers (" PG_ID "company text not null, contact text not null, "
    "title text not null, address text not null, city text not null, region text, "
    "postal_code text not null, country text not null, phone text not null)",
    "create table orders (" PG_ID "customer_id bigint not null, "
    "employee_id bigint not null, order_date bigint not null, "
    "required_date bigint not null, shipped_date bigint, ship_via bigint not null, "
    "freight double precision not null, ship_name text not null, "
    "ship_city text not null, ship_region text, ship_postal_code text, "
    "ship_country text not null)",
    "create index on employees (reports_to)",
    "create index on products (supplier_id)",
    "create index on orders (customer_id)",
    "create index on orders (employee_id)",
    "create index on order_details (order_id)",
    "create index on order_details (product_id)",
    NULL,
};

static void run(PGconn *db, const char *sql)
{
    PGresult *r = PQexec(db, sql);
    ExecStatusType status = PQresultStatus(r);
    if (status != PGRES_COMMAND_OK && status != PGRES_TUPLES_OK &&
        status != PGRES_COPY_IN)
        die("%s: %s", sql, PQerrorMessage(db));
    PQclear(r);
}

/* The values need no escapes: all text is ASCII without tabs and backslashes. */
static void copy_row(void *ctx, const char *const *values, int count)
{
    char line[2000];
    int len = 0;
    for (int i = 0; i < count; i++)
        len += snprintf(line + len, sizeof line - (size_t)len, "%s%s",
                        values[i] ? values[i] : "\\N", i + 1 < count ? "\t" : "\n");
    if (PQputCopyData(ctx, line, len) != 1)
        die("copy: %s", PQerrorMessage(ctx));
}

static bool is_complete(PGconn *db)
{
    PGresult *r = PQexec(db, "select count(*) from order_details");
    bool complete = PQresultStatus(r) == PGRES_TUPLES_OK &&
                    strtoll(PQgetvalue(r, 0, 0), NULL, 10) == data_detail_count();
    PQclear(r);
    return complete;
}

static void fill(PGconn *db)
{
    char path[] = "/tmp/virga-bench-XXXXXX", file[64];
    if (!mkdtemp(path))
        die("%s: cannot be made", path);
    snprintf(file, sizeof file, "%s/data.db", path);
    data_write(file);
    run(db, "begin");
    for (size_t i = 0; ddl[i]; i++)
        run(db, ddl[i]);
    for (size_t i = 0; data_tables[i]; i++) {
        char sql[64];
        snprintf(sql, sizeof sql, "copy %s from stdin", data_tables[i]);
        run(db, sql);
        data_rows(file, data_tables[i], copy_row, db);
        PGresult *r = PQputCopyEnd(db, NULL) == 1 ? PQgetResult(db) : NULL;
        if (PQresultStatus(r) != PGRES_COMMAND_OK)
            die("%s: %s", sql, PQerrorMessage(db));
        PQclear(r);
        PQclear(PQgetResult(db));
    }
    run(db, "commit");
    for (size_t i = 0; data_tables[i]; i++) {
        char sql[64];
        snprintf(sql, sizeof sql, "analyze %s", data_tables[i]);
        run(db, sql);
    }
    remove(file);
    remove(path);
}

void data_write_postgres(const char *url)
{
    PGconn *db = PQconnectdb(url);
    if (PQstatus(db) != CONNECTION_OK)
        die("%s", PQerrorMessage(db));
    if (!is_complete(db))
        fill(db);
    PQfinish(db);
}
