/* What must be unique: columns, and keys over several columns. No value is tried twice: places in
 * a key are digits of a number that each row has once. */
#include "seed/make.h"
#include <stdio.h>

/* Of a place in a key, how many values are used at most: small products make good mixtures. */
enum { MOST_DIGITS = 1 << 16 };

/* The columns of a key that is over columns alone; 0: it is none, or not over these. */
static size_t key_columns(const vg_constraint *con, uint32_t *out)
{
    size_t n = 0;
    if (con->kind != VG_CON_PRIMARY_KEY && con->kind != VG_CON_UNIQUE &&
        con->kind != VG_CON_UNIQUE_INDEX)
        return 0;
    for (; !con->terms && n < con->column_count && n < VG_MAX_COLUMNS; n++)
        out[n] = con->columns[n];
    for (const vg_index_term *term = con->terms; term && term->order; term++)
        if (!term->sql && n < VG_MAX_COLUMNS)
            out[n++] = term->column;
    return n;
}

/* Columns that are unique by themselves. */
void vgs_find_keys(vgs_plan *plan, vgs_table *t)
{
    uint32_t columns[VG_MAX_COLUMNS];
    (void)plan;
    size_t primary = 0;
    for (uint32_t i = 0; i < t->shape->column_count; i++)
        primary += (t->shape->columns[i].flags & VG_F_PRIMARY_KEY) != 0;
    for (uint32_t i = 0; i < t->shape->column_count; i++) {
        uint16_t flags = t->shape->columns[i].flags;
        if ((flags & VG_F_UNIQUE) || ((flags & VG_F_PRIMARY_KEY) && primary == 1))
            t->columns[i].unique = true;
    }
    for (const vg_constraint *con = t->shape->constraints;
         con && con->kind != VG_CON_NONE; con++)
        if (key_columns(con, columns) == 1)
            t->columns[columns[0]].unique = true;
}

static vgs_pick *pick_of(vgs_column *c)
{
    return c->role == VGS_LINKED ? &c->link->pick : &c->pick;
}

static uint64_t size_of(const vgs_column *c)
{
    if (c->role != VGS_LINKED)
        return c->gen.total;
    return c->link->parent->count - (c->link->apart != NULL);
}

static void too_few(vgs_plan *plan, const vgs_table *t, const vgs_column *c,
                    uint64_t wanted, uint64_t there)
{
    const vgs_table *parent = c->role == VGS_LINKED ? c->link->parent : NULL;
    vgs_fail(plan, VG_INVALID,
             "column %s.%s: %llu different values wanted, %llu exist (%s%s)",
             t->shape->name, c->c->name, (unsigned long long)wanted,
             (unsigned long long)there, parent ? "rows of " : "of ",
             parent ? parent->shape->name : c->gen.name);
}

/* Each row a value of its own. */
static void once(vgs_plan *plan, vgs_table *t, vgs_column *c)
{
    vgs_pick *pick = pick_of(c);
    uint64_t size = size_of(c);
    bool several = c->role == VGS_LINKED && c->link->count > 1;
    if (pick->kind == VGS_BY_PARENT && !several) {
        for (uint64_t p = 0; p < c->link->parent->count; p++)
            if (t->starts[p + 1] - t->starts[p] > 1) {
                vgs_fail(
                    plan, VG_INVALID,
                    "column %s.%s: it is unique, and VG_SEED_WITH wants more than one "
                    "row for a row of %s",
                    t->shape->name, c->c->name, c->link->parent->shape->name);
                return;
            }
        return;
    }
    if (c->role == VGS_LINKED && c->nulls) /* of those that are not NULL */
        c->link->nulls = c->nulls;
    if (size < t->count) {
        too_few(plan, t, c, t->count, size);
        return;
    }
    pick->kind = VGS_ONCE;
}

/* Whether all places of `key` are among these columns. */
static bool holds_key(vgs_table *t, const vgs_key *key, const uint32_t *columns,
                      size_t n)
{
    uint64_t seen = 0;
    bool by = !key->by;
    for (size_t i = 0; i < n; i++) {
        vgs_column *c = &t->columns[columns[i]];
        const vgs_pick *pick = pick_of(c);
        if (pick->kind == VGS_IN_KEY && pick->unique == key)
            seen |= UINT64_C(1) << pick->place;
        by = by || (c->role == VGS_LINKED && c->link == key->by);
    }
    return by && (size_t)__builtin_popcountll(seen) == key->count;
}

/* Unique already: by one of its columns, or by a key of fewer columns. */
static bool is_settled(vgs_table *t, const uint32_t *columns, size_t n)
{
    for (size_t i = 0; i < n; i++) {
        vgs_column *c = &t->columns[columns[i]];
        const vgs_pick *pick = pick_of(c);
        if (c->role != VGS_OUT &&
            (pick->kind == VGS_ONCE ||
             (pick->kind == VGS_IN_KEY && holds_key(t, pick->unique, columns, n))))
            return true;
    }
    return false;
}

static uint64_t most_children(const vgs_table *t)
{
    uint64_t most = 0;
    for (uint64_t p = 0; p < t->by->parent->count; p++)
        if (t->starts[p + 1] - t->starts[p] > most)
            most = t->starts[p + 1] - t->starts[p];
    return most;
}

/* The values that are taken first, if that is a good number of them. */
static uint64_t few_of(const vgs_gen *g)
{
    uint64_t few = g->plain > 100 ? g->plain : g->total;
    return few > MOST_DIGITS ? MOST_DIGITS : few;
}

/* Where they do not suffice: more of them. */
static void widen(vgs_key *key)
{
    key->total = 1;
    for (size_t i = 0; i < key->count; i++) {
        vgs_pick *pick = key->places[i];
        if (pick->made > pick->total)
            pick->total = pick->made > MOST_DIGITS ? MOST_DIGITS : pick->made;
        key->total *= pick->total;
    }
}

/* Give `c` a place in the key, unless it has one there (two columns of one link). */
static void add_place(vgs_table *t, vgs_key *key, vgs_column *c)
{
    vgs_pick *pick = pick_of(c);
    if (pick->kind == VGS_BY_PARENT) {
        key->by = t->by;
        return;
    }
    if (pick->unique == key)
        return;
    if (pick->kind != VGS_ANY || key->total > UINT64_C(1) << 46)
        return;
    uint64_t size = size_of(c);
    if (!size || (c->role == VGS_MADE && c->gen.make == vgs_make_call))
        return; /* it helps nothing, and is in nobody's way */
    pick->total = c->role == VGS_LINKED ? size : few_of(&c->gen);
    pick->made = c->role == VGS_LINKED ? 0 : c->gen.total;
    pick->kind = VGS_IN_KEY;
    pick->unique = key;
    pick->place = key->count;
    key->places[key->count++] = pick;
    key->total *= pick->total;
}

static const char *names_of(vgs_plan *plan, const vgs_table *t, const uint32_t *columns,
                            size_t n)
{
    char *text = vgs_alloc(plan, 256, 1);
    size_t len = 0;
    for (size_t i = 0; text && i < n && len < 200; i++) {
        int more = snprintf(text + len, 256 - len, "%s%.40s", i ? ", " : "",
                            t->shape->columns[columns[i]].name);
        len += more > 0 ? (size_t)more : 0;
    }
    return text ? text : "";
}

/* A column of which nothing is said yet and that has values enough: unique by itself. */
static bool settle_one(vgs_table *t, const uint32_t *columns, size_t n)
{
    for (size_t i = 0; i < n; i++) {
        vgs_column *c = &t->columns[columns[i]];
        if (pick_of(c)->kind == VGS_ANY && c->role != VGS_OUT &&
            size_of(c) >= t->count) {
            pick_of(c)->kind = VGS_ONCE;
            return true;
        }
    }
    return false;
}

static void over_several(vgs_plan *plan, vgs_table *t, const uint32_t *columns,
                         size_t n)
{
    if (is_settled(t, columns, n))
        return;
    bool free = true;
    for (size_t i = 0; i < n; i++) {
        vgs_pick_kind kind = pick_of(&t->columns[columns[i]])->kind;
        free = free && t->columns[columns[i]].role != VGS_OUT &&
               (kind == VGS_ANY || kind == VGS_BY_PARENT);
    }
    vgs_key *key = vgs_alloc(plan, 1, sizeof *key);
    vgs_pick **places = vgs_alloc(plan, n, sizeof *places);
    if (plan->failed)
        return;
    if (!free) {
        if (!settle_one(t, columns, n))
            vgs_fail(
                plan, VG_INVALID,
                "%s: the keys over (%s) and over others of these columns cannot both "
                "be unique; give one of them a VG_SEED with .unique",
                t->shape->name, names_of(plan, t, columns, n));
        return;
    }
    *key = (vgs_key){.places = places, .total = 1};
    key->key = vgs_derive_text(t->key, "key");
    for (size_t i = 0; i < n; i++) {
        key->key = vgs_derive_text(key->key, t->shape->columns[columns[i]].name);
        add_place(t, key, &t->columns[columns[i]]);
    }
    uint64_t wanted = key->by ? most_children(t) : t->count;
    if (key->total < wanted)
        widen(key);
    if (key->total < wanted)
        vgs_fail(plan, VG_INVALID,
                 "%s: %llu different rows wanted of (%s)%s, %llu exist", t->shape->name,
                 (unsigned long long)wanted, names_of(plan, t, columns, n),
                 key->by ? " for a parent" : "", (unsigned long long)key->total);
}

static void primary_over_flags(vgs_plan *plan, vgs_table *t)
{
    uint32_t columns[VG_MAX_COLUMNS];
    size_t n = 0;
    for (uint32_t i = 0; i < t->shape->column_count; i++)
        if (t->shape->columns[i].flags & VG_F_PRIMARY_KEY)
            columns[n++] = i;
    if (n > 1)
        over_several(plan, t, columns, n);
}

void vgs_check_keys(vgs_plan *plan, vgs_table *t)
{
    uint32_t columns[VG_MAX_COLUMNS];
    for (uint32_t i = 0; i < t->shape->column_count && !plan->failed; i++) {
        vgs_column *c = &t->columns[i];
        if (c->unique && c->role != VGS_OUT)
            once(plan, t, c);
    }
    primary_over_flags(plan, t);
    for (const vg_constraint *con = t->shape->constraints;
         con && con->kind != VG_CON_NONE && !plan->failed; con++) {
        size_t n = key_columns(con, columns);
        if (n > 1)
            over_several(plan, t, columns, n);
    }
}
