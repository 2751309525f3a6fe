/* PostgreSQL's dialect of the kit. */
#include "core/dialect.h"
#include "kit/dialect.h"
#include "kit/format.h"
#include "kit/postgres/lint.h"
#include "kit/postgres/postgres.h"

const vgk_dialect vgk_dialect_postgres = {
    .name = "postgresql",
    .snapshot_version = "7",
    .format = &vgk_postgres_format,
    .sql = &vg_dialect_postgres,
    .schemas = true,
    .key_names = true,
    .describe = vgk_postgres_describe,
    .column = vgk_postgres_column,
    .statements = vgk_postgres_statements,
    .converts = vgk_postgres_converts,
#ifdef VIRGA_PG_QUERY
    .lint = vgk_postgres_lint,
#endif
};
