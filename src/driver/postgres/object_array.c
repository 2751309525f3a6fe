/* Arrays. In binary: the number of dimensions, whether there are NULLs, the elements' type;
 * length and first index of each dimension; then each element behind its length, -1: NULL. */
#include "base/array.h"
#include "driver/postgres/object.h"
#include <errno.h>
#include <stdlib.h>

enum { HEAD = 12 };

static const struct {
    Oid array, element;
} arrays[] = {
    {1000, VG_OID_BOOL},    {1001, VG_OID_BYTEA},     {1005, VG_OID_INT2},
    {1007, VG_OID_INT4},    {1016, VG_OID_INT8},      {1028, VG_OID_OID},
    {1021, VG_OID_FLOAT4},  {1022, VG_OID_FLOAT8},    {1009, VG_OID_TEXT},
    {1015, VG_OID_VARCHAR}, {1014, VG_OID_BPCHAR},    {199, VG_OID_JSON},
    {3807, VG_OID_JSONB},   {1231, VG_OID_NUMERIC},   {2951, VG_OID_UUID},
    {1182, VG_OID_DATE},    {1115, VG_OID_TIMESTAMP}, {1185, VG_OID_TIMESTAMPTZ},
    {1183, VG_OID_TIME},    {1270, VG_OID_TIMETZ},    {1187, VG_OID_INTERVAL},
    {1017, VG_OID_POINT},   {1003, VG_OID_NAME},      {143, VG_OID_XML},
};

Oid vg__pg_element_of(Oid array)
{
    for (size_t i = 0; i < sizeof arrays / sizeof *arrays; i++)
        if (arrays[i].array == array)
            return arrays[i].element;
    return 0;
}

/* ---- elements ---- */

static size_t size_of(vg_slot_kind kind)
{
    switch (kind) {
    case VG_SLOT_BOOL_ARRAY: return sizeof(bool);
    case VG_SLOT_TEXT_ARRAY: return sizeof(const char *);
    case VG_SLOT_BLOB_ARRAY: return sizeof(vg_bytes);
    case VG_SLOT_UUID_ARRAY: return sizeof(vg_uuid);
    default: return 8; /* int64_t, double, vg_timestamp */
    }
}

static bool is_int(Oid type)
{
    return type == VG_OID_INT2 || type == VG_OID_INT4 || type == VG_OID_INT8 ||
           type == VG_OID_OID;
}

static bool int_at(const vg_pg_cell *c, int64_t *out)
{
    if (c->type == VG_OID_NUMERIC)
        return vg__pg_numeric_int(c->data, (int)c->len, out);
    if (c->type == VG_OID_INT8 && c->len == 8)
        *out = (int64_t)vg__pg_u64(c->data);
    else if (c->type == VG_OID_INT4 && c->len == 4)
        *out = (int32_t)vg__pg_u32(c->data);
    else if (c->type == VG_OID_OID && c->len == 4)
        *out = vg__pg_u32(c->data);
    else if (c->type == VG_OID_INT2 && c->len == 2)
        *out = (int16_t)vg__pg_u16(c->data);
    else
        return false;
    return true;
}

static bool real_at(const vg_pg_cell *c, double *out)
{
    int64_t n;
    float f;
    if (c->type == VG_OID_FLOAT8 && c->len == 8) {
        *out = vg__pg_real_of(vg__pg_u64(c->data));
        return true;
    }
    if (c->type == VG_OID_FLOAT4 && c->len == 4) {
        uint32_t bits = vg__pg_u32(c->data);
        memcpy(&f, &bits, sizeof f);
        *out = f;
        return true;
    }
    if (!is_int(c->type) || !int_at(c, &n))
        return false;
    *out = (double)n;
    return true;
}

static bool time_at(const vg_pg_cell *c, vg_timestamp *out)
{
    if ((c->type == VG_OID_TIMESTAMP || c->type == VG_OID_TIMESTAMPTZ) && c->len == 8) {
        int64_t n = (int64_t)vg__pg_u64(c->data);
        out->us = n == INT64_MAX || n == INT64_MIN ? n : n + VG_PG_EPOCH_US;
        return true;
    }
    if (c->type == VG_OID_DATE && c->len == 4) {
        int64_t days = (int32_t)vg__pg_u32(c->data);
        out->us = days == INT32_MAX   ? INT64_MAX
                  : days == INT32_MIN ? INT64_MIN
                                      : (days + VG_PG_EPOCH_DAYS) * VG_PG_DAY_US;
        return true;
    }
    return false;
}

/* ---- elements that came as text, each with a NUL behind it ---- */

static bool int_of_text(const char *text, int64_t *out)
{
    char *end;
    errno = 0;
    *out = strtoll(text, &end, 10);
    return !errno && end > text && !*end;
}

static bool real_of_text(const char *text, double *out)
{
    char *end;
    *out = strtod(text, &end);
    return end > text && !*end;
}

static bool bool_of_text(const char *text, bool *out)
{
    *out = text[0] == 't';
    return text[0] == 't' || text[0] == 'f';
}

static bool time_of_text(const char *text, size_t len, vg_timestamp *out)
{
    bool minus = *text == '-';
    if (vg_timestamp_parse(text, len, out))
        return true;
    out->us = minus ? INT64_MIN : INT64_MAX;
    return strcmp(text + minus, "infinity") == 0;
}

static int hex_digit(char c)
{
    return c >= '0' && c <= '9' ? c - '0' : c >= 'a' && c <= 'f' ? c - 'a' + 10 : -1;
}

static int blob_of_text(vg_arena *arena, const char *text, size_t len, vg_bytes *out)
{
    if (len < 2 || len % 2 || text[0] != '\\' || text[1] != 'x')
        return VG_VALUE;
    len = len / 2 - 1;
    char *data = vg_arena_alloc(arena, len + 1);
    if (!data)
        return VG_NO_MEMORY;
    for (size_t i = 0; i < len; i++) {
        int high = hex_digit(text[2 + 2 * i]), low = hex_digit(text[3 + 2 * i]);
        if (high < 0 || low < 0)
            return VG_VALUE;
        data[i] = (char)(high << 4 | low);
    }
    *out = (vg_bytes){data, len};
    return VG_OK;
}

/* ---- reading ---- */

static int copy_bytes(vg_arena *arena, const vg_pg_cell *c, vg_bytes *out)
{
    char *data = vg_arena_alloc(arena, c->len + 1);
    if (!data)
        return VG_NO_MEMORY;
    memcpy(data, c->data, c->len);
    *out = (vg_bytes){data, c->len};
    return VG_OK;
}

static int read_element(vg_arena *arena, vg_slot_kind kind, const vg_pg_cell *c,
                        void *at)
{
    bool text = !c->type, good = false;
    vg_str str;
    int rc;
    switch (kind) {
    case VG_SLOT_INT_ARRAY:
        good = text ? int_of_text(c->data, at) : int_at(c, at);
        break;
    case VG_SLOT_REAL_ARRAY:
        good = text ? real_of_text(c->data, at) : real_at(c, at);
        break;
    case VG_SLOT_BOOL_ARRAY:
        good = text ? bool_of_text(c->data, at) : c->type == VG_OID_BOOL && c->len == 1;
        if (good && !text)
            *(bool *)at = *c->data != 0;
        break;
    case VG_SLOT_TIME_ARRAY:
        good = text ? time_of_text(c->data, c->len, at) : time_at(c, at);
        break;
    case VG_SLOT_UUID_ARRAY:
        good = text ? vg_uuid_parse(c->data, c->len, at)
                    : c->type == VG_OID_UUID && c->len == sizeof(vg_uuid);
        if (good && !text)
            memcpy(at, c->data, sizeof(vg_uuid));
        break;
    case VG_SLOT_BLOB_ARRAY:
        return text                      ? blob_of_text(arena, c->data, c->len, at)
               : c->type == VG_OID_BYTEA ? copy_bytes(arena, c, at)
                                         : VG_VALUE;
    default:
        rc = vg__pg_text_of(arena, c->type, c->data, c->len, &str);
        if (rc == VG_OK)
            *(const char **)at = str.ptr;
        return rc;
    }
    return good ? VG_OK : VG_VALUE;
}

/* Any of the arrays: they differ in the type that data points to only. */
static void put_array(void *out, const void *data, size_t len, const bool *nulls,
                      const vg_dims *dims)
{
    memcpy(out, &(vg_blob_array){data, len, nulls, dims}, sizeof(vg_blob_array));
}

static int read_text_array(vg_arena *arena, vg_slot_kind kind, const vg_pg_cell *c,
                           void *out)
{
    vg_text_array texts;
    int rc = vg__array_parse(arena, c->data, c->len,
                             c->column == VG_OID_BOX_ARRAY ? ';' : ',', &texts);
    if (rc != VG_OK || kind == VG_SLOT_TEXT_ARRAY) {
        if (rc == VG_OK)
            *(vg_text_array *)out = texts;
        return rc;
    }
    size_t size = size_of(kind);
    char *data = vg_arena_alloc(arena, size * texts.len + 1);
    if (!data)
        return VG_NO_MEMORY;
    memset(data, 0, size * texts.len);
    for (size_t i = 0; rc == VG_OK && i < texts.len; i++) {
        vg_pg_cell element = {texts.data[i], texts.data[i] ? strlen(texts.data[i]) : 0,
                              0, 0};
        if (element.data)
            rc = read_element(arena, kind, &element, data + i * size);
    }
    if (rc == VG_OK)
        put_array(out, data, texts.len, texts.nulls, texts.dims);
    return rc;
}

/* The head of an array in binary; false: it is damaged. */
static bool read_head(const char **at, const char *end, Oid *type, vg_dims *dims,
                      bool *has_nulls)
{
    const char *p = *at;
    if (end - p < HEAD)
        return false;
    uint32_t count = vg__pg_u32(p);
    *has_nulls = vg__pg_u32(p + 4) != 0;
    *type = vg__pg_u32(p + 8);
    p += HEAD;
    if (count > VG_MAX_DIMENSIONS || end - p < (ptrdiff_t)count * 8)
        return false;
    dims->count = (int)count;
    for (uint32_t i = 0; i < count; i++, p += 8) {
        dims->lengths[i] = (int32_t)vg__pg_u32(p);
        dims->lower[i] = (int32_t)vg__pg_u32(p + 4);
    }
    *at = p;
    return true;
}

int vg__pg_read_array(vg_arena *arena, vg_slot_kind kind, const vg_pg_cell *c,
                      void *out)
{
    const char *at = c->data, *end = c->data + c->len;
    size_t size = size_of(kind);
    vg_dims dims;
    bool has_nulls;
    vg_pg_cell element = {0};
    if (!vg__pg_element_of(c->type))
        return read_text_array(arena, kind, c, out);
    if (!read_head(&at, end, &element.type, &dims, &has_nulls))
        return VG_VALUE;
    int64_t len = dims.count ? vg__array_count(&dims) : 0;
    if (len < 0 || len > (end - at) / 4)
        return VG_VALUE;
    bool plain = !dims.count || (dims.count == 1 && dims.lower[0] == 1);
    char *data = vg_arena_alloc(arena, size * (size_t)len + 1);
    bool *nulls = has_nulls ? vg_arena_alloc(arena, (size_t)len + 1) : NULL;
    vg_dims *kept = plain ? NULL : vg_arena_alloc(arena, sizeof dims);
    if (!data || (has_nulls && !nulls) || (!plain && !kept))
        return VG_NO_MEMORY;
    memset(data, 0, size * (size_t)len);
    for (int64_t i = 0; i < len; i++) {
        if (end - at < 4)
            return VG_VALUE;
        int32_t bytes = (int32_t)vg__pg_u32(at);
        at += 4;
        if (has_nulls)
            nulls[i] = bytes < 0;
        if (bytes < 0)
            continue;
        if (end - at < bytes)
            return VG_VALUE;
        element.data = at;
        element.len = (size_t)bytes;
        int rc = read_element(arena, kind, &element, data + (size_t)i * size);
        if (rc != VG_OK)
            return rc;
        at += bytes;
    }
    if (kept)
        *kept = dims;
    put_array(out, data, (size_t)len, nulls, kept);
    return VG_OK;
}

int vg__pg_text_of_array(vg_arena *arena, const char *data, size_t len, vg_str *out)
{
    vg_text_array texts;
    vg_pg_cell cell = {data, len, 1009, 1009};
    int rc = vg__pg_read_array(arena, VG_SLOT_TEXT_ARRAY, &cell, &texts);
    if (rc != VG_OK)
        return rc;
    out->ptr = vg_array_format(arena, &texts);
    out->len = out->ptr ? strlen(out->ptr) : 0;
    return out->ptr ? VG_OK : VG_NO_MEMORY;
}

/* ---- parameters ---- */

/* Any of the arrays. */
static vg_blob_array array_of(vg_value v)
{
    vg_blob_array a;
    memcpy(&a, v.p, sizeof a);
    return a;
}

/* An element as the value that it would be by itself. */
static vg_value element_of(vg_value_kind kind, const void *data, size_t i)
{
    switch (kind) {
    case VG_V_INT_ARRAY: return vg_of_int(((const int64_t *)data)[i]);
    case VG_V_REAL_ARRAY: return vg_of_real(((const double *)data)[i]);
    case VG_V_BOOL_ARRAY: return vg_of_bool(((const bool *)data)[i]);
    case VG_V_TEXT_ARRAY: return vg_of_text(((const char *const *)data)[i]);
    case VG_V_BLOB_ARRAY: return vg_of_bytes(((const vg_bytes *)data)[i]);
    case VG_V_TIME_ARRAY: return vg_of_time(((const vg_timestamp *)data)[i]);
    default: return vg_of_uuid(&((const vg_uuid *)data)[i]);
    }
}

/* The binary form of an element: its bytes, in `own` or where they are. False: this type of
 * element is not sent so. */
static bool element_bytes(vg_value v, Oid type, char own[16], vg_pg_sent *out)
{
    vg_value_kind kind = vg_value_kind_of(v);
    *out = (vg_pg_sent){own, 8, true};
    if (kind == VG_V_INT && type == VG_OID_INT8) {
        vg__pg_put64(own, (uint64_t)v.i);
    } else if (kind == VG_V_INT && type == VG_OID_INT4 && v.i == (int32_t)v.i) {
        vg__pg_put32(own, (uint32_t)v.i);
        out->len = 4;
    } else if (kind == VG_V_REAL && type == VG_OID_FLOAT8) {
        vg__pg_put64(own, vg__pg_bits_of(v.d));
    } else if (kind == VG_V_BOOL && type == VG_OID_BOOL) {
        own[0] = (char)v.i;
        out->len = 1;
    } else if (kind == VG_V_TIME &&
               (type == VG_OID_TIMESTAMP || type == VG_OID_TIMESTAMPTZ)) {
        bool infinite = v.i == INT64_MAX || v.i == INT64_MIN;
        int64_t n = v.i;
        if (!infinite && __builtin_sub_overflow(n, VG_PG_EPOCH_US, &n))
            return false;
        vg__pg_put64(own, (uint64_t)n);
    } else if ((kind == VG_V_UUID && type == VG_OID_UUID) ||
               (kind == VG_V_BLOB && type == VG_OID_BYTEA) ||
               (kind == VG_V_TEXT && (type == VG_OID_TEXT || type == VG_OID_VARCHAR))) {
        *out = (vg_pg_sent){v.p, vg_value_len(v), true};
    } else {
        return false;
    }
    return true;
}

static bool is_null(const vg_blob_array *a, vg_value_kind kind, size_t i)
{
    return (a->nulls && a->nulls[i]) ||
           (kind == VG_V_TEXT_ARRAY &&
            !((const char *const *)(const void *)a->data)[i]) ||
           (kind == VG_V_BLOB_ARRAY && !a->data[i].data);
}

/* VG_VALUE: not in binary. */
static int send_binary(vg_arena *arena, vg_value_kind kind, const vg_blob_array *a,
                       const vg_dims *dims, Oid element, vg_pg_sent *out)
{
    char own[16];
    vg_pg_sent one;
    size_t size = HEAD + 8 * (size_t)dims->count;
    bool any_null = false;
    for (size_t i = 0; i < a->len; i++) {
        bool null = is_null(a, kind, i);
        if (!null && !element_bytes(element_of(kind, a->data, i), element, own, &one))
            return VG_VALUE;
        size += 4 + (null ? 0 : one.len);
        any_null |= null;
    }
    if (size > INT32_MAX / 2)
        return VG_TOO_BIG;
    char *bytes = vg_arena_alloc(arena, size), *at = bytes;
    if (!bytes)
        return VG_NO_MEMORY;
    vg__pg_put32(at, (uint32_t)dims->count);
    vg__pg_put32(at + 4, any_null);
    vg__pg_put32(at + 8, element);
    at += HEAD;
    for (int i = 0; i < dims->count; i++, at += 8) {
        vg__pg_put32(at, (uint32_t)dims->lengths[i]);
        vg__pg_put32(at + 4, (uint32_t)dims->lower[i]);
    }
    for (size_t i = 0; i < a->len; i++) {
        bool null = is_null(a, kind, i);
        if (!null)
            element_bytes(element_of(kind, a->data, i), element, own, &one);
        vg__pg_put32(at, null ? UINT32_MAX : (uint32_t)one.len);
        at += 4;
        if (!null && one.len)
            memcpy(at, one.bytes, one.len);
        at += null ? 0 : one.len;
    }
    *out = (vg_pg_sent){bytes, size, true};
    return VG_OK;
}

/* The text of an element, for a type that is not known here. */
static int element_text(vg_arena *arena, vg_value v, vg_str *out)
{
    static const struct {
        uint8_t kind;
        Oid type;
    } types[] = {{VG_V_INT, VG_OID_INT8},   {VG_V_REAL, VG_OID_FLOAT8},
                 {VG_V_BOOL, VG_OID_BOOL},  {VG_V_TEXT, VG_OID_TEXT},
                 {VG_V_BLOB, VG_OID_BYTEA}, {VG_V_TIME, VG_OID_TIMESTAMPTZ},
                 {VG_V_UUID, VG_OID_UUID}};
    char own[16];
    vg_pg_sent sent;
    size_t i = 0;
    while (types[i].kind != vg_value_kind_of(v))
        i++;
    if (!element_bytes(v, types[i].type, own, &sent))
        return VG_VALUE;
    return vg__pg_text_of(arena, types[i].type, sent.bytes, sent.len, out);
}

static int send_text(vg_arena *arena, vg_value_kind kind, const vg_blob_array *a,
                     Oid type, vg_pg_sent *out)
{
    const char **texts = vg_arena_alloc(arena, (a->len + 1) * sizeof *texts);
    bool *nulls = vg_arena_alloc(arena, a->len + 1);
    if (!texts || !nulls)
        return VG_NO_MEMORY;
    for (size_t i = 0; i < a->len; i++) {
        vg_str text = {NULL, 0};
        nulls[i] = is_null(a, kind, i);
        int rc =
            nulls[i] ? VG_OK : element_text(arena, element_of(kind, a->data, i), &text);
        if (rc != VG_OK)
            return rc;
        texts[i] = text.ptr;
    }
    vg_text_array array = {texts, a->len, nulls, a->dims};
    const char *text =
        vg__array_format(arena, &array, type == VG_OID_BOX_ARRAY ? ';' : ',');
    if (!text)
        return VG_NO_MEMORY;
    *out = (vg_pg_sent){text, strlen(text), false};
    return VG_OK;
}

int vg__pg_send_array(vg_arena *arena, vg_value v, Oid type, vg_pg_sent *out)
{
    vg_value_kind kind = vg_value_kind_of(v);
    vg_blob_array a = array_of(v);
    vg_dims room;
    const vg_dims *dims = vg__array_dims(a.dims, a.len, &room);
    Oid element = vg__pg_element_of(type);
    int rc = VG_VALUE;
    if (!dims)
        return VG_VALUE;
    if (element)
        rc = send_binary(arena, kind, &a, dims, element, out);
    return rc == VG_VALUE ? send_text(arena, kind, &a, type, out) : rc;
}
