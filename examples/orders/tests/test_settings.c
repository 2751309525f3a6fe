/* Settings, and the log lines they switch. SPDX-License-Identifier: MIT */
#include "support.h"

#include <jansson.h>

#include <stdio.h>
#include <string.h>
#include <unistd.h>

static bool read_pairs(const char *const *pairs, settings *s, faults *f)
{
    return settings_read(s, pair_source, (void *)pairs, f);
}

static void test_settings__have_standard_values(void **state)
{
    (void)state;
    settings s;
    faults f = {0};
    assert_true(read_pairs(NULL, &s, &f));
    assert_string_equal(s.host, "127.0.0.1");
    assert_int_equal(s.port, 8080);
    assert_int_equal(s.max_body_bytes, 65536);
    assert_string_equal(s.backup_folder, "");
    assert_int_equal(s.log_level, LEVEL_INFO);
}

static void test_settings__are_read(void **state)
{
    (void)state;
    settings s;
    faults f = {0};
    const char *const pairs[] = {"PORT",        "0",         "DATABASE_URL",
                                 "a.db",        "LOG_LEVEL", "error",
                                 "BACKUP_KEEP", "3",         NULL};
    assert_true(read_pairs(pairs, &s, &f));
    assert_string_equal(s.database_url, "a.db");
    assert_int_equal(s.port, 0);
    assert_int_equal(s.backup_keep, 3);
    assert_int_equal(s.log_level, LEVEL_ERROR);
}

static void test_settings__name_all_that_is_wrong(void **state)
{
    (void)state;
    static const char *const wrong[] = {
        "", "-1", "+1", " 1", "1 ", "1k", "65536", "99999999999999999999", "0x10"};
    settings s;
    for (size_t i = 0; i < sizeof wrong / sizeof *wrong; i++) {
        faults f = {0};
        const char *const pairs[] = {"PORT",      wrong[i], "THREADS",      "0",
                                     "LOG_LEVEL", "loud",   "DATABASE_URL", "",
                                     NULL};
        assert_false(read_pairs(pairs, &s, &f));
        assert_int_equal(f.len, 4);
        assert_string_equal(f.list[0].field, "PORT");
        assert_string_equal(f.list[0].problem,
                            "must be a whole number from 0 to 65535");
    }
}

/* Whatever stands in a text, a line is one line of JSON. */
static void test_log__is_a_line_of_json(void **state)
{
    (void)state;
    int ends[2];
    char text[8192], bytes[300];
    assert_int_equal(pipe(ends), 0);
    logger log = LOGGER(ends[1], LEVEL_INFO);
    for (int i = 0; i < 255; i++)
        bytes[i] = (char)(i + 1);
    bytes[255] = '\0';
    log_message(&log, LEVEL_DEBUG, "unseen", "below the level");
    log_message(&log, LEVEL_WARN, "seen", bytes);

    log_line line; /* more than fits */
    log_begin(&line, &log, LEVEL_INFO, "long");
    for (int i = 0; i < 50; i++) {
        log_text(&line, "bytes", bytes);
        log_number(&line, "n", INT64_MIN);
    }
    log_text(&line, "nothing", NULL);
    log_end(&line);
    close(ends[1]);

    FILE *in = fdopen(ends[0], "r");
    for (int i = 0; i < 2; i++) {
        json_error_t e;
        assert_non_null(fgets(text, sizeof text, in));
        json_t *json = json_loads(text, 0, &e);
        assert_non_null(json);
        assert_string_equal(json_string_value(json_object_get(json, "level")),
                            i == 0 ? "warn" : "info");
        json_decref(json);
    }
    assert_null(fgets(text, sizeof text, in));
    fclose(in);
}

/* A pipe that is full, and then is read again. */
static void test_log__waits_for_nobody(void **state)
{
    (void)state;
    int ends[2];
    char text[8192];
    assert_int_equal(pipe(ends), 0);
    logger log = LOGGER(ends[1], LEVEL_INFO);
    for (int i = 0; i < 3000; i++)
        log_message(&log, LEVEL_INFO, "one of many", "and nobody reads them");
    assert_true(log.left_out > 0);
    int64_t left_out = log.left_out, lines = 0;
    FILE *in = fdopen(ends[0], "r");
    for (; lines < 3000 - left_out; lines++)
        assert_non_null(fgets(text, sizeof text, in));
    log_message(&log, LEVEL_INFO, "read again", "");
    close(ends[1]);
    assert_non_null(fgets(text, sizeof text, in));
    json_t *json = json_loads(text, 0, NULL);
    assert_int_equal(json_integer_value(json_object_get(json, "lines_left_out")),
                     left_out);
    json_decref(json);
    assert_null(fgets(text, sizeof text, in));
    fclose(in);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_settings__have_standard_values),
        cmocka_unit_test(test_settings__are_read),
        cmocka_unit_test(test_settings__name_all_that_is_wrong),
        cmocka_unit_test(test_log__is_a_line_of_json),
        cmocka_unit_test(test_log__waits_for_nobody),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
