/* Keys that are never given twice (AUTOINCREMENT), though their table is made anew.
 *
 * The database keeps how far a table has counted beside the table, and forgets it when the
 * table is dropped: the one that takes its place would count from the largest key there is,
 * and give keys of deleted rows again. So what a dropped table had counted is carried over to
 * the table that has its name next, or, if it was renamed to be dropped, its first name. */
#pragma once
#include "core/migrator.h"

typedef struct vg_dropped vg_dropped;
typedef struct vg_renamed vg_renamed;

typedef struct vg_counters {
    vg_db *db;
    const vg_migrator *migrator;
    vg_arena *arena;
    vg_dropped *dropped; /* none has taken their place yet */
    vg_renamed *renamed; /* the latest first */
} vg_counters;

/* At the beginning of a transaction; what is kept lives in `arena`. */
VG_API void vg__counters_begin(vg_counters *c, vg_db *db, vg_arena *arena);

/* Run a statement, `len` bytes and a NUL; `does` are VG_DOES_ of it. */
VG_API int vg__counters_run(vg_counters *c, const char *sql, size_t len, unsigned does);

/* What a table is called now, if it was not dropped, that was called `name` before the run. */
const char *vg__counters_name_now(const vg_counters *c, const char *name);

/* Before the commit. */
VG_API int vg__counters_end(vg_counters *c);
