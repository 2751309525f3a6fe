/* Functions and operators beyond comparing and counting: CASE and its relatives, text,
 * numbers, bits, rows compared as a whole.
 *
 * Where arguments must have one type, INTEGER meets REAL as REAL, and C values take the
 * type of the expressions among them. An argument that is a NULL pointer at run time is
 * refused then (VG_INVALID); one that may be missing is a vg_opt_ or NULL. */
#pragma once
#pragma GCC system_header
#include <virga/schema.h>

VG_BEGIN_DECLS

/* `text` with a \ before each %, _ and \, in `arena`: a pattern for LIKE_ESCAPED that
 * matches it literally, to which you may add % and _ of your own. NULL when there is no
 * memory or `text` is NULL.
 *     LIKE_ESCAPED(users.name, vg_like_escape(arena, typed)) */
VG_API const char *vg_like_escape(vg_arena *arena, const char *text);

/* What the macros forward to: as vg_listing, with a vg_type or the like. */
VG_API const vg_node *vg_typed_list(vg_node *out, vg_value *room, size_t op,
                                    size_t type, size_t n, ...);

VG_END_DECLS

/* words: begin */

/* The value of the first WHEN whose condition holds, else that of ELSE, which stands last;
 * without an ELSE it is NULL. Up to 32 branches; a value is an expression or a C value.
 *     CASE(WHEN(LT(users.age, 18), "minor"), WHEN(IS_NULL(users.age), "?"), ELSE("adult"))
 * If a compile error led you here, an argument is no WHEN or ELSE. */
#define VG_CASE(...)                                                               \
    VG_MAKE_SAME_IF(VG_ALL_SURE(VG_CASE_COMMON(__VA_ARGS__)),                      \
                    VG_DEMAND_COMMON("CASE: the results have different types"))    \
    (vg_listing(VG_NEW_NODE, VG_ROOM(2 * VG_NARGS(__VA_ARGS__)), VG_OP_CASE, NULL, \
                2 * VG_NARGS(__VA_ARGS__) VG_CAT(VG_SOME_, __VA_OPT__(X))()        \
                        VG_EACH(VG_CASE_VALUES, 0, __VA_ARGS__)))
#define VG_WHEN(predicate, ...) (vg_e_whn, predicate, __VA_ARGS__)
#define VG_ELSE(...)            (vg_e_els, 0, __VA_ARGS__)

/* The first of its arguments that is not NULL. NOT NULL when one of them cannot be NULL.
 *     COALESCE(users.nick, users.name, "somebody") */
#define VG_COALESCE(...)                                                              \
    VG_MAKE_SAME_IF(VG_ANY_SURE(VG_COMMON(__VA_ARGS__)),                              \
                    VG_DEMAND_COMMON("COALESCE(" #__VA_ARGS__ "): the types differ")) \
    (VG_LIST(VG_OP_COALESCE, __VA_ARGS__))

/* NULL when both are equal, else `x`. */
#define VG_NULLIF(x, y)                                                           \
    VG_MAKE_SAME_IF(VG_NEVER_SURE(VG_COMMON(x, y)),                               \
                    VG_DEMAND_COMMON("NULLIF(" #x ", " #y "): the types differ")) \
    (VG_LIST(VG_OP_NULLIF, x, y))

/* The largest and the smallest of two or more; NULL when one of them is NULL. */
#define VG_GREATEST(x, ...)                                                       \
    VG_MAKE_SAME_IF(                                                              \
        VG_ALL_SURE(VG_COMMON(x, __VA_ARGS__)),                                   \
        VG_DEMAND_COMMON("GREATEST(" #x ", " #__VA_ARGS__ "): the types differ")) \
    (VG_LIST(VG_OP_GREATEST, x, __VA_ARGS__))
#define VG_LEAST(x, ...)                                                       \
    VG_MAKE_SAME_IF(                                                           \
        VG_ALL_SURE(VG_COMMON(x, __VA_ARGS__)),                                \
        VG_DEMAND_COMMON("LEAST(" #x ", " #__VA_ARGS__ "): the types differ")) \
    (VG_LIST(VG_OP_LEAST, x, __VA_ARGS__))

/* `x` as another type: INTEGER REAL TEXT NUMERIC BLOB out of a number, a text, a BOOLEAN,
 * a BLOB or JSON, as the database converts them (SQLite: text that is no number is 0);
 * TIMESTAMP and DATE out of each other or of ISO text.
 *     CAST(users.zip, INTEGER) */
#define VG_CAST(x, type)                                                           \
    VG_MAKER_WHEN(VG_TYPE_MAKER(type), VG_CLASS(x))                                \
    (vg_typed_list(                                                                \
        VG_NEW_NODE, VG_ROOM(1), VG_OP_CAST,                                       \
        VG_TYPE_OF(type) + VG_REQUIRE(VG_TYPE_KNOWN(type),                         \
                                      "CAST(" #x ", " #type "): " #type            \
                                      " is not a column type"),                    \
        1,                                                                         \
        VG_VALUE_IF(x, VG_DEMAND(VG_CASTABLE(VG_CLASS(vg_r), VG_TYPE_CLASS(type)), \
                                 "CAST(" #x ", " #type "): this type cannot "      \
                                 "become " #type))))

/* A C value written into the SQL text, correctly quoted, where a parameter cannot stand or
 * would hide a constant from the planner. Each value is a statement of its own in the
 * cache: not for what varies. */
#define VG_INLINE(x)                                                               \
    VG_MAKE_SAME_IF(                                                               \
        VG_ALL_SURE(VG_SPREAD(x)),                                                 \
        VG_DEMAND_COMMON("INLINE(" #x "): not a value that an expression can be")) \
    (vg_binary(VG_NEW_NODE, VG_OP_INLINE, VG_VALUE(x), NULL))

/* Equal, where NULL equals NULL and is unlike all else; never NULL themselves. `r` may be
 * a vg_opt_, NULL, or a string that is NULL at run time.
 *     WHERE(IS(users.age, wanted))     vg_opt_int wanted; */
#define VG_IS(l, r)     VG_SAMENESS(VG_OP_IS, "IS", l, r, #l, #r)
#define VG_IS_NOT(l, r) VG_SAMENESS(VG_OP_IS_NOT, "IS_NOT", l, r, #l, #r)

/* Plain text inside, at the start, at the end of `l`; % and _ in it mean themselves, and
 * are escaped when the query runs. Case is treated as LIKE does.
 *     WHERE(CONTAINS(posts.title, typed)) */
#define VG_CONTAINS(l, r)    VG_PATTERN(VG_OP_CONTAINS, "CONTAINS", l, r, #l, #r)
#define VG_STARTS_WITH(l, r) VG_PATTERN(VG_OP_STARTS_WITH, "STARTS_WITH", l, r, #l, #r)
#define VG_ENDS_WITH(l, r)   VG_PATTERN(VG_OP_ENDS_WITH, "ENDS_WITH", l, r, #l, #r)

/* LIKE with \ before a %, _ or \ that means itself; see vg_like_escape. */
#define VG_LIKE_ESCAPED(l, r) \
    VG_PATTERN(VG_OP_LIKE_ESCAPED, "LIKE_ESCAPED", l, r, #l, #r)
#define VG_NOT_LIKE_ESCAPED(l, r) \
    VG_PATTERN(VG_OP_NOT_LIKE_ESCAPED, "NOT_LIKE_ESCAPED", l, r, #l, #r)

/* LIKE in which case does not matter. SQLite's LIKE is so already, for ASCII letters, and
 * that is what is written there. */
#define VG_ILIKE(l, r)     VG_PATTERN(VG_OP_ILIKE, "ILIKE", l, r, #l, #r)
#define VG_NOT_ILIKE(l, r) VG_PATTERN(VG_OP_NOT_ILIKE, "NOT_ILIKE", l, r, #l, #r)

/* Patterns of a shell, *, ? and [a-z]; case matters. SQLite only. */
#define VG_GLOB(l, r)     VG_PATTERN(VG_OP_GLOB, "GLOB", l, r, #l, #r)
#define VG_NOT_GLOB(l, r) VG_PATTERN(VG_OP_NOT_GLOB, "NOT_GLOB", l, r, #l, #r)

/* The text, compared and sorted in another way: NOCASE, BINARY or RTRIM.
 *     ORDER_BY(COLLATE(users.name, NOCASE)) */
#define VG_COLLATE(x, name) \
    VG_SAME(VG_OP_COLLATE_##name, VG_K_text, "COLLATE", " is not text", x, #x)

/* Texts joined, up to 96; NULL if one is NULL. */
#define VG_CONCAT(...)                                                          \
    VG_MAKE_SAME_IF(                                                            \
        VG_ALL_SURE(VG_COMMON(__VA_ARGS__)),                                    \
        VG_DEMAND(_Generic((vg_r), vg_text : 1, vg_text_null : 1, default : 0), \
                  "CONCAT(" #__VA_ARGS__ "): an argument is not text"))         \
    (VG_LIST(VG_OP_CONCAT, __VA_ARGS__))

/* Parts of a text, counted in characters from 1: SUBSTR(x, start) and SUBSTR(x, start,
 * length), where -1 is the last one; INSTR is where `part` begins, 0 when it is nowhere. */
#define VG_SUBSTR(...)                                                     \
    VG_FUNCTION(text, VG_OP_SUBSTR, VG_K_text, "SUBSTR(" #__VA_ARGS__ ")", \
                " is not text", VG_NEXT_WHOLE, __VA_ARGS__, )
#define VG_INSTR(x, part)                                                \
    VG_FUNCTION(int, VG_OP_INSTR, VG_K_text, "INSTR(" #x ", " #part ")", \
                " is not text", VG_NEXT_TEXT, x, part, )

/* Each `from` in the text becomes `to`. */
#define VG_REPLACE(x, from, to)                                                        \
    VG_FUNCTION(text, VG_OP_REPLACE, VG_K_text, "REPLACE(" #x ", " #from ", " #to ")", \
                " is not text", VG_NEXT_TEXT, x, from, to, )

/* Without blanks at both ends, at the left, at the right; or without any of the characters
 * of a second argument.
 *     TRIM(users.name)      LTRIM(users.phone, "+0") */
#define VG_TRIM(...)                                                                   \
    VG_FUNCTION(text, VG_OP_TRIM, VG_K_text, "TRIM(" #__VA_ARGS__ ")", " is not text", \
                VG_NEXT_TEXT, __VA_ARGS__, )
#define VG_LTRIM(...)                                                    \
    VG_FUNCTION(text, VG_OP_LTRIM, VG_K_text, "LTRIM(" #__VA_ARGS__ ")", \
                " is not text", VG_NEXT_TEXT, __VA_ARGS__, )
#define VG_RTRIM(...)                                                    \
    VG_FUNCTION(text, VG_OP_RTRIM, VG_K_text, "RTRIM(" #__VA_ARGS__ ")", \
                " is not text", VG_NEXT_TEXT, __VA_ARGS__, )

/* The bytes in hexadecimal; the code point of the first character (NULL of an empty
 * text); the text of code points. */
#define VG_HEX(x)                                                                     \
    VG_TO(text, VG_OP_HEX, VG_K_text | VG_K_blob, "HEX", " is not text or a blob", x, \
          #x)
#define VG_UNICODE(x)                                                                  \
    vg_make_int_null(vg_unary(                                                         \
        VG_NEW_NODE,                                                                   \
        VG_OP_UNICODE +                                                                \
            VG_CHECKING(x, VG_DEMAND_CLASS(VG_K_text, "UNICODE", " is not text", #x)), \
        VG_NODE(x)))
#define VG_CHR(...)                                                 \
    VG_FUNCTION(text, VG_OP_CHR, VG_K_int, "CHR(" #__VA_ARGS__ ")", \
                " is not an INTEGER", VG_NEXT_WHOLE, __VA_ARGS__, )

/* Rounded to `digits` behind the point (0), a REAL. CEIL and FLOOR keep the type. */
#define VG_ROUND(...)                                                     \
    VG_FUNCTION(real, VG_OP_ROUND, VG_K_WHOLE, "ROUND(" #__VA_ARGS__ ")", \
                " is not a number", VG_NEXT_WHOLE, __VA_ARGS__, )
#define VG_CEIL(x) VG_SAME(VG_OP_CEIL, VG_K_NUMBER, "CEIL", " is not a number", x, #x)
#define VG_FLOOR(x) \
    VG_SAME(VG_OP_FLOOR, VG_K_NUMBER, "FLOOR", " is not a number", x, #x)

/* -1, 0 or 1. */
#define VG_SIGN(x) \
    VG_TO(int, VG_OP_SIGN, VG_K_NUMBER, "SIGN", " is not a number", x, #x)

/* SQRT is NULL below zero. */
#define VG_SQRT(x) VG_MEAN(VG_OP_SQRT, "SQRT", x, #x)
#define VG_POWER(x, y)                                                          \
    VG_MAKE_WHEN(real, VG_CLASS(x) | VG_CLASS(y))                               \
    (vg_listing(VG_NEW_NODE, VG_ROOM(2), VG_OP_POWER, NULL, 2,                  \
                VG_VALUE_IF(x, VG_DEMAND_NUMBER("POWER(" #x ", " #y "): " #x)), \
                VG_VALUE_IF(y, VG_DEMAND_NUMBER("POWER(" #x ", " #y "): " #y))))

/* A random INTEGER, another for each row. */
#define VG_RANDOM() vg_make_int(vg_unary(VG_NEW_NODE, VG_OP_RANDOM, NULL))

/* Bits of INTEGERs; shifts by 0 to 63. */
#define VG_BIT_AND(l, r)     VG_BITS(VG_OP_BIT_AND, "BIT_AND", l, r, #l, #r)
#define VG_BIT_OR(l, r)      VG_BITS(VG_OP_BIT_OR, "BIT_OR", l, r, #l, #r)
#define VG_SHIFT_LEFT(l, r)  VG_BITS(VG_OP_SHIFT_LEFT, "SHIFT_LEFT", l, r, #l, #r)
#define VG_SHIFT_RIGHT(l, r) VG_BITS(VG_OP_SHIFT_RIGHT, "SHIFT_RIGHT", l, r, #l, #r)
#define VG_BIT_NOT(x) \
    VG_SAME(VG_OP_BIT_NOT, VG_K_int, "BIT_NOT", " is not an INTEGER", x, #x)

/* Rows compared as a whole, from left to right: two lists in parentheses, of 2 to 4
 * expressions and of as many partners. ROW_GT is what a page after another needs:
 *     WHERE(ROW_GT((posts.views, posts.id), (last_views, last_id)))
 * Like EQ and its kind they refuse a partner that is NULL. */
#define VG_ROW_EQ(l, r)  VG_ROW_COMPARE(VG_OP_ROW_EQ, "ROW_EQ" #l #r, l, r)
#define VG_ROW_NE(l, r)  VG_ROW_COMPARE(VG_OP_ROW_NE, "ROW_NE" #l #r, l, r)
#define VG_ROW_GT(l, r)  VG_ROW_COMPARE(VG_OP_ROW_GT, "ROW_GT" #l #r, l, r)
#define VG_ROW_GTE(l, r) VG_ROW_COMPARE(VG_OP_ROW_GTE, "ROW_GTE" #l #r, l, r)
#define VG_ROW_LT(l, r)  VG_ROW_COMPARE(VG_OP_ROW_LT, "ROW_LT" #l #r, l, r)
#define VG_ROW_LTE(l, r) VG_ROW_COMPARE(VG_OP_ROW_LTE, "ROW_LTE" #l #r, l, r)

/* words: end */

/* ---- what the macros forward to ---- */

#define VG_AND_SPREAD(c, x)    &VG_SPREAD(x)
#define VG_COMMON(...)         (VG_SPREAD_ALL VG_EACH(VG_AND_SPREAD, , __VA_ARGS__))
#define VG_DEMAND_COMMON(text) VG_DEMAND(VG_XCLASS(vg_r) != 0, text)
#define VG_LIST(op, ...)                                                \
    vg_listing(VG_NEW_NODE, VG_ROOM(VG_NARGS(__VA_ARGS__)), (op), NULL, \
               VG_NARGS(__VA_ARGS__) VG_CAT(VG_SOME_, __VA_OPT__(X))()  \
                   VG_EACH(VG_NEXT_VALUE, , __VA_ARGS__))

#define VG_CASE_COMMON(...)                             \
    (VG_SPREAD_ALL VG_EACH(VG_CASE_AND, 0, __VA_ARGS__) \
         VG_ENTRY(VG_CASE_END, 0, VG_AS_TUPLE(VG_LAST(__VA_ARGS__))))
#define VG_CASE_AND(c, e)                  VG_ENTRY(VG_CASE_AND, c, VG_AS_TUPLE(e))
#define VG_CASE_AND_vg_e_whn(c, p, ...)    &VG_SPREAD((__VA_ARGS__))
#define VG_CASE_AND_vg_e_els(c, zero, ...) &VG_SPREAD((__VA_ARGS__))
#define VG_CASE_AND_vg_e_unk(c, text) \
    &(0 + (int)VG_REQUIRE(0, "CASE: not a WHEN or ELSE: " text))
#define VG_CASE_END_vg_e_whn(c, ...) &VG_MAYBE(1023)
#define VG_CASE_END_vg_e_els(c, ...)
#define VG_CASE_END_vg_e_unk(c, ...)
#define VG_CASE_VALUES(c, e) VG_ENTRY(VG_CASE_VALUES, c, VG_AS_TUPLE(e))
#define VG_CASE_VALUES_vg_e_whn(c, p, ...) \
    , vg_of_node(vg_takes_a_predicate(p)), VG_VALUE((__VA_ARGS__))
#define VG_CASE_VALUES_vg_e_els(c, zero, ...) , vg_of_absent(), VG_VALUE((__VA_ARGS__))
#define VG_CASE_VALUES_vg_e_unk(c, text)
static inline vg_value vg_of_absent(void)
{
    VG_MAKE_VALUE(p, NULL, VG_V_NONE, VG_UNTIL_NUL);
}

/* What makes an expression of class c, which may be NULL if `class_bits` say so. */
#define VG_MAKE_WHEN(c, class_bits) VG_MAKER_WHEN(vg_make_##c, class_bits)
/* clang-format off */
#define VG_MAKER_WHEN(maker, class_bits)                                                 \
    _Generic((char(*)[1 + !!((class_bits) & VG_K_NULL)])0,                               \
        char(*)[2]: VG_CAT(maker, _null), default: maker)
#define VG_TO(c, op, class, word, what, x, xs)                                           \
    _Generic(VG_OPERAND(x, VG_DEMAND_CLASS(class, word, what, xs)),                      \
        vg_is_int_null: vg_make_##c##_null, vg_is_real_null: vg_make_##c##_null,         \
        vg_is_numeric_null: vg_make_##c##_null, vg_is_text_null: vg_make_##c##_null,     \
        vg_is_blob_null: vg_make_##c##_null, vg_is_json_null: vg_make_##c##_null,        \
        vg_is_time_null: vg_make_##c##_null, default: vg_make_##c)                       \
    (vg_unary(VG_NEW_NODE, (op), VG_NODE(x)))
/* clang-format on */
#define VG_CASTABLE(from, to)                                                   \
    ((((to)&VG_K_time) && ((from) & (VG_K_time | VG_K_text))) ||                \
     (((to) & (VG_K_int | VG_K_real | VG_K_text | VG_K_numeric | VG_K_blob)) && \
      ((from) & (VG_K_int | VG_K_real | VG_K_text | VG_K_numeric | VG_K_blob |  \
                 VG_K_predicate | VG_K_json))))

/* A function of an argument of a class and further ones, which `next` checks one by one;
 * the list ends in an empty argument, so that there is always one. */
#define VG_FUNCTION(c, op, class, text, what, next, x, ...)                 \
    VG_MAKE_WHEN(c, VG_CLASS(x) VG_EACH(VG_OR_CLASS, , __VA_ARGS__))        \
    (vg_listing(VG_NEW_NODE, VG_ROOM(VG_NARGS(__VA_ARGS__)), (op), NULL,    \
                VG_NARGS(__VA_ARGS__),                                      \
                VG_VALUE_IF(x, VG_DEMAND((VG_CLASS(vg_r) & (class)) != 0,   \
                                         text ": the first argument" what)) \
                    VG_EACH(next, text, __VA_ARGS__)))
#define VG_OR_CLASS(c, ...) __VA_OPT__(| VG_CLASS((__VA_ARGS__)))
#define VG_NEXT_TEXT(text, ...) \
    __VA_OPT__(, VG_VALUE_IF((__VA_ARGS__), VG_DEMAND_TEXT(text ": an argument")))
#define VG_NEXT_WHOLE(text, ...) \
    __VA_OPT__(, VG_VALUE_IF((__VA_ARGS__), VG_DEMAND_WHOLE(text)))
#define VG_DEMAND_WHOLE(text)                                                   \
    VG_DEMAND((VG_CLASS(vg_r) & VG_K_int) != 0, text ": an argument is not an " \
                                                     "INTEGER")
#define VG_BITS(op, word, l, r, ls, rs)                                 \
    VG_MAKE_WHEN(int, VG_CLASS(l) | VG_CLASS(r))                        \
    (vg_arith(VG_NEW_NODE, VG_ROOM(2), (op),                            \
              VG_VALUE_IF(l, VG_DEMAND_WHOLE(word "(" ls ", " rs ")")), \
              VG_VALUE_IF(r, VG_DEMAND_WHOLE(word "(" ls ", " rs ")"))))

#define VG_SAMENESS(op, word, l, r, ls, rs)                                    \
    vg_make_predicate(vg_binary(                                               \
        VG_NEW_NODE, (op),                                                     \
        VG_VALUE_IF(r, char[1 + VG_LIKENESS(word "(" ls ", " rs ")", l, ls)]), \
        VG_NODE(l)))
#define VG_LIKENESS(text, l, ls)                                \
    VG_ALL(VG_CLASS_A(l), VG_CLASS_B, VG_DEMAND_LEFT(text, ls), \
           VG_DEMAND(!VG_A || VG_K_FITS(VG_A, VG_B) != 0 ||     \
                         (VG_A & VG_B & VG_K_NUMBER) != 0,      \
                     text ": the two sides have different types"))

/* Two lists of equal length, partner by partner. */
#define VG_ROW_COMPARE(op, text, l, r)                           \
    VG_CAT(VG_ROW_COMPARE_, VG_ROW_SIZE(VG_NARGS l, VG_NARGS r)) \
    (op, text, VG_UNPACK l, VG_UNPACK r)
#define VG_ROW_SIZE(l, r)     VG_ROW_SIZE_(l, r)
#define VG_ROW_SIZE_(l, r)    VG_ROW_SIZE_##l##_##r
#define VG_ROW_SIZE_2_2       2
#define VG_ROW_SIZE_3_3       3
#define VG_ROW_SIZE_4_4       4
#define VG_ROW_COMPARE_2(...) VG_ROW_PAIRS_2(__VA_ARGS__)
#define VG_ROW_COMPARE_3(...) VG_ROW_PAIRS_3(__VA_ARGS__)
#define VG_ROW_COMPARE_4(...) VG_ROW_PAIRS_4(__VA_ARGS__)
#define VG_ROW_PAIRS_2(op, text, a, b, x, y)                               \
    VG_ROWS(op, 4, VG_ROW_LEFT(a), VG_ROW_LEFT(b), VG_PARTNER(text, a, x), \
            VG_PARTNER(text, b, y))
#define VG_ROW_PAIRS_3(op, text, a, b, c, x, y, z)                 \
    VG_ROWS(op, 6, VG_ROW_LEFT(a), VG_ROW_LEFT(b), VG_ROW_LEFT(c), \
            VG_PARTNER(text, a, x), VG_PARTNER(text, b, y), VG_PARTNER(text, c, z))
#define VG_ROW_PAIRS_4(op, text, a, b, c, d, x, y, z, v)                            \
    VG_ROWS(op, 8, VG_ROW_LEFT(a), VG_ROW_LEFT(b), VG_ROW_LEFT(c), VG_ROW_LEFT(d),  \
            VG_PARTNER(text, a, x), VG_PARTNER(text, b, y), VG_PARTNER(text, c, z), \
            VG_PARTNER(text, d, v))
#define VG_ROWS(op, n, ...) \
    vg_make_predicate(vg_listing(VG_NEW_NODE, VG_ROOM(n), (op), NULL, n, __VA_ARGS__))
#define VG_ROW_LEFT(x) vg_of_node(VG_NODE(x))
#define VG_PARTNER(text, l, r) \
    VG_VALUE_IF(r, char[1 + VG_COMPARABLE(text, l, "a value on the left", )])
