/* The PostgreSQL driver's parts: open.c connects, error.c reports, wire.c sends and waits,
 * words.c tells what a statement does, stmt.c prepares, run.c runs, stream.c has cursors,
 * param.c encodes, rows.c, convert.c and numeric.c decode. db->conn is a vg_pg, a native
 * statement a vg_pg_stmt. */
#pragma once
#include "core/driver.h"
#include "core/migrator.h"
#include "dialect/postgres.h"
#include <libpq-fe.h>

extern const vg_driver vg__driver_postgres;
extern const vg_operations vg__postgres_operations;
extern const vg_migrator vg__postgres_migrator;
extern const struct vg_services vg__postgres_services;
extern const struct vg_pipeline vg__pg_pipeline;
extern const struct vg_notices vg__pg_notices;
extern const struct vg_copying vg__pg_copying;

/* The types that the driver itself knows, by their fixed number in pg_type. */
enum {
    VG_OID_BOOL = 16,
    VG_OID_BYTEA = 17,
    VG_OID_CHAR = 18,
    VG_OID_NAME = 19,
    VG_OID_INT8 = 20,
    VG_OID_INT2 = 21,
    VG_OID_INT4 = 23,
    VG_OID_TEXT = 25,
    VG_OID_OID = 26,
    VG_OID_JSON = 114,
    VG_OID_XML = 142,
    VG_OID_FLOAT4 = 700,
    VG_OID_FLOAT8 = 701,
    VG_OID_UNKNOWN = 705,
    VG_OID_BPCHAR = 1042,
    VG_OID_VARCHAR = 1043,
    VG_OID_DATE = 1082,
    VG_OID_TIMESTAMP = 1114,
    VG_OID_TIMESTAMPTZ = 1184,
    VG_OID_NUMERIC = 1700,
    VG_OID_UUID = 2950,
    VG_OID_VOID = 2278,
    VG_OID_JSONB = 3802
};

/* PostgreSQL counts times from 2000-01-01: microseconds and days from 1970. */
#define VG_PG_EPOCH_US   INT64_C(946684800000000)
#define VG_PG_EPOCH_DAYS 10957
#define VG_PG_DAY_US     INT64_C(86400000000)

typedef union vg_pg_room {
    char bytes[48];
    int64_t align;
} vg_pg_room;

/* A run's parameters as libpq takes them; kept for the next run. */
typedef struct vg_pg_params {
    size_t room; /* parameters there is room for */
    bool binary; /* not all of the run's are text */
    const char **values;
    int *lengths, *formats;
    vg_pg_room *own; /* of values that are not sent as they are */
} vg_pg_params;

typedef struct vg_pg_stmt vg_pg_stmt;

/* How statements are prepared: by name in the server; each time anew, for a pooler that
 * gives each transaction another server connection. */
typedef enum vg_pg_prepared { VG_PG_AUTO, VG_PG_NAMED, VG_PG_UNNAMED } vg_pg_prepared;

enum { VG_PG_GONE = 64, VG_PG_NAME_ROOM = 32 };

typedef struct vg_pg {
    PGconn *conn;
    PGcancel *cancel; /* made once, so that any thread may use it */
    vg_pg_params params;
    vg_pg_stmt *begin; /* what begins a transaction goes with its first statement */
    vg_pg_stmt *bound; /* whose parameters those are, before its run */
    struct vg_pg_copier *copier; /* of the last COPY, for the next one */
    vg_pg_stmt *running;         /* whose rows are still coming */
    bool running_in_tx;
    vg_pg_prepared prepared;
    bool refuses_writes;       /* read only, and the server cannot be told so */
    bool pooled;               /* another program stands between us and the server */
    int lost_names;            /* statements that the server did not know */
    char prefix[20];           /* of the names, never the same in two connections */
    unsigned names;            /* of prepared statements so far */
    unsigned gone[VG_PG_GONE]; /* names to be deallocated with the next prepare */
    int gone_count;
    int64_t changes; /* that the last statement which writes tells of */
    int64_t last_id;
    uint32_t null_offset; /* see rows.c; 0: not known */
    bool inserted;        /* since last_id was asked for */
    char lost[200];       /* why the connection is of no use any more; "" while it is */
} vg_pg;

/* How the server's value becomes a field; chosen once for a column (rows.c). */
typedef uint8_t vg_pg_reader;

struct vg_pg_stmt {
    unsigned name; /* its number; 0: none in the server */
    char name_text[VG_PG_NAME_ROOM];
    const char *sql;
    int param_count, column_count;
    Oid *types;            /* of the parameters, as the server inferred them */
    Oid *columns;          /* of the result */
    vg_pg_reader *readers; /* of the slots */
    const vg_plan *plan;   /* that the readers were chosen for */
    bool nests;            /* which has rows in rows */
    bool all_text;         /* every parameter may be sent as text */
    bool text; /* a column has no binary form that is known: all come as text */
    bool writes, controls, begins, commits;
    bool stale;       /* to be prepared anew before the next run */
    bool retyped;     /* the last prepare found parameters of other types than before */
    bool streams;     /* rows come one by one */
    size_t size;      /* of this allocation; all of these lie behind the struct */
    PGresult *result; /* of the run; NULL: none */
    PGresult *error;  /* what ended the rows, told when they have been read */
    int row, rows;    /* the current row, from 0; -1: before the first */
};

static inline vg_pg *vg__pg_of(const vg_db *db)
{
    return db->conn;
}

/* ---- for all who use the connection beside the statements: COPY, LISTEN, scripts ---- */

/* The connection, with nothing under way: the rest of an open cursor's rows has been read
 * into memory, a transaction that was to begin has begun. NULL after vg__fail. */
PGconn *vg__pg_ready(vg_db *db);
/* Wait until PQgetResult would not block, no longer than the call may take; when its time
 * is over the statement is cancelled, and its result says so. Then PQgetResult. */
PGresult *vg__pg_take_in_time(vg_db *db);
static inline PGresult *vg__pg_take(vg_db *db)
{
    return db->limit.on ? vg__pg_take_in_time(db) : PQgetResult(vg__pg_of(db)->conn);
}
/* Run one statement or, without parameters, several; the result of the last one, to be
 * PQclear'ed, or NULL after vg__fail. Waits as vg__pg_take. */
PGresult *vg__pg_query(vg_db *db, const char *sql);
/* The same with text parameters and a text result. */
PGresult *vg__pg_query_params(vg_db *db, const char *sql, int count,
                              const char *const *values);

/* ---- error.c ---- */

/* vg__fail from what the server or libpq says; `result` may be NULL; `sql` too. Takes note
 * of a lost connection. */
int vg__pg_fail(vg_db *db, const PGresult *result, const char *sql);
/* The connection could not be made. */
int vg__pg_fail_open(vg_db *db, const char *url);
/* The code of a SQLSTATE. */
int vg__pg_code_of(const char *sqlstate);
static inline bool vg__pg_is_state(const PGresult *result, const char *sqlstate)
{
    const char *state = result ? PQresultErrorField(result, PG_DIAG_SQLSTATE) : NULL;
    return state && strcmp(state, sqlstate) == 0;
}

/* ---- open.c ---- */

int vg__pg_open(vg_db *db, const char *url);
void vg__pg_disconnect(vg_db *db);
/* The settings of the session, in one round trip. */
int vg__pg_set_up(vg_db *db);

/* ---- wire.c ---- */

/* Cancel what runs, from any thread; the result of it is still to be read. */
void vg__pg_cancel(vg_pg *pg);
/* Read and forget results until the end of the command; the last error, or NULL. */
PGresult *vg__pg_drain(vg_db *db);
/* Nobody may use the connection any more. */
void vg__pg_give_up(vg_db *db, const char *why);
bool vg__pg_in_transaction(vg_db *db);
/* Whether the server says so of the result: rows or a command that succeeded. */
static inline bool vg__pg_good(const PGresult *result)
{
    ExecStatusType status = PQresultStatus(result);
    return status == PGRES_TUPLES_OK || status == PGRES_COMMAND_OK ||
           status == PGRES_SINGLE_TUPLE || status == PGRES_EMPTY_QUERY;
}

/* ---- pooled.c ---- */

/* For pools: see vg_operations. */
vg_pulse vg__pg_pulse(const vg_db *db);
int vg__pg_check(vg_db *db);
int vg__pg_position(vg_db *db, vg_position *out);
int vg__pg_forget_session(vg_db *db);

/* array.c: an array value (VG_V_ARRAY_...) as a parameter of that type, *format 1 in binary
 * or 0 as text, in the scratch memory of the query; NULL after vg__fail. */
char *vg__pg_array(vg_db *db, vg_value v, Oid type, size_t *len, int *format);

/* The result of one command of a pipeline, which NULL ends. */
PGresult *vg__pg_take_command(vg_db *db);
/* Read up to the next sync; and leave the pipeline. */
void vg__pg_take_sync(vg_db *db);
void vg__pg_leave_pipeline(vg_db *db);
/* Part of a pipeline could not be sent. */
void vg__pg_spoil_pipeline(vg_db *db);

/* copy.c: what is kept for the next COPY. */
void vg__pg_copy_free(vg_db *db);

/* ---- words.c ---- */

const char *vg__pg_skip_blanks(const char *sql);
/* Whether it begins or ends transactions or savepoints; what else there is to know. */
bool vg__pg_controls(const char *sql);
void vg__pg_classify(vg_pg_stmt *s);

/* ---- stmt.c, run.c, stream.c ---- */

/* For pipelines: send what prepares and describes a statement, and returns its number; then
 * make *native of the description, or tell one that was stale of it. */
unsigned vg__pg_send_prepare(vg_db *db, const char *sql, bool *sent);
int vg__pg_described(vg_db *db, const char *sql, unsigned number,
                     const PGresult *description, void **native);
/* Send a run with the parameters that were encoded; step through what came of it; whether
 * it failed for being stale, after vg__fail. */
bool vg__pg_send(vg_pg *pg, const vg_pg_stmt *s);
void vg__pg_adopt(vg_db *db, vg_pg_stmt *s, PGresult *result);
bool vg__pg_found_stale(vg_db *db, vg_pg_stmt *s, const PGresult *result);

int vg__pg_prepare(vg_db *db, const char *sql, size_t len, void **native);
/* The server has lost the statement, or its tables are others now. */
int vg__pg_prepare_anew(vg_db *db, vg_pg_stmt *s);
/* The columns of a result, if they are not of the types that were described. */
void vg__pg_note_columns(vg_pg_stmt *s, const PGresult *result);
void vg__pg_finalize(vg_db *db, void *native);
int vg__pg_bind(vg_db *db, void *native, const vg_param *params, size_t count,
                bool copy);
int vg__pg_step(vg_db *db, void *native);
int vg__pg_reset(vg_db *db, void *native);
int vg__pg_run(vg_db *db, void *native, const vg_param *params, size_t count);
bool vg__pg_bind_structs(vg_db *db, void *native, const vg_structs *from);
size_t vg__pg_column_count(void *native);
bool vg__pg_column_fits(void *native, size_t i, const vg_slot *slot,
                        const char **declared);
bool vg__pg_writes(void *native);

/* The rest of the rows that are under way, into memory. */
int vg__pg_absorb(vg_db *db);
/* The next row of a statement that streams. */
int vg__pg_stream_step(vg_db *db, vg_pg_stmt *s);
/* Nobody wants the rest of them. */
int vg__pg_stream_end(vg_db *db, vg_pg_stmt *s);

/* ---- param.c ---- */

/* Make values, lengths and formats of the parameters, in the connection's arrays. */
int vg__pg_encode(vg_db *db, vg_pg_stmt *s, const vg_param *params);
/* Room for so many; false: no memory, nothing said. */
bool vg__pg_params_grow(vg_db *db, size_t count);
static inline bool vg__pg_params_room(vg_db *db, size_t count)
{
    return count <= vg__pg_of(db)->params.room || vg__pg_params_grow(db, count);
}
void vg__pg_params_free(vg_db *db);
/* The shortest text that reads back as the same number; returns its length. */
size_t vg__pg_real_text(double d, char *out, size_t room);

/* ---- rows.c, convert.c, numeric.c ---- */

/* Whether the binary form of a type can be read into every kind of slot that fits. */
bool vg__pg_is_known(Oid type);
bool vg__pg_fits(Oid type, const vg_slot *slot);
int vg__pg_fetch(vg_db *db, void *native, const vg_plan *plan, void *row,
                 vg_arena *arena);
size_t vg__pg_row_count(void *native);
int vg__pg_fetch_rows(vg_db *db, void *native, const vg_plan *plan, void *rows,
                      size_t count, vg_arena *arena);
void vg__pg_learn_null(vg_pg *pg, const PGresult *result, int column);

/* NUMERIC's binary form. Room that its text takes; the text, as PostgreSQL writes it;
 * whether it is an integer of 64 bits. A form that is damaged is none of these. */
size_t vg__pg_numeric_room(const char *data, int len);
size_t vg__pg_numeric_text(const char *data, int len, char *out);
bool vg__pg_numeric_int(const char *data, int len, int64_t *out);

int vg__pg_explain(vg_db *db, const char *sql,
                   int (*each)(void *ctx, const vg_step *step), void *ctx);

/* ---- bytes, most significant first ---- */

#if __BYTE_ORDER__ == __ORDER_BIG_ENDIAN__
#    define VG_PG_BE16(n) (n)
#    define VG_PG_BE32(n) (n)
#    define VG_PG_BE64(n) (n)
#else
#    define VG_PG_BE16(n) __builtin_bswap16(n)
#    define VG_PG_BE32(n) __builtin_bswap32(n)
#    define VG_PG_BE64(n) __builtin_bswap64(n)
#endif

static inline uint16_t vg__pg_u16(const char *p)
{
    uint16_t n;
    memcpy(&n, p, sizeof n);
    return VG_PG_BE16(n);
}

static inline uint32_t vg__pg_u32(const char *p)
{
    uint32_t n;
    memcpy(&n, p, sizeof n);
    return VG_PG_BE32(n);
}

static inline uint64_t vg__pg_u64(const char *p)
{
    uint64_t n;
    memcpy(&n, p, sizeof n);
    return VG_PG_BE64(n);
}
