/* JSON: jansson reads it; it is written here, because not one byte may differ from what
 * JavaScript writes. */
#include "kit/json.h"
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { TEXT_MAX = 64 << 20, INDENT = 2 };

/* ---- reading ---- */

static void free_json(void *json)
{
    json_decref(json);
}

json_t *vgk_json_read(vg_kit *kit, const char *text, size_t len, const char *path)
{
    if (len >= 3 && memcmp(text, "\xef\xbb\xbf", 3) == 0) {
        text += 3;
        len -= 3;
    }
    if (len > TEXT_MAX) {
        vgk_fail(kit, VG_INVALID,
                 "%s: %zu bytes are too many; no such file is that large", path, len);
        return NULL;
    }
    json_error_t error;
    json_t *json = json_loadb(text, len, 0, &error);
    if (!json && json_error_code(&error) == json_error_numeric_overflow)
        json = json_loadb(text, len, JSON_DECODE_INT_AS_REAL, &error);
    if (json) {
        vgk_own(kit, json, free_json);
        return json;
    }
    /* jansson is silent when its first allocation fails. */
    if (!error.text[0] || json_error_code(&error) == json_error_out_of_memory)
        vgk_no_memory(kit);
    if (len == 0)
        vgk_fail(kit, VG_INVALID, "%s: the file is empty, where JSON is expected",
                 path);
    else
        vgk_fail(kit, VG_INVALID, "%s:%d:%d: not JSON: %s", path, error.line,
                 error.column, error.text);
    return NULL;
}

static json_t *own(vg_kit *kit, json_t *json)
{
    if (!json)
        vgk_no_memory(kit);
    vgk_own(kit, json, free_json);
    return json;
}

json_t *vgk_json_object(vg_kit *kit)
{
    return own(kit, json_object());
}

json_t *vgk_json_list(vg_kit *kit)
{
    return own(kit, json_array());
}

/* ---- writing ---- */

static void newline(vg_buf *out, int depth)
{
    vg__buf_char(out, '\n');
    for (int i = 0; i < depth * INDENT; i++)
        vg__buf_char(out, ' ');
}

static void write_text(vg_buf *out, const char *text, size_t len)
{
    static const char letters[] = "btn\0fr"; /* of 8, 9, 10, -, 12, 13 */
    vg__buf_char(out, '"');
    for (size_t from = 0, i = 0; i <= len; i++) {
        unsigned char c = i < len ? (unsigned char)text[i] : 0;
        if (i < len && c >= ' ' && c != '"' && c != '\\')
            continue;
        vg__buf_bytes(out, text + from, i - from);
        from = i + 1;
        if (i == len)
            break;
        char escape[7] = {'\\', (char)c};
        if (c >= 8 && c <= 13 && letters[c - 8])
            escape[1] = letters[c - 8];
        else if (c < ' ')
            snprintf(escape, sizeof escape, "\\u%04x", c);
        vg__buf_text(out, escape);
    }
    vg__buf_char(out, '"');
}

/* The fewest digits that read back as `d`, of which "1.25e3" gives 125 and 3. */
static int shortest(double d, char digits[32])
{
    char text[40];
    for (int precision = 0; precision <= 17; precision++) {
        snprintf(text, sizeof text, "%.*e", precision, d);
        if (strtod(text, NULL) == d)
            break;
        /* At a power of two the neighbour below is nearer than the one above: there the
         * digits beside the nearest may be the ones that read back. */
        char *last = strchr(text, 'e') - 1;
        if (*last < '9' && (++*last, strtod(text, NULL) == d))
            break;
    }
    size_t n = 0;
    for (const char *at = text; *at != 'e'; at++)
        if (*at >= '0' && *at <= '9') /* not a locale's decimal point */
            digits[n++] = *at;
    while (n > 1 && digits[n - 1] == '0')
        n--;
    digits[n] = 0;
    return (int)strtol(strchr(text, 'e') + 1, NULL, 10);
}

static void zeros(vg_buf *out, int count)
{
    while (count-- > 0)
        vg__buf_char(out, '0');
}

void vgk_json_real(vg_buf *out, double d)
{
    if (d == 0) { /* and -0 */
        vg__buf_char(out, '0');
        return;
    }
    if (!isfinite(d)) {
        vg__buf_text(out, "null");
        return;
    }
    char digits[32];
    int exponent = shortest(fabs(d), digits), len = (int)strlen(digits);
    if (d < 0)
        vg__buf_char(out, '-');
    if (exponent < -6 || exponent >= 21) {
        vg__buf_char(out, digits[0]);
        if (len > 1)
            vg__buf_char(out, '.');
        vg__buf_text(out, digits + 1);
        vg__buf_text(out, exponent < 0 ? "e-" : "e+");
        vg__buf_int(out, abs(exponent));
    } else if (exponent < 0) {
        vg__buf_text(out, "0.");
        zeros(out, -exponent - 1);
        vg__buf_text(out, digits);
    } else {
        int whole = len < exponent + 1 ? len : exponent + 1;
        vg__buf_bytes(out, digits, (size_t)whole);
        zeros(out, exponent + 1 - len);
        if (len > whole)
            vg__buf_char(out, '.');
        vg__buf_text(out, digits + whole);
    }
}

static void write_value(vg_kit *kit, vg_buf *out, const json_t *json, int depth);

static void write_array(vg_kit *kit, vg_buf *out, const json_t *json, int depth)
{
    vg__buf_char(out, '[');
    for (size_t i = 0; i < json_array_size(json); i++) {
        if (i)
            vg__buf_char(out, ',');
        newline(out, depth + 1);
        write_value(kit, out, json_array_get(json, i), depth + 1);
    }
    if (json_array_size(json))
        newline(out, depth);
    vg__buf_char(out, ']');
}

typedef struct member {
    const char *key;
    size_t len;
    const json_t *value;
    long index; /* -1: an ordinary key */
    size_t place;
} member;

/* A key that JavaScript takes for an array's index: "0" to "4294967294". */
static long index_of(const char *key, size_t len)
{
    if (len == 0 || len > 10 || (key[0] == '0' && len > 1))
        return -1;
    long n = 0;
    for (size_t i = 0; i < len; i++) {
        if (key[i] < '0' || key[i] > '9')
            return -1;
        n = n * 10 + (key[i] - '0');
    }
    return n < 4294967295 ? n : -1;
}

/* JavaScript's order: indexes, ascending; then the others, as they came. */
static int by_order(const void *a, const void *b)
{
    const member *x = a, *y = b;
    if (x->index >= 0 && y->index >= 0)
        return x->index < y->index ? -1 : 1;
    if ((x->index >= 0) != (y->index >= 0))
        return x->index >= 0 ? -1 : 1;
    return x->place < y->place ? -1 : 1;
}

static void write_object(vg_kit *kit, vg_buf *out, json_t *json, int depth)
{
    size_t len = json_object_size(json), n = 0;
    bool sorted = true;
    member *members = vgk_alloc(kit, len * sizeof *members);
    for (void *it = json_object_iter(json); it; it = json_object_iter_next(json, it)) {
        const char *key = json_object_iter_key(it);
        size_t key_len = json_object_iter_key_len(it);
        long index = index_of(key, key_len);
        members[n] = (member){key, key_len, json_object_iter_value(it), index, n};
        sorted = sorted && index < 0;
        n++;
    }
    if (!sorted)
        qsort(members, n, sizeof *members, by_order);
    vg__buf_char(out, '{');
    for (size_t i = 0; i < n; i++) {
        if (i)
            vg__buf_char(out, ',');
        newline(out, depth + 1);
        write_text(out, members[i].key, members[i].len);
        vg__buf_text(out, ": ");
        write_value(kit, out, members[i].value, depth + 1);
    }
    if (n)
        newline(out, depth);
    vg__buf_char(out, '}');
}

static void write_value(vg_kit *kit, vg_buf *out, const json_t *json, int depth)
{
    switch (json_typeof(json)) {
    case JSON_OBJECT: write_object(kit, out, (json_t *)json, depth); break;
    case JSON_ARRAY: write_array(kit, out, json, depth); break;
    case JSON_STRING:
        write_text(out, json_string_value(json), json_string_length(json));
        break;
    case JSON_INTEGER: vg__buf_int(out, json_integer_value(json)); break;
    case JSON_REAL: vgk_json_real(out, json_real_value(json)); break;
    case JSON_TRUE: vg__buf_text(out, "true"); break;
    case JSON_FALSE: vg__buf_text(out, "false"); break;
    case JSON_NULL: vg__buf_text(out, "null"); break;
    }
}

char *vgk_json_write(vg_kit *kit, const json_t *json, size_t *len)
{
    vg_buf *out = vgk_buf(kit);
    write_value(kit, out, json, 0);
    return vgk_buf_text(kit, out, len);
}

/* ---- where a value stands ---- */

typedef struct scanner {
    const char *at, *end;
} scanner;

static void skip_space(scanner *s)
{
    while (s->at < s->end && strchr(" \t\r\n:,", *s->at) && *s->at)
        s->at++;
}

static void skip_text(scanner *s)
{
    for (s->at++; s->at < s->end && *s->at != '"'; s->at++)
        if (*s->at == '\\' && s->at + 1 < s->end)
            s->at++;
    s->at = s->at < s->end ? s->at + 1 : s->end;
}

/* Over the value that begins here: by its brackets, or up to what ends a word. */
static void skip_value(scanner *s)
{
    size_t depth = 0;
    do {
        skip_space(s);
        if (s->at >= s->end)
            return;
        if (*s->at == '"') {
            skip_text(s);
        } else if (*s->at == '{' || *s->at == '[') {
            depth++;
            s->at++;
        } else if (*s->at == '}' || *s->at == ']') {
            depth -= depth > 0;
            s->at++;
        } else {
            do
                s->at++;
            while (s->at < s->end && !strchr(" \t\r\n:,}]", *s->at));
        }
    } while (depth);
}

/* From the beginning of a container to that of its member; false: there is none. */
static bool step_into(scanner *s, const char *step)
{
    bool object = s->at < s->end && *s->at == '{';
    if (!object && (s->at >= s->end || *s->at != '['))
        return false;
    s->at++;
    size_t len = strlen(step);
    for (size_t i = 0;; i++) {
        skip_space(s);
        if (s->at >= s->end || *s->at == '}' || *s->at == ']')
            return false;
        bool here = !object && i == (size_t)strtoull(step, NULL, 10);
        if (object) {
            const char *key = s->at + 1;
            skip_text(s);
            here = (size_t)(s->at - 1 - key) == len && memcmp(key, step, len) == 0;
            skip_space(s);
        }
        if (here)
            return true;
        skip_value(s);
    }
}

size_t vgk_json_line(const char *text, size_t len, const char *const *steps,
                     size_t count)
{
    scanner s = {text, text + len};
    if (len >= 3 && memcmp(text, "\xef\xbb\xbf", 3) == 0)
        s.at += 3;
    skip_space(&s);
    for (size_t i = 0; i < count; i++) {
        scanner before = s;
        if (!step_into(&s, steps[i])) {
            s = before;
            break;
        }
    }
    size_t line = 1;
    for (const char *at = text; at < s.at && at < text + len; at++)
        line += *at == '\n';
    return line;
}

const char *vgk_json_skip(const char *at, const char *end)
{
    scanner s = {at, end};
    skip_value(&s);
    return s.at;
}
