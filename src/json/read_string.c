/* What stands in a string: times, UUIDs, bytes, labels. */
#include "json/read_value.h"
#include <string.h>

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
    if (vg__json_is_number(at))
        return vg__json_number(&n, text.ptr, text.len) &&
               vg__json_whole(&n, &seconds) == 0 &&
               !__builtin_mul_overflow(seconds, (int64_t)1000000, &out->us);
    return vg_timestamp_parse(text.ptr, text.len, out);
}

bool vg__json_read_time(const vg_json_spot *s, const char *at, vg_timestamp *out)
{
    bool day = s->as->type == VG_TYPE_DATE || s->as->element == VG_TYPE_DATE;
    vg_str text;
    if (vg__json_coerces(s, VG_COERCE_TIMES) &&
        (vg__json_is_number(at) || *at == '"')) {
        if (coerced_time(s, at, out))
            return true;
    } else if (*at != '"') {
        return vg__json_refuse(s, VG_JSON_WRONG_TYPE, "must be a string");
    } else {
        if (!vg__json_token(s, at, &text))
            return false;
        bool good = day ? text.len == 10 && looks_like(text.ptr, 10, "dddd-dd-dd")
                        : is_rfc3339(text);
        if (good && vg_timestamp_parse(text.ptr, text.len, out))
            return true;
    }
    return vg__json_refuse(s, VG_JSON_BAD_FORMAT,
                           day ? "must be a date such as 2026-11-21"
                               : "must be a time such as 2026-11-21T10:30:00Z");
}

bool vg__json_read_uuid(const vg_json_spot *s, const char *at, vg_uuid *out)
{
    vg_str text;
    if (*at != '"')
        return vg__json_refuse(s, VG_JSON_WRONG_TYPE, "must be a string");
    if (!vg__json_token(s, at, &text))
        return false;
    if (text.len == 36 &&
        looks_like(text.ptr, 36, "xxxxxxxx-xxxx-xxxx-xxxx-xxxxxxxxxxxx") &&
        vg_uuid_parse(text.ptr, text.len, out))
        return true;
    return vg__json_refuse(s, VG_JSON_BAD_FORMAT, "must be a UUID");
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
        return vg__json_refuse(s, VG_JSON_WRONG_TYPE, "must be a string");
    if (!vg__json_token(s, at, &text))
        return false;
    uint8_t *bytes = vg_arena_alloc(s->reading->r->arena, text.len / 4 * 3 + 8);
    if (!bytes)
        return vg__json_no_room(s);
    int64_t len = text.len % 4 ? -1 : decode_base64(text, bytes);
    if (len < 0)
        return vg__json_refuse(s, VG_JSON_BAD_FORMAT, "must be base64");
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

bool vg__json_read_daytime(const vg_json_spot *s, const char *at, vg_daytime *out)
{
    vg_str text;
    if (*at != '"')
        return vg__json_refuse(s, VG_JSON_WRONG_TYPE, "must be a string");
    if (!vg__json_token(s, at, &text))
        return false;
    return vg_daytime_parse(text.ptr, text.len, out) ||
           vg__json_refuse(s, VG_JSON_BAD_FORMAT,
                           "must be a time of day such as 10:30:00");
}

bool vg__json_read_interval(const vg_json_spot *s, const char *at, vg_interval *out)
{
    vg_str text;
    if (*at != '"')
        return vg__json_refuse(s, VG_JSON_WRONG_TYPE, "must be a string");
    if (!vg__json_token(s, at, &text))
        return false;
    return vg_interval_parse(text.ptr, text.len, out) ||
           vg__json_refuse(s, VG_JSON_BAD_FORMAT, "must be an interval such as P1DT2H");
}
