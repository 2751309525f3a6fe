/* Types of PostgreSQL as types of a schema: the portable word where it is the same type, the
 * database's own word else. */
#include "kit/postgres/field.h"
#include <stdlib.h>
#include <string.h>

/* Words whose CREATE TABLE says just this. */
static const char *const plain[][2] = {{"bigint", "INTEGER"},
                                       {"double precision", "REAL"},
                                       {"text", "TEXT"},
                                       {"numeric", "NUMERIC"},
                                       {"boolean", "BOOLEAN"},
                                       {"bytea", "BLOB"},
                                       {"jsonb", "JSON"},
                                       {"uuid", "UUID"},
                                       {"timestamp with time zone", "TIMESTAMP"},
                                       {"date", "DATE"},
#define ROW(word, type, sql) {sql, #word},
                                       VG_NATIVES(ROW)
#undef ROW
};

/* Words that take one number, and what stands before and after it in SQL. */
static const struct {
    const char *before, *after, *word;
} sized[] = {
    {"varchar(", ")", "TEXT"},
    {"char(", ")", "CHAR"},
    {"bit(", ")", "BIT"},
    {"bit varying(", ")", "VARBIT"},
    {"vector(", ")", "VECTOR"},
    {"halfvec(", ")", "HALFVEC"},
    {"sparsevec(", ")", "SPARSEVEC"},
    {"timestamp (", ")", "TIMESTAMP_LOCAL"},
    {"timestamp (", ") with time zone", "TIMESTAMPTZ"},
    {"time(", ")", "TIME"},
    {"time(", ") with time zone", "TIMETZ"},
};

/* The number at *at, from 0, as C writes it; -1: there is none. */
static long number(const char **at, long max)
{
    char *end;
    if (**at < '0' || **at > '9' ||
        ((*at)[0] == '0' && (*at)[1] >= '0' && (*at)[1] <= '9'))
        return -1;
    long n = strtol(*at, &end, 10);
    *at = end;
    return n <= max ? n : -1;
}

static const char *with_number(vg_kit *kit, const char *type)
{
    for (size_t i = 0; i < sizeof sized / sizeof *sized; i++) {
        size_t len = strlen(sized[i].before);
        const char *at = type + len;
        if (strncmp(type, sized[i].before, len) != 0)
            continue;
        long n = number(&at, 1000000000);
        if (n >= 0 && strcmp(at, sized[i].after) == 0)
            return vgk_print(kit, "%s(%ld)", sized[i].word, n);
    }
    return NULL;
}

static const char *numeric(vg_kit *kit, const char *type)
{
    const char *at = type + strlen("numeric(");
    if (strncmp(type, "numeric(", strlen("numeric(")) != 0)
        return NULL;
    long p = number(&at, 1000);
    if (p < 1 || strncmp(at, ", ", 2) != 0)
        return NULL;
    at += 2;
    long scale = number(&at, 255);
    return scale >= 0 && strcmp(at, ")") == 0
               ? vgk_print(kit, "NUMERIC(%ld, %ld)", p, scale)
               : NULL;
}

/* interval day to second(3); geometry(point) */
static const char *with_fields(vg_kit *kit, const char *type)
{
    size_t len = strlen(type);
    if (strncmp(type, "interval ", 9) == 0)
        return vgk_print(kit, "INTERVAL(\"%s\")", type + 9);
    if (strncmp(type, "geometry(", 9) == 0 && type[len - 1] == ')')
        return vgk_print(kit, "GEOMETRY(\"%.*s\")", (int)(len - 10), type + 9);
    return NULL;
}

const char *vgk_pg_word(vg_kit *kit, const char *type)
{
    const char *word;
    for (size_t i = 0; i < sizeof plain / sizeof *plain; i++)
        if (plain[i][0] && strcmp(type, plain[i][0]) == 0)
            return plain[i][1];
    if ((word = with_number(kit, type)) || (word = numeric(kit, type)))
        return word;
    return with_fields(kit, type);
}

const char *vgk_pg_array(vg_kit *kit, const char *word, const char *type)
{
    const char *brackets = strchr(type, '[');
    if (!brackets)
        return word;
    const char *out = vgk_print(kit, "ARRAY(%s", word);
    if (strcmp(brackets, "[]") != 0)
        for (; *brackets; brackets++)
            if (*brackets == '[')
                out = vgk_print(kit, "%s, %ld", out, strtol(brackets + 1, NULL, 10));
    return vgk_print(kit, "%s)", out);
}

void vgk_pg_field(vg_kit *kit, const vgk_column *c, vgk_field_type *out)
{
    size_t len = strcspn(c->type, "[");
    const char *element = vgk_text_len(kit, c->type, len);
    const char *word = c->type_schema ? NULL : vgk_pg_word(kit, element);
    /* INTEGER counts by itself as a key. */
    if (word && c->primary_key && strcmp(word, "INTEGER") == 0)
        word = "BIGINT";
    *out = word ? (vgk_field_type){vgk_pg_array(kit, word, c->type), true}
                : (vgk_field_type){"TEXT", false};
}
