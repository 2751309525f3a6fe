/* The one way to get memory: through a vg_allocator, zeroed meaning the C library. */
#pragma once
#include <virga/arena.h>

/* Resize, allocate (ptr NULL) or free (new_size 0), as the allocator's contract says. */
VG_API void *vg__alloc(const vg_allocator *allocator, void *ptr, size_t old_size,
                       size_t new_size);
