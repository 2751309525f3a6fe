/* Queries: a statement is a head (SELECT, INSERT_INTO, UPDATE, DELETE_FROM, ...) and the
 * clauses after it, in SQL's order or any other:
 *
 *     vg_all(db, &arena, &list, SELECT(users), WHERE(EQ(users.id, 7)), LIMIT(1));
 *
 * Each yields a vg_clause by value; vg_all and its like (db.h) put them into one array on
 * the stack. A clause may be chosen at run time (both sides are a vg_clause):
 *     newest ? ORDER_BY(DESC(users.created_at)) : ORDER_BY(users.email)
 * A LIMIT below zero and a WHERE of SKIP are no clause at all. */
#pragma once
#pragma GCC system_header
#include <virga/schema.h>
#include <virga/detail/rows.h>

/* In the order in which SQL writes them, and so their parameters. */
typedef enum vg_clause_kind {
    VG_CLAUSE_END,
    VG_CLAUSE_CTE, /* a: the alias that it fills, sub: VG_CTE_ bits, b: clauses, n: count */
    /* a: shape, sub: distinct; without a shape one value, c: its node, n: its class */
    VG_CLAUSE_DISTINCT_ON, /* b: nodes, n: count */
    VG_CLAUSE_SELECT,
    VG_CLAUSE_SELECT_COUNT, /* count(*); sub: whether there is a row */
    VG_CLAUSE_COMPOUND,     /* b: clauses of the first query, n: count */
    VG_CLAUSE_RAW,          /* a: text, b: values, n: count, c: the rows' shape */
    VG_CLAUSE_INSERT,       /* a: shape, b: items */
    VG_CLAUSE_UPDATE,       /* a: shape, b: items */
    VG_CLAUSE_DELETE,       /* a: shape */
    VG_CLAUSE_COLUMNS,      /* b: columns, n: count, sub: 0 these, 1 all others */
    VG_CLAUSE_COMPUTED,     /* sub: vg_computed, c: node, b: what follows from sub */
    VG_CLAUSE_DISTINCT,
    VG_CLAUSE_KEYS, /* a tree's: b: values, n: count, sub: in a key, c: nodes */
    VG_CLAUSE_FROM, /* a: shape */
    VG_CLAUSE_JOIN, /* a: shape, sub: vg_join, c: condition */
    VG_CLAUSE_ALL_ROWS,
    VG_CLAUSE_WHERE,        /* c: node */
    VG_CLAUSE_GROUP_BY,     /* b: nodes, n: count */
    VG_CLAUSE_HAVING,       /* c: node */
    VG_CLAUSE_WINDOW,       /* a: its name, b: its clauses, n: count */
    VG_CLAUSE_SET_OP,       /* sub: vg_set_op, b: clauses, n: count */
    VG_CLAUSE_PARTITION_BY, /* inside OVER and WINDOW; b: nodes, n: count */
    VG_CLAUSE_ORDER_BY,     /* b: nodes, n: count */
    VG_CLAUSE_FRAME,        /* inside OVER and WINDOW; see window.h */
    VG_CLAUSE_LIMIT,        /* i; sub: an expression instead, node */
    VG_CLAUSE_OFFSET,       /* the same */
    VG_CLAUSE_LOCK,         /* sub: vg_lock_strength, b: vg_lock_options, n: count */
    VG_CLAUSE_CONFLICT,     /* a: shape, b: items */
    VG_CLAUSE_RETURNING, /* a: shape; no shape: one value, c: its node, n: its class */
    VG_CLAUSE_COMMENT,   /* a: text; sub: tags instead, b: strings in pairs, n: count */
    VG_CLAUSE_CACHE,     /* sub: vg_caching, i: ms to live, b: tags, n: may be stale */
    VG_CLAUSE_ALLOW,     /* a: text, sub: vg_allowed, c: shape; says nothing in SQL */
    VG_CLAUSE_WITH /* a: shape, sub: index of the relation, b: clauses, n: count; c: loads */
} vg_clause_kind;

/* What a column beside those of the shape is for. */
typedef enum vg_computed {
    VG_COMPUTED_EXTRA, /* b: its vg_relation */
    VG_COMPUTED_KEY,   /* behind the row; b: the vg_column that it is read as */
    VG_COMPUTED_ROW, /* all columns of a relation's target, which is joined; b: vg_relation */
    VG_COMPUTED_RANK /* the number of a row among those of its parent; b: partition */
} vg_computed;

typedef enum vg_join {
    VG_JOIN_INNER,
    VG_JOIN_LEFT,
    VG_JOIN_RIGHT,
    VG_JOIN_FULL,
    VG_JOIN_CROSS,
    VG_JOIN_LATERAL_BIT = 8 /* beside one of them: it sees the tables before it */
} vg_join;

/* One clause. Which members are set follows from the kind, see above; the others are
 * left as they are, which keeps the calling code small. */
struct vg_clause {
    uint16_t kind;
    uint16_t sub;
    uint32_t n;
    union {
        const vg_shape *shape;
        const char *text;
        int64_t i;
        const vg_node *node;
    };
    const void *b;
    const void *c;
};

/* A query in FROM: an alias together with what fills it. */
typedef struct vg_derived {
    struct vg_shape vg_shape; /* "struct" for C++, which takes the name anew */
} vg_derived;
VG_API const vg_derived *vg_derive(vg_derived *out, const vg_shape *alias,
                                   const vg_clause *query, size_t clause_count);

/* ---- constructors; the first token of a head names its row type below ---- */

#define VG_CLAUSE_(...)        \
    vg_clause q;               \
    VG_CLAUSE_SET(__VA_ARGS__) \
    return q
#define VG_CLAUSE_SET(...)              VG_WORDS(VG_CLAUSE_MEMBER, q, __VA_ARGS__)
#define VG_CLAUSE_MEMBER(q, assignment) q.assignment;

static inline vg_clause vg_takes_a_clause(vg_clause clause)
{
    return clause;
}
static inline vg_clause vg_select(const void *row, const vg_shape *shape_)
{
    (void)row;
    VG_CLAUSE_(kind = VG_CLAUSE_SELECT, sub = 0, shape = shape_);
}
static inline vg_clause vg_select_distinct(const void *row, const vg_shape *shape_)
{
    (void)row;
    VG_CLAUSE_(kind = VG_CLAUSE_SELECT, sub = 1, shape = shape_);
}
static inline vg_clause vg_select_value(const void *row, const vg_node *x,
                                        unsigned sql_class)
{
    (void)row;
    VG_CLAUSE_(kind = VG_CLAUSE_SELECT, sub = 0, n = sql_class, shape = NULL, c = x);
}
static inline vg_clause vg_select_count(void)
{
    VG_CLAUSE_(kind = VG_CLAUSE_SELECT_COUNT, sub = 0);
}
static inline vg_clause vg_select_exists(void)
{
    VG_CLAUSE_(kind = VG_CLAUSE_SELECT_COUNT, sub = 1);
}
static inline vg_clause vg_raw_select(const void *row, const vg_shape *shape_,
                                      const char *text_, size_t count,
                                      const vg_value *values)
{
    (void)row;
    VG_CLAUSE_(kind = VG_CLAUSE_RAW, n = (uint32_t)count, text = text_, b = values,
               c = shape_);
}
static inline vg_clause vg_raw_sql(const char *text_, size_t count,
                                   const vg_value *values)
{
    VG_CLAUSE_(kind = VG_CLAUSE_RAW, n = (uint32_t)count, text = text_, b = values,
               c = NULL);
}
static inline vg_clause vg_from(const vg_shape *shape_)
{
    VG_CLAUSE_(kind = VG_CLAUSE_FROM, shape = shape_);
}
static inline vg_clause vg_join_on(unsigned join, const vg_shape *shape_,
                                   const vg_node *on)
{
    VG_CLAUSE_(kind = VG_CLAUSE_JOIN, sub = (uint16_t)join, shape = shape_, c = on);
}
static inline vg_clause vg_condition(vg_clause_kind kind_, const vg_node *x)
{
    VG_CLAUSE_(kind = (uint16_t)kind_, c = x);
}
/* Terms into `room`, which is returned; as arguments, for file scope: see vg_logic. */
VG_API const vg_node *const *vg_term_list(const vg_node **room, size_t n, ...);
static inline vg_clause vg_terms(vg_clause_kind kind_, size_t count,
                                 const vg_node *const *terms)
{
    VG_CLAUSE_(kind = (uint16_t)kind_, n = (uint32_t)count, b = terms);
}
static inline vg_clause vg_number(vg_clause_kind kind_, vg_value number)
{
    VG_CLAUSE_(kind = (uint16_t)kind_, sub = vg_value_kind_of(number) == VG_V_EXPR,
               i = number.i);
}
/* words: begin */

/* Rows of a table, alias or projection, every column listed. The table itself is FROM
 * when no FROM is said.
 *     SELECT(users)      SELECT_DISTINCT(card), FROM(users) */
#define VG_SELECT(shape)          vg_select((shape).vg_row, &(shape).vg_shape)
#define VG_SELECT_DISTINCT(shape) vg_select_distinct((shape).vg_row, &(shape).vg_shape)

/* Rows of one value: into int64_t, const char *, ... by vg_get; into vg_int_list,
 * vg_text_list, ... by vg_all.
 *     int64_t n; vg_get(db, &arena, &n, SELECT_VALUE(COUNT()), FROM(users)); */
#define VG_SELECT_VALUE(x) \
    vg_select_value(VG_ROW_OF_VALUE(x, "SELECT_VALUE"), VG_NODE(x), VG_XCLASS(x))

/* A statement written by hand; `text` is a string literal, its ? marks as in SQL().
 * RAW_SELECT fills rows of `shape` by position; the number of columns is checked.
 *     vg_exec(db, RAW("pragma user_version = 3"))
 *     vg_all(db, &arena, &list, RAW_SELECT(users, "select * from users where id > ?", 5)) */
#define VG_RAW(...)               VG_RAW_(__VA_ARGS__, )
#define VG_RAW_SELECT(shape, ...) VG_RAW_SELECT_(shape, __VA_ARGS__, )

/* No row twice: for SELECT_VALUE, and for an INSERT_INTO that selects.
 *     SELECT_VALUE(users.age), DISTINCT */
#define VG_DISTINCT vg_condition(VG_CLAUSE_DISTINCT, NULL)

/* Where rows come from: a table, an alias, a SUBQUERY. */
#define VG_FROM(t) vg_from(&(t).vg_shape)

/* Joins; `on` is a predicate. A RIGHT or FULL join needs SQLite 3.39. */
#define VG_INNER_JOIN(t, on) \
    vg_join_on(VG_JOIN_INNER, &(t).vg_shape, vg_takes_a_predicate(on))
#define VG_LEFT_JOIN(t, on) \
    vg_join_on(VG_JOIN_LEFT, &(t).vg_shape, vg_takes_a_predicate(on))
#define VG_RIGHT_JOIN(t, on) \
    vg_join_on(VG_JOIN_RIGHT, &(t).vg_shape, vg_takes_a_predicate(on))
#define VG_FULL_JOIN(t, on) \
    vg_join_on(VG_JOIN_FULL, &(t).vg_shape, vg_takes_a_predicate(on))
#define VG_CROSS_JOIN(t) vg_join_on(VG_JOIN_CROSS, &(t).vg_shape, NULL)

/* A query as a source of rows, under the name of an ALIAS of what it selects.
 *     ALIAS(recent, post_card)
 *     FROM(SUBQUERY(recent, SELECT(post_card), FROM(posts), LIMIT(10))) */
#define VG_SUBQUERY(alias, ...)                                                       \
    (*vg_derive(&(vg_derived){0},                                                     \
                &alias.vg_shape + VG_REQUIRE(__builtin_types_compatible_p(            \
                                                 __typeof__(alias.vg_row),            \
                                                 __typeof__(VG_ROW_OF(__VA_ARGS__))), \
                                             "SUBQUERY(" #alias                       \
                                             "): the alias has other rows than the "  \
                                             "query"),                                \
                (const vg_clause[]){__VA_ARGS__}, VG_NARGS(__VA_ARGS__)))

/* Conditions. If a compile error led you here, the argument is no vg_predicate. */
#define VG_WHERE(x)  vg_condition(VG_CLAUSE_WHERE, vg_takes_a_predicate(x))
#define VG_HAVING(x) vg_condition(VG_CLAUSE_HAVING, vg_takes_a_predicate(x))

/* Up to 16 expressions; ORDER_BY takes ASC(x) and DESC(x) too. */
#define VG_GROUP_BY(...) VG_TERMS_UNSORTED(VG_CLAUSE_GROUP_BY, "GROUP_BY", __VA_ARGS__)
#define VG_ORDER_BY(...) VG_TERMS(VG_CLAUSE_ORDER_BY, __VA_ARGS__)

/* At most `n` rows, after leaving out the first `n`: a bound parameter, or an INTEGER
 * expression of no column. LIMIT below 0, and OFFSET of 0 or below, are no clause. */
#define VG_LIMIT(n)  VG_AMOUNT(VG_CLAUSE_LIMIT, "LIMIT", n, #n)
#define VG_OFFSET(n) VG_AMOUNT(VG_CLAUSE_OFFSET, "OFFSET", n, #n)

/* words: end */

/* ---- what the macros forward to ---- */

/* The values of RAW end in an empty argument: see VG_FRAGMENT. */
#define VG_ITEM_VALUE(c, ...) \
    __VA_OPT__(VG_VALUE_IF((__VA_ARGS__), VG_DEMAND_SQL_TYPE), )

#define VG_TERMS(kind, ...)                                                       \
    vg_terms(kind, VG_NARGS(__VA_ARGS__),                                         \
             vg_term_list((const vg_node *[VG_NARGS(__VA_ARGS__)]){NULL},         \
                          VG_NARGS(__VA_ARGS__) VG_CAT(VG_SOME_, __VA_OPT__(X))() \
                              VG_WORDS(VG_TERM, , __VA_ARGS__)))
#define VG_TERM(c, x) , VG_NODE(x)
#define VG_TERMS_UNSORTED(kind, word, ...)                                        \
    vg_terms(kind, VG_NARGS(__VA_ARGS__),                                         \
             vg_term_list((const vg_node *[VG_NARGS(__VA_ARGS__)]){NULL},         \
                          VG_NARGS(__VA_ARGS__) VG_CAT(VG_SOME_, __VA_OPT__(X))() \
                              VG_WORDS(VG_TERM_UNSORTED, word, __VA_ARGS__)))
#define VG_TERM_UNSORTED(word, x)                                                \
    , VG_NODE(x) +                                                               \
          VG_CHECKING(x, VG_DEMAND(!_Generic((vg_r), vg_order : 1, default : 0), \
                                   word ": ASC and DESC belong into ORDER_BY"))

/* Without the text of x: a macro around the statement has often expanded it. */
#define VG_ROW_OF_VALUE(x, word)                                  \
    (VG_C_TYPE(x, VG_DEMAND(VG_XCLASS(vg_r) || VG_IN_ERROR(vg_r), \
                            word ": not a column or expression")) *)0
#define VG_AMOUNT(kind, word, n, ns)                                          \
    vg_number(kind,                                                           \
              VG_VALUE_IF(n, VG_DEMAND((VG_CLASS(vg_r) & VG_K_int) != 0, word \
                                       "(" ns "): " ns " is not a whole number")))

#define VG_RAW_(text, ...)                            \
    vg_raw_sql("" text "", VG_NARGS(__VA_ARGS__) - 1, \
               (const vg_value[]){VG_EACH(VG_ITEM_VALUE, , __VA_ARGS__){{0}, 0}})
#define VG_RAW_SELECT_(shape, text, ...)                         \
    vg_raw_select((shape).vg_row, &(shape).vg_shape, "" text "", \
                  VG_NARGS(__VA_ARGS__) - 1,                     \
                  (const vg_value[]){VG_EACH(VG_ITEM_VALUE, , __VA_ARGS__){{0}, 0}})
