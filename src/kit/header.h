/* A snapshot as a schema header: C that says what the snapshot says. */
#pragma once
#include "kit/dialect.h"

typedef struct vgk_header_options {
    const char *schema;   /* the name in SCHEMA(...) */
    vg_kit_casing casing; /* of C names */
    bool relations;       /* ONE, MANY, MANY_THROUGH of foreign keys */
} vgk_header_options;

/* The header's text. `s` is made to say what the descriptors of that header say, so that the
 * two compare equal: what C or Virga cannot say is taken out of it, with a sentence in its
 * notes, and a default or a UNIQUE is written as the schema writes it. */
const char *vgk_header(vg_kit *kit, vgk_snapshot *s, const vgk_header_options *options,
                       size_t *len);

/* ---- header_reduce.c ---- */

/* Take out of `s` what a header cannot say. */
void vgk_header_reduce(vg_kit *kit, vgk_snapshot *s);

/* ---- header_names.c ---- */

/* C names of everything, in the order of the snapshot's lists. */
typedef struct vgk_names_of {
    const char *name;
    vgk_texts columns;     /* of an enum: its constants */
    const char *type_name; /* of an enum: what its ENUM_TYPE is called */
} vgk_names_of;
typedef struct vgk_c_names {
    vgk_names_of *tables, *views, *virtual_tables, *triggers;
    vgk_names_of *namespaces, *extensions, *enums, *sequences;
} vgk_c_names;

void vgk_header_names(vg_kit *kit, const vgk_snapshot *s,
                      const vgk_header_options *options, vgk_c_names *out);

/* A C string literal, in several pieces if it has newlines; `indent` blanks before those. */
const char *vgk_c_string(vg_kit *kit, const char *text, int indent);
/* What stands for the name of an index or constraint: a word, or NAME("..."). */
const char *vgk_c_word(vg_kit *kit, const char *name);

/* ---- reserved.c ---- */

/* Is it a keyword or a macro, or at file scope the name of something else. */
bool vgk_reserved(const char *name, bool file_scope);
