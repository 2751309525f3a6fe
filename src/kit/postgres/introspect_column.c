/* A column of a live table: its type as drizzle-kit spells it, its default, its sequence. */
#include "base/casing.h"
#include "kit/postgres/introspect.h"
#include "kit/postgres/types.h"
#include <stdlib.h>
#include <string.h>
#include <strings.h>

/* ---- defaults ---- */

static bool is_number(const char *text)
{
    const char *at = text + (*text == '-');
    size_t digits = strspn(at, "0123456789");
    if (!digits || (at[0] == '0' && digits > 1))
        return false;
    at += digits;
    if (*at == '.') {
        digits = strspn(++at, "0123456789");
        at += digits;
        if (!digits)
            return false;
    }
    return !*at;
}

/* Behind the literal at `text`; NULL: there stands none. */
static const char *after_literal(const char *text)
{
    if (*text != '\'')
        return NULL;
    for (text++; *text; text++)
        if (*text == '\'' && *++text != '\'')
            return text;
    return NULL;
}

/* A literal that ends there, and nothing but its cast behind it. */
static bool is_cast_literal(const char *end)
{
    static const char of_types[] =
        "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ"
        "0123456789_.\"()[], ";
    return end && (!*end || (end[0] == ':' && end[1] == ':' &&
                             !end[2 + strspn(end + 2, of_types)]));
}

static vgk_default default_of(vg_kit *kit, const char *text, const char *type)
{
    if (!text)
        return (vgk_default){0};
    if (strcmp(text, "true") == 0 || strcmp(text, "false") == 0)
        return (vgk_default){VGK_DEFAULT_BOOL, text};
    if (is_number(text))
        return (vgk_default){VGK_DEFAULT_NUMBER, text};
    const char *end = after_literal(text);
    if (!is_cast_literal(end))
        return (vgk_default){VGK_DEFAULT_SQL, text};
    const char *literal = vgk_text_len(kit, text, (size_t)(end - text));
    size_t len = strlen(literal);
    const char *inside = vgk_text_len(kit, literal + 1, len - 2);
    if (*inside == '-' && is_number(inside) && vgk_pg_is_number(type))
        return (vgk_default){VGK_DEFAULT_NUMBER, inside};
    if (vgk_pg_is_number(type) && is_number(inside) && !strchr(type, '['))
        return (vgk_default){VGK_DEFAULT_NUMBER, inside};
    if (strcmp(type, "jsonb") == 0 || strcmp(type, "json") == 0)
        literal = vgk_print(kit, "%s::%s", literal, type);
    return (vgk_default){VGK_DEFAULT_SQL, literal};
}

/* ---- sequences ---- */

static const char *number(vg_kit *kit, vg_opt_int n)
{
    return vgk_print(kit, "%lld", (long long)n.v);
}

static vgk_sequence sequence_of(vg_kit *kit, const struct vgk_pg_attribute *a)
{
    return (vgk_sequence){
        .name = a->seq_name,
        .schema = vgk_schema_or_null(a->seq_schema),
        .increment = number(kit, a->seq_step),
        .start = number(kit, a->seq_start),
        .min = number(kit, a->seq_min),
        .max = number(kit, a->seq_max),
        .cache = number(kit, a->seq_cache),
        .cycle = a->seq_cycle.has && a->seq_cycle.v,
    };
}

/* The word for an integer that its own sequence fills; NULL: it is none. */
static const char *serial(const struct vgk_pg_attribute *a, const char *type)
{
    static const char *const words[][2] = {
        {"smallint", "smallserial"}, {"integer", "serial"}, {"bigint", "bigserial"}};
    if (!a->not_null || *a->identity || !a->seq_name || !a->value ||
        strncmp(a->value, "nextval('", 9) != 0)
        return NULL;
    for (size_t i = 0; i < sizeof words / sizeof *words; i++)
        if (strcmp(words[i][0], type) == 0)
            return words[i][1];
    return NULL;
}

/* ---- the column ---- */

static vgk_generated *generated(vg_kit *kit, const struct vgk_pg_attribute *a)
{
    vgk_generated *g = vgk_alloc(kit, sizeof *g);
    g->as = a->value;
    g->type = *a->generated == 'v' ? "virtual" : "stored";
    return g;
}

void vgk_pg_column(vg_kit *kit, const struct vgk_pg_attribute *a, vgk_column *out)
{
    *out = (vgk_column){.name = a->name, .not_null = a->not_null};
    vgk_pg_type(kit, a, out);
    const char *word = serial(a, out->type);
    if (word) {
        out->type = word;
    } else if (*a->identity) {
        out->identity = vgk_alloc(kit, sizeof *out->identity);
        out->identity->type = *a->identity == 'a' ? "always" : "byDefault";
        out->identity->sequence = sequence_of(kit, a);
    } else if (*a->generated) {
        out->generated = generated(kit, a);
    } else {
        out->value = default_of(kit, a->value, out->type);
    }
}

vgk_columns vgk_pg_columns(const vgk_pg_reading *r, int64_t relation)
{
    vgk_columns out = {0};
    for (size_t i = 0; i < r->catalog->attributes.len; i++)
        if (r->catalog->attributes.data[i].relation == relation)
            vgk_pg_column(r->kit, &r->catalog->attributes.data[i],
                          VGK_ADD(r->kit, &out));
    return out;
}
