/* What SQLite makes of a transaction's options, and of deferred constraints. */
#include "check.h"
#include "rt_bank.h"

static int setup(void **state)
{
    return fixture_open(state, &bank, BANK_ROWS);
}

/* Proves: Q095. */
static void test_options__isolation_is_serializable(void **state)
{
    vg_db *db = ((fixture *)*state)->db;
    for (int i = VG_ISOLATION_DEFAULT; i <= VG_SERIALIZABLE; i++) {
        VG_TRANSACTION_WITH(db, tx, .isolation = (vg_isolation)i, .deferrable = true)
        {
            check_ok(db, vg_exec(db, UPDATE(owners, SET(level, i)), ALL_ROWS));
        }
        check_ok(db, vg_result(db));
    }
    check_rows(db, "select max(level) from owners", "4");
    VG_TRANSACTION_WITH(db, tx, .isolation = (vg_isolation)9)
    {
        fail();
    }
    assert_int_equal(vg_result(db), VG_MISUSE);
    VG_TRANSACTION(db, tx) {
        VG_TRANSACTION_WITH(db, inner, .read_only = true)
        {
            fail();
        }
        assert_int_equal(vg_result(db), VG_MISUSE);
    }
}

static const char *eve = "Eve";

static int insert(vg_db *db, void *ctx)
{
    return vg_exec(db, INSERT_INTO(owners, SET(name, *(const char **)ctx)));
}

/* Proves: Q095. */
static void test_options__read_only(void **state)
{
    vg_db *db = ((fixture *)*state)->db;
    int64_t n = 0;
    VG_TRANSACTION_WITH(db, tx, .read_only = true)
    {
        check_ok(db, vg_count(db, &n, FROM(owners)));
        VG_TRANSACTION(db, inner) {
            assert_int_equal(insert(db, &eve), VG_READ_ONLY);
        }
    }
    check_ok(db, vg_result(db));
    assert_int_equal(n, 3);
    for (int i = 0; i < 3; i++) { /* whichever way it is left */
        VG_TRANSACTION_WITH(db, tx, .read_only = true)
        {
            if (i == 0)
                assert_int_equal(insert(db, &eve), VG_READ_ONLY);
            if (i == 1)
                vg_rollback(tx);
            if (i == 2)
                break;
        }
        assert_int_equal(vg_result(db), i ? VG_ROLLED_BACK : VG_READ_ONLY);
    }
    assert_int_equal(
        vg_transaction_with(db, &(vg_tx_options){.read_only = true}, insert, &eve),
        VG_READ_ONLY);
    check_ok(db, vg_transaction_with(db, NULL, insert, &eve));
    check_rows(db, "select count(*) from owners", "4");
}

static void test_options__deferred_constraints(void **state)
{
    vg_db *db = ((fixture *)*state)->db;
    VG_TRANSACTION(db, tx) {
        check_ok(db, vg_defer_constraints(db, NULL));
        check_ok(db, vg_exec(db, UPDATE(accounts, SET(owner_id, 9)),
                             WHERE(EQ(accounts.id, 1))));
        check_ok(db, vg_exec(db, INSERT_INTO(owners, SET(id, 9), SET(name, "Eve"))));
    }
    check_ok(db, vg_result(db));
    VG_TRANSACTION(db, tx) {
        check_fails(db, vg_defer_constraints(db, "fk"), VG_UNSUPPORTED,
                    "vg_defer_constraints: sqlite defers all foreign keys or none; the "
                    "name must be NULL");
    }
    VG_TRANSACTION(db, tx) {
        check_fails(db, vg_check_constraints(db, NULL), VG_UNSUPPORTED,
                    "vg_check_constraints: sqlite checks what is deferred at the "
                    "commit, and not before");
    }
    check_fails(db, vg_defer_constraints(db, NULL), VG_MISUSE,
                "vg_defer_constraints: no transaction is open, and it would last no "
                "longer than this call");
}

int main(void)
{
#define TEST(name) cmocka_unit_test_setup_teardown(name, setup, fixture_close)
    const struct CMUnitTest tests[] = {
        TEST(test_options__isolation_is_serializable),
        TEST(test_options__read_only),
        TEST(test_options__deferred_constraints),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
