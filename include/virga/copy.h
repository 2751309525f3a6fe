/* COPY: many rows into a table, or out of a query, as fast as the database takes or gives
 * them. PostgreSQL has a protocol of its own for it; on SQLite vg_copy_in and vg_copy_from
 * insert row by row in one transaction, and files are refused (VG_UNSUPPORTED).
 *
 *     struct posts_new rows[1000] = { ... };
 *     if (vg_copy_in(db, posts, rows, 1000)) return fail(db);     "row 17: ..."
 *     printf("%d rows\n", (int)vg_changes(db)); */
#pragma once
#pragma GCC system_header
#include <virga/db.h>
#include <stdio.h>

VG_BEGIN_DECLS

/* Insert `n` rows of struct t_new into the table t, all or nothing, in a transaction of its own
 * or as a savepoint of the one that is open. Columns that a row leaves out get their defaults
 * (also those of DEFAULT_FN); rows that leave out the same ones should be neighbours, each
 * change of that is a round trip. Rules and RETURNING do not apply, triggers and constraints
 * do. A failure says which row, from 0, if the database tells. */
#define vg_copy_in(db, t, rows, n)                                                   \
    vg_run_copy_in(                                                                  \
        (db),                                                                        \
        VG_TO_CHANGE(t, "vg_copy_in") +                                              \
            VG_CHECKING(rows,                                                        \
                        VG_DEMAND(_Generic((vg_r), struct t##_new * : 1,             \
                                           const struct t##_new * : 1, default : 0), \
                                  "vg_copy_in: the rows are no struct " #t "_new")), \
        (rows), (n), VG_HERE)

/* The same with rows that come one at a time: `next` fills in *row, which is zeroed before, and
 * returns VG_OK; VG_NOT_FOUND when there is none left; anything else takes back what there
 * was, and is returned. What the row points to must live until the next call. `next` must not
 * use the connection.
 *     static int next(void *ctx, struct posts_new *row) { ... }
 *     vg_copy_from(db, posts, next, &reader) */
#define vg_copy_from(db, t, next, ctx)                                                \
    vg_run_copy_from(                                                                 \
        (db),                                                                         \
        VG_TO_CHANGE(t, "vg_copy_from") +                                             \
            VG_REQUIRE(                                                               \
                _Generic((next), int (*)(void *, struct t##_new *) : 1, default : 0), \
                "vg_copy_from: the function is no int (*)(void *, struct " #t         \
                "_new *)"),                                                           \
        (vg_copy_next_fn)(void (*)(void))(next), (ctx), VG_HERE)

/* How rows are written to a file. */
typedef enum vg_copy_format {
    VG_COPY_CSV,   /* comma-separated, quoted where needed, names in the first line */
    VG_COPY_TEXT,  /* tabs between columns, \N for NULL: what COPY itself reads best */
    VG_COPY_BINARY /* PostgreSQL's own, to be read by COPY */
} vg_copy_format;

/* Write all rows of a query to a file. Its values become part of the text, as COPY has no
 * parameters. What was written before a failure stays in the file. VG_IO: the file cannot be
 * written. To get rows into structs one at a time there is vg_query.
 *     vg_copy_out(db, stdout, VG_COPY_CSV, SELECT(users), ORDER_BY(users.id)) */
#define vg_copy_out(db, file, format, ...)           \
    vg_run_copy_out((db), (file), (format), VG_HERE, \
                    VG_CAT(VG_CLAUSES_, VG_NARGS(__VA_ARGS__))(__VA_ARGS__))

/* Insert the rows of a file, all or nothing, into the columns of `table` in their order. CSV
 * begins with a line of names, which is skipped. A failure says which line.
 *     vg_copy_file(db, stdin, VG_COPY_CSV, posts) */
#define vg_copy_file(db, file, format, t) \
    vg_run_copy_file((db), (file), (format), VG_TO_CHANGE(t, "vg_copy_file"), VG_HERE)

/* What the macros call. */
typedef int (*vg_copy_next_fn)(void *ctx, void *row);
VG_API int vg_run_copy_in(vg_db *db, const vg_shape *table, const void *rows, size_t n,
                          const char *here);
VG_API int vg_run_copy_from(vg_db *db, const vg_shape *table, vg_copy_next_fn next,
                            void *ctx, const char *here);
VG_API int vg_run_copy_out(vg_db *db, FILE *file, vg_copy_format format,
                           const char *here, const vg_clause *query, size_t count);
VG_API int vg_run_copy_file(vg_db *db, FILE *file, vg_copy_format format,
                            const vg_shape *table, const char *here);

VG_END_DECLS
