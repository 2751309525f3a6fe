/* What `virga doctor` says of a server. */
#include "driver/postgres/migrate.h"
#include <stdlib.h>

/* One row: what, found, whether it is good. */
static const char facts[] =
    "select 'server', 'PostgreSQL ' || current_setting('server_version') || case when "
    "current_setting('server_version_num')::int < 120000 then ', but virga needs 12 or "
    "later' else '' end, current_setting('server_version_num')::int >= 120000 "
    "union all select 'role', current_user || case when rolsuper then ', a superuser' "
    "else '' end, true from pg_catalog.pg_roles where rolname = current_user "
    "union all select 'connection', coalesce((select 'encrypted, ' || version from "
    "pg_catalog.pg_stat_ssl where pid = pg_backend_pid() and ssl), 'not encrypted') || "
    "coalesce(', to ' || host(inet_server_addr()), ', by a socket'), true "
    "union all select 'standby', 'the server takes no changes: migrate the primary', "
    "false where pg_is_in_recovery() "
    "union all select 'encoding', current_setting('server_encoding'), "
    "current_setting('server_encoding') = 'UTF8' "
    "union all select 'rights', 'make schemas: ' || case when "
    "has_database_privilege(current_database(), 'CREATE') then 'yes' else 'no' end || "
    "', make tables in public: ' || case when has_schema_privilege('public', 'CREATE') "
    "then 'yes' else 'no' end, has_schema_privilege('public', 'CREATE') from "
    "pg_catalog.pg_namespace where nspname = 'public' "
    "union all select 'extensions', coalesce(string_agg(extname || ' ' || extversion, "
    "', "
    "' order by extname), 'none'), true from pg_catalog.pg_extension where extname <> "
    "'plpgsql'";

static int tell(int (*each)(void *ctx, const char *what, const char *found, bool good),
                void *ctx, const PGresult *rows)
{
    int rc = VG_OK;
    for (int i = 0; rc == VG_OK && i < PQntuples(rows); i++)
        rc = each(ctx, PQgetvalue(rows, i, 0), PQgetvalue(rows, i, 1),
                  *PQgetvalue(rows, i, 2) == 't');
    return rc;
}

/* The table of migrations: there, or may it be made? */
static PGresult *ask_ledger(vg_db *db, const vg_applied_in *ledger)
{
    vg_buf sql = vg__pg_buf(db), name = vg__pg_buf(db);
    vg__pg_ledger_name(&name, ledger, "");
    vg__buf_text(&sql, "select 'migrations', t || case when to_regclass(t) is not null "
                       "then '' else ', made by the first virga migrate' end, "
                       "to_regclass(t) is not null or has_database_privilege("
                       "current_database(), 'CREATE') or exists (select 1 from "
                       "pg_catalog.pg_namespace n where n.nspname = ");
    vg__buf_literal(&sql, ledger->schema, strlen(ledger->schema));
    vg__buf_text(&sql, " and has_schema_privilege(n.oid, 'CREATE')) from (values (");
    if (!name.failed)
        vg__buf_literal(&sql, name.text, name.len);
    vg__buf_text(&sql, ")) v(t)");
    sql.failed |= name.failed;
    vg__buf_free(&name);
    return vg__pg_ask_buf(db, &sql);
}

/* A pooler answers with a process number of its own. */
static int tell_pooler(vg_db *db,
                       int (*each)(void *ctx, const char *what, const char *found,
                                   bool good),
                       void *ctx)
{
    PGresult *pid = vg__pg_ask(db, "select pg_backend_pid()");
    if (!pid)
        return db->error.code;
    bool pooled =
        strtol(PQgetvalue(pid, 0, 0), NULL, 10) != PQbackendPID(vg__pg_of(db)->conn);
    PQclear(pid);
    return pooled
               ? each(ctx, "pooler",
                      "stands between: what cannot run in a transaction (CREATE INDEX "
                      "CONCURRENTLY) is to be migrated by a connection to the server "
                      "itself",
                      true)
               : VG_OK;
}

int vg__pg_describe(vg_db *db, const vg_applied_in *ledger,
                    int (*each)(void *ctx, const char *what, const char *found,
                                bool good),
                    void *ctx)
{
    PGresult *rows = vg__pg_ask(db, facts);
    int rc = rows ? tell(each, ctx, rows) : db->error.code;
    PQclear(rows);
    if (rc == VG_OK)
        rc = tell_pooler(db, each, ctx);
    if (rc != VG_OK)
        return rc;
    rows = ask_ledger(db, ledger);
    rc = rows ? tell(each, ctx, rows) : db->error.code;
    PQclear(rows);
    return rc;
}
