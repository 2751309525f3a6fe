/* PROJECTION: its list of fields, read as TABLE's is (tables.h): vg_e_fld an expression,
 * vg_e_fas the same with its column type, vg_e_row a row by value, vg_e_opt a pointer to
 * one, vg_e_unk no entry. */
#pragma once
#pragma GCC system_header

#define VG_PROJECTION_OF(...) VG_PROJECTION_OF_(__VA_ARGS__)
#define VG_PROJECTION_OF_(t, ...)                                                     \
    VG_OVERRIDES_BEGIN                                                                \
    VG_CHECK_CASING("PROJECTION(" #t ")")                                             \
    extern const struct t##_vg t __asm__("vg_object_" #t);                            \
    extern const struct t##_vg t##_vg_rows __asm__("vg_object_" #t);                  \
    enum {                                                                            \
        VG_EACH(VG_FIELD_INDEX, t, __VA_ARGS__) VG_N_##t,                             \
        VG_KIND_##t = VG_A_PROJECTION,                                                \
        VG_NEED_##t = 0                                                               \
    };                                                                                \
    VG_OBJECT_TYPE(t, struct t, VG_EACH(VG_FIELD_HANDLE, t, __VA_ARGS__), )           \
    struct t {                                                                        \
        VG_EACH(VG_FIELD_TYPE, t, __VA_ARGS__)                                        \
    };                                                                                \
    typedef struct {                                                                  \
        struct t *data;                                                               \
        size_t len;                                                                   \
    } t##_list;                                                                       \
    void t##_vg_fields(vg_yield_fn, void *);                                          \
    __attribute__((weak)) void t##_vg_fields(vg_yield_fn yield, void *ctx)            \
    {                                                                                 \
        yield(ctx, (const vg_node *const[]){VG_EACH(VG_FIELD_NODE, t, __VA_ARGS__)}); \
    }                                                                                 \
    __attribute__((weak)) const struct t##_vg t = {                                   \
        .vg_shape = {.kind = VG_SHAPE_PROJECTION,                                     \
                     .column_count = VG_N_##t,                                        \
                     .row_size = sizeof(struct t),                                    \
                     .has_coder = true,                                               \
                     .name = #t,                                                      \
                     .columns = t.vg_columns,                                         \
                     .nodes = t.vg_nodes,                                             \
                     .fields = t##_vg_fields},                                        \
        .vg_handles = {VG_REPEAT_64(VG_ALIAS_HANDLE, t, VG_N_##t)},                   \
        .vg_columns = {VG_EACH(VG_FIELD_DESCRIBE, t, __VA_ARGS__)},                   \
        .vg_nodes = {VG_REPEAT_64(VG_ALIAS_NODE, t, VG_N_##t)}};                      \
    VG_OVERRIDES_END

/* Entries of PROJECTION. */
#define VG_PART_FIELD(name, ...)          (vg_e_fld, name, (__VA_ARGS__))
#define VG_PART_FIELD_AS(name, type, ...) (vg_e_fas, name, (__VA_ARGS__), type)
#define VG_PART_ROW(name, shape)          (vg_e_row, name, shape)
#define VG_PART_OPT_ROW(name, shape)      (vg_e_opt, name, shape)

#define VG_FIELD_INDEX(t, e) VG_ENTRY(VG_FIELD_INDEX, t, e)
/* So that there is a field at least. */
#define VG_FIELD_INDEX_vg_e_unk(t, text)      VG_CAT(VG_UNKNOWN_, __COUNTER__),
#define VG_FIELD_INDEX_vg_e_fld(t, name, ...) VG_I_##t##_VG_##name,
#define VG_FIELD_INDEX_vg_e_fas               VG_FIELD_INDEX_vg_e_fld
#define VG_FIELD_INDEX_vg_e_row               VG_FIELD_INDEX_vg_e_fld
#define VG_FIELD_INDEX_vg_e_opt               VG_FIELD_INDEX_vg_e_fld

#define VG_FIELD_TYPE(t, e) VG_ENTRY(VG_FIELD_TYPE, t, e)
#define VG_FIELD_TYPE_vg_e_unk(t, text) \
    _Static_assert(0, "PROJECTION(" #t "): there is no entry " text);
/* The handle stands first and has the expression's type: see VG_PROJECTION. */
#define VG_FIELD_TYPE_vg_e_fld(t, name, x) \
    VG_C_TYPE(t.name, VG_FIELD_CHECK(#name)) name;
#define VG_FIELD_CHECK(name)                                                    \
    char[1 + VG_ALL(VG_DEMAND(VG_XCLASS(vg_r) != 0,                             \
                              "FIELD(" name "): not a column or expression"),   \
                    VG_DEMAND(!(VG_XCLASS(vg_r) & VG_K_custom),                 \
                              "FIELD(" name "): of a CODEC; say FIELD_AS(" name \
                              ", CUSTOM(codec), ...)"))]
#define VG_FIELD_TYPE_vg_e_fas(t, name, x, type)                               \
    __typeof__(VG_PICK(                                                        \
        (VG_XCLASS(t.name) & VG_K_NULL) ==                                     \
            0 + VG_REQUIRE(VG_TYPE_KNOWN(type) &&                              \
                               (VG_XCLASS(t.name) & VG_TYPE_CLASS(type)) != 0, \
                           "FIELD_AS(" #name ", " #type                        \
                           "): the expression has another type"),              \
        VG_TYPE_FIELD(type), VG_TYPE_FIELD_NULL(type))) name;
#define VG_FIELD_TYPE_vg_e_row(t, name, shape) __typeof__(*(shape).vg_row) name;
#define VG_FIELD_TYPE_vg_e_opt(t, name, shape) __typeof__((shape).vg_row) name;
/* clang-format off */
#define VG_C_TYPE(x, check) __typeof__(_Generic(VG_OPERAND(x, check),                    \
    vg_is_int: (int64_t)0, vg_is_int_null: (vg_opt_int){0},                              \
    vg_is_real: 0.0, vg_is_real_null: (vg_opt_real){0},                                  \
    vg_is_text: (const char *)0, vg_is_text_null: (const char *)0,                       \
    vg_is_numeric: (const char *)0, vg_is_numeric_null: (const char *)0,                 \
    vg_is_json: (const char *)0, vg_is_json_null: (const char *)0,                       \
    vg_is_predicate: (bool)0, vg_is_predicate_null: (vg_opt_bool){0},                    \
    vg_is_time: (vg_timestamp){0}, vg_is_time_null: (vg_opt_time){0},                    \
    vg_is_blob: (vg_bytes){0}, vg_is_blob_null: (vg_bytes){0},                           \
    vg_is_uuid_expr: (vg_uuid){{0}}, vg_is_uuid_expr_null: (vg_opt_uuid){0},             \
    vg_is_enum_expr: (int)0, vg_is_enum_expr_null: (vg_opt_int){0},                      \
    vg_is_native_expr: (const char *)0, vg_is_native_expr_null: (const char *)0, \
    vg_is_daytime_expr: (vg_daytime){0}, vg_is_daytime_expr_null: (vg_opt_daytime){0}, \
    vg_is_interval_expr: (vg_interval){0}, vg_is_interval_expr_null: (vg_opt_interval){0}, \
    vg_is_point_expr: (vg_point){0}, vg_is_point_expr_null: (vg_opt_point){0}, \
    vg_is_int_array_expr: (vg_int_array){0}, vg_is_int_array_expr_null: (vg_int_array){0}, \
    vg_is_real_array_expr: (vg_real_array){0}, vg_is_real_array_expr_null: (vg_real_array){0}, \
    vg_is_bool_array_expr: (vg_bool_array){0}, vg_is_bool_array_expr_null: (vg_bool_array){0}, \
    vg_is_text_array_expr: (vg_text_array){0}, vg_is_text_array_expr_null: (vg_text_array){0}, \
    vg_is_blob_array_expr: (vg_blob_array){0}, vg_is_blob_array_expr_null: (vg_blob_array){0}, \
    vg_is_time_array_expr: (vg_time_array){0}, vg_is_time_array_expr_null: (vg_time_array){0}, \
    vg_is_uuid_array_expr: (vg_uuid_array){0}, vg_is_uuid_array_expr_null: (vg_uuid_array){0}, \
    default: (vg_not_an_expression){0}))
/* clang-format on */

#define VG_FIELD_HANDLE(t, e)                      VG_ENTRY(VG_FIELD_HANDLE, t, e)
#define VG_FIELD_HANDLE_vg_e_unk                   VG_NOTHING
#define VG_FIELD_HANDLE_vg_e_fld(t, name, x)       __typeof__(x) name;
#define VG_FIELD_HANDLE_vg_e_fas(t, name, x, type) __typeof__(x) name;
#define VG_FIELD_HANDLE_vg_e_row(t, name, shape)   vg_not_an_expression name;
#define VG_FIELD_HANDLE_vg_e_opt(t, name, shape)   vg_not_an_expression name;

#define VG_FIELD_NODE(t, e)                      VG_ENTRY(VG_FIELD_NODE, t, e)
#define VG_FIELD_NODE_vg_e_unk                   VG_NOTHING
#define VG_FIELD_NODE_vg_e_fld(t, name, x)       VG_NODE(x),
#define VG_FIELD_NODE_vg_e_fas(t, name, x, type) VG_NODE(x),
#define VG_FIELD_NODE_vg_e_row(t, name, shape)   0,
#define VG_FIELD_NODE_vg_e_opt(t, name, shape)   0,

#define VG_FIELD_DESCRIBE(t, e)    VG_ENTRY(VG_FIELD_DESCRIBE, t, e)
#define VG_FIELD_DESCRIBE_vg_e_unk VG_NOTHING
#define VG_FIELD_DESCRIBE_vg_e_fld(t, fld, x) \
    VG_FIELD_DESCRIBE_vg_e_fas(t, fld, x, INTEGER)
#define VG_FIELD_DESCRIBE_vg_e_fas(t, fld, x, ty)                                  \
    {.name = #fld,                                                                 \
     VG_CASED(#fld) VG_TYPE_EXTRA(ty).nullable = !!(VG_XCLASS(t.fld) & VG_K_NULL), \
     .sql_class = VG_XCLASS(t.fld) & VG_K_CLASS,                                   \
     .offset = offsetof(struct t, fld)},
#define VG_FIELD_DESCRIBE_vg_e_row(t, fld, s) \
    {.name = #fld, .offset = offsetof(struct t, fld), .nested = &s.vg_shape},
#define VG_FIELD_DESCRIBE_vg_e_opt(t, fld, s) \
    {.name = #fld,                            \
     .nullable = 1,                           \
     .offset = offsetof(struct t, fld),       \
     .nested = &s.vg_shape},
