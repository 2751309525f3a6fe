/* The growing text: appending, the failure that sticks, the maximum, quoting, numbers. */
#include "base/buf.h"
#include "rt_heap.h"
#include <float.h>
#include <inttypes.h>
#include <math.h>
#include <stdio.h>
#include <stdlib.h>

static const vg_allocator c_library;

static void test_buf__appends(void **state)
{
    (void)state;
    rt_heap heap = {0};
    vg_allocator allocator = rt_allocator(&heap);
    vg_buf buf;
    vg__buf_init(&buf, &allocator, 1 << 20);
    assert_int_equal(heap.calls, 0);
    vg__buf_text(&buf, "");
    assert_string_equal(buf.text, "");
    vg__buf_text(&buf, "select ");
    vg__buf_char(&buf, '(');
    vg__buf_bytes(&buf, "a\0b", 3);
    vg__buf_char(&buf, ')');
    assert_int_equal(buf.len, 12);
    assert_memory_equal(buf.text, "select (a\0b)", 13);
    for (int i = 0; i < 1000; i++)
        vg__buf_text(&buf, "0123456789");
    assert_int_equal(buf.len, 10012);
    assert_int_equal(strlen(buf.text + 10), 10002);
    assert_in_range(heap.calls, 2, 8); /* it doubles */
    vg__buf_reset(&buf);
    size_t calls = heap.calls;
    vg__buf_text(&buf, "again");
    assert_string_equal(buf.text, "again");
    assert_int_equal(heap.calls, calls);
    assert_false(buf.failed);
    vg__buf_free(&buf);
    rt_heap_check_empty(&heap);
}

static void test_buf__has_a_maximum(void **state)
{
    (void)state;
    for (size_t max = 1; max < 600; max += 7) {
        vg_buf buf;
        vg__buf_init(&buf, &c_library, max);
        size_t fits = 0;
        for (; fits < 1000 && !buf.failed; fits += !buf.failed)
            vg__buf_char(&buf, 'x');
        assert_int_equal(fits, max - 1); /* and a NUL */
        assert_true(buf.too_long);
        size_t len = buf.len;
        vg__buf_text(&buf, ""); /* the failure sticks */
        vg__buf_text(&buf, "y");
        vg__buf_int(&buf, 5);
        assert_true(buf.failed && buf.len == len);
        vg__buf_reset(&buf);
        assert_false(buf.failed || buf.too_long);
        vg__buf_bytes(&buf, "0123456789", max < 10 ? max : 0);
        assert_int_equal(buf.failed, max < 10);
        vg__buf_free(&buf);
    }
}

/* A single piece beyond the maximum is too long as well, however large its length. */
static void test_buf__refuses_huge_pieces(void **state)
{
    (void)state;
    static const size_t sizes[] = {101, 1000, SIZE_MAX / 2, SIZE_MAX - 1, SIZE_MAX};
    for (size_t i = 0; i < COUNT_OF_ARRAY(sizes); i++) {
        vg_buf buf;
        vg__buf_init(&buf, &c_library, 100);
        vg__buf_text(&buf, "abc");
        vg__buf_bytes(&buf, "x", sizes[i]);
        assert_true(buf.failed);
        assert_true(buf.too_long);
        assert_int_equal(buf.len, 3);
        vg__buf_free(&buf);
    }
}

static void test_buf__out_of_memory(void **state)
{
    (void)state;
    rt_heap heap = {0};
    vg_allocator allocator = rt_allocator(&heap);
    vg_buf buf;
    vg__buf_init(&buf, &allocator, 1 << 20);
    vg__buf_text(&buf, "kept");
    rt_heap_arm(&heap, 1, false);
    for (int i = 0; i < 100; i++)
        vg__buf_text(&buf, "0123456789");
    assert_true(buf.failed);
    assert_false(buf.too_long);
    assert_true(buf.len < 300); /* nothing after the gap */
    assert_memory_equal(buf.text, "kept0123456789", 14);
    vg__buf_reset(&buf);
    vg__buf_text(&buf, "well");
    assert_false(buf.failed);
    vg__buf_free(&buf);
    rt_heap_check_empty(&heap);
}

static void test_buf__quotes(void **state)
{
    (void)state;
    static const struct {
        const char *in, *name, *literal;
    } cases[] = {
        {"", "\"\"", "''"},
        {"plain", "\"plain\"", "'plain'"},
        {"\"", "\"\"\"\"", "'\"'"},
        {"a\"b", "\"a\"\"b\"", "'a\"b'"},
        {"\"\"x", "\"\"\"\"\"x\"", "'\"\"x'"},
        {"it's", "\"it's\"", "'it''s'"},
        {"''", "\"''\"", "''''''"},
        {"x'; drop table t; --", "\"x'; drop table t; --\"", "'x''; drop table t; --'"},
        {"x\"; drop table t; --", "\"x\"\"; drop table t; --\"",
         "'x\"; drop table t; --'"},
        {"\\\"", "\"\\\"\"\"", "'\\\"'"}, /* a backslash escapes nothing */
        {"\xff\"\xc3", "\"\xff\"\"\xc3\"", "'\xff\"\xc3'"},
    };
    vg_buf buf;
    vg__buf_init(&buf, &c_library, 1000);
    for (size_t i = 0; i < COUNT_OF_ARRAY(cases); i++) {
        vg__buf_reset(&buf);
        vg__buf_name(&buf, '"', cases[i].in);
        assert_string_equal(buf.text, cases[i].name);
        vg__buf_reset(&buf);
        vg__buf_literal(&buf, cases[i].in, strlen(cases[i].in));
        assert_string_equal(buf.text, cases[i].literal);
    }
    vg__buf_reset(&buf);
    vg__buf_name(&buf, '`', "a`b\"");
    assert_string_equal(buf.text, "`a``b\"`");
    vg__buf_free(&buf);
}

static void test_buf__integers(void **state)
{
    (void)state;
    static const struct {
        int64_t n;
        const char *text;
    } cases[] = {{0, "0"},
                 {-1, "-1"},
                 {42, "42"},
                 {INT64_MAX, "9223372036854775807"},
                 {INT64_MIN, "-9223372036854775808"}};
    vg_buf buf;
    vg__buf_init(&buf, &c_library, 1000);
    for (size_t i = 0; i < COUNT_OF_ARRAY(cases); i++) {
        vg__buf_reset(&buf);
        vg__buf_int(&buf, cases[i].n);
        assert_string_equal(buf.text, cases[i].text);
    }
    vg__buf_free(&buf);
}

static double double_of(uint64_t bits)
{
    double d;
    memcpy(&d, &bits, sizeof d);
    return d;
}

/* Written so that it is read as the same number, as shortly as can be. */
static void test_buf__doubles(void **state)
{
    (void)state;
    static const struct {
        double d;
        const char *text;
    } cases[] = {{0, "0.0"},
                 {-0.0, "-0.0"},
                 {1, "1.0"},
                 {0.1, "0.1"},
                 {-2.5, "-2.5"},
                 {1e15, "1e+15"},
                 {1e300, "1e+300"},
                 {123456, "123456.0"},
                 {0.1 + 0.2, "0.30000000000000004"},
                 {1.0 / 3, "0.3333333333333333"},
                 {DBL_MIN, "2.2250738585072014e-308"},
                 {5e-324, "4.94065645841247e-324"}};
    vg_buf buf;
    vg__buf_init(&buf, &c_library, 1000);
    for (size_t i = 0; i < COUNT_OF_ARRAY(cases); i++) {
        vg__buf_reset(&buf);
        vg__buf_real(&buf, cases[i].d);
        assert_string_equal(buf.text, cases[i].text);
    }
    uint64_t bits = 1;
    int checked = 0;
    for (int i = 0; i < 20000; i++) {
        bits = bits * UINT64_C(6364136223846793005) + UINT64_C(1442695040888963407);
        double d = double_of(bits);
        if (!isfinite(d))
            continue;
        vg__buf_reset(&buf);
        vg__buf_real(&buf, d);
        assert_true(strtod(buf.text, NULL) == d);
        assert_non_null(strpbrk(buf.text, ".e"));
        checked++;
    }
    assert_true(checked > 19000);
    vg__buf_free(&buf);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_buf__appends),
        cmocka_unit_test(test_buf__has_a_maximum),
        cmocka_unit_test(test_buf__refuses_huge_pieces),
        cmocka_unit_test(test_buf__out_of_memory),
        cmocka_unit_test(test_buf__quotes),
        cmocka_unit_test(test_buf__integers),
        cmocka_unit_test(test_buf__doubles),
    };
    return cmocka_run_group_tests_name("buf", tests, NULL, NULL);
}
