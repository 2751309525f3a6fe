/* Relations: rows that belong to rows, and trees of them with one call.
 *
 *     TABLE(users, COLUMN(id, INTEGER, PRIMARY_KEY), ...,
 *         MANY(posts, posts, author_id))
 *     TABLE(posts, COLUMN(id, INTEGER, PRIMARY_KEY), COLUMN(author_id, INTEGER, NOT_NULL), ...,
 *         ONE(author, users, author_id),
 *         MANY(comments, comments, post_id),
 *         MANY_THROUGH(tags, tags, post_tags, post_id, tag_id))
 *
 * Entries of TABLE, VIEW_SQL and VIEW_EXISTING; the table that they name may stand further
 * down, and may be the table itself:
 *
 *     ONE(name, target, ours)             the row of `target` whose primary key is our column;
 *                                         a fourth argument: whose column that is
 *     MANY(name, target, theirs)          the rows of `target` whose column is our primary key;
 *                                         a fourth argument: our column that it is
 *     MANY_THROUGH(name, target, junction, to_us, to_target)
 *                                         the rows of `target` by way of a table that has the
 *                                         primary keys of both; two more arguments: the columns
 *                                         of ours and of the target's that these are
 *     EXTRA(name, TYPE)                   no relation: a value that a query may compute
 *
 * Each column may be several: COLUMNS(room, hour). No foreign key is needed, and none is made.
 * In the row they are members after its columns:
 *
 *     struct users *author;                                  NULL: there is none
 *     struct { struct comments *data; size_t len; } comments;
 *
 * They say something where WITH has loaded them, which VG_LOADED tells. */
#pragma once
#pragma GCC system_header
#include <virga/error.h>
#include <virga/query.h>

VG_BEGIN_DECLS

/* What C cannot see of the relations of a schema's tables: VG_SCHEMA, and in `message` (which
 * may be NULL, of `room` bytes) which relation leads to a table that is not in the schema, to
 * columns that do not exist, or are of another number or type. VG_OK and "" if all is well.
 * vg_create and `virga generate` ask the same. Any thread.
 *     char why[200];
 *     assert(vg_schema_check(&blog, why, sizeof why) == VG_OK); */
VG_API int vg_schema_check(const vg_schema *schema, char *message, size_t room);

/* The relations of a table, view or alias, ended by VG_RELATION_END; NULL: it has none. For
 * programs that walk a schema. Any thread. */
VG_API const vg_relation *vg_relations(const vg_shape *shape);

VG_END_DECLS

/* Whether a member of a row was loaded: a relation by WITH, an EXTRA by a clause that computes
 * it; a column, unless ONLY or OMIT left it out. `row` points to a row of a table that has
 * relations.
 *     if (VG_LOADED(post, author) && post->author) puts(post->author->name); */
#define VG_LOADED(row, member)                                                     \
    vg_row_loaded((row)->vg_loaded, (row)->vg_left_out,                            \
                  VG_AT(*(row)->vg_of, member) - VG_AT(*(row)->vg_of, vg_handles), \
                  VG_RELATION_AT(*(row)->vg_of) - VG_AT(*(row)->vg_of, vg_handles))
static inline bool vg_row_loaded(uint64_t loaded, uint64_t left_out, size_t at,
                                 size_t relations)
{
    return at < relations ? !(left_out >> at / sizeof(void *) & 1)
                          : loaded >> (at - relations) / sizeof(void *) & 1;
}
