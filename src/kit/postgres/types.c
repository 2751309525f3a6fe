/* Column types: as the server says them, as drizzle-kit does, and which are the same. */
#include "kit/postgres/types.h"
#include <ctype.h>
#include <string.h>
#include <strings.h>

/* ---- as drizzle-kit spells them ---- */

/* "timestamp(3) without time zone" is "timestamp (3)"; a time has no blank there. */
static const char *time_type(vg_kit *kit, const char *type)
{
    static const char without[] = " without time zone";
    size_t len = strlen(type);
    const char *paren = strchr(type, '(');
    if (len > sizeof without - 1 &&
        strcmp(type + len - (sizeof without - 1), without) == 0)
        type = vgk_text_len(kit, type, len - (sizeof without - 1));
    if (!paren || strncmp(type, "timestamp", 9) != 0)
        return type;
    return vgk_print(kit, "timestamp %s", type + 9);
}

/* A built-in type by the server's own word. */
static const char *built_in(vg_kit *kit, const char *type)
{
    static const char *const words[][2] = {{"character varying", "varchar"},
                                           {"character", "char"}};
    for (size_t i = 0; i < sizeof words / sizeof *words; i++) {
        size_t len = strlen(words[i][0]);
        if (strncmp(type, words[i][0], len) == 0 && (!type[len] || type[len] == '('))
            return vgk_print(kit, "%s%s", words[i][1], type + len);
    }
    if (strncmp(type, "time", 4) == 0)
        return time_type(kit, type);
    const char *comma = strncmp(type, "numeric(", 8) == 0 ? strchr(type, ',') : NULL;
    if (comma)
        return vgk_print(kit, "%.*s, %s", (int)(comma - type), type, comma + 1);
    return type;
}

void vgk_pg_type(vg_kit *kit, const struct vgk_pg_attribute *a, vgk_column *out)
{
    bool system = strcmp(a->base_schema, "pg_catalog") == 0;
    out->type = a->base;
    if (system) {
        out->type = built_in(kit, a->type);
    } else if (a->foreign_) { /* its schema is the extension's affair */
        const char *paren = strchr(a->type, '(');
        out->type = vgk_print(kit, "%s%s", a->base, paren ? paren : "");
    } else {
        out->type_schema = a->base_schema;
    }
    if (!a->array)
        return;
    for (int64_t i = 0; i < (a->dimensions ? a->dimensions : 1); i++)
        out->type = vgk_print(kit, "%s[]", out->type);
}

/* ---- which are the same ---- */

static bool begins(const char *type, const char *word)
{
    size_t len = strlen(word);
    return strncasecmp(type, word, len) == 0 && !isalnum((unsigned char)type[len]);
}

bool vgk_pg_is_number(const char *type)
{
    static const char *const words[] = {"smallint", "integer", "bigint",
                                        "numeric",  "real",    "double precision"};
    for (size_t i = 0; i < sizeof words / sizeof *words; i++)
        if (begins(type, words[i]))
            return true;
    return false;
}

/* Two spellings of one type; what stands in parentheses follows both. */
static const char *const aliases[][2] = {
    {"int", "integer"},
    {"int4", "integer"},
    {"int2", "smallint"},
    {"int8", "bigint"},
    {"float4", "real"},
    {"float8", "double precision"},
    {"bool", "boolean"},
    {"decimal", "numeric"},
    {"character varying", "varchar"},
    {"character", "char"},
    {"bpchar", "char"},
    {"varbit", "bit varying"},
    {"timestamptz", "timestamp with time zone"},
    {"timetz", "time with time zone"},
    {"timestamp without time zone", "timestamp"},
    {"time without time zone", "time"},
};

/* The next character that counts: no blanks, no sizes of arrays, ", 0)" of a numeric. */
static int next_char(const char **at)
{
    while (**at == ' ')
        ++*at;
    if (**at == '[') {
        while (**at && **at != ']')
            ++*at;
        if (**at)
            ++*at;
        return ']';
    }
    if (strncmp(*at, ", 0)", 4) == 0)
        *at += 3;
    else if (strncmp(*at, ",0)", 3) == 0)
        *at += 2;
    int c = **at ? tolower((unsigned char)**at) : 0;
    *at += c != 0;
    return c;
}

/* `type` by its first spelling, and where that ends in it. */
static const char *spelled(const char *type, const char **rest)
{
    size_t best = 0, number = 0;
    *rest = type;
    for (size_t i = 0; i < sizeof aliases / sizeof *aliases; i++)
        if (begins(type, aliases[i][0]) && strlen(aliases[i][0]) > best) {
            best = strlen(aliases[i][0]);
            number = i;
        }
    if (!best)
        return "";
    /* "timestamp with time zone" begins with no alias but itself; "character varying" does. */
    *rest = type + best;
    return aliases[number][1];
}

bool vgk_pg_same_type(const char *a, const char *b)
{
    const char *x_rest, *y_rest, *x = spelled(a, &x_rest), *y = spelled(b, &y_rest);
    for (;;) {
        int c = next_char(*x ? &x : &x_rest), d = next_char(*y ? &y : &y_rest);
        if (c != d)
            return false;
        if (!c)
            return true;
    }
}
