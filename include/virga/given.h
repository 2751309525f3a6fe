/* Some columns of an insert struct: those that a set says. A program that takes changes from
 * outside (a form, a JSON document: validate.h) knows only at run time which columns they
 * are, and whether one is absent or NULL.
 *
 *     struct users_new change = {.name = "Ada"};
 *     uint64_t given = COLUMNS_OF(users, name, age);          name to Ada, age to NULL
 *     vg_exec(db, UPDATE_GIVEN(users, &change, given), WHERE(EQ(users.id, 7))); */
#pragma once
#pragma GCC system_header
#include <virga/write.h>

VG_BEGIN_DECLS

/* What the macros forward to: a SET for each column of `given`, behind the items that `items`
 * has already; `codes` is room for the values of codecs. Returns `items`. */
VG_API const vg_item *vg_given_items(vg_item *items, vg_encoding *codes,
                                     const vg_shape *shape, const void *row,
                                     uint64_t given);

VG_END_DECLS

/* words: begin */

/* A set of columns, a uint64_t; up to 16 of them.
 *     if (given & COLUMNS_OF(users, email)) ... */
#define VG_COLUMNS_OF(t, ...) ((uint64_t)0 VG_WORDS(VG_COLUMN_BIT, t, __VA_ARGS__))

/* UPDATE that sets the columns of `given`, a set as COLUMNS_OF makes it, to what `row`, the
 * address of a struct t_new, has for them: a member without a value is NULL. SETs may follow
 * the set.
 * A set that is empty sets nothing by itself: an UPDATE without any SET is refused.
 *     UPDATE_GIVEN(users, &change, r.given, SET(seen_at, NOW())), WHERE(EQ(users.id, 7)) */
#define VG_UPDATE_GIVEN(t, row, ...)           \
    vg_update(VG_TO_CHANGE(t, "UPDATE_GIVEN"), \
              VG_GIVEN_ITEMS("UPDATE_GIVEN", t, row, __VA_ARGS__, ))

/* INSERT that gives these columns alone: one that is given and has no value is NULL, even if
 * it has a default, where VALUES would let the default speak. What is required and not given
 * the database refuses. */
#define VG_INSERT_GIVEN(t, row, ...)           \
    vg_insert(VG_TO_CHANGE(t, "INSERT_GIVEN"), \
              VG_GIVEN_ITEMS("INSERT_GIVEN", t, row, __VA_ARGS__, ), 0)

/* words: end */

#define VG_COLUMN_BIT(t, c) | (uint64_t)1 << VG_INDEX_OF(t, c)
/* The SETs end in an empty argument. */
#define VG_GIVEN_ITEM(t, ...) __VA_OPT__(VG_ITEM(t, __VA_ARGS__))
#define VG_GIVEN_ITEMS(word, t, row, given, ...)                                     \
    vg_given_items(                                                                  \
        (vg_item[VG_N_##t + 1 + VG_NARGS(__VA_ARGS__)]){                             \
            VG_EACH(VG_GIVEN_ITEM, t, __VA_ARGS__){0}},                              \
        (vg_encoding[VG_N_##t]){{0}},                                                \
        &t.vg_shape +                                                                \
            VG_CHECKING(row,                                                         \
                        VG_DEMAND(_Generic((vg_r), struct t##_new * : 1,             \
                                           const struct t##_new * : 1, default : 0), \
                                  word ": the row is no struct " #t "_new")),        \
        (row), (given))
