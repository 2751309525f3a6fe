/* Migrations: bring a database to the schema that a program expects, step by step, with no
 * row lost on the way. In the library itself, so that a program migrates when it starts:
 *
 *     extern const vg_migrations app_migrations;      (a file that `virga embed` writes)
 *
 *     if (vg_open(&db, "app.db", NULL) || vg_migrate(db, &app_migrations, NULL))
 *         return fail(db);
 *
 * Which migrations have run stands in a table of the database, the one of Drizzle ORM:
 * __drizzle_migrations(id, hash, created_at), a row for each. Programs with Drizzle and with
 * Virga can so share a database. In PostgreSQL it is drizzle.__drizzle_migrations.
 *
 * A run is one transaction, on PostgreSQL one for each migration: whatever happens, a full disk
 * or a killed program included, the database is as before or as after, the next run carries on,
 * and the message says which.
 * Programs that migrate at once wait for each other; the later ones find nothing left to do.
 * Foreign keys are not enforced during a run on SQLite, so a table that is made anew deletes no
 * rows of others; before the commit all are checked.
 *
 * What PostgreSQL does not run in a transaction (CREATE INDEX CONCURRENTLY, VACUUM, ...) runs
 * between two: what stands before it is committed, and how far the migration has come is kept
 * in a table beside the other one. If it fails or the program dies the next run goes on there. */
#pragma once
#pragma GCC system_header
#include <virga/handle.h>

VG_BEGIN_DECLS

/* The table of applied migrations, unless another one is named. */
#define VG_MIGRATIONS_TABLE "__drizzle_migrations"
/* Where it is in a database that has schemas. */
#define VG_MIGRATIONS_SCHEMA "drizzle"

/* One migration: the content of a file. Constant data of the caller. */
typedef struct vg_migration {
    const char *tag; /* its name, unique: "0001_add_age" */
    int64_t
        when; /* milliseconds since 1970, as the journal says; later ones are larger */
    const char *sql; /* the statements: the whole file as it is */
    size_t sql_len;  /* in bytes; 0: it ends in NUL */
    const char
        *down; /* the statements that take it back, ends in NUL; NULL: none known */
    const char
        *hash; /* SHA-256 of `sql`, 64 lower-case digits; NULL: not known, and an edit
                         goes unnoticed. The kit computes both */
    const char
        *hash_eol;    /* of `sql` with its other line ends: "\r\n", or "\n" if it has
                             those; NULL: not known */
    const char *path; /* for messages; NULL: "<tag>.sql" */
} vg_migration;

/* All migrations, the oldest first. */
typedef struct vg_migrations {
    const vg_migration *data;
    size_t len;
} vg_migrations;

/* ---- what is told during a run ---- */

typedef enum vg_migrate_event_kind {
    VG_MIGRATE_STATEMENT, /* about to run; of a dry run: would run */
    VG_MIGRATE_DONE, /* the last statement of a migration has run; not committed yet */
    VG_MIGRATE_COMMITTED, /* what was told as done is in the database now */
    VG_MIGRATE_BACKUP,    /* about to copy the database to `text` */
    VG_MIGRATE_REHEARSAL, /* about to try it, `text` says where: "on a copy" */
    VG_MIGRATE_CHECK,     /* about to check foreign keys */
    VG_MIGRATE_WARNING,   /* `text` says what is odd but allowed */
    VG_MIGRATE_AGAIN, /* what was not committed was rolled back, as a lock could not be had:
                         `text` says which; it is tried again */
    VG_MIGRATE_UNREHEARSED /* `text` says where the rehearsal ended before the end */
} vg_migrate_event_kind;

/* What a statement does, as far as its first words tell. */
enum {
    VG_MIGRATE_LOSES = 1,   /* rows, values or a table may be gone after it */
    VG_MIGRATE_SKIPPED = 2, /* PRAGMA foreign_keys: a run sees to that by itself */
    VG_MIGRATE_ALONE = 4    /* outside of a transaction: CREATE INDEX CONCURRENTLY */
};

typedef struct vg_migrate_event {
    vg_migrate_event_kind kind;
    bool dry_run, rehearsal, rollback;
    const vg_migration *migration; /* STATEMENT, DONE; else NULL */
    size_t migration_number;       /* 1 ... migration_count, of this run */
    size_t migration_count;
    size_t statement_number; /* 1 ... statement_count, of this migration */
    size_t statement_count;
    const char *text;   /* STATEMENT: its SQL, without the ; after it. Ends in NUL */
    int line;           /* STATEMENT: where it begins in the file, from 1 */
    unsigned flags;     /* STATEMENT: VG_MIGRATE_LOSES, ... */
    int64_t elapsed_ns; /* since the migration began; COMMITTED: since the run did */
} vg_migrate_event;

/* Told on the caller's thread; what it is given lives until it returns, and it must not use
 * the connection. False: stop, VG_INTERRUPTED, and the transaction is rolled back. */
typedef bool (*vg_migrate_fn)(void *ctx, const vg_migrate_event *event);

/* ---- how ---- */

/* What is in a transaction of its own. */
typedef enum vg_migrate_unit {
    VG_MIGRATE_AS_USUAL, /* SQLite: all; PostgreSQL, where locks are kept so long: each */
    VG_MIGRATE_ALL, /* the whole run: the database fits the old program or the new one */
    VG_MIGRATE_EACH /* a migration: those before one that fails stay */
} vg_migrate_unit;

/* About something odd. ALLOW tells it as a VG_MIGRATE_WARNING. */
typedef enum vg_migrate_answer {
    VG_MIGRATE_REFUSE,
    VG_MIGRATE_ALLOW
} vg_migrate_answer;

/* All zero is a good choice. */
typedef struct vg_migrate_options {
    const char *table;  /* NULL: "__drizzle_migrations" */
    const char *schema; /* of that table; NULL: "drizzle". SQLite has none */
    const char *to;     /* migrate: the last tag to apply; roll back: the last to keep.
                          NULL: all; one (`steps`) */
    int steps;          /* roll back: how many; 0: one; below 0: all */
    vg_migrate_unit unit;
    /* A migration that was applied and is another one now. ALLOW: it stays as applied. */
    vg_migrate_answer changed;
    /* A migration that was never applied and is older than the newest one that was: from
     * another branch, for example. ALLOW: it is applied now. */
    vg_migrate_answer out_of_order;
    int lock_timeout_ms; /* to wait for others who migrate or write; 0: 60000, below 0:
                            do not wait */
    /* On a server: how long a statement may wait for the lock on a table, in which time all who
     * come after it wait, too. Then the transaction is rolled back, and tried again until
     * lock_timeout_ms is over. 0: 2000; below 0: as the server is set. */
    int table_lock_ms;
    bool dry_run;  /* change nothing: tell `progress` the statements */
    bool rehearse; /* run on a copy first, and look whether it is sound after that; on
                      PostgreSQL: in a transaction, with its locks, that is rolled back */
    const char
        *rehearse_path; /* of the copy, which goes away: no file that is there; NULL:
                           beside the database */
    const char *backup_path; /* copy the database to there before a run that may lose
                                  something (VG_MIGRATE_LOSES); NULL: do not */
    bool backup_always;      /* before any run that has something to do */
    vg_migrate_fn progress;  /* NULL: nothing is told */
    void *progress_ctx;
    size_t *count; /* NULL, or where to store how many were applied or rolled back; of a
                      dry run: would be */
} vg_migrate_options;

/* Apply what is pending, in the order of the list. `options` may be NULL. VG_OK: nothing is
 * pending any more (up to options.to). Otherwise vg_errmsg says what is wrong, with file and
 * line ("0002_x.sql:14: no such table: a"), and how the database was left. Before anything
 * runs it is refused as VG_INVALID that a migration was changed or is out of order, that a
 * file has BEGIN, COMMIT or ROLLBACK (SQLite: or VACUUM), a tag that is not in the list, and that
 * what has run of a half done migration is not what its file says any more. VG_FOREIGN_KEY:
 * after the run rows would refer to nothing that did not before. VG_BUSY: another connection
 * kept the lock. A trigger or an index that a file forgets to create again after it made a
 * table anew is told as a warning. options.query_timeout_ms counts for each statement. A
 * rehearsal does not know what the program has added to the connection (functions, attached
 * databases). Not inside of a transaction, with a cursor open, while a temporary table hides
 * one of the database, or on a connection that a pool has lent: migrate before the pool is
 * opened, or in its options.setup, which is the only way to a database in memory. Other
 * connections need not be closed. */
VG_API int vg_migrate(vg_db *db, const vg_migrations *migrations,
                      const vg_migrate_options *options);

/* Take back what was applied, the newest first: run each one's `down` and remove its row. With
 * options.to all that come after it in the list, else options.steps of them. Before anything
 * runs it is refused as VG_INVALID that one has no `down` or says in it that it cannot be taken
 * back ("-- irreversible: the reason"), that it was changed since, or that something newer was
 * applied which is not in the list. Otherwise as vg_migrate, in what is safe and what is told.
 *     if (vg_rollback_migrations(db, &app_migrations, NULL)) return fail(db);      the last one
 *     vg_migrate_options back = {.to = "0003_orders"};
 *     if (vg_rollback_migrations(db, &app_migrations, &back)) return fail(db); */
VG_API int vg_rollback_migrations(vg_db *db, const vg_migrations *migrations,
                                  const vg_migrate_options *options);

/* ---- how it stands ---- */

typedef enum vg_migration_state {
    VG_MIGRATION_PENDING,
    VG_MIGRATION_APPLIED,
    VG_MIGRATION_CHANGED,      /* applied, and its file is another one now */
    VG_MIGRATION_OUT_OF_ORDER, /* never applied, and older than the newest that was */
    VG_MIGRATION_MISSING       /* applied, and not in the list */
} vg_migration_state;

typedef struct vg_migration_entry {
    vg_migration_state state;
    bool line_ends;                /* APPLIED: the file has other line ends now */
    const vg_migration *migration; /* NULL: MISSING */
    int64_t when;                  /* its own; MISSING: the row's */
    const char *hash;              /* of the file; MISSING: NULL */
    const char *applied_hash; /* of the row; "": not stored; NULL: there is no row */
    size_t
        statements; /* PENDING: so many of them have run, and the next run goes on there */
} vg_migration_entry;

/* First the list, in its order, then what is missing in it, the oldest first. */
typedef struct vg_migration_status_list {
    vg_migration_entry *data;
    size_t len;
    size_t applied, pending, changed, out_of_order, missing; /* how many of each */
} vg_migration_status_list;

/* Compare the list with the database, which is only read; the result lives in `arena`. Of
 * `options`, which may be NULL, `table` and `schema` count.
 *     vg_migration_status_list status;
 *     if (vg_migration_status(db, &arena, &app_migrations, NULL, &status)) return fail(db);
 *     printf("%zu pending\n", status.pending); */
VG_API int vg_migration_status(vg_db *db, vg_arena *arena,
                               const vg_migrations *migrations,
                               const vg_migrate_options *options,
                               vg_migration_status_list *out);

enum { VG_FINGERPRINT_ROOM = 17 };

/* A number for the schema that the database has: 16 digits and a NUL, the same for the same
 * tables, indexes, views and triggers, however they are spaced, quoted and commented. What
 * SQLite keeps for itself does not count, nor does the table of migrations, whose name is
 * `table`, NULL for the usual one. The empty database has one, too.
 *     char now[VG_FINGERPRINT_ROOM];
 *     if (vg_fingerprint(db, NULL, now)) return fail(db); */
VG_API int vg_fingerprint(vg_db *db, const char *table, char out[VG_FINGERPRINT_ROOM]);

/* VG_OK if that is the fingerprint of the database, else VG_SCHEMA: for a program that starts,
 * whose schema somebody may have changed by hand. */
VG_API int vg_check_fingerprint(vg_db *db, const char *table, const char *expected);

VG_END_DECLS
