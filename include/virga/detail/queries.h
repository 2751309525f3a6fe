/* QUERY: the list of parameters is read several times, once for each thing that a query
 * makes. See registry.h for what that is. */
#pragma once
#pragma GCC system_header

/* Parameters. Known words expand to a list whose first element is empty, as in columns.h:
 * 1, class, C type, what makes a vg_value of name and coder, vg_type, may be NULL, C type in
 * a row, its list. The parentheses that follow the word in PARAMS hold the name: VG_UNPACK
 * opens them. Types with a coder take their parentheses themselves and yield name and coder
 * last; of the others what follows the name is the 0 of VG_UNKNOWN_PARAMETER. */
/* clang-format off */
#define VG_PAR_INTEGER       VG_PAR_AS(int, int64_t, int, INTEGER, 0, int64_t, int)
#define VG_PAR_REAL          VG_PAR_AS(real, double, real, REAL, 0, double, real)
#define VG_PAR_TEXT          VG_PAR_AS(text, const char *, text, TEXT, 0, const char *, text)
#define VG_PAR_STR           VG_PAR_AS(text, vg_str, str, TEXT, 0, const char *, text)
#define VG_PAR_NUMERIC       VG_PAR_AS(numeric, const char *, text, NUMERIC, 0, const char *, text)
#define VG_PAR_JSON          VG_PAR_AS(json, const char *, text, JSON, 0, const char *, text)
#define VG_PAR_BOOLEAN       VG_PAR_AS(predicate, bool, bool, BOOLEAN, 0, bool, bool)
#define VG_PAR_BLOB          VG_PAR_AS(blob, vg_bytes, bytes, BLOB, 0, vg_bytes, bytes)
#define VG_PAR_UUID          VG_PAR_AS(uuid_expr, const vg_uuid *, uuid, UUID, 0, vg_uuid, uuid)
#define VG_PAR_TIMESTAMP     VG_PAR_AS(time, vg_timestamp, time, TIMESTAMP, 0, vg_timestamp, time)
#define VG_PAR_DATE          VG_PAR_AS(time, vg_timestamp, time, DATE, 0, vg_timestamp, time)
#define VG_PAR_OPT_INTEGER VG_PAR_AS(int_null, vg_opt_int, opt_int, INTEGER, 1, vg_opt_int, opt_int)
#define VG_PAR_OPT_REAL VG_PAR_AS(real_null, vg_opt_real, opt_real, REAL, 1, vg_opt_real, opt_real)
#define VG_PAR_OPT_TEXT VG_PAR_AS(text_null, const char *, text, TEXT, 1, const char *, text)
#define VG_PAR_OPT_STR VG_PAR_AS(text_null, vg_str, str, TEXT, 1, const char *, text)
#define VG_PAR_OPT_NUMERIC \
    VG_PAR_AS(numeric_null, const char *, text, NUMERIC, 1, const char *, text)
#define VG_PAR_OPT_JSON VG_PAR_AS(json_null, const char *, text, JSON, 1, const char *, text)
#define VG_PAR_OPT_BOOLEAN \
    VG_PAR_AS(predicate_null, vg_opt_bool, opt_bool, BOOLEAN, 1, vg_opt_bool, opt_bool)
#define VG_PAR_OPT_BLOB VG_PAR_AS(blob_null, vg_bytes, bytes, BLOB, 1, vg_bytes, bytes)
#define VG_PAR_OPT_UUID \
    VG_PAR_AS(uuid_expr_null, const vg_opt_uuid *, opt_uuid, UUID, 1, vg_opt_uuid, opt_uuid)
#define VG_PAR_OPT_TIMESTAMP \
    VG_PAR_AS(time_null, vg_opt_time, opt_time, TIMESTAMP, 1, vg_opt_time, opt_time)
#define VG_PAR_OPT_DATE VG_PAR_AS(time_null, vg_opt_time, opt_time, DATE, 1, vg_opt_time, opt_time)
#define VG_PAR_AS(class, c, of, type, null, row, list) \
    , 1, vg_##class, c, vg_of_##of VG_ARG_PLAIN, VG_TYPE_##type, null, row, vg_##list##_list, \
        VG_UNPACK
#define VG_ARG_PLAIN(name, coder) (name)
#define VG_PAR_ENUM_TEXT(e, name)        VG_PAR_ENUM(e, ENUM_TEXT, name)
#define VG_PAR_ENUM_INTEGER(e, name)     VG_PAR_ENUM(e, ENUM_INTEGER, name)
#define VG_PAR_OPT_ENUM_TEXT(e, name)    VG_PAR_OPT_ENUM(e, ENUM_TEXT, name)
#define VG_PAR_OPT_ENUM_INTEGER(e, name) VG_PAR_OPT_ENUM(e, ENUM_INTEGER, name)
#define VG_PAR_CUSTOM(c, name)           VG_PAR_CODED(custom, c, 0, name)
#define VG_PAR_OPT_CUSTOM(c, name)       VG_PAR_CODED(custom_null, c, 1, name)
#define VG_PAR_ENUM(e, type, name) \
    , 1, vg_enum_expr, enum e, vg_of_int VG_ARG_PLAIN, VG_TYPE_##type, 0, , , name, &vg_coder_##e
#define VG_PAR_OPT_ENUM(e, type, name) \
    , 1, vg_enum_expr_null, vg_opt_int, vg_of_opt_int VG_ARG_PLAIN, VG_TYPE_##type, 1, , , name, \
        &vg_coder_##e
#define VG_PAR_CODED(class, c, null, name) \
    , 1, vg_##class, const vg_c_##c *, VG_ARG_CODED, VG_TYPE_CUSTOM, null, , , name, &vg_coder_##c
#define VG_ARG_CODED(name, coder) vg_of_encoded((vg_encoded){&(const vg_encoding){coder, name}})
#define VG_UNKNOWN_PARAMETER \
    , 0, vg_int, int64_t, vg_of_int VG_ARG_PLAIN, VG_TYPE_INTEGER, 0, int64_t, vg_int_list, \
        vg_unknown, 0

/* PARAMS(INTEGER(id), TEXT(name)) becomes (INTEGER(id), TEXT(name)), to be put after one of
 * the macros that read it. */
#define VG_PARAMETERS_PARAMS(...) (__VA_ARGS__)

/* VG_ARG(VG_ARG_DECLARE, e): what VG_ARG_DECLARE makes of the parameter e. */
#define VG_ARG(what, e) VG_ARG_(what, VG_PAR_##e VG_UNKNOWN_PARAMETER)
#define VG_ARG_(...) VG_ARG__(__VA_ARGS__)
#define VG_ARG__(what, none, known, class, c, of, type, null, row, list, name, coder, ...) \
    what(known, class, c, of, type, null, name, coder)

/* Each is refused on its own if it is no parameter. */
#define VG_ARGS_CHECK(...) VG_EACH(VG_EACH_CHECK, , __VA_ARGS__)
#define VG_EACH_CHECK(c, e) \
    _Static_assert(VG_ARG(VG_ARG_KNOWN, e), \
                   "PARAMS: " #e " is no parameter, such as TEXT(name)");
#define VG_ARG_KNOWN(known, class, c, of, type, null, name, coder) known

/* The function's own parameters. */
#define VG_ARGS_DECLARE(...) VG_EACH(VG_EACH_DECLARE, , __VA_ARGS__)
#define VG_EACH_DECLARE(c, e) VG_ARG(VG_ARG_DECLARE, e)
#define VG_ARG_DECLARE(known, class, c, of, type, null, name, coder) , c name

/* Their values. */
#define VG_ARGS_VALUES(...) \
    VG_CAT(VG_ARGS_VALUES_, __VA_OPT__(SOME))(VG_EACH(VG_EACH_VALUE, , __VA_ARGS__))
#define VG_ARGS_VALUES_(...) NULL
#define VG_ARGS_VALUES_SOME(...) \
    (const vg_value[])           \
    {                            \
        __VA_ARGS__              \
    }
#define VG_EACH_VALUE(c, e) VG_ARG(VG_ARG_VALUE, e)
#define VG_ARG_VALUE(known, class, c, of, type, null, name, coder) of(name, coder),

/* The placeholders that the statement sees under the same names. */
#define VG_ARGS_INDEX(...) VG_EACH(VG_EACH_INDEX, , __VA_ARGS__)
#define VG_EACH_INDEX(c, e) VG_ARG(VG_ARG_INDEX, e)
#define VG_ARG_INDEX(known, class, c, of, type, null, name, coder) vg_index_##name,
#define VG_ARGS_NODES(...) VG_EACH(VG_EACH_NODE, , __VA_ARGS__)
#define VG_EACH_NODE(c, e) VG_ARG(VG_ARG_NODE, e)
#define VG_ARG_NODE(known, class, c, of, type, null, name, coder) \
    {VG_OP_PARAM, type, vg_index_##name, &vg_codecs[vg_index_##name], {{null}, 0}},
#define VG_ARGS_CODECS(...) VG_EACH(VG_EACH_CODEC, , __VA_ARGS__)
#define VG_EACH_CODEC(c, e) VG_ARG(VG_ARG_CODEC, e)
#define VG_ARG_CODEC(known, class, c, of, type_, null, name_, coder_) \
    {.name = #name_, .type = type_, .coder = coder_},
#define VG_ARGS_LOCALS(...) VG_EACH(VG_EACH_LOCAL, , __VA_ARGS__)
#define VG_EACH_LOCAL(c, e) VG_ARG(VG_ARG_LOCAL, e)
#define VG_ARG_LOCAL(known, class, c, of, type, null, name, coder) \
    const class name __attribute__((unused)) = {&vg_nodes[vg_index_##name]};

/* And what a list of queries says about them. */
#define VG_ARGS_DESCRIBE(...) VG_EACH(VG_EACH_DESCRIBE, , __VA_ARGS__)
#define VG_EACH_DESCRIBE(c, e) VG_ARG(VG_ARG_DESCRIBE, e)
#define VG_ARG_DESCRIBE(known, class, c, of, type, null, name, coder) {#name, type, null},
#define VG_ARGS_COUNT(...) (0 VG_EACH(VG_EACH_COUNT, , __VA_ARGS__))
#define VG_EACH_COUNT(c, e) +1

/* Results: (kind, what a row is). Then the kind, the function's arguments, the type of its
 * rows, the call. */
#define VG_RESULT_OF_ALL(x) (vg_r_all, x)
#define VG_RESULT_OF_ONE(x) (vg_r_one, x)
#define VG_RESULT_OF_GET(x) (vg_r_get, x)
#define VG_RESULT_OF_EACH(x) (vg_r_each, x)
#define VG_RESULT_OF_EXEC (vg_r_exec, 0)

#define VG_KIND_vg_r_all(name, x) VG_RESULT_LIST
#define VG_KIND_vg_r_one(name, x) VG_RESULT_ROW
#define VG_KIND_vg_r_get(name, x) VG_RESULT_INTO
#define VG_KIND_vg_r_each(name, x) VG_RESULT_ROWS
#define VG_KIND_vg_r_exec(name, x) VG_RESULT_NONE

#define VG_OUT_vg_r_all(name, x) , vg_arena *vg_arena_, VG_LIST_OF(x) *vg_out_
#define VG_OUT_vg_r_one(name, x) , vg_arena *vg_arena_, VG_ROW_TYPE(x) **vg_out_
#define VG_OUT_vg_r_get(name, x) , vg_arena *vg_arena_, VG_ROW_TYPE(x) *vg_out_
#define VG_OUT_vg_r_each(name, x) , vg_cursor **vg_cursor_, VG_ROW_TYPE(x) **vg_out_
#define VG_OUT_vg_r_exec(name, x)

/* How the rows are checked, and what they must be. */
#define VG_CHECK_vg_r_all(name, x) VG_CHECK_ROWS, ((VG_LIST_OF(x) *)0)->data
#define VG_CHECK_vg_r_one(name, x) VG_CHECK_ROWS, (VG_ROW_TYPE(x) *)0
#define VG_CHECK_vg_r_get(name, x) VG_CHECK_ROWS, (VG_ROW_TYPE(x) *)0
#define VG_CHECK_vg_r_each(name, x) VG_CHECK_ROWS, (VG_ROW_TYPE(x) *)0
#define VG_CHECK_vg_r_exec(name, x) VG_CHECK_NONE, 0
#define VG_CHECKED(...) VG_CHECKED_(__VA_ARGS__)
#define VG_CHECKED_(check, row, text, ...) check(row, text, __VA_ARGS__)
#define VG_CHECK_ROWS(row, text, ...) VG_SAME_ROW(row, "QUERY(" text ")", __VA_ARGS__)
#define VG_CHECK_NONE(row, text, ...) 0

#define VG_CALL_vg_r_all(name, x) \
    vg_run_registered(vg_db_, VG_CALLED(name), vg_arena_, vg_out_)
#define VG_CALL_vg_r_one VG_CALL_vg_r_all
#define VG_CALL_vg_r_get VG_CALL_vg_r_all
#define VG_CALL_vg_r_each(name, x) \
    vg_run_registered_query(vg_db_, VG_CALLED(name), vg_cursor_, vg_out_)
#define VG_CALL_vg_r_exec(name, x) \
    vg_run_registered(vg_db_, VG_CALLED(name), NULL, NULL)
#define VG_CALLED(name) &name##_vg_query, vg_args_

/* A word for one value, or a shape. */
#define VG_ROW_TYPE(x) VG_CAT(VG_ROW_TYPE_, VG_SECOND_OR_0(x))(x)
#define VG_ROW_TYPE_0(x) struct x
#define VG_ROW_TYPE_1(x) VG_EIGHTH(VG_PAR_##x)
#define VG_LIST_OF(x) VG_CAT(VG_LIST_OF_, VG_SECOND_OR_0(x))(x)
#define VG_LIST_OF_0(x) x##_list
#define VG_LIST_OF_1(x) VG_NINTH(VG_PAR_##x, )
#define VG_SECOND_OR_0(x) VG_SECOND(VG_PAR_##x, 0, )

#define VG_QUERY_FUNCTION(name, result, params) \
    int name(vg_db *vg_db_ VG_ENTRY(VG_OUT, name, result) VG_ARGS_DECLARE params)

#define VG_QUERY_DEFINE(name, result, params, text, ...) \
    VG_ARGS_CHECK params VG_QUERY_FUNCTION(name, result, params);                     \
    static void name##_vg_build(vg_take_query_fn vg_take, void *vg_ctx)               \
    {                                                                                 \
        enum { VG_ARGS_INDEX params vg_index_count };                                 \
        static const vg_column vg_codecs[] = {VG_ARGS_CODECS params{0}};              \
        static const vg_node vg_nodes[] = {VG_ARGS_NODES params{0}};                  \
        VG_ARGS_LOCALS params(void) vg_nodes, (void)vg_codecs;                        \
        vg_take((char *)vg_ctx +                                                      \
                    VG_CHECKED(VG_ENTRY(VG_CHECK, name, result), text, __VA_ARGS__),  \
                VG_CAT(VG_CLAUSES_, VG_NARGS(__VA_ARGS__))(__VA_ARGS__));             \
    }                                                                                 \
    extern const vg_registered name##_vg_query __attribute__((visibility("hidden"))); \
    __attribute__((weak)) const vg_registered name##_vg_query = {                     \
        text,                                                                         \
        VG_HERE,                                                                      \
        VG_ENTRY(VG_KIND, name, result),                                              \
        VG_ARGS_COUNT params,                                                         \
        (const vg_query_param[]){VG_ARGS_DESCRIBE params{NULL, 0, 0}},                \
        name##_vg_build};                                                             \
    VG_REGISTER(name, &name##_vg_query, NULL)                                         \
    __attribute__((weak)) VG_QUERY_FUNCTION(name, result, params)                     \
    {                                                                                 \
        const vg_value *vg_args_ = VG_ARGS_VALUES params;                             \
        return VG_ENTRY(VG_CALL, name, result);                                       \
    }

/* An entry of the list, and what puts it there when the program or its library starts. */
#define VG_REGISTER(name, query, unindexed) \
    static vg_registration name##_vg_entry = {query, VG_HERE, unindexed, NULL, NULL}; \
    __attribute__((constructor)) static void name##_vg_enter(void)                    \
    {                                                                                 \
        vg_registry_add(&name##_vg_entry);                                            \
    }                                                                                 \
    __attribute__((destructor)) static void name##_vg_leave(void)                     \
    {                                                                                 \
        vg_registry_remove(&name##_vg_entry);                                         \
    }
/* clang-format on */
