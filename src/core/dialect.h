/* A dialect: how one database spells SQL, as data plus a few hooks. Rendering asks this
 * table; there is no `if (sqlite)` above it. */
#pragma once
#include "base/buf.h"
#include "core/lexis.h"
#include <virga/db.h>
#include <virga/tx.h>

/* An operator that is written otherwise than in VG_OPS. */
typedef struct vg_spelling {
    vg_op op;        /* VG_OP_NONE ends a list */
    const char *sql; /* NULL: the database has no such thing */
} vg_spelling;

struct vg_render;

/* Called with each statement of several; VG_OK, or what ends it. */
typedef int (*vg_ddl_fn)(void *ctx, const char *sql);

/* What is said of transactions beside the usual beginning; literals. */
typedef struct vg_tx_words {
    /* What begins one with these options, which are in range. */
    const char *(*begin)(const vg_tx_options *options, bool read_only);
    const char *read_on,
        *read_off; /* around one that is read_only; NULL: begin says it */
    const char *defer_all, *check_all; /* constraints; NULL: the database cannot */
    bool by_name;                      /* SET CONSTRAINTS name */
} vg_tx_words;

struct vg_dialect {
    const char *name;
    char quote;               /* around identifiers in queries */
    char ddl_quote;           /* around identifiers in CREATE statements */
    bool numbered_params;     /* $1, $2 (else ?) */
    bool case_counts;         /* "User" and "user" are two names */
    const char *offset_alone; /* what stands before OFFSET when there is no LIMIT */
    const char *true_text, *false_text;
    bool arrays;     /* IN_ARRAY is = any(?), whatever the length */
    bool set_op_all; /* INTERSECT ALL and EXCEPT ALL */
    bool
        intersect_first; /* INTERSECT binds its neighbours before UNION and EXCEPT do */
    bool cte_writes;     /* a CTE may be an INSERT, UPDATE or DELETE */
    /* Around an operand of UNION that has an ORDER BY, LIMIT or UNION of its own. */
    const char *operand_open, *operand_close;
    const vg_lexis *lexis; /* how its SQL is read */
    const vg_spelling *spellings;
    bool wrap_operands;    /* all operands of UNION stand in operand_open and _close */
    bool one_conflict;     /* a single ON CONFLICT, with a key to DO UPDATE */
    bool constraint_names; /* ON CONFLICT ON CONSTRAINT; OVERRIDING SYSTEM VALUE */
    bool select_more;      /* DISTINCT ON, LATERAL, FOR UPDATE */
    bool key_first;        /* rows are told apart by their primary key, ... */
    const char *row_id;    /* ... and where a table has none by this */
    const char *json_open; /* before stored JSON that becomes part of other JSON */
    bool conflict_needs_where; /* INSERT ... SELECT ... ON CONFLICT needs a WHERE */
    bool delete_using;         /* DELETE takes USING */
    bool limit_on_writes;      /* UPDATE and DELETE take ORDER BY and LIMIT */
    bool native; /* it has the types of VG_NATIVES, and objects beside tables */
    /* How it goes about a query depends on the rows that are there, too: what an ALLOW allows
     * may be done another day. */
    bool plans_by_rows;
    const char *random;        /* what DEFAULT_RANDOM is; NULL: as in default_sql */
    bool bare_default;         /* DEFAULT takes any expression without parentheses */
    const char *autoincrement; /* what a column says that is AUTOINCREMENT */
    const char *begin[4];      /* what begins a transaction, by vg_tx_mode */
    const char *begin_read;    /* on a connection that only reads */
    bool key_rows; /* keys of a tree are best joined as VALUES, not listed after IN */
    const char
        *tree_begin; /* what begins one for the statements of a tree alone, so that
                                  they see one state; NULL: a round trip too dear */
    const vg_tx_words *tx;
    size_t max_params; /* of one statement */
    size_t max_rows;   /* of one INSERT that the driver should be given */

    /* Write a column's type, or its DEFAULT now() for the way it is stored. */
    void (*type)(vg_buf *out, const vg_column *column);
    void (*default_now)(vg_buf *out, const vg_column *column);
    /* Write the DEFAULT literal of a column as it is stored. False: it is not valid. */
    bool (*literal)(vg_buf *out, const vg_column *column);
    /* Write an operator that no spelling can say; false: it is written as usual. NULL:
     * there is none. */
    bool (*node)(struct vg_render *r, const vg_node *x);
    /* Write a time function (VG_FORM_TIME but NOW); a time that is stored as `from`
     * says as it would be stored as `to` says. */
    void (*time)(struct vg_render *r, const vg_node *x);
    void (*time_as)(struct vg_render *r, vg_value v, const vg_column *from,
                    const vg_column *to);
    /* Write a value as it would be bound with that codec. NULL, or what about it cannot be
     * written: "a NaN". */
    const char *(*value)(vg_buf *out, vg_value value, const vg_column *codec);
    /* Write what creates a trigger or an FTS_TABLE unless it is there; NULL: the database
     * has none. */
    void (*trigger)(vg_buf *out, const vg_shape *trigger);
    void (*fts)(vg_buf *out, const vg_shape *table);
    /* Write, for `each`, what creates the tables of a schema, or of one database (NULL: all),
     * and whatever they need, as far as it is not there. NULL: core/ddl.c does. */
    int (*create)(vg_buf *out, const vg_schema *schema, const char *database,
                  vg_ddl_fn each, void *ctx);
    /* Around the query of a view that is created unless it is there. NULL: CREATE VIEW IF NOT
     * EXISTS v AS query; */
    void (*view_open)(vg_buf *out, const vg_shape *view);
    void (*view_close)(vg_buf *out, const vg_shape *view);
};
