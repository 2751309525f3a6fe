/* Values out of JSON, by the class of the column. */
#include "json/read_value.h"
#include "json/value.h"

bool vg__json_token(const vg_json_spot *s, const char *at, vg_str *out)
{
    if (*at == '"') {
        *out = vg__json_string(s->reading->r->arena, at);
        return out->ptr || vg__json_no_room(s);
    }
    if (!vg__json_is_number(at))
        return false;
    *out = (vg_str){at, (size_t)(vg__json_past(at) - at)};
    return true;
}

static bool read_point(const vg_json_spot *s, const char *at, vg_point *out)
{
    const char *x = *at == '[' ? vg__json_first(at) : NULL;
    const char *y = x ? vg__json_next(x) : NULL;
    if (!y || vg__json_next(y) || !vg__json_is_number(x) || !vg__json_is_number(y))
        return vg__json_refuse(s, VG_JSON_WRONG_TYPE,
                               "must be an array of two numbers");
    return vg__json_read_real(s, x, &out->x) && vg__json_read_real(s, y, &out->y);
}

/* What a codec stores, which it reads as if it came from the database. */
static bool read_stored(const vg_json_spot *s, const char *at, vg_value *stored)
{
    int64_t i;
    double d;
    const char *text;
    vg_bytes bytes;
    switch (s->c->coder->storage) {
    case VG_TYPE_INTEGER:
        if (!vg__json_read_int(s, at, &i))
            return false;
        *stored = vg_of_int(i);
        return true;
    case VG_TYPE_REAL:
        if (!vg__json_read_real(s, at, &d))
            return false;
        *stored = vg_of_real(d);
        return true;
    case VG_TYPE_BLOB:
        if (!vg__json_read_blob(s, at, &bytes))
            return false;
        *stored = vg_of_bytes(bytes);
        return true;
    default:
        if (!vg__json_read_text(s, at, &text))
            return false;
        *stored = vg_of_str((vg_str){text, vg_text_len(text)});
        return true;
    }
}

static bool read_custom(const vg_json_spot *s, const char *at, void *out,
                        vg_value *stored)
{
    if (!read_stored(s, at, stored))
        return false;
    if (s->c->coder->decode(out, *stored, s->reading->r->arena))
        return true;
    vg__json_fault(s->reading, s->path, VG_JSON_BAD_FORMAT, "is no %s",
                   s->c->coder->name);
    return false;
}

static void store_enum(const vg_json_spot *s, void *to, int64_t value)
{
    size_t size = s->c->coder ? s->c->coder->size : sizeof(int);
    if (s->opt) {
        *(int64_t *)to = value;
        return;
    }
    switch (size) {
    case 1: *(int8_t *)to = (int8_t)value; break;
    case 2: *(int16_t *)to = (int16_t)value; break;
    case 4: *(int32_t *)to = (int32_t)value; break;
    default: *(int64_t *)to = value; break;
    }
}

/* Read it to `to`, and say what it is to SQL. */
static bool read_into(const vg_json_spot *s, const char *at, void *to, vg_value *value)
{
    int64_t label;
    bool ok;
    switch (s->c->sql_class & VG_K_CLASS) {
    case VG_K_int:
        ok = vg__json_read_int(s, at, to);
        *value = ok ? vg_of_int(*(int64_t *)to) : *value;
        return ok;
    case VG_K_real:
        ok = vg__json_read_real(s, at, to);
        *value = ok ? vg_of_real(*(double *)to) : *value;
        return ok;
    case VG_K_predicate:
        ok = vg__json_read_bool(s, at, to);
        *value = ok ? vg_of_bool(*(bool *)to) : *value;
        return ok;
    case VG_K_time:
        ok = vg__json_read_time(s, at, to);
        *value = ok ? vg_of_time(*(vg_timestamp *)to) : *value;
        return ok;
    case VG_K_uuid_expr: *value = vg_of_uuid(to); return vg__json_read_uuid(s, at, to);
    case VG_K_blob:
        ok = vg__json_read_blob(s, at, to);
        *value = vg_of_bytes(*(vg_bytes *)to);
        return ok;
    case VG_K_enum_expr:
        ok = vg__json_read_enum(s, at, &label);
        if (ok)
            store_enum(s, to, label);
        *value = ok ? vg_of_int(label) : *value;
        return ok;
    case VG_K_custom: return read_custom(s, at, to, value);
    case VG_K_daytime_expr:
        *value = vg_of_daytime(to);
        return vg__json_read_daytime(s, at, to);
    case VG_K_interval_expr:
        *value = vg_of_interval(to);
        return vg__json_read_interval(s, at, to);
    case VG_K_point_expr: *value = vg_of_point(to); return read_point(s, at, to);
    default: break;
    }
    if (s->c->sql_class & VG_K_object) {
        *value = vg_of_text_array(to);
        return vg__json_read_array(s, at, to);
    }
    switch (s->c->sql_class & VG_K_CLASS) {
    case VG_K_json: ok = vg__json_read_json(s, at, to); break;
    case VG_K_numeric: ok = vg__json_read_numeric(s, at, to); break;
    case VG_K_native_expr: ok = vg__json_read_native(s, at, to); break;
    default: ok = vg__json_read_text(s, at, to); break;
    }
    if (ok)
        *value =
            vg_of_str((vg_str){*(const char **)to, vg_text_len(*(const char **)to)});
    return ok;
}

bool vg__json_read_value(const vg_json_spot *s, const char *at, void *to)
{
    vg_value value = {{0}, 0};
    void *place = vg__json_place(s->c, to, s->opt);
    if (!read_into(s, at, place, &value))
        return false;
    if (place != to)
        *(bool *)to = true;
    vg__json_apply_rules(s, value);
    return true;
}
