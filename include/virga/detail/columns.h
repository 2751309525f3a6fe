/* COLUMN: what its type and its modifiers are pasted to. See TABLE in schema.h. */
#pragma once
#pragma GCC system_header

/* Known words expand to a list whose first element is empty. What follows them where they
 * are looked up stands for an unknown word, which stays the one token it was pasted to: so
 * an unknown word yields something harmless and one message, not an avalanche.
 *
 * A type: the words of its class, the C type of a field, the same when it may be NULL, its
 * vg_type, 1 for known, more initialisers, flags, the argument token last: TEXT(20) works
 * too. An argument token is no macro: it is pasted to VG_ARGS_. */
/* clang-format off */
#define VG_T_INTEGER   , VG_KIND_INTEGER, 1, (), 0, vg_a_none
#define VG_T_REAL      , VG_KIND_REAL, 1, (), 0, vg_a_none
#define VG_T_TEXT      , VG_KIND_TEXT, 1, (), 0, vg_a_length
#define VG_T_NUMERIC   , VG_KIND(numeric), VG_STRINGS, VG_TYPE_NUMERIC, 1, (), 0, vg_a_precision
#define VG_T_BOOLEAN   , VG_KIND(predicate), bool, vg_opt_bool, VG_TYPE_BOOLEAN, 1, (), 0, vg_a_none
#define VG_T_BLOB      , VG_KIND_BLOB, 1, (), 0, vg_a_none
#define VG_T_JSON      , VG_KIND_JSON, 1, (), 0, vg_a_none
#define VG_T_UUID      , VG_KIND(uuid_expr), vg_uuid, vg_opt_uuid, VG_TYPE_UUID, 1, (), 0, vg_a_none
#define VG_T_TIMESTAMP , VG_KIND_TIMESTAMP, 1, (), 0, vg_a_none
#define VG_T_DATE      , VG_KIND(time), vg_timestamp, vg_opt_time, VG_TYPE_DATE, 1, (), 0, vg_a_none
#define VG_T_ENUM_TEXT(...)    VG_T_ENUM(VG_TYPE_ENUM_TEXT, __VA_ARGS__, )
#define VG_T_ENUM_INTEGER(...) VG_T_ENUM(VG_TYPE_ENUM_INTEGER, __VA_ARGS__, )
#define VG_T_PG_ENUM(...)      VG_T_ENUM(VG_TYPE_ENUM_NATIVE, __VA_ARGS__, )
/* One enum, not the list of its values. */
#define VG_T_ENUM(type, e, ...) VG_CAT(VG_ENUM_TYPE_IF_, VG_NOT_EMPTY(__VA_ARGS__))(type, e)
#define VG_ENUM_TYPE_IF_X(type, e) vg_no_enum
#define VG_ENUM_TYPE_IF_(type, e) , VG_KIND(enum_expr), enum e, vg_opt_int, type, 1, \
    (.coder = &vg_coder_##e,), VG_F_CODED, vg_a_none
#define VG_T_CUSTOM(c) , VG_KIND(custom), vg_c_##c, c##_opt, VG_TYPE_CUSTOM, 1, \
    (.coder = &vg_coder_##c,), VG_F_CODED, vg_a_none
#define VG_UNKNOWN_TYPE , VG_KIND_INTEGER, 0, (), 0, vg_a_none
/* Of some databases only: VG_NATIVES in native.h. */
#define VG_T_SMALLINT , VG_KIND_INTEGER, 1, (.native = VG_NATIVE_SMALLINT,), \
    VG_F_NATIVE, vg_a_none
#define VG_T_INT , VG_KIND_INTEGER, 1, (.native = VG_NATIVE_INT,), \
    VG_F_NATIVE, vg_a_none
#define VG_T_BIGINT , VG_KIND_INTEGER, 1, (.native = VG_NATIVE_BIGINT,), \
    VG_F_NATIVE, vg_a_none
#define VG_T_SMALLSERIAL , VG_KIND_INTEGER, 1, (.native = VG_NATIVE_SMALLSERIAL,), \
    VG_F_SERIAL, vg_a_none
#define VG_T_SERIAL , VG_KIND_INTEGER, 1, (.native = VG_NATIVE_SERIAL,), \
    VG_F_SERIAL, vg_a_none
#define VG_T_BIGSERIAL , VG_KIND_INTEGER, 1, (.native = VG_NATIVE_BIGSERIAL,), \
    VG_F_SERIAL, vg_a_none
#define VG_T_FLOAT4 , VG_KIND_REAL, 1, (.native = VG_NATIVE_FLOAT4,), \
    VG_F_NATIVE, vg_a_none
#define VG_T_DOUBLE , VG_KIND_REAL, 1, (.native = VG_NATIVE_DOUBLE,), \
    VG_F_NATIVE, vg_a_none
#define VG_T_VARCHAR , VG_KIND_TEXT, 1, (.native = VG_NATIVE_VARCHAR,), \
    VG_F_NATIVE, vg_a_length
#define VG_T_CHAR , VG_KIND_TEXT, 1, (.native = VG_NATIVE_CHAR,), \
    VG_F_NATIVE, vg_a_length
#define VG_T_CITEXT , VG_KIND_TEXT, 1, (.native = VG_NATIVE_CITEXT,), \
    VG_F_NATIVE, vg_a_none
#define VG_T_JSONB , VG_KIND_JSON, 1, (.native = VG_NATIVE_JSONB,), \
    VG_F_NATIVE, vg_a_none
#define VG_T_JSON_TEXT , VG_KIND_JSON, 1, (.native = VG_NATIVE_JSON_TEXT,), \
    VG_F_NATIVE, vg_a_none
#define VG_T_BYTEA , VG_KIND_BLOB, 1, (.native = VG_NATIVE_BYTEA,), \
    VG_F_NATIVE, vg_a_none
#define VG_T_TIMESTAMPTZ , VG_KIND_TIMESTAMP, 1, (.native = VG_NATIVE_TIMESTAMPTZ,), \
    VG_F_NATIVE, vg_a_digits
#define VG_T_TIMESTAMP_LOCAL , VG_KIND_TIMESTAMP, 1, (.native = VG_NATIVE_TIMESTAMP_LOCAL,), \
    VG_F_NATIVE, vg_a_digits
#define VG_T_TIME , VG_KIND_DAYTIME, 1, (.native = VG_NATIVE_TIME,), \
    VG_F_NATIVE, vg_a_digits
#define VG_T_TIMETZ , VG_KIND_DAYTIME, 1, (.native = VG_NATIVE_TIMETZ,), \
    VG_F_NATIVE, vg_a_digits
#define VG_T_INTERVAL , VG_KIND_INTERVAL, 1, (.native = VG_NATIVE_INTERVAL,), \
    VG_F_NATIVE, vg_a_fields
#define VG_T_POINT , VG_KIND_POINT, 1, (.native = VG_NATIVE_POINT,), \
    VG_F_NATIVE, vg_a_none
#define VG_T_LINE , VG_KIND_NATIVE, 1, (.native = VG_NATIVE_LINE,), \
    VG_F_NATIVE, vg_a_none
#define VG_T_LSEG , VG_KIND_NATIVE, 1, (.native = VG_NATIVE_LSEG,), \
    VG_F_NATIVE, vg_a_none
#define VG_T_BOX , VG_KIND_NATIVE, 1, (.native = VG_NATIVE_BOX,), \
    VG_F_NATIVE, vg_a_none
#define VG_T_PATH , VG_KIND_NATIVE, 1, (.native = VG_NATIVE_PATH,), \
    VG_F_NATIVE, vg_a_none
#define VG_T_POLYGON , VG_KIND_NATIVE, 1, (.native = VG_NATIVE_POLYGON,), \
    VG_F_NATIVE, vg_a_none
#define VG_T_CIRCLE , VG_KIND_NATIVE, 1, (.native = VG_NATIVE_CIRCLE,), \
    VG_F_NATIVE, vg_a_none
#define VG_T_INET , VG_KIND_NATIVE, 1, (.native = VG_NATIVE_INET,), \
    VG_F_NATIVE, vg_a_none
#define VG_T_CIDR , VG_KIND_NATIVE, 1, (.native = VG_NATIVE_CIDR,), \
    VG_F_NATIVE, vg_a_none
#define VG_T_MACADDR , VG_KIND_NATIVE, 1, (.native = VG_NATIVE_MACADDR,), \
    VG_F_NATIVE, vg_a_none
#define VG_T_MACADDR8 , VG_KIND_NATIVE, 1, (.native = VG_NATIVE_MACADDR8,), \
    VG_F_NATIVE, vg_a_none
#define VG_T_BIT , VG_KIND_NATIVE, 1, (.native = VG_NATIVE_BIT,), \
    VG_F_NATIVE, vg_a_length
#define VG_T_VARBIT , VG_KIND_NATIVE, 1, (.native = VG_NATIVE_VARBIT,), \
    VG_F_NATIVE, vg_a_length
#define VG_T_MONEY , VG_KIND_NATIVE, 1, (.native = VG_NATIVE_MONEY,), \
    VG_F_NATIVE, vg_a_none
#define VG_T_XML , VG_KIND_NATIVE, 1, (.native = VG_NATIVE_XML,), \
    VG_F_NATIVE, vg_a_none
#define VG_T_TSVECTOR , VG_KIND_NATIVE, 1, (.native = VG_NATIVE_TSVECTOR,), \
    VG_F_NATIVE, vg_a_none
#define VG_T_TSQUERY , VG_KIND_NATIVE, 1, (.native = VG_NATIVE_TSQUERY,), \
    VG_F_NATIVE, vg_a_none
#define VG_T_INT4RANGE , VG_KIND_NATIVE, 1, (.native = VG_NATIVE_INT4RANGE,), \
    VG_F_NATIVE, vg_a_none
#define VG_T_INT8RANGE , VG_KIND_NATIVE, 1, (.native = VG_NATIVE_INT8RANGE,), \
    VG_F_NATIVE, vg_a_none
#define VG_T_NUMRANGE , VG_KIND_NATIVE, 1, (.native = VG_NATIVE_NUMRANGE,), \
    VG_F_NATIVE, vg_a_none
#define VG_T_DATERANGE , VG_KIND_NATIVE, 1, (.native = VG_NATIVE_DATERANGE,), \
    VG_F_NATIVE, vg_a_none
#define VG_T_TSRANGE , VG_KIND_NATIVE, 1, (.native = VG_NATIVE_TSRANGE,), \
    VG_F_NATIVE, vg_a_none
#define VG_T_TSTZRANGE , VG_KIND_NATIVE, 1, (.native = VG_NATIVE_TSTZRANGE,), \
    VG_F_NATIVE, vg_a_none
#define VG_T_HSTORE , VG_KIND_NATIVE, 1, (.native = VG_NATIVE_HSTORE,), \
    VG_F_NATIVE, vg_a_none
#define VG_T_LTREE , VG_KIND_NATIVE, 1, (.native = VG_NATIVE_LTREE,), \
    VG_F_NATIVE, vg_a_none
#define VG_T_VECTOR , VG_KIND_NATIVE, 1, (.native = VG_NATIVE_VECTOR,), \
    VG_F_NATIVE, vg_a_length
#define VG_T_HALFVEC , VG_KIND_NATIVE, 1, (.native = VG_NATIVE_HALFVEC,), \
    VG_F_NATIVE, vg_a_length
#define VG_T_SPARSEVEC , VG_KIND_NATIVE, 1, (.native = VG_NATIVE_SPARSEVEC,), \
    VG_F_NATIVE, vg_a_length
#define VG_T_GEOMETRY , VG_KIND_NATIVE, 1, (.native = VG_NATIVE_GEOMETRY,), \
    VG_F_NATIVE, vg_a_fields
#define VG_T_OTHER , VG_KIND_NATIVE, 1, (.native = VG_NATIVE_OTHER,), \
    VG_F_NATIVE, vg_a_none
#define VG_KIND_INTEGER VG_KIND(int), int64_t, vg_opt_int, VG_TYPE_INTEGER
#define VG_KIND_REAL VG_KIND(real), double, vg_opt_real, VG_TYPE_REAL
#define VG_KIND_TEXT VG_KIND(text), VG_STRINGS, VG_TYPE_TEXT
#define VG_KIND_JSON VG_KIND(json), VG_STRINGS, VG_TYPE_JSON
#define VG_KIND_BLOB VG_KIND(blob), vg_bytes, vg_bytes, VG_TYPE_BLOB
#define VG_KIND_TIMESTAMP VG_KIND(time), vg_timestamp, vg_opt_time, VG_TYPE_TIMESTAMP
#define VG_KIND_DAYTIME VG_KIND(daytime_expr), vg_daytime, vg_opt_daytime, VG_TYPE_DAYTIME
#define VG_KIND_INTERVAL VG_KIND(interval_expr), vg_interval, vg_opt_interval, VG_TYPE_INTERVAL
#define VG_KIND_POINT VG_KIND(point_expr), vg_point, vg_opt_point, VG_TYPE_POINT
#define VG_KIND_NATIVE VG_KIND(native_expr), VG_STRINGS, VG_TYPE_NATIVE
/* An array of another type: ARRAY(TEXT(20)), with two dimensions ARRAY(INTEGER, 3, 0). The
 * sizes are followed by vg_a_end, which is 0. */
#define VG_T_ARRAY(...)          VG_T_ARRAY_OF(__VA_ARGS__, vg_a_end)
#define VG_T_ARRAY_OF(type, ...) VG_T_ARRAY_(VG_ELEMENT(VG_EIGHTH, type),                 \
    VG_ELEMENT(VG_NINTH, type), VG_ELEMENT(VG_TENTH, type), VG_ELEMENT(VG_TWELFTH, type), \
    VG_NARGS(__VA_ARGS__), __VA_ARGS__)
#define VG_T_ARRAY_(of, ...)     VG_T_ARRAY__(VG_CAT(VG_ARRAY_OF_, of), of, __VA_ARGS__)
#define VG_T_ARRAY__(...)        VG_T_ARRAY___(__VA_ARGS__)
#define VG_T_ARRAY___(c, of, known, extra, args, n, ...)                                  \
    , VG_KIND(c##_expr), vg_##c, vg_##c, VG_TYPE_ARRAY, known,                            \
    (VG_UNPACK extra .element = of, .dimensions = n > 1 ? n - 1 : 1,                      \
     .sizes = n > 1 ? (const int32_t[]){__VA_ARGS__} : NULL,), VG_F_NATIVE, args
#define VG_ELEMENT(nth, type) nth(VG_T_##type VG_UNKNOWN_TYPE)
#define VG_ARRAY_OF_VG_TYPE_INTEGER int_array
#define VG_ARRAY_OF_VG_TYPE_REAL real_array
#define VG_ARRAY_OF_VG_TYPE_TEXT text_array
#define VG_ARRAY_OF_VG_TYPE_NUMERIC text_array
#define VG_ARRAY_OF_VG_TYPE_BOOLEAN bool_array
#define VG_ARRAY_OF_VG_TYPE_BLOB blob_array
#define VG_ARRAY_OF_VG_TYPE_JSON text_array
#define VG_ARRAY_OF_VG_TYPE_UUID uuid_array
#define VG_ARRAY_OF_VG_TYPE_TIMESTAMP time_array
#define VG_ARRAY_OF_VG_TYPE_DATE time_array
#define VG_ARRAY_OF_VG_TYPE_DAYTIME text_array
#define VG_ARRAY_OF_VG_TYPE_INTERVAL text_array
#define VG_ARRAY_OF_VG_TYPE_POINT text_array
#define VG_ARRAY_OF_VG_TYPE_NATIVE text_array
#define VG_ARRAY_OF_VG_TYPE_ENUM_NATIVE text_array
#define VG_ARRAY_OF_VG_TYPE_ENUM_TEXT text_array
#define VG_ARRAY_OF_VG_TYPE_ENUM_INTEGER int_array
#define VG_ARRAY_OF_VG_TYPE_CUSTOM text_array
#define VG_ARRAY_OF_VG_TYPE_ARRAY text_array
enum { vg_a_end };
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
#define VG_TYPE_EXTRA(type)                                VG_TYPE_WORD(VG_TENTH_OPEN, type)
#define VG_TYPE_FLAGS(type)                                VG_TYPE_WORD(VG_ELEVENTH, type)
#define VG_TYPE_ARGS(type)                                 VG_TYPE_WORD(VG_TWELFTH_ARGS, type)
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
/* In a list of initialisers: .coder = ..., or nothing. */
#define VG_TENTH_OPEN(...)                                        VG_TENTH_OPEN_(__VA_ARGS__)
#define VG_TENTH_OPEN_(a, b, c, d, e, f, g, h, i, j, ...)         VG_UNPACK j
#define VG_TWELFTH(...)                                           VG_TWELFTH_(__VA_ARGS__)
#define VG_TWELFTH_(a, b, c, d, e, f, g, h, i, j, k, l, ...)      l
#define VG_TWELFTH_ARGS(...)                                      VG_TWELFTH_ARGS_(__VA_ARGS__)
#define VG_TWELFTH_ARGS_(a, b, c, d, e, f, g, h, i, j, k, l, ...) VG_ARGS_##l
/* The arguments: a constant where there are none. */
enum {
    VG_ARGS_vg_a_none,
    VG_ARGS_vg_a_length = 0,
    VG_ARGS_vg_a_digits = 0,
    VG_ARGS_vg_a_precision = 0,
    VG_ARGS_vg_a_fields = 0
};
#define VG_ARGS_vg_a_none(...)       VG_REQUIRE(0, "the column's type takes no argument")
#define VG_ARGS_vg_a_length(n)       (n)
#define VG_ARGS_vg_a_digits(n)       ((n) + 1)
#define VG_ARGS_vg_a_fields(text)    0, .fields = "" text ""
#define VG_ARGS_vg_a_precision(...)  VG_PRECISION_ARG_(__VA_ARGS__, 0, 0)
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
#define VG_MG_vg_e_yes , 1
/* UNIQUE where two NULLs are the same. */
#define VG_MF_UNIQUE_NULLS_NOT_DISTINCT , 1, | VG_NULLS_UNIQUE_FLAG
#define VG_MI_UNIQUE_NULLS_NOT_DISTINCT \
    , .nulls_not_distinct = true, .unique_name = (const void *)VG_NULLS_UNIQUE_NAME
#define VG_MK_UNIQUE_NULLS_NOT_DISTINCT &VG_NULLS_UNIQUE_CLASS
enum {
    VG_NULLS_UNIQUE_FLAG = VG_F_UNIQUE,
    VG_NULLS_UNIQUE_NAME = 0,
    VG_NULLS_UNIQUE_CLASS = VG_K_ANY
};
#define VG_NULLS_UNIQUE_FLAG(name)  VG_F_UNIQUE
#define VG_NULLS_UNIQUE_NAME(name)  "" name ""
#define VG_NULLS_UNIQUE_CLASS(name) VG_K_ANY
#define VG_MF_DEFAULT_RANDOM        , 1, | VG_F_DEFAULT
#define VG_MI_DEFAULT_RANDOM        , .default_sql = vg_default_random
#define VG_MK_DEFAULT_RANDOM        &VG_K_uuid_expr
/* IDENTITY(ALWAYS, START_WITH(100), ...) */
#define VG_MF_IDENTITY(...) , 1, | VG_F_NOT_NULL | VG_F_FILLED
#define VG_MI_IDENTITY(...)                         \
    , .identity = &(const vg_sequence_options)      \
    {                                               \
        VG_INNER(VG_SEQUENCE_OPTION, , __VA_ARGS__) \
    }
#define VG_MK_IDENTITY(...) &VG_K_int
#define VG_SEQUENCE_OPTION(c, o) \
    VG_SEQUENCE_READ(VG_SEQ_##o, (VG_NO_SEQUENCE_OPTION(#o)), )
#define VG_SEQUENCE_READ(...)              VG_SEQUENCE_READ_(__VA_ARGS__)
#define VG_SEQUENCE_READ_(none, init, ...) VG_UNPACK init,
#define VG_NO_SEQUENCE_OPTION(text) \
    .cycle = VG_REQUIRE(0, "IDENTITY: it has no option " text)
#define VG_SEQ_ALWAYS          , (.always = true)
#define VG_SEQ_BY_DEFAULT      , (.always = false)
#define VG_SEQ_NAME(text)      , (.name = "" text "")
#define VG_SEQ_INCREMENT_BY(n) , (.increment = {true, n})
#define VG_SEQ_MINVALUE(n)     , (.min = {true, n})
#define VG_SEQ_MAXVALUE(n)     , (.max = {true, n})
#define VG_SEQ_START_WITH(n)   , (.start = {true, n})
#define VG_SEQ_CACHE_SIZE(n)   , (.cache = {true, n})
#define VG_SEQ_CYCLE           , (.cycle = true)
#define VG_MF_NAME(name)       , 1,
#define VG_MI_NAME(name)       , .db_name = "" name ""
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
#define VG_CHECKED_COLUMN(table, col) \
    &#col[VG_IS_BARE(table, col) + 0 * VG_AT(table, col)]
#define VG_COLUMN_TEXT(table, col) #col
#define VG_ACT_VG_LAST_ACTION
#define VG_MK_REFERENCES_LATER(...)
#define VG_ACT(c, a)              VG_ACT_##a
#define VG_ACT_ON_DELETE(a)       , .on_delete = VG_ACTION_##a
#define VG_ACT_ON_UPDATE(a)       , .on_update = VG_ACTION_##a
#define VG_ACT_DEFERRABLE         , .deferrable = VG_DEFERRABLE
#define VG_ACT_INITIALLY_DEFERRED , .deferrable = VG_INITIALLY_DEFERRED

#define VG_LITERAL(v)                                                                         \
    {                                                                                         \
        _Generic(v, char *: VG_V_TEXT, const char *: VG_V_TEXT, float: VG_V_REAL,           \
              double: VG_V_REAL, default: VG_V_INT),                                     \
     _Generic(v, char *: 0, const char *: 0, float: 0, double: 0, default: v),           \
     _Generic(v, float: v, double: v, default: 0),                                       \
     _Generic(v, char *: v, const char *: v, default: 0) \
    }
#define VG_LITERAL_CLASS(v) \
    _Generic(v, char *: VG_K_STRING | VG_K_blob | VG_K_time | VG_K_uuid_expr | VG_K_object, \
             const char *: VG_K_STRING | VG_K_blob | VG_K_time | VG_K_uuid_expr | VG_K_object, \
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
