/* Snapshots without the tables that have been seen. */
#include "kit/known.h"
#include "kit_unit.h"

typedef struct job {
    const char *before, *text, *out;
    size_t tables;
} job;

static int run(vg_kit *k, void *args)
{
    job *j = args;
    vgk_known none = {0}, known = {0}, tables;
    size_t len;
    if (j->before)
        assert_non_null(
            vgk_known_reduce(k, &none, j->before, strlen(j->before), &known, &len));
    j->out = vgk_known_reduce(k, &known, j->text, strlen(j->text), &tables, &len);
    if (j->out)
        assert_int_equal(len, strlen(j->out));
    j->tables = tables.len;
    return VG_OK;
}

static const char *reduced(const char *before, const char *text)
{
    job j = {.before = before, .text = text};
    assert_int_equal(vgk_enter(kit, run, &j), VG_OK);
    return j.out;
}

#define FOUR                                                                          \
    "{\"id\": 1, \"tables\": {\"a\": {\"x\": \"}\"}, \"b\": [1], \"c\": {}}, \"e\": " \
    "{}}"

static void test_known__keeps_what_is_new(void **state)
{
    (void)state;
    assert_string_equal(reduced(NULL, FOUR),
                        "{\"id\": 1, \"tables\": {\"a\": {\"x\": \"}\"},"
                        "\"b\": [1],\"c\": {}}, \"e\": {}}");
    assert_string_equal(reduced(FOUR, FOUR), "{\"id\": 1, \"tables\": {}, \"e\": {}}");
    assert_string_equal(
        reduced(FOUR, "{\"tables\": {\"a\": {\"x\": \"y\"}, \"b\": [1]\n,\"d\": {}}}"),
        "{\"tables\": {\"a\": {\"x\": \"y\"},\"d\": {}}}");
    assert_string_equal(reduced(FOUR, "{\"tables\": {\"c\": {}, \"b\": [1, 2]}}"),
                        "{\"tables\": {\"b\": [1, 2]}}");
    assert_string_equal(reduced(FOUR, "{\"tables\": { }, \"x\": 1}"),
                        "{\"tables\": {}, \"x\": 1}");
}

/* Wrong between what is known: the whole is for the reader then. */
static void test_known__does_not_cut_what_is_malformed(void **state)
{
    (void)state;
    static const char *const wrong[] = {
        "",
        "[]",
        "{\"x\": 1}",
        "{\"tables\"",
        "{\"tables\": [1]}",
        "{\"tables\": {\"a\": {\"x\": \"}\"} \"b\": [1]}}",
        "{\"tables\": {\"a\": {\"x\": \"}\"}, , \"b\": [1]}}",
        "{\"tables\": {\"a\" {\"x\": \"}\"}}}",
        "{\"tables\": {\"a\": {\"x\": \"}\"}",
        "{\"tables\": {\"a\": {\"x\": \"}\"}x, \"b\": [1]}}",
        "{\"tables\": {\"a\": {\"x\": \"}\"}, \"b",
    };
    for (size_t i = 0; i < COUNT_OF_ARRAY(wrong); i++)
        assert_null(reduced(FOUR, wrong[i]));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(test_known__keeps_what_is_new, setup, teardown),
        cmocka_unit_test_setup_teardown(test_known__does_not_cut_what_is_malformed,
                                        setup, teardown),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
