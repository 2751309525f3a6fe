/* How the databases differ: emptying tables, and keys that go on counting. */
#include "seed/seed.h"

void vgs_name_table(vg_buf *sql, const vg_shape *table)
{
    if (table->database) {
        vg__buf_name(sql, '"', table->database);
        vg__buf_char(sql, '.');
    }
    vg__buf_name(sql, '"', vg_table_name(table));
}

/* ---- SQLite ---- */

static bool counts(const vg_shape *shape)
{
    for (uint32_t i = 0; i < shape->column_count; i++)
        if (shape->columns[i].flags & VG_F_AUTOINCREMENT)
            return true;
    return false;
}

/* The last declared first: children mostly stand behind their parents. */
static void sqlite_empty(vg_buf *sql, const vgs_plan *plan)
{
    for (size_t i = plan->count; i-- > 0;) {
        const vg_shape *shape = plan->tables[i].shape;
        if (plan->tables[i].passed)
            continue;
        vg__buf_text(sql, "delete from ");
        vgs_name_table(sql, shape);
        vg__buf_text(sql, ";\n");
        if (!counts(shape))
            continue;
        vg__buf_text(sql, "delete from ");
        vg__buf_name(sql, '"', shape->database ? shape->database : "main");
        vg__buf_text(sql, ".sqlite_sequence where name = ");
        vg__buf_literal(sql, vg_table_name(shape), strlen(vg_table_name(shape)));
        vg__buf_text(sql, ";\n");
    }
}

const vgs_dialect vgs_sqlite = {
    .name = "sqlite", .defers_all = true, .empty = sqlite_empty};

/* ---- PostgreSQL ---- */

/* CASCADE would empty tables that are to be left as they are. */
static void postgres_empty(vg_buf *sql, const vgs_plan *plan)
{
    bool any = false, passed = false;
    for (size_t i = 0; i < plan->count; i++) {
        passed = passed || plan->tables[i].passed;
        if (plan->tables[i].passed)
            continue;
        vg__buf_text(sql, any ? ", " : "truncate ");
        vgs_name_table(sql, plan->tables[i].shape);
        any = true;
    }
    if (any)
        vg__buf_text(sql, passed ? " restart identity" : " restart identity cascade");
}

/* The next key that the database gives is behind ours. */
static void postgres_after(vg_buf *sql, const vgs_table *table)
{
    for (uint32_t i = 0; i < table->shape->column_count; i++) {
        const vg_column *c = table->columns[i].c;
        bool key = (c->flags & VG_F_PRIMARY_KEY) && c->type == VG_TYPE_INTEGER;
        if (table->columns[i].role != VGS_MADE || (!key && !(c->flags & VG_F_FILLED)))
            continue;
        vg_buf name;
        vg__buf_init(&name, &sql->allocator, VG_MAX_SQL);
        vgs_name_table(&name, table->shape);
        sql->failed = sql->failed || name.failed;
        if (!sql->failed) {
            vg__buf_text(sql, "select setval(pg_get_serial_sequence(");
            vg__buf_literal(sql, name.text, name.len);
            vg__buf_text(sql, ", ");
            vg__buf_literal(sql, vg_column_name(c), strlen(vg_column_name(c)));
            vg__buf_text(sql, "), max(");
            vg__buf_name(sql, '"', vg_column_name(c));
            vg__buf_text(sql, ")) from ");
            vg__buf_text(sql, name.text);
            vg__buf_text(sql, ";\n");
        }
        vg__buf_free(&name);
    }
}

const vgs_dialect vgs_postgres = {
    .name = "postgresql", .empty = postgres_empty, .after = postgres_after};
