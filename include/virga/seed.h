/* Seeding: fill a database with believable data, for development and tests; libvirga-seed.
 *
 *     vg_seed(db, &blog, &(vg_seed_options){.seed = 7, .count = 100})
 *
 * gives each table of SCHEMA(blog, ...) a hundred rows, parents before children, with foreign
 * keys that lead somewhere and unique columns that are unique. The same number gives the same
 * data, on every machine and every database: no clock, no locale and no other chance is in it.
 * What the column's type and name do not tell is said in a plan:
 *
 *     .plan = VG_SEED_PLAN(
 *         VG_SEED_COUNT(users, 20),
 *         VG_SEED_WITH(users, posts.author_id, 5),
 *         VG_SEED(users.email, vg_gen_email()),
 *         VG_SEED(users.age, vg_gen_int(.min = 18, .max = 90)),
 *         VG_SEED_NULLS(users.boss_id, 20),
 *         VG_SEED_OUT(users.bio))
 *
 * The value of a column in row i follows from the number, the names of table and column and i
 * alone, so that another column, another table or a greater count changes nothing that was
 * there. A foreign key follows also from the number of rows of the table it refers to. */
#pragma once
#pragma GCC system_header
#include <virga/virga.h>

VG_BEGIN_DECLS

/* ---- generators ---- */

/* Which columns a generator fills: bits of classes, of which VG_K_object is split. */
enum {
    VG_FITS_daytime = 1 << 13,
    VG_FITS_interval = 1 << 14,
    VG_FITS_point = 1 << 15,
    VG_FITS_words = VG_K_text | VG_K_native_expr,
    VG_FITS_numbers = VG_K_int | VG_K_real | VG_K_numeric | VG_K_text,
    VG_FITS_all = 65535
};

/* What begins every generator. `unique`, `nulls` and `array_size` may be given to each:
 *     vg_gen_city(.nulls = 20)                a fifth of the rows has NULL
 *     vg_gen_int(.max = 9, .unique = true)    never the same number twice
 *     vg_gen_city(.array_size = 3)            of an ARRAY column: so many elements (5) */
#define VG_GEN_HEAD(mask)                            \
    uint16_t kind;                                   \
    bool unique;                                     \
    uint8_t nulls;           /* in a hundred rows */ \
    uint32_t array_size;     /* elements */          \
    const char(*fits)[mask]; /* only its type counts */

/* Any generator, seen by its head. */
typedef struct vg_gen {
    VG_GEN_HEAD(1)
} __attribute__((may_alias)) vg_gen;

/* Lists in generators, made by VG_WEIGHTS and VG_TEXTS. */
typedef struct vg_gen_weights {
    const uint32_t *data;
    size_t len;
} vg_gen_weights;
typedef struct vg_gen_words {
    const char *const *data;
    size_t len;
} vg_gen_words;

/* One choice of vg_gen_weighted. */
typedef struct vg_gen_chance {
    uint32_t weight;
    const vg_gen *gen;
} vg_gen_chance;

/* Random numbers for a vg_gen_call: for each row and column a sequence of its own. */
typedef struct vg_seed_random {
    uint64_t state;
} vg_seed_random;

/* A whole number from 0 to bound - 1; bound 0: any 64 bits. Any thread. */
VG_API uint64_t vg_seed_next(vg_seed_random *random, uint64_t bound);

/* A generator of one's own: row counts from 0; *out is zeroed and of the type that the row
 * struct's field has when the column is NOT NULL (int64_t, double, const char *, vg_uuid, the
 * type of the CODEC, ...). Texts must live until the row is there. It is called again for a row
 * that others refer to, and must then make the same. VG_OK, or a code that
 * ends the seeding. */
typedef int (*vg_gen_fn)(void *ctx, uint64_t row, vg_seed_random *random, void *out);

/* The generators: name, what it fills, its options. Those left out (zero) have the default
 * that stands behind them. Times are ISO texts, "2024-01-31" or "2024-01-31T10:30:00". */
#define VG_GENS(X)                                                                      \
    X(values_text, VG_FITS_words | VG_K_json | VG_K_numeric | VG_K_enum_expr,           \
      const char *const *values;                                                        \
      size_t len; vg_gen_weights weights;)                                              \
    X(values_int, VG_FITS_numbers | VG_K_enum_expr, const int64_t *values; size_t len;  \
      vg_gen_weights weights;)                                                          \
    X(values_real, VG_K_real | VG_K_numeric, const double *values; size_t len;          \
      vg_gen_weights weights;)                                                          \
    X(int_primary_key, VG_FITS_numbers, int64_t first; /* 1 */)                         \
    X(int, VG_FITS_numbers, int64_t min, max; /* 0 to 999, with unique to 2^31 - 1 */)  \
    X(number, VG_K_real | VG_K_numeric | VG_K_text, double min, max; /* 0 to 999.99 */  \
      int digits;                                                                       \
      /* after the point, to 9; 0: two, below 0: none */)                               \
    X(boolean, VG_K_predicate | VG_K_int, int percent; /* that are true: 50 */)         \
    X(date, VG_K_time | VG_K_text, const char *min, *max; /* 2020 to 2025 */)           \
    X(time, VG_FITS_daytime | VG_K_text, const char *min, *max; /* "09:00" */)          \
    X(timestamp, VG_K_time | VG_K_text, const char *min, *max;                          \
      /* to the millisecond */)                                                         \
    X(datetime, VG_K_time | VG_K_text, const char *min, *max; /* to the second */)      \
    X(year, VG_K_int | VG_K_text, int min, max; /* 1970 to 2025 */)                     \
    X(interval, VG_FITS_interval | VG_K_text, const char *fields;                       \
      /* "day", "day to second", "year to month"; all */)                               \
    X(json, VG_K_json | VG_K_text, int keys; /* of the object, to 8: 3 */)              \
    X(string, VG_FITS_words, int min, max; /* letters: 8 to 20 */                       \
      const char *letters;                                                              \
      /* "a" to "z"; none twice */)                                                     \
    X(bytes, VG_K_blob, int min, max; /* their number: 16 */)                           \
    X(uuid, VG_K_uuid_expr | VG_K_text, char none_;)                                    \
    X(first_name, VG_FITS_words, char none_;)                                           \
    X(last_name, VG_FITS_words, char none_;)                                            \
    X(full_name, VG_FITS_words, char none_;)                                            \
    X(email, VG_FITS_words, char none_;)                                                \
    X(user_name, VG_FITS_words, char none_;)                                            \
    X(phone_number, VG_FITS_words,                                                      \
      const char *template_; /* # is a digit: "+1 (###) ###-####"; or: */               \
      vg_gen_words prefixes; int digits;                                                \
      /* after one of the prefixes: 7 */)                                               \
    X(country, VG_FITS_words, char none_;)                                              \
    X(city, VG_FITS_words, char none_;)                                                 \
    X(street_address, VG_FITS_words, char none_;)                                       \
    X(job_title, VG_FITS_words, char none_;)                                            \
    X(postcode, VG_FITS_words, char none_;)                                             \
    X(state, VG_FITS_words, char none_;)                                                \
    X(company_name, VG_FITS_words, char none_;)                                         \
    X(lorem_ipsum, VG_FITS_words, int sentences; /* 1 */ int words;                     \
      /* instead of them */)                                                            \
    X(slug, VG_FITS_words, int words; /* 3: "dolor-sit-amet" */)                        \
    X(url, VG_FITS_words, char none_;)                                                  \
    X(point, VG_FITS_point | VG_K_text, double min_x, max_x, min_y, max_y;              \
      /* 0 to 100 */)                                                                   \
    X(line, VG_FITS_words, double min, max; /* of a, b and c: -10 to 10 */)             \
    X(bit_string, VG_FITS_words, int bits; /* the column's length, else 8 */)           \
    X(inet, VG_FITS_words, bool v6; bool network; /* with "/24" */)                     \
    X(geometry, VG_FITS_words, int srid;                                                \
      /* 0: none */ double min_x, max_x, min_y, max_y;)                                 \
    X(vector, VG_FITS_words, int dimensions; /* the column's length, else 3 */          \
      double min, max;                                                                  \
      /* -1 to 1 */)                                                                    \
    X(native, VG_FITS_words, char none_;)                                               \
    /* of LSEG, BOX, PATH, POLYGON, CIRCLE, ranges, MACADDR, MONEY, XML, HSTORE, ... */ \
    X(call, VG_FITS_all, vg_gen_fn fn; void *ctx;)                                      \
    X(weighted, VG_FITS_all, const vg_gen_chance *chances; size_t len;)

enum {
    VG_GEN_none,
#define VG_GEN_ENUM(name, mask, ...) VG_GEN_##name,
    VG_GENS(VG_GEN_ENUM)
#undef VG_GEN_ENUM
};

#define VG_GEN_STRUCT(name, mask, ...) \
    struct vg_gen_##name {             \
        VG_GEN_HEAD(mask)              \
        __VA_ARGS__                    \
    };
VG_GENS(VG_GEN_STRUCT)
#undef VG_GEN_STRUCT

/* One of a list; `weights` makes some of them more frequent. With one value it is the same for
 * all rows. Texts of an ENUM column are its labels.
 *     vg_gen_texts(("open", "closed"), .weights = VG_WEIGHTS(9, 1))
 *     vg_gen_ints((ROLE_USER, ROLE_ADMIN)) */
#define vg_gen_texts(...) VG_GEN_LIST(values_text, const char *const, __VA_ARGS__, )
#define vg_gen_ints(...)  VG_GEN_LIST(values_int, const int64_t, __VA_ARGS__, )
#define vg_gen_reals(...) VG_GEN_LIST(values_real, const double, __VA_ARGS__, )
#define VG_GEN_LIST(name, type, list, ...)           \
    VG_GEN(name, .values = (type[]){VG_UNPACK list}, \
           .len = sizeof((type[]){VG_UNPACK list}) / sizeof(type), __VA_ARGS__)
#define VG_WEIGHTS(...)                                                              \
    {                                                                                \
        (const uint32_t[]){__VA_ARGS__}, sizeof((const uint32_t[]){__VA_ARGS__}) / 4 \
    }
#define VG_TEXTS(...)                                                   \
    {                                                                   \
        (const char *const[]){__VA_ARGS__},                             \
            sizeof((const char *const[]){__VA_ARGS__}) / sizeof(char *) \
    }

/* Now this generator, now that one. The options of the whole are written first.
 *     vg_gen_weighted(VG_CHANCE(7, vg_gen_int(.max = 9)), VG_CHANCE(3, vg_gen_int(.min = 90,
 *                     .max = 99))) */
#define vg_gen_weighted(...)                                                           \
    (&(const struct {                                                                  \
        VG_GEN_HEAD(VG_SOME_FIT((VG_FITS_all VG_EACH(VG_CHANCE_FITS, , __VA_ARGS__)))) \
        const vg_gen_chance *chances;                                                  \
        size_t len;                                                                    \
    }){.kind = VG_GEN_weighted,                                                        \
       .chances = (const vg_gen_chance[]){VG_EACH(VG_CHANCE_MAKE, , __VA_ARGS__)},     \
       .len = VG_NARGS(__VA_ARGS__)})
#define VG_CHANCE(weight, gen)       (weight, gen)
#define VG_CHANCE_FITS(c, chance)    &VG_CHANCE_FITS_ chance
#define VG_CHANCE_FITS_(weight, gen) sizeof(*(gen)->fits)
/* An array has elements; beyond the bits of all classes is none. */
#define VG_SOME_FIT(mask)         ((mask) ? (mask) : VG_FITS_all + 1)
#define VG_CHANCE_MAKE(c, chance) VG_CHANCE_MAKE_ chance,
#define VG_CHANCE_MAKE_(weight, gen)                  \
    {                                                 \
        (weight), (const vg_gen *)(const void *)(gen) \
    }

/* A function makes the values, the only way for a CUSTOM column.
 *     vg_gen_call(some_money, .ctx = &purse) */
#define vg_gen_call(...)           VG_GEN_CALL(__VA_ARGS__, )
#define VG_GEN_CALL(function, ...) VG_GEN(call, .fn = (function), __VA_ARGS__)

/* The others: vg_gen_NAME(.option = value, ...), see VG_GENS. */
#define vg_gen_int_primary_key(...) VG_GEN(int_primary_key, __VA_ARGS__)
#define vg_gen_int(...)             VG_GEN(int, __VA_ARGS__)
#define vg_gen_number(...)          VG_GEN(number, __VA_ARGS__)
#define vg_gen_boolean(...)         VG_GEN(boolean, __VA_ARGS__)
#define vg_gen_date(...)            VG_GEN(date, __VA_ARGS__)
#define vg_gen_time(...)            VG_GEN(time, __VA_ARGS__)
#define vg_gen_timestamp(...)       VG_GEN(timestamp, __VA_ARGS__)
#define vg_gen_datetime(...)        VG_GEN(datetime, __VA_ARGS__)
#define vg_gen_year(...)            VG_GEN(year, __VA_ARGS__)
#define vg_gen_interval(...)        VG_GEN(interval, __VA_ARGS__)
#define vg_gen_json(...)            VG_GEN(json, __VA_ARGS__)
#define vg_gen_string(...)          VG_GEN(string, __VA_ARGS__)
#define vg_gen_bytes(...)           VG_GEN(bytes, __VA_ARGS__)
#define vg_gen_uuid(...)            VG_GEN(uuid, __VA_ARGS__)
#define vg_gen_first_name(...)      VG_GEN(first_name, __VA_ARGS__)
#define vg_gen_last_name(...)       VG_GEN(last_name, __VA_ARGS__)
#define vg_gen_full_name(...)       VG_GEN(full_name, __VA_ARGS__)
#define vg_gen_email(...)           VG_GEN(email, __VA_ARGS__)
#define vg_gen_user_name(...)       VG_GEN(user_name, __VA_ARGS__)
#define vg_gen_phone_number(...)    VG_GEN(phone_number, __VA_ARGS__)
#define vg_gen_country(...)         VG_GEN(country, __VA_ARGS__)
#define vg_gen_city(...)            VG_GEN(city, __VA_ARGS__)
#define vg_gen_street_address(...)  VG_GEN(street_address, __VA_ARGS__)
#define vg_gen_job_title(...)       VG_GEN(job_title, __VA_ARGS__)
#define vg_gen_postcode(...)        VG_GEN(postcode, __VA_ARGS__)
#define vg_gen_state(...)           VG_GEN(state, __VA_ARGS__)
#define vg_gen_company_name(...)    VG_GEN(company_name, __VA_ARGS__)
#define vg_gen_lorem_ipsum(...)     VG_GEN(lorem_ipsum, __VA_ARGS__)
#define vg_gen_slug(...)            VG_GEN(slug, __VA_ARGS__)
#define vg_gen_url(...)             VG_GEN(url, __VA_ARGS__)
#define vg_gen_point(...)           VG_GEN(point, __VA_ARGS__)
#define vg_gen_line(...)            VG_GEN(line, __VA_ARGS__)
#define vg_gen_bit_string(...)      VG_GEN(bit_string, __VA_ARGS__)
#define vg_gen_inet(...)            VG_GEN(inet, __VA_ARGS__)
#define vg_gen_geometry(...)        VG_GEN(geometry, __VA_ARGS__)
#define vg_gen_vector(...)          VG_GEN(vector, __VA_ARGS__)
#define vg_gen_native(...)          VG_GEN(native, __VA_ARGS__)
#define VG_GEN(name, ...) \
    (&(const struct vg_gen_##name){.kind = VG_GEN_##name __VA_OPT__(, ) __VA_ARGS__})

/* ---- the plan ---- */

typedef enum vg_seed_kind {
    VG_SEED_END,
    VG_SEED_COLUMN, /* VG_SEED: by this generator */
    VG_SEED_LEFT,   /* VG_SEED_OUT */
    VG_SEED_SHARE,  /* VG_SEED_NULLS */
    VG_SEED_ROWS,   /* VG_SEED_COUNT */
    VG_SEED_CHILDREN,
    VG_SEED_PASSED /* VG_SEED_SKIP */
} vg_seed_kind;

/* How many children: `count` of them, as often as `weight` says. */
typedef struct vg_seed_share {
    uint32_t weight;
    uint32_t count;
} vg_seed_share;

/* An entry of a plan, made by the macros below. A program that reads its plan from somewhere
 * fills them in itself: everything that the compiler checks is checked once more. */
typedef struct vg_seed_entry {
    vg_seed_kind kind;
    const vg_shape *table; /* ROWS, CHILDREN (the parent), PASSED */
    const void *column; /* COLUMN, LEFT, SHARE, CHILDREN: the address of its handle */
    const vg_gen *gen;
    uint64_t count; /* ROWS; SHARE: of a hundred */
    const vg_seed_share *shares;
    size_t share_count;
} vg_seed_entry;

/* A plan: entries in any order; of two that say the same thing the later one counts. At file
 * scope (static const vg_seed_entry plan[] = {...}) the entries stand in braces and are ended
 * by VG_SEED_LAST. */
#define VG_SEED_PLAN(...) ((const vg_seed_entry[]){__VA_ARGS__, VG_SEED_LAST})
#define VG_SEED_LAST        \
    {                       \
        .kind = VG_SEED_END \
    }

/* A plan for SCHEMA(schema, ...) under a name, vg_seed_plan_SCHEMA; at file scope. The command
 * virga seed goes by it, too, if the file is among its "sources".
 *     VG_SEED_PLAN_OF(blog, VG_SEED_COUNT(users, 20))
 *     vg_seed(db, &blog, &(vg_seed_options){.plan = vg_seed_plan_blog}) */
#define VG_SEED_PLAN_OF(schema, ...)                    \
    extern const vg_seed_entry vg_seed_plan_##schema[]; \
    __attribute__((weak))                               \
    const vg_seed_entry vg_seed_plan_##schema[] = {__VA_ARGS__, VG_SEED_LAST};

/* The table has so many rows; 0: none. */
#define VG_SEED_COUNT(t, n)                                                           \
    {                                                                                 \
        .kind = VG_SEED_ROWS, .table = VG_TO_CHANGE(t, "VG_SEED_COUNT"), .count = (n) \
    }
/* The table is left as it is; other tables refer to the rows that it has. */
#define VG_SEED_SKIP(t)                                                  \
    {                                                                    \
        .kind = VG_SEED_PASSED, .table = VG_TO_CHANGE(t, "VG_SEED_SKIP") \
    }

/* The column is filled by this generator; one of another type than the column does not
 * compile. A foreign key that has a generator is no concern of the seeding any more. */
#define VG_SEED(column_, generator)                                                \
    {                                                                              \
        .kind = VG_SEED_COLUMN,                                                    \
        .column = VG_SEED_AT_(                                                     \
            column_, "VG_SEED", VG_CLASS_A(*vg_c), __typeof__(generator) vg_g,     \
            VG_DEMAND(                                                             \
                !VG_A || (VG_SEED_FITS(VG_A) & sizeof(*vg_g->fits)),               \
                "VG_SEED(" #column_                                                \
                "): the generator makes values of another type than the column")), \
        .gen = (const vg_gen *)(const void *)(generator),                          \
    }
/* The column is left out: it gets its default, or NULL. */
#define VG_SEED_OUT(column_)                                               \
    {                                                                      \
        .kind = VG_SEED_LEFT, .column = VG_SEED_AT(column_, "VG_SEED_OUT") \
    }
/* So many rows of a hundred have NULL there; for columns whose generator is not said. */
#define VG_SEED_NULLS(column_, percent)                                        \
    {                                                                          \
        .kind = VG_SEED_SHARE, .column = VG_SEED_AT(column_, "VG_SEED_NULLS"), \
        .count = (percent)                                                     \
    }
/* Each row of `parent` has `n` rows that refer to it by that column, which says how many rows
 * the column's table has; or in some cases so many, in others more:
 *     VG_SEED_WITH_SHARES(users, posts.author_id, VG_SHARE(70, 1), VG_SHARE(30, 5)) */
#define VG_SEED_WITH(parent, column_, n) \
    VG_SEED_WITH_SHARES(parent, column_, VG_SHARE(1, n))
#define VG_SEED_WITH_SHARES(parent, column_, ...)                                \
    {                                                                            \
        .kind = VG_SEED_CHILDREN, .table = VG_TO_CHANGE(parent, "VG_SEED_WITH"), \
        .column = VG_SEED_AT(column_, "VG_SEED_WITH"),                           \
        .shares = (const vg_seed_share[]){__VA_ARGS__},                          \
        .share_count =                                                           \
            sizeof((const vg_seed_share[]){__VA_ARGS__}) / sizeof(vg_seed_share) \
    }
#define VG_SHARE(weight, n) \
    {                       \
        (weight), (n)       \
    }

/* The address of a column's handle, after these checks and others. */
#define VG_SEED_AT(column_, word) VG_SEED_AT_(column_, word, char)
#define VG_SEED_AT_(column_, word, ...)                                            \
    ((const char *)&(column_) +                                                    \
     VG_ALL(__typeof__(column_) *vg_c,                                             \
            VG_DEMAND(VG_XCLASS(*vg_c) != 0, word "(" #column_ "): not a column"), \
            VG_DEMAND(!VG_IS_VOLATILE(*vg_c),                                      \
                      word "(" #column_ "): the column is GENERATED"),             \
            __VA_ARGS__))
/* What a column of class k takes; of an array: what its elements do. */
#define VG_SEED_FITS(k) \
    ((k)&VG_K_object ? VG_SEED_FITS_OBJECT((k) >> 27 & 15) : (k)&VG_K_ANY)
#define VG_SEED_FITS_OBJECT(n)                                              \
    ((n) < 4    ? 1 << (12 + (n))                                           \
     : (n) == 4 ? VG_K_int | VG_K_enum_expr                                 \
     : (n) == 5 ? VG_K_real                                                 \
     : (n) == 6 ? VG_K_predicate                                            \
     : (n) == 7 ? VG_FITS_words | VG_K_json | VG_K_numeric | VG_K_enum_expr \
     : (n) == 8 ? VG_K_blob                                                 \
     : (n) == 9 ? VG_K_time                                                 \
                : VG_K_uuid_expr)

/* ---- seeding ---- */

/* The generators of this version; see vg_seed_options.version. */
#define VG_SEED_VERSION 1

/* How far it is: rows of all tables; `table` is the one that is being filled. False: stop, and
 * take everything back (VG_INTERRUPTED). */
typedef bool (*vg_seed_progress_fn)(void *ctx, const char *table, uint64_t done,
                                    uint64_t total);

typedef struct vg_seed_options {
    uint64_t seed;    /* the number from which all follows */
    uint64_t count;   /* of rows, of tables of which nothing is said; 0: 10 */
    uint32_t version; /* of the generators: the data of one version stays the same
                                  in later libraries; 0: the newest, VG_SEED_VERSION */
    bool reset;       /* first empty the tables, as vg_seed_reset does */
    const vg_seed_entry *plan;    /* VG_SEED_PLAN; NULL: none */
    vg_seed_progress_fn progress; /* called now and then; NULL: not */
    void *progress_ctx;
} vg_seed_options;

/* Fill the tables of `schema`, all or nothing, in a transaction (of its own, or as a savepoint
 * of the one that is open). `options` may be NULL. What cannot be is told before the first row:
 * VG_INVALID, with table, column and reason: a generator that does not fit, one that has fewer
 * values than a unique column wants, a foreign key with nothing to refer to. VG_CHECK: a CHECK
 * says something that seeding does not understand; the message names the columns that need a
 * VG_SEED of their own. `db` is open; schema NULL is VG_INVALID.
 * VG_UNIQUE: mostly, that the tables were not empty.
 *     if (vg_seed(db, &blog, &(vg_seed_options){.seed = 7})) return fail(db); */
#define vg_seed(db, schema, ...) vg_run_seed((db), (schema), (__VA_ARGS__), VG_HERE)

/* Delete all rows of the schema's tables, and let their keys count from 1 again. SQLite: DELETE
 * with foreign keys off (unless a transaction is open: then they are checked when it commits),
 * triggers for DELETE run, and rows that refer to deleted ones from tables that are not in the
 * schema are an error (VG_FOREIGN_KEY). PostgreSQL: TRUNCATE ... RESTART IDENTITY CASCADE, which
 * empties tables that refer to these, too; of triggers only those for TRUNCATE run.
 *     if (vg_seed_reset(db, &blog)) return fail(db); */
#define vg_seed_reset(db, schema) vg_run_seed_reset((db), (schema), VG_HERE)

/* What the macros call. */
VG_API int vg_run_seed(vg_db *db, const vg_schema *schema,
                       const vg_seed_options *options, const char *here);
VG_API int vg_run_seed_reset(vg_db *db, const vg_schema *schema, const char *here);

VG_END_DECLS
