/* The generator of a number or a time: what its name says, within what CHECKs say. */
#include "seed/choose.h"
#include <string.h>

static const vg_gen *const in_order = GEN(int_primary_key, );
static const vg_gen *const some_int = GEN(int, );
static const vg_gen *const some_number = GEN(number, );
static const vg_gen *const some_day = GEN(date, );
static const vg_gen *const some_time = GEN(timestamp, );

static const int64_t zero[] = {0};
static const vg_gen *const only_zero = GEN(values_int, .values = zero, .len = 1);

static int64_t up(double d)
{
    int64_t n = (int64_t)d;
    return (double)n < d ? n + 1 : n;
}

static int64_t down(double d)
{
    int64_t n = (int64_t)d;
    return (double)n > d ? n - 1 : n;
}

typedef struct range {
    double min, max;
} range;

/* Within the bounds; `width` where they say one end only. Of `usual` as much as they allow. */
static range within(const vgs_bounds *b, range usual, double width)
{
    range r = usual;
    if ((b->has_min && b->min > r.max) || (b->has_max && b->max < r.min)) {
        r.min = b->has_min ? b->min : b->max - width;
        r.max = b->has_max ? b->max : b->min + width;
        return r;
    }
    r.min = b->has_min && b->min > r.min ? b->min : r.min;
    r.max = b->has_max && b->max < r.max ? b->max : r.max;
    return r;
}

/* The larger part beside each number that is excluded. */
static range without(const vgs_column *c, range r, double step)
{
    const double *n;
    while (r.min <= r.max && (n = vgs_excluded(c, r.min, r.max)))
        if (*n - r.min > r.max - *n)
            r.max = *n - step;
        else
            r.min = *n + step;
    return r;
}

static bool is_bounded(const vgs_column *c)
{
    return c->bounds.has_min || c->bounds.has_max || c->bounds.list_count;
}

/* Both ends 0 would be the usual range of the generator. */
static const vg_gen *ints(vgs_plan *plan, int64_t min, int64_t max)
{
    struct vg_gen_int *g = vgs_alloc(plan, 1, sizeof *g);
    if (!g)
        return NULL;
    *g = (struct vg_gen_int){.kind = VG_GEN_int, .min = min, .max = max};
    return min || max ? (const vg_gen *)g : only_zero;
}

const vg_gen *vgs_int_of(vgs_plan *plan, const vgs_table *t, const vgs_column *column)
{
    const vg_column *c = column->c;
    const vgs_bounds *b = &column->bounds;
    if ((c->flags & (VG_F_FILLED | VG_F_AUTOINCREMENT)) ||
        (column->unique && (c->flags & VG_F_PRIMARY_KEY))) {
        struct vg_gen_int_primary_key *g = vgs_alloc(plan, 1, sizeof *g);
        if (!g || !b->has_min || b->min <= 1)
            return in_order;
        *g = (struct vg_gen_int_primary_key){.kind = VG_GEN_int_primary_key,
                                             .first = up(b->min)};
        return (const vg_gen *)g;
    }
    const vg_gen *gen = vgs_by_name(VG_K_int, t, c);
    if (!is_bounded(column))
        return gen ? gen : some_int;
    range usual = {0, 999};
    if (gen && gen->kind == VG_GEN_int) {
        const struct vg_gen_int *named = (const void *)gen;
        usual = (range){(double)named->min, (double)named->max};
    } else if (gen) {
        usual = (range){1970, 2025}; /* a year */
    } else if (column->unique && !b->has_max) {
        usual.max = INT32_MAX;
    }
    range r = without(column, within(b, usual, 999), 1);
    return ints(plan, up(r.min), down(r.max));
}

const vg_gen *vgs_number_of(vgs_plan *plan, const vgs_table *t,
                            const vgs_column *column)
{
    const vg_column *c = column->c;
    const vg_gen *gen = vgs_by_name(VG_K_numeric, t, c);
    if (!is_bounded(column))
        return gen && !c->args ? gen : some_number;
    int digits =
        vgs_type_of(c) == VG_TYPE_NUMERIC && c->args ? (int)(c->args & 255) : 2;
    digits = digits > 9 ? 9 : digits;
    range usual = {0, 999.99};
    if (gen) {
        const struct vg_gen_number *named = (const void *)gen;
        usual = (range){named->min, named->max};
        digits = digits < named->digits ? named->digits : digits;
    }
    double step = 1.0 / (double)vgs_ten_to(digits);
    range r = without(column, within(&column->bounds, usual, 1000), step);
    struct vg_gen_number *g = vgs_alloc(plan, 1, sizeof *g);
    if (!g)
        return NULL;
    *g = (struct vg_gen_number){.kind = VG_GEN_number,
                                .min = r.min,
                                .max = r.max,
                                .digits = digits ? digits : -1};
    if (r.min == 0 && r.max == 0)
        return ints(plan, 0, 0);
    return (const vg_gen *)g;
}

static const char *written(vgs_plan *plan, int64_t us)
{
    char *text = vgs_alloc(plan, 1, VG_TIMESTAMP_ROOM);
    return text ? vg_timestamp_format((vg_timestamp){us}, text) : NULL;
}

const vg_gen *vgs_time_of(vgs_plan *plan, const vgs_table *t, const vgs_column *column)
{
    const vg_column *c = column->c;
    const vgs_bounds *b = &column->bounds;
    const vg_gen *named = vgs_by_name(VG_K_time, t, c);
    if (!named)
        named = vgs_type_of(c) == VG_TYPE_DATE ? some_day : some_time;
    if (!b->has_from && !b->has_to)
        return named;
    vgs_gen made = {0}; /* how far the usual one reaches */
    vgs_prepare(plan, (vgs_table *)t, (vgs_column *)column, named, &made);
    if (plan->failed)
        return NULL;
    const int64_t year = INT64_C(31536000000000);
    int64_t from = made.min, to = made.min + (int64_t)(made.total - 1) * made.step;
    bool outside = (b->has_from && b->from > to) || (b->has_to && b->to < from);
    if (b->has_from && (outside || b->from > from))
        from = b->from;
    if (b->has_to && (outside || b->to < to))
        to = b->to;
    if (outside && !b->has_from)
        from = to - year;
    if (outside && !b->has_to)
        to = from + year;
    struct vg_gen_date *g = vgs_alloc(plan, 1, sizeof *g);
    if (!g)
        return NULL;
    *g = (struct vg_gen_date){.kind = named->kind};
    g->min = written(plan, from);
    g->max = written(plan, to);
    return (const vg_gen *)g;
}
