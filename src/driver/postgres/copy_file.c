/* The bytes of COPY: they are sent without blocking, so that a limit is kept and an answer
 * is read while they are. */
#include "driver/postgres/copy.h"
#include "core/limit.h"
#include <stdlib.h>
#include <virga/batch.h>

static PGconn *conn_of(const vg_db *db)
{
    return vg__pg_of(db)->conn;
}

/* ---- sending ---- */

/* Until all is written. A limit that is over cancels the COPY, whose end then tells. */
int vg__pg_copy_flush(vg_db *db)
{
    PGconn *conn = conn_of(db);
    int left;
    while ((left = PQflush(conn)) > 0) {
        if (vg__pg_pipeline.wait(db, VG_WANT_READ | VG_WANT_WRITE, -1) != VG_OK)
            return db->error.code;
        if (!PQconsumeInput(conn))
            return vg__pg_fail(db, NULL, NULL);
        if (db->limit.on && vg__limit_over(db)) {
            vg__pg_cancel(vg__pg_of(db));
            vg__limit_suspend(db);
        }
    }
    return left < 0 ? vg__pg_fail(db, NULL, NULL) : VG_OK;
}

int vg__pg_copy_send(vg_db *db, const char *bytes, size_t len)
{
    return PQputCopyData(conn_of(db), bytes, (int)len) > 0
               ? VG_OK
               : vg__pg_fail(db, NULL, NULL);
}

int vg__pg_copy_begin(vg_db *db, const char *sql, ExecStatusType wanted)
{
    PGconn *conn = vg__pg_ready(db);
    if (!conn)
        return db->error.code;
    PGresult *result = PQsendQuery(conn, sql) ? vg__pg_take(db) : NULL;
    int rc = PQresultStatus(result) == wanted ? VG_OK : vg__pg_fail(db, result, sql);
    PQclear(result);
    if (rc != VG_OK)
        PQclear(vg__pg_drain(db));
    else if (wanted == PGRES_COPY_IN)
        PQsetnonblocking(conn, 1);
    return rc;
}

/* "COPY posts, line 17, column title: ..." */
static int64_t line_of(const PGresult *result)
{
    const char *context = PQresultErrorField(result, PG_DIAG_CONTEXT);
    const char *line = context && strncmp(context, "COPY ", 5) == 0
                           ? strstr(context, ", line ")
                           : NULL;
    return line ? strtoll(line + 7, NULL, 10) : -1;
}

/* `why` not NULL: nothing of it is to stay. *line: from 1, or -1. */
int vg__pg_copy_finish(vg_db *db, const char *why, const char *sql, int64_t *line)
{
    PGconn *conn = conn_of(db);
    *line = -1;
    vg_error error = db->error;
    int rc = PQputCopyEnd(conn, why) > 0 ? vg__pg_copy_flush(db)
                                         : vg__pg_fail(db, NULL, sql);
    PQsetnonblocking(conn, 0);
    PGresult *result, *failed = NULL;
    int64_t rows = 0;
    while (rc == VG_OK && (result = vg__pg_take(db))) {
        if (vg__pg_good(result)) {
            rows = strtoll(PQcmdTuples(result), NULL, 10);
        } else if (!failed) {
            failed = result;
            continue;
        }
        PQclear(result);
        if (PQstatus(conn) != CONNECTION_OK)
            break;
    }
    if (why) {
        db->error = error;
        rc = error.code;
    } else if (failed) {
        *line = line_of(failed);
        rc = vg__pg_fail(db, failed, sql);
    }
    PQclear(failed);
    vg__pg_of(db)->changes = rows;
    return rc;
}

/* ---- files ---- */

int vg__pg_copy_out(vg_db *db, const char *sql,
                    int (*put)(void *ctx, const char *bytes, size_t len), void *ctx)
{
    PGconn *conn = conn_of(db);
    char *bytes = NULL;
    int len = 0, rc = vg__pg_copy_begin(db, sql, PGRES_COPY_OUT);
    if (rc != VG_OK)
        return rc;
    vg_error error = {0};
    while ((len = PQgetCopyData(conn, &bytes, 1)) >= 0) {
        if (len > 0) {
            if (rc == VG_OK && (rc = put(ctx, bytes, (size_t)len)) != VG_OK) {
                error = db->error;
                vg__pg_cancel(vg__pg_of(db)); /* nobody wants the rest */
            }
            PQfreemem(bytes);
            continue;
        }
        if (vg__pg_pipeline.wait(db, VG_WANT_READ, -1) != VG_OK ||
            !PQconsumeInput(conn))
            break;
        if (db->limit.on && vg__limit_over(db)) {
            vg__pg_cancel(vg__pg_of(db));
            vg__limit_suspend(db);
        }
    }
    PGresult *failed = vg__pg_drain(db);
    if (rc != VG_OK)
        db->error = error;
    else if (failed || PQstatus(conn) != CONNECTION_OK)
        rc = vg__pg_fail(db, failed, sql);
    PQclear(failed);
    return rc;
}

int vg__pg_copy_in(vg_db *db, const char *sql,
                   int (*get)(void *ctx, char *bytes, size_t room, size_t *len),
                   void *ctx, int64_t *line)
{
    size_t len = 1;
    int rc = vg__pg_copy_begin(db, sql, PGRES_COPY_IN);
    char *bytes = rc == VG_OK ? vg__db_alloc(db, NULL, 0, VG_PG_COPY_PIECE) : NULL;
    if (rc != VG_OK)
        return rc;
    if (!bytes)
        rc = vg__fail(db, VG_NO_MEMORY, NULL, "out of memory");
    while (rc == VG_OK && len) {
        rc = get(ctx, bytes, VG_PG_COPY_PIECE, &len);
        if (rc == VG_OK && len)
            rc = vg__pg_copy_send(db, bytes, len);
        if (rc == VG_OK && len)
            rc = vg__pg_copy_flush(db);
    }
    if (bytes)
        vg__db_alloc(db, bytes, VG_PG_COPY_PIECE, 0);
    return vg__pg_copy_finish(db, rc == VG_OK ? NULL : "given up", sql, line);
}
