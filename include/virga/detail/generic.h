/* The _Generic lists: C value or expression to its class (a constant), and to a vg_value
 * (by a function). A new type is one line in each, and nowhere else.
 *
 * If a compile error led you here, an operator got something that has no SQL type:
 * pass a column, an expression, a number, a string, vg_bytes, vg_timestamp or the
 * address of a vg_uuid. */
#pragma once
#pragma GCC system_header
#include <virga/native.h>
#include <virga/detail/pp.h>

typedef struct vg_node vg_node;
typedef struct vg_shape vg_shape;
typedef struct vg_clause vg_clause;

/* One struct type per SQL class, and another for "may be NULL": distinct types make a
 * mismatch an error in every compiler, where scalars would only warn. */
/* clang-format off */
#define VG_EXPRESSIONS(X) \
    X(int) X(real) X(text) X(predicate) X(time) X(blob) X(json) X(uuid_expr) X(numeric)  \
    X(enum_expr) X(custom) X(native_expr) X(daytime_expr) X(interval_expr) X(point_expr) \
    X(int_array_expr) X(real_array_expr) X(bool_array_expr) X(text_array_expr)           \
    X(blob_array_expr) X(time_array_expr) X(uuid_array_expr)
/* clang-format on */

#define VG_EXPRESSION(c)           \
    typedef struct vg_##c {        \
        const vg_node *node;       \
    } vg_##c;                      \
    typedef struct vg_##c##_null { \
        const vg_node *node;       \
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
/* What ENCODED makes: a C value together with its codec. */
typedef struct vg_encoded {
    const struct vg_encoding *encoding;
} vg_encoded;
typedef struct vg_not_an_expression {
    const vg_node *node;
} vg_not_an_expression;

/* Classes are bits, so that "may these two meet" is one &. Those of C structs that few
 * databases have share one bit, and have a number above the bits: see VG_K_MEET. */
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
    VG_K_enum_expr = 512,    /* a C enum: takes whole numbers */
    VG_K_object = 1024,      /* a struct: daytime, interval, point, arrays */
    VG_K_custom = 2048,      /* of a CODEC: takes ENCODED */
    VG_K_native_expr = 4096, /* a type of the database's that is text in C */
    VG_K_ANY = 8191,
    VG_K_NUMBER = 8192, /* an expression that is a number: may meet other numbers */
    VG_K_NULL = 16384,  /* may be NULL: a nullable expression, a vg_opt_, NULL itself */
    VG_K_EXPR = 32768,  /* an expression, not a C value */
    VG_K_OPT = 16,      /* shift of a value that may be missing: fits SET only */
    VG_K_NOTHING = VG_K_text << VG_K_OPT, /* NULL itself: fits any SET */
    VG_K_OBJECT = 15 << 27,               /* which object */
    VG_K_daytime_expr = VG_K_object | 1 << 27,
    VG_K_interval_expr = VG_K_object | 2 << 27,
    VG_K_point_expr = VG_K_object | 3 << 27,
    VG_K_int_array_expr = VG_K_object | 4 << 27,
    VG_K_real_array_expr = VG_K_object | 5 << 27,
    VG_K_bool_array_expr = VG_K_object | 6 << 27,
    VG_K_text_array_expr = VG_K_object | 7 << 27,
    VG_K_blob_array_expr = VG_K_object | 8 << 27,
    VG_K_time_array_expr = VG_K_object | 9 << 27,
    VG_K_uuid_array_expr = VG_K_object | 10 << 27,
    VG_K_CLASS = VG_K_ANY | VG_K_OBJECT /* all that a column's class is */
};

/* The classes of expressions. */
enum {
#define VG_CLASS_OF(c)                                                               \
    VG_E_##c = VG_K_##c | VG_K_EXPR |                                                \
               (VG_K_##c & (VG_K_int | VG_K_real | VG_K_numeric) ? VG_K_NUMBER : 0), \
    VG_E_##c##_null = VG_E_##c | VG_K_NULL,
    VG_EXPRESSIONS(VG_CLASS_OF)
#undef VG_CLASS_OF
};

/* Function types for VG_OPERAND, below, to select by. */
#define VG_IS(c)                               \
    typedef void (*vg_is_##c)(vg_##c, char *); \
    typedef void (*vg_is_##c##_null)(vg_##c##_null, char *);
VG_EXPRESSIONS(VG_IS)
#undef VG_IS
typedef void (*vg_is_bool)(bool, char *);
typedef void (*vg_is_c_int)(int, char *);
typedef void (*vg_is_c_char)(char, char *);
typedef void (*vg_is_c_schar)(signed char, char *);
typedef void (*vg_is_c_uchar)(unsigned char, char *);
typedef void (*vg_is_c_short)(short, char *);
typedef void (*vg_is_c_ushort)(unsigned short, char *);
typedef void (*vg_is_c_unsigned)(unsigned, char *);
typedef void (*vg_is_c_long)(long, char *);
typedef void (*vg_is_c_llong)(long long, char *);
typedef void (*vg_is_c_ulong)(unsigned long, char *);
typedef void (*vg_is_c_ullong)(unsigned long long, char *);
typedef void (*vg_is_c_float)(float, char *);
typedef void (*vg_is_c_double)(double, char *);
typedef void (*vg_is_c_string)(char *, char *);
typedef void (*vg_is_c_cstring)(const char *, char *);
typedef void (*vg_is_str)(vg_str, char *);
typedef void (*vg_is_bytes)(vg_bytes, char *);
typedef void (*vg_is_timestamp)(vg_timestamp, char *);
typedef void (*vg_is_ident)(vg_ident, char *);
typedef void (*vg_is_uuid)(vg_uuid *, char *);
typedef void (*vg_is_cuuid)(const vg_uuid *, char *);
typedef void (*vg_is_opt_int)(vg_opt_int, char *);
typedef void (*vg_is_opt_real)(vg_opt_real, char *);
typedef void (*vg_is_opt_bool)(vg_opt_bool, char *);
typedef void (*vg_is_opt_time)(vg_opt_time, char *);
typedef void (*vg_is_opt_uuid)(vg_opt_uuid *, char *);
typedef void (*vg_is_copt_uuid)(const vg_opt_uuid *, char *);
#define VG_IS_OBJECT(c)                          \
    typedef void (*vg_is_##c)(vg_##c *, char *); \
    typedef void (*vg_is_c##c)(const vg_##c *, char *);
VG_IS_OBJECT(daytime)
VG_IS_OBJECT(interval)
VG_IS_OBJECT(point)
VG_IS_OBJECT(int_array)
VG_IS_OBJECT(real_array)
VG_IS_OBJECT(bool_array)
VG_IS_OBJECT(text_array)
VG_IS_OBJECT(blob_array)
VG_IS_OBJECT(time_array)
VG_IS_OBJECT(uuid_array)
#undef VG_IS_OBJECT
typedef void (*vg_is_encoded)(vg_encoded, char *);
typedef void (*vg_is_c_null)(void *, char *);

/* Whether the two may be compared. */
#define VG_K_MEET(a, b) \
    (((a) & (b) & (VG_K_ANY | VG_K_NUMBER)) != 0 && (((a) ^ (b)) & VG_K_OBJECT) == 0)
/* What a SET may take: the column's class, or the same as a vg_opt_ or NULL. */
#define VG_K_FITS(column, value)                                 \
    (((column) & ((value) | ((value) >> VG_K_OPT)) & VG_K_ANY && \
      (((column) ^ (value)) & VG_K_OBJECT) == 0) ||              \
     ((value)&VG_K_NOTHING && (column)&VG_K_ANY))

/* A check that is zero when it holds, and says `message` on the user's line when not. A
 * condition that is itself in error stays silent: its own error is enough. The message is
 * long where a macro of the user's has expanded the operands before us; that is no reason
 * for clang to warn. */
/* clang-format off */
#ifdef __clang__
#    define VG_REQUIRE(cond, message)                                                    \
        (0 * sizeof(struct {                                                             \
             _Pragma("clang diagnostic push")                                            \
             _Pragma("clang diagnostic ignored \"-Woverlength-strings\"")                \
             _Static_assert(__builtin_choose_expr(cond, 1, 0), message);                 \
             _Pragma("clang diagnostic pop")                                             \
             int vg_;                                                                    \
         }))
#else
#    define VG_REQUIRE(cond, message)                                          \
        (0 * sizeof(struct {                                                   \
             _Static_assert(sizeof(struct { char vg_[(cond) ? 1 : 2]; }) != 2,           \
                            message);                                          \
             int vg_;                                                                    \
         }))
#endif
/* clang-format on */

/* An operand under a name: the function type `void (*)(__typeof__(x) vg_r, char *)` says
 * the type of x, and in its own parameters, where the checks stand, vg_r has that type.
 * So an operator mentions an operand twice, for its type and for its value, however many
 * checks there are: a misspelt column is reported no more often than that.
 *     VG_OPERAND    selects by the type of x, with vg_r for `check`, a char array
 *     VG_CHECKING   zero, after the checks that follow; they see x as vg_r
 *     VG_DEMAND     one check, as a parameter
 *     VG_NODE       the node of an expression
 * They stand in one header because gcc says anew where a header is included from when an
 * error moves to another one. */
#define VG_OPERAND(x, check)     (void (*)(__typeof__(x) vg_r, check))0
#define VG_ALL(...)              (0 * sizeof(void (*)(__VA_ARGS__)))
#define VG_CHECKING(x, ...)      VG_ALL(__typeof__(x) vg_r, __VA_ARGS__)
#define VG_DEMAND(cond, message) char[1 + VG_REQUIRE(cond, message)]
#define VG_NODE(x)               (x).node

/* VG_CAT(VG_SOME_, __VA_OPT__(X))() after a count: an error where a list is empty, which would
 * be read as if it had one element. */
#define VG_SOME_() +VG_REQUIRE(0, "nothing stands between the parentheses")
#define VG_SOME_X()

/* The class of the left operand and of vg_r, found once, for VG_A and VG_B to repeat. */
#define VG_CLASS_A(l) char(*vg_a)[1 + VG_XCLASS(l)]
#define VG_CLASS_B    char(*vg_b)[1 + VG_CLASS(vg_r)]
#define VG_A          (sizeof(*vg_a) - 1)
#define VG_B          (sizeof(*vg_b) - 1)

/* The index of a column, by its place among the handles: an unknown one is missed as a
 * member of the table, with the compiler's own "did you mean". */
#define VG_INDEX_OF(t, c) \
    (VG_IS_BARE(t, c) + (VG_AT(t, c) - VG_AT(t, vg_handles)) / sizeof(void *))
#define VG_IS_BARE(t, c)                                       \
    VG_REQUIRE(__builtin_strncmp(#c, #t ".", sizeof(#t)) != 0, \
               #c ": here a column is named without its table")
#define VG_AT(t, member) __builtin_offsetof(__typeof__(t), member)

/* gcc takes an operand that is in error for an int. It has said so: no second message. */
#ifdef __clang__
#    define VG_IN_ERROR(x) 0
#else
#    define VG_IN_ERROR(x) _Generic((x), int : 1, default : 0)
#endif

/* clang-format off */
#define VG_EXPR_CLASSES                                                                  \
    vg_int: VG_E_int, vg_int_null: VG_E_int_null,                                        \
    vg_real: VG_E_real, vg_real_null: VG_E_real_null,                                    \
    vg_numeric: VG_E_numeric, vg_numeric_null: VG_E_numeric_null,                        \
    vg_text: VG_E_text, vg_text_null: VG_E_text_null,                                    \
    vg_predicate: VG_E_predicate, vg_predicate_null: VG_E_predicate_null,                \
    vg_time: VG_E_time, vg_time_null: VG_E_time_null,                                    \
    vg_blob: VG_E_blob, vg_blob_null: VG_E_blob_null,                                    \
    vg_json: VG_E_json, vg_json_null: VG_E_json_null,                                    \
    vg_uuid_expr: VG_E_uuid_expr, vg_uuid_expr_null: VG_E_uuid_expr_null,                \
    vg_enum_expr: VG_E_enum_expr, vg_enum_expr_null: VG_E_enum_expr_null,                \
    vg_custom: VG_E_custom, vg_custom_null: VG_E_custom_null,                            \
    vg_native_expr: VG_E_native_expr, vg_native_expr_null: VG_E_native_expr_null,        \
    vg_daytime_expr: VG_E_daytime_expr, vg_daytime_expr_null: VG_E_daytime_expr_null,    \
    vg_interval_expr: VG_E_interval_expr, vg_interval_expr_null: VG_E_interval_expr_null,\
    vg_point_expr: VG_E_point_expr, vg_point_expr_null: VG_E_point_expr_null,            \
    vg_int_array_expr: VG_E_int_array_expr, vg_int_array_expr_null: VG_E_int_array_expr_null,\
    vg_real_array_expr: VG_E_real_array_expr, vg_real_array_expr_null: VG_E_real_array_expr_null,\
    vg_bool_array_expr: VG_E_bool_array_expr, vg_bool_array_expr_null: VG_E_bool_array_expr_null,\
    vg_text_array_expr: VG_E_text_array_expr, vg_text_array_expr_null: VG_E_text_array_expr_null,\
    vg_blob_array_expr: VG_E_blob_array_expr, vg_blob_array_expr_null: VG_E_blob_array_expr_null,\
    vg_time_array_expr: VG_E_time_array_expr, vg_time_array_expr_null: VG_E_time_array_expr_null,\
    vg_uuid_array_expr: VG_E_uuid_array_expr, vg_uuid_array_expr_null: VG_E_uuid_array_expr_null,

/* The class of an expression; 0 for anything else. */
#define VG_XCLASS(x) _Generic((x), VG_EXPR_CLASSES default: 0)

/* The class of an expression or of a C value. */
#define VG_CLASS(x) _Generic((x), VG_EXPR_CLASSES                                        \
    bool: VG_K_predicate, int: VG_K_WHOLE | VG_K_predicate,     \
    char: VG_K_WHOLE, signed char: VG_K_WHOLE, unsigned char: VG_K_WHOLE,                \
    short: VG_K_WHOLE, unsigned short: VG_K_WHOLE, unsigned: VG_K_WHOLE,                 \
    long: VG_K_WHOLE, unsigned long: VG_K_WHOLE,                                         \
    long long: VG_K_WHOLE, unsigned long long: VG_K_WHOLE,                               \
    float: VG_K_real | VG_K_numeric, double: VG_K_real | VG_K_numeric,                   \
    char *: VG_K_STRING, const char *: VG_K_STRING, vg_str: VG_K_STRING,                 \
    vg_bytes: VG_K_blob, vg_timestamp: VG_K_time,                                        \
    vg_uuid *: VG_K_uuid_expr, const vg_uuid *: VG_K_uuid_expr,                          \
    vg_opt_int: VG_K_NULL | (VG_K_int | VG_K_enum_expr) << VG_K_OPT,                     \
    vg_opt_real: VG_K_NULL | VG_K_real << VG_K_OPT,                                      \
    vg_opt_bool: VG_K_NULL | VG_K_predicate << VG_K_OPT,                                 \
    vg_opt_time: VG_K_NULL | VG_K_time << VG_K_OPT,                                      \
    const vg_opt_uuid *: VG_K_NULL | VG_K_uuid_expr << VG_K_OPT,                         \
    vg_opt_uuid *: VG_K_NULL | VG_K_uuid_expr << VG_K_OPT,                               \
    vg_daytime *: VG_K_daytime_expr, const vg_daytime *: VG_K_daytime_expr,              \
    vg_interval *: VG_K_interval_expr, const vg_interval *: VG_K_interval_expr,          \
    vg_point *: VG_K_point_expr, const vg_point *: VG_K_point_expr,                      \
    vg_int_array *: VG_K_int_array_expr, const vg_int_array *: VG_K_int_array_expr,      \
    vg_real_array *: VG_K_real_array_expr, const vg_real_array *: VG_K_real_array_expr,  \
    vg_bool_array *: VG_K_bool_array_expr, const vg_bool_array *: VG_K_bool_array_expr,  \
    vg_text_array *: VG_K_text_array_expr, const vg_text_array *: VG_K_text_array_expr,  \
    vg_blob_array *: VG_K_blob_array_expr, const vg_blob_array *: VG_K_blob_array_expr,  \
    vg_time_array *: VG_K_time_array_expr, const vg_time_array *: VG_K_time_array_expr,  \
    vg_uuid_array *: VG_K_uuid_array_expr, const vg_uuid_array *: VG_K_uuid_array_expr,  \
    vg_encoded: VG_K_custom, vg_ident: 0,                                                \
    void *: VG_K_NULL | VG_K_NOTHING, default: 0)
#define VG_K_WHOLE (VG_K_int | VG_K_real | VG_K_numeric | VG_K_enum_expr)
#define VG_K_STRING (VG_K_text | VG_K_json | VG_K_numeric | VG_K_native_expr)

/* The common type of several operands, by one AND over all of them: three blocks of ten
 * bits, the nine classes and "a number". The low block is empty when an operand may be
 * NULL, the middle one when an operand may not, the high one says the classes alone. */
#define VG_SURE(c)  ((c) | (c) << 20)
#define VG_MAYBE(c) ((c) << 10 | (c) << 20)
#define VG_K_SUM    512
#define VG_SPREAD_ALL 0x3fffffff
#define VG_SPREAD(x) _Generic((x),                                                       \
    vg_int: VG_SURE(VG_K_int | VG_K_SUM), vg_int_null: VG_MAYBE(VG_K_int | VG_K_SUM),    \
    vg_real: VG_SURE(VG_K_real | VG_K_SUM),                                              \
    vg_real_null: VG_MAYBE(VG_K_real | VG_K_SUM),                                        \
    vg_numeric: VG_SURE(VG_K_numeric | VG_K_SUM),                                        \
    vg_numeric_null: VG_MAYBE(VG_K_numeric | VG_K_SUM),                                  \
    vg_text: VG_SURE(VG_K_text), vg_text_null: VG_MAYBE(VG_K_text),                      \
    vg_predicate: VG_SURE(VG_K_predicate),                                               \
    vg_predicate_null: VG_MAYBE(VG_K_predicate),                                         \
    vg_time: VG_SURE(VG_K_time), vg_time_null: VG_MAYBE(VG_K_time),                      \
    vg_blob: VG_SURE(VG_K_blob), vg_blob_null: VG_MAYBE(VG_K_blob),                      \
    vg_json: VG_SURE(VG_K_json), vg_json_null: VG_MAYBE(VG_K_json),                      \
    vg_uuid_expr: VG_SURE(VG_K_uuid_expr), vg_uuid_expr_null: VG_MAYBE(VG_K_uuid_expr),  \
    bool: VG_SURE(VG_K_predicate), int: VG_SURE(VG_K_WHOLE | VG_K_predicate | VG_K_SUM), \
    char: VG_SPREAD_WHOLE, signed char: VG_SPREAD_WHOLE, unsigned char: VG_SPREAD_WHOLE, \
    short: VG_SPREAD_WHOLE, unsigned short: VG_SPREAD_WHOLE, unsigned: VG_SPREAD_WHOLE,  \
    long: VG_SPREAD_WHOLE, unsigned long: VG_SPREAD_WHOLE,                               \
    long long: VG_SPREAD_WHOLE, unsigned long long: VG_SPREAD_WHOLE,                     \
    float: VG_SURE(VG_K_real | VG_K_numeric | VG_K_SUM),                                 \
    double: VG_SURE(VG_K_real | VG_K_numeric | VG_K_SUM),                                \
    char *: VG_SPREAD_STRING, const char *: VG_SPREAD_STRING,                            \
    vg_str: VG_SPREAD_STRING, vg_bytes: VG_SURE(VG_K_blob),                              \
    vg_timestamp: VG_SURE(VG_K_time),                                                    \
    vg_uuid *: VG_SURE(VG_K_uuid_expr), const vg_uuid *: VG_SURE(VG_K_uuid_expr),        \
    vg_opt_int: VG_MAYBE(VG_K_int | VG_K_SUM),                                           \
    vg_opt_real: VG_MAYBE(VG_K_real | VG_K_SUM), vg_opt_bool: VG_MAYBE(VG_K_predicate),  \
    vg_opt_time: VG_MAYBE(VG_K_time), vg_opt_uuid *: VG_MAYBE(VG_K_uuid_expr),           \
    const vg_opt_uuid *: VG_MAYBE(VG_K_uuid_expr),                                       \
    void *: VG_MAYBE(1023), default: 0)
#define VG_SPREAD_WHOLE VG_SURE(VG_K_WHOLE | VG_K_SUM)
#define VG_SPREAD_STRING VG_SURE(VG_K_text | VG_K_json | VG_K_numeric)

/* An expression (never evaluated) of the common type: the lowest bit that is left decides.
 *     VG_ALL_SURE   not NULL when no operand may be
 *     VG_ANY_SURE   not NULL when one operand may not be
 *     VG_NEVER_SURE may always be NULL */
#define VG_ALL_SURE(spread)   VG_WITNESS((spread) & 0x3ff003ff, 0, 20)
#define VG_ANY_SURE(spread)   VG_WITNESS((spread) & 0x3ffffc00, 20, 10)
#define VG_NEVER_SURE(spread) VG_WITNESS((spread) & 0x3ff00000, 40, 20)
#define VG_WITNESS(bits, sure, maybe) _Generic(                                          \
    (char(*)[1 + __builtin_ctz((bits) | 1 << 30)])0,                                     \
    char(*)[1 + sure]: (vg_int){0}, char(*)[1 + maybe]: (vg_int_null){0},                \
    char(*)[2 + sure]: (vg_real){0}, char(*)[2 + maybe]: (vg_real_null){0},              \
    char(*)[3 + sure]: (vg_text){0}, char(*)[3 + maybe]: (vg_text_null){0},              \
    char(*)[4 + sure]: (vg_predicate){0}, char(*)[4 + maybe]: (vg_predicate_null){0},    \
    char(*)[5 + sure]: (vg_time){0}, char(*)[5 + maybe]: (vg_time_null){0},              \
    char(*)[6 + sure]: (vg_blob){0}, char(*)[6 + maybe]: (vg_blob_null){0},              \
    char(*)[7 + sure]: (vg_json){0}, char(*)[7 + maybe]: (vg_json_null){0},              \
    char(*)[8 + sure]: (vg_uuid_expr){0}, char(*)[8 + maybe]: (vg_uuid_expr_null){0},    \
    char(*)[9 + sure]: (vg_numeric){0}, char(*)[9 + maybe]: (vg_numeric_null){0},        \
    char(*)[10 + sure]: (vg_real){0}, char(*)[10 + maybe]: (vg_real_null){0},            \
    default: (vg_not_an_expression){0})

/* The value of an operand, once `check` holds: an array parameter that may ask vg_r. */
#define VG_VALUE_IF(x, check) _Generic(VG_OPERAND(x, check),                       \
    vg_is_int: vg_v_int, vg_is_int_null: vg_v_int_null,                                  \
    vg_is_real: vg_v_real, vg_is_real_null: vg_v_real_null,                              \
    vg_is_numeric: vg_v_numeric, vg_is_numeric_null: vg_v_numeric_null,                  \
    vg_is_text: vg_v_text, vg_is_text_null: vg_v_text_null,                              \
    vg_is_predicate: vg_v_predicate, vg_is_predicate_null: vg_v_predicate_null,          \
    vg_is_time: vg_v_time, vg_is_time_null: vg_v_time_null,                              \
    vg_is_blob: vg_v_blob, vg_is_blob_null: vg_v_blob_null,                              \
    vg_is_json: vg_v_json, vg_is_json_null: vg_v_json_null,                              \
    vg_is_uuid_expr: vg_v_uuid_expr, vg_is_uuid_expr_null: vg_v_uuid_expr_null,          \
    vg_is_enum_expr: vg_v_enum_expr, vg_is_enum_expr_null: vg_v_enum_expr_null,          \
    vg_is_custom: vg_v_custom, vg_is_custom_null: vg_v_custom_null,                      \
    vg_is_native_expr: vg_v_native_expr, vg_is_native_expr_null: vg_v_native_expr_null,  \
    vg_is_daytime_expr: vg_v_daytime_expr, vg_is_daytime_expr_null: vg_v_daytime_expr_null, \
    vg_is_interval_expr: vg_v_interval_expr, vg_is_interval_expr_null: vg_v_interval_expr_null, \
    vg_is_point_expr: vg_v_point_expr, vg_is_point_expr_null: vg_v_point_expr_null,      \
    vg_is_int_array_expr: vg_v_int_array_expr, \
    vg_is_int_array_expr_null: vg_v_int_array_expr_null, \
    vg_is_real_array_expr: vg_v_real_array_expr, \
    vg_is_real_array_expr_null: vg_v_real_array_expr_null, \
    vg_is_bool_array_expr: vg_v_bool_array_expr, \
    vg_is_bool_array_expr_null: vg_v_bool_array_expr_null, \
    vg_is_text_array_expr: vg_v_text_array_expr, \
    vg_is_text_array_expr_null: vg_v_text_array_expr_null, \
    vg_is_blob_array_expr: vg_v_blob_array_expr, \
    vg_is_blob_array_expr_null: vg_v_blob_array_expr_null, \
    vg_is_time_array_expr: vg_v_time_array_expr, \
    vg_is_time_array_expr_null: vg_v_time_array_expr_null, \
    vg_is_uuid_array_expr: vg_v_uuid_array_expr, \
    vg_is_uuid_array_expr_null: vg_v_uuid_array_expr_null, \
    vg_is_daytime: vg_of_daytime, vg_is_cdaytime: vg_of_daytime,                         \
    vg_is_interval: vg_of_interval, vg_is_cinterval: vg_of_interval,                     \
    vg_is_point: vg_of_point, vg_is_cpoint: vg_of_point,                                 \
    vg_is_int_array: vg_of_int_array, vg_is_cint_array: vg_of_int_array,                 \
    vg_is_real_array: vg_of_real_array, vg_is_creal_array: vg_of_real_array,             \
    vg_is_bool_array: vg_of_bool_array, vg_is_cbool_array: vg_of_bool_array,             \
    vg_is_text_array: vg_of_text_array, vg_is_ctext_array: vg_of_text_array,             \
    vg_is_blob_array: vg_of_blob_array, vg_is_cblob_array: vg_of_blob_array,             \
    vg_is_time_array: vg_of_time_array, vg_is_ctime_array: vg_of_time_array,             \
    vg_is_uuid_array: vg_of_uuid_array, vg_is_cuuid_array: vg_of_uuid_array,             \
    vg_is_encoded: vg_of_encoded,                                                        \
    vg_is_bool: vg_of_bool, vg_is_c_int: vg_of_int, vg_is_c_char: vg_of_int,             \
    vg_is_c_schar: vg_of_int, vg_is_c_uchar: vg_of_int, vg_is_c_short: vg_of_int,        \
    vg_is_c_ushort: vg_of_int, vg_is_c_unsigned: vg_of_int, vg_is_c_long: vg_of_int,     \
    vg_is_c_llong: vg_of_int, vg_is_c_ulong: vg_of_unsigned,                             \
    vg_is_c_ullong: vg_of_unsigned, vg_is_c_float: vg_of_real,                           \
    vg_is_c_double: vg_of_real, vg_is_c_string: vg_of_text,                              \
    vg_is_c_cstring: vg_of_text, vg_is_str: vg_of_str, vg_is_bytes: vg_of_bytes,         \
    vg_is_timestamp: vg_of_time, vg_is_ident: vg_of_ident, vg_is_uuid: vg_of_uuid,       \
    vg_is_cuuid: vg_of_uuid, vg_is_opt_int: vg_of_opt_int,                               \
    vg_is_opt_real: vg_of_opt_real, vg_is_opt_bool: vg_of_opt_bool,                      \
    vg_is_opt_time: vg_of_opt_time, vg_is_opt_uuid: vg_of_opt_uuid,                      \
    vg_is_copt_uuid: vg_of_opt_uuid, vg_is_c_null: vg_of_null,                           \
    default: vg_of_nothing)(x)
#define VG_VALUE(x) VG_VALUE_IF(x, char *)
/* clang-format on */
