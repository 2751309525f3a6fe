/* The chance in seeding: whole numbers only, the same on every machine. Each cell (table, column,
 * row) has a sequence of its own, found without those before it. */
#pragma once
#include <virga/seed.h>

/* Bits well mixed, one to one (the end of splitmix64). */
static inline uint64_t vgs_mix(uint64_t x)
{
    x = (x ^ x >> 30) * UINT64_C(0xbf58476d1ce4e5b9);
    x = (x ^ x >> 27) * UINT64_C(0x94d049bb133111eb);
    return x ^ x >> 31;
}

static inline uint64_t vgs_random(vg_seed_random *r)
{
    r->state += UINT64_C(0x9e3779b97f4a7c15);
    return vgs_mix(r->state);
}

/* From 0 to bound - 1. Bounds beyond 2^32 take the remainder: no bias that one could see. */
static inline uint64_t vgs_below(vg_seed_random *r, uint64_t bound)
{
    uint64_t x = vgs_random(r);
    if (bound <= UINT32_MAX)
        return (x >> 32) * bound >> 32;
    return x % bound;
}

/* What follows from a key and a number, or a text. */
static inline uint64_t vgs_derive(uint64_t key, uint64_t number)
{
    return vgs_mix(key ^ vgs_mix(number + UINT64_C(0x9e3779b97f4a7c15)));
}
uint64_t vgs_derive_text(uint64_t key, const char *text);

/* Where `i` (below n) goes when the numbers below n change places: one to one. */
uint64_t vgs_permute(uint64_t key, uint64_t i, uint64_t n);
