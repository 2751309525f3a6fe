/* What a SELECT can say beyond query.h: where NULLs sort, and what is PostgreSQL's alone:
 * DISTINCT_ON, joins that see the tables before them (LATERAL), locks on the rows. SQLite
 * refuses those by name (VG_UNSUPPORTED). */
#pragma once
#pragma GCC system_header
#include <virga/query.h>

/* How rows are locked, and what a lock that somebody holds means. */
typedef enum vg_lock_strength {
    VG_LOCK_UPDATE,
    VG_LOCK_NO_KEY_UPDATE,
    VG_LOCK_SHARE,
    VG_LOCK_KEY_SHARE
} vg_lock_strength;

typedef enum vg_lock_wait {
    VG_LOCK_WAITS,
    VG_LOCK_NOWAIT, /* VG_BUSY */
    VG_LOCK_SKIPS   /* the row is left out */
} vg_lock_wait;

/* An entry of FOR_UPDATE and its kind. */
typedef struct vg_lock_option {
    const vg_shape *of;
    vg_lock_wait wait;
} vg_lock_option;

static inline vg_clause vg_row_lock(vg_lock_strength strength, size_t count,
                                    const vg_lock_option *options)
{
    VG_CLAUSE_(kind = VG_CLAUSE_LOCK, sub = (uint16_t)strength, n = (uint32_t)count,
               b = options);
}
static inline vg_lock_option vg_takes_a_lock_option(vg_lock_option option)
{
    return option;
}
static inline vg_lock_option vg_lock_of(const vg_shape *shape)
{
    return (vg_lock_option){shape, VG_LOCK_WAITS};
}
static inline vg_lock_option vg_lock_wait_of(vg_lock_wait wait)
{
    return (vg_lock_option){NULL, wait};
}

/* words: begin */

/* Sort terms: where NULLs stand, which else is the database's affair: SQLite puts them
 * before all values, PostgreSQL after them (with DESC the other way round).
 *     ORDER_BY(NULLS_LAST(DESC(posts.views)), posts.id) */
#define VG_NULLS_FIRST(x) \
    vg_make_order(vg_unary(VG_NEW_NODE, VG_OP_NULLS_FIRST, VG_NODE(x)))
#define VG_NULLS_LAST(x) \
    vg_make_order(vg_unary(VG_NEW_NODE, VG_OP_NULLS_LAST, VG_NODE(x)))

/* Of the rows that are equal in these expressions only the first: ORDER_BY begins with
 * them and says which is first. PostgreSQL only.
 *     SELECT(posts), DISTINCT_ON(posts.author_id),
 *     ORDER_BY(posts.author_id, DESC(posts.created_at)) */
#define VG_DISTINCT_ON(...) \
    VG_TERMS_UNSORTED(VG_CLAUSE_DISTINCT_ON, "DISTINCT_ON", __VA_ARGS__)

/* Joins with a SUBQUERY that may name the tables before it; `on` may be SKIP. PostgreSQL
 * only.
 *     FROM(users), LEFT_JOIN_LATERAL(SUBQUERY(latest, SELECT(post_card), FROM(posts),
 *         WHERE(EQ(posts.author_id, users.id)), ORDER_BY(DESC(posts.id)), LIMIT(3)), SKIP) */
#define VG_INNER_JOIN_LATERAL(t, on)                               \
    vg_join_on(VG_JOIN_INNER | VG_JOIN_LATERAL_BIT, &(t).vg_shape, \
               vg_takes_a_predicate(on))
#define VG_LEFT_JOIN_LATERAL(t, on)                               \
    vg_join_on(VG_JOIN_LEFT | VG_JOIN_LATERAL_BIT, &(t).vg_shape, \
               vg_takes_a_predicate(on))
#define VG_CROSS_JOIN_LATERAL(t) \
    vg_join_on(VG_JOIN_CROSS | VG_JOIN_LATERAL_BIT, &(t).vg_shape, NULL)

/* Lock the rows until the transaction ends. Entries: LOCK_OF(t) for the rows of that table
 * alone; NOWAIT fails with VG_BUSY where somebody else holds a lock, SKIP_LOCKED leaves the
 * row out. PostgreSQL only.
 *     SELECT(jobs), WHERE(EQ(jobs.done, false)), LIMIT(1), FOR_UPDATE(SKIP_LOCKED) */
#define VG_FOR_UPDATE(...)        VG_LOCKING(VG_LOCK_UPDATE, __VA_ARGS__)
#define VG_FOR_NO_KEY_UPDATE(...) VG_LOCKING(VG_LOCK_NO_KEY_UPDATE, __VA_ARGS__)
#define VG_FOR_SHARE(...)         VG_LOCKING(VG_LOCK_SHARE, __VA_ARGS__)
#define VG_FOR_KEY_SHARE(...)     VG_LOCKING(VG_LOCK_KEY_SHARE, __VA_ARGS__)
#define VG_LOCK_OF(t)             vg_lock_of(&(t).vg_shape)
#define VG_NOWAIT                 vg_lock_wait_of(VG_LOCK_NOWAIT)
#define VG_SKIP_LOCKED            vg_lock_wait_of(VG_LOCK_SKIPS)

/* words: end */

/* ---- what the macros forward to ---- */

#define VG_LOCKING(strength, ...)                           \
    vg_row_lock((strength), VG_NARGS(0, ##__VA_ARGS__) - 1, \
                (const vg_lock_option[]){                   \
                    __VA_OPT__(VG_WORDS(VG_LOCK_ENTRY, , __VA_ARGS__)){0}})
#define VG_LOCK_ENTRY(c, x) vg_takes_a_lock_option(x),
