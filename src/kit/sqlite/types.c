/* Column types by what SQLite makes of them. */
#include "kit/sqlite/sqlite.h"
#include <string.h>
#include <strings.h>

typedef enum affinity { INTEGER, TEXT, BLOB, REAL, NUMERIC } affinity;

bool vgk_sqlite_type_has(const char *type, const char *word)
{
    size_t len = strlen(word);
    for (; *type; type++)
        if (strncasecmp(type, word, len) == 0)
            return true;
    return false;
}

/* SQLite's rules, in their order. */
static affinity affinity_of(const char *type)
{
    static const struct {
        const char *word;
        affinity affinity;
    } rules[] = {{"INT", INTEGER}, {"CHAR", TEXT}, {"CLOB", TEXT}, {"TEXT", TEXT},
                 {"BLOB", BLOB},   {"REAL", REAL}, {"FLOA", REAL}, {"DOUB", REAL}};
    for (size_t i = 0; i < sizeof rules / sizeof *rules; i++)
        if (vgk_sqlite_type_has(type, rules[i].word))
            return rules[i].affinity;
    return *type ? NUMERIC : BLOB;
}

/* A number may come back from a text if it is whole, a text from a number not: 007. */
bool vgk_sqlite_converts(const char *from, const char *to)
{
    affinity a = affinity_of(from), b = affinity_of(to);
    switch (b) {
    case BLOB: return false;
    case TEXT: return a != TEXT && a != INTEGER;
    case REAL: return a != REAL;
    default: return a == TEXT || a == BLOB;
    }
}
