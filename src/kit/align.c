/* Spelling: what is the same in two snapshots but for it. */
#include "kit/align.h"
#include "kit/dialect.h"
#include <string.h>
#include <strings.h>

typedef struct aligner {
    vg_kit *kit;
    const vgk_snapshot *to;
    const vgk_renames *renames;
    bool live;
    const char *table; /* the one that is looked at, by the new name */
} aligner;

static bool same(const aligner *a, const char *x, const char *y, vgk_piece piece)
{
    return a->kit->dialect->same(x, y, a->table, piece);
}

/* What `name` is called in `to`. */
static const char *renamed(const aligner *a, vgk_kind kind, const char *name)
{
    for (size_t i = 0; i < a->renames->len; i++) {
        const vgk_rename *r = &a->renames->data[i];
        if (r->kind == kind && strcmp(r->from, name) == 0 &&
            (kind != VGK_COLUMN || strcmp(r->table, a->table) == 0))
            return r->to;
    }
    return name;
}

static bool same_names(const vgk_texts *x, const vgk_texts *y)
{
    if (x->len != y->len)
        return false;
    for (size_t i = 0; i < x->len; i++)
        if (strcmp(x->data[i], y->data[i]) != 0)
            return false;
    return true;
}

/* ---- columns ---- */

/* DEFAULT NULL is no default. */
static bool no_default(const vgk_default *d)
{
    return d->kind == VGK_DEFAULT_NONE || strcasecmp(d->text, "null") == 0 ||
           strcasecmp(d->text, "(null)") == 0;
}

static void column(const aligner *a, vgk_column *from, const vgk_column *to)
{
    if (same(a, from->type, to->type, VGK_PIECE_TYPE))
        from->type = to->type;
    if ((no_default(&from->value) && no_default(&to->value)) ||
        (from->value.text && to->value.text &&
         same(a, from->value.text, to->value.text, VGK_PIECE_DEFAULT)))
        from->value = to->value;
    if (from->generated && to->generated &&
        strcmp(from->generated->type, to->generated->type) == 0 &&
        same(a, from->generated->as, to->generated->as, VGK_PIECE_EXPRESSION))
        from->generated = to->generated;
}

static void columns(const aligner *a, vgk_columns *from, const vgk_columns *to)
{
    for (size_t i = 0; i < from->len; i++) {
        vgk_column *c = vgk_find_column(to, renamed(a, VGK_COLUMN, from->data[i].name));
        if (c)
            column(a, &from->data[i], c);
    }
}

/* ---- indexes ---- */

static const char *term_text(vg_kit *kit, const vgk_index_column *c)
{
    if (c->is_expression)
        return c->text;
    vg_buf *out = vgk_buf(kit);
    vg__buf_name(out, '"', c->text);
    return vgk_buf_text(kit, out, NULL);
}

static bool same_index(const aligner *a, const vgk_index *x, const vgk_index *y)
{
    if (x->columns.len != y->columns.len || x->unique != y->unique ||
        !same(a, x->where, y->where, VGK_PIECE_EXPRESSION))
        return false;
    for (size_t i = 0; i < x->columns.len; i++)
        if (!same(a, term_text(a->kit, &x->columns.data[i]),
                  term_text(a->kit, &y->columns.data[i]), VGK_PIECE_TERM))
            return false;
    return true;
}

/* The unique index of `t` that is no more than a UNIQUE over these columns. */
static vgk_index *unique_index(const vgk_table *t, const vgk_texts *names)
{
    for (size_t i = 0; i < t->indexes.len; i++) {
        vgk_index *x = &t->indexes.data[i];
        size_t n = 0;
        if (!x->unique || x->where || x->columns.len != names->len)
            continue;
        while (n < names->len && !x->columns.data[n].is_expression &&
               strcmp(x->columns.data[n].text, names->data[n]) == 0)
            n++;
        if (n == names->len)
            return x;
    }
    return NULL;
}

/* A UNIQUE constraint that is an index in `to` becomes that; it says no more than one. */
static void uniques(const aligner *a, vgk_table *from, const vgk_table *to)
{
    vgk_keys left = {0};
    for (size_t i = 0; i < from->uniques.len; i++) {
        vgk_key key = from->uniques.data[i];
        const vgk_index *index = unique_index(to, &key.columns);
        if (index) {
            if (!vgk_find_index(&from->indexes, index->name))
                *VGK_ADD(a->kit, &from->indexes) = *index;
            continue;
        }
        for (size_t k = 0; k < to->uniques.len; k++)
            if (same_names(&key.columns, &to->uniques.data[k].columns))
                key.name = to->uniques.data[k].name;
        *VGK_ADD(a->kit, &left) = key;
    }
    from->uniques = left;
}

static void indexes(const aligner *a, vgk_table *from, const vgk_table *to)
{
    for (size_t i = 0; i < from->indexes.len; i++) {
        vgk_index *x = &from->indexes.data[i],
                  *y = vgk_find_index(&to->indexes, x->name);
        if (y && same_index(a, x, y))
            *x = *y;
    }
}

/* ---- constraints ---- */

static bool same_foreign_key(const aligner *a, const vgk_foreign_key *x,
                             const vgk_foreign_key *y)
{
    return strcmp(renamed(a, VGK_TABLE, x->table_to), y->table_to) == 0 &&
           strcmp(x->on_delete, y->on_delete) == 0 &&
           strcmp(x->on_update, y->on_update) == 0 &&
           same_names(&x->columns_from, &y->columns_from) &&
           same_names(&x->columns_to, &y->columns_to);
}

static void keys(const aligner *a, vgk_table *from, const vgk_table *to)
{
    for (size_t i = 0; i < from->foreign_keys.len; i++)
        for (size_t k = 0; k < to->foreign_keys.len; k++)
            if (same_foreign_key(a, &from->foreign_keys.data[i],
                                 &to->foreign_keys.data[k]))
                from->foreign_keys.data[i].name = to->foreign_keys.data[k].name;
    if (from->primary_keys.len && to->primary_keys.len &&
        same_names(&from->primary_keys.data[0].columns,
                   &to->primary_keys.data[0].columns))
        from->primary_keys.data[0].name = to->primary_keys.data[0].name;
}

static void checks(const aligner *a, vgk_checks *from, const vgk_checks *to)
{
    for (size_t i = 0; i < from->len; i++) {
        vgk_check *x = &from->data[i], *y = vgk_find_check(to, x->name);
        if (y && same(a, x->value, y->value, VGK_PIECE_EXPRESSION))
            x->value = y->value;
        for (size_t k = 0; a->live && !y && k < to->len; k++)
            if (!vgk_find_check(from, to->data[k].name) &&
                same(a, x->value, to->data[k].value, VGK_PIECE_EXPRESSION))
                *x = *(y = &to->data[k]);
    }
}

static void table(aligner *a, vgk_table *from, const vgk_table *to)
{
    a->table = to->name;
    columns(a, &from->columns, &to->columns);
    if (a->live) {
        uniques(a, from, to);
        keys(a, from, to);
    }
    indexes(a, from, to);
    checks(a, &from->checks, &to->checks);
    a->table = NULL;
}

/* ---- views, triggers, virtual tables ---- */

static void objects(const aligner *a, vgk_objects *from, const vgk_objects *to,
                    vgk_piece piece)
{
    for (size_t i = 0; i < from->len; i++)
        for (size_t k = 0; k < to->len; k++)
            if (strcmp(from->data[i].name, to->data[k].name) == 0 &&
                same(a, from->data[i].sql, to->data[k].sql, piece))
                from->data[i] = to->data[k];
}

static void view(const aligner *a, vgk_view *from, const vgk_view *to)
{
    if (a->live && to->existing) /* it is what the database says it is */
        *from = *to;
    if (!same(a, from->definition, to->definition, VGK_PIECE_EXPRESSION))
        return;
    from->definition = to->definition;
    from->columns = to->columns;
}

void vgk_align(vg_kit *kit, vgk_snapshot *from, const vgk_snapshot *to,
               const vgk_renames *renames, bool live)
{
    aligner a = {.kit = kit, .to = to, .renames = renames, .live = live};
    for (size_t i = 0; i < from->tables.len; i++) {
        vgk_table *t =
            vgk_find_table(to, renamed(&a, VGK_TABLE, from->tables.data[i].name));
        if (t)
            table(&a, &from->tables.data[i], t);
    }
    for (size_t i = 0; i < from->views.len; i++) {
        vgk_view *v =
            vgk_find_view(to, renamed(&a, VGK_VIEW, from->views.data[i].name));
        if (v)
            view(&a, &from->views.data[i], v);
    }
    objects(&a, &from->triggers, &to->triggers, VGK_PIECE_TRIGGER);
    objects(&a, &from->virtual_tables, &to->virtual_tables, VGK_PIECE_VIRTUAL);
}
