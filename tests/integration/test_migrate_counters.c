/* Keys that are never given twice stay so when their table is made anew. */
#include "check.h"
#include "rt_bank.h"
#include <stdio.h>
#include <virga/migrate.h>

/* Keys up to 9 have been given, 3 is the largest that is left. */
#define COUNTING                                                                     \
    "create table t (id integer primary key autoincrement, x);"                      \
    "create table u (id integer primary key autoincrement, x);"                      \
    "insert into t values (1, 'a'), (3, 'c'), (9, 'i'); delete from t where id = 9;" \
    "insert into u values (100, 'u')"

#define NEW(t) \
    "create table __new_" t " (id integer primary key autoincrement, x text);"
#define ANEW(t)                                                               \
    NEW(t)                                                                    \
    "insert into `__new_" t "`(id, x) select id, x from " t ";drop table `" t \
    "`;alter table `__new_" t "` rename to `" t "`;"

static int open_counting(void **state)
{
    return fixture_open(state, NULL, COUNTING);
}

/* A run, and what `query` gives after another row for each table. */
static void test_counters__are_carried_over(void **state)
{
    fixture *f = *state;
    static const struct {
        const char *sql, *query, *rows;
    } cases[] = {
        {ANEW("t"), "t", "1;3;10"},
        {ANEW("t") ANEW("t"), "t", "1;3;10"},
        {"alter table t rename to \"a `b\"; create table `__new_a ``b` (id integer "
         "primary "
         "key autoincrement, x); insert into \"__new_a `b\" select * from \"a `b\"; "
         "drop "
         "table if exists main . [a `b]; alter table \"__new_a `b\" rename to \"A "
         "`b\"; "
         "alter table [A `b] rename to t",
         "t", "1;3;10"},
        {ANEW("t") "alter table t rename to z", "z", "1;3;10"},
        /* the other way of making a table anew */
        {"alter table t rename to old; create table T (id integer primary key "
         "autoincrement, x); insert into t select * from old; drop table old",
         "t", "1;3;10"},
        /* rows that were added and deleted by the run */
        {"insert into t (id) values (40); delete from t where id = 40;" ANEW("t"), "t",
         "1;3;41"},
        /* no row is left */
        {"delete from t; create table __new_t (id integer primary key autoincrement, "
         "x); "
         "drop table t; alter table __new_t rename to t",
         "t", "10"},
        /* a table that only has a name which another one had */
        {"alter table t rename to z; create table t (id integer primary key "
         "autoincrement, x);" ANEW("z"),
         "t", "1"},
        {"alter table t rename to z; create table t (id integer primary key "
         "autoincrement, x);" ANEW("z"),
         "z", "1;3;10"},
        /* tables that change their names */
        {"alter table t rename to s; alter table u rename to t; alter table s rename "
         "to "
         "u;" ANEW("t") ANEW("u"),
         "u", "1;3;10"},
        /* one that does not count any more, one that is gone */
        {"create table __new_t (id integer primary key, x); insert into __new_t select "
         "* "
         "from t; drop table t; alter table __new_t rename to t",
         "t", "1;3;4"},
        {"drop table t; create table t (id integer primary key, x)", "t", "1"},
        /* who writes it himself knows better */
        {ANEW("t") "delete from sqlite_sequence where name = 't'", "t", "1;3;4"},
    };
    for (size_t i = 0; i < COUNT_OF_ARRAY(cases); i++) {
        char sql[200];
        vg_migration one = {.tag = "m", .when = 1, .sql = cases[i].sql};
        fixture_close(state);
        open_counting(state);
        f = *state;
        check_ok(f->db, vg_migrate(f->db, &(vg_migrations){&one, 1}, NULL));
        snprintf(sql, sizeof sql, "insert into %s (x) values ('new')", cases[i].query);
        check_ok(f->db, vg_script(f->db, sql));
        snprintf(sql, sizeof sql, "select id from %s", cases[i].query);
        check_rows(f->db, sql, cases[i].rows);
        check_rows(f->db,
                   "select name from sqlite_sequence group by 1 having count(*) > 1",
                   "");
    }
}

static void test_counters__back_again(void **state)
{
    fixture *f = *state;
    vg_migration one = {.tag = "m", .when = 1, .sql = "select 1", .down = ANEW("t")};
    vg_migrations all = {&one, 1};
    check_ok(f->db, vg_migrate(f->db, &all, NULL));
    check_ok(f->db, vg_rollback_migrations(f->db, &all, NULL));
    check_rows(f->db, "select seq from sqlite_sequence where name = 't'", "9");
}

/* A run that fails leaves them alone; no counter at all is no failure. */
static void test_counters__when_nothing_is_done(void **state)
{
    fixture *f = *state;
    vg_migration one = {.tag = "m", .when = 1, .sql = ANEW("t") "nonsense"};
    vg_migrations all = {&one, 1};
    assert_int_not_equal(vg_migrate(f->db, &all, NULL), VG_OK);
    check_rows(f->db, "select * from sqlite_sequence", "t|9;u|100");
    fixture_close(state);
    fixture_open(state, NULL, "create table a (x); create table b (x)");
    f = *state;
    one.sql = "drop table a; drop table if exists a; drop table if exists \"no\"\"ne\"";
    check_ok(f->db, vg_migrate(f->db, &all, NULL));
}

int main(void)
{
#define TEST(name) cmocka_unit_test_setup_teardown(name, open_counting, fixture_close)
    const struct CMUnitTest tests[] = {
        TEST(test_counters__are_carried_over),
        TEST(test_counters__back_again),
        TEST(test_counters__when_nothing_is_done),
    };
    return cmocka_run_group_tests_name("migrate_counters", tests, NULL, NULL);
}
