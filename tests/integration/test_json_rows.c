/* JSON on its way to a database and back: what was validated is stored, and what is read
 * becomes the same JSON. */
#include "check.h"
#include "people.h"
#include <stdio.h>
#include <virga/to_json.h>
#include <virga/validate.h>

static int setup(void **state)
{
    return fixture_open(state, &town, NULL);
}

static const char ada[] =
    "{\"name\":\"Ada\",\"email\":\"ada@example.org\",\"age\":36,\"height\":1.65,"
    "\"balance\":\"0.10\",\"mood\":\"grey\",\"past\":\"sunny\","
    "\"token\":\"0199a0b1-c2d3-7e4f-8a5b-6c7d8e9f0a1b\",\"born\":\"1815-12-10\","
    "\"seen\":\"2026-11-21T10:30:00.000001Z\",\"photo\":\"AP8Q\","
    "\"extra\":{\"a\": [1, 2.50, null]},\"debt\":250}";

static void insert(fixture *f, const char *json)
{
    vg_json_reader r = {.arena = &f->arena};
    struct people_new person;
    assert_int_equal(vg_from_json(&r, people, json, strlen(json), &person), VG_OK);
    check_ok(f->db, vg_exec(f->db, INSERT_INTO(people, VALUES(&person))));
}

static void test_row__comes_back_as_it_went_in(void **state)
{
    fixture *f = *state;
    struct people *person;
    const char *json;
    insert(f, ada);
    check_ok(f->db, vg_one(f->db, &f->arena, &person, SELECT(people)));
    assert_int_equal(vg_row_json(&f->arena, people, person, &json), VG_OK);
    char expected[800]; /* SQLite keeps a NUMERIC as a number, PostgreSQL its digits */
    snprintf(expected, sizeof expected,
             "{\"id\":1,\"name\":\"Ada\",\"email\":\"ada@example.org\",\"age\":36,"
             "\"height\":1.65,\"admin\":false,\"balance\":\"%s\",\"mood\":\"grey\","
             "\"past\":\"sunny\",\"token\":\"0199a0b1-c2d3-7e4f-8a5b-6c7d8e9f0a1b\","
             "\"born\":\"1815-12-10\",\"seen\":\"2026-11-21T10:30:00.000001Z\","
             "\"photo\":\"AP8Q\",\"extra\":{\"a\": [1, 2.50, null]},\"debt\":250,"
             "\"shout\":\"ADA\"}",
             on_sqlite() ? "0.1" : "0.10");
    check_text(json, expected);
}

static void test_update_given__sets_what_is_given(void **state)
{
    static const char json[] = "{\"age\":null,\"name\":\"Countess\",\"debt\":5}";
    fixture *f = *state;
    vg_json_reader r = {.arena = &f->arena};
    struct people_new change;
    insert(f, ada);
    assert_int_equal(vg_update_from_json(&r, people, json, sizeof json - 1, &change),
                     VG_OK);
    check_ok(f->db, vg_exec(f->db, UPDATE_GIVEN(people, &change, r.given),
                            WHERE(EQ(people.id, 1))));
    check_rows(f->db, "select name, age, debt, e_mail from people",
               "Countess|null|5|ada@example.org");
    check_ok(f->db, vg_exec(f->db,
                            UPDATE_GIVEN(people, &change, COLUMNS_OF(people, debt),
                                         SET(age, 37), SET(height, NULL)),
                            WHERE(EQ(people.id, 1))));
    check_rows(f->db, "select name, age, debt, height from people",
               "Countess|37|5|null");
    check_fails(
        f->db,
        vg_exec(f->db, UPDATE_GIVEN(people, &change, 0), WHERE(EQ(people.id, 1))),
        VG_INVALID, "UPDATE(people): no column is SET");
}

static void test_insert_given__stores_null_instead_of_the_default(void **state)
{
    fixture *f = *state;
    struct places_new place = {.slug = "x"};
    struct people_new person = {.name = "Ada", .mood = MOOD_GREY};
    check_ok(f->db,
             vg_exec(f->db, INSERT_GIVEN(places, &place, COLUMNS_OF(places, slug))));
    check_rows(f->db, "select slug, site, size from places", "x|null|small");
    check_ok(f->db, vg_exec(f->db, INSERT_GIVEN(people, &person,
                                                COLUMNS_OF(people, name, mood, seen),
                                                SET(age, 1))));
    check_rows(f->db, "select name, mood, age from people", "Ada|grey|1");
}

static void test_cursor__is_written_row_by_row(void **state)
{
    fixture *f = *state;
    vg_cursor *cursor;
    struct places *place;
    for (int i = 1; i <= 3; i++)
        check_ok(f->db,
                 vg_exec(f->db, INSERT_INTO(places, SET(slug, "x"), SET(id, i))));
    check_ok(f->db, vg_query(f->db, &cursor, &place, SELECT(places)));
    vg_json_writer w = {
        .arena = &f->arena, .skip_nulls = true, .texts_hold_nuls = true};
    vg_put_object(&w);
    vg_put_key(&w, "places");
    vg_put_cursor(&w, places, cursor, &place);
    vg_put_key(&w, "next");
    vg_put_null(&w);
    vg_put_end(&w);
    assert_int_equal(vg_json_finish(&w), VG_OK);
    check_text(w.text, "{\"places\":[{\"id\":1,\"slug\":\"x\",\"size\":\"small\"},"
                       "{\"id\":2,\"slug\":\"x\",\"size\":\"small\"},"
                       "{\"id\":3,\"slug\":\"x\",\"size\":\"small\"}],\"next\":null}");
}

/* Nobody looked at what vg_query returned. */
static void test_cursor__that_did_not_open_is_told(void **state)
{
    fixture *f = *state;
    vg_cursor *cursor;
    struct places *place;
    vg_json_writer w = {.arena = &f->arena};
    vg_query(f->db, &cursor, &place, SELECT(places), LIMIT(1), LIMIT(2));
    vg_put_cursor(&w, places, cursor, &place);
    assert_int_equal(vg_json_finish(&w), VG_MISUSE);
    assert_non_null(strstr(w.message, "vg_query failed"));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(test_row__comes_back_as_it_went_in, setup,
                                        fixture_close),
        cmocka_unit_test_setup_teardown(test_update_given__sets_what_is_given, setup,
                                        fixture_close),
        cmocka_unit_test_setup_teardown(
            test_insert_given__stores_null_instead_of_the_default, setup,
            fixture_close),
        cmocka_unit_test_setup_teardown(test_cursor__is_written_row_by_row, setup,
                                        fixture_close),
        cmocka_unit_test_setup_teardown(test_cursor__that_did_not_open_is_told, setup,
                                        fixture_close),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
