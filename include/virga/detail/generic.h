/* The two _Generic lists: C value or expression to its class (a constant), and to a
 * vg_value (by a function). A new type is one line in each, and nowhere else.
 *
 * If a compile error led you here, an operator got something that has no SQL type:
 * pass a column, an expression, a number, a string, vg_bytes, vg_timestamp or the
 * address of a vg_uuid. */
#pragma once
#pragma GCC system_header
#include <virga/types.h>
#include <virga/detail/pp.h>

typedef struct vg_node vg_node;
typedef struct vg_shape vg_shape;
typedef struct vg_clause vg_clause;

/* One struct type per SQL class, and another for "may be NULL": distinct types make a
 * mismatch an error in every compiler, where scalars would only warn. */
#define VG_EXPRESSIONS(X)                                                                \
    X(int) X(real) X(text) X(predicate) X(time) X(blob) X(json) X(uuid_expr) X(numeric)

#define VG_EXPRESSION(c)                                                                 \
    typedef struct vg_##c {                                                              \
        const vg_node *node;                                                             \
    } vg_##c;                                                                            \
    typedef struct vg_##c##_null {                                                       \
        const vg_node *node;                                                             \
    } vg_##c##_null;
VG_EXPRESSIONS(VG_EXPRESSION)
#undef VG_EXPRESSION

/* An ORDER BY term, an identifier that a fragment quotes, and what is none of them. */
typedef struct vg_order {
    const vg_node *node;
} vg_order;
typedef struct vg_ident {
    const char *name;
} vg_ident;
typedef struct vg_not_an_expression {
    const vg_node *node;
} vg_not_an_expression;

/* Classes are bits, so that "may these two meet" is one &. */
enum {
    VG_K_int = 1,
    VG_K_real = 2,
    VG_K_text = 4,
    VG_K_predicate = 8,
    VG_K_time = 16,
    VG_K_blob = 32,
    VG_K_json = 64,
    VG_K_uuid_expr = 128,
    VG_K_numeric = 256,
    VG_K_ANY = 511,
    VG_K_NUMBER = 512,  /* an expression that is a number: may meet other numbers */
    VG_K_NULL = 1024,   /* may be NULL: a nullable expression, a vg_opt_, NULL itself */
    VG_K_EXPR = 2048,   /* an expression, not a C value */
    VG_K_OPT = 16       /* shift of a value that may be missing: fits SET only */
};

/* What a SET may take: the column's class, or the same as a vg_opt_ or NULL. */
#define VG_K_FITS(column, value)                                                         \
    ((column) & ((value) | ((value) >> VG_K_OPT)) & VG_K_ANY)

/* clang-format off */
#define VG_EXPR_CLASSES                                                                  \
    vg_int: VG_K_int | VG_K_NUMBER | VG_K_EXPR,                                          \
    vg_int_null: VG_K_int | VG_K_NUMBER | VG_K_EXPR | VG_K_NULL,                         \
    vg_real: VG_K_real | VG_K_NUMBER | VG_K_EXPR,                                        \
    vg_real_null: VG_K_real | VG_K_NUMBER | VG_K_EXPR | VG_K_NULL,                       \
    vg_numeric: VG_K_numeric | VG_K_NUMBER | VG_K_EXPR,                                  \
    vg_numeric_null: VG_K_numeric | VG_K_NUMBER | VG_K_EXPR | VG_K_NULL,                 \
    vg_text: VG_K_text | VG_K_EXPR,                                                      \
    vg_text_null: VG_K_text | VG_K_EXPR | VG_K_NULL,                                     \
    vg_predicate: VG_K_predicate | VG_K_EXPR,                                            \
    vg_predicate_null: VG_K_predicate | VG_K_EXPR | VG_K_NULL,                           \
    vg_time: VG_K_time | VG_K_EXPR,                                                      \
    vg_time_null: VG_K_time | VG_K_EXPR | VG_K_NULL,                                     \
    vg_blob: VG_K_blob | VG_K_EXPR,                                                      \
    vg_blob_null: VG_K_blob | VG_K_EXPR | VG_K_NULL,                                     \
    vg_json: VG_K_json | VG_K_EXPR,                                                      \
    vg_json_null: VG_K_json | VG_K_EXPR | VG_K_NULL,                                     \
    vg_uuid_expr: VG_K_uuid_expr | VG_K_EXPR,                                            \
    vg_uuid_expr_null: VG_K_uuid_expr | VG_K_EXPR | VG_K_NULL,

/* The class of an expression; 0 for anything else. */
#define VG_XCLASS(x) _Generic((x), VG_EXPR_CLASSES default: 0)

/* The class of an expression or of a C value. */
#define VG_CLASS(x) _Generic((x), VG_EXPR_CLASSES                                        \
    bool: VG_K_predicate, int: VG_K_int | VG_K_real | VG_K_numeric | VG_K_predicate,     \
    char: VG_K_WHOLE, signed char: VG_K_WHOLE, unsigned char: VG_K_WHOLE,                \
    short: VG_K_WHOLE, unsigned short: VG_K_WHOLE, unsigned: VG_K_WHOLE,                 \
    long: VG_K_WHOLE, unsigned long: VG_K_WHOLE,                                         \
    long long: VG_K_WHOLE, unsigned long long: VG_K_WHOLE,                               \
    float: VG_K_real | VG_K_numeric, double: VG_K_real | VG_K_numeric,                   \
    char *: VG_K_STRING, const char *: VG_K_STRING, vg_str: VG_K_STRING,                 \
    vg_bytes: VG_K_blob, vg_timestamp: VG_K_time,                                        \
    vg_uuid *: VG_K_uuid_expr, const vg_uuid *: VG_K_uuid_expr,                                    \
    vg_opt_int: VG_K_NULL | VG_K_int << VG_K_OPT,                                        \
    vg_opt_real: VG_K_NULL | VG_K_real << VG_K_OPT,                                      \
    vg_opt_bool: VG_K_NULL | VG_K_predicate << VG_K_OPT,                                 \
    vg_opt_time: VG_K_NULL | VG_K_time << VG_K_OPT,                                      \
    const vg_opt_uuid *: VG_K_NULL | VG_K_uuid_expr << VG_K_OPT,                              \
    vg_opt_uuid *: VG_K_NULL | VG_K_uuid_expr << VG_K_OPT,                                    \
    vg_ident: 0,                                                                         \
    void *: VG_K_NULL | VG_K_ANY << VG_K_OPT, default: 0)
#define VG_K_WHOLE (VG_K_int | VG_K_real | VG_K_numeric)
#define VG_K_STRING (VG_K_text | VG_K_json | VG_K_numeric)

#define VG_VALUE(x) _Generic((x),                                                        \
    vg_int: vg_v_int, vg_int_null: vg_v_int_null,                                        \
    vg_real: vg_v_real, vg_real_null: vg_v_real_null,                                    \
    vg_numeric: vg_v_numeric, vg_numeric_null: vg_v_numeric_null,                        \
    vg_text: vg_v_text, vg_text_null: vg_v_text_null,                                    \
    vg_predicate: vg_v_predicate, vg_predicate_null: vg_v_predicate_null,                \
    vg_time: vg_v_time, vg_time_null: vg_v_time_null,                                    \
    vg_blob: vg_v_blob, vg_blob_null: vg_v_blob_null,                                    \
    vg_json: vg_v_json, vg_json_null: vg_v_json_null,                                    \
    vg_uuid_expr: vg_v_uuid_expr, vg_uuid_expr_null: vg_v_uuid_expr_null,                          \
    bool: vg_of_bool, char: vg_of_int, signed char: vg_of_int, unsigned char: vg_of_int, \
    short: vg_of_int, unsigned short: vg_of_int, int: vg_of_int, unsigned: vg_of_int,    \
    long: vg_of_int, long long: vg_of_int,                                               \
    unsigned long: vg_of_unsigned, unsigned long long: vg_of_unsigned,                   \
    float: vg_of_real, double: vg_of_real,                                               \
    char *: vg_of_text, const char *: vg_of_text, vg_str: vg_of_str,                     \
    vg_bytes: vg_of_bytes, vg_timestamp: vg_of_time,                                     \
    vg_uuid *: vg_of_uuid, const vg_uuid *: vg_of_uuid,                                  \
    vg_opt_int: vg_of_opt_int, vg_opt_real: vg_of_opt_real,                              \
    vg_opt_bool: vg_of_opt_bool, vg_opt_time: vg_of_opt_time,                            \
    vg_opt_uuid *: vg_of_opt_uuid, const vg_opt_uuid *: vg_of_opt_uuid,                  \
    vg_ident: vg_of_ident, default: vg_of_null)(x)
/* clang-format on */
