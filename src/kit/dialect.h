/* What one database brings to the kit: data and hooks. Stages ask this table; there is no
 * `if (sqlite)` outside of a dialect's folder. */
#pragma once
#include "kit/diff.h"

/* A trigger's statement, taken apart. */
typedef struct vgk_trigger_text {
    const char *name, *table;
    const char *time;  /* "BEFORE", "AFTER", "INSTEAD OF" */
    const char *event; /* "INSERT", "UPDATE", "DELETE" */
    vgk_texts columns; /* of UPDATE OF */
    const char *when;  /* NULL: always */
    const char *body;  /* its statements */
} vgk_trigger_text;

/* A full text table's. */
typedef struct vgk_full_text {
    const char *name;
    vgk_texts columns,
        unindexed;             /* unindexed: those of the columns that are only kept */
    const char *content, *key; /* the table whose texts it indexes; NULL: its own */
    const char *tokenize, *prefix; /* NULL: not said */
    vgk_object made;               /* as a schema would make it */
    vgk_objects triggers;          /* that would keep it current */
    bool sync;                     /* and they are there */
} vgk_full_text;

/* A column's type as a schema says it; `exact`: that is written back as the same text. */
typedef struct vgk_field_type {
    const char *type; /* TEXT(20) */
    bool exact;
} vgk_field_type;

/* What two pieces of SQL are, for vgk_dialect.same. */
typedef enum vgk_piece {
    VGK_PIECE_EXPRESSION, /* a CHECK, a condition, a generated column, a SELECT */
    VGK_PIECE_DEFAULT,
    VGK_PIECE_TERM, /* of an index */
    VGK_PIECE_TYPE,
    VGK_PIECE_TRIGGER,
    VGK_PIECE_VIRTUAL
} vgk_piece;

struct vgk_lint_run;

typedef struct vgk_dialect {
    const char *name;                /* "sqlite", as in the journal */
    const char *snapshot_version;    /* "6" */
    const struct vgk_format *format; /* of its snapshots */
    const struct vg_dialect *sql;    /* of queries: types, literals */
    bool schemas;                    /* IN_SCHEMA is part of a name */
    bool notes_renames;              /* snapshots say in _meta what was renamed */
    bool key_names; /* a primary key has a name that the database knows */
    bool bare_sql;  /* expressions stand as a schema writes them, without parentheses */
    size_t name_limit;   /* bytes of a name; 0: constraints have none that count */
    const char *scratch; /* the URL of an empty database to try things on; NULL */

    /* Open a new, empty database on a server, and drop it when the call ends; NULL: those
     * called `scratch` are in memory. */
    int (*make_scratch)(vg_kit *kit, const char *url, vg_db **out);
    /* Descriptors to a snapshot: what stands in `schema` and is `shape` is added to `out`;
     * VG_UNSUPPORTED, VG_SCHEMA with the reason. `column`: one of a table or view, STRICT or
     * not. */
    int (*describe)(vg_kit *kit, vgk_snapshot *out, const vg_schema *schema,
                    const vg_shape *shape);
    void (*column)(vg_kit *kit, vgk_column *to, const vg_shape *shape,
                   const vg_column *c, bool strict);
    /* Changes to statements, in the order in which they run. */
    int (*statements)(vg_kit *kit, const vgk_changes *changes, vgk_statements *out);
    /* The statement that takes all rows out of a table. */
    const char *(*empty)(vg_kit *kit, const vgk_table *table);
    /* Is something lost when values of one type become those of another and then go back? */
    bool (*converts)(const char *from, const char *to);
    /* A live database as a snapshot; for a header: names are as short as they can be. */
    int (*introspect)(vg_kit *kit, vg_db *db, bool for_header, vgk_snapshot *out);
    /* `wanted` as the database would tell it if it had been made of it, as far as it can be
     * tried; a sentence in *notes when it cannot. NULL: it tells what it was told. */
    int (*tell)(vg_kit *kit, vg_db *db, const vgk_snapshot *wanted, vgk_snapshot *out,
                vgk_texts *notes);
    /* Take out of `live` what a push or a comparison with `wanted` leaves alone. NULL: nothing. */
    void (*hide)(vg_kit *kit, vgk_snapshot *live, const vgk_snapshot *wanted);
    /* Take out of a scratch database's `live` what `wanted` has not and may be of another
     * database of its server, which can come and go. NULL: nothing is shared. */
    void (*hide_shared)(vgk_snapshot *live, const vgk_snapshot *wanted);
    /* A number that is another one after each change of the database's schema; and the one
     * that a query yields. */
    int (*version)(vg_kit *kit, vg_db *db, int64_t *out);
    int (*count)(vg_kit *kit, vg_db *db, const char *sql, int64_t *out);
    /* Whether two pieces of SQL say the same but for their spelling; the name of `table`
     * before a column may be left out. Either may be NULL. */
    bool (*same)(const char *a, const char *b, const char *table, vgk_piece piece);
    /* Take a statement apart; false: it is none, or a schema cannot say it. */
    bool (*trigger)(vg_kit *kit, const char *sql, vgk_trigger_text *out);
    bool (*full_text)(vg_kit *kit, const vgk_snapshot *s, const char *sql,
                      vgk_full_text *out);
    /* Say what a statement, which ends in NUL, may do, in run->found (kit/lint.h). NULL: it is
     * told by its words. */
    void (*lint)(struct vgk_lint_run *run, const char *sql);
    /* The type of a schema that reads and writes such a column. */
    void (*field)(vg_kit *kit, const vgk_column *column, vgk_field_type *out);
} vgk_dialect;

extern const vgk_dialect vgk_dialect_sqlite, vgk_dialect_postgres;

/* NULL: there is none. */
const vgk_dialect *vgk_dialect_named(const char *name);
