/* The order of statements: by table, in the order of each table's first one; a recreation
 * takes the place of what else was to be done to its table; renames go first. */
#include "kit/sqlite/sqlite.h"
#include <string.h>

vgk_group *vgk_group_of(vg_kit *kit, vgk_groups *groups, const char *name)
{
    for (size_t i = 0; i < groups->len; i++)
        if (strcmp(groups->data[i].name, name) == 0)
            return &groups->data[i];
    vgk_group *g = VGK_ADD(kit, groups);
    g->name = name;
    return g;
}

/* A name that JavaScript's objects take for an index: these come first, by value. Else -1. */
static int64_t as_index(const char *name)
{
    int64_t n = 0;
    if (!*name || (*name == '0' && name[1]) || strlen(name) > 10)
        return -1;
    for (; *name; name++) {
        if (*name < '0' || *name > '9')
            return -1;
        n = n * 10 + (*name - '0');
    }
    return n < UINT32_MAX ? n : -1;
}

/* The next group to print after one whose name is the index `last`; NULL: none is an index. */
static const vgk_group *next_index(const vgk_groups *groups, int64_t last)
{
    const vgk_group *best = NULL;
    for (size_t i = 0; i < groups->len; i++) {
        int64_t n = as_index(groups->data[i].name);
        if (n > last && (!best || n < as_index(best->name)))
            best = &groups->data[i];
    }
    return best;
}

static void sort(vg_kit *kit, vgk_groups *groups)
{
    vgk_groups sorted = {0};
    const vgk_group *g = next_index(groups, -1);
    for (; g; g = next_index(groups, as_index(g->name)))
        *VGK_ADD(kit, &sorted) = *g;
    for (size_t i = 0; i < groups->len; i++)
        if (as_index(groups->data[i].name) < 0)
            *VGK_ADD(kit, &sorted) = groups->data[i];
    *groups = sorted;
}

/* What is said twice is said once, where it was said first. */
static void append(vg_kit *kit, vgk_statements *out, const vgk_statements *more)
{
    for (size_t i = 0; i < more->len; i++) {
        bool said = false;
        for (size_t j = 0; j < out->len && !said; j++)
            said = strcmp(out->data[j].sql, more->data[i].sql) == 0;
        if (!said)
            *VGK_ADD(kit, out) = more->data[i];
    }
}

void vgk_groups_flatten(vg_kit *kit, const vgk_changes *changes, vgk_groups *groups,
                        vgk_statements *out)
{
    sort(kit, groups);
    for (size_t i = 0; i < groups->len; i++)
        append(kit, out, &groups->data[i].table_renames);
    for (size_t i = 0; i < groups->len; i++)
        append(kit, out, &groups->data[i].column_renames);
    for (size_t i = 0; i < groups->len; i++) {
        const vgk_group *g = &groups->data[i];
        vgk_statements all = g->rest;
        if (g->recreated)
            vgk_sqlite_recreate(kit, changes, g->recreated, g->column_renames.len > 0,
                                &all);
        append(kit, out, &all);
    }
}
