/* Numbers as they stand in the text: a double would lose digits of some. */
#include "json/reader.h"
#include <locale.h>
#include <stdlib.h>
#include <string.h>

static bool is_digit(char c)
{
    return c >= '0' && c <= '9';
}

static const char *skip_digits(const char *at, const char *end)
{
    while (at < end && is_digit(*at))
        at++;
    return at;
}

/* As JSON has numbers; the exponent is cut to what is surely out of range. */
static bool parse(vg_json_number *n)
{
    const char *end = n->text + n->len, *at = n->text;
    n->negative = at < end && *at == '-';
    n->whole = at += n->negative;
    n->point = at = skip_digits(at, end);
    if (at == n->whole || (*n->whole == '0' && at - n->whole > 1))
        return false;
    if (at < end && *at == '.') {
        const char *from = ++at;
        at = skip_digits(at, end);
        if (at == from)
            return false;
    }
    n->tail = at;
    n->exponent = 0;
    if (at < end && (*at == 'e' || *at == 'E')) {
        at++;
        bool negative = at < end && *at == '-';
        at += at < end && (*at == '-' || *at == '+');
        const char *from = at;
        for (; at < end && is_digit(*at); at++)
            if (n->exponent < 1000000)
                n->exponent = n->exponent * 10 + (*at - '0');
        if (at == from)
            return false;
        n->exponent = negative ? -n->exponent : n->exponent;
    }
    return at == end;
}

bool vg__json_number(vg_json_number *n, const char *text, size_t len)
{
    *n = (vg_json_number){.text = text, .len = len};
    if (!parse(n))
        return false;
    /* The places of the first and last digit that are not 0; 0 is that of ones. */
    int64_t place = n->point - n->whole + n->exponent, first = 0, last = 0;
    bool any = false;
    for (const char *at = n->whole; at < n->tail; at++) {
        if (*at == '.')
            continue;
        place--;
        if (*at == '0')
            continue;
        first = any ? first : place;
        last = place;
        any = true;
    }
    n->whole_digits = any && first >= 0 ? first + 1 : 0;
    n->fraction_digits = any && last < 0 ? -last : 0;
    return true;
}

/* The digit at a place: 0 is that of ones, 1 of tens, -1 of tenths. */
static int digit_at(const vg_json_number *n, int64_t place)
{
    int64_t from_point = place - n->exponent;
    int64_t at = from_point >= 0 ? -1 - from_point : -from_point;
    if (at < n->whole - n->point || at >= n->tail - n->point)
        return 0;
    return is_digit(n->point[at]) ? n->point[at] - '0' : 0;
}

int vg__json_whole(const vg_json_number *n, int64_t *out)
{
    int64_t value = 0;
    if (n->fraction_digits)
        return -1;
    if (n->whole_digits > 19)
        return 1;
    for (int64_t place = n->whole_digits - 1; place >= 0; place--) {
        int digit = digit_at(n, place);
        if (__builtin_mul_overflow(value, (int64_t)10, &value) ||
            __builtin_add_overflow(value, n->negative ? -digit : digit, &value))
            return 1;
    }
    *out = value;
    return 0;
}

double vg__json_real(const vg_json_number *n)
{
    char room[128];
    const char *point = localeconv()->decimal_point;
    if (n->len >= sizeof room || *point == '.') {
        /* What follows a number in a text is none of its characters. */
        return strtod(n->text, NULL);
    }
    memcpy(room, n->text, n->len);
    room[n->len] = '\0';
    char *at = strchr(room, '.');
    if (at)
        *at = *point;
    return strtod(room, NULL);
}

const char *vg__json_plain(const vg_json_number *n, vg_arena *arena)
{
    if (n->tail == n->text + n->len)
        return vg_arena_text(arena, n->text, n->len);
    char room[2 * VG_JSON_DIGITS + 8];
    size_t len = 0;
    if (n->negative)
        room[len++] = '-';
    if (!n->whole_digits)
        room[len++] = '0';
    for (int64_t place = n->whole_digits - 1; place >= 0; place--)
        room[len++] = (char)('0' + digit_at(n, place));
    if (n->fraction_digits)
        room[len++] = '.';
    for (int64_t place = -1; place >= -n->fraction_digits; place--)
        room[len++] = (char)('0' + digit_at(n, place));
    return vg_arena_text(arena, room, len);
}

size_t vg__json_chars(const char *text, size_t len)
{
    size_t chars = 0;
    for (size_t i = 0; i < len; i++)
        chars += (text[i] & 0xc0) != 0x80;
    return chars;
}
