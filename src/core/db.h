/* A connection, as the core sees it: what the statement cache, the walkers and the
 * transactions keep in it. */
#pragma once
#include "base/alloc.h"
#include "base/arena.h"
#include "base/buf.h"
#include <stdatomic.h>
#include <virga/caching.h>
#include <virga/db.h>
#include <virga/tx.h>
#include <stdatomic.h>

typedef struct vg_driver vg_driver;
typedef struct vg_stmt vg_stmt;
typedef struct vg_watch vg_watch;
struct vg_param;
/* What hangs on a connection and ends with it, or when a pool takes it back. */
typedef struct vg_hanger vg_hanger;
struct vg_hanger {
    vg_hanger *next;
    /* Not to be used any more; closing: free it too. True: it was left running. */
    bool (*end)(vg_db *db, vg_hanger *hanger, bool closing);
};

/* The prepared statements: a bounded hash table by signature, least recently used out. The
 * statement that a place in the program ran last is a guess that the signature confirms,
 * so that the usual hit needs no hash. */
typedef struct vg_cache {
    vg_stmt **buckets;
    size_t bucket_count; /* a power of two */
    int shift;           /* of the hash, to a bucket */
    size_t count, limit;
    vg_stmt *newest, *oldest;
    vg_stmt *sites[64]; /* by the address of the call's place */
} vg_cache;

/* The signature of the query at hand and its parameters, in buffers that stay. */
typedef struct vg_walk {
    uint64_t *words, *at, *end;
    struct vg_param *params, *param_at, *param_end;
    vg_arena scratch; /* generated defaults; reset for each query */
    bool arrays;      /* the dialect's: an array is one parameter */
    bool building;    /* a registered query: parameters stand for arguments to come */
    bool of_result;   /* the columns are those of a set operation's result */
    const struct vg_tree_loader *tree; /* it has a WITH, and this loads; else NULL */
    const struct vg_call
        *call;       /* of a registered query, whose trees are loaded; or NULL */
    vg_clause cache; /* CACHE, if the statement has it */
    int failed;      /* a vg_code; the first one sticks */
    char message[256];
    vg_allocator allocator;
} vg_walk;

/* How long calls may take (limit.c). */
typedef struct vg_limit {
    bool on;             /* there is a limit at all */
    int stopped;         /* why the call was, until it is told */
    int64_t until_ns;    /* when the call must end, on the monotonic clock */
    int64_t deadline_ns; /* of vg_deadline; 0: none */
    int deadline_ms;
    int64_t wait_begun_ms; /* the driver's, for one wait */
    int64_t open_ns;       /* when the connection must be open; 0: some time */
    atomic_bool interrupt; /* vg_interrupt, for who waits */
} vg_limit;

struct vg_db {
    const vg_driver *driver;
    const vg_dialect *dialect;
    void *conn; /* the driver's */
    const char *here;
    vg_walk walk;
    vg_cache cache;
    vg_buf sql; /* for rendering */
    char *rows; /* rows of a list until their number is known */
    size_t rows_cap;
    int64_t changes; /* of several statements together; below 0: ask the driver */
    bool read_only;
    bool existing;         /* the file was there before: do not make it anew */
    struct vg_place *home; /* a pool's; NULL: it is the program's own */

    int depth;         /* of transactions */
    bool failed[32];   /* per depth: a statement failed; 0: a rollback is owed */
    vg_error *first;   /* the error that failed the transaction */
    uint32_t met;      /* the codes of its failures so far, for a pool: a bit each */
    int result;        /* of the last transaction block */
    const char *block; /* the place of the outermost block */

    /* Something to see to before the next call (a batch that runs, notifications): VG_OK or
     * why the call must not be. NULL: nothing. */
    int (*attend)(vg_db *db);
    vg_hanger *hangers;
    /* While a statement is added to a batch: whose it becomes; what takes it instead of a
     * run; whether preparing it can wait. */
    void *holder;
    int (*record)(vg_db *db, vg_stmt *stmt);
    bool defer;

    bool tree_holds;          /* the transaction is a tree's own, not the program's */
    struct vg_forest *forest; /* what trees of rows need, tree.c; NULL: none was read */
    void (*forest_end)(vg_db *db);
    vg_limit limit;
    vg_cursor *cursors; /* open */
    vg_cursor *spare;   /* finished, to be used again */
    vg_stats stats;
    struct { /* debug builds: who is in a call; see guard.h */
        _Atomic(uintptr_t) owner;
        _Atomic(const char *) here;
        uint64_t id; /* never used twice */
        int depth;
    } guard;
    vg_watch *watch; /* NULL: nobody watches; see watch.h */
    vg_options options;
    vg_allocator allocator;
    vg_error error;
    vg_error first_room;
};

enum { VG_MAX_DEPTH = 31, VG_ROWS_KEPT = 1 << 20, VG_MAX_SQL = 1 << 20 };

/* End all that hangs on a connection. True: something was left running. */
bool vg__hangers_end(vg_db *db, bool closing);

/* Begin a call: no error. */
static inline void vg__begin(vg_db *db, const char *here)
{
    db->here = here;
    db->error.code = VG_OK;
}

/* vg_open; `existing`: a database file that is not there is not made; `until_ns`: a server
 * must have answered by then, on the monotonic clock; 0: it takes what it takes. */
int vg__open(vg_db **out, const char *url, const vg_options *options, bool existing,
             int64_t until_ns);

/* "file:line" into an error's fields. */
void vg__error_place(vg_error *e, const char *here);

/* What a database tells of a failure beside its text; NULL and 0 are "not known" (a
 * SQLSTATE is then that of the code). */
typedef struct vg_details {
    int native;
    const char *sqlstate, *constraint, *table, *column;
    int position;
} vg_details;

/* Record a failure; the SQL (may be NULL), the details (may be NULL) and the place of the
 * call are added. Returns `code`. Fails the transaction that is open. Exported for seeding. */
VG_API int vg__fail_with(vg_db *db, int code, const char *sql,
                         const vg_details *details, const char *format, ...)
    VG_PRINTF(5, 6);

#define vg__fail(db, code, sql, ...) vg__fail_with(db, code, sql, NULL, __VA_ARGS__)

/* Memory of the connection's allocator. */
static inline void *vg__db_alloc(vg_db *db, void *ptr, size_t old_size, size_t new_size)
{
    return vg__alloc(&db->allocator, ptr, old_size, new_size);
}
