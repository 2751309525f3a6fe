/* Giving the rows of a relation to their parents. They lie one behind the other, ordered by
 * parent, and are the parents of the next level. */
#include "core/tree_task.h"
#include <virga/relation.h>

/* Nothing is there yet, but that is known. */
void vg__tree_set_empty(const vg_tree_task *t)
{
    const vg_relation *r = t->link->relation;
    char *row = t->parents.at;
    for (size_t i = 0; i < t->parents.count; i++, row += t->parents.stride) {
        *(uint64_t *)(void *)(row + t->link->loaded) |= UINT64_C(1) << r->bit;
        if (r->kind == VG_RELATION_ONE)
            *(void **)(void *)(row + r->offset) = NULL;
        else
            *(vg_list *)(void *)(row + r->offset) = (vg_list){NULL, 0};
    }
}

static void place(const vg_tree_task *t, size_t key, char *rows, size_t count)
{
    const vg_relation *r = t->link->relation;
    const vg_keys *keys = &t->keys;
    size_t from = keys->first ? keys->first[key] : key;
    size_t to = keys->first ? keys->first[key + 1] : key + 1;
    for (; from < to; from++) {
        char *row = t->parents.at + keys->parents[from] * t->parents.stride;
        void **one = (void **)(void *)(row + r->offset);
        if (r->kind != VG_RELATION_ONE)
            *(vg_list *)(void *)(row + r->offset) = (vg_list){rows, count};
        else if (!*one) /* of several, which there should not be, the first */
            *one = rows;
    }
}

/* The rows of a key do not stand together: others are equal to it for the database. */
static bool is_placed(const vg_tree_task *t, size_t key)
{
    const vg_relation *r = t->link->relation;
    uint32_t parent = t->keys.parents[t->keys.first ? t->keys.first[key] : key];
    const char *row = t->parents.at + parent * t->parents.stride;
    return r->kind != VG_RELATION_ONE &&
           ((const vg_list *)(const void *)(row + r->offset))->len != 0;
}

static int fail_stray(const vg_tree_task *t)
{
    return vg__fail(
        t->db, VG_VALUE, NULL,
        "relation %s.%s: a row has a key that is equal to its parent's for the "
        "database alone (a collation, a number's spelling); make them the same",
        t->with->shape->name, t->link->relation->name);
}

/* Rows of one parent stand together; `from` is the first key that was asked for. */
int vg__tree_spread(const vg_tree_task *t, vg_rows *rows, size_t from)
{
    size_t size = vg__rows_of(t->link->relation->target)->row_size;
    size_t i = 0, guess = from;
    if (t->keys.count == 1) { /* they are all of one */
        size_t looked_at = t->keys.ints && rows->count ? 1 : rows->count;
        for (; i < looked_at; i++)
            if (!vg__keys_same(&t->keys, &t->link->child, rows->at + i * rows->stride,
                               0))
                return fail_stray(t);
        if (rows->count)
            place(t, 0, rows->at, rows->count);
        i = rows->count;
    }
    while (i < rows->count) {
        const char *row = rows->at + i * rows->stride;
        size_t key = vg__keys_find(&t->keys, &t->link->child, row, guess), first = i++;
        if (key == t->keys.count || is_placed(t, key))
            return fail_stray(t);
        while (i < rows->count && vg__keys_same(&t->keys, &t->link->child,
                                                rows->at + i * rows->stride, key))
            i++;
        place(t, key, rows->at + first * size, i - first);
        guess = key + 1;
    }
    if (size != rows->stride) /* without the hidden keys */
        for (i = 1; i < rows->count; i++)
            memmove(rows->at + i * size, rows->at + i * rows->stride, size);
    rows->stride = size;
    return VG_OK;
}
