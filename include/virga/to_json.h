/* Rows to JSON, by libvirga-json (pkg-config virga-json): no second description of a table.
 *
 *     const char *json;
 *     if (vg_list_json(&arena, users, &list, &json)) return fail();
 *     puts(json);             [{"id":1,"email":"ada@example.org","age":null}, ...]
 *
 * or by a writer, which takes rows of any shape between members of your own, and hands the
 * text on piece by piece:
 *
 *     vg_json_writer w = {.write = to_socket, .ctx = &socket};
 *     vg_put_object(&w);
 *     vg_put_key(&w, "users");
 *     vg_put_all(&w, users, &list);
 *     vg_put_key(&w, "next");
 *     vg_put_int(&w, 17);
 *     vg_put_end(&w);
 *     if (vg_json_finish(&w)) fprintf(stderr, "%s\n", w.message);
 *
 * What columns become:
 *     INTEGER, REAL, BOOLEAN  a number, true or false. NaN and infinity are no JSON: VG_VALUE
 *     NUMERIC                 a string with every digit
 *     TEXT, native types      a string; what is not UTF-8 is refused: VG_VALUE
 *     TIMESTAMP               "2026-11-21T10:30:00.000000Z" (RFC 3339); DATE "2026-11-21"
 *     UUID, BLOB              a string: 8-4-4-4-12 digits; base64 (RFC 4648, section 4)
 *     ENUM                    its label
 *     JSON                    as it stands, after a look whether it is JSON
 *     ARRAY                   arrays, nested as its dimensions are; POINT is [x, y], VECTOR an
 *                             array of numbers; TIME, INTERVAL strings
 *     CUSTOM(codec)           what the codec stores
 *     ROW, OPT_ROW            an object, or null
 * NULL is null. */
#pragma once
#pragma GCC system_header
#include <virga/db.h>

VG_BEGIN_DECLS

/* Takes the next `len` bytes of the text; returns 0, or anything else to end it. Called on
 * the thread that writes. */
typedef int (*vg_json_write_fn)(void *ctx, const char *text, size_t len);

/* How deep a writer's objects and arrays may lie in each other. */
#define VG_JSON_DEPTH 64

/* Writes one JSON text. The first members are the caller's, set before the first call (and
 * zeroed where not wanted); the others are read after vg_json_finish. Failures stick: what
 * is written after one is dropped. It holds nothing that must be freed. One thread at a time. */
typedef struct vg_json_writer {
    vg_json_write_fn write; /* NULL: the text grows in `arena` */
    void *ctx;              /* of `write` */
    vg_arena *arena;  /* needed without `write`, and for rows with a CUSTOM column */
    bool db_names;    /* keys as the database names columns; else as C does */
    bool big_as_text; /* whole numbers beyond 2^53 as strings, for JavaScript */
    bool skip_nulls;  /* leave out members of rows that are NULL */
    bool texts_hold_nuls; /* all rows come from queries: take vg_text_len, not strlen */
    bool trust_json;      /* do not look whether JSON columns are JSON */
    uint8_t indent;       /* spaces a level; 0: no white space at all */

    /* vg_code: VG_OK, VG_VALUE, VG_NO_MEMORY, VG_IO (`write` refused), VG_TOO_BIG (deeper than
     * VG_JSON_DEPTH: rows that lead back to themselves, say), VG_MISUSE */
    int code;
    char message[200]; /* one line for a person */
    char *text;        /* without `write`: the text, which ends in NUL */
    size_t len;        /* and its length in bytes */

    /* private */
    size_t room, held;
    uint32_t depth;
    bool comma, keyed;
    char kinds[VG_JSON_DEPTH];
    char piece[1024];
} vg_json_writer;

/* Begin an object or array; end the innermost one. */
VG_API void vg_put_object(vg_json_writer *w);
VG_API void vg_put_array(vg_json_writer *w);
VG_API void vg_put_end(vg_json_writer *w);

/* The name of the next member. */
VG_API void vg_put_key(vg_json_writer *w, const char *key);

/* Values. A text of NULL is null; a text must be UTF-8, a real number finite. vg_put_json
 * takes `len` bytes that are JSON and looks whether they are. */
VG_API void vg_put_null(vg_json_writer *w);
VG_API void vg_put_bool(vg_json_writer *w, bool value);
VG_API void vg_put_int(vg_json_writer *w, int64_t value);
VG_API void vg_put_real(vg_json_writer *w, double value);
VG_API void vg_put_text(vg_json_writer *w, const char *text);
VG_API void vg_put_str(vg_json_writer *w, vg_str text);
VG_API void vg_put_time(vg_json_writer *w, vg_timestamp time);
VG_API void vg_put_json(vg_json_writer *w, const char *json, size_t len);

/* Say that the text is whole: hand on what is held back. Returns `code`; VG_MISUSE when an
 * object or array is still open. */
VG_API int vg_json_finish(vg_json_writer *w);

/* An object of a row; `t` is a table, view, alias or projection, `row` the address of its
 * row struct (NULL: null). Relations that are loaded follow the columns. */
#define vg_put_row(w, t, row) \
    vg_put_shape_row((w), &(t).vg_shape + VG_IS_ROW_OF(t, row, "vg_put_row"), (row))

/* The members of a row in the object that is open, but for the columns of `omit`, a set as
 * COLUMNS_OF makes it (0: none): for objects that have more members than the row.
 *     vg_put_members(&w, users, user, COLUMNS_OF(users, password)); */
#define vg_put_members(w, t, row, omit)                                               \
    vg_put_shape_members((w), &(t).vg_shape + VG_IS_ROW_OF(t, row, "vg_put_members"), \
                         (row), (omit))

/* An array of the rows of a list. */
#define vg_put_all(w, t, list)                                                     \
    vg_put_shape_rows((w),                                                         \
                      &(t).vg_shape + VG_IS_ROW_OF(t, (list)->data, "vg_put_all"), \
                      (list)->data, (list)->len)

/* An array of what is left in a cursor, row by row: no more than one row is in memory.
 * `row` is the pointer that vg_query was given. Ends the cursor; the failure of either side
 * is in w->code.
 *     if (vg_query(db, &cursor, &user, SELECT(users))) return fail(db);
 *     vg_put_cursor(&w, users, cursor, &user); */
#define vg_put_cursor(w, t, cursor, row)                                               \
    vg_put_shape_cursor((w), &(t).vg_shape + VG_IS_ROW_OF(t, *(row), "vg_put_cursor"), \
                        (cursor), (void *)(row))

/* A row, or a list, as text in `arena`; *text is a const char *. Returns VG_OK, or what a
 * writer's `code` says, and then *text is NULL.
 *     vg_row_json(&arena, users, user, &json) */
#define vg_row_json(arena, t, row, text)                                            \
    vg_shape_row_json((arena), &(t).vg_shape + VG_IS_ROW_OF(t, row, "vg_row_json"), \
                      (row), (text))
#define vg_list_json(arena, t, list, text)                                            \
    vg_shape_list_json((arena),                                                       \
                       &(t).vg_shape + VG_IS_ROW_OF(t, (list)->data, "vg_list_json"), \
                       (list)->data, (list)->len, (text))

/* What the macros call: `row` is a row struct of `shape`, `rows` `len` of them. */
VG_API void vg_put_shape_row(vg_json_writer *w, const vg_shape *shape, const void *row);
VG_API void vg_put_shape_members(vg_json_writer *w, const vg_shape *shape,
                                 const void *row, uint64_t omit);
VG_API void vg_put_shape_rows(vg_json_writer *w, const vg_shape *shape,
                              const void *rows, size_t len);
VG_API void vg_put_shape_cursor(vg_json_writer *w, const vg_shape *shape,
                                vg_cursor *cursor, void *row);
VG_API int vg_shape_row_json(vg_arena *arena, const vg_shape *shape, const void *row,
                             const char **text);
VG_API int vg_shape_list_json(vg_arena *arena, const vg_shape *shape, const void *rows,
                              size_t len, const char **text);

VG_END_DECLS

/* Zero, after a look whether `row` points to a row of `t`. */
#define VG_IS_ROW_OF(t, row, word)                                                    \
    VG_CHECKING(row,                                                                  \
                VG_DEMAND(__builtin_types_compatible_p(__typeof__(vg_r),              \
                                                       __typeof__((t).vg_row)) ||     \
                              __builtin_types_compatible_p(                           \
                                  __typeof__(vg_r), const __typeof__(*(t).vg_row) *), \
                          word ": these are no rows of " #t))
