/* Reading the options of generators. */
#pragma once
#include "seed/make.h"

typedef struct vgs_preparing {
    vgs_plan *plan;
    vgs_table *table;
    vgs_column *column;
    vgs_gen *g;
} vgs_preparing;

/* The generator cannot be, because ... */
void vgs_refuse(vgs_preparing *p, const char *why);
/* How many values it has, and how long their texts are. */
void vgs_has(vgs_gen *g, uint64_t plain, uint64_t total, size_t longest);
/* The whole numbers from min to max. */
void vgs_whole(vgs_preparing *p, int64_t min, int64_t max, uint64_t plain);
/* `d` in units of 10^-scale, rounded; exact products, so the same everywhere. */
bool vgs_scaled(double d, int scale, int64_t *out);

#define OPTIONS(kind)                                   \
    const struct vg_gen_##kind *o = (const void *)from; \
    vgs_gen *g = p->g

#define VGS_PREPARED(X) \
    X(int)              \
    X(int_primary_key)  \
    X(year)             \
    X(number)           \
    X(boolean)          \
    X(date)             \
    X(timestamp)        \
    X(datetime)         \
    X(time)             \
    X(interval)         \
    X(word)             \
    X(full_name)        \
    X(user_name)        \
    X(email)            \
    X(phone_number)     \
    X(street)           \
    X(postcode)         \
    X(company)          \
    X(slug)             \
    X(url)              \
    X(lorem)            \
    X(string)           \
    X(bytes)            \
    X(json)             \
    X(uuid)             \
    X(point)            \
    X(geometry)         \
    X(line)             \
    X(bit_string)       \
    X(inet)             \
    X(vector)           \
    X(native)
#define VGS_PREPARE(name) void vgs_prepare_##name(vgs_preparing *p, const vg_gen *from);
VGS_PREPARED(VGS_PREPARE)
#undef VGS_PREPARE
