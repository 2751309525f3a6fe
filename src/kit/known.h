/* Tables of snapshots that have been read already, as text. In a folder of hundreds of snapshots
 * nearly all are the same as in the one before, and need no second look. */
#pragma once
#include "kit/snapshot.h"

typedef struct vgk_span {
    const char *text;
    size_t len;
} vgk_span;

typedef struct vgk_known_table {
    vgk_span key, value; /* the key without its quotes */
} vgk_known_table;

typedef struct vgk_known {
    vgk_known_table *data;
    size_t len;
} vgk_known;

/* The snapshot without the tables that are in `known` letter by letter: what is wrong with it is
 * wrong with the whole, and the other way round. *tables are all that it has, which point into
 * `text`. NULL: it cannot be cut like that. */
const char *vgk_known_reduce(vg_kit *kit, const vgk_known *known, const char *text,
                             size_t len, vgk_known *tables, size_t *out_len);
