/* Opening a connection, and turning PostgreSQL's errors into ours. */
#include "driver/postgres/postgres.h"
#include <stdio.h>
#include <stdlib.h>

/* ---- errors ---- */

/* By SQLSTATE; the first that begins so counts. */
static const struct {
    const char *state;
    vg_code code;
} codes[] = {
    {"23505", VG_UNIQUE},      {"23P01", VG_UNIQUE},   {"23503", VG_FOREIGN_KEY},
    {"23502", VG_NOT_NULL},    {"23514", VG_CHECK},    {"23", VG_CHECK},
    {"40", VG_BUSY},           {"55P03", VG_BUSY},     {"25006", VG_READ_ONLY},
    {"57014", VG_INTERRUPTED}, {"53100", VG_FULL},     {"53200", VG_NO_MEMORY},
    {"53300", VG_CONNECT},     {"08", VG_CONNECT},     {"28", VG_CONNECT},
    {"57P", VG_CONNECT},       {"3D000", VG_CONNECT},  {"42601", VG_SYNTAX},
    {"42501", VG_DATABASE},    {"42P", VG_SCHEMA},     {"427", VG_SCHEMA},
    {"428", VG_SCHEMA},        {"3F000", VG_SCHEMA},   {"42", VG_SYNTAX},
    {"22", VG_VALUE},          {"0A", VG_UNSUPPORTED}, {"54", VG_TOO_BIG},
    {"XX001", VG_CORRUPT},     {"58", VG_IO},
};

static int code_of(const char *state)
{
    for (size_t i = 0; i < sizeof codes / sizeof *codes; i++)
        if (strncmp(state, codes[i].state, strlen(codes[i].state)) == 0)
            return codes[i].code;
    return VG_DATABASE;
}

/* The server counts characters, from 1. */
static int position_of(const PGresult *result, const char *sql)
{
    const char *text = PQresultErrorField(result, PG_DIAG_STATEMENT_POSITION);
    long left = text ? strtol(text, NULL, 10) : 0;
    int at = 0;
    if (!sql || left <= 0)
        return 0;
    while (--left && sql[at])
        for (at++; ((unsigned char)sql[at] & 0xc0) == 0x80;)
            at++;
    return at + 1;
}

int vg__pg_fail(vg_db *db, const PGresult *result, const char *sql)
{
    vg_pg *pg = vg__pg_of(db);
    const char *state = result ? PQresultErrorField(result, PG_DIAG_SQLSTATE) : NULL;
    const char *message =
        state ? PQresultErrorField(result, PG_DIAG_MESSAGE_PRIMARY) : NULL;
    int code = state ? code_of(state) : VG_CONNECT;
    if (!message)
        message = pg && pg->conn ? PQerrorMessage(pg->conn) : "out of memory";
    vg_details details = {.sqlstate = state};
    details.position = position_of(result, sql);
    if (state) {
        details.constraint = PQresultErrorField(result, PG_DIAG_CONSTRAINT_NAME);
        details.table = PQresultErrorField(result, PG_DIAG_TABLE_NAME);
        details.column = PQresultErrorField(result, PG_DIAG_COLUMN_NAME);
    }
    return vg__fail_with(db, code, sql, &details, "%.*s", (int)strcspn(message, "\n"),
                         message);
}

/* ---- opening ---- */

static void close_conn(vg_db *db)
{
    vg_pg *pg = vg__pg_of(db);
    PQfinish(pg->conn);
    vg__db_alloc(db, pg, sizeof *pg, 0);
    db->conn = NULL;
}

static int open_conn(vg_db *db, const char *url)
{
    vg_pg *pg = vg__db_alloc(db, NULL, 0, sizeof *pg);
    if (!pg)
        return vg__fail(db, VG_NO_MEMORY, NULL, "out of memory");
    *pg = (vg_pg){.conn = PQconnectdb(url)};
    db->conn = pg;
    if (pg->conn && PQstatus(pg->conn) == CONNECTION_OK)
        return VG_OK;
    vg__pg_fail(db, NULL, NULL);
    int code = pg->conn ? VG_CONNECT : VG_NO_MEMORY;
    close_conn(db);
    return code;
}

static int script(vg_db *db, const char *sql)
{
    PGresult *result = PQexec(vg__pg_of(db)->conn, sql);
    ExecStatusType status = PQresultStatus(result);
    int rc = status == PGRES_COMMAND_OK || status == PGRES_TUPLES_OK ||
                     status == PGRES_EMPTY_QUERY
                 ? VG_OK
                 : vg__pg_fail(db, result, sql);
    PQclear(result);
    return rc;
}

static int can_create(vg_db *db, const vg_shape *table)
{
    (void)db;
    (void)table;
    return VG_OK;
}

static int64_t changes(const vg_db *db)
{
    return vg__pg_of(db)->changes;
}

static int64_t last_id(const vg_db *db)
{
    (void)db;
    return 0;
}

static bool in_transaction(vg_db *db)
{
    PGTransactionStatusType status = PQtransactionStatus(vg__pg_of(db)->conn);
    return status == PQTRANS_INTRANS || status == PQTRANS_INERROR ||
           status == PQTRANS_ACTIVE;
}

static bool column_fits(void *native, size_t i, const vg_slot *slot,
                        const char **declared)
{
    (void)native;
    (void)i;
    (void)slot;
    *declared = NULL;
    return true;
}

static int explain(vg_db *db, const char *sql,
                   int (*each)(void *ctx, const vg_step *step), void *ctx)
{
    (void)each;
    (void)ctx;
    return vg__fail(db, VG_UNSUPPORTED, sql, "plans are not read from PostgreSQL yet");
}

static void watch(vg_db *db, bool on)
{
    (void)db;
    (void)on;
}

static void interrupt(vg_db *db)
{
    char why[256];
    PGcancel *cancel = PQgetCancel(vg__pg_of(db)->conn);
    if (cancel)
        PQcancel(cancel, why, sizeof why);
    PQfreeCancel(cancel);
}

const vg_driver vg__driver_postgres = {
    .name = "postgres",
    .dialect = &vg_dialect_postgres,
    .open = open_conn,
    .close = close_conn,
    .prepare = vg__pg_prepare,
    .finalize = vg__pg_finalize,
    .bind = vg__pg_bind,
    .step = vg__pg_step,
    .reset = vg__pg_reset,
    .run = vg__pg_run,
    .column_count = vg__pg_column_count,
    .column_fits = column_fits,
    .explain = explain,
    .writes = vg__pg_writes,
    .fetch = vg__pg_fetch,
    .script = script,
    .can_create = can_create,
    .changes = changes,
    .last_id = last_id,
    .in_transaction = in_transaction,
    .watch = watch,
    .interrupt = interrupt,
};
