/* What a header cannot say is taken out of the snapshot, and noted. */
#include "kit/dialect.h"
#include "kit/header.h"
#include <string.h>

enum { MAX_WORDS = 16, MAX_ENTRIES = 96 }; /* of a list in C, see detail/pp.h */

static void remark(vg_kit *kit, vgk_snapshot *s, const char *text)
{
    *VGK_ADD(kit, &s->notes) = text;
}

/* ---- UNIQUE constraints become unique indexes ---- */

static bool same_columns(const vgk_index *x, const vgk_texts *names)
{
    if (!x->unique || x->where || x->columns.len != names->len)
        return false;
    for (size_t i = 0; i < names->len; i++)
        if (x->columns.data[i].is_expression ||
            strcmp(x->columns.data[i].text, names->data[i]) != 0)
            return false;
    return true;
}

static void unique(vg_kit *kit, vgk_table *t, const vgk_key *key)
{
    const char *name = key->name;
    for (size_t i = 0; i < t->indexes.len; i++)
        if (same_columns(&t->indexes.data[i], &key->columns))
            return;
    for (int n = 2; vgk_find_index(&t->indexes, name); n++)
        name = vgk_print(kit, "%s_%d", key->name, n);
    vgk_index *index = VGK_ADD(kit, &t->indexes);
    *index = (vgk_index){.name = name, .unique = true};
    for (size_t i = 0; i < key->columns.len; i++)
        VGK_ADD(kit, &index->columns)->text = key->columns.data[i];
}

/* A constraint that has a name of its own stays one. */
static void named_uniques(vg_kit *kit, vgk_snapshot *s, vgk_table *t)
{
    size_t kept = 0;
    for (size_t i = 0; i < t->uniques.len; i++) {
        const vgk_key *key = &t->uniques.data[i];
        if (key->deferrable || key->include.len)
            remark(kit, s,
                   vgk_print(kit, "UNIQUE %s of table %s, which %s", key->name, t->name,
                             key->deferrable ? "is DEFERRABLE" : "has an INCLUDE"));
        else
            t->uniques.data[kept++] = *key;
    }
    t->uniques.len = kept;
}

static void uniques(vg_kit *kit, vgk_snapshot *s, vgk_table *t)
{
    if (kit->dialect->name_limit) {
        named_uniques(kit, s, t);
        return;
    }
    for (size_t i = 0; i < t->uniques.len; i++)
        unique(kit, t, &t->uniques.data[i]);
    t->uniques = (vgk_keys){0};
}

/* ---- what is too long ---- */

static void long_lists(vg_kit *kit, vgk_snapshot *s, vgk_table *t)
{
    size_t kept = 0;
    for (size_t i = 0; i < t->indexes.len; i++) {
        vgk_index *x = &t->indexes.data[i];
        if (x->columns.len + (x->where != NULL) <= MAX_WORDS)
            t->indexes.data[kept++] = *x;
        else
            remark(kit, s,
                   vgk_print(kit, "index %s of table %s has more than %d columns",
                             x->name, t->name, MAX_WORDS));
    }
    t->indexes.len = kept;
    if (t->primary_keys.len && t->primary_keys.data[0].columns.len > MAX_WORDS) {
        remark(kit, s,
               vgk_print(kit, "the primary key of table %s has more than %d columns",
                         t->name, MAX_WORDS));
        t->primary_keys.len = 0;
        t->without_rowid = false;
    }
}

/* Name, STRICT, WITHOUT_ROWID and a key leave so many entries to the rest. */
static void many_entries(vg_kit *kit, vgk_snapshot *s, vgk_table *t)
{
    size_t room = MAX_ENTRIES - 4 - t->columns.len;
    size_t others = t->uniques.len + t->policies.len + t->excludes.len + 4;
    if (!kit->dialect->name_limit)
        others = 0;
    room -= others < room ? others : room;
    if (t->foreign_keys.len + t->indexes.len + t->checks.len <= room)
        return;
    remark(kit, s,
           vgk_print(kit, "table %s has more indexes and constraints than %zu", t->name,
                     room));
    t->foreign_keys.len = t->foreign_keys.len < room ? t->foreign_keys.len : room;
    room -= t->foreign_keys.len;
    t->checks.len = t->checks.len < room ? t->checks.len : room;
    room -= t->checks.len;
    t->indexes.len = t->indexes.len < room ? t->indexes.len : room;
}

/* ---- what leads nowhere ---- */

/* ---- what there is no word for ---- */

/* An expression that is DESC is said with all that stands behind it. */
static void descending(vg_kit *kit, vgk_index *x)
{
    for (size_t i = 0; i < x->columns.len; i++) {
        vgk_index_column *c = &x->columns.data[i];
        if (!c->is_expression || !c->desc)
            continue;
        c->text = vgk_print(kit, "%s%s%s DESC NULLS %s", c->text, c->opclass ? " " : "",
                            c->opclass ? c->opclass : "",
                            *c->nulls == 'f' ? "FIRST" : "LAST");
        c->desc = false;
        c->nulls = "last";
        c->opclass = NULL;
    }
}

/* The key of a table is called after its columns. */
static void key_name(vg_kit *kit, vgk_snapshot *s, const vgk_table *t, vgk_key *key)
{
    const char *usual = vgk_base_name(t->name, t->schema);
    for (size_t i = 0; i < key->columns.len; i++)
        usual = vgk_print(kit, "%s_%s", usual, key->columns.data[i]);
    usual = vgk_print(kit, "%s_pk", usual);
    if (kit->dialect->key_names && strcmp(usual, key->name) != 0)
        remark(kit, s,
               vgk_print(kit, "the primary key of table %s is called %s", t->name,
                         key->name));
    key->name = usual;
}

static void wordless(vg_kit *kit, vgk_snapshot *s, vgk_table *t)
{
    size_t kept = 0;
    for (size_t i = 0; i < t->indexes.len; i++) {
        vgk_index *x = &t->indexes.data[i];
        if (x->nulls_not_distinct)
            remark(kit, s,
                   vgk_print(kit, "index %s of table %s is NULLS NOT DISTINCT", x->name,
                             t->name));
        else
            t->indexes.data[kept++] = *x;
        descending(kit, x);
    }
    t->indexes.len = kept;
    for (size_t i = 0; i < t->primary_keys.len; i++) {
        vgk_key *key = &t->primary_keys.data[i];
        if (key->deferrable || key->include.len)
            remark(kit, s,
                   vgk_print(kit, "the primary key of table %s %s", t->name,
                             key->deferrable ? "is DEFERRABLE" : "has an INCLUDE"));
        key->deferrable = NULL;
        key->include = (vgk_texts){0};
        key_name(kit, s, t, key);
    }
}

static bool leads_somewhere(const vgk_snapshot *s, const vgk_foreign_key *key)
{
    const vgk_table *to = vgk_find_table(s, key->table_to);
    for (size_t i = 0; to && i < key->columns_to.len; i++)
        if (!vgk_find_column(&to->columns, key->columns_to.data[i]))
            return false;
    return to && key->columns_to.len <= MAX_WORDS;
}

static void foreign_keys(vg_kit *kit, vgk_snapshot *s, vgk_table *t)
{
    size_t kept = 0;
    for (size_t i = 0; i < t->foreign_keys.len; i++) {
        vgk_foreign_key *key = &t->foreign_keys.data[i];
        if (leads_somewhere(s, key))
            t->foreign_keys.data[kept++] = *key;
        else
            remark(kit, s,
                   vgk_print(kit, "table %s refers to %s, which is not in here",
                             t->name, key->table_to));
    }
    t->foreign_keys.len = kept;
}

static void views(vg_kit *kit, vgk_snapshot *s)
{
    size_t kept = 0;
    for (size_t i = 0; i < s->views.len; i++) {
        vgk_view *v = &s->views.data[i];
        if (v->columns.len)
            s->views.data[kept++] = *v;
        else
            remark(kit, s,
                   vgk_print(kit, "view %s is left out", s->views.data[i].name));
    }
    s->views.len = kept;
}

static bool sound_trigger(vg_kit *kit, const vgk_snapshot *s, const vgk_object *object)
{
    vgk_trigger_text t;
    const vgk_table *table = vgk_find_table(s, object->table);
    const vgk_view *view = vgk_find_view(s, object->table);
    if ((!table && !view) || !kit->dialect->trigger(kit, object->sql, &t) ||
        t.columns.len > MAX_WORDS)
        return false;
    for (size_t i = 0; i < t.columns.len; i++)
        if (!vgk_find_column(table ? &table->columns : &view->columns,
                             t.columns.data[i]))
            return false;
    return true;
}

static void triggers(vg_kit *kit, vgk_snapshot *s)
{
    size_t kept = 0;
    for (size_t i = 0; i < s->triggers.len; i++) {
        if (sound_trigger(kit, s, &s->triggers.data[i]))
            s->triggers.data[kept++] = s->triggers.data[i];
        else
            remark(kit, s,
                   vgk_print(kit, "trigger %s on %s is left out",
                             s->triggers.data[i].name, s->triggers.data[i].table));
    }
    s->triggers.len = kept;
}

/* An ENUM of C has at least one constant, and not more than a macro takes. */
static void enums(vg_kit *kit, vgk_snapshot *s)
{
    size_t kept = 0;
    for (size_t i = 0; i < s->enums.len; i++) {
        const vgk_enum *e = &s->enums.data[i];
        if (e->values.len && e->values.len < MAX_ENTRIES)
            s->enums.data[kept++] = *e;
        else
            remark(kit, s,
                   vgk_print(kit, "enum %s has %zu values", e->name, e->values.len));
    }
    s->enums.len = kept;
}

void vgk_header_reduce(vg_kit *kit, vgk_snapshot *s)
{
    for (size_t i = 0; i < s->tables.len; i++) {
        vgk_table *t = &s->tables.data[i];
        uniques(kit, s, t);
        long_lists(kit, s, t);
        foreign_keys(kit, s, t);
        wordless(kit, s, t);
        many_entries(kit, s, t);
    }
    views(kit, s);
    triggers(kit, s);
    enums(kit, s);
    s->roles = (vgk_roles){0}; /* of the server, not of this database */
}
