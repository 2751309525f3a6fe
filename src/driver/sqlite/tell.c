/* What SQLite tells of statements for those who watch: by the authorizer, which names the
 * tables of a statement while it is prepared (those behind views, triggers and foreign
 * keys too), and by the hooks for rows, commits and rollbacks. */
#include "core/watch.h"
#include "driver/sqlite/sqlite.h"
#include <stdio.h>

/* Functions whose result is not the rows' alone. */
static bool is_impure(const char *function)
{
    static const char *const names[] = {"random", "randomblob", "changes",
                                        "total_changes", "last_insert_rowid"};
    for (size_t i = 0; i < sizeof names / sizeof *names; i++)
        if (sqlite3_stricmp(function, names[i]) == 0)
            return true;
    return false;
}

static bool is_schema(const char *table)
{
    return sqlite3_strnicmp(table, "sqlite_", 7) == 0 &&
           (strstr(table, "master") || strstr(table, "schema"));
}

enum { NAME_ROOM = 256 };

/* A table of an attached or temporary database is "database.table". */
static const char *full_name(char room[NAME_ROOM], const char *database,
                             const char *table)
{
    if (!database || strcmp(database, "main") == 0)
        return table;
    snprintf(room, NAME_ROOM, "%s.%s", database, table);
    return room;
}

static int authorize(void *ctx, int action, const char *a, const char *b,
                     const char *database, const char *trigger)
{
    vg_db *db = ctx;
    char room[NAME_ROOM];
    const char *name = a;
    (void)trigger;
    switch (action) {
    case SQLITE_INSERT:
    case SQLITE_UPDATE:
    case SQLITE_DELETE:
        if (is_schema(a)) {
            vg__watch_schema(db);
            return SQLITE_OK;
        }
        name = full_name(room, database, a);
        vg__watch_table(db, name, true);
        /* Row by row, so that each row is told: a DELETE without WHERE would not. */
        return action == SQLITE_DELETE && vg__watch_wants_rows(db, name) ? SQLITE_IGNORE
                                                                         : SQLITE_OK;
    case SQLITE_READ:
        vg__watch_table(db, a, false);
        /* Temporary and attached tables: each connection its own. count(*) does not say
         * which it means; while there is none of them it is clear. */
        if (database ? strcmp(database, "main") != 0 : db->watch->own_tables)
            vg__watch_impure(db);
        return SQLITE_OK;
    case SQLITE_FUNCTION:
        if (is_impure(b))
            vg__watch_impure(db);
        return SQLITE_OK;
    case SQLITE_CREATE_TEMP_TABLE:
    case SQLITE_CREATE_TEMP_VIEW:
    case SQLITE_ATTACH: db->watch->own_tables = true; return SQLITE_OK;
    case SQLITE_PRAGMA: vg__watch_impure(db); return SQLITE_OK;
    default: return SQLITE_OK;
    }
}

static void on_row(void *ctx, int op, const char *database, const char *table,
                   sqlite3_int64 rowid)
{
    char room[NAME_ROOM];
    vg__watch_row(ctx,
                  op == SQLITE_INSERT   ? VG_CHANGE_INSERT
                  : op == SQLITE_DELETE ? VG_CHANGE_DELETE
                                        : VG_CHANGE_UPDATE,
                  full_name(room, database, table), rowid);
}

static int on_commit(void *ctx)
{
    vg__watch_committing(ctx);
    return 0;
}

static void on_rollback(void *ctx)
{
    vg__watch_rolled_back(ctx);
}

static int start(vg_db *db)
{
    sqlite3 *conn = vg__sqlite_of(db);
    sqlite3_update_hook(conn, on_row, db);
    sqlite3_commit_hook(conn, on_commit, db);
    sqlite3_rollback_hook(conn, on_rollback, db);
    return sqlite3_set_authorizer(conn, authorize, db) == SQLITE_OK
               ? VG_OK
               : vg__sqlite_fail(db, NULL);
}

/* ---- scripts: statement by statement when somebody watches ---- */

static int run_part(vg_db *db, const char *sql, const char **rest)
{
    sqlite3_stmt *stmt = NULL;
    int rc = sqlite3_prepare_v2(vg__sqlite_of(db), sql, -1, &stmt, rest);
    if (rc != SQLITE_OK || !stmt)
        return rc;
    vg_part part = vg__watch_part_begin(db);
    while ((rc = sqlite3_step(stmt)) == SQLITE_ROW)
        ;
    rc = sqlite3_reset(stmt);
    const char *text = sqlite3_sql(stmt);
    vg__watch_part_end(db, part, text ? text : "", rc == SQLITE_OK);
    sqlite3_finalize(stmt);
    return rc;
}

int vg__sqlite_script(vg_db *db, const char *sql)
{
    int rc = SQLITE_OK;
    if (!db->watch || !db->watch->installed) {
        rc = sqlite3_exec(vg__sqlite_of(db), sql, NULL, NULL, NULL);
        return rc == SQLITE_OK ? VG_OK : vg__sqlite_fail(db, sql);
    }
    for (const char *rest = sql; rc == SQLITE_OK && *rest;)
        rc = run_part(db, rest, &rest);
    return rc == SQLITE_OK ? VG_OK : vg__sqlite_fail(db, sql);
}

/* ---- questions ---- */

static int64_t total_changes(const vg_db *db)
{
    return sqlite3_total_changes(db->conn);
}

static bool idle(vg_db *db)
{
    return sqlite3_txn_state(vg__sqlite_of(db), NULL) == SQLITE_TXN_NONE;
}

static int64_t one_number(vg_db *db, const char *sql)
{
    sqlite3_stmt *stmt = NULL;
    int64_t n = -1;
    vg_stmt *at = db->watch->at;
    db->watch->at = NULL;
    if (sqlite3_prepare_v2(vg__sqlite_of(db), sql, -1, &stmt, NULL) == SQLITE_OK &&
        sqlite3_step(stmt) == SQLITE_ROW)
        n = sqlite3_column_int64(stmt, 0);
    sqlite3_finalize(stmt);
    db->watch->at = at;
    return n;
}

static int64_t version(vg_db *db)
{
    return one_number(db, "pragma main.data_version");
}

static const char *identity(vg_db *db)
{
    const char *name = sqlite3_db_filename(vg__sqlite_of(db), "main");
    return name && *name ? name : NULL;
}

static bool exists(vg_db *db, const char *database, const char *table,
                   const char *column)
{
    return sqlite3_table_column_metadata(vg__sqlite_of(db), database, table, column,
                                         NULL, NULL, NULL, NULL, NULL) == SQLITE_OK;
}

/* Of a table whose rows are told; those of virtual tables are not. */
static bool has_rowid(vg_db *db, const char *name)
{
    char database[NAME_ROOM] = "main";
    const char *table = name, *dot = strchr(name, '.');
    if (dot && !exists(db, database, name, NULL)) {
        snprintf(database, sizeof database, "%.*s", (int)(dot - name), name);
        table = dot + 1;
    }
    char *sql =
        sqlite3_mprintf("select count(*) from \"%w\".sqlite_master where name = %Q "
                        "and sql like 'create virtual%%'",
                        database, table);
    bool virtual = sql && one_number(db, sql) == 1;
    sqlite3_free(sql);
    return !virtual && exists(db, database, table, "rowid");
}

/* Steps are a tree: each is indented below its parent. */
static void explain(vg_db *db, const char *sql, vg_buf *out)
{
    static const char prefix[] = "explain query plan ";
    enum { MAX_STEPS = 64 };
    int ids[MAX_STEPS], depths[MAX_STEPS], count = 0;
    sqlite3_stmt *stmt = NULL;
    vg__buf_reset(out);
    vg__buf_text(out, prefix);
    vg__buf_text(out, sql);
    if (out->failed ||
        sqlite3_prepare_v2(vg__sqlite_of(db), out->text, -1, &stmt, NULL)) {
        vg__buf_reset(out);
        return;
    }
    vg__buf_reset(out);
    while (count < MAX_STEPS && sqlite3_step(stmt) == SQLITE_ROW) {
        int parent = sqlite3_column_int(stmt, 1), depth = 0;
        for (int i = 0; i < count; i++)
            if (ids[i] == parent)
                depth = depths[i] + 1;
        ids[count] = sqlite3_column_int(stmt, 0);
        depths[count++] = depth;
        if (out->len)
            vg__buf_char(out, '\n');
        for (int i = 0; i < depth; i++)
            vg__buf_text(out, "  ");
        const char *detail = (const char *)sqlite3_column_text(stmt, 3);
        vg__buf_text(out, detail ? detail : "");
    }
    sqlite3_finalize(stmt);
}

const vg_telling vg__sqlite_telling = {
    .start = start,
    .total_changes = total_changes,
    .idle = idle,
    .version = version,
    .identity = identity,
    .has_rowid = has_rowid,
    .explain = explain,
};
