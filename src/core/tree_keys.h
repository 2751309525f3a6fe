/* The keys by which rows find their parents: those of all parents, each once, in order. Whole
 * numbers, which most are, lie in an array as they are; all others are tuples of values. */
#pragma once
#include "core/tree.h"

typedef struct vg_keys {
    size_t parts; /* columns of a key */
    size_t count; /* different keys */
    bool ints;
    int64_t *numbers; /* ints: the keys, ascending */
    vg_value *values; /* else: `parts` for each, ascending by vg__keys_find's measure */
    uint32_t *parents; /* indexes of rows, by key ... */
    uint32_t *first; /* ... those of key i from here to first[i + 1]; NULL: one each */
} vg_keys;

/* One side of a relation, as rows have it: from here on a column has a place in them. */
typedef struct vg_key_place {
    size_t parts;
    bool ints; /* one whole number */
    const vg_column *columns[VG_MAX_KEY];
    uint32_t offsets[VG_MAX_KEY];
} vg_key_place;

vg_key_place vg__key_place(const vg_key *key);

/* The keys of all rows, but for those with a NULL; in `scratch`. VG_OK, VG_NO_MEMORY. */
int vg__keys_collect(vg_keys *keys, vg_arena *scratch, const vg_rows *rows,
                     const vg_key_place *place);

/* The index of a row's key: `guess`, the one after it, or wherever it is; keys->count: nowhere. */
size_t vg__keys_find(const vg_keys *keys, const vg_key_place *place, const char *row,
                     size_t guess);
bool vg__keys_same(const vg_keys *keys, const vg_key_place *place, const char *row,
                   size_t index);
