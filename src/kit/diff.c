/* What differs between two snapshots. Parts are matched by name; tables, columns and views by
 * the name that a rename gave them. The order of what is found is drizzle-kit's: gone, made,
 * altered. */
#include "kit/dialect.h"
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

bool vgk_same_texts(const vgk_texts *a, const vgk_texts *b)
{
    bool same = a->len == b->len;
    for (size_t i = 0; same && i < a->len; i++)
        same = strcmp(a->data[i], b->data[i]) == 0;
    return same;
}

/* "text (20)" is "text(20)". */
bool vgk_same_type(const char *a, const char *b)
{
    for (; *a || *b; a++, b++) {
        a += a[0] == ' ' && a[1] == '(';
        b += b[0] == ' ' && b[1] == '(';
        if (*a != *b)
            return false;
    }
    return true;
}

static bool same_setting(const void *from, const void *to)
{
    const vgk_setting *a = from, *b = to;
    return a->value.kind == b->value.kind && same_text(a->value.text, b->value.text);
}

static bool same_settings(const vgk_settings *a, const vgk_settings *b)
{
    bool same = a->len == b->len;
    for (size_t i = 0; same && i < a->len; i++)
        same = strcmp(a->data[i].name, b->data[i].name) == 0 &&
               same_setting(&a->data[i], &b->data[i]);
    return same;
}

static bool same_numbers(const void *from, const void *to)
{
    const vgk_sequence *a = from, *b = to;
    return same_text(a->increment, b->increment) && same_text(a->min, b->min) &&
           same_text(a->max, b->max) && same_text(a->start, b->start) &&
           same_text(a->cache, b->cache) && a->cycle == b->cycle;
}

bool vgk_same_identity(const vgk_identity *a, const vgk_identity *b)
{
    return a == b || (a && b && strcmp(a->type, b->type) == 0 &&
                      same_text(a->sequence.name, b->sequence.name) &&
                      same_numbers(&a->sequence, &b->sequence));
}

bool vgk_same_column(const vgk_column *a, const vgk_column *b)
{
    return vgk_same_type(a->type, b->type) && a->primary_key == b->primary_key &&
           a->not_null == b->not_null && a->autoincrement == b->autoincrement &&
           a->value.kind == b->value.kind && same_text(a->value.text, b->value.text) &&
           same_text(a->type_schema, b->type_schema) &&
           vgk_same_identity(a->identity, b->identity) &&
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

static bool same_terms(const vgk_index_columns *a, const vgk_index_columns *b)
{
    bool same = true;
    for (size_t i = 0; same && i < a->len && i < b->len; i++) {
        const vgk_index_column *x = &a->data[i], *y = &b->data[i];
        same = x->desc == y->desc && same_text(x->nulls, y->nulls) &&
               same_text(x->opclass, y->opclass);
    }
    return same;
}

/* What not every database has. */
static bool same_options(const vgk_index *a, const vgk_index *b)
{
    return a->concurrently == b->concurrently && same_text(a->method, b->method) &&
           same_settings(&a->with, &b->with) && same_terms(&a->columns, &b->columns) &&
           vgk_same_texts(&a->include, &b->include) && a->only == b->only &&
           a->nulls_not_distinct == b->nulls_not_distinct;
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
    return c == d && a->unique == b->unique && same_text(a->where, b->where) &&
           same_options(a, b);
}

static bool same_foreign_key(const void *from, const void *to)
{
    const vgk_foreign_key *a = from, *b = to;
    return same_text(a->table_from, b->table_from) &&
           same_text(a->table_to, b->table_to) &&
           vgk_same_texts(&a->columns_from, &b->columns_from) &&
           vgk_same_texts(&a->columns_to, &b->columns_to) &&
           same_text(a->on_delete, b->on_delete) &&
           same_text(a->on_update, b->on_update) &&
           same_text(a->deferrable, b->deferrable);
}

static bool same_key(const void *from, const void *to)
{
    const vgk_key *a = from, *b = to;
    return vgk_same_texts(&a->columns, &b->columns) &&
           a->nulls_not_distinct == b->nulls_not_distinct &&
           same_text(a->deferrable, b->deferrable) &&
           vgk_same_texts(&a->include, &b->include);
}

static bool same_check(const void *from, const void *to)
{
    const vgk_check *a = from, *b = to;
    return same_text(a->value, b->value);
}

bool vgk_same_view(const vgk_view *a, const vgk_view *b)
{
    return a->existing == b->existing && same_text(a->definition, b->definition) &&
           a->materialized == b->materialized && a->no_data == b->no_data &&
           same_text(a->using_method, b->using_method) &&
           same_text(a->tablespace, b->tablespace) && same_settings(&a->with, &b->with);
}

static bool same_view(const void *from, const void *to)
{
    return vgk_same_view(from, to);
}

bool vgk_same_policy(const vgk_policy *a, const vgk_policy *b)
{
    return same_text(a->as, b->as) && same_text(a->command, b->command) &&
           vgk_same_texts(&a->to, &b->to) && same_text(a->using_sql, b->using_sql) &&
           same_text(a->with_check, b->with_check) && same_text(a->on, b->on);
}

static bool same_policy(const void *from, const void *to)
{
    return vgk_same_policy(from, to);
}

static bool same_exclude(const void *from, const void *to)
{
    const vgk_exclude *a = from, *b = to;
    return strcmp(a->definition, b->definition) == 0;
}

static bool same_enum(const void *from, const void *to)
{
    const vgk_enum *a = from, *b = to;
    return vgk_same_texts(&a->values, &b->values);
}

static bool same_role(const void *from, const void *to)
{
    const vgk_role *a = from, *b = to;
    return a->create_db == b->create_db && a->create_role == b->create_role &&
           a->inherit == b->inherit;
}

static bool same_extension(const void *from, const void *to)
{
    const vgk_extension *a = from, *b = to;
    return same_text(a->version, b->version);
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

static bool is_altered(const vgk_table_change *c)
{
    const vgk_parts *lists[] = {&c->columns,         &c->renamed,  &c->indexes,
                                &c->foreign_keys,    &c->uniques,  &c->primary_keys,
                                &c->checks,          &c->excludes, &c->policies,
                                &c->renamed_policies};
    bool altered = c->storage || c->security || strcmp(c->from->name, c->to->name) != 0;
    for (size_t i = 0; i < sizeof lists / sizeof *lists; i++)
        altered = altered || lists[i]->len;
    return altered;
}

static void compare_table(vg_kit *kit, const vgk_table *a, const vgk_table *b,
                          vgk_changes *out)
{
    vgk_table_change c = {.from = a, .to = b};
    scope s = {&out->renames, VGK_COLUMN, b->name},
          p = {&out->renames, VGK_POLICY, b->name};
    compare(kit, LIST(a->columns), LIST(b->columns), &s, same_column, &c.columns);
    find_renamed(kit, LIST(a->columns), LIST(b->columns), &s, &c.renamed);
    compare(kit, LIST(a->indexes), LIST(b->indexes), NULL, same_index, &c.indexes);
    compare(kit, LIST(a->foreign_keys), LIST(b->foreign_keys), NULL, same_foreign_key,
            &c.foreign_keys);
    compare(kit, LIST(a->primary_keys), LIST(b->primary_keys), NULL, same_key,
            &c.primary_keys);
    compare(kit, LIST(a->uniques), LIST(b->uniques), NULL, same_key, &c.uniques);
    compare(kit, LIST(a->checks), LIST(b->checks), NULL, same_check, &c.checks);
    compare(kit, LIST(a->excludes), LIST(b->excludes), NULL, same_exclude, &c.excludes);
    compare(kit, LIST(a->policies), LIST(b->policies), &p, same_policy, &c.policies);
    find_renamed(kit, LIST(a->policies), LIST(b->policies), &p, &c.renamed_policies);
    if (!kit->dialect->key_names)
        forget_same_keys(&c.primary_keys);
    c.storage = a->strict != b->strict || a->without_rowid != b->without_rowid ||
                !same_text(a->partition_by, b->partition_by);
    c.security = a->row_security != b->row_security ||
                 a->force_row_security != b->force_row_security;
    if (is_altered(&c))
        *VGK_ADD(kit, &out->altered) = c;
}

static bool always_same(const void *from, const void *to)
{
    (void)from;
    (void)to;
    return true;
}

/* Gone, made, renamed; then those that are altered and called as before. */
static void compare_named(vg_kit *kit, list a, list b, const scope *s,
                          bool (*same)(const void *, const void *), vgk_parts *out)
{
    vgk_parts all = {0};
    compare(kit, a, b, s, always_same, out);
    find_renamed(kit, a, b, s, out);
    compare(kit, a, b, s, same, &all);
    for (size_t i = 0; i < all.len; i++) {
        const part *from = all.data[i].from, *to = all.data[i].to;
        if (from && to && strcmp(from->name, to->name) == 0)
            add(kit, out, from, to);
    }
}

/* What only some databases have. */
static void compare_objects(vg_kit *kit, const vgk_snapshot *from,
                            const vgk_snapshot *to, vgk_changes *out)
{
    const vgk_renames *r = &out->renames;
    scope namespaces = {r, VGK_NAMESPACE, ""}, enums = {r, VGK_ENUM, ""},
          sequences = {r, VGK_SEQUENCE, ""}, roles = {r, VGK_ROLE, ""},
          policies = {r, VGK_POLICY, ""};
    compare_named(kit, LIST(out->from->namespaces), LIST(to->namespaces), &namespaces,
                  always_same, &out->namespaces);
    compare_named(kit, LIST(from->enums), LIST(to->enums), &enums, same_enum,
                  &out->enums);
    compare_named(kit, LIST(from->sequences), LIST(to->sequences), &sequences,
                  same_numbers, &out->sequences);
    compare_named(kit, LIST(from->roles), LIST(to->roles), &roles, same_role,
                  &out->roles);
    compare_named(kit, LIST(from->policies), LIST(to->policies), &policies, same_policy,
                  &out->policies);
    compare(kit, LIST(from->extensions), LIST(to->extensions), NULL, same_extension,
            &out->extensions);
}

int vgk_diff(vg_kit *kit, const vgk_snapshot *before, const vgk_snapshot *to,
             const vgk_renames *renames, vgk_changes *out)
{
    *out = (vgk_changes){.from = before, .to = to};
    if (renames)
        out->renames = *renames;
    const vgk_snapshot *from = vgk_patched(kit, before, &out->renames);
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
    compare_named(kit, LIST(from->views), LIST(to->views), &views, same_view,
                  &out->views);
    compare(kit, LIST(from->triggers), LIST(to->triggers), NULL, same_object,
            &out->triggers);
    compare(kit, LIST(from->virtual_tables), LIST(to->virtual_tables), NULL,
            same_object, &out->virtual_tables);
    compare_objects(kit, from, to, out);
    return VG_OK;
}

const vgk_column *vgk_column_before(const vgk_changes *changes,
                                    const vgk_table_change *change, const char *column)
{
    scope s = {&changes->renames, VGK_COLUMN, change->to->name};
    return find(LIST(change->from->columns), renamed(&s, column, true));
}
