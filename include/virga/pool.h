/* Pools: several connections to one database, lent to threads. For SQLite that is one
 * writer, since it has no more, and some readers that never wait for it; for PostgreSQL up to
 * `max` connections to the server and to each of its replicas:
 *
 *     vg_pool *pool;
 *     if (vg_pool_open(&pool, "blog.db", NULL)) return fail(vg_pool_errmsg(NULL));
 *
 *     VG_READ(pool, db) {
 *         vg_all(db, &arena, &list, SELECT(users));
 *     }
 *     if (vg_pool_result(pool)) ...               no connection came free in time
 *
 * Any thread may take, release and ask; between take and release the connection belongs to
 * the one that took it. Who has to wait is served in the order of coming. A pool does not
 * survive fork: open it in the child. A database in memory is seen by one connection only,
 * so there readers and writers take turns on that one. */
#pragma once
#pragma GCC system_header
#include <virga/handle.h>

VG_BEGIN_DECLS

/* A pool. Any thread. */
typedef struct vg_pool vg_pool;

/* What a connection is taken for: to read; to write; to read what is written, from the
 * primary and no replica of it. */
typedef enum vg_pool_mode { VG_POOL_READ, VG_POOL_WRITE, VG_POOL_PRIMARY } vg_pool_mode;

/* Told what the pool noticed: a transaction or a cursor left open, a broken connection, who
 * still holds one at the end. Called on the thread that noticed it, with no lock held;
 * `error` lives until it returns. It must not use the pool. */
typedef void (*vg_pool_report_fn)(void *ctx, const vg_error *error);

/* A server that follows the primary, and to which VG_READ may go. */
typedef struct vg_pool_replica {
    const char *url;
    int weight; /* its share of the reads, beside those of the others; 0: 1 */
} vg_pool_replica;

/* Which replica the next read goes to: one of the `count` numbers in `fit`, which count
 * options.replicas from 0. Called with the pool's lock held: it must be quick and not use the
 * pool. Anything else than one of `fit` counts as the first of them. */
typedef size_t (*vg_pool_pick_fn)(void *ctx, const size_t *fit, size_t count);

/* How to open a pool; all zero is a good choice. What a database does not have says so:
 * `readers` is SQLite's, `min` and `max` are PostgreSQL's, and the other ignores them. */
typedef struct vg_pool_options {
    int readers;        /* SQLite: connections that read; 0: 4, below 0: 1 */
    int max;            /* PostgreSQL: connections to each server, at most; 0: 10 */
    int min;            /* opened with the pool, to each server, and kept; 0: none */
    bool open_all;      /* open all now; else the first now, the others when needed */
    int wait_ms;        /* to wait for a connection; 0: 5000, below 0: do not wait */
    int idle_close_ms;  /* close one that lay unused so long; 0: never */
    int max_age_ms;     /* replace one that is older when it is taken, or up to a fifth
                          younger, so that not all go at once; 0: never */
    int check_after_ms; /* look whether a connection is sound after so long a rest;
                           0: 1000, below 0: only after an error */
    int wal_limit_kib; /* when the write-ahead log's file grows larger, empty it after a
                           write; 0: leave it as it is */
    bool reset;        /* forget at each release what was set on the connection, and run
                   `setup` again: SET, LISTEN, temporary tables, advisory locks.
                   SQLite has nothing of the kind. */
    /* Run once on each new connection, to attach databases for instance; not VG_OK: the
     * connection is not used, and that is the failure. */
    int (*setup)(vg_db *db, void *ctx);
    void *setup_ctx;
    vg_pool_report_fn report; /* NULL: none */
    void *report_ctx;

    const vg_pool_replica *replicas; /* copied; SQLite: VG_UNSUPPORTED */
    size_t replica_count;            /* at most 64 */
    vg_pool_pick_fn pick;            /* NULL: at random, by weight */
    void *pick_ctx;
    int max_lag_ms;        /* do not read from a replica further behind; 0: no limit */
    int replica_check_ms;  /* how long its lag counts as known; 0: 1000 */
    bool read_your_writes; /* a thread's VG_READ sees what it has written: see
                              vg_pool_mark */
    bool
        only_replicas; /* when no replica can be read, that is VG_CONNECT; else it is the
                           primary's turn */

    vg_options connection; /* of each; allocator and log are called from any thread */
} vg_pool_options;

/* What one kind of connection has done. Times in nanoseconds. */
typedef struct vg_pool_use {
    uint64_t open;         /* connections that are open now */
    uint64_t in_use;       /* taken now */
    uint64_t waiting;      /* threads that wait now */
    uint64_t taken;        /* times one was taken */
    uint64_t waits;        /* times somebody had to wait */
    uint64_t timeouts;     /* waits in vain */
    int64_t wait_ns;       /* all waits together */
    int64_t longest_wait;  /* ns */
    int64_t longest_hold;  /* ns, of those released */
    char longest_here[96]; /* "file:line" of who held so long */
} vg_pool_use;

typedef struct vg_pool_stats {
    /* SQLite: of the readers and the writer, in memory all in `write`. PostgreSQL: of the
     * replicas together and the primary. */
    vg_pool_use read, write;
    uint64_t opened;      /* connections, since the pool was opened */
    uint64_t closed;      /* those below included */
    uint64_t broken;      /* found unsound and closed */
    uint64_t idle_closed; /* closed for lack of use */
    uint64_t aged;        /* closed for max_age_ms */
    uint64_t outages;     /* times that a server was found to be away */
    uint64_t attempts;    /* to open a connection, in vain */
    uint64_t lagging;     /* times that a replica was too far behind to be read */
    uint64_t to_primary;  /* reads that went there, since no replica could be read */
    uint64_t left_open;   /* released with a transaction or a cursor open */
    uint64_t checkpoints; /* for wal_limit_kib */
} vg_pool_stats;

/* Open a pool over a database by URL or path, as vg_open takes it. The first connection is
 * opened now, so that a wrong URL fails here. `options` may be NULL and is copied. On
 * failure *pool is NULL and vg_pool_errmsg(NULL) says why. A database that can only be read
 * gives a pool without a writer. */
VG_API int vg_pool_open(vg_pool **pool, const char *url,
                        const vg_pool_options *options);

/* Close: nobody can take a connection from here on, who waits for one is sent away, and
 * those that are taken are waited for (`wait_ms` as in the options). VG_BUSY: some are
 * still taken, and the message says by whom; the pool stays closed to takers, call again.
 * VG_OK: all is given back, `pool` is gone. NULL is ignored. One thread. */
VG_API int vg_pool_close(vg_pool *pool, int wait_ms);

/* Take a connection and store it in *db: to read; one that may write; to read, but not from
 * a replica (without replicas the same as to read). Release it with vg_pool_release.
 * `wait_ms`: to wait at most; 0: options.wait_ms, below 0: do not wait. A connection that is
 * broken is replaced within the same time. When the server is away one of those who wait
 * tries to reach it, with pauses that grow; a replica that is away is left out.
 *
 * A connection taken to read refuses to write (VG_READ_ONLY), also at the primary; a function
 * that writes, called by a SELECT, and vg_raw are not seen through.
 *
 * VG_BUSY: none came free; the message names who has them and for how long. VG_READ_ONLY:
 * the pool has no writer. VG_MISUSE: the pool is closing. VG_CONNECT: the server could not be
 * reached; the message says for how long it was tried, and what it said. Or another failure
 * of vg_open. Then *db is NULL.
 *     vg_db *db;
 *     if (vg_pool_read(pool, &db, 0)) return fail(vg_pool_errmsg(pool)); */
#define vg_pool_read(pool, db, wait_ms) \
    vg_pool_take((pool), VG_POOL_READ, (db), (wait_ms), VG_HERE)
#define vg_pool_write(pool, db, wait_ms) \
    vg_pool_take((pool), VG_POOL_WRITE, (db), (wait_ms), VG_HERE)
#define vg_pool_primary(pool, db, wait_ms) \
    vg_pool_take((pool), VG_POOL_PRIMARY, (db), (wait_ms), VG_HERE)
/* What they call; `here` is "file:line", constant data. */
VG_API int vg_pool_take(vg_pool *pool, vg_pool_mode mode, vg_db **db, int wait_ms,
                        const char *here);

/* Give a connection back, from any thread; not from inside of a transaction block. NULL is
 * ignored. VG_MISUSE: a transaction was open (it is rolled back now), a cursor was open (it
 * is closed), or `db` is not taken from this pool (then nothing happens). */
VG_API int vg_pool_release(vg_pool *pool, vg_db *db);

/* A block that has a connection `name` and gives it back on every way out: at its end, by
 * break, return or goto. The block is not run when there is none: vg_pool_result says.
 *     VG_WRITE(pool, db) {
 *         vg_exec(db, DELETE_FROM(posts), WHERE(LT(posts.views, 1)));
 *     } */
#define VG_READ(pool, name)    VG_LOAN(pool, name, VG_POOL_READ)
#define VG_WRITE(pool, name)   VG_LOAN(pool, name, VG_POOL_WRITE)
#define VG_PRIMARY(pool, name) VG_LOAN(pool, name, VG_POOL_PRIMARY)
#define VG_LOAN(pool, name, mode)                                \
    for (vg_loan name##_vg_loan                                  \
         __attribute__((cleanup(vg_loan_end))) = {(pool), 0, 0}; \
         vg_loan_next(&name##_vg_loan, (mode), VG_HERE);)        \
        for (vg_db *name = name##_vg_loan.db; name; name = 0)

/* How this thread's last call on the pool ended: take, release, or the block's two. */
VG_API int vg_pool_result(const vg_pool *pool);

/* This thread's last failure with the pool, "" and no code if its last call succeeded;
 * NULL: of a vg_pool_open. Lives until the thread's next call on a pool. */
VG_API const char *vg_pool_errmsg(const vg_pool *pool);
VG_API const vg_error *vg_pool_errinfo(const vg_pool *pool);

/* What the pool does and has done, at one moment. */
VG_API vg_pool_stats vg_pool_statistics(vg_pool *pool);

/* Whether a connection is to the primary: not to a replica. Any database. */
VG_API bool vg_primary(const vg_db *db);

/* With options.read_your_writes: how far this thread has written through the pool; 0: it has
 * not. Each release of a VG_WRITE asks the primary (a short question more), and a VG_READ of
 * the thread that finds no replica as far goes to the primary. To read in one thread what
 * another has written, hand its mark over:
 *     uint64_t mark = vg_pool_mark(pool);          in the one
 *     vg_pool_follow(pool, mark);                  in the other
 * vg_pool_follow never takes a thread back. Without the option, and on SQLite, where every
 * connection sees what is committed: 0, and nothing happens. */
VG_API uint64_t vg_pool_mark(const vg_pool *pool);
VG_API void vg_pool_follow(vg_pool *pool, uint64_t mark);

/* What is known of one server of the pool. */
typedef struct vg_pool_server {
    bool primary;
    bool away;       /* it could not be reached when last tried */
    bool lagging;    /* further behind than max_lag_ms when last looked at */
    int64_t away_ms; /* for so long */
    int64_t lag_ms;  /* as last seen; -1: not known */
    vg_pool_use use;
    char why[200]; /* away: what the last attempt said */
} vg_pool_server;

/* Server `i`: 0 is the primary, i is options.replicas[i - 1].
 * False: there is no such server. SQLite: 0 is the writer, 1 the readers. */
VG_API bool vg_pool_server_at(vg_pool *pool, size_t i, vg_pool_server *out);

/* Behind the macros. */
typedef struct vg_loan {
    vg_pool *pool;
    vg_db *db;
    int state; /* private */
} vg_loan;
VG_API bool vg_loan_next(vg_loan *loan, vg_pool_mode mode, const char *here);
VG_API void vg_loan_end(vg_loan *loan);

VG_END_DECLS
