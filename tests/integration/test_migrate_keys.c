/* Foreign keys, views and triggers while tables are made anew. */
#include "check.h"
#include "rt_bank.h"
#include <sqlite3.h>
#include <stdio.h>

/* Run `sql` as one migration. */
static int migrate(vg_db *db, int64_t when, const char *sql)
{
    vg_migration one = {.tag = "m", .when = when, .sql = sql};
    return vg_migrate(db, &(vg_migrations){&one, 1}, NULL);
}

#define FAMILY                                                                      \
    "create table p (id integer primary key, name text);"                           \
    "create table c (id integer primary key, p integer references p(id) on delete " \
    "cascade);"                                                                     \
    "insert into p values (1, 'a'), (2, 'b'); insert into c values (7, 1), (8, 2)"

#define ANEW                                                               \
    "create table __new_p (id integer primary key, name text not null);\n" \
    "insert into __new_p select * from p;\ndrop table p;\n"                \
    "alter table __new_p rename to p;\n"

static int open_family(void **state)
{
    return fixture_open(state, NULL, FAMILY);
}

static int open_empty(void **state)
{
    return fixture_open(state, NULL, NULL);
}

/* Proves: K046. */
static void test_keys__a_parent_made_anew(void **state)
{
    fixture *f = *state;
    static const char *const scripts[] = {ANEW, "pragma foreign_keys = on;" ANEW,
                                          "PRAGMA main.foreign_keys(1);" ANEW
                                          "PRAGMA foreign_keys=ON"};
    for (size_t i = 0; i < COUNT_OF_ARRAY(scripts); i++) {
        check_ok(f->db, migrate(f->db, (int64_t)i + 1, scripts[i]));
        check_rows(f->db, "select * from c", "7|1;8|2");
        check_rows(f->db, "select \"table\" from pragma_foreign_key_list('c')", "p");
        check_rows(f->db, "pragma foreign_keys", "1");
        rt_check_sound(f->db);
    }
}

/* Views and triggers that use the table are broken for a moment; SQLite's new way of renaming
 * would refuse. */
static void test_keys__views_and_triggers_stay(void **state)
{
    fixture *f = *state;
    static const char *const names[] = {"p", "`p`", "\"p\"", "[p]\n", "P"};
    check_ok(f->db,
             vg_script(f->db, "create view v as select name from p;"
                              "create trigger t after insert on c begin update p set "
                              "name = name || '!' where id = new.p; end"));
    for (size_t i = 0; i < COUNT_OF_ARRAY(names); i++) {
        char sql[300];
        snprintf(sql, sizeof sql,
                 "create table __new_p (id integer primary key, name text not null);\n"
                 "insert into __new_p select * from p;\ndrop table p;\n"
                 "alter table `__new_p` rename to %s;\n",
                 names[i]);
        check_ok(f->db, migrate(f->db, (int64_t)i + 1, sql));
    }
    check_ok(f->db, vg_script(f->db, "insert into c values (9, 2)"));
    check_rows(f->db, "select * from v", "a;b!");
    check_rows(f->db, "select sql from sqlite_schema where name = 'P'",
               "CREATE TABLE \"P\" (id integer primary key, name text not null)");
    check_rows(f->db, "pragma legacy_alter_table", "0");
    rt_check_sound(f->db);
}

/* That way leaves references to the temporary name as they are: better not at all. */
static void test_keys__own_references_by_the_new_name(void **state)
{
    fixture *f = *state;
    static const char tree[] =
        "create table __new_p (id integer primary key, up integer references "
        "__new_p(id));"
        "insert into __new_p select id, null from p; drop table p;"
        "alter table __new_p rename to p";
    check_ok(f->db, vg_script(f->db, "create view v as select id from p"));
    check_fails(
        f->db, migrate(f->db, 1, tree), VG_DATABASE,
        "m.sql:1: error in view v: no such table: main.p; nothing was changed, 1 is "
        "still to be applied");
    check_rows(f->db, "select name from p", "a;b");
    check_ok(f->db, vg_script(f->db, "drop view v"));
    check_ok(f->db, migrate(f->db, 1, tree));
    check_rows(f->db, "select \"table\" from pragma_foreign_key_list('p')", "p");
}

/* Renaming the old way would leave a good view behind, which uses the table by its old name. */
static void test_keys__a_view_that_was_broken_before(void **state)
{
    fixture *f = *state;
    check_ok(f->db, vg_script(f->db, "create view good as select name from p;"
                                     "create view v as select * from absent"));
    check_fails(
        f->db, migrate(f->db, 1, "alter table p rename to q"), VG_DATABASE,
        "m.sql:1: error in view v: no such table: main.absent; nothing was changed, 1 "
        "is still to be applied");
    check_rows(f->db, "select * from good", "a;b");
}

static void test_keys__a_plain_rename_is_followed(void **state)
{
    fixture *f = *state;
    check_ok(f->db, vg_script(f->db, "create view v as select name from p"));
    check_ok(f->db, migrate(f->db, 1, "pragma legacy_alter_table = on; select 1"));
    check_rows(f->db, "pragma legacy_alter_table", "0");
    check_ok(f->db, migrate(f->db, 2, "alter table p rename to q"));
    check_rows(f->db, "select \"table\" from pragma_foreign_key_list('c')", "q");
    check_rows(f->db, "select * from v", "a;b");
}

/* A trigger goes with its table; a file that means it says so. */
static bool keep_warning(void *ctx, const vg_migrate_event *e)
{
    if (e->kind == VG_MIGRATE_WARNING)
        strncat(ctx, e->text, 400);
    return true;
}

static void test_keys__lost_triggers_are_told(void **state)
{
    fixture *f = *state;
    static const struct {
        const char *sql, *warning;
    } cases[] = {
        {ANEW, "trigger \"g 1\" is gone: table p was made anew without it"},
        {"drop trigger main.[g 1]; " ANEW, ""},
        {ANEW "create trigger \"g 1\" after insert on p begin select 1; end", ""},
        {"alter table p rename to q; create table __new_q (id integer primary key, "
         "name); insert into __new_q select * from q; drop table q;"
         "alter table __new_q rename to q; alter table q rename to p",
         "trigger \"g 1\" is gone: table p was made anew without it"},
        {"create unique index i on p (name);", ""},
        {ANEW "create trigger \"g 1\" after insert on p begin select 1; end",
         "index \"i\" is gone: table p was made anew without it"},
        {"create index i on p (name); drop index i;" ANEW
         "create trigger \"g 1\" after insert on p begin select 1; end",
         ""},
        {"create table q (x); drop table c; drop table p", ""},
    };
    for (size_t i = 0; i < COUNT_OF_ARRAY(cases); i++) {
        char told[500] = "";
        vg_migrate_options options = {.progress = keep_warning, .progress_ctx = told};
        vg_migration one = {.tag = "m", .when = (int64_t)i + 1, .sql = cases[i].sql};
        check_ok(f->db,
                 vg_script(f->db,
                           "drop trigger if exists \"g 1\"; create trigger \"g 1\" "
                           "after insert on p begin select 1; end"));
        check_ok(f->db, vg_migrate(f->db, &(vg_migrations){&one, 1}, &options));
        check_text(told, cases[i].warning);
    }
}

/* ---- new violations ---- */

#define BECAUSE                                                                       \
    "; foreign keys are not enforced while migrations run, so rows that refer to "    \
    "what is "                                                                        \
    "deleted must be deleted or changed, too; nothing was changed, 1 is still to be " \
    "applied"

/* Proves: K046. */
static void test_keys__new_violations_are_refused(void **state)
{
    fixture *f = *state;
    static const struct {
        const char *sql, *message;
    } cases[] = {
        {"delete from p where id = 2", "row 8 of c would refer to no row of p" BECAUSE},
        {"delete from p",
         "2 rows of c would refer to no row of p, row 8 is one" BECAUSE},
        {"drop table p",
         "2 rows of c would refer to no row of p, row 8 is one" BECAUSE},
        {"update p set id = 5 where id = 1",
         "row 7 of c would refer to no row of p" BECAUSE},
        {"insert into c values (1, 99)",
         "row 1 of c would refer to no row of p" BECAUSE},
        {"alter table c add q integer references p(id) default 9",
         "2 rows of c would refer to no row of p, row 8 is one" BECAUSE},
        {"with gone as (select 2) delete from p where id in gone",
         "row 8 of c would refer to no row of p" BECAUSE},
    };
    for (size_t i = 0; i < COUNT_OF_ARRAY(cases); i++) {
        check_fails(f->db, migrate(f->db, 1, cases[i].sql), VG_FOREIGN_KEY,
                    cases[i].message);
        check_text(vg_errinfo(f->db)->table, "c");
        check_rows(f->db, "select * from c", "7|1;8|2");
        check_rows(f->db, "pragma foreign_keys", "1");
        check_rows(f->db,
                   "select count(*) from sqlite_schema where name like '%drizzle%'",
                   "0");
        rt_check_sound(f->db);
    }
    check_ok(f->db, migrate(f->db, 1,
                            "delete from c where p = 2; delete from p where id = 2"));
    check_rows(f->db, "select * from c", "7|1");
}

#define ORPHANS                                                                       \
    "pragma foreign_keys = off; insert into c values (1, 99); pragma foreign_keys = " \
    "on"

static void test_keys__old_violations_are_let_be(void **state)
{
    fixture *f = *state;
    check_ok(f->db, vg_script(f->db, ORPHANS));
    check_ok(f->db, migrate(f->db, 1, "update p set name = 'x'"));
    check_ok(f->db, migrate(f->db, 2,
                            "alter table c rename to d; delete from p where id = 9"));
    check_ok(f->db,
             migrate(f->db, 3, "alter table p rename to q; update d set id = id + 10"));
    check_fails(f->db, migrate(f->db, 4, "delete from q where id = 2"), VG_FOREIGN_KEY,
                "2 rows of d would refer to no row of q (1 do already)" BECAUSE);
    check_fails(f->db, migrate(f->db, 4, "alter table d rename to e; delete from q"),
                VG_FOREIGN_KEY,
                "3 rows of e would refer to no row of q, row 18 is one" BECAUSE);
    check_ok(f->db, migrate(f->db, 4, "delete from d where p = 99"));
    rt_check_sound(f->db);
}

/* SQLite cannot check a key that refers to what is no key. */
static void test_keys__a_key_to_no_key(void **state)
{
    fixture *f = *state;
    check_ok(f->db,
             vg_script(f->db,
                       "pragma foreign_keys = off; create table bad (x references "
                       "p(name)); pragma foreign_keys = on"));
    check_ok(f->db, migrate(f->db, 1, "update p set name = 'y'"));
    check_ok(f->db, migrate(f->db, 2, "drop table bad; update p set name = 'z'"));
    check_fails(
        f->db,
        migrate(f->db, 3,
                "create table bad (x references p(name)); update p set name = "
                "'w'"),
        VG_FOREIGN_KEY,
        "foreign key mismatch - \"bad\" referencing \"p\"; nothing was changed, 1 is "
        "still to be applied");
    check_rows(f->db, "select name from p", "z;z");
}

static void test_keys__off_stays_off(void **state)
{
    (void)state;
    vg_db *db = rt_open(":memory:", &(vg_options){.foreign_keys_off = true});
    check_ok(db, vg_script(db, FAMILY));
    check_ok(db, migrate(db, 1, ANEW));
    check_rows(db, "pragma foreign_keys", "0");
    assert_int_equal(migrate(db, 2, "delete from p"), VG_FOREIGN_KEY);
    check_rows(db, "pragma foreign_keys", "0");
    assert_int_equal(vg_close(db), VG_OK);
}

/* A trigger or conflict clause may end the transaction from inside. */
static void test_keys__a_transaction_that_ends_itself(void **state)
{
    fixture *f = *state;
    check_fails(f->db,
                migrate(f->db, 1,
                        "insert into p values (3, 'c');\n"
                        "insert or rollback into p values (1, 'd')"),
                VG_UNIQUE,
                "m.sql:2: UNIQUE constraint failed: p.id; nothing was changed, 1 is "
                "still to be "
                "applied");
    check_rows(f->db, "select id from p", "1;2");
    check_rows(f->db, "pragma foreign_keys", "1");
    check_ok(f->db, migrate(f->db, 1,
                            "savepoint s; insert into p values (3, 'c'); rollback to "
                            "s; release s"));
    check_rows(f->db, "select id from p", "1;2");
}

/* A migration that changes another table than it says is none. */
static void test_keys__a_temporary_table_of_the_same_name(void **state)
{
    fixture *f = *state;
    static const char *const made[] = {"create temp table P (id)",
                                       "create temp view p as select 1"};
    for (size_t i = 0; i < COUNT_OF_ARRAY(made); i++) {
        check_ok(f->db, vg_script(f->db, made[i]));
        check_fails(f->db, migrate(f->db, 1, "alter table p add x"), VG_MISUSE,
                    i ? "the temporary table p hides the one of the database: drop it, "
                        "or migrate before it is made; nothing was changed, 1 is still "
                        "to be applied"
                      : "the temporary table P hides the one of the database: drop it, "
                        "or migrate before it is made; nothing was changed, 1 is still "
                        "to be applied");
        check_ok(f->db, vg_script(f->db, i ? "drop view p" : "drop table temp.p"));
    }
    check_fails(f->db, migrate(f->db, 1, "create temp table y (a); create table y (b)"),
                VG_MISUSE,
                "the temporary table y hides the one of the database: drop it, or "
                "migrate before it is made; nothing was changed, 1 is still to be "
                "applied");
    check_ok(f->db, vg_script(f->db, "create temp table other (x)"));
    check_ok(f->db, migrate(f->db, 1, "alter table p add x"));
}

int main(void)
{
#define TEST(name) cmocka_unit_test_setup_teardown(name, open_family, fixture_close)
    const struct CMUnitTest tests[] = {
        TEST(test_keys__a_parent_made_anew),
        TEST(test_keys__views_and_triggers_stay),
        TEST(test_keys__own_references_by_the_new_name),
        TEST(test_keys__a_view_that_was_broken_before),
        TEST(test_keys__a_plain_rename_is_followed),
        TEST(test_keys__lost_triggers_are_told),
        TEST(test_keys__new_violations_are_refused),
        TEST(test_keys__old_violations_are_let_be),
        TEST(test_keys__a_key_to_no_key),
        TEST(test_keys__a_temporary_table_of_the_same_name),
        TEST(test_keys__a_transaction_that_ends_itself),
        cmocka_unit_test_setup_teardown(test_keys__off_stays_off, open_empty,
                                        fixture_close),
    };
    return cmocka_run_group_tests_name("migrate_keys", tests, NULL, NULL);
}
