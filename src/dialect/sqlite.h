/* SQLite's dialect, as SQLite is usually compiled (vg_dialect_sqlite), and without
 * ORDER BY and LIMIT on UPDATE and DELETE; the driver asks the library which it is. */
#pragma once
#include "core/render.h"

extern const vg_dialect vg__dialect_sqlite_plain;
extern const vg_tx_words vg__sqlite_tx;
extern const vg_lexis vg__sqlite_lexis;

/* sqlite_time.c */
void vg__sqlite_time(vg_render *r, const vg_node *x);
void vg__sqlite_time_as(vg_render *r, vg_value v, const vg_column *from,
                        const vg_column *to);

/* sqlite_objects.c */
void vg__sqlite_trigger(vg_buf *out, const vg_shape *trigger);
void vg__sqlite_fts(vg_buf *out, const vg_shape *table);
