/* Aggregates with a filter and functions over windows: OVER, WINDOW, FILTER.
 *
 *     PROJECTION(ranked,
 *         FIELD(title, posts.title),
 *         FIELD(place, OVER(RANK(), PARTITION_BY(posts.author_id),
 *                           ORDER_BY(DESC(posts.views)))))
 *
 * A window function stands in SELECT and ORDER_BY; to filter by one, select it in a
 * SUBQUERY. Elsewhere, and without OVER, it is refused before the database is asked
 * (VG_INVALID), and so is an aggregate in WHERE or inside an aggregate. */
#pragma once
#pragma GCC system_header
#include <virga/function.h>
#include <virga/query.h>

VG_BEGIN_DECLS

/* The end of a frame; odd: with a number of rows. */
typedef enum vg_bound_kind {
    VG_BOUND_START,  /* UNBOUNDED_PRECEDING */
    VG_BOUND_BEFORE, /* PRECEDING(n) */
    VG_BOUND_ROW,    /* CURRENT_ROW */
    VG_BOUND_AFTER,  /* FOLLOWING(n) */
    VG_BOUND_END     /* UNBOUNDED_FOLLOWING */
} vg_bound_kind;

typedef struct vg_bound {
    vg_bound_kind kind;
    int64_t n;
} vg_bound;

typedef enum vg_frame_unit {
    VG_FRAME_ROWS,
    VG_FRAME_RANGE,
    VG_FRAME_GROUPS,
    VG_FRAME_WRONG /* a number is below 0 or does not fit: refused when it is rendered */
} vg_frame_unit;

typedef enum vg_exclude {
    VG_KEEP_ALL,
    VG_DROP_CURRENT_ROW,
    VG_DROP_GROUP,
    VG_DROP_TIES
} vg_exclude;

/* What OVER and OVER_WINDOW forward to: the function `x` over the `n` clauses that follow,
 * kept in `room`, or over the window `name`. Both fill *out and return it. */
VG_API const vg_node *vg_over(vg_node *out, vg_clause *room, const vg_node *x, size_t n,
                              ...);
VG_API const vg_node *vg_over_window(vg_node *out, const vg_node *x, const char *name);

/* A VG_CLAUSE_FRAME. sub: unit, exclude << 4, start's kind << 8, end's kind << 12;
 * n: the start's number, i: the end's */
static inline vg_clause vg_frame(vg_frame_unit unit, vg_bound start, vg_bound end,
                                 vg_exclude exclude)
{
    if (start.n < 0 || start.n > UINT32_MAX || end.n < 0)
        unit = VG_FRAME_WRONG;
    VG_CLAUSE_(kind = VG_CLAUSE_FRAME,
               sub = (uint16_t)((unsigned)unit | (unsigned)exclude << 4 |
                                (unsigned)start.kind << 8 | (unsigned)end.kind << 12),
               n = (uint32_t)start.n, i = end.n);
}
static inline vg_clause vg_window(const char *name, size_t count,
                                  const vg_clause *parts)
{
    VG_CLAUSE_(kind = VG_CLAUSE_WINDOW, n = (uint32_t)count, text = name, b = parts);
}
static inline vg_bound vg_make_bound(vg_bound_kind kind, int64_t n)
{
    return (vg_bound){kind, n};
}

VG_END_DECLS

/* words: begin */

/* The aggregate over only those rows for which `predicate` holds.
 *     FILTER(COUNT(), EQ(posts.is_public, true)) */
#define VG_FILTER(x, predicate)                                                        \
    VG_MAKE_SAME_IF(x, VG_DEMAND_EXPR("FILTER", #x))                                   \
    (vg_binary(VG_NEW_NODE, VG_OP_FILTER, vg_of_node(vg_takes_a_predicate(predicate)), \
               VG_NODE(x)))

/* The texts joined by `separator`, in no particular order; NULL over no rows. TOTAL is a
 * SUM that is 0.0 over no rows. */
#define VG_GROUP_CONCAT(x, separator)                                                \
    vg_make_text_null(vg_listing(                                                    \
        VG_NEW_NODE, VG_ROOM(2), VG_OP_GROUP_CONCAT, NULL, 2,                        \
        VG_VALUE_IF(x,                                                               \
                    VG_DEMAND_CLASS(VG_K_text, "GROUP_CONCAT", " is not text", #x)), \
        VG_VALUE_IF(separator, VG_DEMAND_TEXT("GROUP_CONCAT: " #separator))))
#define VG_TOTAL(x)                                                                    \
    vg_make_real(vg_unary(VG_NEW_NODE,                                                 \
                          VG_OP_TOTAL +                                                \
                              VG_CHECKING(x, VG_DEMAND_CLASS(VG_K_NUMBER, "TOTAL",     \
                                                             " is not a number", #x)), \
                          VG_NODE(x)))

/* A window function or an aggregate (one with FILTER too) over a window: any of
 * PARTITION_BY, ORDER_BY and a frame. OVER_WINDOW names a WINDOW of the query.
 *     OVER(SUM(posts.views), ORDER_BY(posts.id), ROWS_BETWEEN(PRECEDING(6), CURRENT_ROW)) */
#define VG_OVER(...) VG_OVER_("OVER(" #__VA_ARGS__ ")", __VA_ARGS__, )
#define VG_OVER_WINDOW(x, w)                              \
    VG_MAKE_SAME_IF(x, VG_DEMAND_EXPR("OVER_WINDOW", #x)) \
    (vg_over_window(VG_NEW_NODE, VG_NODE(x), #w))

/* A clause of SELECT, up to 8: a window under a name.
 *     SELECT(ranked), FROM(posts), WINDOW(w, PARTITION_BY(posts.author_id)) */
#define VG_WINDOW(w, ...) \
    vg_window(#w, VG_NARGS(__VA_ARGS__), (const vg_clause[]){__VA_ARGS__})

#define VG_PARTITION_BY(...) \
    VG_TERMS_UNSORTED(VG_CLAUSE_PARTITION_BY, "PARTITION_BY", __VA_ARGS__)

/* Frames: from one bound to another, in rows, in values of the only ORDER_BY term, or in
 * groups of equal rows; a third argument leaves rows out.
 *     ROWS_BETWEEN(PRECEDING(3), FOLLOWING(3), EXCLUDE_CURRENT_ROW) */
#define VG_ROWS_BETWEEN(start, ...)   VG_FRAME(VG_FRAME_ROWS, start, __VA_ARGS__)
#define VG_RANGE_BETWEEN(start, ...)  VG_FRAME(VG_FRAME_RANGE, start, __VA_ARGS__)
#define VG_GROUPS_BETWEEN(start, ...) VG_FRAME(VG_FRAME_GROUPS, start, __VA_ARGS__)
#define VG_UNBOUNDED_PRECEDING        vg_make_bound(VG_BOUND_START, 0)
#define VG_PRECEDING(n)               vg_make_bound(VG_BOUND_BEFORE, n)
#define VG_CURRENT_ROW                vg_make_bound(VG_BOUND_ROW, 0)
#define VG_FOLLOWING(n)               vg_make_bound(VG_BOUND_AFTER, n)
#define VG_UNBOUNDED_FOLLOWING        vg_make_bound(VG_BOUND_END, 0)
#define VG_EXCLUDE_CURRENT_ROW        VG_DROP_CURRENT_ROW
#define VG_EXCLUDE_GROUP              VG_DROP_GROUP
#define VG_EXCLUDE_TIES               VG_DROP_TIES

/* The number of the row; its rank with gaps, without gaps, from 0 to 1; the share of rows
 * up to it; the number of one of `n` buckets. */
#define VG_ROW_NUMBER()   vg_make_int(vg_unary(VG_NEW_NODE, VG_OP_ROW_NUMBER, NULL))
#define VG_RANK()         vg_make_int(vg_unary(VG_NEW_NODE, VG_OP_RANK, NULL))
#define VG_DENSE_RANK()   vg_make_int(vg_unary(VG_NEW_NODE, VG_OP_DENSE_RANK, NULL))
#define VG_PERCENT_RANK() vg_make_real(vg_unary(VG_NEW_NODE, VG_OP_PERCENT_RANK, NULL))
#define VG_CUME_DIST()    vg_make_real(vg_unary(VG_NEW_NODE, VG_OP_CUME_DIST, NULL))
#define VG_NTILE(n)                                                       \
    vg_make_int(vg_listing(VG_NEW_NODE, VG_ROOM(1), VG_OP_NTILE, NULL, 1, \
                           VG_VALUE_IF(n, VG_DEMAND_WHOLE("NTILE(" #n ")"))))

/* `x` in the row before, after; LAG(x, n) n rows away (1), LAG(x, n, other) with a value
 * where there is no such row, else NULL. */
#define VG_LAG(...)                          \
    VG_CAT(VG_SHIFT_, VG_NARGS(__VA_ARGS__)) \
    (VG_OP_LAG, "LAG(" #__VA_ARGS__ ")", __VA_ARGS__)
#define VG_LEAD(...)                         \
    VG_CAT(VG_SHIFT_, VG_NARGS(__VA_ARGS__)) \
    (VG_OP_LEAD, "LEAD(" #__VA_ARGS__ ")", __VA_ARGS__)

/* `x` in the first, the last, the n-th row of the frame; NULL where there is none. */
#define VG_FIRST_VALUE(x) VG_EXTREME(VG_OP_FIRST_VALUE, "FIRST_VALUE", x, #x)
#define VG_LAST_VALUE(x)  VG_EXTREME(VG_OP_LAST_VALUE, "LAST_VALUE", x, #x)
#define VG_NTH_VALUE(x, n) \
    VG_SHIFT_2(VG_OP_NTH_VALUE, "NTH_VALUE(" #x ", " #n ")", x, n)

/* words: end */

/* ---- what the macros forward to ---- */

#define VG_FRAME(unit, start, ...)                VG_FRAME_(unit, start, __VA_ARGS__, VG_KEEP_ALL, )
#define VG_FRAME_(unit, start, end, exclude, ...) vg_frame(unit, start, end, exclude)
#define VG_OVER_(text, x, ...)                                                         \
    VG_MAKE_SAME_IF(x, VG_DEMAND_COMMON(text ": the first argument is no expression")) \
    (vg_over(VG_NEW_NODE, (vg_clause[VG_NARGS(__VA_ARGS__)]){{0}}, VG_NODE(x),         \
             VG_NARGS(__VA_ARGS__) - 1 VG_WORDS(VG_NEXT_PART, , __VA_ARGS__)))
#define VG_NEXT_PART(c, ...) __VA_OPT__(, vg_takes_a_clause(__VA_ARGS__))
#define VG_DEMAND_SHIFTED(text) \
    VG_DEMAND(VG_XCLASS(vg_r) != 0, text ": the first argument is no expression")
#define VG_SHIFT_1(op, text, x)                 \
    VG_MAKE_NULL_IF(x, VG_DEMAND_SHIFTED(text)) \
    (vg_listing(VG_NEW_NODE, VG_ROOM(1), (op), NULL, 1, vg_of_node(VG_NODE(x))))
#define VG_SHIFT_2(op, text, x, n)                                              \
    VG_MAKE_NULL_IF(x, VG_DEMAND_SHIFTED(text))                                 \
    (vg_listing(VG_NEW_NODE, VG_ROOM(2), (op), NULL, 2, vg_of_node(VG_NODE(x)), \
                VG_VALUE_IF(n, VG_DEMAND_WHOLE(text))))
#define VG_SHIFT_3(op, text, x, n, other)                                       \
    VG_MAKE_SAME_IF(VG_ALL_SURE(VG_SPREAD(x) & VG_SPREAD(other)),               \
                    VG_DEMAND_COMMON(text ": the types differ"))                \
    (vg_listing(VG_NEW_NODE, VG_ROOM(3), (op), NULL, 3, vg_of_node(VG_NODE(x)), \
                VG_VALUE_IF(n, VG_DEMAND_WHOLE(text)), VG_VALUE(other)))

/* For VG_ROW_OF: the clauses of this header as the first or the last of a statement. */
#define VG_ROW_vg_window(...)      (vg_no_head *)0 VG_NOTHING
#define VG_LAST_ROW_vg_window(...) (vg_no_rows *)0
