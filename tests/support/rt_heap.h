/* An allocator that counts, checks and fails on demand, for the run-time tests.
 *
 *     rt_heap heap = {0};
 *     vg_options options = {.allocator = rt_allocator(&heap)};
 *     rt_heap_arm(&heap, 3, false);       the third allocation from here fails
 *     ...
 *     rt_heap_check_empty(&heap);         everything was given back
 *
 * Each block remembers its size and its heap, so that a wrong `old_size` and a block of
 * another heap are caught when they are passed. One thread at a time. */
#pragma once
#include "check.h"

typedef struct rt_heap {
    size_t calls;      /* allocations and resizings, failed ones included */
    size_t fail_at;    /* the call that fails; 0: none */
    bool keep_failing; /* and all calls after it */
    bool failed;       /* a call did fail since rt_heap_arm */
    size_t blocks;     /* not given back */
    size_t bytes;
} rt_heap;

vg_allocator rt_allocator(rt_heap *heap);

/* The `nth` allocation from now on fails, and those after it if `keep_failing`; 0: none
 * does. */
void rt_heap_arm(rt_heap *heap, size_t nth, bool keep_failing);

/* Nothing is left of it. */
#define rt_heap_check_empty(heap) rt_heap_check_empty_at((heap), __FILE__, __LINE__)
void rt_heap_check_empty_at(const rt_heap *heap, const char *file, int line);
