/* Time functions over each way in which a time is stored, compared with what is known of
 * the days; times that are stored differently meet. */
#include "check.h"
#include <stdio.h>

// clang-format off
TABLE(events,
    COLUMN(id,  INTEGER,   PRIMARY_KEY),
    COLUMN(s,   TIMESTAMP, NOT_NULL, MODE(SECONDS)),
    COLUMN(ms,  TIMESTAMP, NOT_NULL, MODE(MILLISECONDS)),
    COLUMN(us,  TIMESTAMP, NOT_NULL),
    COLUMN(iso, TIMESTAMP, NOT_NULL, MODE(ISO_TEXT)),
    COLUMN(day, DATE,      NOT_NULL),
    COLUMN(opt, TIMESTAMP))
// clang-format on

SCHEMA(calendar, events)

static vg_timestamp at(const char *text)
{
    vg_timestamp t = {0};
    assert_true(vg_timestamp_parse(text, strlen(text), &t));
    return t;
}

#define FIRST    "2026-11-21T13:45:59.250001Z"
#define OLD_TIME "1969-12-31T23:59:58.999999Z"
#define THIRD    "2024-02-29T00:00:00Z"

static int setup(void **state)
{
    static const char *const texts[] = {FIRST, OLD_TIME, THIRD};
    int rc = fixture_open(state, &calendar, NULL);
    fixture *f = *state;
    for (int i = 0; !rc && i < 3; i++) {
        vg_timestamp t = at(texts[i]);
        check_ok(f->db, vg_exec(f->db, INSERT_INTO(events, SET(id, i + 1), SET(s, t),
                                                   SET(ms, t), SET(us, t), SET(iso, t),
                                                   SET(day, t))));
    }
    return rc;
}

/* The values for rows 1, 2 and 3. */
static const char *times_of(fixture *f, vg_time x)
{
    static char out[200];
    vg_time_list list;
    char text[VG_TIMESTAMP_ROOM];
    check_ok(f->db, vg_all(f->db, &f->arena, &list, SELECT_VALUE(x), FROM(events),
                           ORDER_BY(events.id)));
    out[0] = '\0';
    for (size_t i = 0; i < list.len; i++) {
        strncat(out, i ? " " : "", sizeof out - strlen(out) - 1);
        strncat(out, vg_timestamp_format(list.data[i], text),
                sizeof out - strlen(out) - 1);
    }
    return out;
}

static const char *ints_of(fixture *f, vg_int x)
{
    static char out[100];
    vg_int_list list;
    check_ok(f->db, vg_all(f->db, &f->arena, &list, SELECT_VALUE(x), FROM(events),
                           ORDER_BY(events.id)));
    out[0] = '\0';
    for (size_t i = 0; i < list.len; i++)
        snprintf(out + strlen(out), sizeof out - strlen(out), i ? " %d" : "%d",
                 (int)list.data[i]);
    return out;
}

static int count_of(fixture *f, vg_predicate x)
{
    int64_t count = -1;
    check_ok(f->db, vg_count(f->db, &count, FROM(events), WHERE(x)));
    return (int)count;
}

/* Proves: Q089. */
static void test_date__parts(void **state)
{
    fixture *f = *state;
    check_sql(
        "select cast(strftime('%Y', \"s\", 'unixepoch') as integer) from \"events\"",
        "[]", SELECT_VALUE(DATE_PART(YEAR, events.s)), FROM(events));
    const vg_time stored[] = {events.s, events.ms, events.us, events.iso};
    for (size_t i = 0; i < 4; i++) {
        vg_time x = stored[i];
        check_text(ints_of(f, DATE_PART(YEAR, x)), "2026 1969 2024");
        check_text(ints_of(f, DATE_PART(MONTH, x)), "11 12 2");
        check_text(ints_of(f, DATE_PART(DAY, x)), "21 31 29");
        check_text(ints_of(f, DATE_PART(HOUR, x)), "13 23 0");
        check_text(ints_of(f, DATE_PART(MINUTE, x)), "45 59 0");
        check_text(ints_of(f, DATE_PART(SECOND, x)), "59 58 0");
        check_text(ints_of(f, DATE_PART(WEEKDAY, x)), "6 3 4");
        check_text(ints_of(f, DATE_PART(YEARDAY, x)), "325 365 60");
    }
    check_text(ints_of(f, DATE_PART(DAY, events.day)), "21 31 29");
    check_text(ints_of(f, DATE_PART(YEAR, at(FIRST))), "2026 2026 2026");
    assert_int_equal(count_of(f, IS_NULL(DATE_PART(YEAR, events.opt))), 3);
}

static void test_date__trunc(void **state)
{
    fixture *f = *state;
    const vg_time stored[] = {events.s, events.ms, events.us, events.iso};
    for (size_t i = 0; i < 4; i++) {
        vg_time x = stored[i];
#define TRUNCATED(unit, text) check_text(times_of(f, DATE_TRUNC(unit, x)), text)
        TRUNCATED(SECOND, "2026-11-21T13:45:59.000000Z 1969-12-31T23:59:58.000000Z "
                          "2024-02-29T00:00:00.000000Z");
        TRUNCATED(MINUTE, "2026-11-21T13:45:00.000000Z 1969-12-31T23:59:00.000000Z "
                          "2024-02-29T00:00:00.000000Z");
        TRUNCATED(HOUR, "2026-11-21T13:00:00.000000Z 1969-12-31T23:00:00.000000Z "
                        "2024-02-29T00:00:00.000000Z");
        TRUNCATED(DAY, "2026-11-21T00:00:00.000000Z 1969-12-31T00:00:00.000000Z "
                       "2024-02-29T00:00:00.000000Z");
        TRUNCATED(WEEK, "2026-11-16T00:00:00.000000Z 1969-12-29T00:00:00.000000Z "
                        "2024-02-26T00:00:00.000000Z");
        TRUNCATED(MONTH, "2026-11-01T00:00:00.000000Z 1969-12-01T00:00:00.000000Z "
                         "2024-02-01T00:00:00.000000Z");
        TRUNCATED(YEAR, "2026-01-01T00:00:00.000000Z 1969-01-01T00:00:00.000000Z "
                        "2024-01-01T00:00:00.000000Z");
#undef TRUNCATED
    }
    check_text(times_of(f, DATE_TRUNC(MONTH, events.day)),
               "2026-11-01T00:00:00.000000Z 1969-12-01T00:00:00.000000Z "
               "2024-02-01T00:00:00.000000Z");
    /* Compared with a time of C, which is stored as the column is. */
    assert_int_equal(count_of(f, EQ(DATE_TRUNC(DAY, events.ms), at("2026-11-21"))), 1);
    assert_int_equal(count_of(f, EQ(DATE_TRUNC(DAY, events.iso), at("2026-11-21"))), 1);
}

/* Proves: Q089. */
static void test_date__add_on_sqlite(void **state)
{
    fixture *f = *state;
    check_sql("select (\"us\" + ? * 86400000000) from \"events\"", "[-1]",
              SELECT_VALUE(ADD_TIME(events.us, -1, DAY)), FROM(events));
    check_text(times_of(f, ADD_TIME(events.us, 1, MONTH)),
               "2026-12-21T13:45:59.250001Z 1970-01-31T23:59:58.999999Z "
               "2024-03-29T00:00:00.000000Z");
    check_text(times_of(f, ADD_TIME(events.us, -1, YEAR)),
               "2025-11-21T13:45:59.250001Z 1968-12-31T23:59:58.999999Z "
               "2023-03-01T00:00:00.000000Z");
    check_text(times_of(f, ADD_TIME(events.s, 1, WEEK)),
               "2026-11-28T13:45:59.000000Z 1970-01-07T23:59:58.000000Z "
               "2024-03-07T00:00:00.000000Z");
    check_text(times_of(f, ADD_TIME(events.ms, 90, MINUTE)),
               "2026-11-21T15:15:59.250000Z 1970-01-01T01:29:58.999000Z "
               "2024-02-29T01:30:00.000000Z");
    check_text(times_of(f, ADD_TIME(events.iso, 2, HOUR)),
               "2026-11-21T15:45:59.250000Z 1970-01-01T01:59:59.000000Z "
               "2024-02-29T02:00:00.000000Z");
    check_text(times_of(f, ADD_TIME(events.day, events.id, WEEK)),
               "2026-11-28T00:00:00.000000Z 1970-01-14T00:00:00.000000Z "
               "2024-03-21T00:00:00.000000Z");
    assert_int_equal(count_of(f, GT(ADD_TIME(events.s, 1, DAY), at(FIRST))), 1);
}

static void test_date__diff_and_format(void **state)
{
    fixture *f = *state;
    check_text(ints_of(f, DATE_DIFF(DAY, at("2026-11-23"), events.us)), "1 20780 998");
    check_text(ints_of(f, DATE_DIFF(SECOND, events.us, events.s)), "0 0 0");
    check_text(ints_of(f, DATE_DIFF(HOUR, events.iso, events.day)), "13 23 0");
    check_text(ints_of(f, DATE_DIFF(MINUTE, events.day, events.ms)), "-825 -1439 0");
    vg_text_list months;
    check_ok(f->db, vg_all(f->db, &f->arena, &months,
                           SELECT_VALUE(FORMAT_TIME(events.us, "%Y-%m")), FROM(events),
                           ORDER_BY(events.us)));
    check_text(months.data[0], "1969-12");
    check_text(months.data[2], "2026-11");
    check_sql("select strftime(?, \"iso\") from \"events\"", "[\"%d\"]",
              SELECT_VALUE(FORMAT_TIME(events.iso, "%d")), FROM(events));
}

/* Columns that store the same times differently are converted where they meet. */
/* Proves: Q079. */
static void test_date__modes_meet_on_sqlite(void **state)
{
    fixture *f = *state;
    assert_int_equal(count_of(f, EQ(events.us, events.iso)), 3);
    assert_int_equal(count_of(f, EQ(events.iso, events.us)), 3);
    assert_int_equal(count_of(f, EQ(events.ms, events.us)), 3);
    assert_int_equal(count_of(f, EQ(events.ms, events.iso)), 3);
    assert_int_equal(count_of(f, EQ(events.iso, events.ms)), 1);
    assert_int_equal(count_of(f, EQ(events.s, events.us)), 3);
    assert_int_equal(count_of(f, EQ(events.s, events.iso)), 3);
    assert_int_equal(count_of(f, EQ(events.us, events.s)), 1);
    assert_int_equal(count_of(f, EQ(events.day, events.us)), 3);
    assert_int_equal(count_of(f, EQ(events.day, events.s)), 3);
    assert_int_equal(count_of(f, EQ(events.iso, events.day)), 1);
    assert_int_equal(count_of(f, EQ(events.us, events.day)), 1);
    assert_int_equal(
        count_of(f, BETWEEN(events.us, events.s, ADD_TIME(events.s, 1, SECOND))), 3);
    assert_int_equal(count_of(f, IN(events.ms, events.us, events.iso)), 3);
    assert_int_equal(count_of(f, EQ(COALESCE(events.opt, events.iso), events.us)), 3);
    assert_int_equal(
        count_of(f, EQ(CASE(WHEN(EQ(events.id, 1), events.s), ELSE(events.iso)),
                       DATE_TRUNC(SECOND, events.us))),
        3);
    check_ok(f->db, vg_exec(f->db,
                            UPDATE(events, SET(iso, events.us), SET(opt, events.day),
                                   SET(s, events.iso)),
                            WHERE(EQ(events.id, 1))));
    check_rows(f->db, "select iso, opt, s from events where id = 1",
               "2026-11-21T13:45:59.250001Z|1795219200000000|1795268759");
}

static void test_date__now(void **state)
{
    fixture *f = *state;
    vg_timestamp now = {0};
    check_ok(f->db, vg_get(f->db, &f->arena, &now, SELECT_VALUE(NOW())));
    assert_true(vg_now().us - now.us < INT64_C(60000000));
    assert_true(now.us - vg_now().us < INT64_C(60000000));
    check_ok(f->db, vg_exec(f->db,
                            UPDATE(events, SET(s, NOW()), SET(iso, NOW()),
                                   SET(us, ADD_TIME(NOW(), 1, DAY))),
                            WHERE(EQ(events.id, 2))));
    assert_int_equal(count_of(f, GT(events.s, ADD_TIME(NOW(), -1, MINUTE))),
                     1 + (now.us < at(FIRST).us));
    assert_int_equal(count_of(f, AND(EQ(events.id, 2), GT(events.us, NOW()),
                                     LTE(events.iso, NOW()))),
                     1);
    assert_int_equal(count_of(f, EQ(CAST(events.us, DATE), events.day)), 2);
    assert_int_equal(count_of(f, EQ(CAST("2024-02-29", TIMESTAMP), events.us)), 1);
}

int main(void)
{
#define TEST(name) cmocka_unit_test_setup_teardown(name, setup, fixture_close)
    struct CMUnitTest tests[] = {
        TEST(test_date__parts),
        TEST(test_date__trunc),
        TEST(test_date__add_on_sqlite),
        TEST(test_date__diff_and_format),
        TEST(test_date__modes_meet_on_sqlite),
        TEST(test_date__now),
    };
    return run_portable_tests(tests);
}
