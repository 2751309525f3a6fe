/* Descriptors to a snapshot: the names, their order and the texts are those that drizzle-kit
 * makes of the same schema. */
#include "core/ddl.h"
#include "core/objects.h"
#include "kit/dialect.h"
#include "kit/json.h"
#include "kit/snapshot.h"
#include <virga/fts.h>
#include <virga/trigger.h>
#include <virga/view.h>

static char *name_of(vg_kit *kit, char quote, const char *name)
{
    vg_buf *out = vgk_buf(kit);
    vg__buf_name(out, quote, name);
    return vgk_buf_text(kit, out, NULL);
}

static void add_text(vg_kit *kit, vgk_texts *list, const char *text)
{
    *VGK_ADD(kit, list) = text;
}

/* ---- columns ---- */

static const char *real_text(vg_kit *kit, double d)
{
    vg_buf *out = vgk_buf(kit);
    vgk_json_real(out, d);
    return vgk_buf_text(kit, out, NULL);
}

static vgk_default default_of(vg_kit *kit, const vg_column *c)
{
    if (!(c->flags & VG_F_DEFAULT))
        return (vgk_default){0};
    vg_buf *out = vgk_buf(kit);
    vg__ddl_default(out, kit->dialect->sql, c);
    vgk_default d = {VGK_DEFAULT_SQL, vgk_buf_text(kit, out, NULL)};
    if (c->default_sql || c->flags & VG_F_DEFAULT_NOW)
        return d;
    if (c->sql_class == VG_K_predicate)
        d.kind = VGK_DEFAULT_BOOL;
    else if (d.text[0] != '\'' && d.text[0] != 'x') {
        d.kind = VGK_DEFAULT_NUMBER;
        if (c->literal->kind == VG_V_REAL)
            d.text = real_text(kit, c->literal->d);
    }
    return d;
}

static void column(vg_kit *kit, vgk_column *to, const vg_column *c, bool strict)
{
    vg_buf *type = vgk_buf(kit);
    vg__ddl_type(type, kit->dialect->sql, c, strict);
    *to = (vgk_column){
        .name = vgk_text(kit, vg_column_name(c)),
        .type = vgk_buf_text(kit, type, NULL),
        .primary_key = (c->flags & VG_F_PRIMARY_KEY) != 0,
        .not_null = !c->nullable,
        .autoincrement = (c->flags & VG_F_AUTOINCREMENT) != 0,
        .value = default_of(kit, c),
    };
    if (c->generated) {
        to->generated = vgk_alloc(kit, sizeof *to->generated);
        to->generated->as = vgk_print(kit, "(%s)", c->generated);
        to->generated->type = c->flags & VG_F_STORED ? "stored" : "virtual";
    }
}

static void columns(vg_kit *kit, vgk_columns *to, const vg_shape *t)
{
    for (uint32_t i = 0; i < t->column_count; i++)
        column(kit, VGK_ADD(kit, to), &t->columns[i], t->strict);
}

/* ---- constraints ---- */

static const vg_constraint *constraints(const vg_shape *t)
{
    static const vg_constraint none = {.kind = VG_CON_NONE};
    return t->constraints ? t->constraints : &none;
}

static vgk_texts column_names(vg_kit *kit, const vg_shape *t, const vg_constraint *c)
{
    vgk_texts names = {0};
    for (size_t i = 0; i < c->column_count; i++)
        add_text(kit, &names,
                 vgk_text(kit, vg_column_name(&t->columns[c->columns[i]])));
    return names;
}

/* users_id_name: what derived names are made of. */
static const char *joined(vg_kit *kit, const char *first, const vgk_texts *rest)
{
    vg_buf *out = vgk_buf(kit);
    vg__buf_text(out, first);
    for (size_t i = 0; i < rest->len; i++) {
        vg__buf_char(out, '_');
        vg__buf_text(out, rest->data[i]);
    }
    return vgk_buf_text(kit, out, NULL);
}

static void primary_key(vg_kit *kit, vgk_table *to, const vg_shape *t,
                        const vg_constraint *c)
{
    if (c->column_count == 1) {
        to->columns.data[c->columns[0]].primary_key = true;
        return;
    }
    vgk_key key = {.columns = column_names(kit, t, c)};
    key.name = vgk_print(kit, "%s_pk", joined(kit, to->name, &key.columns));
    *VGK_ADD(kit, &to->primary_keys) = key;
}

static void foreign_key(vg_kit *kit, vgk_table *to, const vg_shape *t,
                        const vg_constraint *c)
{
    vgk_foreign_key key = {
        .table_from = to->name,
        .table_to = vgk_text(kit, vg_table_name(c->references)),
        .columns_from = column_names(kit, t, c),
        .on_delete = vg__ddl_action(c->on_delete),
        .on_update = vg__ddl_action(c->on_update),
    };
    for (size_t i = 0; i < c->column_count; i++)
        add_text(kit, &key.columns_to,
                 vgk_text(kit, vg_column_name(
                                   vg_find_column(c->references, c->ref_columns[i]))));
    key.name =
        c->name ? vgk_text(kit, c->name)
                : vgk_print(kit, "%s_%s_fk", joined(kit, to->name, &key.columns_from),
                            joined(kit, key.table_to, &key.columns_to));
    *VGK_ADD(kit, &to->foreign_keys) = key;
}

static void foreign_keys(vg_kit *kit, vgk_table *to, const vg_shape *t)
{
    for (uint32_t i = 0; i < t->column_count; i++) {
        const vg_reference *r = t->columns[i].references;
        uint16_t index = (uint16_t)i;
        if (r)
            foreign_key(kit, to, t,
                        &(vg_constraint){.columns = &index,
                                         .column_count = 1,
                                         .references = r->shape,
                                         .ref_columns = &r->column,
                                         .on_delete = r->on_delete,
                                         .on_update = r->on_update});
    }
    for (const vg_constraint *c = constraints(t); c->kind; c++)
        if (c->kind == VG_CON_FOREIGN_KEY)
            foreign_key(kit, to, t, c);
}

static void check(vg_kit *kit, vgk_table *to, const char *name, const char *value)
{
    *VGK_ADD(kit, &to->checks) = (vgk_check){name, value};
}

static void checks(vg_kit *kit, vgk_table *to, const vg_shape *t)
{
    for (const vg_constraint *c = constraints(t); c->kind; c++)
        if (c->kind == VG_CON_CHECK)
            check(kit, to, vgk_text(kit, c->name), vgk_text(kit, c->sql));
    for (uint32_t i = 0; i < t->column_count; i++) {
        if (!(t->columns[i].flags & VG_F_CHECKED))
            continue;
        vg_buf *value = vgk_buf(kit);
        vg__ddl_enum_check(value, &t->columns[i]);
        check(kit, to,
              vgk_print(kit, "%s_%s_check", to->name, vg_column_name(&t->columns[i])),
              vgk_buf_text(kit, value, NULL));
    }
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
    for (const vg_constraint *c = constraints(t); c->kind; c++) {
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
            plain = column_names(kit, t, c);
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
    columns(kit, &made.columns, t);
    for (const vg_constraint *c = constraints(t); c->kind; c++)
        if (c->kind == VG_CON_PRIMARY_KEY)
            primary_key(kit, &made, t, c);
    foreign_keys(kit, &made, t);
    checks(kit, &made, t);
    unique_columns(kit, &made, t);
    indexes(kit, &made, t, false);
    indexes(kit, &made, t, true);
    *VGK_ADD(kit, &out->tables) = made;
}

typedef struct fields {
    vg_kit *kit;
    vgk_columns *to;
    const vg_shape *rows;
} fields;

/* Of a projection those that are plain columns: drizzle-kit does not know the types of others. */
static void take_fields(void *ctx, const vg_node *const *nodes)
{
    const fields *f = ctx;
    for (uint32_t i = 0; i < f->rows->column_count; i++) {
        if (!nodes[i] || nodes[i]->op != VG_OP_COLUMN)
            continue;
        const vg_shape *of = nodes[i]->a;
        const vg_column *c = &of->columns[nodes[i]->n];
        if (strcmp(vg_column_name(c), vg_column_name(&f->rows->columns[i])) == 0)
            column(f->kit, VGK_ADD(f->kit, f->to), c, of->strict);
    }
}

static void view_columns(vg_kit *kit, vgk_columns *to, const vg_shape *v)
{
    if (v->base && v->base->fields)
        v->base->fields(take_fields, &(fields){kit, to, v->base});
    else
        columns(kit, to, v);
}

static int view(vg_kit *kit, vgk_snapshot *out, const vg_shape *v)
{
    vg_rendered sql;
    vgk_view made = {.name = vgk_text(kit, vg_table_name(v)), .existing = true};
    int rc = vg_view_sql(&kit->arena, kit->dialect->sql, &sql, v);
    if (rc != VG_OK)
        return vgk_fail(kit, rc, "%s", sql.error);
    made.existing = !sql.text;
    made.definition = sql.text;
    view_columns(kit, &made.columns, v);
    *VGK_ADD(kit, &out->views) = made;
    return VG_OK;
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

int vgk_snapshot_of_schema(vg_kit *kit, const vg_schema *schema, vgk_snapshot *out)
{
    char problem[512];
    int rc = VG_OK;
    *out = (vgk_snapshot){0};
    if (vg__schema_problem(schema, problem, sizeof problem) ||
        vg__dialect_problem(schema, kit->dialect->sql, problem, sizeof problem) ||
        vg__objects_problem(schema, problem, sizeof problem))
        return vgk_fail(kit, VG_SCHEMA, "%s", problem);
    for (size_t i = 0; rc == VG_OK && i < schema->table_count; i++) {
        const vg_shape *t = schema->tables[i];
        if (t->database) /* of an attached database: not this one's */
            continue;
        if (t->kind == VG_SHAPE_VIEW)
            rc = view(kit, out, t);
        else if (t->kind == VG_SHAPE_TRIGGER)
            trigger(kit, out, t);
        else if (t->fts)
            full_text(kit, out, t);
        else
            table(kit, out, t);
    }
    return rc;
}
