/* COPY into a table. The INSERT of one row is prepared as for VALUES: from it come the columns'
 * names and types, and without a COPY it is run for each row. */
#include "core/guard.h"
#include "core/run.h"
#include "core/services.h"
#include <stdio.h>
#include <virga/copy.h>

enum { ROWS_AT_ONCE = 256 };

typedef struct source {
    vg_copy_next_fn next; /* NULL: an array */
    void *ctx;
    const char *rows;
    size_t count;
} source;

typedef struct copying {
    vg_db *db;
    const vg_shape *table;
    const vg_copying *by; /* NULL: the database has no COPY */
    vg_stmt *stmt;        /* of the rows at hand; NULL: none */
    vg_gives gives;
    uint64_t mask;
    void *copy;
    int64_t index, first; /* the row; the first of this COPY */
} copying;

void vg__say_where(vg_db *db, const char *what, int64_t number)
{
    vg_error *first = db->depth ? db->first : NULL;
    bool same = first && strcmp(first->message, db->error.message) == 0;
    char message[sizeof db->error.message];
    memcpy(message, db->error.message, sizeof message);
    snprintf(db->error.message, sizeof db->error.message, "%s %lld: %.480s", what,
             (long long)number, message);
    if (same)
        memcpy(first->message, db->error.message, sizeof message);
}

/* Whether rows say what GENERATED ALWAYS AS IDENTITY counts. */
static bool gives_identity(const vg_shape *table, uint64_t mask)
{
    for (uint32_t i = 0; i < table->column_count; i++) {
        const vg_sequence_options *identity = table->columns[i].identity;
        if ((mask >> i & 1) && identity && identity->always)
            return true;
    }
    return false;
}

/* The statement of rows like this one. */
static int find_stmt(copying *c, uint64_t mask, const void *row)
{
    vg_db *db = c->db;
    bool always = gives_identity(c->table, mask); /* COPY takes it without a word */
    const vg_item items[] = {{VG_ITEM_ROWS, 0, vg_of_array(row, VG_V_BLOB, 1)},
                             {always ? VG_ITEM_OVERRIDING : VG_ITEM_END, 0, {{0}, 0}},
                             {0}};
    vg_clause insert = vg_insert(c->table, items, 0);
    vg_parts parts;
    vg__parts(&parts, &insert, 1);
    vg__walk_rows(&db->walk, &parts, mask, 0, 1);
    c->stmt = vg__stmt_acquire(db, &(vg_text_source){&insert, 1, mask, 1, NULL});
    c->mask = mask;
    c->first = c->index;
    return c->stmt ? VG_OK : db->error.code;
}

static int end_group(copying *c, int rc)
{
    vg_db *db = c->db;
    int64_t row = -1;
    if (c->copy) {
        int end = c->by->end(db, c->copy, rc, &row);
        if (rc == VG_OK && end != VG_OK && row >= 0)
            vg__say_where(db, "row", c->first + row);
        rc = rc == VG_OK ? end : rc;
    }
    if (c->stmt)
        c->stmt->busy = false;
    c->copy = NULL;
    c->stmt = NULL;
    return rc;
}

static int begin_group(copying *c, uint64_t mask, const void *row)
{
    int rc = end_group(c, VG_OK);
    if (rc == VG_OK)
        rc = find_stmt(c, mask, row);
    if (rc == VG_OK && c->by && mask) /* DEFAULT VALUES has no COPY */
        rc = c->by->begin(c->db, c->stmt->sql, c->stmt->native, &c->copy);
    return rc;
}

/* The rows that the driver takes as they are, from the first on. */
static size_t put_structs(copying *c, const char *rows, size_t count, int *rc)
{
    if (!c->copy || !c->by->structs ||
        vg__row_mask(c->table, c->gives, rows) != c->mask)
        return 0;
    count = vg__rows_alike(c->table, c->gives, rows, count);
    vg_structs from = {c->table, c->mask, rows, count};
    return c->by->structs(c->db, c->copy, &from, rc);
}

static int put_row(copying *c, const void *row)
{
    vg_db *db = c->db;
    vg_walk *w = &db->walk;
    uint64_t mask = vg__row_mask(c->table, c->gives, row);
    bool same = c->stmt && mask == c->mask;
    vg__walk_begin(w);
    vg__walk_row(w, c->table, mask, row, (size_t)c->index);
    if (w->failed)
        return vg__fail(db, w->failed, NULL, "%s", w->message);
    int rc = same ? VG_OK : begin_group(c, mask, row); /* walks it once more */
    if (rc != VG_OK)
        return rc;
    if (c->copy) {
        rc = c->by->row(db, c->copy, w->params);
    } else {
        vg_sink none = {VG_SINK_NONE, NULL, NULL, 0, 0, 0};
        c->stmt->bulk = true;
        rc = vg__run(db, c->stmt, &none);
        c->stmt->busy = true;
    }
    if (rc != VG_OK)
        vg__say_where(db, "row", c->index);
    return rc;
}

/* Rows side by side, of which those between are looked at once. */
static int put_rows(copying *c, const char *rows, size_t count)
{
    int rc = VG_OK;
    size_t size = c->table->new_size, most = ROWS_AT_ONCE;
    for (size_t i = 0; rc == VG_OK && i < count;) {
        size_t taken =
            put_structs(c, rows + i * size, count - i < most ? count - i : most, &rc);
        c->index += (int64_t)taken;
        i += taken;
        if (rc != VG_OK)
            vg__say_where(c->db, "row", c->index);
        if (rc != VG_OK || taken == most || i == count)
            continue;
        rc = put_row(c, rows + i++ * size);
        c->index += rc == VG_OK;
    }
    return rc;
}

static int put_all(copying *c, const source *s)
{
    int rc = VG_OK;
    if (!s->next)
        return put_rows(c, s->rows, s->count);
    void *row = vg__db_alloc(c->db, NULL, 0, c->table->new_size);
    if (!row)
        return vg__fail(c->db, VG_NO_MEMORY, NULL, "out of memory");
    while (rc == VG_OK) {
        memset(row, 0, c->table->new_size);
        rc = s->next(s->ctx, row);
        if (rc == VG_OK) {
            rc = put_rows(c, row, 1);
        } else if (rc != VG_NOT_FOUND) {
            vg__fail(c->db, rc, NULL,
                     "vg_copy_from: the source of the rows returned %s",
                     vg_code_name(rc));
        }
    }
    vg__db_alloc(c->db, row, c->table->new_size, 0);
    return rc == VG_NOT_FOUND ? VG_OK : rc;
}

static int copy_rows(vg_db *db, const vg_shape *table, const source *s,
                     const char *here)
{
    vg_sink none = {VG_SINK_NONE, NULL, NULL, 0, 0, 0};
    copying c = {.db = db,
                 .table = table,
                 .by = vg__services_of(db)->copying,
                 .gives = vg__gives(table)};
    bool nested;
    int rc = vg__start(db, here);
    if (rc == VG_OK)
        rc = vg__whole_begin(db, &nested);
    if (rc != VG_OK)
        return rc;
    rc = end_group(&c, put_all(&c, s));
    rc = vg__whole_end(db, nested, rc, &none);
    if (rc == VG_OK)
        db->changes = c.index;
    return rc;
}

int vg_run_copy_in(vg_db *db, const vg_shape *table, const void *rows, size_t n,
                   const char *here)
{
    VG_GUARD(db, here, VG_MISUSE);
    vg__begin(db, here);
    if (n && !rows)
        return vg__fail(db, VG_INVALID, NULL, "vg_copy_in: the rows are NULL");
    return copy_rows(db, table, &(source){.rows = rows, .count = n}, here);
}

int vg_run_copy_from(vg_db *db, const vg_shape *table, vg_copy_next_fn next, void *ctx,
                     const char *here)
{
    VG_GUARD(db, here, VG_MISUSE);
    vg__begin(db, here);
    if (!next)
        return vg__fail(db, VG_INVALID, NULL, "vg_copy_from: there is no function");
    return copy_rows(db, table, &(source){.next = next, .ctx = ctx}, here);
}
