/* What the files of PostgreSQL's dialect of the kit share. */
#pragma once
#include "kit/diff.h"

/* ---- schema.c, schema_objects.c: descriptors ---- */

int vgk_postgres_describe(vg_kit *kit, vgk_snapshot *out, const vg_schema *schema,
                          const vg_shape *t);
void vgk_postgres_column(vg_kit *kit, vgk_column *to, const vg_shape *t,
                         const vg_column *c, bool strict);
void vgk_postgres_table(vg_kit *kit, vgk_snapshot *out, const vg_shape *t);
/* The type that an ENUM of C is, as the schema that is read says. */
const vgk_enum *vgk_postgres_enum_of(vg_kit *kit, const vg_coder *coder);
void vgk_postgres_policy(vg_kit *kit, vgk_policy *to, const char *name,
                         const vg_policy *from);
/* Numbers of a sequence; `least` and `most`: the limits of its type. */
void vgk_postgres_sequence(vg_kit *kit, vgk_sequence *to,
                           const vg_sequence_options *from, const char *least,
                           const char *most);
/* The parameters of "fillfactor = 70, buffering=off" (NULL: none); `camel`: by drizzle-kit's
 * names for those of views, security_barrier is securityBarrier. */
void vgk_postgres_settings(vg_kit *kit, vgk_settings *to, const char *text, bool camel);

/* ---- names.c: names and types as SQL ---- */

/* "auth"."users", "users"; and with public said: "public"."role". */
const char *vgk_postgres_table_name(vg_kit *kit, const vgk_table *t);
const char *vgk_postgres_name(vg_kit *kit, const char *name, const char *schema);
const char *vgk_postgres_full_name(vg_kit *kit, const char *name, const char *schema);
/* A column's type: drizzle-kit puts what it does not know in quotes. `full`: an enum with its
 * schema, also public. */
const char *vgk_postgres_type(vg_kit *kit, const vgk_column *c, bool full);
/* The type is an enum's, or an array of one. */
bool vgk_postgres_is_enum(const vgk_column *c);
/* serial, bigserial, smallserial: the integer that it is; any other type itself. */
const char *vgk_postgres_plain_type(const char *type);
bool vgk_postgres_is_serial(const char *type);
/* Whether values of a type become those of another without USING; what SQL loses (diff). */
bool vgk_postgres_assigns(const vgk_column *from, const vgk_column *to);
bool vgk_postgres_converts(const char *from, const char *to);

/* Is that name in the SQL, as a name? */
bool vgk_postgres_mentions(const char *sql, const char *name);

/* ---- create.c: what makes a thing ---- */

const char *vgk_postgres_create_table(vg_kit *kit, const vgk_table *t);
/* name type PRIMARY KEY DEFAULT ...; a new table's columns say no NOT NULL of an identity. */
void vgk_postgres_put_column(vg_kit *kit, vg_buf *out, const vgk_table *t,
                             const vgk_column *c, bool added);
/* " GENERATED ALWAYS AS IDENTITY (...)" */
void vgk_postgres_put_identity(vg_kit *kit, vg_buf *out, const vgk_table *t,
                               const vgk_identity *identity);
/* " INCREMENT BY 1 MINVALUE ..." */
void vgk_postgres_put_numbers(vg_buf *out, const vgk_sequence *s);
void vgk_postgres_put_names(vg_buf *out, const vgk_texts *names);
/* CONSTRAINT "x" UNIQUE("a") ...: what stands in a table and behind ADD. `kind`: "UNIQUE" or
 * "PRIMARY KEY". */
void vgk_postgres_put_key(vg_buf *out, const vgk_key *key, const char *kind);
const char *vgk_postgres_create_index(vg_kit *kit, const vgk_table *t,
                                      const vgk_index *index);
const char *vgk_postgres_add_foreign_key(vg_kit *kit, const vgk_table *t,
                                         const vgk_foreign_key *key);
const char *vgk_postgres_create_view(vg_kit *kit, const vgk_view *v);
/* security_barrier = true, ...; or the names alone. */
void vgk_postgres_put_view_settings(vg_buf *out, const vgk_settings *with, bool values);
void vgk_postgres_put_roles(vg_buf *out, const vgk_texts *roles);
const char *vgk_postgres_create_enum(vg_kit *kit, const vgk_enum *e);
/* CREATE POLICY on a table as SQL has it. */
const char *vgk_postgres_create_policy(vg_kit *kit, const char *on,
                                       const vgk_policy *p);
void vgk_postgres_put_literal(vg_buf *out, const char *text);

/* ---- statements.c, constraints.c, alter*.c, objects.c ---- */

/* What is collected: all in the order in which it runs. */
typedef struct vgk_run {
    vg_kit *kit;
    const vgk_changes *changes;
    vgk_statements *out;
} vgk_run;

int vgk_postgres_statements(vg_kit *kit, const vgk_changes *changes,
                            vgk_statements *out);
/* A statement about `table`. */
vgk_statement *vgk_postgres_say(vgk_run *r, const char *table, const char *sql);

/* Each a part of the order. */
void vgk_postgres_drop_uniques(vgk_run *r);
void vgk_postgres_drop_checks(vgk_run *r);
void vgk_postgres_drop_foreign_keys(vgk_run *r);
void vgk_postgres_drop_primary_keys(vgk_run *r);
void vgk_postgres_add_primary_keys(vgk_run *r);
void vgk_postgres_alter_primary_keys(vgk_run *r);
void vgk_postgres_add_uniques(vgk_run *r);
void vgk_postgres_add_checks(vgk_run *r);
void vgk_postgres_foreign_keys_of_new_tables(vgk_run *r);
void vgk_postgres_add_foreign_keys(vgk_run *r);
void vgk_postgres_namespaces(vgk_run *r);
void vgk_postgres_enums(vgk_run *r);
void vgk_postgres_rebuild_enums(vgk_run *r);
void vgk_postgres_sequences(vgk_run *r);
void vgk_postgres_roles(vgk_run *r);
void vgk_postgres_drop_views(vgk_run *r);
void vgk_postgres_create_views(vgk_run *r);
void vgk_postgres_policies(vgk_run *r);
void vgk_postgres_drop_objects(vgk_run *r);
void vgk_postgres_alter_columns(vgk_run *r, const vgk_table_change *c);
/* An enum's labels are not only more: its type is made anew. */
bool vgk_postgres_is_rebuilt(const vgk_enum *from, const vgk_enum *to);
/* The column's type is made anew, with its default. */
bool vgk_postgres_rebuilds(const vgk_run *r, const vgk_column *c);
/* Whether drizzle-kit counts the table among the altered ones. */
bool vgk_postgres_is_altered(const vgk_table_change *c);

/* ---- notes.c: what a person should know of a statement ---- */

void vgk_postgres_note_added(vg_kit *kit, const vgk_table *t, const vgk_column *c,
                             vgk_statement *s);
void vgk_postgres_note_reads(vg_kit *kit, const char *table, vgk_statement *s,
                             const char *fails_if);
void vgk_postgres_note_type(vg_kit *kit, const vgk_table *t, const vgk_column *from,
                            const vgk_column *to, vgk_statement *s);
