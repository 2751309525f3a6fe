/* Records read and written by their tables. */
#include "kit/record.h"
#include <errno.h>
#include <stdlib.h>
#include <string.h>

typedef struct place {
    vg_kit *kit;
    const char *path;
} place;

static const char *const type_names[] = {
    [JSON_OBJECT] = "an object", [JSON_ARRAY] = "a list",  [JSON_STRING] = "a text",
    [JSON_INTEGER] = "a number", [JSON_REAL] = "a number", [JSON_TRUE] = "true",
    [JSON_FALSE] = "false",      [JSON_NULL] = "null",
};

static int wrong(const place *p, const char *where, const char *wanted,
                 const json_t *json)
{
    return vgk_fail(p->kit, VG_INVALID, "%s: malformed: %s should be %s, but is %s",
                    p->path, where, wanted, type_names[json_typeof(json)]);
}

/* ---- reading ---- */

static int read_record(const place *p, const vgk_record *record, const json_t *json,
                       const char *where, void *out);

static int read_texts(const place *p, const json_t *json, const char *where,
                      vgk_texts *out)
{
    if (!json_is_array(json))
        return wrong(p, where, "a list", json);
    for (size_t i = 0; i < json_array_size(json); i++) {
        const json_t *item = json_array_get(json, i);
        if (!json_is_string(item))
            return wrong(p, where, "a list of texts", item);
        *VGK_ADD(p->kit, out) = vgk_text(p->kit, json_string_value(item));
    }
    return VG_OK;
}

static int read_terms(const place *p, const json_t *json, const char *where,
                      vgk_index_columns *out)
{
    vgk_texts texts = {0};
    int rc = read_texts(p, json, where, &texts);
    for (size_t i = 0; i < texts.len; i++)
        VGK_ADD(p->kit, out)->text = texts.data[i];
    return rc;
}

static void free_text(void *text)
{
    free(text);
}

/* Snapshots of version 5 have a JSON default as it is; it is a text to SQL. */
static const char *object_literal(vg_kit *kit, const json_t *json)
{
    char *text = json_dumps(json, JSON_COMPACT);
    if (!text)
        vgk_no_memory(kit);
    vgk_own(kit, text, free_text);
    vg_buf *out = vgk_buf(kit);
    vg__buf_literal(out, text, strlen(text));
    vgk_release(kit, text);
    return vgk_buf_text(kit, out, NULL);
}

static int read_default(const place *p, const json_t *json, const char *where,
                        vgk_default *out)
{
    if (json_is_string(json))
        *out =
            (vgk_default){VGK_DEFAULT_SQL, vgk_text(p->kit, json_string_value(json))};
    else if (json_is_boolean(json))
        *out = (vgk_default){VGK_DEFAULT_BOOL, json_is_true(json) ? "true" : "false"};
    else if (json_is_number(json))
        *out = (vgk_default){VGK_DEFAULT_NUMBER, vgk_json_write(p->kit, json, NULL)};
    else if (json_is_object(json) || json_is_array(json))
        *out = (vgk_default){VGK_DEFAULT_SQL, object_literal(p->kit, json)};
    else
        return wrong(p, where, "a text, a number or a boolean", json);
    return VG_OK;
}

/* A list of structs, any of them. */
typedef struct list {
    char *data;
    size_t len;
} list;

/* What begins a struct that lies in a schema. */
typedef struct named {
    const char *name, *schema;
} named;

/* Room for all of the structs, which are then read in place. */
static int read_map(const place *p, const vgk_field *field, const json_t *json,
                    const char *where, void *at)
{
    list *out = at;
    json_t *object = (json_t *)json;
    if (!json_is_object(json))
        return wrong(p, where, "an object", json);
    out->data = vgk_list(p->kit, json_object_size(json), field->of->size);
    for (void *it = json_object_iter(object); it;
         it = json_object_iter_next(object, it)) {
        const char *key = json_object_iter_key(it);
        void *item = out->data + out->len++ * field->of->size;
        int rc = read_record(p, field->of, json_object_iter_value(it),
                             vgk_print(p->kit, "%s.%s", where, key), item);
        if (rc != VG_OK)
            return rc;
        if (field->flags & VGK_QUALIFIED) {
            named *n = item;
            n->name = vgk_qualified(p->kit, n->schema, n->name);
        }
    }
    return VG_OK;
}

static int read_list(const place *p, const vgk_field *field, const json_t *json,
                     const char *where, void *at)
{
    list *out = at;
    if (!json_is_array(json))
        return wrong(p, where, "a list", json);
    out->data = vgk_list(p->kit, json_array_size(json), field->of->size);
    for (size_t i = 0; i < json_array_size(json); i++) {
        void *item = out->data + out->len++ * field->of->size;
        int rc = read_record(p, field->of, json_array_get(json, i),
                             vgk_print(p->kit, "%s.%zu", where, i), item);
        if (rc != VG_OK)
            return rc;
    }
    return VG_OK;
}

static int read_names(const place *p, const json_t *json, const char *where,
                      vgk_namespaces *out)
{
    json_t *object = (json_t *)json;
    if (!json_is_object(json))
        return wrong(p, where, "an object", json);
    for (void *it = json_object_iter(object); it;
         it = json_object_iter_next(object, it))
        VGK_ADD(p->kit, out)->name = vgk_text(p->kit, json_object_iter_key(it));
    return VG_OK;
}

static int read_settings(const place *p, const json_t *json, const char *where,
                         vgk_settings *out)
{
    json_t *object = (json_t *)json;
    int rc = VG_OK;
    if (!json_is_object(json))
        return wrong(p, where, "an object", json);
    for (void *it = json_object_iter(object); it && rc == VG_OK;
         it = json_object_iter_next(object, it)) {
        const char *name = vgk_text(p->kit, json_object_iter_key(it));
        vgk_default value = {0};
        rc = read_default(p, json_object_iter_value(it),
                          vgk_print(p->kit, "%s.%s", where, name), &value);
        *VGK_ADD(p->kit, out) = (vgk_setting){name, value};
    }
    return rc;
}

static int read_renames(const place *p, const json_t *json, const char *where,
                        vgk_rename_texts *out)
{
    json_t *object = (json_t *)json;
    if (!json_is_object(json))
        return wrong(p, where, "an object", json);
    for (void *it = json_object_iter(object); it;
         it = json_object_iter_next(object, it)) {
        const json_t *to = json_object_iter_value(it);
        if (!json_is_string(to))
            return wrong(p, where, "an object of texts", to);
        *VGK_ADD(p->kit, out) =
            (vgk_rename_text){vgk_text(p->kit, json_object_iter_key(it)),
                              vgk_text(p->kit, json_string_value(to))};
    }
    return VG_OK;
}

static int read_field(const place *p, const vgk_field *f, const json_t *json,
                      const char *where, void *at)
{
    switch (f->kind) {
    case VGK_FIELD_TEXT:
    case VGK_FIELD_NAME:
    case VGK_FIELD_SCHEMA:
    case VGK_FIELD_PUBLIC:
        if (!json_is_string(json))
            return wrong(p, where, "a text", json);
        *(const char **)at = vgk_text(p->kit, json_string_value(json));
        if (f->kind == VGK_FIELD_SCHEMA || f->kind == VGK_FIELD_PUBLIC)
            *(const char **)at = vgk_schema_or_null(*(const char **)at);
        return VG_OK;
    case VGK_FIELD_BOOL:
    case VGK_FIELD_NOT:
        if (!json_is_boolean(json))
            return wrong(p, where, "true or false", json);
        *(bool *)at = json_is_true(json) == (f->kind == VGK_FIELD_BOOL);
        return VG_OK;
    case VGK_FIELD_LIST: return read_list(p, f, json, where, at);
    case VGK_FIELD_NAMES: return read_names(p, json, where, at);
    case VGK_FIELD_SETTINGS: return read_settings(p, json, where, at);
    case VGK_FIELD_TEXTS: return read_texts(p, json, where, at);
    case VGK_FIELD_TERMS: return read_terms(p, json, where, at);
    case VGK_FIELD_DEFAULT: return read_default(p, json, where, at);
    case VGK_FIELD_MAP: return read_map(p, f, json, where, at);
    case VGK_FIELD_RENAMES: return read_renames(p, json, where, at);
    case VGK_FIELD_RECORD:
        *(void **)at = vgk_alloc(p->kit, f->of->size);
        return read_record(p, f->of, json, where, *(void **)at);
    default: return VG_OK;
    }
}

static const vgk_field *field_named(const vgk_record *record, const char *key)
{
    for (const vgk_field *f = record->fields; f->kind; f++)
        if (strcmp(f->key, key) == 0)
            return f;
    return NULL;
}

static int read_record(const place *p, const vgk_record *record, const json_t *json,
                       const char *where, void *out)
{
    json_t *object = (json_t *)json;
    if (!json_is_object(json))
        return wrong(p, where, "an object", json);
    for (void *it = json_object_iter(object); it && !record->more;
         it = json_object_iter_next(object, it))
        if (!field_named(record, json_object_iter_key(it)))
            return vgk_fail(p->kit, VG_INVALID,
                            "%s: malformed: %s has a key \"%s\" that no %s has",
                            p->path, where, json_object_iter_key(it), record->what);
    for (const vgk_field *f = record->fields; f->kind; f++) {
        const json_t *value = json_object_get(json, f->key);
        int rc = VG_OK;
        if (value)
            rc = read_field(p, f, value, vgk_print(p->kit, "%s.%s", where, f->key),
                            (char *)out + f->offset);
        else if (!(f->flags & (VGK_MAY_BE_ABSENT | VGK_OMIT | VGK_OMIT_SET)))
            rc = vgk_fail(p->kit, VG_INVALID, "%s: malformed: %s has no \"%s\"",
                          p->path, where, f->key);
        if (rc != VG_OK)
            return rc;
    }
    return VG_OK;
}

int vgk_record_read(vg_kit *kit, const vgk_record *record, const json_t *json,
                    const char *path, const char *where, void *out)
{
    return read_record(&(place){kit, path}, record, json, where, out);
}

/* ---- writing ---- */

void vgk_json_put(vg_kit *kit, json_t *object, const char *key, json_t *value)
{
    if (!value || json_object_set_new_nocheck(object, key, value) != 0)
        vgk_no_memory(kit);
}

static void append(vg_kit *kit, json_t *array, const char *text)
{
    if (json_array_append_new(array, json_string_nocheck(text)) != 0)
        vgk_no_memory(kit);
}

/* An empty one that is in `object` already, so that nothing is lost when memory ends. */
static json_t *inside(vg_kit *kit, json_t *object, const char *key, json_t *value)
{
    vgk_json_put(kit, object, key, value);
    return value;
}

static json_t *default_json(const vgk_default *d)
{
    char *end;
    if (d->kind == VGK_DEFAULT_SQL)
        return json_string_nocheck(d->text);
    if (d->kind == VGK_DEFAULT_BOOL)
        return json_boolean(strcmp(d->text, "true") == 0);
    errno = 0;
    long long n = strtoll(d->text, &end, 10);
    return *end || errno ? json_real(strtod(d->text, NULL)) : json_integer(n);
}

/* What a map has a struct by. */
static const char *key_of(vg_kit *kit, const vgk_field *f, const named *item)
{
    return f->flags & VGK_QUALIFIED && !item->schema
               ? vgk_print(kit, "public.%s", item->name)
               : item->name;
}

static void write_map(vg_kit *kit, const vgk_field *f, const void *at, json_t *json)
{
    const list *from = at;
    json_t *map = inside(kit, json, f->key, json_object());
    for (size_t i = 0; i < from->len; i++) {
        const void *item = from->data + i * f->of->size;
        vgk_record_write(kit, f->of, item,
                         inside(kit, map, key_of(kit, f, item), json_object()));
    }
}

static void write_list(vg_kit *kit, const vgk_field *f, const void *at, json_t *json)
{
    const list *from = at;
    json_t *array = inside(kit, json, f->key, json_array());
    for (size_t i = 0; i < from->len; i++) {
        json_t *item = json_object();
        if (!item || json_array_append_new(array, item) != 0)
            vgk_no_memory(kit);
        vgk_record_write(kit, f->of, from->data + i * f->of->size, item);
    }
}

static void write_names(vg_kit *kit, const vgk_field *f, const vgk_namespaces *names,
                        json_t *json)
{
    json_t *map = inside(kit, json, f->key, json_object());
    for (size_t i = 0; i < names->len; i++)
        vgk_json_put(kit, map, names->data[i].name,
                     json_string_nocheck(names->data[i].name));
}

static void write_settings(vg_kit *kit, const vgk_field *f, const vgk_settings *with,
                           json_t *json)
{
    json_t *map = inside(kit, json, f->key, json_object());
    for (size_t i = 0; i < with->len; i++)
        vgk_json_put(kit, map, with->data[i].name, default_json(&with->data[i].value));
}

static void write_lists(vg_kit *kit, const vgk_field *f, const void *at, json_t *json)
{
    const vgk_texts *texts = at;
    const vgk_index_columns *terms = at;
    json_t *array = inside(kit, json, f->key, json_array());
    for (size_t i = 0; f->kind == VGK_FIELD_TEXTS && i < texts->len; i++)
        append(kit, array, texts->data[i]);
    for (size_t i = 0; f->kind == VGK_FIELD_TERMS && i < terms->len; i++)
        append(kit, array, terms->data[i].text);
}

static void write_renames(vg_kit *kit, const vgk_field *f,
                          const vgk_rename_texts *renames, json_t *json)
{
    json_t *map = inside(kit, json, f->key, json_object());
    for (size_t i = 0; i < renames->len; i++)
        vgk_json_put(kit, map, renames->data[i].from,
                     json_string_nocheck(renames->data[i].to));
}

/* Whether there is anything to say. */
static bool is_set(const vgk_field *f, const void *at)
{
    switch (f->kind) {
    case VGK_FIELD_TEXT:
    case VGK_FIELD_NAME:
    case VGK_FIELD_SCHEMA:
    case VGK_FIELD_PUBLIC:
    case VGK_FIELD_RECORD: return *(const void *const *)at != NULL;
    case VGK_FIELD_BOOL:
    case VGK_FIELD_NOT: return *(const bool *)at;
    case VGK_FIELD_DEFAULT: return ((const vgk_default *)at)->kind != VGK_DEFAULT_NONE;
    default: return ((const vgk_texts *)at)->len > 0;
    }
}

static const char *text_of(const vgk_field *f, const void *at)
{
    const named *n = at;
    switch (f->kind) {
    case VGK_FIELD_NAME: return vgk_base_name(n->name, n->schema);
    case VGK_FIELD_SCHEMA: return n->name ? n->name : "";
    case VGK_FIELD_PUBLIC: return n->name ? n->name : "public";
    default: return n->name;
    }
}

void vgk_record_write(vg_kit *kit, const vgk_record *record, const void *from,
                      json_t *json)
{
    for (const vgk_field *f = record->fields; f->kind; f++) {
        const void *at = (const char *)from + f->offset;
        if (f->kind == VGK_FIELD_IGNORED ||
            f->flags & (is_set(f, at) ? VGK_OMIT_SET : VGK_OMIT))
            continue;
        switch (f->kind) {
        case VGK_FIELD_TEXT:
        case VGK_FIELD_NAME:
        case VGK_FIELD_SCHEMA:
        case VGK_FIELD_PUBLIC:
            vgk_json_put(kit, json, f->key, json_string_nocheck(text_of(f, at)));
            break;
        case VGK_FIELD_BOOL:
        case VGK_FIELD_NOT:
            vgk_json_put(
                kit, json, f->key,
                json_boolean(*(const bool *)at == (f->kind == VGK_FIELD_BOOL)));
            break;
        case VGK_FIELD_LIST: write_list(kit, f, at, json); break;
        case VGK_FIELD_NAMES: write_names(kit, f, at, json); break;
        case VGK_FIELD_SETTINGS: write_settings(kit, f, at, json); break;
        case VGK_FIELD_TEXTS:
        case VGK_FIELD_TERMS: write_lists(kit, f, at, json); break;
        case VGK_FIELD_DEFAULT:
            vgk_json_put(kit, json, f->key, default_json(at));
            break;
        case VGK_FIELD_MAP: write_map(kit, f, at, json); break;
        case VGK_FIELD_RENAMES: write_renames(kit, f, at, json); break;
        case VGK_FIELD_RECORD:
            vgk_record_write(kit, f->of, *(const void *const *)at,
                             inside(kit, json, f->key, json_object()));
            break;
        default: vgk_json_put(kit, json, f->key, json_object()); break;
        }
    }
}
