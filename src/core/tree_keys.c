/* Collecting the keys of rows, and finding them again. */
#include "core/tree_keys.h"

typedef struct entry {
    union {
        int64_t number;
        const vg_value *values;
    };
    uint32_t parent;
} entry;

vg_key_place vg__key_place(const vg_key *key)
{
    vg_key_place place = {.parts = key->count};
    const vg_shape *rows = vg__rows_of(key->shape);
    for (size_t i = 0; i < key->count; i++) {
        place.columns[i] = &rows->columns[key->columns[i]];
        place.offsets[i] = place.columns[i]->offset;
    }
    place.ints = key->count == 1 && place.columns[0]->sql_class == VG_K_int;
    return place;
}

/* ---- values ---- */

static vg_value part_of(const vg_key_place *place, const char *row, size_t i)
{
    const vg_column *c = place->columns[i];
    vg_value v = vg__member_value(row + place->offsets[i], c, c->nullable);
    if (vg_value_kind_of(v) == VG_V_TEXT)
        v = v.s ? vg_of_str((vg_str){v.s, vg_text_len(v.s)}) : vg_of_null(NULL);
    else if (vg_value_kind_of(v) == VG_V_BLOB && !v.p)
        v = vg_of_null(NULL);
    return v;
}

static int compare_bytes(vg_value a, vg_value b)
{
    size_t n = vg_value_len(a), m = vg_value_len(b);
    int order = memcmp(a.p, b.p, n < m ? n : m);
    return order ? order : (n > m) - (n < m);
}

static int compare_value(vg_value a, vg_value b)
{
    switch (vg_value_kind_of(a)) {
    case VG_V_TEXT:
    case VG_V_BLOB:
    case VG_V_UUID: return compare_bytes(a, b);
    case VG_V_REAL: return (a.d > b.d) - (a.d < b.d);
    default: return (a.i > b.i) - (a.i < b.i);
    }
}

static int compare(const vg_value *a, const vg_value *b, size_t parts)
{
    int order = 0;
    for (size_t i = 0; !order && i < parts; i++)
        order = compare_value(a[i], b[i]);
    return order;
}

/* ---- sorting ---- */

static bool follows(const entry *a, const entry *b, const vg_keys *keys)
{
    return keys->ints ? a->number <= b->number
                      : compare(a->values, b->values, keys->parts) <= 0;
}

/* From the bottom up, stable; `room` has as many. Returns where the result is. */
static entry *merge_sort(entry *from, entry *to, size_t count, const vg_keys *keys)
{
    for (size_t width = 1; width < count; width *= 2) {
        for (size_t low = 0; low < count; low += 2 * width) {
            size_t middle = low + width < count ? low + width : count;
            size_t high = low + 2 * width < count ? low + 2 * width : count;
            size_t a = low, b = middle;
            for (size_t i = low; i < high; i++)
                to[i] = a < middle && (b == high || follows(&from[a], &from[b], keys))
                            ? from[a++]
                            : from[b++];
        }
        entry *other = from;
        from = to;
        to = other;
    }
    return from;
}

/* ---- collecting ---- */

/* Each key once, and whose it is. */
static int gather(vg_keys *keys, vg_arena *scratch, const entry *entries, size_t count)
{
    keys->first = vg__arena_alloc(scratch, (count + 1) * sizeof *keys->first);
    keys->parents = vg__arena_alloc(scratch, (count + 1) * sizeof *keys->parents);
    size_t size = keys->ints ? sizeof(int64_t) : keys->parts * sizeof(vg_value);
    char *values = vg__arena_alloc(scratch, (count + 1) * size);
    if (!keys->first || !keys->parents || !values)
        return VG_NO_MEMORY;
    keys->numbers = (int64_t *)(void *)values;
    keys->values = (vg_value *)(void *)values;
    for (size_t i = 0; i < count; i++) {
        if (!i || !follows(&entries[i], &entries[i - 1], keys)) {
            keys->first[keys->count] = (uint32_t)i;
            memcpy(values + keys->count++ * size,
                   keys->ints ? (const void *)&entries[i].number : entries[i].values,
                   size);
        }
        keys->parents[i] = entries[i].parent;
    }
    keys->first[keys->count] = (uint32_t)count;
    return VG_OK;
}

static int sort_and_gather(vg_keys *keys, vg_arena *scratch, entry *entries,
                           size_t count, bool sorted)
{
    if (!sorted) {
        entry *room = vg__arena_alloc(scratch, count * sizeof *room);
        if (!room)
            return VG_NO_MEMORY;
        entries = merge_sort(entries, room, count, keys);
    }
    return gather(keys, scratch, entries, count);
}

/* Primary keys in their order need no more than to be copied. */
static int collect_ints(vg_keys *keys, vg_arena *scratch, const vg_rows *rows,
                        const vg_key_place *place)
{
    const char *at = rows->at + place->offsets[0];
    bool nullable = place->columns[0]->nullable, sorted = true, once = true;
    size_t count = 0;
    int64_t *numbers = vg__arena_alloc(scratch, rows->count * sizeof *numbers);
    uint32_t *parents = vg__arena_alloc(scratch, rows->count * sizeof *parents);
    if (!numbers || !parents)
        return VG_NO_MEMORY;
    for (size_t i = 0; i < rows->count; i++, at += rows->stride) {
        const vg_opt_int *opt = (const vg_opt_int *)(const void *)at;
        if (nullable && !opt->has)
            continue;
        int64_t n = nullable ? opt->v : *(const int64_t *)(const void *)at;
        if (count && n <= numbers[count - 1]) {
            once = false;
            sorted &= n == numbers[count - 1];
        }
        numbers[count] = n;
        parents[count++] = (uint32_t)i;
    }
    if (once) {
        keys->numbers = numbers;
        keys->parents = parents;
        keys->count = count;
        return VG_OK;
    }
    entry *entries = vg__arena_alloc(scratch, count * sizeof *entries);
    if (!entries)
        return VG_NO_MEMORY;
    for (size_t i = 0; i < count; i++)
        entries[i] = (entry){.number = numbers[i], .parent = parents[i]};
    return sort_and_gather(keys, scratch, entries, count, sorted);
}

int vg__keys_collect(vg_keys *keys, vg_arena *scratch, const vg_rows *rows,
                     const vg_key_place *place)
{
    *keys = (vg_keys){.parts = place->parts, .ints = place->ints};
    if (place->ints)
        return collect_ints(keys, scratch, rows, place);
    size_t count = 0, parts = place->parts;
    vg_value *values =
        vg__arena_alloc(scratch, (rows->count * parts + 1) * sizeof *values);
    entry *entries = vg__arena_alloc(scratch, (rows->count + 1) * sizeof *entries);
    if (!values || !entries)
        return VG_NO_MEMORY;
    for (size_t i = 0; i < rows->count; i++) {
        bool null = false;
        for (size_t k = 0; k < parts; k++) {
            values[k] = part_of(place, rows->at + i * rows->stride, k);
            null |= vg_value_kind_of(values[k]) == VG_V_NULL;
        }
        if (null)
            continue;
        entries[count++] = (entry){.values = values, .parent = (uint32_t)i};
        values += parts;
    }
    return sort_and_gather(keys, scratch, entries, count, count < 2);
}

/* ---- finding ---- */

static int compare_row(const vg_keys *keys, const vg_key_place *place, const char *row,
                       size_t index)
{
    if (keys->ints) {
        const char *at = row + place->offsets[0];
        int64_t n = place->columns[0]->nullable
                        ? ((const vg_opt_int *)(const void *)at)->v
                        : *(const int64_t *)(const void *)at;
        return (n > keys->numbers[index]) - (n < keys->numbers[index]);
    }
    int order = 0;
    for (size_t k = 0; !order && k < keys->parts; k++) {
        vg_value v = part_of(place, row, k);
        if (vg_value_kind_of(v) == VG_V_NULL)
            return -1;
        order = compare_value(v, keys->values[index * keys->parts + k]);
    }
    return order;
}

bool vg__keys_same(const vg_keys *keys, const vg_key_place *place, const char *row,
                   size_t index)
{
    return compare_row(keys, place, row, index) == 0;
}

size_t vg__keys_find(const vg_keys *keys, const vg_key_place *place, const char *row,
                     size_t guess)
{
    size_t low = 0, high = keys->count;
    for (size_t i = guess; i < guess + 2 && i < keys->count; i++)
        if (vg__keys_same(keys, place, row, i))
            return i;
    while (low < high) {
        size_t middle = low + (high - low) / 2;
        int order = compare_row(keys, place, row, middle);
        if (order == 0)
            return middle;
        if (order > 0)
            low = middle + 1;
        else
            high = middle;
    }
    return keys->count;
}
