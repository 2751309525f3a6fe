/* Comparing SQL: what says the same in other words. */
#include "kit/sqlite/same.h"
#include "core/dialect.h"
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

/* A place in a text, and the token that stands there. */
typedef struct place {
    vg_lexer lexer;
    vg_token token;
} place;

static void next(place *p)
{
    p->token = vg__lexer_next(&p->lexer);
}

static void begin(place *p, const char *text, size_t len)
{
    vg__lexer_begin(&p->lexer, vg_dialect_sqlite.lexis, text, len);
    next(p);
}

/* Over `table` and the point after it. */
static void skip_table(place *p, const char *table)
{
    place ahead = *p;
    if (p->token.kind == VG_TOKEN_TEXT || !vg__token_names(&p->token, table))
        return;
    next(&ahead);
    if (!vg__token_is(&ahead.token, "."))
        return;
    next(&ahead);
    *p = ahead;
}

/* Take parentheses off that stand around all of it. */
static void strip_parens(const char **text, size_t *len)
{
    for (;;) {
        place p;
        size_t depth = 0;
        begin(&p, *text, *len);
        if (!vg__token_is(&p.token, "("))
            return;
        const char *inside = p.lexer.at;
        do {
            depth += vg__token_is(&p.token, "(");
            depth -= vg__token_is(&p.token, ")");
            if (!depth)
                break;
            next(&p);
        } while (p.token.kind != VG_TOKEN_END);
        if (depth)
            return;
        const char *close = p.token.text;
        next(&p);
        if (p.token.kind != VG_TOKEN_END)
            return;
        *text = inside;
        *len = (size_t)(close - inside);
    }
}

static bool at_end(const place *p, unsigned how)
{
    place ahead = *p;
    if (how & VGK_SAME_ASC && vg__token_is(&p->token, "ASC"))
        next(&ahead);
    return ahead.token.kind == VG_TOKEN_END;
}

bool vgk_sqlite_same(const char *a, const char *b, const char *table, unsigned how)
{
    place x, y;
    if (!a || !b)
        return a == b;
    size_t a_len = strlen(a), b_len = strlen(b);
    if (how & VGK_SAME_PARENS) {
        strip_parens(&a, &a_len);
        strip_parens(&b, &b_len);
    }
    begin(&x, a, a_len);
    begin(&y, b, b_len);
    for (;;) {
        if (table) {
            skip_table(&x, table);
            skip_table(&y, table);
        }
        if (at_end(&x, how) || at_end(&y, how))
            return at_end(&x, how) && at_end(&y, how);
        if (!same_token(&x.token, &y.token, how))
            return false;
        next(&x);
        next(&y);
    }
}
