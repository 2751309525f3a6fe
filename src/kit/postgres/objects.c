/* Schemas, extensions, sequences, roles: what stands around tables. */
#include "kit/postgres/each.h"
#include <string.h>

static const char *base(const char *name, const char *schema)
{
    return vgk_base_name(name, schema);
}

static bool same(const char *a, const char *b)
{
    return a == b || (a && b && strcmp(a, b) == 0);
}

/* Renamed or moved, and not merely altered. */
static bool is_renamed(const vgk_part *p)
{
    return p->from && p->to &&
           strcmp(*(const char *const *)p->from, *(const char *const *)p->to) != 0;
}

/* ---- schemas, extensions ---- */

static void extensions(vgk_run *r)
{
    EACH_PART(p, &r->changes->extensions)
    {
        const vgk_extension *e = p->to;
        if (!e)
            continue;
        vg_buf *out = vgk_buf(r->kit);
        vgk_put(out,
                p->from ? "ALTER EXTENSION %q UPDATE"
                        : "CREATE EXTENSION IF NOT EXISTS %q",
                e->name);
        if (e->schema && !p->from)
            vgk_put(out, " SCHEMA %q", e->schema);
        if (e->version) {
            vg__buf_text(out, p->from ? " TO " : " VERSION ");
            vgk_postgres_put_literal(out, e->version);
        }
        vg__buf_char(out, ';');
        vgk_postgres_say(r, "", vgk_buf_text(r->kit, out, NULL));
    }
}

void vgk_postgres_namespaces(vgk_run *r)
{
    const vgk_parts *all = &r->changes->namespaces;
    EACH_PART(p, all)
    {
        const vgk_namespace *n = p->to;
        if (!p->from)
            vgk_postgres_say(r, "", vgk_sql(r->kit, "CREATE SCHEMA %q;\n", n->name));
    }
    EACH_PART(p, all)
    {
        const vgk_namespace *a = p->from, *b = p->to;
        if (a && b)
            vgk_postgres_say(
                r, "",
                vgk_sql(r->kit, "ALTER SCHEMA %q RENAME TO %q;\n", a->name, b->name));
    }
    extensions(r);
}

/* ---- sequences ---- */

/* ALTER ... SET SCHEMA for those that move, then RENAME. `what`: "SEQUENCE". Both structs
 * begin with name and schema. */
static void move_and_rename(vgk_run *r, const vgk_parts *parts, const char *what)
{
    typedef struct named {
        const char *name, *schema;
    } named;
    EACH_PART(p, parts)
    {
        const named *a = p->from, *b = p->to;
        if (is_renamed(p) && !same(a->schema, b->schema))
            vgk_postgres_say(r, "",
                             vgk_sql(r->kit, "ALTER %s %s SET SCHEMA %q;", what,
                                     vgk_postgres_full_name(r->kit, a->name, a->schema),
                                     b->schema ? b->schema : "public"));
    }
    EACH_PART(p, parts)
    {
        const named *a = p->from, *b = p->to;
        if (is_renamed(p) &&
            strcmp(base(a->name, a->schema), base(b->name, b->schema)) != 0)
            vgk_postgres_say(r, "",
                             vgk_sql(r->kit, "ALTER %s %q.%q RENAME TO %q;", what,
                                     b->schema ? b->schema : "public",
                                     base(a->name, a->schema),
                                     base(b->name, b->schema)));
    }
}

static void say_sequence(vgk_run *r, const char *word, const vgk_sequence *s,
                         const char *suffix)
{
    vg_buf *out = vgk_buf(r->kit);
    vgk_put(out, "%s SEQUENCE %s", word,
            vgk_postgres_full_name(r->kit, s->name, s->schema));
    vgk_postgres_put_numbers(out, s);
    vgk_put(out, "%s;", suffix);
    vgk_postgres_say(r, "", vgk_buf_text(r->kit, out, NULL));
}

static bool same_numbers(const vgk_sequence *a, const vgk_sequence *b)
{
    return same(a->increment, b->increment) && same(a->min, b->min) &&
           same(a->max, b->max) && same(a->start, b->start) &&
           same(a->cache, b->cache) && a->cycle == b->cycle;
}

void vgk_postgres_sequences(vgk_run *r)
{
    const vgk_parts *all = &r->changes->sequences;
    EACH_PART(p, all)
    {
        if (!p->from)
            say_sequence(r, "CREATE", p->to, "");
    }
    move_and_rename(r, all, "SEQUENCE");
    EACH_PART(p, all)
    {
        const vgk_sequence *a = p->from, *b = p->to;
        if (a && b && !same_numbers(a, b))
            say_sequence(r, "ALTER", b, a->cycle && !b->cycle ? " NO CYCLE" : "");
    }
}

/* ---- roles ---- */

static bool is_named(const vgk_policies *policies, const char *role)
{
    for (size_t i = 0; i < policies->len; i++)
        if (vgk_has_text(&policies->data[i].to, role))
            return true;
    return false;
}

/* Policies that are there before name it: it goes after them. */
static bool goes_late(const vgk_run *r, const vgk_role *role)
{
    const vgk_snapshot *s = r->changes->from;
    bool late = is_named(&s->policies, role->name);
    for (size_t i = 0; i < s->tables.len; i++)
        late = late || is_named(&s->tables.data[i].policies, role->name);
    return late;
}

static void drop_roles(vgk_run *r, bool late)
{
    EACH_PART(p, &r->changes->roles)
    {
        const vgk_role *role = p->from;
        if (p->to || goes_late(r, role) != late)
            continue;
        vgk_note(r->kit,
                 vgk_postgres_say(r, "", vgk_sql(r->kit, "DROP ROLE %q;", role->name)),
                 VGK_MAY_FAIL,
                 vgk_sql(r->kit,
                         "fails if role %s owns anything or has rights on it, in any "
                         "database",
                         role->name));
    }
}

static bool same_role(const vgk_role *a, const vgk_role *b)
{
    return a->create_db == b->create_db && a->create_role == b->create_role &&
           a->inherit == b->inherit;
}

void vgk_postgres_roles(vgk_run *r)
{
    const vgk_parts *all = &r->changes->roles;
    EACH_PART(p, all)
    {
        const vgk_role *a = p->from, *b = p->to;
        if (is_renamed(p))
            vgk_postgres_say(
                r, "",
                vgk_sql(r->kit, "ALTER ROLE %q RENAME TO %q;", a->name, b->name));
    }
    drop_roles(r, false);
    EACH_PART(p, all)
    {
        const vgk_role *b = p->to;
        if (p->from)
            continue;
        bool plain = !b->create_db && !b->create_role && b->inherit;
        vgk_postgres_say(r, "",
                         vgk_sql(r->kit, "CREATE ROLE %q%s%s%s%s;", b->name,
                                 plain ? "" : " WITH", b->create_db ? " CREATEDB" : "",
                                 b->create_role ? " CREATEROLE" : "",
                                 b->inherit ? "" : " NOINHERIT"));
    }
    EACH_PART(p, all)
    {
        const vgk_role *a = p->from, *b = p->to;
        if (a && b && !same_role(a, b))
            vgk_postgres_say(r, "",
                             vgk_sql(r->kit, "ALTER ROLE %q WITH%s%s%s;", b->name,
                                     b->create_db ? " CREATEDB" : " NOCREATEDB",
                                     b->create_role ? " CREATEROLE" : " NOCREATEROLE",
                                     b->inherit ? " INHERIT" : " NOINHERIT"));
    }
}

/* ---- enums ---- */

/* The labels of `a` stand in `b` in the same order: then more of them are added. */
bool vgk_postgres_is_rebuilt(const vgk_enum *a, const vgk_enum *b)
{
    size_t i = 0;
    for (size_t k = 0; k < b->values.len && i < a->values.len; k++)
        i += strcmp(a->values.data[i], b->values.data[k]) == 0;
    return i < a->values.len;
}

/* Before the next label that is there already. */
static void add_values(vgk_run *r, const vgk_enum *a, const vgk_enum *b)
{
    for (size_t i = 0; i < b->values.len; i++) {
        size_t next = i;
        if (vgk_has_text(&a->values, b->values.data[i]))
            continue;
        while (next < b->values.len && !vgk_has_text(&a->values, b->values.data[next]))
            next++;
        vg_buf *out = vgk_buf(r->kit);
        vgk_put(out, "ALTER TYPE %s ADD VALUE ",
                vgk_postgres_full_name(r->kit, b->name, b->schema));
        vgk_postgres_put_literal(out, b->values.data[i]);
        if (next < b->values.len) {
            vg__buf_text(out, " BEFORE ");
            vgk_postgres_put_literal(out, b->values.data[next]);
        }
        vg__buf_char(out, ';');
        vgk_postgres_say(r, "", vgk_buf_text(r->kit, out, NULL));
    }
}

void vgk_postgres_enums(vgk_run *r)
{
    const vgk_parts *all = &r->changes->enums;
    EACH_PART(p, all)
    {
        if (!p->from)
            vgk_postgres_say(r, "", vgk_postgres_create_enum(r->kit, p->to));
    }
    move_and_rename(r, all, "TYPE");
    EACH_PART(p, all)
    {
        if (p->from && p->to && !vgk_postgres_is_rebuilt(p->from, p->to))
            add_values(r, p->from, p->to);
    }
}

/* ---- the end ---- */

void vgk_postgres_drop_objects(vgk_run *r)
{
    EACH_PART(p, &r->changes->enums)
    {
        const vgk_enum *e = p->from;
        if (!p->to)
            vgk_postgres_say(
                r, "",
                vgk_sql(r->kit, "DROP TYPE %s;",
                        vgk_postgres_full_name(r->kit, e->name, e->schema)));
    }
    EACH_PART(p, &r->changes->sequences)
    {
        const vgk_sequence *q = p->from;
        if (p->to)
            continue;
        vgk_statement *s = vgk_postgres_say(
            r, "",
            vgk_sql(r->kit, "DROP SEQUENCE %s;",
                    vgk_postgres_full_name(r->kit, q->name, q->schema)));
        vgk_note(
            r->kit, s, VGK_LOSES,
            vgk_sql(r->kit, "drops sequence %s and how far it has counted", q->name));
    }
    EACH_PART(p, &r->changes->namespaces)
    {
        const vgk_namespace *n = p->from;
        if (!p->to)
            vgk_note(
                r->kit,
                vgk_postgres_say(r, "", vgk_sql(r->kit, "DROP SCHEMA %q;\n", n->name)),
                VGK_MAY_FAIL,
                vgk_sql(r->kit, "fails if anything is in schema %s", n->name));
    }
    drop_roles(r, true);
    EACH_PART(p, &r->changes->extensions)
    {
        const vgk_extension *e = p->from;
        if (!p->to)
            vgk_note(
                r->kit,
                vgk_postgres_say(r, "", vgk_sql(r->kit, "DROP EXTENSION %q;", e->name)),
                VGK_MAY_FAIL,
                vgk_sql(r->kit, "fails if anything uses extension %s", e->name));
    }
}
