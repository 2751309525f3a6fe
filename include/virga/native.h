/* What not every database has: types beside the portable ones, and objects beside tables.
 * A schema that uses them is refused, by name, where they do not exist. All PostgreSQL's. */
#pragma once
#pragma GCC system_header
#include <virga/types.h>

VG_BEGIN_DECLS

struct vg_shape;
struct vg_coder;

/* The types: word, the portable type that they are read and written as, the spelling in
 * CREATE TABLE as drizzle-kit has it, before what stands in parentheses. */
#define VG_NATIVES(X)                                     \
    X(SMALLINT, INTEGER, "smallint")                      \
    X(INT, INTEGER, "integer")                            \
    X(BIGINT, INTEGER, "bigint")                          \
    X(SMALLSERIAL, INTEGER, "smallserial")                \
    X(SERIAL, INTEGER, "serial")                          \
    X(BIGSERIAL, INTEGER, "bigserial")                    \
    X(FLOAT4, REAL, "real")                               \
    X(DOUBLE, REAL, "double precision")                   \
    X(VARCHAR, TEXT, "varchar")                           \
    X(CHAR, TEXT, "char")                                 \
    X(CITEXT, TEXT, "citext")                             \
    X(JSONB, JSON, "jsonb")                               \
    X(JSON_TEXT, JSON, "json")                            \
    X(BYTEA, BLOB, "bytea")                               \
    X(TIMESTAMPTZ, TIMESTAMP, "timestamp with time zone") \
    X(TIMESTAMP_LOCAL, TIMESTAMP, "timestamp")            \
    X(TIME, DAYTIME, "time")                              \
    X(TIMETZ, DAYTIME, "time with time zone")             \
    X(INTERVAL, INTERVAL, "interval")                     \
    X(POINT, POINT, "point")                              \
    X(LINE, NATIVE, "line")                               \
    X(LSEG, NATIVE, "lseg")                               \
    X(BOX, NATIVE, "box")                                 \
    X(PATH, NATIVE, "path")                               \
    X(POLYGON, NATIVE, "polygon")                         \
    X(CIRCLE, NATIVE, "circle")                           \
    X(INET, NATIVE, "inet")                               \
    X(CIDR, NATIVE, "cidr")                               \
    X(MACADDR, NATIVE, "macaddr")                         \
    X(MACADDR8, NATIVE, "macaddr8")                       \
    X(BIT, NATIVE, "bit")                                 \
    X(VARBIT, NATIVE, "bit varying")                      \
    X(MONEY, NATIVE, "money")                             \
    X(XML, NATIVE, "xml")                                 \
    X(TSVECTOR, NATIVE, "tsvector")                       \
    X(TSQUERY, NATIVE, "tsquery")                         \
    X(INT4RANGE, NATIVE, "int4range")                     \
    X(INT8RANGE, NATIVE, "int8range")                     \
    X(NUMRANGE, NATIVE, "numrange")                       \
    X(DATERANGE, NATIVE, "daterange")                     \
    X(TSRANGE, NATIVE, "tsrange")                         \
    X(TSTZRANGE, NATIVE, "tstzrange")                     \
    X(HSTORE, NATIVE, "hstore")                           \
    X(LTREE, NATIVE, "ltree")                             \
    X(VECTOR, NATIVE, "vector")                           \
    X(HALFVEC, NATIVE, "halfvec")                         \
    X(SPARSEVEC, NATIVE, "sparsevec")                     \
    X(GEOMETRY, NATIVE, "geometry")                       \
    X(OTHER, NATIVE, NULL) /* by SQL_TYPE */

typedef enum vg_native {
    VG_NATIVE_NONE,
#define VG_NATIVE_ENUM(word, type, sql) VG_NATIVE_##word,
    VG_NATIVES(VG_NATIVE_ENUM)
#undef VG_NATIVE_ENUM
} vg_native;

/* ---- values ---- */

/* A time of day: microseconds since midnight. */
typedef struct vg_daytime {
    int64_t us;
    int32_t zone; /* TIMETZ: seconds east of UTC; else 0 */
} vg_daytime;

/* A span of time, as PostgreSQL keeps it: a month has no fixed length, nor has a day. */
typedef struct vg_interval {
    int32_t months, days;
    int64_t us;
} vg_interval;

typedef struct vg_point {
    double x, y;
} vg_point;

typedef struct vg_opt_daytime {
    bool has;
    vg_daytime v;
} vg_opt_daytime;
typedef struct vg_opt_interval {
    bool has;
    vg_interval v;
} vg_opt_interval;
typedef struct vg_opt_point {
    bool has;
    vg_point v;
} vg_opt_point;

/* The extents of an array of several dimensions. */
typedef struct vg_dims {
    int count;          /* 1 to 6 */
    int32_t lengths[6]; /* of each, the outermost first */
    int32_t lower[6];   /* the first index of each; PostgreSQL's own default is 1 */
} vg_dims;

/* Arrays: `len` elements one after the other, the last dimension fastest. data NULL: SQL NULL;
 * an empty array has data and len 0. In a row they lie in the row's arena. */
typedef const char *vg_text_element;
#define VG_ARRAY_TYPE(name, element)                                        \
    typedef struct name {                                                   \
        const element *data;                                                \
        size_t len;                                                         \
        const bool *nulls;   /* `len` of them: is it NULL? NULL: none is */ \
        const vg_dims *dims; /* NULL: one dimension, from 1 */              \
    } name;
VG_ARRAY_TYPE(vg_int_array, int64_t)
VG_ARRAY_TYPE(vg_real_array, double)
VG_ARRAY_TYPE(vg_bool_array, bool)
VG_ARRAY_TYPE(vg_text_array,
              vg_text_element) /* JSON, NUMERIC, native types and enums too */
VG_ARRAY_TYPE(vg_blob_array, vg_bytes)
VG_ARRAY_TYPE(vg_time_array, vg_timestamp)
VG_ARRAY_TYPE(vg_uuid_array, vg_uuid)

/* Read an interval: as PostgreSQL writes it, "1 year 2 mons -3 days 04:05:06.789", or as ISO
 * 8601 does, "P1Y2M-3DT4H5M6.789S"; `len` bytes. Returns false, *out untouched, when the text
 * is none, or out of range. Any thread.
 *     vg_interval week;
 *     vg_interval_parse("7 days", 6, &week); */
VG_API bool vg_interval_parse(const char *text, size_t len, vg_interval *out);

/* Room for any interval, its NUL included. */
#define VG_INTERVAL_ROOM 96

/* Write it as PostgreSQL does and return `out`; nothing at all is "00:00:00". Any thread. */
VG_API char *vg_interval_format(vg_interval v, char out[VG_INTERVAL_ROOM]);

/* Read a time of day, "23:59:59.999999", "24:00", with a zone "12:30+05:30" or without;
 * `len` bytes. False, *out untouched, when it is none. Any thread. */
VG_API bool vg_daytime_parse(const char *text, size_t len, vg_daytime *out);

/* Room for any time of day, its NUL included. */
#define VG_DAYTIME_ROOM 40

/* Write "HH:MM:SS.ffffff", with_zone: and "+HH:MM[:SS]"; returns `out`. Any thread. */
VG_API char *vg_daytime_format(vg_daytime t, bool with_zone, char out[VG_DAYTIME_ROOM]);

/* Read "(1.5,-2)"; `len` bytes. False, *out untouched, when it is no point. Any thread. */
VG_API bool vg_point_parse(const char *text, size_t len, vg_point *out);

/* Room for any point, its NUL included. */
#define VG_POINT_ROOM 64

/* Write it so that it reads back as the same; returns `out`. Any thread. */
VG_API char *vg_point_format(vg_point p, char out[VG_POINT_ROOM]);

struct vg_arena;

/* Read an array literal of PostgreSQL, `len` bytes: "{a,NULL,\"b, c\"}", "{{1,2},{3,4}}",
 * "[0:1]={a,b}". Everything lies in `arena`. Returns VG_OK, VG_VALUE when the text is none (or
 * its dimensions do not fit), VG_NO_MEMORY; *out is then untouched. Any thread.
 *     vg_text_array tags;
 *     if (!vg_array_parse(&arena, "{a,b}", 5, &tags)) puts(tags.data[1]); */
VG_API int vg_array_parse(struct vg_arena *arena, const char *text, size_t len,
                          vg_text_array *out);

/* Write an array as such a literal, in `arena`; NULL when there is no memory, when the array
 * is NULL, or when its dimensions do not make up `len` elements. Any thread. */
VG_API const char *vg_array_format(struct vg_arena *arena, const vg_text_array *array);

/* ---- schema objects ---- */

/* Numbers of a sequence or an IDENTITY; what is not said has PostgreSQL's default. */
typedef struct vg_sequence_options {
    bool always;      /* IDENTITY: GENERATED ALWAYS, else BY DEFAULT */
    const char *name; /* IDENTITY: of the sequence; NULL: table_column_seq */
    vg_opt_int increment, min, max, start, cache;
    bool cycle;
} vg_sequence_options;

typedef enum vg_deferrable {
    VG_NOT_DEFERRABLE,
    VG_DEFERRABLE, /* INITIALLY IMMEDIATE */
    VG_INITIALLY_DEFERRED
} vg_deferrable;

typedef struct vg_policy {
    const struct vg_shape *table; /* of a policy that stands alone; else NULL ... */
    const char *on;               /* ... or the table's name, as SQL has it */
    bool restrictive;
    const char *command;   /* "ALL", "SELECT", "INSERT", "UPDATE", "DELETE" */
    const char *const *to; /* roles, ended by NULL; NULL: public */
    const char *using_sql; /* NULL: none */
    const char *check_sql; /* WITH CHECK; NULL: none */
} vg_policy;

/* What more a constraint or an index may say. */
typedef struct vg_constraint_options {
    const char *method;      /* "gin"; NULL: btree */
    const char *with;        /* "fillfactor=70"; NULL: none */
    const uint16_t *include; /* INCLUDE: indexes into the table's columns */
    size_t include_count;
    bool concurrently;
    bool only; /* ON ONLY */
    bool nulls_not_distinct;
    vg_deferrable deferrable;
    const vg_policy *policy;
} vg_constraint_options;

/* CREATE TYPE ... AS ENUM: the labels are those of the ENUM of C. */
typedef struct vg_enum_type {
    const struct vg_coder *coder;
} vg_enum_type;

typedef struct vg_role {
    bool existing; /* not made, only named */
    bool create_db, create_role, no_inherit;
} vg_role;

typedef struct vg_extension {
    const char *version; /* NULL: any */
} vg_extension;

/* What more a view may say. */
typedef struct vg_view_options {
    bool materialized;
    bool no_data;     /* WITH NO DATA */
    const char *with; /* "security_invoker = true, check_option = local"; NULL */
    const char *using_method; /* NULL: none */
    const char *tablespace;   /* NULL: none */
} vg_view_options;

VG_END_DECLS
