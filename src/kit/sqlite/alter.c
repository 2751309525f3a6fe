/* SQLite's statements for changes: collected in drizzle-kit's order, grouped by table, and what
 * drizzle-kit does not know around them. */
#include "kit/sqlite/sqlite.h"
#include "kit/sqlite/same.h"
#include <string.h>
#include <strings.h>

typedef struct run {
    vg_kit *kit;
    const vgk_changes *changes;
    vgk_groups groups;
    bool *recreated; /* of changes->altered */
} run;

static vgk_statement *say(run *r, const char *table, const char *sql)
{
    return vgk_say(r->kit, &vgk_group_of(r->kit, &r->groups, table)->rest, table, sql);
}

/* The table is recreated: this is where its statements stand. */
static bool recreates(run *r, size_t i)
{
    const vgk_table_change *c = &r->changes->altered.data[i];
    if (r->recreated[i])
        vgk_group_of(r->kit, &r->groups, c->to->name)->recreated = c;
    return r->recreated[i];
}

#define EACH_ALTERED(r, i, c)                              \
    for (size_t i = 0; i < (r)->changes->altered.len; i++) \
        for (const vgk_table_change *c = &(r)->changes->altered.data[i]; c; c = NULL)

static bool is_renamed(const vgk_table_change *c)
{
    return strcmp(c->from->name, c->to->name) != 0;
}

/* ---- whole tables ---- */

static void create_tables(run *r)
{
    const vgk_parts *tables = &r->changes->tables;
    for (size_t i = 0; i < tables->len; i++) {
        const vgk_table *t = tables->data[i].to;
        if (!tables->data[i].from)
            say(r, t->name, vgk_sqlite_create_table(r->kit, t, t->name))->makes =
                t->name;
    }
}

static void drop_tables(run *r)
{
    const vgk_parts *tables = &r->changes->tables;
    for (size_t i = 0; i < tables->len; i++) {
        const vgk_table *t = tables->data[i].from;
        if (tables->data[i].to)
            continue;
        vgk_statement *s = say(r, t->name, vgk_sql(r->kit, "DROP TABLE %b;", t->name));
        s->drops = t->name;
        vgk_note(r->kit, s, VGK_LOSES,
                 vgk_sql(r->kit, "drops table %s and its rows", t->name));
    }
}

static void rename_table(run *r, const char *from, const char *to, const char *group)
{
    vgk_statement *s =
        vgk_say(r->kit, &vgk_group_of(r->kit, &r->groups, group)->table_renames, group,
                vgk_sql(r->kit, "ALTER TABLE %b RENAME TO %b;", from, to));
    s->drops = from;
    s->makes = to;
}

static void rename_tables(run *r)
{
    const vgk_parts *tables = &r->changes->tables;
    for (size_t i = 0; i < tables->len; i++) {
        const vgk_table *a = tables->data[i].from, *b = tables->data[i].to;
        if (!a || !b)
            continue;
        /* SQLite thinks that a name in other letters is taken: by way of another one. */
        const char *name = a->name;
        if (strcasecmp(name, b->name) == 0) {
            name = vgk_sql(r->kit, "__new_%s", b->name);
            rename_table(r, a->name, name, b->name);
        }
        rename_table(r, name, b->name, b->name);
    }
}

/* ---- columns ---- */

/* A table that is recreated and not renamed takes its renamed columns along in the copy. */
static void rename_columns(run *r)
{
    EACH_ALTERED(r, i, c)
    {
        for (size_t j = 0; j < c->renamed.len; j++) {
            const vgk_column *a = c->renamed.data[j].from, *b = c->renamed.data[j].to;
            if (recreates(r, i) && !is_renamed(c))
                continue;
            vgk_group *g = vgk_group_of(r->kit, &r->groups, c->to->name);
            vgk_say(r->kit, &g->column_renames, c->to->name,
                    vgk_sql(r->kit, "ALTER TABLE %b RENAME COLUMN %q TO %q;",
                            c->to->name, a->name, b->name));
        }
    }
}

static void add_column(run *r, const vgk_table_change *c, const vgk_column *column)
{
    vgk_statement *s =
        say(r, c->to->name, vgk_sqlite_add_column(r->kit, c->to, column));
    vgk_sqlite_note_added(r->kit, c->to, column, s);
}

static void drop_column(run *r, const vgk_table_change *c, const char *column,
                        bool loses)
{
    vgk_statement *s =
        say(r, c->to->name,
            vgk_sql(r->kit, "ALTER TABLE %b DROP COLUMN %b;", c->to->name, column));
    if (loses)
        vgk_note(
            r->kit, s, VGK_LOSES,
            vgk_sql(r->kit, "drops column %s.%s and its values", c->to->name, column));
}

static void alter_columns(run *r)
{
    EACH_ALTERED(r, i, c)
    {
        for (size_t j = 0; j < c->columns.len; j++) {
            const vgk_part *part = &c->columns.data[j];
            const vgk_column *from = part->from, *to = part->to;
            if (!vgk_sqlite_regenerates(part) || recreates(r, i))
                continue;
            drop_column(r, c, to->name, !from->generated);
            add_column(r, c, to);
        }
    }
}

/* Is the column's expression made of one that comes later in the list: `made` tells of which
 * kind the list is. */
static bool waits(const vgk_parts *parts, size_t i, bool made)
{
    const vgk_column *c = made ? parts->data[i].to : parts->data[i].from;
    for (size_t j = 0; j < parts->len; j++) {
        const vgk_part *p = &parts->data[j];
        const vgk_column *other = made ? p->to : p->from;
        if ((made ? p->from : p->to) || j == i)
            continue;
        /* What is made needs its sources first, what is dropped goes before its sources. */
        if (made && j > i && c->generated &&
            vgk_mentions(c->generated->as, other->name))
            return true;
        if (!made && j > i && other->generated &&
            vgk_mentions(other->generated->as, c->name))
            return true;
    }
    return false;
}

static void add_columns(run *r)
{
    EACH_ALTERED(r, i, c)
    {
        for (int turn = 0; turn < 2; turn++) {
            for (size_t j = 0; j < c->columns.len; j++)
                if (!c->columns.data[j].from && !recreates(r, i) &&
                    waits(&c->columns, j, true) == turn)
                    add_column(r, c, c->columns.data[j].to);
        }
    }
}

static void drop_columns(run *r)
{
    EACH_ALTERED(r, i, c)
    {
        for (int turn = 0; turn < 2; turn++) {
            for (size_t j = 0; j < c->columns.len; j++) {
                const vgk_column *gone = c->columns.data[j].from;
                if (!c->columns.data[j].to && !recreates(r, i) &&
                    waits(&c->columns, j, false) == turn)
                    drop_column(r, c, gone->name, !gone->generated);
            }
        }
    }
}

/* ---- indexes ---- */

/* drizzle-kit keeps these before the recreation of a table that is renamed, too, if nothing
 * that asks for the recreation comes before. */
static bool drops_before_copy(const vgk_table_change *c)
{
    bool earlier = c->storage;
    for (size_t i = 0; i < c->foreign_keys.len; i++)
        earlier |= !c->foreign_keys.data[i].to;
    for (size_t i = 0; i < c->checks.len; i++)
        earlier |= c->checks.data[i].from != NULL;
    return is_renamed(c) && !earlier;
}

static void drop_indexes(run *r, bool altered)
{
    EACH_ALTERED(r, i, c)
    {
        for (size_t j = 0; j < c->indexes.len; j++) {
            const vgk_index *from = c->indexes.data[j].from,
                            *to = c->indexes.data[j].to;
            if (!from || !to == altered || (recreates(r, i) && !drops_before_copy(c)))
                continue;
            say(r, c->to->name, vgk_sql(r->kit, "DROP INDEX %b;", from->name))->drops =
                from->name;
        }
    }
}

static void create_index(run *r, const vgk_table *t, const vgk_index *index, bool rows)
{
    vgk_statement *s = say(r, t->name, vgk_sqlite_create_index(r->kit, t->name, index));
    s->makes = index->name;
    if (rows)
        vgk_sqlite_note_index(r->kit, t, index, s);
}

static void create_indexes_of_new_tables(run *r)
{
    const vgk_parts *tables = &r->changes->tables;
    for (size_t i = 0; i < tables->len; i++) {
        const vgk_table *t = tables->data[i].to;
        for (size_t j = 0; !tables->data[i].from && j < t->indexes.len; j++)
            create_index(r, t, &t->indexes.data[j], false);
    }
}

static void create_indexes(run *r, bool altered)
{
    EACH_ALTERED(r, i, c)
    {
        for (size_t j = 0; j < c->indexes.len; j++) {
            const vgk_index *from = c->indexes.data[j].from,
                            *to = c->indexes.data[j].to;
            if (to && !from == !altered && !recreates(r, i))
                create_index(r, c->to, to, true);
        }
    }
}

/* ---- what asks for a recreation, each where drizzle-kit has it ---- */

typedef enum side { GONE = 1, MADE = 2, ALTERED = 4 } side;

static void recreate_for(run *r, size_t member, unsigned sides)
{
    EACH_ALTERED(r, i, c)
    {
        const vgk_parts *parts =
            (const vgk_parts *)(const void *)((const char *)c + member);
        for (size_t j = 0; j < parts->len; j++) {
            const vgk_part *p = &parts->data[j];
            if (sides & (!p->to ? GONE : !p->from ? MADE : ALTERED))
                recreates(r, i);
        }
    }
}
#define RECREATE_FOR(r, member, sides) \
    recreate_for(r, offsetof(vgk_table_change, member), sides)

/* ---- views ---- */

static void drop_views(run *r)
{
    const vgk_parts *views = &r->changes->views;
    for (size_t i = 0; i < views->len; i++) {
        const vgk_view *from = views->data[i].from, *to = views->data[i].to;
        if (from && !(to ? to->existing : from->existing))
            say(r, "", vgk_sql(r->kit, "DROP VIEW %b;", from->name))->drops =
                from->name;
    }
}

static void create_views(run *r)
{
    const vgk_parts *views = &r->changes->views;
    for (size_t i = 0; i < views->len; i++) {
        const vgk_view *v = views->data[i].to;
        if (v && !v->existing)
            say(r, "", vgk_sqlite_create_view(r->kit, v))->makes = v->name;
    }
}

int vgk_sqlite_statements(vg_kit *kit, const vgk_changes *changes, vgk_statements *out)
{
    run r = {.kit = kit, .changes = changes};
    r.recreated = vgk_alloc(kit, changes->altered.len * sizeof *r.recreated);
    for (size_t i = 0; i < changes->altered.len; i++)
        r.recreated[i] = vgk_sqlite_must_recreate(&changes->altered.data[i]);
    create_tables(&r);
    drop_tables(&r);
    rename_tables(&r);
    rename_columns(&r);
    RECREATE_FOR(&r, foreign_keys, GONE);
    RECREATE_FOR(&r, checks, GONE | ALTERED);
    drop_indexes(&r, false);
    drop_indexes(&r, true);
    RECREATE_FOR(&r, primary_keys, GONE);
    RECREATE_FOR(&r, columns, ALTERED);
    alter_columns(&r);
    RECREATE_FOR(&r, primary_keys, MADE);
    add_columns(&r);
    create_indexes_of_new_tables(&r);
    create_indexes(&r, false);
    create_indexes(&r, true);
    RECREATE_FOR(&r, checks, MADE);
    RECREATE_FOR(&r, foreign_keys, MADE | ALTERED);
    drop_columns(&r);
    for (size_t i = 0; i < changes->altered.len; i++)
        recreates(&r, i);
    drop_views(&r);
    create_views(&r);
    *out = (vgk_statements){0};
    size_t renames = vgk_groups_flatten(kit, changes, &r.groups, out);
    vgk_sqlite_depend(kit, changes, r.recreated, renames, out);
    vgk_sqlite_free_names(kit, changes, out);
    return VG_OK;
}
