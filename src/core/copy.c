/* Copying rows: the structs at once, then the pointers in them, one slot after another. */
#include "core/copy.h"

static bool copy_text(char *at, vg_arena *arena)
{
    const char **text = (const char **)(void *)at;
    if (!*text)
        return true;
    *text = vg__arena_text(arena, *text, vg_text_len(*text));
    return *text != NULL;
}

static bool copy_blob(char *at, vg_arena *arena)
{
    vg_bytes *bytes = (vg_bytes *)(void *)at;
    if (!bytes->data)
        return true;
    const char *data = vg__arena_text(arena, bytes->data, bytes->len);
    bytes->data = data;
    return data != NULL;
}

static bool copy_nested(char *at, uint32_t size, vg_arena *arena)
{
    void **nested = (void **)(void *)at;
    void *copy = vg__arena_alloc(arena, size);
    if (copy)
        memcpy(copy, *nested, size);
    *nested = copy;
    return copy != NULL;
}

static bool copy_row(const vg_plan *plan, char *row, vg_arena *arena)
{
    char *base = row;
    int nested = 0;
    const vg_slot *end = plan->slots + plan->slot_count;
    for (const vg_slot *slot = plan->slots; slot < end; slot++) {
        if (nested && nested-- == 1)
            base = row;
        char *at = base + slot->offset;
        bool ok = true;
        switch ((vg_slot_kind)slot->kind) {
        case VG_SLOT_TEXT: ok = copy_text(at, arena); break;
        case VG_SLOT_BLOB: ok = copy_blob(at, arena); break;
        case VG_SLOT_OPT_ROW:
            if (!*(void **)(void *)at) {
                slot += slot->span;
                break;
            }
            ok = copy_nested(at, slot->size, arena);
            base = *(char **)(void *)at;
            nested = slot->span + 1;
            break;
        default: break;
        }
        if (!ok)
            return false;
    }
    return true;
}

bool vg__copy_rows(const vg_plan *plan, const void *from, void *to, size_t count,
                   vg_arena *arena)
{
    if (count)
        memcpy(to, from, count * plan->row_size);
    for (size_t i = 0; !plan->plain && i < count; i++)
        if (!copy_row(plan, (char *)to + i * plan->row_size, arena))
            return false;
    return true;
}
