/* Cutting files into statements, and telling by a statement's first words what it does. */
#include "migrate/split.h"
#include "base/arena.h"

/* ---- what a statement does ---- */

/* One word of a pattern, of `len` bytes, as what it stands for. */
typedef struct word {
    const char *text;
    size_t len;
} word;

static word next_word(const char **pattern)
{
    *pattern += strspn(*pattern, " ");
    word w = {*pattern, strcspn(*pattern, " ")};
    *pattern += w.len;
    return w;
}

static bool is(const vg_token *token, word w)
{
    char room[32];
    if (w.len != token->len || w.len >= sizeof room)
        return false;
    memcpy(room, w.text, w.len);
    room[w.len] = 0;
    return vg__token_is(token, room);
}

/* A name, with what it is qualified by. Leaves *token behind it. */
static bool skip_name(vg_lexer *lexer, vg_token *token)
{
    for (;;) {
        if (token->kind != VG_TOKEN_WORD && token->kind != VG_TOKEN_NAME &&
            token->kind != VG_TOKEN_TEXT)
            return false;
        *token = vg__lexer_next(lexer);
        if (!vg__token_is(token, "."))
            return true;
        *token = vg__lexer_next(lexer);
    }
}

/* Whether a statement fits, from `token` on, its first one. */
static bool fits(const char *pattern, vg_lexer lexer, vg_token token)
{
    for (;;) {
        word w = next_word(&pattern);
        if (!w.len)
            return true;
        if (w.len == 3 && memcmp(w.text, "...", 3) == 0) {
            w = next_word(&pattern);
            while (token.kind != VG_TOKEN_END && !is(&token, w))
                token = vg__lexer_next(&lexer);
        }
        if (w.len == 1 && *w.text == '#') {
            if (!skip_name(&lexer, &token))
                return false;
        } else if (!is(&token, w)) {
            return false;
        } else {
            token = vg__lexer_next(&lexer);
        }
    }
}

unsigned vg__statement_does(const vg_migrator *migrator, const char *sql, size_t len)
{
    const vg_pattern *p = migrator->patterns;
    vg_lexer lexer;
    vg__lexer_begin(&lexer, migrator->lexis, sql, len);
    vg_token first = vg__lexer_next(&lexer);
    while (p->words && !fits(p->words, lexer, first))
        p++;
    return p->words ? p->does : 0;
}

/* ---- cutting ---- */

/* Whether a statement has others inside of it, from its first tokens. */
typedef struct body {
    const vg_lexis *lexis;
    enum { FIRST, CREATED, MAY_OPEN, DECIDED } at;
    bool open;
    bool after_begin, after_semicolon, after_end;
    int depth; /* of parentheses */
} body;

static bool in_list(const vg_token *token, const char *const *list)
{
    for (; list && *list; list++)
        if (vg__token_is(token, *list))
            return true;
    return false;
}

/* Whether its statements begin behind this token. */
static void look_for_body(body *b, const vg_token *token)
{
    const char *open = b->lexis->compound_open;
    switch (b->at) {
    case FIRST: b->at = vg__token_is(token, "CREATE") ? CREATED : DECIDED; break;
    case CREATED:
        if (in_list(token, b->lexis->compound_before))
            break;
        b->at = in_list(token, b->lexis->compound) ? MAY_OPEN : DECIDED;
        b->open = b->at == MAY_OPEN && !open;
        break;
    case MAY_OPEN:
        if (open && b->after_begin && vg__token_is(token, open)) {
            b->at = DECIDED;
            b->open = true;
            b->after_semicolon = true; /* END may follow at once */
        }
        b->after_begin = !b->depth && vg__token_is(token, "BEGIN");
        break;
    case DECIDED: break;
    }
}

/* Take a token in. False: it ends the statement. */
static bool take(body *b, const vg_token *token)
{
    if (token->kind == VG_TOKEN_BREAK || token->kind == VG_TOKEN_END)
        return false;
    if (token->kind == VG_TOKEN_SEMICOLON) {
        bool more = b->depth > 0 || (b->open && !b->after_end);
        b->after_semicolon = true;
        return more;
    }
    b->after_end = b->after_semicolon && vg__token_is(token, "END");
    b->after_semicolon = false;
    if (b->lexis->parentheses)
        b->depth += vg__token_is(token, "(") - vg__token_is(token, ")");
    look_for_body(b, token);
    return true;
}

bool vg__statement_next(vg_lexer *lexer, vg_statement *out)
{
    vg_token token = vg__lexer_next(lexer);
    while (token.kind == VG_TOKEN_SEMICOLON || token.kind == VG_TOKEN_BREAK)
        token = vg__lexer_next(lexer);
    if (token.kind == VG_TOKEN_END)
        return false;
    body b = {.lexis = lexer->lexis};
    *out = (vg_statement){.text = token.text, .line = token.line};
    for (; take(&b, &token); token = vg__lexer_next(lexer))
        out->len = (size_t)(token.text + token.len - out->text);
    return true;
}

static bool append(vg_arena *arena, vg_statement_list *out, const vg_statement *s)
{
    size_t len = out->len;
    if ((len & (len - 1)) == 0) { /* a power of two: it is full */
        vg_statement *data = vg__arena_alloc(arena, (len ? len * 2 : 1) * sizeof *data);
        if (!data)
            return false;
        if (len)
            memcpy(data, out->data, len * sizeof *data);
        out->data = data;
    }
    out->data[out->len++] = *s;
    return true;
}

int vg__split(const vg_migrator *migrator, const char *sql, size_t len, vg_arena *arena,
              vg_statement_list *out)
{
    vg_lexer lexer;
    vg_statement s;
    *out = (vg_statement_list){NULL, 0};
    vg__lexer_begin(&lexer, migrator->lexis, sql, len);
    lexer.breaks = true;
    while (vg__statement_next(&lexer, &s)) {
        s.does = vg__statement_does(migrator, s.text, s.len);
        if (!append(arena, out, &s))
            return VG_NO_MEMORY;
    }
    return VG_OK;
}
