/* What became of migrations: meta/_NNNN_name_replaces.json beside the one that stands for them. */
#pragma once
#include "kit/applied.h"
#include "kit/changed.h"

/* A migration that another one stands for; itself it may have stood for others. */
typedef struct vgk_replaced {
    vgk_record_of of;
    struct vgk_replaced *data;
    size_t len;
} vgk_replaced;

/* What the migration `of` stands for; none if there is no such file. */
int vgk_replaced_read(vg_kit *kit, const vgk_record_of *of, vgk_replaced *out);
const char *vgk_replaced_write(vg_kit *kit, const vgk_replaced *replaced, size_t *len);

/* How much of what `replaced` stands for the database has, itself not counted: `gone` gets the
 * records of its rows. */
typedef enum vgk_share { VGK_HAS_NONE, VGK_HAS_SOME, VGK_HAS_ALL } vgk_share;
vgk_share vgk_share_of(vg_kit *kit, const vg_applied_list *rows,
                       const vgk_replaced *replaced, vgk_records_of *gone);

/* Remove what a run that was interrupted has left of migrations which others stand for now. */
int vgk_sweep(vg_kit *kit, vgk_changed *changed, const vgk_journal *journal);

/* vg_kit_adopt, for one who has looked. */
int vgk_adopt(vg_kit *kit, vg_db *db, size_t *count);
