/* What the parts of the migrator share: migrate.c is the table and the run, migrate_lock.c who
 * may run, migrate_alone.c statements outside of transactions, migrate_objects.c the schema,
 * migrate_patterns.c what statements do. */
#pragma once
#include "driver/postgres/postgres.h"

extern const vg_pattern vg__pg_patterns[];

/* Run one query, its values as text. NULL: after vg__fail. PQclear it. */
PGresult *vg__pg_ask(vg_db *db, const char *sql);
/* The same with the text of `sql`, which is freed. */
PGresult *vg__pg_ask_buf(vg_db *db, vg_buf *sql);
/* A buffer for it. */
vg_buf vg__pg_buf(vg_db *db);
/* "schema"."table" with what follows its name. */
void vg__pg_ledger_name(vg_buf *out, const vg_applied_in *ledger, const char *ending);

int vg__pg_lock(vg_db *db, const vg_applied_in *ledger, int table_lock_ms);
int vg__pg_hold(vg_db *db, const vg_applied_in *ledger);
void vg__pg_release(vg_db *db, const vg_applied_in *ledger);
int vg__pg_settle(vg_db *db);
void vg__pg_in_the_way(vg_db *db, const vg_piece *pieces, size_t count, char *out,
                       size_t room);

int vg__pg_describe(vg_db *db, const vg_applied_in *ledger,
                    int (*each)(void *ctx, const char *what, const char *found,
                                bool good),
                    void *ctx);

int vg__pg_alone(vg_db *db, const char *sql, const vg_piece *pieces, size_t count,
                 bool again);

int vg__pg_progress(vg_db *db, const vg_applied_in *ledger, vg_arena *arena,
                    vg_progress_list *out);
void vg__pg_keep(vg_buf *out, const vg_applied_in *ledger, const vg_progress *progress);
void vg__pg_forget(vg_buf *out, const vg_applied_in *ledger, int64_t when, bool last);

int vg__pg_objects(vg_db *db,
                   int (*each)(void *ctx, const char *type, const char *name,
                               const char *table, const char *sql),
                   void *ctx);
