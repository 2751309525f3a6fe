/* A recursive check with a limit, and pointers through what has passed it. */
#include "json/scan.h"
#include "base/utf8.h"
#include "json/value.h"
#include <string.h>

typedef struct scan {
    const char *at, *end;
    vg_json_check *check;
    size_t depth;
} scan;

static bool fail(scan *s, const char *problem)
{
    s->check->at = s->at;
    s->check->problem = problem;
    return false;
}

static void space(scan *s)
{
    while (s->at < s->end &&
           (*s->at == ' ' || *s->at == '\n' || *s->at == '\t' || *s->at == '\r'))
        s->at++;
}

static bool take(scan *s, char c)
{
    if (s->at == s->end || *s->at != c)
        return false;
    s->at++;
    return true;
}

static bool is_digit(char c)
{
    return c >= '0' && c <= '9';
}

static size_t digits(scan *s)
{
    const char *from = s->at;
    while (s->at < s->end && is_digit(*s->at))
        s->at++;
    return (size_t)(s->at - from);
}

static bool number(scan *s)
{
    take(s, '-');
    if (take(s, '0')) {
        if (s->at < s->end && is_digit(*s->at))
            return fail(s, "a number does not begin with 0");
    } else if (!digits(s)) {
        return fail(s, "a value is expected");
    }
    if (take(s, '.') && !digits(s))
        return fail(s, "digits are expected after the point");
    if (take(s, 'e') || take(s, 'E')) {
        if (!take(s, '+'))
            take(s, '-');
        if (!digits(s))
            return fail(s, "digits are expected after the e");
    }
    return true;
}

/* Four hexadecimal digits; -1: they are not. */
static int hex4(const char *at, const char *end)
{
    int value = 0;
    if (end - at < 4)
        return -1;
    for (int i = 0; i < 4; i++) {
        char c = at[i];
        int digit = is_digit(c)            ? c - '0'
                    : c >= 'a' && c <= 'f' ? c - 'a' + 10
                    : c >= 'A' && c <= 'F' ? c - 'A' + 10
                                           : -1;
        if (digit < 0)
            return -1;
        value = value << 4 | digit;
    }
    return value;
}

static bool is_high(int code)
{
    return code >= 0xd800 && code <= 0xdbff;
}

static bool is_low(int code)
{
    return code >= 0xdc00 && code <= 0xdfff;
}

/* After the backslash. */
static bool escape(scan *s)
{
    if (s->at == s->end)
        return fail(s, "the text ends within a string");
    char c = *s->at;
    if (c != 'u') {
        if (!c || !strchr("\"\\/bfnrt", c))
            return fail(s, "there is no such escape");
        s->at++;
        return true;
    }
    int code = hex4(s->at + 1, s->end);
    if (code < 0)
        return fail(s, "\\u wants four hexadecimal digits");
    if (is_high(code) && s->end - s->at >= 11 && s->at[5] == '\\' && s->at[6] == 'u' &&
        is_low(hex4(s->at + 7, s->end))) {
        s->at += 11;
        return true;
    }
    if (is_high(code) || is_low(code))
        return fail(s, "half of a surrogate pair is no character");
    s->at += 5;
    return true;
}

static bool string(scan *s)
{
    if (!take(s, '"'))
        return fail(s, "a string is expected");
    while (s->at < s->end) {
        unsigned char c = (unsigned char)*s->at;
        if (c == '"') {
            s->at++;
            return true;
        }
        if (c < 0x20)
            return fail(s, "a control character in a string");
        if (c == '\\') {
            s->at++;
            if (!escape(s))
                return false;
            continue;
        }
        int len = vg__utf8_next(s->at, (size_t)(s->end - s->at));
        if (!len)
            return fail(s, "the text is not UTF-8");
        s->at += len;
    }
    return fail(s, "the text ends within a string");
}

static bool word(scan *s, const char *text)
{
    size_t len = strlen(text);
    if ((size_t)(s->end - s->at) < len || memcmp(s->at, text, len) != 0)
        return fail(s, "a value is expected");
    s->at += len;
    return true;
}

static bool value(scan *s);

static bool member(scan *s, bool keyed)
{
    space(s);
    if (keyed) {
        if (!string(s))
            return false;
        space(s);
        if (!take(s, ':'))
            return fail(s, "a colon is expected");
        space(s);
    }
    return value(s);
}

static bool members(scan *s, char close)
{
    s->at++;
    if (++s->depth > s->check->max_depth) {
        s->check->too_deep = true;
        return fail(s, "too many objects and arrays in each other");
    }
    space(s);
    if (!take(s, close)) {
        do {
            if (!member(s, close == '}'))
                return false;
            space(s);
        } while (take(s, ','));
        if (!take(s, close))
            return fail(s, close == '}' ? "a comma or } is expected"
                                        : "a comma or ] is expected");
    }
    s->depth--;
    return true;
}

static bool value(scan *s)
{
    if (s->at == s->end)
        return fail(s, "the text ends where a value is expected");
    switch (*s->at) {
    case '{': return members(s, '}');
    case '[': return members(s, ']');
    case '"': return string(s);
    case 't': return word(s, "true");
    case 'f': return word(s, "false");
    case 'n': return word(s, "null");
    default: return number(s);
    }
}

bool vg__json_check(vg_json_check *c, const char *text, size_t len)
{
    scan s = {text, text + len, c, 0};
    space(&s);
    if (!value(&s))
        return false;
    space(&s);
    return s.at == s.end || fail(&s, "nothing may follow the value");
}

bool vg__json_is_json(const char *text, size_t len)
{
    vg_json_check check = {.max_depth = 512};
    return vg__json_check(&check, text, len);
}

/* ---- through what is sound ---- */

const char *vg__json_space(const char *at)
{
    while (*at == ' ' || *at == '\n' || *at == '\t' || *at == '\r')
        at++;
    return at;
}

static const char *past_string(const char *at)
{
    for (at++; *at != '"'; at++)
        at += *at == '\\';
    return at + 1;
}

const char *vg__json_past(const char *at)
{
    size_t depth = 0;
    do {
        switch (*at) {
        case '{':
        case '[':
            depth++;
            at++;
            break;
        case '}':
        case ']':
            depth--;
            at++;
            break;
        case '"': at = past_string(at); break;
        case ',':
        case ':':
        case ' ':
        case '\n':
        case '\t':
        case '\r': at++; break;
        default:
            while (*at && !strchr(",:]} \n\t\r", *at))
                at++;
        }
    } while (depth);
    return at;
}

static char *put_utf8(char *to, int code)
{
    if (code < 0x80) {
        *to++ = (char)code;
    } else if (code < 0x800) {
        *to++ = (char)(0xc0 | code >> 6);
        *to++ = (char)(0x80 | (code & 63));
    } else if (code < 0x10000) {
        *to++ = (char)(0xe0 | code >> 12);
        *to++ = (char)(0x80 | (code >> 6 & 63));
        *to++ = (char)(0x80 | (code & 63));
    } else {
        *to++ = (char)(0xf0 | code >> 18);
        *to++ = (char)(0x80 | (code >> 12 & 63));
        *to++ = (char)(0x80 | (code >> 6 & 63));
        *to++ = (char)(0x80 | (code & 63));
    }
    return to;
}

/* The next character of a string: its bytes are written to *to. */
static const char *next_char(const char *at, char **to)
{
    static const char letters[] = "bfnrt", plain[] = "\b\f\n\r\t";
    if (*at != '\\') {
        *(*to)++ = *at;
        return at + 1;
    }
    if (*++at != 'u') {
        const char *letter = strchr(letters, *at);
        *(*to)++ = letter ? plain[letter - letters] : *at;
        return at + 1;
    }
    int code = hex4(at + 1, at + 5);
    at += 5;
    if (is_high(code)) {
        code = 0x10000 + ((code - 0xd800) << 10) + (hex4(at + 2, at + 6) - 0xdc00);
        at += 6;
    }
    *to = put_utf8(*to, code);
    return at;
}

vg_str vg__json_string(vg_arena *arena, const char *at)
{
    const char *from = at + 1, *end = past_string(at) - 1;
    if (!memchr(from, '\\', (size_t)(end - from)))
        return (vg_str){from, (size_t)(end - from)};
    char *out = vg_arena_alloc(arena, (size_t)(end - from)), *to = out;
    if (!out)
        return (vg_str){NULL, 0};
    for (at = from; at < end;)
        at = next_char(at, &to);
    return (vg_str){out, (size_t)(to - out)};
}

bool vg__json_key_is(const char *at, const char *key)
{
    const char *end = past_string(at) - 1;
    for (at++; at < end;) {
        char bytes[4], *to = bytes;
        at = next_char(at, &to);
        size_t len = (size_t)(to - bytes);
        /* A NUL in the key is no end of ours. */
        for (size_t i = 0; i < len; i++)
            if (!*key || *key++ != bytes[i])
                return false;
    }
    return !*key;
}

const char *vg__json_first(const char *at)
{
    at = vg__json_space(at + 1);
    return *at == '}' || *at == ']' ? NULL : at;
}

const char *vg__json_value(const char *key)
{
    return vg__json_space(vg__json_space(past_string(key)) + 1);
}

const char *vg__json_next(const char *value)
{
    const char *at = vg__json_space(vg__json_past(value));
    return *at == ',' ? vg__json_space(at + 1) : NULL;
}
