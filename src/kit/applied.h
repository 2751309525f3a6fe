/* What databases have of the folder: the rows of the table of applied migrations. */
#pragma once
#include "core/migrator.h"
#include "kit/folder.h"

/* A migration as a database may have recorded it. */
typedef struct vgk_record_of {
    const char *tag;
    int64_t when;
    const char *hash;
} vgk_record_of;
typedef struct vgk_records_of {
    vgk_record_of *data;
    size_t len;
} vgk_records_of;

/* SHA-256 of a text, in hexadecimal digits. */
const char *vgk_hash(vg_kit *kit, const char *text, size_t len);
/* That of the text with its other line ends: see vg_migration.hash_eol. */
const char *vgk_hash_eol(vg_kit *kit, const char *text, size_t len);

/* The rows of the database's table; none if there is no such table. */
int vgk_applied(vg_kit *kit, vg_db *db, vg_applied_list *out);

/* The row of a migration, by its time or its hash; NULL: it has not run. */
const vg_applied *vgk_applied_row(const vg_applied_list *rows, const vgk_record_of *of);

/* In one transaction: take `gone` out of the table, put `added` in. *stale: nothing was done,
 * for the table has other rows than `rows` by now. */
int vgk_replace_rows(vg_kit *kit, vg_db *db, const vg_applied_list *rows,
                     const vgk_records_of *gone, const vgk_records_of *added,
                     bool *stale);
