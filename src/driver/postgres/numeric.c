/* NUMERIC's binary form: groups of four decimal digits, the first of them worth 10000 to
 * the power of `weight`. */
#include "driver/postgres/postgres.h"

enum { HEADER = 8, NEGATIVE = 0x4000, NOT_A_NUMBER = 0xc000, INFINITE = 0xd000 };

typedef struct numeric {
    int groups, weight, sign, scale;
    const char *digits;
} numeric;

static bool read_numeric(numeric *n, const char *data, int len)
{
    if (len < HEADER)
        return false;
    *n = (numeric){.groups = vg__pg_u16(data),
                   .weight = (int16_t)vg__pg_u16(data + 2),
                   .sign = vg__pg_u16(data + 4),
                   .scale = vg__pg_u16(data + 6) & 0x3fff,
                   .digits = data + HEADER};
    return len >= HEADER + 2 * n->groups;
}

static int group_at(const numeric *n, int i)
{
    return i >= 0 && i < n->groups ? vg__pg_u16(n->digits + 2 * i) : 0;
}

static char *put_group(char *at, int group)
{
    for (int i = 3; i >= 0; i--, group /= 10)
        at[i] = (char)('0' + group % 10);
    return at + 4;
}

size_t vg__pg_numeric_room(const char *data, int len)
{
    numeric n;
    if (!read_numeric(&n, data, len))
        return 16;
    int whole = n.weight < 0 ? 1 : (n.weight + 1) * 4;
    return (size_t)(whole + n.scale) + 16;
}

static size_t put_word(char *out, const char *word)
{
    size_t len = strlen(word);
    memcpy(out, word, len + 1);
    return len;
}

size_t vg__pg_numeric_text(const char *data, int len, char *out)
{
    numeric n;
    char *at = out;
    if (!read_numeric(&n, data, len) || n.sign == NOT_A_NUMBER)
        return put_word(out, "NaN");
    if (n.sign >= INFINITE)
        return put_word(out, n.sign == INFINITE ? "Infinity" : "-Infinity");
    if (n.sign == NEGATIVE)
        *at++ = '-';
    char *first = at;
    for (int i = 0; i <= n.weight; i++)
        at = put_group(at, group_at(&n, i));
    char *digit = first;
    while (digit + 1 < at && *digit == '0')
        digit++;
    if (at == first)
        *at++ = '0';
    memmove(first, digit, (size_t)(at - digit));
    at -= digit - first;
    if (n.scale) {
        *at++ = '.';
        char *end = at + n.scale;
        for (int i = n.weight + 1; at < end; i++)
            at = put_group(at, group_at(&n, i));
        at = end;
    }
    *at = 0;
    return (size_t)(at - out);
}

bool vg__pg_numeric_int(const char *data, int len, int64_t *out)
{
    numeric n;
    if (!read_numeric(&n, data, len) || (n.sign && n.sign != NEGATIVE) || n.weight > 4)
        return false;
    int64_t sum = 0;
    for (int i = 0; i <= n.weight; i++) {
        int group = group_at(&n, i);
        if (__builtin_mul_overflow(sum, 10000, &sum) ||
            __builtin_add_overflow(sum, n.sign ? -group : group, &sum))
            return false;
    }
    for (int i = n.weight < -1 ? 0 : n.weight + 1; i < n.groups; i++)
        if (group_at(&n, i))
            return false;
    *out = sum;
    return true;
}
