/* Which columns refer to which table: foreign keys, and relations that are none; and how many
 * children a parent has. */
#include "seed/make.h"
#include <stdio.h>

size_t vgs_primary_key(const vg_shape *shape, uint32_t *out, size_t room)
{
    size_t n = 0;
    for (uint32_t i = 0; i < shape->column_count && n < room; i++)
        if (shape->columns[i].flags & VG_F_PRIMARY_KEY)
            out[n++] = i;
    for (const vg_constraint *con = shape->constraints; con && con->kind != VG_CON_NONE;
         con++)
        if (con->kind == VG_CON_PRIMARY_KEY)
            for (n = 0; n < con->column_count && n < room; n++)
                out[n] = con->columns[n];
    return n;
}

static bool resolve(vgs_plan *plan, const vgs_table *t, const vgs_finding *f,
                    vgs_link *link)
{
    link->own = vgs_alloc(plan, f->count, sizeof *link->own);
    link->other = vgs_alloc(plan, f->count, sizeof *link->other);
    if (plan->failed)
        return false;
    link->count = f->count;
    memcpy(link->own, f->own, f->count * sizeof *f->own);
    uint32_t keys[VG_MAX_COLUMNS];
    if (!f->other && vgs_primary_key(f->target, keys, VG_MAX_COLUMNS) != f->count) {
        if (!f->soft)
            vgs_fail(plan, VG_SCHEMA,
                     "%s.%s: the primary key of %s has another number of columns",
                     t->shape->name, t->shape->columns[f->own[0]].name,
                     f->target->name);
        return false;
    }
    for (size_t i = 0; i < f->count; i++) {
        uint32_t other = f->other ? vgs_index(f->target, f->other[i]) : keys[i];
        if (other >= f->target->column_count) {
            if (!f->soft)
                vgs_fail(plan, VG_SCHEMA, "%s.%s: %s has no column %s", t->shape->name,
                         t->shape->columns[f->own[i]].name, f->target->name,
                         f->other[i]);
            return false;
        }
        link->other[i] = other;
    }
    return true;
}

/* Whether the plan or another link says already what all of them, or some, hold. */
static size_t taken(const vgs_table *t, const vgs_finding *f)
{
    size_t n = 0;
    for (size_t i = 0; i < f->count; i++) {
        const vgs_column *c = &t->columns[f->own[i]];
        n += c->said || c->link || c->role == VGS_OUT;
    }
    return n;
}

void vgs_add_link(vgs_plan *plan, vgs_table *t, const vgs_finding *f)
{
    vgs_table *parent = vgs_table_of(plan, f->target);
    vgs_link *link = &t->links[t->link_count];
    size_t occupied = taken(t, f);
    const char *first = t->shape->columns[f->own[0]].name;
    if (plan->failed || occupied == f->count || (f->soft && (occupied || !parent)))
        return;
    if (occupied) {
        vgs_fail(
            plan, VG_INVALID,
            "column %s.%s: it is part of two foreign keys, or has a generator while "
            "the rest of its key has none; give all columns of the key a VG_SEED",
            t->shape->name, first);
        return;
    }
    if (!parent) {
        vgs_fail(
            plan, VG_INVALID,
            "column %s.%s: it refers to %s, which is not in the schema; add it, or "
            "say the values with VG_SEED",
            t->shape->name, first, f->target->name);
        return;
    }
    if (!resolve(plan, t, f, link))
        return;
    link->parent = parent;
    link->soft = f->soft;
    link->deferrable = f->deferrable != VG_NOT_DEFERRABLE;
    link->nullable = true;
    link->pick.key = vgs_derive_text(t->key, first);
    link->name = first;
    for (size_t i = 0; i < f->count; i++) {
        vgs_column *c = &t->columns[f->own[i]];
        c->role = VGS_LINKED;
        c->link = link;
        c->place = i;
        link->nullable = link->nullable && c->c->nullable;
        link->nulls = c->nulls > link->nulls ? c->nulls : link->nulls;
    }
    t->link_count++;
}

static void hard_links(vgs_plan *plan, vgs_table *t)
{
    const vg_shape *shape = t->shape;
    for (const vg_constraint *con = shape->constraints; con && con->kind != VG_CON_NONE;
         con++) {
        if (con->kind != VG_CON_FOREIGN_KEY)
            continue;
        uint32_t own[VG_MAX_COLUMNS];
        for (size_t i = 0; i < con->column_count; i++)
            own[i] = con->columns[i];
        vgs_add_link(
            plan, t,
            &(vgs_finding){con->references, own, con->column_count, con->ref_columns,
                           con->options ? con->options->deferrable : VG_NOT_DEFERRABLE,
                           false});
    }
    for (uint32_t i = 0; i < shape->column_count; i++) {
        const vg_reference *ref = shape->columns[i].references;
        if (ref && (shape->columns[i].flags & VG_F_REFERENCES))
            vgs_add_link(plan, t,
                         &(vgs_finding){ref->shape, &i, 1, &ref->column,
                                        ref->deferrable, false});
    }
}

static size_t most_links(const vg_shape *shape)
{
    size_t n = shape->column_count; /* no column is in two of them */
    return n ? n : 1;
}

void vgs_link_all(vgs_plan *plan)
{
    for (size_t i = 0; i < plan->count && !plan->failed; i++) {
        vgs_table *t = &plan->tables[i];
        t->links = vgs_alloc(plan, most_links(t->shape), sizeof *t->links);
        if (!plan->failed && !t->passed)
            hard_links(plan, t);
    }
    vgs_link_softly(plan); /* foreign keys have said what they are about */
}

/* ---- how many ---- */

static void count_by(vgs_plan *plan, vgs_table *t)
{
    const vg_seed_entry *with = t->with;
    vgs_table *parent = t->by->parent;
    t->starts = vgs_alloc(plan, (size_t)parent->count + 1, sizeof *t->starts);
    uint64_t weights = 0, most = 0;
    for (size_t i = 0; i < with->share_count; i++) {
        weights += with->shares[i].weight;
        most = with->shares[i].count > most ? with->shares[i].count : most;
    }
    if (plan->failed)
        return;
    if (!weights) {
        vgs_fail(plan, VG_INVALID, "VG_SEED_WITH(%s, %s.%s): no weight is more than 0",
                 parent->shape->name, t->shape->name, t->by->name);
        return;
    }
    uint64_t key =
        vgs_derive_text(vgs_derive_text(parent->key, t->shape->name), "with");
    for (uint64_t p = 0; p < parent->count; p++) {
        vg_seed_random r = {vgs_derive(key, p)};
        uint64_t at = vgs_below(&r, weights), sum = 0;
        size_t i = 0;
        while ((sum += with->shares[i].weight) <= at)
            i++;
        t->starts[p + 1] = t->starts[p] + with->shares[i].count;
    }
    t->count = t->starts[parent->count];
}

/* The parent's count first; `depth` finds circles. */
static void count_table(vgs_plan *plan, vgs_table *t, size_t depth)
{
    if (plan->failed || !t->with || t->starts)
        return;
    if (depth > plan->count) {
        vgs_fail(plan, VG_INVALID,
                 "VG_SEED_WITH: the number of rows of %s depends on itself",
                 t->shape->name);
        return;
    }
    count_table(plan, t->by->parent, depth + 1);
    if (!plan->failed)
        count_by(plan, t);
}

/* The link that VG_SEED_WITH means. */
static void find_by(vgs_plan *plan, vgs_table *t)
{
    const vg_seed_entry *with = t->with;
    const vg_node *node = *(const vg_node *const *)with->column;
    vgs_column *c = &t->columns[node->n];
    vgs_table *parent = vgs_table_of(plan, with->table);
    if (t->counted)
        vgs_fail(plan, VG_INVALID,
                 "VG_SEED_WITH(%s, %s.%s): the plan also says VG_SEED_COUNT(%s, ...)",
                 with->table->name, t->shape->name, c->c->name, t->shape->name);
    else if (!c->link || c->link->parent != parent)
        vgs_fail(plan, VG_INVALID, "VG_SEED_WITH(%s, %s.%s): the column refers to %s",
                 with->table->name, t->shape->name, c->c->name,
                 c->link ? c->link->parent->shape->name : "no table");
    else if (parent == t)
        vgs_fail(plan, VG_INVALID,
                 "VG_SEED_WITH(%s, %s.%s): a table cannot say its own number of rows",
                 with->table->name, t->shape->name, c->c->name);
    else if (parent->passed)
        vgs_fail(plan, VG_INVALID, "VG_SEED_WITH(%s, %s.%s): %s is skipped",
                 with->table->name, t->shape->name, c->c->name, with->table->name);
    if (plan->failed)
        return;
    t->by = c->link;
    t->by->pick.kind = VGS_BY_PARENT;
    t->by->nulls = 0;
}

void vgs_count_children(vgs_plan *plan)
{
    for (size_t i = 0; i < plan->count && !plan->failed; i++)
        if (plan->tables[i].with)
            find_by(plan, &plan->tables[i]);
    for (size_t i = 0; i < plan->count && !plan->failed; i++)
        count_table(plan, &plan->tables[i], 0);
}
