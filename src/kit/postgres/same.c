/* Comparing SQL: what says the same in other words, as far as words tell. */
#include "kit/postgres/same.h"
#include "core/dialect.h"
#include "kit/place.h"
#include "kit/postgres/types.h"
#include <string.h>
#include <strings.h>

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

static bool same_sql(const char *a, const char *b, const char *table)
{
    const vg_lexis *lexis = vg_dialect_postgres.lexis;
    size_t a_len = strlen(a), b_len = strlen(b);
    vgk_place x, y;
    vgk_strip_parens(lexis, &a, &a_len);
    vgk_strip_parens(lexis, &b, &b_len);
    vgk_place_begin(&x, lexis, a, a_len);
    vgk_place_begin(&y, lexis, b, b_len);
    for (;;) {
        vgk_place_skip_table(&x, table);
        vgk_place_skip_table(&y, table);
        if (!x.token.kind || !y.token.kind)
            return x.token.kind == y.token.kind;
        if (!same_token(&x.token, &y.token))
            return false;
        vgk_place_next(&x);
        vgk_place_next(&y);
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
    return same_sql(a, b, table);
}
