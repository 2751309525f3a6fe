/* Inside of arenas: the fast path of allocation, for the row decoders.
 *
 *     block:  { next, size } | bytes ... at -> | ... free ... | <- end
 *     text:   u64 length | bytes | NUL            the pointer is to the bytes */
#pragma once
#include "base/poison.h"
#include <virga/arena.h>
#include <stdint.h>
#include <string.h>

struct vg_arena_block {
    vg_arena_block *next; /* older */
    size_t size;          /* in bytes, this header included */
};

/* A new block that has room for `size` bytes, and those bytes. */
void *vg__arena_grow(vg_arena *arena, size_t size);

static inline void *vg__arena_alloc(vg_arena *arena, size_t size)
{
    size_t need = (size + 7) & ~(size_t)7;
    if (need < size || (size_t)(arena->end - arena->at) < need || !arena->at)
        return vg__arena_grow(arena, size);
    void *p = arena->at;
    arena->at += need;
    VG_SHOW(p, size);
    return p;
}

static inline char *vg__arena_text(vg_arena *arena, const char *text, size_t len)
{
    size_t size = sizeof(uint64_t) + len + 1, need = (size + 7) & ~(size_t)7;
    char *p = arena->at;
    if ((size_t)(arena->end - p) < need || need <= len) {
        p = vg__arena_grow(arena, size);
        if (!p)
            return NULL;
    } else {
        arena->at += need;
        VG_SHOW(p, size);
    }
    *(uint64_t *)(void *)p = len;
    p += sizeof(uint64_t);
    if (len)
        memcpy(p, text, len);
    p[len] = 0;
    return p;
}
