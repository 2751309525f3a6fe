/* Numbers are read digit by digit. */
#include "check.h"
#include "json/reader.h"
#include <stdlib.h>

static vg_arena arena;

static int teardown(void **state)
{
    (void)state;
    vg_arena_free(&arena);
    return 0;
}

static void test_number__is_taken_apart(void **state)
{
    static const struct {
        const char *text, *plain;
        int fits;
        int64_t whole;
    } cases[] = {
        {"0", "0", 0, 0},
        {"-0.0", "-0.0", 0, 0},
        {"120", "120", 0, 120},
        {"1.20e2", "120", 0, 120},
        {"-12e-1", "-1.2", -1, 0},
        {"0.00012E+4", "1.2", -1, 0},
        {"1e-3", "0.001", -1, 0},
        {"100e-2", "1", 0, 1},
        {"9223372036854775807", "9223372036854775807", 0, INT64_MAX},
        {"-9223372036854775808", "-9223372036854775808", 0, INT64_MIN},
        {"9223372036854775808", "9223372036854775808", 1, 0},
        {"1e18", "1000000000000000000", 0, INT64_C(1000000000000000000)},
        {"0e99", "0", 0, 0},
    };
    static const char *const none[] = {"",   "-",   "01", "1.", ".1",
                                       "1e", "1e+", "+1", "1x", "0x1"};
    (void)state;
    for (size_t i = 0; i < COUNT_OF_ARRAY(cases); i++) {
        vg_json_number n;
        int64_t whole = 0;
        assert_true(vg__json_number(&n, cases[i].text, strlen(cases[i].text)));
        check_text(vg__json_plain(&n, &arena), cases[i].plain);
        assert_int_equal(vg__json_whole(&n, &whole), cases[i].fits);
        if (!cases[i].fits)
            assert_true(whole == cases[i].whole);
        assert_true(vg__json_real(&n) == strtod(cases[i].text, NULL));
    }
    for (size_t i = 0; i < COUNT_OF_ARRAY(none); i++)
        assert_false(vg__json_number(&(vg_json_number){0}, none[i], strlen(none[i])));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_number__is_taken_apart),
    };
    return cmocka_run_group_tests(tests, NULL, teardown);
}
