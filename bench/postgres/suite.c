/* PostgreSQL: `data` is a URL. What writes does so into temporary tables of its connection,
 * which are neither logged nor shared. */
#include "../workload.h"
#include "data.h"

static const struct plan plans[] = {
    {"point", 1.05, 500, 2000, 2000, 10000, 1},
    {"point_registered", 1.05, 500, 2000, 2000, 10000, 1},
    {"page", 1.05, 30, 100, 100, 1000, 1},
    {"scan", 1.05, 1, 1, 1, 1, 1},
    {"joinagg", 1.05, 10, 20, 20, 100, 1},
    {"dynamic", 1.05, 320, 1600, 1600, 10000, 1},
    {"insert1", 1.05, 100, 2000, 2000, 10000, 1},
    {"insert1_registered", 1.05, 100, 2000, 2000, 10000, 1},
    {"bulk", 1.05, 1, 1, 1, 1, DATA_BULK_ROWS},
    {"copy", 1.05, 1, 1, 1, 1, DATA_BULK_ROWS},
    {"batch", 1.05, 5, 20, 20, 200, BATCH},
    {"update", 1.05, 60, 2000, 2000, 10000, 1},
    {"update_registered", 1.05, 60, 2000, 2000, 10000, 1},
    {0},
};

static const char *const read_script[] = {"set max_parallel_workers_per_gather = 0",
                                          "set jit = off", NULL};

static const char *const write_script[] = {
    "set client_min_messages = warning",
    "create temp table " PG_CUSTOMERS_DDL,
    "create temp table " PG_PRODUCTS_DDL,
    "create temp table " PG_DETAILS_DDL,
    "insert into products select i, 'Product ' || i, i % 24 || ' boxes', "
    "i % 997 / 4.0, i % 120, i % 7 * 10, i % 5 * 5, (i % 10 = 0)::int, 1 + i % 1000 "
    "from generate_series(1, 5000) i",
    NULL,
};

static const char *place(const char *data, const char *side, char room[4096])
{
    (void)side;
    (void)room;
    return data;
}

const struct suite suite = {
    plans, CLOCK_MONOTONIC, 0.02,        data_write_postgres, place,
    NULL,  read_script,     write_script};
