/* Memory that ends: whichever allocation fails, reading and writing say so, and all that was
 * taken lies in the arena. */
#include "check.h"
#include "people.h"
#include "rt_heap.h"
#include <stdio.h>
#include <virga/json_schema.h>

static const char person[] =
    "{\"name\":\"Ad\\u00e4\",\"email\":\"nobody\",\"age\":36.5,\"balance\":1.5e1,"
    "\"mood\":\"grey\",\"seen\":\"2026-11-21T12:30:00Z\",\"photo\":\"AP8Q\","
    "\"extra\":{\"a\":1},\"x\":1}";
static const char thing[] =
    "{\"small\":1,\"tags\":[\"a\",null],\"grid\":[[1,2],[3,4]],\"blobs\":[\"QQ==\"],"
    "\"address\":\"::1\"}";

static int read_person(vg_arena *arena)
{
    struct people_new p;
    vg_json_reader r = {.arena = arena};
    int rc = vg_from_json(&r, people, person, sizeof person - 1, &p);
    assert_true(rc == VG_NO_MEMORY || (rc == VG_VALUE && r.fault_count == 3));
    return rc;
}

static int read_things(vg_arena *arena)
{
    vg_json_reader r = {.arena = arena};
    struct things_new *rows;
    size_t count;
    char text[2 * sizeof thing + 8];
    snprintf(text, sizeof text, "[%s,%s]", thing, thing);
    return vg_all_from_json(&r, things, text, strlen(text), &rows, &count);
}

static int write_rows(vg_arena *arena)
{
    struct people rows[20];
    people_list list = {rows, 20};
    const char *json;
    for (int i = 0; i < 20; i++)
        rows[i] = (struct people){
            .name = "Ada", .balance = "1", .mood = MOOD_GREY, .debt = VG_SOME({1})};
    int rc = vg_list_json(arena, people, &list, &json);
    assert_true((rc == VG_OK) == (json != NULL));
    return rc;
}

static int write_schema(vg_arena *arena)
{
    const char *json;
    int rc = vg_openapi_json(arena, &town, NULL, &json);
    assert_true((rc == VG_OK) == (json != NULL));
    return rc;
}

static void test_memory__may_end_anywhere(void **state)
{
    static int (*const scenarios[])(vg_arena *) = {read_person, read_things, write_rows,
                                                   write_schema};
    (void)state;
    for (size_t s = 0; s < COUNT_OF_ARRAY(scenarios); s++)
        for (size_t n = 1;; n++) {
            rt_heap heap = {0};
            /* Small blocks, so that every few allocations of the arena ask for one. */
            vg_arena arena = {.allocator = rt_allocator(&heap), .block_size = 32};
            rt_heap_arm(&heap, n, true);
            int rc = scenarios[s](&arena);
            assert_int_equal(rc == VG_NO_MEMORY, heap.failed);
            vg_arena_free(&arena);
            rt_heap_check_empty(&heap);
            if (!heap.failed)
                break;
        }
}

int main(void)
{
    const struct CMUnitTest tests[] = {cmocka_unit_test(test_memory__may_end_anywhere)};
    return cmocka_run_group_tests(tests, NULL, NULL);
}
