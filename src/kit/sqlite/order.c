/* The order of statements: by table, in the order of each table's first one; a recreation
 * takes the place of what else was to be done to its table; renames go first. */
#include "kit/sqlite/sqlite.h"
#include <string.h>
#include <strings.h>

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

size_t vgk_groups_flatten(vg_kit *kit, const vgk_changes *changes, vgk_groups *groups,
                          vgk_statements *out)
{
    sort(kit, groups);
    for (size_t i = 0; i < groups->len; i++)
        append(kit, out, &groups->data[i].table_renames);
    for (size_t i = 0; i < groups->len; i++)
        append(kit, out, &groups->data[i].column_renames);
    size_t renames = out->len;
    for (size_t i = 0; i < groups->len; i++) {
        const vgk_group *g = &groups->data[i];
        vgk_statements all = g->rest;
        if (g->recreated)
            vgk_sqlite_recreate(kit, changes, g->recreated, g->column_renames.len > 0,
                                &all);
        append(kit, out, &all);
    }
    return renames;
}

/* ---- names ---- */

static bool same_name(const char *a, const char *b)
{
    return a && b && strcasecmp(a, b) == 0;
}

static size_t find_drop(const vgk_statements *list, size_t from, size_t to,
                        const char *name)
{
    size_t i = from;
    while (i < to && !(same_name(list->data[i].drops, name) && !list->data[i].makes))
        i++;
    return i;
}

/* The table of the old snapshot that has an index of that name, by its new name. */
static const char *indexed_table(const vgk_changes *changes, const char *index)
{
    const vgk_tables *tables = &changes->from->tables;
    for (size_t i = 0; i < tables->len; i++) {
        const char *name = tables->data[i].name;
        for (size_t j = 0; j < tables->data[i].indexes.len; j++) {
            if (!same_name(tables->data[i].indexes.data[j].name, index))
                continue;
            for (size_t k = 0; k < changes->tables.len; k++)
                if (changes->tables.data[k].from == &tables->data[i] &&
                    changes->tables.data[k].to)
                    name = ((const vgk_table *)changes->tables.data[k].to)->name;
            return name;
        }
    }
    return NULL;
}

static bool was_there(const vgk_snapshot *from, const char *name)
{
    bool found = false;
    for (size_t i = 0; i < from->views.len && !found; i++)
        found = same_name(from->views.data[i].name, name);
    for (size_t i = 0; i < from->tables.len && !found; i++)
        found = same_name(from->tables.data[i].name, name);
    return found;
}

void vgk_sqlite_free_names(vg_kit *kit, const vgk_changes *changes, vgk_statements *out)
{
    vgk_statements all = {0};
    for (size_t i = 0; i < out->len; i++) {
        const vgk_statement *s = &out->data[i];
        const char *table = s->makes ? indexed_table(changes, s->makes) : NULL;
        bool taken =
            s->makes && !s->drops && (table || was_there(changes->from, s->makes));
        size_t later = taken ? find_drop(out, i + 1, out->len, s->makes) : out->len;
        if (later < out->len) {
            *VGK_ADD(kit, &all) = out->data[later];
            out->data[later].sql = NULL;
            out->data[later].drops = NULL;
        } else if (table && !same_name(table, s->table) &&
                   find_drop(out, 0, i, s->makes) == i &&
                   find_drop(out, 0, i, table) == i) {
            vgk_say(kit, &all, table, vgk_sql(kit, "DROP INDEX %b;", s->makes))->drops =
                s->makes;
        }
        if (s->sql)
            *VGK_ADD(kit, &all) = *s;
    }
    *out = all;
}
