/* The SQLite driver: what depends on the library's version. */
#include "check.h"
#include "driver/sqlite/sqlite.h"
#include "rt_bank.h"

TABLE(plain, COLUMN(id, INTEGER, PRIMARY_KEY))
TABLE(exact, STRICT, COLUMN(id, INTEGER, PRIMARY_KEY))

static void test_sqlite__strict_needs_its_version(void **state)
{
    (void)state;
    vg_db *db = rt_open(":memory:", NULL);
    check_ok(db, vg__sqlite_knows(db, &exact.vg_shape, 3037000));
    check_ok(db, vg__sqlite_knows(db, &plain.vg_shape, 3036000));
    check_fails(db, vg__sqlite_knows(db, &exact.vg_shape, 3036000), VG_UNSUPPORTED,
                "table exact: STRICT needs SQLite 3.37, this is 3.36");
    vg_close(db);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_sqlite__strict_needs_its_version),
    };
    return cmocka_run_group_tests_name("sqlite", tests, NULL, NULL);
}
