/* Views of PostgreSQL: their options, and those that keep their rows. */
#include "pg.h"

// clang-format off
NAMESPACE(stats)

TABLE(sales,
    COLUMN(id,     INTEGER, PRIMARY_KEY),
    COLUMN(item,   TEXT,    NOT_NULL),
    COLUMN(amount, INTEGER, NOT_NULL))

VIEW(large, OPTIONS(ON_WITH("security_barrier = true, check_option = local")), sales,
     SELECT(sales), WHERE(GT(sales.amount, 100)))
MATERIALIZED_VIEW(kept, sales, SELECT(sales), WHERE(EQ(sales.item, "it's $virga")))
MATERIALIZED_VIEW(later, OPTIONS(NAME("later_on"), IN_SCHEMA("stats"), NO_DATA,
                                 ON_WITH("fillfactor = 90"), TABLESPACE("pg_default"),
                                 ON_USING("heap")), sales, SELECT(sales))
VIEW_SQL(totals, "select item, sum(amount)::bigint as total from sales group by item",
    COLUMN(item,  TEXT,    NOT_NULL),
    COLUMN(total, INTEGER, NOT_NULL),
    OPTIONS(MATERIALIZED, IN_SCHEMA("stats")))
VIEW_EXISTING(locks, COLUMN(pid, INT), COLUMN(mode, TEXT), OPTIONS(NAME("pg_locks")))

SCHEMA(shop, totals, later, kept, large, sales, stats, locks)
// clang-format on

static int setup(void **state)
{
    return pg_fixture_open(state, &shop, NULL);
}

/* Proves: S089 S090 S091 S092 S093 S095 S096. */
static void test_view__keeps_its_rows_until_it_is_refreshed(void **state)
{
    fixture *f = *state;
    totals_list list;
    sales_list rows;
    check_ok(f->db, vg_create(f->db, &shop));
    check_pg(f->url,
             "select relname, relkind, reloptions from pg_class where relname in "
             "('large', 'kept', 'later_on', 'totals') order by 1",
             "kept|m|null;large|v|{security_barrier=true,check_option=local};"
             "later_on|m|{fillfactor=90};totals|m|null");
    check_ok(f->db, vg_exec(f->db, INSERT_INTO(sales, SET(item, "it's $virga"),
                                               SET(amount, 500))));
    check_ok(f->db, vg_all(f->db, &f->arena, &rows, SELECT(large)));
    assert_int_equal(rows.len, 1);
    check_ok(f->db, vg_all(f->db, &f->arena, &rows, SELECT(kept)));
    assert_int_equal(rows.len, 0);
    check_ok(f->db, vg_refresh(f->db, &kept.vg_shape, VG_REFRESH_WAITING));
    check_ok(f->db, vg_all(f->db, &f->arena, &rows, SELECT(kept)));
    assert_int_equal(rows.len, 1);

    assert_int_not_equal(vg_all(f->db, &f->arena, &rows, SELECT(later)), VG_OK);
    assert_non_null(strstr(vg_errmsg(f->db), "has not been populated"));
    check_ok(f->db, vg_refresh(f->db, &later.vg_shape, VG_REFRESH_WAITING));
    check_ok(f->db, vg_all(f->db, &f->arena, &rows, SELECT(later)));
    assert_int_equal(rows.len, 1);
    check_ok(f->db, vg_refresh(f->db, &later.vg_shape, VG_REFRESH_NO_DATA));

    pg_exec(f->url, "create unique index on stats.totals (item)");
    check_ok(f->db, vg_refresh(f->db, &totals.vg_shape, VG_REFRESH_CONCURRENTLY));
    check_ok(f->db, vg_all(f->db, &f->arena, &list, SELECT(totals)));
    assert_int_equal(list.len, 1);
    assert_int_equal(list.data[0].total, 500);
    check_fails(f->db, vg_refresh(f->db, &large.vg_shape, VG_REFRESH_WAITING),
                VG_MISUSE, "vg_refresh: large is no MATERIALIZED_VIEW");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(test_view__keeps_its_rows_until_it_is_refreshed,
                                        setup, pg_fixture_close),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
