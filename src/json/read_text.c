/* Texts out of JSON: strings, bits, JSON itself, vectors. */
#include "json/read_value.h"
#include "json/value.h"
#include <string.h>

/* A string; with VG_COERCE_TEXTS the text of what is none. */
static bool take_text(const vg_json_spot *s, const char *at, vg_str *out)
{
    if (vg__json_coerces(s, VG_COERCE_TEXTS) && *at != '"' && *at != '{' &&
        *at != '[') {
        *out = (vg_str){at, (size_t)(vg__json_past(at) - at)};
        return true;
    }
    if (*at != '"')
        return vg__json_refuse(s, VG_JSON_WRONG_TYPE, "must be a string");
    return vg__json_token(s, at, out);
}

/* Into the arena, where it has a length word. */
static bool keep(const vg_json_spot *s, const char *text, size_t len, const char **out)
{
    *out = vg_arena_text(s->reading->r->arena, text, len);
    return *out || vg__json_no_room(s);
}

static bool no_nul(const vg_json_spot *s, vg_str text)
{
    return !memchr(text.ptr, '\0', text.len) ||
           vg__json_refuse(s, VG_JSON_BAD_FORMAT, "must not contain U+0000");
}

static bool check_length(const vg_json_spot *s, vg_str text)
{
    size_t chars = s->as->args ? vg__json_chars(text.ptr, text.len) : 0;
    bool exact = s->as->native == VG_NATIVE_CHAR;
    if (chars > s->as->args)
        vg__json_fault(s->reading, s->path, VG_JSON_TOO_LONG,
                       "must have at most %u characters", s->as->args);
    else if (exact && chars < s->as->args)
        vg__json_fault(s->reading, s->path, VG_JSON_TOO_SHORT,
                       "must have %u characters", s->as->args);
    else
        return true;
    return false;
}

static bool is_bits(const vg_column *as)
{
    return as->native == VG_NATIVE_BIT || as->native == VG_NATIVE_VARBIT;
}

static bool check_bits(const vg_json_spot *s, vg_str text)
{
    bool exact = s->as->native == VG_NATIVE_BIT;
    uint32_t len = s->as->args ? s->as->args : exact ? 1 : UINT32_MAX;
    for (size_t i = 0; i < text.len; i++)
        if (text.ptr[i] != '0' && text.ptr[i] != '1')
            return vg__json_refuse(s, VG_JSON_BAD_FORMAT, "must be of 0 and 1 only");
    if (text.len > len || (exact && text.len < len)) {
        vg__json_fault(
            s->reading, s->path, text.len > len ? VG_JSON_TOO_LONG : VG_JSON_TOO_SHORT,
            exact ? "must have %u digits" : "must have at most %u digits", len);
        return false;
    }
    return true;
}

bool vg__json_read_text(const vg_json_spot *s, const char *at, const char **out)
{
    vg_str text;
    if (!take_text(s, at, &text) || !no_nul(s, text))
        return false;
    if (is_bits(s->as) ? !check_bits(s, text) : !check_length(s, text))
        return false;
    return keep(s, text.ptr, text.len, out);
}

/* Any value, as it stands in the text. */
bool vg__json_read_json(const vg_json_spot *s, const char *at, const char **out)
{
    return keep(s, at, (size_t)(vg__json_past(at) - at), out);
}

/* Numbers, as pgvector writes them. */
static bool read_vector(const vg_json_spot *s, const char *at, const char **out)
{
    size_t count = 0;
    if (*at != '[')
        return vg__json_refuse(s, VG_JSON_WRONG_TYPE, "must be an array of numbers");
    for (const char *e = vg__json_first(at); e; e = vg__json_next(e), count++) {
        const vg_json_path path = {s->path, NULL, 0, count};
        vg_json_spot inner = *s;
        double ignored;
        inner.path = &path;
        if (!vg__json_is_number(e))
            return vg__json_refuse(&inner, VG_JSON_WRONG_TYPE, "must be a number");
        if (!vg__json_read_real(&inner, e, &ignored))
            return false;
    }
    if (!count || (s->as->args && count != s->as->args)) {
        vg__json_fault(s->reading, s->path, VG_JSON_WRONG_SIZE, "must have %u elements",
                       s->as->args ? s->as->args : 1);
        return false;
    }
    return vg__json_read_json(s, at, out);
}

bool vg__json_read_native(const vg_json_spot *s, const char *at, const char **out)
{
    if (s->as->native == VG_NATIVE_VECTOR || s->as->native == VG_NATIVE_HALFVEC)
        return read_vector(s, at, out);
    return vg__json_read_text(s, at, out);
}
