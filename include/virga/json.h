/* JSON in SQL: typed extraction, changes, construction, and its elements as rows.
 *
 * A path is a text such as "$.address.city" or "$.tags[0]". An argument that is JSON (a JSON
 * column, or made here) stands in JSON as it is, any other text as a string; a BOOLEAN
 * becomes 0 or 1 and a time what is stored. SQLite has these functions since 3.38, before
 * that unless they were left out of its build. */
#pragma once
#pragma GCC system_header
#include <virga/function.h>
#include <virga/query.h>

VG_BEGIN_DECLS
/* What JSON_EACH and JSON_TREE forward to. */
VG_API const vg_derived *vg_json_rows(vg_derived *out, vg_clause *room,
                                      const vg_shape *alias, const vg_node *call);
VG_END_DECLS

/* The rows of JSON_EACH and JSON_TREE: declare an ALIAS of it for each use. `value` and
 * `atom` are text, of whatever type they are in the JSON: compare numbers by
 * CAST(tags.value, INTEGER). */
// clang-format off
#ifndef __cplusplus
VG_TABLE(vg_json_item,
    COLUMN(key,     TEXT),
    COLUMN(value,   TEXT),
    COLUMN(type,    TEXT,    NOT_NULL),
    COLUMN(atom,    TEXT),
    COLUMN(id,      INTEGER, NOT_NULL),
    COLUMN(parent,  INTEGER),
    COLUMN(fullkey, TEXT,    NOT_NULL),
    COLUMN(path,    TEXT,    NOT_NULL))
#endif
// clang-format on

/* words: begin */

/* What stands at a path, as a column type; NULL when nothing does. A text when a number was
 * asked for is refused when the row is read. JSON yields the part as JSON, TIMESTAMP and
 * DATE are read from ISO text.
 *     JSON_GET(users.settings, "$.theme", TEXT) */
#define VG_JSON_GET(x, path, type)                                                  \
    VG_CAT(VG_TYPE_MAKER(type), _null)                                              \
    (vg_typed_list(VG_NEW_NODE, VG_ROOM(2),                                         \
                   VG_TYPE_OF(type) == VG_TYPE_TEXT   ? VG_OP_JSON_TEXT             \
                   : VG_TYPE_OF(type) == VG_TYPE_JSON ? VG_OP_JSON_PART             \
                                                      : VG_OP_JSON_GET,             \
                   VG_TYPE_OF(type) + VG_REQUIRE(VG_TYPE_KNOWN(type),               \
                                                 "JSON_GET: " #type                 \
                                                 " is no column type"),             \
                   2, VG_VALUE_IF(x, VG_DEMAND_JSON("JSON_GET(" #x ", ...): " #x)), \
                   VG_VALUE_IF(path, VG_DEMAND_TEXT("JSON_GET: " #path))))

/* Of JSON, or of what stands at a path in it: the type ("object", "text", ...), the length
 * of an array; NULL when nothing is there. Whether a text is JSON. */
#define VG_JSON_TYPE(...)                                                          \
    VG_JSON_ASK(vg_make_text_null, VG_OP_JSON_TYPE, "JSON_TYPE(" #__VA_ARGS__ ")", \
                __VA_ARGS__, )
#define VG_JSON_ARRAY_LENGTH(...)                          \
    VG_JSON_ASK(vg_make_int_null, VG_OP_JSON_ARRAY_LENGTH, \
                "JSON_ARRAY_LENGTH(" #__VA_ARGS__ ")", __VA_ARGS__, )
#define VG_JSON_VALID(x)                                            \
    VG_MAKE_WHEN(predicate, VG_CLASS(x))                            \
    (vg_typed_list(VG_NEW_NODE, VG_ROOM(1), VG_OP_JSON_VALID, 0, 1, \
                   VG_VALUE_IF(x, VG_DEMAND_JSON("JSON_VALID(" #x "): " #x))))

/* The JSON with other values at paths: SET writes anyway, INSERT where nothing is, REPLACE
 * where something is. Pairs of a path and a value; the value may be NULL.
 *     SET(settings, JSON_SET(users.settings, "$.theme", "dark", "$.size", 12)) */
#define VG_JSON_SET(x, ...) \
    VG_JSON_CHANGE(VG_OP_JSON_SET, "JSON_SET", x, #x, __VA_ARGS__)
#define VG_JSON_INSERT(x, ...) \
    VG_JSON_CHANGE(VG_OP_JSON_INSERT, "JSON_INSERT", x, #x, __VA_ARGS__)
#define VG_JSON_REPLACE(x, ...) \
    VG_JSON_CHANGE(VG_OP_JSON_REPLACE, "JSON_REPLACE", x, #x, __VA_ARGS__)

/* Without what stands at the paths; merged with other JSON as RFC 7396 says. */
#define VG_JSON_REMOVE(x, ...)                                                        \
    VG_MAKE_WHEN(json, VG_CLASS(x))                                                   \
    (vg_typed_list(VG_NEW_NODE, VG_ROOM(VG_NARGS(0, __VA_ARGS__)), VG_OP_JSON_REMOVE, \
                   0, VG_NARGS(0, __VA_ARGS__),                                       \
                   VG_VALUE_IF(x, VG_DEMAND_JSON("JSON_REMOVE(" #x ", ...): " #x))    \
                       VG_EACH(VG_NEXT_TEXT, "JSON_REMOVE", __VA_ARGS__)))
#define VG_JSON_PATCH(x, patch)                                                    \
    VG_MAKE_WHEN(json, VG_CLASS(x) | VG_CLASS(patch))                              \
    (vg_typed_list(VG_NEW_NODE, VG_ROOM(2), VG_OP_JSON_PATCH, 0, 2,                \
                   VG_VALUE_IF(x, VG_DEMAND_JSON("JSON_PATCH(" #x ", ...): " #x)), \
                   VG_VALUE_IF(patch, VG_DEMAND_JSON("JSON_PATCH: " #patch))))

/* Whether the JSON has what other JSON has, or the other way round; whether an object has a
 * key or an array a text; whether a path of SQL/JSON finds something, or its predicate
 * holds; the two merged, one level deep. PostgreSQL only: these use a GIN index.
 *     WHERE(JSON_CONTAINS(users.settings, "{\"theme\": \"dark\"}"))
 *     WHERE(JSON_PATH_EXISTS(posts.body, "$.tags[*] ? (@ == \"c\")")) */
#define VG_JSON_CONTAINS(l, r) \
    VG_JSONS(VG_OP_JSON_CONTAINS, "JSON_CONTAINS", l, r, #l, #r)
#define VG_JSON_CONTAINED(l, r) \
    VG_JSONS(VG_OP_JSON_CONTAINED, "JSON_CONTAINED", l, r, #l, #r)
#define VG_JSON_HAS_KEY(x, key) \
    VG_JSON_BY_TEXT(VG_OP_JSON_HAS_KEY, "JSON_HAS_KEY", x, key, #x, #key)
#define VG_JSON_PATH_EXISTS(x, path) \
    VG_JSON_BY_TEXT(VG_OP_JSON_PATH_EXISTS, "JSON_PATH_EXISTS", x, path, #x, #path)
#define VG_JSON_PATH_MATCH(x, path) \
    VG_JSON_BY_TEXT(VG_OP_JSON_PATH_MATCH, "JSON_PATH_MATCH", x, path, #x, #path)
#define VG_JSON_MERGE(x, y)                                                      \
    VG_MAKE_WHEN(json, VG_CLASS(x) | VG_CLASS(y))                                \
    (vg_arith(VG_NEW_NODE, VG_ROOM(2), VG_OP_JSON_MERGE,                         \
              VG_VALUE_IF(x, VG_DEMAND_JSON("JSON_MERGE(" #x ", " #y "): " #x)), \
              VG_VALUE_IF(y, VG_DEMAND_JSON("JSON_MERGE(" #x ", " #y "): " #y))))

/* New JSON of keys and values, of values; over the rows of a group, aggregates.
 *     JSON_OBJECT("id", posts.id, "tags", posts.tags) */
#define VG_JSON_OBJECT(...)                                                       \
    vg_make_json(VG_JSON_OF(VG_OP_JSON_OBJECT +                                   \
                                VG_REQUIRE(VG_NARGS(__VA_ARGS__) % 2 == 0,        \
                                           "JSON_OBJECT: a key without a value"), \
                            "JSON_OBJECT", __VA_ARGS__))
#define VG_JSON_ARRAY(...) \
    vg_make_json(VG_JSON_OF(VG_OP_JSON_ARRAY, "JSON_ARRAY", __VA_ARGS__))
#define VG_JSON_GROUP_ARRAY(x) \
    vg_make_json(VG_JSON_OF(VG_OP_JSON_GROUP_ARRAY, "JSON_GROUP_ARRAY", x))
#define VG_JSON_GROUP_OBJECT(key, value) \
    vg_make_json(VG_JSON_OF(VG_OP_JSON_GROUP_OBJECT, "JSON_GROUP_OBJECT", key, value))

/* The elements of an array or object as rows, or all that is in them at any depth, under
 * the name of an ALIAS of vg_json_item; in FROM or a join, after the table whose column it
 * reads.
 *     ALIAS(tag, vg_json_item)
 *     FROM(posts), CROSS_JOIN(JSON_EACH(tag, posts.tags)), WHERE(EQ(tag.value, "c")) */
#define VG_JSON_EACH(alias, x) \
    VG_JSON_ROWS(VG_OP_JSON_EACH, "JSON_EACH", alias, #alias, x, #x)
#define VG_JSON_TREE(alias, x) \
    VG_JSON_ROWS(VG_OP_JSON_TREE, "JSON_TREE", alias, #alias, x, #x)

/* words: end */

/* ---- what the macros forward to ---- */

#define VG_JSONS(op, word, l, r, ls, rs)                              \
    vg_make_predicate(vg_binary(                                      \
        VG_NEW_NODE, (op),                                            \
        VG_VALUE_IF(r, VG_DEMAND_JSON(word "(" ls ", " rs "): " rs)), \
        VG_NODE(l) +                                                  \
            VG_CHECKING(l, VG_DEMAND_CLASS(VG_K_json, word, " is no JSON", ls))))
#define VG_JSON_BY_TEXT(op, word, x, text, xs, ts)                       \
    vg_make_predicate(vg_binary(                                         \
        VG_NEW_NODE, (op),                                               \
        VG_VALUE_IF(text, VG_DEMAND_TEXT(word "(" xs ", " ts "): " ts)), \
        VG_NODE(x) +                                                     \
            VG_CHECKING(x, VG_DEMAND_CLASS(VG_K_json, word, " is no JSON", xs))))
#define VG_DEMAND_JSON(text) \
    VG_DEMAND((VG_CLASS(vg_r) & (VG_K_json | VG_K_text)) != 0, text " is no JSON")
#define VG_JSON_ASK(maker, op, text, x, ...)                                        \
    maker(vg_typed_list(VG_NEW_NODE, VG_ROOM(VG_NARGS(__VA_ARGS__)), (op), 0,       \
                        VG_NARGS(__VA_ARGS__),                                      \
                        VG_VALUE_IF(x, VG_DEMAND_JSON(text ": the first argument")) \
                            VG_EACH(VG_NEXT_TEXT, text, __VA_ARGS__)))
#define VG_JSON_CHANGE(op, word, x, xs, ...)                                     \
    VG_MAKE_WHEN(json, VG_CLASS(x))                                              \
    (vg_typed_list(VG_NEW_NODE, VG_ROOM(VG_NARGS(0, __VA_ARGS__)), (op), 0,      \
                   VG_NARGS(0, __VA_ARGS__) +                                    \
                       VG_REQUIRE(VG_NARGS(__VA_ARGS__) % 2 == 0,                \
                                  word "(" xs ", ...): a path without a value"), \
                   VG_VALUE_IF(x, VG_DEMAND_JSON(word "(" xs ", ...): " xs))     \
                       VG_EACH(VG_NEXT_ANY, word, __VA_ARGS__)))
#define VG_NEXT_ANY(word, x) , VG_VALUE_IF(x, VG_DEMAND_ANY(word))
#define VG_DEMAND_ANY(word) \
    VG_DEMAND(VG_CLASS(vg_r) != 0, word ": an argument has no SQL type")
#define VG_JSON_OF(op, word, ...)                                       \
    vg_typed_list(VG_NEW_NODE, VG_ROOM(VG_NARGS(__VA_ARGS__)), (op), 0, \
                  VG_NARGS(__VA_ARGS__) VG_EACH(VG_NEXT_ANY, word, __VA_ARGS__))
#define VG_JSON_ROWS(op, word, alias, as, x, xs)                              \
    (*vg_json_rows(                                                           \
        &(vg_derived){0}, (vg_clause[1]){{0}},                                \
        &alias.vg_shape +                                                     \
            VG_REQUIRE(__builtin_types_compatible_p(__typeof__(alias.vg_row), \
                                                    struct vg_json_item *),   \
                       word "(" as "): not an ALIAS of vg_json_item"),        \
        vg_typed_list(VG_NEW_NODE, VG_ROOM(1), (op), 0, 1,                    \
                      VG_VALUE_IF(x, VG_DEMAND_JSON(word "(" as ", " xs "): " xs)))))
