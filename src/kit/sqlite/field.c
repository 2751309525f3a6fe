/* Types of SQLite as types of a schema: by affinity, as SQLite itself understands them. */
#include "kit/sqlite/introspect.h"
#include "kit/sqlite/sqlite.h"
#include <stdlib.h>
#include <string.h>
#include <strings.h>

/* https://www.sqlite.org/datatype3.html, section 3.1; and the words that say more. */
static const char *by_affinity(const char *type)
{
    static const struct {
        const char *word, *type;
    } rules[] = {
        {"INT", "INTEGER"},  {"CHAR", "TEXT"}, {"CLOB", "TEXT"}, {"TEXT", "TEXT"},
        {"BLOB", "BLOB"},    {"REAL", "REAL"}, {"FLOA", "REAL"}, {"DOUB", "REAL"},
        {"BOOL", "BOOLEAN"}, {"JSON", "JSON"},
    };
    if (!*type || strcasecmp(type, "ANY") == 0)
        return "TEXT"; /* anything can be read as text */
    for (size_t i = 0; i < sizeof rules / sizeof *rules; i++)
        if (vgk_sqlite_type_has(type, rules[i].word))
            return rules[i].type;
    return "NUMERIC";
}

/* The number that stands at *at, from 1 to `max`, as C writes it; 0: there is none. */
static long number(const char **at, long max)
{
    char *end;
    long n = **at >= '1' && **at <= '9' ? strtol(*at, &end, 10) : 0;
    if (n <= 0 || n > max)
        return 0;
    *at = end;
    return n;
}

/* text(20), numeric(10, 2). */
static const char *with_arguments(vg_kit *kit, const char *type)
{
    const char *at;
    if (strncmp(type, "text(", 5) == 0) {
        at = type + 5;
        long n = number(&at, 1000000000);
        return n && strcmp(at, ")") == 0 ? vgk_print(kit, "TEXT(%ld)", n) : NULL;
    }
    if (strncmp(type, "numeric(", 8) != 0)
        return NULL;
    at = type + 8;
    long p = number(&at, 1000), s = 0;
    if (!p || strncmp(at, ", ", 2) != 0)
        return NULL;
    at += 2;
    if (strcmp(at, "0)") == 0)
        return vgk_print(kit, "NUMERIC(%ld, 0)", p);
    s = number(&at, 255);
    return s && strcmp(at, ")") == 0 ? vgk_print(kit, "NUMERIC(%ld, %ld)", p, s) : NULL;
}

void vgk_sqlite_field(vg_kit *kit, const vgk_column *column, vgk_field_type *out)
{
    const char *type = column->type;
    static const char *const plain[][2] = {{"integer", "INTEGER"},
                                           {"real", "REAL"},
                                           {"text", "TEXT"},
                                           {"numeric", "NUMERIC"},
                                           {"blob", "BLOB"}};
    for (size_t i = 0; i < sizeof plain / sizeof *plain; i++)
        if (strcmp(type, plain[i][0]) == 0) {
            *out = (vgk_field_type){plain[i][1], true};
            return;
        }
    const char *exact = with_arguments(kit, type);
    if (exact) {
        *out = (vgk_field_type){exact, true};
        return;
    }
    /* What follows COLLATE is no part of the type. */
    char *name = vgk_text(kit, type);
    for (char *at = name; *at; at++)
        if (strncasecmp(at, "COLLATE ", 8) == 0 && (at == name || at[-1] == ' ')) {
            *(at > name ? at - 1 : at) = 0;
            break;
        }
    *out = (vgk_field_type){by_affinity(name), false};
}
