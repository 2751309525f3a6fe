/* SQLite's dialect of the kit. */
#include "kit/dialect.h"
#include "kit/sqlite/sqlite.h"

static int no_introspect(vg_kit *kit, vg_db *db, vgk_snapshot *out)
{
    (void)db;
    (void)out;
    return vgk_fail(kit, VG_UNSUPPORTED, "not yet");
}

const vgk_dialect vgk_dialect_sqlite = {
    .name = "sqlite",
    .snapshot_version = "6",
    .sql = &vg_dialect_sqlite,
    .scratch = ":memory:",
    .statements = vgk_sqlite_statements,
    .introspect = no_introspect,
};
