/* Migrations tried on an empty database in memory. */
#pragma once
#include "kit/diff.h"
#include "kit/folder.h"

/* An empty database of the kit's dialect, open until the call ends. VG_UNSUPPORTED: the dialect
 * has none. */
int vgk_scratch(vg_kit *kit, vg_db **out);
/* Whether there can be one. */
bool vgk_has_scratch(const vg_kit *kit);

/* Apply `migrations` to it. What is there afterwards in *out, if it is not NULL. An error is
 * that of vg_migrate. */
int vgk_replay(vg_kit *kit, vg_db *db, const vg_migrations *migrations,
               vgk_snapshot *out);

/* What `pull` writes first is all comment, since the database has it already: for an empty one
 * it becomes what its snapshot says. `migrations` are those of `journal`, by vgk_load. */
int vgk_fill_baseline(vg_kit *kit, vg_db *db, const vgk_journal *journal,
                      vg_migrations *migrations);

/* Two scratch databases are compared: what `live` has of others on its server, and `wanted` has
 * not, is taken out. */
void vgk_hide_shared(const vg_kit *kit, vgk_snapshot *live, const vgk_snapshot *wanted);

/* What a database has that was made from `snapshot` alone. */
int vgk_replay_snapshot(vg_kit *kit, const vgk_snapshot *snapshot, vgk_snapshot *out);

/* The statements that lead from one to the other; none: they are alike. */
int vgk_statements_between(vg_kit *kit, const vgk_snapshot *from,
                           const vgk_snapshot *to, const vgk_renames *renames,
                           vgk_statements *out);

/* The renames that a snapshot notes in its _meta. */
vgk_renames vgk_snapshot_renames(vg_kit *kit, const vgk_snapshot *snapshot);

/* The statements that a migration between two snapshots would be generated with; *same: its
 * file, `sql`, is just that, and nobody has written into it. */
int vgk_is_generated(vg_kit *kit, const vgk_snapshot *from, const vgk_snapshot *to,
                     const char *sql, size_t len, vgk_statements *out, bool *same);
