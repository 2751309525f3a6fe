/* NULLs that the types do not show: a NOT NULL column is NULL all the same where an outer
 * join has found no row. */
#include "core/codec.h"
#include "core/verify.h"
#include <stdarg.h>
#include <stdio.h>

typedef struct search {
    const vg_shape *missing[VG_MAX_JOINS + 2]; /* sources that may have no row */
    size_t count;
    vg_null_fn found;
    void *ctx;
    int rc;
} search;

static bool is_missing(const search *s, const vg_shape *shape)
{
    for (size_t i = 0; i < s->count; i++) {
        const vg_shape *source = s->missing[i];
        if (source == shape ||
            (source->kind == VG_SHAPE_DERIVED && source->base == shape))
            return true;
    }
    return false;
}

/* Where the operands of a form are. */
enum { IN_A = 1, IN_B = 2, IN_LIST = 4, IN_KIDS = 8, IN_BRANCHES = 16 };
static const uint8_t operands[] = {[VG_FORM_COMPARE] = IN_A | IN_B,
                                   [VG_FORM_SEARCH] = IN_A | IN_B,
                                   [VG_FORM_BETWEEN] = IN_A | IN_LIST,
                                   [VG_FORM_IN] = IN_A | IN_LIST,
                                   [VG_FORM_ARITH] = IN_LIST,
                                   [VG_FORM_LIST] = IN_LIST,
                                   [VG_FORM_JOIN] = IN_LIST,
                                   [VG_FORM_JSON] = IN_LIST,
                                   [VG_FORM_TIME] = IN_LIST,
                                   [VG_FORM_CAST] = IN_LIST,
                                   [VG_FORM_ROWS] = IN_LIST,
                                   [VG_FORM_LOGIC] = IN_KIDS,
                                   [VG_FORM_CASE] = IN_BRANCHES,
                                   [VG_FORM_PREFIX] = IN_A,
                                   [VG_FORM_SUFFIX] = IN_A,
                                   [VG_FORM_CALL] = IN_A,
                                   [VG_FORM_COLLATE] = IN_A,
                                   [VG_FORM_IN_ARRAY] = IN_A,
                                   [VG_FORM_AS] = IN_A,
                                   [VG_FORM_FILTER] = IN_A,
                                   [VG_FORM_OVER] = IN_A,
                                   [VG_FORM_OVER_WINDOW] = IN_A,
                                   [VG_FORM_FTS_CALL] = 0};

/* The first column (or rowid) in the expression that makes it NULL; NULL if none does. What
 * the types take care of (NULLABLE, aggregates, subqueries) and what a fragment says is
 * believed. */
static const vg_node *culprit(const search *s, const vg_node *x);

static const vg_node *culprit_of(const search *s, vg_value v)
{
    return vg_value_kind_of(v) == VG_V_EXPR ? culprit(s, v.node) : NULL;
}

static const vg_node *any_operand(const search *s, const vg_node *x)
{
    unsigned in = operands[vg__ops[x->op].form];
    const vg_value *values = x->b.p;
    const vg_node *const *kids = x->b.p;
    const vg_node *found = in & IN_A ? culprit(s, x->a) : NULL;
    if (!found && in & IN_B)
        found = culprit_of(s, x->b);
    for (uint32_t i = 0; !found && in & IN_LIST && i < x->n; i++)
        found = culprit_of(s, values[i]);
    for (uint32_t i = 0; !found && in & IN_KIDS && i < x->n; i++)
        found = culprit(s, kids[i]);
    for (uint32_t i = 1; !found && in & IN_BRANCHES && i < x->n; i += 2)
        found = culprit_of(s, values[i]);
    return found;
}

/* Columns that may be NULL by themselves do not help. */
static const vg_node *all_operands(const search *s, const vg_node *x)
{
    const vg_value *values = x->b.p;
    const vg_node *first = NULL;
    for (uint32_t i = 0; i < x->n; i++) {
        const vg_node *found = culprit_of(s, values[i]);
        const vg_node *column =
            vg_value_kind_of(values[i]) == VG_V_EXPR ? values[i].node : NULL;
        bool nullable = column && column->op == VG_OP_COLUMN &&
                        ((const vg_shape *)column->a)->columns[column->n].nullable;
        if (!found && !nullable)
            return NULL;
        first = first || nullable ? first : found;
    }
    return first;
}

static const vg_node *culprit(const search *s, const vg_node *x)
{
    if (!x)
        return NULL;
    switch (vg__ops[x->op].null) {
    case VG_NULL_SELF: return is_missing(s, x->a) ? x : NULL;
    case VG_NULL_ANY: return any_operand(s, x);
    case VG_NULL_FIRST: return culprit_of(s, *(const vg_value *)x->b.p);
    case VG_NULL_ALL: return all_operands(s, x);
    default: return NULL;
    }
}

static void report(search *s, const char *format, ...) VG_PRINTF(2, 3);
static void report(search *s, const char *format, ...)
{
    char text[500];
    va_list args;
    va_start(args, format);
    vsnprintf(text, sizeof text, format, args);
    va_end(args);
    if (s->rc == VG_OK)
        s->rc = s->found(s->ctx, text);
}

static void check_field(search *s, const char *field, const vg_node *x)
{
    const vg_node *column = culprit(s, x);
    if (!column)
        return;
    const vg_shape *table = column->a;
    const char *name =
        column->op == VG_OP_COLUMN ? table->columns[column->n].name : "rowid";
    report(s,
           "%s is NOT NULL, but the outer join may find no row of %s for %s.%s: say "
           "NULLABLE, or INNER_JOIN",
           field, table->name, table->name, name);
}

typedef struct fields_ctx {
    search *s;
    const vg_shape *shape;
} fields_ctx;

static void check_fields(void *ctx, const vg_node *const *fields)
{
    fields_ctx *f = ctx;
    for (uint32_t i = 0; i < f->shape->column_count; i++) {
        const vg_column *c = &f->shape->columns[i];
        char name[200];
        snprintf(name, sizeof name, "the field %s.%s", f->shape->name, c->name);
        if (c->nullable)
            continue;
        if (!c->nested)
            check_field(f->s, name, fields[i]);
        else if (is_missing(f->s, c->nested))
            report(f->s,
                   "%s is a whole row, but the outer join may find none of %s: say "
                   "OPT_ROW, or INNER_JOIN",
                   name, c->nested->name);
    }
}

static void check_rows(search *s, const vg_clause *q)
{
    if (!q->shape) {
        if (!(q->n & VG_K_NULL))
            check_field(s, "the value", q->c);
    } else if (q->shape->kind == VG_SHAPE_PROJECTION) {
        q->shape->fields(check_fields, &(fields_ctx){s, q->shape});
    } else if (is_missing(s, q->shape)) {
        report(s,
               "the rows are those of %s, but the outer join may find none: use a "
               "projection with OPT_ROW, or INNER_JOIN",
               q->shape->name);
    }
}

static int check_query(search *outer, const vg_clause *query, size_t count);

static void check_source(search *s, const vg_shape *source)
{
    if (source->kind == VG_SHAPE_DERIVED && s->rc == VG_OK)
        s->rc = check_query(s, source->query, source->clause_count);
}

/* Which sources may have no row, from left to right. */
static void collect(search *s, const vg_parts *p)
{
    const vg_shape *seen[VG_MAX_JOINS + 2];
    size_t count = 0;
    const vg_shape *main = vg__main_shape(p);
    if (main)
        seen[count++] = main;
    for (size_t i = 0; i < p->join_count; i++) {
        const vg_clause *q = p->joins[i];
        if (q->sub == VG_JOIN_RIGHT || q->sub == VG_JOIN_FULL) {
            memcpy(s->missing, seen, count * sizeof *seen);
            s->count = count;
        }
        if ((q->sub & 7) == VG_JOIN_LEFT || q->sub == VG_JOIN_FULL)
            s->missing[s->count++] = q->shape;
        seen[count++] = q->shape;
    }
}

static int check_query(search *outer, const vg_clause *query, size_t count)
{
    vg_parts p;
    search s = {.found = outer->found, .ctx = outer->ctx};
    vg__parts(&p, query, count);
    if (p.problem)
        return VG_OK; /* told by whoever prepares it */
    for (const vg_clause *q = query; s.rc == VG_OK && q < query + count; q++)
        if (q->kind == VG_CLAUSE_CTE || q->kind == VG_CLAUSE_COMPOUND ||
            q->kind == VG_CLAUSE_SET_OP)
            s.rc = check_query(&s, q->b, q->n);
    if (p.head->kind != VG_CLAUSE_SELECT)
        return s.rc;
    if (p.from)
        check_source(&s, p.from->shape);
    for (size_t i = 0; i < p.join_count; i++)
        check_source(&s, p.joins[i]->shape);
    collect(&s, &p);
    check_rows(&s, p.head);
    return s.rc;
}

int vg__find_nulls(const vg_clause *query, size_t count, vg_null_fn found, void *ctx)
{
    search s = {.found = found, .ctx = ctx};
    return check_query(&s, query, count);
}
