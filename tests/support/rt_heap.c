/* The heap of rt_heap.h: malloc with a header that tells size and owner. */
#include "rt_heap.h"
#include <stdio.h>
#include <stdlib.h>

typedef union header {
    struct {
        size_t size;
        const rt_heap *heap;
    };
    max_align_t align;
} header;

static void die(const char *message)
{
    fprintf(stderr, "rt_heap: %s\n", message);
    abort();
}

static bool fails(rt_heap *heap)
{
    heap->calls++;
    if (!heap->fail_at || heap->calls < heap->fail_at ||
        (heap->calls > heap->fail_at && !heap->keep_failing))
        return false;
    heap->failed = true;
    return true;
}

/* The block behind a pointer, forgotten by the heap. */
static header *take_back(rt_heap *heap, void *ptr, size_t old_size)
{
    header *h = (header *)ptr - 1;
    if (h->heap != heap)
        die("the block is another heap's");
    if (h->size != old_size)
        die("the block has another size than its owner says");
    heap->blocks--;
    heap->bytes -= old_size;
    return h;
}

static void *resize(void *ctx, void *ptr, size_t old_size, size_t new_size)
{
    rt_heap *heap = ctx;
    if (!ptr && old_size)
        die("no block, but an old size");
    if (!new_size) {
        free(ptr ? take_back(heap, ptr, old_size) : NULL);
        return NULL;
    }
    if (fails(heap))
        return NULL;
    header *h = malloc(sizeof *h + new_size);
    if (!h)
        die("out of memory");
    h->size = new_size;
    h->heap = heap;
    memset(h + 1, 0xa5, new_size); /* nobody may rely on zeros */
    if (ptr) {
        memcpy(h + 1, ptr, old_size < new_size ? old_size : new_size);
        free(take_back(heap, ptr, old_size));
    }
    heap->blocks++;
    heap->bytes += new_size;
    return h + 1;
}

vg_allocator rt_allocator(rt_heap *heap)
{
    return (vg_allocator){resize, heap};
}

void rt_heap_arm(rt_heap *heap, size_t nth, bool keep_failing)
{
    heap->fail_at = nth ? heap->calls + nth : 0;
    heap->keep_failing = keep_failing;
    heap->failed = false;
}

void rt_heap_check_empty_at(const rt_heap *heap, const char *file, int line)
{
    if (!heap->blocks && !heap->bytes)
        return;
    print_error("%zu blocks of %zu bytes were not given back\n", heap->blocks,
                heap->bytes);
    _fail(file, line);
}
