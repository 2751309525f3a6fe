/* What differs between two snapshots. Parts are matched by name; tables, columns and views by
 * the name that a rename gave them. The order of what is found is drizzle-kit's: gone, made,
 * altered. */
#include "kit/diff.h"
#include <string.h>

/* All parts begin with their name. */
typedef struct part {
    const char *name;
} part;

/* A list of any parts. */
typedef struct list {
    const void *data;
    size_t len, size;
} list;
#define LIST(l) ((list){(l).data, (l).len, sizeof *(l).data})

static const void *at(list l, size_t i)
{
    return (const char *)l.data + i * l.size;
}

static const void *find(list l, const char *name)
{
    for (size_t i = 0; i < l.len; i++)
        if (strcmp(((const part *)at(l, i))->name, name) == 0)
            return at(l, i);
    return NULL;
}

/* ---- renames ---- */

typedef struct scope {
    const vgk_renames *renames;
    vgk_kind kind;
    const char *table;
} scope;

/* `name` by its new name, or by its old one. */
static const char *renamed(const scope *s, const char *name, bool back)
{
    for (size_t i = 0; s && s->renames && i < s->renames->len; i++) {
        const vgk_rename *r = &s->renames->data[i];
        if (r->kind == s->kind && *r->from && strcmp(r->table, s->table) == 0 &&
            strcmp(back ? r->to : r->from, name) == 0)
            return back ? r->from : r->to;
    }
    return name;
}

/* ---- the same or not ---- */

static bool same_text(const char *a, const char *b)
{
    return a == b || (a && b && strcmp(a, b) == 0);
}

static bool same_texts(const vgk_texts *a, const vgk_texts *b)
{
    bool same = a->len == b->len;
    for (size_t i = 0; same && i < a->len; i++)
        same = strcmp(a->data[i], b->data[i]) == 0;
    return same;
}

/* "text (20)" is "text(20)". */
static bool same_type(const char *a, const char *b)
{
    for (; *a || *b; a++, b++) {
        a += a[0] == ' ' && a[1] == '(';
        b += b[0] == ' ' && b[1] == '(';
        if (*a != *b)
            return false;
    }
    return true;
}

bool vgk_same_column(const vgk_column *a, const vgk_column *b)
{
    return same_type(a->type, b->type) && a->primary_key == b->primary_key &&
           a->not_null == b->not_null && a->autoincrement == b->autoincrement &&
           a->value.kind == b->value.kind && same_text(a->value.text, b->value.text) &&
           !a->generated == !b->generated &&
           (!a->generated || (same_text(a->generated->as, b->generated->as) &&
                              same_text(a->generated->type, b->generated->type)));
}

static bool same_column(const void *from, const void *to)
{
    return vgk_same_column(from, to);
}

/* An index's columns as one text: ",a,b". */
typedef struct joined {
    const vgk_index_columns *columns;
    size_t next;
    const char *at;
} joined;

static char next_char(joined *j)
{
    if (*j->at)
        return *j->at++;
    if (j->next == j->columns->len)
        return 0;
    j->at = j->columns->data[j->next++].text;
    return ',';
}

/* By the texts alone: drizzle-kit may have cut an expression at its commas, and forgotten that
 * it is one. */
static bool same_index(const void *from, const void *to)
{
    const vgk_index *a = from, *b = to;
    joined s = {&a->columns, 0, ""}, t = {&b->columns, 0, ""};
    char c, d;
    do {
        c = next_char(&s);
        d = next_char(&t);
    } while (c && c == d);
    return c == d && a->unique == b->unique && same_text(a->where, b->where);
}

static bool same_foreign_key(const void *from, const void *to)
{
    const vgk_foreign_key *a = from, *b = to;
    return same_text(a->table_from, b->table_from) &&
           same_text(a->table_to, b->table_to) &&
           same_texts(&a->columns_from, &b->columns_from) &&
           same_texts(&a->columns_to, &b->columns_to) &&
           same_text(a->on_delete, b->on_delete) &&
           same_text(a->on_update, b->on_update);
}

static bool same_key(const void *from, const void *to)
{
    const vgk_key *a = from, *b = to;
    return same_texts(&a->columns, &b->columns);
}

static bool same_check(const void *from, const void *to)
{
    const vgk_check *a = from, *b = to;
    return same_text(a->value, b->value);
}

static bool same_view(const void *from, const void *to)
{
    const vgk_view *a = from, *b = to;
    return a->existing == b->existing && same_text(a->definition, b->definition);
}

static bool same_object(const void *from, const void *to)
{
    const vgk_object *a = from, *b = to;
    return same_text(a->table, b->table) && same_text(a->sql, b->sql);
}

/* ---- finding ---- */

static void add(vg_kit *kit, vgk_parts *out, const void *from, const void *to)
{
    *VGK_ADD(kit, out) = (vgk_part){from, to};
}

static void compare(vg_kit *kit, list from, list to, const scope *s,
                    bool (*same)(const void *, const void *), vgk_parts *out)
{
    for (size_t i = 0; i < from.len; i++)
        if (!find(to, renamed(s, ((const part *)at(from, i))->name, false)))
            add(kit, out, at(from, i), NULL);
    for (size_t i = 0; i < to.len; i++)
        if (!find(from, renamed(s, ((const part *)at(to, i))->name, true)))
            add(kit, out, NULL, at(to, i));
    for (size_t i = 0; i < from.len; i++) {
        const part *a = at(from, i), *b = find(to, renamed(s, a->name, false));
        if (b && !same(a, b))
            add(kit, out, a, b);
    }
}

/* In the order of the new table, as drizzle-kit asks for them. */
static void find_renamed(vg_kit *kit, list from, list to, const scope *s,
                         vgk_parts *out)
{
    for (size_t i = 0; i < to.len; i++) {
        const part *b = at(to, i), *a = find(from, renamed(s, b->name, true));
        if (a && strcmp(a->name, b->name) != 0)
            add(kit, out, a, b);
    }
}

/* A key that is called otherwise and has the same columns is the same. */
static void forget_same_keys(vgk_parts *parts)
{
    for (size_t i = 0; i < parts->len; i++)
        for (size_t j = 0; parts->len == 2 && j < parts->len; j++)
            if (!parts->data[i].to && !parts->data[j].from &&
                same_key(parts->data[i].from, parts->data[j].to))
                parts->len = 0;
}

static void compare_table(vg_kit *kit, const vgk_table *a, const vgk_table *b,
                          vgk_changes *out)
{
    vgk_table_change c = {.from = a, .to = b};
    scope s = {&out->renames, VGK_COLUMN, b->name};
    compare(kit, LIST(a->columns), LIST(b->columns), &s, same_column, &c.columns);
    find_renamed(kit, LIST(a->columns), LIST(b->columns), &s, &c.renamed);
    compare(kit, LIST(a->indexes), LIST(b->indexes), NULL, same_index, &c.indexes);
    compare(kit, LIST(a->foreign_keys), LIST(b->foreign_keys), NULL, same_foreign_key,
            &c.foreign_keys);
    compare(kit, LIST(a->primary_keys), LIST(b->primary_keys), NULL, same_key,
            &c.primary_keys);
    compare(kit, LIST(a->uniques), LIST(b->uniques), NULL, same_key, &c.uniques);
    compare(kit, LIST(a->checks), LIST(b->checks), NULL, same_check, &c.checks);
    forget_same_keys(&c.primary_keys);
    c.storage = a->strict != b->strict || a->without_rowid != b->without_rowid;
    if (c.columns.len || c.renamed.len || c.indexes.len || c.foreign_keys.len ||
        c.primary_keys.len || c.uniques.len || c.checks.len || c.storage ||
        strcmp(a->name, b->name) != 0)
        *VGK_ADD(kit, &out->altered) = c;
}

static bool always_same(const void *from, const void *to)
{
    (void)from;
    (void)to;
    return true;
}

int vgk_diff(vg_kit *kit, const vgk_snapshot *from, const vgk_snapshot *to,
             const vgk_renames *renames, vgk_changes *out)
{
    *out = (vgk_changes){.from = from, .to = to};
    if (renames)
        out->renames = *renames;
    scope tables = {&out->renames, VGK_TABLE, ""},
          views = {&out->renames, VGK_VIEW, ""};
    list a = LIST(from->tables), b = LIST(to->tables);
    compare(kit, a, b, &tables, always_same, &out->tables);
    find_renamed(kit, a, b, &tables, &out->tables);
    for (size_t i = 0; i < from->tables.len; i++) {
        const vgk_table *t = &from->tables.data[i];
        const vgk_table *now = find(b, renamed(&tables, t->name, false));
        if (now)
            compare_table(kit, t, now, out);
    }
    vgk_parts all = {0};
    a = LIST(from->views), b = LIST(to->views);
    compare(kit, a, b, &views, always_same, &out->views);
    find_renamed(kit, a, b, &views, &out->views);
    compare(kit, a, b, &views, same_view, &all);
    for (size_t i = 0; i < all.len; i++) {
        const vgk_view *v = all.data[i].from, *w = all.data[i].to;
        if (v && w && strcmp(v->name, w->name) == 0)
            add(kit, &out->views, v, w);
    }
    compare(kit, LIST(from->triggers), LIST(to->triggers), NULL, same_object,
            &out->triggers);
    compare(kit, LIST(from->virtual_tables), LIST(to->virtual_tables), NULL,
            same_object, &out->virtual_tables);
    return VG_OK;
}

const vgk_column *vgk_column_before(const vgk_changes *changes,
                                    const vgk_table_change *change, const char *column)
{
    scope s = {&changes->renames, VGK_COLUMN, change->to->name};
    return find(LIST(change->from->columns), renamed(&s, column, true));
}
