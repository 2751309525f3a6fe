/* vg_migrate: the table of Drizzle, what is applied, what is odd, what is told. */
#include "check.h"
#include "rt_bank.h"
#include <sqlite3.h>
#include <stdio.h>

static const vg_migration list[] = {
    {.tag = "0000_init",
     .when = 1000,
     .hash = "one",
     .sql =
         "CREATE TABLE `users` (\n\t`id` integer PRIMARY KEY,\n\t`name` text\n);\n"
         "--> statement-breakpoint\n"
         "CREATE TABLE `posts` (\n\t`id` integer PRIMARY KEY,\n\t`user_id` integer NOT "
         "NULL,\n\tFOREIGN KEY (`user_id`) REFERENCES `users`(`id`) ON DELETE "
         "cascade\n);\n"},
    {.tag = "0001_rows",
     .when = 2000,
     .hash = "two",
     .sql = "insert into users values (1, 'Ada'), (2, 'Bob');\n"
            "insert into posts values (10, 1), (11, 2);"},
    {.tag = "0002_recreate",
     .when = 3000,
     .hash = "three",
     .sql =
         "PRAGMA foreign_keys=OFF;--> statement-breakpoint\n"
         "CREATE TABLE `__new_users` (\n\t`id` integer PRIMARY KEY,\n\t`name` text NOT "
         "NULL\n);\n--> statement-breakpoint\n"
         "INSERT INTO `__new_users`(\"id\", \"name\") SELECT \"id\", \"name\" FROM "
         "`users`;--> statement-breakpoint\n"
         "DROP TABLE `users`;--> statement-breakpoint\n"
         "ALTER TABLE `__new_users` RENAME TO `users`;--> statement-breakpoint\n"
         "PRAGMA foreign_keys=ON;"},
};
static const vg_migrations all = {list, 3};

static vg_migrations first(size_t count)
{
    return (vg_migrations){list, count};
}

#define ROWS \
    "select hash is not null, created_at from __drizzle_migrations order by rowid"

/* ---- the table and the rule ---- */

/* Proves: K007 K035 K036. */
static void test_migrate__applies_in_turn(void **state)
{
    fixture *f = *state;
    vg_migrations two = first(2);
    size_t count = 9;
    vg_migrate_options options = {.count = &count};
    check_ok(f->db, vg_migrate(f->db, &two, &options));
    assert_int_equal(count, 2);
    check_rows(f->db,
               "select id, hash, created_at, typeof(created_at) from "
               "__drizzle_migrations",
               "null|one|1000|integer;null|two|2000|integer");
    check_rows(
        f->db, "select sql from sqlite_schema where name = '__drizzle_migrations'",
        "CREATE TABLE \"__drizzle_migrations\" (\n\t\t\t\tid SERIAL PRIMARY KEY,\n"
        "\t\t\t\thash text NOT NULL,\n\t\t\t\tcreated_at numeric\n\t\t\t)");
    check_ok(f->db, vg_migrate(f->db, &all, &options));
    assert_int_equal(count, 1);
    check_rows(f->db, ROWS, "1|1000;1|2000;1|3000");
    check_ok(f->db, vg_migrate(f->db, &all, &options));
    assert_int_equal(count, 0);
    check_rows(f->db, ROWS, "1|1000;1|2000;1|3000");
    rt_check_sound(f->db);
}

/* Proves: K046. */
static void test_migrate__keeps_rows_of_a_recreated_parent(void **state)
{
    fixture *f = *state;
    for (int unit = 0; unit < 2; unit++) {
        vg_migrate_options each = {.unit = unit ? VG_MIGRATE_EACH : VG_MIGRATE_ALL};
        check_ok(f->db, vg_migrate(f->db, &all, &each));
        check_rows(f->db, "select id, user_id from posts", "10|1;11|2");
        check_rows(f->db, "pragma foreign_keys", "1");
        check_ok(f->db,
                 vg_script(f->db, "drop table posts; drop table users; drop table "
                                  "__drizzle_migrations"));
    }
}

/* Without a hash it is applied all the same; an edit goes unnoticed. */
static void test_migrate__hash_that_is_not_known(void **state)
{
    fixture *f = *state;
    static const vg_migration
        bare[] = {{.tag = "a", .when = 1, .sql = "select 1"},
                  {.tag = "b", .when = 2, .sql = "", .hash = ""}},
        hashed[] = {{.tag = "a", .when = 1, .sql = "select 2", .hash = "x"},
                    {.tag = "b", .when = 2, .sql = "", .hash = "y"}};
    check_ok(f->db, vg_migrate(f->db, &(vg_migrations){bare, 2}, NULL));
    check_rows(f->db, "select hash, created_at from __drizzle_migrations", "|1;|2");
    check_ok(f->db, vg_migrate(f->db, &(vg_migrations){hashed, 2}, NULL));
    check_ok(f->db, vg_script(f->db, "update __drizzle_migrations set hash = 'z'"));
    check_ok(f->db, vg_migrate(f->db, &(vg_migrations){bare, 2}, NULL));
    check_rows(f->db, "select count(*) from __drizzle_migrations", "2");
}

static void test_migrate__table_of_another_name(void **state)
{
    fixture *f = *state;
    vg_migrate_options odd = {.table = "the \"table\""};
    check_ok(f->db, vg_migrate(f->db, &all, &odd));
    check_rows(f->db, "select count(*) from \"the \"\"table\"\"\"", "3");
    check_ok(f->db, vg_migrate(f->db, &all, &odd));
    check_rows(f->db, "select count(*) from \"the \"\"table\"\"\"", "3");
    odd.table = "";
    check_fails(f->db, vg_migrate(f->db, &all, &odd), VG_INVALID,
                "vg_migrate: the name of the table is empty");
}

/* A table as later versions of Drizzle make it, and as drivers without hashes fill it. */
/* Proves: K037. */
static void test_migrate__other_writers_rows(void **state)
{
    fixture *f = *state;
    check_ok(
        f->db,
        vg_script(f->db,
                  "create table __drizzle_migrations (id integer primary key, hash "
                  "text not null, created_at numeric, name text, applied_at text);"
                  "insert into __drizzle_migrations values (1, '', 1000, '0000', "
                  "'2026'), (2, '', '2000', '0001', null);"
                  "create table users (id integer primary key, name text)"));
    check_ok(f->db, vg_migrate(f->db, &all, NULL));
    check_rows(f->db, "select id, created_at, hash from __drizzle_migrations",
               "1|1000|;2|2000|;3|3000|three");
}

/* On a fresh database the order is the list's, whatever the times; the same time twice. */
static void test_migrate__times_that_do_not_grow(void **state)
{
    fixture *f = *state;
    static const vg_migration odd[] = {
        {.tag = "a", .when = 500, .sql = "create table t (x)"},
        {.tag = "b", .when = 300, .sql = "insert into t values (1)"},
        {.tag = "c", .when = 500, .sql = "insert into t values (2)"},
    };
    vg_migrations three = {odd, 3}, two = {odd, 2};
    for (int i = 0; i < 2; i++) {
        check_ok(f->db, vg_migrate(f->db, &three, NULL));
        check_rows(f->db, "select x from t", "1;2");
    }
    check_rows(f->db, ROWS, "1|500;1|300;1|500");
    check_ok(f->db, vg_script(f->db, "drop table t; delete from __drizzle_migrations"));
    check_ok(f->db,
             vg_migrate(f->db, &three, &(vg_migrate_options){.unit = VG_MIGRATE_EACH}));
    check_rows(f->db, ROWS, "1|500;1|300;1|500");
    check_ok(f->db, vg_script(f->db, "drop table t; delete from __drizzle_migrations"));
    check_ok(f->db, vg_migrate(f->db, &two, NULL));
    check_fails(
        f->db, vg_migrate(f->db, &three, NULL), VG_INVALID,
        "c was never applied, and is older than others that were; give it a later "
        "time (rebase), or allow it to be applied out of order");
    check_ok(f->db,
             vg_migrate(f->db, &three,
                        &(vg_migrate_options){.out_of_order = VG_MIGRATE_ALLOW}));
    check_rows(f->db, "select x from t", "1;2");
}

static void test_migrate__up_to_a_tag(void **state)
{
    fixture *f = *state;
    vg_migrate_options to = {.to = "0001_rows"};
    check_ok(f->db, vg_migrate(f->db, &all, &to));
    check_rows(f->db, ROWS, "1|1000;1|2000");
    to.to = "0000_init";
    check_ok(f->db, vg_migrate(f->db, &all, &to));
    check_rows(f->db, ROWS, "1|1000;1|2000");
    to.to = "0001";
    check_fails(f->db, vg_migrate(f->db, &all, &to), VG_INVALID,
                "vg_migrate: there is no migration 0001");
    check_ok(f->db, vg_migrate(f->db, &all, NULL));
    check_rows(f->db, ROWS, "1|1000;1|2000;1|3000");
}

/* ---- what is odd ---- */

typedef struct told {
    char text[4096];
    int stop_at, calls; /* stop at that call; 0: never */
} told;

static const char *const kinds[] = {"statement", "done",  "committed", "backup",
                                    "rehearsal", "check", "warning"};

static bool tell(void *ctx, const vg_migrate_event *e)
{
    told *t = ctx;
    size_t at = strlen(t->text);
    snprintf(t->text + at, sizeof t->text - at, "%s%s%s%s %zu/%zu %zu/%zu :%d %u%s%s\n",
             e->dry_run ? "dry " : "", e->rehearsal ? "trial " : "",
             e->rollback ? "back " : "", kinds[e->kind], e->migration_number,
             e->migration_count, e->statement_number, e->statement_count, e->line,
             e->flags, e->text ? " " : "", e->text ? e->text : "");
    assert_true(e->elapsed_ns >= 0);
    return ++t->calls != t->stop_at;
}

/* Proves: K039. */
static void test_migrate__a_changed_migration(void **state)
{
    fixture *f = *state;
    vg_migration other[3];
    told t = {.calls = 0};
    memcpy(other, list, sizeof other);
    other[1].sql = "insert into users values (3, 'Cyd')";
    other[1].hash = "another";
    vg_migrations edited = {other, 3}, two = first(2);
    check_ok(f->db, vg_migrate(f->db, &two, NULL));
    check_fails(f->db, vg_migrate(f->db, &edited, NULL), VG_INVALID,
                "0001_rows was changed after it was applied (its SHA-256 was "
                "two..., now it is another...); put it back as it was, and the "
                "change into a new migration");
    check_rows(f->db, ROWS, "1|1000;1|2000");
    vg_migrate_options allow = {
        .changed = VG_MIGRATE_ALLOW, .progress = tell, .progress_ctx = &t};
    check_ok(f->db, vg_migrate(f->db, &edited, &allow));
    assert_non_null(strstr(t.text,
                           "warning 0/0 0/0 :0 0 0001_rows was changed after it was "
                           "applied\n"));
    check_rows(f->db, "select count(*) from users", "2");
}

static void test_migrate__other_line_ends(void **state)
{
    fixture *f = *state;
    static const vg_migration unix_ends[] = {{.tag = "a",
                                              .when = 5,
                                              .sql =
                                                  "create table t (\n x);\n\nselect 1;",
                                              .hash = "unix",
                                              .hash_eol = "dos"}},
                              dos_ends[] = {{.tag = "a",
                                             .when = 5,
                                             .sql = "create table t (\r\n x);\r\n\r\n"
                                                    "select 1;",
                                             .hash = "dos",
                                             .hash_eol = "unix"}};
    const vg_migrations both[] = {{unix_ends, 1}, {dos_ends, 1}};
    for (int i = 0; i < 2; i++) {
        told t = {.calls = 0};
        vg_migrate_options options = {.progress = tell, .progress_ctx = &t};
        check_ok(f->db, vg_migrate(f->db, &both[i], NULL));
        check_ok(f->db, vg_migrate(f->db, &both[!i], &options));
        check_text(t.text,
                   "warning 0/0 0/0 :0 0 a has other line ends than when it was "
                   "applied\n");
        check_rows(f->db, "select count(*) from __drizzle_migrations", "1");
        check_ok(f->db,
                 vg_script(f->db, "drop table t; drop table __drizzle_migrations"));
    }
}

/* Somebody gave it another time after it was applied: it does not run twice. */
static void test_migrate__a_moved_migration(void **state)
{
    fixture *f = *state;
    vg_migration moved[3];
    memcpy(moved, list, sizeof moved);
    moved[0].when = 1500;
    vg_migrations again = {moved, 3};
    check_ok(f->db, vg_migrate(f->db, &all, NULL));
    check_ok(f->db, vg_migrate(f->db, &again, NULL));
    check_rows(f->db, ROWS, "1|1000;1|2000;1|3000");
}

static void test_migrate__bad_lists(void **state)
{
    fixture *f = *state;
    static const vg_migration twice[] = {{.tag = "a", .sql = ""},
                                         {.tag = "a", .sql = ""}},
                              untold[] = {{.tag = "a"}}, nameless[] = {{.sql = ""}};
    static const struct {
        vg_migrations list;
        int code;
        const char *message;
    } cases[] = {
        {{twice, 2}, VG_INVALID, "vg_migrate: a is there twice"},
        {{untold, 1}, VG_INVALID, "vg_migrate: a has no SQL"},
        {{nameless, 1}, VG_INVALID, "vg_migrate: migration 1 has no tag"},
        {{NULL, 1}, VG_MISUSE, "vg_migrate: the list of migrations is NULL"},
    };
    for (size_t i = 0; i < COUNT_OF_ARRAY(cases); i++)
        check_fails(f->db, vg_migrate(f->db, &cases[i].list, NULL), cases[i].code,
                    cases[i].message);
    check_fails(f->db, vg_migrate(f->db, NULL, NULL), VG_MISUSE,
                "vg_migrate: the list of migrations is NULL");
    check_ok(f->db, vg_migrate(f->db, &(vg_migrations){NULL, 0}, NULL));
    check_rows(f->db, "select count(*) from sqlite_schema", "0");
}

static void test_migrate__refuses_where_it_cannot_be(void **state)
{
    fixture *f = *state;
    VG_TRANSACTION(f->db, tx) {
        assert_int_equal(vg_migrate(f->db, &all, NULL), VG_MISUSE);
    }
    assert_int_equal(vg_result(f->db), VG_MISUSE);
    check_text(vg_errmsg(f->db), "vg_migrate: a transaction is open");
    vg_cursor *cursor;
    int64_t *n;
    check_ok(f->db, vg_query(f->db, &cursor, &n, SELECT_VALUE(SQL(INTEGER, "1"))));
    check_fails(f->db, vg_migrate(f->db, &all, NULL), VG_MISUSE,
                "vg_migrate: a cursor is open");
    check_ok(f->db, vg_finish(cursor));
    check_rows(f->db, "select count(*) from sqlite_schema", "0");
}

/* ---- what a file may have ---- */

static void test_migrate__refuses_statements(void **state)
{
    fixture *f = *state;
    static const struct {
        const char *sql, *message;
        size_t len;
    } cases[] = {
        {"create table t (x);\n\n begin;",
         "x.sql:3: BEGIN, COMMIT and ROLLBACK do not belong "
         "into a migration: it runs in a transaction anyway",
         0},
        {"/* a */ Commit transaction",
         "x.sql:1: BEGIN, COMMIT and ROLLBACK do not belong into a migration: it runs "
         "in a "
         "transaction anyway",
         0},
        {"select 1;\r\nVACUUM into 'x'",
         "x.sql:2: the statement cannot run in a transaction, which a migration is; "
         "run it by "
         "itself",
         0},
        {"select 1; select '\0'", "x.sql:1: the statement has a NUL in it", 20},
    };
    for (size_t i = 0; i < COUNT_OF_ARRAY(cases); i++) {
        const vg_migration one = {
            .tag = "x", .when = 1, .sql = cases[i].sql, .sql_len = cases[i].len};
        vg_migrations only = {&one, 1};
        check_fails(f->db, vg_migrate(f->db, &only, NULL), VG_INVALID,
                    cases[i].message);
        check_rows(f->db, "select count(*) from sqlite_schema", "0");
    }
}

/* Proves: K033. */
static void test_migrate__says_where_it_failed(void **state)
{
    fixture *f = *state;
    vg_migration broken[4];
    memcpy(broken, list, sizeof list);
    broken[3] = (vg_migration){.tag = "0003_x",
                               .when = 4000,
                               .path = "db/0003_x.sql",
                               .sql = "create table a (x);\n--> statement-breakpoint\n"
                                      "create table b (\n  y integer,\n  z integer "
                                      "primary kee\n);\nselect 1;"};
    vg_migrations four = {broken, 4}, three = {broken, 3};
    check_fails(
        f->db, vg_migrate(f->db, &four, NULL), VG_SYNTAX,
        "db/0003_x.sql:5: near \"kee\": syntax error; nothing was changed, 4 are "
        "still to be applied");
    check_rows(f->db, "select count(*) from sqlite_schema", "0");
    check_rows(f->db, "pragma foreign_keys", "1");
    vg_migrate_options each = {.unit = VG_MIGRATE_EACH};
    check_fails(
        f->db, vg_migrate(f->db, &four, &each), VG_SYNTAX,
        "db/0003_x.sql:5: near \"kee\": syntax error; 3 are applied, the last is "
        "0002_recreate; 1 is not");
    check_rows(f->db, ROWS, "1|1000;1|2000;1|3000");
    check_ok(f->db, vg_migrate(f->db, &three, NULL));
    broken[3].sql = "create table ok (x)";
    check_ok(f->db, vg_migrate(f->db, &four, NULL));
}

static void test_migrate__several_statements_and_triggers(void **state)
{
    fixture *f = *state;
    static const vg_migration one = {
        .tag = "a",
        .when = 1,
        .sql =
            "\xef\xbb\xbf-- a file by hand\r\ncreate table t (x text, [y;z] int);\r\n"
            "create trigger g after insert on t begin\r\n"
            "  update t set x = case when x = ';' then 'a;b' else x end; -- end;\r\n"
            "  insert into log values (new.x);\r\n"
            "end;\r\n"
            "create table log (x);;\r\n--> statement-breakpoint\r\n-- nothing\r\n"
            "--> statement-breakpoint\r\ninsert into t values (';', 1);\r\n"};
    vg_migrations only = {&one, 1};
    check_ok(f->db, vg_migrate(f->db, &only, NULL));
    check_rows(f->db, "select x, \"y;z\" from t", "a;b|1");
    check_rows(f->db, "select x from log", ";");
}

/* ---- what is told ---- */

static void test_migrate__progress(void **state)
{
    fixture *f = *state;
    told t = {.calls = 0};
    vg_migrate_options options = {
        .progress = tell, .progress_ctx = &t, .to = "0001_rows"};
    check_ok(f->db, vg_migrate(f->db, &all, &options));
    check_text(
        t.text,
        "statement 1/2 1/2 :1 0 CREATE TABLE `users` (\n\t`id` integer PRIMARY "
        "KEY,\n\t`name` text\n)\n"
        "statement 1/2 2/2 :6 0 CREATE TABLE `posts` (\n\t`id` integer PRIMARY "
        "KEY,\n\t`user_id` integer NOT NULL,\n\tFOREIGN KEY (`user_id`) REFERENCES "
        "`users`(`id`) ON DELETE cascade\n)\n"
        "done 1/2 0/2 :0 0\n"
        "statement 2/2 1/2 :1 0 insert into users values (1, 'Ada'), (2, 'Bob')\n"
        "statement 2/2 2/2 :2 0 insert into posts values (10, 1), (11, 2)\n"
        "done 2/2 0/2 :0 0\n"
        "check 0/2 0/0 :0 0\n"
        "committed 0/2 0/0 :0 0\n");
    for (int i = 1; i <= 8; i++) {
        t = (told){.stop_at = i};
        options.to = NULL;
        check_fails(
            f->db, vg_migrate(f->db, &all, &options), VG_INTERRUPTED,
            "the progress function said stop; nothing was changed, 1 is still to be "
            "applied");
        check_rows(f->db, ROWS, "1|1000;1|2000");
    }
}

/* Proves: K039. */
static void test_migrate__dry_run(void **state)
{
    fixture *f = *state;
    told t = {.calls = 0};
    size_t count = 0;
    vg_migrations two = first(2);
    vg_migrate_options dry = {
        .progress = tell, .progress_ctx = &t, .dry_run = true, .count = &count};
    check_ok(f->db, vg_migrate(f->db, &two, NULL));
    uint64_t before = rt_fingerprint(f->db);
    check_ok(f->db, vg_migrate(f->db, &all, &dry));
    assert_int_equal(count, 1);
    assert_true(rt_fingerprint(f->db) == before);
    check_text(
        t.text,
        "dry statement 1/1 1/6 :1 2 PRAGMA foreign_keys=OFF\n"
        "dry statement 1/1 2/6 :2 0 CREATE TABLE `__new_users` (\n\t`id` integer "
        "PRIMARY KEY,\n\t`name` text NOT NULL\n)\n"
        "dry statement 1/1 3/6 :7 0 INSERT INTO `__new_users`(\"id\", \"name\") SELECT "
        "\"id\", \"name\" FROM `users`\n"
        "dry statement 1/1 4/6 :8 1 DROP TABLE `users`\n"
        "dry statement 1/1 5/6 :9 0 ALTER TABLE `__new_users` RENAME TO `users`\n"
        "dry statement 1/1 6/6 :10 2 PRAGMA foreign_keys=ON\n"
        "dry done 1/1 0/6 :0 0\n");
}

static int open_empty(void **state)
{
    return fixture_open(state, NULL, NULL);
}

int main(void)
{
#define TEST(name) cmocka_unit_test_setup_teardown(name, open_empty, fixture_close)
    const struct CMUnitTest tests[] = {
        TEST(test_migrate__applies_in_turn),
        TEST(test_migrate__keeps_rows_of_a_recreated_parent),
        TEST(test_migrate__hash_that_is_not_known),
        TEST(test_migrate__table_of_another_name),
        TEST(test_migrate__other_writers_rows),
        TEST(test_migrate__times_that_do_not_grow),
        TEST(test_migrate__up_to_a_tag),
        TEST(test_migrate__a_changed_migration),
        TEST(test_migrate__other_line_ends),
        TEST(test_migrate__a_moved_migration),
        TEST(test_migrate__bad_lists),
        TEST(test_migrate__refuses_where_it_cannot_be),
        TEST(test_migrate__refuses_statements),
        TEST(test_migrate__says_where_it_failed),
        TEST(test_migrate__several_statements_and_triggers),
        TEST(test_migrate__progress),
        TEST(test_migrate__dry_run),
    };
    return cmocka_run_group_tests_name("migrate", tests, NULL, NULL);
}
