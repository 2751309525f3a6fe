/* PostgreSQL's statements for changes, in drizzle-kit's order. */
#include "kit/postgres/each.h"
#include <string.h>

vgk_statement *vgk_postgres_say(vgk_run *r, const char *table, const char *sql)
{
    return vgk_say(r->kit, r->out, table, sql);
}

/* ---- row level security ---- */

/* At that time a table has its old name. */
static void say_security(vgk_run *r, const vgk_table *t, bool on)
{
    vgk_statement *s = SAY(r, t, "%s ROW LEVEL SECURITY;", on ? "ENABLE" : "DISABLE");
    if (!on)
        vgk_note(
            r->kit, s, 0,
            vgk_sql(r->kit, "rows of %s are no longer kept from anybody", t->name));
}

static void say_force(vgk_run *r, const vgk_table *t, bool on)
{
    SAY(r, t, "%s ROW LEVEL SECURITY;", on ? "FORCE" : "NO FORCE");
}

static const vgk_table *before(const vgk_run *r, const vgk_table *now)
{
    EACH_ALTERED(r, c)
    if (c->to == now)
        return c->from;
    return NULL;
}

static bool is_enabled(const vgk_table *was, const vgk_table *t)
{
    return (!was->policies.len && t->policies.len && !t->row_security) ||
           (t->row_security && !was->row_security);
}

static bool is_disabled(const vgk_table *was, const vgk_table *t)
{
    return !t->policies.len && !t->row_security &&
           (was->policies.len || was->row_security);
}

/* drizzle-kit looks at all tables whenever one is altered: those that go are disabled, too. */
static void security(vgk_run *r, bool on)
{
    const vgk_snapshot *to = r->changes->to;
    bool any = false;
    EACH_ALTERED(r, c)
    any = any || vgk_postgres_is_altered(c);
    for (size_t i = 0; i < to->tables.len; i++) {
        const vgk_table *t = &to->tables.data[i], *was = before(r, t);
        if (was && (on ? is_enabled : is_disabled)(was, t))
            say_security(r, was, on);
        if (was && on && was->force_row_security != t->force_row_security)
            say_force(r, was, t->force_row_security);
    }
    EACH_PART(p, &r->changes->tables)
    {
        const vgk_table *gone = p->from;
        if (any && !on && !p->to && !gone->row_security)
            SAY(r, gone, "%s ROW LEVEL SECURITY;", "DISABLE");
    }
}

/* ---- whole tables ---- */

static void create_tables(vgk_run *r)
{
    EACH_PART(p, &r->changes->tables)
    {
        const vgk_table *t = p->to;
        if (p->from)
            continue;
        vgk_postgres_say(r, t->name, vgk_postgres_create_table(r->kit, t))->makes =
            t->name;
        if (t->row_security || t->policies.len)
            say_security(r, t, true);
        if (t->force_row_security)
            say_force(r, t, true);
    }
}

static void drop_tables(vgk_run *r)
{
    EACH_PART(p, &r->changes->tables)
    {
        const vgk_table *t = p->from;
        if (p->to)
            continue;
        const char *name = vgk_postgres_table_name(r->kit, t);
        for (size_t i = 0; i < t->policies.len; i++)
            vgk_postgres_say(r, t->name,
                             vgk_sql(r->kit, "DROP POLICY %q ON %s CASCADE;",
                                     t->policies.data[i].name, name));
        vgk_statement *s = vgk_postgres_say(
            r, t->name, vgk_sql(r->kit, "DROP TABLE %s CASCADE;", name));
        s->drops = t->name;
        vgk_note(r->kit, s, VGK_LOSES,
                 vgk_sql(r->kit, "drops table %s and its rows", t->name));
    }
}

static bool same_schema(const char *a, const char *b)
{
    return a == b || (a && b && strcmp(a, b) == 0);
}

static void move_tables(vgk_run *r)
{
    EACH_PART(p, &r->changes->tables)
    {
        const vgk_table *a = p->from, *b = p->to;
        if (!a || !b || same_schema(a->schema, b->schema))
            continue;
        vgk_statement *s =
            vgk_postgres_say(r, b->name,
                             vgk_sql(r->kit, "ALTER TABLE %s SET SCHEMA %q;\n",
                                     vgk_postgres_full_name(r->kit, a->name, a->schema),
                                     b->schema ? b->schema : "public"));
        s->drops = a->name;
        s->makes = b->name;
    }
}

static void rename_tables(vgk_run *r)
{
    EACH_PART(p, &r->changes->tables)
    {
        const vgk_table *a = p->from, *b = p->to;
        if (!a || !b)
            continue;
        const char *from = vgk_base_name(a->name, a->schema),
                   *to = vgk_base_name(b->name, b->schema);
        if (strcmp(from, to) == 0)
            continue;
        const char *old = vgk_qualified(r->kit, b->schema, from);
        vgk_statement *s =
            vgk_postgres_say(r, b->name,
                             vgk_sql(r->kit, "ALTER TABLE %s RENAME TO %q;",
                                     vgk_postgres_name(r->kit, old, b->schema), to));
        s->drops = a->name;
        s->makes = b->name;
    }
}

static void rename_columns(vgk_run *r)
{
    EACH_ALTERED(r, c)
    EACH_PART(p, &c->renamed)
    {
        const vgk_column *a = p->from, *b = p->to;
        SAY(r, c->to, "RENAME COLUMN %q TO %q;", a->name, b->name);
    }
}

/* ---- indexes ---- */

static void create_index(vgk_run *r, const vgk_table *t, const vgk_index *x, bool rows)
{
    vgk_statement *s =
        vgk_postgres_say(r, t->name, vgk_postgres_create_index(r->kit, t, x));
    s->makes = vgk_qualified(r->kit, t->schema, x->name);
    if (!rows)
        return;
    vgk_note(r->kit, s, VGK_REWRITES,
             vgk_sql(r->kit, "reads all of table %s", t->name));
    if (x->unique)
        vgk_note(
            r->kit, s, VGK_MAY_FAIL,
            vgk_sql(r->kit, "fails if two rows are the same for index %s", x->name));
}

static void indexes_of_new_tables(vgk_run *r)
{
    EACH_PART(p, &r->changes->tables)
    {
        const vgk_table *t = p->to;
        for (size_t i = 0; !p->from && i < t->indexes.len; i++)
            create_index(r, t, &t->indexes.data[i], false);
    }
}

static void create_indexes(vgk_run *r, side which)
{
    EACH_ALTERED(r, c)
    EACH_PART(p, &c->indexes)
    if (is_side(p, which))
        create_index(r, c->to, p->to, true);
}

static void drop_indexes(vgk_run *r, side which)
{
    EACH_ALTERED(r, c)
    EACH_PART(p, &c->indexes)
    {
        if (!is_side(p, which))
            continue;
        const char *name =
            vgk_qualified(r->kit, c->to->schema, ((const vgk_index *)p->from)->name);
        vgk_postgres_say(r, c->to->name,
                         vgk_sql(r->kit, "DROP INDEX %s;",
                                 vgk_postgres_name(r->kit, name, c->to->schema)))
            ->drops = name;
    }
}

/* ---- columns ---- */

static void add_columns(vgk_run *r)
{
    EACH_ALTERED(r, c)
    EACH_PART(p, &c->columns)
    {
        if (p->from)
            continue;
        vg_buf *out = vgk_buf(r->kit);
        vgk_postgres_put_column(r->kit, out, c->to, p->to, true);
        vgk_statement *s =
            SAY(r, c->to, "ADD COLUMN %s;", vgk_buf_text(r->kit, out, NULL));
        vgk_postgres_note_added(r->kit, c->to, p->to, s);
    }
}

static void drop_columns(vgk_run *r)
{
    EACH_ALTERED(r, c)
    EACH_PART(p, &c->columns)
    {
        const vgk_column *gone = p->from;
        if (p->to)
            continue;
        vgk_statement *s = SAY(r, c->to, "DROP COLUMN %q;", gone->name);
        if (!gone->generated)
            vgk_note(r->kit, s, VGK_LOSES,
                     vgk_sql(r->kit, "drops column %s.%s and its values", c->to->name,
                             gone->name));
    }
}

static void alter_columns(vgk_run *r)
{
    EACH_ALTERED(r, c)
    vgk_postgres_alter_columns(r, c);
}

bool vgk_postgres_is_altered(const vgk_table_change *c)
{
    bool columns = false;
    EACH_PART(p, &c->columns)
    {
        const vgk_column *from = p->from, *to = p->to;
        columns = columns || (from && to && strcmp(from->name, to->name) == 0);
    }
    return columns || c->indexes.len || c->foreign_keys.len || c->primary_keys.len ||
           c->uniques.len || c->checks.len || c->policies.len ||
           c->renamed_policies.len || c->from->row_security != c->to->row_security;
}

/* ---- all ---- */

/* What is said twice is said once, where it stood first. */
static void forget_doubles(vgk_statements *all)
{
    size_t n = 0;
    for (size_t i = 0; i < all->len; i++) {
        size_t k = 0;
        while (k < n && strcmp(all->data[k].sql, all->data[i].sql) != 0)
            k++;
        if (k == n)
            all->data[n++] = all->data[i];
    }
    all->len = n;
}

/* What no statement can do. */
static int refuse(vgk_run *r)
{
    EACH_ALTERED(r, c)
    {
        const char *a = c->from->partition_by, *b = c->to->partition_by;
        if (a != b && (!a || !b || strcmp(a, b) != 0))
            return vgk_fail(r->kit, VG_UNSUPPORTED,
                            "table %s: PostgreSQL cannot change how a table is "
                            "partitioned; make a new one and copy the rows in a "
                            "migration of your own (--custom)",
                            c->to->name);
    }
    return VG_OK;
}

int vgk_postgres_statements(vg_kit *kit, const vgk_changes *changes,
                            vgk_statements *out)
{
    vgk_run run = {kit, changes, out}, *r = &run;
    *out = (vgk_statements){0};
    int rc = refuse(r);
    if (rc != VG_OK)
        return rc;
    vgk_postgres_namespaces(r);
    vgk_postgres_enums(r);
    vgk_postgres_sequences(r);
    vgk_postgres_roles(r);
    create_tables(r);
    security(r, true);
    security(r, false);
    vgk_postgres_drop_views(r);
    drop_tables(r);
    move_tables(r);
    rename_tables(r);
    rename_columns(r);
    vgk_postgres_drop_uniques(r);
    vgk_postgres_drop_checks(r);
    vgk_postgres_drop_foreign_keys(r);
    vgk_postgres_rebuild_enums(r);
    drop_indexes(r, GONE);
    drop_indexes(r, ALTERED);
    vgk_postgres_drop_primary_keys(r);
    alter_columns(r);
    vgk_postgres_add_primary_keys(r);
    add_columns(r);
    vgk_postgres_foreign_keys_of_new_tables(r);
    indexes_of_new_tables(r);
    vgk_postgres_add_foreign_keys(r);
    create_indexes(r, MADE);
    create_indexes(r, ALTERED);
    drop_columns(r);
    vgk_postgres_alter_primary_keys(r);
    vgk_postgres_add_uniques(r);
    vgk_postgres_add_checks(r);
    vgk_postgres_create_views(r);
    vgk_postgres_policies(r);
    vgk_postgres_drop_objects(r);
    forget_doubles(out);
    return VG_OK;
}
