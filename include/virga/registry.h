/* Registered queries: QUERY declares a typed C function whose statement is known by name.
 *
 *     QUERY(users_like, ALL(users), PARAMS(TEXT(pattern), INTEGER(most)),
 *           SELECT(users), WHERE(LIKE(users.email, pattern)),
 *           ORDER_BY(users.id), LIMIT(most))
 *
 * makes, at file scope,
 *
 *     int users_like(vg_db *db, vg_arena *arena, users_list *out, const char *pattern,
 *                    int64_t most);
 *
 * The statement is built once for each connection, when it is first called. Inside it a
 * parameter is no C value but a typed placeholder, so that the SQL cannot depend on it: a
 * later call fills in the values and runs. What is not a parameter (a global variable, the
 * result of a call) is read that once; a query whose clauses vary stays a plain function.
 *
 * Every QUERY of a program and of the libraries that it has loaded is listed, for
 * vg_verify (verify.h) to check them all against the schema before one of them runs. */
#pragma once
#pragma GCC system_header
#include <virga/db.h>

VG_BEGIN_DECLS

/* What a registered query yields, and so the arguments before its parameters. */
typedef enum vg_result_kind {
    VG_RESULT_LIST, /* ALL */
    VG_RESULT_ROW,  /* ONE */
    VG_RESULT_INTO, /* GET */
    VG_RESULT_ROWS, /* EACH */
    VG_RESULT_NONE  /* EXEC */
} vg_result_kind;

/* A parameter of a registered query. */
typedef struct vg_query_param {
    const char *name;
    uint16_t type;     /* vg_type */
    uint16_t nullable; /* OPT_: its value may be missing */
} vg_query_param;

/* Takes the clauses that a query builds; they live until it returns. */
typedef void (*vg_take_query_fn)(void *ctx, const vg_clause *query, size_t count);

/* A registered query. Constant data; any thread. */
typedef struct vg_registered {
    const char *name;
    const char
        *here; /* "file:line" of QUERY: its first line with gcc, its last with clang */
    uint32_t result; /* vg_result_kind */
    uint32_t param_count;
    const vg_query_param *params;
    void (*build)(vg_take_query_fn take, void *ctx);
} vg_registered;

/* A foreign key that goes without an index, by its first column. */
typedef struct vg_unindexed {
    const vg_shape *table;
    uint32_t column;
    const char *reason;
} vg_unindexed;

/* The entry of a query in the list; QUERY keeps one in each file in which it stands. Of two
 * queries that have one name the linker keeps one: then query->here is not `here`. */
typedef struct vg_registration {
    const vg_registered *query; /* NULL: what UNINDEXED (verify.h) allows instead */
    const char *here;           /* "file:line" of the QUERY that made this entry */
    const vg_unindexed *unindexed;
    struct vg_registration *next, **at;
} vg_registration;

/* What QUERY calls when the program, or a library that it loads, starts and ends. */
VG_API void vg_registry_add(vg_registration *entry);
VG_API void vg_registry_remove(vg_registration *entry);

/* Hand each entry to `each`, ordered by file, line and name, one that stands in
 * a header once, until it returns other than 0; that is returned, or VG_OK, or VG_NO_MEMORY.
 * Any thread; no library may be unloaded meanwhile. */
VG_API int vg_registry_each(int (*each)(void *ctx, const vg_registration *entry),
                            void *ctx);

/* What a function made by QUERY calls: `args` are its parameters. As vg_all, vg_one, vg_get
 * and vg_exec, `out` as the query's result says; vg_run_registered_query is for EACH. */
VG_API int vg_run_registered(vg_db *db, const vg_registered *query,
                             const vg_value *args, vg_arena *arena, void *out);
VG_API int vg_run_registered_query(vg_db *db, const vg_registered *query,
                                   const vg_value *args, vg_cursor **cursor, void *row);

VG_END_DECLS

/* words: begin */

/* Declare and register a query. `result` says what it yields; the function's arguments
 * after `db` are
 *     ALL(users)     vg_arena *arena, users_list *out        every row, as vg_all
 *     ONE(users)     vg_arena *arena, struct users **out     the first row, as vg_one
 *     GET(users)     vg_arena *arena, struct users *out      the same, as vg_get
 *     EACH(users)    vg_cursor **cursor, struct users **row  a cursor, as vg_query
 *     EXEC                                                   no rows, as vg_exec
 * `users` being a table, alias or projection; ALL(INTEGER) and GET(INTEGER) take one value
 * (vg_int_list, int64_t), GET(OPT_INTEGER) one that may be NULL. Then the parameters,
 * PARAMS() for none:
 *     INTEGER(x) int64_t       TEXT(x) const char *       BLOB(x)      vg_bytes
 *     REAL(x)    double        STR(x)  vg_str             TIMESTAMP(x) vg_timestamp
 *     BOOLEAN(x) bool          JSON(x) const char *       DATE(x)      vg_timestamp
 *                              NUMERIC(x) const char *    UUID(x)      const vg_uuid *
 *     ENUM_TEXT(e, x), ENUM_INTEGER(e, x)  enum e            of an ENUM
 *     CUSTOM(codec, x)                     const c_type *    of a CODEC, by its address
 * A NULL among them is refused (VG_INVALID). OPT_INTEGER(x), OPT_TEXT(x), ... may be NULL,
 * which SET stores and a comparison refuses; their C types are vg_opt_int, const char *;
 * of OPT_ENUM_TEXT and OPT_ENUM_INTEGER vg_opt_int, of OPT_CUSTOM the pointer. A parameter is
 * stored as the column that it meets; where it meets none, as its own type says.
 * The function returns what vg_all and its like return; the place it reports in an error is
 * QUERY's. It is a weak symbol: QUERY may stand in a header.
 *     QUERY(rename, EXEC, PARAMS(INTEGER(id), TEXT(name)),
 *           UPDATE(users, SET(name, name)), WHERE(EQ(users.id, id))) */
#define VG_QUERY(name, result, params, ...)                                     \
    VG_QUERY_DEFINE(name, VG_RESULT_OF_##result, VG_PARAMETERS_##params, #name, \
                    __VA_ARGS__)

/* Announce in a header a function whose QUERY stands in one source file.
 *     QUERY_DECLARE(users_like, ALL(users), PARAMS(TEXT(pattern), INTEGER(most))) */
#define VG_QUERY_DECLARE(name, result, params) \
    VG_QUERY_FUNCTION(name, VG_RESULT_OF_##result, VG_PARAMETERS_##params);

/* words: end */

#include <virga/detail/queries.h>
