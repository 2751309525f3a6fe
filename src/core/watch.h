/* Watching: everything that goes along with statements but is not needed to run them: the
 * log, reports, change events, the query cache, faults. A connection without any of them
 * has db->watch NULL, and that one test is all it pays.
 *
 *     vg__watch_begin    faults; where a failed statement falls back to
 *     (the statement)    the driver tells of tables and rows as it meets them
 *     vg__watch_end      log, reports; after a commit the changes and the cache
 *
 * A table is known by its number here, and a set of tables is a mask; the 64th and all
 * that follow share the last bit, so that a mask may name too many but never too few. */
#pragma once
#include "core/run.h"
#include <virga/change.h>
#include <virga/fault.h>

typedef struct vg_feed vg_feed;     /* change events: changes.c */
typedef struct vg_ledger vg_ledger; /* reports: report.c */
typedef struct vg_faults vg_faults; /* faults: fault.c */

typedef enum vg_rowid { VG_ROWID_UNKNOWN, VG_ROWID_HAS, VG_ROWID_NONE } vg_rowid;

typedef struct vg_seen_table {
    char *name;            /* as the database spells it */
    const vg_shape *shape; /* NULL: nobody has named it */
    vg_rowid rowid;
} vg_seen_table;

struct vg_watch {
    vg_stmt *at;      /* being prepared or run; its tables are told */
    uint64_t written; /* tables; by what is no statement of ours, scripts for one */
    uint64_t pending; /* tables whose changes are not committed yet */
    vg_seen_table *tables;
    size_t table_count, table_room;
    bool installed;  /* the driver tells */
    bool undoing;    /* what takes back must not be made to fail */
    bool telling;    /* a listener is being called */
    bool own_tables; /* there are some that other connections do not see */
    int64_t total;   /* changes of the connection, as the driver counts them */
    vg_feed *feed;
    vg_ledger *report;
    vg_faults *faults;
    uint64_t source; /* of the query cache: which database this is */
    int64_t version; /* of the database, when the cache last asked */
    vg_buf key;      /* of a query in the cache */
};

/* A run that is being watched. */
typedef struct vg_watching {
    const char *sql;
    vg_stmt *stmt; /* NULL: a script */
    int64_t started_ns;
    size_t feed_mark; /* changes told before it began */
    int64_t total;    /* changes of the connection before it began */
    bool cursor;
    bool cached; /* the rows came out of the query cache */
} vg_watching;

/* For vg_open: watch what the options ask for; after the driver has opened. */
int vg__watch_open(vg_db *db);
vg_watch *vg__watch_make(vg_db *db); /* nothing is told yet; NULL: no memory */
void vg__watch_close(vg_db *db);

/* db->watch, made if need be, with the driver telling; NULL after vg__fail, which says what to
 * do `instead` where it cannot tell. */
vg_watch *vg__watch_install(vg_db *db, const char *instead);

/* Around a run: a code if it must not run (after vg__fail; no end then). */
int vg__watch_begin(vg_db *db, vg_watching *x, vg_stmt *stmt, const char *sql);
void vg__watch_end(vg_db *db, vg_watching *x, int64_t rows, int code);

/* The whole run of a statement. */
int vg__watch_run(vg_db *db, vg_stmt *stmt, vg_sink *sink);

/* A statement was not even prepared. */
void vg__watch_unprepared(vg_db *db, const char *sql, int code);

/* What the driver tells: a table that a statement uses; one whose result depends on more
 * than tables (a random number, a pragma); one that changes the schema; rows. */
void vg__watch_table(vg_db *db, const char *table, bool writes);
void vg__watch_impure(vg_db *db);
void vg__watch_schema(vg_db *db);
/* Not a statement, and yet all tables may be different. */
void vg__watch_replaced(vg_db *db);
bool vg__watch_wants_rows(const vg_db *db, const char *table);
void vg__watch_row(vg_db *db, vg_change_op op, const char *table, int64_t rowid);
/* Around each statement of a script. */
typedef struct vg_part {
    size_t feed_mark;
    int64_t total;
} vg_part;
vg_part vg__watch_part_begin(const vg_db *db);
void vg__watch_part_end(vg_db *db, vg_part part, const char *sql, bool ok);
void vg__watch_committing(vg_db *db);
void vg__watch_rolled_back(vg_db *db);

/* The number of a table; -1 when there is no memory. */
int vg__watch_number(vg_watch *w, const vg_allocator *allocator, const char *table);
static inline uint64_t vg__watch_bit(size_t number)
{
    return UINT64_C(1) << (number < 63 ? number : 63);
}

/* changes.c */
size_t vg__feed_mark(const vg_feed *feed);
void vg__feed_end(vg_db *db, const vg_watching *x, uint64_t written, int code);
void vg__feed_deliver(vg_db *db);
void vg__feed_lost(vg_feed *feed); /* changes that nobody has seen, committed */
void vg__feed_free(vg_db *db);

/* report.c */
bool vg__report_wanted(const vg_db *db);
int vg__report_open(vg_db *db);
void vg__report_run(vg_db *db, const vg_watching *x, int64_t duration_ns, int64_t rows,
                    int code);
void vg__report_free(vg_db *db);
/* What was asked before has nothing to do with what follows: a pool's next taker. */
void vg__report_new_unit(vg_db *db);
/* Tell the hook, or standard error in debug builds. */
void vg__warn(vg_db *db, vg_warning *warning, const char *format, ...) VG_PRINTF(3, 4);

/* fault.c */
int vg__fault_open(vg_db *db);
int vg__fault_check(vg_db *db, const char *sql);
void vg__fault_close(vg_faults *faults);

/* cache.c */
void vg__cached_open(vg_db *db);
/* True: the rows are in the sink, *rc says how it went. Else *born is what to give to
 * vg__cached_put after the run; 0: not to be kept. */
bool vg__cached_get(vg_db *db, vg_stmt *stmt, vg_sink *sink, uint64_t *born, int *rc);
void vg__cached_put(vg_db *db, vg_stmt *stmt, const vg_sink *sink, uint64_t born);
/* Tables whose changes are committed; all of them. */
void vg__cached_changed(vg_db *db, uint64_t tables);
