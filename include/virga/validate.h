/* JSON in, checked against the schema, by libvirga-json (pkg-config virga-json).
 *
 *     vg_json_reader r = {.arena = &arena};
 *     struct users_new user;
 *     int rc = vg_from_json(&r, users, body, len, &user);
 *     if (rc == VG_VALUE)
 *         for (size_t i = 0; i < r.fault_count; i++)
 *             printf("%s %s: %s\n", r.faults[i].pointer,
 *                    vg_json_fault_name(r.faults[i].code), r.faults[i].message);
 *     else if (rc == VG_OK)
 *         rc = vg_exec(db, INSERT_INTO(users, VALUES(&user)));
 *
 *     /email format: must be an email address
 *     /age type: must be a whole number
 *
 * What a document must be follows from the table: a member for each column, under its name;
 * what is NOT NULL without a default is required; null only where NULL may be; the type, the
 * range of the SQL type, TEXT(n) as characters, labels of an ENUM, digits of a NUMERIC(p, s),
 * sizes of arrays; what the database computes (GENERATED, IDENTITY(ALWAYS)) is refused; a key
 * that no column has, or that stands twice, is refused. RULE (rule.h) says more beside the
 * table. All faults of a document are found at once.
 *
 * to_json.h says what each type looks like in JSON; what it writes is read back as the same.
 * Beyond that a NUMERIC may be a number, too, and each of its digits counts. */
#pragma once
#pragma GCC system_header
#include <virga/db.h>
#include <virga/rule.h>

VG_BEGIN_DECLS

/* The codes of faults, their names, and what they mean. */
#define VG_JSON_FAULTS(X)                                                   \
    X(SYNTAX, "syntax", "the text is no JSON")                              \
    X(TOO_LARGE, "too_large", "more bytes or elements than are taken")      \
    X(TOO_DEEP, "too_deep", "more objects and arrays in each other")        \
    X(MISSING, "required", "a member is missing")                           \
    X(UNKNOWN, "unknown", "nobody knows that member")                       \
    X(TWICE, "duplicate", "a member stands there twice")                    \
    X(READ_ONLY, "read_only", "a member that is not for the sender to set") \
    X(NULL_VALUE, "null", "null where there must be a value")               \
    X(WRONG_TYPE, "type", "a value of another type")                        \
    X(OUT_OF_RANGE, "range", "a number that the column cannot hold")        \
    X(BELOW, "min", "less than the least that is allowed")                  \
    X(ABOVE, "max", "more than the most that is allowed")                   \
    X(TOO_SHORT, "too_short", "fewer characters than there must be")        \
    X(TOO_LONG, "too_long", "more characters than the column holds")        \
    X(BAD_FORMAT, "format", "no UUID, time, date, address or the like")     \
    X(NO_MATCH, "pattern", "not of the pattern that a RULE says")           \
    X(NO_LABEL, "enum", "none of the values that there are")                \
    X(PRECISION, "precision", "more digits than the column holds")          \
    X(WRONG_SIZE, "size", "an array of another size")                       \
    X(REFUSED, "refused", "a function of the program refuses the value")

typedef enum vg_json_fault_code {
#define VG_JSON_FAULT_ENUM(code, name, text) VG_JSON_##code,
    VG_JSON_FAULTS(VG_JSON_FAULT_ENUM)
#undef VG_JSON_FAULT_ENUM
} vg_json_fault_code;

/* The name of a code, "required"; "?" for a number that is none. Constant data. */
VG_API const char *vg_json_fault_name(vg_json_fault_code code);

/* Something that is wrong with a document. The strings lie in the reader's arena. */
typedef struct vg_json_fault {
    const char *pointer; /* RFC 6901: "/items/2/sku"; "" is the whole document */
    vg_json_fault_code code;
    const char *message; /* "must be a whole number" */
} vg_json_fault;

/* What may also be text, as in forms and query strings: "42" for 42. */
enum {
    VG_COERCE_NUMBERS = 1,  /* whole and real ones */
    VG_COERCE_BOOLEANS = 2, /* "true", "false", "1", "0", and the numbers 1 and 0 */
    VG_COERCE_TIMES = 4,    /* whatever vg_timestamp_parse reads; seconds since 1970 */
    VG_COERCE_TEXTS = 8,    /* a number, true or false where text is wanted: its text */
    VG_COERCE_EMPTY = 16,   /* "" is null where the column is no text and may be NULL */
    VG_COERCE_ALL = 31
};

/* How to read, and what came of it. Zeroed but for `arena` it is a good choice. Faults add up
 * from call to call, for a document that is read in several; set fault_count to 0 to begin
 * anew. One thread at a time. */
typedef struct vg_json_reader {
    vg_arena *arena;     /* where results, their strings and the faults go */
    bool db_names;       /* keys as the database names columns; else as C does */
    bool ignore_unknown; /* pass over what is no column or not for the sender to set */
    uint32_t coerce;     /* VG_COERCE_ bits */
    uint64_t omit;    /* columns that the sender must not set: COLUMNS_OF(users, id) */
    uint64_t require; /* columns that must be there although the schema has a default */
    const char *const
        *also;         /* names of members that are read otherwise; ended by NULL */
    const char *at;    /* a JSON pointer: read what stands there; NULL: all of it */
    size_t max_bytes;  /* of the text; 0: 1 MiB */
    size_t max_depth;  /* of objects and arrays; 0: 32, at most 512 */
    size_t max_rows;   /* of vg_all_from_json; 0: 10000 */
    size_t max_faults; /* those beyond are counted only; 0: 100 */

    vg_json_fault *faults; /* in the order of the text, required ones last */
    size_t fault_count;
    size_t faults_left_out;
    uint64_t given;    /* the columns that the last document had, as COLUMNS_OF */
    char message[200]; /* of VG_INVALID: what is wrong with the call or with a RULE */

    /* private */
    size_t fault_room;
} vg_json_reader;

/* Read an object for an insert: *out is a struct t_new, all of it set; a column that is left
 * out gets its default when it is inserted. (So does one that is null and has a default: say
 * INSERT_GIVEN(t, &out, r.given) where such a null must be stored.) `len` bytes of `text`.
 * Returns VG_OK; VG_VALUE, and r->faults says why; VG_NO_MEMORY; VG_INVALID: r->message. */
#define vg_from_json(r, t, text, len, out)                                      \
    vg_shape_from_json((r), VG_JSON_TO(t, out, struct t##_new, "vg_from_json"), \
                       VG_JSON_INSERT_USE, (text), (len), (out))

/* Read an array of such objects: *rows is a struct t_new *, *count a size_t. Faults have
 * pointers such as "/3/email". */
#define vg_all_from_json(r, t, text, len, rows, count)                              \
    vg_shapes_from_json((r),                                                        \
                        VG_JSON_TO(t, *(rows), struct t##_new, "vg_all_from_json"), \
                        VG_JSON_INSERT_USE, (text), (len), (void *)(rows), (count))

/* Read an object for an update: nothing is required. r->given has the columns that are there,
 * so that absent and null are two things; their values are in *out, a struct t_new.
 *     if (!vg_update_from_json(&r, users, body, len, &change) && r.given)
 *         rc = vg_exec(db, UPDATE_GIVEN(users, &change, r.given), WHERE(EQ(users.id, id))); */
#define vg_update_from_json(r, t, text, len, out)                                      \
    vg_shape_from_json((r), VG_JSON_TO(t, out, struct t##_new, "vg_update_from_json"), \
                       VG_JSON_UPDATE_USE, (text), (len), (out))

/* Read a whole row, as a query would yield it and vg_put_row write it, of any table, view or
 * projection: each column must be there. Relations that are there are read, too, to any depth,
 * and count as loaded. */
#define vg_row_from_json(r, t, text, len, out)                                \
    vg_shape_from_json(                                                       \
        (r), VG_JSON_TO(t, out, __typeof__(*(t).vg_row), "vg_row_from_json"), \
        VG_JSON_SELECT_USE, (text), (len), (out))

/* Put a fault of your own beside those that were found; `pointer` and `message` are copied. */
VG_API void vg_json_add_fault(vg_json_reader *r, const char *pointer,
                              vg_json_fault_code code, const char *message);

struct vg_json_writer;

/* Write the faults, an array of {"pointer", "code", "message"}, for an answer. */
VG_API void vg_put_faults(struct vg_json_writer *w, const vg_json_reader *r);

/* What a document is for. */
typedef enum vg_json_use {
    VG_JSON_SELECT_USE,
    VG_JSON_INSERT_USE,
    VG_JSON_UPDATE_USE
} vg_json_use;

/* What the macros call: `out` is a row struct of `shape` (SELECT) or its insert struct; *rows
 * is set to `*count` insert structs in the arena. */
VG_API int vg_shape_from_json(vg_json_reader *r, const vg_shape *shape, vg_json_use use,
                              const char *text, size_t len, void *out);
VG_API int vg_shapes_from_json(vg_json_reader *r, const vg_shape *shape,
                               vg_json_use use, const char *text, size_t len,
                               void **rows, size_t *count);

VG_END_DECLS

/* The shape, after a look whether `out` has the type. */
#define VG_JSON_TO(t, out, type, word)                                         \
    (&(t).vg_shape + VG_CHECKING(out, VG_DEMAND(__builtin_types_compatible_p(  \
                                                    __typeof__(vg_r), type *), \
                                                word ": the result is no " #type)))
