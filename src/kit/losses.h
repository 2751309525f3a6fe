/* What changes to a live database take away, in numbers. */
#pragma once
#include "kit/diff.h"

typedef struct vgk_losses {
    vg_kit_loss *data;
    size_t len;
} vgk_losses;

/* Count what `changes` would lose. `first` gets statements that must run before them: a column
 * that is NOT NULL and has no default has no place in a table with rows, which therefore go. */
int vgk_losses_of(vg_kit *kit, vg_db *db, const vgk_changes *changes, vgk_losses *out,
                  vgk_statements *first);
