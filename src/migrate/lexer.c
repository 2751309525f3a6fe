/* Reading SQL: one token at a time, forwards. */
#include "migrate/lexer.h"
#include <string.h>

static bool starts(const char *at, const char *end, const char *with)
{
    size_t len = strlen(with);
    return (size_t)(end - at) >= len && memcmp(at, with, len) == 0;
}

/* Where a breakpoint begins, or `end`. */
static const char *find_break(const vg_lexer *lexer, const char *at, const char *end)
{
    for (; lexer->breaks && (at = memchr(at, '-', (size_t)(end - at))) != NULL; at++)
        if (starts(at, end, VG_BREAKPOINT))
            return at;
    return end;
}

static const char *end_of_line(const vg_lexer *lexer)
{
    const char *at = lexer->at, *end = lexer->end;
    while (at < end && *at != '\n' && !(*at == '\r' && lexer->lexis->returns))
        at++;
    return at;
}

void vg__lexer_begin(vg_lexer *lexer, const vg_lexis *lexis, const char *sql,
                     size_t len)
{
    *lexer = (vg_lexer){lexis, sql, sql + len, false, sql, 1};
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
    return find_break(lexer, lexer->at, lexer->end);
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
            const char *eol = end_of_line(lexer);
            lexer->at = find_break(lexer, lexer->at, eol);
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

static bool is_digit(char c)
{
    return c >= '0' && c <= '9';
}

static bool is_hex(char c)
{
    return is_digit(c) || ((c | 32) >= 'a' && (c | 32) <= 'f');
}

/* Letters, digits, _, $ and all bytes beyond ASCII. */
static bool is_word(char c)
{
    return ((c | 32) >= 'a' && (c | 32) <= 'z') || is_digit(c) || c == '_' ||
           c == '$' || (unsigned char)c >= 0x80;
}

static bool is_one_of(const char *list, char c)
{
    return c && list && strchr(list, c);
}

static const char *skip_word(const char *at, const char *end)
{
    while (at < end && is_word(*at))
        at++;
    return at;
}

/* Over digits; 1_000 is a number in newer databases. */
static const char *skip_digits(const char *at, const char *end)
{
    while (at < end &&
           (is_digit(*at) || (*at == '_' && end - at > 1 && is_digit(at[1]))))
        at++;
    return at;
}

/* Digits and nothing else. */
static const char *skip_numbers(const char *at, const char *end)
{
    while (at < end && is_digit(*at))
        at++;
    return at;
}

static const char *skip_number(const char *at, const char *end)
{
    if (end - at > 2 && at[0] == '0' && (at[1] | 32) == 'x' && is_hex(at[2])) {
        for (at += 3; at < end && is_hex(*at);)
            at++;
        return at;
    }
    at = skip_digits(at, end);
    if (at < end && *at == '.')
        at = skip_digits(at + 1, end);
    if (end - at > 1 && (*at | 32) == 'e') {
        const char *exponent = at + 1;
        exponent += end - exponent > 1 && (*exponent == '+' || *exponent == '-');
        if (is_digit(*exponent))
            at = skip_digits(exponent, end);
    }
    return at;
}

static size_t sign_length(const vg_lexer *lexer)
{
    const char *const *signs = lexer->lexis->signs;
    for (; signs && *signs; signs++)
        if (**signs == *lexer->at && starts(lexer->at, lexer->end, *signs))
            return strlen(*signs);
    return 1;
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
    if (tag_end == end || *tag_end != '$' || is_digit(at[1]))
        return at;
    size_t len = (size_t)(tag_end + 1 - at);
    for (const char *p = at + len; (p = memchr(p, '$', (size_t)(end - p))) != NULL; p++)
        if ((size_t)(end - p) >= len && memcmp(p, at, len) == 0)
            return p + len;
    return NULL;
}

/* The same behind E', where a backslash takes the next byte along. */
static const char *close_escaped(const char *at, const char *end)
{
    for (; at < end; at++) {
        if (*at == '\\' && end - at > 1)
            at++;
        else if (*at == '\'' && (end - at == 1 || at[1] != '\''))
            return at + 1;
        else if (*at == '\'')
            at++;
    }
    return NULL;
}

/* `after`: behind the token, NULL if it is not closed. */
static void quoted(vg_token *token, const vg_lexer *lexer, vg_token_kind kind,
                   const char *after)
{
    token->kind = after ? kind : VG_TOKEN_OPEN;
    if (!after)
        after = find_break(lexer, token->text, lexer->end);
    token->len = (size_t)(after - token->text);
}

/* A quote with letters before it. */
static bool read_prefixed(vg_token *token, const vg_lexer *lexer)
{
    const char *at = lexer->at, *end = lexer->end;
    char c = (char)(*at | 32);
    bool u = c == 'u' && end - at > 2 && at[1] == '&';
    char quote = u ? at[2] : end - at > 1 ? at[1] : 0;
    if (quote == '"' && u)
        quoted(token, lexer, VG_TOKEN_NAME, close_quote(at + 3, end, quote, true));
    else if (quote != '\'')
        return false;
    else if (c == 'e')
        quoted(token, lexer, VG_TOKEN_TEXT, close_escaped(at + 2, end));
    else if (u || c == 'n' || c == 'b')
        quoted(token, lexer, VG_TOKEN_TEXT, close_quote(at + 2 + u, end, quote, true));
    else
        return false;
    return true;
}

/* What has quotes around it; false: the token is something else. */
static bool read_quoted(vg_token *token, const vg_lexer *lexer)
{
    const vg_lexis *lexis = lexer->lexis;
    const char *at = lexer->at, *end = lexer->end;
    char c = *at;
    if (c == '\'')
        quoted(token, lexer, VG_TOKEN_TEXT, close_quote(at + 1, end, c, true));
    else if (is_one_of(lexis->quotes, c))
        quoted(token, lexer, VG_TOKEN_NAME, close_quote(at + 1, end, c, true));
    else if (c == '[' && lexis->brackets)
        quoted(token, lexer, VG_TOKEN_NAME, close_quote(at + 1, end, ']', false));
    else if (c == '$' && lexis->dollars && close_dollars(at, end) != at)
        quoted(token, lexer, VG_TOKEN_TEXT, close_dollars(at, end));
    else if ((c | 32) == 'x' && lexis->blobs && end - at > 1 && at[1] == '\'')
        quoted(token, lexer, VG_TOKEN_BLOB, close_quote(at + 2, end, '\'', true));
    else
        return lexis->prefixes && read_prefixed(token, lexer);
    return true;
}

static void read_token(vg_token *token, const vg_lexer *lexer)
{
    const char *at = lexer->at, *end = lexer->end, *after = at + 1;
    char c = *at;
    *token = (vg_token){.kind = VG_TOKEN_OTHER, .text = at, .len = 1};
    if (c == ';') {
        token->kind = VG_TOKEN_SEMICOLON;
        return;
    }
    if (read_quoted(token, lexer))
        return;
    if (is_one_of(lexer->lexis->params, c)) {
        token->kind = VG_TOKEN_PARAM;
        after =
            lexer->lexis->numbered ? skip_numbers(at + 1, end) : skip_word(at + 1, end);
    } else if (is_digit(c) || (c == '.' && end - at > 1 && is_digit(at[1]))) {
        token->kind = VG_TOKEN_NUMBER;
        after = skip_number(at, end);
        bool dollar = lexer->lexis->dollars && after < end && *after == '$';
        if (after < end && is_word(*after) && is_digit(c) && !dollar) { /* 2fa */
            token->kind = VG_TOKEN_WORD;
            after = skip_word(at, end);
        }
    } else if (is_word(c)) {
        token->kind = VG_TOKEN_WORD;
        after = skip_word(at, end);
    } else {
        after = at + sign_length(lexer);
    }
    token->len = (size_t)(after - at);
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

/* ---- comparing ---- */

static int lower(int c)
{
    return c >= 'A' && c <= 'Z' ? c - 'A' + 'a' : c;
}

bool vg__token_is(const vg_token *token, const char *word)
{
    if (token->kind != VG_TOKEN_WORD && token->kind != VG_TOKEN_OTHER &&
        token->kind != VG_TOKEN_SEMICOLON)
        return false;
    size_t len = strlen(word);
    if (token->len != len)
        return false;
    for (size_t i = 0; i < len; i++)
        if (lower(token->text[i]) != lower(word[i]))
            return false;
    return true;
}

int vg__token_byte(const vg_token *token, size_t *at)
{
    char first = *token->text;
    bool open = (token->kind == VG_TOKEN_NAME && (first | 32) != 'u') ||
                (token->kind == VG_TOKEN_TEXT && first == '\'');
    if (!*at)
        *at = open;
    if (*at + open >= token->len)
        return -1;
    char c = token->text[*at];
    *at += open && c == token->text[token->len - 1] && c == *token->text ? 2 : 1;
    return (unsigned char)c;
}

size_t vg__token_text(const vg_token *token, char *out)
{
    size_t at = 0, len = 0;
    for (int c; (c = vg__token_byte(token, &at)) >= 0;)
        out[len++] = (char)c;
    out[len] = 0;
    return len;
}

bool vg__token_same(const vg_token *a, const vg_token *b, bool any_case)
{
    size_t i = 0, j = 0;
    for (;;) {
        int x = vg__token_byte(a, &i), y = vg__token_byte(b, &j);
        if (any_case ? lower(x) != lower(y) : x != y)
            return false;
        if (x < 0)
            return true;
    }
}

bool vg__token_names(const vg_token *token, const char *name)
{
    vg_token other = {.kind = VG_TOKEN_WORD, .text = name, .len = strlen(name)};
    return (token->kind == VG_TOKEN_WORD || token->kind == VG_TOKEN_NAME ||
            token->kind == VG_TOKEN_TEXT) &&
           vg__token_same(token, &other, true);
}
