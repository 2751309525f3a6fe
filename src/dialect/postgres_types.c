/* How PostgreSQL spells types, defaults and values. Types are written as drizzle-kit has them. */
#include "core/codec.h"
#include "dialect/literal.h"
#include "dialect/postgres.h"

static void size_of(vg_buf *out, uint32_t n)
{
    vg__buf_char(out, '(');
    vg__buf_int(out, n);
    vg__buf_char(out, ')');
}

static const char *const native_texts[] = {[VG_NATIVE_NONE] = NULL,
#define TEXT(word, type, sql) sql,
                                           VG_NATIVES(TEXT)
#undef TEXT
};

/* The digits after the second stand inside of some names. */
static void native(vg_buf *out, const vg_column *c)
{
    const char *text = native_texts[c->native];
    bool time = c->native == VG_NATIVE_TIMESTAMPTZ || c->native == VG_NATIVE_TIMETZ ||
                c->native == VG_NATIVE_TIMESTAMP_LOCAL || c->native == VG_NATIVE_TIME;
    const char *zone = time ? strstr(text, " with") : NULL;
    size_t len = zone ? (size_t)(zone - text) : strlen(text);
    vg__buf_bytes(out, text, len);
    if (c->args && strncmp(text, "timestamp", 9) == 0) /* timestamp (3), but time(3) */
        vg__buf_char(out, ' ');
    if (c->args)
        size_of(out, time ? c->args - 1 : c->args);
    if (c->fields && c->native == VG_NATIVE_INTERVAL) {
        vg__buf_char(out, ' ');
        vg__buf_text(out, c->fields);
    } else if (c->fields) {
        vg__buf_char(out, '(');
        vg__buf_text(out, c->fields);
        vg__buf_char(out, ')');
    }
    vg__buf_text(out, zone ? zone : "");
}

static void numeric(vg_buf *out, const vg_column *c)
{
    vg__buf_text(out, "numeric");
    if (!c->args)
        return;
    vg__buf_char(out, '(');
    vg__buf_int(out, c->args >> 8);
    vg__buf_text(out, ", ");
    vg__buf_int(out, c->args & 255);
    vg__buf_char(out, ')');
}

static void portable(vg_buf *out, const vg_column *c, unsigned type)
{
    switch (type) {
    case VG_TYPE_INTEGER:
    case VG_TYPE_ENUM_INTEGER: vg__buf_text(out, "bigint"); break;
    case VG_TYPE_BOOLEAN: vg__buf_text(out, "boolean"); break;
    case VG_TYPE_REAL: vg__buf_text(out, "double precision"); break;
    case VG_TYPE_NUMERIC: numeric(out, c); break;
    case VG_TYPE_BLOB: vg__buf_text(out, "bytea"); break;
    case VG_TYPE_JSON: vg__buf_text(out, "jsonb"); break;
    case VG_TYPE_UUID: vg__buf_text(out, "uuid"); break;
    case VG_TYPE_TIMESTAMP: vg__buf_text(out, "timestamp with time zone"); break;
    case VG_TYPE_DATE: vg__buf_text(out, "date"); break;
    case VG_TYPE_DAYTIME: vg__buf_text(out, "time"); break;
    case VG_TYPE_INTERVAL: vg__buf_text(out, "interval"); break;
    case VG_TYPE_POINT: vg__buf_text(out, "point"); break;
    case VG_TYPE_ENUM_NATIVE: vg__buf_name(out, '"', c->coder->name); break;
    case VG_TYPE_TEXT:
        vg__buf_text(out, c->args ? "varchar" : "text");
        if (c->args)
            size_of(out, c->args);
        break;
    default: vg__buf_text(out, "text"); break;
    }
}

void vg__pg_element_type(vg_buf *out, const vg_column *c)
{
    unsigned type = c->type == VG_TYPE_ARRAY    ? c->element
                    : c->type == VG_TYPE_CUSTOM ? c->coder->storage
                                                : c->type;
    if (c->native && native_texts[c->native])
        native(out, c);
    else
        portable(out, c, type);
}

void vg__pg_dimensions(vg_buf *out, const vg_column *c)
{
    for (int i = 0; c->type == VG_TYPE_ARRAY && i < c->dimensions; i++) {
        vg__buf_char(out, '[');
        if (c->sizes && c->sizes[i])
            vg__buf_int(out, c->sizes[i]);
        vg__buf_char(out, ']');
    }
}

void vg__pg_type(vg_buf *out, const vg_column *c)
{
    if (c->sql_type) {
        vg__buf_text(out, c->sql_type);
        return;
    }
    vg__pg_element_type(out, c);
    vg__pg_dimensions(out, c);
}

void vg__pg_default_now(vg_buf *out, const vg_column *c)
{
    (void)c;
    vg__buf_text(out, "now()");
}

static void quoted(vg_buf *out, const char *text)
{
    vg__buf_literal(out, text, strlen(text));
}

static void time_literal(vg_buf *out, vg_timestamp t, const vg_column *codec)
{
    char text[VG_TIMESTAMP_ROOM];
    quoted(out, codec && codec->type == VG_TYPE_DATE ? vg_date_format(t, text)
                                                     : vg_timestamp_format(t, text));
}

static void uuid_literal(vg_buf *out, const vg_uuid *uuid, const vg_column *codec)
{
    char text[40];
    (void)codec;
    quoted(out, vg_uuid_format(uuid, text));
}

static const vg_literals literals = {.no = "false",
                                     .yes = "true",
                                     .bytes = "'\\x",
                                     .nan = "'NaN'",
                                     .infinity = "'Infinity'",
                                     .minus_infinity = "'-Infinity'",
                                     .time = time_literal,
                                     .uuid = uuid_literal};

/* A whole number is written as the kit, like drizzle-kit, has it: 2, not 2.0. */
static void real_literal(vg_buf *out, double d)
{
    vg__buf_real(out, d);
    if (out->len > 2 && memcmp(out->text + out->len - 2, ".0", 2) == 0)
        out->len -= 2;
}

bool vg__pg_literal(vg_buf *out, const vg_column *c)
{
    const vg_literal *l = c->literal;
    vg_timestamp time;
    vg_uuid uuid;
    if (c->type == VG_TYPE_ENUM_TEXT || c->type == VG_TYPE_ENUM_NATIVE) {
        const char *label = vg_label_text(c->coder, l->i);
        if (label)
            quoted(out, label);
        return label != NULL;
    }
    if (l->kind == VG_V_TEXT) {
        if (c->sql_class == VG_K_time && !vg_timestamp_parse(l->s, strlen(l->s), &time))
            return false;
        if (c->sql_class == VG_K_uuid_expr && !vg_uuid_parse(l->s, strlen(l->s), &uuid))
            return false;
        if (c->sql_class == VG_K_blob)
            vg__literal_bytes(out, &literals, (const uint8_t *)l->s, strlen(l->s));
        else
            quoted(out, l->s);
        if (c->sql_class == VG_K_json)
            vg__buf_text(out, c->native == VG_NATIVE_JSON_TEXT ? "::json" : "::jsonb");
        return true;
    }
    if (c->sql_class == VG_K_predicate)
        vg__buf_text(out, l->i ? "true" : "false");
    else if (l->kind == VG_V_REAL)
        real_literal(out, l->d);
    else
        vg__buf_int(out, l->i);
    return true;
}

const char *vg__pg_value(vg_buf *out, vg_value v, const vg_column *codec)
{
    return vg__literal_value(out, &literals, v, codec);
}
