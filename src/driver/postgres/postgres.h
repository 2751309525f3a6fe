/* The PostgreSQL driver's parts: conn.c opens and reports, stmt.c prepares, binds and steps,
 * rows.c decodes. db->conn is a vg_pg, a native statement a vg_pg_stmt. */
#pragma once
#include "core/driver.h"
#include "core/migrator.h"
#include "dialect/postgres.h"
#include <libpq-fe.h>

extern const vg_driver vg__driver_postgres;
extern const vg_operations vg__postgres_operations;
extern const vg_migrator vg__postgres_migrator;

/* The types that the driver itself knows, by their fixed number in pg_type. */
enum {
    VG_OID_BOOL = 16,
    VG_OID_BYTEA = 17,
    VG_OID_INT8 = 20,
    VG_OID_INT2 = 21,
    VG_OID_INT4 = 23,
    VG_OID_TEXT = 25,
    VG_OID_OID = 26,
    VG_OID_JSON = 114,
    VG_OID_FLOAT4 = 700,
    VG_OID_FLOAT8 = 701,
    VG_OID_BPCHAR = 1042,
    VG_OID_VARCHAR = 1043,
    VG_OID_DATE = 1082,
    VG_OID_TIMESTAMP = 1114,
    VG_OID_TIMESTAMPTZ = 1184,
    VG_OID_NUMERIC = 1700,
    VG_OID_UUID = 2950,
    VG_OID_JSONB = 3802
};

/* PostgreSQL counts times from 2000-01-01: microseconds and days from 1970. */
#define VG_PG_EPOCH_US   INT64_C(946684800000000)
#define VG_PG_EPOCH_DAYS 10957
#define VG_PG_DAY_US     INT64_C(86400000000)

typedef struct vg_pg {
    PGconn *conn;
    unsigned names; /* of prepared statements so far */
    int64_t changes;
} vg_pg;

typedef union vg_pg_room {
    char bytes[48];
    int64_t align;
} vg_pg_room;

typedef struct vg_pg_stmt {
    char name[16];
    const char *sql;
    int param_count, column_count;
    Oid *types; /* of the parameters, as the server inferred them */
    const char **values;
    int *lengths, *formats;
    vg_pg_room *room; /* for values that are not sent as they are */
    size_t size;      /* of this allocation; all of these lie behind the struct */
    PGresult *result; /* of the run; NULL: none */
    int row, rows;    /* the current row, from 0; -1: before the first */
} vg_pg_stmt;

static inline vg_pg *vg__pg_of(const vg_db *db)
{
    return db->conn;
}

/* vg__fail from what the server or libpq says; `result` may be NULL; `sql` too. */
int vg__pg_fail(vg_db *db, const PGresult *result, const char *sql);

/* For pools: see vg_operations. */
vg_pulse vg__pg_pulse(const vg_db *db);
int vg__pg_position(vg_db *db, vg_position *out);
int vg__pg_forget_session(vg_db *db);

/* array.c: an array value (VG_V_ARRAY_...) as a parameter of that type, *format 1 in binary
 * or 0 as text, in the scratch memory of the query; NULL after vg__fail. */
char *vg__pg_array(vg_db *db, vg_value v, Oid type, size_t *len, int *format);

/* Make values, lengths and formats of the parameters. */
int vg__pg_encode(vg_db *db, vg_pg_stmt *stmt, const vg_param *params);

int vg__pg_prepare(vg_db *db, const char *sql, size_t len, void **native);
void vg__pg_finalize(vg_db *db, void *native);
int vg__pg_bind(vg_db *db, void *native, const vg_param *params, size_t count,
                bool copy);
int vg__pg_step(vg_db *db, void *native);
int vg__pg_reset(vg_db *db, void *native);
int vg__pg_run(vg_db *db, void *native, const vg_param *params, size_t count);
size_t vg__pg_column_count(void *native);
bool vg__pg_writes(void *native);
int vg__pg_fetch(vg_db *db, void *native, const vg_plan *plan, void *row,
                 vg_arena *arena);
