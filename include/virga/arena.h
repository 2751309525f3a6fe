/* Arenas: memory that is given back all at once. A query's rows and strings land in
 * the arena that the caller passes, and live until it is reset or freed.
 *
 *     vg_arena arena = {0};
 *     ... vg_all(db, &arena, ...); use the rows ...
 *     vg_arena_free(&arena);
 *
 * An arena serves one thread at a time. */
#pragma once
#pragma GCC system_header
#include <virga/api.h>
#include <stddef.h>

VG_BEGIN_DECLS

/* Where memory comes from. `fn(ctx, NULL, 0, n)` allocates n bytes, `fn(ctx, p, old, n)`
 * resizes, `fn(ctx, p, old, 0)` frees and returns NULL. Returns NULL when there is none;
 * memory is aligned as malloc aligns it. A zeroed allocator is the C library's.
 * `fn` is called from whichever thread uses the handle it was given to. */
typedef struct vg_allocator {
    void *(*fn)(void *ctx, void *ptr, size_t old_size, size_t new_size);
    void *ctx;
} vg_allocator;

typedef struct vg_arena_block vg_arena_block;

/* An arena, owned by the caller, valid when zeroed. Only `allocator` and `block_size`
 * are the caller's to set, before the first use. */
typedef struct vg_arena {
    char *at;               /* the next free byte of the newest block */
    char *end;              /* the end of the newest block */
    vg_arena_block *blocks; /* newest first */
    size_t block_size;      /* bytes of the next block; 0: 4 KiB, doubling to 1 MiB */
    vg_allocator allocator; /* zeroed: the C library */
} vg_arena;

/* `size` bytes, aligned to 8, not cleared. NULL when there is no memory. */
VG_API void *vg_arena_alloc(vg_arena *arena, size_t size);

/* A copy of `len` bytes of `text` and a NUL, whose vg_text_len is `len`. NULL when there
 * is no memory. */
VG_API char *vg_arena_text(vg_arena *arena, const char *text, size_t len);

/* Forget everything in the arena but keep its newest (largest) block, so that a loop
 * that resets allocates nothing once it is warm. In debug builds the freed bytes are
 * filled with 0x55. */
VG_API void vg_arena_reset(vg_arena *arena);

/* Give everything back. The arena may be used again. */
VG_API void vg_arena_free(vg_arena *arena);

/* Bytes in the arena's blocks, used or not. */
VG_API size_t vg_arena_size(const vg_arena *arena);

VG_END_DECLS
