/* A growing text whose first failure sticks. */
#include "base/buf.h"
#include "base/alloc.h"
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

void vg__buf_init(vg_buf *buf, const vg_allocator *allocator, size_t max)
{
    *buf = (vg_buf){.max = max, .allocator = *allocator};
}

void vg__buf_free(vg_buf *buf)
{
    vg__alloc(&buf->allocator, buf->text, buf->cap, 0);
    buf->text = NULL;
    buf->len = buf->cap = 0;
}

void vg__buf_reset(vg_buf *buf)
{
    buf->len = 0;
    buf->failed = buf->too_long = false;
}

static bool grow(vg_buf *buf, size_t need)
{
    if (buf->failed)
        return false;
    if (need > buf->max) {
        buf->failed = buf->too_long = true;
        return false;
    }
    size_t cap = buf->cap ? buf->cap : 256;
    while (cap < need)
        cap *= 2;
    if (cap > buf->max)
        cap = buf->max;
    char *text = vg__alloc(&buf->allocator, buf->text, buf->cap, cap);
    if (!text) {
        buf->failed = true;
        return false;
    }
    buf->text = text;
    buf->cap = cap;
    return true;
}

bool vg__buf_reserve(vg_buf *buf, size_t size)
{
    return size <= buf->cap || grow(buf, size);
}

void vg__buf_bytes(vg_buf *buf, const char *bytes, size_t len)
{
    if (buf->failed)
        return;
    if (len > buf->max) {
        buf->failed = buf->too_long = true;
        return;
    }
    if (buf->len + len + 1 > buf->cap && !grow(buf, buf->len + len + 1))
        return;
    if (len)
        memcpy(buf->text + buf->len, bytes, len);
    buf->len += len;
    buf->text[buf->len] = 0;
}

void vg__buf_text(vg_buf *buf, const char *text)
{
    vg__buf_bytes(buf, text, strlen(text));
}

void vg__buf_char(vg_buf *buf, char c)
{
    vg__buf_bytes(buf, &c, 1);
}

void vg__buf_int(vg_buf *buf, int64_t n)
{
    char digits[24];
    int len = snprintf(digits, sizeof digits, "%lld", (long long)n);
    vg__buf_bytes(buf, digits, (size_t)len);
}

void vg__buf_real(vg_buf *buf, double d)
{
    char digits[40];
    int len = 0;
    for (int precision = 15; precision <= 17; precision++) {
        len = snprintf(digits, sizeof digits, "%.*g", precision, d);
        if (strtod(digits, NULL) == d)
            break;
    }
    char *comma = strchr(digits, ','); /* a locale's idea of a decimal point */
    if (comma)
        *comma = '.';
    vg__buf_bytes(buf, digits, (size_t)len);
    if (!strpbrk(digits,
                 ".eni")) /* an integer, infinity and NaN are left to the caller */
        vg__buf_text(buf, ".0");
}

static void quoted(vg_buf *buf, char quote, const char *text, size_t len)
{
    vg__buf_char(buf, quote);
    for (size_t from = 0; from < len;) {
        const char *hit = memchr(text + from, quote, len - from);
        size_t to = hit ? (size_t)(hit - text) + 1 : len;
        vg__buf_bytes(buf, text + from, to - from);
        if (hit)
            vg__buf_char(buf, quote);
        from = to;
    }
    vg__buf_char(buf, quote);
}

void vg__buf_name(vg_buf *buf, char quote, const char *name)
{
    quoted(buf, quote, name, strlen(name));
}

void vg__buf_literal(vg_buf *buf, const char *text, size_t len)
{
    quoted(buf, '\'', text, len);
}
