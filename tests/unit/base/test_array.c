/* Array literals: the cases of PostgreSQL's own array_in and array_out, and those that
 * Drizzle's tests have. */
#include <virga/arena.h>
#include <virga/error.h>
#include "check.h"

static void test_array__reads_and_writes_the_same(void **state)
{
    static const struct {
        const char *text, *written; /* NULL: the same */
        size_t len;
        int dimensions;
    } cases[] = {
        {"{}", NULL, 0, 0},
        {"{a}", NULL, 1, 0},
        {"{1,2,3}", NULL, 3, 0},
        {"{a,NULL,\"NULL\",null}", "{a,NULL,\"NULL\",NULL}", 4, 0},
        {"{\"\",\" \",\"a b\",\"c,d\",\"e\\\"f\",\"g\\\\h\",\"{\"}", NULL, 7, 0},
        {"{{1,2},{3,4}}", NULL, 4, 2},
        {"{{{1},{2}},{{3},{NULL}}}", NULL, 4, 3},
        {"[0:1]={a,b}", NULL, 2, 1},
        {"[1:2][-3:-2]={{a,b},{c,d}}", NULL, 4, 2},
        {" { a , \"b\" } ", "{a,b}", 2, 0},
        {"{ {1 , 2} , {3,4} }", "{{1,2},{3,4}}", 4, 2},
        {"{a b}", "{\"a b\"}", 1, 0},
        {"{\\a,\\N\\U\\L\\L}", "{a,\"NULL\"}", 2, 0},
        {"[1:2]={a,b}", "{a,b}", 2, 1},
        {"{\"2026-11-21 10:00:00+00\",\"(1,2)\"}", NULL, 2, 0},
    };
    vg_arena arena = {0};
    (void)state;
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        vg_text_array a;
        const char *text = cases[i].text;
        if (vg_array_parse(&arena, text, strlen(text), &a) != VG_OK)
            fail_msg("%s is refused", text);
        if (a.len != cases[i].len ||
            (a.dims ? a.dims->count : 0) != cases[i].dimensions)
            fail_msg("%s: %zu elements, %d dimensions", text, a.len,
                     a.dims ? a.dims->count : 0);
        assert_non_null(a.data);
        const char *written = cases[i].written ? cases[i].written : text;
        assert_string_equal(vg_array_format(&arena, &a), written);
    }
    vg_arena_free(&arena);
}

static void test_array__refuses_what_is_none(void **state)
{
    static const char *const cases[] = {"",
                                        "{",
                                        "}",
                                        "{a",
                                        "a",
                                        "{a}b",
                                        "{a,}",
                                        "{,a}",
                                        "{a,,b}",
                                        "{{a},b}",
                                        "{a,{b}}",
                                        "{{a},{b,c}}",
                                        "{\"a}",
                                        "{a\"b\"}",
                                        "{a}}",
                                        "{{a}",
                                        "[0:1]={a}",
                                        "[0:1]{a,b}",
                                        "[1:0]={}",
                                        "[a:b]={a}",
                                        "[0:1]={}",
                                        "{\\",
                                        "{\"\\",
                                        "{{},{}}",
                                        "{{{{{{{1}}}}}}}",
                                        "[0:99999999999]={a}",
                                        "[2147483647:2147483647]={a}x"};
    vg_arena arena = {0};
    (void)state;
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        vg_text_array a = {0};
        if (vg_array_parse(&arena, cases[i], strlen(cases[i]), &a) != VG_VALUE)
            fail_msg("\"%s\" is accepted", cases[i]);
        assert_null(a.data);
    }
    vg_arena_free(&arena);
}

static void test_array__formats_only_what_is_whole(void **state)
{
    const char *data[] = {"a", "b"};
    vg_dims three = {.count = 1, .lengths = {3}, .lower = {1}};
    vg_dims seven = {.count = 7, .lengths = {1}, .lower = {1}};
    vg_arena arena = {0};
    (void)state;
    assert_null(vg_array_format(&arena, &(vg_text_array){.len = 0}));
    assert_null(vg_array_format(&arena, &(vg_text_array){data, 2, NULL, &three}));
    assert_null(vg_array_format(&arena, &(vg_text_array){data, 2, NULL, &seven}));
    assert_string_equal(vg_array_format(&arena, &(vg_text_array){data, 2, NULL, NULL}),
                        "{a,b}");
    assert_string_equal(
        vg_array_format(&arena, &(vg_text_array){data, 2, (bool[]){false, true}, NULL}),
        "{a,NULL}");
    vg_arena_free(&arena);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_array__reads_and_writes_the_same),
        cmocka_unit_test(test_array__refuses_what_is_none),
        cmocka_unit_test(test_array__formats_only_what_is_whole),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
