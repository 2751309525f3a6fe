/* What the rows of a table come to, the same on every database: to tell whether two are alike.
 * For tests of seeding, which bring the library. */
#pragma once
#include "check.h"

uint64_t table_digest(vg_db *db, const vg_shape *shape);
uint64_t schema_digest(vg_db *db, const vg_schema *schema);
