/* Names in snake_case and camelCase. */
#include "base/casing.h"
#include "check.h"

static const struct {
    const char *name, *snake, *camel;
} names[] = {
    {"id", "id", "id"},
    {"userID", "user_id", "userID"},
    {"isHTTPServer", "is_http_server", "isHTTPServer"},
    {"created_at", "created_at", "createdAt"},
    {"createdAt", "created_at", "createdAt"},
    {"CreatedAt", "created_at", "createdAt"},
    {"HTTPServer", "http_server", "httpServer"},
    {"URL", "url", "url"},
    {"X", "x", "x"},
    {"aB", "a_b", "aB"},
    {"ABc", "a_bc", "aBc"},
    {"address2", "address2", "address2"},
    {"Address2", "address2", "address2"},
    {"userID2", "user_id_2", "userID2"},
    {"line2Text", "line2_text", "line2Text"},
    {"user__name_", "user_name", "userName"},
    {"_id", "id", "id"},
    {"_", "_", "_"},
    {"stra\xc3\x9f"
     "eName",
     "stra\xc3\x9f"
     "e_name",
     "stra\xc3\x9f"
     "eName"},
};

/* Proves: S111. */
static void test_casing__finds_the_words_of_a_name(void **state)
{
    (void)state;
    for (size_t i = 0; i < sizeof names / sizeof *names; i++) {
        char out[64];
        vg__casing(out, names[i].name, false);
        assert_string_equal(out, names[i].snake);
        vg__casing(out, names[i].name, true);
        assert_string_equal(out, names[i].camel);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_casing__finds_the_words_of_a_name),
    };
    return cmocka_run_group_tests_name("casing", tests, NULL, NULL);
}
