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

/* A running transaction; on the stack of the block. */
typedef struct vg_tx {
    vg_db *db;
    vg_tx_mode mode;
    int depth;        /* 1: the transaction, more: savepoints */
    int state;        /* private */
    int attempts;     /* the block's runs so far */
    const char *here; /* "file:line" of the block */
} vg_tx;

#define VG_TRANSACTION(db, name) VG_TRANSACTION_MODE(db, name, VG_TX_DEFAULT)
#define VG_TRANSACTION_MODE(db, name, mode)                                        \
    for (vg_tx name##_vg_tx                                                        \
         __attribute__((cleanup(vg_tx_leave))) = {(db), (mode), 0, 0, 0, VG_HERE}, \
         *name = &name##_vg_tx;                                                    \
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

/* Behind the macro. */
VG_API bool vg_tx_next(vg_tx *tx);
VG_API void vg_tx_leave(vg_tx *tx);

VG_END_DECLS
