/* What pools ask of a connection: is it still there, how far is its server, forget what was
 * set. */
#include "core/limit.h"
#include "driver/postgres/postgres.h"
#include <poll.h>
#include <stdlib.h>

static bool has_input(const PGconn *conn)
{
    struct pollfd fd = {.fd = PQsocket(conn), .events = POLLIN};
    return poll(&fd, 1, 0) > 0;
}

/* A server that ends a connection says why and closes it: then there is something to read
 * where nothing was asked for. */
vg_pulse vg__pg_pulse(const vg_db *db)
{
    PGconn *conn = vg__pg_of(db)->conn;
    if (vg__pg_of(db)->lost[0] || PQstatus(conn) != CONNECTION_OK || PQsocket(conn) < 0)
        return VG_PULSE_LOST;
    if (!has_input(conn))
        return VG_PULSE_QUIET;
    for (int i = 0; i < 4 && has_input(conn); i++)
        if (!PQconsumeInput(conn) || PQstatus(conn) != CONNECTION_OK)
            return VG_PULSE_LOST;
    return VG_PULSE_SPOKE;
}

/* Ask something simple. A server that has not answered when the call's time is over is
 * given up, and not even asked to stop: it may be one that answers nobody. */
static PGresult *ask(vg_db *db, const char *sql)
{
    PGconn *conn = vg__pg_ready(db);
    if (!conn)
        return NULL;
    bool sent = PQsendQuery(conn, sql);
    while (sent && PQisBusy(conn) && PQstatus(conn) == CONNECTION_OK) {
        struct pollfd fd = {.fd = PQsocket(conn), .events = POLLIN};
        int64_t ms = vg__limit_wait(db, 1000);
        if (ms <= 0)
            vg__pg_give_up(db, "the server does not answer");
        else
            poll(&fd, 1, (int)ms);
        if (has_input(conn) && !PQconsumeInput(conn))
            break;
    }
    PGresult *result = sent ? PQgetResult(conn) : NULL, *more;
    while (sent && (more = PQgetResult(conn)) != NULL)
        PQclear(more);
    if (vg__pg_good(result) && !vg__pg_of(db)->lost[0])
        return result;
    vg__limit_suspend(db); /* it is the connection that is no good, not the call */
    db->limit.stopped = 0;
    vg__pg_fail(db, result, sql);
    PQclear(result);
    return NULL;
}

int vg__pg_check(vg_db *db)
{
    PGresult *result = ask(db, "select 1");
    PQclear(result);
    return result ? VG_OK : db->error.code;
}

/* How far the server is: on a primary the end of what was written, on a replica the end of
 * what can be seen. A replica that has replayed all it received lags by nothing as long as
 * it is connected; else by the age of the last transaction it has seen. */
static const char position_sql[] =
    "select r, case when r then (pg_last_wal_replay_lsn() - '0/0')::text"
    " else (pg_current_wal_insert_lsn() - '0/0')::text end,"
    " case when not r or (pg_last_wal_receive_lsn() = pg_last_wal_replay_lsn()"
    " and exists (select from pg_stat_get_wal_receiver() where pid is not null)) then 0"
    " else coalesce((extract(epoch from clock_timestamp() -"
    " pg_last_xact_replay_timestamp()) * 1000)::bigint, 2147483647) end"
    " from pg_is_in_recovery() r";

int vg__pg_position(vg_db *db, vg_position *out)
{
    PGresult *result = ask(db, position_sql);
    int rc = result ? VG_OK : db->error.code;
    *out = (vg_position){.primary = true};
    if (rc == VG_OK) {
        out->primary = PQgetvalue(result, 0, 0)[0] == 'f';
        out->at = strtoull(PQgetvalue(result, 0, 1), NULL, 10);
        out->lag_ms = strtoll(PQgetvalue(result, 0, 2), NULL, 10);
        if (out->lag_ms < 0) /* the clocks of two machines differ */
            out->lag_ms = 0;
    }
    PQclear(result);
    return rc;
}

/* DISCARD ALL, but for the prepared statements and the settings, which are the driver's. */
int vg__pg_forget_session(vg_db *db)
{
    int rc = db->driver->script(db, "close all; set session authorization default; "
                                    "reset all; unlisten *; "
                                    "select pg_advisory_unlock_all(); "
                                    "discard temp; discard sequences");
    return rc == VG_OK ? vg__pg_set_up(db) : rc;
}
