/* Values that go through an ENUM or a CODEC on their way into a statement. */
#include "core/walk.h"

const char *vg_label_text(const vg_coder *coder, int64_t value)
{
    for (uint32_t i = 0; i < coder->label_count; i++)
        if (coder->labels[i].value == value)
            return coder->labels[i].text;
    return NULL;
}

bool vg_label_value(const vg_coder *coder, const char *text, size_t len, int64_t *value)
{
    for (uint32_t i = 0; i < coder->label_count; i++) {
        const char *label = coder->labels[i].text;
        if (strncmp(label, text, len) == 0 && !label[len]) {
            *value = coder->labels[i].value;
            return true;
        }
    }
    return false;
}

static vg_value label_of(vg_walk *w, vg_value v, const vg_column *codec)
{
    const char *text = vg_label_text(codec->coder, v.i);
    if (!text)
        vg__walk_fail(w, VG_VALUE, "%s: %lld is no value of enum %s", codec->name,
                      (long long)v.i, codec->coder->name);
    return codec->type == VG_TYPE_ENUM_INTEGER ? v : vg_of_text(text);
}

static vg_value encoded(vg_walk *w, vg_value v, const vg_column *codec)
{
    const vg_encoding *encoding = v.p;
    const vg_coder *coder = encoding->coder;
    if (codec != &vg__any_codec && coder != codec->coder)
        vg__walk_fail(w, VG_INVALID, "%s: the value is ENCODED(%s, ...), the column %s",
                      codec->name, coder->name, codec->coder->name);
    if (!coder->encode)
        vg__walk_fail(w, VG_INVALID, "ENCODED(%s, ...): %s is an enum, no codec",
                      coder->name, coder->name);
    if (w->failed || !encoding->value)
        return vg_of_null(NULL);
    v = coder->encode(encoding->value, &w->scratch);
    if (vg_value_kind_of(v) < VG_V_NULL || vg_value_kind_of(v) > VG_V_BLOB)
        vg__walk_fail(w, VG_VALUE, "%s: the codec %s refuses the value",
                      codec->name ? codec->name : "ENCODED", coder->name);
    else if ((vg_value_kind_of(v) == VG_V_TEXT || vg_value_kind_of(v) == VG_V_BLOB) &&
             !v.p)
        vg__walk_fail(w, VG_NO_MEMORY, "out of memory");
    return v;
}

void vg__walk_coded(vg_walk *w, vg_value v, const vg_column *codec)
{
    vg_value_kind kind = vg_value_kind_of(v);
    if (kind == VG_V_TEXT && codec->mode == VG_MODE_BLOB)
        v = vg_of_bytes((vg_bytes){v.s, vg_value_len(v)});
    else if (kind == VG_V_INT && codec->coder && codec->coder->labels)
        v = label_of(w, v, codec);
    else if (kind == VG_V_ENCODED)
        v = encoded(w, v, codec);
    vg__walk_plain(w, v, codec);
}
