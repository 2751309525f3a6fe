/* The journal: read with distrust, written as drizzle-kit writes it. */
#include "kit/journal.h"
#include "kit/snapshot.h"
#include "kit_unit.h"

typedef struct job {
    const char *in;
    vgk_journal journal;
    const char *out;
} job;

static int copy(vg_kit *k, void *args)
{
    job *j = args;
    size_t len;
    if (vgk_journal_read(k, j->in, strlen(j->in), "meta/_journal.json", &j->journal))
        return k->code;
    j->out = vgk_journal_write(k, &j->journal, &len);
    assert_int_equal(len, strlen(j->out));
    return vgk_journal_suits(k, &j->journal, "meta/_journal.json");
}

#define ENTRY(idx, when, tag) \
    "{\"idx\": " idx ", \"version\": \"6\", \"when\": " when ", \"tag\": " tag "}"
#define JOURNAL(entries) \
    "{\"version\": \"7\",\n\"dialect\": \"sqlite\",\n\"entries\": [" entries "]}"

/* Proves: K001. */
static void test_journal__is_written_as_drizzle_kit_writes_it(void **state)
{
    (void)state;
    job j = {
        .in = "{\"entries\":[{\"tag\":\"0000_huge_lyja\",\"breakpoints\":false,"
              "\"when\":1795248443375,\"new\":{\"x\":[1]},\"version\":\"6\",\"idx\":0}"
              "],\"dialect\":\"sqlite\",\"later\":null,\"version\":\"5\"}"};
    assert_int_equal(vgk_enter(kit, copy, &j), VG_OK);
    assert_string_equal(j.out, "{\n"
                               "  \"version\": \"5\",\n"
                               "  \"dialect\": \"sqlite\",\n"
                               "  \"entries\": [\n"
                               "    {\n"
                               "      \"idx\": 0,\n"
                               "      \"version\": \"6\",\n"
                               "      \"when\": 1795248443375,\n"
                               "      \"tag\": \"0000_huge_lyja\",\n"
                               "      \"breakpoints\": false\n"
                               "    }\n"
                               "  ]\n"
                               "}");
}

static int add_one(vg_kit *k, void *args)
{
    job *j = args;
    if (vgk_journal_read(k, j->in, strlen(j->in), "meta/_journal.json", &j->journal))
        return k->code;
    *VGK_ADD(k, &j->journal) = (vgk_entry){.idx = 3, .tag = "0003_d"};
    return VG_OK;
}

static void test_journal__takes_one_more_entry(void **state)
{
    (void)state;
    job j = {.in = JOURNAL(ENTRY("0", "1", "\"0000_a\"") "," ENTRY(
                 "1", "2", "\"0001_b\"") "," ENTRY("2", "3", "\"0002_c\""))};
    assert_int_equal(vgk_enter(kit, add_one, &j), VG_OK);
    assert_int_equal(j.journal.len, 4);
    assert_string_equal(j.journal.data[2].tag, "0002_c");
    assert_string_equal(j.journal.data[3].tag, "0003_d");
}

static void test_journal__of_a_new_folder_is_empty(void **state)
{
    (void)state;
    job j = {.in = "{\"version\":\"7\",\"dialect\":\"sqlite\",\"entries\":[]}"};
    assert_int_equal(vgk_enter(kit, copy, &j), VG_OK);
    assert_int_equal(j.journal.len, 0);
    assert_string_equal(j.out, "{\n  \"version\": \"7\",\n  \"dialect\": \"sqlite\",\n"
                               "  \"entries\": []\n}");
}

static void test_journal__takes_what_old_and_hand_written_ones_have(void **state)
{
    (void)state;
    job j = {.in = JOURNAL(ENTRY("3", "1.0e3",
                                 "\"a b\\u00e9\"") "," ENTRY("3", "5", "\"_none\""))};
    assert_int_equal(vgk_enter(kit, copy, &j), VG_OK);
    assert_int_equal(j.journal.len, 2);
    assert_int_equal(j.journal.data[0].when, 1000);
    assert_string_equal(j.journal.data[0].tag, "a b\xc3\xa9");
    assert_true(j.journal.data[1].breakpoints);
    assert_int_equal(vgk_journal_find(&j.journal, "_none"), 1);
    assert_int_equal(vgk_journal_find(&j.journal, "none"), 2);
}

static void test_journal__refuses_what_is_wrong_and_says_where(void **state)
{
    (void)state;
    static const char *const cases[][2] = {
        {"", "the file is empty"},
        {"{", "meta/_journal.json:1:1: not JSON"},
        {"[]", "an object"},
        {"{}", "version must be"},
        {"{\"version\": \"8\"}", "version must be"},
        {"{\"version\": 7}", "version must be"},
        {"{\"version\": \"7\"}", "dialect must be"},
        {"{\"version\": \"7\", \"dialect\": \"sqlite\"}", "entries must be"},
        {"{\"version\": \"7\", \"dialect\": \"pg\", \"entries\": []}",
         "for postgresql, not sqlite"},
        {JOURNAL("7"), ":3: entry 0: it is no object"},
        {JOURNAL("\n{}"), ":4: entry 0: idx"},
        {JOURNAL("\n{\n\"idx\":\n1.5}"), ":6: entry 0: idx"},
        {JOURNAL(ENTRY("-1", "1", "\"a\"")), "entry 0: idx"},
        {JOURNAL(ENTRY("2147483648", "1", "\"a\"")), "entry 0: idx"},
        {JOURNAL(ENTRY("0", "1e300", "\"a\"")), "entry 0: when"},
        {JOURNAL(ENTRY("0", "99999999999999999999", "\"a\"")), "entry 0: when"},
        {JOURNAL(ENTRY("0", "\"1\"", "\"a\"")), "entry 0: when"},
        {JOURNAL(ENTRY("0", "1", "7")), "entry 0: tag is no text"},
        {JOURNAL(ENTRY("0", "1", "\"\"")), "entry 0: tag is no plain"},
        {JOURNAL(ENTRY("0", "1", "\"../../etc/passwd\"")), "entry 0: tag is no plain"},
        {JOURNAL(ENTRY("0", "1", "\"..\"")), "entry 0: tag is no plain"},
        {JOURNAL(ENTRY("0", "1", "\"a\\\\b\"")), "entry 0: tag is no plain"},
        {JOURNAL(ENTRY("0", "1", "\"a\\u000ab\"")), "entry 0: tag is no plain"},
        {JOURNAL(ENTRY("0", "1", "\"a\\u0000b\"")), "not JSON"},
        {JOURNAL(ENTRY("0", "1", "\"a\"") ",\n" ENTRY("1", "2", "\"b\"") ",\n" ENTRY(
             "2", "3", "\"a\"")),
         ":5: entry 2: tag is \"a\", as is that of entry 0"},
    };
    for (size_t i = 0; i < COUNT_OF_ARRAY(cases); i++) {
        job j = {.in = cases[i][0]};
        assert_int_equal(vgk_enter(kit, copy, &j), VG_INVALID);
        if (!strstr(vg_kit_error(kit), cases[i][1]))
            fail_msg("%s: %s", cases[i][1], vg_kit_error(kit));
    }
}

static void test_journal__tags_are_plain_file_names(void **state)
{
    (void)state;
    char tag[242];
    memset(tag, 'x', sizeof tag - 1);
    tag[241] = 0;
    assert_false(vgk_tag_is_sound(tag));
    tag[240] = 0;
    assert_true(vgk_tag_is_sound(tag));
    static const char *const bad[] = {"\xc3",     "\xc0\x80", "\xed\xa0\x80", "a\x7f",
                                      "\xf5zzzz", "\xe2\x80", "a/b",          ".git"};
    for (size_t i = 0; i < COUNT_OF_ARRAY(bad); i++)
        assert_false(vgk_tag_is_sound(bad[i]));
    assert_true(vgk_tag_is_sound("0000_\xf0\x9f\x98\x80 a..b\xc3\xa9\xe2\x80\xa8"));
}

int main(void)
{
#define TEST(name) \
    cmocka_unit_test_setup_teardown(test_journal__##name, setup, teardown)
    const struct CMUnitTest tests[] = {
        TEST(is_written_as_drizzle_kit_writes_it),
        TEST(takes_one_more_entry),
        TEST(of_a_new_folder_is_empty),
        TEST(takes_what_old_and_hand_written_ones_have),
        TEST(refuses_what_is_wrong_and_says_where),
        TEST(tags_are_plain_file_names),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
