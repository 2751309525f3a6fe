/* Batches: several statements that go to the database together, in one round trip, and come
 * back each with its own result. The way to many small reads or writes over a network, and,
 * by vg_batch_poll, to queries in a program with an event loop.
 *
 *     vg_batch *batch;
 *     vg_batch_open(db, &batch, VG_BATCH_WHOLE);
 *     vg_batch_all(batch, &arena, &list, SELECT(posts), WHERE(EQ(posts.author_id, 7)));
 *     vg_batch_one(batch, &arena, &user, SELECT(users), WHERE(EQ(users.id, 7)));
 *     vg_batch_exec(batch, UPDATE(users, SET(seen, vg_now())), WHERE(EQ(users.id, 7)));
 *     if (vg_batch_run(batch)) return fail(db);
 *     vg_batch_close(batch);
 *
 * PostgreSQL is sent all of them at once and answers while it is still being sent, so that
 * neither many statements nor long results can block. SQLite, which has no round trips, runs
 * one after the other. The statements do not see each other's C results: none can use what
 * another one has read. A batch belongs to its connection and its thread. */
#pragma once
#pragma GCC system_header
#include <virga/db.h>

VG_BEGIN_DECLS

/* How the statements belong together.
 * WHOLE: all or nothing, as one transaction; in a VG_TRANSACTION, a part of that one. The
 * first failure ends it, the others are VG_ROLLED_BACK. When PostgreSQL could not serialize it
 * or ended a deadlock it is run again, as a VG_TRANSACTION is.
 * EACH: every statement stands for itself: one that fails undoes no other. Not in a
 * VG_TRANSACTION, where statements stand or fall together, and without RETURNING, whose rows
 * must be read before the change may stay: VG_MISUSE. */
typedef enum vg_batch_mode { VG_BATCH_WHOLE, VG_BATCH_EACH } vg_batch_mode;

typedef struct vg_batch vg_batch;

/* What came of one statement. */
typedef struct vg_batch_outcome {
    int code;        /* vg_code; VG_NOT_FOUND: vg_batch_one, vg_batch_get found no row;
                        VG_ROLLED_BACK: undone, or not run, because another one failed */
    int64_t rows;    /* read */
    int64_t changes; /* rows that an INSERT, UPDATE or DELETE changed */
    const vg_error *error; /* of a failure; else NULL */
    const char *here;      /* "file:line" of the call that added it */
} vg_batch_outcome;

/* An empty batch. VG_NO_MEMORY: *batch is NULL, which all calls below refuse gracefully. */
VG_API int vg_batch_open(vg_db *db, vg_batch **batch, vg_batch_mode mode);

/* Add a statement, as vg_all, vg_one, vg_get and vg_exec would run it. Values are copied,
 * `out` and `arena` are used when the batch runs; until then *out is empty (a list, a row
 * pointer) or untouched. Nothing is sent yet. A statement that is not valid is told here, and
 * once more by vg_batch_run, which then sends nothing: the results of these may be ignored.
 * After a run the first one that is added begins the next batch. */
#define vg_batch_all(batch, arena, out, ...)                                          \
    vg_batch_add_all((batch), (arena),                                                \
                     VG_OUT(out) + VG_IS_OUT(out, "vg_batch_all", "&list") +          \
                         VG_SAME_ROW(VG_OUT(out)->data, "vg_batch_all", __VA_ARGS__), \
                     VG_HERE, VG_CAT(VG_CLAUSES_, VG_NARGS(__VA_ARGS__))(__VA_ARGS__))
#define vg_batch_one(batch, arena, out, ...)                                           \
    vg_batch_add_one((batch), (arena),                                                 \
                     (void *)(VG_OUT(out) + VG_IS_OUT(out, "vg_batch_one", "&row") +   \
                              VG_SAME_ROW(*VG_OUT(out), "vg_batch_one", __VA_ARGS__)), \
                     VG_HERE, VG_CAT(VG_CLAUSES_, VG_NARGS(__VA_ARGS__))(__VA_ARGS__))
#define vg_batch_get(batch, arena, out, ...)                                    \
    vg_batch_add_get((batch), (arena),                                          \
                     VG_OUT(out) + VG_IS_OUT(out, "vg_batch_get", "&value") +   \
                         VG_SAME_ROW(VG_OUT(out), "vg_batch_get", __VA_ARGS__), \
                     VG_HERE, VG_CAT(VG_CLAUSES_, VG_NARGS(__VA_ARGS__))(__VA_ARGS__))
#define vg_batch_exec(batch, ...)       \
    vg_batch_add_exec((batch), VG_HERE, \
                      VG_CAT(VG_CLAUSES_, VG_NARGS(__VA_ARGS__))(__VA_ARGS__))

/* Run it and read all results. VG_OK, or the first failure, which vg_errinfo tells; a
 * VG_NOT_FOUND is none. Of a WHOLE batch that failed the lists are empty and the rows NULL.
 * An empty batch is VG_OK. */
VG_API int vg_batch_run(vg_batch *batch);

/* The same without waiting, for a program with an event loop: begin, or go on, as far as that
 * is possible now. 0: it has run, vg_batch_code tells how. Else bits: call it again when
 * vg_fd can be read or written. Until it has run its connection takes no other call but
 * vg_interrupt (VG_MISUSE). On SQLite the first call runs all of it.
 *     while ((want = vg_batch_poll(batch))) wait_for(vg_fd(db), want); */
enum { VG_WANT_READ = 1, VG_WANT_WRITE = 2 };
VG_API unsigned vg_batch_poll(vg_batch *batch);

/* How the last run went: what vg_batch_run returned, or would have. */
VG_API int vg_batch_code(const vg_batch *batch);

/* The statements of the last run, in the order in which they were added, and what came of
 * number `i`, from 0. It lives until the next statement is added or the batch is closed. */
VG_API size_t vg_batch_count(const vg_batch *batch);
VG_API const vg_batch_outcome *vg_batch_result(const vg_batch *batch, size_t i);

/* The end of a batch; one that is being polled is interrupted first. Its memory stays with the
 * connection for the next one. NULL is ignored. */
VG_API void vg_batch_close(vg_batch *batch);

/* The descriptor to wait for in an event loop, beside the program's other ones; it is not to
 * be read. -1: the database has none (SQLite), and none of its calls waits for a network. */
VG_API int vg_fd(const vg_db *db);

/* What the macros call; as vg_run_all and its like. */
VG_API int vg_batch_add_all(vg_batch *batch, vg_arena *arena, void *out,
                            const char *here, const vg_clause *query, size_t count);
VG_API int vg_batch_add_one(vg_batch *batch, vg_arena *arena, void *out,
                            const char *here, const vg_clause *query, size_t count);
VG_API int vg_batch_add_get(vg_batch *batch, vg_arena *arena, void *out,
                            const char *here, const vg_clause *query, size_t count);
VG_API int vg_batch_add_exec(vg_batch *batch, const char *here, const vg_clause *query,
                             size_t count);

VG_END_DECLS
