/* Spelling: what is the same in two snapshots but for it. */
#include "kit/aligner.h"
#include "kit/replay.h"
#include <string.h>
#include <strings.h>

bool vgk_says(const vgk_aligner *a, const char *x, const char *y, vgk_told told,
              vgk_piece piece)
{
    return (told.has && vgk_same_or_null(x, told.text)) ||
           a->kit->dialect->same(x, y, a->table, piece);
}

static bool same(const vgk_aligner *a, const char *x, const char *y, vgk_piece piece)
{
    return a->kit->dialect->same(x, y, a->table, piece);
}

const char *vgk_renamed(const vgk_aligner *a, vgk_kind kind, const char *name)
{
    for (size_t i = 0; i < a->renames->len; i++) {
        const vgk_rename *r = &a->renames->data[i];
        if (r->kind == kind && strcmp(r->from, name) == 0 &&
            (kind != VGK_COLUMN || strcmp(r->table, a->table) == 0))
            return r->to;
    }
    return name;
}

bool vgk_same_names(const vgk_texts *x, const vgk_texts *y)
{
    if (x->len != y->len)
        return false;
    for (size_t i = 0; i < x->len; i++)
        if (strcmp(x->data[i], y->data[i]) != 0)
            return false;
    return true;
}

bool vgk_same_or_null(const char *x, const char *y)
{
    return x == y || (x && y && strcmp(x, y) == 0);
}

/* ---- columns ---- */

/* DEFAULT NULL is no default. */
static bool no_default(const vgk_default *d)
{
    return d->kind == VGK_DEFAULT_NONE || strcasecmp(d->text, "null") == 0 ||
           strcasecmp(d->text, "(null)") == 0;
}

static bool same_type(const vgk_aligner *a, const vgk_column *x, const vgk_column *y,
                      const vgk_column *told)
{
    if (told && strcmp(x->type, told->type) == 0 &&
        vgk_same_or_null(x->type_schema, told->type_schema))
        return true;
    return vgk_same_or_null(x->type_schema, y->type_schema) &&
           same(a, x->type, y->type, VGK_PIECE_TYPE);
}

static bool same_value(const vgk_aligner *a, const vgk_column *x, const vgk_column *y,
                       const vgk_column *told)
{
    if (told && vgk_same_or_null(x->value.text, told->value.text))
        return true;
    return (no_default(&x->value) && no_default(&y->value)) ||
           (x->value.text && y->value.text &&
            same(a, x->value.text, y->value.text, VGK_PIECE_DEFAULT));
}

static bool same_generated(const vgk_aligner *a, const vgk_column *x,
                           const vgk_column *y, const vgk_column *told)
{
    return x->generated && y->generated &&
           strcmp(x->generated->type, y->generated->type) == 0 &&
           vgk_says(a, x->generated->as, y->generated->as,
                    (vgk_told){told && told->generated,
                               told && told->generated ? told->generated->as : NULL},
                    VGK_PIECE_EXPRESSION);
}

static bool same_identity(const vgk_identity *x, const vgk_identity *told)
{
    const vgk_sequence *s = &x->sequence, *t = &told->sequence;
    return strcmp(x->type, told->type) == 0 && strcmp(s->name, t->name) == 0 &&
           strcmp(s->increment, t->increment) == 0 && strcmp(s->start, t->start) == 0 &&
           strcmp(s->min, t->min) == 0 && strcmp(s->max, t->max) == 0 &&
           strcmp(s->cache, t->cache) == 0 && s->cycle == t->cycle;
}

static void column(const vgk_aligner *a, vgk_column *from, const vgk_column *to,
                   const vgk_column *told)
{
    if (same_type(a, from, to, told)) {
        from->type = to->type;
        from->type_schema = to->type_schema;
    }
    if (same_value(a, from, to, told))
        from->value = to->value;
    if (same_generated(a, from, to, told))
        from->generated = to->generated;
    if (!told)
        return;
    if (from->identity && told->identity &&
        same_identity(from->identity, told->identity))
        from->identity = to->identity;
    if (from->not_null == told->not_null) /* a key makes it so by itself */
        from->not_null = to->not_null;
    if (from->autoincrement == told->autoincrement)
        from->autoincrement = to->autoincrement;
}

static void columns(const vgk_aligner *a, vgk_columns *from, const vgk_columns *to,
                    const vgk_columns *told)
{
    for (size_t i = 0; i < from->len; i++) {
        vgk_column *c =
            vgk_find_column(to, vgk_renamed(a, VGK_COLUMN, from->data[i].name));
        if (c)
            column(a, &from->data[i], c, told ? vgk_find_column(told, c->name) : NULL);
    }
}

static void table(vgk_aligner *a, vgk_table *from, const vgk_table *to)
{
    const vgk_table *told = a->told ? vgk_find_table(a->told, to->name) : NULL;
    a->table = vgk_base_name(to->name, to->schema);
    columns(a, &from->columns, &to->columns, told ? &told->columns : NULL);
    vgk_align_parts(a, from, to, told);
    a->table = NULL;
}

/* ---- views, triggers, virtual tables ---- */

static void objects(const vgk_aligner *a, vgk_objects *from, const vgk_objects *to,
                    vgk_piece piece)
{
    for (size_t i = 0; i < from->len; i++)
        for (size_t k = 0; k < to->len; k++)
            if (strcmp(from->data[i].name, to->data[k].name) == 0 &&
                same(a, from->data[i].sql, to->data[k].sql, piece))
                from->data[i] = to->data[k];
}

static bool same_settings(const vgk_settings *x, const vgk_settings *y)
{
    bool same = x->len == y->len;
    for (size_t i = 0; same && i < x->len; i++)
        same = strcmp(x->data[i].name, y->data[i].name) == 0 &&
               strcmp(x->data[i].value.text, y->data[i].value.text) == 0;
    return same;
}

static void view(const vgk_aligner *a, vgk_view *from, const vgk_view *to)
{
    const vgk_view *told = a->told ? vgk_find_view(a->told, to->name) : NULL;
    if (a->live && to->existing) /* it is what the database says it is */
        *from = *to;
    if (a->live) /* whether it was filled is no part of the schema */
        from->no_data = to->no_data;
    if (told && same_settings(&from->with, &told->with))
        from->with = to->with;
    if (told && vgk_same_or_null(from->using_method, told->using_method))
        from->using_method = to->using_method;
    if (told && vgk_same_or_null(from->tablespace, told->tablespace))
        from->tablespace = to->tablespace;
    if (!vgk_says(a, from->definition, to->definition,
                  (vgk_told){told != NULL, told ? told->definition : NULL},
                  VGK_PIECE_EXPRESSION))
        return;
    from->definition = to->definition;
    from->columns = to->columns;
}

/* ---- all of it ---- */

void vgk_align(vg_kit *kit, vgk_snapshot *from, const vgk_snapshot *to,
               const vgk_snapshot *told, const vgk_renames *renames, bool live)
{
    vgk_aligner a = {
        .kit = kit, .to = to, .told = told, .renames = renames, .live = live};
    for (size_t i = 0; i < from->tables.len; i++) {
        vgk_table *t =
            vgk_find_table(to, vgk_renamed(&a, VGK_TABLE, from->tables.data[i].name));
        if (t)
            table(&a, &from->tables.data[i], t);
    }
    for (size_t i = 0; i < from->views.len; i++) {
        vgk_view *v =
            vgk_find_view(to, vgk_renamed(&a, VGK_VIEW, from->views.data[i].name));
        if (v)
            view(&a, &from->views.data[i], v);
    }
    vgk_align_policies(&a, &from->policies, &to->policies,
                       told ? &told->policies : NULL);
    objects(&a, &from->triggers, &to->triggers, VGK_PIECE_TRIGGER);
    objects(&a, &from->virtual_tables, &to->virtual_tables, VGK_PIECE_VIRTUAL);
}

int vgk_align_live(vg_kit *kit, vg_db *db, vgk_snapshot *live, const vgk_snapshot *to,
                   const vgk_renames *renames)
{
    const vgk_dialect *d = kit->dialect;
    vgk_snapshot told;
    vgk_statements between = {0};
    if (d->name_limit)
        vgk_align_names(live, to, d->name_limit);
    vgk_align(kit, live, to, NULL, renames, true);
    if (!d->tell)
        return VG_OK;
    int rc = vgk_statements_between(kit, live, to, renames, &between);
    if (rc != VG_OK || !between.len)
        return rc;
    rc = d->tell(kit, db, to, &told, &live->notes);
    if (rc != VG_OK)
        return rc;
    vgk_align_names(&told, to, d->name_limit);
    vgk_align(kit, live, to, &told, renames, true);
    return VG_OK;
}
