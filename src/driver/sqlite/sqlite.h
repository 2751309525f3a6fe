/* The SQLite driver's parts: conn.c opens and reports, stmt.c prepares, binds and steps,
 * rows.c decodes. db->conn is the sqlite3 *, a native statement the sqlite3_stmt *. */
#pragma once
#include "core/driver.h"
#include "core/migrator.h"
#include "dialect/sqlite.h"
#include <sqlite3.h>

extern const vg_driver vg__driver_sqlite;
extern const vg_operations vg__sqlite_operations;
extern const vg_migrator vg__sqlite_migrator;

static inline sqlite3 *vg__sqlite_of(vg_db *db)
{
    return db->conn;
}

/* vg__fail from what SQLite says; `sql` may be NULL. */
int vg__sqlite_fail(vg_db *db, const char *sql);
/* The same from what another connection says, which may be NULL. */
int vg__sqlite_fail_on(vg_db *db, sqlite3 *conn, const char *sql);

/* Wait for locks as the options and limits say, see limit.c. */
void vg__sqlite_wait_for_locks(vg_db *db);
void vg__sqlite_watch(vg_db *db, bool on);
void vg__sqlite_interrupt(vg_db *db);

/* "file:" with the path percent-encoded, and "?query". */
void vg__sqlite_uri(char *out, size_t room, const char *path, const char *query);
int vg__sqlite_attach(vg_db *db, const char *url, const char *name, bool read_only);
int vg__sqlite_detach(vg_db *db, const char *name);
/* Pragmas of the options that each database file has for itself. */
int vg__sqlite_set_up_file(vg_db *db, const char *name);
int vg__sqlite_backup(vg_db *db, const char *path, const vg_backup_options *options);
int vg__sqlite_restore(vg_db *db, const char *path, const vg_backup_options *options);
int vg__sqlite_vacuum_into(vg_db *db, const char *path);

int vg__sqlite_prepare(vg_db *db, const char *sql, size_t len, void **native);
void vg__sqlite_finalize(vg_db *db, void *native);
int vg__sqlite_bind(vg_db *db, void *native, const vg_param *params, size_t count,
                    bool copy);
int vg__sqlite_step(vg_db *db, void *native);
int vg__sqlite_reset(vg_db *db, void *native);
int vg__sqlite_run(vg_db *db, void *native, const vg_param *params, size_t count);
size_t vg__sqlite_column_count(void *native);
bool vg__sqlite_column_fits(void *native, size_t i, const vg_slot *slot,
                            const char **declared);
int vg__sqlite_explain(vg_db *db, const char *sql,
                       int (*each)(void *ctx, const vg_step *step), void *ctx);
bool vg__sqlite_writes(void *native);

/* Whether a library of that version knows the table's options, see vg_driver. */
int vg__sqlite_knows(vg_db *db, const vg_shape *table, int version);

/* tell.c */
int vg__sqlite_script(vg_db *db, const char *sql);
extern const vg_telling vg__sqlite_telling;
int vg__sqlite_fetch(vg_db *db, void *native, const vg_plan *plan, void *row,
                     vg_arena *arena);
