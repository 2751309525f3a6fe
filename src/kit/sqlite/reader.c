/* Taking tokens one after the other, for the readers of CREATE statements. */
#include "kit/sqlite/create.h"
#include <string.h>

void vgk_reader_open(vgk_reader *r, vg_kit *kit, const char *sql)
{
    *r = (vgk_reader){.kit = kit, .last = sql};
    vgk_lexer_open(&r->t, sql, strlen(sql));
}

void vgk_reader_next(vgk_reader *r)
{
    r->last = r->t.next;
    vgk_lexer_next(&r->t);
}

bool vgk_reader_word(vgk_reader *r, const char *word)
{
    if (!vgk_lexeme_is(&r->t.token, word))
        return false;
    vgk_reader_next(r);
    return true;
}

bool vgk_reader_sign(vgk_reader *r, const char *sign)
{
    if (!vgk_lexeme_sign(&r->t.token, sign))
        return false;
    vgk_reader_next(r);
    return true;
}

const char *vgk_reader_name(vgk_reader *r)
{
    const vgk_lexeme *t = &r->t.token;
    if (t->kind != VGK_LEX_WORD && t->kind != VGK_LEX_NAME && t->kind != VGK_LEX_STRING)
        return NULL;
    char *name = vgk_alloc(r->kit, t->len + 1);
    vgk_lexeme_name(t, name);
    vgk_reader_next(r);
    return name;
}

const char *vgk_reader_parens(vgk_reader *r)
{
    size_t depth = 1;
    if (!vgk_reader_sign(r, "("))
        return NULL;
    const char *from = r->t.token.at, *to = from;
    for (;;) {
        if (r->t.token.kind == VGK_LEX_END || r->t.token.kind == VGK_LEX_BAD)
            return NULL;
        if (vgk_lexeme_sign(&r->t.token, "("))
            depth++;
        if (vgk_lexeme_sign(&r->t.token, ")") && !--depth)
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
    const char *from = r->t.token.at, *to = from;
    while (r->t.token.kind != VGK_LEX_END && r->t.token.kind != VGK_LEX_BAD) {
        const vgk_lexeme *t = &r->t.token;
        if (!depth && (vgk_lexeme_sign(t, ",") || vgk_lexeme_sign(t, ")")))
            break;
        if (vgk_lexeme_sign(t, "("))
            depth++;
        if (vgk_lexeme_sign(t, ")"))
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
    if (vgk_lexeme_is(&r->t.token, "IF")) {
        vgk_reader ahead = *r;
        vgk_reader_next(&ahead);
        if (vgk_reader_word(&ahead, "NOT") && vgk_reader_word(&ahead, "EXISTS"))
            *r = ahead;
    }
    const char *name = vgk_reader_name(r);
    return name && vgk_reader_sign(r, ".") ? vgk_reader_name(r) : name;
}
