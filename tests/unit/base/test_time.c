/* Times: reading and writing ISO 8601, the ends of the range, and every kind of text that
 * is no time. */
#include "check.h"
#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <time.h>

#define US  INT64_C(1000000)
#define DAY (86400 * US)

static const struct {
    const char *text;
    int64_t us;
} valid[] = {
    {"1970-01-01", 0},
    {"1970-01-01T00:00:00Z", 0},
    {"1970-01-01 00:00", 0},
    {"1970-01-02", DAY},
    {"1969-12-31", -DAY},
    {"1969-12-31T23:59:59.999999Z", -1},
    {"1969-12-31T23:59:59Z", -US},
    {"2000-02-29", 11016 * DAY},
    {"2024-02-29T12:00:00Z", 19782 * DAY + DAY / 2},
    {"2026-11-21T10:30:00.123456Z", INT64_C(1795257000123456)},
    {"2026-11-21t10:30:00.123456z", INT64_C(1795257000123456)},
    {"2026-11-21 10:30:00,123456", INT64_C(1795257000123456)},
    {"2026-11-21T10:30:00.1234569Z", INT64_C(1795257000123456)}, /* cut, not rounded */
    {"2026-11-21T10:30:00.12", INT64_C(1795257000120000)},
    {"2026-11-21T10:30", INT64_C(1795257000000000)},
    {"2026-11-21T12:30:00+02:00", INT64_C(1795257000000000)},
    {"2026-11-21T12:30:00 +0200", INT64_C(1795257000000000)},
    {"2026-11-21T12:30+02", INT64_C(1795257000000000)},
    {"2026-11-21T05:00:00-05:30", INT64_C(1795257000000000)},
    {"2026-11-21T10:30:00+00:00", INT64_C(1795257000000000)},
    {"1970-01-01T00:00:00+14:00", -14 * 3600 * US},
    {"1970-01-01T00:00:00-12:00", 12 * 3600 * US},
    {"2016-12-31T23:59:60Z",
     INT64_C(1483228800000000)}, /* a leap second: the next one */
    {"0000-01-01", -719528 * DAY},
    {"0001-01-01", -719162 * DAY},
    {"9999-12-31T23:59:59.999999Z", INT64_C(253402300799999999)},
    {"+10000-01-01T00:00:00Z", INT64_C(253402300800000000)},
    {"-0001-12-31", -719529 * DAY},
    {"-0044-03-15T12:00:00Z", -735525 * DAY + DAY / 2},
    {"+294247-01-10T04:00:54.775807Z", INT64_MAX},
    {"-290308-12-21T19:59:05.224192Z", INT64_MIN},
    {"1900-03-01", -25508 * DAY},
    {"2100-02-28", 47540 * DAY},
};

static const char *const invalid[] = {
    "",
    " ",
    "x",
    "2026",
    "2026-",
    "2026-11",
    "2026-11-",
    "2026-11-2",
    "2026-1-21",
    "26-11-21",
    "02026-11-21",
    "2026/11/21",
    "20261121",
    "2026-11-21T",
    "2026-11-21 ",
    "2026-11-21X10:30",
    "2026-11-21T10",
    "2026-11-21T1030",
    "2026-11-21T10:3",
    "2026-11-21T10:30:",
    "2026-11-21T10:30:0",
    "2026-11-21T10:30:00.",
    "2026-11-21T10:30:00.Z",
    "2026-11-21T10:30:00+",
    "2026-11-21T10:30:00+1",
    "2026-11-21T10:30:00+02:0",
    "2026-11-21T10:30:00+24:00",
    "2026-11-21T10:30:00+02:60",
    "2026-11-21T10:30:00ZZ",
    "2026-11-21T10:30:00Z ",
    "2026-11-21T10:30:00 UTC",
    "2026-00-21",
    "2026-13-21",
    "2026-11-00",
    "2026-11-31",
    "2026-02-29",
    "1900-02-29",
    "2100-02-29",
    "2024-02-30",
    "2026-11-21T24:00:00Z",
    "2026-11-21T10:60:00Z",
    "2026-11-21T10:30:61Z",
    "-2026",
    "+26-11-21",
    "--2026-11-21",
    "2026--11-21",
    "2026-11--1",
    "+1234567-01-01",
    "+294247-01-10T04:00:54.775808Z",
    "-290308-12-21T19:59:05.224191Z",
    "+999999-01-01",
    "-999999-01-01",
    "now",
    "2026-11-21T-1:30",
    "2026-11-21T10:30:-1",
    " 2026-11-21",
    "2026-11-21\n",
};

static void test_time__reads(void **state)
{
    (void)state;
    for (size_t i = 0; i < COUNT_OF_ARRAY(valid); i++) {
        vg_timestamp t = {42};
        bool ok = vg_timestamp_parse(valid[i].text, strlen(valid[i].text), &t);
        if (!ok || t.us != valid[i].us)
            print_error("%s: %d, %" PRId64 "\n", valid[i].text, ok, t.us);
        assert_true(ok && t.us == valid[i].us);
    }
}

static void test_time__refuses(void **state)
{
    (void)state;
    for (size_t i = 0; i < COUNT_OF_ARRAY(invalid); i++) {
        vg_timestamp t = {42};
        bool ok = vg_timestamp_parse(invalid[i], strlen(invalid[i]), &t);
        if (ok || t.us != 42)
            print_error("\"%s\" is %" PRId64 "\n", invalid[i], t.us);
        assert_true(!ok && t.us == 42);
    }
    vg_timestamp t = {42};
    assert_false(vg_timestamp_parse("2026-11-21\0", 11, &t)); /* a NUL is not the end */
    assert_false(vg_timestamp_parse("2026-11-21", 9, &t));
    assert_int_equal(t.us, 42);
}

static void test_time__writes(void **state)
{
    (void)state;
    static const struct {
        int64_t us;
        const char *text, *day;
    } cases[] = {
        {0, "1970-01-01T00:00:00.000000Z", "1970-01-01"},
        {-1, "1969-12-31T23:59:59.999999Z", "1969-12-31"},
        {INT64_C(1795257000123456), "2026-11-21T10:30:00.123456Z", "2026-11-21"},
        {INT64_C(253402300799999999), "9999-12-31T23:59:59.999999Z", "9999-12-31"},
        {INT64_C(253402300800000000), "+10000-01-01T00:00:00.000000Z", "+10000-01-01"},
        {-719528 * DAY, "0000-01-01T00:00:00.000000Z", "0000-01-01"},
        {-719528 * DAY - 1, "-0001-12-31T23:59:59.999999Z", "-0001-12-31"},
        {INT64_MAX, "+294247-01-10T04:00:54.775807Z", "+294247-01-10"},
        {INT64_MIN, "-290308-12-21T19:59:05.224192Z", "-290308-12-21"},
    };
    char text[VG_TIMESTAMP_ROOM];
    for (size_t i = 0; i < COUNT_OF_ARRAY(cases); i++) {
        vg_timestamp t = {cases[i].us};
        assert_ptr_equal(vg_timestamp_format(t, text), text);
        assert_string_equal(text, cases[i].text);
        assert_ptr_equal(vg_date_format(t, text), text);
        assert_string_equal(text, cases[i].day);
    }
}

static void check_round_trip(int64_t us)
{
    char text[VG_TIMESTAMP_ROOM];
    vg_timestamp t = {~us};
    vg_timestamp_format((vg_timestamp){us}, text);
    bool ok = vg_timestamp_parse(text, strlen(text), &t);
    if (!ok || t.us != us)
        print_error("%" PRId64 " is written %s and read as %" PRId64 "\n", us, text,
                    t.us);
    assert_true(ok && t.us == us);
}

static void test_time__round_trip(void **state)
{
    (void)state;
    uint64_t bits = 1;
    for (int i = 0; i < 64; i++) { /* the ends, and around powers of two */
        check_round_trip(INT64_MIN + i);
        check_round_trip(INT64_MAX - i);
        for (int64_t off = -1; off <= 1; off++)
            check_round_trip((int64_t)(UINT64_C(1) << i) + (i < 63 ? off : 0));
    }
    for (int i = 0; i < 20000; i++) {
        bits = bits * UINT64_C(6364136223846793005) + UINT64_C(1442695040888963407);
        int64_t us;
        memcpy(&us, &bits, sizeof us);
        check_round_trip(us >> i % 40);
    }
}

/* Each day of eight centuries is the day after the one before it, as the C library has
 * it. */
static void test_time__calendar(void **state)
{
    (void)state;
    char text[VG_TIMESTAMP_ROOM], expected[VG_TIMESTAMP_ROOM];
    for (int64_t day = -146097; day < 146097; day++) {
        time_t seconds = (time_t)(day * 86400);
        struct tm tm;
        assert_non_null(gmtime_r(&seconds, &tm));
        snprintf(expected, sizeof expected, "%04d-%02d-%02d", tm.tm_year + 1900,
                 tm.tm_mon + 1, tm.tm_mday);
        vg_date_format((vg_timestamp){day * DAY + DAY - 1}, text);
        if (strcmp(text, expected) != 0)
            assert_string_equal(text, expected);
    }
}

/* Texts order as times, in the years that have four digits. */
static void test_time__order(void **state)
{
    (void)state;
    char before[VG_TIMESTAMP_ROOM], after[VG_TIMESTAMP_ROOM];
    int64_t first = -719528 * DAY, last = INT64_C(253402300799999999);
    vg_timestamp_format((vg_timestamp){first}, before);
    for (int i = 1; i <= 5000; i++) {
        vg_timestamp_format((vg_timestamp){first + (last / 5000 - first / 5000) * i},
                            after);
        assert_int_equal(strlen(after), 27);
        assert_true(strcmp(before, after) < 0);
        strcpy(before, after);
    }
}

static void test_time__now(void **state)
{
    (void)state;
    vg_timestamp a = vg_now();
    time_t c = time(NULL);
    vg_timestamp b = vg_now();
    assert_true(a.us <= b.us);
    assert_true(c >= a.us / US - 1 && c <= b.us / US + 1);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_time__reads),    cmocka_unit_test(test_time__refuses),
        cmocka_unit_test(test_time__writes),   cmocka_unit_test(test_time__round_trip),
        cmocka_unit_test(test_time__calendar), cmocka_unit_test(test_time__order),
        cmocka_unit_test(test_time__now),
    };
    return cmocka_run_group_tests_name("time", tests, NULL, NULL);
}
