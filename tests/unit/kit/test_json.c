/* JSON text as JavaScript writes it. */
#include "kit/json.h"
#include "kit_unit.h"

typedef struct job {
    const char *in, *out, *error;
} job;

static int copy(vg_kit *k, void *args)
{
    job *j = args;
    json_t *json = vgk_json_read(k, j->in, strlen(j->in), "a.json");
    if (!json)
        return k->code;
    size_t len;
    j->out = vgk_json_write(k, json, &len);
    assert_int_equal(len, strlen(j->out));
    return VG_OK;
}

static const char *written(const char *in)
{
    job j = {.in = in};
    assert_int_equal(vgk_enter(kit, copy, &j), VG_OK);
    return j.out;
}

static const char *refused(const char *in)
{
    job j = {.in = in};
    assert_int_equal(vgk_enter(kit, copy, &j), VG_INVALID);
    return vg_kit_error(kit);
}

/* Numbers, as node prints JSON.parse(left). */
static void test_json__writes_numbers_as_javascript(void **state)
{
    (void)state;
    static const char *const numbers[][2] = {
        {"[0]", "0"},
        {"[-0]", "0"},
        {"[-0.0]", "0"},
        {"[1.0]", "1"},
        {"[0.1]", "0.1"},
        {"[-1.5]", "-1.5"},
        {"[1e3]", "1000"},
        {"[123456.789]", "123456.789"},
        {"[1e-6]", "0.000001"},
        {"[1.5e-6]", "0.0000015"},
        {"[1e-7]", "1e-7"},
        {"[1.25e-9]", "1.25e-9"},
        {"[1e20]", "100000000000000000000"},
        {"[123456789012345680000.0]", "123456789012345680000"},
        {"[1e21]", "1e+21"},
        {"[1.25e+22]", "1.25e+22"},
        {"[5e-324]", "5e-324"},
        {"[1.7976931348623157e308]", "1.7976931348623157e+308"},
        {"[5.684341886080802e-14]", "5.684341886080802e-14"},
        {"[9007199254740993]", "9007199254740993"},
        {"[18446744073709551616]", "18446744073709552000"},
        {"[0.30000000000000004]", "0.30000000000000004"},
    };
    for (size_t i = 0; i < sizeof numbers / sizeof *numbers; i++) {
        char expected[64];
        snprintf(expected, sizeof expected, "[\n  %s\n]", numbers[i][1]);
        assert_string_equal(written(numbers[i][0]), expected);
    }
}

static void test_json__writes_texts_as_javascript(void **state)
{
    (void)state;
    assert_string_equal(written("{\"a\":\"\\\"\\\\\\/\\b\\f\\n\\r\\t\\u001f\\u007f"
                                "\\u00e9\\u2028\\ud83d\\ude00\"}"),
                        "{\n  \"a\": \"\\\"\\\\/\\b\\f\\n\\r\\t\\u001f\x7f"
                        "\xc3\xa9\xe2\x80\xa8\xf0\x9f\x98\x80\"\n}");
    assert_string_equal(written("{\"\":\"\\u000b\"}"), "{\n  \"\": \"\\u000b\"\n}");
}

static void test_json__writes_containers_as_javascript(void **state)
{
    (void)state;
    assert_string_equal(written("\xef\xbb\xbf{}"), "{}");
    assert_string_equal(written("[]"), "[]");
    assert_string_equal(
        written("{\"b\":[],\"a\":{\"x\":[1,[true,false,null]]}}"),
        "{\n  \"b\": [],\n  \"a\": {\n    \"x\": [\n      1,\n      [\n"
        "        true,\n        false,\n        null\n      ]\n    ]\n  "
        "}\n}");
}

/* Keys that JavaScript takes for indexes come first, by number. */
static void test_json__orders_keys_as_javascript(void **state)
{
    (void)state;
    assert_string_equal(
        written(
            "{\"b\":1,\"10\":2,\"9\":3,\"01\":4,\"-1\":5,\"4294967295\":6,\"0\":7}"),
        "{\n  \"0\": 7,\n  \"9\": 3,\n  \"10\": 2,\n  \"b\": 1,\n  \"01\": 4,\n"
        "  \"-1\": 5,\n  \"4294967295\": 6\n}");
}

static void test_json__says_where_it_is_no_json(void **state)
{
    (void)state;
    assert_string_equal(refused(""),
                        "a.json: the file is empty, where JSON is expected");
    assert_non_null(strstr(refused("{\n  \"a\": nul\n}"), "a.json:2:"));
    assert_non_null(strstr(refused("[1e999]"), "a.json:1:"));
    assert_non_null(strstr(refused("[] x"), "not JSON"));
    char deep[6001];
    memset(deep, '[', sizeof deep - 1);
    deep[sizeof deep - 1] = 0;
    assert_non_null(strstr(refused(deep), "depth"));
}

static void test_json__finds_the_line_of_a_value(void **state)
{
    (void)state;
    const char *text =
        "{\n\"a\": [1, {\"x\\\"y\": 2},\n{\n\"t\":\n\"]}\"}],\n\"b\": 3\n}";
    const char *steps[] = {"a", "2", "t"}, *b[] = {"b"}, *none[] = {"a", "7"};
    assert_int_equal(vgk_json_line(text, strlen(text), steps, 0), 1);
    assert_int_equal(vgk_json_line(text, strlen(text), steps, 1), 2);
    assert_int_equal(vgk_json_line(text, strlen(text), steps, 2), 3);
    assert_int_equal(vgk_json_line(text, strlen(text), steps, 3), 5);
    assert_int_equal(vgk_json_line(text, strlen(text), b, 1), 6);
    assert_int_equal(vgk_json_line(text, strlen(text), none, 2), 2);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(test_json__writes_numbers_as_javascript, setup,
                                        teardown),
        cmocka_unit_test_setup_teardown(test_json__writes_texts_as_javascript, setup,
                                        teardown),
        cmocka_unit_test_setup_teardown(test_json__writes_containers_as_javascript,
                                        setup, teardown),
        cmocka_unit_test_setup_teardown(test_json__orders_keys_as_javascript, setup,
                                        teardown),
        cmocka_unit_test_setup_teardown(test_json__says_where_it_is_no_json, setup,
                                        teardown),
        cmocka_unit_test_setup_teardown(test_json__finds_the_line_of_a_value, setup,
                                        teardown),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
