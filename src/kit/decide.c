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
    const char *table,
        *old_table; /* of columns, by the new and the old name; else "" */
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
           (p->kind != VGK_COLUMN || strcmp(d->table, p->table) == 0 ||
            strcmp(d->table, p->old_table) == 0);
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

static int misfit(vg_kit *kit, const vgk_rename *d, const places *all)
{
    static const char *const kinds[] = {"table", "column", "view"};
    vg_buf *buf = vgk_buf(kit);
    const char *dot = d->kind == VGK_COLUMN ? "." : "";
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
        vgk_put(buf, "\n  %ss%s%s: ", kinds[p->kind],
                p->kind == VGK_COLUMN ? " of " : "", p->table);
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

int vgk_decide(vg_kit *kit, const vgk_snapshot *from, const vgk_snapshot *to,
               const vgk_renames *decisions, vgk_renames *renames,
               vgk_questions *questions)
{
    *renames = (vgk_renames){0};
    *questions = (vgk_questions){0};
    asking a = {kit, decisions, vgk_alloc(kit, decisions ? decisions->len : 0), renames,
                questions};
    places all = {0};
    place *p = VGK_ADD(kit, &all);
    *p = (place){.kind = VGK_TABLE, .table = "", .old_table = ""};
    ONLY_IN(kit, &p->gone, from->tables, to->tables);
    ONLY_IN(kit, &p->made, to->tables, from->tables);
    int rc = ask(&a, p);
    for (size_t i = 0; rc == VG_OK && i < from->tables.len; i++) {
        const vgk_table *t = &from->tables.data[i];
        const vgk_table *now = vgk_find_table(to, now_called(renames, t->name));
        if (!now)
            continue;
        p = VGK_ADD(kit, &all);
        *p = (place){.kind = VGK_COLUMN, .table = now->name, .old_table = t->name};
        ONLY_IN(kit, &p->gone, t->columns, now->columns);
        ONLY_IN(kit, &p->made, now->columns, t->columns);
        rc = ask(&a, p);
    }
    p = VGK_ADD(kit, &all);
    *p = (place){.kind = VGK_VIEW, .table = "", .old_table = ""};
    ONLY_IN(kit, &p->gone, from->views, to->views);
    ONLY_IN(kit, &p->made, to->views, from->views);
    rc = rc ? rc : ask(&a, p);
    for (size_t i = 0; rc == VG_OK && decisions && i < decisions->len; i++)
        if (!a.used[i])
            rc = misfit(kit, &decisions->data[i], &all);
    return rc;
}
