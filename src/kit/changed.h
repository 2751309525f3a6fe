/* What tools do to the folder, and keep a list of. */
#pragma once
#include "kit/folder.h"

typedef struct vgk_changed {
    const char *tag;
    vgk_texts written, removed, notes;
} vgk_changed;

vg_kit_changed vgk_changed_public(const vgk_changed *changed);

void vgk_changed_note(vg_kit *kit, vgk_changed *changed, const char *format, ...)
    VG_PRINTF(3, 4);

/* Write or remove the file `name` below the folder, if it is there. */
int vgk_put_file(vg_kit *kit, vgk_changed *changed, const char *name, const char *text,
                 size_t len);
int vgk_take_file(vg_kit *kit, vgk_changed *changed, const char *name);

/* Remove the files of `tag`, but those that a migration of `journal` has, too. */
int vgk_remove_migration(vg_kit *kit, vgk_changed *changed, const vgk_journal *journal,
                         const char *tag);
