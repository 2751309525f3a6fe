/* Statements made of queries: common table expressions, set operations, comments.
 *
 *     vg_all(db, &arena, &list, CTE(recent, SELECT(post_card), FROM(posts), LIMIT(10)),
 *            SELECT(recent), ORDER_BY(recent.title));
 *     vg_all(db, &arena, &ids, SELECT_VALUE(users.id), UNION(SELECT_VALUE(posts.id)),
 *            ORDER_BY(users.id), LIMIT(3)); */
#pragma once
#pragma GCC system_header
#include <virga/query.h>

/* How a CTE is kept, as bits. */
enum { VG_CTE_RECURSIVE_BIT = 1, VG_CTE_KEPT_BIT = 2, VG_CTE_INLINED_BIT = 4 };

typedef enum vg_set_op {
    VG_SET_UNION,
    VG_SET_UNION_ALL,
    VG_SET_INTERSECT,
    VG_SET_INTERSECT_ALL,
    VG_SET_EXCEPT,
    VG_SET_EXCEPT_ALL
} vg_set_op;

/* ---- constructors ---- */

/* `n` clauses into `room`, which is returned; as arguments, for file scope: see vg_logic. */
VG_API const vg_clause *vg_clause_list(vg_clause *room, size_t n, ...);

static inline vg_clause vg_cte(unsigned flags, const vg_shape *alias, size_t count,
                               const vg_clause *query)
{
    VG_CLAUSE_(kind = VG_CLAUSE_CTE, sub = (uint16_t)flags, n = (uint32_t)count,
               shape = alias, b = query);
}
static inline vg_clause vg_compound(const void *row, size_t count,
                                    const vg_clause *query)
{
    (void)row;
    VG_CLAUSE_(kind = VG_CLAUSE_COMPOUND, sub = 0, n = (uint32_t)count, shape = NULL,
               b = query);
}
static inline vg_clause vg_operand(vg_set_op op, size_t count, const vg_clause *query)
{
    VG_CLAUSE_(kind = VG_CLAUSE_SET_OP, sub = (uint16_t)op, n = (uint32_t)count,
               b = query);
}

static inline vg_clause vg_comment(const char *text_)
{
    VG_CLAUSE_(kind = VG_CLAUSE_COMMENT, sub = 0, n = 0, text = text_);
}
static inline vg_clause vg_comment_tags(size_t count, const char *const *strings)
{
    VG_CLAUSE_(kind = VG_CLAUSE_COMMENT, sub = 1, n = (uint32_t)count, b = strings);
}

/* words: begin */

/* A query under a name, before the statement that uses it: SELECT, INSERT_INTO, UPDATE or
 * DELETE_FROM. An ALIAS of what the query selects is the name; FROM(recent) and columns
 * such as recent.title say it. Up to 8; one may use those before it. What it changes
 * (INSERT and the like) only PostgreSQL takes.
 *     ALIAS(recent, post_card)
 *     CTE(recent, SELECT(post_card), FROM(posts), LIMIT(10)), SELECT(recent)
 * RAW_SELECT as the query must name its columns as the fields are named. */
#define VG_CTE(alias, ...) VG_CTE_OF("CTE", 0, alias, __VA_ARGS__)

/* One that uses itself in a UNION or UNION_ALL, for trees and series.
 *     CTE_RECURSIVE(tree, SELECT(categories), WHERE(IS_NULL(categories.parent_id)),
 *         UNION_ALL(SELECT(categories),
 *                   INNER_JOIN(tree, EQ(tree.id, categories.parent_id)))) */
#define VG_CTE_RECURSIVE(alias, ...) \
    VG_CTE_OF("CTE_RECURSIVE", VG_CTE_RECURSIVE_BIT, alias, __VA_ARGS__)

/* One that the database shall compute once, or shall not keep. */
#define VG_CTE_MATERIALIZED(alias, ...) \
    VG_CTE_OF("CTE_MATERIALIZED", VG_CTE_KEPT_BIT, alias, __VA_ARGS__)
#define VG_CTE_NOT_MATERIALIZED(alias, ...) \
    VG_CTE_OF("CTE_NOT_MATERIALIZED", VG_CTE_INLINED_BIT, alias, __VA_ARGS__)

/* Set operations: the rows of the statement so far together with those of a query, or
 * without them; from left to right, up to 16. All yield the first query's columns: the
 * others have as many, of the same types (VG_INVALID else). ORDER_BY, LIMIT and OFFSET
 * beside them are those of the whole, inside them of that query alone; the whole is
 * ordered by columns that it yields.
 *     SELECT_VALUE(users.id), UNION(SELECT_VALUE(posts.id), LIMIT(2)), LIMIT(3)
 * The _ALL of INTERSECT and EXCEPT are not SQLite's. */
#define VG_UNION(...)     VG_OPERATION("UNION", VG_SET_UNION, __VA_ARGS__)
#define VG_UNION_ALL(...) VG_OPERATION("UNION_ALL", VG_SET_UNION_ALL, __VA_ARGS__)
#define VG_INTERSECT(...) VG_OPERATION("INTERSECT", VG_SET_INTERSECT, __VA_ARGS__)
#define VG_INTERSECT_ALL(...) \
    VG_OPERATION("INTERSECT_ALL", VG_SET_INTERSECT_ALL, __VA_ARGS__)
#define VG_EXCEPT(...)     VG_OPERATION("EXCEPT", VG_SET_EXCEPT, __VA_ARGS__)
#define VG_EXCEPT_ALL(...) VG_OPERATION("EXCEPT_ALL", VG_SET_EXCEPT_ALL, __VA_ARGS__)

/* A first query with an ORDER_BY, LIMIT or set operation of its own; a head.
 *     COMPOUND(SELECT(users), LIMIT(3)), UNION(SELECT(users), WHERE(...)) */
#define VG_COMPOUND(...)                \
    vg_compound(VG_ROW_OF(__VA_ARGS__), \
                VG_YIELDS_ROWS("COMPOUND", __VA_ARGS__) + VG_CLAUSE_LIST(__VA_ARGS__))

/* A comment at the end of the statement, for logs and monitors: a string, or up to 8 keys
 * with values in the sqlcommenter format (sorted and percent-encoded). Either may be made at
 * run time; nothing gets out of the comment. NULL says nothing. Each text is a statement
 * of its own to the statement cache: no request numbers here.
 *     COMMENT("nightly report")
 *     COMMENT_TAGS("route", route, "app", "shop")    app='shop',route='%2Fcart' */
#define VG_COMMENT(text) vg_comment(VG_STRING_OF(, text))
#define VG_COMMENT_TAGS(...)                                                       \
    vg_comment_tags(VG_NARGS(__VA_ARGS__) +                                        \
                        VG_REQUIRE(VG_NARGS(__VA_ARGS__) % 2 == 0,                 \
                                   "COMMENT_TAGS: keys and values come in pairs"), \
                    (const char *const[]){VG_WORDS(VG_NEXT_STRING, , __VA_ARGS__)})

/* words: end */

/* ---- what the macros forward to ---- */

#define VG_STRING_OF(c, x)                                                             \
    VG_VALUE_IF(x,                                                                     \
                VG_DEMAND(_Generic((vg_r), char * : 1, const char * : 1, default : 0), \
                          "COMMENT: not a string"))                                    \
        .s
#define VG_NEXT_STRING(c, x) VG_STRING_OF(c, x),
#define VG_CLAUSE_LIST(...)                                     \
    VG_NARGS(__VA_ARGS__),                                      \
        vg_clause_list((vg_clause[VG_NARGS(__VA_ARGS__)]){{0}}, \
                       VG_NARGS(__VA_ARGS__) VG_WORDS(VG_NEXT_CLAUSE, , __VA_ARGS__))
#define VG_CTE_OF(word, flags, alias, ...)                                           \
    vg_cte((flags),                                                                  \
           &alias.vg_shape +                                                         \
               VG_REQUIRE(                                                           \
                   __builtin_types_compatible_p(__typeof__(alias.vg_row),            \
                                                __typeof__(VG_ROW_OF(__VA_ARGS__))), \
                   word "(" #alias "): the alias has other rows than the query"),    \
           VG_CLAUSE_LIST(__VA_ARGS__))
#define VG_OPERATION(word, op, ...) \
    vg_operand((op) + VG_YIELDS_ROWS(word, __VA_ARGS__), VG_CLAUSE_LIST(__VA_ARGS__))
#define VG_YIELDS_ROWS(word, ...)                                               \
    VG_CHECKING(VG_ROW_OF(__VA_ARGS__),                                         \
                VG_DEMAND(!VG_ROW_IS(vg_no_head *) && !VG_ROW_IS(vg_no_rows *), \
                          word ": no query; it begins with SELECT"))
#define VG_ROW_IS(type) __builtin_types_compatible_p(__typeof__(vg_r), type)
