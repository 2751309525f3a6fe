/* RULE: what a column's values must be beyond its type, said beside the table. The database
 * knows nothing of it (CHECK does); libvirga-json goes by it when it reads documents
 * (validate.h) and says it in the JSON Schema. A program that does not link that library may
 * include this all the same.
 *
 *     TABLE(users, COLUMN(email, TEXT, NOT_NULL), COLUMN(age, INTEGER), ...)
 *     RULE(users, email, EMAIL)
 *     RULE(users, email, MAX_LENGTH(254))
 *     RULE(users, age,   MIN(18))
 *     RULE(users, slug,  PATTERN("^[a-z0-9-]+$"))
 *     RULE(users, name,  CUSTOM(no_swearing)) */
#pragma once
#pragma GCC system_header
#include <virga/schema.h>

VG_BEGIN_DECLS

typedef enum vg_rule_kind {
    VG_RULE_KIND_EMAIL,
    VG_RULE_KIND_URL,
    VG_RULE_KIND_MIN,
    VG_RULE_KIND_MAX,
    VG_RULE_KIND_MIN_LENGTH,
    VG_RULE_KIND_MAX_LENGTH,
    VG_RULE_KIND_PATTERN,
    VG_RULE_KIND_ONE_OF,
    VG_RULE_KIND_CUSTOM
} vg_rule_kind;

/* A function for CUSTOM: NULL if the value is good, else a sentence, which is copied: "must
 * not be a palindrome". The value is as SET takes it, never NULL; a text's length is
 * vg_value_len. Called on the thread that reads. */
typedef const char *(*vg_rule_fn)(vg_value value);

/* A rule in the list; RULE keeps one in each file in which it stands. */
typedef struct vg_rule {
    const vg_shape *shape;
    uint32_t column;
    vg_rule_kind kind;
    double number;            /* MIN, MAX */
    int64_t whole;            /* MIN, MAX of an INTEGER; lengths, in characters */
    const char *text;         /* PATTERN */
    const char *const *texts; /* ONE_OF; ended by NULL */
    vg_rule_fn fn;            /* CUSTOM */
    struct vg_rule *next, **at;
} vg_rule;

/* What RULE calls when the program, or a library that it loads, starts and ends. */
VG_API void vg_rule_add(vg_rule *rule);
VG_API void vg_rule_remove(vg_rule *rule);

/* Hand each rule of a shape to `each`, one that stands in a header once, until it returns
 * other than 0; that is returned, or 0. Any thread; no library may be unloaded meanwhile. */
VG_API int vg_rule_each(const vg_shape *shape,
                        int (*each)(void *ctx, const vg_rule *rule), void *ctx);

VG_END_DECLS

/* words: begin */

/* Declare a rule, at file scope after the table; several for a column all hold. `rule` is
 *     EMAIL                 atoms with points between, and a host with a point
 *     URL                   http or https, and a host
 *     MIN(n), MAX(n)        of INTEGER, REAL, NUMERIC
 *     MIN_LENGTH(n), MAX_LENGTH(n)  in characters, of TEXT
 *     PATTERN("regex")      somewhere in the text; an extended regular expression of POSIX.
 *                           The JSON Schema has it as it is, so keep to what JavaScript
 *                           understands as well
 *     ONE_OF("a", "b", ...) of TEXT, up to 16
 *     CUSTOM(function)      a vg_rule_fn
 * They hold for values, not for NULL. */
#define VG_RULE(t, column, rule) \
    VG_RULE_READ(__COUNTER__, t, column, #rule, VG_RULE_IS_##rule)

/* words: end */

/* A rule, behind an empty word that says that it is known: the classes that it is for, what
 * they are called, initialisers. */
#define VG_RULE_IS_EMAIL         , VG_K_text, "TEXT", .kind = VG_RULE_KIND_EMAIL
#define VG_RULE_IS_URL           , VG_K_text, "TEXT", .kind = VG_RULE_KIND_URL
#define VG_RULE_IS_MIN(n)        VG_RULE_NUMBER(VG_RULE_KIND_MIN, n)
#define VG_RULE_IS_MAX(n)        VG_RULE_NUMBER(VG_RULE_KIND_MAX, n)
#define VG_RULE_IS_MIN_LENGTH(n) VG_RULE_LENGTH(VG_RULE_KIND_MIN_LENGTH, n)
#define VG_RULE_IS_MAX_LENGTH(n) VG_RULE_LENGTH(VG_RULE_KIND_MAX_LENGTH, n)
#define VG_RULE_IS_PATTERN(regex) \
    , VG_K_text, "TEXT", .kind = VG_RULE_KIND_PATTERN, .text = "" regex ""
#define VG_RULE_IS_ONE_OF(...)                                                       \
    , VG_K_text, "TEXT", .kind = VG_RULE_KIND_ONE_OF, .texts = (const char *const[]) \
    {                                                                                \
        VG_INNER(VG_RULE_ONE, , __VA_ARGS__) NULL                                    \
    }
#define VG_RULE_ONE(c, text) "" text "",
#define VG_RULE_IS_CUSTOM(f)                                                      \
    , VG_K_ANY, "",                                                               \
        .kind = VG_RULE_KIND_CUSTOM +                                             \
                VG_REQUIRE(VG_IS_RULE_FN(f), "CUSTOM(" #f "): not a vg_rule_fn"), \
        .fn = __builtin_choose_expr(VG_IS_RULE_FN(f), (f), NULL)
#define VG_IS_RULE_FN(f) __builtin_types_compatible_p(__typeof__(&*(f)), vg_rule_fn)
#define VG_RULE_NUMBER(kind_, n)                                       \
    , VG_K_int | VG_K_real | VG_K_numeric, "INTEGER, REAL or NUMERIC", \
        .kind = kind_, .number = (double)(n), .whole = (int64_t)(n)
#define VG_RULE_LENGTH(kind_, n) , VG_K_text, "TEXT", .kind = kind_, .whole = (n)

#define VG_RULE_READ(...) VG_RULE_READ_(__VA_ARGS__)
#define VG_RULE_READ_(id, t, c, rule, known, ...) \
    VG_CAT(VG_RULE_MAKE_, VG_NOT_EMPTY(known))(id, t, c, rule, __VA_ARGS__)
#define VG_RULE_MAKE_X(id, t, c, rule, ...) \
    _Static_assert(0, "RULE(" #t ", " #c ", " rule "): there is no such rule");
#define VG_RULE_MAKE_(id, t, c, rule, classes, called, ...)                        \
    static vg_rule VG_CAT(vg_rule_, id) = {                                        \
        .shape = &t.vg_shape,                                                      \
        .column = VG_INDEX_OF(t, c) +                                              \
                  VG_CHECKING(t.c, VG_DEMAND((VG_XCLASS(vg_r) & (classes)) != 0 || \
                                                 VG_IN_ERROR(vg_r),                \
                                             "RULE(" #t ", " #c ", " rule          \
                                             "): the column is not " called)),     \
        __VA_ARGS__};                                                              \
    __attribute__((constructor)) static void VG_CAT(vg_rule_begin_, id)(void)      \
    {                                                                              \
        vg_rule_add(&VG_CAT(vg_rule_, id));                                        \
    }                                                                              \
    __attribute__((destructor)) static void VG_CAT(vg_rule_end_, id)(void)         \
    {                                                                              \
        vg_rule_remove(&VG_CAT(vg_rule_, id));                                     \
    }
