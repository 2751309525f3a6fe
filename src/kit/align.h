/* Two snapshots that say the same in other words, made to say it in the same words. */
#pragma once
#include "kit/diff.h"

/* Where `from` says what `to` says but for spelling (blanks, quotes, the case of keywords,
 * parentheses around a default), let it say it as `to` does, so that the diff sees what
 * differs and nothing else. Objects are found by name, or by `renames`.
 *
 * `told` is `to` as the database tells it, or NULL: what it says like `from` is the same, too.
 *
 * `live`: `from` is a database. One that does not know the names of foreign keys, keys and
 * CHECKs has these found by what they say, and a UNIQUE constraint of it is the unique index
 * over the same columns. */
void vgk_align(vg_kit *kit, vgk_snapshot *from, const vgk_snapshot *to,
               const vgk_snapshot *told, const vgk_renames *renames, bool live);

/* The same for a live database, which is asked how it would tell `to` where the spelling
 * alone leaves a difference. */
int vgk_align_live(vg_kit *kit, vg_db *db, vgk_snapshot *live, const vgk_snapshot *to,
                   const vgk_renames *renames);
