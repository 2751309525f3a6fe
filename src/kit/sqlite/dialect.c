/* SQLite's dialect of the kit. */
#include "kit/dialect.h"
#include "kit/format.h"
#include "kit/sqlite/introspect.h"
#include "kit/sqlite/same.h"
#include "kit/sqlite/sqlite.h"

static bool same(const char *a, const char *b, const char *table, vgk_piece piece)
{
    static const unsigned how[] = {
        [VGK_PIECE_EXPRESSION] = VGK_SAME_PARENS,
        [VGK_PIECE_DEFAULT] = VGK_SAME_PARENS | VGK_SAME_NUMBERS,
        [VGK_PIECE_TERM] = VGK_SAME_ASC,
        [VGK_PIECE_TYPE] = 0,
        [VGK_PIECE_TRIGGER] = 0,
        [VGK_PIECE_VIRTUAL] = VGK_SAME_STRINGS,
    };
    return vgk_sqlite_same(a, b, table, how[piece]);
}

static int version(vg_kit *kit, vg_db *db, int64_t *out)
{
    return vgk_catalog_number(kit, db, "pragma main.schema_version", out);
}

static const char *empty(vg_kit *kit, const vgk_table *table)
{
    return vgk_sql(kit, "DELETE FROM %b;", table->name);
}

const vgk_dialect vgk_dialect_sqlite = {
    .name = "sqlite",
    .snapshot_version = "6",
    .format = &vgk_sqlite_format,
    .sql = &vg_dialect_sqlite,
    .scratch = ":memory:",
    .notes_renames = true,
    .describe = vgk_sqlite_describe,
    .column = vgk_sqlite_column,
    .statements = vgk_sqlite_statements,
    .empty = empty,
    .introspect = vgk_sqlite_introspect,
    .version = version,
    .count = vgk_catalog_number,
    .same = same,
    .trigger = vgk_read_create_trigger,
    .full_text = vgk_sqlite_full_text,
    .field = vgk_sqlite_field,
    .converts = vgk_sqlite_converts,
};
