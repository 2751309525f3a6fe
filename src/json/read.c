/* The reader: a document, its objects, their members. Values are in read_value.c. */
#include "json/reader.h"
#include "json/value.h"
#include <stdio.h>
#include <string.h>

/* One object that is being read. */
typedef struct object {
    vg_json_reading *reading;
    const vg_json_fields *fields;
    const vg_json_path *path;
    char *out;
    uint64_t seen, loaded; /* columns, and relations, that were there */
    bool top;
} object;

static bool is_insert_struct(const vg_json_reading *reading)
{
    return reading->use != VG_JSON_SELECT_USE;
}

static const char *key_of(const vg_json_reading *reading, const vg_column *c)
{
    return reading->r->db_names ? vg_column_name(c) : c->name;
}

/* Does the database fill it in, and take it from nobody? */
bool vg__json_is_computed(const vg_column *c)
{
    return (c->flags & VG_F_GENERATED) || (c->identity && c->identity->always);
}

static bool is_for_sender(const object *o, uint32_t i)
{
    if (o->top && (o->reading->r->omit >> i & 1))
        return false;
    return !is_insert_struct(o->reading) ||
           !vg__json_is_computed(&o->fields->shape->columns[i]);
}

static bool is_required(const object *o, uint32_t i)
{
    const vg_column *c = &o->fields->shape->columns[i];
    if (!is_for_sender(o, i))
        return false;
    if (o->top && (o->reading->r->require >> i & 1))
        return true;
    switch (o->reading->use) {
    case VG_JSON_SELECT_USE: return true;
    case VG_JSON_INSERT_USE: return !c->new_optional;
    default: return false;
    }
}

static bool is_also(const vg_json_reader *r, const char *key)
{
    for (const char *const *name = r->also; name && *name; name++)
        if (vg__json_key_is(key, *name))
            return true;
    return false;
}

/* The column of a key; -1: there is none. */
static int column_of(const object *o, const char *key)
{
    const vg_shape *shape = o->fields->shape;
    const char *end = vg__json_past(key) - 1;
    size_t len = (size_t)(end - key - 1);
    bool plain = !o->reading->r->db_names && !memchr(key + 1, '\\', len);
    for (uint32_t i = 0; i < shape->column_count; i++) {
        const vg_column *c = &shape->columns[i];
        if (plain && o->fields->key_len[i]) {
            if (o->fields->key_len[i] == len && memcmp(c->name, key + 1, len) == 0)
                return (int)i;
        } else if (vg__json_key_is(key, key_of(o->reading, c))) {
            return (int)i;
        }
    }
    return -1;
}

static bool read_object(object *o, const char *at);

static void read_nested(const object *o, const vg_column *c, const vg_json_path *path,
                        const char *at)
{
    vg_json_fields fields;
    vg_json_reading *reading = o->reading;
    char *to = o->out + c->offset;
    if (c->nullable) {
        char *row = vg_arena_alloc(reading->r->arena, c->nested->row_size);
        if (!row) {
            vg__json_no_memory(reading);
            return;
        }
        *(void **)(void *)to = row;
        to = row;
    }
    memset(to, 0, c->nested->row_size);
    vg__json_fields(&fields, c->nested);
    read_object(
        &(object){.reading = reading, .fields = &fields, .path = path, .out = to}, at);
}

static void read_member(object *o, uint32_t i, const vg_json_path *path, const char *at)
{
    const vg_column *c = &o->fields->shape->columns[i];
    bool insert = is_insert_struct(o->reading);
    bool coerce_empty = (o->reading->r->coerce & VG_COERCE_EMPTY) && c->nullable &&
                        at[0] == '"' && at[1] == '"' &&
                        (c->sql_class & VG_K_CLASS) != VG_K_text;
    if (*at == 'n' || coerce_empty) {
        if (!c->nullable)
            vg__json_fault(o->reading, path, VG_JSON_NULL_VALUE, "must not be null");
        return;
    }
    if (c->nested) {
        read_nested(o, c, path, at);
        return;
    }
    static const vg_column unknown = {.name = ""};
    const vg_column *as = o->fields->as[i] ? o->fields->as[i] : &unknown;
    const vg_json_spot spot = {o->reading,
                               path,
                               o->fields->shape,
                               i,
                               c,
                               as,
                               insert ? c->new_optional : c->nullable};
    vg__json_read_value(&spot, at, o->out + (insert ? c->new_offset : c->offset));
}

/* ---- relations, in whole rows ---- */

/* The relation of a key, and the shape that has it; NULL: there is none. */
static const vg_relation *relation_of(const object *o, const char *key,
                                      const vg_shape **shape)
{
    *shape = o->fields->shape;
    while (!(*shape)->relations && (*shape)->base)
        *shape = (*shape)->base;
    const vg_relation *r =
        o->reading->use == VG_JSON_SELECT_USE ? (*shape)->relations : NULL;
    while (r && r->kind != VG_RELATION_END && !vg__json_key_is(key, r->name))
        r++;
    return r && r->kind != VG_RELATION_END ? r : NULL;
}

/* Rows of the target from `at` on, `count` of them; NULL: no memory. */
static void *read_rows(const object *o, const vg_shape *target,
                       const vg_json_path *path, const char *at, size_t count,
                       bool in_array)
{
    vg_json_fields fields;
    vg_json_reading *reading = o->reading;
    size_t size = target->row_size;
    char *rows = vg_arena_alloc(reading->r->arena, (count ? count : 1) * size);
    if (!rows) {
        vg__json_no_memory(reading);
        return NULL;
    }
    memset(rows, 0, count * size);
    vg__json_fields(&fields, target);
    for (size_t i = 0; i < count && !reading->code; i++) {
        const vg_json_path element = {path, NULL, 0, i};
        object row = {.reading = reading, .fields = &fields, .out = rows + i * size};
        row.path = in_array ? &element : path;
        read_object(&row, at);
        at = i + 1 < count ? vg__json_next(at) : at;
    }
    return rows;
}

/* As the member of a MANY has it. */
typedef struct row_list {
    void *data;
    size_t len;
} row_list;

static void read_relation(object *o, const vg_relation *r, const vg_shape *shape,
                          const vg_json_path *path, const char *at)
{
    void *to = o->out + r->offset;
    size_t count = 0;
    *(uint64_t *)(void *)(o->out + shape->loaded_offset) |= UINT64_C(1) << r->bit;
    if (r->kind == VG_RELATION_EXTRA) {
        const vg_shape extra = {.columns = r->column, .column_count = 1};
        const vg_json_spot spot = {o->reading, path,      &extra, 0,
                                   r->column,  r->column, true};
        if (*at != 'n')
            vg__json_read_value(&spot, at, to);
    } else if (r->kind == VG_RELATION_ONE) {
        if (*at != 'n')
            *(void **)to = read_rows(o, r->target, path, at, 1, false);
    } else if (*at != '[') {
        vg__json_fault(o->reading, path, VG_JSON_WRONG_TYPE, "must be an array");
    } else {
        const char *first = vg__json_first(at);
        for (const char *row = first; row; row = vg__json_next(row))
            count++;
        *(row_list *)to =
            (row_list){read_rows(o, r->target, path, first, count, true), count};
    }
}

static bool read_relation_key(object *o, const char *key)
{
    const vg_shape *shape;
    const vg_relation *r = relation_of(o, key, &shape);
    if (!r)
        return false;
    const vg_json_path path = {o->path, r->name, strlen(r->name), 0};
    if (o->loaded >> r->bit & 1)
        vg__json_fault(o->reading, &path, VG_JSON_TWICE, "stands there twice");
    else
        read_relation(o, r, shape, &path, vg__json_value(key));
    o->loaded |= UINT64_C(1) << r->bit;
    return true;
}

static void read_key(object *o, const char *key)
{
    vg_json_reading *reading = o->reading;
    vg_json_reader *r = reading->r;
    int i = column_of(o, key);
    bool also = i < 0 && o->top && is_also(r, key);
    if (i < 0 && read_relation_key(o, key))
        return;
    if (also || (i < 0 && r->ignore_unknown))
        return;
    vg_str name = vg__json_string(r->arena, key);
    const vg_json_path path = {o->path, name.ptr, name.len, 0};
    if (!name.ptr) {
        vg__json_no_memory(reading);
        return;
    }
    if (i < 0) {
        vg__json_fault(reading, &path, VG_JSON_UNKNOWN, "is unknown");
    } else if (!is_for_sender(o, (uint32_t)i)) {
        if (!r->ignore_unknown)
            vg__json_fault(reading, &path, VG_JSON_READ_ONLY, "must not be given");
    } else if (o->seen >> i & 1) {
        vg__json_fault(reading, &path, VG_JSON_TWICE, "stands there twice");
    } else {
        o->seen |= UINT64_C(1) << i;
        read_member(o, (uint32_t)i, &path, vg__json_value(key));
    }
}

static void check_required(const object *o)
{
    const vg_shape *shape = o->fields->shape;
    for (uint32_t i = 0; i < shape->column_count; i++) {
        const char *key = key_of(o->reading, &shape->columns[i]);
        const vg_json_path path = {o->path, key, strlen(key), 0};
        if (!(o->seen >> i & 1) && is_required(o, i))
            vg__json_fault(o->reading, &path, VG_JSON_MISSING, "is required");
    }
}

static bool read_object(object *o, const char *at)
{
    if (*at != '{') {
        vg__json_fault(o->reading, o->path, VG_JSON_WRONG_TYPE, "must be an object");
        return false;
    }
    for (const char *key = vg__json_first(at); key && !o->reading->code;
         key = vg__json_next(vg__json_value(key)))
        read_key(o, key);
    check_required(o);
    return true;
}

/* ---- documents ---- */

static int call_is_wrong(vg_json_reader *r, const char *text)
{
    snprintf(r->message, sizeof r->message, "%s", text);
    return VG_INVALID;
}

/* Line and column of a place, from 1; columns in bytes. */
static void tell_syntax(vg_json_reading *reading, const vg_json_check *check,
                        const char *text)
{
    static const vg_json_path whole = {.key = ""};
    size_t line = 1;
    const char *from = text;
    for (const char *at = text; at < check->at; at++)
        if (*at == '\n') {
            line++;
            from = at + 1;
        }
    vg__json_fault(reading, &whole, check->too_deep ? VG_JSON_TOO_DEEP : VG_JSON_SYNTAX,
                   "line %zu, column %zu: %s", line, (size_t)(check->at - from) + 1,
                   check->problem);
}

/* Is it a token of the pointer `at` which stands for the key? */
static bool token_is(const char *token, size_t len, vg_str key)
{
    size_t i = 0, k = 0;
    while (i < len && k < key.len) {
        char c = token[i++];
        if (c == '~' && i < len)
            c = token[i++] == '1' ? '/' : '~';
        if (c != key.ptr[k++])
            return false;
    }
    return i == len && k == key.len;
}

static const char *step(vg_json_reader *r, const char *at, const char *token,
                        size_t len)
{
    size_t index = 0;
    if (*at == '{') {
        for (const char *key = vg__json_first(at); key;
             key = vg__json_next(vg__json_value(key)))
            if (token_is(token, len, vg__json_string(r->arena, key)))
                return vg__json_value(key);
        return NULL;
    }
    for (size_t i = 0; i < len; i++) {
        if (token[i] < '0' || token[i] > '9' || index > 100000000)
            return NULL;
        index = index * 10 + (size_t)(token[i] - '0');
    }
    const char *element = *at == '[' && len ? vg__json_first(at) : NULL;
    while (element && index--)
        element = vg__json_next(element);
    return element;
}

/* Where reading begins; NULL: there is nothing. */
static const char *find(vg_json_reader *r, const char *at, const char *pointer)
{
    while (at && *pointer == '/') {
        size_t len = strcspn(++pointer, "/");
        at = step(r, at, pointer, len);
        pointer += len;
    }
    return at;
}

/* Check the text and find the place; NULL: there is a fault, or the call is wrong. */
static const char *begin(vg_json_reading *reading, const char *text, size_t len,
                         vg_json_path *path)
{
    vg_json_reader *r = reading->r;
    vg_json_check check = {.max_depth = r->max_depth ? r->max_depth : 32};
    size_t max = r->max_bytes ? r->max_bytes : (size_t)1 << 20;
    const char *pointer = r->at ? r->at : "";
    text = text || len ? text : "";
    *path = (vg_json_path){.key = ""};
    r->given = 0;
    if (!r->arena)
        reading->code = call_is_wrong(r, "the reader has no arena");
    else if (!text && len)
        reading->code = call_is_wrong(r, "the text is NULL");
    else if (*pointer && *pointer != '/')
        reading->code = call_is_wrong(r, "`at` is no JSON pointer: it begins with /");
    if (reading->code)
        return NULL;
    check.max_depth = check.max_depth > 512 ? 512 : check.max_depth;
    if (len > max) {
        vg__json_fault(reading, path, VG_JSON_TOO_LARGE,
                       "%zu bytes are more than the %zu that are taken", len, max);
        return NULL;
    }
    if (!vg__json_check(&check, text, len)) {
        tell_syntax(reading, &check, text);
        return NULL;
    }
    text = vg__json_space(text);
    bool deep = *text == '{' || *text == '[';
    const char *at = deep ? find(r, text, pointer) : *pointer ? NULL : text;
    path->key = pointer;
    path->len = strlen(pointer);
    if (!at)
        vg__json_fault(reading, path, VG_JSON_MISSING, "is required");
    return at;
}

static int outcome(const vg_json_reading *reading, size_t faults_before)
{
    const vg_json_reader *r = reading->r;
    if (reading->code)
        return reading->code;
    return r->fault_count + r->faults_left_out > faults_before ? VG_VALUE : VG_OK;
}

int vg_shape_from_json(vg_json_reader *r, const vg_shape *shape, vg_json_use use,
                       const char *text, size_t len, void *out)
{
    vg_json_reading reading = {.r = r, .use = use};
    size_t before = r->fault_count + r->faults_left_out;
    vg_json_fields fields;
    vg_json_path path;
    memset(out, 0, is_insert_struct(&reading) ? shape->new_size : shape->row_size);
    const char *at = begin(&reading, text, len, &path);
    if (!at)
        return outcome(&reading, before);
    vg__json_fields(&fields, shape);
    object o = {
        .reading = &reading, .fields = &fields, .path = &path, .out = out, .top = true};
    read_object(&o, at);
    r->given = o.seen;
    return outcome(&reading, before);
}

int vg_shapes_from_json(vg_json_reader *r, const vg_shape *shape, vg_json_use use,
                        const char *text, size_t len, void **rows, size_t *count)
{
    vg_json_reading reading = {.r = r, .use = use};
    size_t before = r->fault_count + r->faults_left_out, n = 0, i = 0;
    size_t size = is_insert_struct(&reading) ? shape->new_size : shape->row_size;
    size_t max = r->max_rows ? r->max_rows : 10000;
    vg_json_fields fields;
    vg_json_path path;
    *rows = NULL;
    *count = 0;
    const char *at = begin(&reading, text, len, &path);
    if (!at)
        return outcome(&reading, before);
    if (*at != '[') {
        vg__json_fault(&reading, &path, VG_JSON_WRONG_TYPE, "must be an array");
        return outcome(&reading, before);
    }
    for (const char *row = vg__json_first(at); row; row = vg__json_next(row))
        n++;
    if (n > max) {
        vg__json_fault(&reading, &path, VG_JSON_TOO_LARGE,
                       "%zu elements are more than the %zu that are taken", n, max);
        return outcome(&reading, before);
    }
    char *room = vg_arena_alloc(r->arena, (n ? n : 1) * size);
    if (!room)
        return VG_NO_MEMORY;
    memset(room, 0, n * size);
    vg__json_fields(&fields, shape);
    for (const char *row = vg__json_first(at); row && !reading.code;
         row = vg__json_next(row), i++) {
        const vg_json_path element = {&path, NULL, 0, i};
        object o = {.reading = &reading,
                    .fields = &fields,
                    .path = &element,
                    .out = room + i * size,
                    .top = true};
        read_object(&o, row);
        r->given |= o.seen;
    }
    *rows = room;
    *count = n;
    return outcome(&reading, before);
}
