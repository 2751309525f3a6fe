/* The writer's numbers, the shortest of the texts that mean them, and its strings. */
#include "check.h"
#include <stdio.h>
#include <stdlib.h>
#include <virga/to_json.h>

static vg_arena arena;

static int teardown(void **state)
{
    (void)state;
    vg_arena_free(&arena);
    return 0;
}

static void check_real(double value)
{
    char expected[40];
    for (int precision = 15; precision <= 17; precision++) {
        snprintf(expected, sizeof expected, "%.*g", precision, value);
        if (strtod(expected, NULL) == value)
            break;
    }
    vg_json_writer w = {.arena = &arena};
    vg_put_real(&w, value);
    assert_int_equal(vg_json_finish(&w), VG_OK);
    assert_string_equal(w.text, expected);
    vg_arena_reset(&arena);
}

static void test_real__is_written_as_printf_does(void **state)
{
    static const double values[] = {0,
                                    -0.0,
                                    1,
                                    -1,
                                    0.1,
                                    0.0001,
                                    0.00005,
                                    1e-7,
                                    0.3,
                                    1.1 * 3,
                                    1e10,
                                    9999999999.,
                                    9999999999.75,
                                    12345678901.5,
                                    1e15,
                                    1e300,
                                    -12.5,
                                    100,
                                    0.07,
                                    19.99,
                                    655.3599,
                                    1e15 - 0.125,
                                    999999999999999.9,
                                    99999.999999999985,
                                    4503599627370496.5,
                                    1.005,
                                    2.675e-4,
                                    1 / 3.,
                                    1e-30,
                                    4.35,
                                    -0.0003};
    (void)state;
    for (size_t i = 0; i < COUNT_OF_ARRAY(values); i++)
        check_real(values[i]);
    uint64_t dice = 20261121;
    for (int i = 0; i < 20000; i++) {
        dice = dice * UINT64_C(6364136223846793005) + 1442695040888963407u;
        int64_t n = (int64_t)(dice >> 24) - (INT64_C(1) << 39);
        check_real((double)n / 100);
        check_real((double)n / 10000);
        check_real((double)n / 100000);
        check_real((double)n * 1e-3 * 1.1);
        check_real((double)(n % 1000) / 10);
        check_real((double)(dice >> 11) / (double)(UINT64_C(1) << (dice & 63)));
        check_real((double)(n >> 20) + (double)(dice >> 56) / 256);
    }
}

static void test_int__is_written_in_full(void **state)
{
    static const struct {
        int64_t value;
        bool as_text;
        const char *text;
    } cases[] = {{0, false, "0"},
                 {-7, true, "-7"},
                 {120, false, "120"},
                 {INT64_MAX, false, "9223372036854775807"},
                 {INT64_MIN, false, "-9223372036854775808"},
                 {INT64_MIN, true, "\"-9223372036854775808\""},
                 {INT64_C(9007199254740992), true, "9007199254740992"},
                 {INT64_C(9007199254740993), true, "\"9007199254740993\""}};
    (void)state;
    for (size_t i = 0; i < COUNT_OF_ARRAY(cases); i++) {
        vg_json_writer w = {.arena = &arena, .big_as_text = cases[i].as_text};
        vg_put_int(&w, cases[i].value);
        assert_int_equal(vg_json_finish(&w), VG_OK);
        assert_string_equal(w.text, cases[i].text);
        vg_arena_reset(&arena);
    }
}

/* A special character at each place of texts of each length: they are read in eights. */
static void test_text__is_escaped_wherever_it_needs_it(void **state)
{
    static const struct {
        const char *in, *out;
    } specials[] = {{"\"", "\\\""},   {"\\", "\\\\"},
                    {"\n", "\\n"},    {"\x01", "\\u0001"},
                    {"\x7f", "\x7f"}, {"ä", "ä"},
                    {" ", " "},       {"!", "!"},
                    {"#", "#"},       {"[", "["},
                    {"]", "]"},       {"\xf0\x9f\x8c\xa7", "\xf0\x9f\x8c\xa7"}};
    (void)state;
    for (size_t i = 0; i < COUNT_OF_ARRAY(specials); i++) {
        for (int len = 0; len < 26; len++) {
            for (int at = 0; at <= len; at++) {
                char in[80], out[80];
                snprintf(in, sizeof in, "%.*s%s%.*s", at, "abcdefghijklmnopqrstuvwxyz",
                         specials[i].in, len - at, "ABCDEFGHIJKLMNOPQRSTUVWXYZ");
                snprintf(out, sizeof out, "\"%.*s%s%.*s\"", at,
                         "abcdefghijklmnopqrstuvwxyz", specials[i].out, len - at,
                         "ABCDEFGHIJKLMNOPQRSTUVWXYZ");
                vg_json_writer w = {.arena = &arena};
                vg_put_text(&w, in);
                assert_int_equal(vg_json_finish(&w), VG_OK);
                assert_string_equal(w.text, out);
                vg_arena_reset(&arena);
            }
        }
    }
}

static void test_text__is_utf8_at_each_place(void **state)
{
    (void)state;
    for (size_t at = 0; at < 20; at++) {
        char in[] = "abcdefghijklmnopqrst";
        in[at] = (char)0x80;
        vg_json_writer w = {.arena = &arena};
        vg_put_text(&w, in);
        assert_int_equal(vg_json_finish(&w), VG_VALUE);
        vg_arena_reset(&arena);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_real__is_written_as_printf_does),
        cmocka_unit_test(test_int__is_written_in_full),
        cmocka_unit_test(test_text__is_escaped_wherever_it_needs_it),
        cmocka_unit_test(test_text__is_utf8_at_each_place),
    };
    return cmocka_run_group_tests(tests, NULL, teardown);
}
