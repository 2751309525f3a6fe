/* Arrays of C as parameters: in binary where the element's type is known, else as the text
 * that any array takes. */
#include "base/arena.h"
#include "base/buf.h"
#include "driver/postgres/postgres.h"
#include <stdio.h>

/* Array types, and what they are arrays of. */
static const struct {
    Oid array, element;
    int size; /* of an element; 0: as long as its text */
} types[] = {
    {1016, VG_OID_INT8, 8},        {1007, VG_OID_INT4, 4},
    {1005, VG_OID_INT2, 2},        {1022, VG_OID_FLOAT8, 8},
    {1009, VG_OID_TEXT, 0},        {1015, VG_OID_VARCHAR, 0},
    {1185, VG_OID_TIMESTAMPTZ, 8}, {1115, VG_OID_TIMESTAMP, 8},
    {1182, VG_OID_DATE, 4},        {2951, VG_OID_UUID, 16},
};

enum { TYPE_COUNT = sizeof types / sizeof *types, HEAD = 20 };

static char *put(char *at, uint64_t n, int size)
{
    for (int i = size; i--; n >>= 8)
        at[i] = (char)(n & 255);
    return at + size;
}

static int64_t whole(vg_value v, size_t i)
{
    switch (vg_value_kind_of(v)) {
    case VG_V_ARRAY_I32: return ((const int *)v.p)[i];
    case VG_V_ARRAY_TIME: return ((const vg_timestamp *)v.p)[i].us;
    default: return ((const int64_t *)v.p)[i];
    }
}

/* ---- binary ---- */

/* Whether elements of that kind have a binary form in that type. */
static bool fits(vg_value_kind kind, Oid element)
{
    switch (element) {
    case VG_OID_INT8:
    case VG_OID_INT4:
    case VG_OID_INT2: return kind == VG_V_ARRAY_I32 || kind == VG_V_ARRAY_I64;
    case VG_OID_FLOAT8: return kind != VG_V_ARRAY_TEXT && kind < VG_V_ARRAY_TIME;
    case VG_OID_TEXT:
    case VG_OID_VARCHAR: return kind == VG_V_ARRAY_TEXT;
    case VG_OID_UUID: return kind == VG_V_ARRAY_UUID;
    default: return kind == VG_V_ARRAY_TIME;
    }
}

static bool in_range(int64_t n, int size)
{
    return size == 8 || (size == 4 ? n == (int32_t)n : n == (int16_t)n);
}

static uint64_t real_bits(double d)
{
    uint64_t bits;
    memcpy(&bits, &d, sizeof bits);
    return bits;
}

static uint64_t time_bits(int64_t us, Oid element)
{
    if (element == VG_OID_DATE)
        return (uint64_t)(us / VG_PG_DAY_US - (us % VG_PG_DAY_US < 0) -
                          VG_PG_EPOCH_DAYS);
    return (uint64_t)(us - VG_PG_EPOCH_US);
}

/* One element; NULL: it is out of range. */
static char *put_element(char *at, vg_value v, size_t i, Oid element, int size)
{
    vg_value_kind kind = vg_value_kind_of(v);
    if (kind == VG_V_ARRAY_TEXT) {
        const char *text = ((const char *const *)v.p)[i];
        size_t len = strlen(text);
        at = put(at, len, 4);
        memcpy(at, text, len);
        return at + len;
    }
    at = put(at, (uint64_t)size, 4);
    if (kind == VG_V_ARRAY_UUID) {
        memcpy(at, &((const vg_uuid *)v.p)[i], 16);
        return at + 16;
    }
    if (kind == VG_V_ARRAY_REAL)
        return put(at, real_bits(((const double *)v.p)[i]), 8);
    if (kind == VG_V_ARRAY_TIME)
        return put(at, time_bits(whole(v, i), element), size);
    if (element == VG_OID_FLOAT8)
        return put(at, real_bits((double)whole(v, i)), 8);
    return in_range(whole(v, i), size) ? put(at, (uint64_t)whole(v, i), size) : NULL;
}

static size_t size_of(vg_value v, int size)
{
    size_t count = vg_value_len(v), len = HEAD + count * (size_t)(size + 4);
    for (size_t i = 0; vg_value_kind_of(v) == VG_V_ARRAY_TEXT && i < count; i++)
        len += strlen(((const char *const *)v.p)[i]);
    return len;
}

static char *binary(vg_db *db, vg_value v, Oid element, int size, size_t *len)
{
    size_t count = vg_value_len(v);
    *len = size_of(v, size);
    char *out = *len <= INT32_MAX ? vg__arena_alloc(&db->walk.scratch, *len) : NULL;
    char *at = out;
    if (!out) {
        vg__fail(db, VG_NO_MEMORY, NULL, "out of memory");
        return NULL;
    }
    at = put(at, 1, 4); /* dimensions */
    at = put(at, 0, 4); /* no NULLs */
    at = put(at, element, 4);
    at = put(at, count, 4);
    at = put(at, 1, 4); /* the first index */
    for (size_t i = 0; at && i < count; i++)
        if (!(at = put_element(at, v, i, element, size)))
            vg__fail(db, VG_VALUE, NULL,
                     "element %zu of the array is %lld, which the column's type cannot "
                     "hold",
                     i, (long long)whole(v, i));
    return at ? out : NULL;
}

/* ---- text ---- */

static void put_quoted(vg_buf *out, const char *text)
{
    vg__buf_char(out, '"');
    for (; *text; text++) {
        if (*text == '"' || *text == '\\')
            vg__buf_char(out, '\\');
        vg__buf_char(out, *text);
    }
    vg__buf_char(out, '"');
}

static void put_text(vg_buf *out, vg_value v, size_t i)
{
    char text[64];
    switch (vg_value_kind_of(v)) {
    case VG_V_ARRAY_TEXT: put_quoted(out, ((const char *const *)v.p)[i]); break;
    case VG_V_ARRAY_REAL: vg__buf_real(out, ((const double *)v.p)[i]); break;
    case VG_V_ARRAY_TIME:
        put_quoted(out, vg_timestamp_format(((const vg_timestamp *)v.p)[i], text));
        break;
    case VG_V_ARRAY_UUID:
        vg__buf_text(out, vg_uuid_format(&((const vg_uuid *)v.p)[i], text));
        break;
    default: vg__buf_int(out, whole(v, i)); break;
    }
}

static char *as_text(vg_db *db, vg_value v, size_t *len)
{
    vg_buf out;
    vg__buf_init(&out, &db->allocator, INT32_MAX);
    vg__buf_char(&out, '{');
    for (size_t i = 0; i < vg_value_len(v); i++) {
        vg__buf_text(&out, i ? "," : "");
        put_text(&out, v, i);
    }
    vg__buf_char(&out, '}');
    char *copy =
        out.failed ? NULL : vg__arena_text(&db->walk.scratch, out.text, out.len);
    *len = out.len;
    vg__buf_free(&out);
    if (!copy)
        vg__fail(db, VG_NO_MEMORY, NULL, "out of memory");
    return copy;
}

char *vg__pg_array(vg_db *db, vg_value v, Oid type, size_t *len, int *format)
{
    *format = 1;
    for (int i = 0; i < TYPE_COUNT; i++)
        if (types[i].array == type && fits(vg_value_kind_of(v), types[i].element))
            return binary(db, v, types[i].element, types[i].size, len);
    *format = 0;
    return as_text(db, v, len);
}
