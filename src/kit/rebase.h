/* Two branches that each added migrations: what a rebase works on. */
#pragma once
#include "kit/adopt.h"
#include "kit/conflict.h"

/* A migration that moves. */
typedef struct vgk_moving {
    vgk_entry was, is;
    vgk_file sql, down;
    bool drawn; /* it has a snapshot */
    vgk_document old, new;
    const char *new_sql, *new_down;
    size_t new_len;
} vgk_moving;

typedef struct vgk_moving_list {
    vgk_moving *data;
    size_t len;
} vgk_moving_list;

typedef struct vgk_rebase {
    vg_kit *kit;
    const char *tag;
    bool marked; /* git has left conflicts */
    vgk_side kept_side;
    vgk_journal kept; /* what stays, as it is */
    size_t shared;    /* of its entries: those of before the branches parted */
    vgk_moving_list moving;
    vgk_document base, last; /* where they parted; what the kept ones end in */
    vgk_texts mended;        /* names of files of kept ones with conflicts in them */
    vgk_changed changed;
} vgk_rebase;

/* Read a file below the folder, as `side` has it. */
int vgk_rebase_file(vgk_rebase *r, const char *name, vgk_side side, vgk_file *out);
/* A migration's snapshot; *there: it has one. */
int vgk_rebase_document(vgk_rebase *r, const char *tag, vgk_side side,
                        vgk_document *out, bool *there);

/* Which migrations stay and which move, by the marks that git has left in the journal, or by
 * two snapshots that have one parent. Without either nothing moves. */
int vgk_rebase_split(vgk_rebase *r, const vgk_file *journal);
