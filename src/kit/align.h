/* Two snapshots that say the same in other words, made to say it in the same words. */
#pragma once
#include "kit/diff.h"

/* Where `from` says what `to` says but for spelling (blanks, quotes, the case of keywords,
 * parentheses around a default), let it say it as `to` does, so that the diff sees what
 * differs and nothing else. Objects are found by name, or by `renames`.
 *
 * `live`: `from` is a database, which does not know the names of foreign keys, keys and
 * CHECKs or has them as it pleases, so that these are found by what they say; and a UNIQUE
 * constraint of it is the unique index over the same columns. */
void vgk_align(vg_kit *kit, vgk_snapshot *from, const vgk_snapshot *to,
               const vgk_renames *renames, bool live);
