/* Views: dropped before what they are made of changes, made when all of it is there. A view
 * that stays as it is is made anew when PostgreSQL would refuse a change because of it. */
#include "kit/postgres/postgres.h"
#include <string.h>

typedef struct views {
    const vgk_view **data;
    size_t len;
} views;

static bool is_in(const views *list, const vgk_view *v)
{
    for (size_t i = 0; i < list->len; i++)
        if (list->data[i] == v)
            return true;
    return false;
}

static void add(vgk_run *r, views *list, const vgk_view *v)
{
    if (!is_in(list, v))
        *VGK_ADD(r->kit, list) = v;
}

static bool same(const char *a, const char *b)
{
    return a == b || (a && b && strcmp(a, b) == 0);
}

/* ALTER VIEW is not enough for it. */
static bool is_replaced(const vgk_view *a, const vgk_view *b)
{
    return a->existing != b->existing || a->materialized != b->materialized ||
           !same(a->definition, b->definition);
}

static const char *base(const vgk_view *v)
{
    return vgk_base_name(v->name, v->schema);
}

/* ---- who depends on what ---- */

static bool uses(const vgk_view *v, const vgk_view *of)
{
    return v != of && v->definition && vgk_postgres_mentions(v->definition, base(of));
}

/* The column goes, or gets another type. */
static bool is_touched(const vgk_run *r, const vgk_part *p)
{
    const vgk_column *from = p->from, *to = p->to;
    if (!from)
        return false;
    return !to || !vgk_same_type(from->type, to->type) ||
           (to->generated && (!from->generated ||
                              strcmp(from->generated->as, to->generated->as) != 0)) ||
           vgk_postgres_rebuilds(r, to);
}

static bool uses_touched(const vgk_run *r, const vgk_view *v)
{
    for (size_t i = 0; v->definition && i < r->changes->altered.len; i++) {
        const vgk_table_change *c = &r->changes->altered.data[i];
        if (!vgk_postgres_mentions(v->definition,
                                   vgk_base_name(c->from->name, c->from->schema)))
            continue;
        for (size_t k = 0; k < c->columns.len; k++) {
            const vgk_part *p = &c->columns.data[k];
            const vgk_column *from = p->from;
            if (is_touched(r, p) && vgk_postgres_mentions(v->definition, from->name))
                return true;
        }
    }
    return false;
}

/* Columns of rebuilt enums are in no list when nothing else about them changes. */
static bool uses_rebuilt(const vgk_run *r, const vgk_view *v)
{
    const vgk_snapshot *s = r->changes->to;
    for (size_t i = 0; v->definition && i < s->tables.len; i++) {
        const vgk_table *t = &s->tables.data[i];
        for (size_t k = 0; k < t->columns.len; k++)
            if (vgk_postgres_rebuilds(r, &t->columns.data[k]) &&
                vgk_postgres_mentions(v->definition,
                                      vgk_base_name(t->name, t->schema)) &&
                vgk_postgres_mentions(v->definition, t->columns.data[k].name))
                return true;
    }
    return false;
}

/* ---- what is dropped and what is made ---- */

/* Views of `from` to drop and of `to` to make; drizzle-kit's in its order, then those that
 * must be made anew. */
typedef struct plan {
    views drop, make;
} plan;

static bool is_changed(const vgk_run *r, const vgk_view *to)
{
    const vgk_parts *all = &r->changes->views;
    for (size_t i = 0; i < all->len; i++)
        if (all->data[i].to == to)
            return true;
    return false;
}

static bool depends_on_dropped(const vgk_view *v, const views *drop)
{
    for (size_t i = 0; i < drop->len; i++)
        if (uses(v, drop->data[i]))
            return true;
    return false;
}

static void add_dependents(vgk_run *r, plan *p)
{
    const vgk_snapshot *from = r->changes->from, *to = r->changes->to;
    for (bool more = true; more;) {
        more = false;
        for (size_t i = 0; i < from->views.len; i++) {
            const vgk_view *v = &from->views.data[i], *now = vgk_find_view(to, v->name);
            if (v->existing || !now || now->existing || is_changed(r, now) ||
                is_in(&p->drop, v) ||
                !(depends_on_dropped(v, &p->drop) || uses_touched(r, v) ||
                  uses_rebuilt(r, v)))
                continue;
            add(r, &p->drop, v);
            add(r, &p->make, now);
            more = true;
        }
    }
}

static plan plan_of(vgk_run *r)
{
    plan p = {0};
    const vgk_parts *all = &r->changes->views;
    for (int gone = 1; gone >= 0; gone--)
        for (size_t i = 0; i < all->len; i++) {
            const vgk_view *a = all->data[i].from, *b = all->data[i].to;
            if (gone ? a && !b && !a->existing
                     : a && b && !b->existing && is_replaced(a, b))
                add(r, &p.drop, a);
        }
    for (int made = 1; made >= 0; made--)
        for (size_t i = 0; i < all->len; i++) {
            const vgk_view *a = all->data[i].from, *b = all->data[i].to;
            if (made ? b && !a && !b->existing
                     : a && b && !b->existing && is_replaced(a, b))
                add(r, &p.make, b);
        }
    add_dependents(r, &p);
    return p;
}

/* Users before what they use, or the other way round; else the order stays. */
static views ordered(vgk_run *r, const views *list, bool users_first)
{
    views out = {0};
    while (out.len < list->len) {
        size_t before = out.len;
        for (size_t i = 0; i < list->len && out.len == before; i++) {
            const vgk_view *v = list->data[i];
            bool waits = is_in(&out, v);
            for (size_t k = 0; k < list->len && !waits; k++) {
                const vgk_view *other = list->data[k];
                waits = !is_in(&out, other) &&
                        (users_first ? uses(other, v) : uses(v, other));
            }
            if (!waits)
                add(r, &out, v);
        }
        for (size_t i = 0; i < list->len && out.len == before; i++)
            if (!is_in(&out, list->data[i]))
                add(r, &out, list->data[i]); /* they use each other: never mind */
    }
    return out;
}

/* ---- statements ---- */

static const char *name_of(vgk_run *r, const vgk_view *v)
{
    return vgk_postgres_full_name(r->kit, v->name, v->schema);
}

static const char *word(const vgk_view *v)
{
    return v->materialized ? " MATERIALIZED" : "";
}

static void rename_views(vgk_run *r)
{
    const vgk_parts *all = &r->changes->views;
    for (size_t i = 0; i < all->len; i++) {
        const vgk_view *a = all->data[i].from, *b = all->data[i].to;
        if (!a || !b || a->existing || b->existing || is_replaced(a, b) ||
            strcmp(base(a), base(b)) == 0)
            continue;
        vgk_statement *s = vgk_postgres_say(
            r, "",
            vgk_sql(r->kit, "ALTER%s VIEW %q.%q RENAME TO %q;", word(b),
                    b->schema ? b->schema : "public", base(a), base(b)));
        s->drops = a->name;
        s->makes = b->name;
    }
}

/* A view that moves and is renamed is moved first. */
static void move_views(vgk_run *r)
{
    const vgk_parts *all = &r->changes->views;
    for (size_t i = 0; i < all->len; i++) {
        const vgk_view *a = all->data[i].from, *b = all->data[i].to;
        if (!a || !b || a->existing || b->existing || is_replaced(a, b) ||
            same(a->schema, b->schema))
            continue;
        vgk_postgres_say(r, "",
                         vgk_sql(r->kit, "ALTER%s VIEW %s SET SCHEMA %q;", word(b),
                                 name_of(r, a), b->schema ? b->schema : "public"));
    }
}

static void settings(vgk_run *r, const vgk_view *v, const char *verb,
                     const vgk_settings *with)
{
    if (!with->len)
        return;
    vg_buf *out = vgk_buf(r->kit);
    vgk_put(out, "ALTER%s VIEW %s %s (", word(v), name_of(r, v), verb);
    vgk_postgres_put_view_settings(out, with, strcmp(verb, "SET") == 0);
    vg__buf_text(out, ");");
    vgk_postgres_say(r, "", vgk_buf_text(r->kit, out, NULL));
}

static const vgk_setting *find(const vgk_settings *with, const char *name)
{
    for (size_t i = 0; i < with->len; i++)
        if (strcmp(with->data[i].name, name) == 0)
            return &with->data[i];
    return NULL;
}

static void change_settings(vgk_run *r, const vgk_view *a, const vgk_view *b)
{
    vgk_settings added = {0}, gone = {0}, changed = {0};
    for (size_t i = 0; i < b->with.len; i++) {
        const vgk_setting *now = &b->with.data[i], *was = find(&a->with, now->name);
        if (!was)
            *VGK_ADD(r->kit, &added) = *now;
        else if (strcmp(was->value.text, now->value.text) != 0)
            *VGK_ADD(r->kit, &changed) = *now;
    }
    for (size_t i = 0; i < a->with.len; i++)
        if (!find(&b->with, a->with.data[i].name))
            *VGK_ADD(r->kit, &gone) = a->with.data[i];
    settings(r, b, "SET", &added);
    settings(r, b, "RESET", &gone);
    settings(r, b, "SET", &changed);
}

static void alter_views(vgk_run *r)
{
    const vgk_parts *all = &r->changes->views;
    for (size_t i = 0; i < all->len; i++) {
        const vgk_view *a = all->data[i].from, *b = all->data[i].to;
        if (!a || !b || b->existing || is_replaced(a, b))
            continue;
        change_settings(r, a, b);
        if (!same(a->tablespace, b->tablespace))
            vgk_postgres_say(
                r, "",
                vgk_sql(r->kit, "ALTER MATERIALIZED VIEW %s SET TABLESPACE %s;",
                        name_of(r, b), b->tablespace ? b->tablespace : "pg_default"));
        if (!same(a->using_method, b->using_method))
            vgk_postgres_say(
                r, "",
                vgk_sql(r->kit, "ALTER MATERIALIZED VIEW %s SET ACCESS METHOD %q;",
                        name_of(r, b), b->using_method ? b->using_method : "heap"));
    }
}

void vgk_postgres_drop_views(vgk_run *r)
{
    plan p = plan_of(r);
    views drop = ordered(r, &p.drop, true);
    for (size_t i = 0; i < drop.len; i++) {
        const vgk_view *v = drop.data[i];
        vgk_postgres_say(r, "",
                         vgk_sql(r->kit, "DROP%s VIEW %s;", word(v), name_of(r, v)))
            ->drops = v->name;
    }
    rename_views(r);
    move_views(r);
    alter_views(r);
}

void vgk_postgres_create_views(vgk_run *r)
{
    plan p = plan_of(r);
    views make = ordered(r, &p.make, false);
    for (size_t i = 0; i < make.len; i++) {
        const vgk_view *v = make.data[i];
        vgk_statement *s = vgk_postgres_say(r, "", vgk_postgres_create_view(r->kit, v));
        s->makes = v->name;
        if (v->materialized && !v->no_data)
            vgk_note(r->kit, s, VGK_REWRITES,
                     vgk_sql(r->kit, "runs the query of %s", v->name));
    }
}
