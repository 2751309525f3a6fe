/* Values of any type as what a slot is: the readers of rows.c that are not the usual ones. */
#include "core/decode.h"
#include "driver/postgres/rows.h"
#include "driver/postgres/object.h"
#include <errno.h>
#include <math.h>
#include <stdio.h>
#include <stdlib.h>

/* One value as it came. */
typedef struct cell {
    const char *data; /* NULL: SQL NULL; else there is a NUL behind it */
    int len;
    Oid type;   /* 0: as text */
    Oid column; /* its type, also when it came as text */
} cell;

int vg__pg_fail_null(const vg_pg_fetch *f, const vg_slot *slot)
{
    return vg__decode_null(f->db, f->stmt->sql, f->plan, slot);
}

static int fail_value(const vg_pg_fetch *f, const vg_slot *slot, const char *what)
{
    return vg__decode_value(f->db, f->stmt->sql, f->plan, slot, what);
}

int vg__pg_fail_rows_memory(const vg_pg_fetch *f)
{
    return vg__decode_memory(f->db, f->stmt->sql);
}

int vg__pg_fail_arena(const vg_pg_fetch *f, const char *what)
{
    return vg__decode_arena(f->db, f->stmt->sql, what);
}

static int64_t get_int(const cell *c)
{
    switch (c->len) {
    case 8: return (int64_t)vg__pg_u64(c->data);
    case 4: {
        uint32_t n = vg__pg_u32(c->data);
        return c->type == VG_OID_OID ? (int64_t)n : (int32_t)n;
    }
    case 2: return (int16_t)vg__pg_u16(c->data);
    default: return c->data[0];
    }
}

static double get_real(const cell *c)
{
    double d;
    float f;
    if (c->len == 4) {
        uint32_t low = vg__pg_u32(c->data);
        memcpy(&f, &low, sizeof f);
        return f;
    }
    uint64_t bits = vg__pg_u64(c->data);
    memcpy(&d, &bits, sizeof d);
    return d;
}

static bool int_of_text(const char *text, int64_t *out)
{
    char *end;
    errno = 0;
    *out = strtoll(text, &end, 10);
    return end != text && !*end && !errno;
}

static int int_of(const vg_pg_fetch *f, const vg_slot *slot, const cell *c,
                  int64_t *out)
{
    bool good = false;
    char *end;
    if (vg__pg_type_is_int(c->type) || c->type == VG_OID_BOOL) {
        *out = get_int(c);
        return VG_OK;
    }
    if (vg__pg_type_is_real(c->type))
        good = vg__int_of_real(get_real(c), out);
    else if (c->type == VG_OID_NUMERIC)
        good = vg__pg_numeric_int(c->data, c->len, out);
    else if (!c->type && strlen(c->data) == 1 && strchr("tf", *c->data))
        *out = *c->data == 't', good = true;
    else if (!c->type && !(good = int_of_text(c->data, out)))
        good = vg__int_of_real(strtod(c->data, &end), out) && !*end && end != c->data;
    if (good)
        return VG_OK;
    return fail_value(
        f, slot,
        c->type == VG_OID_NUMERIC || vg__pg_type_is_real(c->type)
            ? "a number with a fraction, or of more than 64 bits, where an "
              "integer belongs"
            : "something that is no integer");
}

static int real_of(const vg_pg_fetch *f, const vg_slot *slot, const cell *c,
                   double *out)
{
    char room[512], *end = room;
    if (vg__pg_type_is_real(c->type)) {
        *out = get_real(c);
        return VG_OK;
    }
    if (vg__pg_type_is_int(c->type)) {
        *out = (double)get_int(c);
        return VG_OK;
    }
    if (!c->type) {
        *out = strtod(c->data, &end);
        if (end != c->data && !*end)
            return VG_OK;
    }
    if (c->type == VG_OID_NUMERIC) {
        size_t need = vg__pg_numeric_room(c->data, c->len);
        bool large = need > sizeof room;
        char *text = large ? vg__db_alloc(f->db, NULL, 0, need) : room;
        if (!text)
            return vg__pg_fail_rows_memory(f);
        vg__pg_numeric_text(c->data, c->len, text);
        *out = strtod(text, NULL);
        if (large)
            vg__db_alloc(f->db, text, need, 0);
        return VG_OK;
    }
    return fail_value(f, slot, "something that is no number");
}

static int bool_of(const vg_pg_fetch *f, const vg_slot *slot, const cell *c, bool *out)
{
    int64_t n = 0;
    if (c->type && c->type != VG_OID_BOOL && !vg__pg_type_is_int(c->type))
        return fail_value(f, slot, "something that is no boolean");
    int rc = int_of(f, slot, c, &n);
    *out = n != 0;
    return rc;
}

/* A count since 2000, or infinity, which is the end of our range too. */
static bool since_epoch(int64_t n, int64_t *us)
{
    if (n == INT64_MAX || n == INT64_MIN)
        return *us = n, true;
    return !__builtin_add_overflow(n, VG_PG_EPOCH_US, us);
}

static bool days_since_epoch(int64_t days, int64_t *us)
{
    if (days == INT32_MAX || days == INT32_MIN)
        return *us = days < 0 ? INT64_MIN : INT64_MAX, true;
    return !__builtin_mul_overflow(days + VG_PG_EPOCH_DAYS, VG_PG_DAY_US, us);
}

static bool infinity_of_text(const char *text, int64_t *us)
{
    bool minus = *text == '-';
    if (strcmp(text + minus, "infinity") != 0)
        return false;
    *us = minus ? INT64_MIN : INT64_MAX;
    return true;
}

static int time_of(const vg_pg_fetch *f, const vg_slot *slot, const cell *c,
                   vg_timestamp *out)
{
    bool good = false;
    if (c->type == VG_OID_TIMESTAMPTZ || c->type == VG_OID_TIMESTAMP) {
        good = since_epoch(get_int(c), &out->us);
    } else if (c->type == VG_OID_DATE) {
        good = days_since_epoch(get_int(c), &out->us);
    } else if (vg__pg_type_is_int(
                   c->type)) { /* of a table that some other program has made */
        good = vg__time_of_int(get_int(c), slot, out);
    } else if (!c->type || vg__pg_type_is_text(c->type)) {
        good = vg_timestamp_parse(c->data, (size_t)c->len, out) ||
               infinity_of_text(c->data, &out->us);
    }
    return good ? VG_OK
                : fail_value(f, slot, "something that is no time, or out of range");
}

static int uuid_of(const vg_pg_fetch *f, const vg_slot *slot, const cell *c,
                   vg_uuid *out)
{
    bool raw = c->type == VG_OID_UUID || c->type == VG_OID_BYTEA;
    if (raw && c->len == 16) {
        memcpy(out, c->data, 16);
        return VG_OK;
    }
    if (!raw && vg_uuid_parse(c->data, (size_t)c->len, out))
        return VG_OK;
    return fail_value(f, slot, "something that is no UUID");
}

static char *put_hex(char *at, const char *bytes, int len)
{
    static const char digits[] = "0123456789abcdef";
    *at++ = '\\';
    *at++ = 'x';
    for (int i = 0; i < len; i++) {
        *at++ = digits[(uint8_t)bytes[i] >> 4];
        *at++ = digits[bytes[i] & 15];
    }
    return at;
}

/* The text of a value; `small` has room for the short ones, others are in the arena. */
static bool text_of_cell(const vg_pg_fetch *f, const cell *c, char small[64],
                         vg_str *out)
{
    int64_t n;
    vg_uuid uuid;
    *out = (vg_str){small, 0};
    if (c->type == VG_OID_NUMERIC) {
        char *room = vg__arena_alloc(f->arena, vg__pg_numeric_room(c->data, c->len));
        if (!room)
            return false;
        *out = (vg_str){room, vg__pg_numeric_text(c->data, c->len, room)};
    } else if (c->type == VG_OID_BYTEA) {
        char *room = vg__arena_alloc(f->arena, (size_t)c->len * 2 + 2);
        if (!room)
            return false;
        *out = (vg_str){room, (size_t)(put_hex(room, c->data, c->len) - room)};
    } else if (c->type == VG_OID_JSONB) {
        *out = (vg_str){c->data + 1, (size_t)c->len - 1};
    } else if (vg__pg_type_is_int(c->type)) {
        out->len = (size_t)snprintf(small, 64, "%lld", (long long)get_int(c));
    } else if (vg__pg_type_is_real(c->type)) {
        out->len = vg__pg_real_text(get_real(c), small, 64);
    } else if (c->type == VG_OID_BOOL) {
        *out = c->data[0] ? (vg_str){"true", 4} : (vg_str){"false", 5};
    } else if (c->type == VG_OID_UUID && c->len == 16) {
        memcpy(&uuid, c->data, 16);
        *out = (vg_str){vg_uuid_format(&uuid, small), 36};
    } else if (c->type == VG_OID_DATE && days_since_epoch(get_int(c), &n)) {
        out->len = strlen(vg_date_format((vg_timestamp){n}, small));
    } else if (vg__pg_type_is_time(c->type) && since_epoch(get_int(c), &n)) {
        out->len = strlen(vg_timestamp_format((vg_timestamp){n}, small));
    } else if (f->arena && vg__pg_is_object(c->type)) {
        return vg__pg_text_of(f->arena, c->type, c->data, (size_t)c->len, out) == VG_OK;
    } else {
        *out = (vg_str){c->data, (size_t)c->len};
    }
    return true;
}

static int text_of(const vg_pg_fetch *f, const cell *c, const char **out)
{
    char small[64];
    vg_str text;
    if (!f->arena)
        return vg__pg_fail_arena(f, "text");
    *out = text_of_cell(f, c, small, &text)
               ? vg__arena_text(f->arena, text.ptr, text.len)
               : NULL;
    return *out ? VG_OK : vg__pg_fail_rows_memory(f);
}

static int hex_digit(char c)
{
    return c >= '0' && c <= '9' ? c - '0' : c >= 'a' && c <= 'f' ? c - 'a' + 10 : -1;
}

/* What a blob's slot may be filled from: bytes, or the text of anything else. */
static int blob_of(const vg_pg_fetch *f, const vg_slot *slot, const cell *c,
                   vg_bytes *out)
{
    size_t len = (size_t)c->len;
    const char *data = c->data;
    bool hex = !c->type && len >= 2 && data[0] == '\\' && data[1] == 'x';
    if (!f->arena)
        return vg__pg_fail_arena(f, "a blob");
    if (c->type == VG_OID_JSONB)
        data++, len--;
    if (hex)
        data += 2, len = (len - 2) / 2;
    char *copy = vg__arena_alloc(f->arena, len ? len : 1);
    if (!copy)
        return vg__pg_fail_rows_memory(f);
    if (!hex)
        memcpy(copy, data, len);
    for (size_t i = 0; hex && i < len; i++) {
        int high = hex_digit(data[2 * i]), low = hex_digit(data[2 * i + 1]);
        if (high < 0 || low < 0)
            return fail_value(f, slot, "something that is no blob");
        copy[i] = (char)(high << 4 | low);
    }
    *out = (vg_bytes){copy, len};
    return VG_OK;
}

static int enum_of(const vg_pg_fetch *f, const vg_slot *slot, const cell *c,
                   int64_t *out)
{
    bool known = false;
    if (slot->coder && !vg__pg_type_is_int(c->type))
        known = vg_label_value(slot->coder, c->data, (size_t)c->len, out);
    if (slot->coder && (vg__pg_type_is_int(c->type) || (!known && !c->type))) {
        *out = vg__pg_type_is_int(c->type) ? get_int(c) : 0;
        known = (vg__pg_type_is_int(c->type) || int_of_text(c->data, out)) &&
                vg_label_text(slot->coder, *out);
    }
    return known ? VG_OK
                 : fail_value(f, slot, "something that is no value of the enum");
}

/* The value as the database has it, for a codec of the program's; a statement whose results
 * are text has it as its storage says. */
static int stored_value(const vg_pg_fetch *f, const vg_slot *slot, const cell *c,
                        char small[64], vg_value *out)
{
    int64_t n = 0;
    double d = 0;
    vg_bytes bytes = {NULL, 0};
    vg_str text = {NULL, 0};
    vg_type storage = c->type ? VG_TYPE_TEXT : slot->coder->storage;
    int rc = VG_OK;
    if (vg__pg_type_is_int(c->type) || c->type == VG_OID_BOOL ||
        storage == VG_TYPE_INTEGER || storage == VG_TYPE_BOOLEAN) {
        rc = int_of(f, slot, c, &n);
        *out = vg_of_int(n);
    } else if (vg__pg_type_is_real(c->type) || storage == VG_TYPE_REAL) {
        rc = real_of(f, slot, c, &d);
        *out = vg_of_real(d);
    } else if (c->type == VG_OID_BYTEA || storage == VG_TYPE_BLOB) {
        bytes = (vg_bytes){c->data, (size_t)c->len};
        if (!c->type)
            rc = blob_of(f, slot, c, &bytes);
        *out = vg_of_bytes(bytes);
    } else {
        if (!text_of_cell(f, c, small, &text))
            rc = vg__pg_fail_rows_memory(f);
        *out = vg_of_str(text);
    }
    return rc;
}

static int read_custom(const vg_pg_fetch *f, const vg_slot *slot, const cell *c,
                       char *at)
{
    char small[64], *out = vg__custom_room(slot, at, !c->data);
    if (!c->data)
        return VG_OK;
    vg_value stored = vg_of_null(NULL);
    int rc = stored_value(f, slot, c, small, &stored);
    if (rc != VG_OK)
        return rc;
    return slot->coder->decode(out, stored, f->arena)
               ? VG_OK
               : fail_value(f, slot, "something that its codec cannot read");
}

static int object_of(const vg_pg_fetch *f, const vg_slot *slot, const cell *c,
                     void *out)
{
    bool array = slot->kind >= VG_SLOT_INT_ARRAY && slot->kind <= VG_SLOT_UUID_ARRAY;
    vg_pg_cell from = {c->data, (size_t)c->len, c->type, c->column};
    if (array && !f->arena)
        return vg__pg_fail_arena(f, "an array");
    int rc = vg__pg_read_object(f->arena, (vg_slot_kind)slot->kind, &from, out);
    return rc == VG_VALUE ? fail_value(f, slot, "something that its field cannot hold")
           : rc == VG_NO_MEMORY ? vg__pg_fail_rows_memory(f)
                                : VG_OK;
}

/* A field that may be NULL is { has, v } or, of text and blobs, a NULL pointer. */
#define READ(kind, c_type, of)                                                      \
    if (slot->nullable) {                                                           \
        *(vg_opt_##kind *)(void *)at = (vg_opt_##kind){.has = c.data != NULL};      \
        return c.data ? of(f, slot, &c, &((vg_opt_##kind *)(void *)at)->v) : VG_OK; \
    }                                                                               \
    return of(f, slot, &c, (c_type *)(void *)at)

int vg__pg_read_odd(const vg_pg_fetch *f, const vg_slot *slot, int row, int column,
                    char *at)
{
    cell c = {NULL, 0, f->stmt->text ? 0 : f->stmt->columns[column],
              f->stmt->columns[column]};
    int64_t n = 0;
    if (!PQgetisnull(f->result, row, column)) {
        c.data = PQgetvalue(f->result, row, column);
        c.len = PQgetlength(f->result, row, column);
    } else if (!slot->nullable) {
        return vg__pg_fail_null(f, slot);
    }
    switch ((vg_slot_kind)slot->kind) {
    case VG_SLOT_INT: READ(int, int64_t, int_of);
    case VG_SLOT_REAL: READ(real, double, real_of);
    case VG_SLOT_BOOL: READ(bool, bool, bool_of);
    case VG_SLOT_TIME: READ(time, vg_timestamp, time_of);
    case VG_SLOT_UUID: READ(uuid, vg_uuid, uuid_of);
    case VG_SLOT_TEXT:
        *(const char **)(void *)at = NULL;
        return c.data ? text_of(f, &c, (const char **)(void *)at) : VG_OK;
    case VG_SLOT_BLOB:
        *(vg_bytes *)(void *)at = (vg_bytes){NULL, 0};
        return c.data ? blob_of(f, slot, &c, (vg_bytes *)(void *)at) : VG_OK;
    case VG_SLOT_ENUM:
        if (c.data && enum_of(f, slot, &c, &n) != VG_OK)
            return f->db->error.code;
        if (slot->nullable)
            *(vg_opt_int *)(void *)at = (vg_opt_int){c.data != NULL, n};
        else
            vg__put_enum(slot, at, n);
        return VG_OK;
    case VG_SLOT_DAYTIME: READ(daytime, vg_daytime, object_of);
    case VG_SLOT_INTERVAL: READ(interval, vg_interval, object_of);
    case VG_SLOT_POINT: READ(point, vg_point, object_of);
    case VG_SLOT_INT_ARRAY:
    case VG_SLOT_REAL_ARRAY:
    case VG_SLOT_BOOL_ARRAY:
    case VG_SLOT_TEXT_ARRAY:
    case VG_SLOT_BLOB_ARRAY:
    case VG_SLOT_TIME_ARRAY:
    case VG_SLOT_UUID_ARRAY:
        memset(at, 0, sizeof(vg_int_array));
        return c.data ? object_of(f, slot, &c, at) : VG_OK;
    default: return read_custom(f, slot, &c, at);
    }
}
