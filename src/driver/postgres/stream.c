/* Cursors: rows one by one, as they come. When another statement wants the connection, the
 * rest is read into memory first, so that programs may nest them as on SQLite. */
#include "driver/postgres/postgres.h"

/* Rows that are read to the end rather than cancelled, when nobody wants them. */
enum { CHEAPER_THAN_CANCEL = 500 };

/* The rows have ended: well, or with an error that is told after the last one. */
static void end_of_rows(vg_db *db, vg_pg_stmt *s, PGresult *last)
{
    vg_pg *pg = vg__pg_of(db);
    PGresult *rest = vg__pg_drain(db);
    pg->running = NULL;
    s->streams = false;
    if (last && vg__pg_good(last)) {
        PQclear(last);
        last = NULL;
    }
    s->error = last ? last : rest;
    if (last)
        PQclear(rest);
}

static bool is_row(const PGresult *result)
{
#ifdef LIBPQ_HAS_CHUNK_MODE
    if (PQresultStatus(result) == PGRES_TUPLES_CHUNK)
        return true;
#endif
    return PQresultStatus(result) == PGRES_SINGLE_TUPLE;
}

static int tell_error(vg_db *db, vg_pg_stmt *s)
{
    int rc = vg__pg_fail(db, s->error, s->sql);
    PQclear(s->error);
    s->error = NULL;
    return rc;
}

int vg__pg_stream_step(vg_db *db, vg_pg_stmt *s)
{
    if (++s->row < s->rows)
        return VG_STEP_ROW;
    if (!s->streams)
        return s->error ? tell_error(db, s) : VG_STEP_DONE;
    PQclear(s->result);
    s->result = vg__pg_take(db);
    s->row = 0;
    s->rows = 0;
    if (s->result && is_row(s->result)) {
        s->rows = PQntuples(s->result);
        return VG_STEP_ROW;
    }
    PGresult *last = s->result;
    s->result = NULL;
    if (!last) {
        end_of_rows(db, s, NULL);
        return vg__pg_fail(db, NULL, s->sql);
    }
    end_of_rows(db, s, last);
    return s->error ? tell_error(db, s) : VG_STEP_DONE;
}

/* The rows of `from` behind those of `to`, which is made for the first of them. */
static bool append(PGresult **to, const PGresult *from, int first)
{
    if (!*to && !(*to = PQcopyResult(from, PG_COPYRES_ATTRS)))
        return false;
    for (int row = first; row < PQntuples(from); row++) {
        int at = PQntuples(*to);
        for (int i = 0; i < PQnfields(from); i++) {
            bool null = PQgetisnull(from, row, i);
            if (!PQsetvalue(*to, at, i, null ? NULL : PQgetvalue(from, row, i),
                            null ? -1 : PQgetlength(from, row, i)))
                return false;
        }
    }
    return true;
}

/* Rows are missing now: better none than some. */
static int no_memory(vg_db *db, vg_pg_stmt *s, PGresult *rest)
{
    PQclear(rest);
    PQclear(s->result);
    s->result = NULL;
    s->row = s->rows = 0;
    end_of_rows(db, s, NULL);
    if (!s->error)
        s->error = PQmakeEmptyPGresult(NULL, PGRES_FATAL_ERROR);
    return vg__fail(
        db, VG_NO_MEMORY, s->sql,
        "out of memory: the rest of an open cursor's rows must be kept while "
        "another statement runs");
}

int vg__pg_absorb(vg_db *db)
{
    vg_pg_stmt *s = vg__pg_of(db)->running;
    PGresult *rest = NULL, *result;
    int row = s->row;
    if (s->result && row < s->rows && !append(&rest, s->result, row < 0 ? 0 : row))
        return no_memory(db, s, rest);
    while ((result = vg__pg_take(db)) && is_row(result)) {
        bool kept = append(&rest, result, 0);
        PQclear(result);
        if (!kept)
            return no_memory(db, s, rest);
    }
    end_of_rows(db, s, result);
    /* The current row stays the current one: the first of those that were kept. */
    bool current = s->result && row >= 0 && row < s->rows;
    PQclear(s->result);
    s->result = rest;
    s->rows = rest ? PQntuples(rest) : 0;
    s->row = current ? 0 : -1;
    return VG_OK;
}

/* In a transaction a cancel would take all of it back, and behind a pooler it might hit
 * somebody else's statement. */
static bool may_cancel(const vg_pg *pg, const vg_pg_stmt *s)
{
    return !pg->running_in_tx && !pg->pooled && !s->writes;
}

int vg__pg_stream_end(vg_db *db, vg_pg_stmt *s)
{
    vg_pg *pg = vg__pg_of(db);
    bool in_tx = pg->running_in_tx, cancelled = false;
    PGresult *result;
    int rows = 0;
    while ((result = vg__pg_take(db)) && is_row(result)) {
        PQclear(result);
        if (++rows == CHEAPER_THAN_CANCEL && may_cancel(pg, s)) {
            vg__pg_cancel(pg);
            cancelled = true;
        }
    }
    end_of_rows(db, s, result);
    int rc = VG_OK;
    /* What goes wrong after the last row that was wanted matters to a transaction only. */
    if (s->error && (in_tx || PQstatus(pg->conn) != CONNECTION_OK) && !cancelled)
        rc = vg__pg_fail(db, s->error, s->sql);
    PQclear(s->error);
    s->error = NULL;
    return rc;
}
