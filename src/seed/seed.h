/* Seeding inside: what the plan becomes, and how a cell is made.
 *
 *     options + schema -> vgs_plan (plan.c: tables; choose.c: generators; link.c: foreign keys;
 *     key.c: what is unique; order.c) -> rows (run.c) -> COPY, or INSERT where there is none
 *
 * All of it lies in one arena. A failure is recorded once, by vgs_fail; then the rest of the
 * planning does nothing. */
#pragma once
#include "core/db.h"
#include "seed/random.h"

typedef struct vgs_plan vgs_plan;
typedef struct vgs_table vgs_table;
typedef struct vgs_gen vgs_gen;

/* A value, of the class of the column that it is for. */
typedef struct vgs_cell {
    bool null;
    union {
        int64_t i; /* int, enum, predicate, time */
        double d;
        vg_uuid uuid;
        vg_daytime daytime;
        vg_interval interval;
        vg_point point;
        vg_bytes bytes;     /* texts, too: they end in NUL */
        vg_int_array array; /* arrays of any class have this layout */
        char custom[64];
    };
} vgs_cell;

/* Where texts of the row at hand lie, and what went wrong. */
typedef struct vgs_room {
    vg_arena arena;
    uint64_t row;
    int code; /* VG_NO_MEMORY, what a vg_gen_call returned; VG_OK */
} vgs_room;
void *vgs_take(vgs_room *room, size_t size); /* NULL: no memory, which is noted */

/* A generator made ready for a column. `k` is a number below `total`; different numbers give
 * different values. Those below `plain` are the ones to take where nothing must be unique. */
typedef void (*vgs_make)(const vgs_gen *g, uint64_t k, vg_seed_random *r, vgs_cell *out,
                         vgs_room *room);
struct vgs_gen {
    vgs_make make;
    const vg_gen *from;
    const char *name;
    uint64_t plain, total;
    int64_t min, step;  /* numbers and times: min + k * step */
    int scale;          /* digits after the point */
    uint32_t sql_class; /* of the column, or of the array's elements */
    uint32_t longest;   /* bytes of text */
    uint32_t shortest;  /* as far as it is known; 0: perhaps empty */
    uint32_t room;      /* of the column; 0: any length */
    int64_t low, high;  /* by kind */
    const char *end;    /* user_name */
    const vg_coder *coder;
    const uint64_t *sums; /* of weights, running */
    size_t count;
    const vgs_gen *choices; /* weighted, numbered */
    const vg_column *column;
};

/* What CHECKs say of a column, as far as that is understood. */
typedef struct vgs_bounds {
    bool has_min, has_max;
    double min, max;
    bool has_short, has_long; /* length(column) */
    int shortest, longest;
    bool has_from, has_to; /* times */
    int64_t from, to;
    bool null;                       /* nothing but that */
    const struct vgs_term *lists[8]; /* IN, =, <> */
    size_t list_count;
} vgs_bounds;

/* Two columns that a CHECK compares. */
typedef struct vgs_pair {
    struct vgs_column *low, *high;
    bool strict; /* never equal */
    bool apart;  /* nothing but that */
} vgs_pair;

/* Columns whose values go up in each row, each strictly above the one before it or not. */
enum { VGS_MOST_PAIRS = 8 };
typedef struct vgs_chain {
    struct vgs_column *columns[VGS_MOST_PAIRS + 1];
    bool strict[VGS_MOST_PAIRS + 1];
    size_t count;
} vgs_chain;

/* Which value of a column, or row of a parent, a row gets. */
typedef enum vgs_pick_kind {
    VGS_ANY,      /* by chance */
    VGS_ONCE,     /* each at most once */
    VGS_IN_KEY,   /* together with the others of a key */
    VGS_BY_PARENT /* so many for each parent */
} vgs_pick_kind;

typedef struct vgs_pick {
    vgs_pick_kind kind;
    uint64_t key; /* the random key */
    uint64_t plain, total;
    uint64_t made;          /* IN_KEY: how many values the generator has; 0: a link */
    struct vgs_key *unique; /* IN_KEY */
    size_t place;           /* in it */
} vgs_pick;

/* A key over several columns, none of which is unique itself: its places are digits of a number
 * that each row has once. */
typedef struct vgs_key {
    uint64_t key;
    vgs_pick **places;
    size_t count;
    uint64_t total;      /* of all places; but of those BY_PARENT */
    struct vgs_link *by; /* the link that is BY_PARENT; NULL */
} vgs_key;

/* A foreign key, or a relation that is none. */
typedef struct vgs_link {
    vgs_table *parent;
    uint32_t *own, *other; /* columns */
    size_t count;
    bool soft;              /* no constraint in the database */
    bool nullable;          /* all own columns are */
    struct vgs_link *apart; /* never the same row as that one; NULL */
    bool late;              /* NULL at first, updated when all rows are there */
    bool deferrable;
    uint8_t nulls;
    vgs_pick pick;
    const char *name; /* "posts.author_id" */
} vgs_link;

typedef enum vgs_role { VGS_MADE, VGS_LINKED, VGS_OUT } vgs_role;

typedef struct vgs_column {
    const vg_column *c;
    vgs_role role;
    bool said;   /* by the plan */
    bool unique; /* by itself */
    uint8_t nulls;
    uint32_t array_size; /* 0: it is no array */
    const vg_dims *dims; /* of an array; NULL: one dimension */
    uint64_t key;
    vgs_gen gen;
    vgs_pick pick;
    vgs_link *link;
    size_t place; /* in it */
    int visiting; /* while looking for circles */
    const vg_gen *said_gen;
    vgs_bounds bounds;
    const vgs_chain *chain; /* NULL: it stands alone */
    vgs_cell *there;        /* of a table that is passed: its values */
} vgs_column;

struct vgs_table {
    const vg_shape *shape;
    uint64_t key, count;
    bool counted; /* by the plan */
    bool passed;  /* its rows are what is there */
    vgs_column *columns;
    vgs_link *links;
    size_t link_count;
    vgs_pair pairs[VGS_MOST_PAIRS];
    size_t pair_count;
    /* VG_SEED_WITH: which link says the count, and where each parent's children begin. */
    vgs_link *by;
    const vg_seed_entry *with;
    uint64_t *starts;
    int state; /* while ordering */
};

struct vgs_plan {
    vg_db *db;
    vg_arena arena;
    const vg_schema *schema;
    const vg_seed_options *options;
    const char *here;
    uint64_t key, total, done;
    vgs_table *tables;
    size_t count;
    vgs_table **order;
    const struct vgs_dialect *dialect;
    vgs_room room;
    bool failed;
    int code;
    char why[256]; /* the rows ended; "": they did not */
};

/* How a database differs: emptying, and what is to be done after a table. */
typedef struct vgs_dialect {
    const char *name; /* vg_dialect_name */
    bool defers_all;  /* foreign keys can wait for the commit, however declared */
    void (*empty)(vg_buf *sql, const vgs_plan *plan);
    void (*after)(vg_buf *sql, const vgs_table *table); /* NULL: nothing */
} vgs_dialect;
extern const vgs_dialect vgs_sqlite, vgs_postgres;
/* "schema"."table" */
void vgs_name_table(vg_buf *sql, const vg_shape *table);

/* ---- plan.c ---- */
/* `fill`: the columns, too, not only the tables. */
int vgs_plan_make(vgs_plan *plan, bool fill);
/* Record why it cannot be; returns its code. */
int vgs_fail(vgs_plan *plan, int code, const char *format, ...) VG_PRINTF(3, 4);
void *vgs_alloc(vgs_plan *plan, size_t count, size_t size); /* zeroed; NULL: failed */
vgs_table *vgs_table_of(vgs_plan *plan,
                        const vg_shape *shape); /* NULL: not in the schema */
/* The column's index in its table. */
uint32_t vgs_index(const vg_shape *shape, const char *name);
const char *vgs_kind_name(unsigned kind);

/* ---- choose.c, check_apply.c, pair.c ---- */
void vgs_choose(vgs_plan *plan, vgs_table *table, vgs_column *column);
void vgs_read_checks(vgs_plan *plan, vgs_table *table);
/* Columns that CHECKs compare with each other; links first, before keys are made of them. */
void vgs_pair_links(vgs_plan *plan, vgs_table *table);
void vgs_pair_columns(vgs_plan *plan, vgs_table *table);
/* The number of the value in row i, which would be k if the column stood alone. */
uint64_t vgs_chained(const vgs_table *t, const vgs_column *c, uint64_t i, uint64_t k);
/* The class of the values: of an array that of its elements, texts for all that is text. */
uint32_t vgs_element_class(const vg_column *c);
/* The vg_type, of an array that of its elements. */
uint8_t vgs_type_of(const vg_column *c);
/* What a class of columns takes, see VG_SEED_FITS. */
unsigned vgs_fits(uint32_t sql_class);

/* ---- prepare.c: a generator for a column ---- */
void vgs_prepare(vgs_plan *plan, vgs_table *table, vgs_column *column,
                 const vg_gen *from, vgs_gen *out);
/* The same with so much room for a text; 0: any. It may make more than that. */
void vgs_prepare_in(vgs_plan *plan, vgs_table *table, vgs_column *column,
                    const vg_gen *from, uint32_t room, vgs_gen *out);

/* ---- link.c, soft.c, key.c, order.c ---- */
/* A foreign key of a table, or what is as good. `other` NULL: the target's primary key. */
typedef struct vgs_finding {
    const vg_shape *target;
    const uint32_t *own;
    size_t count;
    const char *const *other;
    vg_deferrable deferrable;
    bool soft;
} vgs_finding;
/* Make a link of it, unless its columns are others' already. */
void vgs_add_link(vgs_plan *plan, vgs_table *t, const vgs_finding *f);
void vgs_link_softly(vgs_plan *plan);
/* The columns of the primary key, at most `room`: how many. */
size_t vgs_primary_key(const vg_shape *shape, uint32_t *out, size_t room);
void vgs_link_all(vgs_plan *plan);
void vgs_count_children(vgs_plan *plan);
void vgs_find_keys(vgs_plan *plan, vgs_table *table);
void vgs_check_keys(vgs_plan *plan, vgs_table *table);
void vgs_order(vgs_plan *plan);

/* ---- cell.c ---- */
/* The number of a column's value in row i, and the chance that is left; false: it is NULL. */
bool vgs_draw(const vgs_table *t, const vgs_column *c, uint64_t i, vg_seed_random *r,
              uint64_t *k);
/* The value of a column in row `i`. */
void vgs_value(vgs_plan *plan, vgs_table *table, vgs_column *column, uint64_t i,
               vgs_cell *out);
/* Into a member of a struct: at `p`, which may be missing if `opt`. */
void vgs_store(void *p, const vg_column *c, bool opt, const vgs_cell *cell);
void vgs_load(const void *p, const vg_column *c, vgs_cell *cell);
/* From a member of a row, which may be NULL if the column may. */
void vgs_read(const void *p, const vg_column *c, vgs_cell *cell);
