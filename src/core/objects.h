/* What stands in SCHEMA beside tables: FTS tables, views, triggers. */
#pragma once
#include "core/db.h"

/* Whether the objects other than tables are sound; else what is wrong is in `message`. */
VG_API bool vg__objects_problem(const vg_schema *schema, char *message, size_t room);

/* Create the FTS tables, then the views, a view after those that it uses, then the triggers,
 * as far as they are not there. `run` gets each text. A failure is recorded in db. */
int vg__objects_create(vg_db *db, const vg_schema *schema,
                       int (*run)(vg_db *db, const char *sql));

/* Whether a shape is a table that CREATE TABLE makes. */
static inline bool vg__is_plain_table(const vg_shape *shape)
{
    return shape->kind == VG_SHAPE_TABLE && !shape->fts;
}
