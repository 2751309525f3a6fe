/* Relations in a schema header: each foreign key is a ONE of its table and a MANY of the table
 * that it refers to, and a table whose primary key is two of them a MANY_THROUGH of both. Their
 * names are ours: the database has none. */
#include "kit/header_writer.h"
#include <string.h>

enum { MAX_KEY = 8, MAX_ENTRIES = 96 }; /* of a relation; of a TABLE */

/* ---- what may be one ---- */

/* INTEGER of SERIAL, TEXT of VARCHAR(20): what a program compares such values as. */
static const char *compared_as(const vgk_header_writer *w, const vgk_column *c)
{
    static const char *const integers[] = {
        "INTEGER", "SMALLINT", "INT", "BIGINT", "SERIAL", "SMALLSERIAL", "BIGSERIAL"};
    static const char *const texts[] = {"TEXT", "VARCHAR"};
    vgk_field_type field;
    w->kit->dialect->field(w->kit, c, &field);
    char *word = vgk_text(w->kit, field.type);
    word[strcspn(word, "(,")] = 0;
    for (size_t i = 0; i < sizeof integers / sizeof *integers; i++)
        if (strcmp(word, integers[i]) == 0)
            return "INTEGER";
    for (size_t i = 0; i < sizeof texts / sizeof *texts; i++)
        if (strcmp(word, texts[i]) == 0)
            return "TEXT";
    return vgk_print(w->kit, "%s %s", field.type, c->type);
}

static const vgk_column *column_of(const vgk_table *t, const char *name)
{
    for (size_t i = 0; i < t->columns.len; i++)
        if (strcmp(t->columns.data[i].name, name) == 0)
            return &t->columns.data[i];
    return NULL;
}

static bool is_relation(const vgk_header_writer *w, const vgk_table *t,
                        const vgk_foreign_key *key)
{
    size_t to = vgk_header_table_number(w->s, key->table_to);
    if (to == w->s->tables.len || key->columns_from.len > MAX_KEY ||
        key->columns_from.len != key->columns_to.len)
        return false;
    for (size_t i = 0; i < key->columns_from.len; i++) {
        const vgk_column *a = column_of(t, key->columns_from.data[i]);
        const vgk_column *b =
            column_of(&w->s->tables.data[to], key->columns_to.data[i]);
        if (!a || !b || strcmp(compared_as(w, a), compared_as(w, b)) != 0)
            return false;
    }
    return true;
}

/* ---- its columns ---- */

static const char *columns(const vgk_header_writer *w, size_t t, const vgk_texts *names)
{
    vgk_texts c = vgk_header_c_columns(w, t, names);
    return c.len == 1 ? c.data[0] : vgk_header_call(w->kit, "COLUMNS", "", &c);
}

static bool same_texts(const vgk_texts *a, const vgk_texts *b)
{
    size_t i = 0;
    while (i < a->len && i < b->len && strcmp(a->data[i], b->data[i]) == 0)
        i++;
    return i == a->len && i == b->len;
}

/* The columns of the primary key, wherever they are said. */
static vgk_texts primary_key(const vgk_header_writer *w, const vgk_table *t)
{
    vgk_texts out = {0};
    if (t->primary_keys.len)
        return t->primary_keys.data[0].columns;
    for (size_t i = 0; i < t->columns.len; i++)
        if (t->columns.data[i].primary_key)
            *VGK_ADD(w->kit, &out) = t->columns.data[i].name;
    return out;
}

static bool is_primary_key(const vgk_header_writer *w, size_t t, const vgk_texts *names)
{
    vgk_texts key = primary_key(w, &w->s->tables.data[t]);
    return same_texts(&key, names);
}

/* ---- its name ---- */

/* author of author_id and authorId. */
static const char *without_id(vg_kit *kit, const char *column)
{
    static const char *const ends[] = {"_id", "Id", "ID", "_fk"};
    size_t len = strlen(column);
    for (size_t i = 0; i < sizeof ends / sizeof *ends; i++) {
        size_t end = strlen(ends[i]);
        if (len > end && strcmp(column + len - end, ends[i]) == 0)
            return vgk_print(kit, "%.*s", (int)(len - end), column);
    }
    return NULL;
}

static bool is_free(const vgk_texts *taken, const char *name)
{
    return name && *name && !vgk_reserved(name, false) && !vgk_has_text(taken, name);
}

/* The first that is free of `first`, `second` and second_by_column, else with a number. */
static const char *take_name(const vgk_header_writer *w, vgk_texts *taken,
                             const char *first, const char *second, const char *column)
{
    const char *by = vgk_print(w->kit, "%s_by_%s", second, column), *name = by;
    if (is_free(taken, first))
        name = first;
    else if (is_free(taken, second))
        name = second;
    for (int n = 2; !is_free(taken, name); n++)
        name = vgk_print(w->kit, "%s_%d", by, n);
    *VGK_ADD(w->kit, taken) = name;
    return name;
}

/* ---- the entries ---- */

typedef struct relations {
    vgk_header_writer *w;
    size_t number; /* of the table */
    size_t room;   /* how many more a TABLE takes */
    vgk_texts taken;
} relations;

static void entry(relations *r, const char *word, const char *name, size_t target,
                  const char *a, const char *b, const char *c)
{
    vg_kit *kit = r->w->kit;
    vgk_texts words = {0};
    if (!r->room)
        return;
    r->room--;
    *VGK_ADD(kit, &words) = r->w->names.tables[target].name;
    *VGK_ADD(kit, &words) = a;
    if (b)
        *VGK_ADD(kit, &words) = b;
    if (c)
        *VGK_ADD(kit, &words) = c;
    vgk_header_entry(r->w, vgk_header_call(kit, word, name, &words));
}

static void ones(relations *r)
{
    vgk_header_writer *w = r->w;
    const vgk_table *t = &w->s->tables.data[r->number];
    for (size_t i = 0; i < t->foreign_keys.len; i++) {
        const vgk_foreign_key *key = &t->foreign_keys.data[i];
        if (!is_relation(w, t, key))
            continue;
        size_t to = vgk_header_table_number(w->s, key->table_to);
        vgk_texts from = vgk_header_c_columns(w, r->number, &key->columns_from);
        const char *second = w->names.tables[to].name;
        if (to == r->number) /* leaves the plain name to the MANY */
            second = vgk_print(w->kit, "%s_by_%s", second, from.data[0]);
        entry(r, "ONE",
              take_name(w, &r->taken,
                        from.len == 1 ? without_id(w->kit, from.data[0]) : NULL, second,
                        from.data[0]),
              to, columns(w, r->number, &key->columns_from),
              is_primary_key(w, to, &key->columns_to)
                  ? NULL
                  : columns(w, to, &key->columns_to),
              NULL);
    }
}

/* The rows of table `other` that refer to this one. */
static void many(relations *r, size_t other, const vgk_foreign_key *key)
{
    vgk_header_writer *w = r->w;
    vgk_texts from = vgk_header_c_columns(w, other, &key->columns_from);
    const char *name = w->names.tables[other].name;
    const char *ours = columns(w, r->number, &key->columns_to);
    const char *theirs = columns(w, other, &key->columns_from);
    bool one = is_primary_key(w, other, &key->columns_from);
    name = take_name(w, &r->taken, name, name, from.data[0]);
    if (one)
        entry(r, "ONE", name, other, ours, theirs, NULL);
    else
        entry(r, "MANY", name, other, theirs,
              is_primary_key(w, r->number, &key->columns_to) ? NULL : ours, NULL);
}

/* By way of a table whose primary key is `key`, which refers to this one, and another one. */
static void through(relations *r, size_t junction, const vgk_foreign_key *key)
{
    vgk_header_writer *w = r->w;
    const vgk_table *t = &w->s->tables.data[junction];
    for (size_t i = 0; i < t->foreign_keys.len; i++) {
        const vgk_foreign_key *far = &t->foreign_keys.data[i];
        size_t to = vgk_header_table_number(w->s, far->table_to);
        vgk_texts both = {0}, turned = {0};
        for (size_t k = 0; k < key->columns_from.len; k++)
            *VGK_ADD(w->kit, &both) = key->columns_from.data[k];
        for (size_t k = 0; k < far->columns_from.len; k++) {
            *VGK_ADD(w->kit, &both) = far->columns_from.data[k];
            *VGK_ADD(w->kit, &turned) = far->columns_from.data[k];
        }
        for (size_t k = 0; k < key->columns_from.len; k++)
            *VGK_ADD(w->kit, &turned) = key->columns_from.data[k];
        if (far == key || !is_relation(w, t, far) ||
            !is_primary_key(w, r->number, &key->columns_to) ||
            !is_primary_key(w, to, &far->columns_to) ||
            (!is_primary_key(w, junction, &both) &&
             !is_primary_key(w, junction, &turned)))
            continue;
        vgk_texts from = vgk_header_c_columns(w, junction, &far->columns_from);
        const char *name = w->names.tables[to].name;
        entry(r, "MANY_THROUGH", take_name(w, &r->taken, name, name, from.data[0]), to,
              w->names.tables[junction].name, columns(w, junction, &key->columns_from),
              columns(w, junction, &far->columns_from));
    }
}

void vgk_header_relations(vgk_header_writer *w, size_t number)
{
    const vgk_table *t = &w->s->tables.data[number];
    size_t entries = 8 + t->columns.len + t->indexes.len + t->foreign_keys.len +
                     t->checks.len + t->uniques.len + t->policies.len;
    relations r = {.w = w,
                   .number = number,
                   .room = entries < MAX_ENTRIES ? MAX_ENTRIES - entries : 0};
    for (size_t i = 0; i < t->columns.len; i++)
        *VGK_ADD(w->kit, &r.taken) = w->names.tables[number].columns.data[i];
    ones(&r);
    for (size_t k = 0; k < w->s->tables.len; k++) {
        const vgk_table *other = &w->s->tables.data[w->order[k]];
        for (size_t i = 0; i < other->foreign_keys.len; i++) {
            const vgk_foreign_key *key = &other->foreign_keys.data[i];
            if (vgk_header_table_number(w->s, key->table_to) != number ||
                !is_relation(w, other, key))
                continue;
            many(&r, w->order[k], key);
            through(&r, w->order[k], key);
        }
    }
}
