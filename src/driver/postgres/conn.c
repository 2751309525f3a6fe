/* The driver's table, and what is short. */
#include "driver/postgres/postgres.h"
#include <stdlib.h>

static int run_script(vg_db *db, const char *sql)
{
    PGresult *result = vg__pg_query(db, sql);
    PQclear(result);
    return result ? VG_OK : db->error.code;
}

/* Who only reads: the server sees to that, but for the settings of a session. */
static int script(vg_db *db, const char *sql)
{
    if (!vg__pg_of(db)->refuses_writes || vg__pg_in_transaction(db))
        return run_script(db, sql);
    int rc = run_script(db, "begin read only");
    if (rc != VG_OK)
        return rc;
    rc = run_script(db, sql);
    if (rc == VG_OK)
        return run_script(db, "commit");
    vg_error error = db->error;
    run_script(db, "rollback");
    db->error = error;
    return rc;
}

static void *raw(vg_db *db)
{
    return vg__pg_ready(db);
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

/* The session's last value of a sequence. It is an error to ask before there is one, and in
 * a transaction that must not count as one. */
static int64_t ask_last_id(PGconn *conn)
{
    bool in_tx = PQtransactionStatus(conn) == PQTRANS_INTRANS;
    PGresult *result = PQexec(conn, in_tx ? "savepoint vg_last_id; select lastval()"
                                          : "select lastval()");
    int64_t id = PQresultStatus(result) == PGRES_TUPLES_OK
                     ? strtoll(PQgetvalue(result, 0, 0), NULL, 10)
                     : 0;
    PQclear(result);
    if (in_tx)
        PQclear(PQexec(conn, "rollback to vg_last_id; release vg_last_id"));
    return id;
}

static int64_t last_id(const vg_db *db)
{
    vg_pg *pg = vg__pg_of(db);
    bool idle = !pg->running && !pg->begin && !pg->lost[0] &&
                PQtransactionStatus(pg->conn) != PQTRANS_INERROR;
    if (pg->inserted && idle) {
        pg->last_id = ask_last_id(pg->conn);
        pg->inserted = false;
    }
    return pg->last_id;
}

static void watch(vg_db *db, bool on)
{
    (void)db; /* each wait asks db->limit */
    (void)on;
}

static void interrupt(vg_db *db)
{
    vg__pg_cancel(vg__pg_of(db));
}

const vg_driver vg__driver_postgres = {
    .name = "postgres",
    .dialect = &vg_dialect_postgres,
    .open = vg__pg_open,
    .close = vg__pg_disconnect,
    .prepare = vg__pg_prepare,
    .finalize = vg__pg_finalize,
    .bind = vg__pg_bind,
    .step = vg__pg_step,
    .reset = vg__pg_reset,
    .run = vg__pg_run,
    .bind_structs = vg__pg_bind_structs,
    .column_count = vg__pg_column_count,
    .column_fits = vg__pg_column_fits,
    .explain = vg__pg_explain,
    .writes = vg__pg_writes,
    .fetch = vg__pg_fetch,
    .row_count = vg__pg_row_count,
    .fetch_rows = vg__pg_fetch_rows,
    .script = script,
    .raw = raw,
    .can_create = can_create,
    .changes = changes,
    .last_id = last_id,
    .in_transaction = vg__pg_in_transaction,
    .watch = watch,
    .interrupt = interrupt,
};
