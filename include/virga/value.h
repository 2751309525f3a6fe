/* Values on their way into a query: what a parameter or an operand is made of.
 * The operators build them; only a DEFAULT_FN and a driver do so by hand. */
#pragma once
#pragma GCC system_header
#include <virga/native.h>
#include <string.h>

VG_BEGIN_DECLS

struct vg_node;
struct vg_clause;

/* What a vg_value holds, and which member of it. */
typedef enum vg_value_kind {
    VG_V_NONE,    /* nothing: a skipped part */
    VG_V_NULL,    /* SQL NULL */
    VG_V_INT,     /* .i */
    VG_V_REAL,    /* .d */
    VG_V_BOOL,    /* .i, 0 or 1 */
    VG_V_TIME,    /* .i, microseconds since the epoch */
    VG_V_TEXT,    /* .s, length in bytes; NULL here and below is SQL NULL */
    VG_V_BLOB,    /* .p, length in bytes */
    VG_V_ENCODED, /* .p, a vg_encoding */
    VG_V_UUID,    /* .p, 16 bytes */
    VG_V_IDENT,   /* .s, an identifier to be quoted */
    VG_V_EXPR,    /* .node, an expression */
    VG_V_RANGE, /* an unsigned integer beyond INT64_MAX: refused when the query runs */
    /* Arrays, for IN_ARRAY: .p, length in elements. */
    VG_V_ARRAY_I32,
    VG_V_ARRAY_I64,
    VG_V_ARRAY_REAL,
    VG_V_ARRAY_TEXT,
    VG_V_ARRAY_TIME,
    VG_V_ARRAY_UUID,
    /* What not every database has: .p, NULL is SQL NULL. */
    VG_V_DAYTIME,   /* a vg_daytime */
    VG_V_INTERVAL,  /* a vg_interval */
    VG_V_POINT,     /* a vg_point */
    VG_V_INT_ARRAY, /* a vg_int_array, and so on */
    VG_V_REAL_ARRAY,
    VG_V_BOOL_ARRAY,
    VG_V_TEXT_ARRAY,
    VG_V_BLOB_ARRAY,
    VG_V_TIME_ARRAY,
    VG_V_UUID_ARRAY,
    /* In a registered query's statement, in place of what each call brings anew. */
    VG_V_ARGUMENT, /* .i, the number of a parameter */
    VG_V_GENERATED /* .p, a vg_column; length 0: its DEFAULT_FN speaks, 1: ON_UPDATE_FN */
} vg_value_kind;

/* A value or an operand: 16 bytes, passed in registers. Strings and bytes are borrowed
 * until the query has run (a cursor copies them). */
typedef struct vg_value {
    union {
        int64_t i;
        double d;
        const char *s;
        const void *p;
        const struct vg_node *node;
    };
    uint64_t meta; /* kind in the low 8 bits; above them length + 1, 0: up to the NUL */
} vg_value;

/* What stands in meta above the kind for a text that ends at its NUL. */
#define VG_UNTIL_NUL ((uint64_t)-1)

static inline vg_value_kind vg_value_kind_of(vg_value v)
{
    return (vg_value_kind)(v.meta & 255);
}

/* The length in bytes (of an array: in elements). A text up to its NUL is measured. */
static inline size_t vg_value_len(vg_value v)
{
    return v.meta >> 8 ? (size_t)(v.meta >> 8) - 1 : v.s ? strlen(v.s) : 0;
}

/* Constructors, one for each C type that a query takes. Any thread. */
#define VG_MAKE_VALUE(member, value, kind, len)             \
    vg_value v;                                             \
    v.member = (value);                                     \
    v.meta = (uint64_t)(kind) | ((uint64_t)(len) + 1) << 8; \
    return v

static inline vg_value vg_of_int(int64_t x)
{
    VG_MAKE_VALUE(i, x, VG_V_INT, VG_UNTIL_NUL);
}
static inline vg_value vg_of_unsigned(uint64_t x)
{
    VG_MAKE_VALUE(i, (int64_t)x, x > INT64_MAX ? VG_V_RANGE : VG_V_INT, VG_UNTIL_NUL);
}
static inline vg_value vg_of_bool(bool x)
{
    VG_MAKE_VALUE(i, x ? 1 : 0, VG_V_BOOL, VG_UNTIL_NUL);
}
static inline vg_value vg_of_real(double x)
{
    VG_MAKE_VALUE(d, x, VG_V_REAL, VG_UNTIL_NUL);
}
static inline vg_value vg_of_time(vg_timestamp x)
{
    VG_MAKE_VALUE(i, x.us, VG_V_TIME, VG_UNTIL_NUL);
}
/* Strings, bytes, a UUID: a NULL pointer is SQL's NULL in SET, and refused in comparisons. */
static inline vg_value vg_of_text(const char *x)
{
    VG_MAKE_VALUE(s, x, VG_V_TEXT, VG_UNTIL_NUL);
}
static inline vg_value vg_of_str(vg_str x)
{
    VG_MAKE_VALUE(s, x.ptr, VG_V_TEXT, x.len);
}
static inline vg_value vg_of_bytes(vg_bytes x)
{
    VG_MAKE_VALUE(p, x.data, VG_V_BLOB, x.len);
}
static inline vg_value vg_of_uuid(const vg_uuid *x)
{
    VG_MAKE_VALUE(p, x, VG_V_UUID, 16);
}
static inline vg_value vg_of_null(const void *x)
{
    VG_MAKE_VALUE(p, x, VG_V_NULL, VG_UNTIL_NUL);
}
static inline vg_value vg_of_opt_int(vg_opt_int x)
{
    VG_MAKE_VALUE(i, x.v, x.has ? VG_V_INT : VG_V_NULL, VG_UNTIL_NUL);
}
static inline vg_value vg_of_opt_real(vg_opt_real x)
{
    VG_MAKE_VALUE(d, x.v, x.has ? VG_V_REAL : VG_V_NULL, VG_UNTIL_NUL);
}
static inline vg_value vg_of_opt_bool(vg_opt_bool x)
{
    VG_MAKE_VALUE(i, x.v ? 1 : 0, x.has ? VG_V_BOOL : VG_V_NULL, VG_UNTIL_NUL);
}
static inline vg_value vg_of_opt_time(vg_opt_time x)
{
    VG_MAKE_VALUE(i, x.v.us, x.has ? VG_V_TIME : VG_V_NULL, VG_UNTIL_NUL);
}
static inline vg_value vg_of_opt_uuid(const vg_opt_uuid *x)
{
    VG_MAKE_VALUE(p, x ? &x->v : NULL, x && x->has ? VG_V_UUID : VG_V_NULL, 16);
}
/* Objects, by their address; an array whose data is NULL is NULL. */
#define VG_OF_OBJECT(c, kind)                                    \
    static inline vg_value vg_of_##c(const vg_##c *x)            \
    {                                                            \
        VG_MAKE_VALUE(p, x, x ? kind : VG_V_NULL, VG_UNTIL_NUL); \
    }
#define VG_OF_OPT_OBJECT(c, kind)                                          \
    VG_OF_OBJECT(c, kind)                                                  \
    static inline vg_value vg_of_opt_##c(const vg_opt_##c *x)              \
    {                                                                      \
        VG_MAKE_VALUE(p, x ? &x->v : NULL, x && x->has ? kind : VG_V_NULL, \
                      VG_UNTIL_NUL);                                       \
    }
#define VG_OF_ARRAY(c, kind)                                                \
    static inline vg_value vg_of_##c(const vg_##c *x)                       \
    {                                                                       \
        VG_MAKE_VALUE(p, x, x && x->data ? kind : VG_V_NULL, VG_UNTIL_NUL); \
    }
VG_OF_OPT_OBJECT(daytime, VG_V_DAYTIME)
VG_OF_OPT_OBJECT(interval, VG_V_INTERVAL)
VG_OF_OPT_OBJECT(point, VG_V_POINT)
VG_OF_ARRAY(int_array, VG_V_INT_ARRAY)
VG_OF_ARRAY(real_array, VG_V_REAL_ARRAY)
VG_OF_ARRAY(bool_array, VG_V_BOOL_ARRAY)
VG_OF_ARRAY(text_array, VG_V_TEXT_ARRAY)
VG_OF_ARRAY(blob_array, VG_V_BLOB_ARRAY)
VG_OF_ARRAY(time_array, VG_V_TIME_ARRAY)
VG_OF_ARRAY(uuid_array, VG_V_UUID_ARRAY)
#undef VG_OF_OBJECT
#undef VG_OF_OPT_OBJECT
#undef VG_OF_ARRAY
static inline vg_value vg_of_node(const struct vg_node *x)
{
    VG_MAKE_VALUE(node, x, VG_V_EXPR, VG_UNTIL_NUL);
}
static inline vg_value vg_of_array(const void *x, vg_value_kind kind, size_t count)
{
    VG_MAKE_VALUE(p, x, kind, count);
}

VG_END_DECLS
