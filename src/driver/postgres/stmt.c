/* Preparing and running. A statement is prepared once, under a name, and described in the
 * same round trip; what it runs with is sent as the types that the server inferred. What
 * begins a transaction is sent together with its first statement. */
#include "driver/postgres/postgres.h"
#include <stdio.h>
#include <strings.h>

enum { NAME_ROOM = 48, LOST_NAMES_OF_A_POOLER = 3 };

/* ---- what a statement does, by its first word ---- */

enum { READS = 1, BEGINS = 2, COMMITS = 4, CONTROLS = 8, ASKS = 16 };

static const struct {
    const char *word;
    int does;
} first_words[] = {
    {"select", READS | ASKS},
    {"with", ASKS},
    {"values", READS},
    {"table", READS},
    {"show", READS},
    {"explain", READS},
    {"fetch", READS},
    {"set", READS},
    {"reset", READS},
    {"listen", READS},
    {"unlisten", READS},
    {"begin", READS | CONTROLS | BEGINS},
    {"start", READS | CONTROLS | BEGINS},
    {"commit", READS | CONTROLS | COMMITS},
    {"end", READS | CONTROLS | COMMITS},
    {"rollback", READS | CONTROLS},
    {"abort", READS | CONTROLS},
    {"savepoint", READS | CONTROLS},
    {"release", READS | CONTROLS},
};

static const char *skip_blanks(const char *sql)
{
    for (;;) {
        sql += strspn(sql, " \t\r\n(");
        if (strncmp(sql, "/*", 2) == 0 && strstr(sql, "*/"))
            sql = strstr(sql, "*/") + 2;
        else if (strncmp(sql, "--", 2) == 0)
            sql += strcspn(sql, "\n");
        else
            return sql;
    }
}

/* A query whose CTE writes. */
static bool asks_and_writes(const char *sql)
{
    return strstr(sql, "insert into ") || strstr(sql, "delete from ") ||
           strstr(sql, "merge into ") || strstr(sql, "update ");
}

static int does_of(const char *sql)
{
    const char *word = skip_blanks(sql);
    size_t len = strspn(word, "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ");
    for (size_t i = 0; i < sizeof first_words / sizeof *first_words; i++)
        if (strlen(first_words[i].word) == len &&
            strncasecmp(first_words[i].word, word, len) == 0)
            return first_words[i].does;
    return 0;
}

static void classify(vg_pg_stmt *s)
{
    int does = does_of(s->sql);
    bool with = does == ASKS;
    s->writes = with ? asks_and_writes(s->sql) : !(does & READS);
    s->begins = does & BEGINS;
    s->commits = does & COMMITS;
    s->controls = does & CONTROLS;
}

/* ---- preparing ---- */

static vg_pg_stmt *make_stmt(vg_db *db, int params, int columns, const char *sql)
{
    size_t n = (size_t)params, m = (size_t)columns, len = strlen(sql) + 1;
    size_t size = sizeof(vg_pg_stmt) + (n + m) * sizeof(Oid) + m + len;
    vg_pg_stmt *s = vg__db_alloc(db, NULL, 0, size);
    if (!s)
        return NULL;
    memset(s, 0, size);
    s->size = size;
    s->param_count = params;
    s->column_count = columns;
    s->types = (Oid *)(void *)(s + 1);
    s->columns = s->types + n;
    s->readers = (vg_pg_reader *)(s->columns + m);
    s->sql = memcpy(s->readers + m, sql, len);
    classify(s);
    return s;
}

static const char *name_of(const vg_pg *pg, unsigned number, char room[NAME_ROOM])
{
    snprintf(room, NAME_ROOM, "%s%u", number ? pg->prefix : "", number);
    return number ? room : "";
}

/* The result of one command of a pipeline, which NULL ends. */
static PGresult *take_command(vg_db *db)
{
    PGresult *result = vg__pg_take(db), *more;
    if (result && PQresultStatus(result) != PGRES_PIPELINE_SYNC)
        while ((more = vg__pg_take(db)))
            PQclear(more);
    return result;
}

/* Read up to the next sync. */
static void take_sync(vg_db *db)
{
    PGconn *conn = vg__pg_of(db)->conn;
    bool done = false;
    while (!done && PQstatus(conn) == CONNECTION_OK) {
        PGresult *result = vg__pg_take(db);
        done = PQresultStatus(result) == PGRES_PIPELINE_SYNC;
        PQclear(result);
    }
}

static void leave_pipeline(vg_db *db)
{
    take_sync(db);
    PQexitPipelineMode(vg__pg_of(db)->conn);
}

/* Part of a pipeline could not be sent, for want of memory: nobody knows what the server
 * makes of it. */
static void spoil_pipeline(vg_db *db)
{
    if (PQstatus(vg__pg_of(db)->conn) == CONNECTION_OK)
        vg__pg_give_up(db, "out of memory while statements were sent");
}

/* Ask the server to forget what the cache has; with a sync of its own, so that a name that
 * it does not know harms nobody. False: not sent. */
static bool send_gone(vg_pg *pg)
{
    char name[NAME_ROOM], sql[NAME_ROOM + 16];
    for (int i = 0; i < pg->gone_count; i++) {
        snprintf(sql, sizeof sql, "deallocate %s", name_of(pg, pg->gone[i], name));
        if (!PQsendQueryParams(pg->conn, sql, 0, NULL, NULL, NULL, NULL, 0))
            return false;
    }
    return PQpipelineSync(pg->conn);
}

/* A transaction would fail with a name that the server does not know, so it is left alone
 * as long as possible. */
static bool may_forget(vg_db *db)
{
    const vg_pg *pg = vg__pg_of(db);
    bool full = pg->gone_count == VG_PG_GONE &&
                PQtransactionStatus(pg->conn) == PQTRANS_INTRANS;
    return pg->gone_count && (full || !vg__pg_in_transaction(db));
}

/* Prepare as `number` and describe, in one round trip; the description, or NULL after
 * vg__fail. */
static PGresult *prepare_as(vg_db *db, unsigned number, const char *sql)
{
    vg_pg *pg = vg__pg_of(db);
    char room[NAME_ROOM];
    const char *name = name_of(pg, number, room);
    bool gone = may_forget(db);
    bool entered = PQenterPipelineMode(pg->conn);
    bool sent = entered && (!gone || send_gone(pg)) &&
                PQsendPrepare(pg->conn, name, sql, 0, NULL) &&
                PQsendDescribePrepared(pg->conn, name) && PQpipelineSync(pg->conn);
    PGresult *result = NULL;
    if (!sent)
        spoil_pipeline(db);
    if (sent && gone) {
        take_sync(db);
        pg->gone_count = 0;
    }
    if (sent && vg__pg_good(result = take_command(db))) {
        PQclear(result);
        result = take_command(db);
    }
    if (entered)
        leave_pipeline(db);
    if (result && PQresultStatus(result) == PGRES_COMMAND_OK)
        return result;
    vg__pg_fail(db, result, sql);
    PQclear(result);
    return NULL;
}

static void note_types(vg_pg_stmt *s, const PGresult *description)
{
    for (int i = 0; i < s->param_count; i++)
        s->types[i] = PQparamtype(description, i);
    s->text = false;
    for (int i = 0; i < s->column_count; i++) {
        s->columns[i] = PQftype(description, i);
        s->text |= !vg__pg_is_known(s->columns[i]);
    }
    s->plan = NULL;
}

static int other_columns(vg_db *db, const vg_pg_stmt *s, int columns)
{
    return vg__fail(
        db, VG_SCHEMA, s->sql,
        "the statement yields %d columns now and %d when it was prepared: its "
        "tables have changed",
        columns, s->column_count);
}

unsigned vg__pg_send_prepare(vg_db *db, const char *sql, bool *sent)
{
    vg_pg *pg = vg__pg_of(db);
    char room[NAME_ROOM];
    unsigned number = pg->prepared == VG_PG_UNNAMED ? 0 : ++pg->names;
    const char *name = name_of(pg, number, room);
    *sent = PQsendPrepare(pg->conn, name, sql, 0, NULL) &&
            PQsendDescribePrepared(pg->conn, name);
    return number;
}

int vg__pg_described(vg_db *db, const char *sql, unsigned number,
                     const PGresult *description, void **native)
{
    vg_pg_stmt *s = *native;
    int params = PQnparams(description), columns = PQnfields(description);
    if (s && (params != s->param_count || columns != s->column_count))
        return other_columns(db, s, columns);
    if (!s)
        s = make_stmt(db, params, columns, sql);
    if (!s)
        return vg__fail(db, VG_NO_MEMORY, sql, "out of memory");
    note_types(s, description);
    s->name = number;
    s->stale = false;
    *native = s;
    return VG_OK;
}

int vg__pg_prepare(vg_db *db, const char *sql, size_t len, void **native)
{
    vg_pg *pg = vg__pg_of(db);
    (void)len;
    *native = NULL;
    if (pg->lost[0])
        return vg__pg_fail(db, NULL, NULL);
    if (!*skip_blanks(sql) || strcmp(skip_blanks(sql), ";") == 0)
        return vg__fail(db, VG_SYNTAX, sql, "the statement is empty");
    if (pg->running && vg__pg_absorb(db) != VG_OK)
        return db->error.code;
    PGresult *description = NULL;
    unsigned number = 0;
    if (!(does_of(sql) & CONTROLS)) {
        number = pg->prepared == VG_PG_UNNAMED ? 0 : ++pg->names;
        description = prepare_as(db, number, sql);
        if (!description)
            return db->error.code;
    }
    int rc = vg__pg_described(db, sql, number, description, native);
    PQclear(description);
    return rc;
}

/* The server has lost the statement, or its tables are others now. */
static int prepare_anew(vg_db *db, vg_pg_stmt *s)
{
    vg_pg *pg = vg__pg_of(db);
    unsigned number = pg->prepared == VG_PG_UNNAMED ? 0 : ++pg->names;
    PGresult *description = prepare_as(db, number, s->sql);
    if (!description)
        return db->error.code;
    void *native = s;
    int rc = vg__pg_described(db, s->sql, number, description, &native);
    PQclear(description);
    return rc;
}

/* Let the server forget a name, with the next prepare. What no longer fits it has to keep
 * until the connection is closed. */
static void forget_name(vg_pg *pg, unsigned number)
{
    if (number && pg->gone_count < VG_PG_GONE)
        pg->gone[pg->gone_count++] = number;
}

void vg__pg_finalize(vg_db *db, void *native)
{
    vg_pg *pg = vg__pg_of(db);
    vg_pg_stmt *s = native;
    if (!s)
        return;
    if (pg->begin == s)
        vg__pg_ready(db);
    forget_name(pg, s->name);
    PQclear(s->result);
    PQclear(s->error);
    vg__db_alloc(db, s, s->size, 0);
}

/* ---- running ---- */

bool vg__pg_send(vg_pg *pg, const vg_pg_stmt *s)
{
    const vg_pg_params *p = &pg->params;
    char room[NAME_ROOM];
    if (!s->name)
        return PQsendQueryParams(pg->conn, s->sql, s->param_count, s->types, p->values,
                                 p->lengths, p->formats, !s->text);
    return PQsendQueryPrepared(pg->conn, name_of(pg, s->name, room), s->param_count,
                               p->values, p->lengths, p->formats, !s->text);
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
        spoil_pipeline(db);
    if (sent && vg__pg_good(result = take_command(db))) {
        PQclear(result);
        result = take_command(db);
    }
    if (entered)
        leave_pipeline(db);
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

/* Run, and once more if it must be prepared anew; not in the middle of a transaction, which
 * has failed then. NULL after vg__fail. */
static PGresult *run_or_prepare(vg_db *db, vg_pg_stmt *s, bool stream)
{
    vg_pg *pg = vg__pg_of(db);
    for (int attempt = 0;; attempt++) {
        vg_pg_stmt *begin = pg->begin;
        bool in_tx = !begin && vg__pg_in_transaction(db);
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
        if (in_tx)
            fail_stale(db, s, result);
        PQclear(result);
        if (in_tx)
            return NULL;
        if (begin) { /* nothing was done in it */
            PQclear(vg__pg_query(db, "rollback"));
            pg->begin = begin;
        }
        if (prepare_anew(db, s) != VG_OK)
            return NULL;
    }
}

/* "INSERT 0 5", "UPDATE 5" */
static void note_changes(vg_pg *pg, PGresult *result)
{
    int64_t n = 0;
    for (const char *p = PQcmdTuples(result); *p >= '0' && *p <= '9'; p++)
        n = n * 10 + (*p - '0');
    pg->changes = n;
    pg->inserted |= PQcmdStatus(result)[0] == 'I';
}

void vg__pg_adopt(vg_db *db, vg_pg_stmt *s, PGresult *result)
{
    s->result = result;
    if (s->writes)
        note_changes(vg__pg_of(db), result);
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
    bool ends = s->controls && pg->begin &&
                (s->commits || strncasecmp(skip_blanks(s->sql), "rollback", 8) == 0) &&
                !strchr(skip_blanks(s->sql), ' ');
    if (ends)
        pg->begin = NULL;
    return ends;
}

static int start(vg_db *db, vg_pg_stmt *s, const vg_param *params, size_t count,
                 bool stream)
{
    vg_pg *pg = vg__pg_of(db);
    if ((int)count != s->param_count || (pg->refuses_writes && s->writes))
        return refuse(db, s, count);
    if (pg->lost[0])
        return vg__pg_fail(db, NULL, s->sql);
    if (pg->running && vg__pg_absorb(db) != VG_OK)
        return db->error.code;
    if (s->controls && is_put_off(db, s))
        return VG_OK;
    if (s->stale && prepare_anew(db, s) != VG_OK)
        return db->error.code;
    int rc = count ? vg__pg_encode(db, s, params) : VG_OK;
    if (rc != VG_OK)
        return rc;
    s->result = run_or_prepare(db, s, stream);
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
