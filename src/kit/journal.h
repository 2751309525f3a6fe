/* meta/_journal.json: which migrations there are, in their order. */
#pragma once
#include "kit/kit.h"

typedef struct vgk_entry {
    int64_t idx;         /* counts up; gaps are fine */
    const char *version; /* of the snapshot's format when it was made: "6" */
    int64_t when;        /* milliseconds since 1970; decides what runs */
    const char *tag;     /* the file's name without ".sql" */
    bool breakpoints;
} vgk_entry;

typedef struct vgk_journal {
    const char *version; /* "7"; "5" and "6" of old folders, which they keep */
    const char *dialect; /* as it stands there: "sqlite", "postgresql", "pg", ... */
    vgk_entry *data;     /* VGK_ADD works */
    size_t len;
} vgk_journal;

/* The journal that `text` is; `path` is for messages. Keys may come in any order, those that
 * are unknown are ignored. VG_INVALID, with path and line: not JSON, a member missing or of a
 * wrong kind, a number no clock or counter gives, a tag that is no plain file name, a tag that
 * comes twice. Equal idx and a `when` that does not grow are left to the caller. */
int vgk_journal_read(vg_kit *kit, const char *text, size_t len, const char *path,
                     vgk_journal *out);

/* Its text, as drizzle-kit writes it. */
const char *vgk_journal_write(vg_kit *kit, const vgk_journal *journal, size_t *len);

/* A journal without entries, of the kit's dialect. */
vgk_journal vgk_journal_new(const vg_kit *kit);

/* VG_INVALID if `journal`, read from `path`, is not of the kit's dialect. */
int vgk_journal_suits(vg_kit *kit, const vgk_journal *journal, const char *path);

/* Whether `tag` can name a migration: a plain file name, and not too long for one. */
bool vgk_tag_is_sound(const char *tag);

/* The index of `tag` among the entries; journal->len: there is none. */
size_t vgk_journal_find(const vgk_journal *journal, const char *tag);
