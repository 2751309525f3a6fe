/* What one database brings to the kit: data and hooks. Stages ask this table; there is no
 * `if (sqlite)` outside of a dialect's folder. */
#pragma once
#include "kit/diff.h"

typedef struct vgk_dialect {
    const char *name;             /* "sqlite", as in the journal */
    const char *snapshot_version; /* "6" */
    const struct vg_dialect *sql; /* of queries: types, literals */
    const char *scratch; /* the URL of an empty database to try things on; NULL */

    /* Changes to statements, in the order in which they run. */
    int (*statements)(vg_kit *kit, const vgk_changes *changes, vgk_statements *out);
    /* A live database as a snapshot. */
    int (*introspect)(vg_kit *kit, vg_db *db, vgk_snapshot *out);
} vgk_dialect;

extern const vgk_dialect vgk_dialect_sqlite;

/* NULL: there is none. */
const vgk_dialect *vgk_dialect_named(const char *name);
