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
    vg_gives gives;
    vg_sink *sink;
    int64_t changes;
} insertion;

static const char *at(const void *row, const vg_column *c)
{
    return (const char *)row + c->new_offset;
}

bool vg__member_is_pointer(const vg_column *c)
{
    return c->sql_class == VG_K_text || c->sql_class == VG_K_json ||
           c->sql_class == VG_K_numeric || c->sql_class == VG_K_blob ||
           c->sql_class == VG_K_native_expr || c->type == VG_TYPE_ARRAY;
}

static vg_value enum_of(const void *p, uint32_t size)
{
    switch (size) {
    case 1: return vg_of_int(*(const int8_t *)p);
    case 2: return vg_of_int(*(const int16_t *)p);
    case 4: return vg_of_int(*(const int32_t *)p);
    default: return vg_of_int(*(const int64_t *)p);
    }
}

static bool is_given(const void *row, const vg_column *c)
{
    if (vg__member_is_pointer(c)) /* vg_bytes and arrays begin with theirs */
        return *(const void *const *)(const void *)at(row, c) != NULL;
    return !c->new_optional || *(const bool *)at(row, c); /* vg_opt_ begin with `has` */
}

vg_value vg__member_value(const void *p, const vg_column *c, bool opt)
{
    switch (c->sql_class) {
    case VG_K_int:
        return opt ? vg_of_opt_int(*(const vg_opt_int *)p)
                   : vg_of_int(*(const int64_t *)p);
    case VG_K_real:
        return opt ? vg_of_opt_real(*(const vg_opt_real *)p)
                   : vg_of_real(*(const double *)p);
    case VG_K_enum_expr:
        return opt ? vg_of_opt_int(*(const vg_opt_int *)p) : enum_of(p, c->coder->size);
    case VG_K_predicate:
        return opt ? vg_of_opt_bool(*(const vg_opt_bool *)p)
                   : vg_of_bool(*(const bool *)p);
    case VG_K_time:
        return opt ? vg_of_opt_time(*(const vg_opt_time *)p)
                   : vg_of_time(*(const vg_timestamp *)p);
    case VG_K_uuid_expr: return opt ? vg_of_opt_uuid(p) : vg_of_uuid(p);
    case VG_K_blob: return vg_of_bytes(*(const vg_bytes *)p);
    case VG_K_custom:
        if (opt && !*(const bool *)p)
            return vg_of_null(NULL);
        return vg_of_bytes((vg_bytes){
            (const char *)p + (opt ? c->coder->opt_offset : 0), c->coder->size});
    case VG_K_daytime_expr: return opt ? vg_of_opt_daytime(p) : vg_of_daytime(p);
    case VG_K_interval_expr: return opt ? vg_of_opt_interval(p) : vg_of_interval(p);
    case VG_K_point_expr: return opt ? vg_of_opt_point(p) : vg_of_point(p);
    case VG_K_int_array_expr: return vg_of_int_array(p);
    case VG_K_real_array_expr: return vg_of_real_array(p);
    case VG_K_bool_array_expr: return vg_of_bool_array(p);
    case VG_K_text_array_expr: return vg_of_text_array(p);
    case VG_K_blob_array_expr: return vg_of_blob_array(p);
    case VG_K_time_array_expr: return vg_of_time_array(p);
    case VG_K_uuid_array_expr: return vg_of_uuid_array(p);
    default: return vg_of_text(*(const char *const *)p);
    }
}

void vg__walk_member(vg_walk *w, const void *p, const vg_column *c, bool opt)
{
    vg_value v = vg__member_value(p, c, opt);
    if (c->sql_class != VG_K_custom || vg_value_kind_of(v) == VG_V_NULL) {
        vg__walk_param(w, v, c);
        return;
    }
    /* As ENCODED would say it. */
    vg_encoding encoding = {c->coder, v.p};
    vg__walk_param(w, vg_of_encoded((vg_encoded){&encoding}), c);
}

/* Left out, a column without a default of any kind is NULL: say so. */
static bool fills_itself(const vg_column *c)
{
    return (c->flags & (VG_F_DEFAULT | VG_F_FILLED)) ||
           ((c->flags & VG_F_PRIMARY_KEY) && c->type == VG_TYPE_INTEGER);
}

vg_gives vg__gives(const vg_shape *shape)
{
    vg_gives gives = {0, 0};
    for (uint32_t i = 0; i < shape->column_count; i++) {
        const vg_column *c = &shape->columns[i];
        if (!(c->flags & VG_F_GENERATED))
            *(fills_itself(c) ? &gives.maybe : &gives.always) |= UINT64_C(1) << i;
    }
    return gives;
}

uint64_t vg__row_mask(const vg_shape *shape, vg_gives gives, const void *row)
{
    uint64_t mask = gives.always;
    for (uint64_t left = gives.maybe; left; left &= left - 1)
        if (is_given(row, &shape->columns[__builtin_ctzll(left)]))
            mask |= left & -left;
    return mask;
}

/* The same for one column: a pointer that is not NULL, a `has` that is true. */
static size_t column_alike(const vg_column *c, const char *rows, size_t stride,
                           size_t limit)
{
    bool pointer = vg__member_is_pointer(c), first = is_given(rows, c);
    const char *p = at(rows, c) + stride;
    size_t same = 1;
    if (pointer)
        while (same < limit && (*(const void *const *)(const void *)p != NULL) == first)
            same++, p += stride;
    else if (c->new_optional)
        while (same < limit && *(const bool *)p == first)
            same++, p += stride;
    else
        same = limit;
    return same;
}

size_t vg__rows_alike(const vg_shape *shape, vg_gives gives, const char *rows,
                      size_t limit)
{
    for (uint64_t left = gives.maybe; left && limit > 1; left &= left - 1)
        limit = column_alike(&shape->columns[__builtin_ctzll(left)], rows,
                             shape->new_size, limit);
    return limit;
}

void vg__walk_row(vg_walk *w, const vg_shape *shape, uint64_t mask, const void *row,
                  size_t index)
{
    for (uint32_t i = 0; i < shape->column_count; i++) {
        const vg_column *c = &shape->columns[i];
        if (!(mask >> i & 1))
            continue;
        /* The usual numbers, by the shortest way. */
        bool plain = !c->new_optional && !c->coder && !vg__insert_fn(c);
        if (plain && c->sql_class == VG_K_int) {
            vg__walk_plain(w, vg_of_int(*(const int64_t *)(const void *)at(row, c)), c);
            continue;
        }
        if (plain && c->sql_class == VG_K_real) {
            vg__walk_plain(w, vg_of_real(*(const double *)(const void *)at(row, c)), c);
            continue;
        }
        if (vg__insert_fn(c) && !is_given(row, c))
            vg__walk_call(w, c, false);
        else if (!c->nullable && vg__member_is_pointer(c) && !is_given(row, c))
            vg__walk_fail(w, VG_NOT_NULL,
                          "VALUES: row %zu: %s.%s is NULL, but NOT NULL", index,
                          shape->name, c->name);
        else
            vg__walk_member(w, at(row, c), c, c->new_optional);
    }
}

/* The signature of the INSERT of some rows, but for what stands behind them. */
static void walk_head(vg_walk *w, const vg_parts *parts, uint64_t mask, size_t count)
{
    vg__walk_begin(w);
    vg__walk_word(w, VG_WORD(VG_MARK(VG_CLAUSE_INSERT), count));
    vg__walk_word(w, (uint64_t)(uintptr_t)parts->head->shape);
    vg__walk_word(w, mask);
    for (const vg_item *item = parts->head->b; item->kind != VG_ITEM_END; item++)
        if (item->kind == VG_ITEM_OVERRIDING)
            vg__walk_word(w, VG_WORD(VG_MARK(0x100 + item->kind), item->column));
}

/* The signature and parameters of `row_count` rows from `index` on. */
void vg__walk_rows(vg_walk *w, const vg_parts *parts, uint64_t mask, size_t index,
                   size_t row_count)
{
    const vg_shape *shape = parts->head->shape;
    const char *rows = ((const vg_item *)parts->head->b)->value.p;
    walk_head(w, parts, mask, row_count);
    for (size_t i = index; i < index + row_count; i++)
        vg__walk_row(w, shape, mask, rows + i * shape->new_size, i);
    vg__walk_tail(w, parts);
}

/* The statement, if the driver takes the structs as they are, which a log would not see. */
static vg_stmt *bind_structs(insertion *in, const vg_text_source *text,
                             const char *rows)
{
    vg_db *db = in->db;
    vg_structs from = {in->shape, text->mask, rows, text->row_count};
    if (!db->driver->bind_structs || from.count == 1 || db->record || db->options.log ||
        in->sink->kind != VG_SINK_NONE)
        return NULL;
    walk_head(&db->walk, &in->parts, from.mask, from.count);
    vg__walk_tail(&db->walk, &in->parts);
    bool plain = !db->walk.failed && !vg__walk_param_count(&db->walk);
    vg_stmt *stmt = plain ? vg__stmt_find(db) : NULL;
    if (!stmt || db->driver->bind_structs(db, stmt->native, &from))
        return stmt;
    stmt->busy = false;
    return NULL;
}

static int run_chunk(insertion *in, uint64_t mask, size_t index, size_t row_count)
{
    vg_db *db = in->db;
    vg_text_source text = {in->query, in->clause_count, mask, row_count, NULL};
    const vg_item *item = in->parts.head->b;
    const char *rows = item->value.p;
    vg_stmt *stmt = bind_structs(in, &text, rows + index * in->shape->new_size);
    if (!stmt) {
        vg__walk_rows(&db->walk, &in->parts, mask, index, row_count);
        stmt = vg__stmt_acquire(db, &text);
    }
    if (!stmt)
        return db->error.code;
    stmt->bulk = vg_value_len(item->value) > row_count;
    int rc = vg__run_part(db, stmt, in->sink);
    if (rc == VG_OK)
        in->changes += db->driver->changes(db);
    return rc;
}

/* How many of the next rows go into one statement: neighbours with the same mask, cut to
 * a power of two, so that any number of rows needs few different statements. */
static size_t chunk_of(const insertion *in, const char *rows, size_t count,
                       uint64_t mask)
{
    size_t by_params = in->db->dialect->max_params / in->shape->column_count;
    size_t limit = in->db->dialect->max_rows, chunk = 1;
    if (!mask)
        return 1; /* DEFAULT VALUES is one row */
    if (count < limit)
        limit = count;
    if (by_params < limit)
        limit = by_params ? by_params : 1;
    size_t same = vg__rows_alike(in->shape, in->gives, rows, limit);
    while (chunk * 2 <= same)
        chunk *= 2;
    return chunk;
}

static int insert_all(insertion *in, const char *rows, size_t count)
{
    int rc = VG_OK;
    in->gives = vg__gives(in->shape);
    for (size_t i = 0; rc == VG_OK && i < count;) {
        const char *row = rows + i * in->shape->new_size;
        uint64_t mask = vg__row_mask(in->shape, in->gives, row);
        size_t chunk = chunk_of(in, row, count - i, mask);
        rc = run_chunk(in, mask, i, chunk);
        i += chunk;
    }
    return rc;
}

/* What is wrong with the statement; NULL if nothing is. */
static const char *problem_of(const vg_parts *parts)
{
    if (parts->problem)
        return parts->problem;
    const vg_item *item = parts->head->b;
    if (parts->cte_count)
        return "VALUES takes no CTE";
    if (item[1].kind != VG_ITEM_END)
        return "VALUES stands alone, without SET";
    if (vg_value_len(item->value) && !item->value.p)
        return "VALUES is NULL, but not empty";
    return NULL;
}

void vg__render_values(vg_render *r, vg_walk *w, const vg_parts *parts)
{
    const vg_item *item = parts->head->b;
    const vg_shape *shape = parts->head->shape;
    size_t count = vg_value_len(item->value);
    const char *problem = problem_of(parts);
    vg_gives gives = vg__gives(shape);
    uint64_t mask = problem || !count ? 0 : vg__row_mask(shape, gives, item->value.p);
    if (problem)
        vg__render_fail(r, VG_INVALID, "INSERT_INTO(%s): %s", shape->name, problem);
    else if (!count)
        vg__render_fail(r, VG_INVALID, "INSERT_INTO(%s): no rows, no statement",
                        shape->name);
    else if (vg__rows_alike(shape, gives, item->value.p, count) < count ||
             (!mask && count > 1))
        vg__render_fail(
            r, VG_INVALID,
            "INSERT_INTO(%s): the rows leave out different columns and take "
            "several statements",
            shape->name);
    if (r->failed)
        return;
    vg__walk_rows(w, parts, mask, 0, count);
    if (!w->failed)
        vg__render_insert_rows(r, parts, mask, count);
}

int vg__insert_rows(vg_db *db, const vg_clause *query, size_t clause_count,
                    vg_sink *sink)
{
    insertion in = {
        .db = db, .query = query, .clause_count = clause_count, .sink = sink};
    vg__parts(&in.parts, query, clause_count);
    in.shape = in.parts.head->shape;
    const char *problem = problem_of(&in.parts);
    if (problem)
        return vg__fail(db, VG_INVALID, NULL, "INSERT_INTO(%s): %s", in.shape->name,
                        problem);
    const vg_item *item = in.parts.head->b;
    size_t count = vg_value_len(item->value);
    if (!count) {
        db->changes = 0;
        return VG_OK;
    }
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
