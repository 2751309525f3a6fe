/* One WITH at work: what it says, the relation that it loads, and the statement that reads a
 * portion of its rows. tree_level.c runs that, tree_spread.c gives the rows to their parents. */
#pragma once
#include "core/plan.h"
#include "core/tree_keys.h"
#include "core/walk.h"

enum { VG_TREE_TERMS = 40, VG_TREE_CLAUSES = 80 };

/* A relation, its columns looked up. Kept for as long as the connection. */
typedef struct vg_tree_link vg_tree_link;
struct vg_tree_link {
    vg_tree_link *next;
    const vg_relation *relation;
    vg_relation_keys keys;
    const vg_key *by;    /* the columns of the statement that are the parents' keys */
    vg_key_place parent; /* where a parent has its key ... */
    vg_key_place child;  /* ... and a row that was read */
    uint32_t loaded;     /* offset of vg_loaded in the parent */
    vg_column hidden[VG_MAX_KEY]; /* THROUGH: how the junction's columns are read */
    size_t hidden_count;
};

struct vg_forest {
    vg_arena scratch; /* keys and expressions, until the tree is there */
    vg_tree_link *links[64];
    void *begin, *commit; /* prepared; NULL: not needed yet */
};

/* One WITH at work. */
typedef struct vg_tree_task vg_tree_task;
struct vg_tree_task {
    vg_tree_task *next; /* of its level */
    vg_db *db;
    vg_arena *arena, *scratch;
    const vg_clause *with;
    const vg_tree_link *link;
    vg_rows parents;
    vg_keys keys;
    const vg_node *where;
    const vg_clause *order_by, *limit, *offset, *columns;
    const vg_clause *nested[VG_MAX_WITHS], *computed[VG_MAX_WITHS];
    size_t nested_count, computed_count;
};

/* The statement's parts, alive while it runs. */
typedef struct vg_tree_statement {
    vg_clause clauses[VG_TREE_CLAUSES];
    size_t count;
    uint32_t joined; /* bits: which of the task's nested WITH it reads along ... */
    const vg_tree_link *links[VG_MAX_WITHS]; /* ... and what they load */
    vg_node match, fixed, both, rank, row_number;
    const vg_node *kids[3], *by[VG_MAX_KEY], *terms[VG_TREE_TERMS];
    vg_clause window[2], order, limit, offset;
} vg_tree_statement;

/* VG_NO_MEMORY, as the connection's error. */
int vg__tree_no_memory(vg_db *db);

/* ---- tree_with.c ---- */

/* Made once for a connection; NULL after vg__fail. */
const vg_tree_link *vg__tree_link_of(vg_db *db, const vg_shape *shape,
                                     const vg_relation *relation);

/* The clauses of a WITH into the task's members. VG_OK, or VG_INVALID after vg__fail. */
int vg__tree_sort(vg_tree_task *t);
int vg__tree_refuse(const vg_tree_task *t, const char *what);

/* Among the clauses from `first` on another has loaded that relation. */
bool vg__tree_stands_twice(const vg_clause *first, const vg_clause *q);
int vg__tree_refuse_twice(vg_db *db, const vg_clause *q);

/* ---- tree_spread.c ---- */

/* All parents have none of the relation's rows yet, but that is known. */
void vg__tree_set_empty(const vg_tree_task *t);

/* Rows of one parent stand together; `from` is the first key that was asked for. Afterwards
 * they are without hidden keys, and so of another stride. VG_OK, or VG_VALUE after vg__fail. */
int vg__tree_spread(const vg_tree_task *t, vg_rows *rows, size_t from);

/* ---- tree_level.c ---- */

/* What the WITH among the clauses load into the rows, and all below. VG_OK, or after vg__fail:
 * then some is there and some is not. */
int vg__tree_load(vg_db *db, vg_arena *arena, const vg_clause *query, size_t count,
                  const vg_rows *rows);

/* ---- tree_join.c ---- */

enum { VG_TREE_ROOT = 32 };

/* The clauses of a root that reads rows of other tables along. */
typedef struct vg_tree_root {
    vg_clause clauses[VG_TREE_ROOT];
    size_t count;
} vg_tree_root;

/* Whether the root, which is to yield `one` row or says so itself, can read some of its WITH
 * along; what it then is, in which the others are left. Its nodes live until the tree is loaded.
 */
bool vg__tree_join_root(vg_db *db, const vg_clause *query, size_t count, bool one,
                        vg_tree_root *root);

/* The relation of a WITH that the statement which reads rows of `above` can read along: to one,
 * by its primary key, of which no more is said. NULL: it cannot. */
const vg_relation *vg__tree_joinable(const vg_clause *with, const vg_shape *above);

/* Nothing in the expression could mean a column of another table: it has no SQL text and no
 * query inside. */
bool vg__tree_is_plain(const vg_node *x);
bool vg__tree_are_plain(const vg_clause *terms);

/* a = b and ...; NULL: no memory. */
const vg_node *vg__tree_equal(vg_arena *scratch, const vg_key *a, const vg_key *b);

/* ---- tree_statement.c ---- */

/* What reads the rows of `count` keys, the first of which is `from`. VG_OK, or after vg__fail. */
int vg__tree_build(vg_tree_task *t, vg_tree_statement *s, size_t from, size_t count);

/* The length of a list of so many keys. */
size_t vg__tree_pad(size_t count);
