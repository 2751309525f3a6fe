/* PostgreSQL's own types on their way from JSON to the server and back. */
#include "people.h"
#include "pg.h"
#include <virga/json_schema.h>

SCHEMA(shelf, things)

static int setup(void **state)
{
    return pg_fixture_open(state, &shelf, NULL);
}

static void test_things__come_back_as_they_went_in(void **state)
{
    static const char json[] =
        "{\"small\":-32768,\"whole\":7,\"code\":\"abc\",\"bits\":\"0101\",\"single\":0."
        "5,"
        "\"tags\":[\"a\",null,\"\\\"\"],\"grid\":[[1,2],[3,4]],\"days\":[\"2026-11-"
        "21\"],"
        "\"keys\":[\"01020300-0000-0000-0000-000000000000\"],\"flags\":[true,false],"
        "\"blobs\":[\"QQ==\"],\"reals\":[1.5,-2],\"opens\":\"10:30:00\",\"span\":"
        "\"P1DT2H\","
        "\"spot\":[1.5,2],\"address\":\"::1\"}";
    fixture *f = *state;
    vg_json_reader r = {.arena = &f->arena};
    struct things_new thing;
    struct things *row, again;
    const char *text;
    assert_int_equal(vg_from_json(&r, things, json, sizeof json - 1, &thing), VG_OK);
    check_ok(f->db, vg_exec(f->db, INSERT_INTO(things, VALUES(&thing))));
    check_ok(f->db, vg_one(f->db, &f->arena, &row, SELECT(things)));
    assert_int_equal(vg_row_json(&f->arena, things, row, &text), VG_OK);
    check_text(
        text,
        "{\"id\":1,\"small\":-32768,\"whole\":7,\"code\":\"abc\",\"bits\":\"0101\","
        "\"single\":0.5,\"counted\":1,\"tags\":[\"a\",null,\"\\\"\"],"
        "\"grid\":[[1,2],[3,4]],\"days\":[\"2026-11-21\"],"
        "\"keys\":[\"01020300-0000-0000-0000-000000000000\"],\"flags\":[true,false],"
        "\"blobs\":[\"QQ==\"],\"reals\":[1.5,-2],\"opens\":\"10:30:00\","
        "\"span\":\"1 day 02:00:00\",\"spot\":[1.5,2],\"address\":\"::1\"}");
    assert_int_equal(vg_row_from_json(&r, things, text, strlen(text), &again), VG_OK);
}

static void test_update_given__takes_arrays_and_null(void **state)
{
    static const char json[] =
        "{\"tags\":[\"x\"],\"spot\":null,\"grid\":[[5,6],[7,8]]}";
    fixture *f = *state;
    vg_json_reader r = {.arena = &f->arena};
    struct things_new change = {.small = 1, .spot = VG_SOME({1, 2})};
    check_ok(f->db, vg_exec(f->db, INSERT_INTO(things, VALUES(&change))));
    assert_int_equal(vg_update_from_json(&r, things, json, sizeof json - 1, &change),
                     VG_OK);
    check_ok(f->db, vg_exec(f->db, UPDATE_GIVEN(things, &change, r.given), ALL_ROWS));
    check_pg(f->url, "select tags, spot, grid, small from things",
             "{x}|null|{{5,6},{7,8}}|1");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(test_things__come_back_as_they_went_in, setup,
                                        fixture_close),
        cmocka_unit_test_setup_teardown(test_update_given__takes_arrays_and_null, setup,
                                        fixture_close),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
