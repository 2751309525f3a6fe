/* A live SQLite database as a snapshot. */
#pragma once
#include "kit/remark.h"
#include "kit/sqlite/catalog.h"
#include "kit/sqlite/create.h"

/* The dialect's hook: what the database holds and a schema can say. What it cannot say is
 * left alone, with a sentence in out->notes. Types and texts are as the database has them,
 * but for the types that Virga writes itself, which are spelled as it spells them. */
int vgk_sqlite_introspect(vg_kit *kit, vg_db *db, bool for_header, vgk_snapshot *out);

/* One table, out of the rows of the catalog and its CREATE TABLE (introspect_table.c). */
void vgk_sqlite_table(vg_kit *kit, const vgk_catalog *catalog, const vgk_master *master,
                      vgk_snapshot *out);

/* The other hooks of the dialect (full_text.c, field.c). */
bool vgk_sqlite_full_text(vg_kit *kit, const vgk_snapshot *s, const char *sql,
                          vgk_full_text *out);
void vgk_sqlite_field(vg_kit *kit, const vgk_column *column, vgk_field_type *out);

/* The names of a list with `between` them, after `first`. */
const char *vgk_names(vg_kit *kit, const char *first, const vgk_texts *names,
                      const char *between);
