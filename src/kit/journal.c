/* The journal, read with distrust and written as drizzle-kit writes it. */
#include "kit/journal.h"
#include "kit/dialect.h"
#include "kit/json.h"
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#define IDX_MAX  INT32_MAX
#define WHEN_MAX INT64_C(8640000000000000) /* the last Date of JavaScript */

enum { TAG_MAX = 240, ENTRIES_MAX = 100000 };

/* What is read, for messages that say where. */
typedef struct source {
    const char *text;
    size_t len;
    const char *path;
} source;

/* `what` is wrong with the member `key` of entry `i`; key NULL: with the entry itself. */
static int wrong_entry(vg_kit *kit, const source *s, size_t i, const char *key,
                       const char *what)
{
    char index[24];
    snprintf(index, sizeof index, "%zu", i);
    const char *const steps[] = {"entries", index, key};
    return vgk_fail(kit, VG_INVALID, "%s:%zu: entry %zu: %s %s", s->path,
                    vgk_json_line(s->text, s->len, steps, key ? 3 : 2), i,
                    key ? key : "it", what);
}

static int wrong(vg_kit *kit, const source *s, const char *key, const char *what)
{
    return vgk_fail(kit, VG_INVALID, "%s:%zu: %s", s->path,
                    vgk_json_line(s->text, s->len, &key, 1), what);
}

/* The length of the UTF-8 character that begins at `at`, which ends in NUL; 0: it is none. */
static size_t character(const unsigned char *at)
{
    static const struct {
        unsigned char first, last, low, high; /* of the first byte, and of the second */
        size_t len;
    } kinds[] = {
        {0x01, 0x7f, 0, 0, 1},       {0xc2, 0xdf, 0x80, 0xbf, 2},
        {0xe0, 0xe0, 0xa0, 0xbf, 3}, {0xe1, 0xec, 0x80, 0xbf, 3},
        {0xed, 0xed, 0x80, 0x9f, 3}, {0xee, 0xef, 0x80, 0xbf, 3},
        {0xf0, 0xf0, 0x90, 0xbf, 4}, {0xf1, 0xf3, 0x80, 0xbf, 4},
        {0xf4, 0xf4, 0x80, 0x8f, 4},
    };
    for (size_t k = 0; k < sizeof kinds / sizeof *kinds; k++) {
        if (*at < kinds[k].first || *at > kinds[k].last)
            continue;
        if (kinds[k].len > 1 && (at[1] < kinds[k].low || at[1] > kinds[k].high))
            return 0;
        for (size_t i = 2; i < kinds[k].len; i++)
            if ((at[i] & 0xc0) != 0x80)
                return 0;
        return kinds[k].len;
    }
    return 0;
}

bool vgk_tag_is_sound(const char *tag)
{
    if (!*tag || *tag == '.' || strlen(tag) > TAG_MAX)
        return false;
    const unsigned char *at = (const unsigned char *)tag;
    while (*at) {
        size_t len = character(at);
        if (len == 0 || *at < ' ' || *at == 0x7f || *at == '/' || *at == '\\')
            return false;
        at += len;
    }
    return true;
}

/* A whole number from 0 to `max`, written as JavaScript may write it. */
static bool whole(const json_t *json, int64_t max, int64_t *out)
{
    if (json_is_integer(json))
        *out = json_integer_value(json);
    else if (json_is_real(json) && fabs(json_real_value(json)) <= (double)max &&
             json_real_value(json) == floor(json_real_value(json)))
        *out = (int64_t)json_real_value(json);
    else
        return false;
    return *out >= 0 && *out <= max;
}

static int read_entry(vg_kit *kit, const source *s, size_t i, const json_t *json,
                      vgk_entry *out)
{
    if (!json_is_object(json))
        return wrong_entry(kit, s, i, NULL, "is no object");
    if (!whole(json_object_get(json, "idx"), IDX_MAX, &out->idx))
        return wrong_entry(kit, s, i, "idx", "is no whole number from 0 to 2147483647");
    if (!whole(json_object_get(json, "when"), WHEN_MAX, &out->when))
        return wrong_entry(kit, s, i, "when", "is no time in milliseconds since 1970");
    const json_t *version = json_object_get(json, "version"),
                 *tag = json_object_get(json, "tag"),
                 *breakpoints = json_object_get(json, "breakpoints");
    if (version && !json_is_string(version))
        return wrong_entry(kit, s, i, "version", "is no text");
    if (!json_is_string(tag))
        return wrong_entry(kit, s, i, "tag", "is no text");
    if (!vgk_tag_is_sound(json_string_value(tag)))
        return wrong_entry(
            kit, s, i, "tag",
            "is no plain file name: it must have 1 to 240 bytes, no "
            "slashes, no control characters and no dot at its beginning");
    if (breakpoints && !json_is_boolean(breakpoints))
        return wrong_entry(kit, s, i, "breakpoints", "is neither true nor false");
    out->version = version ? vgk_text(kit, json_string_value(version))
                           : kit->dialect->snapshot_version;
    out->tag = vgk_text(kit, json_string_value(tag));
    out->breakpoints = !breakpoints || json_is_true(breakpoints);
    return VG_OK;
}

static int by_tag(const void *a, const void *b)
{
    const vgk_entry *x = *(const vgk_entry *const *)a,
                    *y = *(const vgk_entry *const *)b;
    int order = strcmp(x->tag, y->tag);
    return order ? order : (x > y) - (x < y);
}

static int refuse_twins(vg_kit *kit, const source *s, const vgk_journal *journal)
{
    const vgk_entry **sorted = vgk_alloc(kit, journal->len * sizeof *sorted);
    for (size_t i = 0; i < journal->len; i++)
        sorted[i] = &journal->data[i];
    qsort(sorted, journal->len, sizeof *sorted, by_tag);
    for (size_t i = 1; i < journal->len; i++) {
        if (strcmp(sorted[i - 1]->tag, sorted[i]->tag) != 0)
            continue;
        const char *what =
            vgk_print(kit, "is \"%s\", as is that of entry %zu; one of them must go",
                      sorted[i]->tag, (size_t)(sorted[i - 1] - journal->data));
        return wrong_entry(kit, s, (size_t)(sorted[i] - journal->data), "tag", what);
    }
    return VG_OK;
}

static bool is_version(const json_t *json)
{
    const char *text = json_string_value(json);
    return text && (text[0] == '5' || text[0] == '6' || text[0] == '7') && !text[1];
}

int vgk_journal_read(vg_kit *kit, const char *text, size_t len, const char *path,
                     vgk_journal *out)
{
    source s = {text, len, path};
    json_t *json = vgk_json_read(kit, text, len, path);
    if (!json)
        return kit->code;
    const json_t *version = json_object_get(json, "version"),
                 *dialect = json_object_get(json, "dialect"),
                 *entries = json_object_get(json, "entries");
    if (!json_is_object(json))
        return wrong(kit, &s, "", "a journal is an object");
    if (!is_version(version))
        return wrong(
            kit, &s, "version",
            "version must be \"5\", \"6\" or \"7\"; another is of a tool that is "
            "older or newer than what this one knows");
    if (!json_is_string(dialect))
        return wrong(kit, &s, "dialect", "dialect must be a text, such as \"sqlite\"");
    if (!json_is_array(entries) || json_array_size(entries) > ENTRIES_MAX)
        return wrong(kit, &s, "entries", "entries must be a list, of at most 100000");
    *out = (vgk_journal){.version = vgk_text(kit, json_string_value(version)),
                         .dialect = vgk_text(kit, json_string_value(dialect))};
    for (size_t i = 0; i < json_array_size(entries); i++)
        if (read_entry(kit, &s, i, json_array_get(entries, i), VGK_ADD(kit, out)))
            return kit->code;
    int code = refuse_twins(kit, &s, out);
    vgk_release(kit, json);
    return code;
}

/* ---- writing ---- */

/* `value` is given away; without memory the call ends. */
static void put(vg_kit *kit, json_t *object, const char *key, json_t *value)
{
    if (json_object_set_new(object, key, value))
        vgk_no_memory(kit);
}

static json_t *text(vg_kit *kit, const char *value)
{
    json_t *json = json_string(value);
    if (!json)
        vgk_no_memory(kit);
    return json;
}

static void free_json(void *json)
{
    json_decref(json);
}

const char *vgk_journal_write(vg_kit *kit, const vgk_journal *journal, size_t *len)
{
    json_t *json = json_object(), *entries = json_array();
    vgk_own(kit, json, free_json);
    put(kit, json, "version", text(kit, journal->version));
    put(kit, json, "dialect", text(kit, journal->dialect));
    put(kit, json, "entries", entries);
    for (size_t i = 0; i < journal->len; i++) {
        const vgk_entry *e = &journal->data[i];
        json_t *entry = json_object();
        if (json_array_append_new(entries, entry))
            vgk_no_memory(kit);
        put(kit, entry, "idx", json_integer(e->idx));
        put(kit, entry, "version", text(kit, e->version));
        put(kit, entry, "when", json_integer(e->when));
        put(kit, entry, "tag", text(kit, e->tag));
        put(kit, entry, "breakpoints", json_boolean(e->breakpoints));
    }
    const char *written = vgk_json_write(kit, json, len);
    vgk_release(kit, json);
    return written;
}

vgk_journal vgk_journal_new(const vg_kit *kit)
{
    return (vgk_journal){.version = "7", .dialect = kit->dialect->name};
}

int vgk_journal_suits(vg_kit *kit, const vgk_journal *journal, const char *path)
{
    const char *dialect =
        strcmp(journal->dialect, "pg") ? journal->dialect : "postgresql";
    if (strcmp(dialect, kit->dialect->name) == 0)
        return VG_OK;
    return vgk_fail(
        kit, VG_INVALID,
        "%s is the journal of a folder for %s, not %s: set another folder, or "
        "another dialect",
        path, dialect, kit->dialect->name);
}

size_t vgk_journal_find(const vgk_journal *journal, const char *tag)
{
    size_t i = 0;
    while (i < journal->len && strcmp(journal->data[i].tag, tag) != 0)
        i++;
    return i;
}
