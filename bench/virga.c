/* The side under test: the workloads of workload.h as a user of Virga writes them, each
 * query inline at its call, three of them registered as well. Compare with raw.c, function
 * by function.
 *
 * The options switch off what Virga adds for safety and the hand-written side does not
 * have (WAL, foreign keys); its choice of open flags stays. */
#include "schema.h"
#include "workload.h"

#include <math.h>
#include <stdlib.h>

/* --- Virga's own memory, counted --- */

static uint64_t allocation_count;

static void *counted(void *ctx, void *ptr, size_t old_size, size_t new_size)
{
    (void)ctx;
    if (new_size == 0) {
        free(ptr);
        return NULL;
    }
    if (new_size > old_size)
        allocation_count++;
    return realloc(ptr, new_size);
}

static uint64_t allocations(void)
{
    return allocation_count;
}

/* --- state --- */

struct state {
    vg_db *db;
    vg_arena arena;
    struct customers *customer;
    orders_list orders;
    order_details_list details;
    spender_list spenders;
    products_list products;
    struct order_details_new *bulk;
    struct customers *many[BATCH];
};

static inline void check(const struct state *s, int rc)
{
    if (rc)
        die("%s", vg_errmsg(s->db));
}

static struct state *open_state(const char *path, const char *const *script)
{
    struct state *s = calloc(1, sizeof *s);
    if (!s)
        die("out of memory");
    s->arena.allocator.fn = counted;
    check(s, vg_open(&s->db, path,
                     &(vg_options){.journal = VG_JOURNAL_KEEP,
                                   .foreign_keys_off = true,
                                   .allocator.fn = counted}));
    for (; *script; script++)
        check(s, vg_script(s->db, *script));
    return s;
}

static void *setup_read(const char *path)
{
    return open_state(path, suite.read_script);
}

static void *setup_write(const char *path)
{
    return open_state(suite.scratch ? suite.scratch : path, suite.write_script);
}

static void teardown(void *state)
{
    struct state *s = state;
    vg_close(s->db);
    vg_arena_free(&s->arena);
    free(s->bulk);
    free(s);
}

/* --- point --- */

static uint64_t point_run(void *state, uint64_t op)
{
    struct state *s = state;
    vg_arena_reset(&s->arena);
    check(s, vg_one(s->db, &s->arena, &s->customer, SELECT(customers),
                    WHERE(EQ(customers.id, point_id(op)))));
    return 1;
}

// clang-format off
QUERY(customer_by_id, ONE(customers), PARAMS(INTEGER(id)),
      SELECT(customers), WHERE(EQ(customers.id, id)))
// clang-format on

static uint64_t point_registered_run(void *state, uint64_t op)
{
    struct state *s = state;
    vg_arena_reset(&s->arena);
    check(s, customer_by_id(s->db, &s->arena, &s->customer, point_id(op)));
    return 1;
}

static uint64_t hash_customer(uint64_t h, const struct customers *c)
{
    h = hash_int(h, c->id);
    h = hash_text(hash_text(hash_text(h, c->company), c->contact), c->title);
    h = hash_text(hash_text(hash_text(h, c->address), c->city), c->region);
    h = hash_text(hash_text(h, c->postal_code), c->country);
    return hash_text(hash_text(h, c->phone), c->fax);
}

static uint64_t point_checksum(void *state)
{
    struct state *s = state;
    return hash_customer(HASH_START, s->customer);
}

/* --- page --- */

static uint64_t page_run(void *state, uint64_t op)
{
    struct state *s = state;
    vg_arena_reset(&s->arena);
    check(s, vg_all(s->db, &s->arena, &s->orders, SELECT(orders), ORDER_BY(orders.id),
                    LIMIT(PAGE_ROWS), OFFSET(page_offset(op))));
    return s->orders.len;
}

static uint64_t page_checksum(void *state)
{
    struct state *s = state;
    uint64_t h = HASH_START;
    for (size_t i = 0; i < s->orders.len; i++) {
        const struct orders *o = &s->orders.data[i];
        h = hash_int(hash_int(hash_int(h, o->id), o->customer_id), o->employee_id);
        h = hash_int(hash_int(h, o->order_date), o->required_date);
        h = o->shipped_date.has ? hash_int(h, o->shipped_date.v) : hash_null(h);
        h = hash_real(hash_int(h, o->ship_via), o->freight);
        h = hash_text(hash_text(hash_text(h, o->ship_name), o->ship_city),
                      o->ship_region);
        h = hash_text(hash_text(h, o->ship_postal_code), o->ship_country);
    }
    return h;
}

/* --- scan --- */

static uint64_t scan_run(void *state, uint64_t op)
{
    struct state *s = state;
    (void)op;
    vg_arena_reset(&s->arena);
    check(s, vg_all(s->db, &s->arena, &s->details, SELECT(order_details)));
    return s->details.len;
}

static uint64_t scan_checksum(void *state)
{
    struct state *s = state;
    uint64_t h = HASH_START;
    for (size_t i = 0; i < s->details.len; i++) {
        const struct order_details *d = &s->details.data[i];
        h = hash_int(hash_int(hash_int(h, d->id), d->order_id), d->product_id);
        h = hash_real(hash_int(hash_real(h, d->unit_price), d->quantity), d->discount);
    }
    return h;
}

/* --- joinagg --- */

static uint64_t joinagg_run(void *state, uint64_t op)
{
    struct state *s = state;
    int64_t first = agg_first(op);
    vg_arena_reset(&s->arena);
    check(s,
          vg_all(
              s->db, &s->arena, &s->spenders, SELECT(spender), FROM(orders),
              INNER_JOIN(order_details, EQ(order_details.order_id, orders.id)),
              INNER_JOIN(customers, EQ(customers.id, orders.customer_id)),
              WHERE(BETWEEN(orders.id, first, first + AGG_ORDERS - 1)),
              GROUP_BY(customers.id),
              ORDER_BY(DESC(SUM(MUL(order_details.unit_price, order_details.quantity))),
                       customers.id),
              LIMIT(AGG_ROWS)));
    return s->spenders.len;
}

static uint64_t joinagg_checksum(void *state)
{
    struct state *s = state;
    uint64_t h = HASH_START;
    for (size_t i = 0; i < s->spenders.len; i++) {
        const struct spender *row = &s->spenders.data[i];
        h = hash_text(hash_int(h, row->id), row->company);
        h = hash_int(hash_int(h, row->lines), row->quantity.v);
        h = hash_int(h, llround(row->total.v * 100));
    }
    return h;
}

/* --- dynamic --- */

static uint64_t dynamic_run(void *state, uint64_t op)
{
    struct state *s = state;
    unsigned mask = dynamic_mask(op);
    vg_arena_reset(&s->arena);
    check(
        s,
        vg_all(
            s->db, &s->arena, &s->products, SELECT(products),
            WHERE(AND(
                mask & BY_SUPPLIER ? EQ(products.supplier_id, dynamic_supplier(op))
                                   : SKIP,
                mask & BY_PRICE ? GTE(products.unit_price, dynamic_price(op)) : SKIP,
                mask & BY_STOCK ? LT(products.units_in_stock, dynamic_stock(op)) : SKIP,
                mask & BY_STATE ? EQ(products.discontinued, dynamic_state(op)) : SKIP)),
            ORDER_BY(products.id), LIMIT(DYNAMIC_ROWS)));
    return s->products.len;
}

static uint64_t dynamic_checksum(void *state)
{
    struct state *s = state;
    uint64_t h = HASH_START;
    for (size_t i = 0; i < s->products.len; i++) {
        const struct products *p = &s->products.data[i];
        h = hash_text(hash_text(hash_int(h, p->id), p->name), p->quantity_per_unit);
        h = hash_int(hash_real(h, p->unit_price), p->units_in_stock);
        h = hash_int(hash_int(h, p->units_on_order), p->reorder_level);
        h = hash_int(hash_int(h, p->discontinued), p->supplier_id);
    }
    return h;
}

/* --- insert1 --- */

static uint64_t insert1_run(void *state, uint64_t op)
{
    struct state *s = state;
    const struct new_customer *c = insert_row(op);
    check(s, vg_exec(s->db, INSERT_INTO(customers, SET(company, c->company),
                                        SET(contact, c->contact), SET(title, c->title),
                                        SET(address, c->address), SET(city, c->city),
                                        SET(region, c->region),
                                        SET(postal_code, c->postal_code),
                                        SET(country, c->country), SET(phone, c->phone),
                                        SET(fax, c->fax))));
    return 1;
}

// clang-format off
QUERY(add_customer, EXEC,
      PARAMS(TEXT(company), OPT_TEXT(contact), OPT_TEXT(title), OPT_TEXT(address),
             OPT_TEXT(city), OPT_TEXT(region), OPT_TEXT(postal_code), OPT_TEXT(country),
             OPT_TEXT(phone), OPT_TEXT(fax)),
      INSERT_INTO(customers, SET(company, company), SET(contact, contact),
                  SET(title, title), SET(address, address), SET(city, city),
                  SET(region, region), SET(postal_code, postal_code),
                  SET(country, country), SET(phone, phone), SET(fax, fax)))
// clang-format on

static uint64_t insert1_registered_run(void *state, uint64_t op)
{
    struct state *s = state;
    const struct new_customer *c = insert_row(op);
    check(s, add_customer(s->db, c->company, c->contact, c->title, c->address, c->city,
                          c->region, c->postal_code, c->country, c->phone, c->fax));
    return 1;
}

static void insert1_empty(void *state)
{
    struct state *s = state;
    check(s, vg_exec(s->db, DELETE_FROM(customers), ALL_ROWS));
}

static uint64_t insert1_checksum(void *state)
{
    struct state *s = state;
    customers_list all;
    uint64_t h = HASH_START;
    vg_arena_reset(&s->arena);
    check(s, vg_all(s->db, &s->arena, &all, SELECT(customers)));
    for (size_t i = 0; i < all.len; i++)
        h = hash_customer(h, &all.data[i]);
    return h;
}

/* --- bulk --- */

static void *bulk_setup(const char *path)
{
    struct state *s = setup_write(path);
    const struct new_detail *rows = data_new_details();
    s->bulk = calloc(DATA_BULK_ROWS, sizeof *s->bulk);
    if (!s->bulk)
        die("out of memory");
    for (size_t i = 0; i < DATA_BULK_ROWS; i++) {
        s->bulk[i].order_id = rows[i].order_id;
        s->bulk[i].product_id = rows[i].product_id;
        s->bulk[i].unit_price = rows[i].unit_price;
        s->bulk[i].quantity = rows[i].quantity;
        s->bulk[i].discount = rows[i].discount;
    }
    return s;
}

static uint64_t bulk_run(void *state, uint64_t op)
{
    struct state *s = state;
    (void)op;
    VG_TRANSACTION(s->db, tx) {
        vg_exec(s->db, INSERT_INTO(order_details, VALUES(s->bulk, DATA_BULK_ROWS)));
    }
    check(s, vg_result(s->db));
    return DATA_BULK_ROWS;
}

static void bulk_empty(void *state)
{
    struct state *s = state;
    check(s, vg_exec(s->db, DELETE_FROM(order_details), ALL_ROWS));
}

static uint64_t bulk_checksum(void *state)
{
    scan_run(state, 0);
    return scan_checksum(state);
}

static uint64_t copy_run(void *state, uint64_t op)
{
    struct state *s = state;
    (void)op;
    check(s, vg_copy_in(s->db, order_details, s->bulk, DATA_BULK_ROWS));
    return DATA_BULK_ROWS;
}

/* --- batch --- */

static uint64_t batch_run(void *state, uint64_t op)
{
    struct state *s = state;
    vg_batch *batch;
    vg_arena_reset(&s->arena);
    check(s, vg_batch_open(s->db, &batch, VG_BATCH_WHOLE));
    for (uint64_t i = 0; i < BATCH; i++)
        vg_batch_one(batch, &s->arena, &s->many[i], SELECT(customers),
                     WHERE(EQ(customers.id, point_id(op * BATCH + i))));
    check(s, vg_batch_run(batch));
    vg_batch_close(batch);
    return BATCH;
}

static uint64_t singles_run(void *state, uint64_t op)
{
    struct state *s = state;
    vg_arena_reset(&s->arena);
    for (uint64_t i = 0; i < BATCH; i++)
        check(s, vg_one(s->db, &s->arena, &s->many[i], SELECT(customers),
                        WHERE(EQ(customers.id, point_id(op * BATCH + i)))));
    return BATCH;
}

static uint64_t batch_checksum(void *state)
{
    struct state *s = state;
    uint64_t h = HASH_START;
    for (size_t i = 0; i < BATCH; i++)
        h = hash_customer(h, s->many[i]);
    return h;
}

/* --- update --- */

static uint64_t update_run(void *state, uint64_t op)
{
    struct state *s = state;
    check(s, vg_exec(s->db,
                     UPDATE(products, SET(unit_price, update_price(op)),
                            SET(units_in_stock, update_stock(op))),
                     WHERE(EQ(products.id, update_id(op)))));
    return (uint64_t)vg_changes(s->db);
}

// clang-format off
QUERY(reprice, EXEC, PARAMS(INTEGER(id), REAL(price), INTEGER(stock)),
      UPDATE(products, SET(unit_price, price), SET(units_in_stock, stock)),
      WHERE(EQ(products.id, id)))
// clang-format on

static uint64_t update_registered_run(void *state, uint64_t op)
{
    struct state *s = state;
    check(s, reprice(s->db, update_id(op), update_price(op), update_stock(op)));
    return (uint64_t)vg_changes(s->db);
}

static uint64_t update_checksum(void *state)
{
    struct state *s = state;
    vg_arena_reset(&s->arena);
    check(s, vg_all(s->db, &s->arena, &s->products, SELECT(products),
                    ORDER_BY(products.id)));
    return dynamic_checksum(s);
}

static const struct workload workloads[] = {
    {"point", setup_read, point_run, NULL, point_checksum, teardown},
    {"point_registered", setup_read, point_registered_run, NULL, point_checksum,
     teardown},
    {"page", setup_read, page_run, NULL, page_checksum, teardown},
    {"scan", setup_read, scan_run, NULL, scan_checksum, teardown},
    {"joinagg", setup_read, joinagg_run, NULL, joinagg_checksum, teardown},
    {"dynamic", setup_read, dynamic_run, NULL, dynamic_checksum, teardown},
    {"insert1", setup_write, insert1_run, insert1_empty, insert1_checksum, teardown},
    {"insert1_registered", setup_write, insert1_registered_run, insert1_empty,
     insert1_checksum, teardown},
    {"bulk", bulk_setup, bulk_run, bulk_empty, bulk_checksum, teardown},
    {"copy", bulk_setup, copy_run, bulk_empty, bulk_checksum, teardown},
    {"batch", setup_read, batch_run, NULL, batch_checksum, teardown},
    {"singles", setup_read, singles_run, NULL, batch_checksum, teardown},
    {"update", setup_write, update_run, NULL, update_checksum, teardown},
    {"update_registered", setup_write, update_registered_run, NULL, update_checksum,
     teardown},
    {0},
};

const struct side virga_side = {"virga", workloads, NULL, allocations};
