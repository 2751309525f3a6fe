/* SQLite: the data set in a file, a copy for each side; what writes does so in memory. */
#include "workload.h"

#include <stdio.h>

static const struct plan plans[] = {
    {"point", 1.00, 500, 2000, 2000, 100000, 1},
    {"point_registered", 1.00, 500, 2000, 2000, 100000, 1},
    {"page", 0.85, 30, 100, 100, 10000, 1},
    {"scan", 0.90, 1, 1, 1, 1, 1},
    {"joinagg", 1.00, 10, 20, 20, 1000, 1},
    {"dynamic", 1.00, 320, 1600, 1600, 100000, 1},
    {"insert1", 1.00, 100, 2000, 2000, 10000, 1},
    {"insert1_registered", 1.00, 100, 2000, 2000, 10000, 1},
    {"bulk", 1.00, 1, 1, 1, 1, DATA_BULK_ROWS},
    {"update", 1.00, 60, 2000, 2000, 100000, 1},
    {"update_registered", 1.00, 60, 2000, 2000, 100000, 1},
    {0},
};

static const char *const read_script[] = {
    "pragma journal_mode = delete",
    "pragma foreign_keys = off",
    "pragma cache_size = -65536",
    "pragma locking_mode = exclusive",
    NULL,
};

static const char *const write_script[] = {
    "pragma foreign_keys = off",
    "pragma cache_size = -65536",
    CUSTOMERS_DDL,
    PRODUCTS_DDL,
    DETAILS_DDL,
    "with recursive n(i) as (select 1 union all select i + 1 from n where i < 5000) "
    "insert into products select i, 'Product ' || i, i % 24 || ' boxes', i % 997 / "
    "4.0, "
    "i % 120, i % 7 * 10, i % 5 * 5, i % 10 = 0, 1 + i % 1000 from n",
    NULL,
};

/* Each side gets its own file, so that the pragmas of one cannot slow down the other. */
static const char *place(const char *data, const char *side, char room[4096])
{
    snprintf(room, 4096, "%s-%s", data, side);
    data_copy(data, room);
    return room;
}

const struct suite suite = {plans,       CLOCK_PROCESS_CPUTIME_ID,
                            0.003,       data_write,
                            place,       ":memory:",
                            read_script, write_script};
