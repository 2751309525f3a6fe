/* What the readers of rows share: rows.c has the usual ones, convert.c all others. */
#pragma once
#include "driver/postgres/postgres.h"

/* Rows that are being read. */
typedef struct vg_pg_fetch {
    vg_db *db;
    vg_pg_stmt *stmt;
    const vg_plan *plan;
    vg_arena *arena;
    const PGresult *result;
    const char *null; /* where every NULL of this result is */
    int row;          /* the first of them */
    size_t stride;    /* from a struct to the next */
} vg_pg_fetch;

/* Read a value of any type that fits into the slot. */
int vg__pg_read_odd(const vg_pg_fetch *f, const vg_slot *slot, int row, int column,
                    char *at);
int vg__pg_fail_null(const vg_pg_fetch *f, const vg_slot *slot);
int vg__pg_fail_rows_memory(const vg_pg_fetch *f);
int vg__pg_fail_arena(const vg_pg_fetch *f, const char *what);

/* ---- classes of types ---- */

static inline bool vg__pg_type_is_int(Oid type)
{
    return type == VG_OID_INT8 || type == VG_OID_INT4 || type == VG_OID_INT2 ||
           type == VG_OID_OID;
}

static inline bool vg__pg_type_is_real(Oid type)
{
    return type == VG_OID_FLOAT8 || type == VG_OID_FLOAT4;
}

static inline bool vg__pg_type_is_number(Oid type)
{
    return vg__pg_type_is_int(type) || vg__pg_type_is_real(type) ||
           type == VG_OID_NUMERIC;
}

static inline bool vg__pg_type_is_time(Oid type)
{
    return type == VG_OID_TIMESTAMPTZ || type == VG_OID_TIMESTAMP ||
           type == VG_OID_DATE;
}

/* Types whose binary form is their text. */
static inline bool vg__pg_type_is_text(Oid type)
{
    return type == VG_OID_TEXT || type == VG_OID_VARCHAR || type == VG_OID_BPCHAR ||
           type == VG_OID_JSON || type == VG_OID_NAME || type == VG_OID_CHAR ||
           type == VG_OID_XML || type == VG_OID_UNKNOWN || type == VG_OID_VOID;
}
