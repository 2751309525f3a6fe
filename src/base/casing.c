/* Names in snake_case and camelCase: the words of a name as Drizzle finds them. */
#include "base/casing.h"
#include <stddef.h>
#include <string.h>

static bool is_upper(char c)
{
    return c >= 'A' && c <= 'Z';
}

static bool is_lower(char c)
{
    return (c >= 'a' && c <= 'z') || (unsigned char)c >= 0x80;
}

static bool is_small(char c) /* a letter or digit that ends no word */
{
    return is_lower(c) || (c >= '0' && c <= '9');
}

static char upper(char c)
{
    return c >= 'a' && c <= 'z' ? (char)(c - 'a' + 'A') : c;
}

static char lower(char c)
{
    return is_upper(c) ? (char)(c - 'A' + 'a') : c;
}

/* The length of the word that `at` begins with; 0: none. */
static size_t word_len(const char *at)
{
    size_t len = 0;
    while (is_upper(at[len]))
        len++;
    if (len && is_lower(at[len]))
        len--; /* the last capital belongs to what follows */
    if (len)
        return len;
    len = is_upper(at[0]);
    while (is_small(at[len]))
        len++;
    return len;
}

void vg__casing(char *out, const char *name, bool camel)
{
    char *to = out;
    for (const char *at = name; *at;) {
        size_t len = word_len(at);
        bool first = to == out;
        if (len && !first && !camel)
            *to++ = '_';
        for (size_t i = 0; i < len; i++)
            *to++ = !camel || first ? lower(at[i]) : i ? at[i] : upper(at[i]);
        at += len ? len : 1;
    }
    *to = '\0';
    if (to == out)
        memcpy(out, name, strlen(name) + 1);
}
