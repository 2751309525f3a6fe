/* The hand-written side: many rows, many statements. */
#include "raw.h"

/* --- bulk: statements of 1,000 rows --- */

enum { BULK_ROWS = 1000, DETAIL_COLUMNS = 5 };

static void *bulk_setup(const char *url)
{
    struct raw *r = open_raw(url, suite.write_script);
    char *sql = malloc(BULK_ROWS * 60 + 200), *at = sql;
    if (!sql)
        die("out of memory");
    at += sprintf(at, "insert into order_details (order_id, product_id, unit_price, "
                      "quantity, discount) values ");
    for (int i = 0, n = 1; i < BULK_ROWS; i++, n += DETAIL_COLUMNS)
        at += sprintf(at, "%s($%d, $%d, $%d, $%d, $%d)", i ? ", " : "", n, n + 1, n + 2,
                      n + 3, n + 4);
    prepare(r, "bulk", sql);
    prepare(r, "scan", SELECT_DETAILS);
    free(sql);
    return r;
}

static void bulk_send(struct raw *r, const struct new_detail *rows)
{
    enum { COUNT = BULK_ROWS * DETAIL_COLUMNS };
    static uint64_t room[COUNT];
    static const char *values[COUNT];
    static int lengths[COUNT], formats[COUNT];
    for (int i = 0; i < COUNT; i++) {
        values[i] = (const char *)&room[i];
        lengths[i] = 8;
        formats[i] = 1;
    }
    for (int i = 0; i < BULK_ROWS; i++) {
        const struct new_detail *d = &rows[i];
        uint64_t *to = room + i * DETAIL_COLUMNS, price, discount;
        memcpy(&price, &d->unit_price, sizeof price);
        memcpy(&discount, &d->discount, sizeof discount);
        to[0] = __builtin_bswap64((uint64_t)d->order_id);
        to[1] = __builtin_bswap64((uint64_t)d->product_id);
        to[2] = __builtin_bswap64(price);
        to[3] = __builtin_bswap64((uint64_t)d->quantity);
        to[4] = __builtin_bswap64(discount);
    }
    PGresult *result =
        PQexecPrepared(r->db, "bulk", COUNT, values, lengths, formats, 1);
    if (PQresultStatus(result) != PGRES_COMMAND_OK)
        die("bulk: %s", PQerrorMessage(r->db));
    PQclear(result);
}

static uint64_t bulk_run(void *state, uint64_t op)
{
    const struct new_detail *rows = data_new_details();
    (void)op;
    run(state, "begin");
    for (size_t i = 0; i < DATA_BULK_ROWS; i += BULK_ROWS)
        bulk_send(state, rows + i);
    run(state, "commit");
    return DATA_BULK_ROWS;
}

static void bulk_empty(void *state)
{
    run(state, "truncate order_details restart identity");
}

static uint64_t bulk_checksum(void *state)
{
    raw_read_details(state);
    return raw_hash_details(state);
}

/* --- copy: binary, in pieces of 64 KiB --- */

enum { COPY_BYTES = 1 << 16, COPY_ROW = 2 + DETAIL_COLUMNS * 12 };

static char *put16(char *at, uint16_t n)
{
    n = __builtin_bswap16(n);
    memcpy(at, &n, sizeof n);
    return at + sizeof n;
}

static char *put_field(char *at, const void *value)
{
    uint32_t len = __builtin_bswap32(8);
    uint64_t n;
    memcpy(&n, value, sizeof n);
    n = __builtin_bswap64(n);
    memcpy(at, &len, sizeof len);
    memcpy(at + sizeof len, &n, sizeof n);
    return at + sizeof len + sizeof n;
}

static char *put_detail(char *at, const struct new_detail *d)
{
    at = put16(at, DETAIL_COLUMNS);
    at = put_field(at, &d->order_id);
    at = put_field(at, &d->product_id);
    at = put_field(at, &d->unit_price);
    at = put_field(at, &d->quantity);
    return put_field(at, &d->discount);
}

static void put_copy(struct raw *r, const char *bytes, const char *end)
{
    if (PQputCopyData(r->db, bytes, (int)(end - bytes)) != 1)
        die("copy: %s", PQerrorMessage(r->db));
}

static void end_copy(struct raw *r)
{
    PGresult *result = PQputCopyEnd(r->db, NULL) == 1 ? PQgetResult(r->db) : NULL;
    if (PQresultStatus(result) != PGRES_COMMAND_OK)
        die("copy: %s", PQerrorMessage(r->db));
    PQclear(result);
    PQclear(PQgetResult(r->db));
}

static uint64_t copy_run(void *state, uint64_t op)
{
    static const char head[] = "PGCOPY\n\377\r\n\0\0\0\0\0\0\0\0\0"; /* 19 bytes */
    static char bytes[COPY_BYTES];
    const struct new_detail *rows = data_new_details();
    struct raw *r = state;
    char *at = bytes + 19;
    (void)op;
    PGresult *result =
        PQexec(r->db, "copy order_details (order_id, product_id, unit_price, quantity, "
                      "discount) from stdin (format binary)");
    if (PQresultStatus(result) != PGRES_COPY_IN)
        die("copy: %s", PQerrorMessage(r->db));
    PQclear(result);
    memcpy(bytes, head, 19);
    for (size_t i = 0; i < DATA_BULK_ROWS; i++) {
        if (bytes + sizeof bytes - at < COPY_ROW) {
            put_copy(r, bytes, at);
            at = bytes;
        }
        at = put_detail(at, &rows[i]);
    }
    if (bytes + sizeof bytes - at < 2) {
        put_copy(r, bytes, at);
        at = bytes;
    }
    put_copy(r, bytes, put16(at, 0xffff));
    end_copy(r);
    return DATA_BULK_ROWS;
}

/* --- batch: 100 customers in one round trip; singles: one after the other --- */

static void *batch_setup(const char *url)
{
    struct raw *r = open_raw(url, suite.read_script);
    prepare(r, "point", SELECT_CUSTOMERS " where id = $1");
    return r;
}

static void *pipeline_setup(const char *url)
{
    struct raw *r = batch_setup(url);
    if (!PQenterPipelineMode(r->db))
        die("pipeline: %s", PQerrorMessage(r->db));
    return r;
}

static uint64_t batch_run(void *state, uint64_t op)
{
    struct raw *r = state;
    arena_reset(&r->arena);
    struct customer *rows = arena_alloc(&r->arena, BATCH * sizeof *rows);
    for (uint64_t i = 0; i < BATCH; i++) {
        struct params p = {.count = 0};
        bind_int(&p, point_id(op * BATCH + i));
        if (!PQsendQueryPrepared(r->db, "point", 1, p.values, p.lengths, p.formats, 1))
            die("batch: %s", PQerrorMessage(r->db));
    }
    if (!PQpipelineSync(r->db))
        die("batch: %s", PQerrorMessage(r->db));
    r->rows = rows;
    for (r->count = 0; r->count < BATCH; r->count++) {
        PGresult *result = PQgetResult(r->db);
        if (PQresultStatus(result) != PGRES_TUPLES_OK || PQntuples(result) != 1)
            die("batch: %s", PQerrorMessage(r->db));
        read_customer(&r->arena, result, 0, &rows[r->count]);
        PQclear(result);
        PQclear(PQgetResult(r->db)); /* NULL: the end of this one */
    }
    PQclear(PQgetResult(r->db)); /* the sync */
    return r->count;
}

static uint64_t singles_run(void *state, uint64_t op)
{
    struct raw *r = state;
    arena_reset(&r->arena);
    struct customer *rows = arena_alloc(&r->arena, BATCH * sizeof *rows);
    r->rows = rows;
    for (r->count = 0; r->count < BATCH; r->count++) {
        struct params p = {.count = 0};
        bind_int(&p, point_id(op * BATCH + r->count));
        PGresult *result = execute(r, "point", &p);
        if (PQntuples(result) != 1)
            die("singles: a customer is missing");
        read_customer(&r->arena, result, 0, &rows[r->count]);
        PQclear(result);
    }
    return r->count;
}

static uint64_t batch_checksum(void *state)
{
    struct raw *r = state;
    const struct customer *rows = r->rows;
    uint64_t h = HASH_START;
    for (size_t i = 0; i < r->count; i++)
        h = hash_customer(h, &rows[i]);
    return h;
}

const struct workload raw_many[] = {
    {"bulk", bulk_setup, bulk_run, bulk_empty, bulk_checksum, teardown},
    {"copy", bulk_setup, copy_run, bulk_empty, bulk_checksum, teardown},
    {"batch", pipeline_setup, batch_run, NULL, batch_checksum, teardown},
    {"singles", batch_setup, singles_run, NULL, batch_checksum, teardown},
    {0},
};
