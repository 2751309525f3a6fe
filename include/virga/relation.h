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
 * Which of the target's rows these are may be said once more closely, behind the tables:
 *     RELATION_WHERE(users, drafts, EQ(posts.published, false))
 *
 * A target that is a VIEW, which has the rows of a table or projection, names these too:
 * MANY(hits, IN_VIEW(popular, posts), author_id).
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

/* What loads trees. It stands in the clause, so that a program without a WITH is linked without
 * it. */
typedef struct vg_tree_loader vg_tree_loader;
VG_API extern const vg_tree_loader vg_trees;

VG_END_DECLS

static inline vg_clause vg_with(const void *row, const vg_shape *shape_,
                                size_t relation, size_t count, const vg_clause *clauses)
{
    (void)row;
    VG_CLAUSE_(kind = VG_CLAUSE_WITH, sub = (uint16_t)relation, n = (uint32_t)count,
               shape = shape_, b = clauses, c = &vg_trees);
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
#define VG_WITH(t, relation, ...)                                                 \
    vg_with(                                                                      \
        (t).vg_row, &(t).vg_shape,                                                \
        VG_RELATION_INDEX(t, relation) +                                          \
            VG_IS_RELATED((t).relation, "WITH(" #t ", " #relation ")") VG_INSIDE( \
                "WITH(" #t ", " #relation ", ...)", (t).relation, __VA_ARGS__),   \
        VG_NARGS(0, ##__VA_ARGS__) - 1,                                           \
        (const vg_clause[]){__VA_OPT__(VG_WORDS(VG_INSIDE_CLAUSE, , __VA_ARGS__)){0}})

/* Of the columns of the table that is selected, or that a WITH loads, only these, or all but
 * these. The members of the others are not to be read: zero, in debug builds rubbish that a
 * sanitizer or a crash shows; VG_LOADED tells. Keys by which WITH finds rows are read anyway.
 *     SELECT(users), ONLY(users.id, users.name), WITH(users, posts, OMIT(posts.body)) */
#define VG_ONLY(...) VG_CHOSEN(0, "ONLY", __VA_ARGS__)
#define VG_OMIT(...) VG_CHOSEN(1, "OMIT", __VA_ARGS__)

/* Compute an EXTRA of the table that is selected, or that a WITH loads: an expression of the
 * EXTRA's type.
 *     WITH_EXTRA(posts, comment_count,
 *                COUNT_OF(FROM(comments), WHERE(EQ(comments.post_id, posts.id)))) */
#define VG_WITH_EXTRA(t, name, x)                                                    \
    vg_computed_as(&(t).vg_shape,                                                    \
                   VG_RELATION_INDEX(t, name) + VG_IS_EXTRA((t).name, x,             \
                                                            "WITH_EXTRA(" #t         \
                                                            ", " #name ", " #x ")"), \
                   VG_NODE(x))

/* Predicates: the row has rows of a relation, with a predicate of those as third argument such
 * rows; or it has none. They stand wherever a predicate of the table `t` does, and inside one
 * another; a relation of a table to itself means, inside, the other row.
 *     WHERE(AND(HAS(users, posts, GT(posts.views, 10)), HAS_NONE(users, comments))) */
#define VG_HAS(t, relation, ...)                                        \
    VG_RELATED(VG_OP_HAS + 0 * VG_NARGS(0, ##__VA_ARGS__), t, relation, \
               "HAS(" #t ", " #relation ")", VG_IF_GIVEN(__VA_ARGS__))
#define VG_HAS_NONE(t, relation, ...)                                        \
    VG_RELATED(VG_OP_HAS_NONE + 0 * VG_NARGS(0, ##__VA_ARGS__), t, relation, \
               "HAS_NONE(" #t ", " #relation ")", VG_IF_GIVEN(__VA_ARGS__))

/* How many rows of a relation a row has, with a predicate such rows: an expression, of type
 * INTEGER. It stands where HAS does.
 *     WITH_EXTRA(users, post_count, COUNT_RELATED(users, posts, GT(posts.views, 10))) */
#define VG_COUNT_RELATED(t, relation, ...)                                            \
    vg_make_int(VG_RELATED_NODE(VG_OP_COUNT_RELATED + 0 * VG_NARGS(0, ##__VA_ARGS__), \
                                t, relation, "COUNT_RELATED(" #t ", " #relation ")",  \
                                VG_IF_GIVEN(__VA_ARGS__)))

/* Which rows of its target a relation has: a predicate of the target's columns, of
 * MANY_THROUGH also of the junction's. Every WITH, HAS, HAS_NONE and COUNT_RELATED of that
 * relation has it beside what the query says; a ONE whose row it does not hold for is
 * absent. At file scope, behind the tables and where they are (in the same header: files that
 * see the tables alone may not find it), once for a relation. Values become part of the SQL
 * text, so they must not depend on variables.
 *     TABLE(users, ..., MANY(drafts, posts, author_id), MANY(notes, notes, about_id))
 *     TABLE(posts, ...)
 *     RELATION_WHERE(users, drafts, EQ(posts.published, false))
 *     RELATION_WHERE(users, notes,  EQ(notes.about, "user")) */
#define VG_RELATION_WHERE(t, relation, predicate) \
    VG_RELATION_WHERE_(t, relation, predicate,    \
                       "RELATION_WHERE(" #t ", " #relation ", ...)")

/* words: end */

/* ---- what the macros forward to ---- */

static inline vg_clause vg_columns(uint16_t sub_, size_t count,
                                   const vg_node *const *columns)
{
    VG_CLAUSE_(kind = VG_CLAUSE_COLUMNS, sub = sub_, n = (uint32_t)count, i = 0,
               b = columns);
}
static inline vg_clause vg_computed_as(const vg_shape *shape_, size_t index,
                                       const vg_node *x)
{
    VG_CLAUSE_(kind = VG_CLAUSE_COMPUTED, sub = VG_COMPUTED_EXTRA, shape = shape_,
               b = &vg_relations(shape_)[index], c = x);
}
static inline const vg_node *vg_related(vg_node *out, size_t op, const vg_shape *shape,
                                        size_t index, const vg_node *condition)
{
    out->op = (uint16_t)op;
    out->n = (uint32_t)index;
    out->a = shape;
    out->b = vg_of_node(condition);
    return out;
}

#define VG_CHOSEN(omit, word, ...)                                                     \
    vg_columns((omit) + VG_REQUIRE(0 __VA_OPT__(+1), word ": name a column at least"), \
               VG_NARGS(__VA_ARGS__),                                                  \
               vg_term_list((const vg_node *[VG_NARGS(__VA_ARGS__)]){NULL},            \
                            VG_NARGS(__VA_ARGS__) __VA_OPT__(                          \
                                VG_WORDS(VG_TERM_UNSORTED, word, __VA_ARGS__))))
#define VG_IS_EXTRA(to, x, text)                                                  \
    VG_ALL(__typeof__(to) vg_t, __typeof__(x) vg_r,                               \
           VG_DEMAND(__builtin_classify_type(vg_t) == 5,                          \
                     text ": that is a column, no EXTRA"),                        \
           VG_DEMAND(VG_XCLASS(vg_r) != 0, text ": not an expression"),           \
           VG_DEMAND(!VG_XCLASS(vg_r) || VG_K_FITS(VG_EXTRA_CLASS(vg_t),          \
                                                   VG_XCLASS(vg_r) & VG_K_CLASS), \
                     text ": the EXTRA has another type than the expression"))
#define VG_EXTRA_CLASS(to) \
    VG_XCLASS(             \
        *__builtin_choose_expr(__builtin_classify_type(to) == 5, (to), (vg_int *)0))
#define VG_RELATED(op, t, relation, text, condition) \
    vg_make_predicate(VG_RELATED_NODE(op, t, relation, text, condition))
#define VG_RELATED_NODE(op, t, relation, text, condition)                            \
    vg_related(VG_NEW_NODE, (op) + VG_IS_RELATED((t).relation, text), &(t).vg_shape, \
               VG_RELATION_INDEX(t, relation), condition)
/* The table has declared the function: where none is defined, it is NULL. */
#define VG_RELATION_WHERE_(t, relation, predicate, text)                               \
    _Static_assert(                                                                    \
        __builtin_types_compatible_p(__typeof__(t), const struct t##_vg), text         \
        ": " #t " is an alias, or has its relations of a table; say it of the table"); \
    __attribute__((weak)) void t##_vg_where_##relation(                                \
        void (*vg_take)(void *, const vg_node *), void *vg_ctx)                        \
    {                                                                                  \
        (void)VG_CHECKING(                                                             \
            t.relation,                                                                \
            VG_DEMAND(__builtin_classify_type(vg_r) == 5 || VG_IN_ERROR(vg_r),         \
                      text ": that is a column, no relation"),                         \
            VG_DEMAND(__builtin_classify_type(vg_r) != 5 || !VG_EXTRA_CLASS(vg_r),     \
                      text ": that is an EXTRA, no relation"));                        \
        vg_take(vg_ctx, vg_takes_a_predicate(predicate));                              \
    }
#define VG_IF_GIVEN(...) VG_FIRST(__VA_OPT__(vg_takes_a_predicate(__VA_ARGS__), ) NULL)

#define VG_IS_RELATED(x, text)                                                        \
    VG_CHECKING(x, VG_DEMAND(__builtin_classify_type(vg_r) == 5 || VG_IN_ERROR(vg_r), \
                             text ": that is a column, no relation"))
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
#define VG_INSIDE_SAME_(...)        VG_INSIDE_SAME__(__VA_ARGS__)
#define VG_INSIDE_vg_with(row, ...) , row,
#define VG_INSIDE_SAME__(row, text, rows)                                \
    +VG_REQUIRE(                                                         \
        __builtin_types_compatible_p(__typeof__(row), __typeof__(rows)), \
        text ": the WITH inside is of another table than the rows that it loads into")

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
