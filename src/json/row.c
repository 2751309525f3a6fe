/* Rows to JSON: a value by its class, a row by its shape. */
#include "json/field.h"
#include "json/value.h"
#include "json/writer.h"
#include <stdio.h>
#include <string.h>

/* Where a value stands, for messages. */
typedef struct place {
    vg_json_writer *w;
    const vg_shape *shape;
    const vg_column *c, *as;
} place;

static void refuse(const place *at, const char *what)
{
    vg__json_fail(at->w, VG_VALUE, "%s.%s: %s", at->shape->name, at->c->name, what);
}

static void put_string(const place *at, const char *text, size_t len)
{
    vg__json_word(at->w, "", 0);
    if (!vg__json_quoted(at->w, text, len))
        refuse(at, "the text is not UTF-8");
}

static void put_base64(const place *at, vg_bytes bytes)
{
    static const char digits[] =
        "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
    const uint8_t *from = bytes.data;
    vg__json_word(at->w, "\"", 1);
    for (size_t i = 0; i < bytes.len && !at->w->code; i += 3) {
        size_t n = bytes.len - i < 3 ? bytes.len - i : 3;
        uint32_t bits = (uint32_t)from[i] << 16 |
                        (n > 1 ? (uint32_t)from[i + 1] << 8 : 0) |
                        (n > 2 ? (uint32_t)from[i + 2] : 0);
        char out[4] = {digits[bits >> 18], digits[bits >> 12 & 63],
                       n > 1 ? digits[bits >> 6 & 63] : '=',
                       n > 2 ? digits[bits & 63] : '='};
        vg__json_bytes(at->w, out, 4);
    }
    vg__json_bytes(at->w, "\"", 1);
}

static void put_json(const place *at, const char *json, size_t len)
{
    if (!at->w->trust_json && !vg__json_is_json(json, len)) {
        refuse(at, "it is no JSON");
        return;
    }
    vg__json_word(at->w, json, len);
}

static void put_real(const place *at, double d)
{
    if (d != d || d - d != 0)
        refuse(at,
               d != d ? "NaN is no number of JSON" : "infinity is no number of JSON");
    else
        vg_put_real(at->w, d);
}

static bool is_numbers(const vg_column *as)
{
    return as && (as->native == VG_NATIVE_VECTOR || as->native == VG_NATIVE_HALFVEC);
}

/* A text of any class. `held`: it is a field, whose length may be known. */
static void put_text(const place *at, const char *text, bool held)
{
    size_t len = held && at->w->texts_hold_nuls ? vg_text_len(text) : strlen(text);
    if (vg__json_is(at->as, VG_TYPE_JSON) || is_numbers(at->as) ||
        (at->c->sql_class & VG_K_CLASS) == VG_K_json)
        put_json(at, text, len);
    else
        put_string(at, text, len);
}

static void put_time(const place *at, vg_timestamp t)
{
    char text[VG_TIMESTAMP_ROOM];
    bool day =
        vg__json_is(at->as, VG_TYPE_DATE) ||
        (at->as && at->as->type == VG_TYPE_ARRAY && at->as->element == VG_TYPE_DATE);
    (day ? vg_date_format : vg_timestamp_format)(t, text);
    put_string(at, text, strlen(text));
}

static void put_uuid(const place *at, const vg_uuid *uuid)
{
    char text[37];
    put_string(at, vg_uuid_format(uuid, text), 36);
}

static void put_enum(const place *at, int64_t value)
{
    const vg_coder *coder = at->as ? at->as->coder : NULL;
    const char *label = coder && coder->labels ? vg_label_text(coder, value) : NULL;
    char what[96];
    if (!coder || !coder->labels) {
        vg_put_int(at->w, value);
        return;
    }
    if (label) {
        put_string(at, label, strlen(label));
        return;
    }
    snprintf(what, sizeof what, "%lld is no value of enum %s", (long long)value,
             coder->name);
    refuse(at, what);
}

static void put_custom(const place *at, const void *value)
{
    vg_arena room = {.allocator =
                         at->w->arena ? at->w->arena->allocator : (vg_allocator){0}};
    vg_value v = at->c->coder->encode(value, &room);
    switch (vg_value_kind_of(v)) {
    case VG_V_NULL: vg_put_null(at->w); break;
    case VG_V_INT: vg_put_int(at->w, v.i); break;
    case VG_V_REAL: put_real(at, v.d); break;
    case VG_V_TEXT:
        if (v.s)
            put_string(at, v.s, vg_value_len(v));
        else
            vg__json_fail(at->w, VG_NO_MEMORY, "out of memory");
        break;
    case VG_V_BLOB:
        if (v.p || !vg_value_len(v))
            put_base64(at, (vg_bytes){v.p, vg_value_len(v)});
        else
            vg__json_fail(at->w, VG_NO_MEMORY, "out of memory");
        break;
    default: refuse(at, "its codec refuses the value"); break;
    }
    vg_arena_free(&room);
}

static void put_object(const place *at, const void *v, unsigned class_)
{
    char text[VG_INTERVAL_ROOM];
    if (class_ == VG_K_daytime_expr) {
        bool zone = at->as && at->as->native == VG_NATIVE_TIMETZ;
        vg_daytime_format(*(const vg_daytime *)v, zone, text);
        put_string(at, text, strlen(text));
    } else if (class_ == VG_K_interval_expr) {
        vg_interval_format(*(const vg_interval *)v, text);
        put_string(at, text, strlen(text));
    } else {
        const vg_point *point = v;
        vg_put_array(at->w);
        put_real(at, point->x);
        put_real(at, point->y);
        vg_put_end(at->w);
    }
}

static void put_element(const place *at, const vg_int_array *array, size_t i)
{
    const void *data = array->data;
    if (array->nulls && array->nulls[i]) {
        vg_put_null(at->w);
        return;
    }
    switch (at->c->sql_class & VG_K_CLASS) {
    case VG_K_int_array_expr:
        if (at->as && at->as->coder && at->as->coder->labels)
            put_enum(at, ((const int64_t *)data)[i]);
        else
            vg_put_int(at->w, ((const int64_t *)data)[i]);
        break;
    case VG_K_real_array_expr: put_real(at, ((const double *)data)[i]); break;
    case VG_K_bool_array_expr: vg_put_bool(at->w, ((const bool *)data)[i]); break;
    case VG_K_blob_array_expr: put_base64(at, ((const vg_bytes *)data)[i]); break;
    case VG_K_time_array_expr: put_time(at, ((const vg_timestamp *)data)[i]); break;
    case VG_K_uuid_array_expr: put_uuid(at, &((const vg_uuid *)data)[i]); break;
    default: {
        const char *text = ((const char *const *)data)[i];
        if (at->as && at->as->element == VG_TYPE_JSON)
            put_json(at, text, strlen(text));
        else
            put_string(at, text, strlen(text));
    }
    }
}

/* The elements from *next on that one dimension has, and what lies in them. */
static void put_dimension(const place *at, const vg_int_array *array, int level,
                          size_t *next)
{
    int levels = array->dims ? array->dims->count : 1;
    size_t len = array->dims ? (size_t)array->dims->lengths[level] : array->len;
    vg_put_array(at->w);
    for (size_t i = 0; i < len && !at->w->code; i++) {
        if (level + 1 < levels)
            put_dimension(at, array, level + 1, next);
        else if (*next < array->len)
            put_element(at, array, (*next)++);
        else
            refuse(at, "the array has fewer elements than its dimensions say");
    }
    vg_put_end(at->w);
}

/* Every array begins as this one does. */
static void put_elements(const place *at, const vg_int_array *array)
{
    size_t next = 0;
    if (!array->len) {
        vg_put_array(at->w);
        vg_put_end(at->w);
        return;
    }
    put_dimension(at, array, 0, &next);
}

static void put_value(const place *at, const void *p)
{
    vg__json_member m = vg__json_member_of(at->c, p, at->c->nullable);
    unsigned class_ = at->c->sql_class & VG_K_CLASS;
    if (m.null) {
        vg_put_null(at->w);
        return;
    }
    switch (class_) {
    case VG_K_int: vg_put_int(at->w, *(const int64_t *)m.value); break;
    case VG_K_real: put_real(at, *(const double *)m.value); break;
    case VG_K_predicate: vg_put_bool(at->w, *(const bool *)m.value); break;
    case VG_K_time: put_time(at, *(const vg_timestamp *)m.value); break;
    case VG_K_uuid_expr: put_uuid(at, m.value); break;
    case VG_K_blob: put_base64(at, *(const vg_bytes *)m.value); break;
    case VG_K_enum_expr: put_enum(at, vg__json_enum_of(&m)); break;
    case VG_K_custom: put_custom(at, m.value); break;
    case VG_K_daytime_expr:
    case VG_K_interval_expr:
    case VG_K_point_expr: put_object(at, m.value, class_); break;
    default:
        if (class_ & VG_K_object)
            put_elements(at, m.value);
        else
            put_text(at, *(const char *const *)m.value, true);
    }
}

/* ---- rows ---- */

static const char *key_of(const vg_json_writer *w, const vg_column *c)
{
    return w->db_names ? vg_column_name(c) : c->name;
}

static void put_column_key(vg_json_writer *w, const vg_json_fields *fields, uint32_t i)
{
    const vg_column *c = &fields->shape->columns[i];
    if (w->db_names || !fields->key_len[i])
        vg_put_key(w, key_of(w, c));
    else
        vg__json_plain_key(w, c->name, fields->key_len[i]);
}

static void put_column(vg_json_writer *w, const vg_json_fields *fields, uint32_t i,
                       const char *row)
{
    const vg_column *c = &fields->shape->columns[i];
    const place at = {w, fields->shape, c, fields->as[i]};
    const void *p = row + c->offset;
    if (c->nested) {
        const void *inner = c->nullable ? *(const void *const *)p : p;
        if (!inner && w->skip_nulls)
            return;
        put_column_key(w, fields, i);
        vg_put_shape_row(w, c->nested, inner);
        return;
    }
    if (w->skip_nulls && vg__json_member_of(c, p, c->nullable).null)
        return;
    put_column_key(w, fields, i);
    put_value(&at, p);
}

/* A list, as the member of a MANY has it. */
typedef struct row_list {
    const void *data;
    size_t len;
} row_list;

static void put_relation(vg_json_writer *w, const vg_shape *shape, const vg_relation *r,
                         const char *row)
{
    const void *p = row + r->offset;
    if (r->kind == VG_RELATION_EXTRA) {
        const place at = {w, shape, r->column, r->column};
        if (w->skip_nulls && vg__json_member_of(r->column, p, r->column->nullable).null)
            return;
        vg_put_key(w, r->name);
        put_value(&at, p);
    } else if (r->kind == VG_RELATION_ONE) {
        const void *one = *(const void *const *)p;
        if (!one && w->skip_nulls)
            return;
        vg_put_key(w, r->name);
        vg_put_shape_row(w, r->target, one);
    } else {
        const row_list *many = p;
        vg_put_key(w, r->name);
        vg_put_shape_rows(w, r->target, many->data, many->len);
    }
}

/* What a row that has relations says about its members: two words, see vg_relation. */
static void put_members(vg_json_writer *w, const vg_json_fields *fields,
                        const char *row, uint64_t omit)
{
    const vg_shape *shape = fields->shape;
    uint64_t loaded = 0;
    while (!shape->relations && shape->base)
        shape = shape->base;
    if (shape->relations) {
        loaded = *(const uint64_t *)(const void *)(row + shape->loaded_offset);
        omit |= *(const uint64_t *)(const void *)(row + shape->loaded_offset + 8);
    }
    for (uint32_t i = 0; i < fields->shape->column_count && !w->code; i++)
        if (!(omit >> i & 1))
            put_column(w, fields, i, row);
    /* Rows that lead back to themselves end at the writer's greatest depth. */
    for (const vg_relation *r = shape->relations; r && r->kind && !w->code; r++)
        if (loaded >> r->bit & 1)
            put_relation(w, shape, r, row);
}

static void put_fields(vg_json_writer *w, const vg_json_fields *fields, const char *row)
{
    vg_put_object(w);
    put_members(w, fields, row, 0);
    vg_put_end(w);
}

void vg_put_shape_members(vg_json_writer *w, const vg_shape *shape, const void *row,
                          uint64_t omit)
{
    vg_json_fields fields;
    vg__json_fields(&fields, shape);
    put_members(w, &fields, row, omit);
}

void vg_put_shape_row(vg_json_writer *w, const vg_shape *shape, const void *row)
{
    vg_json_fields fields;
    if (!row) {
        vg_put_null(w);
        return;
    }
    vg__json_fields(&fields, shape);
    put_fields(w, &fields, row);
}

void vg_put_shape_rows(vg_json_writer *w, const vg_shape *shape, const void *rows,
                       size_t len)
{
    vg_json_fields fields;
    vg__json_fields(&fields, shape);
    vg_put_array(w);
    for (size_t i = 0; i < len && !w->code; i++)
        put_fields(w, &fields, (const char *)rows + i * shape->row_size);
    vg_put_end(w);
}

void vg_put_shape_cursor(vg_json_writer *w, const vg_shape *shape, vg_cursor *cursor,
                         void *row)
{
    vg_json_fields fields;
    vg__json_fields(&fields, shape);
    vg_put_array(w);
    if (!cursor)
        vg__json_fail(w, VG_MISUSE,
                      "there is no cursor: vg_query failed, whose "
                      "connection knows why");
    while (!w->code && vg_next(cursor))
        put_fields(w, &fields, *(const char *const *)row);
    int rc = vg_finish(cursor);
    if (rc)
        vg__json_fail(w, rc, "reading the rows failed; the connection knows why");
    vg_put_end(w);
}

static int finish(vg_json_writer *w, const char **text)
{
    int rc = vg_json_finish(w);
    *text = rc ? NULL : w->text;
    return rc;
}

int vg_shape_row_json(vg_arena *arena, const vg_shape *shape, const void *row,
                      const char **text)
{
    vg_json_writer w = {.arena = arena};
    vg_put_shape_row(&w, shape, row);
    return finish(&w, text);
}

int vg_shape_list_json(vg_arena *arena, const vg_shape *shape, const void *rows,
                       size_t len, const char **text)
{
    vg_json_writer w = {.arena = arena};
    vg_put_shape_rows(&w, shape, rows, len);
    return finish(&w, text);
}
