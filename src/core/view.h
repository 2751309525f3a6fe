/* Views: their text, and the order in which they are created. */
#pragma once
#include "core/db.h"
#include "core/render.h"
#include <virga/view.h>

/* Write a view's SELECT, its values as literals; r->out, r->dialect and r->uses are set. For
 * an existing view nothing is written. The outcome is in r->failed and r->message. */
void vg__view_text(vg_render *r, const vg_allocator *allocator, const vg_shape *view);

/* Create the views of `schema` that are not there. */
int vg__views_create(vg_db *db, const vg_schema *schema,
                     int (*run)(vg_db *db, const char *sql));
