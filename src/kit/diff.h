/* From two snapshots to statements: the questions about renames, the changes, the SQL. */
#pragma once
#include "kit/snapshot.h"

/* ---- renames ---- */

/* What may be new in `to` while something that is gone from `from` might have become it. */
typedef enum vgk_kind {
    VGK_TABLE,
    VGK_COLUMN,
    VGK_VIEW,
    VGK_NAMESPACE,
    VGK_ENUM,
    VGK_SEQUENCE,
    VGK_ROLE,
    VGK_POLICY /* of a table, or one that stands alone */
} vgk_kind;

/* Another schema in a name ("auth.users") is a move. What lies in a renamed schema is called
 * by the new one. */
typedef struct vgk_rename {
    vgk_kind kind;
    const char *table; /* of a column or policy: its table, by the new name; else "" */
    const char *from, *to; /* names; from "" says that `to` is created */
} vgk_rename;
typedef struct vgk_renames {
    vgk_rename *data;
    size_t len;
} vgk_renames;

/* A question that no decision answers: is `name` new, or one of `candidates` renamed? */
typedef struct vgk_question {
    vgk_kind kind;
    const char *table; /* of a column or policy; else "" */
    const char *name;
    vgk_texts candidates;
} vgk_question;
typedef struct vgk_questions {
    vgk_question *data;
    size_t len;
} vgk_questions;

/* Apply `decisions` to what differs: *renames are those that hold; *questions what is left
 * undecided (in drizzle-kit's order: schemas, enums, sequences, roles, tables, columns by
 * table, policies by table, those that stand alone, views). A decision that fits
 * nothing is VG_INVALID, with what there is. */
int vgk_decide(vg_kit *kit, const vgk_snapshot *from, const vgk_snapshot *to,
               const vgk_renames *decisions, vgk_renames *renames,
               vgk_questions *questions);

/* ---- changes ---- */

/* Something that is not the same in both snapshots: made (from is NULL), gone (to is NULL),
 * or altered or renamed (neither is). What the pointers point at follows from the list. */
typedef struct vgk_part {
    const void *from, *to;
} vgk_part;

/* Gone first, in the order of the old snapshot; then made, in that of the new one; then
 * altered, in that of the old one. */
typedef struct vgk_parts {
    vgk_part *data;
    size_t len;
} vgk_parts;

/* A table that is in both snapshots, perhaps by another name, and not the same. Only the
 * names of columns are compared by their new names: what else mentions a renamed table or
 * column is gone and made anew, as drizzle-kit has it. */
typedef struct vgk_table_change {
    const vgk_table *from, *to;
    vgk_parts columns;      /* vgk_column; a mere rename is not among them */
    vgk_parts renamed;      /* vgk_column: from and to are called otherwise */
    vgk_parts indexes;      /* vgk_index */
    vgk_parts foreign_keys; /* vgk_foreign_key */
    vgk_parts primary_keys; /* vgk_key */
    vgk_parts uniques;      /* vgk_key */
    vgk_parts checks;       /* vgk_check */
    vgk_parts policies;     /* vgk_policy; renamed ones as columns are */
    vgk_parts renamed_policies;
    vgk_parts excludes; /* vgk_exclude */
    bool storage;       /* strict, without_rowid or partition_by is not the same */
    bool security;      /* row_security or force_row_security is not the same */
} vgk_table_change;
typedef struct vgk_table_changes {
    vgk_table_change *data;
    size_t len;
} vgk_table_changes;

typedef struct vgk_changes {
    const vgk_snapshot *from, *to;
    vgk_renames renames;
    vgk_parts tables; /* vgk_table: gone and made; renamed ones are "altered" here */
    vgk_table_changes altered; /* in the order of the old snapshot */
    vgk_parts views;           /* vgk_view; renamed before altered */
    vgk_parts triggers;        /* vgk_object */
    vgk_parts virtual_tables;  /* vgk_object */
    /* Renamed before altered, as views are: */
    vgk_parts namespaces, enums, sequences, roles;
    vgk_parts policies;   /* those that stand alone */
    vgk_parts extensions; /* vgk_extension */
} vgk_changes;

/* `from` with what lies in renamed schemas called by the new ones, and columns whose type is a
 * renamed enum: `from` itself if there are none. */
const vgk_snapshot *vgk_patched(vg_kit *kit, const vgk_snapshot *from,
                                const vgk_renames *renames);

/* What differs, `renames` applied (of vgk_decide; NULL: none). `out` points into both, or
 * into what vgk_patched makes of `from`. */
int vgk_diff(vg_kit *kit, const vgk_snapshot *from, const vgk_snapshot *to,
             const vgk_renames *renames, vgk_changes *out);

/* The column of `change`'s old table that is `column` of its new one; NULL: it is new. */
const vgk_column *vgk_column_before(const vgk_changes *changes,
                                    const vgk_table_change *change, const char *column);

/* All but the names. */
bool vgk_same_column(const vgk_column *a, const vgk_column *b);
bool vgk_same_identity(const vgk_identity *a, const vgk_identity *b);
bool vgk_same_view(const vgk_view *a, const vgk_view *b);
bool vgk_same_policy(const vgk_policy *a, const vgk_policy *b);
bool vgk_same_type(const char *a, const char *b);
bool vgk_same_texts(const vgk_texts *a, const vgk_texts *b);

/* ---- statements ---- */

enum {
    VGK_LOSES = 1,    /* rows or values are gone after it */
    VGK_REWRITES = 2, /* it copies or reads a whole table: slow when that is large */
    VGK_MAY_FAIL = 4, /* it fails if the rows do not fit: NOT NULL, UNIQUE, CHECK */
    VGK_LOCKS = 8,    /* others wait for it, for long if the table is large */
    VGK_BREAKS = 16   /* programs that run fail after it */
};

typedef struct vgk_statement {
    const char
        *sql; /* with its ";" and, of some, a newline after it, as drizzle-kit has it */
    const char *table;         /* what it is about; "" */
    unsigned flags;            /* VGK_LOSES, ... */
    const char *note;          /* for a person: what is lost or slow; NULL */
    int line;                  /* of text that somebody wrote, from 1; else 0 */
    const char *makes, *drops; /* names of tables, indexes and views; NULL: none */
} vgk_statement;
typedef struct vgk_statements {
    vgk_statement *data;
    size_t len;
} vgk_statements;

/* Append a statement; its other members are yours to fill in. */
vgk_statement *vgk_say(vg_kit *kit, vgk_statements *list, const char *table,
                       const char *sql);
/* More to say about a statement, after what was said of it. */
void vgk_note(vg_kit *kit, vgk_statement *statement, unsigned flags, const char *note);

/* SQL text from a pattern: %b a name in backticks, %q one in double quotes, %s as it is. What
 * stands in the names is escaped. */
const char *vgk_sql(vg_kit *kit, const char *pattern, ...);
void vgk_put(vg_buf *buf, const char *pattern, ...);

/* The file's text: statements joined by breakpoints (or newlines). */
const char *vgk_join(vg_kit *kit, const vgk_statements *statements, bool breakpoints,
                     size_t *len);

/* What undoes `changes`: statements from `to` back to `from`, and for each thing that cannot be
 * had back a reason ("drops column users.age and its values"). Pure: a second diff. */
int vgk_inverse(vg_kit *kit, const vgk_changes *changes, vgk_statements *out,
                vgk_texts *losses);

/* The text of <tag>.down.sql: a line "-- irreversible: <reason>" for each loss, then the
 * statements, with what they take away in comments. */
const char *vgk_down(vg_kit *kit, const vgk_statements *back, const vgk_texts *losses,
                     bool breakpoints);

/* Look at SQL that somebody wrote: each statement that is destructive, slow or may fail, with
 * flags and note, as far as its words tell. */
int vgk_lint(vg_kit *kit, const char *sql, vgk_statements *out);
/* Say of generated statements what was not said yet, where the dialect can read them. */
void vgk_lint_generated(vg_kit *kit, vgk_statements *statements);

/* ---- from and to the public types (generate.c) ---- */

vgk_renames vgk_decisions(vg_kit *kit, const vg_kit_decisions *given);
vg_kit_questions vgk_public_questions(vg_kit *kit, const vgk_questions *given);
vg_kit_statements vgk_public_statements(vg_kit *kit, const vgk_statements *given);
