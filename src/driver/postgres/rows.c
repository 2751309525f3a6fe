/* Decoding rows: column by column through the plan, straight into the caller's struct. How
 * a column is read follows from its type and the slot's kind, and is chosen once for a
 * statement: the usual pairs have a reader of their own, all others end in an odd one.
 *
 * libpq has one call for each thing that can be asked of a value. A value of fixed size has
 * length 0 only when it is NULL, and an empty text is rare, so nobody else asks for that. */
#include "driver/postgres/object.h"
#include <errno.h>
#include <math.h>
#include <stdio.h>
#include <stdlib.h>

typedef struct fetch {
    vg_db *db;
    vg_pg_stmt *stmt;
    const vg_plan *plan;
    vg_arena *arena;
    const PGresult *result;
    int row;
} fetch;

/* One value as it came. */
typedef struct cell {
    const char *data; /* NULL: SQL NULL; else there is a NUL behind it */
    int len;
    Oid type;   /* 0: as text */
    Oid column; /* its type, also when it came as text */
} cell;

enum {
    INT_8,
    INT_4,
    INT_2,
    REAL_8,
    BOOL_1,
    TEXT_PLAIN,
    TEXT_JSONB,
    TIME_8,
    UUID_16,
    ODD
};

static int fail_null(const fetch *f, const vg_slot *slot)
{
    const char *row = f->plan->shape ? f->plan->shape->name : NULL;
    if (!row)
        return vg__fail(f->db, VG_NULL_VALUE, f->stmt->sql,
                        "the value is NULL, but its type cannot hold one; select "
                        "NULLABLE(...) of it");
    return vg__fail_with(f->db, VG_NULL_VALUE, f->stmt->sql,
                         &(vg_details){.table = row, .column = slot->name},
                         "%s.%s is NULL, but the field cannot hold one; if that is "
                         "right (an outer join), say "
                         "FIELD(%s, NULLABLE(...)) or OPT_ROW",
                         row, slot->name, slot->name);
}

static int fail_value(const fetch *f, const vg_slot *slot, const char *what)
{
    const char *row = f->plan->shape ? f->plan->shape->name : NULL;
    if (!row)
        return vg__fail(f->db, VG_VALUE, f->stmt->sql, "the database holds %s", what);
    return vg__fail_with(f->db, VG_VALUE, f->stmt->sql,
                         &(vg_details){.table = row, .column = slot->name},
                         "%s.%s: the database holds %s", row, slot->name, what);
}

static int fail_memory(const fetch *f)
{
    return vg__fail(f->db, VG_NO_MEMORY, f->stmt->sql, "out of memory");
}

static int fail_arena(const fetch *f, const char *what)
{
    return vg__fail(f->db, VG_MISUSE, f->stmt->sql,
                    "the row has %s, but the arena is NULL", what);
}

/* ---- which reader ---- */

bool vg__pg_is_known(Oid type)
{
    switch (type) {
    case VG_OID_BOOL:
    case VG_OID_BYTEA:
    case VG_OID_CHAR:
    case VG_OID_NAME:
    case VG_OID_INT8:
    case VG_OID_INT2:
    case VG_OID_INT4:
    case VG_OID_TEXT:
    case VG_OID_OID:
    case VG_OID_JSON:
    case VG_OID_XML:
    case VG_OID_FLOAT4:
    case VG_OID_FLOAT8:
    case VG_OID_UNKNOWN:
    case VG_OID_BPCHAR:
    case VG_OID_VARCHAR:
    case VG_OID_DATE:
    case VG_OID_TIMESTAMP:
    case VG_OID_TIMESTAMPTZ:
    case VG_OID_NUMERIC:
    case VG_OID_UUID:
    case VG_OID_VOID:
    case VG_OID_JSONB: return true;
    default: return vg__pg_is_object(type);
    }
}

static bool is_int(Oid type)
{
    return type == VG_OID_INT8 || type == VG_OID_INT4 || type == VG_OID_INT2 ||
           type == VG_OID_OID;
}

static bool is_real(Oid type)
{
    return type == VG_OID_FLOAT8 || type == VG_OID_FLOAT4;
}

static bool is_number(Oid type)
{
    return is_int(type) || is_real(type) || type == VG_OID_NUMERIC;
}

static bool is_time(Oid type)
{
    return type == VG_OID_TIMESTAMPTZ || type == VG_OID_TIMESTAMP ||
           type == VG_OID_DATE;
}

/* Types whose binary form is their text. */
static bool is_text(Oid type)
{
    return type == VG_OID_TEXT || type == VG_OID_VARCHAR || type == VG_OID_BPCHAR ||
           type == VG_OID_JSON || type == VG_OID_NAME || type == VG_OID_CHAR ||
           type == VG_OID_XML || type == VG_OID_UNKNOWN || type == VG_OID_VOID;
}

bool vg__pg_fits(Oid type, const vg_slot *slot)
{
    if (!vg__pg_is_known(type))
        return true; /* it comes as text, and may be one */
    switch ((vg_slot_kind)slot->kind) {
    case VG_SLOT_INT: return is_number(type) || type == VG_OID_BOOL;
    case VG_SLOT_REAL: return is_number(type);
    case VG_SLOT_BOOL: return is_int(type) || type == VG_OID_BOOL;
    case VG_SLOT_TIME: return is_time(type) || is_text(type) || type == VG_OID_INT8;
    case VG_SLOT_UUID:
        return type == VG_OID_UUID || type == VG_OID_BYTEA || is_text(type);
    case VG_SLOT_ENUM: return is_int(type) || is_text(type);
    default: return vg__pg_object_fits(type, slot);
    }
}

static vg_pg_reader reader_of(Oid type, const vg_slot *slot)
{
    switch ((vg_slot_kind)slot->kind) {
    case VG_SLOT_INT:
        return type == VG_OID_INT8   ? INT_8
               : type == VG_OID_INT4 ? INT_4
               : type == VG_OID_INT2 ? INT_2
                                     : ODD;
    case VG_SLOT_REAL: return type == VG_OID_FLOAT8 ? REAL_8 : ODD;
    case VG_SLOT_BOOL: return type == VG_OID_BOOL ? BOOL_1 : ODD;
    case VG_SLOT_TEXT:
        return is_text(type) ? TEXT_PLAIN : type == VG_OID_JSONB ? TEXT_JSONB : ODD;
    case VG_SLOT_TIME:
        return type == VG_OID_TIMESTAMPTZ || type == VG_OID_TIMESTAMP ? TIME_8 : ODD;
    case VG_SLOT_UUID: return type == VG_OID_UUID ? UUID_16 : ODD;
    default: return ODD;
    }
}

static void choose_readers(vg_pg_stmt *s, const vg_plan *plan)
{
    int column = 0;
    for (size_t i = 0; i < plan->slot_count && column < s->column_count; i++) {
        const vg_slot *slot = &plan->slots[i];
        if (slot->kind == VG_SLOT_OPT_ROW)
            continue;
        s->readers[column] = reader_of(s->columns[column], slot);
        if (s->text) /* all is text already; no other reader understands that */
            s->readers[column] = slot->kind == VG_SLOT_TEXT ? TEXT_PLAIN : ODD;
        column++;
    }
    s->plan = plan;
}

/* ---- values of any type as what a slot is ---- */

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

static bool int_of_real(double d, int64_t *out)
{
    if (!(d >= -9223372036854775808.0 && d < 9223372036854775808.0) ||
        d != (double)(int64_t)d)
        return false;
    *out = (int64_t)d;
    return true;
}

static int int_of(const fetch *f, const vg_slot *slot, const cell *c, int64_t *out)
{
    bool good = false;
    char *end;
    if (is_int(c->type) || c->type == VG_OID_BOOL) {
        *out = get_int(c);
        return VG_OK;
    }
    if (is_real(c->type))
        good = int_of_real(get_real(c), out);
    else if (c->type == VG_OID_NUMERIC)
        good = vg__pg_numeric_int(c->data, c->len, out);
    else if (!c->type && strlen(c->data) == 1 && strchr("tf", *c->data))
        *out = *c->data == 't', good = true;
    else if (!c->type && !(good = int_of_text(c->data, out)))
        good = int_of_real(strtod(c->data, &end), out) && !*end && end != c->data;
    if (good)
        return VG_OK;
    return fail_value(
        f, slot,
        c->type == VG_OID_NUMERIC || is_real(c->type)
            ? "a number with a fraction, or of more than 64 bits, where an "
              "integer belongs"
            : "something that is no integer");
}

static int real_of(const fetch *f, const vg_slot *slot, const cell *c, double *out)
{
    char room[512], *end = room;
    if (is_real(c->type)) {
        *out = get_real(c);
        return VG_OK;
    }
    if (is_int(c->type)) {
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
            return fail_memory(f);
        vg__pg_numeric_text(c->data, c->len, text);
        *out = strtod(text, NULL);
        if (large)
            vg__db_alloc(f->db, text, need, 0);
        return VG_OK;
    }
    return fail_value(f, slot, "something that is no number");
}

static int bool_of(const fetch *f, const vg_slot *slot, const cell *c, bool *out)
{
    int64_t n = 0;
    if (c->type && c->type != VG_OID_BOOL && !is_int(c->type))
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

static int time_of(const fetch *f, const vg_slot *slot, const cell *c,
                   vg_timestamp *out)
{
    bool good = false;
    if (c->type == VG_OID_TIMESTAMPTZ || c->type == VG_OID_TIMESTAMP) {
        good = since_epoch(get_int(c), &out->us);
    } else if (c->type == VG_OID_DATE) {
        good = days_since_epoch(get_int(c), &out->us);
    } else if (is_int(c->type)) { /* of a table that some other program has made */
        int64_t scale = slot->mode == VG_MODE_SECONDS        ? 1000000
                        : slot->mode == VG_MODE_MILLISECONDS ? 1000
                                                             : 1;
        good = !__builtin_mul_overflow(get_int(c), scale, &out->us);
    } else if (!c->type || is_text(c->type)) {
        good = vg_timestamp_parse(c->data, (size_t)c->len, out) ||
               infinity_of_text(c->data, &out->us);
    }
    return good ? VG_OK
                : fail_value(f, slot, "something that is no time, or out of range");
}

static int uuid_of(const fetch *f, const vg_slot *slot, const cell *c, vg_uuid *out)
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
static bool text_of_cell(const fetch *f, const cell *c, char small[64], vg_str *out)
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
    } else if (is_int(c->type)) {
        out->len = (size_t)snprintf(small, 64, "%lld", (long long)get_int(c));
    } else if (is_real(c->type)) {
        out->len = vg__pg_real_text(get_real(c), small, 64);
    } else if (c->type == VG_OID_BOOL) {
        *out = c->data[0] ? (vg_str){"true", 4} : (vg_str){"false", 5};
    } else if (c->type == VG_OID_UUID && c->len == 16) {
        memcpy(&uuid, c->data, 16);
        *out = (vg_str){vg_uuid_format(&uuid, small), 36};
    } else if (c->type == VG_OID_DATE && days_since_epoch(get_int(c), &n)) {
        out->len = strlen(vg_date_format((vg_timestamp){n}, small));
    } else if (is_time(c->type) && since_epoch(get_int(c), &n)) {
        out->len = strlen(vg_timestamp_format((vg_timestamp){n}, small));
    } else if (f->arena && vg__pg_is_object(c->type)) {
        return vg__pg_text_of(f->arena, c->type, c->data, (size_t)c->len, out) == VG_OK;
    } else {
        *out = (vg_str){c->data, (size_t)c->len};
    }
    return true;
}

static int text_of(const fetch *f, const cell *c, const char **out)
{
    char small[64];
    vg_str text;
    if (!f->arena)
        return fail_arena(f, "text");
    *out = text_of_cell(f, c, small, &text)
               ? vg__arena_text(f->arena, text.ptr, text.len)
               : NULL;
    return *out ? VG_OK : fail_memory(f);
}

static int hex_digit(char c)
{
    return c >= '0' && c <= '9' ? c - '0' : c >= 'a' && c <= 'f' ? c - 'a' + 10 : -1;
}

/* What a blob's slot may be filled from: bytes, or the text of anything else. */
static int blob_of(const fetch *f, const vg_slot *slot, const cell *c, vg_bytes *out)
{
    size_t len = (size_t)c->len;
    const char *data = c->data;
    bool hex = !c->type && len >= 2 && data[0] == '\\' && data[1] == 'x';
    if (!f->arena)
        return fail_arena(f, "a blob");
    if (c->type == VG_OID_JSONB)
        data++, len--;
    if (hex)
        data += 2, len = (len - 2) / 2;
    char *copy = vg__arena_alloc(f->arena, len ? len : 1);
    if (!copy)
        return fail_memory(f);
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

static int enum_of(const fetch *f, const vg_slot *slot, const cell *c, int64_t *out)
{
    bool known = false;
    if (slot->coder && !is_int(c->type))
        known = vg_label_value(slot->coder, c->data, (size_t)c->len, out);
    if (slot->coder && (is_int(c->type) || (!known && !c->type))) {
        *out = is_int(c->type) ? get_int(c) : 0;
        known = (is_int(c->type) || int_of_text(c->data, out)) &&
                vg_label_text(slot->coder, *out);
    }
    return known ? VG_OK
                 : fail_value(f, slot, "something that is no value of the enum");
}

static void put_enum(const vg_slot *slot, char *at, int64_t n)
{
    if (slot->size == 4)
        *(int32_t *)(void *)at = (int32_t)n;
    else if (slot->size == 1)
        *(int8_t *)at = (int8_t)n;
    else if (slot->size == 2)
        *(int16_t *)(void *)at = (int16_t)n;
    else
        *(int64_t *)(void *)at = n;
}

/* The value as the database has it, for a codec of the program's; a statement whose results
 * are text has it as its storage says. */
static int stored_value(const fetch *f, const vg_slot *slot, const cell *c,
                        char small[64], vg_value *out)
{
    int64_t n = 0;
    double d = 0;
    vg_bytes bytes = {NULL, 0};
    vg_str text = {NULL, 0};
    vg_type storage = c->type ? VG_TYPE_TEXT : slot->coder->storage;
    int rc = VG_OK;
    if (is_int(c->type) || c->type == VG_OID_BOOL || storage == VG_TYPE_INTEGER ||
        storage == VG_TYPE_BOOLEAN) {
        rc = int_of(f, slot, c, &n);
        *out = vg_of_int(n);
    } else if (is_real(c->type) || storage == VG_TYPE_REAL) {
        rc = real_of(f, slot, c, &d);
        *out = vg_of_real(d);
    } else if (c->type == VG_OID_BYTEA || storage == VG_TYPE_BLOB) {
        bytes = (vg_bytes){c->data, (size_t)c->len};
        if (!c->type)
            rc = blob_of(f, slot, c, &bytes);
        *out = vg_of_bytes(bytes);
    } else {
        if (!text_of_cell(f, c, small, &text))
            rc = fail_memory(f);
        *out = vg_of_str(text);
    }
    return rc;
}

static int read_custom(const fetch *f, const vg_slot *slot, const cell *c, char *at)
{
    char small[64], *out = at + (slot->nullable ? slot->coder->opt_offset : 0);
    memset(out, 0, slot->coder->size);
    if (slot->nullable)
        *(bool *)at = c->data != NULL;
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

static int object_of(const fetch *f, const vg_slot *slot, const cell *c, void *out)
{
    bool array = slot->kind >= VG_SLOT_INT_ARRAY && slot->kind <= VG_SLOT_UUID_ARRAY;
    vg_pg_cell from = {c->data, (size_t)c->len, c->type, c->column};
    if (array && !f->arena)
        return fail_arena(f, "an array");
    int rc = vg__pg_read_object(f->arena, (vg_slot_kind)slot->kind, &from, out);
    return rc == VG_VALUE ? fail_value(f, slot, "something that its field cannot hold")
           : rc == VG_NO_MEMORY ? fail_memory(f)
                                : VG_OK;
}

/* A field that may be NULL is { has, v } or, of text and blobs, a NULL pointer. */
#define READ(kind, c_type, of)                                                      \
    if (slot->nullable) {                                                           \
        *(vg_opt_##kind *)(void *)at = (vg_opt_##kind){.has = c.data != NULL};      \
        return c.data ? of(f, slot, &c, &((vg_opt_##kind *)(void *)at)->v) : VG_OK; \
    }                                                                               \
    return of(f, slot, &c, (c_type *)(void *)at)

static int read_odd(const fetch *f, const vg_slot *slot, int column, char *at)
{
    cell c = {NULL, 0, f->stmt->text ? 0 : f->stmt->columns[column],
              f->stmt->columns[column]};
    int64_t n = 0;
    if (!PQgetisnull(f->result, f->row, column)) {
        c.data = PQgetvalue(f->result, f->row, column);
        c.len = PQgetlength(f->result, f->row, column);
    } else if (!slot->nullable) {
        return fail_null(f, slot);
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
            put_enum(slot, at, n);
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

/* ---- the usual ones ---- */

static int read_text(const fetch *f, const vg_slot *slot, int column, const char **out,
                     int skip)
{
    int len = PQgetlength(f->result, f->row, column);
    if (!len && PQgetisnull(f->result, f->row, column)) {
        *out = NULL;
        return slot->nullable ? VG_OK : fail_null(f, slot);
    }
    if (!f->arena)
        return fail_arena(f, "text");
    const char *text = PQgetvalue(f->result, f->row, column);
    *out = vg__arena_text(f->arena, text + skip, (size_t)(len - skip));
    return *out ? VG_OK : fail_memory(f);
}

/* A value of `size` bytes into a field, or a NULL. */
#define FIXED(size, kind, c_type, expression)                                 \
    {                                                                         \
        const char *p = PQgetvalue(f->result, f->row, column);                \
        bool has = PQgetlength(f->result, f->row, column) == (size);          \
        if (slot->nullable)                                                   \
            *(vg_opt_##kind *)(void *)at =                                    \
                has ? (vg_opt_##kind){true, expression} : (vg_opt_##kind){0}; \
        else if (has)                                                         \
            *(c_type *)(void *)at = expression;                               \
        else                                                                  \
            return fail_null(f, slot);                                        \
        return VG_OK;                                                         \
    }

static inline double real_at(const char *p)
{
    uint64_t bits = vg__pg_u64(p);
    double d;
    memcpy(&d, &bits, sizeof d);
    return d;
}

static inline vg_uuid uuid_at(const char *p)
{
    vg_uuid uuid;
    memcpy(&uuid, p, sizeof uuid);
    return uuid;
}

/* PostgreSQL's range lies within ours but for its infinities. */
static inline vg_timestamp time_at(const char *p)
{
    int64_t n = (int64_t)vg__pg_u64(p);
    bool infinite = n == INT64_MAX || n == INT64_MIN;
    return (vg_timestamp){infinite ? n
                                   : (int64_t)((uint64_t)n + (uint64_t)VG_PG_EPOCH_US)};
}

static inline int read_slot(const fetch *f, const vg_slot *slot, int column, char *at)
{
    switch (f->stmt->readers[column]) {
    case INT_8: FIXED(8, int, int64_t, (int64_t)vg__pg_u64(p))
    case INT_4: FIXED(4, int, int64_t, (int32_t)vg__pg_u32(p))
    case INT_2: FIXED(2, int, int64_t, (int16_t)vg__pg_u16(p))
    case REAL_8: FIXED(8, real, double, real_at(p))
    case BOOL_1: FIXED(1, bool, bool, *p != 0)
    case TIME_8: FIXED(8, time, vg_timestamp, time_at(p))
    case UUID_16: FIXED(16, uuid, vg_uuid, uuid_at(p))
    case TEXT_PLAIN: return read_text(f, slot, column, (const char **)(void *)at, 0);
    case TEXT_JSONB: return read_text(f, slot, column, (const char **)(void *)at, 1);
    default: return read_odd(f, slot, column, at);
    }
}

static bool all_null(const fetch *f, int from, int count)
{
    for (int i = from; i < from + count; i++)
        if (!PQgetisnull(f->result, f->row, i))
            return false;
    return true;
}

int vg__pg_fetch(vg_db *db, void *native, const vg_plan *plan, void *row,
                 vg_arena *arena)
{
    vg_pg_stmt *s = native;
    fetch f = {db, s, plan, arena, s->result, s->row};
    char *base = row;
    int rc = VG_OK, column = 0, nested = 0;
    const vg_slot *end = plan->slots + plan->slot_count;
    if (s->plan != plan)
        choose_readers(s, plan);
    for (const vg_slot *slot = plan->slots; slot < end && rc == VG_OK; slot++) {
        if (nested && nested-- == 1)
            base = row;
        char *at = base + slot->offset;
        if (slot->kind != VG_SLOT_OPT_ROW) {
            rc = read_slot(&f, slot, column++, at);
            continue;
        }
        base = NULL;
        if (all_null(&f, column, slot->span)) {
            column += slot->span;
            slot += slot->span;
            base = row;
        } else if (!(base = arena ? vg__arena_alloc(arena, slot->size) : NULL)) {
            rc = fail_memory(&f);
        } else {
            nested = slot->span + 1;
        }
        *(void **)(void *)at = base == row ? NULL : base;
    }
    return rc;
}
