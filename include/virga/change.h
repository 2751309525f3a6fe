/* Changes: which rows a transaction has inserted, updated and deleted, told once it is
 * committed.
 *
 *     static void on_change(void *ctx, const vg_change *changes, size_t count) { ... }
 *     vg_on_change(db, &posts.vg_shape, on_change, ctx);
 *
 * A batch is one transaction (or one statement outside of them), in the order of the
 * changes. What is rolled back, a savepoint included, is never told. Triggers' and
 * foreign keys' changes are told like any others; those of other connections are not. */
#pragma once
#pragma GCC system_header
#include <virga/handle.h>

VG_BEGIN_DECLS

typedef struct vg_shape vg_shape;

typedef enum vg_change_op {
    VG_CHANGE_INSERT,
    VG_CHANGE_UPDATE,
    VG_CHANGE_DELETE,
    /* Some rows of the table, nobody knows which: the table is WITHOUT ROWID or virtual, the
     * statement said OR REPLACE (SQLite does not tell what it replaced), or the batch
     * outgrew options.change_limit. Read the table anew. */
    VG_CHANGE_MANY
} vg_change_op;

/* One change. */
typedef struct vg_change {
    vg_change_op op;
    /* Its name in the database, "database.table" if that is attached or temporary; NULL with
     * MANY: any table. */
    const char *table;
    const vg_shape
        *shape;    /* the table, if a listener or a statement named it, or NULL */
    int64_t rowid; /* of the row after the change; 0 with MANY */
} vg_change;

/* Called after the commit, on the committing thread, before the call that committed
 * returns. The array lives until it returns. The connection is refused to it (VG_MISUSE),
 * other connections may be used. */
typedef void (*vg_change_fn)(void *ctx, const vg_change *changes, size_t count);

/* Tell `fn` of the changes that this connection commits to `table` (NULL: to any) from now
 * on. Listeners are called in the order in which they came. Not inside of a
 * transaction. Changes made past Virga (vg_raw) are told with the next statement.
 * Returns VG_OK, VG_NO_MEMORY, VG_UNSUPPORTED (PostgreSQL: see notify.h), or VG_MISUSE. */
VG_API int vg_on_change(vg_db *db, const vg_shape *table, vg_change_fn fn, void *ctx);

/* Stop telling `fn` with `ctx`, for all tables. Changes that are not committed yet are
 * not told any more. Returns how many listeners that were. */
VG_API size_t vg_off_change(vg_db *db, vg_change_fn fn, void *ctx);

VG_END_DECLS
