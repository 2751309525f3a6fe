/* A driver: one database library behind an op-table. Every driver is a folder of the same
 * files: conn.c (open, close, errors), stmt.c (prepare, bind, step), rows.c (decode), ops.c
 * (what is done to a database as a whole). */
#pragma once
#include "core/db.h"
#include <virga/operations.h>

/* A parameter: the value, and the column type and mode that say how it is stored. */
typedef struct vg_param {
    vg_value value;
    const vg_column *codec; /* NULL: as the value is */
} vg_param;

/* How one column of a result becomes one field. */
typedef enum vg_slot_kind {
    VG_SLOT_INT,
    VG_SLOT_REAL,
    VG_SLOT_BOOL,
    VG_SLOT_TEXT,
    VG_SLOT_BLOB,
    VG_SLOT_TIME,   /* mode: vg_mode */
    VG_SLOT_UUID,   /* mode: vg_mode */
    VG_SLOT_ENUM,   /* of coder; size: of the field that is NOT NULL */
    VG_SLOT_CUSTOM, /* of coder */
    VG_SLOT_DAYTIME,
    VG_SLOT_INTERVAL,
    VG_SLOT_POINT,
    VG_SLOT_INT_ARRAY, /* a vg_int_array, and so on */
    VG_SLOT_REAL_ARRAY,
    VG_SLOT_BOOL_ARRAY,
    VG_SLOT_TEXT_ARRAY,
    VG_SLOT_BLOB_ARRAY,
    VG_SLOT_TIME_ARRAY,
    VG_SLOT_UUID_ARRAY,
    VG_SLOT_OPT_ROW /* no column of its own: the next `span` slots are a nested row */
} vg_slot_kind;

typedef struct vg_slot {
    uint8_t kind;
    uint8_t mode;
    uint8_t nullable;
    uint8_t span;     /* OPT_ROW: slots that follow */
    uint32_t offset;  /* in the row, or in the nested row */
    uint32_t size;    /* OPT_ROW: of the nested row; mode: clear it first */
    const char *name; /* the field's, for errors; NULL for a single value */
    const vg_coder *coder;
} vg_slot;

typedef struct vg_plan {
    const vg_shape *shape; /* NULL: a single value */
    size_t slot_count;
    size_t column_count; /* of the result */
    size_t row_size;
    bool plain; /* no slot points to memory beside the row */
    /* What no column fills of a row, cleared before it is read: of a table its relations, of
     * a row around such rows all of it. */
    uint32_t blank_at, blank_size;
    uint64_t loaded, left_out; /* what such a row says in vg_loaded and vg_left_out */
    vg_slot *slots;
} vg_plan;

enum { VG_STEP_ROW = -1, VG_STEP_DONE = -2 }; /* else a vg_code */

/* Insert structs that all give the same columns, for drivers that take them as they are. */
typedef struct vg_structs {
    const vg_shape *shape;
    uint64_t mask; /* the columns, as bits */
    const char *rows;
    size_t count;
} vg_structs;

/* How far a server is in the primary's history of changes. */
typedef struct vg_position {
    bool primary;
    uint64_t at;    /* of the last change that can be seen; grows */
    int64_t lag_ms; /* how old what it shows may be */
} vg_position;

/* What a connection that rests shows: nothing, as it should; that the server has said
 * something, so that it must be looked at; that the server has closed it. */
typedef enum vg_pulse { VG_PULSE_QUIET, VG_PULSE_SPOKE, VG_PULSE_LOST } vg_pulse;

/* What is done to a database as a whole. No driver points to its table: only the calls
 * that use it reach it, so that a program without them is linked without it. */
typedef struct vg_operations {
    /* One connection writes and the others only read; else any may do both. */
    bool one_writer;
    /* Whether a connection that rests is still there, without asking: quick. */
    vg_pulse (*pulse)(const vg_db *db);
    /* How far its server is; NULL: the database has no replicas. */
    int (*position)(vg_db *db, vg_position *out);
    /* Forget what was set in the session; NULL: nothing can be. */
    int (*forget)(vg_db *db);
    /* No other connection can see what this one sees: it is in memory. */
    bool (*alone)(vg_db *db);
    /* Whether the connection is of any use yet: VG_OK or why not. */
    int (*check)(vg_db *db);
    /* Refuse writes from here on, or allow them again. */
    int (*only_read)(vg_db *db, bool on);
    /* Bytes of the write-ahead log's file; 0: there is none. */
    int64_t (*log_size)(vg_db *db);
    /* -1: there is no log. */
    int (*checkpoint)(vg_db *db, vg_checkpoint_mode mode, int *log_pages,
                      int *moved_pages);
    /* Call `found` for each defect; what it returns but VG_OK ends it. */
    int (*inspect)(vg_db *db, vg_integrity how,
                   int (*found)(void *ctx, const vg_defect *defect), void *ctx);
    int (*optimize)(vg_db *db);
    int (*vacuum)(vg_db *db);
    int (*vacuum_into)(vg_db *db, const char *path);
    int (*backup)(vg_db *db, const char *path, const vg_backup_options *options);
    int (*attach)(vg_db *db, const char *url, const char *name, bool read_only);
    int (*detach)(vg_db *db, const char *name);
    int (*restore)(vg_db *db, const char *path, const vg_backup_options *options);
} vg_operations;

/* What the database tells of statements to those who watch (watch.h). */
typedef struct vg_telling {
    /* Call vg__watch_table and its like from now on. */
    int (*start)(vg_db *db);
    int64_t (*total_changes)(const vg_db *db);
    /* No transaction and no running statement holds on to a state of the database. */
    bool (*idle)(vg_db *db);
    /* A number that differs when another connection has written since it was last asked
     * for; -1: cannot be told. */
    int64_t (*version)(vg_db *db);
    /* A name for the database that is the same in all connections to it; NULL: none. */
    const char *(*identity)(vg_db *db);
    bool (*has_rowid)(vg_db *db, const char *table);
    /* How the database will go about a statement, a line a step. */
    void (*explain)(vg_db *db, const char *sql, vg_buf *out);
} vg_telling;

/* One step of how the database goes about a statement, for vg_verify. */
typedef enum vg_step_kind {
    VG_STEP_OTHER,
    VG_STEP_SCAN,      /* all rows of `table`, in no index's or in an index's order */
    VG_STEP_SORT,      /* a temporary b-tree */
    VG_STEP_AUTO_INDEX /* an index over `table` for the time of the query */
} vg_step_kind;

typedef struct vg_step {
    vg_step_kind kind;
    char table[130];    /* as the statement calls it: an alias, or the table */
    const char *detail; /* the database's own words */
} vg_step;

struct vg_driver {
    const char *name;
    const vg_dialect *dialect;
    const vg_telling *telling; /* NULL: the library cannot */
    int (*open)(vg_db *db, const char *url);
    void (*close)(vg_db *db);
    int (*prepare)(vg_db *db, const char *sql, size_t len, void **native);
    void (*finalize)(vg_db *db, void *native);
    /* Bind all parameters; `copy`: they may be gone before the last step. */
    int (*bind)(vg_db *db, void *native, const vg_param *params, size_t count,
                bool copy);
    int (*step)(vg_db *db, void *native);
    /* End a run; tells what only the end can tell (a failing commit). */
    int (*reset)(vg_db *db, void *native);
    /* bind, step to the end and reset, for a statement whose rows nobody wants. */
    int (*run)(vg_db *db, void *native, const vg_param *params, size_t count);
    /* NULL, or: the values of structs are the parameters of the statement's next run, which
     * is given none. False: one needs more than its bytes changed, or must be refused; they
     * must go as parameters, which tells. */
    bool (*bind_structs)(vg_db *db, void *native, const vg_structs *from);
    size_t (*column_count)(void *native);
    /* Whether column `i` can fill such a slot, by the type that the table declares, which
     * is stored in *declared; NULL and true when it is not known. */
    bool (*column_fits)(void *native, size_t i, const vg_slot *slot,
                        const char **declared);
    /* Hand each step of the plan of `sql` to `each`, until it returns other than VG_OK. */
    int (*explain)(vg_db *db, const char *sql,
                   int (*each)(void *ctx, const vg_step *step), void *ctx);
    /* Whether it changes the database's content (BEGIN and the like do not). */
    bool (*writes)(void *native);
    /* Decode the current row into `row`, strings into `arena`. */
    int (*fetch)(vg_db *db, void *native, const vg_plan *plan, void *row,
                 vg_arena *arena);
    /* NULL, or how many rows behind the current one are there already, and: decode that
     * many, or the first of them, into an array. */
    size_t (*row_count)(void *native);
    int (*fetch_rows)(vg_db *db, void *native, const vg_plan *plan, void *rows,
                      size_t count, vg_arena *arena);
    int (*script)(vg_db *db, const char *sql);
    /* What vg_raw gives; NULL: db->conn. */
    void *(*raw)(vg_db *db);
    /* VG_UNSUPPORTED, after vg__fail, if the library is too old for such a table. */
    int (*can_create)(vg_db *db, const vg_shape *table);
    int64_t (*changes)(const vg_db *db);
    int64_t (*last_id)(const vg_db *db);
    bool (*in_transaction)(vg_db *db);
    /* Ask vg__limit_over every now and then while a statement runs, or do not. */
    void (*watch)(vg_db *db, bool on);
    /* Stop the running statement; from any thread. */
    void (*interrupt)(vg_db *db);
};

/* The driver for a URL's scheme; never NULL (a plain path is SQLite's). */
const vg_driver *vg__driver_for(const char *url);

/* Whether a URL has a scheme ("http://", of *len bytes) that is no driver's; which there are. */
bool vg__scheme_unknown(const char *url, size_t *len);
extern const char vg__schemes_known[];

/* The operations of a driver, of a connection's driver; never NULL. */
const vg_operations *vg__operations_for(const vg_driver *driver);
static inline const vg_operations *vg__operations_of(const vg_db *db)
{
    return vg__operations_for(db->driver);
}
