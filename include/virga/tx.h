/* Transactions. A block that runs as one:
 *
 *     VG_TRANSACTION(db, tx) {
 *         vg_exec(db, UPDATE(accounts, SET(balance, SUB(accounts.balance, 5))), ...);
 *         vg_exec(db, UPDATE(accounts, SET(balance, ADD(accounts.balance, 5))), ...);
 *         if (something_is_wrong) vg_rollback(tx);
 *     }
 *     if (vg_result(db)) return fail(db);
 *
 * At the end of the block it commits, unless vg_rollback was called or a statement in it
 * failed: then everything is rolled back, as PostgreSQL does it (a failure that should not
 * count goes into a block of its own, a savepoint). Leaving the block by break, return or
 * goto rolls back. A database that is busy rolls back and runs the whole block again, up
 * to options.busy_retries times. A block inside a block is a savepoint. */
#pragma once
#pragma GCC system_header
#include <virga/handle.h>

VG_BEGIN_DECLS

/* When locks are taken. VG_TX_DEFAULT: IMMEDIATE, on a read-only connection DEFERRED. */
typedef enum vg_tx_mode {
    VG_TX_DEFAULT,
    VG_TX_DEFERRED,
    VG_TX_IMMEDIATE,
    VG_TX_EXCLUSIVE
} vg_tx_mode;

/* What a transaction may see of others while it runs. A database may keep them further apart
 * than that: SQLite's are serializable, whichever is asked for. DEFAULT: as the server is set
 * up (READ_COMMITTED if nobody has changed it). */
typedef enum vg_isolation {
    VG_ISOLATION_DEFAULT,
    VG_READ_UNCOMMITTED,
    VG_READ_COMMITTED,
    VG_REPEATABLE_READ,
    VG_SERIALIZABLE
} vg_isolation;

/* How to run a transaction; all zero: as VG_TRANSACTION. */
typedef struct vg_tx_options {
    vg_tx_mode mode;        /* SQLite's; PostgreSQL locks rows as they are touched */
    vg_isolation isolation; /* PostgreSQL's; see above */
    bool read_only;         /* a statement that writes fails: VG_READ_ONLY */
    bool
        deferrable; /* PostgreSQL: a SERIALIZABLE one that is read_only waits at its start
                        until it can run without ever failing; elsewhere ignored */
    int retries;    /* runs of the block after VG_BUSY; 0: options.busy_retries of the
                        connection; below 0: none */
} vg_tx_options;

/* A running transaction; on the stack of the block. */
typedef struct vg_tx {
    vg_db *db;
    vg_tx_options options;
    int depth;        /* 1: the transaction, more: savepoints */
    int state;        /* private */
    int attempts;     /* the block's runs so far */
    const char *here; /* "file:line" of the block */
    bool narrowed;    /* private */
} vg_tx;

#define VG_TRANSACTION(db, name) VG_TRANSACTION_MODE(db, name, VG_TX_DEFAULT)
#define VG_TRANSACTION_MODE(db, name, mode) \
    VG_TRANSACTION_OF(db, name, {(mode), VG_ISOLATION_DEFAULT, 0, 0, 0})

/* The same with options, which the outermost block alone may have but for `retries` and
 * `mode` (a savepoint is as its transaction is: VG_MISUSE). When PostgreSQL refuses to
 * serialize it, or finds a deadlock, the block is run again as a busy one is, also when that
 * is told by the commit.
 *     VG_TRANSACTION_WITH(db, tx, .isolation = VG_SERIALIZABLE, .retries = 20) { ... } */
#define VG_TRANSACTION_WITH(db, name, ...) VG_TRANSACTION_OF(db, name, {__VA_ARGS__})

/* Behind these: `...` are the options in braces. */
#define VG_TRANSACTION_OF(db, name, ...)                                        \
    for (vg_tx name##_vg_tx __attribute__((                                     \
             cleanup(vg_tx_leave))) = {(db), __VA_ARGS__, 0, 0, 0, VG_HERE, 0}, \
           *name = &name##_vg_tx;                                               \
         vg_tx_next(name);)

/* Roll back at the end of the block. Code after it still runs: leave the block if that
 * is not wanted. The result is VG_ROLLED_BACK. */
VG_API void vg_rollback(vg_tx *tx);

/* How the last transaction block of the connection ended: VG_OK (committed); the failure that
 * rolled it back, of the first statement in it that failed, also when the block was then left
 * by break or return; VG_ROLLED_BACK when it was left or vg_rollback called without one. */
VG_API int vg_result(const vg_db *db);

/* The same as a function: `body` returns VG_OK to commit, anything else to roll back,
 * and that is returned. It may be called several times when the database is busy. */
VG_API int vg_transaction(vg_db *db, vg_tx_mode mode, int (*body)(vg_db *db, void *ctx),
                          void *ctx);

/* The same with options; NULL: the usual ones. */
VG_API int vg_transaction_with(vg_db *db, const vg_tx_options *options,
                               int (*body)(vg_db *db, void *ctx), void *ctx);

/* Until the end of the transaction that is open, check a constraint that was declared
 * DEFERRABLE, or, `name` NULL, all of them, only when it commits. SQLite: all foreign keys,
 * declared so or not; one by name is VG_UNSUPPORTED. VG_MISUSE: no transaction is open.
 *     VG_TRANSACTION(db, tx) {
 *         vg_defer_constraints(db, NULL);
 *         ... swap the two ...
 *     } */
VG_API int vg_defer_constraints(vg_db *db, const char *name);

/* Check them now, and at each statement from here on. SQLite: VG_UNSUPPORTED. */
VG_API int vg_check_constraints(vg_db *db, const char *name);

/* Behind the macro. */
VG_API bool vg_tx_next(vg_tx *tx);
VG_API void vg_tx_leave(vg_tx *tx);

VG_END_DECLS
