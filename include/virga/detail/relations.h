/* Relations: what the entries ONE, MANY, MANY_THROUGH and EXTRA of a TABLE add to it. They
 * are read after the columns, and only where there is one: a table without them expands to
 * what it would be without this header. See relation.h for what they are.
 *
 * An entry is (vg_e_rel, VG_REL_kind, name, target, rows, ...); the kind is pasted to, too.
 * IN_VIEW(popular, posts) is popular, of rows of posts; all else is of its own. */
#pragma once
#pragma GCC system_header

#define VG_TUPLE_ONE(name, target, ...) \
    (vg_e_rel, VG_REL_ONE, name, VG_REL_TARGET(target), __VA_ARGS__)
#define VG_TUPLE_MANY(name, target, ...) \
    (vg_e_rel, VG_REL_MANY, name, VG_REL_TARGET(target), __VA_ARGS__)
#define VG_TUPLE_MANY_THROUGH(name, target, junction, ...)                           \
    (vg_e_rel, VG_REL_THROUGH, name, VG_REL_TARGET(target), VG_REL_TARGET(junction), \
     __VA_ARGS__)
#define VG_REL_TARGET(x) \
    VG_SECOND(VG_REL_OBJECT_##x, x, ), VG_SECOND(VG_REL_ROWS_##x, x, )
#define VG_REL_OBJECT_IN_VIEW(view, rows) , view
#define VG_REL_ROWS_IN_VIEW(view, rows)   , rows
#define VG_TUPLE_EXTRA(name, type)        (vg_e_rel, VG_REL_EXTRA, name, type)

/* Nothing to everything that reads columns and constraints. */
#define VG_FLAG_vg_e_rel        VG_NOTHING
#define VG_ROW_FIELD_vg_e_rel   VG_NOTHING
#define VG_NEW_FIELD_vg_e_rel   VG_NOTHING
#define VG_HANDLE_vg_e_rel      VG_NOTHING
#define VG_REQUIRED_vg_e_rel    VG_NOTHING
#define VG_ANY_FLAG_vg_e_rel    VG_NOTHING
#define VG_DESCRIBE_vg_e_rel    VG_NOTHING
#define VG_NODE_INIT_vg_e_rel   VG_NOTHING
#define VG_HANDLE_INIT_vg_e_rel VG_NOTHING
#define VG_OPTION_vg_e_rel      VG_NOTHING
#define VG_CONSTRAIN_vg_e_rel   VG_NOTHING

/* X if the table has a relation, else nothing: what the names below end in. */
#define VG_IF_RELATED(t, ...)           VG_NOT_EMPTY(VG_EACH(VG_IS_RELATION, t, __VA_ARGS__))
#define VG_IS_RELATION(t, e)            VG_ENTRY(VG_IS_RELATION, t, e)
#define VG_IS_RELATION_vg_e_col         VG_NOTHING
#define VG_IS_RELATION_vg_e_opt         VG_NOTHING
#define VG_IS_RELATION_vg_e_con         VG_NOTHING
#define VG_IS_RELATION_vg_e_pol         VG_NOTHING
#define VG_IS_RELATION_vg_e_unk         VG_NOTHING
#define VG_IS_RELATION_vg_e_vop         VG_NOTHING
#define VG_IS_RELATION_vg_e_rel(t, ...) X

/* Before the structs: the objects that may stand further down, and the condition that
 * RELATION_WHERE may define: where none does, the linker makes it NULL. */
#define VG_RELATED_BEFORE_(t, ...)
#define VG_RELATED_BEFORE_X(t, ...) VG_EACH(VG_REL_LATER, t, __VA_ARGS__)
#define VG_REL_LATER(t, e)          VG_ENTRY(VG_REL_LATER, t, e)
#define VG_REL_LATER_vg_e_col       VG_NOTHING
#define VG_REL_LATER_vg_e_opt       VG_NOTHING
#define VG_REL_LATER_vg_e_con       VG_NOTHING
#define VG_REL_LATER_vg_e_pol       VG_NOTHING
#define VG_REL_LATER_vg_e_unk       VG_NOTHING
#define VG_REL_LATER_vg_e_vop       VG_NOTHING
#define VG_REL_LATER_vg_e_rel(t, kind, name, ...)                       \
    __attribute__((weak)) extern vg_relation_where t##_vg_where_##name; \
    kind##_LATER(name, __VA_ARGS__, vg_no_column)
#define VG_REL_LATER_OF(target, rows) \
    extern const struct rows##_vg target __asm__("vg_object_" #target);
#define VG_REL_ONE_LATER(name, target, rows, ...)  VG_REL_LATER_OF(target, rows)
#define VG_REL_MANY_LATER(name, target, rows, ...) VG_REL_LATER_OF(target, rows)
#define VG_REL_THROUGH_LATER(name, target, rows, junction, its_rows, ...) \
    VG_REL_LATER_OF(target, rows) VG_REL_LATER_OF(junction, its_rows)
#define VG_REL_EXTRA_LATER(...)

/* Members of the row, after its columns. */
#define VG_RELATED_FIELDS_(t, ...)
#define VG_RELATED_FIELDS_X(t, ...)                          \
    union {                                                  \
        uint64_t vg_loaded;                                  \
        const struct t##_vg *vg_of; /* for its type alone */ \
    };                                                       \
    uint64_t vg_left_out;                                    \
    VG_EACH(VG_REL_FIELD, t, __VA_ARGS__)
#define VG_REL_FIELD(t, e)                        VG_ENTRY(VG_REL_FIELD, t, e)
#define VG_REL_FIELD_vg_e_col                     VG_NOTHING
#define VG_REL_FIELD_vg_e_opt                     VG_NOTHING
#define VG_REL_FIELD_vg_e_con                     VG_NOTHING
#define VG_REL_FIELD_vg_e_pol                     VG_NOTHING
#define VG_REL_FIELD_vg_e_unk                     VG_NOTHING
#define VG_REL_FIELD_vg_e_vop                     VG_NOTHING
#define VG_REL_FIELD_vg_e_rel(t, kind, name, ...) kind##_FIELD(name, __VA_ARGS__, )
#define VG_REL_ONE_FIELD(name, target, rows, ...) struct rows *name;
#define VG_REL_MANY_FIELD(name, target, rows, ...) \
    struct {                                       \
        struct rows *data;                         \
        size_t len;                                \
    } name;
#define VG_REL_THROUGH_FIELD                VG_REL_MANY_FIELD
#define VG_REL_EXTRA_FIELD(name, type, ...) __typeof__(VG_TYPE_FIELD_NULL(type)) name;

/* Members of the object, always NULL: pointers to the rows of the target, of an EXTRA to a
 * typed column. Their place among them is the index. */
#define VG_RELATED_HANDLES_(t, ...)
#define VG_RELATED_HANDLES_X(t, ...)               VG_EACH(VG_REL_HANDLE, t, __VA_ARGS__)
#define VG_REL_HANDLE(t, e)                        VG_ENTRY(VG_REL_HANDLE, t, e)
#define VG_REL_HANDLE_vg_e_col                     VG_NOTHING
#define VG_REL_HANDLE_vg_e_opt                     VG_NOTHING
#define VG_REL_HANDLE_vg_e_con                     VG_NOTHING
#define VG_REL_HANDLE_vg_e_pol                     VG_NOTHING
#define VG_REL_HANDLE_vg_e_unk                     VG_NOTHING
#define VG_REL_HANDLE_vg_e_vop                     VG_NOTHING
#define VG_REL_HANDLE_vg_e_rel(t, kind, name, ...) kind##_HANDLE(name, __VA_ARGS__, )
#define VG_REL_ONE_HANDLE(name, target, rows, ...) struct rows *name;
#define VG_REL_MANY_HANDLE                         VG_REL_ONE_HANDLE
#define VG_REL_THROUGH_HANDLE                      VG_REL_ONE_HANDLE
#define VG_REL_EXTRA_HANDLE(name, type, ...) \
    __typeof__(VG_TYPE_HANDLE_NULL(type)) *name;
#define VG_RELATION_AT(t)       (VG_AT(t, vg_nodes) + sizeof((t).vg_nodes))
#define VG_RELATION_INDEX(t, r) ((VG_AT(t, r) - VG_RELATION_AT(t)) / sizeof(void *))

/* Initialisers of the shape. */
#define VG_RELATED_SHAPE_(t, ...)
#define VG_RELATED_SHAPE_X(t, ...)                                                    \
    .loaded_offset = offsetof(struct t, vg_loaded) +                                  \
                     VG_REQUIRE(sizeof(t) - VG_RELATION_AT(t) <= 64 * sizeof(void *), \
                                "TABLE(" #t "): more than 64 relations and extras"),  \
    .relations = (const vg_relation[]){                                               \
        VG_EACH(VG_REL_DESCRIBE, t, __VA_ARGS__){.kind = VG_RELATION_END}},
#define VG_REL_DESCRIBE(t, e)    VG_ENTRY(VG_REL_DESCRIBE, t, e)
#define VG_REL_DESCRIBE_vg_e_col VG_NOTHING
#define VG_REL_DESCRIBE_vg_e_opt VG_NOTHING
#define VG_REL_DESCRIBE_vg_e_con VG_NOTHING
#define VG_REL_DESCRIBE_vg_e_pol VG_NOTHING
#define VG_REL_DESCRIBE_vg_e_unk VG_NOTHING
#define VG_REL_DESCRIBE_vg_e_vop VG_NOTHING
#define VG_REL_DESCRIBE_vg_e_rel(t, kind, rel, ...) \
    {.name = #rel,                                  \
     .bit = VG_RELATION_INDEX(t, rel),              \
     .offset = offsetof(struct t, rel),             \
     kind##_INIT(t, rel, __VA_ARGS__, , , , )},
#define VG_REL_ONE_INIT(t, rel, to, rows, here, there, ...)   \
    .kind = VG_RELATION_ONE, .target = (const vg_shape *)&to, \
    .own = VG_REL_OWN(t, here), .other = VG_REL_NAMED(there), \
    .where = t##_vg_where_##rel,
#define VG_REL_MANY_INIT(t, rel, to, rows, there, here, ...)   \
    .kind = VG_RELATION_MANY, .target = (const vg_shape *)&to, \
    .own = VG_REL_OWN(t, here), .other = VG_REL_NAMED(there),  \
    .where = t##_vg_where_##rel,
#define VG_REL_THROUGH_INIT(t, rel, to, rows, by, its_rows, to_us, to_them, here, \
                            there, ...)                                           \
    .kind = VG_RELATION_THROUGH, .target = (const vg_shape *)&to,                 \
    .junction = (const vg_shape *)&by, .own = VG_REL_OWN(t, here),                \
    .other = VG_REL_NAMED(there), .junction_own = VG_REL_NAMED(to_us),            \
    .junction_other = VG_REL_NAMED(to_them), .where = t##_vg_where_##rel,
#define VG_REL_EXTRA_INIT(t, rel, ty, ...)                                            \
    .kind = VG_RELATION_EXTRA,                                                        \
    .column = &(const vg_column){.name = #rel,                                        \
                                 VG_CASED(#rel).type =                                \
                                     VG_TYPE_OF(ty) +                                 \
                                     VG_ALL_KNOWN(#rel, "" VG_UNKNOWN_TYPE_TEXT(ty)), \
                                 .nullable = 1,                                       \
                                 .sql_class = VG_TYPE_CLASS(ty),                      \
                                 .offset = offsetof(struct t, rel),                   \
                                 VG_TYPE_EXTRA(ty).args = VG_TYPE_ARGS(ty)},

/* A column, or COLUMNS(a, b), as a list of names ended by NULL; nothing is NULL. Our own are
 * looked up by the compiler. */
#define VG_REL_NAMED(x)    VG_CAT(VG_REL_NAMES_, VG_NOT_EMPTY(x))(VG_REL_LIST(x))
#define VG_REL_NAMES_(...) NULL
#define VG_REL_NAMES_X(columns)              \
    (const char *const[])                    \
    {                                        \
        VG_REL_TEXTS(VG_UNPACK columns) NULL \
    }
#define VG_REL_TEXTS(...)  VG_REL_TEXTS_(__VA_ARGS__)
#define VG_REL_TEXTS_(...) VG_INNER(VG_REF_NAME, , __VA_ARGS__)
#define VG_REL_OWN(t, x)   VG_CAT(VG_REL_OWNS_, VG_NOT_EMPTY(x))(t, VG_REL_LIST(x))
#define VG_REL_OWNS_(...)  NULL
#define VG_REL_OWNS_X(t, columns)               \
    (const char *const[])                       \
    {                                           \
        VG_REL_OWNED(t, VG_UNPACK columns) NULL \
    }
#define VG_REL_OWNED(...)        VG_REL_OWNED_(__VA_ARGS__)
#define VG_REL_OWNED_(t, ...)    VG_INNER(VG_REF_COLUMN, t, __VA_ARGS__)
#define VG_REL_LIST(x)           VG_SECOND(VG_REL_LIST_##x, (x), )
#define VG_REL_LIST_COLUMNS(...) , (__VA_ARGS__)
