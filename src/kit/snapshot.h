/* A snapshot: the whole schema of a database at one point, as plain data. Every stage of the
 * kit takes and gives it: descriptors, JSON files and live databases become snapshots, two
 * snapshots a diff, one a header. Lists keep their order, which is that of the statements.
 *
 * Everything lives in the kit's arena. Texts are never NULL unless it is said. Names are
 * those of the database. What SQL text a member holds is what stands in the database's own
 * statements, quotes included.
 *
 * What lies in a schema of PostgreSQL has a member `schema` and a name that says it, too:
 * "auth.users"; in the schema that needs no name, public, it is "users" and `schema` is NULL.
 * So a name tells a thing from all others of its kind, on every database; vgk_base_name is
 * the name alone, vgk_qualified puts one together. Members that only some database has are
 * zero elsewhere. */
#pragma once
#include "kit/kit.h"

typedef struct vgk_texts {
    const char **data;
    size_t len;
} vgk_texts;

/* What stands after DEFAULT, and how drizzle-kit keeps it. */
typedef enum vgk_default_kind {
    VGK_DEFAULT_NONE,
    VGK_DEFAULT_SQL,    /* a JSON string: 'x', (unixepoch()), CURRENT_TIMESTAMP */
    VGK_DEFAULT_NUMBER, /* a JSON number */
    VGK_DEFAULT_BOOL    /* true or false */
} vgk_default_kind;

typedef struct vgk_default {
    vgk_default_kind kind;
    const char *text; /* what stands after DEFAULT; NULL: NONE */
} vgk_default;

typedef struct vgk_generated {
    const char *as;   /* with its parentheses */
    const char *type; /* "virtual" or "stored" */
} vgk_generated;

/* A sequence; of an identity the one behind it. Numbers as text, all of them said. */
typedef struct vgk_sequence {
    const char *name;
    const char *schema; /* NULL: public */
    const char *increment, *start, *min, *max, *cache;
    bool cycle;
} vgk_sequence;

typedef struct vgk_identity {
    const char *type; /* "always", "byDefault" */
    vgk_sequence sequence;
} vgk_identity;

/* A parameter of WITH: of an index or a view. */
typedef struct vgk_setting {
    const char *name;
    vgk_default value;
} vgk_setting;

typedef struct vgk_settings {
    vgk_setting *data;
    size_t len;
} vgk_settings;

typedef struct vgk_column {
    const char *name;
    const char *type; /* as the database's CREATE TABLE says it */
    bool primary_key; /* the table's whole key is this column */
    bool not_null;
    bool autoincrement;
    vgk_default value;        /* DEFAULT */
    vgk_generated *generated; /* NULL: an ordinary column */
    /* PostgreSQL: */
    const char
        *type_schema;       /* of a type of its own: "public", "auth"; NULL: built in */
    vgk_identity *identity; /* NULL: none */
} vgk_column;

typedef struct vgk_index_column {
    const char *text; /* a column's name or an expression */
    bool is_expression;
    /* PostgreSQL: */
    bool desc;
    const char *nulls;   /* "first", "last": always said; other databases: NULL */
    const char *opclass; /* NULL: the type's own */
} vgk_index_column;

typedef struct vgk_index_columns {
    vgk_index_column *data;
    size_t len;
} vgk_index_columns;

typedef struct vgk_index {
    const char *name;
    vgk_index_columns columns;
    bool unique;
    const char *where; /* NULL: all rows */
    /* PostgreSQL: */
    bool concurrently;
    const char *method; /* "btree": always said; other databases: NULL */
    vgk_settings with;
    vgk_texts include;       /* companion */
    bool only;               /* companion */
    bool nulls_not_distinct; /* companion; of a unique index */
} vgk_index;

typedef struct vgk_foreign_key {
    const char *name;                 /* derived; SQLite never sees it */
    const char *table_from;           /* PostgreSQL: without its schema */
    const char *table_to, *schema_to; /* schema_to: NULL: public */
    vgk_texts columns_from, columns_to;
    const char *on_delete, *on_update; /* "no action", "cascade", ... */
    const char *deferrable; /* companion: VGK_DEFERRABLE, VGK_DEFERRED; NULL: neither */
} vgk_foreign_key;

#define VGK_DEFERRABLE "deferrable"
#define VGK_DEFERRED   "deferrable initially deferred"

/* A primary key of two or more columns (PostgreSQL: also of one that was declared at the
 * table), or a UNIQUE constraint. */
typedef struct vgk_key {
    const char *name;
    vgk_texts columns;
    /* PostgreSQL: */
    bool nulls_not_distinct;
    const char *deferrable; /* companion; NULL: it is not */
    vgk_texts include;      /* companion */
} vgk_key;

/* EXCLUDE, in the companion: what stands behind this word, `using gist ("a" with =)`. */
typedef struct vgk_exclude {
    const char *name;
    const char *definition;
} vgk_exclude;

/* Of a table; or one that stands alone, of a table that is not in the snapshot. */
typedef struct vgk_policy {
    const char *name;
    const char *as;         /* "PERMISSIVE", "RESTRICTIVE" */
    const char *command;    /* "ALL", "SELECT", "INSERT", "UPDATE", "DELETE" */
    vgk_texts to;           /* roles, sorted: "public", "current_user", ... or names */
    const char *using_sql;  /* NULL: none */
    const char *with_check; /* NULL: none */
    const char *on;         /* one that stands alone: "\"auth\".\"users\""; else NULL */
    const char *schema;     /* of that table: "public", "auth"; else NULL */
} vgk_policy;

typedef struct vgk_check {
    const char *name;
    const char *value; /* the condition */
} vgk_check;

typedef struct vgk_columns {
    vgk_column *data;
    size_t len;
} vgk_columns;
typedef struct vgk_indexes {
    vgk_index *data;
    size_t len;
} vgk_indexes;
typedef struct vgk_foreign_keys {
    vgk_foreign_key *data;
    size_t len;
} vgk_foreign_keys;
typedef struct vgk_keys {
    vgk_key *data;
    size_t len;
} vgk_keys;
typedef struct vgk_checks {
    vgk_check *data;
    size_t len;
} vgk_checks;

typedef struct vgk_excludes {
    vgk_exclude *data;
    size_t len;
} vgk_excludes;
typedef struct vgk_policies {
    vgk_policy *data;
    size_t len;
} vgk_policies;

typedef struct vgk_table {
    const char *name;
    const char *schema; /* NULL: public, and on other databases */
    vgk_columns columns;
    vgk_indexes indexes;
    vgk_foreign_keys foreign_keys;
    vgk_keys primary_keys; /* compositePrimaryKeys: none or one */
    vgk_keys uniques;      /* SQLite: only of old snapshots; ours are unique indexes */
    vgk_checks checks;
    vgk_policies policies;
    bool row_security; /* enabled by itself; a policy enables it, too */
    /* Not in drizzle-kit's snapshot but in meta/_NNNN_virga.json: */
    bool strict;
    bool without_rowid;
    bool force_row_security;
    const char *partition_by; /* "range (at)"; NULL: a plain table */
    vgk_excludes excludes;
} vgk_table;

typedef struct vgk_view {
    const char *name;
    const char *schema; /* NULL: public, and on other databases */
    vgk_columns columns;
    bool existing;          /* the kit neither makes nor drops it */
    const char *definition; /* the SELECT; NULL: existing */
    /* PostgreSQL: */
    bool materialized;
    vgk_settings with; /* by drizzle-kit's names: securityInvoker, fillfactor */
    bool no_data;      /* WITH NO DATA */
    const char *using_method, *tablespace; /* NULL: not said */
} vgk_view;

/* What PostgreSQL calls a schema; public is none of them. */
typedef struct vgk_namespace {
    const char *name;
} vgk_namespace;

typedef struct vgk_enum {
    const char *name;
    const char *schema; /* NULL: public */
    vgk_texts values;
} vgk_enum;

typedef struct vgk_role {
    const char *name;
    bool create_db, create_role, inherit;
    bool kept; /* of a live database: a superuser, or who asks; never dropped */
} vgk_role;

/* In the companion. */
typedef struct vgk_extension {
    const char *name;
    const char *schema;  /* where its things are; NULL: not said */
    const char *version; /* NULL: any */
} vgk_extension;

/* A trigger or a virtual table: known by the statement that makes it, which ends in ";".
 * In meta/_NNNN_virga.json. */
typedef struct vgk_object {
    const char *name;
    const char *table; /* a trigger's; "" of a virtual table */
    const char *sql;
    const char
        *fill; /* run after it: an index of what is there already; NULL: nothing */
} vgk_object;

typedef struct vgk_tables {
    vgk_table *data;
    size_t len;
} vgk_tables;
typedef struct vgk_views {
    vgk_view *data;
    size_t len;
} vgk_views;
typedef struct vgk_objects {
    vgk_object *data;
    size_t len;
} vgk_objects;

typedef struct vgk_namespaces {
    vgk_namespace *data;
    size_t len;
} vgk_namespaces;
typedef struct vgk_enums {
    vgk_enum *data;
    size_t len;
} vgk_enums;
typedef struct vgk_sequences {
    vgk_sequence *data;
    size_t len;
} vgk_sequences;
typedef struct vgk_roles {
    vgk_role *data;
    size_t len;
} vgk_roles;
typedef struct vgk_extensions {
    vgk_extension *data;
    size_t len;
} vgk_extensions;

/* Renames that led to this snapshot, for _meta: "\"a\"" to "\"a2\"". */
typedef struct vgk_rename_text {
    const char *from, *to;
} vgk_rename_text;
typedef struct vgk_rename_texts {
    vgk_rename_text *data;
    size_t len;
} vgk_rename_texts;

/* Something of a table that a schema cannot say: gone when the table is made anew. */
typedef struct vgk_unsaid {
    const char *table, *what; /* "COLLATE nocase of column name" */
} vgk_unsaid;
typedef struct vgk_unsaids {
    vgk_unsaid *data;
    size_t len;
} vgk_unsaids;

typedef struct vgk_snapshot {
    const char *id, *prev_id; /* UUIDs; prev_id may be "" */
    vgk_tables tables;
    vgk_views views;
    vgk_rename_texts renamed_tables, renamed_columns;
    vgk_objects triggers;
    vgk_objects virtual_tables;
    /* PostgreSQL: */
    vgk_namespaces namespaces;
    vgk_enums enums;
    vgk_sequences sequences; /* not those of identities and serials */
    vgk_roles roles;
    vgk_policies policies;     /* those that stand alone */
    vgk_extensions extensions; /* companion */
    vgk_rename_texts renamed_namespaces;
    vgk_texts notes; /* of a live database: what it has and a schema cannot say */
    vgk_unsaids unsaid;
} vgk_snapshot;

/* The list's element of that name, or NULL. */
vgk_table *vgk_find_table(const vgk_snapshot *snapshot, const char *name);
vgk_column *vgk_find_column(const vgk_columns *columns, const char *name);
vgk_index *vgk_find_index(const vgk_indexes *indexes, const char *name);
vgk_view *vgk_find_view(const vgk_snapshot *snapshot, const char *name);
vgk_foreign_key *vgk_find_foreign_key(const vgk_foreign_keys *keys, const char *name);
vgk_check *vgk_find_check(const vgk_checks *checks, const char *name);
vgk_object *vgk_find_object(const vgk_objects *objects, const char *name);
vgk_enum *vgk_find_enum(const vgk_enums *enums, const char *name);
vgk_sequence *vgk_find_sequence(const vgk_sequences *sequences, const char *name);
vgk_policy *vgk_find_policy(const vgk_policies *policies, const char *name);
bool vgk_has_text(const vgk_texts *texts, const char *text);

/* The name of a thing in that schema: "auth.users"; public, "" and NULL: "users". */
const char *vgk_qualified(vg_kit *kit, const char *schema, const char *name);
/* What a snapshot keeps as `schema` of it: NULL of public and "". */
const char *vgk_schema_or_null(const char *schema);
/* The name without its schema: it ends as `name` does. */
const char *vgk_base_name(const char *name, const char *schema);

/* Append a zeroed element to a list: vgk_columns *l; vgk_column *c = VGK_ADD(kit, l). Earlier
 * pointers to its elements are void after it. */
#define VGK_ADD(kit, list)                                                    \
    ((__typeof__((list)->data))vgk_add((kit), (void **)(void *)&(list)->data, \
                                       &(list)->len, sizeof *(list)->data))
void *vgk_add(vg_kit *kit, void **data, size_t *len, size_t size);
/* Zeroed room for a list of `len` elements that VGK_ADD may lengthen. */
void *vgk_list(vg_kit *kit, size_t len, size_t size);

/* The descriptors of `schema` as a snapshot of the kit's dialect (schema.c). VG_SCHEMA with
 * the reason when it is not sound. */
int vgk_snapshot_of_schema(vg_kit *kit, const vg_schema *schema, vgk_snapshot *out);

/* JSON, as drizzle-kit writes and reads it (snapshot_json.c). `path` is for messages. Older
 * versions are upgraded; *version, if not NULL, is what the text said. VG_INVALID: malformed. */
int vgk_snapshot_read(vg_kit *kit, const char *json, size_t len, const char *path,
                      vgk_snapshot *out, int *version);
const char *vgk_snapshot_write(vg_kit *kit, const vgk_snapshot *snapshot, size_t *len);

/* The companion file for what drizzle-kit's snapshot cannot hold; write gives NULL when there
 * is nothing of the kind. */
int vgk_companion_read(vg_kit *kit, const char *json, size_t len, const char *path,
                       vgk_snapshot *into);
const char *vgk_companion_write(vg_kit *kit, const vgk_snapshot *snapshot, size_t *len);
