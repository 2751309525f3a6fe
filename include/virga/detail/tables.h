/* TABLE and ALIAS: the list of entries is read several times, once for each thing that a
 * table makes. See schema.h for what that is.
 *
 * An entry becomes a tuple whose first token says how it is to be read: vg_e_col a column,
 * vg_e_con a constraint or index, vg_e_opt what concerns the whole table, vg_e_unk no
 * entry. The tokens are expanded on the way, hence names that no program has as macros. */
#pragma once
#pragma GCC system_header

#define VG_TUPLE_COLUMN(name, ...) (vg_e_col, name, __VA_ARGS__, VG_LAST_MODIFIER)
/* The name of a constraint or index: a word, or NAME("any text"). */
#define VG_NAME_TEXT(name)                VG_SECOND(VG_NAME_WITHOUT_QUOTES_##name, #name, )
#define VG_NAME_WITHOUT_QUOTES_NAME(text) , "" text ""
#define VG_NAME_WITHOUT_QUOTES_VG_NAME    VG_NAME_WITHOUT_QUOTES_NAME
/* Constraints: how to read the rest, see VG_CONSTRAIN. */
#define VG_TUPLE_PRIMARY_KEY(...) \
    (vg_e_con, VG_CON_OVER, VG_CON_PRIMARY_KEY, NULL, NULL, __VA_ARGS__)
#define VG_TUPLE_UNIQUE(name, ...) \
    (vg_e_con, VG_CON_OVER, VG_CON_UNIQUE, VG_NAME_TEXT(name), NULL, __VA_ARGS__)
#define VG_TUPLE_INDEX(name, ...) \
    (vg_e_con, VG_CON_OVER, VG_CON_INDEX, VG_NAME_TEXT(name), NULL, __VA_ARGS__)
#define VG_TUPLE_UNIQUE_INDEX(name, ...) \
    (vg_e_con, VG_CON_OVER, VG_CON_UNIQUE_INDEX, VG_NAME_TEXT(name), NULL, __VA_ARGS__)
#define VG_TUPLE_INDEX_WHERE(name, sql, ...) \
    (vg_e_con, VG_CON_OVER, VG_CON_INDEX, VG_NAME_TEXT(name), "" sql "", __VA_ARGS__)
#define VG_TUPLE_UNIQUE_INDEX_WHERE(name, sql, ...)                             \
    (vg_e_con, VG_CON_OVER, VG_CON_UNIQUE_INDEX, VG_NAME_TEXT(name), "" sql "", \
     __VA_ARGS__)
/* INDEX_ON(name, ON(a), ON_DESC(b), ON_SQL("lower(c)"), ON_WHERE("a > 0")) */
#define VG_TUPLE_INDEX_ON(name, ...) \
    (vg_e_con, VG_CON_ON, VG_CON_INDEX, VG_NAME_TEXT(name), __VA_ARGS__)
#define VG_TUPLE_UNIQUE_INDEX_ON(name, ...) \
    (vg_e_con, VG_CON_ON, VG_CON_UNIQUE_INDEX, VG_NAME_TEXT(name), __VA_ARGS__)
#define VG_ON_ON(...)       , vg_e_col, ("", __VA_ARGS__)
#define VG_ON_ON_ASC(...)   , vg_e_col, (" asc", __VA_ARGS__)
#define VG_ON_ON_DESC(...)  , vg_e_col, (" desc", __VA_ARGS__)
#define VG_ON_ON_SQL(...)   , vg_e_sql, (__VA_ARGS__)
#define VG_ON_ON_WHERE(sql) , vg_e_whr, ("" sql "")
/* ON(a, NULLS_LAST, OPCLASS("text_pattern_ops")) */
#define VG_ONM_NULLS_FIRST    , .nulls = "first"
#define VG_ONM_NULLS_LAST     , .nulls = "last"
#define VG_ONM_OPCLASS(name)  , .opclass = "" name ""
#define VG_ONM_OPERATOR(sign) , .exclude = "" sign ""
/* And what concerns the whole index. */
#define VG_ON_ON_USING(text)     , vg_e_opt, (.method = "" text "")
#define VG_ON_ON_WITH(text)      , vg_e_opt, (.with = "" text "")
#define VG_ON_CONCURRENTLY       , vg_e_opt, (.concurrently = true)
#define VG_ON_vg_from(x)         , vg_e_unk, ("USING; the method is ON_USING")
#define VG_ON_ONLY               , vg_e_opt, (.only = true)
#define VG_ON_INCLUDE(...)       , vg_e_inc, (__VA_ARGS__)
#define VG_ON_DEFERRABLE         , vg_e_opt, (.deferrable = VG_DEFERRABLE)
#define VG_ON_INITIALLY_DEFERRED , vg_e_opt, (.deferrable = VG_INITIALLY_DEFERRED)
#define VG_TUPLE_EXCLUDE(name, ...) \
    (vg_e_con, VG_CON_ON, VG_CON_EXCLUDE, VG_NAME_TEXT(name), __VA_ARGS__)
#define VG_TUPLE_UNIQUE_NULLS_NOT_DISTINCT(name, ...) \
    (vg_e_con, VG_CON_NULLS, VG_CON_UNIQUE, VG_NAME_TEXT(name), __VA_ARGS__)
/* POLICY(name, FOR(SELECT), TO("app"), USING_SQL("..."), CHECK_SQL("...")) */
#define VG_TUPLE_POLICY(...)         (vg_e_pol, VG_CON_POLICIES, __VA_ARGS__, VG_LAST_PART)
#define VG_TUPLE_ENABLE_RLS          (vg_e_pol, VG_NOTHING, 0)
#define VG_TUPLE_FORCE_RLS           (vg_e_opt, .force_row_security = true)
#define VG_TUPLE_IN_SCHEMA(name)     (vg_e_opt, .database = "" name "")
#define VG_TUPLE_PARTITIONED_BY(sql) (vg_e_opt, .partition_by = "" sql "")
#define VG_TUPLE_CHECK(name, sql) \
    (vg_e_con, VG_CON_CHECKS, VG_NAME_TEXT(name), "" sql "")
/* FOREIGN_KEY(COLUMNS(a, b), REFERENCES(t, c, d), ON_DELETE(CASCADE), NAME("x")) */
#define VG_TUPLE_FOREIGN_KEY(columns, ...) \
    (vg_e_con, VG_CON_REFERS, VG_LIST_##columns, __VA_ARGS__)
#define VG_LIST_COLUMNS(...) (__VA_ARGS__)
/* The whole table: an initialiser of its vg_shape. */
#define VG_TUPLE_NAME(name)        (vg_e_opt, .db_name = VG_TABLE_PREFIX "" name "")
#define VG_TUPLE_STRICT            (vg_e_opt, .strict = true)
#define VG_TUPLE_WITHOUT_ROWID     (vg_e_opt, .without_rowid = true)
#define VG_TUPLE_IN_DATABASE(name) (vg_e_opt, .database = "" name "")

/* A list of entries becomes one of tuples, each with a comma before it; what is no entry
 * becomes (vg_e_unk, text), and so do two with no comma between them. */
#define VG_TABLE_ENTRY(c, e)      , VG_AS_ENTRY(#e, VG_TUPLE_##e)
#define VG_PROJECTION_ENTRY(c, e) , VG_AS_ENTRY(#e, VG_PART_##e)
#define VG_AS_TUPLE(...)          VG_AS_ENTRY(#__VA_ARGS__, __VA_ARGS__)
#define VG_AS_ENTRY(text, ...)                                            \
    VG_CAT(VG_AS_ENTRY_, VG_ENTRY_STATE(VG_PROBE_END __VA_ARGS__, 0, , )) \
    (text, __VA_ARGS__)
#define VG_AS_ENTRY_0(text, ...)          (vg_e_unk, text)
#define VG_AS_ENTRY_1(text, ...)          __VA_ARGS__
#define VG_AS_ENTRY_1X(text, ...)         (vg_e_unk, text " (a comma is missing)")
#define VG_PROBE_END(...)                 , 1,
#define VG_ENTRY_STATE(...)               VG_ENTRY_STATE_(__VA_ARGS__)
#define VG_ENTRY_STATE_(a, is, rest, ...) VG_CAT(is, VG_NOT_EMPTY(rest))
#define VG_NOT_EMPTY(...)                 __VA_OPT__(X)
/* An entry that says what is missing, where a list has none. */
#define VG_NONE_IF(...) VG_CAT(VG_NONE_, VG_NOT_EMPTY(__VA_ARGS__))()
#define VG_NONE_()      , (vg_e_unk, "at all")
#define VG_NONE_X()
#define VG_IS_TUPLE(...) VG_SECOND(VG_PROBE __VA_ARGS__, 0, )
#define VG_PROBE(...)    , 1
/* What prefix##_##kind(t, ...) makes of a tuple. */
#define VG_ENTRY(prefix, t, ...)         VG_ENTRY_(prefix, t, VG_UNPACK __VA_ARGS__)
#define VG_ENTRY_(...)                   VG_ENTRY__(__VA_ARGS__)
#define VG_ENTRY__(prefix, t, kind, ...) prefix##_##kind(t, __VA_ARGS__)

#define VG_NOT_NULL_MASK (VG_F_NOT_NULL | VG_F_PRIMARY_KEY)
/* Column flags with the type above them, once, as a constant; everything else asks it. */
#define VG_FLAG(t, e) VG_ENTRY(VG_FLAG, t, e)
#define VG_FLAG_vg_e_col(t, name, type, ...)                                           \
    VG_I_##t##_VG_##name,                                                              \
        VG_FLAGS_##t##_VG_##name = (VG_TYPE_OF(type) << 16) |                          \
                                   VG_TYPE_FLAGS(type) VG_WORDS(VG_MF, , __VA_ARGS__), \
        VG_BACK_##t##_VG_##name = VG_I_##t##_VG_##name,
#define VG_FLAG_vg_e_opt VG_NOTHING
#define VG_FLAG_vg_e_con VG_NOTHING
#define VG_FLAG_vg_e_pol VG_NOTHING
#define VG_FLAG_vg_e_unk VG_NOTHING

#define VG_IS_NN(flags) (!!((flags)&VG_NOT_NULL_MASK))
/* An insert must give it: NOT NULL, and nobody else fills it in. */
#define VG_IS_REQUIRED(flags)                                            \
    (VG_IS_NN(flags) &&                                                  \
     !((flags) & (VG_F_DEFAULT | VG_F_DEFAULT_FN | VG_F_UPDATE_FN |      \
                  VG_F_AUTOINCREMENT | VG_F_GENERATED | VG_F_FILLED)) && \
     !(((flags)&VG_F_PRIMARY_KEY) && ((flags) >> 16) == VG_TYPE_INTEGER))
#define VG_PICK(yes, T, N)                                 \
    __typeof__(*_Generic((char(*)[1 + (yes)])0, char(*)[1] \
                         : (N *)0, char(*)[2]              \
                         : (T *)0))

#define VG_ROW_FIELD(t, e) VG_ENTRY(VG_ROW_FIELD, t, e)
#define VG_ROW_FIELD_vg_e_col(t, name, type, ...)                    \
    VG_PICK(VG_IS_NN(VG_FLAGS_##t##_VG_##name), VG_TYPE_FIELD(type), \
            VG_TYPE_FIELD_NULL(type))                                \
    name;
#define VG_ROW_FIELD_vg_e_opt VG_NOTHING
#define VG_ROW_FIELD_vg_e_con VG_NOTHING
#define VG_ROW_FIELD_vg_e_pol VG_NOTHING
#define VG_ROW_FIELD_vg_e_unk(t, text) \
    _Static_assert(0, "TABLE(" #t "): there is no entry " text);

#define VG_NEW_FIELD(t, e) VG_ENTRY(VG_NEW_FIELD, t, e)
#define VG_NEW_FIELD_vg_e_col(t, name, type, ...) \
    VG_CAT(VG_NEW_FIELD_, VG_HAS_GENERATED(__VA_ARGS__))(t, name, type)
#define VG_NEW_FIELD_1(t, name, type)
#define VG_NEW_FIELD_0(t, name, type)                                      \
    VG_PICK(VG_IS_REQUIRED(VG_FLAGS_##t##_VG_##name), VG_TYPE_FIELD(type), \
            VG_TYPE_FIELD_NULL(type))                                      \
    name;
#define VG_NEW_FIELD_vg_e_opt VG_NOTHING
#define VG_NEW_FIELD_vg_e_con VG_NOTHING
#define VG_NEW_FIELD_vg_e_pol VG_NOTHING
#define VG_NEW_FIELD_vg_e_unk VG_NOTHING

#define VG_HANDLE(t, e) VG_ENTRY(VG_HANDLE, t, e)
/* A qualifier that no operator minds and SET looks for: the column is GENERATED. */
#define VG_HANDLE_IF_1 volatile
#define VG_HANDLE_IF_0
#define VG_HANDLE_vg_e_col(t, name, type, ...)                        \
    VG_CAT(VG_HANDLE_IF_, VG_HAS_GENERATED(__VA_ARGS__))              \
    VG_PICK(VG_IS_NN(VG_FLAGS_##t##_VG_##name), VG_TYPE_HANDLE(type), \
            VG_TYPE_HANDLE_NULL(type))                                \
    name;
#define VG_HANDLE_vg_e_opt VG_NOTHING
#define VG_HANDLE_vg_e_con VG_NOTHING
#define VG_HANDLE_vg_e_pol VG_NOTHING
#define VG_HANDLE_vg_e_unk VG_NOTHING

#define VG_REQUIRED(t, e) VG_ENTRY(VG_REQUIRED, t, e)
#define VG_REQUIRED_vg_e_col(t, name, ...) \
    | (uint64_t)VG_IS_REQUIRED(VG_FLAGS_##t##_VG_##name) << VG_I_##t##_VG_##name
#define VG_REQUIRED_vg_e_opt VG_NOTHING
#define VG_REQUIRED_vg_e_con VG_NOTHING
#define VG_REQUIRED_vg_e_pol VG_NOTHING
#define VG_REQUIRED_vg_e_unk VG_NOTHING

/* The flags of all columns together. */
#define VG_ANY_FLAG(t, e)                  VG_ENTRY(VG_ANY_FLAG, t, e)
#define VG_ANY_FLAG_vg_e_col(t, name, ...) | VG_FLAGS_##t##_VG_##name
#define VG_ANY_FLAG_vg_e_opt               VG_NOTHING
#define VG_ANY_FLAG_vg_e_con               VG_NOTHING
#define VG_ANY_FLAG_vg_e_pol(...)          | VG_F_SECURED
#define VG_ANY_FLAG_vg_e_unk               VG_NOTHING

#define VG_DESCRIBE(t, e) VG_ENTRY(VG_DESCRIBE, t, e)
#define VG_DESCRIBE_vg_e_col(t, col, ty, ...)                                        \
    {.name = #col,                                                                   \
     VG_CASED(#col).type =                                                           \
         VG_TYPE_OF(ty) + VG_ALL_KNOWN(#col, "" VG_UNKNOWN_TYPE_TEXT(ty) VG_WORDS(   \
                                                 VG_UNKNOWN_TEXT, , __VA_ARGS__)),   \
     .nullable = !VG_IS_NN(VG_FLAGS_##t##_VG_##col),                                 \
     .sql_class =                                                                    \
         VG_TYPE_CLASS(ty) +                                                         \
         VG_REQUIRE((VG_K_ANY & VG_TYPE_CLASS(ty) VG_WORDS(VG_MK, , __VA_ARGS__)) != \
                        0,                                                           \
                    "COLUMN(" #col "): the DEFAULT has another type than the "       \
                    "column"),                                                       \
     .flags = VG_FLAGS_##t##_VG_##col & 0xffff,                                      \
     .offset = offsetof(struct t, col),                                              \
     VG_CAT(VG_NEW_OFFSET_, VG_HAS_GENERATED(__VA_ARGS__))(t, col).new_optional =    \
         !VG_IS_REQUIRED(VG_FLAGS_##t##_VG_##col),                                   \
     VG_TYPE_EXTRA(ty).args = VG_TYPE_ARGS(ty) VG_WORDS(VG_MI, , __VA_ARGS__)},
#define VG_NEW_OFFSET_1(t, col)
#define VG_NEW_OFFSET_0(t, col) .new_offset = offsetof(struct t##_new, col),
#define VG_DESCRIBE_vg_e_opt    VG_NOTHING
#define VG_DESCRIBE_vg_e_con    VG_NOTHING
#define VG_DESCRIBE_vg_e_pol    VG_NOTHING
#define VG_DESCRIBE_vg_e_unk    VG_NOTHING

#define VG_NODE_INIT(t, e) VG_ENTRY(VG_NODE_INIT, t, e)
#define VG_NODE_INIT_vg_e_col(t, col, ...) \
    {VG_OP_COLUMN, 0, VG_I_##t##_VG_##col, &t.vg_shape, {{0}, 0}},
#define VG_NODE_INIT_vg_e_opt VG_NOTHING
#define VG_NODE_INIT_vg_e_con VG_NOTHING
#define VG_NODE_INIT_vg_e_pol VG_NOTHING
#define VG_NODE_INIT_vg_e_unk VG_NOTHING

#define VG_HANDLE_INIT(t, e)                 VG_ENTRY(VG_HANDLE_INIT, t, e)
#define VG_HANDLE_INIT_vg_e_col(t, col, ...) .col = {&t.vg_nodes[VG_I_##t##_VG_##col]},
#define VG_HANDLE_INIT_vg_e_opt              VG_NOTHING
#define VG_HANDLE_INIT_vg_e_con              VG_NOTHING
#define VG_HANDLE_INIT_vg_e_pol              VG_NOTHING
#define VG_HANDLE_INIT_vg_e_unk              VG_NOTHING

#define VG_OPTION(t, e)            VG_ENTRY(VG_OPTION, t, e)
#define VG_OPTION_vg_e_col         VG_NOTHING
#define VG_OPTION_vg_e_con         VG_NOTHING
#define VG_OPTION_vg_e_pol         VG_NOTHING
#define VG_OPTION_vg_e_unk         VG_NOTHING
#define VG_OPTION_vg_e_opt(t, ...) __VA_ARGS__,

#define VG_CONSTRAIN(t, e)                 VG_ENTRY(VG_CONSTRAIN, t, e)
#define VG_CONSTRAIN_vg_e_col              VG_NOTHING
#define VG_CONSTRAIN_vg_e_opt              VG_NOTHING
#define VG_CONSTRAIN_vg_e_unk              VG_NOTHING
#define VG_CONSTRAIN_vg_e_con(t, how, ...) how(t, __VA_ARGS__)
#define VG_CONSTRAIN_vg_e_pol(t, how, ...) how(t, __VA_ARGS__)
#define VG_CON_OVER(t, k, n, s, ...) \
    {.kind = k, .name = n, .sql = s, VG_COLUMN_LIST(t, __VA_ARGS__)},
#define VG_CON_ON(t, k, n, ...)                                             \
    {.kind = k,                                                             \
     .name = n,                                                             \
     .terms = (const vg_index_term[]){VG_INNER(VG_ON_TERM, t, __VA_ARGS__){ \
         .order = NULL}} VG_INNER(VG_ON_WHERE, t, __VA_ARGS__),             \
     .options = VG_ON_OPTIONS((0 VG_INNER(VG_ON_HAS, t, __VA_ARGS__)),      \
                              VG_INNER(VG_ON_OPTION, t, __VA_ARGS__))},
#define VG_ON_OPTIONS(has, ...) \
    has ? &(const vg_constraint_options){__VA_ARGS__.policy = NULL} : NULL
/* What each entry is to the list of terms, and to the condition. */
#define VG_ON_TERM(t, e)  VG_ON_READ(VG_ON_TERM, t, VG_ON_##e, vg_e_unk, (#e), )
#define VG_ON_WHERE(t, e) VG_ON_READ(VG_ON_WHERE, t, VG_ON_##e, vg_e_unk, (#e), )
#define VG_ON_READ(...)   VG_ON_READ_(__VA_ARGS__)
#define VG_ON_READ_(what, t, none, kind, args, ...) \
    VG_ON_CALL(what##_##kind, t, VG_UNPACK args)
#define VG_ON_CALL(...)        VG_ON_CALL_(__VA_ARGS__)
#define VG_ON_CALL_(what, ...) what(__VA_ARGS__)
#define VG_ON_TERM_vg_e_unk(t, text)           \
    {.column = VG_REQUIRE(0, "an index of " #t \
                             ": not an entry, such as ON(column): " text)},
#define VG_ON_TERM_vg_e_col(t, order, ...) VG_ON_COLUMN(t, order, __VA_ARGS__, vg_e_end)
#define VG_ON_TERM_vg_e_sql(t, ...)        VG_ON_TEXT(__VA_ARGS__, vg_e_end)
#define VG_ON_COLUMN(t, order_, name, ...) \
    {.order = order_,                      \
     .column = VG_INDEX_OF(t, name) VG_WORDS(VG_ON_MODIFIER, , __VA_ARGS__)},
#define VG_ON_TEXT(text, ...) \
    {.sql = "" text "", .order = "" VG_WORDS(VG_ON_MODIFIER, , __VA_ARGS__)},
#define VG_ON_MODIFIER(c, m) VG_ONM_##m
#define VG_ONM_vg_e_end
#define VG_ON_TERM_vg_e_whr           VG_NOTHING
#define VG_ON_TERM_vg_e_opt           VG_NOTHING
#define VG_ON_TERM_vg_e_inc           VG_NOTHING
#define VG_ON_WHERE_vg_e_unk          VG_NOTHING
#define VG_ON_WHERE_vg_e_opt          VG_NOTHING
#define VG_ON_WHERE_vg_e_inc          VG_NOTHING
#define VG_ON_HAS(t, e)               VG_ON_READ(VG_ON_HAS, t, VG_ON_##e, vg_e_unk, (#e), )
#define VG_ON_HAS_vg_e_col            VG_NOTHING
#define VG_ON_HAS_vg_e_unk            VG_NOTHING
#define VG_ON_HAS_vg_e_sql            VG_NOTHING
#define VG_ON_HAS_vg_e_whr            VG_NOTHING
#define VG_ON_HAS_vg_e_opt(...)       +1
#define VG_ON_HAS_vg_e_inc(...)       +1
#define VG_ON_OPTION(t, e)            VG_ON_READ(VG_ON_OPTION, t, VG_ON_##e, vg_e_unk, (#e), )
#define VG_ON_OPTION_vg_e_col         VG_NOTHING
#define VG_ON_OPTION_vg_e_unk         VG_NOTHING
#define VG_ON_OPTION_vg_e_sql         VG_NOTHING
#define VG_ON_OPTION_vg_e_whr         VG_NOTHING
#define VG_ON_OPTION_vg_e_opt(t, ...) __VA_ARGS__,
#define VG_ON_OPTION_vg_e_inc(t, ...)                                         \
    .include = (const uint16_t[]){VG_WORDS(VG_COLUMN_INDEX, t, __VA_ARGS__)}, \
    .include_count = VG_NARGS(__VA_ARGS__),
#define VG_CON_NULLS(t, k, n, ...)                                          \
    {.kind = k,                                                             \
     .name = n,                                                             \
     .options = &(const vg_constraint_options){.nulls_not_distinct = true}, \
     VG_COLUMN_LIST(t, __VA_ARGS__)},
#define VG_CON_POLICIES(t, n, ...)              \
    {.kind = VG_CON_POLICY,                     \
     .name = VG_NAME_TEXT(n),                   \
     .options = &(const vg_constraint_options){ \
         .policy = &(const vg_policy){VG_INNER(VG_POLICY_PART, , __VA_ARGS__)}}},
/* Parts of a policy, of POLICY_ON's too. */
#define VG_POLICY_PART(c, p)             VG_POLICY_READ(VG_POL_##p, (VG_NO_POLICY_PART(#p)), )
#define VG_POLICY_READ(...)              VG_POLICY_READ_(__VA_ARGS__)
#define VG_POLICY_READ_(none, init, ...) VG_UNPACK init,
#define VG_NO_POLICY_PART(text) \
    .restrictive = VG_REQUIRE(0, "POLICY: it has no part " text)
#define VG_POL_VG_LAST_PART , (.table = NULL)
/* USING is a clause of DELETE_FROM, and what that expands to: say what stands here instead. */
#define VG_POL_vg_from(x) \
    , (.restrictive = VG_REQUIRE(0, "POLICY: the condition is USING_SQL"))
#define VG_POL_RESTRICTIVE            , (.restrictive = true)
#define VG_POL_FOR(command_)          , (.command = VG_COMMAND_##command_)
#define VG_COMMAND_ALL                "ALL"
#define VG_COMMAND_SELECT             "SELECT"
#define VG_COMMAND_INSERT             "INSERT"
#define VG_COMMAND_UPDATE             "UPDATE"
#define VG_COMMAND_DELETE             "DELETE"
#define VG_POL_TO(...)                , (.to = (const char *const[]){__VA_ARGS__, NULL})
#define VG_POL_USING_SQL(sql)         , (.using_sql = "" sql "")
#define VG_POL_CHECK_SQL(sql)         , (.check_sql = "" sql "")
#define VG_ON_WHERE_vg_e_col          VG_NOTHING
#define VG_ON_WHERE_vg_e_sql          VG_NOTHING
#define VG_ON_WHERE_vg_e_whr(t, text) , .sql = text
#define VG_CON_CHECKS(t, n, s)        {.kind = VG_CON_CHECK, .name = n, .sql = s},
#define VG_CON_REFERS(t, columns, ...) \
    {.kind = VG_CON_FOREIGN_KEY,       \
     VG_COLUMN_LIST_(t, VG_UNPACK columns) VG_WORDS(VG_FK, t, __VA_ARGS__)},
#define VG_COLUMN_LIST_(...) VG_COLUMN_LIST(__VA_ARGS__)
#define VG_COLUMN_LIST(t, ...)                                                \
    .columns = (const uint16_t[]){VG_INNER(VG_COLUMN_INDEX, t, __VA_ARGS__)}, \
    .column_count = VG_NARGS(__VA_ARGS__)
#define VG_COLUMN_INDEX(t, c) VG_INDEX_OF(t, c),
#define VG_FK(t, m)           VG_FK_##m
#define VG_FK_REFERENCES(t, ...)                                      \
    , .references = &t.vg_shape, .ref_columns = (const char *const[]) \
    {                                                                 \
        VG_INNER(VG_REF_COLUMN, t, __VA_ARGS__)                       \
    }
#define VG_REF_COLUMN(t, c) VG_CHECKED_COLUMN(t, c),
#define VG_FK_REFERENCES_LATER(t, ...)                                         \
    , .references = (const vg_shape *)&t, .ref_columns = (const char *const[]) \
    {                                                                          \
        VG_INNER(VG_REF_NAME, t, __VA_ARGS__)                                  \
    }
#define VG_REF_NAME(t, c)  #c,
#define VG_FK_ON_DELETE(a) , .on_delete = VG_ACTION_##a
#define VG_FK_ON_UPDATE(a) , .on_update = VG_ACTION_##a
#define VG_FK_NAME(n)      , .name = "" n ""
#define VG_FK_DEFERRABLE                        \
    , .options = &(const vg_constraint_options) \
    {                                           \
        .deferrable = VG_DEFERRABLE             \
    }
#define VG_FK_INITIALLY_DEFERRED                \
    , .options = &(const vg_constraint_options) \
    {                                           \
        .deferrable = VG_INITIALLY_DEFERRED     \
    }

#define VG_TABLE_OF(...)     VG_TABLE_OF_(__VA_ARGS__)
#define VG_TABLE_OF_(t, ...) VG_TABLE_AS(VG_IF_RELATED(t, __VA_ARGS__), t, __VA_ARGS__)
#define VG_TABLE_AS(...)     VG_TABLE_AS_(__VA_ARGS__)
#define VG_TABLE_AS_(related, t, ...)                                                 \
    VG_CHECK_CASING("TABLE(" #t ")")                                                  \
    VG_RELATED_BEFORE_##related(t, __VA_ARGS__) extern const struct t##_vg t __asm__( \
        "vg_object_" #t);                                                             \
    extern const struct t##_vg t##_vg_rows __asm__("vg_object_" #t);                  \
    enum { VG_EACH(VG_FLAG, t, __VA_ARGS__) VG_N_##t };                               \
    _Static_assert(                                                                   \
        VG_N_##t <= VG_MAX_COLUMNS,                                                   \
        "TABLE(" #t "): more than 64 columns; split the table in two that "           \
        "share their primary key, or keep rare columns in one JSON column");          \
    __extension__ enum { /* beyond int from the 32nd column on */                     \
                         VG_NEED_##t = 0 VG_EACH(VG_REQUIRED, t, __VA_ARGS__),        \
                         VG_FLAGS_##t = 0 VG_EACH(VG_ANY_FLAG, t, __VA_ARGS__),       \
                         VG_KIND_##t =                                                \
                             VG_A_TABLE | (VG_FLAGS_##t & VG_F_FTS ? VG_AN_FTS : 0)   \
    };                                                                                \
    _Static_assert(!(VG_FLAGS_##t & VG_F_UNINDEXED) || (VG_FLAGS_##t & VG_F_FTS),     \
                   "TABLE(" #t "): UNINDEXED belongs to FTS_TABLE");                  \
    struct t {                                                                        \
        VG_EACH(VG_ROW_FIELD, t, __VA_ARGS__)                                         \
        VG_RELATED_FIELDS_##related(t, __VA_ARGS__)                                   \
    };                                                                                \
    struct t##_new {                                                                  \
        VG_EACH(VG_NEW_FIELD, t, __VA_ARGS__)                                         \
    };                                                                                \
    typedef struct {                                                                  \
        struct t *data;                                                               \
        size_t len;                                                                   \
    } t##_list;                                                                       \
    VG_OBJECT_TYPE(t, struct t##_new, VG_EACH(VG_HANDLE, t, __VA_ARGS__),             \
                   VG_RELATED_HANDLES_##related(t, __VA_ARGS__))                      \
    __attribute__((weak)) const struct t##_vg t = {                                   \
        .vg_shape = {.kind = VG_SHAPE_TABLE,                                          \
                     .column_count = VG_N_##t,                                        \
                     .row_size = sizeof(struct t),                                    \
                     .new_size = sizeof(struct t##_new),                              \
                     .has_default_fn =                                                \
                         (VG_FLAGS_##t & (VG_F_DEFAULT_FN | VG_F_UPDATE_FN)) != 0,    \
                     .has_coder = (VG_FLAGS_##t & VG_F_CODED) != 0,                   \
                     .has_update_fn = (VG_FLAGS_##t & VG_F_UPDATE_FN) != 0,           \
                     .row_security = (VG_FLAGS_##t & VG_F_SECURED) != 0,              \
                     .name = #t,                                                      \
                     .default_name = VG_TABLE_PREFIX #t,                              \
                     VG_CASED(VG_TABLE_PREFIX #t) VG_EACH(VG_OPTION, t, __VA_ARGS__)  \
                         .columns = t.vg_columns,                                     \
                     .nodes = t.vg_nodes,                                             \
                     VG_RELATED_SHAPE_##related(t, __VA_ARGS__).constraints =         \
                         (const vg_constraint[]){VG_EACH(                             \
                             VG_CONSTRAIN, t, __VA_ARGS__){.kind = VG_CON_NONE}}},    \
        .vg_columns = {VG_EACH(VG_DESCRIBE, t, __VA_ARGS__)},                         \
        .vg_nodes = {VG_EACH(VG_NODE_INIT, t, __VA_ARGS__)},                          \
        VG_EACH(VG_HANDLE_INIT, t, __VA_ARGS__)};

#define VG_SCHEMA_TABLE(c, t) &t.vg_shape,

/* What an object is, as VG_KIND_name; and t_vg_rows, the object that has its columns: a view
 * and the shape of its rows share them. */
enum {
    VG_A_TABLE = 1,
    VG_AN_FTS = 2, /* with VG_A_TABLE */
    VG_A_VIEW = 4,
    VG_A_PROJECTION = 8,
    VG_AN_ALIAS = 16 /* with what it is an alias of */
};
/* The shape of a table that a statement changes. */
#define VG_TO_CHANGE(t, word)                                             \
    (&t.vg_shape +                                                        \
     VG_CHECKING(t,                                                       \
                 VG_DEMAND((VG_KIND_##t & ~VG_AN_FTS) == VG_A_TABLE, word \
                           "(" #t "): not a table: views and aliases are only read")))

/* The object of a table or projection: its shape, two type witnesses, typed columns. */
#define VG_OBJECT_TYPE(t, new_type, handles, relations) \
    struct t##_vg {                                     \
        vg_shape vg_shape;                              \
        struct t *vg_row;                               \
        new_type *vg_new;                               \
        union {                                         \
            struct {                                    \
                handles                                 \
            };                                          \
            const vg_node *vg_handles[VG_N_##t];        \
        };                                              \
        vg_column vg_columns[VG_N_##t];                 \
        vg_node vg_nodes[VG_N_##t];                     \
        relations                                       \
    };

/* Entry i of an array of n; beyond its end they all say entry 0 again, knowingly. */
#ifdef __clang__
#    define VG_OVERRIDES_BEGIN           \
        _Pragma("clang diagnostic push") \
            _Pragma("clang diagnostic ignored \"-Winitializer-overrides\"")
#    define VG_OVERRIDES_END _Pragma("clang diagnostic pop")
#else
#    define VG_OVERRIDES_BEGIN         \
        _Pragma("GCC diagnostic push") \
            _Pragma("GCC diagnostic ignored \"-Woverride-init\"")
#    define VG_OVERRIDES_END _Pragma("GCC diagnostic pop")
#endif
#define VG_WITHIN(i, n)          ((i) < (n) ? (i) : 0)
#define VG_ALIAS_HANDLE(a, n, i) [VG_WITHIN(i, n)] = &a.vg_nodes[VG_WITHIN(i, n)],
#define VG_ALIAS_NODE(a, n, i) \
    [VG_WITHIN(i, n)] = {VG_OP_COLUMN, 0, VG_WITHIN(i, n), &a.vg_shape, {{0}, 0}},
