/* Regular expressions and full text search, as PostgreSQL has them; SQLite refuses them by
 * name (VG_UNSUPPORTED), and has FTS_TABLE (fts.h).
 *
 *     vg_native_expr query = WEBSEARCH_TO_TSQUERY("english", typed);
 *     SELECT(posts), WHERE(TS_MATCH(TO_TSVECTOR("english", posts.body), query)),
 *     ORDER_BY(DESC(TS_RANK(TO_TSVECTOR("english", posts.body), query)))
 *
 * A configuration ("english") is a string literal and stands in the text, so that an index
 * over to_tsvector('english', ...) is used. Vectors and queries are TSVECTOR and TSQUERY. */
#pragma once
#pragma GCC system_header
#include <virga/function.h>

/* words: begin */

/* Regular expressions (POSIX), those that ignore case, and SQL's own patterns.
 *     WHERE(REGEXP(users.email, "^[a-z]+@")) */
#define VG_REGEXP(l, r)      VG_PATTERN(VG_OP_REGEXP, "REGEXP", l, r, #l, #r)
#define VG_NOT_REGEXP(l, r)  VG_PATTERN(VG_OP_NOT_REGEXP, "NOT_REGEXP", l, r, #l, #r)
#define VG_IREGEXP(l, r)     VG_PATTERN(VG_OP_IREGEXP, "IREGEXP", l, r, #l, #r)
#define VG_NOT_IREGEXP(l, r) VG_PATTERN(VG_OP_NOT_IREGEXP, "NOT_IREGEXP", l, r, #l, #r)
#define VG_SIMILAR_TO(l, r)  VG_PATTERN(VG_OP_SIMILAR_TO, "SIMILAR_TO", l, r, #l, #r)
#define VG_NOT_SIMILAR_TO(l, r) \
    VG_PATTERN(VG_OP_NOT_SIMILAR_TO, "NOT_SIMILAR_TO", l, r, #l, #r)

/* The text with its first match replaced; with flags, such as "gi": all, in any case.
 *     REGEXP_REPLACE(users.phone, "[^0-9]", "", "g") */
#define VG_REGEXP_REPLACE(...)                                                    \
    VG_FUNCTION(text, VG_OP_REGEXP_REPLACE, VG_K_text,                            \
                "REGEXP_REPLACE(" #__VA_ARGS__ ")", " is not text", VG_NEXT_TEXT, \
                __VA_ARGS__, )

/* The words of a text; queries of operators (&, |, !), of plain words, of a phrase, as one
 * types them into a search engine. */
#define VG_TO_TSVECTOR(config, x) VG_TS(VG_OP_TO_TSVECTOR, "TO_TSVECTOR", config, x, #x)
#define VG_TO_TSQUERY(config, x)  VG_TS(VG_OP_TO_TSQUERY, "TO_TSQUERY", config, x, #x)
#define VG_PLAINTO_TSQUERY(config, x) \
    VG_TS(VG_OP_PLAINTO_TSQUERY, "PLAINTO_TSQUERY", config, x, #x)
#define VG_PHRASETO_TSQUERY(config, x) \
    VG_TS(VG_OP_PHRASETO_TSQUERY, "PHRASETO_TSQUERY", config, x, #x)
#define VG_WEBSEARCH_TO_TSQUERY(config, x) \
    VG_TS(VG_OP_WEBSEARCH_TO_TSQUERY, "WEBSEARCH_TO_TSQUERY", config, x, #x)

/* Whether a vector matches a query: a TSVECTOR column or TO_TSVECTOR, and a query. How well
 * it does; the text with the matching words marked. */
#define VG_TS_MATCH(vector, query)                            \
    vg_make_predicate(vg_binary(                              \
        VG_NEW_NODE, VG_OP_TS_MATCH,                          \
        VG_VALUE_IF(query, VG_DEMAND_TS("TS_MATCH", #query)), \
        VG_NODE(vector) + VG_CHECKING(vector, VG_DEMAND_TS("TS_MATCH", #vector))))
#define VG_TS_RANK(vector, query)                                                  \
    vg_make_real(vg_listing(VG_NEW_NODE, VG_ROOM(2), VG_OP_TS_RANK, NULL, 2,       \
                            VG_VALUE_IF(vector, VG_DEMAND_TS("TS_RANK", #vector)), \
                            VG_VALUE_IF(query, VG_DEMAND_TS("TS_RANK", #query))))
#define VG_TS_HEADLINE(config, x, query)                             \
    VG_MAKE_WHEN(text, VG_CLASS(x))                                  \
    (vg_listing(VG_NEW_NODE, VG_ROOM(3), VG_OP_TS_HEADLINE, NULL, 3, \
                VG_VALUE(VG_INLINE("" config "")),                   \
                VG_VALUE_IF(x, VG_DEMAND_TEXT("TS_HEADLINE: " #x)),  \
                VG_VALUE_IF(query, VG_DEMAND_TS("TS_HEADLINE", #query))))

/* A random UUID of the database's (version 4). */
#define VG_GEN_RANDOM_UUID() \
    vg_make_uuid_expr(vg_unary(VG_NEW_NODE, VG_OP_GEN_RANDOM_UUID, NULL))

/* Sub-totals: the groups of all these expressions, of all but the last, ..., of none; of
 * every selection of them. Selected columns are NULL where they are summed up: NULLABLE.
 *     GROUP_BY(ROLLUP(posts.author_id, posts.kind)) */
#define VG_ROLLUP(...) vg_make_nothing(VG_LIST(VG_OP_ROLLUP, __VA_ARGS__))
#define VG_CUBE(...)   vg_make_nothing(VG_LIST(VG_OP_CUBE, __VA_ARGS__))

/* words: end */

/* ---- what the macros forward to ---- */

#define VG_TS(op, word, config, x, xs)                  \
    VG_MAKE_WHEN(native_expr, VG_CLASS(x))              \
    (vg_listing(VG_NEW_NODE, VG_ROOM(2), (op), NULL, 2, \
                VG_VALUE(VG_INLINE("" config "")),      \
                VG_VALUE_IF(x, VG_DEMAND_TEXT(word "(" #config ", " xs "): " xs))))
#define VG_DEMAND_TS(word, xs)                                           \
    VG_DEMAND((VG_XCLASS(vg_r) & VG_K_native_expr) || VG_IN_ERROR(vg_r), \
              word ": " xs " is no TSVECTOR or TSQUERY")
