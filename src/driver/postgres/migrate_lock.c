/* Who may migrate: an advisory lock, asked for again and again rather than waited for. A
 * session that waits in a statement keeps its snapshot, and CREATE INDEX CONCURRENTLY of the
 * one that has the lock would wait for that. */
#include "driver/postgres/migrate.h"
#include <stdio.h>
#include <stdlib.h>

/* The lock's number: of the table, so that programs with tables of their own do not meet. */
static uint64_t key_of(const vg_applied_in *ledger)
{
    const char *const names[] = {"virga migrate", ledger->schema, ledger->table};
    uint64_t hash = UINT64_C(0xcbf29ce484222325);
    for (size_t i = 0; i < 3; i++)
        for (const char *p = names[i];; p++) {
            hash = (hash ^ (unsigned char)*p) * UINT64_C(0x100000001b3);
            if (!*p)
                break;
        }
    return hash;
}

/* After vg__fail: who has the lock. */
static int fail_held(vg_db *db, uint64_t key)
{
    char sql[800];
    snprintf(
        sql, sizeof sql,
        "select a.pid, coalesce(nullif(a.application_name, ''), 'no name'), "
        "a.usename, coalesce(host(a.client_addr), 'a socket'), extract(epoch from "
        "now() - coalesce(a.xact_start, a.state_change))::bigint from "
        "pg_catalog.pg_locks l join pg_catalog.pg_stat_activity a using (pid) where "
        "l.locktype = 'advisory' and l.granted and l.objsubid = 1 and l.classid = "
        "%llu and l.objid = %llu and l.database = (select oid from "
        "pg_catalog.pg_database where datname = current_database()) limit 1",
        (unsigned long long)(key >> 32), (unsigned long long)(key & 0xffffffff));
    PGresult *who = vg__pg_ask(db, sql);
    if (who && PQntuples(who))
        vg__fail(db, VG_BUSY, NULL,
                 "another program is migrating this database: process %s (%.80s, user "
                 "%.60s, from %.60s) has the lock, for %s s now",
                 PQgetvalue(who, 0, 0), PQgetvalue(who, 0, 1), PQgetvalue(who, 0, 2),
                 PQgetvalue(who, 0, 3), PQgetvalue(who, 0, 4));
    else if (who)
        vg__fail(db, VG_BUSY, NULL, "another program is migrating this database");
    int code = who ? VG_BUSY : db->error.code;
    PQclear(who);
    return code;
}

static int try_lock(vg_db *db, const vg_applied_in *ledger, const char *function)
{
    char sql[100];
    uint64_t key = key_of(ledger);
    int64_t number;
    memcpy(&number, &key, sizeof number);
    snprintf(sql, sizeof sql, "select %s(%lld)", function, (long long)number);
    PGresult *result = vg__pg_ask(db, sql);
    bool got = result && *PQgetvalue(result, 0, 0) == 't';
    int rc = result ? VG_OK : db->error.code;
    PQclear(result);
    return rc != VG_OK || got ? rc : fail_held(db, key);
}

/* Drizzle's own migrator takes no lock, but writes into the table: so what it has begun is
 * waited for, and it waits for us before it ends. */
static int lock_table(vg_db *db, const vg_applied_in *ledger)
{
    vg_buf sql = vg__pg_buf(db);
    vg_buf name = vg__pg_buf(db);
    vg__pg_ledger_name(&name, ledger, "");
    vg__buf_text(&sql, "do $virga$ begin if to_regclass(");
    if (!name.failed)
        vg__buf_literal(&sql, name.text, name.len);
    vg__buf_text(&sql, ") is not null then lock table ");
    if (!name.failed)
        vg__buf_text(&sql, name.text);
    vg__buf_text(&sql, " in share row exclusive mode; end if; end $virga$");
    sql.failed |= name.failed;
    vg__buf_free(&name);
    PGresult *result = vg__pg_ask_buf(db, &sql);
    int rc = result ? VG_OK : db->error.code;
    PQclear(result);
    return rc;
}

int vg__pg_lock(vg_db *db, const vg_applied_in *ledger, int table_lock_ms)
{
    char sql[120];
    int rc = try_lock(db, ledger, "pg_try_advisory_xact_lock");
    if (rc != VG_OK)
        return rc;
    if (table_lock_ms >= 0)
        snprintf(sql, sizeof sql,
                 "set local client_min_messages = warning; set local lock_timeout = %d",
                 table_lock_ms ? table_lock_ms : 1);
    else
        snprintf(sql, sizeof sql, "set local client_min_messages = warning");
    PGresult *result = vg__pg_ask(db, sql);
    if (!result)
        return db->error.code;
    PQclear(result);
    return lock_table(db, ledger);
}

int vg__pg_hold(vg_db *db, const vg_applied_in *ledger)
{
    PGresult *result = vg__pg_ask(db, "select pg_backend_pid()");
    if (!result)
        return db->error.code;
    bool pooled =
        strtol(PQgetvalue(result, 0, 0), NULL, 10) != PQbackendPID(vg__pg_of(db)->conn);
    PQclear(result);
    if (pooled)
        return vg__fail(
            db, VG_UNSUPPORTED, NULL,
            "a statement that cannot run in a transaction needs a session of "
            "its own, and a pooler stands between: connect to the server "
            "itself to migrate");
    return try_lock(db, ledger, "pg_try_advisory_lock");
}

void vg__pg_release(vg_db *db, const vg_applied_in *ledger)
{
    char sql[80];
    uint64_t key = key_of(ledger);
    int64_t number;
    memcpy(&number, &key, sizeof number);
    snprintf(sql, sizeof sql, "select pg_advisory_unlock(%lld)", (long long)number);
    PGconn *conn = vg__pg_ready(db);
    if (conn)
        PQclear(PQexec(conn, sql));
}

int vg__pg_settle(vg_db *db)
{
    return vg_script(db, "set constraints all immediate");
}

/* to_regclass of each name in it: a, "a"."b". */
static void put_tables(vg_buf *sql, const vg_piece *pieces, size_t count)
{
    const char *comma = "";
    for (size_t i = 0; i < count; i++) {
        size_t last = i;
        if (!pieces[i].name)
            continue;
        while (last + 2 < count && pieces[last + 1].len == 1 &&
               *pieces[last + 1].text == '.' && pieces[last + 2].name)
            last += 2;
        const char *end = pieces[last].text + pieces[last].len;
        vg__buf_text(sql, comma);
        vg__buf_text(sql, "to_regclass(");
        vg__buf_literal(sql, pieces[i].text, (size_t)(end - pieces[i].text));
        vg__buf_char(sql, ')');
        comma = ", ";
        i = last;
    }
}

void vg__pg_in_the_way(vg_db *db, const vg_piece *pieces, size_t count, char *out,
                       size_t room)
{
    vg_buf sql = vg__pg_buf(db);
    *out = 0;
    vg__buf_text(
        &sql,
        "select l.relation::regclass, a.pid, coalesce(nullif(a.application_name, "
        "''), 'no name'), a.usename, extract(epoch from now() - "
        "a.xact_start)::bigint from pg_catalog.pg_locks l join "
        "pg_catalog.pg_stat_activity a using (pid) where l.locktype = 'relation' "
        "and l.granted and a.pid <> pg_backend_pid() and l.database = (select oid "
        "from pg_catalog.pg_database where datname = current_database()) and "
        "l.relation = any(array[");
    put_tables(&sql, pieces, count);
    vg__buf_text(&sql, "]::oid[]) order by a.xact_start limit 1");
    PGresult *who = vg__pg_ask_buf(db, &sql);
    if (who && PQntuples(who))
        snprintf(out, room,
                 "; process %s (%.60s, user %.60s) has a lock on %.60s, for %s s now",
                 PQgetvalue(who, 0, 1), PQgetvalue(who, 0, 2), PQgetvalue(who, 0, 3),
                 PQgetvalue(who, 0, 0), PQgetvalue(who, 0, 4));
    PQclear(who);
}
