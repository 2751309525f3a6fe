/* Asking the server how it would spell a schema. */
#include "kit/postgres/tell.h"
#include "core/driver.h"
#include "kit/postgres/introspect.h"
#include "kit/replay.h"
#include <string.h>

static const char ours[] = "n.nspname ~ '^virga_scratch_[0-9]+_$'";

/* The driver's, which no error of a statement that is only tried may reach. */
static int try(vg_db *db, const char *sql)
{
    return db->driver->script(db, sql);
}

/* ---- schemas ---- */

static bool is_schema(const char *kept, const char *schema)
{
    return strcmp(kept ? kept : "public", schema) == 0;
}

static bool names_schema(const vgk_snapshot *s, const char *schema)
{
    for (size_t i = 0; i < s->tables.len; i++)
        if (is_schema(s->tables.data[i].schema, schema))
            return true;
    for (size_t i = 0; i < s->views.len; i++)
        if (is_schema(s->views.data[i].schema, schema))
            return true;
    for (size_t i = 0; i < s->enums.len; i++)
        if (is_schema(s->enums.data[i].schema, schema))
            return true;
    return false;
}

/* The schemas of the database that `wanted` has something in. */
static int schemas(vgk_pg_scratch *s, vg_db *db)
{
    vgk_pg_thing_list list;
    int rc = vgk_pg_schemas(s->kit, db, &list);
    for (size_t i = 0; rc == VG_OK && i < list.len; i++)
        if (names_schema(s->wanted, list.data[i].name)) {
            *VGK_ADD(s->kit, &s->schemas) = list.data[i].name;
            *VGK_ADD(s->kit, &s->quoted) = list.data[i].kind;
        }
    return rc;
}

static int make_schemas(const vgk_pg_scratch *s, vg_db *db)
{
    vg_buf *sql = vgk_buf(s->kit), *path = vgk_buf(s->kit);
    for (size_t i = 0; i < s->schemas.len; i++) {
        const char *name = vgk_pg_scratch_name(s->kit, i);
        vg__buf_text(sql, vgk_print(s->kit, "create schema %s;", name));
    }
    for (size_t i = 0; i < s->schemas.len; i++)
        if (strcmp(s->schemas.data[i], "public") == 0)
            vg__buf_text(path,
                         vgk_print(s->kit, "%s, ", vgk_pg_scratch_name(s->kit, i)));
    vg__buf_text(sql, "set local search_path to ");
    vg__buf_text(sql, vgk_buf_text(s->kit, path, NULL));
    vg__buf_text(sql, "public");
    return try(db, vgk_buf_text(s->kit, sql, NULL));
}

/* ---- objects ---- */

/* All at once, or else one by one: what cannot be made is left out. */
static void make(vg_kit *kit, vg_db *db, const vgk_statements *all)
{
    size_t len;
    const char *sql = vgk_join(kit, all, false, &len);
    if (try(db, vgk_print(kit, "savepoint virga_try;%s;release virga_try", sql)) ==
        VG_OK)
        return;
    try(db, "rollback to virga_try");
    for (size_t i = 0; i < all->len; i++)
        if (try(db, vgk_print(kit, "savepoint virga_try;%s;release virga_try",
                              all->data[i].sql)) != VG_OK)
            try(db, "rollback to virga_try");
}

static int make_objects(const vgk_pg_scratch *s, vg_db *db)
{
    const vgk_snapshot nothing = {.id = "", .prev_id = ""};
    vgk_snapshot scratch;
    vgk_statements statements = {0};
    vgk_pg_scratch_of(s, &scratch);
    int rc = vgk_statements_between(s->kit, &nothing, &scratch, NULL, &statements);
    if (rc == VG_OK)
        make(s->kit, db, &statements);
    return rc;
}

/* The schema for the policy of that number. */
static const char *alone_name(vg_kit *kit, size_t number)
{
    return vgk_pg_scratch_name(kit, 1000 + number);
}

/* A policy of a table that is not in the schema is tried on a table like it. */
static void make_policies(const vgk_pg_scratch *s, vg_db *db)
{
    for (size_t i = 0; i < s->wanted->policies.len; i++) {
        const vgk_policy *p = &s->wanted->policies.data[i];
        vg_buf *sql = vgk_buf(s->kit);
        const char *name = alone_name(s->kit, i);
        vg__buf_text(sql, vgk_print(s->kit,
                                    "create schema %s; create table %s.t (like %s); "
                                    "create policy p on %s.t for %s",
                                    name, name, p->on, name, p->command));
        if (p->using_sql)
            vg__buf_text(sql, vgk_print(s->kit, " using (%s)", p->using_sql));
        if (p->with_check)
            vg__buf_text(sql, vgk_print(s->kit, " with check (%s)", p->with_check));
        if (try(db, vgk_print(s->kit, "savepoint virga_try;%s;release virga_try",
                              vgk_buf_text(s->kit, sql, NULL))) != VG_OK)
            try(db, "rollback to virga_try");
    }
}

/* ---- reading ---- */

/* Every text of every row by the names that were meant. */
static void back(const vgk_pg_scratch *s, const vg_shape *shape, void *rows, size_t len)
{
    for (size_t i = 0; i < len; i++)
        for (size_t c = 0; c < shape->column_count; c++) {
            const vg_column *column = &shape->columns[c];
            const char **text =
                (const char **)(void *)((char *)rows + i * shape->row_size +
                                        column->offset);
            if (column->sql_class & VG_K_text)
                *text = vgk_pg_scratch_back(s, *text);
        }
}

static int read(const vgk_pg_scratch *s, vg_db *db, vgk_snapshot *out)
{
    vgk_pg_catalog c;
    int rc = vgk_pg_catalog_read(s->kit, db, "''", ours, &c);
    if (rc != VG_OK)
        return rc;
    back(s, &vgk_pg_relation.vg_shape, c.relations.data, c.relations.len);
    back(s, &vgk_pg_attribute.vg_shape, c.attributes.data, c.attributes.len);
    back(s, &vgk_pg_constraint.vg_shape, c.constraints.data, c.constraints.len);
    back(s, &vgk_pg_term.vg_shape, c.terms.data, c.terms.len);
    back(s, &vgk_pg_enum.vg_shape, c.enums.data, c.enums.len);
    back(s, &vgk_pg_sequence.vg_shape, c.sequences.data, c.sequences.len);
    back(s, &vgk_pg_policy.vg_shape, c.policies.data, c.policies.len);
    vgk_pg_snapshot(s->kit, &c, VGK_PG_ALL, out);
    return VG_OK;
}

static void read_policies(const vgk_pg_scratch *s, vgk_snapshot *out)
{
    for (size_t i = 0; i < s->wanted->policies.len; i++) {
        const vgk_table *t =
            vgk_find_table(out, vgk_print(s->kit, "%s.t", alone_name(s->kit, i)));
        if (!t || !t->policies.len)
            continue;
        vgk_policy p = t->policies.data[0];
        p.name = s->wanted->policies.data[i].name;
        p.to = (vgk_texts){0}; /* not tried */
        *VGK_ADD(s->kit, &out->policies) = p;
    }
}

int vgk_pg_tell(vg_kit *kit, vg_db *db, const vgk_snapshot *wanted, vgk_snapshot *out,
                vgk_texts *notes)
{
    vgk_pg_scratch s = {.kit = kit, .wanted = wanted};
    *out = (vgk_snapshot){.id = "", .prev_id = ""};
    int rc = vgk_pg_look(kit, db);
    if (rc == VG_OK)
        rc = schemas(&s, db);
    if (rc == VG_OK && make_schemas(&s, db) != VG_OK) {
        *VGK_ADD(kit, notes) = vgk_print(
            kit,
            "expressions are compared by their spelling alone, since the server "
            "could not be asked how it spells them: %s",
            vg_errmsg(db));
        vgk_release(kit, db);
        return VG_OK;
    }
    if (rc == VG_OK)
        rc = make_objects(&s, db);
    if (rc == VG_OK)
        make_policies(&s, db);
    if (rc == VG_OK)
        rc = read(&s, db, out);
    if (rc == VG_OK)
        read_policies(&s, out);
    vgk_release(kit, db);
    return rc;
}
