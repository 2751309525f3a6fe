/* What is done to a database as a whole, and to calls that take too long. */
#pragma once
#pragma GCC system_header
#include <virga/handle.h>

VG_BEGIN_DECLS

/* Stop what the connection is doing: the statement that runs, or its wait for a lock,
 * returns VG_INTERRUPTED. Nothing happens when nothing runs. A statement that was writing
 * inside of a transaction takes the whole transaction down with it. From any thread, as
 * long as the connection is not being closed. */
VG_API void vg_interrupt(vg_db *db);

/* All calls from here on must be done within `ms` milliseconds: the one that is running
 * then, its waits for locks included, and those that come later return VG_INTERRUPTED.
 * What takes back (a rollback) is always let finish. 0: no deadline any more. There is
 * options.query_timeout_ms for a limit to every single call; the earlier one counts.
 *     vg_deadline(db, 200);
 *     ... the calls of one request ...
 *     vg_deadline(db, 0); */
VG_API void vg_deadline(vg_db *db, int ms);

/* How a checkpoint moves the write-ahead log into the database, see SQLite's
 * wal_checkpoint: as far as nobody is in the way; all of it, waiting for writers and
 * readers; so that the next writer begins the log anew; and with an empty file. */
typedef enum vg_checkpoint_mode {
    VG_CHECKPOINT_PASSIVE,
    VG_CHECKPOINT_FULL,
    VG_CHECKPOINT_RESTART,
    VG_CHECKPOINT_TRUNCATE
} vg_checkpoint_mode;

/* What came of it. */
typedef struct vg_checkpoint_result {
    int64_t log_pages;   /* in the log; 0 after TRUNCATE or when there is none */
    int64_t moved_pages; /* of them in the database now */
} vg_checkpoint_result;

/* Move the log into the database. `result` may be NULL. VG_BUSY: others were in the way for
 * longer than busy_timeout_ms; what could be done is done. Without a log: VG_OK, nothing.
 * SQLite does it by itself after options.checkpoint_pages.
 *     if (vg_checkpoint(db, VG_CHECKPOINT_TRUNCATE, NULL)) return fail(db); */
VG_API int vg_checkpoint(vg_db *db, vg_checkpoint_mode mode,
                         vg_checkpoint_result *result);

/* Something that is wrong with a database. */
typedef enum vg_defect_kind {
    VG_DEFECT_FILE,       /* the file's structure, an index, a NOT NULL or CHECK */
    VG_DEFECT_FOREIGN_KEY /* a row refers to one that is not there */
} vg_defect_kind;

typedef struct vg_defect {
    vg_defect_kind kind;
    const char *message;
    const char *table;  /* FOREIGN_KEY: where the row is; else "" */
    const char *parent; /* FOREIGN_KEY: the table that it refers to; else "" */
    int64_t row;        /* FOREIGN_KEY: its rowid; 0: unknown (WITHOUT ROWID) */
} vg_defect;

typedef struct vg_defect_list {
    vg_defect *data;
    size_t len;
} vg_defect_list;

/* How closely to look: QUICK does not compare indexes with their tables, and takes a
 * fraction of the time. */
typedef enum vg_integrity { VG_INTEGRITY_FULL, VG_INTEGRITY_QUICK } vg_integrity;

/* Read the whole database and list what is wrong with it, at most 100 defects of each kind;
 * they live in `arena`. VG_OK with len 0: it is sound. Other codes: it could not be
 * checked.
 *     vg_defect_list defects;
 *     if (vg_check_integrity(db, &arena, VG_INTEGRITY_FULL, &defects)) return fail(db);
 *     for (size_t i = 0; i < defects.len; i++) puts(defects.data[i].message); */
VG_API int vg_check_integrity(vg_db *db, vg_arena *arena, vg_integrity how,
                              vg_defect_list *out);

/* Attach a second database to the connection under a name, by URL or path as vg_open takes
 * it. Its journal and synchronous settings become those of the options. Tables declared with
 * IN_DATABASE(name) are found there, all others in the main database. A transaction over both
 * is all or nothing, except that when power fails in the middle of a commit each file is whole
 * for itself (in WAL). Not inside of a transaction. VG_SCHEMA: the name is in use. A pool
 * attaches in options.setup.
 *     if (vg_attach(db, "content.db", "content", true)) return fail(db); */
VG_API int vg_attach(vg_db *db, const char *url, const char *name, bool read_only);

/* Let it go. VG_BUSY: a cursor still reads it. VG_SCHEMA: no such database. */
VG_API int vg_detach(vg_db *db, const char *name);

/* How to copy; all zero is a good choice. */
typedef struct vg_backup_options {
    int pages_per_step; /* 0: 1000 */
    int pause_ms;       /* between steps, to leave the disk to others; 0: none */
    int busy_ms; /* to go on trying while others have it locked; 0: 5000, below 0:
                           do not wait */
    bool check;  /* read the whole copy and check it before it is used */
    /* Told between steps; pages of the database. False: stop, VG_INTERRUPTED. */
    bool (*progress)(void *ctx, int64_t done, int64_t total);
    void *progress_ctx;
} vg_backup_options;

/* Copy the database, as it is at one moment, to the file `path` while others read and
 * write. The copy is written beside it under another name ("copy.db.part-..."), brought to
 * disk and then renamed: if anything fails, `path` is as it was, be it an older copy or
 * nothing. `options` may be NULL. Not inside of a transaction. A connection that reads is
 * enough, a pool's too. VG_INTERRUPTED: by `progress`, vg_deadline or vg_interrupt.
 * VG_BUSY: others were in the way, or `path` is being used as a database.
 *     if (vg_backup(db, "copy.db", NULL)) return fail(db); */
VG_API int vg_backup(vg_db *db, const char *path, const vg_backup_options *options);

/* Replace everything in the database by the copy at `path`, all or nothing; other
 * connections see the old rows until the end and the new ones after it. The copy is checked
 * first (`options.check`: more closely). Not inside of a transaction or with a cursor open.
 * VG_CORRUPT: the copy is damaged or no database; VG_CONNECT: it is not there; VG_BUSY as
 * above.
 *     if (vg_restore(db, "copy.db", NULL)) return fail(db); */
VG_API int vg_restore(vg_db *db, const char *path, const vg_backup_options *options);

/* Let the planner look again at tables that have changed a lot; cheap, good from time to
 * time and before closing. */
VG_API int vg_optimize(vg_db *db);

/* Write the database anew without its free pages. Needs twice its room, and nobody else in
 * it; not inside of a transaction. */
VG_API int vg_vacuum(vg_db *db);

/* The same into another file: a copy as by vg_backup, as small as can be. */
VG_API int vg_vacuum_into(vg_db *db, const char *path);

VG_END_DECLS
