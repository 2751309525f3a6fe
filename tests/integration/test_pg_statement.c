/* Statements on PostgreSQL: every portable type there and back, what the driver does to a
 * statement that the server has lost or that a table was altered under. */
#include "pg.h"
#include <math.h>

// clang-format off
ENUM(mood, sad, ok, happy)
TABLE(things,
    COLUMN(id, INTEGER, PRIMARY_KEY, AUTOINCREMENT),
    COLUMN(i, INTEGER, NOT_NULL),  COLUMN(oi, INTEGER),
    COLUMN(r, REAL, NOT_NULL),     COLUMN(orr, REAL),
    COLUMN(b, BOOLEAN, NOT_NULL),  COLUMN(ob, BOOLEAN),
    COLUMN(t, TEXT, NOT_NULL),     COLUMN(ot, TEXT(20)),
    COLUMN(n, NUMERIC(20, 3), NOT_NULL), COLUMN(on_, NUMERIC),
    COLUMN(bl, BLOB, NOT_NULL),    COLUMN(obl, BLOB),
    COLUMN(j, JSON, NOT_NULL),     COLUMN(oj, JSON),
    COLUMN(at, TIMESTAMP, NOT_NULL), COLUMN(oat, TIMESTAMP),
    COLUMN(d, DATE, NOT_NULL),     COLUMN(od, DATE),
    COLUMN(u, UUID, NOT_NULL),     COLUMN(ou, UUID),
    COLUMN(m, ENUM_TEXT(mood), NOT_NULL), COLUMN(om, ENUM_INTEGER(mood)))
PROJECTION(named, FIELD(id, things.id), FIELD(t, things.t))
// clang-format on
SCHEMA(all_things, things)

static int setup(void **state)
{
    return pg_fixture_open(state, &all_things, NULL);
}

#define US(n) ((vg_timestamp){INT64_C(n)})

static const vg_uuid some_uuid = {
    {1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15, 16}};

static int add(vg_db *db, int64_t i, const char *t)
{
    return vg_exec(db,
                   INSERT_INTO(things, SET(i, i), SET(r, 0.5), SET(b, true), SET(t, t),
                               SET(n, "12.5"), SET(bl, ((vg_bytes){"\0\1", 2})),
                               SET(j, "{\"a\": 1}"), SET(at, US(1)), SET(d, US(0)),
                               SET(u, &some_uuid), SET(m, happy)));
}

static void test_statement__types_round_trip(void **state)
{
    fixture *f = *state;
    things_list list;
    check_ok(f->db, add(f->db, INT64_MIN, "h\xc3\xa9llo"));
    check_ok(f->db,
             vg_exec(f->db, UPDATE(things, SET(oi, 5), SET(ob, false)), ALL_ROWS));
    check_ok(f->db, vg_all(f->db, &f->arena, &list, SELECT(things)));
    assert_int_equal(list.len, 1);
    const struct things *row = &list.data[0];
    assert_int_equal(row->id, 1);
    assert_true(row->i == INT64_MIN);
    assert_true(row->oi.has && row->oi.v == 5);
    assert_true(row->r == 0.5 && !row->orr.has);
    assert_true(row->b && row->ob.has && !row->ob.v);
    assert_string_equal(row->t, "h\xc3\xa9llo");
    assert_null(row->ot);
    assert_string_equal(row->n, "12.500");
    assert_null(row->on_);
    assert_int_equal(row->bl.len, 2);
    assert_memory_equal(row->bl.data, "\0\1", 2);
    assert_null(row->obl.data);
    assert_string_equal(row->j, "{\"a\": 1}");
    assert_true(row->at.us == 1 && !row->oat.has);
    assert_true(row->d.us == 0 && !row->od.has);
    assert_memory_equal(row->u.bytes, some_uuid.bytes, 16);
    assert_true(row->m == happy && !row->om.has);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(test_statement__types_round_trip, setup,
                                        pg_fixture_close),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
