/* JSON Schema 2020-12 and OpenAPI 3.1 of tables, views and projections, by libvirga-json: what
 * validate.h takes and to_json.h writes, for those at the other end.
 *
 *     const char *json;
 *     vg_insert_json(&arena, users, &json);
 *
 *     {"$schema":"https://json-schema.org/draft/2020-12/schema","type":"object","properties":
 *     {"id":{"type":"integer",...},"email":{"type":"string","format":"email",...},...},
 *     "required":["email"],"additionalProperties":false}
 *
 * A document that the schema refuses, vg_from_json refuses as well. It knows some things that
 * a schema cannot say: keys that stand twice, digits of a NUMERIC that is no string, the
 * text of TIME, INTERVAL and native types, CUSTOM rules and codecs. */
#pragma once
#pragma GCC system_header
#include <virga/to_json.h>
#include <virga/validate.h>

VG_BEGIN_DECLS

/* How schemas are written; NULL or zeroed is a good choice. `omit` and `require` are those of
 * the reader. */
typedef struct vg_json_schema_options {
    bool db_names;     /* keys as the database names columns; else as C does */
    uint8_t indent;    /* spaces a level; 0: no white space at all */
    uint64_t omit;     /* columns that are not in it: COLUMNS_OF(users, id) */
    uint64_t require;  /* columns that must be there, although they need not */
    bool open;         /* other members are not refused: for a schema that is one of an
                            allOf, beside which unevaluatedProperties may refuse them */
    const char *title; /* OpenAPI: of the document; NULL: the schema's name */
    const char *version; /* OpenAPI: of the document; NULL: "0" */
} vg_json_schema_options;

/* The schema of what a query yields, of what an insert takes, of what an update takes, as text
 * in `arena`. Enums, and tables that relations lead to, stand in its $defs. Returns VG_OK, or
 * VG_NO_MEMORY or VG_VALUE (a name that is not UTF-8), and then *text is NULL. Any thread. */
#define vg_select_json(arena, t, text) \
    vg_shape_schema_json((arena), &(t).vg_shape, VG_JSON_SELECT_USE, NULL, (text))
#define vg_insert_json(arena, t, text) \
    vg_shape_schema_json((arena), &(t).vg_shape, VG_JSON_INSERT_USE, NULL, (text))
#define vg_update_json(arena, t, text) \
    vg_shape_schema_json((arena), &(t).vg_shape, VG_JSON_UPDATE_USE, NULL, (text))

/* What the macros call, and with options. */
VG_API int vg_shape_schema_json(vg_arena *arena, const vg_shape *shape, vg_json_use use,
                                const vg_json_schema_options *options,
                                const char **text);

/* All tables and views of a schema in one document: its $defs have users (a row), users_new
 * (for an insert), users_change (for an update) and the enums; of a view the first only. Or,
 * as OpenAPI, the same in its components, with no paths. */
VG_API int vg_schema_json(vg_arena *arena, const vg_schema *schema,
                          const vg_json_schema_options *options, const char **text);
VG_API int vg_openapi_json(vg_arena *arena, const vg_schema *schema,
                           const vg_json_schema_options *options, const char **text);

/* For documents of one's own: the same components, or one of an ENUM, as members of the object
 * that the writer is in; and the schema of one shape as a value, whose enums and relations refer
 * to `refs`, "#/components/schemas/" of such a document.
 *     vg_put_key(&w, "schemas");
 *     vg_put_object(&w);
 *     vg_put_components(&w, &shop, "#/components/schemas/", NULL);
 *     vg_put_end(&w); */
VG_API void vg_put_components(vg_json_writer *w, const vg_schema *schema,
                              const char *refs, const vg_json_schema_options *options);
VG_API void vg_put_enum(vg_json_writer *w, const vg_coder *labels);
VG_API void vg_put_schema(vg_json_writer *w, const vg_shape *shape, vg_json_use use,
                          const char *refs, const vg_json_schema_options *options);

VG_END_DECLS
