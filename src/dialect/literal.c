/* Values as literals: what is alike in all dialects. */
#include "dialect/literal.h"
#include <math.h>
#include <string.h>

void vg__literal_bytes(vg_buf *out, const vg_literals *how, const uint8_t *bytes,
                       size_t len)
{
    static const char digits[] = "0123456789abcdef";
    vg__buf_text(out, how->bytes);
    for (size_t i = 0; i < len; i++) {
        vg__buf_char(out, digits[bytes[i] >> 4]);
        vg__buf_char(out, digits[bytes[i] & 15]);
    }
    vg__buf_char(out, '\'');
}

static const char *real(vg_buf *out, const vg_literals *how, double d)
{
    if (isnan(d) && !how->nan)
        return "NaN";
    if (isnan(d))
        vg__buf_text(out, how->nan);
    else if (isinf(d))
        vg__buf_text(out, d < 0 ? how->minus_infinity : how->infinity);
    else
        vg__buf_real(out, d);
    return NULL;
}

/* What lies at an address. */
static const char *pointed(vg_buf *out, const vg_literals *how, vg_value v,
                           const vg_column *codec)
{
    vg_value_kind kind = vg_value_kind_of(v);
    if (!v.p)
        vg__buf_text(out, "null");
    else if (kind == VG_V_UUID)
        how->uuid(out, v.p, codec);
    else if (kind == VG_V_BLOB)
        vg__literal_bytes(out, how, v.p, vg_value_len(v));
    else if (memchr(v.s, 0, vg_value_len(v)))
        return "a text with a NUL in it";
    else
        vg__buf_literal(out, v.s, vg_value_len(v));
    return NULL;
}

const char *vg__literal_value(vg_buf *out, const vg_literals *how, vg_value v,
                              const vg_column *codec)
{
    switch (vg_value_kind_of(v)) {
    case VG_V_INT: vg__buf_int(out, v.i); return NULL;
    case VG_V_BOOL: vg__buf_text(out, v.i ? how->yes : how->no); return NULL;
    case VG_V_TIME: how->time(out, (vg_timestamp){v.i}, codec); return NULL;
    case VG_V_REAL: return real(out, how, v.d);
    case VG_V_NULL: vg__buf_text(out, "null"); return NULL;
    case VG_V_TEXT:
    case VG_V_BLOB:
    case VG_V_UUID: return pointed(out, how, v, codec);
    default: return "a value that is known only when the query runs";
    }
}
