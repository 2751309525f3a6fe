/* Intervals, times of day and points as text. */
#include <virga/native.h>
#include "check.h"
#include <stdio.h>

#define DAY_US INT64_C(86400000000)

static void test_interval__reads_and_writes_as_postgresql_does(void **state)
{
    static const struct {
        const char *text;
        vg_interval v;
        const char *written; /* NULL: as `text` */
    } cases[] = {
        {"00:00:00", {0, 0, 0}, NULL},
        {"1 year 2 mons -3 days 04:05:06.789", {14, -3, 14706789000}, NULL},
        {"-1 years", {-12, 0, 0}, "-1 years"},
        {"-00:00:00.000001", {0, 0, -1}, NULL},
        {"2562047788:00:54.775807", {0, 0, INT64_MAX}, NULL},
        {"-2562047788:00:54.775807", {0, 0, -INT64_MAX}, NULL},
        {"178956970 years 7 mons 2147483647 days", {INT32_MAX, INT32_MAX, 0}, NULL},
        {"P1Y2M-3DT4H5M6.789S",
         {14, -3, 14706789000},
         "1 year 2 mons -3 days 04:05:06.789"},
        {"P2W", {0, 14, 0}, "14 days"},
        {"PT-0.5S", {0, 0, -500000}, "-00:00:00.5"},
        {" 7 days ", {0, 7, 0}, "7 days"},
        {"3 weeks 2 hours 1.25 seconds", {0, 21, 7201250000}, "21 days 02:00:01.25"},
        {"1 day -01:00", {0, 1, -3600000000}, "1 day -01:00:00"},
    };
    (void)state;
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        char text[VG_INTERVAL_ROOM];
        vg_interval v = {0};
        if (!vg_interval_parse(cases[i].text, strlen(cases[i].text), &v))
            fail_msg("%s is refused", cases[i].text);
        assert_int_equal(v.months, cases[i].v.months);
        assert_int_equal(v.days, cases[i].v.days);
        assert_true(v.us == cases[i].v.us);
        assert_string_equal(vg_interval_format(v, text),
                            cases[i].written ? cases[i].written : cases[i].text);
    }
}

static void test_interval__refuses_what_is_none(void **state)
{
    static const char *const cases[] = {"",
                                        " ",
                                        "1",
                                        "day",
                                        "1 dayz",
                                        "P",
                                        "PT",
                                        "P1",
                                        "P1X",
                                        "1:60",
                                        "1:2:60",
                                        "1.5 day",
                                        "PT1.5H",
                                        "1 day x",
                                        "--1 day",
                                        "99999999999999999999 days",
                                        "3000000000 days",
                                        "1:",
                                        "9223372036854775807 hours",
                                        "P1Y2",
                                        "1 year year"};
    (void)state;
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        vg_interval v = {1, 2, 3};
        if (vg_interval_parse(cases[i], strlen(cases[i]), &v))
            fail_msg("\"%s\" is accepted", cases[i]);
        assert_int_equal(v.days, 2);
    }
}

static void test_daytime__reads_and_writes(void **state)
{
    static const struct {
        const char *text;
        int64_t us;
        int32_t zone;
    } good[] = {{"00:00:00", 0, 0},
                {"23:59:59.999999", DAY_US - 1, 0},
                {"24:00:00", DAY_US, 0},
                {"12:30:00+05:30", 45000000000, 19800},
                {"12:30:00-15:59:59", 45000000000, -57599}};
    static const char *const bad[] = {"",       "25:00",    "24:00:01", "1",
                                      "12:60",  "12:00+16", "12:00x",   "12:00+1:2:3:4",
                                      "-01:00", "12:00 "};
    (void)state;
    for (size_t i = 0; i < sizeof good / sizeof *good; i++) {
        char text[VG_DAYTIME_ROOM];
        vg_daytime t;
        assert_true(vg_daytime_parse(good[i].text, strlen(good[i].text), &t));
        assert_true(t.us == good[i].us);
        assert_int_equal(t.zone, good[i].zone);
        assert_string_equal(vg_daytime_format(t, t.zone != 0, text), good[i].text);
    }
    for (size_t i = 0; i < sizeof bad / sizeof *bad; i++) {
        vg_daytime t;
        if (vg_daytime_parse(bad[i], strlen(bad[i]), &t))
            fail_msg("\"%s\" is accepted", bad[i]);
    }
}

static void test_point__reads_and_writes(void **state)
{
    static const char *const good[] = {"(1.5,-2)", "(0,0)", "(NaN,Infinity)",
                                       "(1e+300,-1.7976931348623157e+308)",
                                       "(0.1,0.30000000000000004)"};
    static const char *const bad[] = {"",       "(1,2", "1",      "(1)",
                                      "(1,2)x", "(,)",  "(1,2,3)"};
    char text[VG_POINT_ROOM];
    vg_point p;
    (void)state;
    for (size_t i = 0; i < sizeof good / sizeof *good; i++) {
        assert_true(vg_point_parse(good[i], strlen(good[i]), &p));
        assert_string_equal(vg_point_format(p, text), good[i]);
    }
    for (size_t i = 0; i < sizeof bad / sizeof *bad; i++)
        assert_false(vg_point_parse(bad[i], strlen(bad[i]), &p));
    assert_true(vg_point_parse("3 , 4", 5, &p));
    assert_true(p.x == 3 && p.y == 4);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_interval__reads_and_writes_as_postgresql_does),
        cmocka_unit_test(test_interval__refuses_what_is_none),
        cmocka_unit_test(test_daytime__reads_and_writes),
        cmocka_unit_test(test_point__reads_and_writes),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
