/* Arenas: alignment, growth, what reset keeps and free gives back, sizes that cannot be,
 * and texts that know their length. */
#include "base/arena.h"
#include "rt_heap.h"

static vg_arena with_heap(rt_heap *heap, size_t block_size)
{
    return (vg_arena){.allocator = rt_allocator(heap), .block_size = block_size};
}

static void test_arena__is_aligned(void **state)
{
    (void)state;
    vg_arena arena = {0};
    for (size_t size = 0; size < 300; size++) {
        char *p = vg_arena_alloc(&arena, size);
        assert_non_null(p);
        assert_int_equal((uintptr_t)p % 8, 0);
        memset(p, (int)size, size);
    }
    vg_arena_free(&arena);
}

/* Nothing overlaps: each piece keeps what was written into it. */
static void test_arena__pieces_are_apart(void **state)
{
    (void)state;
    enum { PIECES = 400 };
    rt_heap heap = {0};
    vg_arena arena = with_heap(&heap, 64);
    unsigned char *pieces[PIECES];
    for (size_t i = 0; i < PIECES; i++) {
        pieces[i] = vg_arena_alloc(&arena, i % 97);
        assert_non_null(pieces[i]);
        memset(pieces[i], (int)(i & 255), i % 97);
    }
    for (size_t i = 0; i < PIECES; i++)
        for (size_t at = 0; at < i % 97; at++)
            assert_int_equal(pieces[i][at], i & 255);
    assert_true(heap.blocks > 1);
    assert_int_equal(vg_arena_size(&arena), heap.bytes);
    vg_arena_free(&arena);
    rt_heap_check_empty(&heap);
    assert_int_equal(vg_arena_size(&arena), 0);
}

/* Blocks double from 4 KiB to 1 MiB; a large piece gets a block of its own size. */
static void test_arena__grows(void **state)
{
    (void)state;
    rt_heap heap = {0};
    vg_arena arena = with_heap(&heap, 0);
    size_t largest = 0, before = 0;
    for (int i = 0; i < 6000; i++) {
        assert_non_null(vg_arena_alloc(&arena, 1000));
        if (heap.bytes - before > largest)
            largest = heap.bytes - before;
        before = heap.bytes;
    }
    assert_int_equal(largest, 1 << 20);
    assert_in_range(heap.blocks, 10, 16);
    before = heap.bytes;
    assert_non_null(vg_arena_alloc(&arena, 3 << 20));
    assert_in_range(heap.bytes - before, 3 << 20, (3 << 20) + 64);
    vg_arena_free(&arena);
    rt_heap_check_empty(&heap);
}

static void test_arena__reset_keeps_one_block(void **state)
{
    (void)state;
    rt_heap heap = {0};
    vg_arena arena = with_heap(&heap, 0);
    vg_arena_reset(&arena); /* nothing to forget yet */
    for (int i = 0; i < 100; i++)
        assert_non_null(vg_arena_alloc(&arena, 1000));
    assert_true(heap.blocks > 2);
    vg_arena_reset(&arena);
    assert_int_equal(heap.blocks, 1);
    size_t calls = heap.calls, kept = vg_arena_size(&arena);
    for (int round = 0; round < 20; round++) {
        unsigned char *p = vg_arena_alloc(&arena, kept / 2);
        assert_non_null(p);
#ifdef VIRGA_DEBUG
        assert_int_equal(p[0], 0x55); /* stale pointers read rubbish */
        assert_int_equal(p[kept / 2 - 1], 0x55);
#endif
        memset(p, 1, kept / 2);
        vg_arena_reset(&arena);
    }
    assert_int_equal(heap.calls, calls);
    vg_arena_free(&arena);
    vg_arena_free(&arena);
    rt_heap_check_empty(&heap);
    assert_non_null(vg_arena_alloc(&arena, 10)); /* it may be used again */
    vg_arena_free(&arena);
    rt_heap_check_empty(&heap);
}

static void test_arena__refuses_what_cannot_be(void **state)
{
    (void)state;
    static const size_t sizes[] = {
        SIZE_MAX,      SIZE_MAX - 1,     SIZE_MAX - 7,     SIZE_MAX - 8,
        SIZE_MAX - 64, SIZE_MAX / 2 + 1, SIZE_MAX / 2 + 9, (SIZE_MAX / 4) * 3};
    rt_heap heap = {0};
    vg_arena arena = with_heap(&heap, 0);
    for (int used = 0; used < 2; used++) {
        for (size_t i = 0; i < COUNT_OF_ARRAY(sizes); i++) {
            assert_null(vg_arena_alloc(&arena, sizes[i]));
            assert_null(vg_arena_text(&arena, "x", sizes[i]));
        }
        assert_int_equal(heap.calls, used);
        assert_non_null(vg_arena_alloc(&arena, 1));
    }
    vg_arena_free(&arena);
    rt_heap_check_empty(&heap);
}

static void test_arena__out_of_memory(void **state)
{
    (void)state;
    rt_heap heap = {0};
    vg_arena arena = with_heap(&heap, 64);
    char *text = vg_arena_text(&arena, "kept", 4);
    assert_non_null(text);
    rt_heap_arm(&heap, 1, true);
    assert_null(vg_arena_alloc(&arena, 1000));
    assert_null(vg_arena_text(&arena, text, 4 * 1000));
    rt_heap_arm(&heap, 0, false);
    assert_string_equal(text, "kept");
    assert_non_null(vg_arena_alloc(&arena, 1000));
    vg_arena_free(&arena);
    rt_heap_check_empty(&heap);
}

static void test_arena__texts_know_their_length(void **state)
{
    (void)state;
    static const char bytes[] = "a\0b\0c";
    vg_arena arena = {.block_size = 64};
    assert_int_equal(vg_text_len(NULL), 0);
    char *empty = vg_arena_text(&arena, NULL, 0);
    assert_non_null(empty);
    assert_string_equal(empty, "");
    assert_int_equal(vg_text_len(empty), 0);
    for (size_t len = 1; len <= 5; len++) {
        char *text = vg_arena_text(&arena, bytes, len);
        assert_non_null(text);
        assert_int_equal(vg_text_len(text), len);
        assert_memory_equal(text, bytes, len);
        assert_int_equal(text[len], 0);
    }
    static char big[100000];
    memset(big, 'x', sizeof big);
    char *copy = vg_arena_text(&arena, big, sizeof big);
    assert_int_equal(vg_text_len(copy), sizeof big);
    assert_int_equal(strlen(copy), sizeof big);
    vg_arena_free(&arena);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_arena__is_aligned),
        cmocka_unit_test(test_arena__pieces_are_apart),
        cmocka_unit_test(test_arena__grows),
        cmocka_unit_test(test_arena__reset_keeps_one_block),
        cmocka_unit_test(test_arena__refuses_what_cannot_be),
        cmocka_unit_test(test_arena__out_of_memory),
        cmocka_unit_test(test_arena__texts_know_their_length),
    };
    return cmocka_run_group_tests_name("arena", tests, NULL, NULL);
}
