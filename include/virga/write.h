/* Statements that write: INSERT, UPDATE, DELETE, and what stands inside them.
 *
 *     vg_exec(db, INSERT_INTO(posts, SET(title, "Hello"), SET(author_id, 7)));
 *     vg_exec(db, UPDATE(posts, SET(views, 0)), WHERE(EQ(posts.id, 3)));
 *     vg_exec(db, DELETE_FROM(posts), WHERE(LT(posts.views, 1)));
 *
 * FROM, WHERE and the other clauses are those of query.h. */
#pragma once
#pragma GCC system_header
#include <virga/query.h>

typedef enum vg_item_kind {
    VG_ITEM_END,
    VG_ITEM_SKIP, /* a SET_IF whose condition is false */
    VG_ITEM_SET,  /* column = value */
    VG_ITEM_ROWS, /* VALUES, UPDATE_ROWS: value.p: structs; VG_V_BLOB: insert structs,
                     VG_V_NONE: row structs */
    VG_ITEM_EACH, /* UPDATE_ROWS: a column that each row sets */
    VG_ITEM_DEFAULTS,     /* DEFAULT_VALUES */
    VG_ITEM_KEY,          /* a column of the conflict target */
    VG_ITEM_KEY_WHERE,    /* value: a predicate */
    VG_ITEM_UPDATE_WHERE, /* value: a predicate */
    VG_ITEM_NOTHING,      /* DO_NOTHING */
    VG_ITEM_CONSTRAINT,   /* value: the name of the conflict's constraint */
    VG_ITEM_OVERRIDING    /* column: 0 system, 1 user */
} vg_item_kind;

/* What stands inside INSERT_INTO, UPDATE and ON_CONFLICT. */
typedef struct vg_item {
    uint32_t kind;
    uint32_t column; /* index in the table */
    vg_value value;  /* ROWS: .p, and the count as its length */
} vg_item;

/* ---- constructors; the first token of a head names its row type: detail/rows.h ---- */

static inline vg_clause vg_insert(const vg_shape *shape_, const vg_item *items,
                                  size_t zero)
{
    (void)zero;
    VG_CLAUSE_(kind = VG_CLAUSE_INSERT, shape = shape_, b = items);
}
static inline vg_clause vg_update(const vg_shape *shape_, const vg_item *items)
{
    VG_CLAUSE_(kind = VG_CLAUSE_UPDATE, shape = shape_, b = items);
}
/* What UPDATE_ROWS takes its values from. */
static inline vg_value vg_of_rows(const void *rows, size_t n)
{
    return vg_of_array(rows, VG_V_NONE, n);
}
static inline vg_value vg_of_new_rows(const void *rows, size_t n)
{
    return vg_of_array(rows, VG_V_BLOB, n);
}
static inline vg_clause vg_delete(const vg_shape *shape_)
{
    VG_CLAUSE_(kind = VG_CLAUSE_DELETE, shape = shape_);
}
static inline vg_clause vg_conflict(const vg_shape *shape_, const vg_item *items)
{
    VG_CLAUSE_(kind = VG_CLAUSE_CONFLICT, shape = shape_, b = items);
}
static inline vg_clause vg_returning(const void *row, const vg_shape *shape_)
{
    (void)row;
    VG_CLAUSE_(kind = VG_CLAUSE_RETURNING, shape = shape_);
}
static inline vg_clause vg_returning_value(const void *row, const vg_node *x,
                                           unsigned sql_class)
{
    (void)row;
    VG_CLAUSE_(kind = VG_CLAUSE_RETURNING, n = sql_class, shape = NULL, c = x);
}

/* words: begin */

/* Insert one row by SETs, rows from structs by VALUES, or DEFAULT_VALUES alone. A column
 * that is left out gets its default. A NOT NULL column without a default must be SET.
 *     INSERT_INTO(posts, SET(title, "Hello"), SET(author_id, 7))
 *     INSERT_INTO(posts, VALUES(&post))       struct posts_new post = {...};
 *     INSERT_INTO(posts, VALUES(rows, n))     all or nothing; n may be 0
 * With FROM it selects: a row for each row there, the SETs its columns; DISTINCT, joins,
 * WHERE, GROUP_BY, ORDER_BY, LIMIT as in SELECT.
 *     INSERT_INTO(archive, SET(id, posts.id), SET(title, UPPER(posts.title))),
 *         FROM(posts), WHERE(LT(posts.views, 1)) */
#define VG_INSERT_INTO(t, ...)                                                    \
    vg_insert(VG_TO_CHANGE(t, "INSERT_INTO"),                                     \
              (const vg_item[]){VG_EACH(VG_ITEM, t, __VA_ARGS__){0}},             \
              VG_REQUIRE(((0 VG_EACH(VG_GIVEN, t, __VA_ARGS__)) & VG_NEED_##t) == \
                             VG_NEED_##t,                                         \
                         "INSERT_INTO(" #t                                        \
                         "): a NOT NULL column without a default is missing"))

/* Change rows; refused without WHERE unless ALL_ROWS is said. FROM and joins bring in other
 * tables; ORDER_BY with LIMIT changes the first rows only.
 *     UPDATE(posts, SET(views, ADD(posts.views, 1))), WHERE(EQ(posts.id, 3))
 *     UPDATE(users, SET(name, posts.title)), FROM(posts), WHERE(EQ(users.id, posts.uid)) */
#define VG_UPDATE(t, ...)                \
    vg_update(VG_TO_CHANGE(t, "UPDATE"), \
              (const vg_item[]){VG_EACH(VG_ITEM, t, __VA_ARGS__){0}})

/* Change many rows, each to values of its own: from an array of `n` row structs (as a
 * query reads them) or insert structs. KEY says which columns find the row, SET_EACH which
 * it sets (up to 16; several SET_EACH add up), SET what is set to the same in all. All or
 * nothing; vg_changes tells how many rows were found. One prepared UPDATE is run for each
 * row. RETURNING and COMMENT are the only other clauses.
 *     UPDATE_ROWS(users, list.data, list.len, KEY(id), SET_EACH(name, age)) */
#define VG_UPDATE_ROWS(t, rows, n, ...)                     \
    vg_update(VG_TO_CHANGE(t, "UPDATE_ROWS"),               \
              (const vg_item[]){VG_ITEM_STRUCTS(t, rows, n) \
                                    VG_EACH(VG_ITEM, t, __VA_ARGS__){0}})

/* Delete rows; refused without WHERE unless ALL_ROWS is said; ORDER_BY and LIMIT as in
 * UPDATE. USING (FROM is the same) and joins bring in other tables.
 *     DELETE_FROM(posts), WHERE(LT(posts.views, 1))
 *     DELETE_FROM(posts), USING(users), WHERE(AND(EQ(users.id, posts.uid), users.gone)) */
#define VG_DELETE_FROM(t) vg_delete(VG_TO_CHANGE(t, "DELETE_FROM"))
#define VG_USING(t)       vg_from(&(t).vg_shape)

/* What to do with a row that a unique key refuses. Entries: KEY(column, ...) is the key
 * (none: any), KEY_WHERE(predicate) that of a partial index; then DO_NOTHING, or SETs, and
 * UPDATE_WHERE(predicate) for the rows to update. Several ON_CONFLICT are tried in turn.
 *     ON_CONFLICT(users, DO_NOTHING)
 *     ON_CONFLICT(users, KEY(email), SET(name, EXCLUDED(users.name))) */
#define VG_ON_CONFLICT(t, ...) VG_CAT(VG_CONFLICT_, VG_IS_TUPLE(t))(t, __VA_ARGS__)

/* The rows that INSERT, UPDATE or DELETE touched; the last clause of the statement.
 *     vg_one(db, &arena, &user, INSERT_INTO(users, SET(email, e)), RETURNING(users)) */
#define VG_RETURNING(shape) vg_returning((shape).vg_row, &(shape).vg_shape)
#define VG_RETURNING_VALUE(x) \
    vg_returning_value(VG_ROW_OF_VALUE(x, "RETURNING_VALUE"), VG_NODE(x), VG_XCLASS(x))

/* Says that an UPDATE or DELETE without WHERE is meant. */
#define VG_ALL_ROWS vg_condition(VG_CLAUSE_ALL_ROWS, NULL)

/* Entries of INSERT_INTO, UPDATE and ON_CONFLICT. SET's value is an expression or a C
 * value of the column's class; a vg_opt_ or NULL only if the column may be NULL. SET_IF
 * sets only if `cond` is true (the value is evaluated in either case) and does not count
 * as giving a required column. */
#define VG_SET(name, ...)          (vg_e_set, name, __VA_ARGS__)
#define VG_SET_IF(cond, name, ...) (vg_e_sif, name, (cond), __VA_ARGS__)
#define VG_VALUES(...)             (vg_e_val, __VA_ARGS__)
#define VG_DEFAULT_VALUES          (vg_e_def, 0)
#define VG_KEY(...)                (vg_e_key, __VA_ARGS__)
#define VG_KEY_WHERE(x)            (vg_e_kwh, x)
#define VG_UPDATE_WHERE(x)         (vg_e_uwh, x)
#define VG_SET_EACH(...)           (vg_e_eac, __VA_ARGS__)
#define VG_DO_NOTHING              (vg_e_non, 0)

/* In ON_CONFLICT, in place of KEY: the constraint by its name. In INSERT_INTO: that values
 * for a GENERATED ALWAYS AS IDENTITY column are meant, or are passed over. PostgreSQL only.
 *     ON_CONFLICT(users, ON_CONSTRAINT("users_email_key"), DO_NOTHING)
 *     INSERT_INTO(users, OVERRIDING_SYSTEM_VALUE, SET(id, 7)) */
#define VG_ON_CONSTRAINT(name)     (vg_e_cns, name)
#define VG_OVERRIDING_SYSTEM_VALUE (vg_e_ovr, 0)
#define VG_OVERRIDING_USER_VALUE   (vg_e_ovr, 1)

/* words: end */

/* ---- what the macros forward to ---- */

#define VG_CONFLICT_0(t, ...) \
    vg_conflict(&t.vg_shape, (const vg_item[]){VG_EACH(VG_ITEM, t, __VA_ARGS__){0}})
/* The first argument is an entry. */
#define VG_CONFLICT_1(t, ...)                                                        \
    vg_conflict(                                                                     \
        (const vg_shape *)VG_REQUIRE(                                                \
            0, "ON_CONFLICT: the table comes first, then KEY(column) and the like"), \
        NULL)

#define VG_ITEM(t, e) VG_ENTRY(VG_ITEM, t, VG_AS_TUPLE(e))
#define VG_ITEM_vg_e_unk(t, text)                                           \
    {VG_REQUIRE(0, #t ": not an entry, such as SET(column, value): " text), \
     0,                                                                     \
     {{0}, 0}},
#define VG_ITEM_vg_e_set(t, name, ...) \
    VG_ITEM_SET_(VG_ITEM_SET, "SET", t, name, __VA_ARGS__)
#define VG_ITEM_vg_e_sif(t, name, cond, ...) \
    VG_ITEM_SET_(cond ? VG_ITEM_SET : VG_ITEM_SKIP, "SET_IF", t, name, __VA_ARGS__)
#define VG_ITEM_SET_(kind, word, t, name, ...) \
    {(kind), VG_INDEX_OF(t, name),             \
     VG_VALUE_IF((__VA_ARGS__), char[1 + VG_FITTING(word "(" #name ")", t.name)])},
#define VG_FITTING(text, column)                                                \
    VG_ALL(__typeof__(column) *vg_c, VG_CLASS_A(*vg_c), VG_CLASS_B,             \
           VG_DEMAND(!VG_IS_VOLATILE(*vg_c), text ": the column is GENERATED"), \
           VG_DEMAND(VG_K_FITS(VG_A, VG_B) != 0,                                \
                     text ": the value has another type than the column"),      \
           VG_DEMAND(!VG_K_FITS(VG_A, VG_B) || (VG_A & VG_K_NULL) ||            \
                         !(VG_B & VG_K_NULL) || (VG_B & VG_K_EXPR),             \
                     text ": the column is NOT NULL, the value may be NULL"))
/* A generated column's handle is volatile, see tables.h. */
#define VG_IS_VOLATILE(x) \
    _Generic(1 ? &(x) : (const void *)0, const volatile void * : 1, default : 0)
#define VG_ITEM_vg_e_val(t, ...) VG_ITEM_vg_e_val_(t, __VA_ARGS__, 1, )
#define VG_ITEM_vg_e_val_(t, rows, n, ...)                                        \
    {VG_ITEM_ROWS +                                                               \
         VG_CHECKING(rows,                                                        \
                     VG_DEMAND(_Generic((vg_r), struct t##_new * : 1,             \
                                        const struct t##_new * : 1, default : 0), \
                               "VALUES: the rows are no struct " #t "_new")),     \
     0, vg_of_array((rows), VG_V_BLOB, (n))},
/* clang-format off */
#define VG_ITEM_STRUCTS(t, rows, n)                                                 \
    {VG_ITEM_ROWS, 0,                                                               \
     _Generic(VG_OPERAND(rows, VG_DEMAND(VG_ARE_STRUCTS(vg_r, t),                   \
                  "UPDATE_ROWS: the rows are neither struct " #t                    \
                  " nor struct " #t "_new")),                                       \
              void (*)(struct t *, char *): vg_of_rows,                             \
              void (*)(const struct t *, char *): vg_of_rows,                       \
              void (*)(struct t##_new *, char *): vg_of_new_rows,                   \
              void (*)(const struct t##_new *, char *): vg_of_new_rows,             \
              default: vg_of_nothing)((rows), (n))},
#define VG_ARE_STRUCTS(r, t)                                                        \
    _Generic((r), struct t *: 1, const struct t *: 1, struct t##_new *: 1,          \
             const struct t##_new *: 1, default: 0)
/* clang-format on */
#define VG_ITEM_vg_e_eac(t, ...)  VG_WORDS(VG_ITEM_EACH_, t, __VA_ARGS__)
#define VG_ITEM_EACH_(t, name)    {VG_ITEM_EACH, VG_INDEX_OF(t, name), {{0}, 0}},
#define VG_ITEM_vg_e_def(t, zero) {VG_ITEM_DEFAULTS, 0, {{0}, 0}},
#define VG_ITEM_vg_e_key(t, ...)  VG_WORDS(VG_ITEM_KEY_, t, __VA_ARGS__)
#define VG_ITEM_KEY_(t, name)     {VG_ITEM_KEY, VG_INDEX_OF(t, name), {{0}, 0}},
#define VG_ITEM_vg_e_kwh(t, x) \
    {VG_ITEM_KEY_WHERE, 0, vg_of_node(vg_takes_a_predicate(x))},
#define VG_ITEM_vg_e_uwh(t, x) \
    {VG_ITEM_UPDATE_WHERE, 0, vg_of_node(vg_takes_a_predicate(x))},
#define VG_ITEM_vg_e_non(t, zero) {VG_ITEM_NOTHING, 0, {{0}, 0}},
#define VG_ITEM_vg_e_cns(t, name) {VG_ITEM_CONSTRAINT, 0, vg_of_text("" name "")},
#define VG_ITEM_vg_e_ovr(t, who)  {VG_ITEM_OVERRIDING, who, {{0}, 0}},

/* Which columns an INSERT gives, as bits. */
#define VG_GIVEN(t, e)                  VG_ENTRY(VG_GIVEN, t, VG_AS_TUPLE(e))
#define VG_GIVEN_vg_e_set(t, name, ...) | (uint64_t)1 << VG_INDEX_OF(t, name)
#define VG_GIVEN_vg_e_sif               VG_NOTHING
#define VG_GIVEN_vg_e_unk               VG_NOTHING
#define VG_GIVEN_vg_e_val(t, ...)       | UINT64_MAX
#define VG_GIVEN_vg_e_def               VG_NOTHING
#define VG_GIVEN_vg_e_ovr               VG_NOTHING
