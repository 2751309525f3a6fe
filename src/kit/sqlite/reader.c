/* Taking tokens one after the other, for the readers of CREATE statements. */
#include "kit/sqlite/create.h"
#include "kit/sqlite/same.h"
#include <string.h>

void vgk_reader_open(vgk_reader *r, vg_kit *kit, const char *sql)
{
    *r = (vgk_reader){.kit = kit, .last = sql};
    vgk_sqlite_read(&r->lexer, sql);
    r->token = vg__lexer_next(&r->lexer);
}

void vgk_reader_next(vgk_reader *r)
{
    r->last = r->lexer.at;
    r->token = vg__lexer_next(&r->lexer);
}

bool vgk_reader_word(vgk_reader *r, const char *word)
{
    if (!vg__token_is(&r->token, word))
        return false;
    vgk_reader_next(r);
    return true;
}

bool vgk_reader_sign(vgk_reader *r, const char *sign)
{
    if (!vg__token_is(&r->token, sign))
        return false;
    vgk_reader_next(r);
    return true;
}

const char *vgk_reader_name(vgk_reader *r)
{
    const vg_token *t = &r->token;
    if (t->kind != VG_TOKEN_WORD && t->kind != VG_TOKEN_NAME &&
        t->kind != VG_TOKEN_TEXT)
        return NULL;
    const char *name = vgk_token_text(r->kit, t);
    vgk_reader_next(r);
    return name;
}

const char *vgk_reader_parens(vgk_reader *r)
{
    size_t depth = 1;
    if (!vgk_reader_sign(r, "("))
        return NULL;
    const char *from = r->token.text, *to = from;
    for (;;) {
        if (r->token.kind == VG_TOKEN_END || r->token.kind == VG_TOKEN_OPEN)
            return NULL;
        if (vg__token_is(&r->token, "("))
            depth++;
        if (vg__token_is(&r->token, ")") && !--depth)
            break;
        vgk_reader_next(r);
        to = r->last;
    }
    vgk_reader_next(r);
    return vgk_text_len(r->kit, from, (size_t)(to - from));
}

const char *vgk_reader_until_comma(vgk_reader *r)
{
    size_t depth = 0;
    const char *from = r->token.text, *to = from;
    while (r->token.kind != VG_TOKEN_END && r->token.kind != VG_TOKEN_OPEN) {
        const vg_token *t = &r->token;
        if (!depth && (vg__token_is(t, ",") || vg__token_is(t, ")")))
            break;
        if (vg__token_is(t, "("))
            depth++;
        if (vg__token_is(t, ")"))
            depth--;
        vgk_reader_next(r);
        to = r->last;
    }
    return vgk_text_len(r->kit, from, (size_t)(to - from));
}

const char *vgk_reader_create(vgk_reader *r, const char *const *what)
{
    if (!vgk_reader_word(r, "CREATE"))
        return NULL;
    if (!vgk_reader_word(r, "TEMP"))
        vgk_reader_word(r, "TEMPORARY");
    vgk_reader_word(r, "UNIQUE");
    for (; *what; what++)
        if (!vgk_reader_word(r, *what))
            return NULL;
    if (vg__token_is(&r->token, "IF")) {
        vgk_reader ahead = *r;
        vgk_reader_next(&ahead);
        if (vgk_reader_word(&ahead, "NOT") && vgk_reader_word(&ahead, "EXISTS"))
            *r = ahead;
    }
    const char *name = vgk_reader_name(r);
    return name && vgk_reader_sign(r, ".") ? vgk_reader_name(r) : name;
}
