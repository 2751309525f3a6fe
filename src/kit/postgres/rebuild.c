/* Enums whose labels go or change places: the type is made anew, and its columns are texts
 * meanwhile. */
#include "kit/postgres/postgres.h"
#include <string.h>

static const vgk_enum *changed(const vgk_part *p)
{
    return p->from && p->to && vgk_postgres_is_rebuilt(p->from, p->to) ? p->to : NULL;
}

static bool is_of(const vgk_column *c, const vgk_enum *e)
{
    const char *name = vgk_base_name(e->name, e->schema);
    size_t len = strcspn(c->type, "[");
    return c->type_schema &&
           strcmp(c->type_schema, e->schema ? e->schema : "public") == 0 &&
           len == strlen(name) && strncmp(c->type, name, len) == 0;
}

bool vgk_postgres_rebuilds(const vgk_run *r, const vgk_column *c)
{
    for (size_t i = 0; i < r->changes->enums.len; i++) {
        const vgk_enum *e = changed(&r->changes->enums.data[i]);
        if (e && is_of(c, e))
            return true;
    }
    return false;
}

static const vgk_table_change *change_of(const vgk_run *r, const vgk_table *t)
{
    for (size_t i = 0; i < r->changes->altered.len; i++)
        if (r->changes->altered.data[i].to == t)
            return &r->changes->altered.data[i];
    return NULL;
}

/* The part of a column; NULL: it is as it was. */
static const vgk_part *part_of(const vgk_table_change *c, const vgk_column *to)
{
    for (size_t i = 0; c && i < c->columns.len; i++)
        if (c->columns.data[i].to == to)
            return &c->columns.data[i];
    return NULL;
}

static void say(vgk_run *r, const vgk_table *t, const char *column, const char *what)
{
    vgk_postgres_say(r, t->name,
                     vgk_sql(r->kit, "ALTER TABLE %s ALTER COLUMN %q %s;",
                             vgk_postgres_table_name(r->kit, t), column, what));
}

static bool has_default(const vgk_column *c)
{
    return c->value.kind != VGK_DEFAULT_NONE;
}

static bool had_default(const vgk_part *p)
{
    return p && p->from && has_default(p->from);
}

/* Columns of the type, but for those that are added later. */
static void to_text(vgk_run *r, const vgk_enum *e)
{
    const vgk_snapshot *s = r->changes->to;
    for (size_t i = 0; i < s->tables.len; i++) {
        const vgk_table *t = &s->tables.data[i];
        const vgk_table_change *change = change_of(r, t);
        for (size_t k = 0; k < t->columns.len; k++) {
            const vgk_column *c = &t->columns.data[k];
            const vgk_part *p = part_of(change, c);
            if (!is_of(c, e) || (p && !p->from))
                continue;
            if (!has_default(c) && had_default(p))
                say(r, t, c->name, "DROP DEFAULT");
            say(r, t, c->name, "SET DATA TYPE text");
            if (has_default(c))
                say(r, t, c->name,
                    vgk_sql(r->kit, "SET DEFAULT %s::text", c->value.text));
        }
    }
}

/* Columns that are of the type no more, but are so still. */
static void leavers_to_text(vgk_run *r, const vgk_enum *e)
{
    for (size_t i = 0; i < r->changes->altered.len; i++) {
        const vgk_table_change *c = &r->changes->altered.data[i];
        for (size_t k = 0; k < c->columns.len; k++) {
            const vgk_column *from = c->columns.data[k].from,
                             *to = c->columns.data[k].to;
            if (!from || !is_of(from, e) || (to && is_of(to, e)))
                continue;
            const char *name = to ? to->name : from->name;
            if (has_default(from))
                say(r, c->to, name, "DROP DEFAULT");
            say(r, c->to, name, "SET DATA TYPE text");
        }
    }
}

static void from_text(vgk_run *r, const vgk_enum *e)
{
    const vgk_snapshot *s = r->changes->to;
    for (size_t i = 0; i < s->tables.len; i++) {
        const vgk_table *t = &s->tables.data[i];
        const vgk_table_change *change = change_of(r, t);
        for (size_t k = 0; k < t->columns.len; k++) {
            const vgk_column *c = &t->columns.data[k];
            const vgk_part *p = part_of(change, c);
            const char *type = vgk_postgres_type(r->kit, c, true);
            if (!is_of(c, e) || (p && !p->from))
                continue;
            if (has_default(c))
                say(r, t, c->name,
                    vgk_sql(r->kit, "SET DEFAULT %s::%s", c->value.text, type));
            say(r, t, c->name,
                vgk_sql(r->kit, "SET DATA TYPE %s USING %q::%s", type, c->name, type));
            vgk_statement *last = &r->out->data[r->out->len - 1];
            vgk_note(r->kit, last, VGK_REWRITES,
                     vgk_sql(r->kit, "rewrites table %s", t->name));
            vgk_note(r->kit, last, VGK_MAY_FAIL,
                     vgk_sql(r->kit, "fails if a row has a label that %s has no more",
                             e->name));
        }
    }
}

void vgk_postgres_rebuild_enums(vgk_run *r)
{
    for (size_t i = 0; i < r->changes->enums.len; i++) {
        const vgk_enum *e = changed(&r->changes->enums.data[i]);
        if (!e)
            continue;
        to_text(r, e);
        leavers_to_text(r, e);
        vgk_postgres_say(r, "",
                         vgk_sql(r->kit, "DROP TYPE %s;",
                                 vgk_postgres_full_name(r->kit, e->name, e->schema)));
        vgk_postgres_say(r, "", vgk_postgres_create_enum(r->kit, e));
        from_text(r, e);
    }
}
