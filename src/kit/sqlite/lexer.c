/* The tokens of SQLite's SQL, as its own tokenizer sees them. */
#include "kit/sqlite/lexer.h"
#include <stdlib.h>
#include <string.h>
#include <strings.h>

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
           c == '$' || (c & 0x80);
}

static bool is_blank(char c)
{
    return c == ' ' || c == '\t' || c == '\n' || c == '\r' || c == '\f';
}

/* Over blanks and comments. */
static const char *skip(const char *at, const char *end)
{
    for (;;) {
        while (at < end && is_blank(*at))
            at++;
        if (end - at >= 2 && at[0] == '-' && at[1] == '-') {
            while (at < end && *at != '\n')
                at++;
        } else if (end - at >= 2 && at[0] == '/' && at[1] == '*') {
            for (at += 2; at < end && !(end - at >= 2 && at[0] == '*' && at[1] == '/');)
                at++;
            at = end - at >= 2 ? at + 2 : end;
        } else {
            return at;
        }
    }
}

/* Past the closing quote; NULL: there is none. */
static const char *quoted(const char *at, const char *end, char close)
{
    for (at++; at < end; at++) {
        if (*at != close)
            continue;
        if (close == ']' || end - at < 2 || at[1] != close)
            return at + 1;
        at++;
    }
    return NULL;
}

static const char *digits(const char *at, const char *end)
{
    while (at < end && is_digit(*at))
        at++;
    return at;
}

static const char *number(const char *at, const char *end)
{
    if (end - at >= 3 && at[0] == '0' && (at[1] | 32) == 'x' && is_hex(at[2])) {
        for (at += 3; at < end && is_hex(*at);)
            at++;
        return at;
    }
    at = digits(at, end);
    if (at < end && *at == '.')
        at = digits(at + 1, end);
    if (end - at >= 2 && (*at | 32) == 'e') {
        const char *exponent = at + 1;
        if (end - exponent >= 2 && (*exponent == '+' || *exponent == '-'))
            exponent++;
        if (is_digit(*exponent))
            at = digits(exponent, end);
    }
    return at;
}

static const char *word(const char *at, const char *end)
{
    while (at < end && is_word(*at))
        at++;
    return at;
}

static size_t sign(const char *at, const char *end)
{
    static const char *const signs[] = {"->>", "->", "||", "<=", "<>",
                                        "<<",  ">=", ">>", "==", "!="};
    for (size_t i = 0; i < sizeof signs / sizeof *signs; i++) {
        size_t len = strlen(signs[i]);
        if ((size_t)(end - at) >= len && memcmp(at, signs[i], len) == 0)
            return len;
    }
    return 1;
}

/* The token that begins at `at`; `after` is the byte behind it. */
static vgk_lexeme_kind read_token(const char *at, const char *end, const char **after)
{
    vgk_lexeme_kind kind = VGK_LEX_BAD;
    const char *past = NULL;
    char c = *at, second = end - at >= 2 ? at[1] : 0;
    if (c == '\'') {
        kind = VGK_LEX_STRING;
        past = quoted(at, end, '\'');
    } else if (c == '"' || c == '`') {
        kind = VGK_LEX_NAME;
        past = quoted(at, end, c);
    } else if (c == '[') {
        kind = VGK_LEX_NAME;
        past = quoted(at, end, ']');
    } else if ((c | 32) == 'x' && second == '\'') {
        kind = VGK_LEX_BLOB;
        past = quoted(at + 1, end, '\'');
    } else if (is_digit(c) || (c == '.' && is_digit(second))) {
        kind = VGK_LEX_NUMBER;
        past = number(at, end);
    } else if (c == '?' || c == ':' || c == '@' || c == '$' || c == '#') {
        kind = VGK_LEX_PARAM;
        past = word(at + 1, end);
    } else if (is_word(c)) {
        kind = VGK_LEX_WORD;
        past = word(at, end);
    } else if (c && strchr("()+-*/%=<>!|&~,;.", c)) {
        kind = VGK_LEX_SIGN;
        past = at + sign(at, end);
    }
    *after = past ? past : end;
    if (!past && kind == VGK_LEX_BAD)
        *after = at + 1;
    return past ? kind : VGK_LEX_BAD;
}

void vgk_lexer_next(vgk_lexer *t)
{
    const char *at = skip(t->next, t->end);
    t->token = (vgk_lexeme){.kind = VGK_LEX_END, .at = at};
    t->next = at;
    if (at == t->end)
        return;
    t->token.kind = read_token(at, t->end, &t->next);
    t->token.len = (size_t)(t->next - at);
}

void vgk_lexer_open(vgk_lexer *t, const char *text, size_t len)
{
    *t = (vgk_lexer){.next = text, .end = text + len};
    vgk_lexer_next(t);
}

bool vgk_lexeme_is(const vgk_lexeme *t, const char *name)
{
    return t->kind == VGK_LEX_WORD && t->len == strlen(name) &&
           strncasecmp(t->at, name, t->len) == 0;
}

bool vgk_lexeme_sign(const vgk_lexeme *t, const char *name)
{
    return t->kind == VGK_LEX_SIGN && t->len == strlen(name) &&
           memcmp(t->at, name, t->len) == 0;
}

static bool is_quoted(const vgk_lexeme *t)
{
    return t->kind == VGK_LEX_NAME || t->kind == VGK_LEX_STRING;
}

size_t vgk_lexeme_name(const vgk_lexeme *t, char *out)
{
    size_t len = 0;
    bool open = is_quoted(t);
    char close = open ? (char)(*t->at == '[' ? ']' : *t->at) : 0;
    for (size_t i = open; i + open < t->len; i++) {
        out[len++] = t->at[i];
        if (open && close != ']' && t->at[i] == close)
            i++;
    }
    out[len] = 0;
    return len;
}

/* ---- comparing ---- */

/* The bytes of a name without its quotes, one after the other; -1 at the end. */
static int name_byte(const vgk_lexeme *t, size_t *i)
{
    bool open = is_quoted(t);
    if (!*i)
        *i = open;
    if (*i + open >= t->len)
        return -1;
    char c = t->at[*i];
    *i += open && *t->at != '[' && c == *t->at ? 2 : 1;
    return (unsigned char)c;
}

static int lower(int c)
{
    return c >= 'A' && c <= 'Z' ? c + 32 : c;
}

static bool same_name(const vgk_lexeme *a, const vgk_lexeme *b, bool any_case)
{
    size_t i = 0, j = 0;
    for (;;) {
        int x = name_byte(a, &i), y = name_byte(b, &j);
        if (any_case ? lower(x) != lower(y) : x != y)
            return false;
        if (x < 0)
            return true;
    }
}

static bool same_number(const vgk_lexeme *a, const vgk_lexeme *b)
{
    char x[64], y[64];
    if (a->len >= sizeof x || b->len >= sizeof y || memchr(a->at, 'x', a->len) ||
        memchr(b->at, 'x', b->len))
        return false;
    memcpy(x, a->at, a->len);
    memcpy(y, b->at, b->len);
    x[a->len] = y[b->len] = 0;
    if (a->len > 15 || b->len > 15) /* perhaps more than a double can tell apart */
        return false;
    double p = strtod(x, NULL), q = strtod(y, NULL);
    return !(p < q) && !(p > q);
}

/* == is =, != is <>. */
static bool same_sign(const vgk_lexeme *a, const vgk_lexeme *b)
{
    const char *as[2];
    const vgk_lexeme *of[2] = {a, b};
    for (int i = 0; i < 2; i++)
        as[i] = vgk_lexeme_sign(of[i], "==")   ? "="
                : vgk_lexeme_sign(of[i], "!=") ? "<>"
                                               : NULL;
    if (as[0] && as[1])
        return strcmp(as[0], as[1]) == 0;
    if (as[0])
        return vgk_lexeme_sign(b, as[0]);
    return as[1] && vgk_lexeme_sign(a, as[1]);
}

/* true is 1, false is 0. */
static bool same_truth(const vgk_lexeme *a, const vgk_lexeme *b)
{
    static const char *const words[] = {"FALSE", "TRUE"};
    return b->kind == VGK_LEX_NUMBER && b->len == 1 &&
           (*b->at == '0' || *b->at == '1') && vgk_lexeme_is(a, words[*b->at - '0']);
}

static bool same_token(const vgk_lexeme *a, const vgk_lexeme *b, unsigned how)
{
    bool names = a->kind == VGK_LEX_NAME || b->kind == VGK_LEX_NAME;
    bool words = a->kind == VGK_LEX_WORD || b->kind == VGK_LEX_WORD;
    bool strings = a->kind == VGK_LEX_STRING || b->kind == VGK_LEX_STRING;
    if (a->kind == b->kind && a->len == b->len && memcmp(a->at, b->at, a->len) == 0)
        return true;
    if (a->kind == VGK_LEX_SIGN && b->kind == VGK_LEX_SIGN)
        return same_sign(a, b);
    if (a->kind == VGK_LEX_NUMBER && b->kind == VGK_LEX_NUMBER)
        return how & VGK_SAME_NUMBERS && same_number(a, b);
    if (how & VGK_SAME_NUMBERS && (same_truth(a, b) || same_truth(b, a)))
        return true;
    if (a->kind == VGK_LEX_BLOB && b->kind == VGK_LEX_BLOB)
        return a->len == b->len && strncasecmp(a->at, b->at, a->len) == 0;
    if (strings && !(how & VGK_SAME_STRINGS))
        return a->kind == b->kind && same_name(a, b, false);
    if (a->kind != b->kind && !names && !(words && strings))
        return false;
    if (!names && !words && !strings)
        return false;
    return (is_quoted(a) || a->kind == VGK_LEX_WORD) &&
           (is_quoted(b) || b->kind == VGK_LEX_WORD) && same_name(a, b, true);
}

/* Over `table` and the point after it. */
static void skip_table(vgk_lexer *t, const char *table)
{
    vgk_lexeme name = {VGK_LEX_WORD, table, strlen(table)};
    vgk_lexer ahead = *t;
    if ((t->token.kind != VGK_LEX_NAME && t->token.kind != VGK_LEX_WORD) ||
        !same_name(&t->token, &name, true))
        return;
    vgk_lexer_next(&ahead);
    if (!vgk_lexeme_sign(&ahead.token, "."))
        return;
    vgk_lexer_next(&ahead);
    *t = ahead;
}

/* Take parentheses off that stand around all of it. */
static void strip_parens(const char **text, size_t *len)
{
    for (;;) {
        vgk_lexer t;
        size_t depth = 0;
        vgk_lexer_open(&t, *text, *len);
        if (!vgk_lexeme_sign(&t.token, "("))
            return;
        const char *inside = t.next;
        do {
            if (vgk_lexeme_sign(&t.token, "("))
                depth++;
            if (vgk_lexeme_sign(&t.token, ")"))
                depth--;
            if (!depth)
                break;
            vgk_lexer_next(&t);
        } while (t.token.kind != VGK_LEX_END);
        if (depth)
            return;
        const char *close = t.token.at;
        vgk_lexer_next(&t);
        if (t.token.kind != VGK_LEX_END)
            return;
        *text = inside;
        *len = (size_t)(close - inside);
    }
}

static bool at_end(const vgk_lexer *t, unsigned how)
{
    vgk_lexer ahead = *t;
    if (how & VGK_SAME_ASC && vgk_lexeme_is(&t->token, "ASC"))
        vgk_lexer_next(&ahead);
    return ahead.token.kind == VGK_LEX_END;
}

bool vgk_sqlite_same(const char *a, const char *b, const char *table, unsigned how)
{
    vgk_lexer x, y;
    if (!a || !b)
        return a == b;
    size_t a_len = strlen(a), b_len = strlen(b);
    if (how & VGK_SAME_PARENS) {
        strip_parens(&a, &a_len);
        strip_parens(&b, &b_len);
    }
    vgk_lexer_open(&x, a, a_len);
    vgk_lexer_open(&y, b, b_len);
    for (;;) {
        if (table) {
            skip_table(&x, table);
            skip_table(&y, table);
        }
        if (at_end(&x, how) || at_end(&y, how))
            return at_end(&x, how) && at_end(&y, how);
        if (!same_token(&x.token, &y.token, how))
            return false;
        vgk_lexer_next(&x);
        vgk_lexer_next(&y);
    }
}
