/* The schema of a column's values: its type, and the RULEs of the column. */
#include "json/reader.h"
#include "json/schema.h"
#include <float.h>
#include <math.h>
#include <stdio.h>
#include <string.h>

#define ATOM   "[a-zA-Z0-9!#$%&'*+/=?^_`{|}~-]+"
#define LABEL  "[a-zA-Z0-9]([a-zA-Z0-9-]{0,61}[a-zA-Z0-9])?"
#define EMAIL  "^" ATOM "(\\." ATOM ")*@" LABEL "(\\." LABEL ")+$"
#define URL    "^https?://" LABEL "(\\." LABEL ")*([:/?#][^\\u0000-\\u0020]*)?$"
#define UUID   "^[0-9a-fA-F]{8}(-[0-9a-fA-F]{4}){3}-[0-9a-fA-F]{12}$"
#define BASE64 "^([A-Za-z0-9+/]{4})*([A-Za-z0-9+/]{2}==|[A-Za-z0-9+/]{3}=)?$"
#define DAY    "^[0-9]{4}-[0-9]{2}-[0-9]{2}$"
#define TIME                                                 \
    "^[0-9]{4}-[0-9]{2}-[0-9]{2}T[0-9]{2}:[0-9]{2}:[0-9]{2}" \
    "(\\.[0-9]+)?(Z|[+-][0-9]{2}:[0-9]{2})$"

void vg__json_say(vg_json_writer *w, const char *key, const char *text)
{
    vg_put_key(w, key);
    vg_put_text(w, text);
}

void vg__json_say_int(vg_json_writer *w, const char *key, int64_t n)
{
    vg_put_key(w, key);
    vg_put_int(w, n);
}

static void say_real(vg_json_writer *w, const char *key, double d)
{
    vg_put_key(w, key);
    vg_put_real(w, d);
}

/* "type": "string", or ["string", "null"]. */
static void say_type(vg_json_writer *w, const char *type, const char *other, bool null)
{
    vg_put_key(w, "type");
    if (!other && !null) {
        vg_put_text(w, type);
        return;
    }
    vg_put_array(w);
    vg_put_text(w, type);
    if (other)
        vg_put_text(w, other);
    if (null)
        vg_put_text(w, "null");
    vg_put_end(w);
}

/* ---- what the RULEs of a column come to ---- */

enum { MAX_PATTERNS = 8 };

typedef struct limits {
    uint32_t index;
    int64_t min, max; /* of whole numbers */
    double least, most;
    int64_t min_length, max_length; /* -1: none */
    const char *patterns[MAX_PATTERNS];
    size_t pattern_count;
    const char *format;
    const char *const *texts;
} limits;

static void add_pattern(limits *l, const char *pattern)
{
    if (l->pattern_count < MAX_PATTERNS)
        l->patterns[l->pattern_count++] = pattern;
}

static int64_t smaller(int64_t a, int64_t b)
{
    return a < b ? a : b;
}

static int add_rule(void *ctx, const vg_rule *rule)
{
    limits *l = ctx;
    if (rule->column != l->index)
        return 0;
    switch (rule->kind) {
    case VG_RULE_KIND_EMAIL:
        l->format = "email";
        add_pattern(l, EMAIL);
        break;
    case VG_RULE_KIND_URL:
        l->format = "uri";
        add_pattern(l, URL);
        break;
    case VG_RULE_KIND_MIN:
        l->min = rule->whole > l->min ? rule->whole : l->min;
        l->least = fmax(l->least, rule->number);
        break;
    case VG_RULE_KIND_MAX:
        l->max = smaller(l->max, rule->whole);
        l->most = fmin(l->most, rule->number);
        break;
    case VG_RULE_KIND_MIN_LENGTH:
        l->min_length = -smaller(-rule->whole, -l->min_length);
        break;
    case VG_RULE_KIND_MAX_LENGTH:
        l->max_length =
            l->max_length < 0 ? rule->whole : smaller(l->max_length, rule->whole);
        break;
    case VG_RULE_KIND_PATTERN: add_pattern(l, rule->text); break;
    case VG_RULE_KIND_ONE_OF: l->texts = rule->texts; break;
    case VG_RULE_KIND_CUSTOM: break;
    }
    return 0;
}

static void limits_of(limits *l, const vg_shape *shape, uint32_t index,
                      const vg_column *as)
{
    *l = (limits){.index = index, .min_length = -1, .max_length = -1};
    l->least = as->native == VG_NATIVE_FLOAT4 ? -(double)FLT_MAX : -INFINITY;
    l->most = as->native == VG_NATIVE_FLOAT4 ? (double)FLT_MAX : INFINITY;
    vg__json_bounds(as, &l->min, &l->max);
    if (as->args && as->type == VG_TYPE_TEXT)
        l->max_length = as->args;
    if (as->args && as->native == VG_NATIVE_CHAR)
        l->min_length = as->args;
    vg_rule_each(vg__json_ruled(shape), add_rule, l);
}

/* ---- types ---- */

static void say_limits(vg_json_writer *w, const limits *l, bool whole)
{
    if (whole) {
        vg__json_say_int(w, "minimum", l->min);
        vg__json_say_int(w, "maximum", l->max);
        return;
    }
    if (isfinite(l->least))
        say_real(w, "minimum", l->least);
    if (isfinite(l->most))
        say_real(w, "maximum", l->most);
}

static void say_patterns(vg_json_writer *w, const limits *l)
{
    if (l->pattern_count)
        vg__json_say(w, "pattern", l->patterns[0]);
    if (l->pattern_count < 2)
        return;
    vg_put_key(w, "allOf");
    vg_put_array(w);
    for (size_t i = 1; i < l->pattern_count; i++) {
        vg_put_object(w);
        vg__json_say(w, "pattern", l->patterns[i]);
        vg_put_end(w);
    }
    vg_put_end(w);
}

static void say_bits(vg_json_writer *w, const vg_column *as)
{
    char pattern[40];
    if (as->native == VG_NATIVE_BIT)
        snprintf(pattern, sizeof pattern, "^[01]{%u}$", as->args ? as->args : 1);
    else if (as->args)
        snprintf(pattern, sizeof pattern, "^[01]{0,%u}$", as->args);
    else
        snprintf(pattern, sizeof pattern, "^[01]*$");
    vg__json_say(w, "pattern", pattern);
}

static void say_text(vg_json_writer *w, const limits *l, bool null)
{
    say_type(w, "string", NULL, null);
    if (l->min_length >= 0)
        vg__json_say_int(w, "minLength", l->min_length);
    if (l->max_length >= 0)
        vg__json_say_int(w, "maxLength", l->max_length);
    if (l->format)
        vg__json_say(w, "format", l->format);
    say_patterns(w, l);
    if (!l->texts)
        return;
    vg_put_key(w, "enum");
    vg_put_array(w);
    for (const char *const *text = l->texts; *text; text++)
        vg_put_text(w, *text);
    if (null)
        vg_put_null(w);
    vg_put_end(w);
}

/* A string of a fixed form. */
static void say_form(vg_json_writer *w, bool null, const char *format,
                     const char *encoding, const char *pattern)
{
    say_type(w, "string", NULL, null);
    if (format)
        vg__json_say(w, "format", format);
    if (encoding)
        vg__json_say(w, "contentEncoding", encoding);
    if (pattern)
        vg__json_say(w, "pattern", pattern);
}

/* The digits before and after the point, of a string; of a number only how large it is. */
static void say_numeric(vg_json_writer *w, const limits *l, const vg_column *as,
                        bool null)
{
    uint32_t precision = as->args >> 8, scale = as->args & 255;
    char whole[48] = "(0|[1-9][0-9]*)", fraction[48] = "(\\.[0-9]+)?", pattern[120];
    if (precision > scale)
        snprintf(whole, sizeof whole, "(0|[1-9][0-9]{0,%u})", precision - scale - 1);
    else if (precision)
        snprintf(whole, sizeof whole, "0");
    if (precision && scale)
        snprintf(fraction, sizeof fraction, "(\\.[0-9]{1,%u}0*)?", scale);
    else if (precision)
        snprintf(fraction, sizeof fraction, "(\\.0+)?");
    snprintf(pattern, sizeof pattern, "^-?%s%s$", whole, fraction);
    say_type(w, "string", "number", null);
    vg__json_say(w, "pattern", pattern);
    if (precision) {
        double bound = pow(10, (double)precision - scale);
        say_real(w, "exclusiveMinimum", -bound);
        say_real(w, "exclusiveMaximum", bound);
    }
    say_limits(w, l, false);
}

static void say_size(vg_json_writer *w, uint32_t size)
{
    if (!size)
        return;
    vg__json_say_int(w, "minItems", size);
    vg__json_say_int(w, "maxItems", size);
}

static void say_numbers(vg_json_writer *w, bool null, uint32_t size)
{
    say_type(w, "array", NULL, null);
    vg_put_key(w, "items");
    vg_put_object(w);
    vg__json_say(w, "type", "number");
    vg_put_end(w);
    if (size)
        say_size(w, size);
    else
        vg__json_say_int(w, "minItems", 1);
}

static void say_native(vg_json_writer *w, const vg_column *as, bool null)
{
    bool bits = as->native == VG_NATIVE_BIT || as->native == VG_NATIVE_VARBIT;
    if (as->native == VG_NATIVE_VECTOR || as->native == VG_NATIVE_HALFVEC) {
        say_numbers(w, null, as->args);
        return;
    }
    say_type(w, "string", NULL, null);
    if (bits)
        say_bits(w, as);
}

static void say_enum(const vg_json_describing *d, const vg_coder *coder, bool null)
{
    vg_json_writer *w = d->w;
    char ref[200];
    snprintf(ref, sizeof ref, "%s%s", d->refs, coder->name);
    if (!null) {
        vg__json_say(w, "$ref", ref);
        return;
    }
    vg_put_key(w, "anyOf");
    vg_put_array(w);
    vg_put_object(w);
    vg__json_say(w, "$ref", ref);
    vg_put_end(w);
    vg_put_object(w);
    vg__json_say(w, "type", "null");
    vg_put_end(w);
    vg_put_end(w);
}

const vg_coder *vg__json_enum(const vg_column *c, const vg_column *as)
{
    const vg_coder *coder = as && as->coder ? as->coder : c->coder;
    return coder && coder->labels ? coder : NULL;
}

static void say_any(vg_json_writer *w, bool null)
{
    static const char *const types[] = {"object", "array", "string", "number",
                                        "boolean"};
    if (null)
        return;
    vg_put_key(w, "type");
    vg_put_array(w);
    for (size_t i = 0; i < sizeof types / sizeof *types; i++)
        vg_put_text(w, types[i]);
    vg_put_end(w);
}

/* The class of values of a type: of elements, and of what codecs store. */
static unsigned class_of(vg_type type)
{
    switch (type) {
    case VG_TYPE_INTEGER: return VG_K_int;
    case VG_TYPE_REAL: return VG_K_real;
    case VG_TYPE_BOOLEAN: return VG_K_predicate;
    case VG_TYPE_NUMERIC: return VG_K_numeric;
    case VG_TYPE_BLOB: return VG_K_blob;
    case VG_TYPE_JSON: return VG_K_json;
    case VG_TYPE_UUID: return VG_K_uuid_expr;
    case VG_TYPE_TIMESTAMP:
    case VG_TYPE_DATE: return VG_K_time;
    case VG_TYPE_ENUM_TEXT:
    case VG_TYPE_ENUM_INTEGER:
    case VG_TYPE_ENUM_NATIVE: return VG_K_enum_expr;
    case VG_TYPE_TEXT: return VG_K_text;
    default: return VG_K_native_expr;
    }
}

static void say_class(const vg_json_describing *d, unsigned class_, const limits *l,
                      const vg_column *as, bool null);

static void say_array(const vg_json_describing *d, const vg_column *as, bool null,
                      int level)
{
    vg_json_writer *w = d->w;
    vg_column element = *as;
    limits l;
    say_type(w, "array", NULL, null);
    vg_put_key(w, "items");
    vg_put_object(w);
    if (level + 1 < as->dimensions) {
        say_array(d, as, false, level + 1);
    } else {
        element.type = as->element;
        element.element = 0;
        /* No rules: they are of columns. */
        limits_of(&l, &(vg_shape){.columns = NULL}, UINT32_MAX, &element);
        say_class(d, class_of((vg_type)as->element), &l, &element, true);
    }
    vg_put_end(w);
    if (as->sizes)
        say_size(w, (uint32_t)as->sizes[level]);
}

static void say_class(const vg_json_describing *d, unsigned class_, const limits *l,
                      const vg_column *as, bool null)
{
    vg_json_writer *w = d->w;
    bool day = as->type == VG_TYPE_DATE;
    const vg_coder *labels = vg__json_enum(as, as);
    switch (class_) {
    case VG_K_enum_expr:
        if (labels) {
            say_enum(d, labels, null);
            break;
        } /* fall through */
    case VG_K_int:
        say_type(w, "integer", NULL, null);
        say_limits(w, l, true);
        break;
    case VG_K_real:
        say_type(w, "number", NULL, null);
        say_limits(w, l, false);
        break;
    case VG_K_predicate: say_type(w, "boolean", NULL, null); break;
    case VG_K_numeric: say_numeric(w, l, as, null); break;
    case VG_K_json: say_any(w, null); break;
    case VG_K_uuid_expr: say_form(w, null, "uuid", NULL, UUID); break;
    case VG_K_blob: say_form(w, null, NULL, "base64", BASE64); break;
    case VG_K_time:
        say_form(w, null, day ? "date" : "date-time", NULL, day ? DAY : TIME);
        break;
    case VG_K_point_expr: say_numbers(w, null, 2); break;
    case VG_K_daytime_expr:
    case VG_K_interval_expr: say_type(w, "string", NULL, null); break;
    case VG_K_native_expr: say_native(w, as, null); break;
    case VG_K_custom:
        say_class(d, class_of((vg_type)as->coder->storage), l, as, null);
        break;
    default:
        if (class_ & VG_K_object)
            say_array(d, as, null, 0);
        else
            say_text(w, l, null);
    }
}

static void say_default(vg_json_writer *w, const vg_column *c)
{
    const vg_literal *v = c->literal;
    const vg_coder *labels = vg__json_enum(c, c);
    unsigned class_ = c->sql_class & VG_K_CLASS;
    if (!v || !(class_ &
                (VG_K_int | VG_K_real | VG_K_text | VG_K_predicate | VG_K_enum_expr)))
        return;
    vg_put_key(w, "default");
    if (labels && v->kind == VG_V_INT)
        vg_put_text(w, vg_label_text(labels, v->i));
    else if (class_ == VG_K_predicate)
        vg_put_bool(w, v->i != 0);
    else if (v->kind == VG_V_INT)
        vg_put_int(w, v->i);
    else if (v->kind == VG_V_REAL)
        vg_put_real(w, v->d);
    else
        vg_put_text(w, v->s);
}

void vg__json_describe(const vg_json_describing *d, const vg_shape *shape,
                       uint32_t index, const vg_column *as)
{
    static const vg_column unknown = {.name = ""};
    const vg_column *c = &shape->columns[index];
    vg_column known = as ? *as : unknown;
    limits l;
    known.coder = c->coder ? c->coder : known.coder;
    limits_of(&l, shape, index, &known);
    vg_put_object(d->w);
    say_class(d, c->sql_class & VG_K_CLASS, &l, &known, c->nullable);
    if (d->use == VG_JSON_INSERT_USE)
        say_default(d->w, c);
    vg_put_end(d->w);
}
