/* Comparing SQL: what says the same in other words, as far as words tell. */
#include "kit/postgres/same.h"
#include "core/dialect.h"
#include "kit/postgres/types.h"
#include "migrate/lexer.h"
#include <string.h>
#include <strings.h>

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
    vg__lexer_begin(&p->lexer, vg_dialect_postgres.lexis, text, len);
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

/* A word is a name in small letters; one in quotes is as it is. */
static bool same_token(const vg_token *a, const vg_token *b)
{
    if (a->kind == b->kind && a->kind != VG_TOKEN_WORD)
        return a->len == b->len && memcmp(a->text, b->text, a->len) == 0;
    bool names = (a->kind == VG_TOKEN_WORD || a->kind == VG_TOKEN_NAME) &&
                 (b->kind == VG_TOKEN_WORD || b->kind == VG_TOKEN_NAME);
    if (!names || !vg__token_same(a, b, true))
        return false;
    const vg_token *quoted = a->kind == VG_TOKEN_NAME   ? a
                             : b->kind == VG_TOKEN_NAME ? b
                                                        : NULL;
    for (size_t i = 0; quoted && i < quoted->len; i++)
        if (quoted->text[i] >= 'A' && quoted->text[i] <= 'Z')
            return false;
    return true;
}

static bool same_sql(const char *a, size_t a_len, const char *b, size_t b_len,
                     const char *table)
{
    place x, y;
    begin(&x, a, a_len);
    begin(&y, b, b_len);
    for (;;) {
        if (table) {
            skip_table(&x, table);
            skip_table(&y, table);
        }
        if (!x.token.kind || !y.token.kind)
            return x.token.kind == y.token.kind;
        if (!same_token(&x.token, &y.token))
            return false;
        next(&x);
        next(&y);
    }
}

/* 0.10 and '0.10', '{}' and '{}'::jsonb. */
static size_t literal(const char *text, const char **inside)
{
    size_t len;
    *inside = text;
    if (*text != '\'')
        return strlen(text);
    for (len = 1; text[len]; len++)
        if (text[len] == '\'' && text[++len] != '\'')
            break;
    if (text[len] && strncmp(text + len, "::", 2) != 0)
        return strlen(text);
    *inside = text + 1;
    return len - 2;
}

static bool same_default(const char *a, const char *b)
{
    const char *x, *y;
    size_t x_len = literal(a, &x), y_len = literal(b, &y);
    return (x != a || y != b) && x_len == y_len && memcmp(x, y, x_len) == 0;
}

bool vgk_pg_same(const char *a, const char *b, const char *table, vgk_piece piece)
{
    if (!a || !b)
        return a == b;
    if (piece == VGK_PIECE_TYPE)
        return vgk_pg_same_type(a, b);
    if (piece == VGK_PIECE_DEFAULT && same_default(a, b))
        return true;
    size_t a_len = strlen(a), b_len = strlen(b);
    strip_parens(&a, &a_len);
    strip_parens(&b, &b_len);
    return same_sql(a, a_len, b, b_len, table);
}
