/* Full text search: FTS5 tables of SQLite.
 *
 *     FTS_TABLE(posts_fts,
 *         FTS_COLUMN(title),
 *         FTS_COLUMN(body),
 *         CONTENT(posts, id),      index what stands in posts, found by posts.id
 *         SYNC,                    kept current by triggers
 *         TOKENIZE("porter unicode61"))
 *
 *     const char *query = vg_fts_quote(&arena, what_the_user_typed);
 *     vg_all(db, &arena, &list, SELECT(posts), FROM(posts_fts),
 *            INNER_JOIN(posts, EQ(posts.id, posts_fts.rowid)),
 *            WHERE(MATCH(posts_fts, query)), ORDER_BY(BM25(posts_fts)));
 *
 * It is a table: it has rows (struct posts_fts), may be inserted into and deleted from, and
 * stands in SCHEMA. A SQLite without FTS5 is refused by vg_create (VG_UNSUPPORTED). */
#pragma once
#pragma GCC system_header
#include <virga/db.h>

VG_BEGIN_DECLS

/* What an FTS_TABLE is beside its columns, of which the first is the rowid. */
typedef struct vg_fts {
    const char *tokenize, *prefix; /* NULL: FTS5's default */
    const vg_shape *content;       /* NULL: it keeps the texts itself */
    const char *content_key;       /* the C name of the content's integer key */
    bool sync;                     /* triggers on the content keep it current */
    int version;                   /* of FTS: 5 */
} vg_fts;

/* A query for MATCH out of any text: rows that have all its words, in any order, none of
 * them read as FTS5's own AND, NEAR, *, ... In `arena`; NULL only when there is no memory.
 * No word at all (NULL too) yields a query that no row matches. Any thread.
 *     vg_fts_quote(&arena, "c++ or \"nothing")      "c++" "or" """nothing" */
VG_API const char *vg_fts_quote(vg_arena *arena, const char *text);

/* The same, and the last word may be the beginning of one: for search as one types. */
VG_API const char *vg_fts_quote_prefix(vg_arena *arena, const char *text);

/* What the macros below call: `command` is one of FTS5's. */
VG_API int vg_run_fts(vg_db *db, const char *here, const vg_shape *table,
                      const char *command);

VG_END_DECLS

/* Read all of the content again: after the index was created for a table that had rows, or
 * went out of step.
 *     if (vg_fts_rebuild(db, posts_fts)) return fail(db); */
#define vg_fts_rebuild(db, t) VG_FTS_COMMAND(db, t, "vg_fts_rebuild", "rebuild")
/* Merge the index into one piece, which is small and quick to search; slow. */
#define vg_fts_optimize(db, t) VG_FTS_COMMAND(db, t, "vg_fts_optimize", "optimize")
/* Whether the index is sound and, with CONTENT, says what the content says: VG_CORRUPT if
 * not. Slow. */
#define vg_fts_check(db, t) VG_FTS_COMMAND(db, t, "vg_fts_check", "integrity-check")

/* words: begin */

/* An FTS5 table; at file scope. Makes what TABLE makes, and a column `rowid` before all
 * others. Entries:
 *
 *     FTS_COLUMN(name)              a TEXT that may be NULL, up to 63
 *         modifiers                 UNINDEXED (kept, not searched) NOT_NULL NAME("...")
 *     CONTENT(table, key)           index the columns of that name of another table, whose
 *                                   INTEGER PRIMARY_KEY `key` is the rowid
 *     SYNC                          with triggers on it that keep the index current
 *     TOKENIZE("porter unicode61")  how texts are taken apart
 *     PREFIX("2 3")                 make searches for the first 2 or 3 letters quick
 *     NAME("name_in_the_database") */
#define VG_FTS_TABLE(t, ...)                                  \
    VG_FTS_TABLE_OF(t, (VG_EACH(VG_FTS_INIT, , __VA_ARGS__)), \
                    VG_EACH(VG_FTS_ENTRY, , __VA_ARGS__))

/* Rows of an FTS_TABLE (or an ALIAS of one) that an FTS5 query finds: text, or an expression
 * that is one. MATCH_COLUMN searches one column. A user's text goes through vg_fts_quote.
 *     WHERE(MATCH(posts_fts, "sqlite AND (title : c OR data*)")) */
#define VG_MATCH(t, query)                                                          \
    vg_make_predicate(                                                              \
        vg_binary(VG_NEW_NODE, VG_OP_MATCH,                                         \
                  VG_VALUE_IF(query, VG_DEMAND_QUERY("MATCH(" #t ", " #query ")")), \
                  VG_FTS_NODE(t, "MATCH")))
#define VG_MATCH_COLUMN(x, query) \
    VG_PATTERN(VG_OP_MATCH, "MATCH_COLUMN", x, query, #x, #query)

/* How well a row that MATCH found fits: the lower the better, so ORDER_BY(BM25(t)) puts the
 * best first. Weights, if any, are those of the FTS_COLUMNs in order (else all are 1).
 *     ORDER_BY(BM25(posts_fts, 10.0, 1.0))      a title counts ten times */
#define VG_BM25(...) \
    vg_make_real(VG_CAT(VG_BM25_, VG_WEIGHTS(__VA_ARGS__, , ))(__VA_ARGS__))

/* The text of an FTS_COLUMN with each match between `before` and `after`; SNIPPET only the
 * piece of it with most matches, of up to `tokens` (1 to 64) words, `ellipsis` where something
 * is left out. In a query with MATCH.
 *     FIELD(title, HIGHLIGHT(posts_fts.title, "<b>", "</b>"))
 *     FIELD(piece, SNIPPET(posts_fts.body, "<b>", "</b>", "...", 12)) */
#define VG_HIGHLIGHT(x, before, after)                  \
    VG_FTS_TEXT(VG_OP_HIGHLIGHT, "HIGHLIGHT", x, #x, 2, \
                VG_FTS_MARK("HIGHLIGHT", before), VG_FTS_MARK("HIGHLIGHT", after))
#define VG_SNIPPET(x, before, after, ellipsis, tokens)                              \
    VG_FTS_TEXT(VG_OP_SNIPPET, "SNIPPET", x, #x, 4, VG_FTS_MARK("SNIPPET", before), \
                VG_FTS_MARK("SNIPPET", after), VG_FTS_MARK("SNIPPET", ellipsis),    \
                VG_FTS_TOKENS(tokens))

/* The rowid of a table or an alias of one: SQLite's own key, which INTEGER PRIMARY_KEY is
 * another name for.
 *     SELECT_VALUE(ROWID(users)), FROM(users) */
#define VG_ROWID(t)                                                             \
    vg_make_int(vg_of_source(                                                   \
        VG_NEW_NODE,                                                            \
        VG_OP_ROWID + VG_CHECKING(t, VG_DEMAND((VG_KIND_##t & VG_A_TABLE) != 0, \
                                               "ROWID(" #t "): not a table")),  \
        &t.vg_shape))

/* words: end */

#include <virga/detail/fts.h>
