/* Change events: what a commit tells, in which order, and what is never told. The batches
 * are written down as text: "+posts 1" inserted, "~" updated, "-" deleted, "?" many. */
#include "check.h"
#include "rt_bank.h"
#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>

// clang-format off
TABLE(tags,
    COLUMN(name, TEXT, PRIMARY_KEY))
TABLE(replies,
    COLUMN(id,      INTEGER, PRIMARY_KEY),
    COLUMN(note_id, INTEGER, NOT_NULL),
    COLUMN(text,    TEXT,    UNIQUE))
// clang-format on

typedef struct ear {
    vg_db *db, *other;
    char text[2000]; /* batches, each ended by ';' */
    size_t batches, shapes;
    bool use_connection;
    int used;
} ear;

static void hear(void *ctx, const vg_change *changes, size_t count)
{
    ear *e = ctx;
    assert_true(count > 0);
    for (size_t i = 0; i < count; i++) {
        size_t len = strlen(e->text);
        snprintf(e->text + len, sizeof e->text - len, "%s%c%s %" PRId64, i ? " " : "",
                 "+~-?"[changes[i].op], changes[i].table ? changes[i].table : "*",
                 changes[i].rowid);
        e->shapes += changes[i].shape != NULL;
    }
    strncat(e->text, ";", sizeof e->text - strlen(e->text) - 1);
    e->batches++;
    if (e->use_connection)
        e->used = vg_exec(e->db, DELETE_FROM(replies), ALL_ROWS);
}

static const char *heard(ear *e)
{
    static char text[2000];
    memcpy(text, e->text, sizeof text);
    e->text[0] = '\0';
    e->batches = e->shapes = 0;
    return text;
}

static int setup(void **state)
{
    ear *e = calloc(1, sizeof *e);
    *state = e;
    if (!e)
        return -1;
    e->db = rt_bank_open(NULL);
    check_ok(e->db,
             vg_script(e->db, "create table tags (name text primary key) without rowid;"
                              "create table replies (id integer primary key, note_id "
                              "references notes on delete cascade, text unique);"
                              "create table notes (id integer primary key, n);"));
    check_ok(e->db, vg_on_change(e->db, NULL, hear, e));
    return 0;
}

static int teardown(void **state)
{
    ear *e = *state;
    assert_int_equal(vg_close(e->db), VG_OK);
    free(e);
    return 0;
}

static void test_changes__one_statement(void **state)
{
    ear *e = *state;
    check_ok(e->db, vg_exec(e->db, UPDATE(accounts, SET(balance, 1)),
                            WHERE(LT(accounts.id, 3))));
    check_text(heard(e), "~accounts 1 ~accounts 2;");
    check_ok(e->db, vg_exec(e->db, DELETE_FROM(accounts), WHERE(EQ(accounts.id, 2))));
    check_text(heard(e), "-accounts 2;");
    check_ok(e->db, vg_exec(e->db, UPDATE(accounts, SET(balance, 1)),
                            WHERE(EQ(accounts.id, 99))));
    check_text(heard(e), "");
}

/* One batch for all rows of an INSERT that takes several statements. */
static void test_changes__rows_of_one_insert(void **state)
{
    ear *e = *state;
    struct replies_new rows[3] = {{.note_id = 1, .id = VG_SOME(5)},
                                  {.note_id = 1},
                                  {.note_id = 1, .id = VG_SOME(9), .text = "x"}};
    check_ok(e->db, vg_script(e->db, "insert into notes values (1, 1)"));
    check_text(heard(e), "+notes 1;");
    check_ok(e->db, vg_exec(e->db, INSERT_INTO(replies, VALUES(rows, 3))));
    check_text(heard(e), "+replies 5 +replies 6 +replies 9;");
}

static void test_changes__transaction_is_one_batch(void **state)
{
    ear *e = *state;
    VG_TRANSACTION(e->db, tx) {
        vg_exec(e->db, INSERT_INTO(owners, SET(name, "Dan")));
        vg_exec(e->db, UPDATE(owners, SET(level, 2)), WHERE(EQ(owners.name, "Dan")));
        vg_exec(e->db, DELETE_FROM(owners), WHERE(EQ(owners.name, "Cyd")));
        assert_int_equal(e->batches, 0);
    }
    check_ok(e->db, vg_result(e->db));
    assert_int_equal(e->batches, 1);
    check_text(heard(e), "+owners 4 ~owners 4 -owners 3;");
}

static void test_changes__rolled_back_is_not_told(void **state)
{
    ear *e = *state;
    VG_TRANSACTION(e->db, tx) {
        vg_exec(e->db, INSERT_INTO(owners, SET(name, "Dan")));
        vg_rollback(tx);
    }
    check_text(heard(e), "");
    VG_TRANSACTION(e->db, tx) {
        vg_exec(e->db, INSERT_INTO(owners, SET(name, "Dan")));
        vg_exec(e->db, INSERT_INTO(owners, SET(name, "Ada"))); /* UNIQUE */
    }
    assert_int_equal(vg_result(e->db), VG_UNIQUE);
    check_text(heard(e), "");
    check_ok(e->db, vg_exec(e->db, INSERT_INTO(owners, SET(name, "Eve"))));
    check_text(heard(e), "+owners 4;");
}

static void test_changes__savepoints(void **state)
{
    ear *e = *state;
    VG_TRANSACTION(e->db, outer) {
        vg_exec(e->db, INSERT_INTO(owners, SET(name, "Dan")));
        VG_TRANSACTION(e->db, inner) {
            vg_exec(e->db, INSERT_INTO(owners, SET(name, "Eve")));
            vg_rollback(inner);
        }
        VG_TRANSACTION(e->db, inner) {
            vg_exec(e->db, INSERT_INTO(owners, SET(name, "Fay")));
        }
        VG_TRANSACTION(e->db, inner) {
            vg_exec(e->db, INSERT_INTO(owners, SET(name, "Gil")));
            vg_exec(e->db, INSERT_INTO(owners, SET(name, "Ada")));
        }
    }
    check_ok(e->db, vg_result(e->db));
    check_text(heard(e), "+owners 4 +owners 5;");
}

/* A statement that fails half way takes back what it did; OR FAIL does not. */
static void test_changes__half_of_a_statement(void **state)
{
    ear *e = *state;
    check_ok(e->db, vg_exec(e->db, RAW("begin")));
    check_ok(e->db, vg_exec(e->db, INSERT_INTO(owners, SET(name, "Dan"))));
    assert_int_equal(
        vg_exec(e->db, RAW("insert into owners (name) values ('Eve'), ('Ada')")),
        VG_UNIQUE);
    check_ok(e->db, vg_exec(e->db, RAW("commit")));
    check_text(heard(e), "+owners 4;");
    check_ok(e->db, vg_exec(e->db, RAW("begin")));
    assert_int_equal(
        vg_exec(e->db,
                RAW("insert or fail into owners (name) values ('Eve'), ('Ada')")),
        VG_UNIQUE);
    check_ok(e->db, vg_exec(e->db, RAW("commit")));
    check_text(heard(e), "+owners 5;");
}

/* Scripts, savepoints by hand with quoted names, in any spelling. */
static void test_changes__script(void **state)
{
    ear *e = *state;
    check_ok(e->db,
             vg_script(e->db,
                       "begin; insert into notes values (1, 1); savepoint \"A b\";"
                       "insert into notes values (2, 1);"
                       "Rollback Transaction To Savepoint 'a B';"
                       "insert into notes values (3, 1); release [a b];"
                       "savepoint x; insert into notes values (4, 1);"
                       "rollback to x; release x; commit;"));
    check_text(heard(e), "+notes 1 +notes 3;");
}

/* A DELETE of everything is told row by row; so are triggers and foreign keys. */
static void test_changes__whole_table_and_cascades(void **state)
{
    ear *e = *state;
    check_ok(e->db,
             vg_script(e->db, "insert into notes values (1, 1), (2, 1);"
                              "insert into replies values (7, 1, 'a'), (8, 2, 'b');"
                              "create trigger t after delete on notes begin"
                              " update notes set n = n + 1; end"));
    check_text(heard(e), "+notes 1 +notes 2;+replies 7 +replies 8;");
    check_ok(e->db, vg_exec(e->db, RAW("delete from notes where id = 1")));
    check_text(heard(e), "-notes 1 -replies 7 ~notes 2;");
    check_ok(e->db, vg_exec(e->db, DELETE_FROM(replies), ALL_ROWS));
    check_text(heard(e), "-replies 8;");
}

/* The same name in another database is another table. */
static void test_changes__other_databases(void **state)
{
    ear *e = *state;
    check_ok(e->db,
             vg_script(e->db, "attach ':memory:' as side; create table side.owners (id "
                              "integer primary key); create temp table own (n);"
                              "create table \"a.b\" (n);"));
    heard(e);
    ear one = {.db = e->db};
    check_ok(e->db, vg_on_change(e->db, &owners.vg_shape, hear, &one));
    check_ok(e->db,
             vg_script(e->db,
                       "insert into side.owners values (5); insert into own values "
                       "(1); insert into \"a.b\" values (1); delete from own;"));
    check_text(heard(&one), "");
    check_text(heard(e), "+side.owners 5;+temp.own 1;+a.b 1;-temp.own 1;");
}

static void test_changes__virtual_tables(void **state)
{
    ear *e = *state;
    check_ok(e->db, vg_script(e->db, "create virtual table words using fts5(word)"));
    heard(e);
    check_ok(e->db, vg_exec(e->db, RAW("insert into words values ('rain')")));
    assert_non_null(strstr(heard(e), "?words 0"));
}

/* A restored database may differ anywhere. */
static void test_changes__restore(void **state)
{
    ear *e = *state;
    char path[64];
    temp_file(path);
    check_ok(e->db, vg_backup(e->db, path, NULL));
    check_text(heard(e), "");
    check_ok(e->db, vg_restore(e->db, path, NULL));
    check_text(heard(e), "?* 0;");
    temp_file_remove(path);
}

/* What SQLite does not tell row by row is told as a whole. */
static void test_changes__many(void **state)
{
    ear *e = *state;
    check_ok(e->db, vg_exec(e->db, INSERT_INTO(tags, SET(name, "c"))));
    check_text(heard(e), "?tags 0;");
    check_ok(e->db,
             vg_script(e->db, "insert into notes values (1, 1);"
                              "insert into replies values (1, 1, 'a'), (2, 1, 'b')"));
    heard(e);
    check_ok(e->db,
             vg_exec(e->db, RAW("insert or replace into replies values (3, 1, 'a')")));
    check_text(heard(e), "+replies 3 ?replies 0;");
}

static void test_changes__listeners_of_one_table(void **state)
{
    ear *e = *state;
    ear one = {.db = e->db};
    assert_int_equal(vg_off_change(e->db, hear, e), 1);
    check_ok(e->db, vg_on_change(e->db, &owners.vg_shape, hear, &one));
    VG_TRANSACTION(e->db, tx) {
        vg_exec(e->db, INSERT_INTO(owners, SET(name, "Dan")));
        vg_exec(e->db, UPDATE(accounts, SET(balance, 7)), ALL_ROWS);
        vg_exec(e->db, UPDATE(owners, SET(level, 3)), WHERE(EQ(owners.id, 4)));
    }
    assert_int_equal(one.shapes, 2);
    check_text(heard(&one), "+owners 4 ~owners 4;");
    check_text(heard(e), "");
    assert_int_equal(vg_off_change(e->db, hear, &one), 1);
    assert_int_equal(vg_off_change(e->db, hear, &one), 0);
    check_ok(e->db, vg_exec(e->db, INSERT_INTO(owners, SET(name, "Eve"))));
    check_text(heard(&one), "");
}

static void test_changes__the_connection_is_refused_to_a_listener(void **state)
{
    ear *e = *state;
    e->use_connection = true;
    check_ok(e->db, vg_exec(e->db, INSERT_INTO(owners, SET(name, "Dan"))));
    assert_int_equal(e->used, VG_MISUSE);
    e->use_connection = false;
    e->used = VG_OK;
    VG_TRANSACTION(e->db, tx) {
        e->use_connection = true;
        vg_exec(e->db, INSERT_INTO(owners, SET(name, "Eve")));
    }
    assert_int_equal(e->used, VG_MISUSE);
    check_ok(e->db, vg_result(e->db));
    check_rows(e->db, "select count(*) from owners", "5");
}

/* The buffer is bounded: then single rows become one mark for their table. */
static void test_changes__limit(void **state)
{
    ear *e = *state, small = {0};
    (void)e;
    small.db = rt_bank_open(&(vg_options){.change_limit = 2});
    check_ok(small.db, vg_on_change(small.db, NULL, hear, &small));
    VG_TRANSACTION(small.db, tx) {
        vg_exec(small.db, UPDATE(owners, SET(level, 3)), ALL_ROWS);
        vg_exec(small.db, UPDATE(accounts, SET(balance, 3)), ALL_ROWS);
    }
    check_text(heard(&small), "~owners 1 ~owners 2 ?owners 0 ?accounts 0;");
    assert_int_equal(vg_close(small.db), VG_OK);
}

/* A failing COMMIT tells nothing; a later one tells everything. */
static void test_changes__commit_that_fails(void **state)
{
    ear *e = *state;
    check_ok(e->db,
             vg_script(e->db, "create table deferred (id integer primary key, o "
                              "references owners deferrable initially deferred)"));
    heard(e);
    check_ok(e->db, vg_exec(e->db, RAW("begin")));
    check_ok(e->db, vg_exec(e->db, RAW("insert into deferred values (1, 99)")));
    assert_int_equal(vg_exec(e->db, RAW("commit")), VG_FOREIGN_KEY);
    check_text(heard(e), "");
    check_ok(e->db, vg_exec(e->db, RAW("update deferred set o = 1")));
    check_ok(e->db, vg_exec(e->db, RAW("commit")));
    check_text(heard(e), "+deferred 1 ~deferred 1;");
    assert_int_equal(vg_exec(e->db, RAW("insert into deferred values (2, 99)")),
                     VG_FOREIGN_KEY);
    check_text(heard(e), "");
}

static void test_changes__returning_by_cursor(void **state)
{
    ear *e = *state;
    vg_cursor *cursor;
    struct owners *row;
    VG_TRANSACTION(e->db, tx) {
        check_ok(e->db, vg_query(e->db, &cursor, &row, UPDATE(owners, SET(level, 4)),
                                 ALL_ROWS, RETURNING(owners)));
        assert_true(vg_next(cursor));
        int64_t n;
        check_ok(e->db, vg_count(e->db, &n, FROM(accounts)));
        check_ok(e->db, vg_finish(cursor));
        check_text(heard(e), "");
    }
    check_text(heard(e), "~owners 1 ~owners 2 ~owners 3;");
}

static void test_changes__bad_arguments(void **state)
{
    ear *e = *state;
    check_fails(e->db, vg_on_change(e->db, NULL, NULL, NULL), VG_MISUSE,
                "vg_on_change: no function");
    check_ok(e->db, vg_exec(e->db, RAW("begin")));
    check_fails(e->db, vg_on_change(e->db, NULL, hear, e), VG_MISUSE,
                "vg_on_change: not inside of a transaction");
    check_ok(e->db, vg_exec(e->db, RAW("rollback")));
}

int main(void)
{
#define TEST(name) cmocka_unit_test_setup_teardown(name, setup, teardown)
    const struct CMUnitTest tests[] = {
        TEST(test_changes__one_statement),
        TEST(test_changes__rows_of_one_insert),
        TEST(test_changes__transaction_is_one_batch),
        TEST(test_changes__rolled_back_is_not_told),
        TEST(test_changes__savepoints),
        TEST(test_changes__half_of_a_statement),
        TEST(test_changes__script),
        TEST(test_changes__whole_table_and_cascades),
        TEST(test_changes__other_databases),
        TEST(test_changes__virtual_tables),
        TEST(test_changes__restore),
        TEST(test_changes__many),
        TEST(test_changes__listeners_of_one_table),
        TEST(test_changes__the_connection_is_refused_to_a_listener),
        TEST(test_changes__limit),
        TEST(test_changes__commit_that_fails),
        TEST(test_changes__returning_by_cursor),
        TEST(test_changes__bad_arguments),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
