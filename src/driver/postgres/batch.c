/* The pipeline: libpq's, without blocking. What is read and written goes through libpq's
 * buffers; the core keeps both short by turning to the other whenever one would wait. */
#include "driver/postgres/postgres.h"
#include "core/run.h"
#include "core/services.h"
#include <errno.h>
#include <limits.h>
#include <poll.h>
#include <virga/batch.h>

enum { WAKE_MS = 20 };

static PGconn *conn_of(const vg_db *db)
{
    return vg__pg_of(db)->conn;
}

static int lost(vg_db *db, const char *sql)
{
    return vg__pg_fail(db, NULL, sql);
}

static int pipeline_begin(vg_db *db)
{
    PGconn *conn = vg__pg_ready(db);
    if (!conn)
        return db->error.code;
    if (PQenterPipelineMode(conn) && PQsetnonblocking(conn, 1) == 0)
        return VG_OK;
    return lost(db, NULL);
}

static void pipeline_end(vg_db *db)
{
    PQexitPipelineMode(conn_of(db));
    PQsetnonblocking(conn_of(db), 0);
}

static bool stale(void *native)
{
    return ((vg_pg_stmt *)native)->stale;
}

static int prepare(vg_db *db, const char *sql, unsigned *number)
{
    bool sent;
    *number = vg__pg_send_prepare(db, sql, &sent);
    return sent ? VG_OK : lost(db, sql);
}

static int run(vg_db *db, void *native, const vg_param *params, size_t count)
{
    vg_pg_stmt *s = native;
    if ((int)count != s->param_count)
        return vg__fail(db, VG_INVALID, s->sql,
                        "the statement takes %d parameters and is given %zu",
                        s->param_count, count);
    if (vg__pg_of(db)->refuses_writes && s->writes)
        return vg__fail(db, VG_READ_ONLY, s->sql,
                        "the database was opened to read only");
    int rc = vg__pg_encode(db, s, params);
    if (rc != VG_OK)
        return rc;
    return vg__pg_send(vg__pg_of(db), s) ? VG_OK : lost(db, s->sql);
}

static int control(vg_db *db, const char *sql)
{
    return PQsendQueryParams(conn_of(db), sql, 0, NULL, NULL, NULL, NULL, 1)
               ? VG_OK
               : lost(db, sql);
}

static int sync_point(vg_db *db)
{
    return PQpipelineSync(conn_of(db)) ? VG_OK : lost(db, NULL);
}

static int flush(vg_db *db, bool *all)
{
    int left = PQflush(conn_of(db));
    *all = left == 0;
    return left < 0 ? lost(db, NULL) : VG_OK;
}

/* Whether the next answer has not come whole yet. */
static bool busy(PGconn *conn)
{
    return PQisBusy(conn) && PQconsumeInput(conn) && PQisBusy(conn);
}

static vg_reply take(vg_db *db, vg_message what, const char *sql, unsigned number,
                     void **native, PGresult *result)
{
    int rc;
    switch (what) {
    case VG_MESSAGE_RUN: vg__pg_adopt(db, *native, result); return VG_REPLY_RESULT;
    case VG_MESSAGE_DESCRIBE:
        rc = vg__pg_described(db, sql, number, result, native);
        PQclear(result);
        return rc == VG_OK ? VG_REPLY_RESULT : VG_REPLY_FAILED;
    default: PQclear(result); return VG_REPLY_RESULT;
    }
}

static vg_reply receive(vg_db *db, vg_message what, const char *sql, unsigned number,
                        void **native)
{
    PGconn *conn = conn_of(db);
    if (busy(conn))
        return VG_REPLY_NONE;
    PGresult *result = PQgetResult(conn);
    ExecStatusType status = PQresultStatus(result);
    if (!result && what == VG_MESSAGE_SYNC && PQstatus(conn) == CONNECTION_OK)
        return receive(db, what, sql, number, native); /* the end of a failed commit */
    if (!result && PQstatus(conn) == CONNECTION_OK)
        return VG_REPLY_END;
    vg_reply reply = VG_REPLY_FAILED;
    if (status == PGRES_PIPELINE_SYNC)
        reply = VG_REPLY_END;
    else if (status == PGRES_PIPELINE_ABORTED)
        reply = VG_REPLY_SKIPPED;
    else if (status == PGRES_COMMAND_OK || status == PGRES_TUPLES_OK)
        return take(db, what, sql, number, native, result);
    else if (what != VG_MESSAGE_RUN || !vg__pg_found_stale(db, *native, result))
        vg__pg_fail(db, result, sql);
    PQclear(result);
    return PQstatus(conn) == CONNECTION_OK ? reply : VG_REPLY_LOST;
}

/* How long to sleep before looking at the limit again; -1: there is none. */
static int nap_ms(const vg_db *db, int most_ms)
{
    if (!db->limit.on || db->limit.until_ns == INT64_MAX)
        return most_ms;
    int64_t left = (db->limit.until_ns - vg__clock()) / 1000000 + 1;
    int64_t most = most_ms < 0 ? INT_MAX : most_ms;
    return left < WAKE_MS ? WAKE_MS : left > most ? (int)most : (int)left;
}

static int pipeline_wait(vg_db *db, unsigned want, int most_ms)
{
    struct pollfd fd = {.fd = PQsocket(conn_of(db))};
    if (want & VG_WANT_READ)
        fd.events |= POLLIN;
    if (want & VG_WANT_WRITE)
        fd.events |= POLLOUT;
    if (fd.fd < 0)
        return lost(db, NULL);
    if (poll(&fd, 1, nap_ms(db, most_ms)) < 0 && errno != EINTR)
        return vg__fail(db, VG_IO, NULL, "poll: error %d", errno);
    return VG_OK;
}

static int descriptor(const vg_db *db)
{
    return PQsocket(conn_of(db));
}

const vg_pipeline vg__pg_pipeline = {
    .begin = pipeline_begin,
    .end = pipeline_end,
    .stale = stale,
    .prepare = prepare,
    .run = run,
    .control = control,
    .sync = sync_point,
    .flush = flush,
    .receive = receive,
    .wait = pipeline_wait,
    .fd = descriptor,
};
