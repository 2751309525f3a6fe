/* What the writers of a schema header share. */
#pragma once
#include "kit/header.h"

typedef struct vgk_header_writer {
    vg_kit *kit;
    vgk_snapshot *s;
    const vgk_header_options *options;
    vgk_c_names names;
    vg_buf *out;
    size_t *order,
        *place; /* of the tables: their numbers in order; where each stands */
} vgk_header_writer;

void vgk_header_put(vgk_header_writer *w, const char *text);

/* TABLE(name,\n    entry,\n    entry) */
void vgk_header_begin(vgk_header_writer *w, const char *word, const char *name);
void vgk_header_entry(vgk_header_writer *w, const char *text);
void vgk_header_end(vgk_header_writer *w);
/* The entry NAME("..."), if the C name is another one; the same as a word of a call. */
void vgk_header_db_name(vgk_header_writer *w, const char *c_name, const char *name);
void vgk_header_name(const vgk_header_writer *w, const char *c_name, const char *name,
                     int indent, vgk_texts *words);
/* word(first, a, b), the words on further lines when they are many. */
const char *vgk_header_call(vg_kit *kit, const char *word, const char *first,
                            const vgk_texts *words);

/* Where a table stands in the snapshot; their number: it is not there. */
size_t vgk_header_table_number(const vgk_snapshot *s, const char *name);
/* The C name of a column, of columns of table `t`. */
const char *vgk_header_c_column(const vgk_columns *columns, const vgk_names_of *names,
                                const char *name);
vgk_texts vgk_header_c_columns(const vgk_header_writer *w, size_t t,
                               const vgk_texts *names);
/* Whether table `to` stands behind table `from` in the header. */
bool vgk_header_is_later(const vgk_header_writer *w, size_t from, size_t to);

/* ---- header_table.c ---- */

void vgk_header_table(vgk_header_writer *w, size_t number);

/* ---- header_relation.c ---- */

/* The entries ONE, MANY and MANY_THROUGH of a table. */
void vgk_header_relations(vgk_header_writer *w, size_t number);

/* ---- header_column.c ---- */

/* The type of a column; *c then is of the type that this says. */
void vgk_header_type(const vgk_header_writer *w, vgk_column *c, vgk_field_type *out);
/* The type and the modifiers of a column but REFERENCES and NAME; *c then says what these
 * say. */
void vgk_header_column(const vgk_header_writer *w, const vgk_table *t, vgk_column *c,
                       vgk_texts *out);
/* What of a sequence is not as usual; `most`: the greatest number that it could count to. */
void vgk_header_sequence(vg_kit *kit, const vgk_sequence *s, const char *most,
                         vgk_texts *out);

/* ---- header_index.c ---- */

/* UNIQUE at a column, if it has it there. */
void vgk_header_unique(const vgk_header_writer *w, const vgk_table *t,
                       const char *column, vgk_texts *words);
/* The constraint that stands at the column; NULL: none. */
const vgk_key *vgk_header_column_unique(const vgk_table *t, const char *column);
void vgk_header_uniques(vgk_header_writer *w, size_t number);
void vgk_header_indexes(vgk_header_writer *w, size_t number);
/* Those that cannot be said are taken out. */
void vgk_header_excludes(vgk_header_writer *w, size_t number);

/* ---- header_objects.c: what not every database has ---- */

/* Schemas, extensions, enums, sequences; their names are added to `all`. */
void vgk_header_objects(vgk_header_writer *w, vgk_texts *all);
/* PG_ENUM(name), or an array of it; NULL: the column's type is no enum of the snapshot. */
const char *vgk_header_enum_word(const vgk_header_writer *w, const vgk_column *c);
/* IN_SCHEMA("auth"), unless it is NULL. */
void vgk_header_schema(vgk_header_writer *w, const char *schema);
void vgk_header_policies(vgk_header_writer *w, const vgk_table *t);
