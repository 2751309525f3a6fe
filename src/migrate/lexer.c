/* Reading SQL: one token at a time, forwards. */
#include "migrate/lexer.h"

static bool starts(const char *at, const char *end, const char *with)
{
    size_t len = strlen(with);
    return (size_t)(end - at) >= len && memcmp(at, with, len) == 0;
}

/* Where a breakpoint begins, or `end`. */
static const char *find_break(const char *at, const char *end)
{
    for (; (at = memchr(at, '-', (size_t)(end - at))) != NULL; at++)
        if (starts(at, end, VG_BREAKPOINT))
            return at;
    return end;
}

static const char *end_of_line(const char *at, const char *end)
{
    const char *newline = memchr(at, '\n', (size_t)(end - at));
    return newline ? newline : end;
}

void vg__lexer_begin(vg_lexer *lexer, const vg_lexis *lexis, const char *sql,
                     size_t len)
{
    *lexer = (vg_lexer){lexis, sql, sql + len, sql, 1};
}

/* ---- blanks and comments ---- */

static bool is_blank(char c)
{
    return c == ' ' || (c >= '\t' && c <= '\r');
}

/* Behind a block comment; one that is never closed ends at a breakpoint. */
static const char *skip_block(const vg_lexer *lexer)
{
    int depth = 1;
    const char *at = lexer->at + 2;
    for (; at < lexer->end; at++) {
        if (starts(at, lexer->end, "*/")) {
            at++;
            if (--depth == 0)
                return at + 1;
        } else if (lexer->lexis->nested_comments && starts(at, lexer->end, "/*")) {
            at++;
            depth++;
        }
    }
    return find_break(lexer->at, lexer->end);
}

/* True: at a breakpoint. */
static bool skip_comments(vg_lexer *lexer)
{
    while (lexer->at < lexer->end) {
        if (is_blank(*lexer->at)) {
            lexer->at++;
        } else if (starts(lexer->at, lexer->end, "\xef\xbb\xbf")) {
            lexer->at += 3; /* a byte order mark, also of a file that was appended */
        } else if (starts(lexer->at, lexer->end, "--")) {
            const char *eol = end_of_line(lexer->at, lexer->end);
            lexer->at = find_break(lexer->at, eol);
            if (lexer->at < eol)
                return true;
        } else if (starts(lexer->at, lexer->end, "/*")) {
            lexer->at = skip_block(lexer);
        } else {
            return false;
        }
    }
    return false;
}

/* ---- tokens ---- */

static bool is_word(char c)
{
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') ||
           c == '_' || c == '$' || (unsigned char)c >= 0x80;
}

/* Behind a quote that ends in `close`, doubled inside; NULL: it is not closed. */
static const char *close_quote(const char *at, const char *end, char close,
                               bool doubled)
{
    while ((at = memchr(at, close, (size_t)(end - at))) != NULL) {
        at++;
        if (!doubled || at == end || *at != close)
            return at;
        at++;
    }
    return NULL;
}

/* Behind $tag$ ... $tag$; `at` where none begins. NULL: it is not closed. */
static const char *close_dollars(const char *at, const char *end)
{
    const char *tag_end = at + 1;
    while (tag_end < end && *tag_end != '$' && is_word(*tag_end))
        tag_end++;
    if (tag_end == end || *tag_end != '$' || (at[1] >= '0' && at[1] <= '9'))
        return at;
    size_t len = (size_t)(tag_end + 1 - at);
    for (const char *p = at + len; (p = memchr(p, '$', (size_t)(end - p))) != NULL; p++)
        if ((size_t)(end - p) >= len && memcmp(p, at, len) == 0)
            return p + len;
    return NULL;
}

/* `after`: behind the token, NULL if it is not closed. */
static void quoted(vg_token *token, const vg_lexer *lexer, vg_token_kind kind,
                   const char *after)
{
    token->kind = after ? kind : VG_TOKEN_OPEN;
    if (!after)
        after = find_break(token->text, lexer->end);
    token->len = (size_t)(after - token->text);
}

static void read_token(vg_token *token, const vg_lexer *lexer)
{
    const vg_lexis *lexis = lexer->lexis;
    const char *at = lexer->at, *end = lexer->end;
    char c = *at;
    *token = (vg_token){.kind = VG_TOKEN_OTHER, .text = at, .len = 1};
    if (c == ';') {
        token->kind = VG_TOKEN_SEMICOLON;
    } else if (c == '\'') {
        quoted(token, lexer, VG_TOKEN_TEXT, close_quote(at + 1, end, c, true));
    } else if (c && strchr(lexis->quotes, c)) {
        quoted(token, lexer, VG_TOKEN_NAME, close_quote(at + 1, end, c, true));
    } else if (c == '[' && lexis->brackets) {
        quoted(token, lexer, VG_TOKEN_NAME, close_quote(at + 1, end, ']', false));
    } else if (c == '$' && lexis->dollars && close_dollars(at, end) != at) {
        quoted(token, lexer, VG_TOKEN_TEXT, close_dollars(at, end));
    } else if (is_word(c)) {
        token->kind = VG_TOKEN_WORD;
        while (at < end && is_word(*at))
            at++;
        token->len = (size_t)(at - token->text);
    }
}

static int count_lines(vg_lexer *lexer, const char *until)
{
    for (; lexer->counted < until; lexer->counted++)
        lexer->line += *lexer->counted == '\n';
    return lexer->line;
}

vg_token vg__lexer_next(vg_lexer *lexer)
{
    vg_token token = {.kind = VG_TOKEN_END, .len = 0};
    if (skip_comments(lexer)) {
        token.kind = VG_TOKEN_BREAK;
        token.text = lexer->at;
        token.len = strlen(VG_BREAKPOINT);
    } else if (lexer->at < lexer->end) {
        read_token(&token, lexer);
    } else {
        token.text = lexer->end;
    }
    token.line = count_lines(lexer, token.text);
    lexer->at = token.text + token.len;
    return token;
}

bool vg__token_is(const vg_token *token, const char *word)
{
    if (token->kind != VG_TOKEN_WORD && token->kind != VG_TOKEN_OTHER)
        return false;
    size_t len = strlen(word);
    if (token->len != len)
        return false;
    for (size_t i = 0; i < len; i++) {
        char c = token->text[i];
        if ((c >= 'a' && c <= 'z' ? c - 'a' + 'A' : c) != word[i])
            return false;
    }
    return true;
}
