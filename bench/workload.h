/* What the benchmark runs: the same workloads twice, written by hand (raw.c) and with
 * Virga (virga.c), so that main.c can compare answers, times and instructions.
 *
 *     point     one customer by primary key, 11 columns
 *     page      50 orders, 13 columns, order by id limit 50 offset ?
 *     scan      all order_details, 6 columns of numbers, into one array
 *     joinagg   300 orders by id join details join customers: the 10 customers
 *               that spent most
 *     dynamic   products under 4 optional filters, order by id limit 20
 *     insert1   one row into customers, 10 columns, autocommit, in memory
 *     bulk      100,000 rows into order_details in one transaction, in memory
 *     update    two columns of one product by primary key, autocommit, in memory
 *
 * and on PostgreSQL alone
 *
 *     copy      the rows of bulk by COPY, in binary
 *     batch     100 customers by primary key in one round trip
 *     singles   the same one after the other; compared with batch, not measured itself
 *
 * point, insert1 and update stand there twice: X_registered is the same for the side
 * written by hand, and a QUERY on Virga's.
 *
 * An op is numbered, and its parameters follow from its number through the functions
 * below: both sides ask the same. What an op does beyond the query costs both the same
 * or is kept out of it: the rows stay where the op left them, and `checksum` walks over
 * them afterwards, unmeasured. */
#ifndef BENCH_WORKLOAD_H
#define BENCH_WORKLOAD_H

#include "data.h"

#include <stdbool.h>
#include <string.h>
#include <time.h>

/* One implementation of one workload. */
struct workload {
    const char *name;
    /* Open the file (or ":memory:" for what writes), run the script of data.h on it, do
     * what is done once, and return the state. Ends the program on failure. */
    void *(*setup)(const char *data_path);
    /* Run op number `op`; the rows read or written, which must be the same on both
     * sides. The result stays valid until the next op. */
    uint64_t (*run)(void *state, uint64_t op);
    /* Before each slice of ops: empty the table that is inserted into. May be NULL. */
    void (*empty)(void *state);
    /* A hash of what the last op yielded; of a workload that writes, of the table. */
    uint64_t (*checksum)(void *state);
    void (*teardown)(void *state);
};

/* One side of the comparison. */
struct side {
    const char *name;
    const struct workload *workloads; /* in the order above, ended by a NULL name */
    const struct workload *more;      /* NULL, or others */
    /* How often the side has asked its allocator for memory so far (malloc and growing
     * realloc; SQLite's own not counted). NULL: not counted. */
    uint64_t (*allocations)(void);
};

extern const struct side raw_side, virga_side;

/* How a workload is measured. */
struct plan {
    const char *name;
    double bar;       /* instructions of Virga / raw, at most */
    unsigned check;   /* ops whose answers are compared */
    unsigned warm;    /* ops before anything is measured: caches, arenas, statements */
    unsigned ops;     /* ops for callgrind */
    unsigned longest; /* most ops in a slice */
    unsigned units;   /* what one op is divided into when it is printed */
};

/* A database to compare on: suite.c is SQLite's, postgres/suite.c PostgreSQL's. */
struct suite {
    const struct plan *plans; /* ended by a NULL name */
    clockid_t clock;          /* what a slice takes is read off it */
    double slice_seconds;
    /* Make the data set at `data`. */
    void (*prepare)(const char *data);
    /* Where `side` finds it, in `room`: where it writes, too, if `scratch` is NULL. */
    const char *(*place)(const char *data, const char *side, char room[4096]);
    const char *scratch;
    /* Run on each connection that reads, and on each that writes; both end in NULL. The
     * latter creates customers and order_details (empty) and products (filled), without
     * secondary indexes: the database then does as little as it can, and the layer's
     * share is as large. */
    const char *const *read_script, *const *write_script;
};

extern const struct suite suite;

/* --- parameters of op number `op` --- */

enum {
    PAGE_ROWS = 50,
    AGG_ORDERS = 300,
    AGG_ROWS = 10,
    DYNAMIC_ROWS = 20,
    BATCH = 100
};

static inline int64_t point_id(uint64_t op)
{
    return 1 + (int64_t)(mix(op) % DATA_CUSTOMERS);
}

static inline int64_t page_offset(uint64_t op)
{
    return PAGE_ROWS * (int64_t)(mix(op) % 10);
}

/* joinagg reads the orders first to first + AGG_ORDERS - 1. */
static inline int64_t agg_first(uint64_t op)
{
    return 1 + (int64_t)(mix(op) % (DATA_ORDERS - AGG_ORDERS));
}

/* dynamic: which filters are present, 16 different sets in 16 consecutive ops. */
enum {
    BY_SUPPLIER = 1, /* supplier_id = ? */
    BY_PRICE = 2,    /* unit_price >= ? */
    BY_STOCK = 4,    /* units_in_stock < ? */
    BY_STATE = 8     /* discontinued = ? */
};

static inline unsigned dynamic_mask(uint64_t op)
{
    return (unsigned)(op * 7 % 16);
}

static inline int64_t dynamic_supplier(uint64_t op)
{
    return 1 + (int64_t)(mix(op) % DATA_SUPPLIERS);
}

static inline double dynamic_price(uint64_t op)
{
    return (double)(mix(op) % 100);
}

static inline int64_t dynamic_stock(uint64_t op)
{
    return 40 + (int64_t)(mix(op) % 80);
}

static inline int64_t dynamic_state(uint64_t op)
{
    return (int64_t)(op / 16 % 2);
}

static inline const struct new_customer *insert_row(uint64_t op)
{
    return &data_new_customers()[op % DATA_NEW_CUSTOMERS];
}

static inline int64_t update_id(uint64_t op)
{
    return 1 + (int64_t)(mix(op) % DATA_PRODUCTS);
}

static inline double update_price(uint64_t op)
{
    return (double)(op % 1000) / 4.0;
}

static inline int64_t update_stock(uint64_t op)
{
    return (int64_t)(op % 120);
}

/* --- checksums: order counts, NULL differs from 0 and from "" --- */

enum { HASH_START = 17 };

static inline uint64_t hash_int(uint64_t h, int64_t v)
{
    return mix(h ^ (uint64_t)v);
}

static inline uint64_t hash_null(uint64_t h)
{
    return mix(~h);
}

static inline uint64_t hash_real(uint64_t h, double v)
{
    uint64_t bits;
    memcpy(&bits, &v, sizeof bits);
    return mix(h ^ bits);
}

static inline uint64_t hash_text(uint64_t h, const char *text)
{
    if (!text)
        return hash_null(h);
    for (; *text; text++)
        h = (h ^ (unsigned char)*text) * 0x100000001b3u;
    return mix(h);
}

#endif
