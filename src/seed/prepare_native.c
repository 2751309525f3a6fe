/* Generators of PostgreSQL's types: which values, how many, how long. */
#include "seed/prepare.h"

/* A pair of coordinates: in hundredths. */
static void prepare_pair(vgs_preparing *p, double min_x, double max_x, double min_y,
                         double max_y)
{
    vgs_gen *g = p->g;
    int64_t low_x = 0, high_x = 10000, low_y = 0, high_y = 10000;
    bool x = min_x == 0 && max_x == 0, y = min_y == 0 && max_y == 0;
    if ((!x && (!vgs_scaled(min_x, 2, &low_x) || !vgs_scaled(max_x, 2, &high_x))) ||
        (!y && (!vgs_scaled(min_y, 2, &low_y) || !vgs_scaled(max_y, 2, &high_y))) ||
        high_x < low_x || high_y < low_y || high_x - low_x > INT32_MAX - 1 ||
        high_y - low_y > INT32_MAX - 1) {
        vgs_refuse(p, "min is greater than max, or they are too far apart");
        return;
    }
    g->min = low_x;
    g->low = low_y;
    g->count = (size_t)(high_x - low_x + 1);
    uint64_t total = g->count * (uint64_t)(high_y - low_y + 1);
    vgs_has(g, total, total, 80);
}

void vgs_prepare_point(vgs_preparing *p, const vg_gen *from)
{
    OPTIONS(point);
    g->make = vgs_make_point;
    prepare_pair(p, o->min_x, o->max_x, o->min_y, o->max_y);
}

void vgs_prepare_geometry(vgs_preparing *p, const vg_gen *from)
{
    OPTIONS(geometry);
    prepare_pair(p, o->min_x, o->max_x, o->min_y, o->max_y);
    g->make = vgs_make_geometry;
    g->high = o->srid;
}

/* From min to max in hundredths: g->min and how many there are. */
static uint64_t hundredths(vgs_preparing *p, double min, double max, double usual)
{
    int64_t low = 0, high = 0;
    bool said = min != 0 || max != 0;
    if (!vgs_scaled(said ? min : -usual, 2, &low) ||
        !vgs_scaled(said ? max : usual, 2, &high) || high < low || high - low > 1000000)
        vgs_refuse(p, "min is greater than max, or they are too far apart");
    p->g->min = low;
    int64_t most = high > -low ? high : -low;
    for (p->g->longest = 5; most >= 1000; most /= 10) /* -9.99 */
        p->g->longest++;
    return high < low ? 1 : (uint64_t)(high - low) + 1;
}

void vgs_prepare_line(vgs_preparing *p, const vg_gen *from)
{
    OPTIONS(line);
    g->make = vgs_make_line;
    g->count = hundredths(p, o->min, o->max, 10);
    uint64_t total = g->count * g->count * g->count;
    vgs_has(g, total, total, 80);
}

void vgs_prepare_bit_string(vgs_preparing *p, const vg_gen *from)
{
    OPTIONS(bit_string);
    g->make = vgs_make_bits;
    int64_t exact = p->column->c->args;
    g->high = o->bits > 0                             ? o->bits
              : exact                                 ? exact
              : p->column->c->native == VG_NATIVE_BIT ? 1
                                                      : 8;
    g->count = g->high < 60 ? (size_t)g->high : 60;
    vgs_has(g, UINT64_C(1) << g->count, UINT64_C(1) << g->count, (size_t)g->high);
}

void vgs_prepare_inet(vgs_preparing *p, const vg_gen *from)
{
    OPTIONS(inet);
    g->make = vgs_make_inet;
    g->low = o->v6;
    g->high = o->network || p->column->c->native == VG_NATIVE_CIDR;
    uint64_t total = o->v6     ? UINT64_C(65535) * 65535
                     : g->high ? UINT64_C(223) << 16
                               : UINT64_C(223) << 24;
    vgs_has(g, total, total, 24);
}

void vgs_prepare_vector(vgs_preparing *p, const vg_gen *from)
{
    OPTIONS(vector);
    g->make = vgs_make_vector;
    g->step = (int64_t)hundredths(p, o->min, o->max, 1);
    int64_t exact = p->column->c->args;
    g->high = o->dimensions > 0 ? o->dimensions : exact ? exact : 3;
    g->count = g->high < 3 ? (size_t)g->high : 3;
    uint64_t total = 1;
    for (size_t i = 0; i < g->count; i++)
        total *= (uint64_t)g->step;
    vgs_has(g, total, total, (size_t)g->high * (g->longest + 1) + 1);
}
