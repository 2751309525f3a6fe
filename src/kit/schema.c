/* Descriptors to a snapshot: the names, their order and the texts are those that drizzle-kit
 * makes of the same schema. Here is what is the same for all databases. */
#include "kit/schema.h"
#include "core/ddl.h"
#include "core/objects.h"
#include "kit/dialect.h"
#include "kit/json.h"
#include <virga/view.h>
#include <string.h>

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

vgk_default vgk_schema_default(vg_kit *kit, const vg_column *c)
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

/* ---- names ---- */

const char *vgk_schema_of(vg_kit *kit, const vg_shape *t)
{
    return kit->dialect->schemas && vgk_schema_or_null(t->database)
               ? vgk_text(kit, t->database)
               : NULL;
}

const char *vgk_schema_name(vg_kit *kit, const vg_shape *t)
{
    return vgk_qualified(kit, vgk_schema_of(kit, t), vgk_text(kit, vg_table_name(t)));
}

/* ---- constraints ---- */

const vg_constraint *vgk_constraints(const vg_shape *t)
{
    static const vg_constraint none = {.kind = VG_CON_NONE};
    return t->constraints ? t->constraints : &none;
}

vgk_texts vgk_column_names(vg_kit *kit, const vg_shape *t, const vg_constraint *c)
{
    vgk_texts names = {0};
    for (size_t i = 0; i < c->column_count; i++)
        add_text(kit, &names,
                 vgk_text(kit, vg_column_name(&t->columns[c->columns[i]])));
    return names;
}

const char *vgk_joined(vg_kit *kit, const char *first, const vgk_texts *rest)
{
    vg_buf *out = vgk_buf(kit);
    vg__buf_text(out, first);
    for (size_t i = 0; i < rest->len; i++) {
        vg__buf_char(out, '_');
        vg__buf_text(out, rest->data[i]);
    }
    return vgk_buf_text(kit, out, NULL);
}

static void foreign_key(vg_kit *kit, vgk_table *to, const vg_shape *t,
                        const vg_constraint *c)
{
    const char *from = vgk_base_name(to->name, to->schema),
               *target = vgk_text(kit, vg_table_name(c->references));
    vgk_foreign_key key = {
        .table_from = from,
        .schema_to = vgk_schema_of(kit, c->references),
        .columns_from = vgk_column_names(kit, t, c),
        .on_delete = vg__ddl_action(c->on_delete),
        .on_update = vg__ddl_action(c->on_update),
    };
    for (size_t i = 0; i < c->column_count; i++)
        add_text(kit, &key.columns_to,
                 vgk_text(kit, vg_column_name(
                                   vg_find_column(c->references, c->ref_columns[i]))));
    key.table_to = vgk_qualified(kit, key.schema_to, target);
    key.name =
        c->name ? vgk_text(kit, c->name)
                : vgk_print(kit, "%s_%s_fk", vgk_joined(kit, from, &key.columns_from),
                            vgk_joined(kit, target, &key.columns_to));
    *VGK_ADD(kit, &to->foreign_keys) = key;
}

void vgk_schema_foreign_keys(vg_kit *kit, vgk_table *to, const vg_shape *t)
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
    for (const vg_constraint *c = vgk_constraints(t); c->kind; c++)
        if (c->kind == VG_CON_FOREIGN_KEY)
            foreign_key(kit, to, t, c);
}

static void check(vg_kit *kit, vgk_table *to, const char *name, const char *value)
{
    *VGK_ADD(kit, &to->checks) = (vgk_check){name, value};
}

void vgk_schema_checks(vg_kit *kit, vgk_table *to, const vg_shape *t)
{
    for (const vg_constraint *c = vgk_constraints(t); c->kind; c++)
        if (c->kind == VG_CON_CHECK)
            check(kit, to, vgk_text(kit, c->name), vgk_text(kit, c->sql));
    for (uint32_t i = 0; i < t->column_count; i++) {
        if (!(t->columns[i].flags & VG_F_CHECKED))
            continue;
        vg_buf *value = vgk_buf(kit);
        vg__ddl_enum_check(value, &t->columns[i]);
        check(kit, to,
              vgk_print(kit, "%s_%s_check", vgk_base_name(to->name, to->schema),
                        vg_column_name(&t->columns[i])),
              vgk_buf_text(kit, value, NULL));
    }
}

/* ---- views ---- */

typedef struct fields {
    vg_kit *kit;
    vgk_columns *to;
    const vg_shape *view, *rows;
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
            f->kit->dialect->column(f->kit, VGK_ADD(f->kit, f->to), f->view, c,
                                    of->strict);
    }
}

static void view_columns(vg_kit *kit, vgk_columns *to, const vg_shape *v)
{
    if (v->base && v->base->fields)
        v->base->fields(take_fields, &(fields){kit, to, v, v->base});
    else
        vgk_schema_columns(kit, to, v);
}

void vgk_schema_columns(vg_kit *kit, vgk_columns *to, const vg_shape *t)
{
    for (uint32_t i = 0; i < t->column_count; i++)
        kit->dialect->column(kit, VGK_ADD(kit, to), t, &t->columns[i], t->strict);
}

int vgk_schema_view(vg_kit *kit, vgk_view *out, const vg_shape *v)
{
    vg_rendered sql;
    *out = (vgk_view){.name = vgk_schema_name(kit, v), .schema = vgk_schema_of(kit, v)};
    int rc = vg_view_sql(&kit->arena, kit->dialect->sql, &sql, v);
    if (rc != VG_OK)
        return vgk_fail(kit, rc, "%s", sql.error);
    out->existing = !sql.text;
    out->definition = sql.text;
    view_columns(kit, &out->columns, v);
    return VG_OK;
}

int vgk_snapshot_of_schema(vg_kit *kit, const vg_schema *schema, vgk_snapshot *out)
{
    char problem[512];
    int rc = VG_OK;
    *out = (vgk_snapshot){0};
    kit->schema = schema;
    if (vg__schema_problem(schema, kit->dialect->sql, problem, sizeof problem) ||
        vg__dialect_problem(schema, kit->dialect->sql, problem, sizeof problem) ||
        vg__objects_problem(schema, problem, sizeof problem))
        return vgk_fail(kit, VG_SCHEMA, "%s", problem);
    /* Policies that stand alone after the tables that they may be of. */
    for (int alone = 0; alone < 2; alone++)
        for (size_t i = 0; rc == VG_OK && i < schema->table_count; i++)
            if ((schema->tables[i]->kind == VG_SHAPE_POLICY) == alone)
                rc = kit->dialect->describe(kit, out, schema, schema->tables[i]);
    return rc;
}
