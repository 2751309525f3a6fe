/* Spelling of what stands at a table beside its columns. */
#include "kit/aligner.h"
#include <string.h>

static bool same(const vgk_aligner *a, const char *x, const char *y, vgk_piece piece)
{
    return a->kit->dialect->same(x, y, a->table, piece);
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

static bool same_settings(const vgk_settings *x, const vgk_settings *y)
{
    bool same = x->len == y->len;
    for (size_t i = 0; same && i < x->len; i++)
        same = strcmp(x->data[i].name, y->data[i].name) == 0 &&
               strcmp(x->data[i].value.text, y->data[i].value.text) == 0;
    return same;
}

/* What no spelling makes the same. */
static bool same_kind(const vgk_index *x, const vgk_index *y)
{
    return vgk_same_or_null(x->method, y->method) &&
           same_settings(&x->with, &y->with) &&
           vgk_same_names(&x->include, &y->include) && x->only == y->only &&
           x->nulls_not_distinct == y->nulls_not_distinct;
}

static bool same_term(const vgk_index_column *x, const vgk_index_column *y)
{
    return x->desc == y->desc && vgk_same_or_null(x->nulls, y->nulls) &&
           vgk_same_or_null(x->opclass, y->opclass);
}

/* As the database tells both. */
static bool told_same_index(const vgk_index *x, const vgk_index *told)
{
    bool same = told && same_kind(x, told) && x->unique == told->unique &&
                x->columns.len == told->columns.len &&
                vgk_same_or_null(x->where, told->where);
    for (size_t i = 0; same && i < x->columns.len; i++)
        same = same_term(&x->columns.data[i], &told->columns.data[i]) &&
               strcmp(x->columns.data[i].text, told->columns.data[i].text) == 0;
    return same;
}

static bool same_index(const vgk_aligner *a, const vgk_index *x, const vgk_index *y)
{
    if (!same_kind(x, y))
        return false;
    if (x->columns.len != y->columns.len || x->unique != y->unique ||
        !same(a, x->where, y->where, VGK_PIECE_EXPRESSION))
        return false;
    for (size_t i = 0; i < x->columns.len; i++)
        if (!same_term(&x->columns.data[i], &y->columns.data[i]) ||
            !same(a, term_text(a->kit, &x->columns.data[i]),
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

/* A UNIQUE constraint that is an index in `to` becomes that; it says no more than one. Of
 * a database that knows no names of constraints. */
static void nameless_uniques(const vgk_aligner *a, vgk_table *from, const vgk_table *to)
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
            if (vgk_same_names(&key.columns, &to->uniques.data[k].columns))
                key.name = to->uniques.data[k].name;
        *VGK_ADD(a->kit, &left) = key;
    }
    from->uniques = left;
}

static void indexes(const vgk_aligner *a, vgk_table *from, const vgk_table *to,
                    const vgk_table *told)
{
    for (size_t i = 0; i < from->indexes.len; i++) {
        vgk_index *x = &from->indexes.data[i],
                  *y = vgk_find_index(&to->indexes, x->name);
        if (y && (told_same_index(x, told ? vgk_find_index(&told->indexes, y->name)
                                          : NULL) ||
                  same_index(a, x, y)))
            *x = *y;
    }
}

/* ---- constraints ---- */

static bool same_foreign_key(const vgk_aligner *a, const vgk_foreign_key *x,
                             const vgk_foreign_key *y)
{
    return strcmp(vgk_renamed(a, VGK_TABLE, x->table_to), y->table_to) == 0 &&
           strcmp(x->on_delete, y->on_delete) == 0 &&
           strcmp(x->on_update, y->on_update) == 0 &&
           vgk_same_names(&x->columns_from, &y->columns_from) &&
           vgk_same_names(&x->columns_to, &y->columns_to);
}

static void nameless_keys(const vgk_aligner *a, vgk_table *from, const vgk_table *to)
{
    for (size_t i = 0; i < from->foreign_keys.len; i++)
        for (size_t k = 0; k < to->foreign_keys.len; k++)
            if (same_foreign_key(a, &from->foreign_keys.data[i],
                                 &to->foreign_keys.data[k]))
                from->foreign_keys.data[i].name = to->foreign_keys.data[k].name;
    if (from->primary_keys.len && to->primary_keys.len &&
        vgk_same_names(&from->primary_keys.data[0].columns,
                       &to->primary_keys.data[0].columns))
        from->primary_keys.data[0].name = to->primary_keys.data[0].name;
}

/* A key of one column may be said at the table. */
static void key_at_table(vgk_table *from, const vgk_table *to)
{
    if (from->primary_keys.len || to->primary_keys.len != 1 ||
        to->primary_keys.data[0].columns.len != 1)
        return;
    vgk_column *c =
        vgk_find_column(&from->columns, to->primary_keys.data[0].columns.data[0]);
    if (!c || !c->primary_key)
        return;
    c->primary_key = false;
    from->primary_keys = to->primary_keys;
}

static void checks(const vgk_aligner *a, vgk_checks *from, const vgk_checks *to,
                   const vgk_checks *told)
{
    bool nameless = a->live && !a->kit->dialect->name_limit;
    for (size_t i = 0; i < from->len; i++) {
        vgk_check *x = &from->data[i], *y = vgk_find_check(to, x->name);
        const vgk_check *t = y && told ? vgk_find_check(told, y->name) : NULL;
        if (y &&
            vgk_says(a, x->value, y->value, (vgk_told){t != NULL, t ? t->value : NULL},
                     VGK_PIECE_EXPRESSION))
            x->value = y->value;
        for (size_t k = 0; nameless && !y && k < to->len; k++)
            if (!vgk_find_check(from, to->data[k].name) &&
                same(a, x->value, to->data[k].value, VGK_PIECE_EXPRESSION))
                *x = *(y = &to->data[k]);
    }
}

/* ---- policies, EXCLUDEs ---- */

static void policy(const vgk_aligner *a, vgk_policy *x, const vgk_policy *y,
                   const vgk_policy *told)
{
    if (told &&
        vgk_same_names(&x->to, &told->to)) /* current_user is somebody by name */
        x->to = y->to;
    if (vgk_says(a, x->using_sql, y->using_sql,
                 (vgk_told){told != NULL, told ? told->using_sql : NULL},
                 VGK_PIECE_EXPRESSION))
        x->using_sql = y->using_sql;
    if (vgk_says(a, x->with_check, y->with_check,
                 (vgk_told){told != NULL, told ? told->with_check : NULL},
                 VGK_PIECE_EXPRESSION))
        x->with_check = y->with_check;
}

void vgk_align_policies(const vgk_aligner *a, vgk_policies *from,
                        const vgk_policies *to, const vgk_policies *told)
{
    for (size_t i = 0; i < from->len; i++) {
        const vgk_policy *y = vgk_find_policy(to, from->data[i].name);
        if (y)
            policy(a, &from->data[i], y, told ? vgk_find_policy(told, y->name) : NULL);
    }
}

static const vgk_exclude *find_exclude(const vgk_table *t, const char *name)
{
    for (size_t i = 0; t && i < t->excludes.len; i++)
        if (strcmp(t->excludes.data[i].name, name) == 0)
            return &t->excludes.data[i];
    return NULL;
}

static void excludes(const vgk_aligner *a, vgk_table *from, const vgk_table *to,
                     const vgk_table *told)
{
    for (size_t i = 0; i < from->excludes.len; i++) {
        vgk_exclude *x = &from->excludes.data[i];
        const vgk_exclude *y = find_exclude(to, x->name),
                          *t = find_exclude(told, x->name);
        if (y &&
            vgk_says(a, x->definition, y->definition,
                     (vgk_told){t != NULL, t ? t->definition : NULL}, VGK_PIECE_TERM))
            x->definition = y->definition;
    }
}

/* ---- all of it ---- */

void vgk_align_parts(const vgk_aligner *a, vgk_table *from, const vgk_table *to,
                     const vgk_table *told)
{
    if (a->live && !a->kit->dialect->name_limit) {
        nameless_uniques(a, from, to);
        nameless_keys(a, from, to);
    }
    key_at_table(from, to);
    if (a->live && from->primary_keys.len && to->primary_keys.len &&
        vgk_same_names(&from->primary_keys.data[0].columns,
                       &to->primary_keys.data[0].columns))
        from->primary_keys.data[0].name = to->primary_keys.data[0].name;
    indexes(a, from, to, told);
    checks(a, &from->checks, &to->checks, told ? &told->checks : NULL);
    vgk_align_policies(a, &from->policies, &to->policies,
                       told ? &told->policies : NULL);
    excludes(a, from, to, told);
    if (a->live && (to->row_security || to->policies.len) ==
                       (from->row_security || from->policies.len))
        from->row_security = to->row_security; /* a policy says it, too */
    if (from->partition_by && to->partition_by &&
        ((told && vgk_same_or_null(from->partition_by, told->partition_by)) ||
         same(a, from->partition_by, to->partition_by, VGK_PIECE_TERM)))
        from->partition_by = to->partition_by;
}

/* ---- names that the database has cut ---- */

/* Lists of things that begin with their name. */
typedef struct things {
    void *data;
    size_t len, size;
} things;
#define THINGS(list) ((things){(list).data, (list).len, sizeof *(list).data})

static const char **name_at(things list, size_t i)
{
    return (const char **)(void *)((char *)list.data + i * list.size);
}

static void lengthen(things from, things to, size_t limit)
{
    for (size_t i = 0; i < from.len; i++) {
        const char **name = name_at(from, i);
        size_t len = strlen(*name);
        if (len + 4 <= limit) /* of UTF-8 up to three bytes more are cut off */
            continue;
        for (size_t k = 0; k < to.len; k++)
            if (strlen(*name_at(to, k)) > limit &&
                strncmp(*name_at(to, k), *name, len) == 0)
                *name = *name_at(to, k);
    }
}

void vgk_align_names(vgk_snapshot *from, const vgk_snapshot *to, size_t limit)
{
    for (size_t i = 0; i < from->tables.len; i++) {
        vgk_table *x = &from->tables.data[i];
        const vgk_table *y = vgk_find_table(to, x->name);
        if (!y)
            continue;
        lengthen(THINGS(x->indexes), THINGS(y->indexes), limit);
        lengthen(THINGS(x->foreign_keys), THINGS(y->foreign_keys), limit);
        lengthen(THINGS(x->primary_keys), THINGS(y->primary_keys), limit);
        lengthen(THINGS(x->uniques), THINGS(y->uniques), limit);
        lengthen(THINGS(x->checks), THINGS(y->checks), limit);
        lengthen(THINGS(x->policies), THINGS(y->policies), limit);
        lengthen(THINGS(x->excludes), THINGS(y->excludes), limit);
    }
}
