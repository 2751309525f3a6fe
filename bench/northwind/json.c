/* Rows to JSON: columns by their class, then the relations that are loaded. */
#include "routes.h"

#include <math.h>
#include <stdio.h>
#include <string.h>

struct text {
    vg_arena *arena;
    char *data;
    size_t len, room;
    bool failed;
};

static void put_bytes(struct text *t, const char *bytes, size_t len)
{
    if (t->len + len + 1 > t->room) {
        size_t room = 2 * (t->len + len) + 4096;
        char *data = vg_arena_alloc(t->arena, room);
        if (!data) {
            t->failed = true;
            return;
        }
        memcpy(data, t->data ? t->data : "", t->len);
        t->data = data;
        t->room = room;
    }
    memcpy(t->data + t->len, bytes, len);
    t->len += len;
    t->data[t->len] = 0;
}

static void put(struct text *t, const char *text)
{
    put_bytes(t, text, strlen(text));
}

static void put_quoted(struct text *t, const char *s)
{
    put(t, "\"");
    for (size_t n; *s; s += n) {
        n = strcspn(s, "\"\\");
        put_bytes(t, s, n);
        if (s[n]) {
            char escaped[3] = {'\\', s[n++], 0};
            put(t, escaped);
        }
    }
    put(t, "\"");
}

static void put_int(struct text *t, int64_t n)
{
    char digits[24];
    char *at = digits + sizeof digits;
    uint64_t left = n < 0 ? 0 - (uint64_t)n : (uint64_t)n;
    do {
        *--at = (char)('0' + left % 10);
    } while (left /= 10);
    if (n < 0)
        *--at = '-';
    put_bytes(t, at, (size_t)(digits + sizeof digits - at));
}

static void put_real(struct text *t, double d)
{
    char digits[40];
    double cents = round(d * 100);
    if (fabs(cents) < 1e15 && cents / 100 == d) {
        int64_t n = (int64_t)fabs(cents);
        if (d < 0)
            put(t, "-");
        put_int(t, n / 100);
        snprintf(digits, sizeof digits, ".%02d", (int)(n % 100));
    } else {
        snprintf(digits, sizeof digits, "%.17g", d);
    }
    put(t, digits);
}

static void put_value(struct text *t, const vg_column *c, const char *p)
{
    unsigned kind = c->sql_class & VG_K_CLASS;
    if (kind == VG_K_int && c->nullable) {
        const vg_opt_int *v = (const void *)p;
        v->has ? put_int(t, v->v) : put(t, "null");
    } else if (kind == VG_K_int) {
        put_int(t, *(const int64_t *)(const void *)p);
    } else if (kind == VG_K_real && c->nullable) {
        const vg_opt_real *v = (const void *)p;
        v->has ? put_real(t, v->v) : put(t, "null");
    } else if (kind == VG_K_real) {
        put_real(t, *(const double *)(const void *)p);
    } else {
        const char *s = *(const char *const *)(const void *)p;
        s ? put_quoted(t, s) : put(t, "null");
    }
}

static void put_rows(struct text *t, const vg_shape *shape, const void *rows,
                     size_t len);
static void put_row(struct text *t, const vg_shape *shape, const char *row)
{
    if (!row) {
        put(t, "null");
        return;
    }
    for (uint32_t i = 0; i < shape->column_count; i++) {
        put(t, i ? "," : "{");
        put_quoted(t, shape->columns[i].name);
        put(t, ":");
        put_value(t, &shape->columns[i], row + shape->columns[i].offset);
    }
    const vg_relation *r = shape->relations;
    for (; r && r->kind != VG_RELATION_END; r++) {
        uint64_t loaded = *(const uint64_t *)(const void *)(row + shape->loaded_offset);
        if (!(loaded >> r->bit & 1))
            continue;
        const void *const *member = (const void *)(row + r->offset);
        put(t, ",");
        put_quoted(t, r->name);
        put(t, ":");
        if (r->kind == VG_RELATION_ONE)
            put_row(t, r->target, member[0]);
        else
            put_rows(t, r->target, member[0], (size_t)member[1]);
    }
    put(t, "}");
}

static void put_rows(struct text *t, const vg_shape *shape, const void *rows,
                     size_t len)
{
    put(t, "[");
    for (size_t i = 0; i < len; i++) {
        put(t, i ? "," : "");
        put_row(t, shape, (const char *)rows + i * shape->row_size);
    }
    put(t, "]");
}

const char *answer_json(const struct answer *answer, vg_arena *arena, size_t *len)
{
    struct text t = {.arena = arena};
    if (answer->single)
        put_row(&t, answer->shape, answer->len ? answer->rows : NULL);
    else
        put_rows(&t, answer->shape, answer->rows, answer->len);
    *len = t.len;
    return t.failed ? NULL : t.data;
}
