/* vg_migrate on PostgreSQL: the table of Drizzle, what stays of a failure, statements that run
 * outside of transactions. */
#include "migrate/split.h"
#include "pg.h"
#include <stdio.h>
#include <virga/migrate.h>

static const vg_migration list[] = {
    {.tag = "0000_init",
     .when = 1000,
     .hash = "one",
     .sql =
         "CREATE TYPE \"public\".\"role\" AS ENUM('user', 'admin');"
         "--> statement-breakpoint\n"
         "CREATE TABLE \"users\" (\n\t\"id\" serial PRIMARY KEY NOT NULL,\n\t\"role\" "
         "\"role\" DEFAULT 'user' NOT NULL\n);\n"
         "--> statement-breakpoint\n"
         "CREATE FUNCTION f() RETURNS int LANGUAGE sql AS $$ select 1; $$;",
     .down = "DROP FUNCTION f();\nDROP TABLE \"users\";\nDROP TYPE \"role\";"},
    {.tag = "0001_rows",
     .when = 2000,
     .hash = "two",
     .sql =
         "insert into users default values; insert into users (role) values ('admin')",
     .down = "delete from users"},
    {.tag = "0002_posts",
     .when = 3000,
     .hash = "three",
     .sql = "create table posts (id bigint primary key, user_id int references users)",
     .down = "drop table posts"},
};
static const vg_migrations all = {list, 3};

#define ROWS "select id, hash, created_at from drizzle.__drizzle_migrations order by id"

static int setup(void **state)
{
    return pg_fixture_open(state, NULL, NULL);
}

static void check_refused(fixture *f, const vg_migrations *m, int code,
                          const char *text)
{
    assert_int_equal(vg_migrate(f->db, m, NULL), code);
    if (!strstr(vg_errmsg(f->db), text))
        fail_msg("%s\nhas not\n%s", vg_errmsg(f->db), text);
}

/* ---- the table and the rule ---- */

/* Proves: K007 K035 K036. */
static void test_pg_migrate__applies_in_turn(void **state)
{
    fixture *f = *state;
    size_t count = 9;
    vg_migrate_options options = {.count = &count};
    vg_migrations two = {list, 2};
    check_ok(f->db, vg_migrate(f->db, &two, &options));
    assert_int_equal(count, 2);
    check_pg(f->url, ROWS, "1|one|1000;2|two|2000");
    check_pg(f->url,
             "select column_name, data_type, column_default, is_nullable from "
             "information_schema.columns where table_schema = 'drizzle' order by "
             "ordinal_position",
             "id|integer|nextval('drizzle.__drizzle_migrations_id_seq'::regclass)|NO;"
             "hash|text|null|NO;created_at|bigint|null|YES");
    check_ok(f->db, vg_migrate(f->db, &all, &options));
    assert_int_equal(count, 1);
    check_ok(f->db, vg_migrate(f->db, &all, &options));
    assert_int_equal(count, 0);
    check_pg(f->url, ROWS, "1|one|1000;2|two|2000;3|three|3000");
    check_pg(f->url, "select id, role from users order by id", "1|user;2|admin");
}

static void test_pg_migrate__another_table(void **state)
{
    fixture *f = *state;
    vg_migrate_options options = {.table = "Mine \"x\"", .schema = "my schema"};
    check_ok(f->db, vg_migrate(f->db, &all, &options));
    check_pg(f->url, "select count(*) from \"my schema\".\"Mine \"\"x\"\"\"", "3");
    check_pg(f->url, "select to_regnamespace('drizzle')", "null");
    check_ok(f->db, vg_migrate(f->db, &all, &options));
    check_pg(f->url, "select count(*) from \"my schema\".\"Mine \"\"x\"\"\"", "3");
    options.schema = "";
    assert_int_equal(vg_migrate(f->db, &all, &options), VG_INVALID);
}

/* A role that may not create schemas uses the one that is there. */
static void test_pg_migrate__without_the_right_to_create_schemas(void **state)
{
    fixture *f = *state;
    char url[PG_URL];
    vg_db *db;
    pg_exec(f->url, "create schema drizzle authorization guest; grant all on schema "
                    "public to guest");
    check_ok(f->db, vg_open(&db, pg_url_as(url, f->url, "guest:guest"), NULL));
    check_ok(db, vg_migrate(db, &all, NULL));
    check_ok(db, vg_migrate(db, &all, NULL));
    vg_close(db);
    check_pg(f->url, "select count(*) from drizzle.__drizzle_migrations", "3");
}

static void test_pg_migrate__status_and_rollback(void **state)
{
    fixture *f = *state;
    vg_arena arena = {0};
    vg_migration_status_list status;
    vg_migrate_options back = {.steps = 2};
    check_ok(f->db, vg_migration_status(f->db, &arena, &all, NULL, &status));
    assert_int_equal(status.pending, 3);
    check_pg(f->url, "select to_regnamespace('drizzle')", "null");
    check_ok(f->db, vg_migrate(f->db, &all, NULL));
    check_ok(f->db, vg_migration_status(f->db, &arena, &all, NULL, &status));
    assert_int_equal(status.applied, 3);
    check_ok(f->db, vg_rollback_migrations(f->db, &all, &back));
    check_pg(f->url, ROWS, "1|one|1000");
    back.steps = -1;
    check_ok(f->db, vg_rollback_migrations(f->db, &all, &back));
    check_pg(f->url, "select count(*) from drizzle.__drizzle_migrations", "0");
    check_pg(f->url, "select to_regclass('users'), to_regtype('role')", "null|null");
    vg_arena_free(&arena);
}

/* ---- failures ---- */

/* Each migration is a transaction, unless the whole run is to be one. */
static void test_pg_migrate__failure_undoes_its_migration(void **state)
{
    fixture *f = *state;
    const vg_migration broken[] = {
        list[0],
        {.tag = "0001_bad",
         .when = 2000,
         .hash = "bad",
         .sql = "create table a (b text);\n\ninsert into a values (1);\n"
                "insert into a (b)\n  values ('\xc3\xa9'), (nope);\nselect 1"}};
    vg_migrations two = {broken, 2};
    check_refused(
        f, &two, VG_SCHEMA,
        "0001_bad.sql:5: column \"nope\" does not exist; 1 is applied, the last "
        "is 0000_init; 1 is not");
    const vg_error *e = vg_errinfo(f->db);
    assert_string_equal(e->sqlstate, "42703");
    assert_int_equal(e->position, 37);
    check_pg(f->url,
             "select count(*), to_regclass('a') from drizzle.__drizzle_migrations",
             "1|null");
    check_ok(f->db, vg_rollback_migrations(f->db, &two, NULL));
    vg_migrate_options whole = {.unit = VG_MIGRATE_ALL};
    assert_int_equal(vg_migrate(f->db, &two, &whole), VG_SCHEMA);
    check_pg(f->url, "select count(*) from drizzle.__drizzle_migrations", "0");
    check_pg(f->url, "select to_regclass('users')", "null");
}

static void test_pg_migrate__refuses_before_it_runs(void **state)
{
    fixture *f = *state;
    static const char *const texts[] = {"create table a (b int); commit;",
                                        "copy a from stdin", "start transaction"};
    for (size_t i = 0; i < COUNT_OF_ARRAY(texts); i++) {
        vg_migration m[] = {list[0], {.tag = "0001_x", .when = 2000, .sql = texts[i]}};
        check_refused(f, &(vg_migrations){m, 2}, VG_INVALID, "0001_x.sql:1: ");
        check_pg(f->url, "select to_regnamespace('drizzle')", "null");
    }
    check_ok(f->db, vg_script(f->db, "create temporary table users (id int)"));
    pg_exec(f->url, "create table users (id int)");
    check_refused(f, &all, VG_MISUSE, "the temporary table users hides the one");
}

static void test_pg_migrate__what_statements_do(void **state)
{
    enum { ALONE = VG_DOES_ALONE, LOSE = VG_DOES_LOSE, TX = VG_DOES_TRANSACTION };
    static const struct {
        const char *sql;
        unsigned does;
    } cases[] = {
        {"create index concurrently i on t (a)", ALONE},
        {"CREATE UNIQUE INDEX CONCURRENTLY IF NOT EXISTS i ON t (a)", ALONE},
        {"create index \"concurrently\" on t (a)", 0},
        {"drop index concurrently if exists i", ALONE},
        {"reindex table concurrently t", ALONE},
        {"reindex (verbose, concurrently) index i", ALONE},
        {"reindex index i", 0},
        {"reindex (verbose) database d", ALONE},
        {"vacuum (full) t", ALONE},
        {"create database d", ALONE},
        {"drop database d", ALONE | LOSE},
        {"alter system set a = 1", ALONE},
        {"alter table t detach partition s.p concurrently", ALONE},
        {"alter table t detach partition p", 0},
        {"alter type s.e add value 'x'", VG_DOES_VALUE},
        {"alter type e rename value 'x' to 'y'", 0},
        {"begin", TX},
        {"start transaction", TX},
        {"commit", TX},
        {"commit prepared 'a'", ALONE},
        {"rollback to savepoint a", 0},
        {"copy t (a) from stdin", VG_DOES_INPUT},
        {"copy t from '/a'", 0},
        {"drop table t", LOSE},
        {"truncate t", LOSE},
        {"alter table only s.t drop column a", LOSE},
        {"alter table t drop a", LOSE},
        {"alter table t drop constraint a", 0},
        {"alter table t alter a drop not null", 0},
        {"alter table t alter a drop default", 0},
        {"with a as (select 1) delete from t", LOSE},
        {"drop schema s", 0},
        {"drop schema s cascade", LOSE},
        {"create function f() returns void language sql as $$ delete from t $$", 0},
    };
    fixture *f = *state;
    for (size_t i = 0; i < COUNT_OF_ARRAY(cases); i++) {
        unsigned does = vg__statement_does(vg__migrator_of(f->db), cases[i].sql,
                                           strlen(cases[i].sql));
        if (does != cases[i].does)
            fail_msg("%s: %u, not %u", cases[i].sql, does, cases[i].does);
    }
}

/* ---- outside of transactions ---- */

#define PROGRESS "select to_regclass('drizzle.__drizzle_migrations_progress')"

static void test_pg_migrate__statements_alone(void **state)
{
    fixture *f = *state;
    const vg_migration m[] = {
        list[0],
        {.tag = "0001_index",
         .when = 2000,
         .hash = "i",
         .sql = "insert into users default values;\n"
                "create index concurrently role_idx on users (role);\n"
                "create unique index concurrently on users (id, role);\n"
                "insert into users default values;\nvacuum users"}};
    vg_migrations two = {m, 2};
    check_ok(f->db, vg_migrate(f->db, &two, NULL));
    check_pg(f->url,
             "select count(*), count(*) filter (where indisvalid) from pg_index "
             "where indrelid = 'users'::regclass",
             "3|3");
    check_pg(f->url, "select count(*) from users", "2");
    check_pg(f->url, PROGRESS, "null");
    check_pg(f->url, ROWS, "1|one|1000;2|i|2000");
    check_pg(f->url,
             "select count(*) from pg_locks where locktype = 'advisory' and database = "
             "(select oid from pg_database where datname = current_database())",
             "0");
    check_ok(f->db, vg_migrate(f->db, &two, NULL));
}

/* A unique index that cannot be: what came before it stays, the index goes, and the next run
 * goes on there. */
static void test_pg_migrate__half_done_goes_on(void **state)
{
    fixture *f = *state;
    vg_arena arena = {0};
    vg_migration_status_list status;
    vg_migration m = {.tag = "0000_u",
                      .when = 1000,
                      .hash = "u",
                      .sql = "create table t (a int);\ninsert into t values (1), (1);\n"
                             "create unique index concurrently u on t (a);\n"
                             "insert into t values (3)"};
    vg_migrations one = {&m, 1};
    check_refused(f, &one, VG_UNIQUE,
                  "0000_u.sql:3: could not create unique index \"u\" (Key (a)=(1) is "
                  "duplicated); 0000_u is half done: "
                  "2 of its 4 statements have run, and the next run goes on there");
    check_pg(f->url, "select to_regclass('u'), count(*) from t", "null|2");
    check_pg(f->url,
             "select created_at, statements, running from "
             "drizzle.__drizzle_migrations_progress",
             "1000|2|f");
    check_ok(f->db, vg_migration_status(f->db, &arena, &one, NULL, &status));
    assert_int_equal(status.pending, 1);
    assert_int_equal(status.data[0].statements, 2);
    check_refused(f, &one, VG_UNIQUE, "0000_u.sql:3: ");
    vg_migration other = m;
    other.sql = "create table t (a bigint);\ninsert into t values (1), (1);\nselect 1";
    check_refused(f, &(vg_migrations){&other, 1}, VG_INVALID,
                  "0000_u is half done: its first 2 statements have run, and they are "
                  "others in 0000_u.sql now");
    pg_exec(f->url, "delete from t where ctid = '(0,1)'");
    check_ok(f->db, vg_migrate(f->db, &one, NULL));
    check_pg(f->url, "select a from t order by a", "1;3");
    check_pg(f->url, "select indisvalid from pg_index where indexrelid = 'u'::regclass",
             "t");
    check_pg(f->url, PROGRESS, "null");
    vg_arena_free(&arena);
}

#define BROKEN_INDEX                                                         \
    "create index u on t (a); update pg_index set indisvalid = false where " \
    "indexrelid = 'u'::regclass"

/* What had been begun when the program died: each of the ways in which it may have ended. */
static void test_pg_migrate__finds_out_how_it_ended(void **state)
{
    fixture *f = *state;
    static const char *const ended[] = {"select 1", "create index u on t (a)",
                                        BROKEN_INDEX};
    vg_migration m = {.tag = "0000_u",
                      .when = 1000,
                      .hash = "u",
                      .sql = "create table t (a int);\n"
                             "create index concurrently u on t (a);\n"
                             "insert into t values (3)"};
    for (size_t i = 0; i < COUNT_OF_ARRAY(ended); i++) {
        vg_migration cut = m;
        cut.sql = "create table t (a int);\ncreate index concurrently u on t (nope)";
        check_refused(f, &(vg_migrations){&cut, 1}, VG_SCHEMA, "0000_u.sql:2: ");
        pg_exec(f->url,
                "update drizzle.__drizzle_migrations_progress set running = true");
        pg_exec(f->url, ended[i]);
        check_ok(f->db, vg_migrate(f->db, &(vg_migrations){&m, 1}, NULL));
        check_pg(f->url,
                 "select indisvalid, indisready, count(*) over (), a from pg_index, t "
                 "where indrelid = 't'::regclass",
                 "t|t|1|3");
        pg_exec(f->url, "drop table t; drop schema drizzle cascade");
    }
}

/* An index that is not valid, and not of this migration, is told of. */
static void test_pg_migrate__index_of_others_that_is_not_valid(void **state)
{
    fixture *f = *state;
    vg_migration m = {
        .tag = "0000_u", .when = 1000, .sql = "create index concurrently u on t (a);"};
    pg_exec(f->url, "create table t (a int); create index u on t (a); update pg_index "
                    "set indisvalid = false where indexrelid = 'u'::regclass");
    check_refused(
        f, &(vg_migrations){&m, 1}, VG_INVALID,
        "index u is there and not valid: a CREATE INDEX CONCURRENTLY has failed "
        "before. Drop it (DROP INDEX CONCURRENTLY u)");
    pg_exec(f->url, "drop index u");
    check_ok(f->db, vg_migrate(f->db, &(vg_migrations){&m, 1}, NULL));
}

/* A value of an enum can be used after it was committed only. */
static void test_pg_migrate__values_are_committed_before_use(void **state)
{
    fixture *f = *state;
    const vg_migration m[] = {
        list[0],
        {.tag = "0001_value",
         .when = 2000,
         .sql = "ALTER TYPE \"public\".\"role\" ADD VALUE 'guest' BEFORE 'user';"
                "--> statement-breakpoint\n"
                "ALTER TABLE users ALTER role SET DEFAULT 'guest'::role;\n"
                "insert into users default values"},
        {.tag = "0002_last",
         .when = 3000,
         .sql = "ALTER TYPE role ADD VALUE IF NOT EXISTS 'last'"},
        {.tag = "0003_use",
         .when = 4000,
         .sql = "insert into users (role) values ('last')"},
    };
    vg_migrate_options whole = {.unit = VG_MIGRATE_ALL};
    check_ok(f->db, vg_migrate(f->db, &(vg_migrations){m, 4}, &whole));
    check_pg(f->url, "select role from users order by id", "guest;last");
    check_pg(f->url, PROGRESS, "null");
    check_pg(f->url, "select count(*) from drizzle.__drizzle_migrations", "4");
}

/* A pooler lends another session for each transaction: what needs its own is refused before
 * anything runs, the rest does as ever. */
static void test_pg_migrate__through_a_pooler(void **state)
{
    fixture *f = *state;
    char url[PG_URL];
    vg_db *db;
    const vg_migration m[] = {
        list[0],
        {.tag = "0001_x",
         .when = 2000,
         .sql = "create table x (a int);\ncreate index concurrently i on x (a)"}};
    check_ok(f->db,
             vg_open(&db, pg_url_at(url, f->url, pg_server("POOLER_URL")), NULL));
    check_ok(db, vg_migrate(db, &(vg_migrations){m, 1}, NULL));
    assert_int_equal(vg_migrate(db, &(vg_migrations){m, 2}, NULL), VG_UNSUPPORTED);
    assert_non_null(strstr(vg_errmsg(db), "a pooler stands between"));
    vg_close(db);
    check_pg(f->url,
             "select to_regclass('x'), count(*) from drizzle.__drizzle_migrations",
             "null|1");
    check_pg(f->url,
             "select count(*) from pg_locks where locktype = 'advisory' and database = "
             "(select oid from pg_database where datname = current_database())",
             "0");
}

/* ---- trying ---- */

typedef struct told {
    char text[1000];
} told;

static bool tell(void *ctx, const vg_migrate_event *e)
{
    told *t = ctx;
    size_t at = strlen(t->text);
    if (e->kind == VG_MIGRATE_STATEMENT)
        snprintf(t->text + at, sizeof t->text - at, "%s%d%s ", e->rehearsal ? "~" : "",
                 e->line, e->flags & VG_MIGRATE_ALONE ? "!" : "");
    if (e->kind == VG_MIGRATE_UNREHEARSED || e->kind == VG_MIGRATE_WARNING)
        snprintf(t->text + at, sizeof t->text - at, "(%s) ", e->text);
    return true;
}

static void test_pg_migrate__rehearsal_and_dry_run(void **state)
{
    fixture *f = *state;
    told t = {""};
    const vg_migration m[] = {
        list[0],
        {.tag = "0001_x",
         .when = 2000,
         .sql = "create index concurrently i on users (role);\nselect 1"}};
    vg_migrations two = {m, 2};
    vg_migrate_options how = {.dry_run = true, .progress = tell, .progress_ctx = &t};
    check_ok(f->db, vg_migrate(f->db, &two, &how));
    assert_string_equal(t.text, "1 2 7 1! 2 ");
    check_pg(f->url, "select to_regnamespace('drizzle')", "null");
    t.text[0] = 0;
    how.dry_run = false;
    how.rehearse = true;
    check_ok(f->db, vg_migrate(f->db, &two, &how));
    assert_string_equal(
        t.text, "~1 ~2 ~7 (0001_x.sql:1: the rehearsal ends here: what comes now "
                "has to be committed before it can go on) 1 2 7 1! 2 ");
    vg_migration bad = {.tag = "0002_bad",
                        .when = 3000,
                        .sql =
                            "create table p (id int primary key);\n"
                            "create table c (p int references p deferrable initially "
                            "deferred);\ninsert into c values (1);"};
    const vg_migration three[] = {m[0], m[1], bad};
    assert_int_equal(vg_migrate(f->db, &(vg_migrations){three, 3}, &how),
                     VG_FOREIGN_KEY);
    check_pg(f->url, "select to_regclass('p')", "null");
    assert_non_null(strstr(vg_errmsg(f->db), "rehearsal: "));
}

static void test_pg_migrate__fingerprint(void **state)
{
    fixture *f = *state;
    char empty[VG_FINGERPRINT_ROOM], one[VG_FINGERPRINT_ROOM], now[VG_FINGERPRINT_ROOM];
    check_ok(f->db, vg_fingerprint(f->db, NULL, empty));
    check_ok(f->db, vg_migrate(f->db, &all, NULL));
    check_ok(f->db, vg_fingerprint(f->db, NULL, one));
    assert_string_not_equal(empty, one);
    static const char *const changes[] = {
        "alter table users alter role drop default",
        "alter table users add constraint c check (id > 0)",
        "create index i on users (role)",
        "create view v as select 1 as a",
        "alter type role add value 'x'",
        "create or replace function f() returns int language sql as 'select 2'",
        "alter table users enable row level security",
        "create policy p on users using (true)",
        "create sequence s",
        "create domain d as int check (value > 0)",
        "create function f2() returns trigger language plpgsql as 'begin end'",
        "create trigger t before update on users execute function f2()",
        "create schema z; create table z.users (id int)",
    };
    for (size_t i = 0; i < COUNT_OF_ARRAY(changes); i++) {
        char before[VG_FINGERPRINT_ROOM];
        check_ok(f->db, vg_fingerprint(f->db, NULL, before));
        pg_exec(f->url, changes[i]);
        check_ok(f->db, vg_fingerprint(f->db, NULL, now));
        if (strcmp(before, now) == 0)
            fail_msg("not noticed: %s", changes[i]);
    }
    check_ok(f->db, vg_check_fingerprint(f->db, NULL, now));
    assert_int_equal(vg_check_fingerprint(f->db, NULL, one), VG_SCHEMA);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
#define TEST(name) cmocka_unit_test_setup_teardown(name, setup, pg_fixture_close)
        TEST(test_pg_migrate__applies_in_turn),
        TEST(test_pg_migrate__another_table),
        TEST(test_pg_migrate__without_the_right_to_create_schemas),
        TEST(test_pg_migrate__status_and_rollback),
        TEST(test_pg_migrate__failure_undoes_its_migration),
        TEST(test_pg_migrate__refuses_before_it_runs),
        TEST(test_pg_migrate__what_statements_do),
        TEST(test_pg_migrate__statements_alone),
        TEST(test_pg_migrate__half_done_goes_on),
        TEST(test_pg_migrate__finds_out_how_it_ended),
        TEST(test_pg_migrate__index_of_others_that_is_not_valid),
        TEST(test_pg_migrate__values_are_committed_before_use),
        TEST(test_pg_migrate__through_a_pooler),
        TEST(test_pg_migrate__rehearsal_and_dry_run),
        TEST(test_pg_migrate__fingerprint),
    };
    return cmocka_run_group_tests_name("pg_migrate", tests, NULL, NULL);
}
