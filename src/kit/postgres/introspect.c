/* A live database: what of it is looked at, and how it becomes a snapshot. */
#include "kit/postgres/introspect.h"
#include "base/casing.h"
#include "core/driver.h"
#include "kit/filter.h"
#include "base/utf8.h"
#include <string.h>

/* ---- what is looked at ---- */

/* Where drizzle-kit keeps what it has run. */
static bool is_internal_schema(const char *schema)
{
    return strcmp(schema, "drizzle") == 0;
}

static bool is_internal(const vg_kit *kit, const char *name)
{
    return strncmp(name, "__drizzle_", 10) == 0 || strncmp(name, "__virga_", 8) == 0 ||
           strncmp(name, kit->config.table, strlen(kit->config.table)) == 0;
}

static bool looks_at_schema(const vgk_pg_reading *r, const char *schema)
{
    const vg_kit_texts *filter = &r->kit->config.schema_filter;
    if (r->view == VGK_PG_ALL)
        return true;
    if (is_internal_schema(schema))
        return false;
    return filter->len || r->view != VGK_PG_HEADER ? vgk_passes_filter(filter, schema)
                                                   : strcmp(schema, "public") == 0;
}

static bool looks_at(const vgk_pg_reading *r, const struct vgk_pg_relation *relation)
{
    return r->view == VGK_PG_ALL ||
           (looks_at_schema(r, relation->schema) &&
            !is_internal(r->kit, relation->name) && vgk_passes(r->kit, relation->name));
}

/* ---- tables and views ---- */

static bool too_wide(const vgk_pg_reading *r, const char *what, const char *name,
                     size_t columns)
{
    if (columns <= VG_MAX_COLUMNS)
        return false;
    vgk_remark(r->kit, r->out,
               "%s %s has %zu columns, and a schema's may have %d: it is left alone",
               what, name, columns, VG_MAX_COLUMNS);
    return true;
}

static void unsaid(const vgk_pg_reading *r, const char *table, const char *what)
{
    vgk_remark(r->kit, r->out, "table %s is %s", table, what);
    vgk_unsaid_of(r->kit, r->out, table, what);
}

static void collations(const vgk_pg_reading *r, int64_t relation, const char *table)
{
    for (size_t i = 0; i < r->catalog->attributes.len; i++) {
        const struct vgk_pg_attribute *a = &r->catalog->attributes.data[i];
        if (a->relation != relation || !a->collation)
            continue;
        const char *what =
            vgk_print(r->kit, "COLLATE \"%s\" of column %s", a->collation, a->name);
        vgk_remark(r->kit, r->out, "table %s: %s", table, what);
        vgk_unsaid_of(r->kit, r->out, table, what);
    }
}

static void table_of(const vgk_pg_reading *r, const struct vgk_pg_relation *from)
{
    const char *name = vgk_qualified(r->kit, from->schema, from->name);
    vgk_table made = {.name = name,
                      .schema = vgk_schema_or_null(from->schema),
                      .columns = vgk_pg_columns(r, from->oid),
                      .force_row_security = from->force_rls};
    if (too_wide(r, "table", name, made.columns.len))
        return;
    vgk_pg_constraints(r, from->oid, &made);
    vgk_pg_indexes(r, from->oid, &made);
    vgk_pg_policies(r, from->oid, &made);
    made.row_security = from->rls && !made.policies.len;
    if (!from->rls && made.policies.len)
        vgk_remark(r->kit, r->out, "table %s has policies, but row security is off",
                   name);
    if (*from->kind == 'p')
        made.partition_by = from->partition_by;
    if (from->unlogged)
        unsaid(r, name, "UNLOGGED");
    if (from->parent)
        unsaid(r, name, vgk_print(r->kit, "a child of %s", from->parent));
    collations(r, from->oid, name);
    *VGK_ADD(r->kit, &r->out->tables) = made;
}

/* As drizzle-kit calls them: check_option is checkOption. */
static vgk_settings view_settings(vg_kit *kit, const char *options)
{
    vgk_settings all = vgk_pg_settings(kit, options);
    for (size_t i = 0; i < all.len; i++) {
        char *name = vgk_alloc(kit, 2 * strlen(all.data[i].name) + 1);
        vg__casing(name, all.data[i].name, true);
        all.data[i].name = name;
    }
    return all;
}

static void view_of(const vgk_pg_reading *r, const struct vgk_pg_relation *from)
{
    const char *name = vgk_qualified(r->kit, from->schema, from->name);
    const char *sql = from->definition ? from->definition : "";
    size_t len = strlen(sql);
    vgk_view made = {.name = name,
                     .schema = vgk_schema_or_null(from->schema),
                     .columns = vgk_pg_columns(r, from->oid),
                     .materialized = *from->kind == 'm',
                     .with = view_settings(r->kit, from->options),
                     .no_data = *from->kind == 'm' && !from->populated,
                     .using_method = from->method,
                     .tablespace = *from->kind == 'm' ? from->tablespace : NULL};
    if (too_wide(r, "view", name, made.columns.len))
        return;
    while (len && strchr("; \n", sql[len - 1]))
        len--;
    sql += strspn(sql, " \n");
    made.definition = vgk_text_len(r->kit, sql, len - (size_t)(sql - from->definition));
    for (size_t i = 0; i < made.columns.len; i++)
        made.columns.data[i].not_null = false;
    for (size_t i = 0; i < r->catalog->terms.len; i++)
        if (r->catalog->terms.data[i].relation == from->oid)
            vgk_remark(r->kit, r->out, "index %s of materialised view %s",
                       r->catalog->terms.data[i].name, name);
    *VGK_ADD(r->kit, &r->out->views) = made;
}

static void relation(const vgk_pg_reading *r, const struct vgk_pg_relation *from)
{
    const char *name = vgk_qualified(r->kit, from->schema, from->name);
    if (!vg__is_utf8(from->name))
        vgk_remark(r->kit, r->out, "%s is not UTF-8 and left alone", name);
    else if (from->partition)
        vgk_remark(r->kit, r->out, "partition %s of %s is left alone", name,
                   from->parent ? from->parent : "a table");
    else if (*from->kind == 'f')
        vgk_remark(r->kit, r->out, "foreign table %s is left alone", name);
    else if (*from->kind == 'v' || *from->kind == 'm')
        view_of(r, from);
    else
        table_of(r, from);
}

/* ---- what else there is ---- */

static const char *number(vg_kit *kit, int64_t n)
{
    return vgk_print(kit, "%lld", (long long)n);
}

static void sequence(const vgk_pg_reading *r, const struct vgk_pg_sequence *s)
{
    vg_kit *kit = r->kit;
    const char *name = vgk_qualified(kit, s->schema, s->name);
    *VGK_ADD(kit, &r->out->sequences) = (vgk_sequence){
        .name = name,
        .schema = vgk_schema_or_null(s->schema),
        .increment = number(kit, s->step),
        .start = number(kit, s->start),
        .min = number(kit, s->min),
        .max = number(kit, s->max),
        .cache = number(kit, s->cache),
        .cycle = s->cycle,
    };
    if (strcmp(s->type, "bigint") != 0)
        vgk_remark(kit, r->out, "sequence %s is of type %s", name, s->type);
}

static void types(const vgk_pg_reading *r)
{
    for (size_t i = 0; i < r->catalog->enums.len; i++) {
        const struct vgk_pg_enum *e = &r->catalog->enums.data[i];
        if (looks_at_schema(r, e->schema))
            *VGK_ADD(r->kit, &r->out->enums) =
                (vgk_enum){.name = vgk_qualified(r->kit, e->schema, e->name),
                           .schema = vgk_schema_or_null(e->schema),
                           .values = vgk_pg_split(r->kit, e->labels)};
    }
}

static void things(const vgk_pg_reading *r)
{
    const vgk_pg_catalog *c = r->catalog;
    for (size_t i = 0; i < c->schemas.len; i++)
        if (strcmp(c->schemas.data[i].name, "public") != 0) {
            if (looks_at_schema(r, c->schemas.data[i].name))
                VGK_ADD(r->kit, &r->out->namespaces)->name = c->schemas.data[i].name;
            else if (!is_internal_schema(c->schemas.data[i].name))
                vgk_remark(r->kit, r->out,
                           "schema %s is not looked at: name it in schemaFilter",
                           c->schemas.data[i].name);
        }
    types(r);
    for (size_t i = 0; i < c->sequences.len; i++)
        if (looks_at_schema(r, c->sequences.data[i].schema))
            sequence(r, &c->sequences.data[i]);
    for (size_t i = 0; r->view != VGK_PG_HEADER && i < c->roles.len; i++)
        *VGK_ADD(r->kit, &r->out->roles) =
            (vgk_role){c->roles.data[i].name, c->roles.data[i].create_db,
                       c->roles.data[i].create_role, c->roles.data[i].inherit,
                       c->roles.data[i].kept};
    for (size_t i = 0; i < c->extensions.len; i++)
        *VGK_ADD(r->kit, &r->out->extensions) =
            (vgk_extension){.name = c->extensions.data[i].name,
                            .schema = vgk_schema_or_null(c->extensions.data[i].schema)};
    for (size_t i = 0; i < c->others.len; i++)
        if (looks_at_schema(r, c->others.data[i].schema))
            vgk_remark(r->kit, r->out, "%s %s", c->others.data[i].kind,
                       vgk_qualified(r->kit, c->others.data[i].schema,
                                     c->others.data[i].name));
}

/* Foreign keys to tables that are not looked at. */
static void prune_keys(const vgk_pg_reading *r, vgk_table *t)
{
    size_t kept = 0;
    for (size_t i = 0; i < t->foreign_keys.len; i++) {
        vgk_foreign_key *key = &t->foreign_keys.data[i];
        if (vgk_find_table(r->out, key->table_to))
            t->foreign_keys.data[kept++] = *key;
        else
            vgk_remark(r->kit, r->out, "table %s: its foreign key to %s is left out",
                       t->name, key->table_to);
    }
    t->foreign_keys.len = kept;
}

void vgk_pg_snapshot(vg_kit *kit, const vgk_pg_catalog *catalog, vgk_pg_view view,
                     vgk_snapshot *out)
{
    const vgk_pg_reading r = {kit, catalog, out, view};
    *out = (vgk_snapshot){.id = "00000000-0000-0000-0000-000000000000", .prev_id = ""};
    for (size_t i = 0; i < catalog->relations.len; i++)
        if (looks_at(&r, &catalog->relations.data[i]))
            relation(&r, &catalog->relations.data[i]);
    things(&r);
    for (size_t i = 0; i < out->tables.len; i++)
        prune_keys(&r, &out->tables.data[i]);
}

/* ---- reading ---- */

/* A transaction of the kit's own. */
static void end(void *args)
{
    vg_db *db = args;
    db->driver->script(db, "rollback");
}

static void end_nested(void *args)
{
    vg_db *db = args;
    db->driver->script(db,
                       "rollback to savepoint virga_kit; release savepoint virga_kit");
}

int vgk_pg_look(vg_kit *kit, vg_db *db)
{
    bool nested = db->driver->in_transaction(db);
    int rc = db->driver->script(db, nested ? "savepoint virga_kit"
                                           : "begin isolation level repeatable read");
    if (rc != VG_OK)
        return vgk_fail(kit, rc, "%s", vg_errmsg(db));
    vgk_own(kit, db, nested ? end_nested : end);
    return VG_OK;
}

int vgk_pg_introspect(vg_kit *kit, vg_db *db, bool for_header, vgk_snapshot *out)
{
    vgk_pg_catalog catalog;
    int rc = vgk_pg_look(kit, db);
    if (rc == VG_OK)
        rc = vgk_pg_catalog_read(kit, db, for_header ? "public" : "''", vgk_pg_ours,
                                 &catalog);
    if (rc == VG_OK)
        vgk_pg_snapshot(kit, &catalog, for_header ? VGK_PG_HEADER : VGK_PG_COMPARED,
                        out);
    vgk_release(kit, db);
    return rc;
}
