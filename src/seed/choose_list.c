/* The values that CHECKs list for a column: what all lists have, within the bounds. */
#include "seed/check.h"
#include "seed/choose.h"
#include <string.h>

static bool has_text(const vgs_term *list, const char *text)
{
    for (size_t i = 0; i < list->count; i++)
        if (strcmp(list->texts[i], text) == 0)
            return true;
    return false;
}

static bool has_number(const vgs_term *list, double n)
{
    for (size_t i = 0; i < list->count; i++)
        if (list->numbers[i] == n)
            return true;
    return false;
}

static bool good_text(const vgs_column *c, const char *text)
{
    const vg_coder *coder = c->c->coder;
    int64_t label;
    bool good =
        !coder || !coder->labels || vg_label_value(coder, text, strlen(text), &label);
    for (size_t l = 0; l < c->bounds.list_count && good; l++) {
        const vgs_term *list = c->bounds.lists[l];
        good = !list->texts || has_text(list, text) != list->except;
    }
    return good;
}

static bool good_number(const vgs_column *c, double n)
{
    const vgs_bounds *b = &c->bounds;
    bool good = !(b->has_min && n < b->min) && !(b->has_max && n > b->max) &&
                (c->c->sql_class != VG_K_int || n == (double)(int64_t)n);
    for (size_t l = 0; l < b->list_count && good; l++)
        good =
            !b->lists[l]->numbers || has_number(b->lists[l], n) != b->lists[l]->except;
    return good;
}

static const vg_gen *texts_of(vgs_plan *plan, const vgs_column *c, const vgs_term *list)
{
    struct vg_gen_values_text *g = vgs_alloc(plan, 1, sizeof *g);
    const char **values = vgs_alloc(plan, list->count, sizeof *values);
    if (plan->failed)
        return NULL;
    g->kind = VG_GEN_values_text;
    g->values = values;
    for (size_t i = 0; i < list->count; i++)
        if (good_text(c, list->texts[i]))
            values[g->len++] = list->texts[i];
    return g->len ? (const vg_gen *)g : NULL;
}

static const vg_gen *ints_of(vgs_plan *plan, const vgs_column *c, const vgs_term *list)
{
    struct vg_gen_values_int *g = vgs_alloc(plan, 1, sizeof *g);
    int64_t *values = vgs_alloc(plan, list->count, sizeof *values);
    if (plan->failed)
        return NULL;
    g->kind = VG_GEN_values_int;
    g->values = values;
    for (size_t i = 0; i < list->count; i++)
        if (good_number(c, list->numbers[i]))
            values[g->len++] = (int64_t)list->numbers[i];
    return g->len ? (const vg_gen *)g : NULL;
}

static const vg_gen *reals_of(vgs_plan *plan, const vgs_column *c, const vgs_term *list)
{
    struct vg_gen_values_real *g = vgs_alloc(plan, 1, sizeof *g);
    double *values = vgs_alloc(plan, list->count, sizeof *values);
    if (plan->failed)
        return NULL;
    g->kind = VG_GEN_values_real;
    g->values = values;
    for (size_t i = 0; i < list->count; i++)
        if (good_number(c, list->numbers[i]))
            values[g->len++] = list->numbers[i];
    return g->len ? (const vg_gen *)g : NULL;
}

/* An ENUM's labels are a list, too, from which others may be excluded. */
static const vgs_term *labels_of(vgs_plan *plan, const vgs_column *c)
{
    const vg_coder *coder = c->c->coder;
    vgs_term *t = vgs_alloc(plan, 1, sizeof *t);
    const char **texts = vgs_alloc(plan, coder->label_count, sizeof *texts);
    if (plan->failed)
        return NULL;
    for (uint32_t i = 0; i < coder->label_count; i++)
        texts[i] = coder->labels[i].text;
    *t = (vgs_term){.kind = VGS_LIST, .texts = texts, .count = coder->label_count};
    return t;
}

const vg_gen *vgs_listed(vgs_plan *plan, const vgs_column *c)
{
    const vgs_term *list = NULL;
    bool labels = c->c->coder && c->c->coder->labels;
    for (size_t l = 0; l < c->bounds.list_count && !list; l++)
        if (!c->bounds.lists[l]->except)
            list = c->bounds.lists[l];
    if (!list && labels && c->bounds.list_count && c->bounds.lists[0]->texts)
        list = labels_of(plan, c);
    if (!list)
        return NULL;
    if (list->texts)
        return texts_of(plan, c, list);
    bool whole = labels || c->c->sql_class == VG_K_int;
    return whole ? ints_of(plan, c, list) : reals_of(plan, c, list);
}

const double *vgs_excluded(const vgs_column *c, double min, double max)
{
    for (size_t l = 0; l < c->bounds.list_count; l++) {
        const vgs_term *list = c->bounds.lists[l];
        for (size_t i = 0; list->except && list->numbers && i < list->count; i++)
            if (list->numbers[i] >= min && list->numbers[i] <= max)
                return &list->numbers[i];
    }
    return NULL;
}
