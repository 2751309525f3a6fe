/* Arrays: counted first, so that the elements lie in one piece. */
#include "json/reader.h"
#include "json/read_value.h"
#include <string.h>

typedef struct array {
    const vg_json_spot *spot;
    vg_column element; /* as a column of its own, for what reads values */
    vg_int_array *out; /* every array begins as this one does */
    char *data;
    bool *nulls;
    size_t size; /* of an element, bytes */
    size_t at;
    bool good, any_null;
} array;

static size_t size_of(unsigned class_)
{
    switch (class_) {
    case VG_K_int_array_expr: return sizeof(int64_t);
    case VG_K_real_array_expr: return sizeof(double);
    case VG_K_bool_array_expr: return sizeof(bool);
    case VG_K_blob_array_expr: return sizeof(vg_bytes);
    case VG_K_time_array_expr: return sizeof(vg_timestamp);
    case VG_K_uuid_array_expr: return sizeof(vg_uuid);
    default: return sizeof(const char *);
    }
}

/* Elements at the bottom of `levels`, for the size of the arrays. */
static size_t count(const char *at, int levels)
{
    size_t n = 0;
    if (*at != '[')
        return 1;
    for (const char *e = vg__json_first(at); e; e = vg__json_next(e))
        n += levels > 1 ? count(e, levels - 1) : 1;
    return n;
}

static bool read_text_element(const vg_json_spot *s, const char *at, const char **out)
{
    int64_t label;
    switch (s->as->type) {
    case VG_TYPE_JSON: return vg__json_read_json(s, at, out);
    case VG_TYPE_NUMERIC: return vg__json_read_numeric(s, at, out);
    case VG_TYPE_ENUM_NATIVE:
    case VG_TYPE_ENUM_TEXT:
        if (!s->as->coder || !vg__json_read_enum(s, at, &label))
            return s->as->coder ? false : vg__json_read_text(s, at, out);
        *out = vg_label_text(s->as->coder, label);
        *out = vg_arena_text(s->reading->r->arena, *out, strlen(*out));
        if (!*out)
            vg__json_no_memory(s->reading);
        return *out != NULL;
    default: return vg__json_read_text(s, at, out);
    }
}

static bool read_element(const vg_json_spot *s, const char *at, void *to)
{
    switch (s->c->sql_class & VG_K_CLASS) {
    case VG_K_int_array_expr:
        return s->as->coder ? vg__json_read_enum(s, at, to)
                            : vg__json_read_int(s, at, to);
    case VG_K_real_array_expr: return vg__json_read_real(s, at, to);
    case VG_K_bool_array_expr: return vg__json_read_bool(s, at, to);
    case VG_K_blob_array_expr: return vg__json_read_blob(s, at, to);
    case VG_K_time_array_expr: return vg__json_read_time(s, at, to);
    case VG_K_uuid_array_expr: return vg__json_read_uuid(s, at, to);
    default: return read_text_element(s, at, to);
    }
}

static void take_element(array *a, const vg_json_path *path, const char *at)
{
    vg_json_spot s = *a->spot;
    size_t i = a->at++;
    s.path = path;
    s.as = &a->element;
    if (*at == 'n') {
        a->nulls[i] = a->any_null = true;
        return;
    }
    a->good &= read_element(&s, at, a->data + i * a->size);
}

static bool wrong_size(array *a, const vg_json_path *path, int32_t size)
{
    vg__json_fault(a->spot->reading, path, VG_JSON_WRONG_SIZE, "must have %d elements",
                   (int)size);
    a->good = false;
    return false;
}

/* One dimension. The first array of each level says how long the others are. */
static void take_level(array *a, vg_dims *dims, int level, const vg_json_path *path,
                       const char *at)
{
    const int32_t *sizes = a->spot->as->sizes;
    int32_t n = 0;
    if (*at != '[') {
        vg__json_fault(a->spot->reading, path, VG_JSON_WRONG_TYPE, "must be an array");
        a->good = false;
        return;
    }
    for (const char *e = vg__json_first(at); e && !a->spot->reading->code;
         e = vg__json_next(e), n++) {
        const vg_json_path inner = {path, NULL, 0, (size_t)n};
        if (level + 1 < dims->count)
            take_level(a, dims, level + 1, &inner, e);
        else
            take_element(a, &inner, e);
    }
    if (sizes && sizes[level] && n != sizes[level])
        wrong_size(a, path, sizes[level]);
    else if (dims->lengths[level] >= 0 && n != dims->lengths[level])
        wrong_size(a, path, dims->lengths[level]);
    else
        dims->lengths[level] = n;
}

static bool keep_dims(array *a, const vg_dims *dims)
{
    vg_dims *kept = vg_arena_alloc(a->spot->reading->r->arena, sizeof *kept);
    if (!kept) {
        vg__json_no_memory(a->spot->reading);
        return false;
    }
    *kept = *dims;
    a->out->dims = kept;
    return true;
}

bool vg__json_read_array(const vg_json_spot *s, const char *at, void *to)
{
    array a = {.spot = s, .element = *s->as, .out = to, .good = true};
    vg_arena *arena = s->reading->r->arena;
    vg_dims dims = {.count = s->as->dimensions ? s->as->dimensions : 1};
    a.element.type = s->as->element;
    a.element.element = 0;
    a.size = size_of(s->c->sql_class & VG_K_CLASS);
    for (int i = 0; i < 6; i++) {
        dims.lengths[i] = -1;
        dims.lower[i] = 1;
    }
    size_t n = count(at, dims.count);
    a.data = vg_arena_alloc(arena, (n + 1) * a.size);
    a.nulls = vg_arena_alloc(arena, n + 1);
    if (!a.data || !a.nulls) {
        vg__json_no_memory(s->reading);
        return false;
    }
    memset(a.data, 0, (n + 1) * a.size);
    memset(a.nulls, 0, n + 1);
    take_level(&a, &dims, 0, s->path, at);
    if (!a.good || s->reading->code)
        return false;
    *a.out = (vg_int_array){.data = (const int64_t *)(const void *)a.data,
                            .len = a.at,
                            .nulls = a.any_null ? a.nulls : NULL};
    return dims.count == 1 || !a.at || keep_dims(&a, &dims);
}
