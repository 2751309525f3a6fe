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

static inline vg_clause vg_with(const void *row, const vg_shape *shape_, size_t relation,
                                size_t count, const vg_clause *clauses)
{
    (void)row;
    VG_CLAUSE_(kind = VG_CLAUSE_WITH, sub = (uint16_t)relation, n = (uint32_t)count,
               shape = shape_, b = clauses);
}

/* words: begin */

/* Load a relation of the rows that are selected: one statement more for all of them, however
 * many, never one for each. Beside SELECT, and inside of another WITH, whose table's rows it
 * loads into. The clauses after it are of the relation's rows: WHERE, ORDER_BY, LIMIT and OFFSET
 * (of each parent's rows), and WITH. Rows and lists lie in the arena of the call. Rows that
 * several parents share are read once, and shared.
 *     vg_all(db, &arena, &feed, SELECT(posts), ORDER_BY(DESC(posts.id)), LIMIT(20),
 *            WITH(posts, author),
 *            WITH(posts, comments, ORDER_BY(comments.id), LIMIT(3), WITH(comments, author)));
 * A clause inside that begins with a sign (!newest ? ... : ...) stands in parentheses. */
#define VG_WITH(t, relation, ...)                                                         \
    vg_with((t).vg_row, &(t).vg_shape,                                                    \
            VG_RELATION_INDEX(t, relation) +                                              \
                VG_IS_RELATED((t).relation, "WITH(" #t ", " #relation ")")                \
                    VG_INSIDE("WITH(" #t ", " #relation ", ...)", (t).relation,           \
                              __VA_ARGS__),                                               \
            VG_NARGS(0, ##__VA_ARGS__) - 1,                                               \
            (const vg_clause[]){__VA_OPT__(VG_WORDS(VG_INSIDE_CLAUSE, , __VA_ARGS__)){0}})

/* words: end */

/* ---- what the macros forward to ---- */

#define VG_IS_RELATED(x, text)                                        \
    VG_CHECKING(x, VG_DEMAND(__builtin_classify_type(vg_r) == 5, text \
                             ": that is a column, no relation"))
#define VG_INSIDE_CLAUSE(c, q) vg_takes_a_clause(q),
/* A WITH inside is told by its first token, if it has one that can be pasted to. */
#define VG_INSIDE(text, rows, ...) \
    __VA_OPT__(VG_WORDS(VG_INSIDE_CHECK, (text, rows), __VA_ARGS__))
#define VG_INSIDE_CHECK(c, q) \
    VG_CAT(VG_INSIDE_CHECK_, VG_SECOND(VG_PROBE_END q, 0, ))(c, q)
#define VG_INSIDE_CHECK_1(c, q)
#define VG_INSIDE_CHECK_0(c, q) VG_INSIDE_KNOWN(c, VG_INSIDE_##q, 0, )
#define VG_INSIDE_KNOWN(...)    VG_INSIDE_KNOWN_(__VA_ARGS__)
#define VG_INSIDE_KNOWN_(c, known, row, ...) \
    VG_CAT(VG_INSIDE_SAME_, VG_NOT_EMPTY(known))(row, VG_UNPACK c)
#define VG_INSIDE_SAME_X(...)
#define VG_INSIDE_SAME_(...)           VG_INSIDE_SAME__(__VA_ARGS__)
#define VG_INSIDE_vg_with(row, ...)    , row,
#define VG_INSIDE_SAME__(row, text, rows)                                             \
    +VG_REQUIRE(__builtin_types_compatible_p(__typeof__(row), __typeof__(rows)), text \
                ": the WITH inside is of another table than the rows that it loads into")

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
