/* The generator of a text: what its name says, in words that there is room for. */
#include "seed/choose.h"

static const vg_gen *const three_words = GEN(lorem_ipsum, .words = 3);
static const vg_gen *const one_word = GEN(lorem_ipsum, .words = 1);
static const vg_gen *const letters = GEN(string, );

/* What is of the same kind, and shorter. */
static const struct {
    uint16_t kind;
    const vg_gen *shorter[2];
} instead[] = {
    {VG_GEN_full_name, {GEN(last_name, ), GEN(user_name, )}},
    {VG_GEN_first_name, {GEN(user_name, )}},
    {VG_GEN_last_name, {GEN(user_name, )}},
    {VG_GEN_company_name, {GEN(last_name, ), GEN(user_name, )}},
    {VG_GEN_email, {GEN(user_name, )}},
};

typedef struct choosing {
    vgs_plan *plan;
    vgs_table *table;
    vgs_column *column;
    uint32_t shortest, longest; /* that a text may be; 0: any */
} choosing;

static choosing lengths_of(vgs_plan *plan, vgs_table *t, vgs_column *column)
{
    const vgs_bounds *b = &column->bounds;
    choosing c = {plan, t, column, 0,
                  vgs_type_of(column->c) == VG_TYPE_TEXT ? column->c->args : 0};
    if (b->has_short && b->shortest > 0)
        c.shortest = (uint32_t)b->shortest;
    if (b->has_long && b->longest > 0 &&
        (!c.longest || (uint32_t)b->longest < c.longest))
        c.longest = (uint32_t)b->longest;
    return c;
}

/* Where each must be another one: with numbers behind, when the words are used up. */
static void add_numbers(const choosing *c, vgs_gen *g)
{
    uint32_t left = c->longest ? c->longest - g->longest : 7;
    vgs_gen *inner = vgs_alloc(c->plan, 1, sizeof *inner);
    int digits = left > 7 ? 6 : (int)left - 1;
    if (!inner || digits < 1 || g->total > UINT32_MAX || g->make == vgs_make_user_name)
        return;
    *inner = *g;
    g->make = vgs_make_numbered;
    g->choices = inner;
    g->total = inner->total * vgs_ten_to(digits);
    g->longest += 1 + (uint32_t)digits;
}

/* Whether the generator will do: as long as may be, and of enough values for a key. */
static bool will_do(const choosing *c, const vg_gen *from, vgs_gen *out)
{
    const uint64_t enough = 100000;
    bool unique = c->column->unique && !c->column->array_size;
    vgs_prepare_in(c->plan, c->table, c->column, from, c->longest, out);
    if (c->plan->failed)
        return true;
    if ((c->longest && out->longest > c->longest) || out->shortest < c->shortest)
        return false;
    if (unique && from->kind != VG_GEN_string)
        add_numbers(c, out);
    return !unique || out->total >= enough;
}

/* As many words as there is room for. */
static const vg_gen *fewer_words(const choosing *c, int most)
{
    enum { LONGEST = 13 };
    struct vg_gen_lorem_ipsum *g = vgs_alloc(c->plan, 1, sizeof *g);
    int words = (int)((c->longest + 1) / LONGEST);
    if (!g)
        return NULL;
    g->kind = VG_GEN_lorem_ipsum;
    g->words = words < 1 ? 1 : words > most ? most : words;
    return (const vg_gen *)g;
}

static const vg_gen *letters_within(const choosing *c, const vg_gen *instead_of)
{
    struct vg_gen_string *g = vgs_alloc(c->plan, 1, sizeof *g);
    const vgs_bounds *b = &c->column->bounds;
    if (!g)
        return NULL;
    g->kind = VG_GEN_string;
    if (instead_of->kind == VG_GEN_values_text) /* codes, mostly */
        g->letters = "ABCDEFGHIJKLMNOPQRSTUVWXYZ";
    if (instead_of->kind == VG_GEN_string)
        g->letters = ((const struct vg_gen_string *)(const void *)instead_of)->letters;
    g->min = b->has_short ? b->shortest : 0;
    g->max = b->has_long ? b->longest : 0;
    return (const vg_gen *)g;
}

static bool one_of_kind(const choosing *c, const vg_gen *gen, vgs_gen *out)
{
    if (will_do(c, gen, out))
        return true;
    for (size_t i = 0; i < sizeof instead / sizeof *instead; i++)
        for (int s = 0; instead[i].kind == gen->kind && s < 2; s++)
            if (instead[i].shorter[s] && will_do(c, instead[i].shorter[s], out))
                return true;
    if (gen->kind != VG_GEN_lorem_ipsum)
        return false;
    int words = ((const struct vg_gen_lorem_ipsum *)(const void *)gen)->words;
    const vg_gen *fewer = fewer_words(c, words ? words : 12);
    return !fewer || will_do(c, fewer, out);
}

void vgs_choose_text(vgs_plan *plan, vgs_table *t, vgs_column *column)
{
    choosing c = lengths_of(plan, t, column);
    bool array = column->c->type == VG_TYPE_ARRAY;
    const vg_gen *gen = vgs_by_name(VG_K_text, t, column->c);
    bool key = column->c->flags & VG_F_PRIMARY_KEY;
    if (key &&
        !(gen && (gen->kind == VG_GEN_string || gen->kind == VG_GEN_values_text)))
        gen = letters;
    if (!gen)
        gen = array ? one_word : three_words;
    if (one_of_kind(&c, gen, &column->gen))
        return;
    gen = letters_within(&c, gen);
    if (gen)
        vgs_prepare(plan, t, column, gen, &column->gen);
}
