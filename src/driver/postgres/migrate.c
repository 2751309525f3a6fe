/* What PostgreSQL brings to migrations: the table of those that have run, which is the one that
 * Drizzle ORM's migrator makes, and running a statement. */
#include "driver/postgres/migrate.h"
#include "base/arena.h"
#include <stdlib.h>

/* ---- asking ---- */

vg_buf vg__pg_buf(vg_db *db)
{
    vg_buf buf;
    vg__buf_init(&buf, &db->allocator, SIZE_MAX / 2);
    return buf;
}

PGresult *vg__pg_ask(vg_db *db, const char *sql)
{
    return vg__pg_query(db, sql);
}

PGresult *vg__pg_ask_buf(vg_db *db, vg_buf *sql)
{
    PGresult *result = NULL;
    if (sql->failed)
        vg__fail(db, VG_NO_MEMORY, NULL, "out of memory");
    else
        result = vg__pg_ask(db, sql->text);
    vg__buf_free(sql);
    return result;
}

static int run_buf(vg_db *db, vg_buf *sql)
{
    PGresult *result = vg__pg_ask_buf(db, sql);
    int rc = result ? VG_OK : db->error.code;
    PQclear(result);
    return rc;
}

/* ---- the table of applied migrations ---- */

void vg__pg_ledger_name(vg_buf *out, const vg_applied_in *ledger, const char *ending)
{
    vg_buf name;
    vg__buf_init(&name, &out->allocator, SIZE_MAX / 2);
    vg__buf_text(&name, ledger->table);
    vg__buf_text(&name, ending);
    vg__buf_name(out, '"', ledger->schema);
    vg__buf_char(out, '.');
    vg__buf_name(out, '"', name.failed ? "" : name.text);
    out->failed |= name.failed;
    vg__buf_free(&name);
}

/* A name as a text: to_regclass('"a"."b"'). */
static void put_literal(vg_buf *out, const vg_applied_in *ledger, const char *ending)
{
    vg_buf name;
    vg__buf_init(&name, &out->allocator, SIZE_MAX / 2);
    vg__pg_ledger_name(&name, ledger, ending);
    if (!name.failed)
        vg__buf_literal(out, name.text, name.len);
    out->failed |= name.failed;
    vg__buf_free(&name);
}

/* 1 or 0, or -1 after vg__fail. A schema is looked for by name: one that may not be used must
 * not look as if it were not there. */
static int is_there(vg_db *db, const vg_applied_in *ledger, const char *ending)
{
    vg_buf sql = vg__pg_buf(db);
    vg__buf_text(&sql, "select to_regclass(");
    put_literal(&sql, ledger, ending);
    vg__buf_text(&sql, ") is not null");
    PGresult *result = vg__pg_ask_buf(db, &sql);
    int there = result ? *PQgetvalue(result, 0, 0) == 't' : -1;
    PQclear(result);
    return there;
}

static int make_schema(vg_db *db, const vg_applied_in *ledger)
{
    vg_buf sql = vg__pg_buf(db);
    vg__buf_text(&sql, "select 1 from pg_catalog.pg_namespace where nspname = ");
    vg__buf_literal(&sql, ledger->schema, strlen(ledger->schema));
    PGresult *result = vg__pg_ask_buf(db, &sql);
    if (!result)
        return db->error.code;
    bool there = PQntuples(result) > 0;
    PQclear(result);
    if (there) /* CREATE ... IF NOT EXISTS wants the right to create even then */
        return VG_OK;
    sql = vg__pg_buf(db);
    vg__buf_text(&sql, "CREATE SCHEMA IF NOT EXISTS ");
    vg__buf_name(&sql, '"', ledger->schema);
    return run_buf(db, &sql);
}

static int make(vg_db *db, const vg_applied_in *ledger)
{
    int there = is_there(db, ledger, "");
    if (there)
        return there > 0 ? VG_OK : db->error.code;
    int rc = make_schema(db, ledger);
    if (rc != VG_OK)
        return rc;
    vg_buf sql = vg__pg_buf(db);
    vg__buf_text(&sql, "CREATE TABLE IF NOT EXISTS ");
    vg__pg_ledger_name(&sql, ledger, "");
    vg__buf_text(&sql, " (\n\t\t\t\tid SERIAL PRIMARY KEY,\n\t\t\t\thash text NOT "
                       "NULL,\n\t\t\t\tcreated_at bigint\n\t\t\t)");
    return run_buf(db, &sql);
}

static void add(vg_buf *out, const vg_applied_in *ledger, const char *hash,
                int64_t when)
{
    vg__buf_text(out, "insert into ");
    vg__pg_ledger_name(out, ledger, "");
    vg__buf_text(out, " (\"hash\", \"created_at\") values(");
    vg__buf_literal(out, hash, strlen(hash));
    vg__buf_text(out, ", ");
    vg__buf_int(out, when);
    vg__buf_char(out, ')');
}

static void take_out(vg_buf *out, const vg_applied_in *ledger, int64_t key)
{
    vg__buf_text(out, "delete from ");
    vg__pg_ledger_name(out, ledger, "");
    vg__buf_text(out, " where id = ");
    vg__buf_int(out, key);
}

static int64_t number_at(const PGresult *result, int row, int column)
{
    return strtoll(PQgetvalue(result, row, column), NULL, 10);
}

/* Space for as many rows as there are, which are read by `read`; NULL: none, or after vg__fail. */
static PGresult *rows_of(vg_db *db, vg_buf *sql, vg_arena *arena, size_t size,
                         void **data)
{
    PGresult *result = vg__pg_ask_buf(db, sql);
    size_t count = result ? (size_t)PQntuples(result) : 0;
    *data = count ? vg__arena_alloc(arena, count * size) : NULL;
    if (!count || *data)
        return result;
    PQclear(result);
    vg__fail(db, VG_NO_MEMORY, NULL, "out of memory");
    return NULL;
}

static int applied(vg_db *db, const vg_applied_in *ledger, vg_arena *arena,
                   vg_applied_list *out)
{
    *out = (vg_applied_list){NULL, 0};
    int rc = VG_OK, there = is_there(db, ledger, "");
    if (there <= 0)
        return there ? db->error.code : VG_OK;
    void *data;
    vg_buf sql = vg__pg_buf(db);
    vg__buf_text(&sql, "select id, coalesce(created_at, 0), coalesce(hash, '') from ");
    vg__pg_ledger_name(&sql, ledger, "");
    vg__buf_text(&sql, " order by id");
    PGresult *result = rows_of(db, &sql, arena, sizeof *out->data, &data);
    if (!result)
        return db->error.code;
    out->data = data;
    for (int i = 0; i < PQntuples(result); i++) {
        const char *hash = PQgetvalue(result, i, 2);
        vg_applied *r = &out->data[out->len++];
        *r = (vg_applied){number_at(result, i, 0), number_at(result, i, 1),
                          vg__arena_text(arena, hash, strlen(hash))};
        if (!r->hash)
            rc = vg__fail(db, VG_NO_MEMORY, NULL, "out of memory");
    }
    PQclear(result);
    return rc;
}

/* ---- how far a migration has come ---- */

static const char ending[] = "_progress";

int vg__pg_progress(vg_db *db, const vg_applied_in *ledger, vg_arena *arena,
                    vg_progress_list *out)
{
    *out = (vg_progress_list){NULL, 0};
    int rc = VG_OK, there = is_there(db, ledger, ending);
    if (there <= 0)
        return there ? db->error.code : VG_OK;
    void *data;
    vg_buf sql = vg__pg_buf(db);
    vg__buf_text(&sql, "select created_at, statements, sum, running from ");
    vg__pg_ledger_name(&sql, ledger, ending);
    PGresult *result = rows_of(db, &sql, arena, sizeof *out->data, &data);
    if (!result && !db->depth && strcmp(db->error.sqlstate, "42P01") == 0) {
        db->error.code = VG_OK; /* another run has just ended, and dropped it */
        return VG_OK;
    }
    if (!result)
        return db->error.code;
    out->data = data;
    for (int i = 0; i < PQntuples(result); i++) {
        const char *sum = PQgetvalue(result, i, 2);
        vg_progress *p = &out->data[out->len++];
        *p = (vg_progress){number_at(result, i, 0), number_at(result, i, 1),
                           vg__arena_text(arena, sum, strlen(sum)),
                           *PQgetvalue(result, i, 3) == 't'};
        if (!p->sum)
            rc = vg__fail(db, VG_NO_MEMORY, NULL, "out of memory");
    }
    PQclear(result);
    return rc;
}

void vg__pg_keep(vg_buf *out, const vg_applied_in *ledger, const vg_progress *p)
{
    vg__buf_text(out, "set local client_min_messages = warning;\ncreate table if not "
                      "exists ");
    vg__pg_ledger_name(out, ledger, ending);
    vg__buf_text(out,
                 " (created_at bigint primary key, statements bigint not null, sum "
                 "text not null, running boolean not null);\ninsert into ");
    vg__pg_ledger_name(out, ledger, ending);
    vg__buf_text(out, " (created_at, statements, sum, running) values (");
    vg__buf_int(out, p->when);
    vg__buf_text(out, ", ");
    vg__buf_int(out, p->done);
    vg__buf_text(out, ", ");
    vg__buf_literal(out, p->sum, strlen(p->sum));
    vg__buf_text(out, p->running ? ", true" : ", false");
    vg__buf_text(out, ") on conflict (created_at) do update set statements = "
                      "excluded.statements, sum = excluded.sum, running = "
                      "excluded.running");
}

void vg__pg_forget(vg_buf *out, const vg_applied_in *ledger, int64_t when, bool last)
{
    vg__buf_text(out, last ? "drop table if exists " : "delete from ");
    vg__pg_ledger_name(out, ledger, ending);
    if (last)
        return;
    vg__buf_text(out, " where created_at = ");
    vg__buf_int(out, when);
}

/* ---- running ---- */

static void begin(vg_db *db, vg_migrating *state)
{
    (void)db;
    *state = (vg_migrating){0, 0};
}

static void end(vg_db *db, const vg_migrating *state)
{
    (void)db;
    (void)state;
}

/* A temporary table hides the database's of the same name, and a standby takes no changes. */
static int ready(vg_db *db)
{
    PGresult *result = vg__pg_ask(
        db,
        "select pg_is_in_recovery(), (select t.relname from pg_catalog.pg_class t "
        "join pg_catalog.pg_class m on m.relname = t.relname and m.oid <> t.oid "
        "where t.relnamespace = pg_my_temp_schema() and t.relkind in ('r', 'v', 'p') "
        "and m.relkind in ('r', 'v', 'p', 'm', 'f') and m.relnamespace = "
        "any(array(select to_regnamespace(quote_ident(s))::oid from "
        "unnest(current_schemas(false)) s)) limit 1)");
    if (!result)
        return db->error.code;
    int rc = VG_OK;
    if (*PQgetvalue(result, 0, 0) == 't')
        rc = vg__fail(db, VG_READ_ONLY, NULL,
                      "the server is a standby, which takes no changes: migrate the "
                      "primary");
    else if (!PQgetisnull(result, 0, 1))
        rc = vg__fail(db, VG_MISUSE, NULL,
                      "the temporary table %.200s hides the one of the database: drop "
                      "it, or migrate before it is made",
                      PQgetvalue(result, 0, 1));
    PQclear(result);
    return rc;
}

static int run(vg_db *db, const char *sql, unsigned does)
{
    (void)does;
    return vg_script(db, sql);
}

const vg_migrator vg__postgres_migrator = {
    .lexis = &vg__postgres_lexis,
    .patterns = vg__pg_patterns,
    .each = true,
    .applied = applied,
    .make = make,
    .add = add,
    .remove = take_out,
    .begin = begin,
    .end = end,
    .ready = ready,
    .run = run,
    .objects = vg__pg_objects,
    .lock = vg__pg_lock,
    .hold = vg__pg_hold,
    .release = vg__pg_release,
    .alone = vg__pg_alone,
    .settle = vg__pg_settle,
    .in_the_way = vg__pg_in_the_way,
    .progress = vg__pg_progress,
    .keep = vg__pg_keep,
    .forget = vg__pg_forget,
    .describe = vg__pg_describe,
};
