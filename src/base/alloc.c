/* Memory: the allocator hook, and the C library behind a zeroed one. */
#include "base/alloc.h"
#include <stdlib.h>

void *vg__alloc(const vg_allocator *allocator, void *ptr, size_t old_size,
                size_t new_size)
{
    if (allocator->fn)
        return allocator->fn(allocator->ctx, ptr, old_size, new_size);
    if (new_size)
        return realloc(ptr, new_size);
    free(ptr);
    return NULL;
}
