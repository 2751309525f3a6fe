#include "seed/random.h"

uint64_t vg_seed_next(vg_seed_random *random, uint64_t bound)
{
    return bound ? vgs_below(random, bound) : vgs_random(random);
}

uint64_t vgs_derive_text(uint64_t key, const char *text)
{
    uint64_t hash = UINT64_C(0xcbf29ce484222325); /* FNV-1a */
    for (; *text; text++)
        hash = (hash ^ (unsigned char)*text) * UINT64_C(0x100000001b3);
    return vgs_derive(key, hash);
}

/* A Feistel network over the next even number of bits; what lands outside goes round again,
 * which is less than four times on average. */
uint64_t vgs_permute(uint64_t key, uint64_t i, uint64_t n)
{
    enum { ROUNDS = 6 };
    if (n < 2)
        return 0;
    unsigned half = (unsigned)(65 - __builtin_clzll(n - 1)) / 2;
    uint64_t mask = (UINT64_C(1) << half) - 1;
    do {
        uint64_t left = i >> half, right = i & mask;
        for (uint64_t round = 0; round < ROUNDS; round++) {
            uint64_t next = left ^ (vgs_mix(key + (right << 3 | round)) & mask);
            left = right;
            right = next;
        }
        i = left << half | right;
    } while (i >= n);
    return i;
}
