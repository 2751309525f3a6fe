/* Column types of one's own: ENUM, a C enum kept as text or as a number, and CODEC, any C
 * type that two functions turn into a stored value and back. Both stand at file scope,
 * before the tables that use them.
 *
 *     ENUM(role, ROLE_USER, ROLE_ADMIN)
 *     CODEC(money, struct money, INTEGER, money_encode, money_decode)
 *
 *     TABLE(accounts,
 *         COLUMN(id,      INTEGER, PRIMARY_KEY),
 *         COLUMN(role,    ENUM_TEXT(role), NOT_NULL, DEFAULT(ROLE_USER), CHECKED),
 *         COLUMN(balance, CUSTOM(money),   NOT_NULL)) */
#pragma once
#pragma GCC system_header
#include <virga/expr.h>

VG_BEGIN_DECLS

/* One constant of an ENUM: its number in C and its text in the database. */
typedef struct vg_label {
    const char *text;
    int64_t value;
} vg_label;

/* Make the value that is stored: of_int, of_real, of_text, of_str or of_bytes. What it
 * points to may lie in `room`, which lives until the statement has run; NULL of it means no
 * memory. A vg_value of kind VG_V_NONE refuses the value (VG_VALUE). */
typedef vg_value (*vg_encode_fn)(const void *value, vg_arena *room);

/* Read `stored`, of the kind that the database holds (VG_V_INT, _REAL, _TEXT or _BLOB, never
 * NULL), into *value. Text and bytes are gone afterwards: copy into `arena` what stays (it
 * is the caller's, NULL if that was). False: it cannot be read (VG_VALUE). */
typedef bool (*vg_decode_fn)(void *value, vg_value stored, vg_arena *arena);

/* How a C value is stored: made by ENUM and CODEC. Constant data; any thread. */
typedef struct vg_coder {
    const char *name;
    uint32_t size;       /* of the C value, bytes */
    uint32_t opt_offset; /* CODEC: of v in its { has, v }, bytes */
    uint32_t storage;    /* CODEC: the vg_type of what is stored */
    uint32_t label_count;
    const vg_label *labels; /* ENUM; NULL: a CODEC */
    vg_encode_fn encode;    /* CODEC */
    vg_decode_fn decode;
} vg_coder;

/* The text of an ENUM's constant, NULL if it has none; and its number for a text. Any thread.
 *     puts(vg_label_text(&vg_coder_role, user->role)); */
VG_API const char *vg_label_text(const vg_coder *coder, int64_t value);
VG_API bool vg_label_value(const vg_coder *coder, const char *text, size_t len,
                           int64_t *value);

/* What ENCODED makes. */
typedef struct vg_encoding {
    const vg_coder *coder;
    const void *value;
} vg_encoding;

VG_END_DECLS

/* words: begin */

/* Declare `enum name` and its texts. An entry is a constant, whose text is its name, or
 * VALUE(constant, "text"), or VALUE(constant, "text", number). Column types:
 *     ENUM_TEXT(name)      the text is stored
 *     ENUM_INTEGER(name)   the number
 * The field of a NOT NULL column is the C enum, of any other a vg_opt_int. Queries take any
 * whole number for it, since C's enumerators are ints; one that is no constant of the enum
 * is refused when the query runs (VG_VALUE), before the database is asked. A value read
 * that is none is an error, too, naming the column. CHECKED makes the database check it.
 *     ENUM(role, VALUE(ROLE_USER, "user"), VALUE(ROLE_ADMIN, "admin"))
 *     WHERE(EQ(users.role, ROLE_ADMIN)) */
#define VG_ENUM(e, ...)                                   \
    enum e { VG_EACH(VG_ENUM_CONSTANT, , __VA_ARGS__) };  \
    extern const vg_coder vg_coder_##e;                   \
    __attribute__((weak)) const vg_coder vg_coder_##e = { \
        .name = #e,                                       \
        .size = sizeof(enum e),                           \
        .label_count = VG_NARGS(__VA_ARGS__),             \
        .labels = (const vg_label[]){VG_EACH(VG_ENUM_LABEL, , __VA_ARGS__)}};

/* Declare a codec: `c_type` is what rows hold, `storage` TEXT, INTEGER, REAL or BLOB what
 * the database does, and two functions go between, taking a `c_type *` where vg_encode_fn and
 * vg_decode_fn have a void pointer. A column CUSTOM(name) has a field of that type, or, when
 * it may be NULL, a `name_opt`: struct { bool has; c_type v; }.
 *     static vg_value money_encode(const struct money *m, vg_arena *room);
 *     static bool money_decode(struct money *m, vg_value stored, vg_arena *arena); */
#define VG_CODEC(name_, c_type, storage_, encode_, decode_)                         \
    typedef c_type vg_c_##name_;                                                    \
    typedef struct name_##_opt {                                                    \
        bool has;                                                                   \
        vg_c_##name_ v;                                                             \
    } name_##_opt;                                                                  \
    vg_value name_##_vg_encode(const void *, vg_arena *);                           \
    bool name_##_vg_decode(void *, vg_value, vg_arena *);                           \
    __attribute__((weak))                                                           \
    vg_value name_##_vg_encode(const void *value, vg_arena *room)                   \
    {                                                                               \
        VG_SAME_FN(encode_, vg_value (*)(const c_type *, vg_arena *),               \
                   "CODEC(" #name_ "): " #encode_ " is no vg_value (const " #c_type \
                   " *, vg_arena *)");                                              \
        return encode_(value, room);                                                \
    }                                                                               \
    __attribute__((weak)) bool name_##_vg_decode(void *value, vg_value stored,      \
                                                 vg_arena *arena)                   \
    {                                                                               \
        VG_SAME_FN(decode_, bool (*)(c_type *, vg_value, vg_arena *),               \
                   "CODEC(" #name_ "): " #decode_ " is no bool (" #c_type           \
                   " *, vg_value, vg_arena *)");                                    \
        return decode_(value, stored, arena);                                       \
    }                                                                               \
    extern const vg_coder vg_coder_##name_;                                         \
    __attribute__((weak))                                                           \
    const vg_coder vg_coder_##name_ = {.name = #name_,                              \
                                       .size = sizeof(vg_c_##name_),                \
                                       .opt_offset = offsetof(name_##_opt, v),      \
                                       .storage = VG_TYPE_##storage_,               \
                                       .encode = name_##_vg_encode,                 \
                                       .decode = name_##_vg_decode};

/* A C value of a CODEC, by its address, wherever a query takes a value; NULL is NULL. That
 * column and value have one codec is checked when the query runs (VG_INVALID).
 *     SET(balance, ENCODED(money, &amount))      WHERE(GT(accounts.balance, ...)) */
#define VG_ENCODED(codec, pointer)                                                   \
    ((vg_encoded){&(const vg_encoding){                                              \
        &vg_coder_##codec,                                                           \
        VG_CHECKING(pointer,                                                         \
                    VG_DEMAND(_Generic((vg_r), vg_c_##codec * : 1,                   \
                                       const vg_c_##codec * : 1, void * : 1, default \
                                       : VG_IN_ERROR(vg_r)),                         \
                              "ENCODED(" #codec ", " #pointer                        \
                              "): not the address of a value of the codec's type"))  \
            ? NULL                                                                   \
            : (pointer)}})

/* words: end */

/* An entry of ENUM: (constant, "text", number), or anything else for a bare constant. */
#define VG_EV_VALUE(constant, ...) (constant, __VA_ARGS__)
#define VG_ENUM_CONSTANT(c, e)     VG_ENUM_READ(CONSTANT, VG_EV_##e, e)
#define VG_ENUM_LABEL(c, e)        VG_ENUM_READ(LABEL, VG_EV_##e, e)
#define VG_ENUM_READ(what, tuple, e) \
    VG_CAT(VG_ENUM_READ_, VG_IS_TUPLE(tuple))(what, tuple, e)
#define VG_ENUM_READ_0(what, tuple, e)   VG_ENUM_##what##_(e, #e)
#define VG_ENUM_READ_1(what, tuple, e)   VG_ENUM_CALL(VG_ENUM_##what##_, VG_UNPACK tuple)
#define VG_ENUM_CALL(...)                VG_ENUM_CALL_(__VA_ARGS__)
#define VG_ENUM_CALL_(what, ...)         what(__VA_ARGS__)
#define VG_ENUM_CONSTANT_(constant, ...) constant VG_ENUM_IS(__VA_ARGS__, , ),
#define VG_ENUM_LABEL_(constant, ...)    {"" VG_ENUM_TEXT(__VA_ARGS__, ) "", constant},
#define VG_ENUM_IS(text, number, ...)    VG_ENUM_IS_(number)
#define VG_ENUM_IS_(...)                 __VA_OPT__(= __VA_ARGS__)
#define VG_ENUM_TEXT(text, ...)          text

#define VG_SAME_FN(fn, type, message) \
    _Static_assert(__builtin_types_compatible_p(__typeof__(&*(fn)), type), message)
