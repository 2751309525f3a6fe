/* Values out of JSON, by the class of the column; and what its SQL type can hold. */
#include "json/reader.h"
#include "json/read_value.h"
#include "json/value.h"
#include <float.h>
#include <math.h>
#include <string.h>

static bool refuse(const vg_json_spot *s, vg_json_fault_code code, const char *what)
{
    vg__json_fault(s->reading, s->path, code, "%s", what);
    return false;
}

static bool no_memory(const vg_json_spot *s)
{
    vg__json_no_memory(s->reading);
    return false;
}

static bool coerces(const vg_json_spot *s, uint32_t bit)
{
    return (s->reading->r->coerce & bit) != 0;
}

static bool is_number(const char *at)
{
    return *at == '-' || (*at >= '0' && *at <= '9');
}

bool vg__json_token(const vg_json_spot *s, const char *at, vg_str *out)
{
    if (*at == '"') {
        *out = vg__json_string(s->reading->r->arena, at);
        return out->ptr || no_memory(s);
    }
    if (!is_number(at))
        return false;
    *out = (vg_str){at, (size_t)(vg__json_past(at) - at)};
    return true;
}

/* ---- numbers ---- */

/* A number, or a string that is to be one; `wanted` says what it must be. */
static bool take_number(const vg_json_spot *s, const char *at, bool or_text,
                        vg_json_number *out, const char *wanted)
{
    vg_str text;
    if (!is_number(at) && !(*at == '"' && or_text))
        return refuse(s, VG_JSON_WRONG_TYPE, wanted);
    if (!vg__json_token(s, at, &text))
        return false;
    if (!vg__json_number(out, text.ptr, text.len))
        return refuse(s, VG_JSON_WRONG_TYPE, wanted);
    return true;
}

/* What the SQL type can hold. */
void vg__json_bounds(const vg_column *as, int64_t *min, int64_t *max)
{
    *min = INT64_MIN;
    *max = INT64_MAX;
    switch (as->native) {
    case VG_NATIVE_SMALLINT:
        *min = INT16_MIN;
        *max = INT16_MAX;
        break;
    case VG_NATIVE_INT:
        *min = INT32_MIN;
        *max = INT32_MAX;
        break;
    case VG_NATIVE_SMALLSERIAL:
        *min = 1;
        *max = INT16_MAX;
        break;
    case VG_NATIVE_SERIAL:
        *min = 1;
        *max = INT32_MAX;
        break;
    case VG_NATIVE_BIGSERIAL: *min = 1; break;
    default: break;
    }
}

bool vg__json_read_int(const vg_json_spot *s, const char *at, int64_t *out)
{
    static const char wanted[] = "must be a whole number";
    vg_json_number n;
    int64_t min, max;
    if (!take_number(s, at, coerces(s, VG_COERCE_NUMBERS), &n, wanted))
        return false;
    int fits = vg__json_whole(&n, out);
    if (fits < 0)
        return refuse(s, VG_JSON_WRONG_TYPE, wanted);
    vg__json_bounds(s->as, &min, &max);
    if (fits == 0 && *out >= min && *out <= max)
        return true;
    vg__json_fault(s->reading, s->path, VG_JSON_OUT_OF_RANGE,
                   "must be between %lld and %lld", (long long)min, (long long)max);
    return false;
}

bool vg__json_read_real(const vg_json_spot *s, const char *at, double *out)
{
    vg_json_number n;
    if (!take_number(s, at, coerces(s, VG_COERCE_NUMBERS), &n, "must be a number"))
        return false;
    *out = vg__json_real(&n);
    if (!isfinite(*out) ||
        (s->as->native == VG_NATIVE_FLOAT4 && fabs(*out) > (double)FLT_MAX))
        return refuse(s, VG_JSON_OUT_OF_RANGE,
                      s->as->native == VG_NATIVE_FLOAT4
                          ? "must be between -3.4e38 and 3.4e38"
                          : "must be between -1.7e308 and 1.7e308");
    return true;
}

bool vg__json_read_bool(const vg_json_spot *s, const char *at, bool *out)
{
    static const char *const words[] = {"false", "0", "true", "1"};
    vg_str text;
    if (*at == 't' || *at == 'f') {
        *out = *at == 't';
        return true;
    }
    if (coerces(s, VG_COERCE_BOOLEANS) && (is_number(at) || *at == '"')) {
        if (!vg__json_token(s, at, &text))
            return false;
        for (int i = 0; i < 4; i++)
            if (strlen(words[i]) == text.len && !memcmp(words[i], text.ptr, text.len)) {
                *out = i > 1;
                return true;
            }
    }
    return refuse(s, VG_JSON_WRONG_TYPE, "must be true or false");
}

/* ---- texts ---- */

/* A string; with VG_COERCE_TEXTS the text of what is none. */
static bool take_text(const vg_json_spot *s, const char *at, vg_str *out)
{
    if (coerces(s, VG_COERCE_TEXTS) && *at != '"' && *at != '{' && *at != '[') {
        *out = (vg_str){at, (size_t)(vg__json_past(at) - at)};
        return true;
    }
    if (*at != '"')
        return refuse(s, VG_JSON_WRONG_TYPE, "must be a string");
    return vg__json_token(s, at, out);
}

/* Into the arena, where it has a length word. */
static bool keep(const vg_json_spot *s, const char *text, size_t len, const char **out)
{
    *out = vg_arena_text(s->reading->r->arena, text, len);
    return *out || no_memory(s);
}

static bool no_nul(const vg_json_spot *s, vg_str text)
{
    return !memchr(text.ptr, '\0', text.len) ||
           refuse(s, VG_JSON_BAD_FORMAT, "must not contain U+0000");
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
            return refuse(s, VG_JSON_BAD_FORMAT, "must be of 0 and 1 only");
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

bool vg__json_read_numeric(const vg_json_spot *s, const char *at, const char **out)
{
    vg_json_number n;
    uint32_t precision = s->as->args >> 8, scale = s->as->args & 255;
    if (!take_number(s, at, true, &n, "must be a decimal number"))
        return false;
    if (*at == '"' && n.tail != n.text + n.len) /* an exponent */
        return refuse(s, VG_JSON_WRONG_TYPE, "must be a decimal number");
    if (n.whole_digits > VG_JSON_DIGITS || n.fraction_digits > VG_JSON_DIGITS ||
        n.len > 4 * VG_JSON_DIGITS)
        return refuse(s, VG_JSON_OUT_OF_RANGE, "has too many digits");
    if (precision && n.whole_digits > (int64_t)precision - (int64_t)scale) {
        vg__json_fault(s->reading, s->path, VG_JSON_OUT_OF_RANGE,
                       "must have at most %u digits before the point",
                       precision - scale);
        return false;
    }
    if (precision && n.fraction_digits > scale) {
        vg__json_fault(s->reading, s->path, VG_JSON_PRECISION,
                       "must have at most %u digits after the point", scale);
        return false;
    }
    *out = vg__json_plain(&n, s->reading->r->arena);
    return *out || no_memory(s);
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
        return refuse(s, VG_JSON_WRONG_TYPE, "must be an array of numbers");
    for (const char *e = vg__json_first(at); e; e = vg__json_next(e), count++) {
        const vg_json_path path = {s->path, NULL, 0, count};
        vg_json_spot inner = *s;
        double ignored;
        inner.path = &path;
        if (!is_number(e))
            return refuse(&inner, VG_JSON_WRONG_TYPE, "must be a number");
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

static bool read_native(const vg_json_spot *s, const char *at, const char **out)
{
    if (s->as->native == VG_NATIVE_VECTOR || s->as->native == VG_NATIVE_HALFVEC)
        return read_vector(s, at, out);
    return vg__json_read_text(s, at, out);
}

/* ---- what stands in a string ---- */

/* Like "dddd-dd-dd": d a digit, x a hexadecimal one, else the character itself. */
static bool looks_like(const char *text, size_t len, const char *form)
{
    size_t i = 0;
    for (; i < len && form[i]; i++) {
        char c = text[i];
        bool digit = c >= '0' && c <= '9';
        bool hex = digit || (c >= 'a' && c <= 'f') || (c >= 'A' && c <= 'F');
        if (form[i] == 'd' ? !digit : form[i] == 'x' ? !hex : c != form[i])
            return false;
    }
    return !form[i];
}

/* "2026-11-21T10:30:00Z", with a fraction, with an offset. */
static bool is_rfc3339(vg_str t)
{
    if (!looks_like(t.ptr, t.len, "dddd-dd-ddTdd:dd:dd") || t.len < 20)
        return false;
    size_t at = 19;
    if (t.ptr[at] == '.')
        for (at++; at < t.len && t.ptr[at] >= '0' && t.ptr[at] <= '9';)
            at++;
    if (at > 19 && at < 21)
        return false;
    return (at + 1 == t.len && t.ptr[at] == 'Z') ||
           (at + 6 == t.len && (looks_like(t.ptr + at, 6, "+dd:dd") ||
                                looks_like(t.ptr + at, 6, "-dd:dd")));
}

static bool coerced_time(const vg_json_spot *s, const char *at, vg_timestamp *out)
{
    vg_json_number n;
    vg_str text;
    int64_t seconds;
    if (!vg__json_token(s, at, &text))
        return false;
    if (is_number(at))
        return vg__json_number(&n, text.ptr, text.len) &&
               vg__json_whole(&n, &seconds) == 0 &&
               !__builtin_mul_overflow(seconds, (int64_t)1000000, &out->us);
    return vg_timestamp_parse(text.ptr, text.len, out);
}

bool vg__json_read_time(const vg_json_spot *s, const char *at, vg_timestamp *out)
{
    bool day = s->as->type == VG_TYPE_DATE || s->as->element == VG_TYPE_DATE;
    vg_str text;
    if (coerces(s, VG_COERCE_TIMES) && (is_number(at) || *at == '"')) {
        if (coerced_time(s, at, out))
            return true;
    } else if (*at != '"') {
        return refuse(s, VG_JSON_WRONG_TYPE, "must be a string");
    } else {
        if (!vg__json_token(s, at, &text))
            return false;
        bool good = day ? text.len == 10 && looks_like(text.ptr, 10, "dddd-dd-dd")
                        : is_rfc3339(text);
        if (good && vg_timestamp_parse(text.ptr, text.len, out))
            return true;
    }
    return refuse(s, VG_JSON_BAD_FORMAT,
                  day ? "must be a date such as 2026-11-21"
                      : "must be a time such as 2026-11-21T10:30:00Z");
}

bool vg__json_read_uuid(const vg_json_spot *s, const char *at, vg_uuid *out)
{
    vg_str text;
    if (*at != '"')
        return refuse(s, VG_JSON_WRONG_TYPE, "must be a string");
    if (!vg__json_token(s, at, &text))
        return false;
    if (text.len == 36 &&
        looks_like(text.ptr, 36, "xxxxxxxx-xxxx-xxxx-xxxx-xxxxxxxxxxxx") &&
        vg_uuid_parse(text.ptr, text.len, out))
        return true;
    return refuse(s, VG_JSON_BAD_FORMAT, "must be a UUID");
}

static int base64_digit(char c)
{
    return c >= 'A' && c <= 'Z'   ? c - 'A'
           : c >= 'a' && c <= 'z' ? c - 'a' + 26
           : c >= '0' && c <= '9' ? c - '0' + 52
           : c == '+'             ? 62
           : c == '/'             ? 63
                                  : -1;
}

/* Four characters at a time; the length that came of it, -1: it is no base64. */
static int64_t decode_base64(vg_str text, uint8_t *out)
{
    size_t len = 0;
    for (size_t i = 0; i < text.len; i += 4) {
        int pad =
            i + 4 < text.len ? 0 : (text.ptr[i + 3] == '=') + (text.ptr[i + 2] == '=');
        uint32_t bits = 0;
        for (int k = 0; k < 4; k++) {
            int digit = k >= 4 - pad ? 0 : base64_digit(text.ptr[i + (size_t)k]);
            if (digit < 0 || (k >= 4 - pad && text.ptr[i + (size_t)k] != '='))
                return -1;
            bits = bits << 6 | (uint32_t)digit;
        }
        for (int k = 0; k < 3 - pad; k++)
            out[len++] = (uint8_t)(bits >> (16 - 8 * k));
    }
    return (int64_t)len;
}

bool vg__json_read_blob(const vg_json_spot *s, const char *at, vg_bytes *out)
{
    vg_str text;
    if (*at != '"')
        return refuse(s, VG_JSON_WRONG_TYPE, "must be a string");
    if (!vg__json_token(s, at, &text))
        return false;
    uint8_t *bytes = vg_arena_alloc(s->reading->r->arena, text.len / 4 * 3 + 8);
    if (!bytes)
        return no_memory(s);
    int64_t len = text.len % 4 ? -1 : decode_base64(text, bytes);
    if (len < 0)
        return refuse(s, VG_JSON_BAD_FORMAT, "must be base64");
    *out = (vg_bytes){bytes, (size_t)len};
    return true;
}

bool vg__json_read_enum(const vg_json_spot *s, const char *at, int64_t *out)
{
    const vg_coder *coder = s->as->coder ? s->as->coder : s->c->coder;
    char labels[200];
    size_t len = 0;
    vg_str text;
    if (!coder || !coder->labels)
        return vg__json_read_int(s, at, out);
    if (*at == '"') {
        if (!vg__json_token(s, at, &text))
            return false;
        if (!memchr(text.ptr, '\0', text.len) &&
            vg_label_value(coder, text.ptr, text.len, out))
            return true;
    }
    for (uint32_t i = 0; i < coder->label_count; i++) {
        size_t more = strlen(coder->labels[i].text);
        if (len + more + 8 > sizeof labels) {
            memcpy(labels + len, ", ...", 5);
            len += 5;
            break;
        }
        memcpy(labels + len, ", ", i ? 2 : 0);
        len += i ? 2 : 0;
        memcpy(labels + len, coder->labels[i].text, more);
        len += more;
    }
    vg__json_fault(s->reading, s->path,
                   *at == '"' ? VG_JSON_NO_LABEL : VG_JSON_WRONG_TYPE,
                   "must be one of: %.*s", (int)len, labels);
    return false;
}

/* ---- structs ---- */

static bool read_daytime(const vg_json_spot *s, const char *at, vg_daytime *out)
{
    vg_str text;
    if (*at != '"')
        return refuse(s, VG_JSON_WRONG_TYPE, "must be a string");
    if (!vg__json_token(s, at, &text))
        return false;
    return vg_daytime_parse(text.ptr, text.len, out) ||
           refuse(s, VG_JSON_BAD_FORMAT, "must be a time of day such as 10:30:00");
}

static bool read_interval(const vg_json_spot *s, const char *at, vg_interval *out)
{
    vg_str text;
    if (*at != '"')
        return refuse(s, VG_JSON_WRONG_TYPE, "must be a string");
    if (!vg__json_token(s, at, &text))
        return false;
    return vg_interval_parse(text.ptr, text.len, out) ||
           refuse(s, VG_JSON_BAD_FORMAT, "must be an interval such as P1DT2H");
}

static bool read_point(const vg_json_spot *s, const char *at, vg_point *out)
{
    const char *x = *at == '[' ? vg__json_first(at) : NULL;
    const char *y = x ? vg__json_next(x) : NULL;
    if (!y || vg__json_next(y) || !is_number(x) || !is_number(y))
        return refuse(s, VG_JSON_WRONG_TYPE, "must be an array of two numbers");
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
    case VG_K_daytime_expr: *value = vg_of_daytime(to); return read_daytime(s, at, to);
    case VG_K_interval_expr:
        *value = vg_of_interval(to);
        return read_interval(s, at, to);
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
    case VG_K_native_expr: ok = read_native(s, at, to); break;
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
