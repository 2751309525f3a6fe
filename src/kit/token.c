/* Tokens of SQL text. Enough to find names in expressions, views and triggers and to tell
 * statements apart; not a parser. */
#include "kit/token.h"
#include <string.h>
#include <strings.h>

static bool is_word(char c)
{
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') ||
           c == '_' || c == '$' || (c & 0x80);
}

static const char *blanks(const char *at)
{
    for (;;) {
        at += strspn(at, " \t\r\n\f");
        if (at[0] == '-' && at[1] == '-') {
            at += strcspn(at, "\n");
        } else if (at[0] == '/' && at[1] == '*') {
            const char *end = strstr(at + 2, "*/");
            at = end ? end + 2 : at + strlen(at);
        } else {
            return at;
        }
    }
}

/* Behind the closing quote; a doubled one does not close. */
static const char *quoted(const char *at, char close)
{
    for (at++; *at; at++) {
        if (*at != close)
            continue;
        if (at[1] != close || close == ']')
            return at + 1;
        at++;
    }
    return at;
}

vgk_token vgk_token_next(const char **at)
{
    const char *start = blanks(*at), *end = start;
    vgk_token_kind kind = VGK_TOKEN_OTHER;
    if (!*start) {
        kind = VGK_TOKEN_END;
    } else if (*start == '\'') {
        kind = VGK_TOKEN_STRING;
        end = quoted(start, '\'');
    } else if (*start == '"' || *start == '`' || *start == '[') {
        kind = VGK_TOKEN_NAME;
        end = quoted(start, *start == '[' ? ']' : *start);
    } else if (is_word(*start)) {
        kind = *start >= '0' && *start <= '9' ? VGK_TOKEN_OTHER : VGK_TOKEN_WORD;
        while (is_word(*end))
            end++;
    } else {
        end++;
    }
    *at = end;
    return (vgk_token){kind, start, (size_t)(end - start)};
}

bool vgk_token_word(const vgk_token *token, const char *word)
{
    return token->kind == VGK_TOKEN_WORD && token->len == strlen(word) &&
           strncasecmp(token->text, word, token->len) == 0;
}

bool vgk_token_names(const vgk_token *token, const char *name)
{
    if (token->kind == VGK_TOKEN_WORD)
        return vgk_token_word(token, name);
    if ((token->kind != VGK_TOKEN_NAME && token->kind != VGK_TOKEN_STRING) ||
        token->len < 2)
        return false;
    const char *t = token->text + 1, *end = token->text + token->len - 1;
    for (; t < end && *name; t++, name++) {
        if (strncasecmp(t, name, 1) != 0)
            return false;
        if (t[0] == *end && t + 1 < end && t[1] == *end)
            t++; /* a doubled quote is one */
    }
    return t == end && !*name;
}

bool vgk_token_sign(const vgk_token *token, char sign)
{
    return token->kind == VGK_TOKEN_OTHER && token->len == 1 && *token->text == sign;
}

bool vgk_mentions(const char *sql, const char *name)
{
    for (vgk_token t = vgk_token_next(&sql); t.kind; t = vgk_token_next(&sql))
        if (t.kind != VGK_TOKEN_STRING && vgk_token_names(&t, name))
            return true;
    return false;
}
