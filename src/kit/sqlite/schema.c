/* Descriptors to a snapshot of SQLite. */
#include "kit/schema.h"
#include "core/ddl.h"
#include "kit/dialect.h"
#include "kit/sqlite/sqlite.h"
#include <virga/fts.h>
#include <virga/trigger.h>

static char *name_of(vg_kit *kit, char quote, const char *name)
{
    vg_buf *out = vgk_buf(kit);
    vg__buf_name(out, quote, name);
    return vgk_buf_text(kit, out, NULL);
}

void vgk_sqlite_column(vg_kit *kit, vgk_column *to, const vg_shape *t,
                       const vg_column *c, bool strict)
{
    (void)t;
    vg_buf *type = vgk_buf(kit);
    vg__ddl_type(type, kit->dialect->sql, c, strict);
    *to = (vgk_column){
        .name = vgk_text(kit, vg_column_name(c)),
        .type = vgk_buf_text(kit, type, NULL),
        .primary_key = (c->flags & VG_F_PRIMARY_KEY) != 0,
        .not_null = !c->nullable,
        .autoincrement = (c->flags & VG_F_AUTOINCREMENT) != 0,
        .value = vgk_schema_default(kit, c),
    };
    if (c->generated) {
        to->generated = vgk_alloc(kit, sizeof *to->generated);
        to->generated->as = vgk_print(kit, "(%s)", c->generated);
        to->generated->type = c->flags & VG_F_STORED ? "stored" : "virtual";
    }
}

/* ---- constraints ---- */

static void primary_key(vg_kit *kit, vgk_table *to, const vg_shape *t,
                        const vg_constraint *c)
{
    if (c->column_count == 1) {
        to->columns.data[c->columns[0]].primary_key = true;
        return;
    }
    vgk_key key = {.columns = vgk_column_names(kit, t, c)};
    key.name = vgk_print(kit, "%s_pk", vgk_joined(kit, to->name, &key.columns));
    *VGK_ADD(kit, &to->primary_keys) = key;
}

/* ---- indexes: those of unique columns, then INDEX, then UNIQUE ---- */

static void unique_columns(vg_kit *kit, vgk_table *to, const vg_shape *t)
{
    for (uint32_t i = 0; i < t->column_count; i++) {
        const vg_column *c = &t->columns[i];
        if (!(c->flags & VG_F_UNIQUE))
            continue;
        vgk_index index = {.unique = true};
        index.name = c->unique_name ? vgk_text(kit, c->unique_name)
                                    : vgk_print(kit, "%s_%s_unique", to->name,
                                                c->db_name ? c->db_name : c->name);
        VGK_ADD(kit, &index.columns)->text = vgk_text(kit, vg_column_name(c));
        *VGK_ADD(kit, &to->indexes) = index;
    }
}

/* One that is ordered is an expression to drizzle-kit: "name" desc. */
static vgk_index_column index_term(vg_kit *kit, const vg_shape *t,
                                   const vg_index_term *term)
{
    if (term->sql)
        return (vgk_index_column){.text = vgk_text(kit, term->sql),
                                  .is_expression = true};
    const char *name = vg_column_name(&t->columns[term->column]);
    if (!*term->order)
        return (vgk_index_column){.text = vgk_text(kit, name)};
    return (vgk_index_column){
        .text = vgk_print(kit, "%s%s", name_of(kit, kit->dialect->sql->quote, name),
                          term->order),
        .is_expression = true};
}

static void indexes(vg_kit *kit, vgk_table *to, const vg_shape *t, bool constraint)
{
    for (const vg_constraint *c = vgk_constraints(t); c->kind; c++) {
        if (constraint ? c->kind != VG_CON_UNIQUE
                       : c->kind != VG_CON_INDEX && c->kind != VG_CON_UNIQUE_INDEX)
            continue;
        vgk_index index = {.name = vgk_text(kit, c->name),
                           .unique = c->kind != VG_CON_INDEX,
                           .where = c->sql ? vgk_text(kit, c->sql) : NULL};
        for (const vg_index_term *term = c->terms; term && term->order; term++)
            *VGK_ADD(kit, &index.columns) = index_term(kit, t, term);
        vgk_texts plain = {0};
        if (!c->terms)
            plain = vgk_column_names(kit, t, c);
        for (size_t i = 0; i < plain.len; i++)
            VGK_ADD(kit, &index.columns)->text = plain.data[i];
        *VGK_ADD(kit, &to->indexes) = index;
    }
}

/* ---- objects ---- */

static void table(vg_kit *kit, vgk_snapshot *out, const vg_shape *t)
{
    vgk_table made = {.name = vgk_text(kit, vg_table_name(t)),
                      .strict = t->strict,
                      .without_rowid = t->without_rowid};
    vgk_schema_columns(kit, &made.columns, t);
    for (const vg_constraint *c = vgk_constraints(t); c->kind; c++)
        if (c->kind == VG_CON_PRIMARY_KEY)
            primary_key(kit, &made, t, c);
    vgk_schema_foreign_keys(kit, &made, t);
    vgk_schema_checks(kit, &made, t);
    unique_columns(kit, &made, t);
    indexes(kit, &made, t, false);
    indexes(kit, &made, t, true);
    *VGK_ADD(kit, &out->tables) = made;
}

/* "CREATE TRIGGER IF NOT EXISTS x": a migration's statement wants to know if x is there. */
static const char *without_condition(vg_kit *kit, const char *sql)
{
    static const char condition[] = "IF NOT EXISTS ";
    const char *at = strstr(sql, condition);
    return vgk_print(kit, "%.*s%s", (int)(at - sql), sql, at + sizeof condition - 1);
}

/* The end of a line that is not in quotes: the texts of the dialect end each statement in ";"
 * and a newline. */
static const char *line_end(const char *at)
{
    char quote = 0;
    for (; *at && (quote || *at != '\n'); at++) {
        if (quote ? *at == quote : strchr("'\"`", *at) != NULL)
            quote = quote ? 0 : *at;
    }
    return at;
}

/* The first statement of *at, which is left behind it; its inner lines are indented. */
static const char *cut_statement(vg_kit *kit, const char **at)
{
    const char *start = *at, *end = start;
    do
        end = line_end(end) + 1;
    while (strncmp(end, "\t", 1) == 0 || strncmp(end, "END", 3) == 0);
    *at = end;
    return vgk_text_len(kit, start, (size_t)(end - start - 1));
}

static void trigger(vg_kit *kit, vgk_snapshot *out, const vg_shape *t)
{
    vg_buf *text = vgk_buf(kit);
    kit->dialect->sql->trigger(text, t);
    size_t len;
    char *all = vgk_buf_text(kit, text, &len);
    all[len - 1] = 0; /* its newline; its body may have others */
    *VGK_ADD(kit, &out->triggers) =
        (vgk_object){.name = vgk_text(kit, vg_table_name(t)),
                     .table = vgk_text(kit, vg_table_name(t->trigger->table)),
                     .sql = without_condition(kit, all)};
}

/* The table, the triggers that keep it current, and what fills it. */
static void full_text(vg_kit *kit, vgk_snapshot *out, const vg_shape *t)
{
    static const char *const suffixes[] = {"_insert", "_delete", "_update"};
    vg_buf *text = vgk_buf(kit);
    kit->dialect->sql->fts(text, t);
    const char *all = vgk_buf_text(kit, text, NULL);
    vgk_object made = {.name = vgk_text(kit, vg_table_name(t)), .table = ""};
    made.sql = without_condition(kit, cut_statement(kit, &all));
    for (size_t i = 0; t->fts->sync && i < 3; i++)
        *VGK_ADD(kit, &out->triggers) =
            (vgk_object){.name = vgk_print(kit, "%s%s", made.name, suffixes[i]),
                         .table = vgk_text(kit, vg_table_name(t->fts->content)),
                         .sql = without_condition(kit, cut_statement(kit, &all))};
    made.fill = *all ? cut_statement(kit, &all) : NULL;
    *VGK_ADD(kit, &out->virtual_tables) = made;
}

int vgk_sqlite_describe(vg_kit *kit, vgk_snapshot *out, const vg_schema *schema,
                        const vg_shape *t)
{
    (void)schema;
    if (t->database) /* of an attached database: not this one's */
        return VG_OK;
    if (t->kind == VG_SHAPE_VIEW) {
        vgk_view made;
        int rc = vgk_schema_view(kit, &made, t);
        if (rc == VG_OK)
            *VGK_ADD(kit, &out->views) = made;
        return rc;
    }
    if (t->kind == VG_SHAPE_TRIGGER)
        trigger(kit, out, t);
    else if (t->fts)
        full_text(kit, out, t);
    else
        table(kit, out, t);
    return VG_OK;
}
