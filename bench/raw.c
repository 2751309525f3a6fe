/* The hand-written side: sqlite3 as a good C programmer uses it. Default open flags,
 * each statement prepared once and kept, sqlite3_column_text and _bytes, SQLITE_STATIC
 * binds, rows as structs in a bump arena that is reset per op. Straight-line code. */
#include "raw_rows.h"

#include <sqlite3.h>
#include <stddef.h>
#include <stdlib.h>

/* --- the arena: blocks in a chain, newest first; reset keeps the oldest --- */

enum { BLOCK_BYTES = 1 << 16 };

struct block {
    struct block *older;
    char *end;
    char data[];
};

struct arena {
    char *at, *end;
    struct block *newest;
};

static __attribute__((noinline)) void arena_grow(struct arena *a, size_t size)
{
    size_t room = size > BLOCK_BYTES ? size : BLOCK_BYTES;
    struct block *b = malloc(sizeof *b + room);
    if (!b)
        die("out of memory");
    *b = (struct block){.older = a->newest, .end = b->data + room};
    *a = (struct arena){b->data, b->end, b};
}

static inline void *arena_alloc(struct arena *a, size_t size)
{
    size = (size + 7) & ~(size_t)7;
    if (size > (size_t)(a->end - a->at))
        arena_grow(a, size);
    void *p = a->at;
    a->at += size;
    return p;
}

static inline void arena_reset(struct arena *a)
{
    struct block *b = a->newest;
    if (!b)
        return;
    while (b->older) {
        struct block *older = b->older;
        free(b);
        b = older;
    }
    *a = (struct arena){b->data, b->end, b};
}

/* --- state --- */

struct raw {
    sqlite3 *db;
    sqlite3_stmt *query; /* the workload's own statement */
    sqlite3_stmt *dynamic[16];
    sqlite3_stmt *begin, *commit, *empty, *contents;
    struct arena arena;
    void *rows; /* what the last op read, structs of the workload's type */
    size_t count;
    size_t capacity; /* of scan's array, in rows */
};

static struct raw *open_raw(const char *path, const char *const *script)
{
    struct raw *r = calloc(1, sizeof *r);
    if (!r)
        die("out of memory");
    if (sqlite3_open(path, &r->db) != SQLITE_OK)
        die("%s: %s", path, sqlite3_errmsg(r->db));
    /* Where SQLite has lookaside memory, the default is small for kept statements. */
    sqlite3_db_config(r->db, SQLITE_DBCONFIG_LOOKASIDE, NULL, 1200, 400);
    for (; *script; script++) {
        if (sqlite3_exec(r->db, *script, NULL, NULL, NULL) != SQLITE_OK)
            die("%s: %s", *script, sqlite3_errmsg(r->db));
    }
    return r;
}

static sqlite3_stmt *prepare(struct raw *r, const char *sql)
{
    sqlite3_stmt *s;
    if (sqlite3_prepare_v3(r->db, sql, -1, SQLITE_PREPARE_PERSISTENT, &s, NULL))
        die("%s: %s", sql, sqlite3_errmsg(r->db));
    return s;
}

static void teardown(void *state)
{
    struct raw *r = state;
    sqlite3_stmt *s;
    while ((s = sqlite3_next_stmt(r->db, NULL)) != NULL)
        sqlite3_finalize(s);
    sqlite3_close(r->db);
    arena_reset(&r->arena);
    free(r->arena.newest);
    if (r->capacity)
        free(r->rows);
    free(r);
}

/* After the last row: anything but SQLITE_DONE is a failure. */
static inline void finish(struct raw *r, sqlite3_stmt *s, int rc)
{
    if (rc != SQLITE_DONE)
        die("%s: %s", sqlite3_sql(s), sqlite3_errmsg(r->db));
    sqlite3_reset(s);
}

static void run_statement(struct raw *r, sqlite3_stmt *s)
{
    finish(r, s, sqlite3_step(s));
}

static void empty(void *state)
{
    struct raw *r = state;
    run_statement(r, r->empty);
}

static inline const char *copy_text(struct arena *a, sqlite3_stmt *s, int column)
{
    const unsigned char *text = sqlite3_column_text(s, column);
    if (!text)
        return NULL;
    size_t len = (size_t)sqlite3_column_bytes(s, column);
    char *copy = arena_alloc(a, len + 1);
    memcpy(copy, text, len + 1);
    return copy;
}

static inline void bind_text(sqlite3_stmt *s, int param, const char *text)
{
    sqlite3_bind_text(s, param, text, -1, SQLITE_STATIC);
}

/* --- point --- */

static void *point_setup(const char *path)
{
    struct raw *r = open_raw(path, suite.read_script);
    r->query = prepare(r, SELECT_CUSTOMERS " where id = ?");
    return r;
}

static void read_customer(struct arena *a, sqlite3_stmt *s, struct customer *c)
{
    c->id = sqlite3_column_int64(s, 0);
    c->company = copy_text(a, s, 1);
    c->contact = copy_text(a, s, 2);
    c->title = copy_text(a, s, 3);
    c->address = copy_text(a, s, 4);
    c->city = copy_text(a, s, 5);
    c->region = copy_text(a, s, 6);
    c->postal_code = copy_text(a, s, 7);
    c->country = copy_text(a, s, 8);
    c->phone = copy_text(a, s, 9);
    c->fax = copy_text(a, s, 10);
}

static uint64_t point_run(void *state, uint64_t op)
{
    struct raw *r = state;
    arena_reset(&r->arena);
    r->count = 0;
    sqlite3_bind_int64(r->query, 1, point_id(op));
    int rc = sqlite3_step(r->query);
    if (rc == SQLITE_ROW) {
        r->rows = arena_alloc(&r->arena, sizeof(struct customer));
        read_customer(&r->arena, r->query, r->rows);
        r->count = 1;
        rc = SQLITE_DONE; /* the key is unique: no need to step on */
    }
    finish(r, r->query, rc);
    return r->count;
}

static uint64_t point_checksum(void *state)
{
    struct raw *r = state;
    return r->count ? hash_customer(HASH_START, r->rows) : HASH_START;
}

/* --- page --- */

static void *page_setup(const char *path)
{
    struct raw *r = open_raw(path, suite.read_script);
    r->query = prepare(r, SELECT_ORDERS " order by id limit ? offset ?");
    return r;
}

static void read_order(struct arena *a, sqlite3_stmt *s, struct order *o)
{
    o->id = sqlite3_column_int64(s, 0);
    o->customer_id = sqlite3_column_int64(s, 1);
    o->employee_id = sqlite3_column_int64(s, 2);
    o->order_date = sqlite3_column_int64(s, 3);
    o->required_date = sqlite3_column_int64(s, 4);
    o->is_shipped = sqlite3_column_type(s, 5) != SQLITE_NULL;
    o->shipped_date = o->is_shipped ? sqlite3_column_int64(s, 5) : 0;
    o->ship_via = sqlite3_column_int64(s, 6);
    o->freight = sqlite3_column_double(s, 7);
    o->ship_name = copy_text(a, s, 8);
    o->ship_city = copy_text(a, s, 9);
    o->ship_region = copy_text(a, s, 10);
    o->ship_postal_code = copy_text(a, s, 11);
    o->ship_country = copy_text(a, s, 12);
}

static uint64_t page_run(void *state, uint64_t op)
{
    struct raw *r = state;
    arena_reset(&r->arena);
    struct order *rows = arena_alloc(&r->arena, PAGE_ROWS * sizeof *rows);
    size_t count = 0;
    sqlite3_bind_int64(r->query, 1, PAGE_ROWS);
    sqlite3_bind_int64(r->query, 2, page_offset(op));
    int rc;
    while ((rc = sqlite3_step(r->query)) == SQLITE_ROW)
        read_order(&r->arena, r->query, &rows[count++]);
    finish(r, r->query, rc);
    r->rows = rows;
    return r->count = count;
}

static uint64_t page_checksum(void *state)
{
    struct raw *r = state;
    const struct order *rows = r->rows;
    uint64_t h = HASH_START;
    for (size_t i = 0; i < r->count; i++)
        h = hash_order(h, &rows[i]);
    return h;
}

/* --- scan: the array grows by doubling and is kept between ops --- */

static void *scan_setup(const char *path)
{
    struct raw *r = open_raw(path, suite.read_script);
    r->query = prepare(r, SELECT_DETAILS);
    return r;
}

static void read_detail(sqlite3_stmt *s, struct detail *d)
{
    d->id = sqlite3_column_int64(s, 0);
    d->order_id = sqlite3_column_int64(s, 1);
    d->product_id = sqlite3_column_int64(s, 2);
    d->unit_price = sqlite3_column_double(s, 3);
    d->quantity = sqlite3_column_int64(s, 4);
    d->discount = sqlite3_column_double(s, 5);
}

static void read_details(struct raw *r, sqlite3_stmt *s)
{
    struct detail *rows = r->rows;
    size_t count = 0;
    int rc;
    while ((rc = sqlite3_step(s)) == SQLITE_ROW) {
        if (count == r->capacity) {
            r->capacity = r->capacity ? 2 * r->capacity : 1024;
            rows = realloc(rows, r->capacity * sizeof *rows);
            if (!rows)
                die("out of memory");
        }
        read_detail(s, &rows[count++]);
    }
    finish(r, s, rc);
    r->rows = rows;
    r->count = count;
}

static uint64_t scan_run(void *state, uint64_t op)
{
    struct raw *r = state;
    (void)op;
    read_details(r, r->query);
    return r->count;
}

static uint64_t scan_checksum(void *state)
{
    struct raw *r = state;
    const struct detail *rows = r->rows;
    uint64_t h = HASH_START;
    for (size_t i = 0; i < r->count; i++)
        h = hash_detail(h, &rows[i]);
    return h;
}

/* --- joinagg --- */

static void *joinagg_setup(const char *path)
{
    struct raw *r = open_raw(path, suite.read_script);
    r->query = prepare(r, "select c.id, c.company, count(*), sum(d.quantity), "
                          "sum(d.unit_price * d.quantity) from orders o "
                          "inner join order_details d on d.order_id = o.id "
                          "inner join customers c on c.id = o.customer_id "
                          "where o.id between ? and ? group by c.id "
                          "order by sum(d.unit_price * d.quantity) desc, c.id limit ?");
    return r;
}

static uint64_t joinagg_run(void *state, uint64_t op)
{
    struct raw *r = state;
    arena_reset(&r->arena);
    struct spender *rows = arena_alloc(&r->arena, AGG_ROWS * sizeof *rows);
    size_t count = 0;
    sqlite3_stmt *s = r->query;
    sqlite3_bind_int64(s, 1, agg_first(op));
    sqlite3_bind_int64(s, 2, agg_first(op) + AGG_ORDERS - 1);
    sqlite3_bind_int64(s, 3, AGG_ROWS);
    int rc;
    while ((rc = sqlite3_step(s)) == SQLITE_ROW) {
        struct spender *row = &rows[count++];
        row->id = sqlite3_column_int64(s, 0);
        row->company = copy_text(&r->arena, s, 1);
        row->lines = sqlite3_column_int64(s, 2);
        row->quantity = sqlite3_column_int64(s, 3);
        row->total = sqlite3_column_double(s, 4);
    }
    finish(r, s, rc);
    r->rows = rows;
    return r->count = count;
}

static uint64_t joinagg_checksum(void *state)
{
    struct raw *r = state;
    const struct spender *rows = r->rows;
    uint64_t h = HASH_START;
    for (size_t i = 0; i < r->count; i++)
        h = hash_spender(h, &rows[i]);
    return h;
}

/* --- dynamic: one kept statement per set of filters; ?n keeps its place in all --- */

static void *dynamic_setup(const char *path)
{
    static const char *const filters[] = {"supplier_id = ?1", "unit_price >= ?2",
                                          "units_in_stock < ?3", "discontinued = ?4"};
    struct raw *r = open_raw(path, suite.read_script);
    for (unsigned mask = 0; mask < 16; mask++) {
        char sql[400] = SELECT_PRODUCTS;
        const char *word = " where ";
        for (unsigned i = 0; i < 4; i++) {
            if (mask & 1u << i) {
                strcat(strcat(sql, word), filters[i]);
                word = " and ";
            }
        }
        strcat(sql, " order by id limit ?5");
        r->dynamic[mask] = prepare(r, sql);
    }
    return r;
}

static void read_product(struct arena *a, sqlite3_stmt *s, struct product *p)
{
    p->id = sqlite3_column_int64(s, 0);
    p->name = copy_text(a, s, 1);
    p->quantity_per_unit = copy_text(a, s, 2);
    p->unit_price = sqlite3_column_double(s, 3);
    p->units_in_stock = sqlite3_column_int64(s, 4);
    p->units_on_order = sqlite3_column_int64(s, 5);
    p->reorder_level = sqlite3_column_int64(s, 6);
    p->discontinued = sqlite3_column_int64(s, 7);
    p->supplier_id = sqlite3_column_int64(s, 8);
}

static uint64_t dynamic_run(void *state, uint64_t op)
{
    struct raw *r = state;
    unsigned mask = dynamic_mask(op);
    sqlite3_stmt *s = r->dynamic[mask];
    arena_reset(&r->arena);
    struct product *rows = arena_alloc(&r->arena, DYNAMIC_ROWS * sizeof *rows);
    size_t count = 0;
    if (mask & BY_SUPPLIER)
        sqlite3_bind_int64(s, 1, dynamic_supplier(op));
    if (mask & BY_PRICE)
        sqlite3_bind_double(s, 2, dynamic_price(op));
    if (mask & BY_STOCK)
        sqlite3_bind_int64(s, 3, dynamic_stock(op));
    if (mask & BY_STATE)
        sqlite3_bind_int64(s, 4, dynamic_state(op));
    sqlite3_bind_int64(s, 5, DYNAMIC_ROWS);
    int rc;
    while ((rc = sqlite3_step(s)) == SQLITE_ROW)
        read_product(&r->arena, s, &rows[count++]);
    finish(r, s, rc);
    r->rows = rows;
    return r->count = count;
}

static uint64_t dynamic_checksum(void *state)
{
    struct raw *r = state;
    const struct product *rows = r->rows;
    uint64_t h = HASH_START;
    for (size_t i = 0; i < r->count; i++)
        h = hash_product(h, &rows[i]);
    return h;
}

/* --- insert1 --- */

static void *insert1_setup(const char *path)
{
    (void)path;
    struct raw *r = open_raw(suite.scratch, suite.write_script);
    r->query =
        prepare(r, "insert into customers (company, contact, title, address, city, "
                   "region, postal_code, country, phone, fax) "
                   "values (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)");
    r->empty = prepare(r, "delete from customers");
    r->contents = prepare(r, SELECT_CUSTOMERS);
    return r;
}

static uint64_t insert1_run(void *state, uint64_t op)
{
    struct raw *r = state;
    sqlite3_stmt *s = r->query;
    const struct new_customer *c = insert_row(op);
    bind_text(s, 1, c->company);
    bind_text(s, 2, c->contact);
    bind_text(s, 3, c->title);
    bind_text(s, 4, c->address);
    bind_text(s, 5, c->city);
    bind_text(s, 6, c->region);
    bind_text(s, 7, c->postal_code);
    bind_text(s, 8, c->country);
    bind_text(s, 9, c->phone);
    bind_text(s, 10, c->fax);
    finish(r, s, sqlite3_step(s));
    return 1;
}

static uint64_t insert1_checksum(void *state)
{
    struct raw *r = state;
    uint64_t h = HASH_START;
    int rc;
    while ((rc = sqlite3_step(r->contents)) == SQLITE_ROW) {
        struct customer c;
        arena_reset(&r->arena);
        read_customer(&r->arena, r->contents, &c);
        h = hash_customer(h, &c);
    }
    finish(r, r->contents, rc);
    return h;
}

/* --- bulk --- */

static void *bulk_setup(const char *path)
{
    (void)path;
    struct raw *r = open_raw(suite.scratch, suite.write_script);
    r->begin = prepare(r, "begin immediate");
    r->commit = prepare(r, "commit");
    r->query =
        prepare(r, "insert into order_details (order_id, product_id, unit_price, "
                   "quantity, discount) values (?, ?, ?, ?, ?)");
    r->empty = prepare(r, "delete from order_details");
    r->contents = prepare(r, SELECT_DETAILS);
    return r;
}

static uint64_t bulk_run(void *state, uint64_t op)
{
    struct raw *r = state;
    sqlite3_stmt *s = r->query;
    const struct new_detail *rows = data_new_details();
    (void)op;
    run_statement(r, r->begin);
    for (size_t i = 0; i < DATA_BULK_ROWS; i++) {
        const struct new_detail *d = &rows[i];
        sqlite3_bind_int64(s, 1, d->order_id);
        sqlite3_bind_int64(s, 2, d->product_id);
        sqlite3_bind_double(s, 3, d->unit_price);
        sqlite3_bind_int64(s, 4, d->quantity);
        sqlite3_bind_double(s, 5, d->discount);
        finish(r, s, sqlite3_step(s));
    }
    run_statement(r, r->commit);
    return DATA_BULK_ROWS;
}

static uint64_t bulk_checksum(void *state)
{
    struct raw *r = state;
    read_details(r, r->contents);
    return scan_checksum(r);
}

/* --- update --- */

static void *update_setup(const char *path)
{
    (void)path;
    struct raw *r = open_raw(suite.scratch, suite.write_script);
    r->query = prepare(r, "update products set unit_price = ?, units_in_stock = ? "
                          "where id = ?");
    r->contents = prepare(r, SELECT_PRODUCTS);
    return r;
}

static uint64_t update_run(void *state, uint64_t op)
{
    struct raw *r = state;
    sqlite3_bind_double(r->query, 1, update_price(op));
    sqlite3_bind_int64(r->query, 2, update_stock(op));
    sqlite3_bind_int64(r->query, 3, update_id(op));
    finish(r, r->query, sqlite3_step(r->query));
    return (uint64_t)sqlite3_changes(r->db);
}

static uint64_t update_checksum(void *state)
{
    struct raw *r = state;
    uint64_t h = HASH_START;
    int rc;
    while ((rc = sqlite3_step(r->contents)) == SQLITE_ROW) {
        struct product p;
        arena_reset(&r->arena);
        read_product(&r->arena, r->contents, &p);
        h = hash_product(h, &p);
    }
    finish(r, r->contents, rc);
    return h;
}

static const struct workload workloads[] = {
    {"point", point_setup, point_run, NULL, point_checksum, teardown},
    {"point_registered", point_setup, point_run, NULL, point_checksum, teardown},
    {"page", page_setup, page_run, NULL, page_checksum, teardown},
    {"scan", scan_setup, scan_run, NULL, scan_checksum, teardown},
    {"joinagg", joinagg_setup, joinagg_run, NULL, joinagg_checksum, teardown},
    {"dynamic", dynamic_setup, dynamic_run, NULL, dynamic_checksum, teardown},
    {"insert1", insert1_setup, insert1_run, empty, insert1_checksum, teardown},
    {"insert1_registered", insert1_setup, insert1_run, empty, insert1_checksum,
     teardown},
    {"bulk", bulk_setup, bulk_run, empty, bulk_checksum, teardown},
    {"update", update_setup, update_run, NULL, update_checksum, teardown},
    {"update_registered", update_setup, update_run, NULL, update_checksum, teardown},
    {0},
};

const struct side raw_side = {"raw", workloads, NULL, NULL};
