/* Transaction blocks: how they end and what is left then, savepoints, failures and what
 * they do to the rest of a block, modes, and what the database or the program does behind
 * the block's back. A database that is busy is test_busy.c's. */
#include "check.h"
#include "rt_bank.h"
#include <sqlite3.h>
#include <stdio.h>

static int setup(void **state)
{
    return fixture_open(state, &bank, BANK_ROWS);
}

static int insert(vg_db *db, const char *owner)
{
    return vg_exec(db, INSERT_INTO(owners, SET(name, owner)));
}

/* The owners' names, and that no transaction is open. */
#define check_owners(db, names)                             \
    do {                                                    \
        check_rows((db),                                    \
                   "select group_concat(name, '') from "    \
                   "(select name from owners order by id)", \
                   (names));                                \
        rt_check_sound(db);                                 \
    } while (0)

/* ---- how a block ends ---- */

/* Proves: Q091. */
static void test_transaction__commits(void **state)
{
    vg_db *db = ((fixture *)*state)->db;
    int runs = 0;
    VG_TRANSACTION(db, tx) {
        runs++;
        assert_int_equal(tx->depth, 1);
        assert_int_equal(tx->attempts, 1);
        assert_false(sqlite3_get_autocommit(vg_raw(db)));
        check_ok(db, insert(db, "Eve"));
    }
    assert_int_equal(runs, 1);
    assert_int_equal(vg_result(db), VG_OK);
    check_text(vg_errmsg(db), "");
    check_owners(db, "AdaBobCydEve");
}

/* Proves: Q092. */
static void test_transaction__rolls_back(void **state)
{
    vg_db *db = ((fixture *)*state)->db;
    int after = 0;
    VG_TRANSACTION(db, tx) {
        check_ok(db, insert(db, "Eve"));
        vg_rollback(tx);
        check_ok(db, insert(db, "Fay")); /* code after it still runs */
        after++;
    }
    assert_int_equal(after, 1);
    assert_int_equal(vg_result(db), VG_ROLLED_BACK);
    check_owners(db, "AdaBobCyd");
}

static int leave_by_return(vg_db *db)
{
    VG_TRANSACTION(db, tx) {
        check_ok(db, insert(db, "Eve"));
        VG_TRANSACTION(db, nested) {
            check_ok(db, insert(db, "Fay"));
            return 7;
        }
    }
    return 0;
}

static void test_transaction__left_early(void **state)
{
    vg_db *db = ((fixture *)*state)->db;
    VG_TRANSACTION(db, tx) {
        check_ok(db, insert(db, "Eve"));
        break;
    }
    assert_int_equal(vg_result(db), VG_ROLLED_BACK);
    check_owners(db, "AdaBobCyd");

    assert_int_equal(leave_by_return(db), 7);
    assert_int_equal(vg_result(db), VG_ROLLED_BACK);
    check_owners(db, "AdaBobCyd");

    VG_TRANSACTION(db, outer) {
        check_ok(db, insert(db, "Eve"));
        goto out;
    }
out:
    assert_int_equal(vg_result(db), VG_ROLLED_BACK);
    check_owners(db, "AdaBobCyd");

    /* Left because a statement failed: that is the result. */
    VG_TRANSACTION(db, failing) {
        if (vg_script(db, "insert into nowhere values (1)"))
            break;
    }
    assert_int_equal(vg_result(db), VG_SCHEMA);
    check_text(vg_errmsg(db), "no such table: nowhere");

    int runs = 0;
    VG_TRANSACTION(db, again) {
        check_ok(db, insert(db, "Eve"));
        if (!runs++)
            continue; /* ends the block as its brace does */
        fail();
    }
    assert_int_equal(vg_result(db), VG_OK);
    check_owners(db, "AdaBobCydEve");
}

/* ---- savepoints ---- */

/* Proves: Q093. */
static void test_transaction__nested(void **state)
{
    vg_db *db = ((fixture *)*state)->db;
    VG_TRANSACTION(db, outer) {
        check_ok(db, insert(db, "Eve"));
        VG_TRANSACTION(db, kept) {
            assert_int_equal(kept->depth, 2);
            check_ok(db, insert(db, "Fay"));
        }
        assert_int_equal(vg_result(db), VG_OK);
        VG_TRANSACTION(db, undone) {
            check_ok(db, insert(db, "Gil"));
            vg_rollback(undone);
        }
        assert_int_equal(vg_result(db), VG_ROLLED_BACK);
        VG_TRANSACTION(db, left) {
            check_ok(db, insert(db, "Hal"));
            break;
        }
        assert_int_equal(vg_result(db), VG_ROLLED_BACK);
        check_ok(db, insert(db, "Ida"));
    }
    assert_int_equal(vg_result(db), VG_OK);
    check_owners(db, "AdaBobCydEveFayIda");
}

/* A savepoint that was kept goes with the block around it. */
/* Proves: Q093. */
static void test_transaction__outer_undoes_inner(void **state)
{
    vg_db *db = ((fixture *)*state)->db;
    VG_TRANSACTION(db, outer) {
        VG_TRANSACTION(db, inner) {
            check_ok(db, insert(db, "Eve"));
        }
        assert_int_equal(vg_result(db), VG_OK);
        vg_rollback(outer);
    }
    assert_int_equal(vg_result(db), VG_ROLLED_BACK);
    check_owners(db, "AdaBobCyd");
}

/* Blocks in blocks, `levels` of them; how deep it went. */
static int nest(vg_db *db, int levels, int *result)
{
    int deepest = 0;
    VG_TRANSACTION(db, tx) {
        char name[16];
        snprintf(name, sizeof name, "n%d", tx->depth);
        check_ok(db, insert(db, name));
        deepest = tx->depth;
        if (levels > 1) {
            int below = nest(db, levels - 1, result);
            deepest = below ? below : deepest;
        }
    }
    *result = vg_result(db);
    return deepest;
}

static void test_transaction__depth_limit(void **state)
{
    vg_db *db = ((fixture *)*state)->db;
    int result;
    assert_int_equal(nest(db, 16, &result), 16);
    assert_int_equal(result, VG_OK);
    check_rows(db, "select count(*) from owners where name like 'n%'", "16");
    check_ok(db, vg_exec(db, DELETE_FROM(owners), WHERE(LIKE(owners.name, "n%"))));

    /* The 17th does not begin: that fails the 16th, which is a savepoint. */
    assert_int_equal(nest(db, 17, &result), 16);
    assert_int_equal(result, VG_OK);
    check_rows(db, "select count(*) from owners where name like 'n%'", "15");
    rt_check_sound(db);
    VG_TRANSACTION(db, tx) {
        vg_rollback(tx);
    }
    assert_int_equal(vg_result(db), VG_ROLLED_BACK);
}

/* ---- failures ---- */

#define FAILED "UNIQUE constraint failed: owners.name"
#define REFUSED                                       \
    "a statement of this transaction failed (" FAILED \
    "); it will be rolled back. Put a "               \
    "statement that may fail into a VG_TRANSACTION of its own"

/* Proves: Q091. */
static void test_transaction__failure_dooms_the_block(void **state)
{
    fixture *f = *state;
    vg_db *db = f->db;
    owners_list list;
    struct owners *row;
    vg_cursor *cursor;
    int inner = 0;
    VG_TRANSACTION(db, tx) {
        check_ok(db, insert(db, "Eve"));
        check_fails(db, insert(db, "Ada"), VG_UNIQUE, FAILED);
        check_fails(db, insert(db, "Fay"), VG_ROLLED_BACK, REFUSED);
        check_fails(db, vg_all(db, &f->arena, &list, SELECT(owners)), VG_ROLLED_BACK,
                    REFUSED);
        check_fails(db, vg_one(db, &f->arena, &row, SELECT(owners)), VG_ROLLED_BACK,
                    REFUSED);
        check_fails(db, vg_query(db, &cursor, &row, SELECT(owners)), VG_ROLLED_BACK,
                    REFUSED);
        assert_null(cursor);
        check_fails(db, vg_script(db, "insert into owners (name) values ('Gil')"),
                    VG_ROLLED_BACK, REFUSED);
        VG_TRANSACTION(db, nested) {
            inner++;
        }
        check_fails(db, vg_result(db), VG_ROLLED_BACK,
                    "the transaction around this one failed (" FAILED ")");
    }
    assert_int_equal(inner, 0);
    /* What counts is the first failure, with all its details. */
    check_fails(db, vg_result(db), VG_UNIQUE, FAILED);
    assert_int_equal(vg_errinfo(db)->native, SQLITE_CONSTRAINT_UNIQUE);
    check_text(vg_errinfo(db)->column, "name");
    check_owners(db, "AdaBobCyd");
    check_ok(db, insert(db, "Hal")); /* the next statement is free */
    check_owners(db, "AdaBobCydHal");
}

/* A failure that Virga finds itself counts as well, and one of a cursor. */
static void test_transaction__any_failure_counts(void **state)
{
    vg_db *db = ((fixture *)*state)->db;
    VG_TRANSACTION(db, tx) {
        check_ok(db, insert(db, "Eve"));
        assert_int_equal(vg_exec(db, DELETE_FROM(owners)), VG_INVALID);
    }
    assert_int_equal(vg_result(db), VG_INVALID);
    check_owners(db, "AdaBobCyd");

    int64_t n;
    VG_TRANSACTION(db, tx) {
        check_ok(db, insert(db, "Eve"));
        vg_cursor *cursor;
        int64_t *row;
        check_ok(db, vg_query(db, &cursor, &row, SELECT_VALUE(SQL(INTEGER, "null")),
                              FROM(owners)));
        assert_false(vg_next(cursor));
        assert_int_equal(vg_finish(cursor), VG_NULL_VALUE);
    }
    assert_int_equal(vg_result(db), VG_NULL_VALUE);
    check_owners(db, "AdaBobCyd");

    /* Finding nothing is no failure. */
    VG_TRANSACTION(db, tx) {
        assert_int_equal(vg_get(db, NULL, &n, SELECT_VALUE(owners.id), FROM(owners),
                                WHERE(EQ(owners.name, "Zoe"))),
                         VG_NOT_FOUND);
        check_ok(db, insert(db, "Eve"));
    }
    assert_int_equal(vg_result(db), VG_OK);
    check_owners(db, "AdaBobCydEve");
}

/* A change whose RETURNING cannot be read is taken back, outside of blocks too. */
/* Proves: Q097. */
static void test_transaction__returning_is_part_of_it(void **state)
{
    fixture *f = *state;
    vg_db *db = f->db;
    int64_t n;
    vg_int_list list;
    struct owners_new eve = {.name = "Eve"};
    assert_int_equal(vg_get(db, NULL, &n, INSERT_INTO(owners, SET(name, "Eve")),
                            RETURNING_VALUE(SQL(INTEGER, "null"))),
                     VG_NULL_VALUE);
    check_owners(db, "AdaBobCyd");
    assert_int_equal(vg_get(db, NULL, &n, INSERT_INTO(owners, VALUES(&eve)),
                            RETURNING_VALUE(SQL(INTEGER, "null"))),
                     VG_NULL_VALUE);
    check_owners(db, "AdaBobCyd");
    assert_int_equal(vg_all(db, &f->arena, &list,
                            UPDATE(owners, SET(name, CONCAT(owners.name, "!"))),
                            ALL_ROWS,
                            RETURNING_VALUE(SQL(INTEGER, "nullif(?, 3)", owners.id))),
                     VG_NULL_VALUE);
    assert_int_equal(list.len, 0);
    check_owners(db, "AdaBobCyd");
    check_ok(db, vg_get(db, NULL, &n, INSERT_INTO(owners, SET(name, "Eve")),
                        RETURNING_VALUE(owners.id)));
    assert_int_equal(n, vg_last_id(db));
    assert_int_equal(vg_changes(db), 1);
    check_owners(db, "AdaBobCydEve");
}

/* Proves: Q093. */
static void test_transaction__nested_confines_a_failure(void **state)
{
    vg_db *db = ((fixture *)*state)->db;
    VG_TRANSACTION(db, outer) {
        check_ok(db, insert(db, "Eve"));
        VG_TRANSACTION(db, inner) {
            check_ok(db, insert(db, "Fay"));
            assert_int_equal(insert(db, "Ada"), VG_UNIQUE);
            assert_int_equal(insert(db, "Gil"), VG_ROLLED_BACK);
        }
        check_fails(db, vg_result(db), VG_UNIQUE, FAILED);
        check_ok(db, insert(db, "Hal"));
    }
    assert_int_equal(vg_result(db), VG_OK);
    check_text(vg_errmsg(db), "");
    check_owners(db, "AdaBobCydEveHal");
}

/* Rows from structs are all or nothing by a savepoint of their own. */
/* Proves: Q097. */
static void test_transaction__rows_in_a_block(void **state)
{
    vg_db *db = ((fixture *)*state)->db;
    struct owners_new rows[] = {
        {.name = "Eve"}, {.name = "Fay", .level = {true, 2}}, {.name = "Ada"}};
    VG_TRANSACTION(db, outer) {
        check_ok(db, insert(db, "Gil"));
        VG_TRANSACTION(db, inner) {
            assert_int_equal(vg_exec(db, INSERT_INTO(owners, VALUES(rows, 3))),
                             VG_UNIQUE);
        }
        assert_int_equal(vg_result(db), VG_UNIQUE);
        check_ok(db, vg_exec(db, INSERT_INTO(owners, VALUES(rows, 2))));
        assert_int_equal(vg_changes(db), 2);
    }
    assert_int_equal(vg_result(db), VG_OK);
    check_owners(db, "AdaBobCydGilEveFay");
    check_ok(db, vg_exec(db, DELETE_FROM(owners), WHERE(GT(owners.id, 3))));
    assert_int_equal(vg_exec(db, INSERT_INTO(owners, VALUES(rows, 3))), VG_UNIQUE);
    check_owners(db, "AdaBobCyd");
}

/* ---- as a function ---- */

typedef struct job {
    const char *name;
    int answer, runs;
} job;

static int run_job(vg_db *db, void *ctx)
{
    job *j = ctx;
    j->runs++;
    int rc = insert(db, j->name);
    return rc == VG_OK ? j->answer : rc;
}

/* Proves: Q091 Q092. */
static void test_transaction__function(void **state)
{
    vg_db *db = ((fixture *)*state)->db;
    job good = {"Eve", VG_OK, 0}, changes_its_mind = {"Fay", 99, 0},
        bad = {"Ada", 0, 0};
    assert_int_equal(vg_transaction(db, VG_TX_DEFAULT, run_job, &good), VG_OK);
    check_owners(db, "AdaBobCydEve");
    assert_int_equal(vg_transaction(db, VG_TX_DEFAULT, run_job, &changes_its_mind), 99);
    assert_int_equal(vg_result(db), VG_ROLLED_BACK);
    check_owners(db, "AdaBobCydEve");
    assert_int_equal(vg_transaction(db, VG_TX_DEFAULT, run_job, &bad), VG_UNIQUE);
    check_text(vg_errmsg(db), FAILED);
    check_owners(db, "AdaBobCydEve");
    assert_int_equal(good.runs + changes_its_mind.runs + bad.runs, 3);
}

/* ---- modes ---- */

/* What a second connection may still do while a transaction of `mode` is open. */
static void check_mode(const char *path, vg_tx_mode mode, vg_journal journal,
                       bool reads, bool writes)
{
    vg_options options = {.journal = journal, .busy_timeout_ms = -1};
    vg_db *db = rt_bank_open_file(path, &options, false);
    vg_db *other = rt_bank_open_file(path, &options, false);
    int64_t n;
    int ran = 0;
    VG_TRANSACTION_MODE(db, tx, mode)
    {
        ran++;
        assert_int_equal(vg_count(other, &n, FROM(owners)), reads ? VG_OK : VG_BUSY);
        assert_int_equal(vg_exec(other, UPDATE(owners, SET(level, 2)), ALL_ROWS),
                         writes ? VG_OK : VG_BUSY);
    }
    assert_int_equal(ran, 1);
    assert_int_equal(vg_result(db), VG_OK);
    assert_int_equal(vg_close(other), VG_OK);
    assert_int_equal(vg_close(db), VG_OK);
}

/* Proves: Q094. */
static void test_transaction__modes(void **state)
{
    (void)state;
    char path[64];
    vg_options options = {.journal = VG_JOURNAL_DELETE};
    assert_int_equal(vg_close(rt_bank_open_file(temp_file(path), &options, true)),
                     VG_OK);
    check_mode(path, VG_TX_DEFERRED, VG_JOURNAL_DELETE, true, true);
    check_mode(path, VG_TX_IMMEDIATE, VG_JOURNAL_DELETE, true, false);
    check_mode(path, VG_TX_DEFAULT, VG_JOURNAL_DELETE, true, false);
    check_mode(path, VG_TX_EXCLUSIVE, VG_JOURNAL_DELETE, false, false);
    check_mode(path, VG_TX_DEFERRED, VG_JOURNAL_WAL, true, true);
    check_mode(path, VG_TX_DEFAULT, VG_JOURNAL_WAL, true, false);
    check_mode(path, VG_TX_EXCLUSIVE, VG_JOURNAL_WAL, true, false); /* as SQLite says */
    temp_file_remove(path);
}

/* A read-only connection cannot begin immediately, and need not: it sees one snapshot. */
static void test_transaction__read_only(void **state)
{
    (void)state;
    char path[64];
    vg_options read_only = {.read_only = true};
    vg_db *writer = rt_bank_open_file(temp_file(path), NULL, true);
    vg_db *db = rt_bank_open_file(path, &read_only, false);
    int64_t n = 0, m = 0;
    VG_TRANSACTION(db, tx) {
        check_ok(db, vg_count(db, &n, FROM(owners)));
        check_ok(writer, insert(writer, "Eve"));
        check_ok(db, vg_count(db, &m, FROM(owners)));
    }
    assert_int_equal(vg_result(db), VG_OK);
    assert_int_equal(n, 3);
    assert_int_equal(m, 3);
    check_ok(db, vg_count(db, &m, FROM(owners)));
    assert_int_equal(m, 4);
    assert_int_equal(vg_close(db), VG_OK);
    assert_int_equal(vg_close(writer), VG_OK);
    temp_file_remove(path);
}

/* ---- behind the block's back ---- */

/* A full database makes SQLite roll back by itself, savepoints and all: then the blocks
 * around have failed as well, and nothing of them runs on its own. */
static void test_transaction__database_rolls_back(void **state)
{
    static char text[200001];
    vg_db *db = ((fixture *)*state)->db;
    memset(text, 'x', sizeof text - 1);
    check_rows(db, "pragma max_page_count = 20", "20");
    VG_TRANSACTION(db, outer) {
        check_ok(db, insert(db, "Eve"));
        VG_TRANSACTION(db, inner) {
            check_ok(db, insert(db, "Fay"));
            assert_int_equal(insert(db, text), VG_FULL);
            assert_int_equal(insert(db, "Gil"), VG_ROLLED_BACK);
        }
        assert_int_equal(vg_result(db), VG_FULL);
        assert_true(sqlite3_get_autocommit(vg_raw(db)));
        assert_int_equal(insert(db, "Hal"), VG_ROLLED_BACK);
        assert_non_null(strstr(vg_errmsg(db), "database or disk is full"));
    }
    check_fails(db, vg_result(db), VG_FULL, "database or disk is full");
    check_owners(db, "AdaBobCyd");
    VG_TRANSACTION(db, tx) {
        check_ok(db, insert(db, "Eve"));
    }
    assert_int_equal(vg_result(db), VG_OK);
    check_owners(db, "AdaBobCydEve");
}

/* The program ends the transaction by hand, inside a savepoint. */
static void test_transaction__rolled_back_by_hand(void **state)
{
    vg_db *db = ((fixture *)*state)->db;
    VG_TRANSACTION(db, outer) {
        check_ok(db, insert(db, "Eve"));
        VG_TRANSACTION(db, inner) {
            check_ok(db, vg_exec(db, RAW("rollback")));
            vg_rollback(inner);
        }
        assert_int_equal(insert(db, "Fay"), VG_ROLLED_BACK);
    }
    assert_int_equal(vg_result(db), VG_ROLLED_BACK);
    check_owners(db, "AdaBobCyd");

    VG_TRANSACTION(db, tx) {
        check_ok(db, insert(db, "Eve"));
        check_ok(db, vg_exec(db, RAW("rollback")));
    }
    check_fails(db, vg_result(db), VG_DATABASE,
                "cannot commit - no transaction is active");
    check_owners(db, "AdaBobCyd");
}

/* A transaction begun by hand stays the program's: a block in it does not begin, and rows
 * from structs take a savepoint. */
static void test_transaction__begun_by_hand(void **state)
{
    vg_db *db = ((fixture *)*state)->db;
    struct owners_new rows[] = {{.name = "Fay"}, {.name = "Gil"}};
    struct owners_new twice[] = {{.name = "Hal"}, {.name = "Hal"}};
    int ran = 0;
    check_ok(db, vg_exec(db, RAW("begin")));
    check_ok(db, insert(db, "Eve"));
    VG_TRANSACTION(db, tx) {
        ran++;
    }
    assert_int_equal(ran, 0);
    check_fails(db, vg_result(db), VG_DATABASE,
                "cannot start a transaction within a transaction");
    check_ok(db, vg_exec(db, INSERT_INTO(owners, VALUES(rows, 2))));
    assert_int_equal(vg_exec(db, INSERT_INTO(owners, VALUES(twice, 2))), VG_UNIQUE);
    assert_false(sqlite3_get_autocommit(vg_raw(db)));
    check_ok(db, vg_exec(db, RAW("commit")));
    check_owners(db, "AdaBobCydEveFayGil");
}

/* Closing in the middle rolls back. */
static void test_transaction__closed(void **state)
{
    (void)state;
    char path[64];
    vg_db *db = rt_bank_open_file(temp_file(path), NULL, true);
    check_ok(db, vg_exec(db, RAW("begin")));
    check_ok(db, insert(db, "Eve"));
    assert_int_equal(vg_close(db), VG_OK);
    db = rt_bank_open_file(path, NULL, false);
    check_owners(db, "AdaBobCyd");
    assert_int_equal(vg_close(db), VG_OK);
    temp_file_remove(path);
}

/* A cursor that is open when the block is rolled back says so; it does not crash. */
static void test_transaction__cursor_over_the_end(void **state)
{
    vg_db *db = ((fixture *)*state)->db;
    vg_cursor *cursor;
    struct owners *row;
    VG_TRANSACTION(db, tx) {
        check_ok(db, insert(db, "Eve"));
        check_ok(db, vg_query(db, &cursor, &row, SELECT(owners), ORDER_BY(owners.id)));
        assert_true(vg_next(cursor));
        vg_rollback(tx);
    }
    assert_int_equal(vg_result(db), VG_ROLLED_BACK);
    while (vg_next(cursor))
        assert_string_not_equal(row->name, "Eve");
    int rc = vg_finish(cursor);
    assert_true(rc == VG_OK || rc == VG_ROLLED_BACK);
    check_owners(db, "AdaBobCyd");
}

int main(void)
{
#define TEST(name) cmocka_unit_test_setup_teardown(name, setup, fixture_close)
    const struct CMUnitTest tests[] = {
        TEST(test_transaction__commits),
        TEST(test_transaction__rolls_back),
        TEST(test_transaction__left_early),
        TEST(test_transaction__nested),
        TEST(test_transaction__outer_undoes_inner),
        TEST(test_transaction__depth_limit),
        TEST(test_transaction__failure_dooms_the_block),
        TEST(test_transaction__any_failure_counts),
        TEST(test_transaction__returning_is_part_of_it),
        TEST(test_transaction__nested_confines_a_failure),
        TEST(test_transaction__rows_in_a_block),
        TEST(test_transaction__function),
        TEST(test_transaction__database_rolls_back),
        TEST(test_transaction__rolled_back_by_hand),
        TEST(test_transaction__begun_by_hand),
        TEST(test_transaction__cursor_over_the_end),
        cmocka_unit_test(test_transaction__modes),
        cmocka_unit_test(test_transaction__read_only),
        cmocka_unit_test(test_transaction__closed),
    };
    return cmocka_run_group_tests_name("transaction", tests, NULL, NULL);
}
