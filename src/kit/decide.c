/* The questions about renames: something is gone and something is new, is it the same? Asked
 * in drizzle-kit's order, answered by decisions; what no decision answers is handed back. */
#include "kit/diff.h"
#include <string.h>

typedef struct part {
    const char *name;
} part;

typedef struct asking {
    vg_kit *kit;
    const vgk_renames *decisions;
    bool *used; /* of decisions */
    vgk_renames *renames;
    vgk_questions *questions;
} asking;

/* What is gone and what is new of one kind in one place. */
typedef struct place {
    vgk_kind kind;
    const char *table, *old_table; /* of columns and policies, by the new and the old
                                      name; else "" */
    vgk_texts gone, made;
} place;

static size_t index_of(const vgk_texts *texts, const char *name)
{
    size_t i = 0;
    while (i < texts->len && strcmp(texts->data[i], name) != 0)
        i++;
    return i;
}

static bool in_list(const void *data, size_t len, size_t size, const char *name)
{
    for (size_t i = 0; i < len; i++)
        if (strcmp(((const part *)(const void *)((const char *)data + i * size))->name,
                   name) == 0)
            return true;
    return false;
}

/* Names of `a` that are not in `b`. */
#define ONLY_IN(kit, out, a, b)                                                   \
    do {                                                                          \
        for (size_t i_ = 0; i_ < (a).len; i_++)                                   \
            if (!in_list((b).data, (b).len, sizeof *(b).data, (a).data[i_].name)) \
                *VGK_ADD(kit, out) = (a).data[i_].name;                           \
    } while (0)

static bool is_here(const vgk_rename *d, const place *p)
{
    return d->kind == p->kind &&
           (strcmp(d->table, p->table) == 0 || strcmp(d->table, p->old_table) == 0);
}

/* The decision about the new `name`; NULL: there is none. */
static const vgk_rename *decision(asking *a, const place *p, const char *name)
{
    for (size_t i = 0; a->decisions && i < a->decisions->len; i++) {
        const vgk_rename *d = &a->decisions->data[i];
        if (!is_here(d, p) || strcmp(d->to, name) != 0 || a->used[i] ||
            (*d->from && index_of(&p->gone, d->from) == p->gone.len))
            continue;
        a->used[i] = true;
        return d;
    }
    return NULL;
}

/* Old names that nothing has taken. */
static vgk_texts candidates(asking *a, const place *p)
{
    vgk_texts left = {0};
    for (size_t i = 0; i < p->gone.len; i++) {
        bool taken = false;
        for (size_t j = 0; j < a->renames->len && !taken; j++) {
            const vgk_rename *r = &a->renames->data[j];
            taken = is_here(r, p) && strcmp(r->from, p->gone.data[i]) == 0;
        }
        if (!taken)
            *VGK_ADD(a->kit, &left) = p->gone.data[i];
    }
    return left;
}

static int ask(asking *a, const place *p)
{
    bool *answered = vgk_alloc(a->kit, p->made.len * sizeof *answered);
    for (size_t i = 0; i < p->made.len; i++) {
        const vgk_rename *d = decision(a, p, p->made.data[i]);
        answered[i] = d != NULL;
        if (!d || !*d->from)
            continue;
        vgk_texts left = candidates(a, p);
        if (index_of(&left, d->from) == left.len)
            return vgk_fail(a->kit, VG_INVALID,
                            "two renames of \"%s\": it can become one thing only",
                            d->from);
        *VGK_ADD(a->kit, a->renames) =
            (vgk_rename){p->kind, p->table, d->from, p->made.data[i]};
    }
    for (size_t i = 0; i < p->made.len; i++) {
        vgk_texts left = candidates(a, p);
        if (!answered[i] && left.len)
            *VGK_ADD(a->kit, a->questions) =
                (vgk_question){p->kind, p->table, p->made.data[i], left};
    }
    return VG_OK;
}

/* ---- a decision that fits nothing ---- */

static void names(vg_buf *buf, const char *what, const vgk_texts *texts)
{
    vg__buf_text(buf, what);
    for (size_t i = 0; i < texts->len; i++)
        vgk_put(buf, "%s%s", i ? ", " : " ", texts->data[i]);
    vg__buf_text(buf, texts->len ? "" : " nothing");
}

typedef struct places {
    place *data;
    size_t len;
} places;

static const char *const kinds[] = {
    [VGK_TABLE] = "table",      [VGK_COLUMN] = "column", [VGK_VIEW] = "view",
    [VGK_NAMESPACE] = "schema", [VGK_ENUM] = "enum",     [VGK_SEQUENCE] = "sequence",
    [VGK_ROLE] = "role",        [VGK_POLICY] = "policy"};
static const char *const plurals[] = {
    [VGK_TABLE] = "tables",      [VGK_COLUMN] = "columns", [VGK_VIEW] = "views",
    [VGK_NAMESPACE] = "schemas", [VGK_ENUM] = "enums",     [VGK_SEQUENCE] = "sequences",
    [VGK_ROLE] = "roles",        [VGK_POLICY] = "policies"};

static int misfit(vg_kit *kit, const vgk_rename *d, const places *all)
{
    vg_buf *buf = vgk_buf(kit);
    const char *dot = *d->table ? "." : "";
    if (*d->from)
        vgk_put(buf, "the rename of %s %s%s%s to %s fits nothing", kinds[d->kind],
                d->table, dot, d->from, d->to);
    else
        vgk_put(buf, "the decision that %s %s%s%s is new fits nothing", kinds[d->kind],
                d->table, dot, d->to);
    bool found = false;
    for (size_t i = 0; i < all->len; i++) {
        const place *p = &all->data[i];
        found |= p->gone.len || p->made.len;
        if (!p->gone.len && !p->made.len)
            continue;
        vgk_put(buf, "\n  %s%s%s: ", plurals[p->kind], *p->table ? " of " : "",
                p->table);
        names(buf, "gone", &p->gone);
        names(buf, "; new", &p->made);
    }
    vg__buf_text(buf, found ? "" : "; nothing is gone or new");
    return vgk_fail(kit, VG_INVALID, "%s", vgk_buf_text(kit, buf, NULL));
}

static const char *now_called(const vgk_renames *renames, const char *table)
{
    for (size_t i = 0; i < renames->len; i++)
        if (renames->data[i].kind == VGK_TABLE &&
            strcmp(renames->data[i].from, table) == 0)
            return renames->data[i].to;
    return table;
}

/* One question after the other, since an answer is part of what is asked next. */
typedef struct turns {
    asking *a;
    places *all;
    int rc;
} turns;

static place *begin(turns *r, vgk_kind kind, const char *table, const char *old_table)
{
    place *p = VGK_ADD(r->a->kit, r->all);
    *p = (place){.kind = kind, .table = table, .old_table = old_table};
    return p;
}

#define ASK(r, kind, table, old_table, from, to)                       \
    do {                                                               \
        place *p_ = (r)->rc ? NULL : begin(r, kind, table, old_table); \
        if (p_) {                                                      \
            ONLY_IN((r)->a->kit, &p_->gone, from, to);                 \
            ONLY_IN((r)->a->kit, &p_->made, to, from);                 \
            (r)->rc = ask((r)->a, p_);                                 \
        }                                                              \
    } while (0)

static void ask_tables(turns *r, const vgk_snapshot *from, const vgk_snapshot *to,
                       bool policies)
{
    for (size_t i = 0; i < from->tables.len; i++) {
        const vgk_table *t = &from->tables.data[i];
        const vgk_table *now = vgk_find_table(to, now_called(r->a->renames, t->name));
        if (now && policies)
            ASK(r, VGK_POLICY, now->name, t->name, t->policies, now->policies);
        else if (now)
            ASK(r, VGK_COLUMN, now->name, t->name, t->columns, now->columns);
    }
}

int vgk_decide(vg_kit *kit, const vgk_snapshot *before, const vgk_snapshot *to,
               const vgk_renames *decisions, vgk_renames *renames,
               vgk_questions *questions)
{
    *renames = (vgk_renames){0};
    *questions = (vgk_questions){0};
    asking a = {kit, decisions, vgk_alloc(kit, decisions ? decisions->len : 0), renames,
                questions};
    places all = {0};
    turns r = {&a, &all, VG_OK};
    ASK(&r, VGK_NAMESPACE, "", "", before->namespaces, to->namespaces);
    const vgk_snapshot *from = vgk_patched(kit, before, renames);
    ASK(&r, VGK_ENUM, "", "", from->enums, to->enums);
    ASK(&r, VGK_SEQUENCE, "", "", from->sequences, to->sequences);
    ASK(&r, VGK_ROLE, "", "", from->roles, to->roles);
    ASK(&r, VGK_TABLE, "", "", from->tables, to->tables);
    ask_tables(&r, from, to, false);
    ask_tables(&r, from, to, true);
    ASK(&r, VGK_POLICY, "", "", from->policies, to->policies);
    ASK(&r, VGK_VIEW, "", "", from->views, to->views);
    for (size_t i = 0; r.rc == VG_OK && decisions && i < decisions->len; i++)
        if (!a.used[i])
            r.rc = misfit(kit, &decisions->data[i], &all);
    return r.rc;
}
