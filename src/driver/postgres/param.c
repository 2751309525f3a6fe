/* Parameters, as the types that the server inferred for them: in binary what has a binary
 * form that is known here, all else as text, which the server reads as it reads literals. */
#include "core/codec.h"
#include "driver/postgres/object.h"
#include <math.h>
#include <stdio.h>
#include <stdlib.h>

typedef struct param {
    vg_db *db;
    const vg_pg_stmt *stmt;
    vg_pg_params *all;
    int i;
    Oid type;
} param;

bool vg__pg_params_grow(vg_db *db, size_t count)
{
    vg_pg_params *p = &vg__pg_of(db)->params;
    size_t size = sizeof(vg_pg_room) + sizeof(char *) + 2 * sizeof(int);
    size_t room = p->room ? p->room : 16;
    while (room < count)
        room *= 2;
    vg_pg_room *own = vg__db_alloc(db, p->own, p->room * size, room * size);
    if (!own)
        return false;
    p->room = room;
    p->own = own;
    p->values = (const char **)(void *)(own + room);
    p->lengths = (int *)(void *)(p->values + room);
    p->formats = p->lengths + room;
    return true;
}

void vg__pg_params_free(vg_db *db)
{
    vg_pg_params *p = &vg__pg_of(db)->params;
    size_t size = sizeof(vg_pg_room) + sizeof(char *) + 2 * sizeof(int);
    vg__db_alloc(db, p->own, p->room * size, 0);
    *p = (vg_pg_params){0};
}

static int refuse(const param *p, const char *what)
{
    return vg__fail(p->db, VG_VALUE, p->stmt->sql, "parameter %d is %s", p->i + 1,
                    what);
}

/* The bytes are in `own`. */
static int binary(const param *p, int len)
{
    p->all->values[p->i] = p->all->own[p->i].bytes;
    p->all->lengths[p->i] = len;
    p->all->formats[p->i] = 1;
    return VG_OK;
}

static int text(const param *p)
{
    p->all->values[p->i] = p->all->own[p->i].bytes;
    p->all->formats[p->i] = 0;
    return VG_OK;
}

static char *own(const param *p)
{
    return p->all->own[p->i].bytes;
}

static int put8(const param *p, uint64_t n)
{
    n = VG_PG_BE64(n);
    memcpy(own(p), &n, 8);
    return binary(p, 8);
}

static int put4(const param *p, uint32_t n)
{
    n = VG_PG_BE32(n);
    memcpy(own(p), &n, 4);
    return binary(p, 4);
}

static int put_real(const param *p, double d)
{
    uint64_t bits;
    memcpy(&bits, &d, sizeof bits);
    return put8(p, bits);
}

static int put_float(const param *p, double d)
{
    float f = (float)d;
    uint32_t bits;
    if (isinf(f) && !isinf(d))
        return refuse(p, "a number that is too large for the column's type, real");
    memcpy(&bits, &f, sizeof bits);
    return put4(p, bits);
}

static int too_large(const param *p, int64_t n, const char *type)
{
    return vg__fail(p->db, VG_VALUE, p->stmt->sql,
                    "parameter %d is %lld, which the column's type, %s, cannot hold",
                    p->i + 1, (long long)n, type);
}

static int put_int(const param *p, int64_t n)
{
    switch (p->type) {
    case VG_OID_INT8: return put8(p, (uint64_t)n);
    case VG_OID_INT4:
        return n == (int32_t)n ? put4(p, (uint32_t)n) : too_large(p, n, "integer");
    case VG_OID_INT2: {
        uint16_t low = VG_PG_BE16((uint16_t)n);
        if (n != (int16_t)n)
            return too_large(p, n, "smallint");
        memcpy(own(p), &low, 2);
        return binary(p, 2);
    }
    case VG_OID_OID:
        return n == (uint32_t)n ? put4(p, (uint32_t)n) : too_large(p, n, "oid");
    case VG_OID_BOOL:
        if (n != 0 && n != 1)
            return too_large(p, n, "boolean");
        own(p)[0] = (char)n;
        return binary(p, 1);
    case VG_OID_FLOAT8: return put_real(p, (double)n);
    case VG_OID_FLOAT4: return put_float(p, (double)n);
    default: snprintf(own(p), sizeof(vg_pg_room), "%lld", (long long)n); return text(p);
    }
}

static int put_bool(const param *p, int64_t n)
{
    if (p->type != VG_OID_TEXT && p->type != VG_OID_VARCHAR)
        return put_int(p, n);
    snprintf(own(p), sizeof(vg_pg_room), "%s", n ? "true" : "false");
    return text(p);
}

size_t vg__pg_real_text(double d, char *out, size_t room)
{
    if (isnan(d))
        return (size_t)snprintf(out, room, "NaN");
    if (isinf(d))
        return (size_t)snprintf(out, room, "%sInfinity", d < 0 ? "-" : "");
    int len = 0;
    for (int digits = 15; digits <= 17; digits++) {
        len = snprintf(out, room, "%.*g", digits, d);
        if (strtod(out, NULL) == d)
            break;
    }
    return (size_t)len;
}

static int put_number(const param *p, double d)
{
    if (p->type == VG_OID_FLOAT8)
        return put_real(p, d);
    if (p->type == VG_OID_FLOAT4)
        return put_float(p, d);
    vg__pg_real_text(d, own(p), sizeof(vg_pg_room));
    return text(p);
}

static int64_t floor_div(int64_t a, int64_t b)
{
    return a / b - (a % b < 0);
}

/* The ends of the range are infinity, here as there. */
static int put_timestamp(const param *p, int64_t us)
{
    bool infinite = us == INT64_MAX || us == INT64_MIN;
    int64_t since = us;
    if (!infinite && __builtin_sub_overflow(us, VG_PG_EPOCH_US, &since))
        return refuse(p, "a time that is out of PostgreSQL's range");
    return put8(p, (uint64_t)since);
}

static int put_time(const param *p, int64_t us, const vg_column *codec)
{
    switch (p->type) {
    case VG_OID_TIMESTAMPTZ:
    case VG_OID_TIMESTAMP: return put_timestamp(p, us);
    case VG_OID_DATE: {
        if (us == INT64_MAX || us == INT64_MIN)
            return put4(p, us < 0 ? UINT32_C(0x80000000) : UINT32_C(0x7fffffff));
        return put4(p, (uint32_t)(floor_div(us, VG_PG_DAY_US) - VG_PG_EPOCH_DAYS));
    }
    case VG_OID_INT8:
    case VG_OID_NUMERIC:
    case VG_OID_FLOAT8: /* a column that some other program has made */
        switch (vg__codec_mode(codec)) {
        case VG_MODE_SECONDS: return put_int(p, floor_div(us, 1000000));
        case VG_MODE_MILLISECONDS: return put_int(p, floor_div(us, 1000));
        default: return put_int(p, us);
        }
    default:
        if (codec && codec->type == VG_TYPE_DATE)
            vg_date_format((vg_timestamp){us}, own(p));
        else
            vg_timestamp_format((vg_timestamp){us}, own(p));
        return text(p);
    }
}

/* Types whose binary form is the text itself, which needs no NUL behind it. */
static bool is_text(Oid type)
{
    return type == VG_OID_TEXT || type == VG_OID_VARCHAR || type == VG_OID_BPCHAR ||
           type == VG_OID_JSON || type == VG_OID_BYTEA;
}

/* Only a text of known length may have no NUL behind it. */
/* As text, which ends in a NUL and has no other. */
static int put_copy(const param *p, const char *data, size_t len)
{
    if (memchr(data, 0, len))
        return refuse(p, "a text with a NUL in it, which PostgreSQL cannot store");
    p->all->values[p->i] = vg__arena_text(&p->db->walk.scratch, data, len);
    p->all->formats[p->i] = 0;
    return p->all->values[p->i]
               ? VG_OK
               : vg__fail(p->db, VG_NO_MEMORY, p->stmt->sql, "out of memory");
}

static int put_text(const param *p, vg_value v)
{
    size_t len = vg_value_len(v);
    p->all->values[p->i] = v.s;
    if (!v.s)
        return VG_OK;
    if (len > INT32_MAX / 2)
        return vg__fail(p->db, VG_TOO_BIG, p->stmt->sql,
                        "parameter %d is larger than 1 GiB", p->i + 1);
    p->all->lengths[p->i] = (int)len;
    /* A NUL at its end makes it a text as good, and formats that are all 0 are left out. */
    p->all->formats[p->i] = is_text(p->type) && (!p->stmt->all_text || v.meta >> 8);
    if (p->all->formats[p->i])
        return VG_OK;
    if (!(v.meta >> 8))
        return VG_OK;
    return put_copy(p, v.s, len);
}

static int put_blob(const param *p, vg_value v)
{
    size_t len = vg_value_len(v);
    if (len > INT32_MAX / 2)
        return vg__fail(p->db, VG_TOO_BIG, p->stmt->sql,
                        "parameter %d is larger than 1 GiB", p->i + 1);
    if (p->type == VG_OID_JSONB && v.p) /* JSON of MODE(BLOB): bytes elsewhere */
        return put_copy(p, v.p, len);
    p->all->values[p->i] = v.p;
    p->all->lengths[p->i] = (int)len;
    p->all->formats[p->i] = 1;
    return VG_OK;
}

static int put_uuid(const param *p, const vg_uuid *uuid)
{
    if (!uuid)
        return VG_OK;
    if (p->type == VG_OID_UUID || p->type == VG_OID_BYTEA) {
        memcpy(own(p), uuid->bytes, 16);
        return binary(p, 16);
    }
    vg_uuid_format(uuid, own(p));
    return text(p);
}

/* In the scratch memory of the query. */
static int put_array(const param *p, vg_value v)
{
    size_t len = 0;
    p->all->values[p->i] =
        vg__pg_array(p->db, v, p->type, &len, &p->all->formats[p->i]);
    p->all->lengths[p->i] = (int)len;
    return p->all->values[p->i] ? VG_OK : p->db->error.code;
}

static int put_object(const param *p, vg_value v)
{
    vg_pg_sent sent;
    int rc = vg__pg_send_object(&p->db->walk.scratch, v, p->type, own(p), &sent);
    if (rc == VG_NO_MEMORY)
        return vg__fail(p->db, rc, p->stmt->sql, "out of memory");
    if (rc == VG_TOO_BIG)
        return vg__fail(p->db, rc, p->stmt->sql, "parameter %d is larger than 1 GiB",
                        p->i + 1);
    if (rc != VG_OK)
        return refuse(p, vg_value_kind_of(v) == VG_V_DAYTIME
                             ? "no time of day: it lies beyond 24:00, or its zone"
                             : "an array whose dims do not make up its len, or with an "
                               "element out of range");
    p->all->values[p->i] = sent.bytes;
    p->all->lengths[p->i] = (int)sent.len;
    p->all->formats[p->i] = sent.binary;
    return VG_OK;
}

static int encode(const param *p, const vg_param *from)
{
    vg_value v = from->value;
    p->all->values[p->i] = NULL;
    p->all->formats[p->i] = 0;
    switch (vg_value_kind_of(v)) {
    case VG_V_INT: return put_int(p, v.i);
    case VG_V_BOOL: return put_bool(p, v.i);
    case VG_V_REAL: return put_number(p, v.d);
    case VG_V_TIME: return put_time(p, v.i, from->codec);
    case VG_V_TEXT: return put_text(p, v);
    case VG_V_BLOB: return put_blob(p, v);
    case VG_V_UUID: return put_uuid(p, v.p);
    case VG_V_ARRAY_I32:
    case VG_V_ARRAY_I64:
    case VG_V_ARRAY_REAL:
    case VG_V_ARRAY_TEXT:
    case VG_V_ARRAY_TIME:
    case VG_V_ARRAY_UUID: return put_array(p, v);
    case VG_V_DAYTIME:
    case VG_V_INTERVAL:
    case VG_V_POINT:
    case VG_V_INT_ARRAY:
    case VG_V_REAL_ARRAY:
    case VG_V_BOOL_ARRAY:
    case VG_V_TEXT_ARRAY:
    case VG_V_BLOB_ARRAY:
    case VG_V_TIME_ARRAY:
    case VG_V_UUID_ARRAY: return put_object(p, v);
    default: return VG_OK;
    }
}

/* What is neither a number of eight bytes nor a text up to its NUL. Not a part of the loop
 * below, whose values had no registers then. */
__attribute__((noinline)) static int encode_other(vg_db *db, const vg_pg_stmt *s, int i,
                                                  const vg_param *from)
{
    param p = {db, s, &vg__pg_of(db)->params, i, s->types[i]};
    return encode(&p, from);
}

/* The meta of a value is its kind alone where it ends by itself. */
static inline bool is_eight_bytes(Oid type, uint64_t meta)
{
    return (meta == VG_V_INT && type == VG_OID_INT8) ||
           (meta == VG_V_REAL && type == VG_OID_FLOAT8);
}

/* A text's length is needed even where libpq takes it by its NUL: it might be too long. */
static inline bool is_usual_text(Oid type, vg_value v, size_t *len)
{
    if (v.meta != VG_V_TEXT || (type != VG_OID_TEXT && type != VG_OID_VARCHAR))
        return false;
    *len = v.s ? strlen(v.s) : 0;
    return *len <= INT32_MAX / 2;
}

/* Of a statement whose parameters all are sent as text: how many of the first are texts. */
static int encode_texts(vg_pg_params *all, const vg_param *params, int count)
{
    int i = 0;
    for (; i < count && params[i].value.meta == VG_V_TEXT; i++) {
        const char *text = params[i].value.s;
        all->values[i] = text;
        all->formats[i] = 0;
        size_t len = text ? strlen(text) : 0;
        if (len > INT32_MAX / 2)
            break;
        all->lengths[i] = (int)len;
    }
    return i;
}

int vg__pg_encode(vg_db *db, vg_pg_stmt *s, const vg_param *params)
{
    vg_pg_params *all = &vg__pg_of(db)->params;
    const int count = s->param_count, text_format = !s->all_text;
    if (!vg__pg_params_room(db, (size_t)count))
        return vg__fail(db, VG_NO_MEMORY, s->sql, "out of memory");
    const char **values = all->values;
    const Oid *types = s->types;
    vg_pg_room *own = all->own;
    int *lengths = all->lengths, *formats = all->formats, binary = 0;
    for (int i = s->all_text ? encode_texts(all, params, count) : 0; i < count; i++) {
        vg_value v = params[i].value;
        size_t len = 8;
        int format = 1, rc;
        if (is_eight_bytes(types[i], v.meta)) {
            uint64_t n = VG_PG_BE64((uint64_t)v.i); /* or the bits of v.d */
            memcpy(own[i].bytes, &n, sizeof n);
            values[i] = own[i].bytes;
        } else if (is_usual_text(types[i], v, &len)) {
            values[i] = v.s;
            format = text_format;
        } else {
            rc = encode_other(db, s, i, &params[i]);
            if (rc != VG_OK)
                return rc;
            binary |= formats[i];
            continue;
        }
        lengths[i] = (int)len;
        formats[i] = format;
        binary |= format;
    }
    all->binary = binary;
    return VG_OK;
}
