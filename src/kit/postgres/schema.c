/* Descriptors to a snapshot of PostgreSQL: tables. */
#include "kit/schema.h"
#include "core/ddl.h"
#include "kit/dialect.h"
#include "kit/postgres/postgres.h"
#include <stdlib.h>
#include <string.h>

/* ---- types ---- */

static bool is_native_enum(const vg_column *c)
{
    return c->type == VG_TYPE_ENUM_NATIVE ||
           (c->type == VG_TYPE_ARRAY && c->element == VG_TYPE_ENUM_NATIVE);
}

/* [] and [3] of each dimension. */
static void put_dimensions(vg_buf *out, const vg_column *c)
{
    for (int i = 0; c->type == VG_TYPE_ARRAY && i < c->dimensions; i++) {
        vg__buf_char(out, '[');
        if (c->sizes && c->sizes[i])
            vg__buf_int(out, c->sizes[i]);
        vg__buf_char(out, ']');
    }
}

/* The enum's name, which names no schema: that stands beside it. */
static void enum_type(vg_kit *kit, vgk_column *to, const vg_column *c)
{
    vg_buf *type = vgk_buf(kit);
    const vgk_enum *e = vgk_postgres_enum_of(kit, c->coder);
    vg__buf_text(type, vgk_base_name(e->name, e->schema));
    put_dimensions(type, c);
    to->type = vgk_buf_text(kit, type, NULL);
    to->type_schema = e->schema ? e->schema : "public";
}

/* ---- defaults ---- */

static vgk_default default_of(vg_kit *kit, const vg_column *c)
{
    if (c->flags & VG_F_DEFAULT && c->default_sql)
        return (vgk_default){VGK_DEFAULT_SQL, vgk_text(kit, c->default_sql)};
    return vgk_schema_default(kit, c);
}

/* ---- identities ---- */

static const char *number(vg_kit *kit, vg_opt_int given, const char *otherwise)
{
    return given.has ? vgk_print(kit, "%lld", (long long)given.v) : otherwise;
}

void vgk_postgres_sequence(vg_kit *kit, vgk_sequence *to,
                           const vg_sequence_options *from, const char *least,
                           const char *most)
{
    bool down = from->increment.has && from->increment.v < 0;
    to->increment = number(kit, from->increment, "1");
    to->min = number(kit, from->min, down ? least : "1");
    to->max = number(kit, from->max, down ? "-1" : most);
    to->start = number(kit, from->start, down ? to->max : to->min);
    to->cache = number(kit, from->cache, "1");
    to->cycle = from->cycle;
}

/* The least value is that of drizzle-kit, which takes all types for a smallint there. */
static vgk_identity *identity(vg_kit *kit, const vgk_column *to, const vg_shape *t,
                              const vg_sequence_options *from)
{
    vgk_identity *made = vgk_alloc(kit, sizeof *made);
    const char *most = strcmp(to->type, "integer") == 0  ? "2147483647"
                       : strcmp(to->type, "bigint") == 0 ? "9223372036854775807"
                                                         : "32767";
    made->type = from->always ? "always" : "byDefault";
    made->sequence.name = from->name
                              ? vgk_text(kit, from->name)
                              : vgk_print(kit, "%s_%s_seq", vg_table_name(t), to->name);
    made->sequence.schema = vgk_schema_of(kit, t);
    vgk_postgres_sequence(kit, &made->sequence, from, "-32768", most);
    return made;
}

/* ---- columns ---- */

void vgk_postgres_column(vg_kit *kit, vgk_column *to, const vg_shape *t,
                         const vg_column *c, bool strict)
{
    static const vg_sequence_options counting = {0};
    const vg_sequence_options *from = c->identity         ? c->identity
                                      : vg__ddl_counts(c) ? &counting
                                                          : NULL;
    (void)strict;
    *to = (vgk_column){.name = vgk_text(kit, vg_column_name(c)),
                       .primary_key = (c->flags & VG_F_PRIMARY_KEY) != 0,
                       .not_null = !c->nullable};
    if (is_native_enum(c)) {
        enum_type(kit, to, c);
    } else {
        vg_buf *type = vgk_buf(kit);
        vg__ddl_type(type, kit->dialect->sql, c, false);
        to->type = vgk_buf_text(kit, type, NULL);
    }
    to->value = default_of(kit, c);
    to->identity = from ? identity(kit, to, t, from) : NULL;
    if (c->generated) {
        to->generated = vgk_alloc(kit, sizeof *to->generated);
        *to->generated = (vgk_generated){vgk_text(kit, c->generated), "stored"};
    }
}

/* ---- keys ---- */

static const char *deferrable(vg_deferrable d)
{
    return d == VG_NOT_DEFERRABLE ? NULL
           : d == VG_DEFERRABLE   ? VGK_DEFERRABLE
                                  : VGK_DEFERRED;
}

static vgk_texts included(vg_kit *kit, const vg_shape *t,
                          const vg_constraint_options *options)
{
    vgk_texts names = {0};
    for (size_t i = 0; options && i < options->include_count; i++)
        *VGK_ADD(kit, &names) =
            vgk_text(kit, vg_column_name(&t->columns[options->include[i]]));
    return names;
}

/* A primary key or UNIQUE that stands in the table: named, or called after its columns. */
static void key(vg_kit *kit, vgk_keys *to, const vg_shape *t, const vg_constraint *c,
                const char *suffix)
{
    vgk_key made = {.columns = vgk_column_names(kit, t, c),
                    .include = included(kit, t, c->options)};
    made.name =
        c->name ? vgk_text(kit, c->name)
                : vgk_print(kit, "%s_%s",
                            vgk_joined(kit, vg_table_name(t), &made.columns), suffix);
    if (c->options) {
        made.nulls_not_distinct = c->options->nulls_not_distinct;
        made.deferrable = deferrable(c->options->deferrable);
    }
    *VGK_ADD(kit, to) = made;
}

static void keys(vg_kit *kit, vgk_table *to, const vg_shape *t)
{
    for (uint32_t i = 0; i < t->column_count; i++) {
        const vg_column *c = &t->columns[i];
        if (!(c->flags & VG_F_UNIQUE))
            continue;
        vgk_key made = {.nulls_not_distinct = c->nulls_not_distinct};
        made.name = c->unique_name ? vgk_text(kit, c->unique_name)
                                   : vgk_print(kit, "%s_%s_unique", vg_table_name(t),
                                               c->db_name ? c->db_name : c->name);
        *VGK_ADD(kit, &made.columns) = vgk_text(kit, vg_column_name(c));
        *VGK_ADD(kit, &to->uniques) = made;
    }
    for (const vg_constraint *c = vgk_constraints(t); c->kind; c++) {
        if (c->kind == VG_CON_PRIMARY_KEY)
            key(kit, &to->primary_keys, t, c, "pk");
        else if (c->kind == VG_CON_UNIQUE)
            key(kit, &to->uniques, t, c, "unique");
    }
}

/* The foreign keys are there, those of the columns first. */
static void defer_foreign_keys(vgk_table *to, const vg_shape *t)
{
    size_t n = 0;
    for (uint32_t i = 0; i < t->column_count; i++)
        if (t->columns[i].references)
            to->foreign_keys.data[n++].deferrable =
                deferrable(t->columns[i].references->deferrable);
    for (const vg_constraint *c = vgk_constraints(t); c->kind; c++)
        if (c->kind == VG_CON_FOREIGN_KEY)
            to->foreign_keys.data[n++].deferrable =
                c->options ? deferrable(c->options->deferrable) : NULL;
}

/* ---- indexes ---- */

static vgk_index_column term(vg_kit *kit, const vg_shape *t, const vg_index_term *from)
{
    vgk_index_column to = {.is_expression = from->sql != NULL};
    to.text = vgk_text(kit, from->sql ? from->sql
                                      : vg_column_name(&t->columns[from->column]));
    to.desc = strcmp(from->order, " desc") == 0;
    to.nulls = from->nulls ? vgk_text(kit, from->nulls) : "last";
    to.opclass = from->opclass ? vgk_text(kit, from->opclass) : NULL;
    return to;
}

static void columns_of_index(vg_kit *kit, vgk_index_columns *to, const vg_shape *t,
                             const vg_constraint *c)
{
    for (const vg_index_term *from = c->terms; from && from->order; from++)
        *VGK_ADD(kit, to) = term(kit, t, from);
    for (size_t i = 0; !c->terms && i < c->column_count; i++)
        *VGK_ADD(kit, to) = (vgk_index_column){
            .text = vgk_text(kit, vg_column_name(&t->columns[c->columns[i]])),
            .nulls = "last"};
}

static void index_of(vg_kit *kit, vgk_table *to, const vg_shape *t,
                     const vg_constraint *c)
{
    static const vg_constraint_options plain = {0};
    const vg_constraint_options *o = c->options ? c->options : &plain;
    vgk_index made = {.name = c->name ? vgk_text(kit, c->name) : NULL,
                      .unique = c->kind == VG_CON_UNIQUE_INDEX,
                      .where = c->sql ? vgk_text(kit, c->sql) : NULL,
                      .concurrently = o->concurrently,
                      .method = o->method ? vgk_text(kit, o->method) : "btree",
                      .include = included(kit, t, o),
                      .only = o->only,
                      .nulls_not_distinct = o->nulls_not_distinct};
    vgk_postgres_settings(kit, &made.with, o->with, false);
    columns_of_index(kit, &made.columns, t, c);
    if (!made.name) {
        vgk_texts names = vgk_column_names(kit, t, c);
        made.name =
            vgk_print(kit, "%s_index", vgk_joined(kit, vg_table_name(t), &names));
    }
    *VGK_ADD(kit, &to->indexes) = made;
}

/* What stands behind EXCLUDE. */
static void exclude(vg_kit *kit, vgk_table *to, const vg_shape *t,
                    const vg_constraint *c)
{
    vg_buf *text = vgk_buf(kit);
    const vg_constraint_options *o = c->options;
    vgk_put(text, "USING %s (", o && o->method ? o->method : "gist");
    for (const vg_index_term *from = c->terms; from && from->order; from++) {
        const char *between = from == c->terms ? "" : ", ";
        if (from->sql)
            vgk_put(text, "%s(%s)", between, from->sql);
        else
            vgk_put(text, "%s%q", between, vg_column_name(&t->columns[from->column]));
        if (from->opclass)
            vgk_put(text, " %s", from->opclass);
        vgk_put(text, " WITH %s", from->exclude ? from->exclude : "=");
    }
    vg__buf_char(text, ')');
    if (c->sql)
        vgk_put(text, " WHERE (%s)", c->sql);
    if (o && o->deferrable)
        vg__buf_text(text, o->deferrable == VG_DEFERRABLE
                               ? " DEFERRABLE"
                               : " DEFERRABLE INITIALLY DEFERRED");
    *VGK_ADD(kit, &to->excludes) =
        (vgk_exclude){vgk_text(kit, c->name), vgk_buf_text(kit, text, NULL)};
}

void vgk_postgres_table(vg_kit *kit, vgk_snapshot *out, const vg_shape *t)
{
    vgk_table made = {.name = vgk_schema_name(kit, t),
                      .schema = vgk_schema_of(kit, t),
                      .force_row_security = t->force_row_security,
                      .partition_by =
                          t->partition_by ? vgk_text(kit, t->partition_by) : NULL};
    bool policies = false;
    vgk_schema_columns(kit, &made.columns, t);
    keys(kit, &made, t);
    vgk_schema_foreign_keys(kit, &made, t);
    defer_foreign_keys(&made, t);
    vgk_schema_checks(kit, &made, t);
    for (const vg_constraint *c = vgk_constraints(t); c->kind; c++) {
        if (c->kind == VG_CON_INDEX || c->kind == VG_CON_UNIQUE_INDEX)
            index_of(kit, &made, t, c);
        else if (c->kind == VG_CON_EXCLUDE)
            exclude(kit, &made, t, c);
        else if (c->kind == VG_CON_POLICY) {
            vgk_postgres_policy(kit, VGK_ADD(kit, &made.policies), c->name,
                                c->options->policy);
            policies = true;
        }
    }
    made.row_security = t->row_security && !policies;
    *VGK_ADD(kit, &out->tables) = made;
}
