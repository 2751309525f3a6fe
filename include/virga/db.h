/* Databases: open one, run queries, read rows. See tx.h for transactions.
 *
 * A vg_db is one connection. It serves one thread at a time and takes no locks of its
 * own; give each thread its own, or guard it. Cursors and transactions belong to the
 * thread that uses their connection.
 *
 * Every macro below checks at compile time that `out` fits the rows of the statement, adds
 * the place of the call for error messages, and calls the function of the same name. */
#pragma once
#pragma GCC system_header
#include <virga/arena.h>
#include <virga/error.h>
#include <virga/compound.h>
#include <virga/write.h>
#include <virga/handle.h>

VG_BEGIN_DECLS

#define VG_SAME_ROW(out_row, word, ...)                                              \
    VG_CHECKING(                                                                     \
        VG_ROW_OF(__VA_ARGS__),                                                      \
        VG_DEMAND(!VG_ROW_IS(vg_no_head *),                                          \
                  word ": the statement does not begin with SELECT, INSERT_INTO or " \
                       "the like"),                                                  \
        VG_DEMAND(!VG_ROW_IS(vg_no_rows *),                                          \
                  word ": the statement yields no rows: end it with RETURNING"),     \
        VG_DEMAND(VG_ROW_IS(vg_no_head *) || VG_ROW_IS(vg_no_rows *) ||              \
                      VG_ROW_IS(__typeof__(out_row)),                                \
                  word ": the result does not hold the rows of the statement"))

/* `out`, or, where it is no address, something to go on with, and what is wrong. */
#define VG_OUT(out)                                                 \
    __builtin_choose_expr(__builtin_classify_type(out) == 5, (out), \
                          (vg_no_out *)sizeof(int))
#define VG_IS_OUT(out, word, args)                                      \
    VG_REQUIRE(__builtin_classify_type(out) == 5,                       \
               word ": the result is not an address; the arguments are" \
                    " (db, arena, " args ", SELECT(...), ...)")
typedef struct vg_no_out {
    void *data;
} vg_no_out;

/* Run a statement and read all its rows. `out` is the shape's list; its rows and their
 * strings live in `arena`. No rows: VG_OK and len 0. On failure the list is empty.
 *     users_list list;
 *     if (vg_all(db, &arena, &list, SELECT(users), LIMIT(10))) return fail(db); */
#define vg_all(db, arena, out, ...)                                       \
    vg_run_all((db), (arena),                                             \
               VG_OUT(out) + VG_IS_OUT(out, "vg_all", "&list") +          \
                   VG_SAME_ROW(VG_OUT(out)->data, "vg_all", __VA_ARGS__), \
               VG_HERE, VG_CAT(VG_CLAUSES_, VG_NARGS(__VA_ARGS__))(__VA_ARGS__))

/* Run a statement and read its first row. `out` is a pointer to a row pointer; the row
 * lives in `arena`. VG_NOT_FOUND and NULL when there is none.
 *     struct users *user;
 *     rc = vg_one(db, &arena, &user, SELECT(users), WHERE(EQ(users.id, 7))); */
#define vg_one(db, arena, out, ...)                                        \
    vg_run_one((db), (arena),                                              \
               (void *)(VG_OUT(out) + VG_IS_OUT(out, "vg_one", "&row") +   \
                        VG_SAME_ROW(*VG_OUT(out), "vg_one", __VA_ARGS__)), \
               VG_HERE, VG_CAT(VG_CLAUSES_, VG_NARGS(__VA_ARGS__))(__VA_ARGS__))

/* The same into the caller's own row struct or scalar; strings live in `arena`, which may
 * be NULL when the row has none. On failure *out is untouched or zeroed.
 *     int64_t n; vg_get(db, NULL, &n, SELECT_VALUE(COUNT()), FROM(users)); */
#define vg_get(db, arena, out, ...)                                 \
    vg_run_get((db), (arena),                                       \
               VG_OUT(out) + VG_IS_OUT(out, "vg_get", "&value") +   \
                   VG_SAME_ROW(VG_OUT(out), "vg_get", __VA_ARGS__), \
               VG_HERE, VG_CAT(VG_CLAUSES_, VG_NARGS(__VA_ARGS__))(__VA_ARGS__))

/* Run a statement whose rows, if any, nobody wants.
 *     vg_exec(db, DELETE_FROM(posts), WHERE(LT(posts.views, 1))); */
#define vg_exec(db, ...) \
    vg_run_exec((db), VG_HERE, VG_CAT(VG_CLAUSES_, VG_NARGS(__VA_ARGS__))(__VA_ARGS__))

/* Count the rows of FROM(...), WHERE(...); *out is an int64_t.
 *     int64_t n; vg_count(db, &n, FROM(users), WHERE(GT(users.age, 17))); */
#define vg_count(db, out, ...)                                               \
    vg_run_get(                                                              \
        (db), NULL, (out) + VG_POINTS_TO(int64_t, out, "vg_count"), VG_HERE, \
        VG_CAT(VG_CLAUSES_, VG_NARGS(0, __VA_ARGS__))(vg_select_count(), __VA_ARGS__))
#define VG_POINTS_TO(type, out, word)                                                  \
    VG_CHECKING(out, VG_DEMAND(__builtin_types_compatible_p(__typeof__(vg_r), type *), \
                               word ": the result must be the address of a " #type))

/* Whether FROM(...), WHERE(...) has a row; *out is a bool. */
#define vg_exists(db, out, ...)                                                    \
    vg_run_get((db), NULL, (out) + VG_POINTS_TO(_Bool, out, "vg_exists"), VG_HERE, \
               VG_CAT(VG_CLAUSES_, VG_NARGS(0, __VA_ARGS__))(vg_select_exists(),   \
                                                             __VA_ARGS__))

/* Open a cursor: rows one at a time, in constant memory. `row` is a pointer to a row
 * pointer, set by each vg_next and lent until the following one. Parameters are copied.
 * An INSERT of VALUES is refused: vg_all reads what it returns. One over RETURNING needs a
 * VG_TRANSACTION around it (VG_MISUSE): a row that cannot be read takes the change back.
 *     vg_cursor *cursor;
 *     struct users *user;
 *     if (vg_query(db, &cursor, &user, SELECT(users))) return fail(db);
 *     while (vg_next(cursor)) puts(user->email);
 *     rc = vg_finish(cursor); */
#define vg_query(db, cursor, row, ...)                                           \
    vg_run_query((db), (cursor),                                                 \
                 (void *)((row) + VG_SAME_ROW(*(row), "vg_query", __VA_ARGS__)), \
                 VG_HERE, VG_CAT(VG_CLAUSES_, VG_NARGS(__VA_ARGS__))(__VA_ARGS__))

/* Render a statement for a dialect, without a database: the text and the parameters, in
 * `arena`. Returns VG_OK, VG_NO_MEMORY, or VG_INVALID, VG_VALUE, VG_TOO_BIG with the
 * reason in out->error. The rows of VALUES must leave out the same columns.
 *     vg_rendered sql;
 *     vg_sql(&arena, &vg_dialect_sqlite, &sql, SELECT(users), WHERE(EQ(users.id, 7))); */
#define vg_sql(arena, dialect, out, ...)     \
    vg_render_sql((arena), (dialect), (out), \
                  VG_CAT(VG_CLAUSES_, VG_NARGS(__VA_ARGS__))(__VA_ARGS__))

/* What the macros of the same names call: `here` is "file:line", constant data; `query` the
 * `count` clauses. Contracts as above. */
VG_API int vg_run_all(vg_db *db, vg_arena *arena, void *out, const char *here,
                      const vg_clause *query, size_t count);
VG_API int vg_run_one(vg_db *db, vg_arena *arena, void *out, const char *here,
                      const vg_clause *query, size_t count);
VG_API int vg_run_get(vg_db *db, vg_arena *arena, void *out, const char *here,
                      const vg_clause *query, size_t count);
VG_API int vg_run_exec(vg_db *db, const char *here, const vg_clause *query,
                       size_t count);
VG_API int vg_run_query(vg_db *db, vg_cursor **cursor, void *row, const char *here,
                        const vg_clause *query, size_t count);

/* Create the tables, indexes, views and triggers of `schema` that are not there yet, in one
 * transaction; what is there is left as it is, even if it differs. Checks the schema first:
 * VG_SCHEMA for a reference that leads nowhere, a CHECK named twice, and the like.
 *     if (vg_create(db, &blog)) return fail(db); */
VG_API int vg_create(vg_db *db, const vg_schema *schema);

/* The same for the tables of `schema` that are IN_DATABASE(database), which must be attached
 * (vg_attach); vg_create leaves those alone. Views and triggers are not made.
 *     if (vg_create_in(db, &school, "content")) return fail(db); */
VG_API int vg_create_in(vg_db *db, const vg_schema *schema, const char *database);

/* A rendered statement. */
typedef struct vg_rendered {
    const char *text;
    const vg_value *params;
    size_t param_count;
    char error[256]; /* the reason of VG_INVALID */
} vg_rendered;

typedef struct vg_dialect vg_dialect;
/* SQLite's dialect, for vg_sql. Constant data; any thread. */
VG_API extern const vg_dialect vg_dialect_sqlite;
/* PostgreSQL's; there whether or not the library can open PostgreSQL. */
VG_API extern const vg_dialect vg_dialect_postgres;
/* What vg_sql calls. */
VG_API int vg_render_sql(vg_arena *arena, const vg_dialect *dialect, vg_rendered *out,
                         const vg_clause *query, size_t count);

VG_END_DECLS
