/* From two snapshots to statements: the questions about renames, the changes, the SQL. */
#pragma once
#include "kit/snapshot.h"

/* ---- renames ---- */

/* A table, column or view that is new in `to`, while something that is gone from `from` might
 * have become it. */
typedef enum vgk_kind { VGK_TABLE, VGK_COLUMN, VGK_VIEW } vgk_kind;

typedef struct vgk_rename {
    vgk_kind kind;
    const char *table;     /* of a column: its table, by the new name; else "" */
    const char *from, *to; /* names; from "" says that `to` is created */
} vgk_rename;
typedef struct vgk_renames {
    vgk_rename *data;
    size_t len;
} vgk_renames;

/* A question that no decision answers: is `name` new, or one of `candidates` renamed? */
typedef struct vgk_question {
    vgk_kind kind;
    const char *table; /* of a column; else "" */
    const char *name;
    vgk_texts candidates;
} vgk_question;
typedef struct vgk_questions {
    vgk_question *data;
    size_t len;
} vgk_questions;

/* Apply `decisions` to what differs: *renames are those that hold; *questions what is left
 * undecided (in drizzle-kit's order: tables, columns by table, views). A decision that fits
 * nothing is VG_INVALID, with what there is. */
int vgk_decide(vg_kit *kit, const vgk_snapshot *from, const vgk_snapshot *to,
               const vgk_renames *decisions, vgk_renames *renames,
               vgk_questions *questions);

/* ---- changes ---- */

/* How a table went from one snapshot to the next; `from` has the renames applied to the names
 * of tables and columns. */
typedef struct vgk_changes {
    const vgk_snapshot *from, *to;
    vgk_renames renames;
    /* area DIFF adds what it finds: created, dropped, renamed and altered objects */
    struct vgk_change *data;
    size_t len;
} vgk_changes;

int vgk_diff(vg_kit *kit, const vgk_snapshot *from, const vgk_snapshot *to,
             const vgk_renames *renames, vgk_changes *out);

/* ---- statements ---- */

enum {
    VGK_LOSES = 1,    /* rows or values are gone after it */
    VGK_REWRITES = 2, /* it copies a table: slow when that is large */
    VGK_MAY_FAIL = 4  /* it fails if the rows do not fit: NOT NULL, UNIQUE, CHECK */
};

typedef struct vgk_statement {
    const char
        *sql; /* with its ";" and, of some, a newline after it, as drizzle-kit has it */
    const char *table; /* what it is about; "" */
    unsigned flags;    /* VGK_LOSES, ... */
    const char *note;  /* for a person: what is lost or slow; NULL */
} vgk_statement;
typedef struct vgk_statements {
    vgk_statement *data;
    size_t len;
} vgk_statements;

/* The file's text: statements joined by breakpoints (or newlines). */
const char *vgk_join(vg_kit *kit, const vgk_statements *statements, bool breakpoints,
                     size_t *len);

/* What undoes `changes`: statements from `to` back to `from`, and for each thing that cannot be
 * had back a reason ("drops column users.age and its values"). Pure: a second diff. */
int vgk_inverse(vg_kit *kit, const vgk_changes *changes, vgk_statements *out,
                vgk_texts *losses);

/* ---- from and to the public types (generate.c) ---- */

vgk_renames vgk_decisions(vg_kit *kit, const vg_kit_decisions *given);
vg_kit_questions vgk_public_questions(vg_kit *kit, const vgk_questions *given);
vg_kit_statements vgk_public_statements(vg_kit *kit, const vgk_statements *given);
