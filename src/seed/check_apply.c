/* What CHECKs demand of the values of single columns, and of pairs of them. */
#include "seed/check.h"
#include <string.h>

/* ---- what is understood ---- */

static bool is_number(const vgs_column *c)
{
    return c->c->type != VG_TYPE_ARRAY &&
           (c->c->sql_class & (VG_K_int | VG_K_real | VG_K_numeric)) != 0;
}

static bool is_text(const vgs_column *c)
{
    return c->c->type != VG_TYPE_ARRAY &&
           (c->c->sql_class & (VG_K_text | VG_K_enum_expr | VG_K_native_expr)) != 0;
}

static bool list_known(const vgs_term *t)
{
    bool label = t->column->c->coder && t->column->c->coder->labels;
    return t->texts ? is_text(t->column) || label : is_number(t->column) || label;
}

bool vgs_check_known(const vgs_term *t)
{
    vg_timestamp time;
    switch (t->kind) {
    case VGS_ALWAYS: return true;
    case VGS_AND:
    case VGS_OR:
        for (const vgs_term *part = t->first; part; part = part->next)
            if (vgs_check_known(part) == (t->kind == VGS_OR))
                return t->kind == VGS_OR;
        return t->kind == VGS_AND;
    case VGS_COMPARE: return t->length ? is_text(t->column) : is_number(t->column);
    case VGS_TIME: return vg_timestamp_parse(t->text, strlen(t->text), &time);
    case VGS_LIST: return list_known(t);
    case VGS_NULL: return t->except || t->column->c->nullable;
    case VGS_PAIR: return true;
    default: return false;
    }
}

static bool wants_null(const vgs_term *t)
{
    bool wants = t->kind == VGS_NULL && !t->except;
    for (const vgs_term *part = t->first; part && !wants; part = part->next)
        wants = wants_null(part);
    return wants;
}

/* ---- bounds ---- */

static void at_least(vgs_bounds *b, double n)
{
    b->min = b->has_min && b->min > n ? b->min : n;
    b->has_min = true;
}

static void at_most(vgs_bounds *b, double n)
{
    b->max = b->has_max && b->max < n ? b->max : n;
    b->has_max = true;
}

/* `step`: the smallest one between values. */
static void compare(vgs_bounds *b, vgs_relation op, double n, double step)
{
    if (op == VGS_GT || op == VGS_GE || op == VGS_EQ)
        at_least(b, op == VGS_GT ? n + step : n);
    if (op == VGS_LT || op == VGS_LE || op == VGS_EQ)
        at_most(b, op == VGS_LT ? n - step : n);
    if (op == VGS_NE && n == 0) /* of a length */
        at_least(b, step);
}

static void compare_length(vgs_bounds *b, vgs_relation op, double n)
{
    vgs_bounds length = {.has_min = b->has_short,
                         .has_max = b->has_long,
                         .min = b->shortest,
                         .max = b->longest};
    compare(&length, op, n, 1);
    b->has_short = length.has_min;
    b->has_long = length.has_max;
    b->shortest = (int)length.min;
    b->longest = (int)length.max;
}

static void compare_time(vgs_column *c, vgs_relation op, const char *text)
{
    const int64_t step =
        c->c->type == VG_TYPE_DATE ? INT64_C(86400000000) : INT64_C(1000000);
    vgs_bounds *b = &c->bounds;
    vg_timestamp t = {0};
    vg_timestamp_parse(text, strlen(text), &t);
    if (op == VGS_GT || op == VGS_GE || op == VGS_EQ) {
        int64_t from = op == VGS_GT ? t.us + step : t.us;
        b->from = b->has_from && b->from > from ? b->from : from;
        b->has_from = true;
    }
    if (op == VGS_LT || op == VGS_LE || op == VGS_EQ) {
        int64_t to = op == VGS_LT ? t.us - step : t.us;
        b->to = b->has_to && b->to < to ? b->to : to;
        b->has_to = true;
    }
}

static void add_list(vgs_bounds *b, const vgs_term *t)
{
    if (b->list_count < sizeof b->lists / sizeof *b->lists)
        b->lists[b->list_count++] = t;
}

static void add_pair(vgs_table *table, const vgs_term *t)
{
    bool less = t->op == VGS_LT || t->op == VGS_LE || t->op == VGS_NE;
    if (t->op == VGS_EQ || table->pair_count == VGS_MOST_PAIRS)
        return;
    table->pairs[table->pair_count++] =
        (vgs_pair){.low = less ? t->column : t->other,
                   .high = less ? t->other : t->column,
                   .strict = t->op != VGS_LE && t->op != VGS_GE,
                   .apart = t->op == VGS_NE};
}

/* ---- OR ---- */

/* Of an AND of one: that one. */
static const vgs_term *leaf_of(const vgs_term *t)
{
    while (t->first && !t->first->next)
        t = t->first;
    return t;
}

/* "a = 1 or a = 2" is "a in (1, 2)". NULL: it is no such row of lists. */
static const vgs_term *joined(vgs_plan *plan, const vgs_term *t)
{
    vgs_term *all = vgs_alloc(plan, 1, sizeof *all);
    size_t count = 0, n = 0;
    for (const vgs_term *part = t->first; part; part = part->next)
        count += leaf_of(part)->count;
    const char **texts = vgs_alloc(plan, count, sizeof *texts);
    double *numbers = vgs_alloc(plan, count, sizeof *numbers);
    if (plan->failed)
        return NULL;
    for (const vgs_term *part = t->first; part; part = part->next) {
        const vgs_term *leaf = leaf_of(part);
        if (leaf->kind == VGS_NULL && !leaf->except)
            continue;
        if (leaf->kind != VGS_LIST || leaf->except ||
            (n && (leaf->column != all->column || !leaf->texts != !all->texts)))
            return NULL;
        *all = *leaf;
        for (size_t i = 0; i < leaf->count; i++, n++)
            if (leaf->texts)
                texts[n] = leaf->texts[i];
            else
                numbers[n] = leaf->numbers[i];
    }
    all->texts = all->texts ? texts : NULL;
    all->numbers = all->texts ? NULL : numbers;
    all->count = n;
    return n && list_known(all) ? all : NULL;
}

/* One that is understood, better without NULL. */
static const vgs_term *one_of(vgs_plan *plan, const vgs_term *t)
{
    const vgs_term *all = joined(plan, t), *known = NULL;
    if (all || plan->failed)
        return all;
    for (const vgs_term *part = t->first; part; part = part->next)
        if (vgs_check_known(part) &&
            (!known || (wants_null(known) && !wants_null(part))))
            known = part;
    return known;
}

void vgs_check_apply(vgs_plan *plan, vgs_table *table, const vgs_term *t)
{
    if (t->kind == VGS_AND || (t->kind == VGS_OR && !t->first->next)) {
        for (const vgs_term *part = t->first; part && !plan->failed; part = part->next)
            vgs_check_apply(plan, table, part);
        return;
    }
    if (!vgs_check_known(t))
        return;
    vgs_bounds *b = t->column ? &t->column->bounds : NULL;
    const vgs_term *one = NULL;
    switch (t->kind) {
    case VGS_OR:
        if ((one = one_of(plan, t)))
            vgs_check_apply(plan, table, one);
        break;
    case VGS_COMPARE:
        if (t->length)
            compare_length(b, t->op, t->number);
        else
            compare(b, t->op, t->number,
                    t->column->c->sql_class == VG_K_int ? 1 : 0.01);
        break;
    case VGS_TIME: compare_time(t->column, t->op, t->text); break;
    case VGS_LIST: add_list(b, t); break;
    case VGS_NULL: b->null = b->null || !t->except; break;
    case VGS_PAIR: add_pair(table, t); break;
    default: break;
    }
}

void vgs_read_checks(vgs_plan *plan, vgs_table *table)
{
    const vg_constraint *con = table->shape->constraints;
    for (; con && con->kind != VG_CON_NONE && !plan->failed; con++) {
        vgs_term *t = con->kind == VG_CON_CHECK && con->sql
                          ? vgs_check_read(plan, table, con->sql)
                          : NULL;
        if (t)
            vgs_check_apply(plan, table, t);
    }
}
