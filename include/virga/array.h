/* Arrays in SQL, which PostgreSQL alone has: the operators and functions of ARRAY columns
 * (schema.h). SQLite refuses them by name (VG_UNSUPPORTED). An array of C is a pointer to a
 * vg_text_array, vg_int_array, ... (native.h). */
#pragma once
#pragma GCC system_header
#include <virga/function.h>

/* words: begin */

/* Whether the array on the left has all elements of the right one; the other way round;
 * whether they have one in common.
 *     WHERE(ARRAY_CONTAINS(posts.tags, &wanted))      vg_text_array wanted = {...}; */
#define VG_ARRAY_CONTAINS(l, r) \
    VG_ARRAYS(VG_OP_ARRAY_CONTAINS, "ARRAY_CONTAINS", l, r, #l, #r)
#define VG_ARRAY_CONTAINED(l, r) \
    VG_ARRAYS(VG_OP_ARRAY_CONTAINED, "ARRAY_CONTAINED", l, r, #l, #r)
#define VG_ARRAY_OVERLAPS(l, r) \
    VG_ARRAYS(VG_OP_ARRAY_OVERLAPS, "ARRAY_OVERLAPS", l, r, #l, #r)

/* Whether the array has the element: x = any(array).
 *     WHERE(EQ_ANY(users.name, posts.readers)) */
#define VG_EQ_ANY(x, array)                                                        \
    vg_make_predicate(vg_binary(                                                   \
        VG_NEW_NODE, VG_OP_EQ_ANY,                                                 \
        VG_VALUE_IF(array,                                                         \
                    char[1 + VG_ELEMENT_OF("EQ_ANY(" #x ", " #array ")", x, #x)]), \
        VG_NODE(x)))

/* The number of elements; the array with an element more at its end or beginning, without
 * all that are equal to one, with those of another array behind it. */
#define VG_ARRAY_LENGTH(x)                                                             \
    vg_make_int_null(vg_unary(VG_NEW_NODE,                                             \
                              VG_OP_ARRAY_LENGTH +                                     \
                                  VG_CHECKING(x, VG_DEMAND_ARRAY("ARRAY_LENGTH", #x)), \
                              VG_NODE(x)))
#define VG_ARRAY_APPEND(x, element) \
    VG_ARRAY_WITH(VG_OP_ARRAY_APPEND, "ARRAY_APPEND", x, element, #x, #element)
#define VG_ARRAY_REMOVE(x, element) \
    VG_ARRAY_WITH(VG_OP_ARRAY_REMOVE, "ARRAY_REMOVE", x, element, #x, #element)
#define VG_ARRAY_CAT(x, y)                                                         \
    VG_MAKE_SAME_IF(x, VG_DEMAND_ARRAY("ARRAY_CAT", #x))                           \
    (vg_listing(                                                                   \
        VG_NEW_NODE, VG_ROOM(2), VG_OP_ARRAY_CAT, NULL, 2, vg_of_node(VG_NODE(x)), \
        VG_VALUE_IF(y, char[1 + VG_BOTH_ARRAYS("ARRAY_CAT(" #x ", " #y ")", x, #x)])))

/* words: end */

/* ---- what the macros forward to ---- */

/* Which array a class is, from 4 on; below: none. */
#define VG_WHICH_ARRAY(c) (((c)&VG_K_OBJECT) >> 27)
#define VG_ARRAYS(op, word, l, r, ls, rs)                                         \
    vg_make_predicate(vg_binary(                                                  \
        VG_NEW_NODE, (op),                                                        \
        VG_VALUE_IF(r, char[1 + VG_BOTH_ARRAYS(word "(" ls ", " rs ")", l, ls)]), \
        VG_NODE(l)))
#define VG_BOTH_ARRAYS(text, l, ls)                                                 \
    VG_ALL(VG_CLASS_A(l), VG_CLASS_B, VG_DEMAND_LEFT(text, ls),                     \
           VG_DEMAND(!VG_A || (VG_WHICH_ARRAY(VG_A) >= 4 && VG_K_MEET(VG_A, VG_B)), \
                     text ": both sides must be arrays of one type"))
/* The classes that elements of the array may have. */
#define VG_ELEMENTS_OF(c)                                                           \
    (VG_WHICH_ARRAY(c) == 4   ? VG_K_int                                            \
     : VG_WHICH_ARRAY(c) == 5 ? VG_K_real                                           \
     : VG_WHICH_ARRAY(c) == 6 ? VG_K_predicate                                      \
     : VG_WHICH_ARRAY(c) == 7                                                       \
         ? VG_K_text | VG_K_json | VG_K_numeric | VG_K_native_expr | VG_K_enum_expr \
     : VG_WHICH_ARRAY(c) == 8  ? VG_K_blob                                          \
     : VG_WHICH_ARRAY(c) == 9  ? VG_K_time                                          \
     : VG_WHICH_ARRAY(c) == 10 ? VG_K_uuid_expr                                     \
                               : 0)
#define VG_ELEMENT_OF(text, x, xs)                                \
    VG_ALL(VG_CLASS_A(x), VG_CLASS_B, VG_DEMAND_LEFT(text, xs),   \
           VG_DEMAND(!VG_A || (VG_A & VG_ELEMENTS_OF(VG_B)) != 0, \
                     text ": that is no array of such elements"))
#define VG_DEMAND_ARRAY(word, xs)                                        \
    VG_DEMAND(VG_WHICH_ARRAY(VG_XCLASS(vg_r)) >= 4 || VG_IN_ERROR(vg_r), \
              word "(" xs "): " xs " is not an array")
#define VG_ARRAY_WITH(op, word, x, element, xs, es)                     \
    VG_MAKE_SAME_IF(x, VG_DEMAND_ARRAY(word, xs))                       \
    (vg_listing(                                                        \
        VG_NEW_NODE, VG_ROOM(2), (op), NULL, 2, vg_of_node(VG_NODE(x)), \
        VG_VALUE_IF(element,                                            \
                    char[1 + VG_TAKES_ELEMENT(word "(" xs ", " es ")", x, xs)])))
#define VG_TAKES_ELEMENT(text, x, xs)                             \
    VG_ALL(VG_CLASS_A(x), VG_CLASS_B, VG_DEMAND_LEFT(text, xs),   \
           VG_DEMAND(!VG_A || (VG_B & VG_ELEMENTS_OF(VG_A)) != 0, \
                     text ": the element has another type"))
