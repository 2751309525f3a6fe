/* Walking two SQL texts side by side: where each is, and what of it says nothing. */
#pragma once
#include "migrate/lexer.h"
#include <stddef.h>

/* A place in a text, and the token that stands there; VG_TOKEN_END after the last. */
typedef struct vgk_place {
    vg_lexer lexer;
    vg_token token;
} vgk_place;

void vgk_place_begin(vgk_place *p, const vg_lexis *lexis, const char *text, size_t len);
void vgk_place_next(vgk_place *p);
/* Over `table` and the point after it, if they stand here; NULL: no table. */
void vgk_place_skip_table(vgk_place *p, const char *table);
/* Take the parentheses off that stand around all of the text. */
void vgk_strip_parens(const vg_lexis *lexis, const char **text, size_t *len);
