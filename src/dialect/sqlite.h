/* SQLite's dialect, as SQLite is usually compiled (vg_dialect_sqlite), and without
 * ORDER BY and LIMIT on UPDATE and DELETE; the driver asks the library which it is. */
#pragma once
#include "core/dialect.h"

extern const vg_dialect vg__dialect_sqlite_plain;

/* sqlite_objects.c */
void vg__sqlite_trigger(vg_buf *out, const vg_shape *trigger);
void vg__sqlite_fts(vg_buf *out, const vg_shape *table);
