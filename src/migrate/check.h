/* Foreign keys, looked at before a run commits. */
#pragma once
#include "core/migrator.h"

/* Whether rows refer to nothing that did not `before` the run. VG_OK or, after vg__fail,
 * VG_FOREIGN_KEY with the first that is new. */
VG_API int vg__check_orphans(vg_db *db, vg_arena *arena, const vg_orphans_list *before);
