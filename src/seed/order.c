/* Parents before children. A circle of foreign keys is cut where the database lets it: by keys
 * that wait for the commit, else at a column that may be NULL at first. */
#include "seed/seed.h"

enum { UNSEEN, OPEN, DONE };

/* Values that follow from each other: a.id from b.id from a.id. */
static void look_for_circle(vgs_plan *plan, vgs_table *t, vgs_column *c)
{
    if (plan->failed || c->visiting == DONE || t->passed)
        return;
    if (c->visiting == OPEN) {
        vgs_fail(
            plan, VG_INVALID,
            "column %s.%s: by its foreign keys it refers to itself; say its values "
            "with VG_SEED",
            t->shape->name, c->c->name);
        return;
    }
    c->visiting = OPEN;
    if (c->role == VGS_LINKED)
        look_for_circle(plan, c->link->parent,
                        &c->link->parent->columns[c->link->other[c->place]]);
    c->visiting = DONE;
}

static bool waits(const vgs_plan *plan, const vgs_table *t, const vgs_link *link)
{
    return link->soft || link->late || link->deferrable || plan->dialect->defers_all ||
           link->parent == t || link->parent->passed || !link->parent->count;
}

/* Whether `t` can be reached from `from` by links that do not wait. */
static bool reaches(const vgs_plan *plan, vgs_table *from, const vgs_table *t)
{
    if (from == t)
        return true;
    if (from->state == OPEN)
        return false;
    from->state = OPEN;
    for (size_t i = 0; i < from->link_count; i++)
        if (!waits(plan, from, &from->links[i]) &&
            reaches(plan, from->links[i].parent, t))
            return true;
    return false;
}

static void cut_circles(vgs_plan *plan)
{
    for (size_t i = 0; i < plan->count; i++)
        for (size_t l = 0; l < plan->tables[i].link_count && !plan->failed; l++) {
            vgs_table *t = &plan->tables[i];
            vgs_link *link = &t->links[l];
            for (size_t j = 0; j < plan->count; j++)
                plan->tables[j].state = UNSEEN;
            if (!link->nullable || waits(plan, t, link) ||
                !reaches(plan, link->parent, t))
                continue;
            link->late = true;
        }
}

/* Whether all that `t` refers to has its place; `strict`: all that it cannot do without. */
static bool ready(const vgs_plan *plan, const vgs_table *t, bool strict)
{
    for (size_t l = 0; l < t->link_count; l++) {
        const vgs_link *link = &t->links[l];
        if (link->late || link->parent == t || link->parent->state == DONE)
            continue;
        if (!strict || !waits(plan, t, link))
            return false;
    }
    return true;
}

/* The next table; where every key can wait a circle is no obstacle. */
static vgs_table *next(vgs_plan *plan)
{
    for (int strict = 0; strict < 2; strict++)
        for (size_t i = 0; i < plan->count; i++)
            if (plan->tables[i].state != DONE && ready(plan, &plan->tables[i], strict))
                return &plan->tables[i];
    return NULL;
}

static void refuse_circle(vgs_plan *plan)
{
    for (size_t i = plan->count; i-- > 0;) {
        const vgs_table *t = &plan->tables[i];
        for (size_t l = 0; t->state != DONE && l < t->link_count; l++)
            if (t->links[l].parent->state != DONE && !waits(plan, t, &t->links[l]))
                vgs_fail(
                    plan, VG_INVALID,
                    "%s.%s: the foreign keys between %s and %s form a circle; let one "
                    "of their columns be NULL, or declare the key DEFERRABLE",
                    t->shape->name, t->links[l].name, t->shape->name,
                    t->links[l].parent->shape->name);
    }
}

void vgs_order(vgs_plan *plan)
{
    plan->order = vgs_alloc(plan, plan->count, sizeof *plan->order);
    for (size_t i = 0; i < plan->count; i++)
        for (uint32_t c = 0; c < plan->tables[i].shape->column_count; c++)
            look_for_circle(plan, &plan->tables[i], &plan->tables[i].columns[c]);
    if (!plan->failed)
        cut_circles(plan);
    for (size_t i = 0; i < plan->count; i++)
        plan->tables[i].state = UNSEEN;
    for (size_t i = 0; i < plan->count && !plan->failed; i++) {
        plan->order[i] = next(plan);
        if (plan->order[i])
            plan->order[i]->state = DONE;
        else
            refuse_circle(plan);
    }
}
