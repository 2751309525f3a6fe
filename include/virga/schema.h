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
#include <virga/coder.h>
#include <virga/native.h>

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
    VG_TYPE_DATE,
    /* Of some databases only; vg_column.native says which type it is there. */
    VG_TYPE_DAYTIME,  /* vg_daytime */
    VG_TYPE_INTERVAL, /* vg_interval */
    VG_TYPE_POINT,    /* vg_point */
    VG_TYPE_NATIVE, /* const char *: what has no type in C, as the database writes it */
    VG_TYPE_ARRAY,  /* vg_int_array and its like */
    /* With a vg_coder, from here on. */
    VG_TYPE_ENUM_TEXT,
    VG_TYPE_ENUM_INTEGER,
    VG_TYPE_ENUM_NATIVE, /* a type of the database's own: CREATE TYPE ... AS ENUM */
    VG_TYPE_CUSTOM
} vg_type;

/* How a TIMESTAMP, DATE or UUID is stored where the database has no type of its own. */
typedef enum vg_mode {
    VG_MODE_DEFAULT, /* TIMESTAMP: microseconds; DATE: ISO text; UUID: text */
    VG_MODE_SECONDS,
    VG_MODE_MILLISECONDS,
    VG_MODE_MICROSECONDS,
    VG_MODE_ISO_TEXT,
    VG_MODE_BINARY, /* UUID: 16 bytes */
    VG_MODE_BLOB    /* JSON, TEXT: their bytes in a blob */
} vg_mode;

/* How a name in the database is made of a C name, see VG_CASING. */
typedef enum vg_casing { VG_CASING_NONE, VG_CASING_SNAKE, VG_CASING_CAMEL } vg_casing;

/* Flags of a column; its vg_type stands above bit 16. */
enum {
    VG_F_NOT_NULL = 1,
    VG_F_PRIMARY_KEY = 2,
    VG_F_AUTOINCREMENT = 4,
    VG_F_UNIQUE = 8,
    VG_F_DEFAULT = 16, /* the database fills it in */
    VG_F_DEFAULT_NOW = 32,
    VG_F_DEFAULT_FN = 64, /* the program fills it in */
    VG_F_REFERENCES = 128,
    VG_F_UPDATE_FN = 256,     /* the program fills it in at each UPDATE, too */
    VG_F_GENERATED = 512,     /* the database computes it: never set */
    VG_F_STORED = 1024,       /* and keeps what it computed */
    VG_F_CHECKED = 2048,      /* an enum that the database checks */
    VG_F_CODED = 4096,        /* it has a coder */
    VG_F_FILLED = 8192,       /* SERIAL, IDENTITY: the database counts */
    VG_F_UNINDEXED = 1 << 14, /* of an FTS_TABLE: stored, not searched */
    VG_F_FTS = 1 << 15,       /* the rowid of an FTS_TABLE */
    /* While compiling only. */
    VG_F_NATIVE = 1 << 24,
    VG_F_SECURED = 1 << 25, /* of the table */
    VG_F_SERIAL = VG_F_NATIVE | VG_F_NOT_NULL | VG_F_FILLED
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

/* A value that the program computes: DEFAULT_FN for each inserted row which leaves the
 * column out; ON_UPDATE_FN for each UPDATE, and each DO UPDATE, which does not SET it (and
 * when inserting a row without it, if it has no default). The value may point into `room`.
 * Called on the thread that runs the statement, once for each row inserted from VALUES,
 * else once for each statement.
 *     static vg_value touched(char room[VG_DEFAULT_ROOM])
 *     {
 *         (void)room;
 *         return vg_of_time(vg_now());
 *     }
 *     COLUMN(updated_at, TIMESTAMP, NOT_NULL, ON_UPDATE_FN(touched)) */
typedef vg_value (*vg_default_fn)(char room[VG_DEFAULT_ROOM]);

/* Ready-made: UUIDs for UUID columns (RFC 9562 version 4 and 7), cuid2 for TEXT.
 *     COLUMN(id, UUID, PRIMARY_KEY, DEFAULT_FN(vg_default_uuid_v7)) */
VG_API vg_value vg_default_uuid_v4(char room[VG_DEFAULT_ROOM]);
VG_API vg_value vg_default_uuid_v7(char room[VG_DEFAULT_ROOM]);
VG_API vg_value vg_default_cuid2(char room[VG_DEFAULT_ROOM]);

/* The default_sql of DEFAULT_RANDOM, "gen_random_uuid()": known by its address to databases
 * that write it otherwise. */
VG_API extern const char vg_default_random[];

/* A column's foreign key. */
typedef struct vg_reference {
    const vg_shape *shape;
    const char *column; /* its C name */
    vg_action on_delete, on_update;
    vg_deferrable deferrable;
} vg_reference;

/* A column of a table, or a field of a projection. */
typedef struct vg_column {
    const char *name;           /* the C name */
    const char *db_name;        /* the name in the database; NULL: the C name */
    uint8_t type;               /* vg_type; of a projection's field VG_TYPE_NONE */
    uint8_t mode;               /* vg_mode */
    uint8_t nullable;           /* the field can hold NULL */
    uint8_t casing;             /* vg_casing, where there is no db_name */
    uint32_t sql_class;         /* VG_K_ bits */
    uint16_t flags;             /* VG_F_ bits */
    uint8_t nulls_not_distinct; /* UNIQUE_NULLS_NOT_DISTINCT */
    uint32_t offset;            /* in the row struct */
    uint32_t new_offset;        /* in the insert struct */
    uint32_t new_optional;      /* the insert struct's field may be left out */
    uint32_t args; /* TEXT, BIT, VECTOR: length; NUMERIC: precision << 8 | scale;
                              TIME and its like: 1 + digits after the second */
    const vg_literal *literal;
    const char *default_sql;
    vg_default_fn default_fn;
    vg_default_fn update_fn;
    const vg_coder *coder; /* ENUM_TEXT, ENUM_INTEGER, CUSTOM */
    const char *generated; /* GENERATED: the expression */
    const vg_reference *references;
    const char *unique_name; /* UNIQUE("name") */
    const char *sql_type;   /* SQL_TYPE: how the database spells it; NULL: as it does */
    const vg_shape *nested; /* ROW, OPT_ROW of a projection: the shape inside */
    char *cased;            /* room for the name that `casing` makes; vg_column_name */
    uint8_t native;         /* vg_native: a type that not every database has */
    uint8_t element;        /* ARRAY: the vg_type of its elements */
    uint8_t dimensions;     /* ARRAY: 1 to 6 */
    const int32_t *sizes;   /* ARRAY: one for each dimension, 0: any; NULL: all any */
    const char *fields;     /* INTERVAL, GEOMETRY: what stands in its parentheses */
    const vg_sequence_options *identity; /* IDENTITY; NULL: none */
} vg_column;

typedef enum vg_constraint_kind {
    VG_CON_NONE,
    VG_CON_PRIMARY_KEY,
    VG_CON_UNIQUE,
    VG_CON_INDEX,
    VG_CON_UNIQUE_INDEX,
    VG_CON_CHECK,
    VG_CON_FOREIGN_KEY,
    VG_CON_EXCLUDE, /* its terms have operators */
    VG_CON_POLICY   /* options->policy */
} vg_constraint_kind;

/* What an INDEX_ON orders by; the list is ended by one without column and text. */
typedef struct vg_index_term {
    const char *sql;     /* an expression; NULL: a column */
    const char *order;   /* "", " asc", " desc"; NULL ends the list */
    uint32_t column;     /* its index in the table */
    const char *nulls;   /* "first", "last"; NULL: not said */
    const char *opclass; /* NULL: the type's own */
    const char *exclude; /* EXCLUDE: the operator, "=" or "&&" */
} vg_index_term;

/* A constraint or index over a table's columns. */
typedef struct vg_constraint {
    vg_constraint_kind kind;
    const char *name;        /* NULL: derived from table and columns */
    const uint16_t *columns; /* indexes into the table's columns */
    size_t column_count;
    const char *sql;            /* CHECK's condition, a partial index's WHERE */
    const vg_index_term *terms; /* INDEX_ON, instead of columns */
    const vg_shape *references;
    const char *const *ref_columns;
    vg_action on_delete, on_update;
    const vg_constraint_options
        *options; /* what not every database has; NULL: nothing */
} vg_constraint;

typedef enum vg_relation_kind {
    VG_RELATION_END,
    VG_RELATION_ONE,     /* a pointer to the row of `target`, NULL: there is none */
    VG_RELATION_MANY,    /* { data, len }: rows of `target` */
    VG_RELATION_THROUGH, /* the same, by way of `junction` */
    VG_RELATION_EXTRA    /* no relation: a value that a query may compute, `column` */
} vg_relation_kind;

/* The condition of a relation: hands it to `take`. RELATION_WHERE makes one. */
typedef void vg_relation_where(void (*take)(void *ctx, const vg_node *condition),
                               void *ctx);

/* A relation of a table: a member of its row that WITH fills. The bit is that of the row's
 * vg_loaded, a uint64_t at the shape's loaded_offset: set when the member was filled. (The
 * word after it, vg_left_out, has a bit for each column that ONLY or OMIT left out.) Lists of
 * columns are C names, ended by NULL; a list that is NULL is the primary key. */
typedef struct vg_relation {
    vg_relation_kind kind;
    uint32_t bit;
    const char *name;
    uint32_t offset; /* of the member, in the row */
    const vg_shape *target;
    const char *const *own;   /* columns of the table that has the relation, ... */
    const char *const *other; /* ... and of the target, that are equal */
    const vg_shape *junction; /* THROUGH: the table between, ... */
    const char *const *junction_own;   /* ... its columns that are equal to `own` ... */
    const char *const *junction_other; /* ... and to `other` */
    const vg_column *column;           /* EXTRA: its type; the field may be NULL */
    vg_relation_where *where; /* which rows of `target` alone it has; NULL: all */
} vg_relation;

typedef enum vg_shape_kind {
    VG_SHAPE_TABLE, /* also an FTS_TABLE: then `fts` is set */
    VG_SHAPE_PROJECTION,
    VG_SHAPE_ALIAS,   /* of a table or view, or of a projection that SUBQUERY fills */
    VG_SHAPE_DERIVED, /* SUBQUERY: an alias together with its query */
    VG_SHAPE_VIEW,
    /* No shapes of rows: they have a name and stand in SCHEMA. */
    VG_SHAPE_TRIGGER,
    VG_SHAPE_ENUM,
    VG_SHAPE_SEQUENCE,
    VG_SHAPE_NAMESPACE, /* what PostgreSQL calls a schema */
    VG_SHAPE_ROLE,
    VG_SHAPE_POLICY, /* of a table that is not in SCHEMA */
    VG_SHAPE_EXTENSION
} vg_shape_kind;

/* A projection hands its expressions, in field order (NULL for a ROW), to `yield`. */
typedef void (*vg_yield_fn)(void *ctx, const vg_node *const *fields);

struct vg_view;    /* view.h */
struct vg_fts;     /* fts.h */
struct vg_trigger; /* trigger.h */

/* The shape of a row: a table, a view, a projection, an alias. */
struct vg_shape {
    vg_shape_kind kind;
    uint32_t column_count;
    uint32_t row_size;      /* of the row struct, bytes */
    uint32_t new_size;      /* of the insert struct, bytes */
    bool has_default_fn;    /* a column has a DEFAULT_FN or ON_UPDATE_FN */
    bool has_update_fn;     /* a column has an ON_UPDATE_FN */
    bool has_coder;         /* a column has a coder, or may have one */
    uint8_t casing;         /* vg_casing, where there is no db_name */
    uint32_t loaded_offset; /* of vg_loaded in a row that has relations, else 0 */
    char *cased;            /* room for the name that it makes; vg_table_name */
    const char *name;       /* the C name */
    const char *db_name; /* of a table: the name in the database; NULL: the default */
    const char *default_name; /* VG_TABLE_PREFIX and the C name; NULL: the C name */
    bool strict;              /* STRICT */
    bool without_rowid;       /* WITHOUT_ROWID */
    const char
        *database;     /* IN_DATABASE: the one that is attached so; NULL: the main one.
                      IN_SCHEMA: PostgreSQL's schema; NULL: public */
    bool row_security; /* ENABLE_RLS, or it has a policy */
    bool force_row_security; /* FORCE_RLS */
    const char
        *partition_by; /* PARTITION_BY: "range (created_at)"; NULL: a plain table */
    const vg_column *columns;
    const vg_node *nodes;             /* a COLUMN node for each column */
    const vg_constraint *constraints; /* ended by VG_CON_NONE; NULL for none */
    const vg_relation *relations;     /* ended by VG_RELATION_END; NULL for none */
    const vg_shape *base; /* ALIAS: what it stands for; DERIVED: the alias; VIEW of a
                             query: the shape of its rows */
    void (*fields)(vg_yield_fn yield, void *ctx); /* PROJECTION */
    const vg_clause *query;                       /* DERIVED: its clauses */
    size_t clause_count;                          /* and their number */
    union {                       /* what more there is to say, by kind */
        const struct vg_fts *fts; /* TABLE: NULL for a plain one */
        const struct vg_view *view;
        const struct vg_trigger *trigger;
        const vg_enum_type *enum_type;
        const vg_sequence_options *sequence;
        const vg_role *role;
        const vg_policy *policy;
        const vg_extension *extension;
    };
};

/* The tables, views and triggers that belong together. */
typedef struct vg_schema {
    const char *name;
    const vg_shape *const *tables; /* of these kinds, in declaration order */
    size_t table_count;
} vg_schema;

/* The name that a table or column has in the database: what NAME says, else what VG_CASING
 * makes of the C name, else the C name. It lives as long as the descriptor. Any thread. */
VG_API const char *vg_table_name(const vg_shape *table);
VG_API const char *vg_column_name(const vg_column *column);

/* The column of that C name, or NULL. Any thread.
 *     const vg_column *c = vg_find_column(&users.vg_shape, "email"); */
VG_API const vg_column *vg_find_column(const vg_shape *shape, const char *name);

VG_END_DECLS

#define VG_MAX_COLUMNS 64

/* What begins the names of all tables that are declared after it, NAME included: a program
 * that shares a database defines it, before or between its tables.
 *     #undef VG_TABLE_PREFIX
 *     #define VG_TABLE_PREFIX "blog_" */
#ifndef VG_TABLE_PREFIX
#    define VG_TABLE_PREFIX ""
#endif

/* How the tables, views and projections that are declared after it name themselves, their
 * columns and fields in the database where they do not say NAME: AS_IN_C, SNAKE_CASE
 * (userID: user_id) or CAMEL_CASE (user_id: userId). Names of indexes, constraints,
 * triggers and aliases, and SQL text, stay as they are written. The index of a UNIQUE column
 * is called after the table in the database and the column in C (users_userID_unique), as
 * Drizzle has it.
 *     #undef VG_CASING
 *     #define VG_CASING SNAKE_CASE */
#ifndef VG_CASING
#    define VG_CASING AS_IN_C
#endif

/* words: begin */

/* Declare a table. Entries, in any order after the name:
 *
 *     COLUMN(name, TYPE, modifiers...)      up to 64
 *         TYPE       INTEGER REAL TEXT TEXT(length) NUMERIC NUMERIC(p, s) BOOLEAN BLOB
 *                    JSON UUID TIMESTAMP DATE; ENUM_TEXT(enum) ENUM_INTEGER(enum)
 *                    CUSTOM(codec), see coder.h
 *         modifiers  PRIMARY_KEY AUTOINCREMENT NOT_NULL UNIQUE UNIQUE("index_name")
 *                    DEFAULT(literal) DEFAULT_SQL("expression") DEFAULT_NOW
 *                    DEFAULT_FN(function) ON_UPDATE_FN(function)
 *                    GENERATED(STORED | VIRTUAL, "expression")
 *                    MODE(SECONDS | MILLISECONDS | MICROSECONDS | ISO_TEXT | BINARY | BLOB)
 *                    NAME("name_in_the_database") CHECKED (of an enum)
 *                    SQL_TYPE("varchar(30)"): what CREATE TABLE says instead of the type's
 *                    own word; the column is still read and written as its type says
 *                    REFERENCES(table, column, ON_DELETE(CASCADE), ON_UPDATE(...)),
 *                    REFERENCES_LATER for a table that stands further down, after
 *                    TABLE_LATER(table); actions CASCADE RESTRICT NO_ACTION SET_NULL
 *                    SET_DEFAULT
 *     PRIMARY_KEY(column, ...)              over several columns
 *     UNIQUE(name, column, ...)
 *     INDEX(name, column, ...)              UNIQUE_INDEX(name, column, ...)
 *     INDEX_WHERE(name, "condition", column, ...)    UNIQUE_INDEX_WHERE: partial
 *     INDEX_ON(name, ON(column), ON_ASC(column), ON_DESC(column), ON_SQL("expression"),
 *              ON_WHERE("condition"))       UNIQUE_INDEX_ON: any of these, up to 16
 *     CHECK(name, "condition")
 *     STRICT                                values of other types are refused by the
 *                                           database; no NUMERIC then (SQLite 3.37)
 *     WITHOUT_ROWID                         rows lie in the order of the primary key
 *     FOREIGN_KEY(COLUMNS(a, b), REFERENCES(t, c, d), ON_DELETE(...), NAME("name"))
 *     NAME("name_in_the_database")          of the table; in place of an index's or
 *                                           constraint's name it says any text:
 *                                           INDEX(NAME("by name"), name)
 *     IN_DATABASE("name")                   of a database that vg_attach attaches
 *     ONE(name, table, column)              relations, which WITH loads, and what a query may
 *     MANY(name, table, column)             compute: see relation.h. They are no columns, and
 *     MANY_THROUGH(name, table, junction, column, column)      the database knows nothing of
 *     EXTRA(name, TYPE)                     them
 *
 * If a compile error led you here: a token VG_T_x is an unknown type, VG_MF_x an unknown
 * modifier, VG_TUPLE_x an unknown entry, VG_I_t_VG_c an unknown column c of table t. */
#define VG_TABLE(t, ...) VG_TABLE_OF(t VG_EACH(VG_TABLE_ENTRY, , __VA_ARGS__))

/* Announce a table that stands further down, for REFERENCES_LATER. */
#define VG_TABLE_LATER(t) extern const struct t##_vg t __asm__("vg_object_" #t);

/* A second name for a table or view, for self joins, or the name under which a SUBQUERY
 * that yields `shape` stands in FROM. At file scope.
 *     ALIAS(boss, users)
 *     ... FROM(users), LEFT_JOIN(boss, EQ(users.boss_id, boss.id)) */
#define VG_ALIAS(a, t)                                                             \
    VG_OVERRIDES_BEGIN                                                             \
    _Static_assert(!(VG_KIND_##t & VG_AN_ALIAS),                                   \
                   "ALIAS(" #a ", " #t "): " #t " is an alias itself; say whose"); \
    enum {                                                                         \
        VG_N_##a = VG_N_##t,                                                       \
        VG_KIND_##a = VG_KIND_##t | VG_AN_ALIAS,                                   \
        VG_NEED_##a = 0                                                            \
    };                                                                             \
    extern const __typeof__(t) a __asm__("vg_object_" #a);                         \
    extern const __typeof__(t) a##_vg_rows __asm__("vg_object_" #t);               \
    __attribute__((weak)) const __typeof__(t) a = {                                \
        .vg_shape = {.kind = VG_SHAPE_ALIAS,                                       \
                     .column_count = VG_N_##a,                                     \
                     .row_size = sizeof(*t.vg_row),                                \
                     .name = #a,                                                   \
                     .columns = t##_vg_rows.vg_columns,                            \
                     .nodes = a.vg_nodes,                                          \
                     .has_coder = true,                                            \
                     .base = &t.vg_shape},                                         \
        .vg_handles = {VG_REPEAT_64(VG_ALIAS_HANDLE, a, VG_N_##a)},                \
        .vg_nodes = {VG_REPEAT_64(VG_ALIAS_NODE, a, VG_N_##a)}};                   \
    VG_OVERRIDES_END

/* A row shape of one's own; at file scope. The C type of each field follows from its
 * expression.
 *     PROJECTION(post_card,
 *         FIELD(title,  posts.title),
 *         FIELD(author, NULLABLE(users.name)),
 *         FIELD_AS(role, ENUM_TEXT(role), users.role),   with the type of such a column:
 *                                                        needed for CUSTOM(codec)
 *         ROW(post,     posts),        a whole row, by value
 *         OPT_ROW(user, users))        a pointer, NULL when an outer join found none
 * makes struct post_card, post_card_list and the object post_card for SELECT. The
 * expressions must not depend on variables: they are read when they are first used. */
#define VG_PROJECTION(t, ...)                                      \
    VG_PROJECTION_OF(t VG_EACH(VG_PROJECTION_ENTRY, , __VA_ARGS__) \
                         VG_NONE_IF(__VA_ARGS__))

/* The tables, views and triggers that belong together, for vg_create.
 *     SCHEMA(blog, users, posts, popular, posts_log) */
#define VG_SCHEMA(s, ...)                                                            \
    extern const vg_schema s __asm__("vg_schema_" #s);                               \
    __attribute__((weak)) const vg_schema s = {                                      \
        #s, (const vg_shape *const[]){VG_EACH(VG_SCHEMA_TABLE, , __VA_ARGS__) NULL}, \
        0 __VA_OPT__(+VG_NARGS(__VA_ARGS__))};

/* words: end */

#include <virga/detail/columns.h>
#include <virga/detail/tables.h>
#include <virga/detail/relations.h>
#include <virga/detail/projections.h>
#include <virga/detail/spellings.h>
