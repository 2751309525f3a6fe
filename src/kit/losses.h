/* What changes to a live database take away, in numbers. */
#pragma once
#include "kit/diff.h"

typedef struct vgk_losses {
    vg_kit_loss *data;
    size_t len;
} vgk_losses;

/* What was counted, to look whether it is still so. */
typedef struct vgk_count {
    const char *sql;
    int64_t n;
} vgk_count;
typedef struct vg_kit_counts {
    vgk_count *data;
    size_t len;
} vg_kit_counts;

/* A push as it is planned. */
typedef struct vgk_losing {
    vg_kit *kit;
    vg_db *db;
    const vgk_changes *changes;
    vgk_losses losses;
    vg_kit_counts counts;
    vgk_statements first;
} vgk_losing;

/* Count what the changes would lose. `first` gets statements that must run before them: a column
 * that is NOT NULL and has no default has no place in a table with rows, which therefore go. */
int vgk_losses_of(vgk_losing *l);

/* Besides rows: triggers, and what no schema can say of the tables that `statements` make
 * anew. */
void vgk_losses_besides(vgk_losing *l, const vgk_statements *statements);
