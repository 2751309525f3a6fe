/* The codes: names and sentences from one list, and what a number that is none gives. */
#include "check.h"
#include <ctype.h>

static void test_error__names(void **state)
{
    (void)state;
    static const struct {
        int code;
        const char *name;
    } codes[] = {
#define CODE(name, sqlstate, text) {VG_##name, "VG_" #name},
        VG_CODES(CODE)
#undef CODE
    };
    assert_int_equal(VG_OK, 0);
    assert_in_range(COUNT_OF_ARRAY(codes), 20, 200);
    for (size_t i = 0; i < COUNT_OF_ARRAY(codes); i++) {
        assert_int_equal(codes[i].code, i); /* they count up from 0 */
        assert_string_equal(vg_code_name(codes[i].code), codes[i].name);
    }
}

/* One sentence each, all different, without a full stop. */
static void test_error__texts(void **state)
{
    (void)state;
    for (int code = 0; strcmp(vg_code_name(code), "VG_?") != 0; code++) {
        const char *text = vg_code_text(code);
        size_t len = strlen(text);
        assert_in_range(len, 8, 80);
        assert_true(text[len - 1] != '.' && !isspace((unsigned char)text[len - 1]));
        for (int before = 0; before < code; before++)
            assert_string_not_equal(vg_code_text(before), text);
        assert_in_range(code, 0, 200);
    }
}

/* Five characters each, those of the standard where it has one. */
static void test_error__sqlstates(void **state)
{
    (void)state;
    static const struct {
        int code;
        const char *sqlstate;
    } some[] = {
        {VG_OK, "00000"},          {VG_NOT_FOUND, "02000"}, {VG_INVALID, "42000"},
        {VG_UNIQUE, "23505"},      {VG_CHECK, "23514"},     {VG_NULL_VALUE, "22002"},
        {VG_VALUE, "22000"},       {VG_BUSY, "55P03"},      {VG_TOO_BIG, "54000"},
        {VG_ROLLED_BACK, "40000"}, {VG_MISUSE, "55000"},    {VG_UNSUPPORTED, "0A000"},
    };
    for (size_t i = 0; i < COUNT_OF_ARRAY(some); i++)
        assert_string_equal(vg_code_sqlstate(some[i].code), some[i].sqlstate);
    for (int code = 0; strcmp(vg_code_name(code), "VG_?") != 0; code++)
        assert_int_equal(strlen(vg_code_sqlstate(code)), 5);
}

static void test_error__unknown(void **state)
{
    (void)state;
    static const int unknown[] = {-1, -2, 1000, INT32_MAX, INT32_MIN};
    for (size_t i = 0; i < COUNT_OF_ARRAY(unknown); i++) {
        assert_string_equal(vg_code_name(unknown[i]), "VG_?");
        assert_string_equal(vg_code_text(unknown[i]), "an unknown code");
        assert_string_equal(vg_code_sqlstate(unknown[i]), "HY000");
    }
}

static void test_error__version(void **state)
{
    (void)state;
    assert_string_equal(vg_version(), VG_VERSION);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_error__names),     cmocka_unit_test(test_error__texts),
        cmocka_unit_test(test_error__sqlstates), cmocka_unit_test(test_error__unknown),
        cmocka_unit_test(test_error__version),
    };
    return cmocka_run_group_tests_name("error", tests, NULL, NULL);
}
