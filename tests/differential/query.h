/* A query as a tree that belongs to nobody: the generator makes it, build.c turns it into
 * Virga's nodes and clauses, write.c into SQL text of its own. The two share nothing but
 * this header, so that a mistake in one of them shows.
 *
 * Everything is allocated from one vg_arena and lives until it is reset. */
#pragma once
#include <virga/virga.h>

// clang-format off
/* Names that need their quotes. */
TABLE(things,
    COLUMN(id,  INTEGER, PRIMARY_KEY),
    COLUMN(i,   INTEGER, NAME("the \"i\"")),
    COLUMN(j,   INTEGER, NOT_NULL),
    COLUMN(r,   REAL),
    COLUMN(t,   TEXT, NAME("select")),
    COLUMN(u,   TEXT, NOT_NULL),
    COLUMN(b,   BOOLEAN))

TABLE(parts,
    NAME("a part"),
    COLUMN(id,       INTEGER, PRIMARY_KEY),
    COLUMN(thing_id, INTEGER),
    COLUMN(n,        INTEGER, NOT_NULL),
    COLUMN(x,        REAL,    NOT_NULL),
    COLUMN(s,        TEXT),
    COLUMN(f,        BOOLEAN, NOT_NULL))
// clang-format on

SCHEMA(shop, things, parts)

enum { MAX_KIDS = 6, MAX_FIELDS = 4, MAX_JOINS = 3, MAX_TERMS = 20, MAX_OPERANDS = 2 };

typedef enum type { INT_, REAL_, TEXT_, BOOL_, TYPES } type;

typedef enum expr_kind {
    K_COLUMN,    /* source, column */
    K_VALUE,     /* integer, real, text */
    K_COMPARE,   /* op: = <> > >= < <= is, is not */
    K_LIKE,      /* op: like, not like */
    K_ARITH,     /* op: + - * / % */
    K_CONCAT,    /* two texts */
    K_CALL,      /* op: lower upper trim length abs */
    K_NEGATE,    /* one number */
    K_LOGIC,     /* op: and, or; 1 to 4 kids */
    K_NOT,       /* one condition */
    K_NULL,      /* op: is null, is not null */
    K_BETWEEN,   /* op: between, not between; three kids */
    K_IN,        /* op: in, not in; the first kid in the others */
    K_IN_ARRAY,  /* op: in, not in; the first kid in `array` */
    K_IN_QUERY,  /* op: in, not in; the kid in the query */
    K_EXISTS,    /* op: exists, not exists */
    K_SCALAR,    /* the query's value */
    K_COALESCE,  /* the first of two that is not NULL; op: fragment, operator */
    K_AGGREGATE, /* op: count(*) count sum avg min max total group_concat; distinct */
    K_WINDOW,    /* op: of window_function; with `over` */
    K_CASE,      /* conditions and values in turn, a last value alone is ELSE's */
    K_CHOICE,    /* op: nullif, greatest, least */
    K_CAST,      /* to its type */
    K_FUNCTION,  /* op: of function */
    K_BITS,      /* op: & | << >> */
    K_BIT_NOT,   /* one integer */
    K_SEARCH,    /* op: contains, starts with, ends with */
    K_ROWS       /* op: as K_COMPARE, to <=; half of the kids with the other half */
} expr_kind;

typedef enum function {
    F_SUBSTR,
    F_INSTR,
    F_REPLACE,
    F_LTRIM,
    F_RTRIM,
    F_TRIM,
    F_HEX,
    F_UNICODE,
    F_CHR,
    F_ROUND,
    F_SIGN
} function;

typedef enum window_function {
    W_ROW_NUMBER,
    W_RANK,
    W_DENSE_RANK,
    W_NTILE,
    W_PERCENT_RANK,
    W_CUME_DIST,
    W_LAG,
    W_LEAD,
    W_FIRST_VALUE,
    W_LAST_VALUE,
    W_NTH_VALUE
} window_function;

typedef struct expr expr;
typedef struct query query;

typedef struct window {
    const char *name; /* or NULL: written where it is used */
    int partitions, orders;
    expr *partition[2], *order[MAX_TERMS];
    int direction[MAX_TERMS]; /* as query's */
    bool framed;
    vg_frame_unit unit;
    vg_bound start, end;
    vg_exclude exclude;
} window;

typedef struct source {
    int table;         /* 0 things, 1 parts, below 0: derived */
    const char *alias; /* unique in the whole query */
    query *derived;
    bool cte;        /* the query stands before the statement */
    unsigned kept;   /* VG_CTE_ bits */
    vg_shape *shape; /* build.c's */
} source;

struct expr {
    expr_kind kind;
    type type;
    unsigned op;
    bool distinct;
    int kids;
    expr *kid[MAX_KIDS];
    source *source;
    int column;
    int64_t integer;
    double real;
    const char *text;
    int64_t *array;
    int array_len;
    query *query;
    expr *filter; /* of an aggregate, or NULL */
    window *over; /* or NULL */
};

typedef struct join {
    vg_join kind;
    source *source;
    expr *on; /* NULL: none said */
} join;

struct query {
    bool distinct;
    int fields;
    expr *field[MAX_FIELDS];
    source *from;
    int joins;
    join join[MAX_JOINS];
    expr *where, *having; /* or NULL */
    int groups;
    expr *group[MAX_TERMS];
    int orders;
    expr *order[MAX_TERMS];
    int direction[MAX_TERMS]; /* 0 as it is, 1 asc, 2 desc */
    int64_t limit, offset;    /* below 0: none */
    int windows;              /* those with a name */
    window *window[2];
    /* A set operation: `first`, then the operands; the order is by `position`, the fields
     * are the first one's. */
    query *first;
    bool wrapped; /* the first one in COMPOUND */
    int operands;
    vg_set_op op[MAX_OPERANDS];
    query *operand[MAX_OPERANDS];
    int positions, position[MAX_FIELDS]; /* from 0 */
    source *self;                        /* what the operand of a recursive CTE reads */
};

/* generate.c: random data for the two tables as a script; a random query whose rows are
 * in a certain order if it has an order. The same seed makes the same. */
char *generate_data(vg_arena *arena, uint64_t *seed);
query *generate_query(vg_arena *arena, uint64_t *seed);

/* The type of a source's column, and how many it has. */
type column_type(const source *s, int column);
int column_count(const source *s);

/* write.c: the query as SQL text, in parentheses wherever there could be any. */
char *write_query(vg_arena *arena, const query *q);

/* build.c: the query as clauses whose rows are random_rows. */
typedef union random_field {
    vg_opt_int i;
    vg_opt_real r;
    const char *t;
    vg_opt_bool b;
} random_field;
typedef struct random_row {
    random_field field[MAX_FIELDS];
} random_row;
typedef struct row_list {
    random_row *data;
    size_t len;
} row_list;
vg_clause *build_query(vg_arena *arena, query *q, size_t *count);

/* A zeroed piece of the arena; ends the program when there is no memory. */
void *take(vg_arena *arena, size_t size);
