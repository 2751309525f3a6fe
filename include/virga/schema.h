/* The schema: TABLE, ALIAS, PROJECTION and SCHEMA, and the constant descriptors they make.
 *
 *     TABLE(users,
 *         COLUMN(id,    INTEGER, PRIMARY_KEY, AUTOINCREMENT),
 *         COLUMN(email, TEXT,    NOT_NULL, UNIQUE),
 *         COLUMN(age,   INTEGER),
 *         INDEX(users_age_idx, age))
 *
 * makes, at file scope:
 *
 *     struct users         a row: int64_t id; const char *email; vg_opt_int age;
 *     users_list           { struct users *data; size_t len; }
 *     struct users_new     what an insert takes: a column that may be left out is a
 *                          vg_opt_ or a pointer; zeroed it gets its default, or NULL
 *     users                the object with the typed columns users.id, users.email, ...
 *
 * The words inside TABLE (COLUMN, TEXT, NOT_NULL, ...) are tokens that get pasted, never
 * macros, so they clash with nothing unless some other header defines them; each has a
 * second spelling with VG_ in front (VG_TEXT) for that case. Descriptors are constant,
 * the same from every translation unit (weak symbols named vg_object_users, so that a
 * table may be called `times`), and may be used from any thread. */
#pragma once
#pragma GCC system_header
#include <virga/expr.h>

VG_BEGIN_DECLS

/* Column types. They mean the same on every database; the dialect maps them. */
typedef enum vg_type {
    VG_TYPE_NONE,
    VG_TYPE_INTEGER,
    VG_TYPE_REAL,
    VG_TYPE_TEXT,
    VG_TYPE_NUMERIC,
    VG_TYPE_BOOLEAN,
    VG_TYPE_BLOB,
    VG_TYPE_JSON,
    VG_TYPE_UUID,
    VG_TYPE_TIMESTAMP,
    VG_TYPE_DATE
} vg_type;

/* How a TIMESTAMP, DATE or UUID is stored where the database has no type of its own. */
typedef enum vg_mode {
    VG_MODE_DEFAULT, /* TIMESTAMP: microseconds; DATE: ISO text; UUID: text */
    VG_MODE_SECONDS,
    VG_MODE_MILLISECONDS,
    VG_MODE_MICROSECONDS,
    VG_MODE_ISO_TEXT,
    VG_MODE_BINARY /* UUID: 16 bytes */
} vg_mode;

/* Flags of a column; its vg_type stands above bit 16. */
enum {
    VG_F_NOT_NULL = 1,
    VG_F_PRIMARY_KEY = 2,
    VG_F_AUTOINCREMENT = 4,
    VG_F_UNIQUE = 8,
    VG_F_DEFAULT = 16, /* the database fills it in */
    VG_F_DEFAULT_NOW = 32,
    VG_F_DEFAULT_FN = 64, /* the program fills it in */
    VG_F_REFERENCES = 128
};

typedef enum vg_action {
    VG_ACTION_NONE, /* nothing said: the database's NO ACTION */
    VG_ACTION_NO_ACTION,
    VG_ACTION_CASCADE,
    VG_ACTION_RESTRICT,
    VG_ACTION_SET_NULL,
    VG_ACTION_SET_DEFAULT
} vg_action;

/* A DEFAULT that is written out. */
typedef struct vg_literal {
    int kind; /* VG_V_INT, VG_V_REAL or VG_V_TEXT */
    int64_t i;
    double d;
    const char *s;
} vg_literal;

/* Room that a DEFAULT_FN may use for the value that it returns, in bytes. */
#define VG_DEFAULT_ROOM 64

/* A default that the program computes for each inserted row which leaves the column
 * out. The value may point into `room`. Called on the inserting thread. */
typedef vg_value (*vg_default_fn)(char room[VG_DEFAULT_ROOM]);

/* Ready-made: UUIDs for UUID columns (RFC 9562 version 4 and 7), cuid2 for TEXT.
 *     COLUMN(id, UUID, PRIMARY_KEY, DEFAULT_FN(vg_default_uuid_v7)) */
VG_API vg_value vg_default_uuid_v4(char room[VG_DEFAULT_ROOM]);
VG_API vg_value vg_default_uuid_v7(char room[VG_DEFAULT_ROOM]);
VG_API vg_value vg_default_cuid2(char room[VG_DEFAULT_ROOM]);

/* A column's foreign key. */
typedef struct vg_reference {
    const vg_shape *shape;
    const char *column; /* its C name */
    vg_action on_delete, on_update;
} vg_reference;

/* A column of a table, or a field of a projection. */
typedef struct vg_column {
    const char *name;      /* the C name */
    const char *db_name;   /* the name in the database; NULL: the C name */
    uint8_t type;          /* vg_type; of a projection's field VG_TYPE_NONE */
    uint8_t mode;          /* vg_mode */
    uint16_t nullable;     /* the field can hold NULL  */
    uint16_t sql_class;    /* VG_K_ bits */
    uint16_t flags;        /* VG_F_ bits */
    uint32_t offset;       /* in the row struct */
    uint32_t new_offset;   /* in the insert struct */
    uint32_t new_optional; /* the insert struct's field may be left out */
    uint32_t args;         /* TEXT: length; NUMERIC: precision << 8 | scale */
    const vg_literal *literal;
    const char *default_sql;
    vg_default_fn default_fn;
    const vg_reference *references;
    const char *unique_name; /* UNIQUE("name") */
    const vg_shape *nested;  /* ROW, OPT_ROW of a projection: the shape inside */
} vg_column;

typedef enum vg_constraint_kind {
    VG_CON_NONE,
    VG_CON_PRIMARY_KEY,
    VG_CON_UNIQUE,
    VG_CON_INDEX,
    VG_CON_UNIQUE_INDEX,
    VG_CON_CHECK,
    VG_CON_FOREIGN_KEY
} vg_constraint_kind;

/* A constraint or index over a table's columns. */
typedef struct vg_constraint {
    vg_constraint_kind kind;
    const char *name;        /* NULL: derived from table and columns */
    const uint16_t *columns; /* indexes into the table's columns */
    size_t column_count;
    const char *sql; /* CHECK's condition, a partial index's WHERE */
    const vg_shape *references;
    const char *const *ref_columns;
    vg_action on_delete, on_update;
} vg_constraint;

typedef enum vg_shape_kind {
    VG_SHAPE_TABLE,
    VG_SHAPE_PROJECTION,
    VG_SHAPE_ALIAS,  /* of a table, or of a projection that SUBQUERY fills */
    VG_SHAPE_DERIVED /* SUBQUERY: an alias together with its query */
} vg_shape_kind;

/* A projection hands its expressions, in field order (NULL for a ROW), to `yield`. */
typedef void (*vg_yield_fn)(void *ctx, const vg_node *const *fields);

/* The shape of a row: a table, a projection, an alias. */
struct vg_shape {
    vg_shape_kind kind;
    uint32_t column_count;
    uint32_t row_size;   /* of the row struct, bytes */
    uint32_t new_size;   /* of the insert struct, bytes */
    bool has_default_fn; /* a column has a DEFAULT_FN */
    const char *name;    /* the C name */
    const char *db_name; /* of a table: the name in the database; NULL: the C name */
    const vg_column *columns;
    const vg_node *nodes;             /* a COLUMN node for each column */
    const vg_constraint *constraints; /* ended by VG_CON_NONE; NULL for none */
    const vg_shape *base; /* ALIAS: what it stands for; DERIVED: the alias */
    void (*fields)(vg_yield_fn yield, void *ctx); /* PROJECTION */
    const vg_clause *query;                       /* DERIVED: its clauses */
    size_t clause_count;                          /* and their number */
};

/* The tables that belong together. */
typedef struct vg_schema {
    const char *name;
    const vg_shape *const *tables; /* in declaration order */
    size_t table_count;
} vg_schema;

/* The name that a table or column has in the database. Constant data; any thread. */
VG_API const char *vg_table_name(const vg_shape *table);
VG_API const char *vg_column_name(const vg_column *column);

/* The column of that C name, or NULL. Any thread.
 *     const vg_column *c = vg_find_column(&users.vg_shape, "email"); */
VG_API const vg_column *vg_find_column(const vg_shape *shape, const char *name);

VG_END_DECLS

/* ---- words: type, then what is pasted ---- */

/* Known words expand to a list whose first element is empty. What follows them where they
 * are looked up stands for an unknown word, which stays the one token it was pasted to: so
 * an unknown word yields something harmless and one message, not an avalanche.
 *
 * A type: class, vg_type, 1 for known, the argument token last: TEXT(20) works too. */
#define VG_T_INTEGER                  , int, VG_TYPE_INTEGER, 1, VG_NO_ARGS
#define VG_T_REAL                     , real, VG_TYPE_REAL, 1, VG_NO_ARGS
#define VG_T_TEXT                     , text, VG_TYPE_TEXT, 1, VG_LENGTH_ARG
#define VG_T_NUMERIC                  , numeric, VG_TYPE_NUMERIC, 1, VG_PRECISION_ARG
#define VG_T_BOOLEAN                  , predicate, VG_TYPE_BOOLEAN, 1, VG_NO_ARGS
#define VG_T_BLOB                     , blob, VG_TYPE_BLOB, 1, VG_NO_ARGS
#define VG_T_JSON                     , json, VG_TYPE_JSON, 1, VG_NO_ARGS
#define VG_T_UUID                     , uuid_expr, VG_TYPE_UUID, 1, VG_NO_ARGS
#define VG_T_TIMESTAMP                , time, VG_TYPE_TIMESTAMP, 1, VG_NO_ARGS
#define VG_T_DATE                     , time, VG_TYPE_DATE, 1, VG_NO_ARGS
#define VG_UNKNOWN_TYPE               , int, VG_TYPE_INTEGER, 0, VG_NO_ARGS
#define VG_CLASS_TOKEN(type)          VG_SECOND(VG_T_##type VG_UNKNOWN_TYPE)
#define VG_TYPE_OF(type)              VG_THIRD(VG_T_##type VG_UNKNOWN_TYPE)
#define VG_TYPE_KNOWN(type)           VG_FOURTH(VG_T_##type VG_UNKNOWN_TYPE)
#define VG_ARGS_TOKEN(type)           VG_FIFTH(VG_T_##type VG_UNKNOWN_TYPE)
#define VG_SECOND(...)                VG_SECOND_(__VA_ARGS__)
#define VG_SECOND_(a, b, ...)         b
#define VG_THIRD(...)                 VG_THIRD_(__VA_ARGS__)
#define VG_THIRD_(a, b, c, ...)       c
#define VG_FOURTH(...)                VG_FOURTH_(__VA_ARGS__)
#define VG_FOURTH_(a, b, c, d, ...)   d
#define VG_FIFTH(...)                 VG_FIFTH_(__VA_ARGS__)
#define VG_FIFTH_(a, b, c, d, e, ...) e
enum { VG_NO_ARGS, VG_LENGTH_ARG = 0, VG_PRECISION_ARG = 0 };
#define VG_NO_ARGS(...)              VG_REQUIRE(0, "the column's type takes no argument")
#define VG_LENGTH_ARG(n)             (n)
#define VG_PRECISION_ARG(...)        VG_PRECISION_ARG_(__VA_ARGS__, 0, 0)
#define VG_PRECISION_ARG_(p, s, ...) ((p) << 8 | (s))

/* C types of fields: NOT NULL, and maybe NULL. */
#define VG_C_int       int64_t
#define VG_C_real      double
#define VG_C_text      const char *
#define VG_C_numeric   const char *
#define VG_C_predicate bool
#define VG_C_blob      vg_bytes
#define VG_C_json      const char *
#define VG_C_uuid_expr vg_uuid
#define VG_C_time      vg_timestamp
#define VG_N_int       vg_opt_int
#define VG_N_real      vg_opt_real
#define VG_N_text      const char *
#define VG_N_numeric   const char *
#define VG_N_predicate vg_opt_bool
#define VG_N_blob      vg_bytes
#define VG_N_json      const char *
#define VG_N_uuid_expr vg_opt_uuid
#define VG_N_time      vg_opt_time

/* Modifiers of COLUMN, three readings of each: flags, initialisers, default's class. The
 * flags are a list as above: 1 for known, then the flag, to which UNIQUE may add an
 * argument. */
#define VG_MF(c, m)          VG_THIRD(VG_MF_##m, 0, , )
#define VG_MODIFIER_KNOWN(m) VG_SECOND(VG_MF_##m, 0, , )
#define VG_MI(c, m)          VG_CAT(VG_MI_IF_, VG_MODIFIER_KNOWN(m))(m)
#define VG_MI_IF_0(m)
#define VG_MI_IF_1(m) VG_MI_##m
#define VG_MK(c, m)   VG_CAT(VG_MK_IF_, VG_MODIFIER_KNOWN(m))(m)
#define VG_MK_IF_0(m)
#define VG_MK_IF_1(m) VG_MK_##m
/* The unknown words of a column, as a string that is empty when all is well. */
#define VG_UNKNOWN_TEXT(c, m)      VG_CAT(VG_UNKNOWN_TEXT_, VG_MODIFIER_KNOWN(m))(m)
#define VG_UNKNOWN_TYPE_TEXT(type) VG_CAT(VG_UNKNOWN_TEXT_, VG_TYPE_KNOWN(type))(type)
#define VG_UNKNOWN_TEXT_0(word)    " " #word
#define VG_UNKNOWN_TEXT_1(word)
#define VG_ALL_KNOWN(col, words) \
    VG_REQUIRE(sizeof(words) == 1, "COLUMN(" col "): unknown words:" words)
#define VG_MF_VG_LAST_MODIFIER , 1,
#define VG_MI_VG_LAST_MODIFIER
#define VG_MK_VG_LAST_MODIFIER
#define VG_MF_NOT_NULL , 1, | VG_F_NOT_NULL
#define VG_MI_NOT_NULL
#define VG_MK_NOT_NULL
#define VG_MF_PRIMARY_KEY , 1, | VG_F_PRIMARY_KEY
#define VG_MI_PRIMARY_KEY
#define VG_MK_PRIMARY_KEY
#define VG_MF_AUTOINCREMENT , 1, | VG_F_AUTOINCREMENT
#define VG_MI_AUTOINCREMENT
#define VG_MK_AUTOINCREMENT
#define VG_MF_UNIQUE , 1, | VG_UNIQUE_FLAG
#define VG_MI_UNIQUE , .unique_name = (const void *)VG_UNIQUE_NAME
#define VG_MK_UNIQUE &VG_UNIQUE_CLASS
enum { VG_UNIQUE_FLAG = VG_F_UNIQUE, VG_UNIQUE_NAME = 0, VG_UNIQUE_CLASS = VG_K_ANY };
#define VG_UNIQUE_FLAG(name)   VG_F_UNIQUE
#define VG_UNIQUE_NAME(name)   "" name ""
#define VG_UNIQUE_CLASS(name)  VG_K_ANY
#define VG_MF_DEFAULT(...)     , 1, | VG_F_DEFAULT
#define VG_MI_DEFAULT(...)     , .literal = &(const vg_literal)VG_LITERAL((__VA_ARGS__))
#define VG_MK_DEFAULT(...)     &VG_LITERAL_CLASS((__VA_ARGS__))
#define VG_MF_DEFAULT_SQL(sql) , 1, | VG_F_DEFAULT
#define VG_MI_DEFAULT_SQL(sql) , .default_sql = "" sql ""
#define VG_MK_DEFAULT_SQL(sql)
#define VG_MF_DEFAULT_NOW , 1, | VG_F_DEFAULT | VG_F_DEFAULT_NOW
#define VG_MI_DEFAULT_NOW
#define VG_MK_DEFAULT_NOW    &VG_K_time
#define VG_MF_DEFAULT_FN(fn) , 1, | VG_F_DEFAULT_FN
#define VG_MI_DEFAULT_FN(fn)                                                          \
    , .default_fn = __builtin_choose_expr(                                            \
          VG_REQUIRE(__builtin_types_compatible_p(__typeof__(&*(fn)), vg_default_fn), \
                     "DEFAULT_FN(" #fn "): not a vg_default_fn") == 0,                \
          (fn), NULL)
#define VG_MK_DEFAULT_FN(fn)
#define VG_MF_NAME(name) , 1,
#define VG_MI_NAME(name) , .db_name = "" name ""
#define VG_MK_NAME(name)
#define VG_MF_MODE(m) , 1,
#define VG_MI_MODE(m) , .mode = VG_MODE_##m
#define VG_MK_MODE(m)
#define VG_MF_REFERENCES(...) , 1, | VG_F_REFERENCES
#define VG_MI_REFERENCES(table, ...)                                        \
    VG_MI_REFERENCE(&table.vg_shape, VG_CHECKED_COLUMN, table, __VA_ARGS__, \
                    VG_LAST_ACTION)
#define VG_MK_REFERENCES(...)
#define VG_MF_REFERENCES_LATER(...) , 1, | VG_F_REFERENCES
#define VG_MI_REFERENCES_LATER(table, ...)                                        \
    VG_MI_REFERENCE((const vg_shape *)&table, VG_COLUMN_TEXT, table, __VA_ARGS__, \
                    VG_LAST_ACTION)
#define VG_MI_REFERENCE(to, check, table, col, ...)                              \
    , .references = &(const vg_reference)                                        \
    {                                                                            \
        .shape = to, .column = check(table, col) VG_INNER(VG_ACT, , __VA_ARGS__) \
    }
/* The column's name, and an error if there is no such column. */
#define VG_CHECKED_COLUMN(table, col) &#col[0 * VG_AT(table, col)]
#define VG_COLUMN_TEXT(table, col)    #col
#define VG_ACT_VG_LAST_ACTION
#define VG_MK_REFERENCES_LATER(...)
#define VG_ACT(c, a)        VG_ACT_##a
#define VG_ACT_ON_DELETE(a) , .on_delete = VG_ACTION_##a
#define VG_ACT_ON_UPDATE(a) , .on_update = VG_ACTION_##a

#define VG_LITERAL(v)                                                                         \
    {                                                                                         \
        _Generic(v, char *: VG_V_TEXT, const char *: VG_V_TEXT, float: VG_V_REAL,           \
              double: VG_V_REAL, default: VG_V_INT),                                     \
     _Generic(v, char *: 0, const char *: 0, float: 0, double: 0, default: v),           \
     _Generic(v, float: v, double: v, default: 0),                                       \
     _Generic(v, char *: v, const char *: v, default: 0) \
    }
#define VG_LITERAL_CLASS(v) \
    _Generic(v, char *: VG_K_STRING | VG_K_blob | VG_K_time | VG_K_uuid_expr,            \
             const char *: VG_K_STRING | VG_K_blob | VG_K_time | VG_K_uuid_expr,         \
             default: VG_CLASS(v))

/* Entries of TABLE become tuples (kind, ...). */
#define VG_TUPLE_COLUMN(name, ...) (col, name, __VA_ARGS__, VG_LAST_MODIFIER)
#define VG_TUPLE_NAME(name)        (nam, name)
#define VG_TUPLE_PRIMARY_KEY(...)  (con, VG_CON_PRIMARY_KEY, NULL, NULL, __VA_ARGS__)
#define VG_TUPLE_UNIQUE(name, ...) (con, VG_CON_UNIQUE, #name, NULL, __VA_ARGS__)
#define VG_TUPLE_INDEX(name, ...)  (con, VG_CON_INDEX, #name, NULL, __VA_ARGS__)
#define VG_TUPLE_UNIQUE_INDEX(name, ...) \
    (con, VG_CON_UNIQUE_INDEX, #name, NULL, __VA_ARGS__)
#define VG_TUPLE_INDEX_WHERE(name, sql, ...) \
    (con, VG_CON_INDEX, #name, "" sql "", __VA_ARGS__)
#define VG_TUPLE_UNIQUE_INDEX_WHERE(name, sql, ...) \
    (con, VG_CON_UNIQUE_INDEX, #name, "" sql "", __VA_ARGS__)
#define VG_TUPLE_CHECK(name, sql) (chk, #name, "" sql "")
/* FOREIGN_KEY(COLUMNS(a, b), REFERENCES(t, c, d), ON_DELETE(CASCADE), NAME("x")) */
#define VG_TUPLE_FOREIGN_KEY(columns, ...) (fky, VG_LIST_##columns, __VA_ARGS__)
#define VG_LIST_COLUMNS(...)               (__VA_ARGS__)

/* A list of entries becomes one of tuples, each with a comma before it; what is no entry
 * becomes (unk, text). */
#define VG_TABLE_ENTRY(c, e)      , VG_AS_TUPLE(VG_TUPLE_##e)
#define VG_PROJECTION_ENTRY(c, e) , VG_AS_TUPLE(VG_PART_##e)
#define VG_AS_TUPLE(...)          VG_CAT(VG_AS_TUPLE_, VG_IS_TUPLE(__VA_ARGS__))(__VA_ARGS__)
#define VG_AS_TUPLE_0(...)        (unk, #__VA_ARGS__)
#define VG_AS_TUPLE_1(...)        __VA_ARGS__
#define VG_IS_TUPLE(...)          VG_SECOND(VG_PROBE __VA_ARGS__, 0, )
#define VG_PROBE(...)             , 1
/* What prefix##_##kind(t, ...) makes of a tuple. */
#define VG_ENTRY(prefix, t, ...)         VG_ENTRY_(prefix, t, VG_UNPACK __VA_ARGS__)
#define VG_ENTRY_(...)                   VG_ENTRY__(__VA_ARGS__)
#define VG_ENTRY__(prefix, t, kind, ...) prefix##_##kind(t, __VA_ARGS__)

#define VG_NOT_NULL_MASK (VG_F_NOT_NULL | VG_F_PRIMARY_KEY)
/* Column flags with the type above them, once, as a constant; everything else asks it. */
#define VG_FLAG(t, e) VG_ENTRY(VG_FLAG, t, e)
#define VG_FLAG_col(t, name, type, ...)                              \
    VG_I_##t##_VG_##name,                                            \
        VG_FLAGS_##t##_VG_##name =                                   \
            (VG_TYPE_OF(type) << 16) VG_WORDS(VG_MF, , __VA_ARGS__), \
        VG_BACK_##t##_VG_##name = VG_I_##t##_VG_##name,
#define VG_FLAG_nam VG_NOTHING
#define VG_FLAG_con VG_NOTHING
#define VG_FLAG_chk VG_NOTHING
#define VG_FLAG_unk VG_NOTHING
#define VG_FLAG_fky VG_NOTHING

#define VG_IS_NN(flags) (!!((flags)&VG_NOT_NULL_MASK))
/* An insert must give it: NOT NULL, and nobody else fills it in. */
#define VG_IS_REQUIRED(flags)                                              \
    (VG_IS_NN(flags) &&                                                    \
     !((flags) & (VG_F_DEFAULT | VG_F_DEFAULT_FN | VG_F_AUTOINCREMENT)) && \
     !(((flags)&VG_F_PRIMARY_KEY) && ((flags) >> 16) == VG_TYPE_INTEGER))
#define VG_PICK(yes, T, N)                                 \
    __typeof__(*_Generic((char(*)[1 + (yes)])0, char(*)[1] \
                         : (N *)0, char(*)[2]              \
                         : (T *)0))

#define VG_ROW_FIELD(t, e) VG_ENTRY(VG_ROW_FIELD, t, e)
#define VG_ROW_FIELD_col(t, name, type, ...)                                         \
    VG_PICK(VG_IS_NN(VG_FLAGS_##t##_VG_##name), VG_CAT(VG_C_, VG_CLASS_TOKEN(type)), \
            VG_CAT(VG_N_, VG_CLASS_TOKEN(type)))                                     \
    name;
#define VG_ROW_FIELD_nam VG_NOTHING
#define VG_ROW_FIELD_con VG_NOTHING
#define VG_ROW_FIELD_chk VG_NOTHING
#define VG_ROW_FIELD_fky VG_NOTHING
#define VG_ROW_FIELD_unk(t, text) \
    _Static_assert(0, "TABLE(" #t "): there is no entry " text);

#define VG_NEW_FIELD(t, e) VG_ENTRY(VG_NEW_FIELD, t, e)
#define VG_NEW_FIELD_col(t, name, type, ...)                                          \
    VG_PICK(VG_IS_REQUIRED(VG_FLAGS_##t##_VG_##name),                                 \
            VG_CAT(VG_C_, VG_CLASS_TOKEN(type)), VG_CAT(VG_N_, VG_CLASS_TOKEN(type))) \
    name;
#define VG_NEW_FIELD_nam VG_NOTHING
#define VG_NEW_FIELD_con VG_NOTHING
#define VG_NEW_FIELD_chk VG_NOTHING
#define VG_NEW_FIELD_unk VG_NOTHING
#define VG_NEW_FIELD_fky VG_NOTHING

#define VG_HANDLE(t, e) VG_ENTRY(VG_HANDLE, t, e)
#define VG_HANDLE_col(t, name, type, ...)                                          \
    VG_PICK(VG_IS_NN(VG_FLAGS_##t##_VG_##name), VG_CAT(vg_, VG_CLASS_TOKEN(type)), \
            VG_CAT(VG_CAT(vg_, VG_CLASS_TOKEN(type)), _null))                      \
    name;
#define VG_HANDLE_nam VG_NOTHING
#define VG_HANDLE_con VG_NOTHING
#define VG_HANDLE_chk VG_NOTHING
#define VG_HANDLE_unk VG_NOTHING
#define VG_HANDLE_fky VG_NOTHING

#define VG_REQUIRED(t, e) VG_ENTRY(VG_REQUIRED, t, e)
#define VG_REQUIRED_col(t, name, ...) \
    | (uint64_t)VG_IS_REQUIRED(VG_FLAGS_##t##_VG_##name) << VG_I_##t##_VG_##name
#define VG_REQUIRED_nam VG_NOTHING
#define VG_REQUIRED_con VG_NOTHING
#define VG_REQUIRED_chk VG_NOTHING
#define VG_REQUIRED_unk VG_NOTHING
#define VG_REQUIRED_fky VG_NOTHING

/* The flags of all columns together. */
#define VG_ANY_FLAG(t, e)             VG_ENTRY(VG_ANY_FLAG, t, e)
#define VG_ANY_FLAG_col(t, name, ...) | VG_FLAGS_##t##_VG_##name
#define VG_ANY_FLAG_nam               VG_NOTHING
#define VG_ANY_FLAG_con               VG_NOTHING
#define VG_ANY_FLAG_chk               VG_NOTHING
#define VG_ANY_FLAG_unk               VG_NOTHING
#define VG_ANY_FLAG_fky               VG_NOTHING

#define VG_DESCRIBE(t, e) VG_ENTRY(VG_DESCRIBE, t, e)
#define VG_DESCRIBE_col(t, col, ty, ...)                                               \
    {.name = #col,                                                                     \
     .type = VG_TYPE_OF(ty) + VG_ALL_KNOWN(#col, "" VG_UNKNOWN_TYPE_TEXT(ty) VG_WORDS( \
                                                     VG_UNKNOWN_TEXT, , __VA_ARGS__)), \
     .nullable = !VG_IS_NN(VG_FLAGS_##t##_VG_##col),                                   \
     .sql_class =                                                                      \
         VG_CAT(VG_K_, VG_CLASS_TOKEN(ty)) +                                           \
         VG_REQUIRE((VG_K_ANY & VG_CAT(VG_K_, VG_CLASS_TOKEN(ty))                      \
                                    VG_WORDS(VG_MK, , __VA_ARGS__)) != 0,              \
                    "COLUMN(" #col "): the DEFAULT has another type than the "         \
                    "column"),                                                         \
     .flags = VG_FLAGS_##t##_VG_##col & 0xffff,                                        \
     .offset = offsetof(struct t, col),                                                \
     .new_offset = offsetof(struct t##_new, col),                                      \
     .new_optional = !VG_IS_REQUIRED(VG_FLAGS_##t##_VG_##col),                         \
     .args = VG_ARGS_TOKEN(ty) VG_WORDS(VG_MI, , __VA_ARGS__)},
#define VG_DESCRIBE_nam VG_NOTHING
#define VG_DESCRIBE_con VG_NOTHING
#define VG_DESCRIBE_chk VG_NOTHING
#define VG_DESCRIBE_unk VG_NOTHING
#define VG_DESCRIBE_fky VG_NOTHING

#define VG_NODE_INIT(t, e) VG_ENTRY(VG_NODE_INIT, t, e)
#define VG_NODE_INIT_col(t, col, ...) \
    {VG_OP_COLUMN, 0, VG_I_##t##_VG_##col, &t.vg_shape, {{0}, 0}},
#define VG_NODE_INIT_nam VG_NOTHING
#define VG_NODE_INIT_con VG_NOTHING
#define VG_NODE_INIT_chk VG_NOTHING
#define VG_NODE_INIT_unk VG_NOTHING
#define VG_NODE_INIT_fky VG_NOTHING

#define VG_HANDLE_INIT(t, e)            VG_ENTRY(VG_HANDLE_INIT, t, e)
#define VG_HANDLE_INIT_col(t, col, ...) .col = {&t.vg_nodes[VG_I_##t##_VG_##col]},
#define VG_HANDLE_INIT_nam              VG_NOTHING
#define VG_HANDLE_INIT_con              VG_NOTHING
#define VG_HANDLE_INIT_chk              VG_NOTHING
#define VG_HANDLE_INIT_unk              VG_NOTHING
#define VG_HANDLE_INIT_fky              VG_NOTHING

#define VG_TABLE_NAME(t, e)     VG_ENTRY(VG_TABLE_NAME, t, e)
#define VG_TABLE_NAME_col       VG_NOTHING
#define VG_TABLE_NAME_nam(t, n) .db_name = "" n "",
#define VG_TABLE_NAME_con       VG_NOTHING
#define VG_TABLE_NAME_unk       VG_NOTHING
#define VG_TABLE_NAME_chk       VG_NOTHING
#define VG_TABLE_NAME_fky       VG_NOTHING

#define VG_CONSTRAIN(t, e) VG_ENTRY(VG_CONSTRAIN, t, e)
#define VG_CONSTRAIN_col   VG_NOTHING
#define VG_CONSTRAIN_nam   VG_NOTHING
#define VG_CONSTRAIN_unk   VG_NOTHING
#define VG_CONSTRAIN_con(t, k, n, s, ...) \
    {.kind = k, .name = n, .sql = s, VG_COLUMN_LIST(t, __VA_ARGS__)},
#define VG_CONSTRAIN_chk(t, n, s) {.kind = VG_CON_CHECK, .name = n, .sql = s},
#define VG_CONSTRAIN_fky(t, columns, ...) \
    {.kind = VG_CON_FOREIGN_KEY,          \
     VG_COLUMN_LIST_(t, VG_UNPACK columns) VG_WORDS(VG_FK, t, __VA_ARGS__)},
#define VG_COLUMN_LIST_(...) VG_COLUMN_LIST(__VA_ARGS__)
#define VG_COLUMN_LIST(t, ...)                                                \
    .columns = (const uint16_t[]){VG_INNER(VG_COLUMN_INDEX, t, __VA_ARGS__)}, \
    .column_count = VG_NARGS(__VA_ARGS__)
#define VG_COLUMN_INDEX(t, c) VG_INDEX_OF(t, c),
#define VG_FK(t, m)           VG_FK_##m
#define VG_FK_REFERENCES(t, ...)                                      \
    , .references = &t.vg_shape, .ref_columns = (const char *const[]) \
    {                                                                 \
        VG_INNER(VG_REF_COLUMN, t, __VA_ARGS__)                       \
    }
#define VG_REF_COLUMN(t, c) VG_CHECKED_COLUMN(t, c),
#define VG_FK_REFERENCES_LATER(t, ...)                                         \
    , .references = (const vg_shape *)&t, .ref_columns = (const char *const[]) \
    {                                                                          \
        VG_INNER(VG_REF_NAME, t, __VA_ARGS__)                                  \
    }
#define VG_REF_NAME(t, c)  #c,
#define VG_FK_ON_DELETE(a) , .on_delete = VG_ACTION_##a
#define VG_FK_ON_UPDATE(a) , .on_update = VG_ACTION_##a
#define VG_FK_NAME(n)      , .name = "" n ""

#define VG_MAX_COLUMNS 64

/* words: begin */

/* Declare a table. Entries, in any order after the name:
 *
 *     COLUMN(name, TYPE, modifiers...)      up to 64
 *         TYPE       INTEGER REAL TEXT TEXT(length) NUMERIC NUMERIC(p, s) BOOLEAN BLOB
 *                    JSON UUID TIMESTAMP DATE
 *         modifiers  PRIMARY_KEY AUTOINCREMENT NOT_NULL UNIQUE UNIQUE("index_name")
 *                    DEFAULT(literal) DEFAULT_SQL("expression") DEFAULT_NOW
 *                    DEFAULT_FN(function) MODE(SECONDS | MILLISECONDS | MICROSECONDS |
 *                    ISO_TEXT | BINARY) NAME("name_in_the_database")
 *                    REFERENCES(table, column, ON_DELETE(CASCADE), ON_UPDATE(...)),
 *                    REFERENCES_LATER for a table that stands further down, after
 *                    TABLE_LATER(table); actions CASCADE RESTRICT NO_ACTION SET_NULL
 *                    SET_DEFAULT
 *     PRIMARY_KEY(column, ...)              over several columns
 *     UNIQUE(name, column, ...)
 *     INDEX(name, column, ...)              UNIQUE_INDEX(name, column, ...)
 *     INDEX_WHERE(name, "condition", column, ...)    UNIQUE_INDEX_WHERE: partial
 *     CHECK(name, "condition")
 *     FOREIGN_KEY(COLUMNS(a, b), REFERENCES(t, c, d), ON_DELETE(...), NAME("name"))
 *     NAME("name_in_the_database")
 *
 * If a compile error led you here: a token VG_T_x is an unknown type, VG_MF_x an unknown
 * modifier, VG_TUPLE_x an unknown entry, VG_I_t_VG_c an unknown column c of table t. */
#define VG_TABLE(t, ...) VG_TABLE_OF(t VG_EACH(VG_TABLE_ENTRY, , __VA_ARGS__))

/* Announce a table that stands further down, for REFERENCES_LATER. */
#define VG_TABLE_LATER(t) extern const struct t##_vg t __asm__("vg_object_" #t);

/* A second name for a table, for self joins, or the name under which a SUBQUERY that
 * yields `shape` stands in FROM. At file scope.
 *     ALIAS(boss, users)
 *     ... FROM(users), LEFT_JOIN(boss, EQ(users.boss_id, boss.id)) */
#define VG_ALIAS(a, t)                                              \
    VG_OVERRIDES_BEGIN                                              \
    enum { VG_N_##a = VG_N_##t };                                   \
    extern const struct t##_vg a __asm__("vg_object_" #a);          \
    __attribute__((weak)) const struct t##_vg a = {                 \
        .vg_shape = {.kind = VG_SHAPE_ALIAS,                        \
                     .column_count = VG_N_##a,                      \
                     .row_size = sizeof(struct t),                  \
                     .name = #a,                                    \
                     .columns = t.vg_columns,                       \
                     .nodes = a.vg_nodes,                           \
                     .base = &t.vg_shape},                          \
        .vg_handles = {VG_REPEAT_64(VG_ALIAS_HANDLE, a, VG_N_##a)}, \
        .vg_nodes = {VG_REPEAT_64(VG_ALIAS_NODE, a, VG_N_##a)}};    \
    VG_OVERRIDES_END

/* A row shape of one's own; at file scope. The C type of each field follows from its
 * expression.
 *     PROJECTION(post_card,
 *         FIELD(title,  posts.title),
 *         FIELD(author, NULLABLE(users.name)),
 *         ROW(post,     posts),        a whole row, by value
 *         OPT_ROW(user, users))        a pointer, NULL when an outer join found none
 * makes struct post_card, post_card_list and the object post_card for SELECT. The
 * expressions must not depend on variables: they are read when they are first used. */
#define VG_PROJECTION(t, ...) \
    VG_PROJECTION_OF(t VG_EACH(VG_PROJECTION_ENTRY, , __VA_ARGS__))

/* The tables that belong together, for vg_create.
 *     SCHEMA(blog, users, posts) */
#define VG_SCHEMA(s, ...)                                                       \
    extern const vg_schema s __asm__("vg_schema_" #s);                          \
    __attribute__((weak)) const vg_schema s = {                                 \
        #s, (const vg_shape *const[]){VG_EACH(VG_SCHEMA_TABLE, , __VA_ARGS__)}, \
        VG_NARGS(__VA_ARGS__)};

/* words: end */

/* ---- what the macros forward to ---- */

#define VG_TABLE_OF(...) VG_TABLE_OF_(__VA_ARGS__)
#define VG_TABLE_OF_(t, ...)                                                        \
    extern const struct t##_vg t __asm__("vg_object_" #t);                          \
    enum { VG_EACH(VG_FLAG, t, __VA_ARGS__) VG_N_##t };                             \
    _Static_assert(                                                                 \
        VG_N_##t <= VG_MAX_COLUMNS,                                                 \
        "TABLE(" #t "): more than 64 columns; split the table in two that "         \
        "share their primary key, or keep rare columns in one JSON column");        \
    __extension__ enum { /* beyond int from the 32nd column on */                   \
                         VG_NEED_##t = 0 VG_EACH(VG_REQUIRED, t, __VA_ARGS__),      \
                         VG_FLAGS_##t = 0 VG_EACH(VG_ANY_FLAG, t, __VA_ARGS__)      \
    };                                                                              \
    struct t {                                                                      \
        VG_EACH(VG_ROW_FIELD, t, __VA_ARGS__)                                       \
    };                                                                              \
    struct t##_new {                                                                \
        VG_EACH(VG_NEW_FIELD, t, __VA_ARGS__)                                       \
    };                                                                              \
    typedef struct {                                                                \
        struct t *data;                                                             \
        size_t len;                                                                 \
    } t##_list;                                                                     \
    VG_OBJECT_TYPE(t, struct t##_new, VG_EACH(VG_HANDLE, t, __VA_ARGS__))           \
    __attribute__((weak)) const struct t##_vg t = {                                 \
        .vg_shape = {.kind = VG_SHAPE_TABLE,                                        \
                     .column_count = VG_N_##t,                                      \
                     .row_size = sizeof(struct t),                                  \
                     .new_size = sizeof(struct t##_new),                            \
                     .has_default_fn = (VG_FLAGS_##t & VG_F_DEFAULT_FN) != 0,       \
                     .name = #t,                                                    \
                     VG_EACH(VG_TABLE_NAME, t, __VA_ARGS__).columns = t.vg_columns, \
                     .nodes = t.vg_nodes,                                           \
                     .constraints = (const vg_constraint[]){VG_EACH(                \
                         VG_CONSTRAIN, t, __VA_ARGS__){.kind = VG_CON_NONE}}},      \
        .vg_columns = {VG_EACH(VG_DESCRIBE, t, __VA_ARGS__)},                       \
        .vg_nodes = {VG_EACH(VG_NODE_INIT, t, __VA_ARGS__)},                        \
        VG_EACH(VG_HANDLE_INIT, t, __VA_ARGS__)};

#define VG_PROJECTION_OF(...) VG_PROJECTION_OF_(__VA_ARGS__)
#define VG_PROJECTION_OF_(t, ...)                                                     \
    VG_OVERRIDES_BEGIN                                                                \
    extern const struct t##_vg t __asm__("vg_object_" #t);                            \
    enum { VG_EACH(VG_FIELD_INDEX, t, __VA_ARGS__) VG_N_##t };                        \
    VG_OBJECT_TYPE(t, struct t, VG_EACH(VG_FIELD_HANDLE, t, __VA_ARGS__))             \
    struct t {                                                                        \
        VG_EACH(VG_FIELD_TYPE, t, __VA_ARGS__)                                        \
    };                                                                                \
    typedef struct {                                                                  \
        struct t *data;                                                               \
        size_t len;                                                                   \
    } t##_list;                                                                       \
    void t##_vg_fields(vg_yield_fn, void *);                                          \
    __attribute__((weak)) void t##_vg_fields(vg_yield_fn yield, void *ctx)            \
    {                                                                                 \
        yield(ctx, (const vg_node *const[]){VG_EACH(VG_FIELD_NODE, t, __VA_ARGS__)}); \
    }                                                                                 \
    __attribute__((weak)) const struct t##_vg t = {                                   \
        .vg_shape = {.kind = VG_SHAPE_PROJECTION,                                     \
                     .column_count = VG_N_##t,                                        \
                     .row_size = sizeof(struct t),                                    \
                     .name = #t,                                                      \
                     .columns = t.vg_columns,                                         \
                     .nodes = t.vg_nodes,                                             \
                     .fields = t##_vg_fields},                                        \
        .vg_handles = {VG_REPEAT_64(VG_ALIAS_HANDLE, t, VG_N_##t)},                   \
        .vg_columns = {VG_EACH(VG_FIELD_DESCRIBE, t, __VA_ARGS__)},                   \
        .vg_nodes = {VG_REPEAT_64(VG_ALIAS_NODE, t, VG_N_##t)}};                      \
    VG_OVERRIDES_END

#define VG_SCHEMA_TABLE(c, t) &t.vg_shape,

/* The object of a table or projection: its shape, two type witnesses, typed columns. */
#define VG_OBJECT_TYPE(t, new_type, handles)     \
    struct t##_vg {                              \
        vg_shape vg_shape;                       \
        struct t *vg_row;                        \
        new_type *vg_new;                        \
        union {                                  \
            struct {                             \
                handles                          \
            };                                   \
            const vg_node *vg_handles[VG_N_##t]; \
        };                                       \
        vg_column vg_columns[VG_N_##t];          \
        vg_node vg_nodes[VG_N_##t];              \
    };

/* Entry i of an array of n; beyond its end they all say entry 0 again, knowingly. */
#ifdef __clang__
#    define VG_OVERRIDES_BEGIN           \
        _Pragma("clang diagnostic push") \
            _Pragma("clang diagnostic ignored \"-Winitializer-overrides\"")
#    define VG_OVERRIDES_END _Pragma("clang diagnostic pop")
#else
#    define VG_OVERRIDES_BEGIN         \
        _Pragma("GCC diagnostic push") \
            _Pragma("GCC diagnostic ignored \"-Woverride-init\"")
#    define VG_OVERRIDES_END _Pragma("GCC diagnostic pop")
#endif
#define VG_WITHIN(i, n)          ((i) < (n) ? (i) : 0)
#define VG_ALIAS_HANDLE(a, n, i) [VG_WITHIN(i, n)] = &a.vg_nodes[VG_WITHIN(i, n)],
#define VG_ALIAS_NODE(a, n, i) \
    [VG_WITHIN(i, n)] = {VG_OP_COLUMN, 0, VG_WITHIN(i, n), &a.vg_shape, {{0}, 0}},

/* Entries of PROJECTION. */
#define VG_PART_FIELD(name, ...)     (fld, name, (__VA_ARGS__))
#define VG_PART_ROW(name, shape)     (row, name, shape)
#define VG_PART_OPT_ROW(name, shape) (opt, name, shape)

#define VG_FIELD_INDEX(t, e) VG_ENTRY(VG_FIELD_INDEX, t, e)
/* So that there is a field at least. */
#define VG_FIELD_INDEX_unk(t, text)      VG_CAT(VG_UNKNOWN_, __COUNTER__),
#define VG_FIELD_INDEX_fld(t, name, ...) VG_I_##t##_VG_##name,
#define VG_FIELD_INDEX_row               VG_FIELD_INDEX_fld
#define VG_FIELD_INDEX_opt               VG_FIELD_INDEX_fld

#define VG_FIELD_TYPE(t, e) VG_ENTRY(VG_FIELD_TYPE, t, e)
#define VG_FIELD_TYPE_unk(t, text) \
    _Static_assert(0, "PROJECTION(" #t "): there is no entry " text);
/* The handle stands first and has the expression's type: see VG_PROJECTION. */
#define VG_FIELD_TYPE_fld(t, name, x)                                            \
    VG_C_TYPE(t.name, VG_DEMAND(VG_XCLASS(vg_r) != 0,                            \
                                "FIELD(" #name "): not a column or expression")) \
    name;
#define VG_FIELD_TYPE_row(t, name, shape) __typeof__(*(shape).vg_row) name;
#define VG_FIELD_TYPE_opt(t, name, shape) __typeof__((shape).vg_row) name;
/* clang-format off */
#define VG_C_TYPE(x, check) __typeof__(_Generic(VG_OPERAND(x, check),                    \
    vg_is_int: (int64_t)0, vg_is_int_null: (vg_opt_int){0},                              \
    vg_is_real: 0.0, vg_is_real_null: (vg_opt_real){0},                                  \
    vg_is_text: (const char *)0, vg_is_text_null: (const char *)0,                       \
    vg_is_numeric: (const char *)0, vg_is_numeric_null: (const char *)0,                 \
    vg_is_json: (const char *)0, vg_is_json_null: (const char *)0,                       \
    vg_is_predicate: (bool)0, vg_is_predicate_null: (vg_opt_bool){0},                    \
    vg_is_time: (vg_timestamp){0}, vg_is_time_null: (vg_opt_time){0},                    \
    vg_is_blob: (vg_bytes){0}, vg_is_blob_null: (vg_bytes){0},                           \
    vg_is_uuid_expr: (vg_uuid){{0}}, vg_is_uuid_expr_null: (vg_opt_uuid){0},             \
    default: (vg_not_an_expression){0}))
/* clang-format on */

#define VG_FIELD_HANDLE(t, e)               VG_ENTRY(VG_FIELD_HANDLE, t, e)
#define VG_FIELD_HANDLE_unk                 VG_NOTHING
#define VG_FIELD_HANDLE_fld(t, name, x)     __typeof__(x) name;
#define VG_FIELD_HANDLE_row(t, name, shape) vg_not_an_expression name;
#define VG_FIELD_HANDLE_opt(t, name, shape) vg_not_an_expression name;

#define VG_FIELD_NODE(t, e)               VG_ENTRY(VG_FIELD_NODE, t, e)
#define VG_FIELD_NODE_unk                 VG_NOTHING
#define VG_FIELD_NODE_fld(t, name, x)     VG_NODE(x),
#define VG_FIELD_NODE_row(t, name, shape) 0,
#define VG_FIELD_NODE_opt(t, name, shape) 0,

#define VG_FIELD_DESCRIBE(t, e) VG_ENTRY(VG_FIELD_DESCRIBE, t, e)
#define VG_FIELD_DESCRIBE_unk   VG_NOTHING
#define VG_FIELD_DESCRIBE_fld(t, fld, x)           \
    {.name = #fld,                                 \
     .nullable = !!(VG_XCLASS(t.fld) & VG_K_NULL), \
     .sql_class = VG_XCLASS(t.fld) & VG_K_ANY,     \
     .offset = offsetof(struct t, fld)},
#define VG_FIELD_DESCRIBE_row(t, fld, s) \
    {.name = #fld, .offset = offsetof(struct t, fld), .nested = &s.vg_shape},
#define VG_FIELD_DESCRIBE_opt(t, fld, s) \
    {.name = #fld,                       \
     .nullable = 1,                      \
     .offset = offsetof(struct t, fld),  \
     .nested = &s.vg_shape},

#include <virga/detail/spellings.h>
