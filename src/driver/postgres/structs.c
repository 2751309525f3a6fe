/* Structs into binary. */
#include "driver/postgres/structs.h"
#include "core/parts.h"
#include "core/run.h"
#include <stddef.h>

enum form { EIGHT, FOUR, TWO, BOOLEAN, TIME, DAY, UUID, TEXT, JSONB, BYTES, NONE };

static const uint8_t sizes[] = {8, 4, 2, 1, 8, 4, 16, 0, 0, 0, 0};

/* Of the types that a member's class goes into by itself; param.c knows the others. */
static enum form form_of(const vg_column *c, Oid type)
{
    switch (c->sql_class) {
    case VG_K_int:
        return type == VG_OID_INT8   ? EIGHT
               : type == VG_OID_INT4 ? FOUR
               : type == VG_OID_INT2 ? TWO
                                     : NONE;
    case VG_K_real: return type == VG_OID_FLOAT8 ? EIGHT : NONE;
    case VG_K_predicate: return type == VG_OID_BOOL ? BOOLEAN : NONE;
    case VG_K_time:
        return type == VG_OID_TIMESTAMPTZ || type == VG_OID_TIMESTAMP ? TIME
               : type == VG_OID_DATE                                  ? DAY
                                                                      : NONE;
    case VG_K_uuid_expr: return type == VG_OID_UUID ? UUID : NONE;
    case VG_K_text:
    case VG_K_json:
        return type == VG_OID_JSONB ? JSONB
               : type == VG_OID_TEXT || type == VG_OID_VARCHAR ||
                       type == VG_OID_BPCHAR || type == VG_OID_JSON
                   ? TEXT
                   : NONE;
    case VG_K_blob: return type == VG_OID_BYTEA ? BYTES : NONE;
    default: return NONE;
    }
}

/* Where the value lies in a vg_opt_. */
static uint32_t behind_has(enum form form)
{
    return form == UUID                  ? offsetof(vg_opt_uuid, v)
           : form == BOOLEAN             ? offsetof(vg_opt_bool, v)
           : form == TIME || form == DAY ? offsetof(vg_opt_time, v)
                                         : offsetof(vg_opt_int, v);
}

static bool add(vg_pg_fields *f, const vg_column *c, Oid type, bool always)
{
    enum form form = form_of(c, type);
    bool text = !sizes[form], has = c->new_optional && !text;
    if (form == NONE || c->coder || c->mode == VG_MODE_BLOB || vg__insert_fn(c))
        return false;
    f->field[f->count++] =
        (vg_pg_field){.form = (uint8_t)form,
                      .size = sizes[form],
                      .optional = text ? c->nullable : has && always,
                      .has = c->new_offset,
                      .from = c->new_offset + (has ? behind_has(form) : 0)};
    return true;
}

bool vg__pg_fields_make(vg_pg_fields *f, const vg_structs *from, const Oid *types,
                        int type_count)
{
    const vg_shape *shape = from->shape;
    uint64_t always = vg__gives(shape).always;
    bool fixed = true;
    f->count = 0;
    f->stride = shape->new_size;
    f->row_size = 2;
    for (uint32_t i = 0; i < shape->column_count; i++) {
        if (!(from->mask >> i & 1))
            continue;
        if (f->count == type_count ||
            !add(f, &shape->columns[i], types[f->count], always >> i & 1))
            return false;
        vg_pg_field *field = &f->field[f->count - 1];
        field->to = (uint32_t)f->row_size + 4;
        f->row_size += 4 + field->size;
        fixed &= field->size && !field->optional;
    }
    if (!fixed)
        f->row_size = 0;
    return f->count == type_count;
}

/* ---- a value of one size ---- */

/* The bytes of `type`, from a member of type `c_type`. */
#define PUT(name, c_type, type, be, good, expression)   \
    static inline bool name(const char *from, char *to) \
    {                                                   \
        c_type n;                                       \
        memcpy(&n, from, sizeof n);                     \
        type out = be((type)(expression));              \
        memcpy(to, &out, sizeof out);                   \
        return good;                                    \
    }

PUT(to_eight, uint64_t, uint64_t, VG_PG_BE64, true, n)
PUT(to_four, int64_t, uint32_t, VG_PG_BE32, n == (int32_t)n, n)
PUT(to_two, int64_t, uint16_t, VG_PG_BE16, n == (int16_t)n, n)
/* The ends of our range are infinity, here as there. */
PUT(to_time, int64_t, uint64_t, VG_PG_BE64,
    n >= INT64_MIN + VG_PG_EPOCH_US || n == INT64_MIN,
    n == INT64_MAX || n == INT64_MIN ? (uint64_t)n
                                     : (uint64_t)n - (uint64_t)VG_PG_EPOCH_US)

static inline uint32_t days_since_2000(int64_t us)
{
    if (us == INT64_MAX || us == INT64_MIN)
        return us < 0 ? UINT32_C(0x80000000) : UINT32_C(0x7fffffff);
    return (uint32_t)(us / VG_PG_DAY_US - (us % VG_PG_DAY_US < 0) - VG_PG_EPOCH_DAYS);
}

PUT(to_day, int64_t, uint32_t, VG_PG_BE32, true, days_since_2000(n))

static inline bool to_bool(const char *from, char *to)
{
    *to = *(const bool *)from;
    return true;
}

static inline bool to_uuid(const char *from, char *to)
{
    memcpy(to, from, sizeof(vg_uuid));
    return true;
}

static inline bool put_value(uint8_t form, const char *from, char *to)
{
    switch (form) {
    case EIGHT: return to_eight(from, to);
    case FOUR: return to_four(from, to);
    case TWO: return to_two(from, to);
    case BOOLEAN: return to_bool(from, to);
    case TIME: return to_time(from, to);
    case DAY: return to_day(from, to);
    default: return to_uuid(from, to);
    }
}

/* ---- a column of values that are there ---- */

typedef struct run {
    const char *from;
    char *to;
    size_t from_step, to_step, count;
} run;

static inline size_t put_eights(run r)
{
    size_t i = 0;
    for (; i + 2 <= r.count; i += 2) {
        to_eight(r.from, r.to);
        to_eight(r.from + r.from_step, r.to + r.to_step);
        r.from += 2 * r.from_step;
        r.to += 2 * r.to_step;
    }
    if (i < r.count)
        to_eight(r.from, r.to);
    return r.count;
}

#define EACH(put)                                                                      \
    do {                                                                               \
        for (size_t i = 0; i < r.count; i++, r.from += r.from_step, r.to += r.to_step) \
            if (!put(r.from, r.to))                                                    \
                return i;                                                              \
        return r.count;                                                                \
    } while (0)

static size_t put_column(uint8_t form, run r)
{
    switch (form) {
    case EIGHT: return put_eights(r);
    case FOUR: EACH(to_four);
    case TWO: EACH(to_two);
    case BOOLEAN: EACH(to_bool);
    case TIME: EACH(to_time);
    case DAY: EACH(to_day);
    default: EACH(to_uuid);
    }
}

/* ---- COPY ---- */

static inline char *put_len(char *to, uint32_t len)
{
    len = VG_PG_BE32(len);
    memcpy(to, &len, sizeof len);
    return to + sizeof len;
}

static inline char *put_count(char *to, int count)
{
    uint16_t n = VG_PG_BE16((uint16_t)count);
    memcpy(to, &n, sizeof n);
    return to + sizeof n;
}

void vg__pg_fields_lay(const vg_pg_fields *f, char *out, size_t count)
{
    for (; count--; out += f->row_size) {
        put_count(out, f->count);
        for (int i = 0; i < f->count; i++)
            put_len(out + f->field[i].to - 4, f->field[i].size);
    }
}

size_t vg__pg_fields_fill(const vg_pg_fields *f, const char *rows, char *out,
                          size_t count)
{
    for (const vg_pg_field *c = f->field; c < f->field + f->count; c++)
        count = put_column(
            c->form, (run){rows + c->from, out + c->to, f->stride, f->row_size, count});
    return count;
}

/* A text or blob, NULL: none. */
static inline const char *bytes_at(const vg_pg_field *c, const char *row, size_t *len)
{
    vg_bytes bytes = {NULL, 0};
    if (c->form == BYTES) {
        memcpy(&bytes, row + c->from, sizeof bytes);
    } else {
        memcpy(&bytes.data, row + c->from, sizeof bytes.data);
        bytes.len = bytes.data ? strlen(bytes.data) : 0;
    }
    *len = bytes.len;
    return bytes.data;
}

static char *put_null(const vg_pg_field *c, char *to, const char *end)
{
    return c->optional && end - to >= 4 ? put_len(to, UINT32_MAX) : NULL;
}

static char *put_bytes(const vg_pg_field *c, const char *row, char *to, const char *end)
{
    size_t len, json = c->form == JSONB;
    const char *bytes = bytes_at(c, row, &len);
    if (!bytes)
        return put_null(c, to, end);
    if (end - to < 5 || (size_t)(end - to - 5) < len)
        return NULL;
    to = put_len(to, (uint32_t)(len + json));
    if (json)
        *to++ = 1; /* the form's version */
    memcpy(to, bytes, len);
    return to + len;
}

static char *put_field(const vg_pg_field *c, const char *row, char *to, const char *end)
{
    if (!c->size)
        return put_bytes(c, row, to, end);
    if (c->optional && !*(const bool *)(row + c->has))
        return put_null(c, to, end);
    if (end - to < 4 + c->size)
        return NULL;
    to = put_len(to, c->size);
    return put_value(c->form, row + c->from, to) ? to + c->size : NULL;
}

char *vg__pg_fields_row(const vg_pg_fields *f, const char *row, char *out,
                        const char *end)
{
    const vg_pg_field *c = f->field, *last = c + f->count;
    if (end - out < 2)
        return NULL;
    for (out = put_count(out, f->count); c < last && out; c++)
        out = put_field(c, row, out, end);
    return out;
}

/* ---- VALUES ---- */

/* Parameters: every `width`th of them, `count` rows. */
typedef struct lane {
    const char **values;
    int *lengths, *formats;
    vg_pg_room *own;
    size_t width, count;
} lane;

static bool bind_fixed(lane to, const vg_pg_field *c, const char *row, size_t stride)
{
    const int size = c->size;
    run all = {row + c->from, to.own->bytes, stride, to.width * sizeof *to.own,
               to.count};
    vg_pg_room *own = to.own;
    for (size_t i = 0, end = to.count * to.width; i < end; i += to.width) {
        to.values[i] = own->bytes;
        to.lengths[i] = size;
        to.formats[i] = 1;
        own += to.width;
    }
    return put_column(c->form, all) == to.count;
}

static bool bind_optional(lane to, const vg_pg_field *c, const char *row, size_t stride)
{
    bool good = true;
    for (size_t i = 0, end = to.count * to.width; i < end && good; i += to.width) {
        bool has = *(const bool *)(row + c->has);
        to.values[i] = has ? to.own[i].bytes : NULL;
        to.lengths[i] = c->size;
        to.formats[i] = 1;
        good = !has || put_value(c->form, row + c->from, to.own[i].bytes);
        row += stride;
    }
    return good;
}

/* JSONB goes as text. */
static bool bind_bytes(lane to, const vg_pg_field *c, const char *row, size_t stride)
{
    bool good = true;
    for (size_t i = 0, end = to.count * to.width; i < end && good; i += to.width) {
        size_t len;
        to.values[i] = bytes_at(c, row, &len);
        to.lengths[i] = (int)len;
        to.formats[i] = c->form != JSONB;
        good = (to.values[i] || c->optional) && len <= INT32_MAX / 2;
        row += stride;
    }
    return good;
}

static bool bind_all(vg_db *db, const vg_pg_stmt *s, const vg_structs *from)
{
    const vg_pg_params *all = &vg__pg_of(db)->params;
    vg_pg_fields f;
    size_t width = (size_t)__builtin_popcountll(from->mask);
    if (width * from->count != (size_t)s->param_count ||
        !vg__pg_fields_make(&f, from, s->types, (int)width) ||
        !vg__pg_params_room(db, (size_t)s->param_count))
        return false;
    bool good = true;
    for (size_t i = 0; good && i < width; i++) {
        const vg_pg_field *c = &f.field[i];
        lane to = {all->values + i, all->lengths + i, all->formats + i, all->own + i,
                   width,           from->count};
        good = (!c->size      ? bind_bytes
                : c->optional ? bind_optional
                              : bind_fixed)(to, c, from->rows, f.stride);
    }
    vg__pg_of(db)->params.binary = !s->all_text;
    return good;
}

bool vg__pg_bind_structs(vg_db *db, void *native, const vg_structs *from)
{
    vg_pg_stmt *s = native;
    if (s->stale || !bind_all(db, s, from))
        return false;
    vg__pg_of(db)->bound = s;
    return true;
}
