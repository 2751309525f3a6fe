/* Preparing, binding, stepping. The server says what it takes the parameters for, and they
 * are sent as that, in binary where that is shorter. */
#include "core/codec.h"
#include "driver/postgres/postgres.h"
#include <stdio.h>
#include <stdlib.h>

static vg_pg_stmt *make_stmt(vg_db *db, int params, int columns, const char *sql)
{
    size_t n = (size_t)params;
    size_t size =
        sizeof(vg_pg_stmt) +
        n * (sizeof(vg_pg_room) + sizeof(char *) + 2 * sizeof(int) + sizeof(Oid)) +
        strlen(sql) + 1;
    vg_pg_stmt *s = vg__db_alloc(db, NULL, 0, size);
    if (!s)
        return NULL;
    memset(s, 0, size);
    s->size = size;
    s->param_count = params;
    s->column_count = columns;
    s->room = (vg_pg_room *)(void *)(s + 1);
    s->values = (const char **)(void *)(s->room + n);
    s->lengths = (int *)(void *)(s->values + n);
    s->formats = s->lengths + n;
    s->types = (Oid *)(void *)(s->formats + n);
    s->sql = memcpy(s->types + n, sql, strlen(sql) + 1);
    return s;
}

int vg__pg_prepare(vg_db *db, const char *sql, size_t len, void **native)
{
    (void)len;
    vg_pg *pg = vg__pg_of(db);
    char name[16];
    snprintf(name, sizeof name, "vg%u", ++pg->names);
    *native = NULL;
    PGresult *result = PQprepare(pg->conn, name, sql, 0, NULL);
    if (PQresultStatus(result) == PGRES_COMMAND_OK) {
        PQclear(result);
        result = PQdescribePrepared(pg->conn, name);
    }
    if (PQresultStatus(result) != PGRES_COMMAND_OK) {
        int rc = vg__pg_fail(db, result, sql);
        PQclear(result);
        return rc;
    }
    vg_pg_stmt *s = make_stmt(db, PQnparams(result), PQnfields(result), sql);
    for (int i = 0; s && i < s->param_count; i++)
        s->types[i] = PQparamtype(result, i);
    PQclear(result);
    if (!s)
        return vg__fail(db, VG_NO_MEMORY, sql, "out of memory");
    memcpy(s->name, name, sizeof name);
    *native = s;
    return VG_OK;
}

void vg__pg_finalize(vg_db *db, void *native)
{
    vg_pg_stmt *s = native;
    char sql[40];
    if (!s)
        return;
    PQclear(s->result);
    snprintf(sql, sizeof sql, "deallocate %s", s->name);
    PQclear(PQexec(vg__pg_of(db)->conn, sql));
    vg__db_alloc(db, s, s->size, 0);
}

/* ---- parameters ---- */

static void put_be(char *out, uint64_t n, int size)
{
    for (int i = size; i--; n >>= 8)
        out[i] = (char)(n & 255);
}

static int send_binary(vg_pg_stmt *s, int i, int size)
{
    s->values[i] = s->room[i].bytes;
    s->lengths[i] = size;
    s->formats[i] = 1;
    return VG_OK;
}

static int send_number(vg_pg_stmt *s, int i, int64_t n, int size)
{
    put_be(s->room[i].bytes, (uint64_t)n, size);
    return send_binary(s, i, size);
}

static int send_real(vg_pg_stmt *s, int i, double d, bool small)
{
    uint64_t bits = 0;
    float f = (float)d;
    uint32_t low;
    memcpy(&bits, &d, sizeof bits);
    memcpy(&low, &f, sizeof low);
    put_be(s->room[i].bytes, small ? low : bits, small ? 4 : 8);
    return send_binary(s, i, small ? 4 : 8);
}

static int send_text(vg_pg_stmt *s, int i)
{
    s->values[i] = s->room[i].bytes;
    s->lengths[i] = (int)strlen(s->room[i].bytes);
    s->formats[i] = 0;
    return VG_OK;
}

static int out_of_range(vg_db *db, const vg_pg_stmt *s, int i, int64_t n)
{
    return vg__fail(db, VG_VALUE, s->sql,
                    "parameter %d is %lld, which the column's type cannot hold", i + 1,
                    (long long)n);
}

static int encode_int(vg_db *db, vg_pg_stmt *s, int i, int64_t n)
{
    switch (s->types[i]) {
    case VG_OID_INT8: return send_number(s, i, n, 8);
    case VG_OID_OID:
        return n < 0 || n > UINT32_MAX ? out_of_range(db, s, i, n)
                                       : send_number(s, i, n, 4);
    case VG_OID_INT4:
        return n != (int32_t)n ? out_of_range(db, s, i, n) : send_number(s, i, n, 4);
    case VG_OID_INT2:
        return n != (int16_t)n ? out_of_range(db, s, i, n) : send_number(s, i, n, 2);
    case VG_OID_BOOL: return send_number(s, i, n != 0, 1);
    case VG_OID_FLOAT8: return send_real(s, i, (double)n, false);
    case VG_OID_FLOAT4: return send_real(s, i, (double)n, true);
    default:
        snprintf(s->room[i].bytes, sizeof s->room[i], "%lld", (long long)n);
        return send_text(s, i);
    }
}

static int encode_real(vg_pg_stmt *s, int i, double d)
{
    if (s->types[i] == VG_OID_FLOAT8 || s->types[i] == VG_OID_FLOAT4)
        return send_real(s, i, d, s->types[i] == VG_OID_FLOAT4);
    snprintf(s->room[i].bytes, sizeof s->room[i], "%.17g", d);
    return send_text(s, i);
}

static int64_t floor_div(int64_t a, int64_t b)
{
    return a / b - (a % b < 0);
}

static int encode_time(vg_pg_stmt *s, int i, vg_timestamp t)
{
    if (s->types[i] == VG_OID_TIMESTAMPTZ || s->types[i] == VG_OID_TIMESTAMP)
        return send_number(s, i, t.us - VG_PG_EPOCH_US, 8);
    if (s->types[i] == VG_OID_DATE)
        return send_number(s, i, floor_div(t.us, VG_PG_DAY_US) - VG_PG_EPOCH_DAYS, 4);
    vg_timestamp_format(t, s->room[i].bytes);
    return send_text(s, i);
}

static int encode(vg_db *db, vg_pg_stmt *s, int i, vg_value v)
{
    s->values[i] = NULL;
    switch (vg_value_kind_of(v)) {
    case VG_V_INT:
    case VG_V_BOOL: return encode_int(db, s, i, v.i);
    case VG_V_REAL: return encode_real(s, i, v.d);
    case VG_V_TIME: return encode_time(s, i, (vg_timestamp){v.i});
    case VG_V_TEXT:
        if (!v.s)
            return VG_OK;
        s->values[i] = v.s;
        s->lengths[i] = (int)vg_value_len(v);
        /* What is text in binary too may have a known length instead of a NUL. */
        s->formats[i] = s->types[i] == VG_OID_TEXT || s->types[i] == VG_OID_VARCHAR ||
                        s->types[i] == VG_OID_BPCHAR || s->types[i] == VG_OID_JSON;
        return VG_OK;
    case VG_V_BLOB:
        if (!v.p)
            return VG_OK;
        s->values[i] = v.p;
        s->lengths[i] = (int)vg_value_len(v);
        s->formats[i] = 1;
        return VG_OK;
    case VG_V_UUID:
        if (!v.p)
            return VG_OK;
        if (s->types[i] == VG_OID_UUID) {
            memcpy(s->room[i].bytes, v.p, 16);
            return send_binary(s, i, 16);
        }
        vg_uuid_format(v.p, s->room[i].bytes);
        return send_text(s, i);
    case VG_V_ARRAY_I32:
    case VG_V_ARRAY_I64:
    case VG_V_ARRAY_REAL:
    case VG_V_ARRAY_TEXT:
    case VG_V_ARRAY_TIME:
    case VG_V_ARRAY_UUID: {
        size_t len = 0;
        s->values[i] = vg__pg_array(db, v, s->types[i], &len, &s->formats[i]);
        s->lengths[i] = (int)len;
        return s->values[i] ? VG_OK : db->error.code;
    }
    default: return VG_OK;
    }
}

int vg__pg_encode(vg_db *db, vg_pg_stmt *s, const vg_param *params)
{
    int rc = VG_OK;
    for (int i = 0; rc == VG_OK && i < s->param_count; i++)
        rc = encode(db, s, i, params[i].value);
    return rc;
}

/* ---- running ---- */

int vg__pg_bind(vg_db *db, void *native, const vg_param *params, size_t count,
                bool copy)
{
    vg_pg_stmt *s = native;
    (void)copy; /* all rows come at once */
    if ((int)count != s->param_count)
        return vg__fail(db, VG_INVALID, s->sql,
                        "the statement takes %d parameters and is given %zu",
                        s->param_count, count);
    int rc = vg__pg_encode(db, s, params);
    if (rc != VG_OK)
        return rc;
    s->result = PQexecPrepared(vg__pg_of(db)->conn, s->name, s->param_count, s->values,
                               s->lengths, s->formats, 1);
    ExecStatusType status = PQresultStatus(s->result);
    if (status != PGRES_TUPLES_OK && status != PGRES_COMMAND_OK) {
        rc = vg__pg_fail(db, s->result, s->sql);
        PQclear(s->result);
        s->result = NULL;
        return rc;
    }
    vg__pg_of(db)->changes = strtoll(PQcmdTuples(s->result), NULL, 10);
    s->row = -1;
    s->rows = PQntuples(s->result);
    return VG_OK;
}

int vg__pg_step(vg_db *db, void *native)
{
    vg_pg_stmt *s = native;
    (void)db;
    return ++s->row < s->rows ? VG_STEP_ROW : VG_STEP_DONE;
}

int vg__pg_reset(vg_db *db, void *native)
{
    vg_pg_stmt *s = native;
    (void)db;
    PQclear(s->result);
    s->result = NULL;
    return VG_OK;
}

int vg__pg_run(vg_db *db, void *native, const vg_param *params, size_t count)
{
    int rc = vg__pg_bind(db, native, params, count, false);
    vg__pg_reset(db, native);
    return rc;
}

size_t vg__pg_column_count(void *native)
{
    return (size_t)((vg_pg_stmt *)native)->column_count;
}

bool vg__pg_writes(void *native)
{
    static const char *const reads[] = {"select", "with", "show",      "explain",
                                        "begin",  "(",    "savepoint", "release"};
    const char *sql = ((vg_pg_stmt *)native)->sql;
    for (size_t i = 0; i < sizeof reads / sizeof *reads; i++)
        if (strncmp(sql, reads[i], strlen(reads[i])) == 0)
            return false;
    return true;
}
