/* What a database brings to migrations: how its SQL is cut into statements, the table of those
 * that have run, foreign keys while they do. As with vg_operations no driver points to its
 * table, so that a program that does not migrate is linked without it. */
#pragma once
#include "base/buf.h"
#include "core/db.h"
#include "core/lexis.h"

/* What a statement is about, by its first words. */
enum {
    VG_DOES_LOSE = 1,        /* rows, values or a table may be gone */
    VG_DOES_TRANSACTION = 2, /* BEGIN, COMMIT, ROLLBACK */
    VG_DOES_ALONE = 4,       /* cannot run in a transaction */
    VG_DOES_KEYS = 8,        /* switches foreign keys, which the run does by itself */
    VG_DOES_NO_ORPHANS = 16, /* no row can refer to nothing because of it */
    VG_DOES_RENAME = 32,     /* gives a table another name */
    VG_DOES_VALUE = 64,      /* adds a value that can be used after the commit only */
    VG_DOES_INPUT = 128      /* wants rows from the one who runs it */
};

/* Words, of which # stands for a name (a.b too) and ... for any tokens. The first pattern that
 * fits counts; words NULL ends a list. */
typedef struct vg_pattern {
    const char *words;
    unsigned does;
} vg_pattern;

/* A row of the table of applied migrations, in the order in which they were written. */
typedef struct vg_applied {
    int64_t key; /* what tells rows apart */
    int64_t when;
    const char *hash; /* "": not known */
} vg_applied;
typedef struct vg_applied_list {
    vg_applied *data;
    size_t len;
} vg_applied_list;

/* Which table that is. */
typedef struct vg_applied_in {
    const char *schema; /* where there are schemas */
    const char *table;
} vg_applied_in;

/* Rows of `table` that refer to no row of `parent`. */
typedef struct vg_orphans {
    const char *table, *parent;
    int64_t count;
    int64_t row; /* one of them, by its rowid; 0: not known */
} vg_orphans;
typedef struct vg_orphans_list {
    vg_orphans *data;
    size_t len;
    const char **tables; /* all there are */
    size_t table_count;
    const char
        *unknown; /* why the database cannot tell: a key refers to what is no key */
} vg_orphans_list;

/* A token of a statement. */
typedef struct vg_piece {
    const char *text; /* with its quotes */
    size_t len;
    bool name; /* a word, in quotes or not */
} vg_piece;

/* How far a migration has come whose statements cannot all be in one transaction: a row of a
 * table beside the ledger, which is there only as long as there is such a migration. */
typedef struct vg_progress {
    int64_t when;    /* the migration's, which tells rows apart */
    int64_t done;    /* statements that are in the database */
    const char *sum; /* of their texts */
    bool running;    /* the next one was begun outside of a transaction */
} vg_progress;
typedef struct vg_progress_list {
    vg_progress *data;
    size_t len;
} vg_progress_list;

/* What was switched for the time of a run. */
typedef struct vg_migrating {
    int keys, renames;
} vg_migrating;

typedef struct vg_migrator {
    const vg_lexis *lexis;
    const vg_pattern *patterns;

    /* Its rows; none if it is not there. */
    int (*applied)(vg_db *db, const vg_applied_in *ledger, vg_arena *arena,
                   vg_applied_list *out);
    int (*make)(vg_db *db, const vg_applied_in *ledger); /* unless it is there */
    /* Statements: add a row; remove one. */
    void (*add)(vg_buf *out, const vg_applied_in *ledger, const char *hash,
                int64_t when);
    void (*remove)(vg_buf *out, const vg_applied_in *ledger, int64_t key);

    /* Around a run, outside of its transaction: stop enforcing foreign keys; as before. */
    void (*begin)(vg_db *db, vg_migrating *state);
    void (*end)(vg_db *db, const vg_migrating *state);
    /* VG_OK or, after vg__fail, why statements would not mean the database's own tables. */
    int (*ready)(vg_db *db);
    /* Run one statement; `does` are VG_DOES_ of it. */
    int (*run)(vg_db *db, const char *sql, unsigned does);
    /* NULL: foreign keys are enforced all the time. */
    int (*orphans)(vg_db *db, vg_arena *arena, vg_orphans_list *out);
    /* How far `table` has counted with keys that are never given twice, 0: it does not count;
     * and have it go on from at least there. *there: the table is there, and counts. Both
     * NULL: the database does not forget. */
    int (*counter)(vg_db *db, const char *table, int64_t *out);
    int (*raise)(vg_db *db, const char *table, int64_t value, bool *there);

    /* Each object of the schema, ordered, but internal ones; `sql` may be NULL. */
    int (*objects)(vg_db *db,
                   int (*each)(void *ctx, const char *type, const char *name,
                               const char *table, const char *sql),
                   void *ctx);
    /* The database's file; "": there is none. NULL: copies are the server's affair. */
    const char *(*file)(vg_db *db);

    /* ---- of a server, else NULL ---- */

    /* In a transaction that has just begun: take the lock that all who migrate share until its
     * end, and bound how long a statement waits for a lock on a table (0: it does not).
     * VG_BUSY, after vg__fail, which says who has it. */
    int (*lock)(vg_db *db, const vg_applied_in *ledger, int table_lock_ms);
    /* The same lock outside of a transaction; and give it back. */
    int (*hold)(vg_db *db, const vg_applied_in *ledger);
    void (*release)(vg_db *db, const vg_applied_in *ledger);
    /* Run a statement that cannot be in a transaction; `pieces` are its first tokens. `again`:
     * it was begun before, and nobody knows how it ended: find out, and take away what it left. */
    int (*alone)(vg_db *db, const char *sql, const vg_piece *pieces, size_t count,
                 bool again);
    /* After a statement could not have its lock, and the transaction is over: who has one on
     * a table that it names, as the rest of a sentence; "": nobody any more. */
    void (*in_the_way)(vg_db *db, const vg_piece *pieces, size_t count, char *out,
                       size_t room);
    /* Check now what would be checked by a commit. */
    int (*settle)(vg_db *db);
    /* How far migrations have come; statements that say it, and that there is no more of it. */
    int (*progress)(vg_db *db, const vg_applied_in *ledger, vg_arena *arena,
                    vg_progress_list *out);
    void (*keep)(vg_buf *out, const vg_applied_in *ledger, const vg_progress *progress);
    void (*forget)(vg_buf *out, const vg_applied_in *ledger, int64_t when, bool last);
    /* What a person should know of the server and of what may be done there. */
    int (*describe)(vg_db *db, const vg_applied_in *ledger,
                    int (*each)(void *ctx, const char *what, const char *found,
                                bool good),
                    void *ctx);
    bool each; /* a migration is a transaction, unless it is said otherwise */
} vg_migrator;

/* The migrator of a connection's driver; never NULL. Exported for the kit. */
VG_API const vg_migrator *vg__migrator_of(const vg_db *db);
