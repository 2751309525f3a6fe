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

static void put_piece(vg_json_writer *w, const char *bytes, size_t len)
{
    if (len > sizeof w->piece - w->held)
        hand_on(w);
    if (w->code)
        return;
    if (len > sizeof w->piece) {
        if (w->write(w->ctx, bytes, len) != 0)
            vg__json_fail(w, VG_IO, "the text could not be written");
        return;
    }
    memcpy(w->piece + w->held, bytes, len);
    w->held += len;
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

void vg__json_bytes(vg_json_writer *w, const char *bytes, size_t len)
{
    if (w->code || !len)
        return;
    if (w->write) {
        put_piece(w, bytes, len);
        return;
    }
    if (w->len + len + 1 > w->room && !grow(w, w->len + len + 1))
        return;
    memcpy(w->text + w->len, bytes, len);
    w->len += len;
    w->text[w->len] = '\0';
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

bool vg__json_quoted(vg_json_writer *w, const char *text, size_t len)
{
    size_t from = 0, at = 0;
    vg__json_bytes(w, "\"", 1);
    while (at < len) {
        unsigned char c = (unsigned char)text[at];
        if (c >= 0x80) {
            int n = vg__utf8_next(text + at, len - at);
            if (!n)
                return false;
            at += (size_t)n;
            continue;
        }
        if (c >= 0x20 && c != '"' && c != '\\') {
            at++;
            continue;
        }
        vg__json_bytes(w, text + from, at - from);
        put_escape(w, c);
        from = ++at;
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

/* What snprintf would write of a number with at most four decimals, a price for instance, if
 * it is short: fifteen digits mean one double only. 0: it is not. */
static size_t put_short_real(double value, char digits[40])
{
    if (!(value > -1e10 && value < 1e10) || value == 0)
        return 0;
    int64_t n = (int64_t)(value < 0 ? value * 1e4 - 0.5 : value * 1e4 + 0.5);
    if ((double)n / 1e4 != value)
        return 0;
    char room[24], *end = room + sizeof room, *at = end;
    uint64_t left = n < 0 ? 0 - (uint64_t)n : (uint64_t)n;
    int decimals = 4;
    for (; decimals && left % 10 == 0; decimals--)
        left /= 10;
    for (int i = 0; left || i <= decimals; i++, left /= 10) {
        if (i && i == decimals)
            *--at = '.';
        *--at = (char)('0' + left % 10);
    }
    if (n < 0)
        *--at = '-';
    memcpy(digits, at, (size_t)(end - at));
    return (size_t)(end - at);
}

void vg_put_real(vg_json_writer *w, double value)
{
    char digits[40];
    int len = 0;
    size_t short_len = put_short_real(value, digits);
    if (short_len) {
        vg__json_word(w, digits, short_len);
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
    return w->code;
}
