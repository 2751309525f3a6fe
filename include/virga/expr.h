/* Typed expressions: columns, comparisons, arithmetic, aggregates, fragments of SQL.
 *
 * Every operator is a macro that checks its operands' types, on the user's own line, and
 * forwards to a function at once. What it yields is a small struct whose *type* is the
 * SQL class (vg_int, vg_text_null, vg_predicate, ...) and whose value points to a node on
 * the stack: an expression lives until the end of the block it is written in, as any
 * compound literal does. vg_keep copies one that must live longer.
 *
 * Each VG_X has the short name X unless VG_NO_SQL_WORDS is defined (words.h). */
#pragma once
#pragma GCC system_header
#include <virga/value.h>
#include <virga/arena.h>
#include <virga/detail/generic.h>
#include <virga/detail/ops.h>

typedef enum vg_op {
#define VG_OP_ENUM(name, sql, form, null) VG_OP_##name,
    VG_OPS(VG_OP_ENUM)
#undef VG_OP_ENUM
} vg_op;

/* A node of an expression, 32 bytes. What the members mean follows from the form:
 *
 *     LEAF column      n: index in the shape                a: const vg_shape *
 *     LEAF parameter   n: index, type: vg_type              b.i: whether it may be NULL
 *     COMPARE          a: left node                         b: right operand
 *     ARITH            b.p: const vg_value[2], the operands
 *     PREFIX, SUFFIX, CALL, WRAP, EXCLUDED                  a: operand
 *     LOGIC            n: count                             b.p: const vg_node *const *
 *     BETWEEN          a: operand                           b.p: const vg_value[2]
 *     IN               n: count, a: operand                 b.p: const vg_value *
 *     IN_ARRAY         a: operand                           b: an array value
 *     SUBQUERY         n: count                             b.p: const vg_clause *
 *     AS               a: operand                           b.s: the name
 *     RELATED          n: index, a: const vg_shape *        b.node: condition, or NULL
 *     SOURCE           a: const vg_shape *, of which it is the rowid or the like
 *     FTS_CALL         n: count, a: an FTS_TABLE or column  b.p: const vg_value *
 *     FRAGMENT         n: count, a: text with ? marks       b.p: const vg_value *
 *                      type: the vg_type it was declared to have */
struct vg_node {
    uint16_t op;
    uint16_t type;
    uint32_t n;
    const void *a;
    vg_value b;
};

#define VG_NODE_VALUE(c)                                    \
    static inline vg_value vg_v_##c(vg_##c x)               \
    {                                                       \
        return vg_of_node(x.node);                          \
    }                                                       \
    static inline vg_value vg_v_##c##_null(vg_##c##_null x) \
    {                                                       \
        return vg_of_node(x.node);                          \
    }
VG_EXPRESSIONS(VG_NODE_VALUE)
#undef VG_NODE_VALUE

static inline vg_value vg_of_ident(vg_ident x)
{
    VG_MAKE_VALUE(s, x.name, VG_V_IDENT, VG_UNTIL_NUL);
}

/* Its value is looked at when the query runs; a NULL among them is bound as NULL. */
static inline vg_value vg_of_encoded(vg_encoded x)
{
    VG_MAKE_VALUE(p, x.encoding, VG_V_ENCODED, VG_UNTIL_NUL);
}

/* What is selected for an operand without a class, so that the check's own message stays
 * the only one: no prototype, so it takes anything. It is never called and nowhere
 * defined. */
vg_value vg_of_nothing();

/* The builders behind the macros: they fill *out and return it. Lists are passed as
 * arguments and stored in `room`, because an array with computed elements cannot stand
 * at file scope, where PROJECTION asks expressions for their types. */
VG_API const vg_node *vg_binary(vg_node *out, size_t op, vg_value r, const vg_node *l);
VG_API const vg_node *vg_arith(vg_node *out, vg_value room[2], size_t op, vg_value l,
                               vg_value r);
VG_API const vg_node *vg_unary(vg_node *out, size_t op, const vg_node *x);
VG_API const vg_node *vg_range(vg_node *out, vg_value room[2], size_t op, vg_value low,
                               vg_value high, const vg_node *x);
VG_API const vg_node *vg_logic(vg_node *out, const vg_node **room, size_t op, size_t n,
                               ...);
VG_API const vg_node *vg_logic_array(vg_node *out, size_t op, size_t n,
                                     const vg_predicate *predicates);
VG_API const vg_node *vg_listing(vg_node *out, vg_value *room, size_t op,
                                 const vg_node *x, size_t n, ...);
VG_API const vg_node *vg_of_source(vg_node *out, size_t op, const vg_shape *shape);
VG_API const vg_node *vg_in_array(vg_node *out, size_t op, const vg_node *x,
                                  vg_value array);
VG_API const vg_node *vg_nested(vg_node *out, vg_clause *room, size_t op, size_t n,
                                ...);
VG_API const vg_node *vg_named(vg_node *out, const vg_node *x, const char *name);
VG_API const vg_node *vg_fragment(vg_node *out, vg_value *room, size_t type,
                                  const char *text, size_t n, ...);

/* A node with its type; what a typed expression is made by. */
#define VG_MAKE(c)                                                   \
    static inline vg_##c vg_make_##c(const vg_node *x)               \
    {                                                                \
        return (vg_##c){x};                                          \
    }                                                                \
    static inline vg_##c##_null vg_make_##c##_null(const vg_node *x) \
    {                                                                \
        return (vg_##c##_null){x};                                   \
    }
VG_EXPRESSIONS(VG_MAKE)
#undef VG_MAKE
static inline vg_order vg_make_order(const vg_node *x)
{
    return (vg_order){x};
}
static inline vg_not_an_expression vg_make_nothing(const vg_node *x)
{
    return (vg_not_an_expression){x};
}

#define VG_NEW_NODE (&(vg_node){0})

/* words: begin */

/* Comparisons: EQ = NE <> GT > GTE >= LT < LTE <=. `l` is an expression, `r` an
 * expression or a C value of the same class; yields a vg_predicate. A C value becomes a
 * bound parameter. NULL is refused: see IS_NULL. A string that is NULL at run time is
 * refused then (VG_INVALID).
 *     WHERE(EQ(users.email, email))   ->   where "users"."email" = ?
 * If a compile error led you here, compare the types of the two sides. */
#define VG_EQ(l, r)  VG_COMPARE(VG_OP_EQ, "EQ", l, r, #l, #r)
#define VG_NE(l, r)  VG_COMPARE(VG_OP_NE, "NE", l, r, #l, #r)
#define VG_GT(l, r)  VG_COMPARE(VG_OP_GT, "GT", l, r, #l, #r)
#define VG_GTE(l, r) VG_COMPARE(VG_OP_GTE, "GTE", l, r, #l, #r)
#define VG_LT(l, r)  VG_COMPARE(VG_OP_LT, "LT", l, r, #l, #r)
#define VG_LTE(l, r) VG_COMPARE(VG_OP_LTE, "LTE", l, r, #l, #r)

/* Pattern matching on text, with % and _; how it treats case is the database's affair
 * (SQLite: ASCII letters match either case).
 *     LIKE(users.email, "%@example.org") */
#define VG_LIKE(l, r)     VG_PATTERN(VG_OP_LIKE, "LIKE", l, r, #l, #r)
#define VG_NOT_LIKE(l, r) VG_PATTERN(VG_OP_NOT_LIKE, "NOT_LIKE", l, r, #l, #r)

/* Tests for NULL, of any expression. */
#define VG_IS_NULL(x)     VG_TEST(VG_OP_IS_NULL, "IS_NULL", x, #x)
#define VG_IS_NOT_NULL(x) VG_TEST(VG_OP_IS_NOT_NULL, "IS_NOT_NULL", x, #x)

/* `low` <= `x` <= `high`, both ends included. */
#define VG_BETWEEN(x, low, high) \
    VG_RANGE(VG_OP_BETWEEN, "BETWEEN", x, low, high, #x, #low, #high)
#define VG_NOT_BETWEEN(x, low, high) \
    VG_RANGE(VG_OP_NOT_BETWEEN, "NOT_BETWEEN", x, low, high, #x, #low, #high)

/* Membership in a list that is written out (up to 96 values, or one SCALAR subquery).
 *     IN(users.role, "admin", "owner")
 *     IN(users.id, SCALAR(posts.author_id, FROM(posts))) */
#define VG_IN(x, ...) VG_MEMBER(VG_OP_IN, "IN", x, #x, #__VA_ARGS__, __VA_ARGS__)
#define VG_NOT_IN(x, ...) \
    VG_MEMBER(VG_OP_NOT_IN, "NOT_IN", x, #x, #__VA_ARGS__, __VA_ARGS__)

/* Membership in an array of `count` elements: int, int64_t, double, const char *,
 * vg_timestamp or vg_uuid. An empty array is false (NOT_IN_ARRAY: true). The array is
 * read when the query runs.
 *     int64_t ids[] = {1, 2, 3};
 *     WHERE(IN_ARRAY(users.id, ids, 3)) */
#define VG_IN_ARRAY(x, array, count) \
    VG_MEMBER_ARRAY(VG_OP_IN_ARRAY, "IN_ARRAY", x, array, count, #x, #array)
#define VG_NOT_IN_ARRAY(x, array, count) \
    VG_MEMBER_ARRAY(VG_OP_NOT_IN_ARRAY, "NOT_IN_ARRAY", x, array, count, #x, #array)

/* Logic over predicates. SKIP stands for "no condition": it vanishes from AND and OR,
 * and a WHERE of nothing but SKIP is no WHERE.
 *     WHERE(AND(EQ(users.role, "user"), min_age ? GTE(users.age, min_age) : SKIP))
 * If a compile error led you here, an argument is not a vg_predicate: compare it with
 * something (a BOOLEAN column that may be NULL: EQ(x, true)). */
#define VG_AND(...) VG_LOGIC(VG_OP_AND, __VA_ARGS__)
#define VG_OR(...)  VG_LOGIC(VG_OP_OR, __VA_ARGS__)
#define VG_NOT(x) \
    vg_make_predicate(vg_unary(VG_NEW_NODE, VG_OP_NOT, vg_takes_a_predicate(x)))
#define VG_SKIP vg_make_predicate(NULL)

/* AND and OR over an array of `count` predicates, for conditions collected in a loop.
 * The array is read when the query runs. An empty array is no condition. */
#define VG_ALL_OF(predicates, count) \
    VG_LOGIC_ARRAY(VG_OP_AND, "ALL_OF", predicates, count, #predicates)
#define VG_ANY_OF(predicates, count) \
    VG_LOGIC_ARRAY(VG_OP_OR, "ANY_OF", predicates, count, #predicates)

/* Arithmetic on numbers: INTEGER with INTEGER stays INTEGER, anything else is REAL
 * (NUMERIC with NUMERIC: NUMERIC); NULL if an operand is. Either side may be a value.
 *     SET(views, ADD(posts.views, 1)) */
#define VG_ADD(l, r) VG_ARITH(VG_OP_ADD, "ADD", l, r, #l, #r)
#define VG_SUB(l, r) VG_ARITH(VG_OP_SUB, "SUB", l, r, #l, #r)
#define VG_MUL(l, r) VG_ARITH(VG_OP_MUL, "MUL", l, r, #l, #r)
#define VG_DIV(l, r) VG_ARITH(VG_OP_DIV, "DIV", l, r, #l, #r)
#define VG_MOD(l, r) VG_ARITH(VG_OP_MOD, "MOD", l, r, #l, #r)
#define VG_NEG(x)    VG_SAME(VG_OP_NEG, VG_K_NUMBER, "NEG", " is not a number", x, #x)
#define VG_ABS(x)    VG_SAME(VG_OP_ABS, VG_K_NUMBER, "ABS", " is not a number", x, #x)

/* Text; more of it in function.h. LENGTH counts characters. */
#define VG_LOWER(x)  VG_SAME(VG_OP_LOWER, VG_K_text, "LOWER", " is not text", x, #x)
#define VG_UPPER(x)  VG_SAME(VG_OP_UPPER, VG_K_text, "UPPER", " is not text", x, #x)
#define VG_LENGTH(x) VG_MEASURE(x, #x)

/* Aggregates. COUNT() counts rows, COUNT(x) the rows where x is not NULL; both yield an
 * integer that is never NULL. SUM, AVG, MIN and MAX are NULL over no rows. */
#define VG_COUNT(...) \
    VG_CAT(VG_COUNT_, __VA_OPT__(EXPR))(#__VA_ARGS__ __VA_OPT__(, ) __VA_ARGS__)
#define VG_COUNT_DISTINCT(x) \
    vg_make_int(VG_UNARY(VG_OP_COUNT_DISTINCT, "COUNT_DISTINCT", x, #x))
#define VG_SUM(x) VG_SAME_NULL(VG_OP_SUM, VG_K_NUMBER, "SUM", " is not a number", x, #x)
#define VG_SUM_DISTINCT(x)                                                            \
    VG_SAME_NULL(VG_OP_SUM_DISTINCT, VG_K_NUMBER, "SUM_DISTINCT", " is not a number", \
                 x, #x)
#define VG_AVG(x)          VG_MEAN(VG_OP_AVG, "AVG", x, #x)
#define VG_AVG_DISTINCT(x) VG_MEAN(VG_OP_AVG_DISTINCT, "AVG_DISTINCT", x, #x)
#define VG_MIN(x)          VG_EXTREME(VG_OP_MIN, "MIN", x, #x)
#define VG_MAX(x)          VG_EXTREME(VG_OP_MAX, "MAX", x, #x)

/* The same expression, but one that may be NULL: for a column of the table on the outer
 * side of a LEFT_JOIN, whose NOT NULL no longer holds.
 *     FIELD(author, NULLABLE(users.name)) */
#define VG_NULLABLE(x)                                  \
    VG_SAME_NULL(VG_OP_NULLABLE, VG_K_EXPR, "NULLABLE", \
                 " is not a column or expression", x, #x)

/* The expression under a name of its own in the result: upper("name") as "up". */
#define VG_AS(x, name) VG_NAMED(x, #x, #name)

/* In DO UPDATE: the value that the refused row had for a column.
 *     ON_CONFLICT(users, KEY(email), SET(name, EXCLUDED(users.name))) */
#define VG_EXCLUDED(x) \
    VG_SAME(VG_OP_EXCLUDED, VG_K_EXPR, "EXCLUDED", " is not a column", x, #x)

/* A fragment of SQL of a declared type. `text` is a string literal; each ? in it takes
 * the next argument: an expression is written in place (write "(?)" where its operators
 * could mix with yours), a C value becomes a parameter,
 * IDENT(name) a quoted identifier; ?? is a question mark. Text inside quotes is left
 * alone. There is no way to paste a run-time string into SQL.
 *     SQL(INTEGER, "length(?) + ?", users.name, 2)
 * The result is NOT NULL unless you say NULLABLE(SQL(...)). */
#define VG_SQL(type, ...)                                                           \
    VG_TYPE_MAKER(type)                                                             \
    (VG_FRAGMENT(                                                                   \
        VG_TYPE_OF(type) +                                                          \
            VG_REQUIRE(VG_TYPE_KNOWN(type) && VG_TYPE_OF(type) < VG_TYPE_ENUM_TEXT, \
                       "SQL(" #type ", ...): " #type " is not a column type"),      \
        __VA_ARGS__))
#define VG_IDENT(name) VG_IDENTIFIER(name, #name)

/* Sort terms: ORDER_BY(DESC(users.created_at), users.id). A bare expression ascends. */
#define VG_ASC(x)  vg_make_order(VG_UNARY(VG_OP_ASC, "ASC", x, #x))
#define VG_DESC(x) vg_make_order(VG_UNARY(VG_OP_DESC, "DESC", x, #x))

/* Subqueries as expressions. EXISTS takes a whole SELECT; SCALAR(x, FROM(...), ...) is
 * the one value of x, or NULL, and a set inside IN; COUNT_OF(FROM(t), WHERE(...)) counts.
 *     WHERE(EXISTS(SELECT(posts), WHERE(EQ(posts.author_id, users.id)))) */
#define VG_EXISTS(...)     VG_SUBQUERY_TEST(VG_OP_EXISTS, __VA_ARGS__)
#define VG_NOT_EXISTS(...) VG_SUBQUERY_TEST(VG_OP_NOT_EXISTS, __VA_ARGS__)
#define VG_SCALAR(x, ...)                                                     \
    VG_MAKE_NULL_IF(x, VG_DEMAND_EXPR("SCALAR", #x))                          \
    (VG_NESTED(VG_OP_SCALAR, vg_select_value(NULL, VG_NODE(x), VG_XCLASS(x)), \
               __VA_ARGS__))
#define VG_COUNT_OF(...) \
    vg_make_int(VG_NESTED(VG_OP_SCALAR, vg_select_count(), __VA_ARGS__))

/* words: end */

/* A copy of `expr` whose nodes live in `arena`, for an expression that must outlive its
 * block; strings and arrays that it refers to stay where they are. The same type as
 * `expr`. Out of memory yields an expression that makes its query fail (VG_NO_MEMORY). */
#define vg_keep(arena, expr) VG_MAKE_SAME(expr)(vg_keep_node((arena), (expr).node))
/* What vg_keep calls. */
VG_API const vg_node *vg_keep_node(vg_arena *arena, const vg_node *node);

/* ---- what the macros forward to ---- */

/* The text of the operand comes along: one level further down it would be expanded. */
#define VG_EXTREME(op, word, x, xs) \
    VG_SAME_NULL(op, VG_K_EXPR, word, " is not a column or expression", x, xs)
#define VG_COUNT_(xs)        vg_make_int(vg_unary(VG_NEW_NODE, VG_OP_COUNT_ALL, NULL))
#define VG_COUNT_EXPR(xs, x) vg_make_int(VG_UNARY(VG_OP_COUNT, "COUNT", x, xs))
#define VG_NO_EXPR(word, x)  word "(" x "): " x " is not a column or expression"
#define VG_DEMAND_LEFT(text, ls) \
    VG_DEMAND(VG_A != 0, text ": " ls " is not a column or expression")
#define VG_COMPARE(op, word, l, r, ls, rs)                                           \
    vg_make_predicate(vg_binary(                                                     \
        VG_NEW_NODE, (op),                                                           \
        VG_VALUE_IF(r, char[1 + VG_COMPARABLE(word "(" ls ", " rs ")", l, ls, rs)]), \
        VG_NODE(l)))
#define VG_COMPARABLE(text, l, ls, rs)                          \
    VG_ALL(VG_CLASS_A(l), VG_CLASS_B, VG_DEMAND_LEFT(text, ls), \
           VG_DEMAND(!VG_A || VG_K_MEET(VG_A, VG_B),            \
                     text ": the two sides have different types"))
#define VG_PATTERN(op, word, l, r, ls, rs)                                     \
    vg_make_predicate(vg_binary(                                               \
        VG_NEW_NODE, (op),                                                     \
        VG_VALUE_IF(r, char[1 + VG_MATCHING(word "(" ls ", " rs ")", l, ls)]), \
        VG_NODE(l)))
#define VG_MATCHING(text, l, ls)                                \
    VG_ALL(VG_CLASS_A(l), VG_CLASS_B, VG_DEMAND_LEFT(text, ls), \
           VG_DEMAND(!VG_A || (VG_A & VG_B & VG_K_text) != 0,   \
                     text ": both sides must be text"))
#define VG_DEMAND_EXPR(word, xs) \
    VG_DEMAND(VG_XCLASS(vg_r) || VG_IN_ERROR(vg_r), VG_NO_EXPR(word, xs))
#define VG_UNARY(op, word, x, xs) \
    vg_unary(VG_NEW_NODE, (op) + VG_CHECKING(x, VG_DEMAND_EXPR(word, xs)), VG_NODE(x))
#define VG_TEST(op, word, x, xs) vg_make_predicate(VG_UNARY(op, word, x, xs))
#define VG_RANGE(op, word, x, low, high, xs, ls, hs)                                  \
    vg_make_predicate(vg_range(                                                       \
        VG_NEW_NODE, VG_ROOM(2), (op),                                                \
        VG_VALUE_IF(low,                                                              \
                    char[1 + VG_ENDS(word "(" xs ", " ls ", " hs ")", x, high, xs)]), \
        VG_VALUE(high), VG_NODE(x)))
#define VG_ENDS(text, x, high, xs)                                                     \
    VG_ALL(VG_CLASS_A(x), VG_CLASS_B, __typeof__(high) vg_h, VG_DEMAND_LEFT(text, xs), \
           VG_DEMAND(!VG_A || (VG_A & VG_B & VG_CLASS(vg_h) &                          \
                               (VG_K_ANY | VG_K_NUMBER)) != 0,                         \
                     text ": the ends have another type than " xs))
#define VG_ROOM(n)          ((vg_value[n]){{{0}, 0}})
#define VG_AND_CLASS(c, x)  &VG_CLASS(x)
#define VG_NEXT_VALUE(c, x) , VG_VALUE(x)
#define VG_MEMBER(op, word, x, xs, list, ...)                                       \
    vg_make_predicate(vg_listing(                                                   \
        VG_NEW_NODE, VG_ROOM(VG_NARGS(__VA_ARGS__)),                                \
        (op) + VG_AMONG(word "(" xs ", " list ")", x, xs, __VA_ARGS__), VG_NODE(x), \
        VG_NARGS(__VA_ARGS__) VG_CAT(VG_SOME_, __VA_OPT__(X))()                     \
            VG_EACH(VG_NEXT_VALUE, , __VA_ARGS__)))
/* The values meet outside the demand: clang takes what stands inside one for a constant. */
#define VG_AMONG(text, x, xs, ...)                                      \
    VG_ALL(VG_CLASS_A(x),                                               \
           char(*vg_b)[1 + ((VG_K_ANY | VG_K_NUMBER)                    \
                                VG_EACH(VG_AND_CLASS, , __VA_ARGS__))], \
           VG_DEMAND_LEFT(text, xs),                                    \
           VG_DEMAND(!VG_A || (VG_A & VG_B) != 0,                       \
                     text ": a value has another type than " xs))
#define VG_MEMBER_ARRAY(op, word, x, array, count, xs, as)                             \
    vg_make_predicate(                                                                 \
        vg_in_array(VG_NEW_NODE,                                                       \
                    (op) + VG_AMONG_ARRAY(word "(" xs ", " as ", ...)", x, array, xs), \
                    VG_NODE(x), vg_of_array((array), VG_ARRAY_KIND(array), (count))))
#define VG_AMONG_ARRAY(text, x, array, xs)                                  \
    VG_ALL(VG_CLASS_A(x), __typeof__(array) vg_r, VG_DEMAND_LEFT(text, xs), \
           VG_DEMAND(!VG_A || (VG_A & VG_ARRAY_CLASS(vg_r)) != 0,           \
                     text ": the elements have another type than " xs))
/* clang-format off */
#define VG_ARRAY_CLASS(a) _Generic((a),                                                \
    int *: VG_K_int | VG_K_predicate | VG_K_enum_expr,                                   \
    const int *: VG_K_int | VG_K_predicate | VG_K_enum_expr,           \
    long *: VG_K_int, const long *: VG_K_int,                                            \
    long long *: VG_K_int, const long long *: VG_K_int,                                  \
    double *: VG_K_real, const double *: VG_K_real,                                      \
    char **: VG_K_STRING, const char **: VG_K_STRING,                                    \
    char *const *: VG_K_STRING, const char *const *: VG_K_STRING,                        \
    vg_timestamp *: VG_K_time, const vg_timestamp *: VG_K_time,                          \
    vg_uuid *: VG_K_uuid_expr, const vg_uuid *: VG_K_uuid_expr, default: 0)
#define VG_ARRAY_KIND(a) _Generic((a),                                                 \
    int *: VG_V_ARRAY_I32, const int *: VG_V_ARRAY_I32,                                  \
    long *: VG_V_ARRAY_I64, const long *: VG_V_ARRAY_I64,                                \
    long long *: VG_V_ARRAY_I64, const long long *: VG_V_ARRAY_I64,                      \
    double *: VG_V_ARRAY_REAL, const double *: VG_V_ARRAY_REAL,                          \
    vg_timestamp *: VG_V_ARRAY_TIME, const vg_timestamp *: VG_V_ARRAY_TIME,              \
    vg_uuid *: VG_V_ARRAY_UUID, const vg_uuid *: VG_V_ARRAY_UUID,                        \
    default: VG_V_ARRAY_TEXT)
/* clang-format on */

/* Predicates and clauses pass through functions whose names say in the compiler's own
 * error what was expected: "... argument 1 of 'vg_takes_a_predicate'". */
static inline const vg_node *vg_takes_a_predicate(vg_predicate predicate)
{
    return predicate.node;
}
#define VG_NEXT_PREDICATE(c, x) , vg_takes_a_predicate(x)
#define VG_LOGIC(op, ...)                                                              \
    vg_make_predicate(vg_logic(VG_NEW_NODE,                                            \
                               (const vg_node * [VG_NARGS(__VA_ARGS__)]){NULL}, (op),  \
                               VG_NARGS(__VA_ARGS__) VG_CAT(VG_SOME_, __VA_OPT__(X))() \
                                   VG_EACH(VG_NEXT_PREDICATE, , __VA_ARGS__)))
#define VG_LOGIC_ARRAY(op, word, predicates, count, xs)                               \
    vg_make_predicate(vg_logic_array(                                                 \
        VG_NEW_NODE,                                                                  \
        (op) + VG_CHECKING(predicates,                                                \
                           VG_DEMAND(_Generic((vg_r), vg_predicate * : 1,             \
                                              const vg_predicate * : 1, default : 0), \
                                     word "(" xs                                      \
                                          ", ...): not an array of vg_predicate")),   \
        (count), (const void *)(predicates)))
#define VG_NEXT_CLAUSE(c, x) , vg_takes_a_clause(x)
#define VG_NESTED(op, ...)                                                \
    vg_nested(VG_NEW_NODE, (vg_clause[VG_NARGS(__VA_ARGS__)]){{0}}, (op), \
              VG_NARGS(__VA_ARGS__) VG_CAT(VG_SOME_, __VA_OPT__(X))()     \
                  VG_WORDS(VG_NEXT_CLAUSE, , __VA_ARGS__))
#define VG_SUBQUERY_TEST(op, ...) vg_make_predicate(VG_NESTED(op, __VA_ARGS__))

/* clang-format off */
#define VG_MAKE_SAME(x) VG_MAKE_SAME_IF(x, char *)
#define VG_MAKE_SAME_IF(x, check) _Generic(VG_OPERAND(x, check), VG_MAKERS         \
    void (*)(vg_order, char *): vg_make_order, default: vg_make_nothing)
#define VG_MAKE_NULL_IF(x, check) _Generic(VG_OPERAND(x, check), VG_MAKERS_NULL    \
    default: vg_make_nothing)
#define VG_MAKERS                                                                        \
    vg_is_int: vg_make_int, vg_is_int_null: vg_make_int_null,                            \
    vg_is_real: vg_make_real, vg_is_real_null: vg_make_real_null,                        \
    vg_is_numeric: vg_make_numeric, vg_is_numeric_null: vg_make_numeric_null,            \
    vg_is_text: vg_make_text, vg_is_text_null: vg_make_text_null,                        \
    vg_is_predicate: vg_make_predicate, vg_is_predicate_null: vg_make_predicate_null,    \
    vg_is_time: vg_make_time, vg_is_time_null: vg_make_time_null,                        \
    vg_is_blob: vg_make_blob, vg_is_blob_null: vg_make_blob_null,                        \
    vg_is_json: vg_make_json, vg_is_json_null: vg_make_json_null,                        \
    vg_is_uuid_expr: vg_make_uuid_expr, vg_is_uuid_expr_null: vg_make_uuid_expr_null,    \
    vg_is_enum_expr: vg_make_enum_expr, vg_is_enum_expr_null: vg_make_enum_expr_null,    \
    vg_is_custom: vg_make_custom, vg_is_custom_null: vg_make_custom_null, \
    vg_is_native_expr: vg_make_native_expr, vg_is_native_expr_null: vg_make_native_expr_null, \
    vg_is_daytime_expr: vg_make_daytime_expr, vg_is_daytime_expr_null: vg_make_daytime_expr_null, \
    vg_is_interval_expr: vg_make_interval_expr, \
    vg_is_interval_expr_null: vg_make_interval_expr_null, \
    vg_is_point_expr: vg_make_point_expr, vg_is_point_expr_null: vg_make_point_expr_null, \
    vg_is_int_array_expr: vg_make_int_array_expr, \
    vg_is_int_array_expr_null: vg_make_int_array_expr_null, \
    vg_is_real_array_expr: vg_make_real_array_expr, \
    vg_is_real_array_expr_null: vg_make_real_array_expr_null, \
    vg_is_bool_array_expr: vg_make_bool_array_expr, \
    vg_is_bool_array_expr_null: vg_make_bool_array_expr_null, \
    vg_is_text_array_expr: vg_make_text_array_expr, \
    vg_is_text_array_expr_null: vg_make_text_array_expr_null, \
    vg_is_blob_array_expr: vg_make_blob_array_expr, \
    vg_is_blob_array_expr_null: vg_make_blob_array_expr_null, \
    vg_is_time_array_expr: vg_make_time_array_expr, \
    vg_is_time_array_expr_null: vg_make_time_array_expr_null, \
    vg_is_uuid_array_expr: vg_make_uuid_array_expr, \
    vg_is_uuid_array_expr_null: vg_make_uuid_array_expr_null,
#define VG_MAKERS_NULL                                                                   \
    vg_is_int: vg_make_int_null, vg_is_int_null: vg_make_int_null,                       \
    vg_is_real: vg_make_real_null, vg_is_real_null: vg_make_real_null,                   \
    vg_is_numeric: vg_make_numeric_null, vg_is_numeric_null: vg_make_numeric_null,       \
    vg_is_text: vg_make_text_null, vg_is_text_null: vg_make_text_null,                   \
    vg_is_predicate: vg_make_predicate_null, vg_is_predicate_null: vg_make_predicate_null,\
    vg_is_time: vg_make_time_null, vg_is_time_null: vg_make_time_null,                   \
    vg_is_blob: vg_make_blob_null, vg_is_blob_null: vg_make_blob_null,                   \
    vg_is_json: vg_make_json_null, vg_is_json_null: vg_make_json_null,                   \
    vg_is_uuid_expr: vg_make_uuid_expr_null, vg_is_uuid_expr_null: vg_make_uuid_expr_null,\
    vg_is_enum_expr: vg_make_enum_expr_null, vg_is_enum_expr_null: vg_make_enum_expr_null,\
    vg_is_custom: vg_make_custom_null, vg_is_custom_null: vg_make_custom_null, \
    vg_is_native_expr: vg_make_native_expr_null, vg_is_native_expr_null: vg_make_native_expr_null, \
    vg_is_daytime_expr: vg_make_daytime_expr_null, \
    vg_is_daytime_expr_null: vg_make_daytime_expr_null, \
    vg_is_interval_expr: vg_make_interval_expr_null, \
    vg_is_interval_expr_null: vg_make_interval_expr_null, \
    vg_is_point_expr: vg_make_point_expr_null, vg_is_point_expr_null: vg_make_point_expr_null, \
    vg_is_int_array_expr: vg_make_int_array_expr_null, \
    vg_is_int_array_expr_null: vg_make_int_array_expr_null, \
    vg_is_real_array_expr: vg_make_real_array_expr_null, \
    vg_is_real_array_expr_null: vg_make_real_array_expr_null, \
    vg_is_bool_array_expr: vg_make_bool_array_expr_null, \
    vg_is_bool_array_expr_null: vg_make_bool_array_expr_null, \
    vg_is_text_array_expr: vg_make_text_array_expr_null, \
    vg_is_text_array_expr_null: vg_make_text_array_expr_null, \
    vg_is_blob_array_expr: vg_make_blob_array_expr_null, \
    vg_is_blob_array_expr_null: vg_make_blob_array_expr_null, \
    vg_is_time_array_expr: vg_make_time_array_expr_null, \
    vg_is_time_array_expr_null: vg_make_time_array_expr_null, \
    vg_is_uuid_array_expr: vg_make_uuid_array_expr_null, \
    vg_is_uuid_array_expr_null: vg_make_uuid_array_expr_null,
/* clang-format on */

#define VG_DEMAND_CLASS(class, word, what, xs)                  \
    VG_DEMAND((VG_XCLASS(vg_r) & (class)) || VG_IN_ERROR(vg_r), \
              word "(" xs "): " xs what)
#define VG_SAME(op, class, word, what, x, xs)                  \
    VG_MAKE_SAME_IF(x, VG_DEMAND_CLASS(class, word, what, xs)) \
    (vg_unary(VG_NEW_NODE, (op), VG_NODE(x)))
#define VG_SAME_NULL(op, class, word, what, x, xs)             \
    VG_MAKE_NULL_IF(x, VG_DEMAND_CLASS(class, word, what, xs)) \
    (vg_unary(VG_NEW_NODE, (op), VG_NODE(x)))
#define VG_MEAN(op, word, x, xs)                                                 \
    vg_make_real_null(                                                           \
        vg_unary(VG_NEW_NODE,                                                    \
                 (op) + VG_CHECKING(x, VG_DEMAND_CLASS(VG_K_NUMBER, word,        \
                                                       " is not a number", xs)), \
                 VG_NODE(x)))
#define VG_MEASURE(x, xs)                                                             \
    _Generic(VG_OPERAND(x, VG_DEMAND_CLASS(VG_K_text, "LENGTH", " is not text", xs)), \
             vg_is_text_null                                                          \
             : vg_make_int_null, default                                              \
             : vg_make_int)(vg_unary(VG_NEW_NODE, VG_OP_LENGTH, VG_NODE(x)))
#define VG_NAMED(x, xs, name)                    \
    VG_MAKE_SAME_IF(x, VG_DEMAND_EXPR("AS", xs)) \
    (vg_named(VG_NEW_NODE, VG_NODE(x), name))

/* The result type of arithmetic falls out of C's own conversions: an expression that may
 * be NULL stands in as a complex number, and "complex" is as contagious as NULL. */
__extension__ typedef _Complex long long vg_maybe_int;
typedef _Complex double vg_maybe_real;
typedef _Complex long double vg_maybe_numeric;
#define VG_NUMBER(x)                                                \
    _Generic((x), vg_int : 0LL, vg_int_null                         \
             : (vg_maybe_int)0, vg_real : 0.0, vg_real_null         \
             : (vg_maybe_real)0, vg_numeric : 0.0L, vg_numeric_null \
             : (vg_maybe_numeric)0, float : 0.0, double : 0.0, default : 0)
#define VG_ARITH(op, word, l, r, ls, rs)                                         \
    _Generic(VG_NUMBER(l) + VG_NUMBER(r), vg_maybe_int                           \
             : vg_make_int_null, double                                          \
             : vg_make_real, vg_maybe_real                                       \
             : vg_make_real_null, long double                                    \
             : vg_make_numeric, vg_maybe_numeric                                 \
             : vg_make_numeric_null, default                                     \
             : vg_make_int)(                                                     \
        vg_arith(VG_NEW_NODE, VG_ROOM(2), (op),                                  \
                 VG_VALUE_IF(l, VG_DEMAND_NUMBER(word "(" ls ", " rs "): " ls)), \
                 VG_VALUE_IF(r, VG_DEMAND_NUMBER(word "(" ls ", " rs "): " rs))))
/* A string may stand for a NUMERIC elsewhere, but not in arithmetic. */
#define VG_DEMAND_NUMBER(text)                                                \
    VG_DEMAND((VG_CLASS(vg_r) & VG_K_WHOLE) && !(VG_CLASS(vg_r) & VG_K_text), \
              text " is not a number")
#define VG_DEMAND_TEXT(text) \
    VG_DEMAND((VG_CLASS(vg_r) & VG_K_text) != 0, text " is not text")
#define VG_IDENTIFIER(x, xs)                                                        \
    vg_make_ident(VG_VALUE_IF(x, VG_DEMAND(_Generic((vg_r), char * : 1,             \
                                                    const char * : 1, default : 0), \
                                           "IDENT(" xs "): not a string"))          \
                      .s)
static inline vg_ident vg_make_ident(const char *name)
{
    return (vg_ident){name};
}
#define VG_FRAGMENT(type, ...) VG_FRAGMENT_(type, __VA_ARGS__, )
#define VG_FRAGMENT_(type, text, ...)                                          \
    vg_fragment(VG_NEW_NODE, VG_ROOM(VG_NARGS(__VA_ARGS__)), type, "" text "", \
                VG_NARGS(__VA_ARGS__) - 1 VG_EACH(VG_NEXT_MAYBE, , __VA_ARGS__))
/* The list ends in an empty argument, so that a fragment without values has one too. */
#define VG_NEXT_MAYBE(c, ...) \
    __VA_OPT__(, VG_VALUE_IF((__VA_ARGS__), VG_DEMAND_SQL_TYPE))
#define VG_DEMAND_SQL_TYPE                                                        \
    VG_DEMAND(VG_CLASS(vg_r) != 0 || _Generic((vg_r), vg_ident : 1, default : 0), \
              "an argument after the SQL text has no SQL type")
