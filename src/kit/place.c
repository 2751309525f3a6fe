/* Walking two SQL texts side by side. */
#include "kit/place.h"

void vgk_place_next(vgk_place *p)
{
    p->token = vg__lexer_next(&p->lexer);
}

void vgk_place_begin(vgk_place *p, const vg_lexis *lexis, const char *text, size_t len)
{
    vg__lexer_begin(&p->lexer, lexis, text, len);
    vgk_place_next(p);
}

void vgk_place_skip_table(vgk_place *p, const char *table)
{
    vgk_place ahead = *p;
    if (!table || p->token.kind == VG_TOKEN_TEXT || !vg__token_names(&p->token, table))
        return;
    vgk_place_next(&ahead);
    if (!vg__token_is(&ahead.token, "."))
        return;
    vgk_place_next(&ahead);
    *p = ahead;
}

void vgk_strip_parens(const vg_lexis *lexis, const char **text, size_t *len)
{
    for (;;) {
        vgk_place p;
        size_t depth = 0;
        vgk_place_begin(&p, lexis, *text, *len);
        if (!vg__token_is(&p.token, "("))
            return;
        const char *inside = p.lexer.at;
        do {
            depth += vg__token_is(&p.token, "(");
            depth -= vg__token_is(&p.token, ")");
            if (!depth)
                break;
            vgk_place_next(&p);
        } while (p.token.kind != VG_TOKEN_END);
        if (depth)
            return;
        const char *close = p.token.text;
        vgk_place_next(&p);
        if (p.token.kind != VG_TOKEN_END)
            return;
        *text = inside;
        *len = (size_t)(close - inside);
    }
}
