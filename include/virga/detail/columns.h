/* COLUMN: what its type and its modifiers are pasted to. See TABLE in schema.h. */
#pragma once
#pragma GCC system_header

/* Known words expand to a list whose first element is empty. What follows them where they
 * are looked up stands for an unknown word, which stays the one token it was pasted to: so
 * an unknown word yields something harmless and one message, not an avalanche.
 *
 * A type: the words of its class, the C type of a field, the same when it may be NULL, its
 * vg_type, 1 for known, its coder, the argument token last: TEXT(20) works too. */
/* clang-format off */
#define VG_T_INTEGER   , VG_KIND(int), int64_t, vg_opt_int, VG_TYPE_INTEGER, 1, 0, VG_NO_ARGS
#define VG_T_REAL      , VG_KIND(real), double, vg_opt_real, VG_TYPE_REAL, 1, 0, VG_NO_ARGS
#define VG_T_TEXT      , VG_KIND(text), VG_STRINGS, VG_TYPE_TEXT, 1, 0, VG_LENGTH_ARG
#define VG_T_NUMERIC   , VG_KIND(numeric), VG_STRINGS, VG_TYPE_NUMERIC, 1, 0, VG_PRECISION_ARG
#define VG_T_BOOLEAN   , VG_KIND(predicate), bool, vg_opt_bool, VG_TYPE_BOOLEAN, 1, 0, VG_NO_ARGS
#define VG_T_BLOB      , VG_KIND(blob), vg_bytes, vg_bytes, VG_TYPE_BLOB, 1, 0, VG_NO_ARGS
#define VG_T_JSON      , VG_KIND(json), VG_STRINGS, VG_TYPE_JSON, 1, 0, VG_NO_ARGS
#define VG_T_UUID      , VG_KIND(uuid_expr), vg_uuid, vg_opt_uuid, VG_TYPE_UUID, 1, 0, VG_NO_ARGS
#define VG_T_TIMESTAMP , VG_KIND(time), vg_timestamp, vg_opt_time, VG_TYPE_TIMESTAMP, 1, 0, \
    VG_NO_ARGS
#define VG_T_DATE      , VG_KIND(time), vg_timestamp, vg_opt_time, VG_TYPE_DATE, 1, 0, VG_NO_ARGS
#define VG_T_ENUM_TEXT(e)    VG_T_ENUM(e, VG_TYPE_ENUM_TEXT)
#define VG_T_ENUM_INTEGER(e) VG_T_ENUM(e, VG_TYPE_ENUM_INTEGER)
#define VG_T_ENUM(e, type) , VG_KIND(enum_expr), enum e, vg_opt_int, type, 1, \
    &vg_coder_##e, VG_NO_ARGS
#define VG_T_CUSTOM(c) , VG_KIND(custom), vg_c_##c, c##_opt, VG_TYPE_CUSTOM, 1, \
    &vg_coder_##c, VG_NO_ARGS
#define VG_UNKNOWN_TYPE , VG_KIND(int), int64_t, vg_opt_int, VG_TYPE_INTEGER, 0, 0, VG_NO_ARGS
/* clang-format on */

#define VG_STRINGS const char *, const char *
/* A class: what makes an expression of it, its handles, its bit. */
#define VG_KIND(c) vg_make_##c, vg_##c, vg_##c##_null, VG_K_##c

/* The readings of a type. */
#define VG_TYPE_MAKER(type)                                VG_TYPE_WORD(VG_SECOND, type)
#define VG_TYPE_HANDLE(type)                               VG_TYPE_WORD(VG_THIRD, type)
#define VG_TYPE_HANDLE_NULL(type)                          VG_TYPE_WORD(VG_FOURTH, type)
#define VG_TYPE_CLASS(type)                                VG_TYPE_WORD(VG_FIFTH, type)
#define VG_TYPE_FIELD(type)                                VG_TYPE_WORD(VG_SIXTH, type)
#define VG_TYPE_FIELD_NULL(type)                           VG_TYPE_WORD(VG_SEVENTH, type)
#define VG_TYPE_OF(type)                                   VG_TYPE_WORD(VG_EIGHTH, type)
#define VG_TYPE_KNOWN(type)                                VG_TYPE_WORD(VG_NINTH, type)
#define VG_TYPE_CODER(type)                                VG_TYPE_WORD(VG_TENTH, type)
#define VG_TYPE_ARGS(type)                                 VG_TYPE_WORD(VG_ELEVENTH, type)
#define VG_TYPE_WORD(nth, type)                            nth(VG_T_##type VG_UNKNOWN_TYPE)
#define VG_SECOND(...)                                     VG_SECOND_(__VA_ARGS__)
#define VG_SECOND_(a, b, ...)                              b
#define VG_THIRD(...)                                      VG_THIRD_(__VA_ARGS__)
#define VG_THIRD_(a, b, c, ...)                            c
#define VG_FOURTH(...)                                     VG_FOURTH_(__VA_ARGS__)
#define VG_FOURTH_(a, b, c, d, ...)                        d
#define VG_FIFTH(...)                                      VG_FIFTH_(__VA_ARGS__)
#define VG_FIFTH_(a, b, c, d, e, ...)                      e
#define VG_SIXTH(...)                                      VG_SIXTH_(__VA_ARGS__)
#define VG_SIXTH_(a, b, c, d, e, f, ...)                   f
#define VG_SEVENTH(...)                                    VG_SEVENTH_(__VA_ARGS__)
#define VG_SEVENTH_(a, b, c, d, e, f, g, ...)              g
#define VG_EIGHTH(...)                                     VG_EIGHTH_(__VA_ARGS__)
#define VG_EIGHTH_(a, b, c, d, e, f, g, h, ...)            h
#define VG_NINTH(...)                                      VG_NINTH_(__VA_ARGS__)
#define VG_NINTH_(a, b, c, d, e, f, g, h, i, ...)          i
#define VG_TENTH(...)                                      VG_TENTH_(__VA_ARGS__)
#define VG_TENTH_(a, b, c, d, e, f, g, h, i, j, ...)       j
#define VG_ELEVENTH(...)                                   VG_ELEVENTH_(__VA_ARGS__)
#define VG_ELEVENTH_(a, b, c, d, e, f, g, h, i, j, k, ...) k
enum { VG_NO_ARGS, VG_LENGTH_ARG = 0, VG_PRECISION_ARG = 0 };
#define VG_NO_ARGS(...)              VG_REQUIRE(0, "the column's type takes no argument")
#define VG_LENGTH_ARG(n)             (n)
#define VG_PRECISION_ARG(...)        VG_PRECISION_ARG_(__VA_ARGS__, 0, 0)
#define VG_PRECISION_ARG_(p, s, ...) ((p) << 8 | (s))

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
#define VG_MF_CHECKED , 1, | VG_F_CHECKED
#define VG_MI_CHECKED
#define VG_MK_CHECKED
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
#define VG_MI_DEFAULT_FN(fn) , .default_fn = VG_CHECKED_FN(fn, "DEFAULT_FN(" #fn ")")
#define VG_MK_DEFAULT_FN(fn)
#define VG_MF_ON_UPDATE_FN(fn) , 1, | VG_F_UPDATE_FN
#define VG_MI_ON_UPDATE_FN(fn) , .update_fn = VG_CHECKED_FN(fn, "ON_UPDATE_FN(" #fn ")")
#define VG_MK_ON_UPDATE_FN(fn)
#define VG_CHECKED_FN(fn, text)                                                     \
    __builtin_choose_expr(                                                          \
        VG_REQUIRE(__builtin_types_compatible_p(__typeof__(&*(fn)), vg_default_fn), \
                   text ": not a vg_default_fn") == 0,                              \
        (fn), NULL)
#define VG_MF_GENERATED(kind, ...) , 1, | VG_F_GENERATED | VG_GENERATED_##kind, vg_e_yes
#define VG_MI_GENERATED(kind, ...) , .generated = "" __VA_ARGS__ ""
#define VG_MK_GENERATED(kind, ...)
#define VG_GENERATED_STORED  VG_F_STORED
#define VG_GENERATED_VIRTUAL 0
/* 1 if one of the modifiers is GENERATED: then the list above has a fourth element. */
#define VG_HAS_GENERATED(...) VG_SECOND(VG_WORDS(VG_MG, , __VA_ARGS__), 0, )
#define VG_MG(c, m)           VG_MG_OF(VG_FOURTH(VG_MF_##m, , , , ))
#define VG_MG_OF(x)           VG_MG_OF_(x)
#define VG_MG_OF_(x)          VG_MG_##x
#define VG_MG_
#define VG_MG_vg_e_yes   , 1
#define VG_MF_NAME(name) , 1,
#define VG_MI_NAME(name) , .db_name = "" name ""
#define VG_MK_NAME(name)
#define VG_MF_SQL_TYPE(type) , 1,
#define VG_MI_SQL_TYPE(type) , .sql_type = "" type ""
#define VG_MK_SQL_TYPE(type)
#define VG_MF_MODE(m) , 1, | (VG_MODE_##m == VG_MODE_BLOB) * VG_F_CODED
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

/* VG_CASING: known words are a list as above, 1 and the number of what to do. Then the rule
 * and room for the name that it makes, which may be twice as long as `text`. */
#define VG_CASING_OF_AS_IN_C       , 1, 0
#define VG_CASING_OF_SNAKE_CASE    , 1, 1
#define VG_CASING_OF_CAMEL_CASE    , 1, 2
#define VG_CASING_OF_VG_AS_IN_C    VG_CASING_OF_AS_IN_C
#define VG_CASING_OF_VG_SNAKE_CASE VG_CASING_OF_SNAKE_CASE
#define VG_CASING_OF_VG_CAMEL_CASE VG_CASING_OF_CAMEL_CASE
#define VG_CASING_IS_KNOWN         VG_SECOND(VG_CAT(VG_CASING_OF_, VG_CASING), 0, )
#define VG_CASED(text) \
    VG_CAT(VG_CASED_, VG_THIRD(VG_CAT(VG_CASING_OF_, VG_CASING), 0, 0, ))(text)
#define VG_CASED_0(text)
#define VG_CASED_1(text)    .casing = VG_CASING_SNAKE, VG_CASED_ROOM(text)
#define VG_CASED_2(text)    .casing = VG_CASING_CAMEL, VG_CASED_ROOM(text)
#define VG_CASED_ROOM(text) .cased = (char[2 * sizeof(text)]){0},
#define VG_CHECK_CASING(what)          \
    _Static_assert(VG_CASING_IS_KNOWN, \
                   what ": VG_CASING is AS_IN_C, SNAKE_CASE or CAMEL_CASE");
