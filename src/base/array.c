/* Array literals: {a,NULL,"b, c"}, {{1,2},{3,4}}, [0:1]={a,b}. */
#include "base/array.h"
#include "base/buf.h"
#include <virga/error.h>
#include <stdio.h>
#include <string.h>

/* ---- dimensions ---- */

int64_t vg__array_count(const vg_dims *dims)
{
    int64_t count = 1;
    if (dims->count < 1 || dims->count > VG_MAX_DIMENSIONS)
        return -1;
    for (int i = 0; i < dims->count; i++)
        if (dims->lengths[i] < 1 ||
            __builtin_mul_overflow(count, dims->lengths[i], &count) ||
            (int64_t)dims->lower[i] + dims->lengths[i] > INT32_MAX)
            return -1;
    return count;
}

const vg_dims *vg__array_dims(const vg_dims *dims, size_t len, vg_dims *room)
{
    if (dims && len)
        return vg__array_count(dims) == (int64_t)len ? dims : NULL;
    if (len > INT32_MAX)
        return NULL;
    *room = (vg_dims){.count = len ? 1 : 0, .lengths = {(int32_t)len}, .lower = {1}};
    return room;
}

/* ---- reading ---- */

typedef struct reader {
    const char *at, *end;
    char delimiter;
    vg_dims dims;
    int depth;                       /* of the elements; 0: not known yet */
    int32_t seen[VG_MAX_DIMENSIONS]; /* at each depth, in the braces that are open */
    const char **data;
    bool *nulls;
    size_t len;
    char *text; /* where the next element's text goes */
    bool any_null;
} reader;

static bool is_blank(char c)
{
    return c == ' ' || (c >= '\t' && c <= '\r');
}

static void skip_blanks(reader *r)
{
    while (r->at < r->end && is_blank(*r->at))
        r->at++;
}

static bool take(reader *r, char c)
{
    skip_blanks(r);
    if (r->at == r->end || *r->at != c)
        return false;
    r->at++;
    return true;
}

static bool take_int(reader *r, int32_t *out)
{
    int64_t n = 0;
    bool minus = take(r, '-');
    const char *start = r->at;
    for (; r->at < r->end && *r->at >= '0' && *r->at <= '9' && n <= INT32_MAX; r->at++)
        n = n * 10 + (*r->at - '0');
    *out = (int32_t)(minus ? -n : n);
    return r->at > start && n <= INT32_MAX;
}

/* [1:2][0:3]= */
static bool bounds(reader *r, vg_dims *said)
{
    said->count = 0;
    while (take(r, '[')) {
        int i = said->count;
        int32_t low, high;
        if (i == VG_MAX_DIMENSIONS || !take_int(r, &low) || !take(r, ':') ||
            !take_int(r, &high) || !take(r, ']') || high < low)
            return false;
        said->lower[i] = low;
        if (__builtin_sub_overflow(high, low, &said->lengths[i]) ||
            __builtin_add_overflow(said->lengths[i], 1, &said->lengths[i]))
            return false;
        said->count++;
    }
    return !said->count || take(r, '=');
}

static void put(reader *r, const char *text, bool null)
{
    r->data[r->len] = null ? NULL : text;
    r->nulls[r->len++] = null;
    r->any_null |= null;
}

static bool quoted(reader *r)
{
    char *start = r->text;
    for (r->at++; r->at < r->end && *r->at != '"'; r->at++) {
        if (*r->at == '\\' && ++r->at == r->end)
            return false;
        if (!*r->at)
            return false;
        *r->text++ = *r->at;
    }
    if (r->at++ == r->end)
        return false;
    *r->text++ = 0;
    put(r, start, false);
    return true;
}

static bool is_null_word(const char *text, size_t len)
{
    return len == 4 && (text[0] | 32) == 'n' && (text[1] | 32) == 'u' &&
           (text[2] | 32) == 'l' && (text[3] | 32) == 'l';
}

static bool bare(reader *r)
{
    char *start = r->text, *last = start; /* behind the last that is no blank */
    bool escaped = false;
    for (; r->at < r->end && *r->at != r->delimiter && *r->at != '}'; r->at++) {
        bool escape = *r->at == '\\';
        if (*r->at == '{' || *r->at == '"' || (escape && ++r->at == r->end) || !*r->at)
            return false;
        escaped |= escape;
        *r->text++ = *r->at;
        if (escape || !is_blank(*r->at))
            last = r->text;
    }
    if (last == start)
        return false;
    *last = 0;
    r->text = last + 1;
    put(r, start, !escaped && is_null_word(start, (size_t)(last - start)));
    return true;
}

/* What was counted at this depth is its length, the same wherever it is closed. */
static bool close_brace(reader *r, int depth)
{
    int32_t *length = &r->dims.lengths[depth];
    if (*length && *length != r->seen[depth])
        return false;
    *length = r->seen[depth];
    r->seen[depth] = 0;
    return *length > 0;
}

static bool item(reader *r, int depth)
{
    if (r->depth && r->depth != depth)
        return false;
    r->depth = depth;
    skip_blanks(r);
    if (r->at == r->end)
        return false;
    r->seen[depth - 1]++;
    return *r->at == '"' ? quoted(r) : bare(r);
}

/* Between the outermost braces, which are open. */
static bool items(reader *r)
{
    int depth = 1;
    while (depth) {
        if (take(r, '{')) {
            r->seen[depth - 1]++;
            if (++depth > VG_MAX_DIMENSIONS)
                return false;
            continue;
        }
        if (!item(r, depth))
            return false;
        while (depth && take(r, '}'))
            if (!close_brace(r, --depth))
                return false;
        if (depth && !take(r, r->delimiter))
            return false;
    }
    r->dims.count = r->depth;
    return true;
}

int vg__array_parse(vg_arena *arena, const char *text, size_t len, char delimiter,
                    vg_text_array *out)
{
    reader r = {.at = text, .end = text + len, .delimiter = delimiter};
    vg_dims said;
    size_t most = 1;
    if (!bounds(&r, &said) || !take(&r, '{'))
        return VG_VALUE;
    for (const char *c = r.at; c < r.end; c++)
        most += *c == delimiter || *c == '{';
    r.data = vg_arena_alloc(arena, most * sizeof *r.data);
    r.nulls = vg_arena_alloc(arena, most);
    r.text = vg_arena_alloc(arena, (size_t)(r.end - r.at) + most);
    vg_dims *dims = vg_arena_alloc(arena, sizeof *dims);
    if (!r.data || !r.nulls || !r.text || !dims)
        return VG_NO_MEMORY;
    bool empty = take(&r, '}');
    if (!empty && !items(&r))
        return VG_VALUE;
    skip_blanks(&r);
    if (r.at != r.end || (empty && said.count))
        return VG_VALUE;
    bool plain = empty || (r.dims.count == 1 && !said.count);
    for (int i = 0; i < r.dims.count; i++) {
        r.dims.lower[i] = said.count ? said.lower[i] : 1;
        if (said.count &&
            (said.count != r.dims.count || said.lengths[i] != r.dims.lengths[i]))
            return VG_VALUE;
    }
    *dims = r.dims;
    *out = (vg_text_array){r.data, r.len, r.any_null ? r.nulls : NULL,
                           plain ? NULL : dims};
    return VG_OK;
}

int vg_array_parse(vg_arena *arena, const char *text, size_t len, vg_text_array *out)
{
    return vg__array_parse(arena, text, len, ',', out);
}

/* ---- writing ---- */

static void put_element(vg_buf *out, const char *text, char delimiter)
{
    char special[] = "{}\"\\ \t\n\v\f\r,";
    size_t len = strlen(text);
    special[sizeof special - 2] = delimiter;
    if (len && !is_null_word(text, len) && !text[strcspn(text, special)]) {
        vg__buf_bytes(out, text, len);
        return;
    }
    vg__buf_char(out, '"');
    for (; *text; text++) {
        if (*text == '"' || *text == '\\')
            vg__buf_char(out, '\\');
        vg__buf_char(out, *text);
    }
    vg__buf_char(out, '"');
}

static void put_bounds(vg_buf *out, const vg_dims *dims)
{
    bool plain = true;
    for (int i = 0; i < dims->count; i++)
        plain &= dims->lower[i] == 1;
    for (int i = 0; !plain && i < dims->count; i++) {
        vg__buf_char(out, '[');
        vg__buf_int(out, dims->lower[i]);
        vg__buf_char(out, ':');
        vg__buf_int(out, (int64_t)dims->lower[i] + dims->lengths[i] - 1);
        vg__buf_char(out, ']');
    }
    vg__buf_text(out, plain ? "" : "=");
}

/* How many braces open before element i, or close after it: whole rows end there. */
static int braces(const vg_dims *dims, size_t i)
{
    size_t size = 1;
    int n = 0;
    for (int d = dims->count - 1; d >= 0; d--) {
        size *= (size_t)dims->lengths[d];
        if (i % size)
            break;
        n++;
    }
    return n;
}

const char *vg__array_format(vg_arena *arena, const vg_text_array *a, char delimiter)
{
    vg_dims room;
    vg_buf out;
    const vg_dims *dims = a->data ? vg__array_dims(a->dims, a->len, &room) : NULL;
    if (!dims)
        return NULL;
    vg__buf_init(&out, &arena->allocator, SIZE_MAX / 2);
    put_bounds(&out, dims);
    vg__buf_text(&out, a->len ? "" : "{}");
    for (size_t i = 0; i < a->len; i++) {
        bool null = a->nulls && a->nulls[i];
        if (i)
            vg__buf_char(&out, delimiter);
        for (int n = braces(dims, i); n--;)
            vg__buf_char(&out, '{');
        if (null || !a->data[i])
            vg__buf_text(&out, "NULL");
        else
            put_element(&out, a->data[i], delimiter);
        for (int n = braces(dims, i + 1); n--;)
            vg__buf_char(&out, '}');
    }
    char *text = out.failed ? NULL : vg_arena_alloc(arena, out.len + 1);
    if (text)
        memcpy(text, out.text, out.len + 1);
    vg__buf_free(&out);
    return text;
}

const char *vg_array_format(vg_arena *arena, const vg_text_array *array)
{
    return vg__array_format(arena, array, ',');
}
