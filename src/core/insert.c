/* Inserting from structs: INSERT_INTO(t, VALUES(rows, n)).
 *
 * A column that the struct leaves out gets its default, and SQL has no word for that in
 * VALUES on every database; so each row has a mask of the columns that it gives, and
 * neighbours with the same mask share a statement, as many as the dialect takes. Columns
 * that may be NULL and have no default are always given, so that rows differ rarely. */
#include "core/run.h"

typedef struct insertion {
    vg_db *db;
    const vg_clause *query;
    size_t clause_count;
    vg_parts parts;
    const vg_shape *shape;
    vg_sink *sink;
    uint64_t mask;    /* of the rows in the chunk */
    size_t row_count; /* in the chunk */
    int64_t changes;
} insertion;

static const char *at(const void *row, const vg_column *c)
{
    return (const char *)row + c->new_offset;
}

static bool is_pointer(const vg_column *c)
{
    return c->sql_class == VG_K_text || c->sql_class == VG_K_json ||
           c->sql_class == VG_K_numeric || c->sql_class == VG_K_blob;
}

static bool is_given(const void *row, const vg_column *c)
{
    if (is_pointer(c)) /* vg_bytes begins with its pointer */
        return *(const void *const *)(const void *)at(row, c) != NULL;
    return !c->new_optional || *(const bool *)at(row, c); /* vg_opt_ begin with `has` */
}

static vg_value value_of(const void *row, const vg_column *c)
{
    const void *p = at(row, c);
    bool opt = c->new_optional;
    switch (c->sql_class) {
    case VG_K_int:
        return opt ? vg_of_opt_int(*(const vg_opt_int *)p)
                   : vg_of_int(*(const int64_t *)p);
    case VG_K_real:
        return opt ? vg_of_opt_real(*(const vg_opt_real *)p)
                   : vg_of_real(*(const double *)p);
    case VG_K_predicate:
        return opt ? vg_of_opt_bool(*(const vg_opt_bool *)p)
                   : vg_of_bool(*(const bool *)p);
    case VG_K_time:
        return opt ? vg_of_opt_time(*(const vg_opt_time *)p)
                   : vg_of_time(*(const vg_timestamp *)p);
    case VG_K_uuid_expr: return opt ? vg_of_opt_uuid(p) : vg_of_uuid(p);
    case VG_K_blob: return vg_of_bytes(*(const vg_bytes *)p);
    default: return vg_of_text(*(const char *const *)p);
    }
}

/* Left out, a column without a default of any kind is NULL: say so. */
static bool fills_itself(const vg_column *c)
{
    return (c->flags & VG_F_DEFAULT) ||
           ((c->flags & VG_F_PRIMARY_KEY) && c->type == VG_TYPE_INTEGER);
}

static uint64_t mask_of(const vg_shape *shape, const void *row)
{
    uint64_t mask = 0;
    for (uint32_t i = 0; i < shape->column_count; i++) {
        const vg_column *c = &shape->columns[i];
        if (!fills_itself(c) || is_given(row, c))
            mask |= UINT64_C(1) << i;
    }
    return mask;
}

static void begin_chunk(insertion *in, uint64_t mask, size_t row_count)
{
    vg_walk *w = &in->db->walk;
    vg__walk_begin(w);
    vg__walk_word(w, VG_WORD(VG_MARK(VG_CLAUSE_INSERT), row_count));
    vg__walk_word(w, (uint64_t)(uintptr_t)in->shape);
    vg__walk_word(w, mask);
    in->mask = mask;
    in->row_count = row_count;
}

static void add_row(insertion *in, const void *row, size_t index)
{
    vg_walk *w = &in->db->walk;
    for (uint32_t i = 0; i < in->shape->column_count; i++) {
        const vg_column *c = &in->shape->columns[i];
        if (!(in->mask >> i & 1))
            continue;
        if (c->default_fn && !is_given(row, c))
            vg__walk_default(w, c);
        else if (!c->nullable && is_pointer(c) && !is_given(row, c))
            vg__walk_fail(w, VG_NOT_NULL,
                          "VALUES: row %zu: %s.%s is NULL, but NOT NULL", index,
                          in->shape->name, c->name);
        else
            vg__walk_param(w, value_of(row, c), vg__codec_of_column(c));
    }
}

static int end_chunk(insertion *in)
{
    vg_db *db = in->db;
    vg_text_source text = {in->query, in->clause_count, in->mask, in->row_count};
    vg__walk_tail(&db->walk, &in->parts);
    vg_stmt *stmt = vg__stmt_acquire(db, &text);
    if (!stmt)
        return db->error.code;
    int rc = vg__run(db, stmt, in->sink);
    if (rc == VG_OK)
        in->changes += db->driver->changes(db);
    return rc;
}

/* How many of the next rows go into one statement: neighbours with the same mask, cut to
 * a power of two, so that any number of rows needs few different statements. */
static size_t chunk_of(const insertion *in, const char *row, size_t count,
                       uint64_t mask)
{
    size_t by_params = in->db->dialect->max_params / in->shape->column_count;
    size_t limit = in->db->dialect->max_rows, same = 1, chunk = 1;
    if (!mask)
        return 1; /* DEFAULT VALUES is one row */
    if (count < limit)
        limit = count;
    if (by_params < limit)
        limit = by_params ? by_params : 1;
    while (same < limit && mask_of(in->shape, row + same * in->shape->new_size) == mask)
        same++;
    while (chunk * 2 <= same)
        chunk *= 2;
    return chunk;
}

static int insert_all(insertion *in, const char *rows, size_t count)
{
    size_t stride = in->shape->new_size;
    int rc = VG_OK;
    for (size_t i = 0; rc == VG_OK && i < count;) {
        uint64_t mask = mask_of(in->shape, rows + i * stride);
        size_t chunk = chunk_of(in, rows + i * stride, count - i, mask);
        begin_chunk(in, mask, chunk);
        for (size_t end = i + chunk; i < end; i++)
            add_row(in, rows + i * stride, i);
        rc = end_chunk(in);
    }
    return rc;
}

int vg__insert_rows(vg_db *db, const vg_clause *query, size_t clause_count,
                    vg_sink *sink)
{
    const vg_item *item = query->b;
    size_t count = vg_value_len(item->value);
    insertion in = {.db = db,
                    .query = query,
                    .clause_count = clause_count,
                    .shape = query->shape,
                    .sink = sink};
    vg__parts(&in.parts, query, clause_count);
    if (in.parts.problem)
        return vg__fail(db, VG_INVALID, NULL, "the statement is not valid: %s",
                        in.parts.problem);
    if (item[1].kind != VG_ITEM_END)
        return vg__fail(db, VG_INVALID, NULL,
                        "INSERT_INTO(%s): VALUES stands alone, without SET",
                        in.shape->name);
    if (!count) {
        db->changes = 0;
        return VG_OK;
    }
    if (!item->value.p)
        return vg__fail(db, VG_INVALID, NULL,
                        "INSERT_INTO(%s): VALUES is NULL, but not empty",
                        in.shape->name);
    if (count == 1 && (sink->kind == VG_SINK_NONE || db->depth)) {
        db->changes = -1;
        return insert_all(&in, item->value.p, 1);
    }
    bool nested;
    int rc = vg__whole_begin(db, &nested);
    if (rc != VG_OK)
        return rc;
    rc = vg__whole_end(db, nested, insert_all(&in, item->value.p, count), sink);
    if (rc != VG_OK)
        return rc;
    db->changes = in.changes;
    return VG_OK;
}
