/* Comparing SQL: what says the same in other words. */
#include "kit/sqlite/same.h"
#include "core/dialect.h"
#include "kit/place.h"
#include <stdlib.h>
#include <string.h>
#include <strings.h>

void vgk_sqlite_read(vg_lexer *lexer, const char *sql)
{
    vg__lexer_begin(lexer, vg_dialect_sqlite.lexis, sql, strlen(sql));
}

bool vgk_mentions(const char *sql, const char *name)
{
    vg_lexer lexer;
    vg_token t;
    vgk_sqlite_read(&lexer, sql);
    while ((t = vg__lexer_next(&lexer)).kind)
        if (t.kind != VG_TOKEN_TEXT && vg__token_names(&t, name))
            return true;
    return false;
}

/* ---- two tokens ---- */

static bool same_number(const vg_token *a, const vg_token *b)
{
    double value[2];
    const vg_token *of[2] = {a, b};
    for (int i = 0; i < 2; i++) {
        char text[16]; /* of more digits a double might not tell two apart */
        if (of[i]->len >= sizeof text)
            return false;
        memcpy(text, of[i]->text, of[i]->len);
        text[of[i]->len] = 0;
        if (strpbrk(text, "xX_"))
            return false;
        value[i] = strtod(text, NULL);
    }
    return !(value[0] < value[1]) && !(value[0] > value[1]);
}

/* == is =, != is <>. */
static const char *sign_of(const vg_token *t)
{
    return vg__token_is(t, "==") ? "=" : vg__token_is(t, "!=") ? "<>" : NULL;
}

static bool same_sign(const vg_token *a, const vg_token *b)
{
    const char *x = sign_of(a), *y = sign_of(b);
    if (x && y)
        return strcmp(x, y) == 0;
    return x ? vg__token_is(b, x) : y && vg__token_is(a, y);
}

/* true is 1, false is 0. */
static bool same_truth(const vg_token *a, const vg_token *b)
{
    static const char *const words[] = {"FALSE", "TRUE"};
    return b->kind == VG_TOKEN_NUMBER && b->len == 1 &&
           (*b->text == '0' || *b->text == '1') &&
           vg__token_is(a, words[*b->text - '0']);
}

/* A name, a text or a word. */
static bool is_name(const vg_token *t)
{
    return t->kind == VG_TOKEN_NAME || t->kind == VG_TOKEN_TEXT ||
           t->kind == VG_TOKEN_WORD;
}

static bool same_token(const vg_token *a, const vg_token *b, unsigned how)
{
    if (a->kind == b->kind && a->len == b->len && memcmp(a->text, b->text, a->len) == 0)
        return true;
    if (how & VGK_SAME_NUMBERS && (same_truth(a, b) || same_truth(b, a)))
        return true;
    if (is_name(a) && is_name(b)) {
        bool texts = a->kind == VG_TOKEN_TEXT || b->kind == VG_TOKEN_TEXT;
        if (texts && !(how & VGK_SAME_STRINGS))
            return a->kind == b->kind && vg__token_same(a, b, false);
        return vg__token_same(a, b, true);
    }
    if (a->kind != b->kind)
        return false;
    switch (a->kind) {
    case VG_TOKEN_OTHER: return same_sign(a, b);
    case VG_TOKEN_NUMBER: return how & VGK_SAME_NUMBERS && same_number(a, b);
    case VG_TOKEN_BLOB: return vg__token_same(a, b, true);
    default: return false;
    }
}

/* ---- two texts ---- */

static bool at_end(const vgk_place *p, unsigned how)
{
    vgk_place ahead = *p;
    if (how & VGK_SAME_ASC && vg__token_is(&p->token, "ASC"))
        vgk_place_next(&ahead);
    return ahead.token.kind == VG_TOKEN_END;
}

bool vgk_sqlite_same(const char *a, const char *b, const char *table, unsigned how)
{
    const vg_lexis *lexis = vg_dialect_sqlite.lexis;
    vgk_place x, y;
    if (!a || !b)
        return a == b;
    size_t a_len = strlen(a), b_len = strlen(b);
    if (how & VGK_SAME_PARENS) {
        vgk_strip_parens(lexis, &a, &a_len);
        vgk_strip_parens(lexis, &b, &b_len);
    }
    vgk_place_begin(&x, lexis, a, a_len);
    vgk_place_begin(&y, lexis, b, b_len);
    for (;;) {
        vgk_place_skip_table(&x, table);
        vgk_place_skip_table(&y, table);
        if (at_end(&x, how) || at_end(&y, how))
            return at_end(&x, how) && at_end(&y, how);
        if (!same_token(&x.token, &y.token, how))
            return false;
        vgk_place_next(&x);
        vgk_place_next(&y);
    }
}
