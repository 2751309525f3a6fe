/* JSON Schemas of shapes: objects with a member for each column; and documents of them. */
#include "json/schema.h"
#include "json/reader.h"
#include "json/writer.h"
#include <stdio.h>
#include <string.h>
#include <virga/relation.h>

static const vg_json_schema_options no_options;

static const char *key_of(const vg_json_describing *d, const vg_column *c)
{
    return d->options->db_names ? vg_column_name(c) : c->name;
}

/* Does the column stand in the schema, and must it in a document? */
static bool is_in(const vg_json_describing *d, const vg_shape *shape, uint32_t i)
{
    return !(d->options->omit >> i & 1) &&
           (d->use == VG_JSON_SELECT_USE || !vg__json_is_computed(&shape->columns[i]));
}

static bool is_required(const vg_json_describing *d, const vg_shape *shape, uint32_t i)
{
    if (!is_in(d, shape, i))
        return false;
    return d->use == VG_JSON_SELECT_USE || (d->options->require >> i & 1) ||
           (d->use == VG_JSON_INSERT_USE && !shape->columns[i].new_optional);
}

static void put_ref(const vg_json_describing *d, const char *name)
{
    char ref[200];
    snprintf(ref, sizeof ref, "%s%s", d->refs, name);
    vg_put_object(d->w);
    vg__json_say(d->w, "$ref", ref);
    vg_put_end(d->w);
}

static void put_nullable_ref(const vg_json_describing *d, const char *name)
{
    vg_put_object(d->w);
    vg_put_key(d->w, "anyOf");
    vg_put_array(d->w);
    put_ref(d, name);
    vg_put_object(d->w);
    vg__json_say(d->w, "type", "null");
    vg_put_end(d->w);
    vg_put_end(d->w);
    vg_put_end(d->w);
}

/* A relation is there where it was loaded, so it is never required. */
static void put_relations(const vg_json_describing *d, const vg_shape *shape)
{
    for (const vg_relation *r = vg_relations(shape); r && r->kind != VG_RELATION_END;
         r++) {
        vg_put_key(d->w, r->name);
        if (r->kind == VG_RELATION_EXTRA) {
            const vg_shape one = {.columns = r->column, .column_count = 1};
            vg__json_describe(d, &one, 0, r->column);
        } else if (r->kind == VG_RELATION_ONE) {
            put_nullable_ref(d, r->target->name);
        } else {
            vg_put_object(d->w);
            vg__json_say(d->w, "type", "array");
            vg_put_key(d->w, "items");
            put_ref(d, r->target->name);
            vg_put_end(d->w);
        }
    }
}

static void put_properties(const vg_json_describing *d, const vg_shape *shape)
{
    vg_json_fields fields;
    vg__json_fields(&fields, shape);
    vg_put_key(d->w, "properties");
    vg_put_object(d->w);
    for (uint32_t i = 0; i < shape->column_count && !d->w->code; i++) {
        const vg_column *c = &shape->columns[i];
        if (!is_in(d, shape, i))
            continue;
        vg_put_key(d->w, key_of(d, c));
        if (c->nested && c->nullable)
            put_nullable_ref(d, c->nested->name);
        else if (c->nested)
            put_ref(d, c->nested->name);
        else
            vg__json_describe(d, shape, i, fields.as[i]);
    }
    if (d->use == VG_JSON_SELECT_USE)
        put_relations(d, shape);
    vg_put_end(d->w);
}

/* The members of the schema's object. */
static void put_members(const vg_json_describing *d, const vg_shape *shape)
{
    bool any = false;
    vg__json_say(d->w, "type", "object");
    put_properties(d, shape);
    for (uint32_t i = 0; i < shape->column_count; i++) {
        if (!is_required(d, shape, i))
            continue;
        if (!any) {
            vg_put_key(d->w, "required");
            vg_put_array(d->w);
        }
        any = true;
        vg_put_text(d->w, key_of(d, &shape->columns[i]));
    }
    if (any)
        vg_put_end(d->w);
    if (!d->options->open) {
        vg_put_key(d->w, "additionalProperties");
        vg_put_bool(d->w, false);
    }
}

/* ---- what schemas refer to ---- */

enum { MAX_DEFS = 256 };

/* Shapes and enums, each once. */
typedef struct defs {
    const vg_shape *shapes[MAX_DEFS];
    const vg_coder *enums[MAX_DEFS];
    size_t shape_count, enum_count;
    bool full;
} defs;

static void add_enum(defs *all, const vg_coder *coder)
{
    for (size_t i = 0; i < all->enum_count; i++)
        if (strcmp(all->enums[i]->name, coder->name) == 0)
            return;
    all->full |= all->enum_count == MAX_DEFS;
    if (!all->full)
        all->enums[all->enum_count++] = coder;
}

static bool add_shape(defs *all, const vg_shape *shape)
{
    for (size_t i = 0; i < all->shape_count; i++)
        if (all->shapes[i] == shape)
            return false;
    all->full |= all->shape_count == MAX_DEFS;
    if (!all->full)
        all->shapes[all->shape_count++] = shape;
    return !all->full;
}

/* What a shape refers to; with `rows` other shapes and what those refer to, too. */
static void collect(defs *all, const vg_shape *shape, bool rows)
{
    vg_json_fields fields;
    vg__json_fields(&fields, shape);
    for (uint32_t i = 0; i < shape->column_count; i++) {
        const vg_column *c = &shape->columns[i];
        const vg_coder *labels = c->nested ? NULL : vg__json_enum(c, fields.as[i]);
        if (labels)
            add_enum(all, labels);
        if (rows && c->nested && add_shape(all, c->nested))
            collect(all, c->nested, true);
    }
    for (const vg_relation *r = rows ? vg_relations(shape) : NULL;
         r && r->kind != VG_RELATION_END; r++)
        if (r->kind != VG_RELATION_EXTRA && add_shape(all, r->target))
            collect(all, r->target, true);
}

void vg_put_enum(vg_json_writer *w, const vg_coder *coder)
{
    vg_put_key(w, coder->name);
    vg_put_object(w);
    vg__json_say(w, "type", "string");
    vg_put_key(w, "enum");
    vg_put_array(w);
    for (uint32_t i = 0; i < coder->label_count; i++)
        vg_put_text(w, coder->labels[i].text);
    vg_put_end(w);
    vg_put_end(w);
}

static void put_shape(const vg_json_describing *d, const vg_shape *shape,
                      vg_json_use use, const char *suffix)
{
    char name[160];
    vg_json_describing inner = *d;
    inner.use = use;
    snprintf(name, sizeof name, "%s%s", shape->name, suffix);
    vg_put_key(d->w, name);
    vg_put_object(d->w);
    put_members(&inner, shape);
    vg_put_end(d->w);
}

static void put_defs(const vg_json_describing *d, const defs *all)
{
    vg_json_schema_options options = *d->options;
    vg_json_describing inner = *d;
    options.omit = options.require = 0; /* of the shape that was asked for */
    inner.options = &options;
    if (all->full)
        vg__json_fail(d->w, VG_TOO_BIG, "more than %d tables or enums in a schema",
                      MAX_DEFS);
    for (size_t i = 0; i < all->enum_count; i++)
        vg_put_enum(d->w, all->enums[i]);
    for (size_t i = 0; i < all->shape_count; i++)
        put_shape(&inner, all->shapes[i], VG_JSON_SELECT_USE, "");
}

/* ---- the public functions ---- */

static int finish(vg_json_writer *w, const char **text)
{
    int rc = vg_json_finish(w);
    *text = rc ? NULL : w->text;
    return rc;
}

static void say_dialect(vg_json_writer *w)
{
    vg__json_say(w, "$schema", "https://json-schema.org/draft/2020-12/schema");
}

void vg_put_schema(vg_json_writer *w, const vg_shape *shape, vg_json_use use,
                   const char *refs, const vg_json_schema_options *options)
{
    const vg_json_describing d = {w, refs, use, options ? options : &no_options};
    vg_put_object(w);
    put_members(&d, shape);
    vg_put_end(w);
}

int vg_shape_schema_json(vg_arena *arena, const vg_shape *shape, vg_json_use use,
                         const vg_json_schema_options *options, const char **text)
{
    options = options ? options : &no_options;
    vg_json_writer w = {.arena = arena, .indent = options->indent};
    const vg_json_describing d = {&w, "#/$defs/", use, options};
    defs all = {.shape_count = 0};
    collect(&all, shape, use == VG_JSON_SELECT_USE);
    vg_put_object(&w);
    say_dialect(&w);
    put_members(&d, shape);
    if (all.enum_count || all.shape_count) {
        vg_put_key(&w, "$defs");
        vg_put_object(&w);
        put_defs(&d, &all);
        vg_put_end(&w);
    }
    vg_put_end(&w);
    return finish(&w, text);
}

void vg_put_components(vg_json_writer *w, const vg_schema *schema, const char *refs,
                       const vg_json_schema_options *options)
{
    const vg_json_describing d = {w, refs, VG_JSON_SELECT_USE,
                                  options ? options : &no_options};
    defs all = {.shape_count = 0};
    for (size_t i = 0; i < schema->table_count; i++) {
        const vg_shape *shape = schema->tables[i];
        if (shape->kind != VG_SHAPE_TABLE && shape->kind != VG_SHAPE_VIEW)
            continue;
        add_shape(&all, shape);
        collect(&all, shape, true);
    }
    put_defs(&d, &all);
    for (size_t i = 0; i < schema->table_count; i++) {
        const vg_shape *shape = schema->tables[i];
        if (shape->kind != VG_SHAPE_TABLE)
            continue;
        put_shape(&d, shape, VG_JSON_INSERT_USE, "_new");
        put_shape(&d, shape, VG_JSON_UPDATE_USE, "_change");
    }
}

int vg_schema_json(vg_arena *arena, const vg_schema *schema,
                   const vg_json_schema_options *options, const char **text)
{
    vg_json_writer w = {.arena = arena, .indent = options ? options->indent : 0};
    vg_put_object(&w);
    say_dialect(&w);
    vg_put_key(&w, "$defs");
    vg_put_object(&w);
    vg_put_components(&w, schema, "#/$defs/", options);
    vg_put_end(&w);
    vg_put_end(&w);
    return finish(&w, text);
}

int vg_openapi_json(vg_arena *arena, const vg_schema *schema,
                    const vg_json_schema_options *options, const char **text)
{
    options = options ? options : &no_options;
    vg_json_writer w = {.arena = arena, .indent = options->indent};
    vg_put_object(&w);
    vg__json_say(&w, "openapi", "3.1.0");
    vg_put_key(&w, "info");
    vg_put_object(&w);
    vg__json_say(&w, "title", options->title ? options->title : schema->name);
    vg__json_say(&w, "version", options->version ? options->version : "0");
    vg_put_end(&w);
    vg_put_key(&w, "paths");
    vg_put_object(&w);
    vg_put_end(&w);
    vg_put_key(&w, "components");
    vg_put_object(&w);
    vg_put_key(&w, "schemas");
    vg_put_object(&w);
    vg_put_components(&w, schema, "#/components/schemas/", options);
    vg_put_end(&w);
    vg_put_end(&w);
    vg_put_end(&w);
    return finish(&w, text);
}
