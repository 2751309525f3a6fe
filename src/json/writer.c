/* The writer: commas, keys, escapes. Text grows in the caller's arena, or is handed on in
 * pieces. */
#include "json/writer.h"
#include "base/utf8.h"
#include "json/value.h"
#include <math.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

void vg__json_fail(vg_json_writer *w, int code, const char *format, ...)
{
    va_list args;
    if (w->code)
        return;
    w->code = code;
    va_start(args, format);
    vsnprintf(w->message, sizeof w->message, format, args);
    va_end(args);
}

/* ---- bytes ---- */

static void hand_on(vg_json_writer *w)
{
    if (!w->code && w->held && w->write(w->ctx, w->piece, w->held) != 0)
        vg__json_fail(w, VG_IO, "the text could not be written");
    w->held = 0;
}

static bool grow(vg_json_writer *w, size_t need)
{
    size_t room = w->room ? w->room : 256;
    while (room < need && room < SIZE_MAX / 4)
        room *= 2;
    char *text = w->arena ? vg_arena_alloc(w->arena, room) : NULL;
    if (!text) {
        vg__json_fail(w, w->arena ? VG_NO_MEMORY : VG_MISUSE,
                      w->arena ? "out of memory"
                               : "the writer has neither a function "
                                 "to write nor an arena");
        return false;
    }
    if (w->len)
        memcpy(text, w->text, w->len);
    w->text = text;
    w->room = room;
    return true;
}

/* Room for `len` bytes that are written at once; NULL: they go by put_bytes, or nowhere. */
static inline char *take_room(vg_json_writer *w, size_t len)
{
    char *at;
    if (w->code)
        return NULL;
    if (w->write) {
        if (len > sizeof w->piece - w->held)
            hand_on(w);
        if (w->code || len > sizeof w->piece)
            return NULL;
        at = w->piece + w->held;
        w->held += len;
        return at;
    }
    /* One more for the NUL, which vg_json_finish writes. */
    if (len >= w->room - w->len && !grow(w, w->len + len + 1))
        return NULL;
    at = w->text + w->len;
    w->len += len;
    return at;
}

void vg__json_bytes(vg_json_writer *w, const char *bytes, size_t len)
{
    char *at = take_room(w, len);
    if (at)
        memcpy(at, bytes, len);
    else if (w->write && !w->code && w->write(w->ctx, bytes, len) != 0)
        vg__json_fail(w, VG_IO, "the text could not be written");
}

static void put_line(vg_json_writer *w)
{
    static const char blanks[] = "\n                                ";
    if (!w->indent)
        return;
    vg__json_bytes(w, "\n", 1);
    for (size_t left = (size_t)w->depth * w->indent; left;) {
        size_t n = left < sizeof blanks - 2 ? left : sizeof blanks - 2;
        vg__json_bytes(w, blanks + 1, n);
        left -= n;
    }
}

/* What stands before a value or a key. */
static void begin_value(vg_json_writer *w)
{
    bool in_object = w->depth && w->kinds[w->depth - 1] == '}';
    if (in_object && !w->keyed)
        vg__json_fail(w, VG_MISUSE, "a member of an object needs vg_put_key before it");
    if (!w->depth && w->comma)
        vg__json_fail(w, VG_MISUSE, "the text is whole: there is no second value");
    if (!w->keyed && w->comma)
        vg__json_bytes(w, ",", 1);
    if (!w->keyed && w->depth)
        put_line(w);
    w->keyed = false;
    w->comma = true;
}

void vg__json_word(vg_json_writer *w, const char *text, size_t len)
{
    begin_value(w);
    vg__json_bytes(w, text, len);
}

/* ---- strings ---- */

static void put_escape(vg_json_writer *w, unsigned char c)
{
    static const char digits[] = "0123456789abcdef";
    static const char plain[] = "\"\\\b\f\n\r\t";
    static const char letters[] = "\"\\bfnrt";
    const char *at = c ? strchr(plain, c) : NULL;
    if (at) {
        vg__json_bytes(w, (char[]){'\\', letters[at - plain]}, 2);
        return;
    }
    vg__json_bytes(w, (char[]){'\\', 'u', '0', '0', digits[c >> 4], digits[c & 15]}, 6);
}

/* What a byte is within a string: 0 itself, 1 an escape, 2 part of a longer character. */
static const uint8_t kinds[256] = {
    [0] = 1,   [1] = 1,   [2] = 1,   [3] = 1,  [4] = 1,   [5] = 1,    [6] = 1,
    [7] = 1,   [8] = 1,   [9] = 1,   [10] = 1, [11] = 1,  [12] = 1,   [13] = 1,
    [14] = 1,  [15] = 1,  [16] = 1,  [17] = 1, [18] = 1,  [19] = 1,   [20] = 1,
    [21] = 1,  [22] = 1,  [23] = 1,  [24] = 1, [25] = 1,  [26] = 1,   [27] = 1,
    [28] = 1,  [29] = 1,  [30] = 1,  [31] = 1, ['"'] = 1, ['\\'] = 1,
#define FOUR(n) [n] = 2, [(n) + 1] = 2, [(n) + 2] = 2, [(n) + 3] = 2
#define MANY(n)                                                            \
    FOUR(n), FOUR((n) + 4), FOUR((n) + 8), FOUR((n) + 12), FOUR((n) + 16), \
        FOUR((n) + 20), FOUR((n) + 24), FOUR((n) + 28)
    MANY(128), MANY(160), MANY(192), MANY(224)};
#undef MANY
#undef FOUR

/* Whether eight bytes are ASCII that stands for itself. */
static inline bool is_plain(const char *text)
{
    const uint64_t ones = UINT64_C(0x0101010101010101), high = ones << 7;
    uint64_t v;
    memcpy(&v, text, sizeof v);
    uint64_t quote = v ^ ones * '"', slash = v ^ ones * '\\';
    return !((v | (v - ones * ' ') | (quote - ones) | (slash - ones)) & high);
}

/* How many bytes at the start are. The last eight may overlap. */
static inline size_t plain_length(const char *text, size_t len)
{
    size_t at = 0;
    while (at + 8 <= len && is_plain(text + at))
        at += 8;
    if (at < len && at + 8 > len && len >= 8 && is_plain(text + len - 8))
        return len;
    while (at < len && !kinds[(unsigned char)text[at]])
        at++;
    return at;
}

bool vg__json_quoted(vg_json_writer *w, const char *text, size_t len)
{
    size_t from = 0, at = plain_length(text, len);
    char *room = at == len ? take_room(w, len + 2) : NULL;
    if (room) { /* most are plain from end to end */
        *room++ = '"';
        memcpy(room, text, len);
        room[len] = '"';
        return true;
    }
    vg__json_bytes(w, "\"", 1);
    for (; at < len; at += plain_length(text + at, len - at)) {
        if (kinds[(unsigned char)text[at]] == 2) {
            int n = vg__utf8_next(text + at, len - at);
            if (!n)
                return false;
            at += (size_t)n;
        } else {
            vg__json_bytes(w, text + from, at - from);
            put_escape(w, (unsigned char)text[at]);
            from = ++at;
        }
    }
    vg__json_bytes(w, text + from, at - from);
    vg__json_bytes(w, "\"", 1);
    return true;
}

/* ---- the public functions ---- */

static void open_one(vg_json_writer *w, const char *open, char close)
{
    begin_value(w);
    if (w->depth == VG_JSON_DEPTH)
        vg__json_fail(w, VG_TOO_BIG, "more than %d objects and arrays in each other",
                      VG_JSON_DEPTH);
    if (w->code)
        return;
    vg__json_bytes(w, open, 1);
    w->kinds[w->depth++] = close;
    w->comma = false;
}

void vg_put_object(vg_json_writer *w)
{
    open_one(w, "{", '}');
}

void vg_put_array(vg_json_writer *w)
{
    open_one(w, "[", ']');
}

void vg_put_end(vg_json_writer *w)
{
    if (!w->depth || w->keyed) {
        vg__json_fail(w, VG_MISUSE,
                      w->depth ? "vg_put_end: a key stands there without a value"
                               : "vg_put_end: nothing is open");
        return;
    }
    w->depth--;
    if (w->comma)
        put_line(w);
    vg__json_bytes(w, &w->kinds[w->depth], 1);
    w->comma = true;
}

void vg__json_key(vg_json_writer *w, const char *key, size_t len)
{
    if (!w->depth || w->kinds[w->depth - 1] != '}' || w->keyed) {
        vg__json_fail(w, VG_MISUSE, "vg_put_key: no place for a key");
        return;
    }
    if (w->comma)
        vg__json_bytes(w, ",", 1);
    put_line(w);
    if (!vg__json_quoted(w, key, len))
        vg__json_fail(w, VG_VALUE, "a key is not UTF-8");
    vg__json_bytes(w, ": ", w->indent ? 2 : 1);
    w->keyed = true;
}

void vg_put_key(vg_json_writer *w, const char *key)
{
    vg__json_key(w, key, strlen(key));
}

void vg__json_plain_key(vg_json_writer *w, const char *key, size_t len)
{
    size_t comma = w->comma;
    if (w->indent || !w->depth || w->kinds[w->depth - 1] != '}' || w->keyed) {
        vg__json_key(w, key, len);
        return;
    }
    char *at = take_room(w, comma + len + 3);
    if (!at) {
        vg__json_key(w, key, len);
        return;
    }
    if (comma)
        *at++ = ',';
    *at++ = '"';
    memcpy(at, key, len);
    memcpy(at + len, "\":", 2);
    w->keyed = true;
}

void vg_put_null(vg_json_writer *w)
{
    vg__json_word(w, "null", 4);
}

void vg_put_bool(vg_json_writer *w, bool value)
{
    vg__json_word(w, value ? "true" : "false", value ? 4 : 5);
}

enum { SAFE_BITS = 53 };

void vg_put_int(vg_json_writer *w, int64_t value)
{
    char room[24], *end = room + sizeof room, *at = end;
    bool big = value > INT64_C(1) << SAFE_BITS || value < -(INT64_C(1) << SAFE_BITS);
    bool quoted = big && w->big_as_text;
    uint64_t left = value < 0 ? 0 - (uint64_t)value : (uint64_t)value;
    if (quoted)
        *--at = '"';
    do
        *--at = (char)('0' + left % 10);
    while (left /= 10);
    if (value < 0)
        *--at = '-';
    if (quoted)
        *--at = '"';
    vg__json_word(w, at, (size_t)(end - at));
}

/* A number of so many decimals, without zeros at its end. */
static size_t put_decimals(uint64_t left, int decimals, bool negative, char digits[40])
{
    char room[24], *end = room + sizeof room, *at = end;
    for (; decimals && left % 10 == 0; decimals--)
        left /= 10;
    for (int i = 0; left || i <= decimals; i++, left /= 10) {
        if (i && i == decimals)
            *--at = '.';
        *--at = (char)('0' + left % 10);
    }
    if (negative)
        *--at = '-';
    memcpy(digits, at, (size_t)(end - at));
    return (size_t)(end - at);
}

/* What snprintf would write of a number with at most four decimals, a price for instance, if
 * it is short: fifteen digits mean one double only. 0: it is not. */
static size_t put_short_real(double value, char digits[40])
{
    if (!(value > -1e10 && value < 1e10) || value == 0)
        return 0;
    int64_t n = (int64_t)(value < 0 ? value * 1e4 - 0.5 : value * 1e4 + 0.5);
    if ((double)n / 1e4 != value)
        return 0;
    return put_decimals(n < 0 ? 0 - (uint64_t)n : (uint64_t)n, 4, n < 0, digits);
}

/* The same for a sum of prices, say, from 1 on: as few of 15 to 17 digits as mean it and no
 * other double, found exactly, in whole numbers. 0: it is something else. */
static size_t put_long_real(double value, char digits[40])
{
#ifdef __SIZEOF_INT128__
    __extension__ typedef unsigned __int128 wide;
    double size = fabs(value);
    if (!(size >= 1 && size < 1e15))
        return 0;
    int e, whole = 1;
    uint64_t m = (uint64_t)ldexp(frexp(size, &e), 53), ten = 1; /* size = m / 2^e */
    e = 53 - e;
    for (uint64_t limit = 10; size >= (double)limit; limit *= 10)
        whole++;
    if (m == UINT64_C(1) << 52) /* the doubles below are nearer than those above */
        return 0;
    for (int i = whole; i < 15; i++)
        ten *= 10;
    for (int precision = 15; precision <= 17; precision++, ten *= 10) {
        wide exact = (wide)m * ten, half = (wide)1 << e >> 1;
        uint64_t n = (uint64_t)((exact + half) >> e);
        if ((wide)n << e == exact + half && n & 1)
            n--; /* halfway: to even */
        wide read = (wide)n << e, off = read > exact ? read - exact : exact - read;
        if (precision == 17 || 2 * off <= ten - (m & 1)) /* between two: to even */
            return put_decimals(n, precision - whole, value < 0, digits);
    }
#else
    (void)value, (void)digits;
#endif
    return 0;
}

void vg_put_real(vg_json_writer *w, double value)
{
    char digits[40];
    int len = 0;
    size_t known = put_short_real(value, digits);
    if (!known)
        known = put_long_real(value, digits);
    if (known) {
        vg__json_word(w, digits, known);
        return;
    }
    if (!isfinite(value)) {
        vg__json_fail(w, VG_VALUE, "%s is no number of JSON",
                      isnan(value) ? "NaN" : "infinity");
        return;
    }
    for (int precision = 15; precision <= 17; precision++) {
        len = snprintf(digits, sizeof digits, "%.*g", precision, value);
        if (strtod(digits, NULL) == value)
            break;
    }
    char *comma = strchr(digits, ','); /* a locale's idea of a decimal point */
    if (comma)
        *comma = '.';
    vg__json_word(w, digits, (size_t)len);
}

void vg_put_str(vg_json_writer *w, vg_str text)
{
    if (!text.ptr) {
        vg_put_null(w);
        return;
    }
    begin_value(w);
    if (!vg__json_quoted(w, text.ptr, text.len))
        vg__json_fail(w, VG_VALUE, "a text is not UTF-8");
}

void vg_put_text(vg_json_writer *w, const char *text)
{
    vg_put_str(w, (vg_str){text, text ? strlen(text) : 0});
}

void vg_put_time(vg_json_writer *w, vg_timestamp time)
{
    char text[VG_TIMESTAMP_ROOM];
    vg_put_text(w, vg_timestamp_format(time, text));
}

void vg_put_json(vg_json_writer *w, const char *json, size_t len)
{
    if (!w->trust_json && !vg__json_is_json(json, len))
        vg__json_fail(w, VG_VALUE, "vg_put_json: it is no JSON");
    vg__json_word(w, json, len);
}

int vg_json_finish(vg_json_writer *w)
{
    if (w->depth)
        vg__json_fail(w, VG_MISUSE, "an object or array is still open");
    if (!w->comma)
        vg__json_fail(w, VG_MISUSE, "nothing was written");
    if (w->write)
        hand_on(w);
    else if (w->text)
        w->text[w->len] = '\0';
    return w->code;
}
