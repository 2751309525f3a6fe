/* Trees of rows: what a statement's WITH clauses load. */
#pragma once
#include "core/relation.h"
#include "core/run.h"

typedef struct vg_forest vg_forest;

/* Some rows of `shape`, which is what their members are of. */
typedef struct vg_rows {
    const vg_shape *shape;
    char *at;
    size_t count, stride;
} vg_rows;

/* Run a SELECT that has a WITH, as vg__run does, and load its trees. */
int vg__tree_run(vg_db *db, vg_stmt *stmt, const vg_clause *query, size_t count,
                 vg_sink *sink);

/* Load what the WITH clauses among those say, into `rows`. */
int vg__tree_load(vg_db *db, vg_arena *arena, const vg_clause *query, size_t count,
                  const vg_rows *rows);

/* The rows that a cursor's statement yields next, as many as it reads at once, in its arena, and
 * their trees. VG_STEP_ROW, VG_STEP_DONE when these are the last, or a vg_code. */
int vg__tree_step(vg_db *db, vg_stmt *stmt, vg_arena *arena, const vg_clause *query,
                  size_t count, vg_rows *rows);

/* Whether the trees of a statement can be loaded at all; VG_OK, or after vg__fail. */
int vg__tree_check(vg_db *db, const vg_stmt *stmt, const vg_clause *query,
                   size_t count);

/* For vg_close: give back what trees needed. */
void vg__tree_close(vg_db *db);
