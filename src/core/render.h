/* Rendering: a statement to SQL text, through a dialect. Runs only when the statement is
 * not in the cache yet, so this is also where a statement is checked for what the
 * compiler cannot see: a column of a table that is not in FROM, an empty SET, an UPDATE
 * or DELETE without WHERE.
 *
 * The parameters are counted as their marks are written and must come out in the same
 * number as the walk collected them, in the same order: both go through the clauses as
 * SQL writes them. */
#pragma once
#include "core/codec.h"
#include "core/dialect.h"
#include "core/parts.h"
#include "core/relation.h"

/* The tables that one SELECT, UPDATE, ... can name, and those around it. */
typedef struct vg_scope {
    const vg_shape *sources[VG_MAX_JOINS + 2];
    size_t count;
    const char *const *aliases; /* what stands for a source's name; NULL: its own */
    const struct vg_scope *outer;
    const vg_shape
        *projection;         /* being selected: its fields may be named in ORDER BY */
    bool bare;               /* columns of the only source are written unqualified */
    const vg_clause *result; /* what a set operation yields: its columns alone may be
                                named, unqualified */
} vg_scope;

/* The CTEs that may be named, those of the innermost statement first. */
typedef struct vg_ctes {
    const vg_parts *parts;
    size_t visible;
    const struct vg_ctes *outer;
} vg_ctes;

/* What the fields of a projection are named for. */
typedef enum vg_naming {
    VG_NAMES_NONE,
    VG_NAMES_ORDER, /* the ORDER BY of a set operation */
    VG_NAMES_ALIAS  /* an alias that the SELECT at hand fills */
} vg_naming;

/* Where in a statement an expression stands, as far as something cannot stand there. */
typedef enum vg_spot {
    VG_SPOT_ANY,
    VG_SPOT_WHERE,
    VG_SPOT_ON,
    VG_SPOT_GROUP_BY,
    VG_SPOT_HAVING,
    VG_SPOT_AGGREGATE, /* inside one */
    VG_SPOT_WINDOW     /* inside a function that has OVER */
} vg_spot;

typedef struct vg_render {
    vg_buf *out;
    const vg_dialect *dialect;
    const vg_scope *scope;
    size_t param_count;
    vg_spot spot;
    bool over; /* the next node is the function of an OVER */
    const vg_ctes *ctes;
    unsigned depth; /* of queries in queries */
    vg_naming name_fields;
    bool in_conflict; /* DO UPDATE is being written: EXCLUDED means something */
    bool literals;    /* values are written out instead of bound */
    bool in_shell; /* the dialect has written what goes around the aggregate at hand */
    /* For a view: the values that its text holds in place of marks (else NULL), and who is
     * told of the tables and views that stand in it. */
    const struct vg_param *inlined;
    const vg_relation *condition_of; /* RELATION_WHERE's is being written; or NULL */
    unsigned conditions;             /* of relations, one in another */
    void (*uses)(struct vg_render *r, const vg_shape *shape);
    void *uses_ctx;
    int failed; /* a vg_code; the first one sticks */
    char message[256];
} vg_render;

/* Render a whole statement. */
void vg__render(vg_render *r, const vg_parts *parts);

/* An INSERT of `row_count` rows that give the columns whose bits are set in `mask`. */
void vg__render_insert_rows(vg_render *r, const vg_parts *parts, uint64_t mask,
                            size_t row_count);

/* An UPDATE_ROWS: the statement for each row. */
void vg__render_update_row(vg_render *r, const vg_parts *parts);

/* Shared by the files of the renderer. */
void vg__render_fail(vg_render *r, int code, const char *message, ...) VG_PRINTF(3, 4);
void vg__render_text(vg_render *r, const char *text);
void vg__render_name(vg_render *r, const char *name);
/* A table where the database looks it up: with the database that it is IN_DATABASE. */
void vg__render_table(vg_render *r, const vg_shape *table);
void vg__render_param(vg_render *r);
void vg__render_node(vg_render *r, const vg_node *node);
void vg__render_operand(vg_render *r, vg_value value);
/* The same, but the dialect is not asked how this node itself is written. */
void vg__render_plain(vg_render *r, const vg_node *node);
/* Once more what was written since there were `count` parameters: they get the same
 * numbers. Only where parameters are numbered. */
static inline void vg__render_again(vg_render *r, size_t count)
{
    r->param_count = count;
}
/* The operator as the dialect writes it. */
const char *vg__render_op(const vg_render *r, const vg_node *node);
/* An operand in parentheses if it needs them inside an operator of that form. */
void vg__render_inner(vg_render *r, vg_value v, vg_form inside);
/* An operand that meets one of that codec: a time that is stored in another way is
 * converted in SQL. */
void vg__render_as(vg_render *r, vg_value v, const vg_column *codec, vg_form inside);
/* render_function.c: the forms from SEARCH on. */
void vg__render_function(vg_render *r, const vg_node *node);
/* render_window.c. Enter an aggregate or a window function, or refuse it here; a node at a
 * place; OVER and FILTER; the clauses WINDOW. */
void vg__render_enter(vg_render *r, const vg_node *node);
void vg__render_at(vg_render *r, vg_spot spot, const vg_node *node);
void vg__render_over(vg_render *r, const vg_node *node);
void vg__render_filter(vg_render *r, const vg_node *node);
void vg__render_windows(vg_render *r, const vg_parts *p);
void vg__render_terms(vg_render *r, const char *word, const vg_clause *q);
void vg__render_query(vg_render *r, const vg_clause *query, size_t count);
/* SQL text whose ? marks stand for `values`. */
void vg__render_fragment(vg_render *r, const char *text, const vg_value *values,
                         size_t count);
/* render_tree.c: whether a row has rows of a relation, and how many. */
void vg__render_related(vg_render *r, const vg_node *x);
/* relation_where.c: the condition of a relation that has one. */
void vg__render_relation_where(vg_render *r, const vg_shape *shape,
                               const vg_relation *relation);
/* The name of a source in that scope, where it may be an alias that nobody wrote. */
const char *vg__render_source_name(const vg_scope *scope, const vg_shape *shape);
/* The scope that has `shape` among its sources; NULL for none. */
const vg_scope *vg__render_scope_of(const vg_render *r, const vg_shape *shape);
/* fts.c: a SOURCE, an FTS_CALL; whether MATCH has what it wants. */
void vg__render_of_source(vg_render *r, const vg_node *x);
void vg__render_fts_call(vg_render *r, const vg_node *x);
void vg__render_check_match(vg_render *r, const vg_node *x);
/* What SELECT or RETURNING lists. */
void vg__render_rows(vg_render *r, const vg_clause *q);

/* render_select.c. A comma before all but the first; a source as FROM names it; all joins;
 * " where ..." and the like, nothing for NULL; the clauses from WHERE on. */
void vg__render_select(vg_render *r, const vg_parts *p, vg_scope *scope);
void vg__render_comma(vg_render *r, size_t index);
void vg__render_source(vg_render *r, const vg_shape *shape);
void vg__render_joins(vg_render *r, const vg_parts *p);
void vg__render_condition(vg_render *r, const char *word, const vg_node *x);
void vg__render_filters(vg_render *r, const vg_parts *p);
/* A source that the scope's columns may name; a name that stands twice is refused. */
void vg__render_add_source(vg_render *r, vg_scope *scope, const vg_shape *shape);

/* WHERE, GROUP BY, HAVING; ORDER BY, LIMIT, OFFSET. */
void vg__render_grouping(vg_render *r, const vg_parts *p);
void vg__render_ordering(vg_render *r, const vg_parts *p);

/* render_compound.c. "with ... " and a frame that makes the CTEs known; the name that a set
 * operation's result has for a column; the operands after the first. */
void vg__render_ctes(vg_render *r, const vg_parts *p, vg_ctes *frame);
bool vg__render_knows_cte(const vg_render *r, const vg_shape *alias);
void vg__render_result_name(vg_render *r, const vg_node *column);
void vg__render_set_ops(vg_render *r, const vg_parts *p);
/* What stands before the first query: the parentheses that vg__render_set_ops closes. */
void vg__render_set_opens(vg_render *r, const vg_parts *p);
/* render_tree.c: what ONLY leaves and WITH_EXTRA adds; refused where they cannot stand; around
 * a query whose rows are numbered, from that SELECT to the end, and whether it is one. */
void vg__render_chosen(vg_render *r, const vg_parts *p);
/* The keys of parents before a table that is joined to them, and the condition after it; nothing
 * for NULL. */
void vg__render_keys(vg_render *r, const vg_clause *q);
void vg__render_match(vg_render *r, const vg_clause *q);
void vg__render_check_tree(vg_render *r, const vg_parts *p);
bool vg__render_rank_open(vg_render *r, const vg_parts *p);
void vg__render_rank_close(vg_render *r, const vg_parts *p);
/* render_comment.c; nothing for NULL. */
void vg__render_comment(vg_render *r, const vg_clause *q);
void vg__render_wrapped(vg_render *r, const vg_clause *query, size_t count);

/* render_write.c: INSERT; UPDATE and DELETE. */
void vg__render_insert(vg_render *r, const vg_parts *p, vg_scope *scope);
void vg__render_change(vg_render *r, const vg_parts *p, vg_scope *scope);
