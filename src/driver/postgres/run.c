/* Running. What begins a transaction is sent together with its first statement. */
#include "driver/postgres/postgres.h"
#include <strings.h>

enum { LOST_NAMES_OF_A_POOLER = 3 };

bool vg__pg_send(vg_pg *pg, const vg_pg_stmt *s)
{
    const vg_pg_params *p = &pg->params;
    const int *formats = p->binary ? p->formats : NULL;
    if (!s->name)
        return PQsendQueryParams(pg->conn, s->sql, s->param_count, s->types, p->values,
                                 p->lengths, formats, !s->text);
    return PQsendQueryPrepared(pg->conn, s->name_text, s->param_count, p->values,
                               p->lengths, formats, !s->text);
}

static bool is_copy(const PGresult *result)
{
    ExecStatusType status = PQresultStatus(result);
    return status == PGRES_COPY_IN || status == PGRES_COPY_OUT ||
           status == PGRES_COPY_BOTH;
}

/* BEGIN and the statement, in one round trip. */
static PGresult *run_with_begin(vg_db *db, const vg_pg_stmt *s)
{
    vg_pg *pg = vg__pg_of(db);
    const char *begin = pg->begin->sql;
    pg->begin = NULL;
    bool entered = PQenterPipelineMode(pg->conn);
    bool sent = entered &&
                PQsendQueryParams(pg->conn, begin, 0, NULL, NULL, NULL, NULL, 0) &&
                vg__pg_send(pg, s) && PQpipelineSync(pg->conn);
    PGresult *result = NULL;
    if (!sent)
        vg__pg_spoil_pipeline(db);
    if (sent && vg__pg_good(result = vg__pg_take_command(db))) {
        PQclear(result);
        result = vg__pg_take_command(db);
    }
    if (entered)
        vg__pg_leave_pipeline(db);
    return result;
}

/* To the end of the command, which is a commit when there is no transaction: it may still
 * fail after its result has come (a deferred constraint, a server that has no room for its
 * log). */
static PGresult *take_end(vg_db *db, PGresult *result)
{
    PGresult *more;
    while ((more = vg__pg_take(db))) {
        bool failed = vg__pg_good(result) && !vg__pg_good(more);
        PQclear(failed ? result : more);
        result = failed ? more : result;
    }
    return result;
}

static PGresult *run_alone(vg_db *db, const vg_pg_stmt *s)
{
    if (!vg__pg_send(vg__pg_of(db), s))
        return NULL;
    PGresult *result = vg__pg_take(db);
    return is_copy(result) ? result : take_end(db, result);
}

/* The first of the rows; the others when they are asked for. */
static PGresult *run_stream(vg_db *db, vg_pg_stmt *s)
{
    vg_pg *pg = vg__pg_of(db);
    if (!vg__pg_ready(db))
        return NULL;
    pg->running_in_tx = vg__pg_in_transaction(db);
    if (!vg__pg_send(pg, s))
        return NULL;
#ifdef LIBPQ_HAS_CHUNK_MODE
    PQsetChunkedRowsMode(pg->conn, 64);
#else
    PQsetSingleRowMode(pg->conn);
#endif
    PGresult *result = vg__pg_take(db);
    if (PQresultStatus(result) != PGRES_COMMAND_OK && vg__pg_good(result) &&
        PQresultStatus(result) != PGRES_TUPLES_OK) {
        pg->running = s;
        s->streams = true;
        return result;
    }
    return is_copy(result) ? result : take_end(db, result);
}

/* The server does not know the statement as it was prepared: it was told to forget it, a
 * pooler has given us another server connection, a table was altered. */
static bool is_stale(const PGresult *result)
{
    const char *function = PQresultErrorField(result, PG_DIAG_SOURCE_FUNCTION);
    return vg__pg_is_state(result, "26000") ||
           (vg__pg_is_state(result, "0A000") && function &&
            strcmp(function, "RevalidateCachedQuery") == 0);
}

static void note_stale(vg_pg *pg, vg_pg_stmt *s, const PGresult *result)
{
    s->stale = true;
    if (!vg__pg_is_state(result, "26000"))
        return;
    s->name = 0;
    if (pg->prepared == VG_PG_AUTO && ++pg->lost_names == LOST_NAMES_OF_A_POOLER) {
        pg->prepared = VG_PG_UNNAMED;
        pg->pooled = true;
    }
}

static int fail_stale(vg_db *db, const vg_pg_stmt *s, const PGresult *result)
{
    bool lost = vg__pg_is_state(result, "26000");
    return vg__fail_with(
        db, VG_BUSY, s->sql, &(vg_details){.sqlstate = lost ? "26000" : "0A000"}, "%s",
        lost ? "the server has forgotten the prepared statement (DISCARD, "
               "or a pooler: then say prepared=off); the transaction must "
               "be run again"
             : "a table of the statement was altered meanwhile; the "
               "transaction must be run again");
}

bool vg__pg_found_stale(vg_db *db, vg_pg_stmt *s, const PGresult *result)
{
    if (!is_stale(result))
        return false;
    note_stale(vg__pg_of(db), s, result);
    fail_stale(db, s, result);
    return true;
}

/* What was encoded for the types of before; what was bound as structs (no `params`) is not at
 * hand any more. */
static bool encode_again(vg_db *db, vg_pg_stmt *s, const vg_param *params)
{
    if (!s->retyped)
        return true;
    if (params)
        return vg__pg_encode(db, s, params) == VG_OK;
    vg__fail_with(db, VG_BUSY, s->sql, &(vg_details){.sqlstate = "0A000"},
                  "a table of the statement was altered meanwhile; run it again");
    return false;
}

/* Run, and once more if it must be prepared anew; not in the middle of a transaction, which
 * has failed then. NULL after vg__fail. */
static PGresult *run_or_prepare(vg_db *db, vg_pg_stmt *s, const vg_param *params,
                                bool stream)
{
    vg_pg *pg = vg__pg_of(db);
    for (int attempt = 0;; attempt++) {
        vg_pg_stmt *begin = pg->begin;
        PGresult *result = stream                ? run_stream(db, s)
                           : begin && s != begin ? run_with_begin(db, s)
                                                 : run_alone(db, s);
        if (vg__pg_good(result))
            return result;
        if (!result || !is_stale(result) || attempt) {
            if (!db->error.code || result)
                vg__pg_fail(db, result, s->sql);
            if (is_copy(result)) {
                vg__fail(db, VG_UNSUPPORTED, s->sql,
                         "COPY needs the calls that are made for it");
                PQclear(PQexec(pg->conn, "")); /* ends the COPY */
            }
            PQclear(result);
            return NULL;
        }
        note_stale(pg, s, result);
        bool in_tx = !begin && vg__pg_in_transaction(db);
        if (in_tx)
            fail_stale(db, s, result);
        PQclear(result);
        if (in_tx)
            return NULL;
        if (begin) { /* nothing was done in it */
            PQclear(vg__pg_query(db, "rollback"));
            pg->begin = begin;
        }
        if (vg__pg_prepare_anew(db, s) != VG_OK || !encode_again(db, s, params))
            return NULL;
    }
}

/* "INSERT 0 5", "UPDATE 5" */
static void note_tag(vg_pg *pg, PGresult *result)
{
    const char *tag = PQcmdStatus(result), *p = strrchr(tag, ' ');
    int64_t n = 0;
    while (p && *++p >= '0' && *p <= '9')
        n = n * 10 + (*p - '0');
    pg->changes = n;
    pg->inserted |= tag[0] == 'I';
}

void vg__pg_adopt(vg_db *db, vg_pg_stmt *s, PGresult *result)
{
    s->result = result;
    if (s->writes)
        note_tag(vg__pg_of(db), result);
    if (!s->name) /* it was prepared anew, and its columns may be others now */
        vg__pg_note_columns(s, result);
    s->row = -1;
    s->rows = PQntuples(result);
}

/* What ends a transaction that failed says so by its tag alone. */
static int check_commit(vg_db *db, const vg_pg_stmt *s, PGresult *result)
{
    if (strcmp(PQcmdStatus(result), "ROLLBACK") != 0)
        return VG_OK;
    return vg__fail(db, VG_ROLLED_BACK, s->sql,
                    "a statement of the transaction had failed, so it was rolled back");
}

static int refuse(vg_db *db, const vg_pg_stmt *s, size_t count)
{
    if ((int)count != s->param_count)
        return vg__fail(db, VG_INVALID, s->sql,
                        "the statement takes %d parameters and is given %zu",
                        s->param_count, count);
    return vg__fail(db, VG_READ_ONLY, s->sql, "the database was opened to read only");
}

/* BEGIN waits for the first statement, and is not sent at all when there is none. */
static bool is_put_off(vg_db *db, vg_pg_stmt *s)
{
    vg_pg *pg = vg__pg_of(db);
    if (s->begins && !pg->begin && !vg__pg_in_transaction(db)) {
        pg->begin = s;
        return true;
    }
    bool ends =
        s->controls && pg->begin &&
        (s->commits || strncasecmp(vg__pg_skip_blanks(s->sql), "rollback", 8) == 0) &&
        !strchr(vg__pg_skip_blanks(s->sql), ' ');
    if (ends)
        pg->begin = NULL;
    return ends;
}

/* Its parameters were bound as structs. */
static bool is_bound(vg_pg *pg, const vg_pg_stmt *s, size_t count)
{
    bool bound = pg->bound == s && !count;
    pg->bound = NULL;
    return bound;
}

static int start(vg_db *db, vg_pg_stmt *s, const vg_param *params, size_t count,
                 bool stream)
{
    vg_pg *pg = vg__pg_of(db);
    if (((int)count != s->param_count && !is_bound(pg, s, count)) ||
        (pg->refuses_writes && s->writes))
        return refuse(db, s, count);
    if (pg->lost[0])
        return vg__pg_fail(db, NULL, s->sql);
    if (pg->running && vg__pg_absorb(db) != VG_OK)
        return db->error.code;
    if (s->controls && is_put_off(db, s))
        return VG_OK;
    if (s->stale && vg__pg_prepare_anew(db, s) != VG_OK)
        return db->error.code;
    int rc = count ? vg__pg_encode(db, s, params) : VG_OK;
    if (rc != VG_OK)
        return rc;
    s->result = run_or_prepare(db, s, count ? params : NULL, stream);
    if (!s->result)
        return db->error.code;
    vg__pg_adopt(db, s, s->result);
    return s->commits ? check_commit(db, s, s->result) : VG_OK;
}

int vg__pg_bind(vg_db *db, void *native, const vg_param *params, size_t count,
                bool copy)
{
    return start(db, native, params, count, copy);
}

int vg__pg_step(vg_db *db, void *native)
{
    vg_pg_stmt *s = native;
    if (s->streams || s->error)
        return vg__pg_stream_step(db, s);
    return ++s->row < s->rows ? VG_STEP_ROW : VG_STEP_DONE;
}

int vg__pg_reset(vg_db *db, void *native)
{
    vg_pg_stmt *s = native;
    int rc = s->streams ? vg__pg_stream_end(db, s) : VG_OK;
    PQclear(s->result);
    PQclear(s->error);
    s->result = s->error = NULL;
    s->row = s->rows = 0;
    return rc;
}

int vg__pg_run(vg_db *db, void *native, const vg_param *params, size_t count)
{
    vg_pg_stmt *s = native;
    int rc = start(db, s, params, count, false);
    PQclear(s->result);
    s->result = NULL;
    return rc;
}

size_t vg__pg_column_count(void *native)
{
    return (size_t)((vg_pg_stmt *)native)->column_count;
}

bool vg__pg_writes(void *native)
{
    return ((vg_pg_stmt *)native)->writes;
}
