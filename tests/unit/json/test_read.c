/* The reader and the writer without a database: what is taken, what is refused and how. */
#include "check.h"
#include "people.h"
#include <stdio.h>
#include <virga/json_schema.h>

static vg_arena arena;

static int teardown(void **state)
{
    (void)state;
    vg_arena_free(&arena);
    return 0;
}

/* The faults as "pointer code; pointer code". */
static const char *faults_of(const vg_json_reader *r)
{
    static char text[2000];
    size_t len = 0;
    text[0] = '\0';
    for (size_t i = 0; i < r->fault_count; i++)
        len += (size_t)snprintf(text + len, sizeof text - len, "%s%s %s", i ? "; " : "",
                                r->faults[i].pointer,
                                vg_json_fault_name(r->faults[i].code));
    return text;
}

/* What is wrong with a document, for a use of a shape. */
static void check_faults_at(vg_json_reader *r, const vg_shape *shape, vg_json_use use,
                            const char *json, const char *faults, int line)
{
    char room[2000];
    r->arena = &arena;
    r->fault_count = r->faults_left_out = 0;
    int rc = vg_shape_from_json(r, shape, use, json, strlen(json), room);
    if (strcmp(faults_of(r), faults) != 0)
        fail_msg("line %d: %s\n  faults: %s\n  wanted: %s", line, json, faults_of(r),
                 faults);
    assert_int_equal(rc, *faults ? VG_VALUE : VG_OK);
}

#define check_insert(shape, json, faults)                                              \
    check_faults_at(&(vg_json_reader){0}, &(shape).vg_shape, VG_JSON_INSERT_USE, json, \
                    faults, __LINE__)
#define check_update(shape, json, faults)                                              \
    check_faults_at(&(vg_json_reader){0}, &(shape).vg_shape, VG_JSON_UPDATE_USE, json, \
                    faults, __LINE__)

#define SEEN "\"seen\":\"2026-11-21T10:30:00Z\""
#define ADA  "\"name\":\"Ada\",\"mood\":\"grey\"," SEEN

static void test_insert__takes_every_type(void **state)
{
    static const char json[] =
        " { \"name\" : \"Ad\\u00e4\\n\", \"email\":\"ada@example.org\", \"age\":36,"
        "\"height\":1.5e0, \"admin\":true, \"balance\":12345678.90, \"mood\":\"storm "
        "\\\"now\\\"\", \"past\":\"grey\","
        "\"token\":\"0199a0b1-c2d3-7e4f-8a5b-6c7d8e9f0a1b\", \"born\":\"1815-12-10\","
        "\"seen\":\"2026-11-21T12:30:00.25+02:00\", \"photo\":\"AP8Q\","
        "\"extra\":{\"a\": [1, 2.50, null]}, \"debt\":250}\n";
    struct people_new p;
    vg_json_reader r = {.arena = &arena};
    (void)state;
    assert_int_equal(vg_from_json(&r, people, json, sizeof json - 1, &p), VG_OK);
    check_text(p.name, "Ad\xc3\xa4\n");
    assert_int_equal(vg_text_len(p.name), 5);
    check_text(p.email, "ada@example.org");
    assert_false(p.id.has);
    assert_true(p.age.has && p.age.v == 36);
    assert_true(p.height.has && p.height.v == 1.5);
    assert_true(p.admin.has && p.admin.v);
    check_text(p.balance, "12345678.90");
    assert_int_equal(p.mood, MOOD_STORMY);
    assert_true(p.past.has && p.past.v == MOOD_GREY);
    assert_true(p.token.has && p.token.v.bytes[15] == 0x1b);
    assert_true(p.born.has && p.born.v.us == INT64_C(-4861728000) * 1000000);
    assert_int_equal(p.seen.us, INT64_C(1795257000) * 1000000 + 250000);
    assert_int_equal(p.photo.len, 3);
    assert_memory_equal(p.photo.data, "\0\xff\x10", 3);
    check_text(p.extra, "{\"a\": [1, 2.50, null]}");
    assert_true(p.debt.has && p.debt.v.n == 250);
    assert_true(r.given & COLUMNS_OF(people, debt));
    assert_false(r.given & COLUMNS_OF(people, id));
}

/* Proves: V002. */
static void test_insert__tells_all_faults_at_once(void **state)
{
    (void)state;
    check_insert(people, "{" ADA "}", "");
    check_insert(people, "{}", "/name required; /mood required; /seen required");
    check_insert(people,
                 "{" ADA ",\"age\":null,\"admin\":null,\"shout\":\"A\",\"x\":1}",
                 "/admin null; /shout read_only; /x unknown");
    check_insert(people, "{" ADA ",\"age\":1,\"age\":2}", "/age duplicate");
    check_insert(
        people,
        "{\"name\":5,\"mood\":\"x\",\"seen\":\"now\",\"age\":\"1\",\"height\":true,"
        "\"admin\":1,\"balance\":[],\"past\":7,\"token\":\"1\",\"born\":\"1\","
        "\"photo\":\"?\",\"debt\":\"1\",\"email\":\"a\"}",
        "/name type; /mood enum; /seen format; /age type; /height type; /admin "
        "type; /balance type; /past type; /token format; /born format; /photo "
        "format; /debt type; /email format");
    check_insert(people, "[]", " type");
    check_insert(people, "5", " type");
    check_insert(people, "{" ADA ",\"a/b~c\":1}", "/a~1b~0c unknown");
    check_insert(people, "{\"na\\u006de\":\"Ada\",\"mood\":\"grey\"," SEEN "}", "");
    check_insert(people, "{" ADA ",\"name\\u0000\":1}", "/name\xef\xbf\xbd unknown");
}

/* Proves: V007 V008. */
static void test_insert__knows_ranges(void **state)
{
    static const struct {
        const char *member, *fault;
    } cases[] = {
        {"\"age\":42.0", ""},
        {"\"age\":4.2e1", ""},
        {"\"age\":4200e-2", ""},
        {"\"age\":42.5", "/age type"},
        {"\"age\":1e400", "/age range"},
        {"\"age\":9223372036854775808", "/age range"},
        {"\"age\":9223372036854775807", "/age max"},
        {"\"age\":-9223372036854775808", "/age min"},
        {"\"age\":-9223372036854775809", "/age range"},
        {"\"age\":-0", ""},
        {"\"age\":0e9999999999", ""},
        {"\"age\":151", "/age max"},
        {"\"height\":1e400", "/height range"},
        {"\"height\":0.29", "/height min"},
        {"\"height\":3", ""},
        {"\"balance\":\"12345678.90\"", ""},
        {"\"balance\":12345678.900", ""},
        {"\"balance\":123456789", "/balance range"},
        {"\"balance\":\"0.001\"", "/balance precision"},
        {"\"balance\":1e-2", ""},
        {"\"balance\":\"1,5\"", "/balance type"},
        {"\"balance\":\"NaN\"", "/balance type"},
        {"\"balance\":\"007\"", "/balance type"},
        {"\"name\":\"12345678901234567890\"", ""},
        {"\"name\":\"\xc3\xa4\xc3\xa4\xc3\xa4\xc3\xa4\xc3\xa4\xc3\xa4\xc3\xa4\xc3\xa4"
         "\xc3\xa4\xc3\xa4\xc3\xa4\xc3\xa4\xc3\xa4\xc3\xa4\xc3\xa4\xc3\xa4\xc3\xa4\xc3"
         "\xa4"
         "\xc3\xa4\xc3\xa4\"",
         ""},
        {"\"name\":\"123456789012345678901\"", "/name too_long"},
        {"\"name\":\"\xc3\xa4\"", "/name too_short"},
        {"\"name\":\"nobody\"", "/name refused"},
        {"\"name\":\"a\\u0000b\"", "/name format"},
        {"\"born\":\"2026-02-30\"", "/born format"},
        {"\"born\":\"2026-02-28T00:00:00Z\"", "/born format"},
        {"\"seen\":\"2026-11-21 10:30:00Z\"", "/seen format"},
        {"\"seen\":\"2026-11-21T10:30:00\"", "/seen format"},
        {"\"seen\":\"2026-11-21T10:30:00.Z\"", "/seen format"},
        {"\"seen\":\"2026-11-21T10:30:00-01:30\"", ""},
        {"\"photo\":\"\"", ""},
        {"\"photo\":\"QQ==\"", ""},
        {"\"photo\":\"QQ=\"", "/photo format"},
        {"\"photo\":\"Q===\"", "/photo format"},
        {"\"photo\":\"QQ==QQ==\"", "/photo format"},
        {"\"debt\":-1", "/debt format"},
        {"\"email\":\"a@b\"", "/email format"},
        {"\"email\":\"a.b+c@d.e\"", ""},
        {"\"email\":\"a..b@c.d\"", "/email format"},
        {"\"email\":\".a@c.d\"", "/email format"},
        {"\"email\":\"a@b..c\"", "/email format"},
        {"\"email\":\"a b@c.d\"", "/email format"},
        {"\"email\":\"a@-c.d\"", "/email format"},
    };
    (void)state;
    for (size_t i = 0; i < COUNT_OF_ARRAY(cases); i++) {
        char json[400];
        snprintf(json, sizeof json, "{%s}", cases[i].member);
        check_faults_at(&(vg_json_reader){0}, &people.vg_shape, VG_JSON_UPDATE_USE,
                        json, cases[i].fault, (int)i);
    }
}

/* Proves: V006 V009. */
static void test_insert__knows_types_of_postgresql(void **state)
{
    static const struct {
        const char *member, *fault;
    } cases[] = {
        {"\"id\":0", "/id range"},
        {"\"id\":2147483647", ""},
        {"\"id\":2147483648", "/id range"},
        {"\"small\":32768", "/small range"},
        {"\"small\":-32768", ""},
        {"\"whole\":-2147483649", "/whole range"},
        {"\"code\":\"abc\"", ""},
        {"\"code\":\"ab\"", "/code too_short"},
        {"\"code\":\"abcd\"", "/code too_long"},
        {"\"bits\":\"0110\"", ""},
        {"\"bits\":\"0112\"", "/bits format"},
        {"\"bits\":\"011\"", "/bits too_short"},
        {"\"single\":1e39", "/single range"},
        {"\"counted\":1", "/counted read_only"},
        {"\"tags\":[]", ""},
        {"\"tags\":[\"a\",null]", ""},
        {"\"tags\":[\"a\",1]", "/tags/1 type"},
        {"\"tags\":[\"abcdef\"]", "/tags/0 too_long"},
        {"\"tags\":\"a\"", "/tags type"},
        {"\"grid\":[[1,2],[3,4]]", ""},
        {"\"grid\":[[1,2],[3]]", "/grid/1 size"},
        {"\"grid\":[[1,2]]", "/grid size"},
        {"\"grid\":[1,2]", "/grid/0 type; /grid/1 type"},
        {"\"days\":[\"2026-11-21\"]", ""},
        {"\"days\":[\"2026-11-21T00:00:00Z\"]", "/days/0 format"},
        {"\"keys\":[\"0199a0b1-c2d3-7e4f-8a5b-6c7d8e9f0a1b\"]", ""},
        {"\"flags\":[true,false]", ""},
        {"\"blobs\":[\"QQ==\"]", ""},
        {"\"reals\":[1,2]", ""},
        {"\"reals\":[1]", "/reals size"},
        {"\"opens\":\"10:30\"", ""},
        {"\"opens\":\"25:30\"", "/opens format"},
        {"\"span\":\"P1DT2H\"", ""},
        {"\"span\":\"soon\"", "/span format"},
        {"\"spot\":[1,2]", ""},
        {"\"spot\":[1]", "/spot type"},
        {"\"address\":\"::1\"", ""},
    };
    (void)state;
    for (size_t i = 0; i < COUNT_OF_ARRAY(cases); i++) {
        char json[400];
        snprintf(json, sizeof json, "{%s}", cases[i].member);
        check_faults_at(&(vg_json_reader){0}, &things.vg_shape, VG_JSON_UPDATE_USE,
                        json, cases[i].fault, (int)i);
    }
}

/* Proves: V004. */
static void test_rule__refines_a_column(void **state)
{
    (void)state;
    check_update(places,
                 "{\"slug\":\"a-1\",\"site\":\"https://a.b/c?d\",\"size\":\"large\"}",
                 "");
    check_update(places, "{\"slug\":\"A\",\"site\":\"ftp://a\",\"size\":\"huge\"}",
                 "/slug pattern; /site format; /size enum");
}

/* Proves: V003. */
static void test_update__tells_absent_from_null(void **state)
{
    static const char json[] = "{\"age\":null,\"name\":\"Bob\",\"height\":1.75}";
    vg_json_reader r = {.arena = &arena};
    struct people_new p;
    (void)state;
    assert_int_equal(vg_update_from_json(&r, people, json, sizeof json - 1, &p), VG_OK);
    assert_int_equal(r.given, COLUMNS_OF(people, age, name, height));
    assert_false(p.age.has);
    check_text(p.name, "Bob");
    check_update(people, "{}", "");
    check_update(people, "{\"name\":null,\"shout\":\"x\"}",
                 "/name null; /shout read_only");
}

/* Proves: V005. */
static void test_coerce__takes_texts_for_values(void **state)
{
    static const char json[] = "{\"name\":12,\"mood\":\"grey\",\"seen\":1795257000,"
                               "\"age\":\"36\",\"height\":\"1.5\","
                               "\"admin\":\"true\",\"born\":\"2026-11-21T00:00\","
                               "\"past\":\"\",\"email\":null}";
    struct people_new p;
    vg_json_reader r = {.arena = &arena, .coerce = VG_COERCE_ALL};
    (void)state;
    assert_int_equal(vg_from_json(&r, people, json, sizeof json - 1, &p), VG_OK);
    check_text(p.name, "12");
    assert_true(p.age.v == 36 && p.height.v == 1.5 && p.admin.v && !p.past.has);
    assert_int_equal(p.seen.us, INT64_C(1795257000) * 1000000);
    check_faults_at(&(vg_json_reader){.coerce = VG_COERCE_NUMBERS}, &people.vg_shape,
                    VG_JSON_UPDATE_USE,
                    "{\"age\":\"3x\",\"admin\":\"true\",\"name\":1}",
                    "/age type; /admin type; /name type", __LINE__);
}

static void test_reader__goes_by_its_options(void **state)
{
    static const char *const also[] = {"items", NULL};
    (void)state;
    check_faults_at(&(vg_json_reader){.ignore_unknown = true}, &people.vg_shape,
                    VG_JSON_INSERT_USE, "{" ADA ",\"x\":1,\"shout\":2}", "", __LINE__);
    check_faults_at(&(vg_json_reader){.also = also}, &people.vg_shape,
                    VG_JSON_UPDATE_USE, "{\"items\":[],\"itemz\":[]}", "/itemz unknown",
                    __LINE__);
    check_faults_at(&(vg_json_reader){.omit = COLUMNS_OF(people, mood, seen)},
                    &people.vg_shape, VG_JSON_INSERT_USE,
                    "{\"name\":\"Ada\",\"mood\":1}", "/mood read_only", __LINE__);
    check_faults_at(&(vg_json_reader){.require = COLUMNS_OF(people, age)},
                    &people.vg_shape, VG_JSON_UPDATE_USE, "{}", "/age required",
                    __LINE__);
    check_faults_at(&(vg_json_reader){.db_names = true}, &people.vg_shape,
                    VG_JSON_UPDATE_USE, "{\"e_mail\":\"a@b.c\",\"email\":1}",
                    "/email unknown", __LINE__);
    check_faults_at(&(vg_json_reader){.at = "/a~1b/1"}, &people.vg_shape,
                    VG_JSON_UPDATE_USE, "{\"a/b\":[0,{\"age\":-1}]}", "/a~1b/1/age min",
                    __LINE__);
    check_faults_at(&(vg_json_reader){.at = "/a/2"}, &people.vg_shape,
                    VG_JSON_UPDATE_USE, "{\"a\":[0,1]}", "/a/2 required", __LINE__);
    check_faults_at(&(vg_json_reader){.max_faults = 1}, &people.vg_shape,
                    VG_JSON_INSERT_USE, "{}", "/name required", __LINE__);
    check_faults_at(&(vg_json_reader){.max_bytes = 10}, &people.vg_shape,
                    VG_JSON_INSERT_USE, "{\"name\":\"Ada\"}", " too_large", __LINE__);
    check_faults_at(&(vg_json_reader){.max_depth = 2}, &people.vg_shape,
                    VG_JSON_UPDATE_USE, "{\"extra\":[[]]}", " too_deep", __LINE__);
}

static void test_reader__refuses_what_is_no_json(void **state)
{
    static const char *const cases[] = {"",
                                        "{",
                                        "{\"a\"}",
                                        "{\"a\":}",
                                        "{\"a\":1,}",
                                        "[1,]",
                                        "01",
                                        "1.",
                                        ".5",
                                        "+1",
                                        "1e",
                                        "nul",
                                        "truee",
                                        "\"a",
                                        "\"\\x\"",
                                        "\"\\u12\"",
                                        "\"\\ud800\"",
                                        "\"\t\"",
                                        "{} {}",
                                        "{a:1}",
                                        "'a'",
                                        "\"\\udc00\"",
                                        "[1 2]",
                                        "NaN",
                                        "\"\xff\"",
                                        "\"\xc0\x80\"",
                                        "\"\xed\xa0\x80\"",
                                        "{\"\\ud800\\u0041\":1}"};
    (void)state;
    for (size_t i = 0; i < COUNT_OF_ARRAY(cases); i++)
        check_faults_at(&(vg_json_reader){0}, &people.vg_shape, VG_JSON_UPDATE_USE,
                        cases[i], " syntax", (int)i);
    vg_json_reader r = {.arena = &arena};
    struct people_new p;
    assert_int_equal(vg_from_json(&r, people, "{\n  \"a\": x}", 11, &p), VG_VALUE);
    check_text(r.faults[0].message, "line 2, column 8: a value is expected");
    assert_int_equal(vg_from_json(&r, people, NULL, 0, &p), VG_VALUE);
    r.at = "a";
    assert_int_equal(vg_from_json(&r, people, "{}", 2, &p), VG_INVALID);
}

static void test_batch__points_into_the_array(void **state)
{
    static const char json[] = "[{\"slug\":\"a\"},{\"slug\":\"B\",\"x\":1},{},5,{"
                               "\"slug\":\"e\",\"size\":\"large\"}]";
    vg_json_reader r = {.arena = &arena};
    struct places_new *rows;
    size_t count;
    (void)state;
    assert_int_equal(vg_all_from_json(&r, places, json, sizeof json - 1, &rows, &count),
                     VG_VALUE);
    check_text(faults_of(&r),
               "/1/slug pattern; /1/x unknown; /2/slug required; /3 type");
    assert_int_equal(count, 5);
    check_text(rows[4].size, "large");
    r.fault_count = 0;
    assert_int_equal(vg_all_from_json(&r, places, "[]", 2, &rows, &count), VG_OK);
    assert_int_equal(count, 0);
    assert_non_null(rows);
    r.max_rows = 1;
    assert_int_equal(vg_all_from_json(&r, places, json, sizeof json - 1, &rows, &count),
                     VG_VALUE);
    check_text(faults_of(&r), " too_large");
}

/* Proves: V001. */
static void test_select__reads_what_was_written(void **state)
{
    struct places place = {.id = 3, .slug = "x", .size = "small"};
    struct people p = {.id = INT64_MAX,
                       .name = "Ada \"\\\x01\xf0\x9f\x98\x80",
                       .age = VG_SOME(36),
                       .height = VG_SOME(1.1),
                       .balance = "0.10",
                       .mood = MOOD_GREY,
                       .token = VG_SOME({{1, 2, 3}}),
                       .born = VG_SOME({0}),
                       .seen = {1},
                       .photo = {"\0\1\2\3", 4},
                       .extra = "[1, {}]",
                       .debt = VG_SOME({7})};
    static const char expected[] =
        "{\"id\":9223372036854775807,\"name\":\"Ada \\\"\\\\\\u0001\xf0\x9f\x98\x80\","
        "\"email\":null,\"age\":36,\"height\":1.1,\"admin\":false,\"balance\":\"0.10\","
        "\"mood\":\"grey\",\"past\":null,\"token\":\"01020300-0000-0000-0000-"
        "000000000000\","
        "\"born\":\"1970-01-01\",\"seen\":\"1970-01-01T00:00:00.000001Z\","
        "\"photo\":\"AAECAw==\",\"extra\":[1, {}],\"debt\":7,\"shout\":null}";
    const char *json, *again;
    struct people back;
    vg_json_reader r = {.arena = &arena};
    (void)state;
    assert_int_equal(vg_row_json(&arena, people, &p, &json), VG_OK);
    check_text(json, expected);
    assert_int_equal(vg_row_from_json(&r, people, json, strlen(json), &back), VG_OK);
    assert_int_equal(vg_row_json(&arena, people, &back, &again), VG_OK);
    check_text(again, json);

    struct card c = {.name = "Bob", .mood = MOOD_SUNNY, .place = place};
    struct card card_back;
    assert_int_equal(vg_row_json(&arena, card, &c, &json), VG_OK);
    check_text(json,
               "{\"name\":\"Bob\",\"mood\":\"sunny\",\"born\":null,\"years\":null,"
               "\"debt\":null,\"place\":{\"id\":3,\"slug\":\"x\",\"site\":null,"
               "\"size\":\"small\",\"mayor_id\":null},\"home\":null}");
    struct card at_home = {
        .name = "Bob", .mood = MOOD_SUNNY, .place = place, .home = &place};
    assert_int_equal(vg_row_json(&arena, card, &at_home, &json), VG_OK);
    assert_int_equal(vg_row_from_json(&r, card, json, strlen(json), &card_back), VG_OK);
    assert_int_equal(vg_row_json(&arena, card, &card_back, &again), VG_OK);
    check_text(again, json);
    check_text(card_back.home->slug, "x");
    check_faults_at(
        &r, &card.vg_shape, VG_JSON_SELECT_USE,
        "{\"name\":\"x\",\"mood\":\"sunny\",\"born\":null,\"years\":1,\"debt\":1,"
        "\"place\":{\"id\":1,\"slug\":\"?\"},\"home\":5}",
        "/place/slug pattern; /place/site required; /place/size required; "
        "/place/mayor_id required; /home type",
        __LINE__);
}

static void test_select__reads_arrays_that_were_written(void **state)
{
    static const char json[] =
        "{\"id\":1,\"small\":2,\"whole\":null,\"code\":\"abc\",\"bits\":null,"
        "\"single\":0.5,"
        "\"counted\":9,\"tags\":[\"a\",null,\"\\\"\"],\"grid\":[[1,2],[3,4]],"
        "\"days\":[\"2026-11-21\"],\"keys\":[\"01020300-0000-0000-0000-000000000000\"],"
        "\"flags\":[true,false],\"blobs\":[\"QQ==\"],\"reals\":[1.5,-2],"
        "\"opens\":\"10:30:00\",\"span\":\"1 day 02:00:00\",\"spot\":[1.5,2],"
        "\"address\":\"::1\"}";
    vg_json_reader r = {.arena = &arena};
    struct things t;
    const char *again;
    (void)state;
    assert_int_equal(vg_row_from_json(&r, things, json, sizeof json - 1, &t), VG_OK);
    assert_int_equal(t.tags.len, 3);
    assert_true(t.tags.nulls[1]);
    assert_int_equal(t.grid.dims->lengths[1], 2);
    assert_int_equal(vg_row_json(&arena, things, &t, &again), VG_OK);
    check_text(again, json);
}

ALIAS(neighbours, people)
VIEW(adults, people, SELECT(people), WHERE(GTE(people.age, 18)))
ALIAS(small_card, card)

/* Proves: V001. */
static void test_select__knows_views_and_aliases(void **state)
{
    struct people p = {.name = "Ada", .balance = "0", .mood = MOOD_GREY};
    struct card c = {
        .name = "Bob", .born = VG_SOME({0}), .place = {.slug = "x", .size = "y"}};
    const char *json, *as_view;
    (void)state;
    assert_int_equal(vg_row_json(&arena, people, &p, &json), VG_OK);
    assert_int_equal(vg_row_json(&arena, neighbours, &p, &as_view), VG_OK);
    check_text(as_view, json);
    assert_int_equal(vg_row_json(&arena, adults, &p, &as_view), VG_OK);
    check_text(as_view, json);
    assert_int_equal(vg_row_json(&arena, card, &c, &json), VG_OK);
    assert_int_equal(vg_row_json(&arena, small_card, &c, &as_view), VG_OK);
    check_text(as_view, json);
    assert_non_null(strstr(json, "\"born\":\"1970-01-01\""));
    /* Their rules are the table's. */
    check_faults_at(&(vg_json_reader){.omit = ~COLUMNS_OF(people, age)},
                    &adults.vg_shape, VG_JSON_SELECT_USE, "{\"age\":-1}", "/age min",
                    __LINE__);
    assert_int_equal(vg_select_json(&arena, adults, &json), VG_OK);
    assert_non_null(strstr(json, "\"maximum\":150"));
    assert_int_equal(vg_select_json(&arena, small_card, &json), VG_OK);
    assert_non_null(strstr(json, "\"place\":{\"$ref\":\"#/$defs/places\"}"));
    assert_non_null(strstr(json, "\"mood\":{\"type\":\"string\",\"enum\":[\"sunny\""));
}

/* ---- the writer ---- */

typedef struct sink {
    char text[8000];
    size_t len, calls, fail_at;
} sink;

static int take(void *ctx, const char *text, size_t len)
{
    sink *s = ctx;
    if (++s->calls == s->fail_at)
        return 1;
    assert_true(s->len + len < sizeof s->text);
    memcpy(s->text + s->len, text, len);
    s->len += len;
    return 0;
}

static void test_writer__hands_on_pieces(void **state)
{
    struct places rows[100];
    static sink s;
    const char *json;
    places_list list = {rows, 100};
    (void)state;
    for (int i = 0; i < 100; i++)
        rows[i] = (struct places){.id = i, .slug = "slug", .size = "small"};
    s = (sink){0};
    vg_json_writer w = {.write = take, .ctx = &s};
    vg_put_all(&w, places, &list);
    assert_int_equal(vg_json_finish(&w), VG_OK);
    assert_true(s.calls > 3);
    assert_int_equal(vg_list_json(&arena, places, &list, &json), VG_OK);
    assert_int_equal(strlen(json), s.len);
    assert_memory_equal(json, s.text, s.len);
    s = (sink){.fail_at = 2};
    w = (vg_json_writer){.write = take, .ctx = &s};
    vg_put_all(&w, places, &list);
    assert_int_equal(vg_json_finish(&w), VG_IO);
    assert_int_equal(s.calls, 2);
}

static void test_writer__refuses_what_json_cannot_say(void **state)
{
    struct people p = {.name = "\xff", .balance = "0", .mood = MOOD_GREY};
    const char *json;
    (void)state;
    vg_json_writer w = {.arena = &arena};
    vg_put_row(&w, people, &p);
    assert_int_equal(vg_json_finish(&w), VG_VALUE);
    check_text(w.message, "people.name: the text is not UTF-8");
    p = (struct people){
        .name = "a", .balance = "0", .mood = MOOD_GREY, .height = VG_SOME(0.0 / 0.0)};
    w = (vg_json_writer){.arena = &arena};
    vg_put_row(&w, people, &p);
    assert_int_equal(vg_json_finish(&w), VG_VALUE);
    check_text(w.message, "people.height: NaN is no number of JSON");
    p.height.v = -1e308 * 10;
    w = (vg_json_writer){.arena = &arena};
    vg_put_row(&w, people, &p);
    vg_json_finish(&w);
    check_text(w.message, "people.height: infinity is no number of JSON");
    p.height.v = 1;
    p.extra = "{oops}";
    w = (vg_json_writer){.arena = &arena};
    vg_put_row(&w, people, &p);
    vg_json_finish(&w);
    check_text(w.message, "people.extra: it is no JSON");
    p.extra = NULL;
    p.mood = 5;
    assert_int_equal(vg_row_json(&arena, people, &p, &json), VG_VALUE);
    assert_null(json);
}

static void test_writer__goes_by_its_options(void **state)
{
    struct places p = {.id = INT64_C(9007199254740993), .slug = "x", .size = "small"};
    (void)state;
    vg_json_writer w = {
        .arena = &arena, .big_as_text = true, .skip_nulls = true, .indent = 2};
    vg_put_array(&w);
    vg_put_row(&w, places, &p);
    vg_put_array(&w);
    vg_put_end(&w);
    vg_put_text(&w, NULL);
    vg_put_json(&w, "[1, 2]", 6);
    vg_put_end(&w);
    assert_int_equal(vg_json_finish(&w), VG_OK);
    check_text(w.text,
               "[\n  {\n    \"id\": \"9007199254740993\",\n    \"slug\": \"x\",\n"
               "    \"size\": \"small\"\n  },\n  [],\n  null,\n  [1, 2]\n]");
    struct people q = {.name = "x", .balance = "0", .mood = MOOD_GREY};
    w = (vg_json_writer){.arena = &arena, .db_names = true};
    vg_put_row(&w, people, &q);
    assert_int_equal(vg_json_finish(&w), VG_OK);
    assert_non_null(strstr(w.text, "\"e_mail\":null"));
}

static void test_writer__tells_misuse(void **state)
{
    (void)state;
    vg_json_writer bad = {.arena = &arena};
    vg_put_json(&bad, "[", 1);
    assert_int_equal(vg_json_finish(&bad), VG_VALUE);
    vg_json_writer w = {.arena = &arena};
    vg_put_object(&w);
    vg_put_int(&w, 1);
    assert_int_equal(vg_json_finish(&w), VG_MISUSE);
    w = (vg_json_writer){.arena = &arena};
    vg_put_array(&w);
    assert_int_equal(vg_json_finish(&w), VG_MISUSE);
    check_text(w.message, "an object or array is still open");
    w = (vg_json_writer){.arena = &arena};
    vg_put_int(&w, 1);
    vg_put_int(&w, 2);
    assert_int_equal(vg_json_finish(&w), VG_MISUSE);
    w = (vg_json_writer){0};
    vg_put_int(&w, 1);
    assert_int_equal(vg_json_finish(&w), VG_MISUSE);
    w = (vg_json_writer){.arena = &arena};
    vg_put_end(&w);
    assert_int_equal(vg_json_finish(&w), VG_MISUSE);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_insert__takes_every_type),
        cmocka_unit_test(test_insert__tells_all_faults_at_once),
        cmocka_unit_test(test_insert__knows_ranges),
        cmocka_unit_test(test_insert__knows_types_of_postgresql),
        cmocka_unit_test(test_rule__refines_a_column),
        cmocka_unit_test(test_update__tells_absent_from_null),
        cmocka_unit_test(test_coerce__takes_texts_for_values),
        cmocka_unit_test(test_reader__goes_by_its_options),
        cmocka_unit_test(test_reader__refuses_what_is_no_json),
        cmocka_unit_test(test_batch__points_into_the_array),
        cmocka_unit_test(test_select__reads_what_was_written),
        cmocka_unit_test(test_select__reads_arrays_that_were_written),
        cmocka_unit_test(test_select__knows_views_and_aliases),
        cmocka_unit_test(test_writer__hands_on_pieces),
        cmocka_unit_test(test_writer__refuses_what_json_cannot_say),
        cmocka_unit_test(test_writer__goes_by_its_options),
        cmocka_unit_test(test_writer__tells_misuse),
    };
    return cmocka_run_group_tests(tests, NULL, teardown);
}
