/* A live PostgreSQL as a snapshot. */
#pragma once
#include "kit/postgres/catalog.h"
#include "kit/remark.h"

/* The dialect's hook. Types, defaults and expressions are spelled as drizzle-kit spells them or
 * as the server does; for a header names of schema public stand alone in expressions. What a
 * schema cannot say is left alone, with a sentence in out->notes. */
int vgk_pg_introspect(vg_kit *kit, vg_db *db, bool for_header, vgk_snapshot *out);

/* What of a catalog is looked at. */
typedef enum vgk_pg_view {
    VGK_PG_ALL, /* all of it */
    VGK_PG_COMPARED, /* but what Virga and Drizzle keep for themselves, and the filters take */
    VGK_PG_HEADER /* and where no filter says otherwise, schema public alone */
} vgk_pg_view;

/* The catalog's rows as a snapshot; nothing is asked of a database. */
void vgk_pg_snapshot(vg_kit *kit, const vgk_pg_catalog *catalog, vgk_pg_view view,
                     vgk_snapshot *out);

/* A transaction that sees one state of the database and is rolled back when the call ends, or
 * by vgk_release(kit, db): within the running one, if there is one. */
int vgk_pg_look(vg_kit *kit, vg_db *db);

/* What one reading of the catalog is about. */
typedef struct vgk_pg_reading {
    vg_kit *kit;
    const vgk_pg_catalog *catalog;
    vgk_snapshot *out;
    vgk_pg_view view;
} vgk_pg_reading;

/* A column as a schema says it (introspect_column.c). */
void vgk_pg_column(vg_kit *kit, const struct vgk_pg_attribute *a, vgk_column *out);
/* The columns of a relation. */
vgk_columns vgk_pg_columns(const vgk_pg_reading *r, int64_t relation);

/* What stands at a table beside its columns (introspect_table.c, introspect_index.c). */
void vgk_pg_constraints(const vgk_pg_reading *r, int64_t relation, vgk_table *to);
void vgk_pg_policies(const vgk_pg_reading *r, int64_t relation, vgk_table *to);
void vgk_pg_indexes(const vgk_pg_reading *r, int64_t relation, vgk_table *to);

/* "fillfactor=70", separated, as settings. */
vgk_settings vgk_pg_settings(vg_kit *kit, const char *options);
