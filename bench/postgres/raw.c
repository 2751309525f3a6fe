/* The hand-written side: libpq as a good C programmer uses it. One connection, each statement
 * prepared once under a name, parameters and results in binary, PQgetvalue and PQgetlength,
 * rows as structs in a bump arena that is reset per op. Straight-line code. */
#include "raw.h"

/* --- point --- */

static void *point_setup(const char *url)
{
    struct raw *r = open_raw(url, suite.read_script);
    prepare(r, "point", SELECT_CUSTOMERS " where id = $1");
    return r;
}

static uint64_t point_run(void *state, uint64_t op)
{
    struct raw *r = state;
    struct params p = {.count = 0};
    arena_reset(&r->arena);
    bind_int(&p, point_id(op));
    PGresult *result = execute(r, "point", &p);
    r->count = (size_t)PQntuples(result);
    if (r->count) {
        r->rows = arena_alloc(&r->arena, sizeof(struct customer));
        read_customer(&r->arena, result, 0, r->rows);
    }
    PQclear(result);
    return r->count;
}

static uint64_t point_checksum(void *state)
{
    struct raw *r = state;
    return r->count ? hash_customer(HASH_START, r->rows) : HASH_START;
}

/* --- page --- */

static void *page_setup(const char *url)
{
    struct raw *r = open_raw(url, suite.read_script);
    prepare(r, "page", SELECT_ORDERS " order by id limit $1 offset $2");
    return r;
}

static void read_order(struct arena *a, const PGresult *r, int row, struct order *o)
{
    o->id = get_int(r, row, 0);
    o->customer_id = get_int(r, row, 1);
    o->employee_id = get_int(r, row, 2);
    o->order_date = get_int(r, row, 3);
    o->required_date = get_int(r, row, 4);
    o->is_shipped = !PQgetisnull(r, row, 5);
    o->shipped_date = o->is_shipped ? get_int(r, row, 5) : 0;
    o->ship_via = get_int(r, row, 6);
    o->freight = get_real(r, row, 7);
    o->ship_name = get_text(a, r, row, 8);
    o->ship_city = get_text(a, r, row, 9);
    o->ship_region = get_text(a, r, row, 10);
    o->ship_postal_code = get_text(a, r, row, 11);
    o->ship_country = get_text(a, r, row, 12);
}

static uint64_t page_run(void *state, uint64_t op)
{
    struct raw *r = state;
    struct params p = {.count = 0};
    arena_reset(&r->arena);
    bind_int(&p, PAGE_ROWS);
    bind_int(&p, page_offset(op));
    PGresult *result = execute(r, "page", &p);
    int count = PQntuples(result);
    struct order *rows = arena_alloc(&r->arena, (size_t)count * sizeof *rows);
    for (int i = 0; i < count; i++)
        read_order(&r->arena, result, i, &rows[i]);
    PQclear(result);
    r->rows = rows;
    return r->count = (size_t)count;
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

/* --- scan: the array is kept between ops --- */

static void *scan_setup(const char *url)
{
    struct raw *r = open_raw(url, suite.read_script);
    prepare(r, "scan", SELECT_DETAILS);
    return r;
}

void raw_read_details(struct raw *r)
{
    PGresult *result = execute(r, "scan", &(struct params){.count = 0});
    int count = PQntuples(result);
    if ((size_t)count > r->capacity) {
        free(r->rows);
        r->capacity = (size_t)count;
        r->rows = malloc(r->capacity * sizeof(struct detail));
        if (!r->rows)
            die("out of memory");
    }
    struct detail *rows = r->rows;
    for (int i = 0; i < count; i++) {
        rows[i].id = get_int(result, i, 0);
        rows[i].order_id = get_int(result, i, 1);
        rows[i].product_id = get_int(result, i, 2);
        rows[i].unit_price = get_real(result, i, 3);
        rows[i].quantity = get_int(result, i, 4);
        rows[i].discount = get_real(result, i, 5);
    }
    PQclear(result);
    r->count = (size_t)count;
}

static uint64_t scan_run(void *state, uint64_t op)
{
    struct raw *r = state;
    (void)op;
    raw_read_details(r);
    return r->count;
}

/* The order of rows without ORDER BY is the server's: each row is hashed by itself. */
uint64_t raw_hash_details(void *state)
{
    struct raw *r = state;
    const struct detail *rows = r->rows;
    uint64_t h = HASH_START;
    for (size_t i = 0; i < r->count; i++)
        h = hash_detail(h, &rows[i]);
    return h;
}

/* --- joinagg --- */

static void *joinagg_setup(const char *url)
{
    struct raw *r = open_raw(url, suite.read_script);
    prepare(r, "joinagg",
            "select c.id, c.company, count(*), sum(d.quantity)::bigint, "
            "sum(d.unit_price * d.quantity) from orders o "
            "inner join order_details d on d.order_id = o.id "
            "inner join customers c on c.id = o.customer_id "
            "where o.id between $1 and $2 group by c.id "
            "order by sum(d.unit_price * d.quantity) desc, c.id limit $3");
    return r;
}

static uint64_t joinagg_run(void *state, uint64_t op)
{
    struct raw *r = state;
    struct params p = {.count = 0};
    arena_reset(&r->arena);
    bind_int(&p, agg_first(op));
    bind_int(&p, agg_first(op) + AGG_ORDERS - 1);
    bind_int(&p, AGG_ROWS);
    PGresult *result = execute(r, "joinagg", &p);
    int count = PQntuples(result);
    struct spender *rows = arena_alloc(&r->arena, (size_t)count * sizeof *rows);
    for (int i = 0; i < count; i++) {
        rows[i].id = get_int(result, i, 0);
        rows[i].company = get_text(&r->arena, result, i, 1);
        rows[i].lines = get_int(result, i, 2);
        rows[i].quantity = get_int(result, i, 3);
        rows[i].total = get_real(result, i, 4);
    }
    PQclear(result);
    r->rows = rows;
    return r->count = (size_t)count;
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

/* --- dynamic: one kept statement per set of filters --- */

static const char *dynamic_name(unsigned mask)
{
    static const char *const names[] = {"d0",  "d1",  "d2",  "d3", "d4",  "d5",
                                        "d6",  "d7",  "d8",  "d9", "d10", "d11",
                                        "d12", "d13", "d14", "d15"};
    return names[mask];
}

static void *dynamic_setup(const char *url)
{
    static const char *const filters[] = {"supplier_id = $", "unit_price >= $",
                                          "units_in_stock < $", "discontinued = $"};
    static const char *const numbers[] = {"1", "2", "3", "4", "5"};
    struct raw *r = open_raw(url, suite.read_script);
    for (unsigned mask = 0; mask < 16; mask++) {
        char sql[400] = SELECT_PRODUCTS;
        const char *word = " where ";
        int n = 0;
        for (unsigned i = 0; i < 4; i++) {
            if (mask & 1u << i) {
                strcat(strcat(strcat(sql, word), filters[i]), numbers[n++]);
                word = " and ";
            }
        }
        strcat(strcat(sql, " order by id limit $"), numbers[n]);
        prepare(r, dynamic_name(mask), sql);
    }
    return r;
}

static void read_product(struct arena *a, const PGresult *r, int row, struct product *p)
{
    p->id = get_int(r, row, 0);
    p->name = get_text(a, r, row, 1);
    p->quantity_per_unit = get_text(a, r, row, 2);
    p->unit_price = get_real(r, row, 3);
    p->units_in_stock = get_int(r, row, 4);
    p->units_on_order = get_int(r, row, 5);
    p->reorder_level = get_int(r, row, 6);
    p->discontinued = get_int(r, row, 7);
    p->supplier_id = get_int(r, row, 8);
}

static uint64_t dynamic_run(void *state, uint64_t op)
{
    struct raw *r = state;
    struct params p = {.count = 0};
    unsigned mask = dynamic_mask(op);
    arena_reset(&r->arena);
    if (mask & BY_SUPPLIER)
        bind_int(&p, dynamic_supplier(op));
    if (mask & BY_PRICE)
        bind_real(&p, dynamic_price(op));
    if (mask & BY_STOCK)
        bind_int(&p, dynamic_stock(op));
    if (mask & BY_STATE)
        bind_int(&p, dynamic_state(op));
    bind_int(&p, DYNAMIC_ROWS);
    PGresult *result = execute(r, dynamic_name(mask), &p);
    int count = PQntuples(result);
    struct product *rows = arena_alloc(&r->arena, (size_t)count * sizeof *rows);
    for (int i = 0; i < count; i++)
        read_product(&r->arena, result, i, &rows[i]);
    PQclear(result);
    r->rows = rows;
    return r->count = (size_t)count;
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

static void *insert1_setup(const char *url)
{
    struct raw *r = open_raw(url, suite.write_script);
    prepare(r, "insert",
            "insert into customers (company, contact, title, address, city, region, "
            "postal_code, country, phone, fax) "
            "values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10)");
    prepare(r, "contents", SELECT_CUSTOMERS);
    return r;
}

static uint64_t insert1_run(void *state, uint64_t op)
{
    struct raw *r = state;
    const struct new_customer *c = insert_row(op);
    struct params p = {.count = 0};
    bind_text(&p, c->company);
    bind_text(&p, c->contact);
    bind_text(&p, c->title);
    bind_text(&p, c->address);
    bind_text(&p, c->city);
    bind_text(&p, c->region);
    bind_text(&p, c->postal_code);
    bind_text(&p, c->country);
    bind_text(&p, c->phone);
    bind_text(&p, c->fax);
    PQclear(execute(r, "insert", &p));
    return 1;
}

static void insert1_empty(void *state)
{
    run(state, "truncate customers restart identity");
}

static uint64_t insert1_checksum(void *state)
{
    struct raw *r = state;
    PGresult *result = execute(r, "contents", &(struct params){.count = 0});
    uint64_t h = HASH_START;
    for (int i = 0; i < PQntuples(result); i++) {
        struct customer c;
        arena_reset(&r->arena);
        read_customer(&r->arena, result, i, &c);
        h = hash_customer(h, &c);
    }
    PQclear(result);
    return h;
}

/* --- update --- */

static void *update_setup(const char *url)
{
    struct raw *r = open_raw(url, suite.write_script);
    prepare(r, "update",
            "update products set unit_price = $1, units_in_stock = $2 where id = $3");
    prepare(r, "contents", SELECT_PRODUCTS " order by id");
    return r;
}

static uint64_t update_run(void *state, uint64_t op)
{
    struct params p = {.count = 0};
    bind_real(&p, update_price(op));
    bind_int(&p, update_stock(op));
    bind_int(&p, update_id(op));
    PGresult *result = execute(state, "update", &p);
    uint64_t changed = strtoull(PQcmdTuples(result), NULL, 10);
    PQclear(result);
    return changed;
}

static uint64_t update_checksum(void *state)
{
    struct raw *r = state;
    PGresult *result = execute(r, "contents", &(struct params){.count = 0});
    uint64_t h = HASH_START;
    for (int i = 0; i < PQntuples(result); i++) {
        struct product p;
        arena_reset(&r->arena);
        read_product(&r->arena, result, i, &p);
        h = hash_product(h, &p);
    }
    PQclear(result);
    return h;
}

static const struct workload workloads[] = {
    {"point", point_setup, point_run, NULL, point_checksum, teardown},
    {"point_registered", point_setup, point_run, NULL, point_checksum, teardown},
    {"page", page_setup, page_run, NULL, page_checksum, teardown},
    {"scan", scan_setup, scan_run, NULL, raw_hash_details, teardown},
    {"joinagg", joinagg_setup, joinagg_run, NULL, joinagg_checksum, teardown},
    {"dynamic", dynamic_setup, dynamic_run, NULL, dynamic_checksum, teardown},
    {"insert1", insert1_setup, insert1_run, insert1_empty, insert1_checksum, teardown},
    {"insert1_registered", insert1_setup, insert1_run, insert1_empty, insert1_checksum,
     teardown},
    {"update", update_setup, update_run, NULL, update_checksum, teardown},
    {"update_registered", update_setup, update_run, NULL, update_checksum, teardown},
    {0},
};

const struct side raw_side = {"raw", workloads, raw_many, NULL};
