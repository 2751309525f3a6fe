/* Columns that a CHECK compares with each other: "starts < ends", "follower_id <> followed_id". */
#include "seed/make.h"

/* ---- foreign keys that do not lead to the same row ---- */

void vgs_pair_links(vgs_plan *plan, vgs_table *t)
{
    (void)plan;
    for (size_t i = 0; i < t->pair_count; i++) {
        vgs_link *a = t->pairs[i].low->link, *b = t->pairs[i].high->link;
        if (!t->pairs[i].apart || !a || !b || a == b || a->parent != b->parent ||
            a->parent == t || a->count != 1 || b->count != 1 ||
            a->other[0] != b->other[0])
            continue;
        if (b->pick.kind == VGS_BY_PARENT ||
            t->columns + b->own[0] < t->columns + a->own[0]) {
            vgs_link *other = a;
            a = b;
            b = other;
        }
        if (!a->apart && b->pick.kind != VGS_BY_PARENT && b->parent->count > 1)
            b->apart = a;
    }
}

/* ---- values that go up ---- */

static bool counts_up(const vgs_gen *g)
{
    return (g->make == vgs_make_number || g->make == vgs_make_time ||
            g->make == vgs_make_daytime) &&
           g->plain && !g->sums;
}

static int64_t last_of(const vgs_gen *g)
{
    return g->min + (int64_t)(g->plain - 1) * g->step;
}

/* Whether the ranges are in order already, so that nothing is to be done. */
static bool in_order(const vgs_chain *chain)
{
    for (size_t i = 1; i < chain->count; i++) {
        const vgs_gen *a = &chain->columns[i - 1]->gen, *b = &chain->columns[i]->gen;
        if (last_of(a) + (chain->strict[i] ? 1 : 0) > b->min)
            return false;
    }
    return true;
}

/* What all of them have in common; those of which the plan speaks stay as they are. */
static bool give_range(const vgs_chain *chain)
{
    const vgs_gen *said = NULL, *first = &chain->columns[0]->gen;
    int64_t min = first->min, last = last_of(first);
    for (size_t i = 0; i < chain->count; i++) {
        const vgs_gen *g = &chain->columns[i]->gen;
        if (chain->columns[i]->said && said &&
            (said->min != g->min || said->plain != g->plain))
            return false;
        said = chain->columns[i]->said ? g : said;
        min = g->min > min ? g->min : min;
        last = last_of(g) < last ? last_of(g) : last;
    }
    min = said ? said->min : min;
    last = said ? last_of(said) : last;
    if (last < min || (uint64_t)(last - min) / (uint64_t)first->step < chain->count)
        return false;
    for (size_t i = 0; i < chain->count; i++) {
        vgs_gen *g = &chain->columns[i]->gen;
        g->min = min;
        g->plain = g->total = (uint64_t)(last - min) / (uint64_t)first->step + 1;
        chain->columns[i]->pick.plain = chain->columns[i]->pick.total = g->total;
    }
    return true;
}

static void link_chain(vgs_chain *chain)
{
    const vgs_gen *first = &chain->columns[0]->gen;
    for (size_t i = 0; i < chain->count; i++) {
        const vgs_column *c = chain->columns[i];
        if (c->role != VGS_MADE || c->array_size || c->unique || !counts_up(&c->gen) ||
            c->gen.make != first->make || c->gen.step != first->step ||
            c->gen.scale != first->scale || c->gen.sql_class != first->sql_class)
            return;
    }
    if (in_order(chain) || !give_range(chain))
        return;
    for (size_t i = 0; i < chain->count; i++)
        chain->columns[i]->chain = chain;
}

static bool holds(const vgs_chain *chain, const vgs_column *c)
{
    for (size_t i = 0; i < chain->count; i++)
        if (chain->columns[i] == c)
            return true;
    return false;
}

/* The pair at an end of the chain. */
static bool add_pair(vgs_chain *chain, const vgs_pair *pair)
{
    if (chain->count && holds(chain, pair->low) == holds(chain, pair->high))
        return false;
    if (!chain->count)
        chain->columns[chain->count++] = pair->low;
    if (chain->columns[chain->count - 1] == pair->low) {
        chain->strict[chain->count] = pair->strict;
        chain->columns[chain->count++] = pair->high;
        return true;
    }
    if (chain->columns[0] != pair->high)
        return false;
    for (size_t i = chain->count++; i > 0; i--) {
        chain->columns[i] = chain->columns[i - 1];
        chain->strict[i] = chain->strict[i - 1];
    }
    chain->strict[1] = pair->strict;
    chain->columns[0] = pair->low;
    return true;
}

void vgs_pair_columns(vgs_plan *plan, vgs_table *t)
{
    bool used[VGS_MOST_PAIRS] = {false};
    for (size_t begin = 0; begin < t->pair_count; begin++) {
        if (used[begin] || t->pairs[begin].apart || t->pairs[begin].low->chain ||
            t->pairs[begin].high->chain)
            continue;
        vgs_chain *chain = vgs_alloc(plan, 1, sizeof *chain);
        if (!chain)
            return;
        bool more = true;
        while (more) {
            more = false;
            for (size_t i = begin; i < t->pair_count; i++)
                if (!used[i] && !t->pairs[i].apart && add_pair(chain, &t->pairs[i]))
                    more = used[i] = true;
        }
        link_chain(chain);
    }
}

/* ---- in a row ---- */

/* Beside one whose number follows from a key. */
static uint64_t beside(const vgs_chain *chain, size_t place, uint64_t k, uint64_t fixed)
{
    bool strict = chain->strict[1];
    if (place == 1) {
        uint64_t least = fixed + strict, total = chain->columns[1]->gen.total;
        return k >= least ? k : least < total ? least + k % (total - least) : least;
    }
    return k + strict <= fixed ? k
           : fixed < strict    ? fixed - strict
                               : k % (fixed + !strict);
}

/* Sorted, and then apart where that must be; within `total`. */
static void put_in_order(const vgs_chain *chain, uint64_t *k, uint64_t total)
{
    size_t n = chain->count;
    for (size_t i = 1; i < n; i++)
        for (size_t j = i; j && k[j] < k[j - 1]; j--) {
            uint64_t other = k[j];
            k[j] = k[j - 1];
            k[j - 1] = other;
        }
    for (size_t i = 1; i < n; i++)
        if (k[i] < k[i - 1] + chain->strict[i])
            k[i] = k[i - 1] + chain->strict[i];
    if (k[n - 1] >= total)
        k[n - 1] = total - 1;
    for (size_t i = n - 1; i > 0; i--)
        if (k[i - 1] + chain->strict[i] > k[i])
            k[i - 1] = k[i] - chain->strict[i];
}

uint64_t vgs_chained(const vgs_table *t, const vgs_column *c, uint64_t i, uint64_t k)
{
    const vgs_chain *chain = c->chain;
    uint64_t all[VGS_MOST_PAIRS + 1];
    size_t place = 0, fixed = 0, which = 0;
    for (size_t p = 0; p < chain->count; p++) {
        vg_seed_random r;
        const vgs_column *member = chain->columns[p];
        place = member == c ? p : place;
        if (!vgs_draw(t, member, i, &r, &all[p]))
            all[p] = k; /* NULL: in nobody's way */
        if (member->pick.kind != VGS_ANY) {
            fixed++;
            which = p;
        }
    }
    if (fixed)
        return fixed == 1 && which != place && chain->count == 2
                   ? beside(chain, place, k, all[which])
                   : k;
    put_in_order(chain, all, c->gen.total);
    return all[place];
}
