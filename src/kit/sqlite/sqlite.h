/* What the files of SQLite's dialect of the kit share. */
#pragma once
#include "kit/diff.h"

/* ---- schema.c: descriptors ---- */

int vgk_sqlite_describe(vg_kit *kit, vgk_snapshot *out, const vg_schema *schema,
                        const vg_shape *t);
void vgk_sqlite_column(vg_kit *kit, vgk_column *to, const vg_shape *t,
                       const vg_column *c, bool strict);

/* ---- create.c: what makes a thing ---- */

/* CREATE TABLE `name` ...; conditions that mention `t` by its name mention it by `name`. */
const char *vgk_sqlite_create_table(vg_kit *kit, const vgk_table *t, const char *name);
const char *vgk_sqlite_create_index(vg_kit *kit, const char *table,
                                    const vgk_index *index);
const char *vgk_sqlite_create_view(vg_kit *kit, const vgk_view *v);
/* ALTER TABLE ... ADD; with REFERENCES of each foreign key that is this column's alone. */
const char *vgk_sqlite_add_column(vg_kit *kit, const vgk_table *t, const vgk_column *c);
/* `name` as it is if SQLite takes it so, else in quotes. */
const char *vgk_sqlite_bare(vg_kit *kit, const char *name);
/* Is the value of DEFAULT the same for all rows: what ADD COLUMN takes on a table with rows. */
bool vgk_sqlite_constant_default(const vgk_default *value);

/* ---- types.c ---- */

/* Whether that word is anywhere in a type, in any case. */
bool vgk_sqlite_type_has(const char *type, const char *word);

/* Is something lost when values of one type become those of another and then go back? */
bool vgk_sqlite_converts(const char *from, const char *to);

/* ---- recreate.c ---- */

/* What ALTER TABLE cannot do is done with a copy. */
bool vgk_sqlite_must_recreate(const vgk_table_change *change);
/* The statements of it, its indexes included. `renamed`: columns have their new names already. */
void vgk_sqlite_recreate(vg_kit *kit, const vgk_changes *changes,
                         const vgk_table_change *change, bool renamed,
                         vgk_statements *out);

/* A generated column got another expression, or an ordinary one became generated. */
bool vgk_sqlite_regenerates(const vgk_part *part);

/* ---- order.c: statements by table, as drizzle-kit has them ---- */

typedef struct vgk_group {
    const char *name;                  /* a table's; "" of all views */
    const vgk_table_change *recreated; /* its statements give way to the recreation */
    vgk_statements table_renames, column_renames, rest;
} vgk_group;
typedef struct vgk_groups {
    vgk_group *data;
    size_t len;
} vgk_groups;

/* The group of that name, made if there is none; void after the next call. */
vgk_group *vgk_group_of(vg_kit *kit, vgk_groups *groups, const char *name);
/* All statements: renames first; tables whose names are integers before others; what is said
 * twice, once. */
/* Returns how many of them rename. */
size_t vgk_groups_flatten(vg_kit *kit, const vgk_changes *changes, vgk_groups *groups,
                          vgk_statements *out);
/* Drop what has a name before another thing gets it. */
void vgk_sqlite_free_names(vg_kit *kit, const vgk_changes *changes,
                           vgk_statements *out);

/* ---- depend.c: views, triggers and virtual tables around all that ---- */

/* `recreated`: of changes->altered; the first `renames` statements stay the first. */
void vgk_sqlite_depend(vg_kit *kit, const vgk_changes *changes, const bool *recreated,
                       size_t renames, vgk_statements *out);

/* ---- alter.c ---- */

int vgk_sqlite_statements(vg_kit *kit, const vgk_changes *changes, vgk_statements *out);

/* ---- notes.c: what a person should know of a statement ---- */

void vgk_sqlite_note_copy(vg_kit *kit, const vgk_table_change *change,
                          vgk_statement *s);
void vgk_sqlite_note_replaced(vg_kit *kit, const vgk_table_change *change,
                              vgk_statement *s);
void vgk_sqlite_note_added(vg_kit *kit, const vgk_table *t, const vgk_column *c,
                           vgk_statement *s);
void vgk_sqlite_note_index(vg_kit *kit, const vgk_table *t, const vgk_index *index,
                           vgk_statement *s);
