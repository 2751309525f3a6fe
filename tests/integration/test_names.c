/* Names and types that the database has and C or Virga do not. */
#include "check.h"

// clang-format off
TABLE(odd,
    NAME("odd ones"),
    COLUMN(id,    INTEGER, SQL_TYPE("INTEGER"), PRIMARY_KEY),
    COLUMN(short_, TEXT,   SQL_TYPE("varchar(30) COLLATE NOCASE"), NAME("short")),
    COLUMN(price, NUMERIC, SQL_TYPE("decimal(10,2)"), NOT_NULL, DEFAULT("0")),
    COLUMN(any,   TEXT,    SQL_TYPE("")),
    UNIQUE(NAME("the key"), price, any),
    INDEX(NAME("by \"short\""), short_),
    UNIQUE_INDEX(NAME("1st"), id, any),
    INDEX_WHERE(NAME("a-b"), "any is not null", any),
    INDEX_ON(NAME("`"), ON_DESC(price)),
    CHECK(NAME("is it?"), "price >= 0"))

TABLE(loose, STRICT, COLUMN(a, NUMERIC, SQL_TYPE("ANY")), INDEX(VG_NAME("second spelling"), a))

TRIGGER(on_odd, NAME("on odd"), AFTER, INSERT, odd, "delete from loose")
TRIGGER_WHEN(on_odd_2, NAME("on \"odd\""), BEFORE, UPDATE_OF(short_), odd, "new.id > 1",
    "delete from loose")

SCHEMA(names, odd, loose, on_odd, on_odd_2)
// clang-format on

static int setup(void **state)
{
    return fixture_open(state, &names, NULL);
}

static void test_names__any_text(void **state)
{
    fixture *f = *state;
    check_rows(f->db,
               "select name from sqlite_master where type in ('index', 'trigger') and "
               "sql is not null order by name",
               "1st;`;a-b;by \"short\";on \"odd\";on odd;second spelling;the key");
    check_rows(f->db,
               "select sql like '%CONSTRAINT \"is it?\" CHECK(%' from "
               "sqlite_master where name = 'odd ones'",
               "1");
}

/* What the database says is SQL_TYPE's; what C sees is the type's. */
static void test_names__sql_type(void **state)
{
    fixture *f = *state;
    struct odd *row;
    check_rows(f->db,
               "select name, type from pragma_table_info('odd ones') order by cid",
               "id|INTEGER;short|varchar(30);price|decimal(10,2);any|");
    check_ok(f->db, vg_one(f->db, &f->arena, &row,
                           INSERT_INTO(odd, SET(short_, "Ab"), SET(price, "1.50"),
                                       SET(any, "7")),
                           RETURNING(odd)));
    check_text(row->short_, "Ab");
    bool there;
    check_ok(f->db, vg_exists(f->db, &there, FROM(odd), WHERE(EQ(odd.short_, "AB"))));
    assert_true(there);
}

/* An INTEGER PRIMARY_KEY that is spelled so is the rowid. */
static void test_names__sql_type_of_the_key(void **state)
{
    fixture *f = *state;
    check_ok(f->db, vg_exec(f->db, INSERT_INTO(odd, SET(any, "x"))));
    check_rows(f->db, "select id, rowid from \"odd ones\"", "1|1");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(test_names__any_text, setup, fixture_close),
        cmocka_unit_test_setup_teardown(test_names__sql_type, setup, fixture_close),
        cmocka_unit_test_setup_teardown(test_names__sql_type_of_the_key, setup,
                                        fixture_close),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
