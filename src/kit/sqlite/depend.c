/* Views, triggers and virtual tables around changes to tables. SQLite refuses to rename a table
 * or to drop a column while a view or a trigger mentions something that is not there, and a
 * trigger goes with its table. So what mentions a table that is recreated, or loses a column,
 * is dropped before and made again at the end. drizzle-kit does not: its migration fails. */
#include "kit/sqlite/sqlite.h"
#include "kit/sqlite/same.h"
#include <string.h>
#include <strings.h>

typedef struct depend {
    vg_kit *kit;
    const vgk_changes *changes;
    vgk_statements *out;
    vgk_texts replaced; /* tables that are recreated or dropped: their triggers go */
    vgk_texts
        touched; /* those, tables that lose a column, and views that are dropped */
    vgk_statements early, late;
} depend;

static bool in_texts(const vgk_texts *texts, const char *text)
{
    for (size_t i = 0; i < texts->len; i++)
        if (strcasecmp(texts->data[i], text) == 0)
            return true;
    return false;
}

/* Does `sql` mention one of them, `but` for one. */
static bool mentions_any(const char *sql, const vgk_texts *names, const char *but)
{
    for (size_t i = 0; i < names->len; i++)
        if ((!but || strcasecmp(names->data[i], but) != 0) &&
            vgk_mentions(sql, names->data[i]))
            return true;
    return false;
}

static void add_text(depend *d, vgk_texts *texts, const char *text)
{
    if (!in_texts(texts, text))
        *VGK_ADD(d->kit, texts) = text;
}

/* ---- tables ---- */

static bool loses_column(const vgk_table_change *c)
{
    for (size_t i = 0; i < c->columns.len; i++)
        if (!c->columns.data[i].to || vgk_sqlite_regenerates(&c->columns.data[i]))
            return true;
    return false;
}

static void find_touched(depend *d, const bool *recreated)
{
    const vgk_changes *changes = d->changes;
    for (size_t i = 0; i < changes->altered.len; i++) {
        const vgk_table_change *c = &changes->altered.data[i];
        if (!recreated[i] && !loses_column(c))
            continue;
        add_text(d, &d->touched, c->from->name);
        add_text(d, &d->touched, c->to->name);
        if (recreated[i])
            add_text(d, &d->replaced, c->to->name);
    }
    bool checked = d->touched.len > 0; /* something will look for broken views */
    for (size_t i = 0; i < changes->tables.len; i++) {
        const vgk_table *t = changes->tables.data[i].from;
        if (!t || changes->tables.data[i].to)
            continue;
        add_text(d, &d->replaced, t->name);
        if (checked)
            add_text(d, &d->touched, t->name);
    }
    for (size_t i = 0; i < changes->virtual_tables.len; i++)
        if (changes->virtual_tables.data[i].from)
            add_text(d, &d->touched,
                     ((const vgk_object *)changes->virtual_tables.data[i].from)->name);
}

/* ---- views ---- */

/* Take the statement that drops `name` out of the others; it is run early. */
static bool take_drop(depend *d, const char *name)
{
    for (size_t i = 0; i < d->out->len; i++) {
        vgk_statement *s = &d->out->data[i];
        if (!s->drops || s->makes || strcmp(s->drops, name) != 0)
            continue;
        *VGK_ADD(d->kit, &d->early) = *s;
        memmove(s, s + 1, (d->out->len - i - 1) * sizeof *s);
        d->out->len--;
        return true;
    }
    return false;
}

static void drop_view(depend *d, const vgk_view *v)
{
    add_text(d, &d->touched, v->name);
    if (take_drop(d, v->name))
        return;
    vgk_say(d->kit, &d->early, v->name, vgk_sql(d->kit, "DROP VIEW %b;", v->name))
        ->drops = v->name;
    const vgk_view *again = vgk_find_view(d->changes->to, v->name);
    if (again && !again->existing)
        vgk_say(d->kit, &d->late, v->name, vgk_sqlite_create_view(d->kit, again))
            ->makes = v->name;
}

/* Views may be made of views: until no other is found. */
static void drop_views(depend *d)
{
    const vgk_views *views = &d->changes->from->views;
    for (size_t found = 1; found;) {
        found = 0;
        for (size_t i = 0; i < views->len; i++) {
            const vgk_view *v = &views->data[i];
            if (v->existing || in_texts(&d->touched, v->name) ||
                !mentions_any(v->definition, &d->touched, NULL))
                continue;
            drop_view(d, v);
            found++;
        }
    }
    /* What goes with a view that is dropped in its turn. */
    for (size_t i = 0; i < d->changes->views.len; i++) {
        const vgk_view *v = d->changes->views.data[i].from;
        if (v && !v->existing)
            add_text(d, &d->replaced, v->name);
    }
    for (size_t i = 0; i < d->early.len; i++)
        add_text(d, &d->replaced, d->early.data[i].drops);
}

/* ---- virtual tables ---- */

static void virtual_tables(depend *d)
{
    const vgk_parts *all = &d->changes->virtual_tables;
    for (size_t i = 0; i < all->len; i++) {
        const vgk_object *from = all->data[i].from, *to = all->data[i].to;
        if (from) {
            vgk_statement *s = vgk_say(d->kit, &d->early, from->name,
                                       vgk_sql(d->kit, "DROP TABLE %b;", from->name));
            s->drops = from->name;
            if (!from->fill)
                vgk_note(d->kit, s, VGK_LOSES,
                         vgk_sql(d->kit, "drops virtual table %s and what it holds",
                                 from->name));
        }
        if (!to)
            continue;
        vgk_say(d->kit, &d->late, to->name, to->sql)->makes = to->name;
        if (to->fill)
            vgk_note(d->kit, vgk_say(d->kit, &d->late, to->name, to->fill),
                     VGK_REWRITES,
                     vgk_sql(d->kit, "fills %s from its content", to->name));
    }
}

/* ---- triggers ---- */

static bool is_part(const depend *d, const vgk_object *trigger)
{
    for (size_t i = 0; i < d->changes->triggers.len; i++)
        if (d->changes->triggers.data[i].from == trigger)
            return true;
    return false;
}

/* First those that stay in name, then what is new. */
static void triggers(depend *d, vgk_statements *early)
{
    const vgk_objects *all = &d->changes->from->triggers;
    for (size_t i = 0; i < all->len; i++) {
        const vgk_object *t = &all->data[i],
                         *now = vgk_find_object(&d->changes->to->triggers, t->name);
        bool goes = in_texts(&d->replaced, t->table);
        bool breaks = mentions_any(t->sql, &d->touched, goes ? t->table : NULL);
        if (!goes && !breaks && !is_part(d, t))
            continue;
        bool meant = !now && vgk_find_table(d->changes->to, t->table);
        if (!goes || breaks || meant) /* what goes on purpose is said */
            vgk_say(d->kit, early, t->table,
                    vgk_sql(d->kit, "DROP TRIGGER %b;", t->name));
        if (now)
            vgk_say(d->kit, &d->late, now->table, now->sql);
    }
    for (size_t i = 0; i < d->changes->triggers.len; i++) {
        const vgk_object *made = d->changes->triggers.data[i].to;
        if (made && !d->changes->triggers.data[i].from)
            vgk_say(d->kit, &d->late, made->table, made->sql);
    }
}

void vgk_sqlite_depend(vg_kit *kit, const vgk_changes *changes, const bool *recreated,
                       size_t renames, vgk_statements *out)
{
    depend d = {.kit = kit, .changes = changes, .out = out};
    vgk_statements all = {0}, early = {0};
    find_touched(&d, recreated);
    drop_views(&d);
    virtual_tables(&d);
    triggers(&d, &early);
    vgk_statements rest = {out->data, out->len - renames};
    if (renames)
        rest.data += renames;
    const vgk_statements parts[] = {{out->data, renames}, early, d.early, rest, d.late};
    for (size_t i = 0; i < sizeof parts / sizeof *parts; i++)
        for (size_t j = 0; j < parts[i].len; j++)
            *VGK_ADD(kit, &all) = parts[i].data[j];
    *out = all;
}
