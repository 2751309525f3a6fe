/* What every driver's decoding of rows has in common: what is told of a value that does not
 * fit, and where an enum or a nested row goes. `sql` is the statement's. */
#pragma once
#include "base/arena.h"
#include "core/driver.h"

/* A NULL where the field cannot hold one. Each of these returns the code. */
int vg__decode_null(vg_db *db, const char *sql, const vg_plan *plan,
                    const vg_slot *slot);
/* "posts.at: the database holds `what`" */
int vg__decode_value(vg_db *db, const char *sql, const vg_plan *plan,
                     const vg_slot *slot, const char *what);
int vg__decode_memory(vg_db *db, const char *sql);
/* The row has `what`, but the caller gave no arena. */
int vg__decode_arena(vg_db *db, const char *sql, const char *what);

/* A whole number that is stored as a real one. */
static inline bool vg__int_of_real(double d, int64_t *out)
{
    if (!(d >= -9223372036854775808.0 && d < 9223372036854775808.0) ||
        d != (double)(int64_t)d)
        return false;
    *out = (int64_t)d;
    return true;
}

/* A time that is stored as a number: microseconds. False: out of range. */
static inline bool vg__time_of_int(int64_t n, const vg_slot *slot, vg_timestamp *out)
{
    int64_t scale = slot->mode == VG_MODE_SECONDS        ? 1000000
                    : slot->mode == VG_MODE_MILLISECONDS ? 1000
                                                         : 1;
    return !__builtin_mul_overflow(n, scale, &out->us);
}

/* Into an enum's field, which cannot be NULL. */
static inline void vg__put_enum(const vg_slot *slot, char *at, int64_t n)
{
    if (slot->size == 4)
        *(int32_t *)(void *)at = (int32_t)n;
    else if (slot->size == 1)
        *(int8_t *)at = (int8_t)n;
    else if (slot->size == 2)
        *(int16_t *)(void *)at = (int16_t)n;
    else
        *(int64_t *)(void *)at = n;
}

/* Where a CUSTOM's value goes, all zero; with `null` the field says that, if it can. */
static inline char *vg__custom_room(const vg_slot *slot, char *at, bool null)
{
    char *out = at + (slot->nullable ? slot->coder->opt_offset : 0);
    memset(out, 0, slot->coder->size);
    if (slot->nullable)
        *(bool *)at = !null;
    return out;
}

/* Room for `count` rows of an OPT_ROW; NULL: no memory, or no arena. */
static inline char *vg__nested_room(const vg_slot *slot, vg_arena *arena, size_t count)
{
    char *rows = arena ? vg__arena_alloc(arena, count * slot->size) : NULL;
    if (rows && slot->mode)
        memset(rows, 0, count * slot->size);
    return rows;
}
