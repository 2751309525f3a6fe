/* What a server does not tell, and what it tells of the last row: the query cache and change
 * events are refused by name; vg_last_id asks. */
#include "pg.h"

// clang-format off
TABLE(items,
    COLUMN(id,   INTEGER, PRIMARY_KEY, AUTOINCREMENT),
    COLUMN(name, TEXT,    NOT_NULL, UNIQUE))
TABLE(tags, COLUMN(name, TEXT, PRIMARY_KEY))
SCHEMA(shop, items, tags)
// clang-format on

static int setup(void **state)
{
    return pg_fixture_open(state, &shop, NULL);
}

static void on_change(void *ctx, const vg_change *changes, size_t count)
{
    (void)ctx, (void)changes, (void)count;
}

static void test_watch__change_events_are_refused_by_name(void **state)
{
    fixture *f = *state;
    check_fails(f->db, vg_on_change(f->db, &items.vg_shape, on_change, NULL),
                VG_UNSUPPORTED,
                "postgresql does not tell a connection which rows change: read what a "
                "statement changes by RETURNING, or let triggers NOTIFY");
    assert_int_equal(vg_off_change(f->db, on_change, NULL), 0);
    check_ok(f->db, vg_exec(f->db, INSERT_INTO(items, SET(name, "a"))));
}

static void test_watch__a_query_cache_is_refused_when_it_is_opened(void **state)
{
    fixture *f = *state;
    vg_query_cache *cache;
    vg_db *db;
    assert_int_equal(vg_query_cache_open(&cache, NULL), VG_OK);
    int rc = vg_open(&db, f->url, &(vg_options){.query_cache = cache});
    check_fails(
        db, rc, VG_UNSUPPORTED,
        "postgresql does not tell a connection which rows change: open it without "
        "options.query_cache");
    vg_close(db);
    vg_query_cache_close(cache);
}

/* CACHE in a query asks for nothing where there is no cache. */
static void test_watch__cache_is_without_effect(void **state)
{
    fixture *f = *state;
    int64_t n = -1;
    for (int i = 0; i < 2; i++) {
        check_ok(f->db,
                 vg_get(f->db, NULL, &n, SELECT_VALUE(COUNT()), FROM(items), CACHE(0)));
        assert_int_equal(n, i);
        check_ok(f->db, vg_exec(f->db, INSERT_INTO(items, SET(name, i ? "b" : "a"))));
    }
}

static void test_last_id__is_the_last_value_of_a_sequence(void **state)
{
    fixture *f = *state;
    vg_db *db = f->db;
    assert_int_equal(vg_last_id(db), 0);
    check_ok(db, vg_exec(db, INSERT_INTO(items, SET(name, "a"))));
    assert_int_equal(vg_last_id(db), 1);
    assert_int_equal(vg_last_id(db), 1);
    check_ok(db, vg_exec(db, INSERT_INTO(tags, SET(name, "t")))); /* has none */
    assert_int_equal(vg_last_id(db), 1);
    check_ok(db, vg_exec(db, INSERT_INTO(items, SET(id, 70), SET(name, "b"))));
    assert_int_equal(vg_last_id(db),
                     1); /* a key that was given is none of a sequence */
    VG_TRANSACTION(db, tx) {
        vg_exec(db, INSERT_INTO(items, SET(name, "c")));
        assert_int_equal(vg_last_id(db), 2);
        vg_exec(db, INSERT_INTO(items, SET(name, "d")));
        assert_int_equal(vg_last_id(db), 3);
    }
    check_ok(db, vg_result(db));
    check_pg(f->url, "select name from items order by name", "a;b;c;d");
}

/* To ask where there is nothing yet does not spoil the transaction. */
static void test_last_id__of_no_row_spoils_no_transaction(void **state)
{
    fixture *f = *state;
    vg_db *db = f->db;
    VG_TRANSACTION(db, tx) {
        vg_exec(db, INSERT_INTO(tags, SET(name, "t")));
        assert_int_equal(vg_last_id(db), 0);
        vg_exec(db, INSERT_INTO(tags, SET(name, "u")));
    }
    check_ok(db, vg_result(db));
    check_pg(f->url, "select count(*) from tags", "2");
}

static void test_dialect_name__is_that_of_the_connection(void **state)
{
    fixture *f = *state;
    vg_db *db;
    check_text(vg_dialect_name(f->db), "postgresql");
    assert_int_equal(vg_open(&db, ":memory:", NULL), VG_OK);
    check_text(vg_dialect_name(db), "sqlite");
    vg_close(db);
    vg_open(&db, "postgres://nobody@127.0.0.1:1/none", NULL);
    check_text(vg_dialect_name(db), "postgresql"); /* though it is not open */
    vg_close(db);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(test_watch__change_events_are_refused_by_name,
                                        setup, pg_fixture_close),
        cmocka_unit_test_setup_teardown(
            test_watch__a_query_cache_is_refused_when_it_is_opened, setup,
            pg_fixture_close),
        cmocka_unit_test_setup_teardown(test_watch__cache_is_without_effect, setup,
                                        pg_fixture_close),
        cmocka_unit_test_setup_teardown(test_last_id__is_the_last_value_of_a_sequence,
                                        setup, pg_fixture_close),
        cmocka_unit_test_setup_teardown(test_last_id__of_no_row_spoils_no_transaction,
                                        setup, pg_fixture_close),
        cmocka_unit_test_setup_teardown(test_dialect_name__is_that_of_the_connection,
                                        setup, pg_fixture_close),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
