/* Numbers and booleans out of JSON, and what their SQL types can hold. */
#include "json/read_value.h"
#include "json/value.h"
#include <float.h>
#include <math.h>
#include <string.h>

bool vg__json_take_number(const vg_json_spot *s, const char *at, bool or_text,
                          vg_json_number *out, const char *wanted)
{
    vg_str text;
    if (!vg__json_is_number(at) && !(*at == '"' && or_text))
        return vg__json_refuse(s, VG_JSON_WRONG_TYPE, wanted);
    if (!vg__json_token(s, at, &text))
        return false;
    if (!vg__json_number(out, text.ptr, text.len))
        return vg__json_refuse(s, VG_JSON_WRONG_TYPE, wanted);
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
    if (!vg__json_take_number(s, at, vg__json_coerces(s, VG_COERCE_NUMBERS), &n,
                              wanted))
        return false;
    int fits = vg__json_whole(&n, out);
    if (fits < 0)
        return vg__json_refuse(s, VG_JSON_WRONG_TYPE, wanted);
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
    if (!vg__json_take_number(s, at, vg__json_coerces(s, VG_COERCE_NUMBERS), &n,
                              "must be a number"))
        return false;
    *out = vg__json_real(&n);
    if (!isfinite(*out) ||
        (s->as->native == VG_NATIVE_FLOAT4 && fabs(*out) > (double)FLT_MAX))
        return vg__json_refuse(s, VG_JSON_OUT_OF_RANGE,
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
    if (vg__json_coerces(s, VG_COERCE_BOOLEANS) &&
        (vg__json_is_number(at) || *at == '"')) {
        if (!vg__json_token(s, at, &text))
            return false;
        for (int i = 0; i < 4; i++)
            if (strlen(words[i]) == text.len && !memcmp(words[i], text.ptr, text.len)) {
                *out = i > 1;
                return true;
            }
    }
    return vg__json_refuse(s, VG_JSON_WRONG_TYPE, "must be true or false");
}

bool vg__json_read_numeric(const vg_json_spot *s, const char *at, const char **out)
{
    vg_json_number n;
    uint32_t precision = s->as->args >> 8, scale = s->as->args & 255;
    if (!vg__json_take_number(s, at, true, &n, "must be a decimal number"))
        return false;
    if (*at == '"' && n.tail != n.text + n.len) /* an exponent */
        return vg__json_refuse(s, VG_JSON_WRONG_TYPE, "must be a decimal number");
    if (n.whole_digits > VG_JSON_DIGITS || n.fraction_digits > VG_JSON_DIGITS ||
        n.len > 4 * VG_JSON_DIGITS)
        return vg__json_refuse(s, VG_JSON_OUT_OF_RANGE, "has too many digits");
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
    return *out || vg__json_no_room(s);
}
