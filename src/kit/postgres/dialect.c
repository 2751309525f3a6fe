/* PostgreSQL's dialect of the kit. */
#include "kit/dialect.h"
#include "core/dialect.h"
#include "kit/format.h"
#include "kit/postgres/database.h"
#include "kit/postgres/lint.h"
#include "kit/postgres/field.h"
#include "kit/postgres/hide.h"
#include "kit/postgres/introspect.h"
#include "kit/postgres/postgres.h"
#include "kit/postgres/same.h"
#include "kit/postgres/tell.h"

static const char *empty(vg_kit *kit, const vgk_table *table)
{
    return vgk_print(kit, "truncate table %s cascade;",
                     vgk_postgres_table_name(kit, table));
}

const vgk_dialect vgk_dialect_postgres = {
    .name = "postgresql",
    .snapshot_version = "7",
    .format = &vgk_postgres_format,
    .sql = &vg_dialect_postgres,
    .schemas = true,
    .key_names = true,
    .bare_sql = true,
    .name_limit = 63,
    .describe = vgk_postgres_describe,
    .column = vgk_postgres_column,
    .statements = vgk_postgres_statements,
    .converts = vgk_postgres_converts,
#ifdef VIRGA_PG_QUERY
    .lint = vgk_postgres_lint,
#endif
    .empty = empty,
    .introspect = vgk_pg_introspect,
    .tell = vgk_pg_tell,
    .hide = vgk_pg_hide,
    .hide_shared = vgk_pg_hide_shared,
    .version = vgk_pg_version,
    .count = vgk_pg_count,
    .same = vgk_pg_same,
    .field = vgk_pg_field,
    .make_scratch = vgk_pg_make_scratch,
};
