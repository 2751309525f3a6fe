/* Sending and waiting: what takes too long is cancelled, a server that does not even answer
 * that is given up. */
#include "core/limit.h"
#include "base/clock.h"
#include "driver/postgres/postgres.h"
#include <errno.h>
#include <poll.h>
#include <pthread.h>
#include <stdatomic.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/socket.h>

enum {
    LOOK_MS = 1000,  /* between two looks at the clock */
    GRACE_MS = 5000, /* for the answer to a cancel */
};

void vg__pg_cancel(vg_pg *pg)
{
    char why[256];
    if (pg->cancel)
        PQcancel(pg->cancel, why, sizeof why);
}

void vg__pg_give_up(vg_db *db, const char *why)
{
    vg_pg *pg = vg__pg_of(db);
    if (!pg->lost[0])
        snprintf(pg->lost, sizeof pg->lost, "%s", why);
    shutdown(PQsocket(pg->conn), SHUT_RDWR); /* libpq finds out by itself */
}

/* Wait for bytes, and take them. False: none came within that time. */
static bool wait_for_bytes(PGconn *conn, int64_t ms)
{
    struct pollfd fd = {.fd = PQsocket(conn), .events = POLLIN};
    if (fd.fd < 0)
        return PQconsumeInput(conn), true;
    int ready = poll(&fd, 1, (int)ms);
    if (ready == 0 || (ready < 0 && errno == EINTR))
        return false;
    PQconsumeInput(conn); /* a failure is told by the result */
    return true;
}

/* ---- cancelling ---- */

/* A request on its way: libpq waits without end for a server that takes one and does not
 * answer, so that is not for the thread that is to be stopped in time. Two hold it. */
typedef struct request {
    PGcancel *cancel;
    atomic_bool done;
    atomic_int holders;
} request;

static void let_go(request *r)
{
    if (atomic_fetch_sub(&r->holders, 1) > 1)
        return;
    PQfreeCancel(r->cancel);
    free(r);
}

static void *cancel_aside(void *ctx)
{
    char why[256];
    request *r = ctx;
    PQcancel(r->cancel, why, sizeof why);
    atomic_store(&r->done, true);
    let_go(r);
    return NULL;
}

/* NULL: it could not be made, and the thread itself has cancelled. */
static request *cancel_in_time(vg_pg *pg)
{
    pthread_t thread;
    request *r = calloc(1, sizeof *r);
    if (r) {
        r->cancel = PQgetCancel(pg->conn);
        atomic_init(&r->holders, 2);
        if (r->cancel && pthread_create(&thread, NULL, cancel_aside, r) == 0) {
            pthread_detach(thread);
            return r;
        }
        PQfreeCancel(r->cancel);
        free(r);
    }
    vg__pg_cancel(pg);
    return NULL;
}

/* Once the server has taken the request it counts for what is running now, or for nothing; one
 * that is still on its way would hit the next statement. */
static bool has_arrived(const request *r, int64_t until)
{
    while (!atomic_load(&r->done) && vg__clock_ms() < until)
        poll(NULL, 0, 1);
    return atomic_load(&r->done);
}

/* The time is over: cancel, and wait for what the server says to that. */
static void stop(vg_db *db)
{
    vg_pg *pg = vg__pg_of(db);
    int64_t until = vg__clock_ms() + GRACE_MS, left = GRACE_MS;
    request *r = cancel_in_time(pg);
    while (left > 0 && PQisBusy(pg->conn) && PQstatus(pg->conn) == CONNECTION_OK) {
        wait_for_bytes(pg->conn, left);
        left = until - vg__clock_ms();
    }
    if ((left <= 0 && PQisBusy(pg->conn)) || (r && !has_arrived(r, until)))
        vg__pg_give_up(db,
                       "the server did not answer when a statement that took too long "
                       "was cancelled");
    if (r)
        let_go(r);
}

PGresult *vg__pg_take_in_time(vg_db *db)
{
    PGconn *conn = vg__pg_of(db)->conn;
    while (PQisBusy(conn) && PQstatus(conn) == CONNECTION_OK) {
        if (vg__limit_over(db)) {
            int64_t until = vg__limit_suspend(db);
            stop(db);
            vg__limit_resume(db, until);
            break;
        }
        wait_for_bytes(conn, vg__limit_wait(db, LOOK_MS));
    }
    return PQgetResult(conn);
}

PGresult *vg__pg_drain(vg_db *db)
{
    PGresult *last = NULL, *result;
    while ((result = vg__pg_take(db))) {
        if (vg__pg_good(result)) {
            PQclear(result);
            continue;
        }
        PQclear(last);
        last = result;
        if (PQstatus(vg__pg_of(db)->conn) != CONNECTION_OK)
            break;
    }
    return last;
}

bool vg__pg_in_transaction(vg_db *db)
{
    vg_pg *pg = vg__pg_of(db);
    if (pg->begin)
        return true;
    if (pg->running)
        return pg->running_in_tx;
    PGTransactionStatusType status = PQtransactionStatus(pg->conn);
    return status == PQTRANS_INTRANS || status == PQTRANS_INERROR;
}

/* Several results may come of one query: the last one, or the first that failed. */
static PGresult *last_result(vg_db *db)
{
    PGresult *last = NULL, *result;
    while ((result = vg__pg_take(db))) {
        ExecStatusType status = PQresultStatus(result);
        if (last && !vg__pg_good(last)) {
            PQclear(result);
            continue;
        }
        PQclear(last);
        last = result;
        if (status == PGRES_COPY_IN || status == PGRES_COPY_OUT ||
            status == PGRES_COPY_BOTH || PQstatus(vg__pg_of(db)->conn) != CONNECTION_OK)
            break;
    }
    return last;
}

static PGresult *answer(vg_db *db, bool sent, const char *sql)
{
    PGresult *result = sent ? last_result(db) : NULL;
    if (result && vg__pg_good(result))
        return result;
    vg__pg_fail(db, result, sql);
    ExecStatusType status = PQresultStatus(result);
    PQclear(result);
    if (status == PGRES_COPY_IN || status == PGRES_COPY_OUT) {
        vg__fail(db, VG_UNSUPPORTED, sql, "COPY needs the calls that are made for it");
        PQclear(PQexec(vg__pg_of(db)->conn, "")); /* ends the COPY */
    }
    return NULL;
}

static int begin_now(vg_db *db)
{
    vg_pg *pg = vg__pg_of(db);
    const char *sql = pg->begin->sql;
    pg->begin = NULL;
    PGresult *result = answer(db, PQsendQuery(pg->conn, sql), sql);
    PQclear(result);
    return result ? VG_OK : db->error.code;
}

PGconn *vg__pg_ready(vg_db *db)
{
    vg_pg *pg = vg__pg_of(db);
    if (pg->lost[0]) {
        vg__pg_fail(db, NULL, NULL);
        return NULL;
    }
    if (pg->running && vg__pg_absorb(db) != VG_OK)
        return NULL;
    if (pg->begin && begin_now(db) != VG_OK)
        return NULL;
    return pg->conn;
}

PGresult *vg__pg_query(vg_db *db, const char *sql)
{
    PGconn *conn = vg__pg_ready(db);
    return conn ? answer(db, PQsendQuery(conn, sql), sql) : NULL;
}

PGresult *vg__pg_query_params(vg_db *db, const char *sql, int count,
                              const char *const *values)
{
    PGconn *conn = vg__pg_ready(db);
    return conn ? answer(
                      db,
                      PQsendQueryParams(conn, sql, count, NULL, values, NULL, NULL, 0),
                      sql)
                : NULL;
}

/* ---- pipelines ---- */

/* The result of one command of a pipeline, which NULL ends. */
PGresult *vg__pg_take_command(vg_db *db)
{
    PGresult *result = vg__pg_take(db), *more;
    if (result && PQresultStatus(result) != PGRES_PIPELINE_SYNC)
        while ((more = vg__pg_take(db)))
            PQclear(more);
    return result;
}

/* Read up to the next sync. */
void vg__pg_take_sync(vg_db *db)
{
    PGconn *conn = vg__pg_of(db)->conn;
    bool done = false;
    while (!done && PQstatus(conn) == CONNECTION_OK) {
        PGresult *result = vg__pg_take(db);
        done = PQresultStatus(result) == PGRES_PIPELINE_SYNC;
        PQclear(result);
    }
}

void vg__pg_leave_pipeline(vg_db *db)
{
    vg__pg_take_sync(db);
    PQexitPipelineMode(vg__pg_of(db)->conn);
}

/* Part of a pipeline could not be sent, for want of memory: nobody knows what the server
 * makes of it. */
void vg__pg_spoil_pipeline(vg_db *db)
{
    if (PQstatus(vg__pg_of(db)->conn) == CONNECTION_OK)
        vg__pg_give_up(db, "out of memory while statements were sent");
}
