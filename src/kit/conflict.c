/* Files with git's marks in them, and snapshots of two branches made one. */
#include "kit/conflict.h"
#include "kit/json.h"
#include "kit/record.h"
#include <string.h>

/* ---- git's marks ---- */

enum { MARK = 7 };

/* '<', '|', '=' or '>' if the line is a mark; else 0. */
static char mark_of(const char *at, const char *end)
{
    if (end - at < MARK || !strchr("<|=>", *at))
        return 0;
    for (int i = 1; i < MARK; i++)
        if (at[i] != *at)
            return 0;
    bool bare = end - at == MARK || at[MARK] == '\n' || at[MARK] == '\r';
    return bare ? (*at == '=' ? '=' : 0) : at[MARK] == ' ' && *at != '=' ? *at : 0;
}

static const char *line_end(const char *at, const char *end)
{
    const char *newline = memchr(at, '\n', (size_t)(end - at));
    return newline ? newline + 1 : end;
}

size_t vgk_conflict_line(const char *text, size_t len)
{
    const char *end = text + len;
    size_t line = 1;
    for (const char *at = text; at < end; at = line_end(at, end), line++)
        if (mark_of(at, end) == '<')
            return line;
    return 0;
}

const char *vgk_side_of(vg_kit *kit, const char *text, size_t len, vgk_side side,
                        size_t *out)
{
    const char *end = text + len, *next;
    vg_buf *buf = vgk_buf(kit);
    char part = 0; /* the mark that began it */
    for (const char *at = text; at < end; at = next) {
        next = line_end(at, end);
        char mark = mark_of(at, next);
        if (mark && (part || mark == '<'))
            part = mark == '>' ? 0 : mark;
        else if (!part || part == (side == VGK_OURS ? '<' : '='))
            vg__buf_bytes(buf, at, (size_t)(next - at));
    }
    return vgk_buf_text(kit, buf, out);
}

/* ---- documents ---- */

static void free_json(void *json)
{
    json_decref(json);
}

static json_t *owned(vg_kit *kit, json_t *json)
{
    if (!json)
        vgk_no_memory(kit);
    vgk_own(kit, json, free_json);
    return json;
}

/* The JSON of `snapshot`, as this version writes it. */
static int fill(vg_kit *kit, vgk_document *d, const char *path)
{
    size_t len;
    const char *text = vgk_snapshot_write(kit, &d->snapshot, &len);
    d->json = vgk_json_read(kit, text, len, path);
    text = vgk_companion_write(kit, &d->snapshot, &len);
    d->more = text ? vgk_json_read(kit, text, len, path) : owned(kit, json_object());
    return d->json && d->more ? VG_OK : kit->code;
}

int vgk_document_read(vg_kit *kit, const vgk_file *file, const vgk_file *more,
                      vgk_document *out)
{
    int rc =
        vgk_snapshot_read(kit, file->text, file->len, file->path, &out->snapshot, NULL);
    if (rc == VG_OK && more->text)
        rc = vgk_companion_read(kit, more->text, more->len, more->path, &out->snapshot);
    return rc == VG_OK ? fill(kit, out, file->path) : rc;
}

void vgk_document_empty(vg_kit *kit, vgk_document *out)
{
    out->snapshot = (vgk_snapshot){.id = vgk_first_id, .prev_id = ""};
    fill(kit, out, "");
}

/* ---- merging ---- */

typedef struct merging {
    vg_kit *kit;
    vgk_texts *conflicts;
} merging;

static bool alike(const json_t *a, const json_t *b)
{
    return a == b || (a && b && json_equal(a, b));
}

static json_t *merge(merging *m, json_t *before, json_t *after, json_t *onto,
                     const char *path);

static void merge_key(merging *m, json_t *into, json_t *before, json_t *after,
                      json_t *onto, const char *path, const char *key)
{
    const char *where = *path ? vgk_print(m->kit, "%s.%s", path, key) : key;
    json_t *value = merge(m, json_object_get(before, key), json_object_get(after, key),
                          json_object_get(onto, key), where);
    if (value && json_object_set(into, key, value))
        vgk_no_memory(m->kit);
}

/* NULL: it is gone. */
static json_t *merge(merging *m, json_t *before, json_t *after, json_t *onto,
                     const char *path)
{
    if (alike(after, before) || alike(after, onto))
        return onto;
    if (alike(onto, before))
        return after;
    if (!json_is_object(before) || !json_is_object(after) || !json_is_object(onto)) {
        *VGK_ADD(m->kit, m->conflicts) = path;
        return onto;
    }
    json_t *out = owned(m->kit, json_object());
    for (void *it = json_object_iter(onto); it; it = json_object_iter_next(onto, it))
        merge_key(m, out, before, after, onto, path, json_object_iter_key(it));
    for (void *it = json_object_iter(after); it; it = json_object_iter_next(after, it))
        if (!json_object_get(onto, json_object_iter_key(it)))
            merge_key(m, out, before, after, onto, path, json_object_iter_key(it));
    /* Gone from `onto`, changed in `after`: said by merge_key. */
    return out;
}

int vgk_document_merge(vg_kit *kit, const vgk_document *before,
                       const vgk_document *after, const vgk_document *onto,
                       vgk_document *out, vgk_texts *conflicts)
{
    static const char *const merged[] = {"tables", "views", "enums", "internal"};
    merging m = {kit, conflicts};
    json_t *json = owned(kit, json_copy(after->json));
    for (size_t i = 0; i < sizeof merged / sizeof *merged; i++)
        merge_key(&m, json, before->json, after->json, onto->json, "", merged[i]);
    json_t *more = merge(&m, before->more, after->more, onto->more, "");
    if (conflicts->len)
        return VG_OK;
    vgk_file files[2] = {{.path = "merged"}, {.path = "merged"}};
    files[0].text = vgk_json_write(kit, json, &files[0].len);
    files[1].text = vgk_json_write(kit, more, &files[1].len);
    int rc = vgk_document_read(kit, &files[0], &files[1], out);
    out->snapshot.id = vgk_new_id(kit);
    out->snapshot.prev_id = onto->snapshot.id;
    return rc;
}
