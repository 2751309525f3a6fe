/* Arenas: chained blocks, a bump pointer in the newest, everything freed at once. */
#include "base/arena.h"
#include "base/alloc.h"
#include <virga/types.h>

enum { FIRST_BLOCK = 4096, LAST_BLOCK = 1 << 20 };

void *vg__arena_grow(vg_arena *arena, size_t size)
{
    if (size > SIZE_MAX / 2)
        return NULL;
    size_t need = (size + 7) & ~(size_t)7;
    size_t block_size = arena->block_size ? arena->block_size : FIRST_BLOCK;
    size_t next_size = block_size < LAST_BLOCK ? block_size * 2 : block_size;
    if (block_size < need + sizeof(vg_arena_block))
        block_size = need + sizeof(vg_arena_block);
    vg_arena_block *block = vg__alloc(&arena->allocator, NULL, 0, block_size);
    if (!block)
        return NULL;
    *block = (vg_arena_block){arena->blocks, block_size};
    arena->blocks = block;
    arena->block_size = next_size;
    arena->at = (char *)(block + 1) + need;
    arena->end = (char *)block + block_size;
    VG_HIDE(block + 1, block_size - sizeof *block);
    VG_SHOW(block + 1, size);
    return block + 1;
}

void *vg_arena_alloc(vg_arena *arena, size_t size)
{
    return vg__arena_alloc(arena, size);
}

char *vg_arena_text(vg_arena *arena, const char *text, size_t len)
{
    return len < SIZE_MAX / 2 ? vg__arena_text(arena, text, len) : NULL;
}

/* Stale pointers into it shall read rubbish. */
static void scribble(void *at, size_t size)
{
    VG_SHOW(at, size);
#ifdef VIRGA_DEBUG
    memset(at, 0x55, size);
#endif
}

static void free_blocks(vg_arena *arena, vg_arena_block *block)
{
    while (block) {
        vg_arena_block *next = block->next;
        scribble(block + 1, block->size - sizeof *block);
        vg__alloc(&arena->allocator, block, block->size, 0);
        block = next;
    }
}

void vg_arena_reset(vg_arena *arena)
{
    vg_arena_block *keep = arena->blocks;
    if (!keep)
        return;
    free_blocks(arena, keep->next);
    keep->next = NULL;
    arena->at = (char *)(keep + 1);
    arena->end = (char *)keep + keep->size;
    scribble(arena->at, (size_t)(arena->end - arena->at));
    VG_HIDE(arena->at, (size_t)(arena->end - arena->at));
}

void vg_arena_free(vg_arena *arena)
{
    free_blocks(arena, arena->blocks);
    arena->blocks = NULL;
    arena->at = arena->end = NULL;
    arena->block_size = 0;
}

size_t vg_arena_size(const vg_arena *arena)
{
    size_t size = 0;
    for (const vg_arena_block *b = arena->blocks; b; b = b->next)
        size += b->size;
    return size;
}

size_t vg_text_len(const char *text)
{
    if (!text)
        return 0;
    uint64_t len;
    memcpy(&len, text - sizeof len, sizeof len);
    return (size_t)len;
}
