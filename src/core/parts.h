/* A statement taken apart: its clauses, sorted, whatever order they came in. */
#pragma once
#include <virga/compound.h>
#include <virga/select.h>
#include <virga/write.h>

enum {
    VG_MAX_JOINS = 16,
    VG_MAX_CONFLICTS = 4,
    VG_MAX_CTES = 8,
    VG_MAX_SET_OPS = 16,
    VG_MAX_WINDOWS = 8,
    VG_MAX_WITHS = 16,
    VG_MAX_COMPUTED = 24
};

typedef struct vg_parts {
    const vg_clause *head;
    const vg_clause *ctes[VG_MAX_CTES];
    size_t cte_count;
    const vg_clause *distinct_on, *lock;
    const vg_clause *from;
    const vg_clause *joins[VG_MAX_JOINS];
    size_t join_count;
    const vg_node *where, *having; /* NULL: none, or nothing but SKIP */
    const vg_clause *set_ops[VG_MAX_SET_OPS];
    size_t set_op_count;
    const vg_clause *group_by, *order_by;
    const vg_clause *windows[VG_MAX_WINDOWS];
    size_t window_count;
    const vg_clause *returning, *comment;
    const vg_clause *cache;
    const vg_clause *conflicts[VG_MAX_CONFLICTS];
    size_t conflict_count;
    const vg_clause *limit, *offset;
    const vg_clause *columns, *keys;
    const vg_clause *computed[VG_MAX_COMPUTED];
    size_t computed_count;
    const vg_clause *withs[VG_MAX_WITHS];
    size_t with_count;
    bool all_rows, distinct;
    const char *problem; /* not NULL: the statement makes no sense, and why */
} vg_parts;

void vg__parts(vg_parts *out, const vg_clause *query, size_t count);

/* The head of a statement, behind its CTEs; of a COMPOUND the head inside. */
const vg_clause *vg__first_head(const vg_clause *head);

/* What computes a column that an insert leaves out; NULL for nothing of the program's. */
static inline vg_default_fn vg__insert_fn(const vg_column *column)
{
    return column->default_fn             ? column->default_fn
           : column->flags & VG_F_DEFAULT ? NULL
                                          : column->update_fn;
}

/* Whether a condition says nothing: SKIP, or AND, OR, NOT of nothing else. */
bool vg__is_empty(const vg_node *node);

/* What a SELECT reads of a table's columns, as bits: all, or what ONLY and OMIT leave and the
 * relations of WITH need. *left_out: those that the program does not want. */
uint64_t vg__columns_read(const vg_parts *parts, uint64_t *left_out);

/* A copy of clauses, but for the strings and arrays that they refer to. */
const vg_clause *vg__keep_clauses(vg_arena *arena, const vg_clause *from, size_t n,
                                  bool *ok);

/* The head: nearly always first. */
static inline const vg_clause *vg__head_of(const vg_clause *query, size_t count)
{
    while (query->kind == VG_CLAUSE_CTE && --count)
        query++;
    return query;
}

/* INSERT_INTO(t, VALUES(...)) or UPDATE_ROWS. */
static inline bool vg__is_values(const vg_clause *head)
{
    return (head->kind == VG_CLAUSE_INSERT || head->kind == VG_CLAUSE_UPDATE) &&
           ((const vg_item *)head->b)->kind == VG_ITEM_ROWS;
}

/* The table that the statement selects from or changes; NULL for none. */
const vg_shape *vg__main_shape(const vg_parts *parts);
