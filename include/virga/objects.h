/* What a database has beside tables, views and triggers: enum types, sequences, schemas (here
 * NAMESPACE), roles, policies of tables that are not in SCHEMA, extensions. All PostgreSQL's;
 * vg_create and the kit make them, and refuse them where they do not exist.
 *
 *     NAMESPACE(auth)
 *     EXTENSION(citext)
 *     SEQUENCE(invoice_numbers, START_WITH(1000), INCREMENT_BY(10))
 *     ROLE(app)
 *     SCHEMA(shop, auth, citext, invoice_numbers, app, users, ...)
 *
 * They stand at file scope, and in SCHEMA in any order. An enum type that a PG_ENUM column
 * uses is made by itself; ENUM_TYPE is for one that no column of SCHEMA uses, or that has
 * another name than the ENUM or lies in another schema than public. */
#pragma once
#pragma GCC system_header
#include <virga/schema.h>

VG_BEGIN_DECLS

/* An object with a name and no rows. */
typedef struct vg_plain_object {
    struct vg_shape vg_shape;
} vg_plain_object;

VG_END_DECLS

/* words: begin */

/* CREATE TYPE name AS ENUM, of the constants of `enum_`. Options: NAME("..."),
 * IN_SCHEMA("auth"). All columns of PG_ENUM(enum_) then have this type.
 *     ENUM(role, ROLE_USER, ROLE_ADMIN)
 *     ENUM_TYPE(role_type, role, NAME("user_role"), IN_SCHEMA("auth")) */
#define VG_ENUM_TYPE(...) VG_ENUM_TYPE_OF(__VA_ARGS__, VG_LAST_OPTION)

/* CREATE SEQUENCE. Options: START_WITH(n) INCREMENT_BY(n) MINVALUE(n) MAXVALUE(n)
 * CACHE_SIZE(n) CYCLE, NAME("..."), IN_SCHEMA("auth").
 *     SEQUENCE(invoice_numbers, START_WITH(1000)) */
#define VG_SEQUENCE(...) VG_SEQUENCE_OF(__VA_ARGS__, VG_LAST_OPTION)

/* CREATE SCHEMA: what tables with IN_SCHEMA("auth") lie in. Options: NAME("..."); EXISTING:
 * it is there already.
 *     NAMESPACE(auth) */
#define VG_NAMESPACE(...) VG_NAMESPACE_OF(__VA_ARGS__, VG_LAST_OPTION)

/* CREATE ROLE. Options: CREATE_DB, CREATE_ROLE, NO_INHERIT, NAME("..."); EXISTING: it is
 * there already, and only named.
 *     ROLE(app, CREATE_DB) */
#define VG_ROLE(...) VG_ROLE_OF(__VA_ARGS__, VG_LAST_OPTION)

/* A policy of a table that is not in SCHEMA, made by others: a TABLE, or its name as SQL has
 * it. Options are those of POLICY: RESTRICTIVE, FOR(ALL | SELECT | INSERT | UPDATE | DELETE),
 * TO("role", ...), USING_SQL("..."), CHECK_SQL("..."); and NAME("...").
 *     POLICY_ON(own_rows, ON_TABLE(users), FOR(SELECT), USING_SQL("id = auth.uid()"))
 *     POLICY_ON(read_all, ON_SQL("realtime.messages"), TO("authenticated")) */
#define VG_POLICY_ON(...) VG_POLICY_ON_OF(__VA_ARGS__, VG_LAST_OPTION)

/* CREATE EXTENSION. Options: VERSION("1.6"), NAME("uuid-ossp"), IN_SCHEMA("extensions").
 *     EXTENSION(citext) */
#define VG_EXTENSION(...) VG_EXTENSION_OF(__VA_ARGS__, VG_LAST_OPTION)

/* words: end */

/* ---- what the macros forward to ---- */

/* Options are of the object or of its shape: known words are a list whose first element is
 * empty, then which of the two, then initialisers. */
#define VG_OBJECT_OF(word, name_, kind_, member, type, ...)                          \
    VG_OVERRIDES_BEGIN                                                               \
    VG_EACH(VG_OBJECT_CHECK, word "(" #name_, __VA_ARGS__)                           \
    extern const vg_plain_object name_ __asm__("vg_object_" #name_);                 \
    __attribute__((weak)) const vg_plain_object name_ = {                            \
        .vg_shape = {.kind = kind_,                                                  \
                     VG_EACH(VG_OBJECT_SHAPE, , __VA_ARGS__).member =                \
                         &(const type){0, VG_EACH(VG_OBJECT_DETAIL, , __VA_ARGS__)}, \
                     .name = #name_}};                                               \
    VG_OVERRIDES_END
#define VG_OBJECT_CHECK(text, o)                                               \
    _Static_assert(VG_CAT(VG_OBJECT_KNOWN_, VG_SECOND(VG_OO_##o, vg_e_unk, )), \
                   text ", ...): it has no option " #o);
/* clang-format off */
#define VG_OBJECT_SHAPE(c, o) \
    VG_OBJECT_READ(VG_OBJECT_SHAPE_, VG_OO_##o, vg_e_unk, )
#define VG_OBJECT_DETAIL(c, o) \
    VG_OBJECT_READ(VG_OBJECT_DETAIL_, VG_OO_##o, vg_e_unk, )
/* clang-format on */
#define VG_OBJECT_READ(...)                    VG_OBJECT_READ_(__VA_ARGS__)
#define VG_OBJECT_READ_(what, none, kind, ...) what##kind(__VA_ARGS__)
enum {
    VG_OBJECT_KNOWN_vg_e_unk,
    VG_OBJECT_KNOWN_vg_e_shp,
    VG_OBJECT_KNOWN_vg_e_det,
    VG_OBJECT_KNOWN_vg_e_end
};
#define VG_OBJECT_SHAPE_vg_e_shp(x, ...)  x,
#define VG_OBJECT_SHAPE_vg_e_det          VG_NOTHING
#define VG_OBJECT_SHAPE_vg_e_unk          VG_NOTHING
#define VG_OBJECT_SHAPE_vg_e_end          VG_NOTHING
#define VG_OBJECT_DETAIL_vg_e_shp         VG_NOTHING
#define VG_OBJECT_DETAIL_vg_e_det(x, ...) VG_UNPACK x,
#define VG_OBJECT_DETAIL_vg_e_unk         VG_NOTHING
#define VG_OBJECT_DETAIL_vg_e_end         VG_NOTHING

#define VG_OO_VG_LAST_OPTION   , vg_e_end, 0
#define VG_OO_NAME(text)       , vg_e_shp, .db_name = "" text ""
#define VG_OO_IN_SCHEMA(text)  , vg_e_shp, .database = "" text ""
#define VG_OO_INCREMENT_BY(n)  , vg_e_det VG_SEQ_INCREMENT_BY(n)
#define VG_OO_MINVALUE(n)      , vg_e_det VG_SEQ_MINVALUE(n)
#define VG_OO_MAXVALUE(n)      , vg_e_det VG_SEQ_MAXVALUE(n)
#define VG_OO_START_WITH(n)    , vg_e_det VG_SEQ_START_WITH(n)
#define VG_OO_CACHE_SIZE(n)    , vg_e_det VG_SEQ_CACHE_SIZE(n)
#define VG_OO_CYCLE            , vg_e_det VG_SEQ_CYCLE
#define VG_OO_EXISTING         , vg_e_det, (.existing = true)
#define VG_OO_CREATE_DB        , vg_e_det, (.create_db = true)
#define VG_OO_CREATE_ROLE      , vg_e_det, (.create_role = true)
#define VG_OO_NO_INHERIT       , vg_e_det, (.no_inherit = true)
#define VG_OO_ON_WITH(text)    , vg_e_det, (.with = "" text "")
#define VG_OO_ON_USING(text)   , vg_e_det, (.using_method = "" text "")
#define VG_OO_TABLESPACE(text) , vg_e_det, (.tablespace = "" text "")
#define VG_OO_NO_DATA          , vg_e_det, (.no_data = true)
#define VG_OO_MATERIALIZED     , vg_e_det, (.materialized = true)
#define VG_OO_VG_MATERIALIZED  VG_OO_MATERIALIZED
#define VG_OO_VERSION(text)    , vg_e_det, (.version = "" text "")
#define VG_OO_VG_CODER(e)      , vg_e_det, (.coder = &vg_coder_##e)
#define VG_OO_ON_TABLE(t)      , vg_e_det, (.table = &t.vg_shape)
#define VG_OO_ON_SQL(text)     , vg_e_det, (.on = "" text "")
#define VG_OO_RESTRICTIVE      , vg_e_det, (.restrictive = true)
#define VG_OO_FOR(command_)    , vg_e_det, (.command = VG_COMMAND_##command_)
#define VG_OO_TO(...)          , vg_e_det, (.to = (const char *const[]){__VA_ARGS__, NULL})
#define VG_OO_USING_SQL(sql)   , vg_e_det, (.using_sql = "" sql "")
#define VG_OO_CHECK_SQL(sql)   , vg_e_det, (.check_sql = "" sql "")

#define VG_ENUM_TYPE_OF(name, e, ...)                                       \
    VG_OBJECT_OF("ENUM_TYPE", name, VG_SHAPE_ENUM, enum_type, vg_enum_type, \
                 __VA_ARGS__, VG_CODER(e))
#define VG_SEQUENCE_OF(name, ...)                                                    \
    VG_OBJECT_OF("SEQUENCE", name, VG_SHAPE_SEQUENCE, sequence, vg_sequence_options, \
                 __VA_ARGS__)
#define VG_NAMESPACE_OF(name, ...) \
    VG_OBJECT_OF("NAMESPACE", name, VG_SHAPE_NAMESPACE, role, vg_role, __VA_ARGS__)
#define VG_ROLE_OF(name, ...) \
    VG_OBJECT_OF("ROLE", name, VG_SHAPE_ROLE, role, vg_role, __VA_ARGS__)
#define VG_POLICY_ON_OF(name, ...) \
    VG_OBJECT_OF("POLICY_ON", name, VG_SHAPE_POLICY, policy, vg_policy, __VA_ARGS__)
#define VG_EXTENSION_OF(name, ...)                                               \
    VG_OBJECT_OF("EXTENSION", name, VG_SHAPE_EXTENSION, extension, vg_extension, \
                 __VA_ARGS__)
