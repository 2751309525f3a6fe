/* Preparing. A statement is prepared once, under a name, and described in the same round
 * trip; what it runs with is sent as the types that the server inferred. */
#include "driver/postgres/postgres.h"
#include <stdio.h>

static vg_pg_stmt *make_stmt(vg_db *db, int params, int columns, const char *sql)
{
    size_t n = (size_t)params, m = (size_t)columns, len = strlen(sql) + 1;
    size_t size = sizeof(vg_pg_stmt) + (n + m) * sizeof(Oid) + 2 * m + len;
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
    s->sql = memcpy(s->readers + 2 * m, sql, len);
    vg__pg_classify(s);
    return s;
}

static const char *name_of(const vg_pg *pg, unsigned number, char room[VG_PG_NAME_ROOM])
{
    snprintf(room, VG_PG_NAME_ROOM, "%s%u", number ? pg->prefix : "", number);
    return number ? room : "";
}

/* Ask the server to forget what the cache has; with a sync of its own, so that a name that
 * it does not know harms nobody. False: not sent. */
static bool send_gone(vg_pg *pg)
{
    char name[VG_PG_NAME_ROOM], sql[VG_PG_NAME_ROOM + 16];
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
    char room[VG_PG_NAME_ROOM];
    const char *name = name_of(pg, number, room);
    bool gone = may_forget(db);
    bool entered = PQenterPipelineMode(pg->conn);
    bool sent = entered && (!gone || send_gone(pg)) &&
                PQsendPrepare(pg->conn, name, sql, 0, NULL) &&
                PQsendDescribePrepared(pg->conn, name) && PQpipelineSync(pg->conn);
    PGresult *result = NULL;
    if (!sent)
        vg__pg_spoil_pipeline(db);
    if (sent && gone) {
        vg__pg_take_sync(db);
        pg->gone_count = 0;
    }
    if (sent && vg__pg_good(result = vg__pg_take_command(db))) {
        PQclear(result);
        result = vg__pg_take_command(db);
    }
    if (entered)
        vg__pg_leave_pipeline(db);
    if (result && PQresultStatus(result) == PGRES_COMMAND_OK)
        return result;
    vg__pg_fail(db, result, sql);
    PQclear(result);
    return NULL;
}

/* Types whose binary form is their text. */
static bool is_text_param(Oid type)
{
    return type == VG_OID_TEXT || type == VG_OID_VARCHAR || type == VG_OID_BPCHAR ||
           type == VG_OID_JSON;
}

static void note_columns(vg_pg_stmt *s, const PGresult *description)
{
    s->text = false;
    for (int i = 0; i < s->column_count; i++) {
        s->columns[i] = PQftype(description, i);
        s->text |= !vg__pg_is_known(s->columns[i]);
    }
    s->plan = NULL;
}

static void note_types(vg_pg_stmt *s, const PGresult *description)
{
    s->all_text = true;
    s->retyped = false;
    for (int i = 0; i < s->param_count; i++) {
        Oid type = PQparamtype(description, i);
        s->retyped |= s->types[i] != type;
        s->types[i] = type;
        s->all_text &= is_text_param(s->types[i]);
    }
    note_columns(s, description);
}

void vg__pg_note_columns(vg_pg_stmt *s, const PGresult *result)
{
    int count = PQnfields(result);
    bool same = true;
    for (int i = 0; i < count && i < s->column_count; i++)
        same &= PQftype(result, i) == s->columns[i];
    if (!same)
        note_columns(s, result);
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
    char room[VG_PG_NAME_ROOM];
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
    name_of(vg__pg_of(db), number, s->name_text);
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
    if (!*vg__pg_skip_blanks(sql) || strcmp(vg__pg_skip_blanks(sql), ";") == 0)
        return vg__fail(db, VG_SYNTAX, sql, "the statement is empty");
    if (pg->running && vg__pg_absorb(db) != VG_OK)
        return db->error.code;
    PGresult *description = NULL;
    unsigned number = 0;
    if (!(vg__pg_controls(sql))) {
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
int vg__pg_prepare_anew(vg_db *db, vg_pg_stmt *s)
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
