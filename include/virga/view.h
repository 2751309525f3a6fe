/* Views: a query that the database keeps under a name.
 *
 *     VIEW(popular, post_card, SELECT(post_card), FROM(posts), WHERE(GT(posts.views, 100)))
 *     VIEW(popular, NAME("popular_posts"), post_card, SELECT(post_card), ...)
 *
 *     vg_all(db, &arena, &list, SELECT(popular), WHERE(LIKE(popular.title, "A%")));
 *
 * A view stands wherever a table is read: SELECT, FROM, joins, SUBQUERY, ALIAS. It is never
 * changed: INSERT_INTO, UPDATE and DELETE_FROM refuse it at compile time. All three kinds
 * stand at file scope and in SCHEMA; vg_create creates the first two, in the main database,
 * as FTS tables and triggers are. */
#pragma once
#pragma GCC system_header
#include <virga/db.h>
#include <virga/objects.h>

VG_BEGIN_DECLS

/* What a view is: one of its query, its SQL, or (both NULL) one that exists already. */
typedef struct vg_view {
    const char *sql;
    /* Hands its clauses to `take`. */
    void (*query)(void (*take)(void *ctx, const vg_clause *query, size_t count),
                  void *ctx);
    const vg_view_options *options; /* what not every database has; NULL: nothing */
} vg_view;

/* The SELECT that a view is made of, values and all, as the dialect writes it: out->text, in
 * `arena`; NULL for a VIEW_EXISTING. Returns VG_OK, VG_NO_MEMORY, VG_MISUSE when `view` is
 * none, or what its query is refused for, with the reason in out->error. Any thread.
 *     vg_rendered sql;
 *     if (!vg_view_sql(&arena, &vg_dialect_sqlite, &sql, &popular.vg_shape))
 *         puts(sql.text); */
VG_API int vg_view_sql(vg_arena *arena, const vg_dialect *dialect, vg_rendered *out,
                       const vg_shape *view);

/* What a shape is, for programs that walk a schema: a table (an FTS_TABLE too), a view, an
 * alias. The rest is read from the descriptor itself: name, columns, column_count; the base
 * of an alias; see vg_shape. Any thread.
 *     for (size_t i = 0; i < blog.table_count; i++)
 *         if (vg_is_table(blog.tables[i])) puts(vg_table_name(blog.tables[i])); */
static inline bool vg_is_table(const vg_shape *shape)
{
    return shape->kind == VG_SHAPE_TABLE;
}
static inline bool vg_is_view(const vg_shape *shape)
{
    return shape->kind == VG_SHAPE_VIEW;
}
static inline bool vg_is_alias(const vg_shape *shape)
{
    return shape->kind == VG_SHAPE_ALIAS;
}

/* How vg_refresh goes about it. */
typedef enum vg_refresh_mode {
    VG_REFRESH_WAITING,      /* readers wait until it is done */
    VG_REFRESH_CONCURRENTLY, /* they read on; the view needs a unique index, and data */
    VG_REFRESH_NO_DATA       /* empty it: it cannot be read until the next refresh */
} vg_refresh_mode;

/* Compute a MATERIALIZED_VIEW anew. VG_MISUSE for any other shape, VG_UNSUPPORTED where there
 * is no such thing; else what the database says.
 *     vg_refresh(db, &totals.vg_shape, VG_REFRESH_CONCURRENTLY); */
VG_API int vg_refresh(vg_db *db, const vg_shape *view, vg_refresh_mode mode);

VG_END_DECLS

/* words: begin */

/* A view of a query whose rows are those of `rows`, a table or a projection; it has the same
 * columns: popular.title. A projection's fields give the view's columns their names. Values
 * become part of the view's text, so they must not depend on variables.
 *     VIEW(popular, post_card, SELECT(post_card), FROM(posts), WHERE(GT(posts.views, 100)))
 *     struct post_card *row;  post_card_list list;
 * What else there is to say stands first, in OPTIONS: NAME("..."), and of PostgreSQL's
 * IN_SCHEMA("auth"), ON_WITH("security_invoker = true, check_option = local").
 *     VIEW(mine, OPTIONS(NAME("my_posts"), ON_WITH("security_barrier = true")), posts, ...) */
#define VG_VIEW(v, ...) VG_CAT(VG_VIEW_, VG_VIEW_FORM(__VA_ARGS__, ))(v, __VA_ARGS__)

/* A view that keeps its rows until vg_refresh computes them anew; PostgreSQL's. OPTIONS also
 * takes ON_USING("heap"), TABLESPACE("fast"), NO_DATA: not computed before the first refresh.
 * One of SQL text, or one that exists, says OPTIONS(MATERIALIZED) in VIEW_SQL, VIEW_EXISTING.
 *     MATERIALIZED_VIEW(totals, OPTIONS(ON_WITH("fillfactor = 90")), post_card, SELECT(...)) */
#define VG_MATERIALIZED_VIEW(v, ...) \
    VG_CAT(VG_MATERIAL_, VG_VIEW_FORM(__VA_ARGS__, ))(v, __VA_ARGS__)

/* A view of SQL text, a string literal, and the columns that it yields, in that order. They
 * are declared as in TABLE, with the modifiers NOT_NULL, NAME and MODE; NAME("...") alone is
 * the view's own name, OPTIONS(...) says more, as in VIEW. Makes struct v and v_list.
 *     VIEW_SQL(tag_counts, "select tag, count(*) from tags group by tag",
 *         COLUMN(tag, TEXT, NOT_NULL),
 *         COLUMN(n,   INTEGER, NOT_NULL, NAME("count(*)"))) */
#define VG_VIEW_SQL(v, sql_text, ...) \
    VG_VIEW_COLUMNS(v, "" sql_text "" VG_EACH(VG_TABLE_ENTRY, , __VA_ARGS__))

/* A view that is in the database already; vg_create leaves it alone.
 *     VIEW_EXISTING(locks, COLUMN(pid, INTEGER), COLUMN(mode, TEXT)) */
#define VG_VIEW_EXISTING(v, ...) \
    VG_VIEW_COLUMNS(v, NULL VG_EACH(VG_TABLE_ENTRY, , __VA_ARGS__))

/* words: end */

#include <virga/detail/views.h>
