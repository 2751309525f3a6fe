/* VIEW and its like. A view of a query is an object of the type of its rows, as an alias is;
 * one with declared columns is made as TABLE makes its own (tables.h), without a struct for
 * inserts. */
#pragma once
#pragma GCC system_header

/* VIEW(v, rows, SELECT...), VIEW(v, NAME(n), rows, SELECT...), VIEW(v, OPTIONS(...), rows,
 * SELECT...), or without its rows. Each form is a word that is pasted to VG_VIEW_ or, of a
 * materialized view, to VG_MATERIAL_. */
#define VG_VIEW_FORM(first, ...)      VG_SECOND(VG_VIEW_IS_##first, SHAPED, )
#define VG_VIEW_IS_OPTIONS(...)       , WITH_OPTIONS
#define VG_VIEW_IS_VG_OPTIONS         VG_VIEW_IS_OPTIONS
#define VG_VIEW_IS_NAME(name)         , NAMED
#define VG_VIEW_IS_VG_NAME            VG_VIEW_IS_NAME
#define VG_VIEW_IS_vg_select(...)     , BARE
#define VG_VIEW_IS_vg_select_distinct VG_VIEW_IS_vg_select
#define VG_VIEW_IS_vg_select_value    VG_VIEW_IS_vg_select
#define VG_VIEW_IS_vg_compound        VG_VIEW_IS_vg_select
#define VG_VIEW_IS_vg_cte             VG_VIEW_IS_vg_select
#define VG_VIEW_BARE(v, ...)                                                           \
    _Static_assert(0, "VIEW(" #v ", ...): what its rows are stands before the query: " \
                      "VIEW(" #v ", post_card, SELECT(post_card), ...)");
#define VG_MATERIAL_BARE       VG_VIEW_BARE
#define VG_VIEW_SHAPED(v, ...) VG_VIEW_SAYS(v, (VG_LAST_OPTION), __VA_ARGS__)
#define VG_MATERIAL_SHAPED(v, ...) \
    VG_VIEW_SAYS(v, (VG_MATERIALIZED, VG_LAST_OPTION), __VA_ARGS__)
#define VG_VIEW_NAMED(v, name, ...) VG_VIEW_SAYS(v, (name, VG_LAST_OPTION), __VA_ARGS__)
#define VG_MATERIAL_NAMED(v, name, ...) \
    VG_VIEW_SAYS(v, (name, VG_MATERIALIZED, VG_LAST_OPTION), __VA_ARGS__)
#define VG_VIEW_WITH_OPTIONS(v, options, ...) \
    VG_VIEW_SAYS(v, (VG_VIEW_##options, VG_LAST_OPTION), __VA_ARGS__)
#define VG_MATERIAL_WITH_OPTIONS(v, options, ...) \
    VG_VIEW_SAYS(v, (VG_VIEW_##options, VG_MATERIALIZED, VG_LAST_OPTION), __VA_ARGS__)
#define VG_VIEW_SAYS(v, options, rows, ...)              \
    VG_VIEW_OF(v, options, rows, VG_ROW_OF(__VA_ARGS__), \
               VG_CAT(VG_CLAUSES_, VG_NARGS(__VA_ARGS__))(__VA_ARGS__))
#define VG_VIEW_OPTIONS(...) __VA_ARGS__
#define VG_VIEW_VG_OPTIONS   VG_VIEW_OPTIONS

/* What options are to the shape, and to the view: NULL if they say nothing of it. */
#define VG_EACH_OPTION(m, ...)      VG_INNER(m, , __VA_ARGS__)
#define VG_CHECK_OPTIONS(text, ...) VG_INNER(VG_OBJECT_CHECK, text, __VA_ARGS__)
#define VG_VIEW_DETAILS(...)                                                     \
    (0 VG_INNER(VG_OBJECT_HAS, , __VA_ARGS__))                                   \
        ? &(const vg_view_options){0, VG_INNER(VG_OBJECT_DETAIL, , __VA_ARGS__)} \
        : NULL
#define VG_OBJECT_HAS(c, o)         VG_OBJECT_READ(VG_OBJECT_HAS_, VG_OO_##o, vg_e_unk, )
#define VG_OBJECT_HAS_vg_e_det(...) +1
#define VG_OBJECT_HAS_vg_e_shp      VG_NOTHING
#define VG_OBJECT_HAS_vg_e_unk      VG_NOTHING
#define VG_OBJECT_HAS_vg_e_end      VG_NOTHING

#define VG_VIEW_OF(v, options_, rows, row, ...)                                       \
    VG_OVERRIDES_BEGIN                                                                \
    VG_CHECK_CASING("VIEW(" #v ", " #rows ", ...)")                                   \
    VG_CHECK_OPTIONS("VIEW(" #v, VG_UNPACK options_)                                  \
    _Static_assert(VG_KIND_##rows == VG_A_TABLE || VG_KIND_##rows == VG_A_PROJECTION, \
                   "VIEW(" #v ", " #rows ", ...): " #rows                             \
                   " is neither a table nor a projection");                           \
    enum { VG_N_##v = VG_N_##rows, VG_KIND_##v = VG_A_VIEW, VG_NEED_##v = 0 };        \
    extern const __typeof__(rows) v __asm__("vg_object_" #v);                         \
    extern const __typeof__(rows) v##_vg_rows __asm__("vg_object_" #rows);            \
    void v##_vg_query(void (*)(void *, const vg_clause *, size_t), void *);           \
    __attribute__((weak)) void v##_vg_query(                                          \
        void (*take)(void *, const vg_clause *, size_t), void *ctx)                   \
    {                                                                                 \
        (void)VG_REQUIRE(                                                             \
            __builtin_types_compatible_p(__typeof__(rows.vg_row), __typeof__(row)),   \
            "VIEW(" #v ", " #rows ", ...): the query has other rows than"             \
            " " #rows);                                                               \
        take(ctx, __VA_ARGS__);                                                       \
    }                                                                                 \
    __attribute__((weak)) const __typeof__(rows) v = {                                \
        .vg_shape = {.kind = VG_SHAPE_VIEW,                                           \
                     .column_count = VG_N_##v,                                        \
                     .row_size = sizeof(*rows.vg_row),                                \
                     .name = #v,                                                      \
                     VG_EACH_OPTION(VG_OBJECT_SHAPE, VG_UNPACK options_) VG_CASED(#v) \
                         .columns = rows.vg_columns,                                  \
                     .nodes = v.vg_nodes,                                             \
                     .base = &rows.vg_shape,                                          \
                     .view = &(const vg_view){NULL, v##_vg_query,                     \
                                              VG_VIEW_DETAILS(VG_UNPACK options_)}},  \
        .vg_handles = {VG_REPEAT_64(VG_ALIAS_HANDLE, v, VG_N_##v)},                   \
        .vg_nodes = {VG_REPEAT_64(VG_ALIAS_NODE, v, VG_N_##v)}};                      \
    VG_OVERRIDES_END

#define VG_VIEW_COLUMNS(...) VG_VIEW_COLUMNS_(__VA_ARGS__)
#define VG_VIEW_COLUMNS_(t, text, ...) \
    VG_VIEW_AS(VG_IF_RELATED(t, __VA_ARGS__), t, text, __VA_ARGS__)
#define VG_VIEW_AS(...) VG_VIEW_AS_(__VA_ARGS__)
#define VG_VIEW_AS_(related, t, text, ...)                                             \
    VG_RELATED_BEFORE_##related(t, __VA_ARGS__) VG_OVERRIDES_BEGIN VG_CHECK_CASING(    \
        "the view " #t) extern const struct t##_vg t __asm__("vg_object_" #t);         \
    extern const struct t##_vg t##_vg_rows __asm__("vg_object_" #t);                   \
    enum {                                                                             \
        VG_EACH(VG_FLAG, t, __VA_ARGS__) VG_N_##t,                                     \
        VG_KIND_##t = VG_A_VIEW,                                                       \
        VG_NEED_##t = 0                                                                \
    };                                                                                 \
    _Static_assert(VG_N_##t <= VG_MAX_COLUMNS,                                         \
                   "the view " #t " has more than 64 columns");                        \
    _Static_assert(((0 VG_EACH(VG_ANY_FLAG, t, __VA_ARGS__)) & 0xffff &                \
                    ~(VG_F_NOT_NULL | VG_F_CODED)) == 0,                               \
                   "the view " #t                                                      \
                   ": its columns take the modifiers NOT_NULL, NAME and MODE only");   \
    struct t {                                                                         \
        VG_EACH(VG_VIEW_FIELD, t, __VA_ARGS__)                                         \
        VG_RELATED_FIELDS_##related(t, __VA_ARGS__)                                    \
    };                                                                                 \
    typedef struct {                                                                   \
        struct t *data;                                                                \
        size_t len;                                                                    \
    } t##_list;                                                                        \
    VG_OBJECT_TYPE(t, struct t, VG_EACH(VG_HANDLE, t, __VA_ARGS__),                    \
                   VG_RELATED_HANDLES_##related(t, __VA_ARGS__))                       \
    __attribute__((weak)) const struct t##_vg t = {                                    \
        .vg_shape = {.kind = VG_SHAPE_VIEW,                                            \
                     .column_count = VG_N_##t,                                         \
                     .row_size = sizeof(struct t),                                     \
                     .has_coder = true,                                                \
                     .name = #t,                                                       \
                     VG_CASED(#t) VG_EACH(VG_OPTION, t, __VA_ARGS__).columns =         \
                         t.vg_columns,                                                 \
                     .nodes = t.vg_nodes,                                              \
                     VG_RELATED_SHAPE_##related(t, __VA_ARGS__).view =                 \
                         &(const vg_view){text, NULL,                                  \
                                          VG_EACH(VG_VIEW_OPTION, t, __VA_ARGS__) 0}}, \
        .vg_columns = {VG_EACH(VG_VIEW_DESCRIBE, t, __VA_ARGS__)},                     \
        .vg_nodes = {VG_EACH(VG_NODE_INIT, t, __VA_ARGS__)},                           \
        VG_EACH(VG_HANDLE_INIT, t, __VA_ARGS__)};                                      \
    VG_OVERRIDES_END

#define VG_VIEW_FIELD(t, e)    VG_ENTRY(VG_VIEW_FIELD, t, e)
#define VG_VIEW_FIELD_vg_e_col VG_ROW_FIELD_vg_e_col
#define VG_VIEW_FIELD_vg_e_opt VG_NOTHING
#define VG_VIEW_FIELD_vg_e_con(t, ...)                                         \
    _Static_assert(0, "the view " #t ": it takes COLUMN and NAME, no keys or " \
                      "indexes");
#define VG_VIEW_FIELD_vg_e_pol VG_VIEW_FIELD_vg_e_con
#define VG_VIEW_FIELD_vg_e_unk(t, text) \
    _Static_assert(0, "the view " #t ": there is no entry " text);

#define VG_VIEW_DESCRIBE(t, e) VG_ENTRY(VG_VIEW_DESCRIBE, t, e)
#define VG_VIEW_DESCRIBE_vg_e_col(t, col, ty, ...)                                 \
    {.name = #col,                                                                 \
     VG_CASED(#col).type =                                                         \
         VG_TYPE_OF(ty) + VG_ALL_KNOWN(#col, "" VG_UNKNOWN_TYPE_TEXT(ty) VG_WORDS( \
                                                 VG_UNKNOWN_TEXT, , __VA_ARGS__)), \
     .nullable = !VG_IS_NN(VG_FLAGS_##t##_VG_##col),                               \
     .sql_class = VG_TYPE_CLASS(ty),                                               \
     .flags = VG_FLAGS_##t##_VG_##col & 0xffff,                                    \
     .offset = offsetof(struct t, col),                                            \
     VG_TYPE_EXTRA(ty).args = VG_TYPE_ARGS(ty) VG_WORDS(VG_MI, , __VA_ARGS__)},
#define VG_VIEW_DESCRIBE_vg_e_opt VG_NOTHING
#define VG_VIEW_DESCRIBE_vg_e_con VG_NOTHING
#define VG_VIEW_DESCRIBE_vg_e_pol VG_NOTHING
#define VG_VIEW_DESCRIBE_vg_e_unk VG_NOTHING
#define VG_VIEW_DESCRIBE_vg_e_rel VG_NOTHING
#define VG_VIEW_FIELD_vg_e_rel    VG_NOTHING
#define VG_VIEW_OPTION_vg_e_rel   VG_NOTHING

/* OPTIONS of a view with declared columns. */
#define VG_TUPLE_OPTIONS(...)   (vg_e_vop, __VA_ARGS__)
#define VG_VIEW_OPTION(t, e)    VG_ENTRY(VG_VIEW_OPTION, t, e)
#define VG_VIEW_OPTION_vg_e_col VG_NOTHING
#define VG_VIEW_OPTION_vg_e_opt VG_NOTHING
#define VG_VIEW_OPTION_vg_e_con VG_NOTHING
#define VG_VIEW_OPTION_vg_e_pol VG_NOTHING
#define VG_VIEW_OPTION_vg_e_unk VG_NOTHING
#define VG_VIEW_OPTION_vg_e_vop(t, ...) \
    &(const vg_view_options){0, VG_INNER(VG_OBJECT_DETAIL, , __VA_ARGS__)} +
#define VG_OPTION_vg_e_vop(t, ...) VG_INNER(VG_OBJECT_SHAPE, , __VA_ARGS__)
#define VG_VIEW_FIELD_vg_e_vop(t, ...) \
    VG_INNER(VG_OBJECT_CHECK, "the view " #t "(", __VA_ARGS__)
#define VG_FLAG_vg_e_vop          VG_NOTHING
#define VG_ANY_FLAG_vg_e_vop      VG_NOTHING
#define VG_HANDLE_vg_e_vop        VG_NOTHING
#define VG_VIEW_DESCRIBE_vg_e_vop VG_NOTHING
#define VG_NODE_INIT_vg_e_vop     VG_NOTHING
#define VG_HANDLE_INIT_vg_e_vop   VG_NOTHING
#define VG_ROW_FIELD_vg_e_vop(t, ...) \
    _Static_assert(0, "TABLE(" #t "): OPTIONS are for views");
#define VG_NEW_FIELD_vg_e_vop VG_NOTHING
#define VG_REQUIRED_vg_e_vop  VG_NOTHING
#define VG_DESCRIBE_vg_e_vop  VG_NOTHING
#define VG_CONSTRAIN_vg_e_vop VG_NOTHING
