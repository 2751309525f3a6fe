/* Snapshots whose tables have been seen before: a folder of hundreds has mostly the same ones. */
#include "kit/known.h"
#include "kit/json.h"
#include <string.h>

static const char *skip_space(const char *at, const char *end)
{
    while (at < end && (*at == ' ' || *at == '\n' || *at == '\r' || *at == '\t'))
        at++;
    return at;
}

/* Behind `c`, which comes next; NULL: something else does. */
static const char *after(const char *at, const char *end, char c)
{
    at = at ? skip_space(at, end) : end;
    return at < end && *at == c ? at + 1 : NULL;
}

/* The member that begins at `at`: its value in *value; behind the colon. NULL: malformed. */
static const char *key_at(const char *at, const char *end, vgk_span *key)
{
    const char *begin = after(at, end, '"');
    if (!begin)
        return NULL;
    const char *close = vgk_json_skip(begin - 1, end);
    *key = (vgk_span){begin, (size_t)(close - 1 - begin)};
    const char *colon = after(close, end, ':');
    return colon ? skip_space(colon, end) : NULL;
}

static bool same(const vgk_span *span, const char *text, size_t len)
{
    return span->len == len && memcmp(span->text, text, len) == 0;
}

/* The known table of that name, which is mostly the one after the last that was asked for. */
static const vgk_known_table *known_table(const vgk_known *known, size_t *next,
                                          const vgk_span *key)
{
    for (size_t i = 0; i < known->len; i++) {
        const vgk_known_table *t = &known->data[(*next + i) % known->len];
        if (!same(&t->key, key->text, key->len))
            continue;
        *next = (size_t)(t - known->data) + 1;
        return t;
    }
    return NULL;
}

/* The members of "tables", those that are not known into `out`; behind its brace, or NULL. */
static const char *read_tables(vg_kit *kit, const vgk_known *known, const char *at,
                               const char *end, vgk_known *tables, vg_buf *out)
{
    size_t next = 0, added = 0;
    at = after(at, end, '{');
    if (after(at, end, '}'))
        return after(at, end, '}');
    while (at) {
        vgk_span key;
        const char *member = skip_space(at, end), *value = key_at(at, end, &key),
                   *behind;
        if (!value)
            return NULL;
        const vgk_known_table *t = known_table(known, &next, &key);
        if (t && t->value.len <= (size_t)(end - value) &&
            same(&t->value, value, t->value.len)) {
            behind = value + t->value.len;
        } else {
            behind = vgk_json_skip(value, end);
            vg__buf_text(out, added++ ? "," : "");
            vg__buf_bytes(out, member, (size_t)(behind - member));
        }
        *VGK_ADD(kit, tables) =
            (vgk_known_table){key, {value, (size_t)(behind - value)}};
        if (after(behind, end, '}'))
            return after(behind, end, '}');
        at = after(behind, end, ',');
    }
    return NULL;
}

const char *vgk_known_reduce(vg_kit *kit, const vgk_known *known, const char *text,
                             size_t len, vgk_known *tables, size_t *out_len)
{
    const char *end = text + len, *at = after(text, end, '{');
    *tables = (vgk_known){0};
    while (at) {
        vgk_span key;
        const char *value = key_at(at, end, &key);
        if (!value)
            return NULL;
        if (same(&key, "tables", strlen("tables"))) {
            vg_buf *out = vgk_buf(kit);
            vg__buf_bytes(out, text, (size_t)(value - text));
            vg__buf_char(out, '{');
            const char *rest = read_tables(kit, known, value, end, tables, out);
            vg__buf_char(out, '}');
            if (rest)
                vg__buf_bytes(out, rest, (size_t)(end - rest));
            const char *reduced = vgk_buf_text(kit, out, out_len);
            return rest ? reduced : NULL;
        }
        at = after(vgk_json_skip(value, end), end, ',');
    }
    return NULL;
}
