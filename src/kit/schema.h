/* What descriptors are made a snapshot of by: the pieces that dialects share. */
#pragma once
#include "kit/snapshot.h"

/* The entries of a table, ended by VG_CON_NONE. */
const vg_constraint *vgk_constraints(const vg_shape *t);
/* The names of its columns. */
vgk_texts vgk_column_names(vg_kit *kit, const vg_shape *t, const vg_constraint *c);
/* users_id_name: what derived names are made of. */
const char *vgk_joined(vg_kit *kit, const char *first, const vgk_texts *rest);

/* What stands after DEFAULT. */
vgk_default vgk_schema_default(vg_kit *kit, const vg_column *c);

void vgk_schema_foreign_keys(vg_kit *kit, vgk_table *to, const vg_shape *t);
void vgk_schema_checks(vg_kit *kit, vgk_table *to, const vg_shape *t);

/* All columns of a table or view, each by the dialect. */
void vgk_schema_columns(vg_kit *kit, vgk_columns *to, const vg_shape *t);
/* A view: its columns, its SELECT as text. */
int vgk_schema_view(vg_kit *kit, vgk_view *out, const vg_shape *v);

/* What IN_SCHEMA says, where that is part of a name; NULL: nothing, or "public". And the name
 * in a snapshot. */
const char *vgk_schema_of(vg_kit *kit, const vg_shape *t);
const char *vgk_schema_name(vg_kit *kit, const vg_shape *t);
