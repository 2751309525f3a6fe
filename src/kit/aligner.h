/* What the files of the aligner share. */
#pragma once
#include "kit/align.h"
#include "kit/dialect.h"

typedef struct vgk_aligner {
    vg_kit *kit;
    const vgk_snapshot *to;
    const vgk_snapshot
        *told; /* `to` as the database tells it; NULL: it was not asked */
    const vgk_renames *renames;
    bool live;
    const char *table; /* the one that is looked at, by the new name */
} vgk_aligner;

/* Whether `x` says what `y` says; `told`: y as the database tells it, if `has_told`. */
typedef struct vgk_told {
    bool has;
    const char *text;
} vgk_told;
bool vgk_says(const vgk_aligner *a, const char *x, const char *y, vgk_told told,
              vgk_piece piece);

/* What `name` is called in `to`. */
const char *vgk_renamed(const vgk_aligner *a, vgk_kind kind, const char *name);
bool vgk_same_names(const vgk_texts *x, const vgk_texts *y);
bool vgk_same_or_null(const char *x, const char *y);

/* Indexes, keys, conditions and policies of a table; `told` may be NULL (align_table.c). */
void vgk_align_parts(const vgk_aligner *a, vgk_table *from, const vgk_table *to,
                     const vgk_table *told);
void vgk_align_policies(const vgk_aligner *a, vgk_policies *from,
                        const vgk_policies *to, const vgk_policies *told);
/* A database cuts names to `limit` bytes: say those of `from` as `to` does. */
void vgk_align_names(vgk_snapshot *from, const vgk_snapshot *to, size_t limit);
