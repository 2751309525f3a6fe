/* Patterns of LIKE out of plain text. */
#include "base/like.h"
#include <virga/function.h>

size_t vg__like_escape(char *out, const char *text, size_t len)
{
    size_t at = 0;
    for (size_t i = 0; i < len; i++) {
        if (text[i] == '%' || text[i] == '_' || text[i] == '\\')
            out[at++] = '\\';
        out[at++] = text[i];
    }
    return at;
}

const char *vg_like_escape(vg_arena *arena, const char *text)
{
    size_t len = text ? strlen(text) : 0;
    char *out = text ? vg_arena_alloc(arena, len * 2 + 1) : NULL;
    if (out)
        out[vg__like_escape(out, text, len)] = '\0';
    return out;
}
