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

/* The first column in the expression that makes it NULL; NULL if none does. What the types
 * take care of (NULLABLE, aggregates, subqueries) and what a fragment says is believed. */
static const vg_node *culprit(const search *s, const vg_node *x);

static const vg_node *culprit_of(const search *s, vg_value v)
{
    return vg_value_kind_of(v) == VG_V_EXPR ? culprit(s, v.node) : NULL;
}

static const vg_node *culprit(const search *s, const vg_node *x)
{
    const vg_node *found = NULL;
    if (!x)
        return NULL;
    const vg_value *values = x->b.p;
    switch ((vg_op)x->op) {
    case VG_OP_COLUMN: return is_missing(s, x->a) ? x : NULL;
    case VG_OP_ADD:
    case VG_OP_SUB:
    case VG_OP_MUL:
    case VG_OP_DIV:
    case VG_OP_MOD:
    case VG_OP_CONCAT:
        found = culprit_of(s, values[0]);
        return found ? found : culprit_of(s, values[1]);
    case VG_OP_EQ:
    case VG_OP_NE:
    case VG_OP_GT:
    case VG_OP_GTE:
    case VG_OP_LT:
    case VG_OP_LTE:
    case VG_OP_LIKE:
    case VG_OP_NOT_LIKE:
        found = culprit(s, x->a);
        return found ? found : culprit_of(s, x->b);
    case VG_OP_NEG:
    case VG_OP_NOT:
    case VG_OP_LOWER:
    case VG_OP_UPPER:
    case VG_OP_TRIM:
    case VG_OP_LENGTH:
    case VG_OP_ABS:
    case VG_OP_AS:
    case VG_OP_BETWEEN:
    case VG_OP_NOT_BETWEEN:
    case VG_OP_IN:
    case VG_OP_NOT_IN: return culprit(s, x->a);
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
    const char *name = table->columns[column->n].name;
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
        if (q->sub == VG_JOIN_LEFT || q->sub == VG_JOIN_FULL)
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
