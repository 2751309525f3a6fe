/* The generators' functions. */
#pragma once
#include "seed/text.h"
#include "seed/words.h"

/* Passed for `k` when a generator is to choose by its own weights. */
#define VGS_FREE UINT64_MAX

#define VGS_PHONE   "+1 ### ### ####"
#define VGS_LETTERS "abcdefghijklmnopqrstuvwxyz"

enum { VGS_INTERVAL_FIELDS = 6, VGS_MOST_KEYS = 8 };
extern const uint64_t vgs_interval_bases[VGS_INTERVAL_FIELDS];

extern const vgs_words *const vgs_lists[]; /* of vgs_make_word, by kind */
/* Whether vg_gen_native makes values of that type. */
bool vgs_has_form(const vg_column *c);
uint64_t vgs_weighed(const vgs_gen *g, uint64_t k, vg_seed_random *r);
void vgs_number(const vgs_gen *g, int64_t n, vgs_cell *out, vgs_room *room);

#define VGS_MAKERS(X) \
    X(number)         \
    X(boolean)        \
    X(time)           \
    X(daytime)        \
    X(interval)       \
    X(of_ints)        \
    X(of_reals)       \
    X(of_texts)       \
    X(label)          \
    X(weighted)       \
    X(call)           \
    X(json)           \
    X(string)         \
    X(bytes)          \
    X(uuid)           \
    X(word)           \
    X(full_name)      \
    X(email)          \
    X(user_name)      \
    X(numbered)       \
    X(phone)          \
    X(street)         \
    X(digits)         \
    X(company)        \
    X(lorem)          \
    X(slug)           \
    X(url)            \
    X(point)          \
    X(line)           \
    X(bits)           \
    X(inet)           \
    X(geometry)       \
    X(vector)         \
    X(native)
#define VGS_MAKER(name)                                                   \
    void vgs_make_##name(const vgs_gen *g, uint64_t k, vg_seed_random *r, \
                         vgs_cell *out, vgs_room *room);
VGS_MAKERS(VGS_MAKER)
#undef VGS_MAKER
