/* Running statements: where the rows go, and the loop that brings them there. */
#pragma once
#include "base/clock.h"
#include "core/stmt.h"

/* Every list of rows, whatever its type. */
typedef struct vg_list {
    void *data;
    size_t len;
} vg_list;

typedef enum vg_sink_kind {
    VG_SINK_NONE, /* rows are not wanted */
    VG_SINK_LIST, /* all of them, collected in db->rows */
    VG_SINK_ROW   /* the first, into `row` */
} vg_sink_kind;

typedef struct vg_sink {
    vg_sink_kind kind;
    vg_arena *arena; /* strings; NULL: the row must have none */
    void *row;    /* ROW: where it goes; NULL: into the arena. LIST: the rows there */
    size_t count; /* rows so far */
    size_t row_size;
    size_t room; /* LIST of rows without pointers: bytes at `row`, in the arena */
} vg_sink;

/* Begin a call: no error, and refuse what cannot run. */
int vg__start(vg_db *db, const char *here);
/* Run a text of statements, after vg__start. */
int vg__run_script(vg_db *db, const char *sql);

/* Run a statement that vg__stmt_acquire gave, with db->walk's parameters, and release
 * it. */
int vg__run(vg_db *db, vg_stmt *stmt, vg_sink *sink);

/* The same for one of the statements of VALUES or UPDATE_ROWS, which may be added to a
 * batch instead. */
int vg__run_part(vg_db *db, vg_stmt *stmt, vg_sink *sink);

/* The row that the driver has stepped to, into the sink. */
int vg__take_row(vg_db *db, vg_stmt *stmt, vg_sink *sink);
/* All rows that are there already, into a list in its arena; for drivers that have
 * fetch_rows. */
int vg__take_rows(vg_db *db, vg_stmt *stmt, vg_sink *sink);

/* The rows of a list, once their number is known: into the arena, as sink->row. */
int vg__finish_list(vg_db *db, vg_sink *sink);

/* After a call whose sink is a LIST, and how it went: its rows as *out, a list. */
int vg__give_list(vg_db *db, vg_sink *sink, void *out, int rc);

/* The rows of INSERT_INTO(t, VALUES(...)), chunked, all or nothing. */
int vg__insert_rows(vg_db *db, const vg_clause *query, size_t count, vg_sink *sink);

/* The same for UPDATE_ROWS: a statement for each row. */
int vg__update_rows(vg_db *db, const vg_clause *query, size_t count, vg_sink *sink);

/* For vg_sql: walk and render them as one statement, without a database; of UPDATE_ROWS
 * the first row's. */
void vg__render_values(vg_render *r, vg_walk *w, const vg_parts *parts);
void vg__render_updates(vg_render *r, vg_walk *w, const vg_parts *parts);

/* The columns that insert structs give, as bits: every one, and only some. */
typedef struct vg_gives {
    uint64_t always, maybe;
} vg_gives;
vg_gives vg__gives(const vg_shape *shape);
/* Those of one; how many structs, at most `limit`, give the same as the first. */
uint64_t vg__row_mask(const vg_shape *shape, vg_gives gives, const void *row);
size_t vg__rows_alike(const vg_shape *shape, vg_gives gives, const char *rows,
                      size_t limit);

/* The columns of `mask` as parameters; and the signature and parameters of the INSERT of
 * some rows of VALUES. */
void vg__walk_row(vg_walk *w, const vg_shape *shape, uint64_t mask, const void *row,
                  size_t index);
void vg__walk_rows(vg_walk *w, const vg_parts *parts, uint64_t mask, size_t index,
                   size_t row_count);

/* The member of a row struct or insert struct at `p`; `optional`: it is a vg_opt_. */
vg_value vg__member_value(const void *p, const vg_column *c, bool optional);
/* The same as a parameter; of a CODEC that is the only way. */
void vg__walk_member(vg_walk *w, const void *p, const vg_column *c, bool optional);
/* Whether it is a pointer, or vg_bytes, which begins with one: NULL says nothing. */
bool vg__member_is_pointer(const vg_column *c);

/* All or nothing: a transaction, or a savepoint in one, around statements; `rc` is how
 * they went, and a list's rows are brought into its arena before the commit. */
int vg__whole_begin(vg_db *db, bool *nested);
int vg__whole_end(vg_db *db, bool nested, int rc, vg_sink *sink);

/* Walk a query, its parameters into db->walk, and find its statement; NULL after
 * vg__fail. */
vg_stmt *vg__acquire_query(vg_db *db, const vg_clause *query, size_t count);

/* A statement of transaction control: a string literal, kept prepared. */
int vg__control(vg_db *db, const char *sql);

/* The same for one that takes back. If even that fails (there is no memory at all) the
 * block around it has failed; outside of blocks the rollback is owed to the next call. */
void vg__control_undo(vg_db *db, const char *sql);

/* A cursor over a statement with db->walk's parameters; on failure the statement is
 * released. */
int vg__cursor_open(vg_db *db, vg_stmt *stmt, vg_cursor **out, void *row);

/* End all cursors; the place where one was opened, NULL if none was. */
const char *vg__cursors_end(vg_db *db);
/* For vg_close: the same, and give back their memory. */
const char *vg__cursors_close(vg_db *db);

/* The same without whoever watches. */
int vg__run_alone(vg_db *db, vg_stmt *stmt, vg_sink *sink);

/* A value whose text or bytes are copied; *failed is set when there is no memory. */
size_t vg__array_size(vg_value v); /* of an array's elements, in bytes; else 0 */
vg_value vg__keep_value(vg_arena *arena, vg_value v, bool *failed);

/* Tell the log hook, if there is one, that `sql` was run with db->walk's parameters. */
void vg__log(vg_db *db, const char *sql, int64_t started_ns, int64_t rows, int code);
