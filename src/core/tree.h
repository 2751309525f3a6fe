/* Trees of rows: what a statement's WITH clauses load. */
#pragma once
#include "core/relation.h"
#include "core/run.h"
#include <virga/relation.h>

typedef struct vg_forest vg_forest;

/* Some rows of `shape`, which is what their members are of. */
typedef struct vg_rows {
    const vg_shape *shape;
    char *at;
    size_t count, stride;
} vg_rows;

/* Reached through the clause alone, which a program without a WITH has not. */
struct vg_tree_loader {
    /* Run a SELECT that has a WITH and was walked, and load its trees. */
    int (*run)(vg_db *db, const vg_clause *query, size_t count, vg_sink *sink);
    /* Whether the trees of a statement can be loaded at all; VG_OK, or after vg__fail. */
    int (*check)(vg_db *db, const vg_stmt *stmt, const vg_clause *query, size_t count);
    /* The rows that a cursor's statement yields next, as many as it reads at once, in its
     * arena, and their trees. VG_STEP_ROW, VG_STEP_DONE when these are the last, or a
     * vg_code. */
    int (*step)(vg_db *db, vg_stmt *stmt, vg_arena *arena, const vg_clause *query,
                size_t count, vg_rows *rows);
};
