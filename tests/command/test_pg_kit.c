/* The kit's commands on PostgreSQL: push, pull, generate with questions, drift, check, squash,
 * rebase and drop. */
#include "command_pg.h"

static void prepare(void)
{
    expect_run(0, "virga init --dialect postgresql");
    schema_write("COLUMN(name, TEXT),\n    COLUMN(age, INT)");
}

/* Proves: K061 K076. */
static void test_pg_kit__push_asks_before_a_loss(void **state)
{
    (void)state;
    prepare();
    expect_run(0, "virga push --dry-run");
    expect_out("CREATE TABLE \"users\"");
    sql("select to_regclass('users')", "\n");
    expect_run(2, "virga push --strict");
    expect_err("--force says yes");
    expect_run(0, "virga push");
    expect_run(0, "virga push --strict");
    expect_out("No changes detected");
    sql("insert into users (name, age) values ('a', 1), ('b', 2)", "");
    schema_write("COLUMN(name, TEXT)");
    expect_run(2, "virga push");
    expect_out("loses data: column users.age and its 2 values are dropped");
    expect_run(2, "virga push -o json");
    expect_out("\"status\": \"undecided\"");
    expect_out("\"rows\": 2");
    schema_write("COLUMN(name, TEXT),\n    COLUMN(years, INT)");
    expect_run(2, "virga push");
    expect_err("--rename users.age=users.years");
    expect_run(0, "virga push --rename users.age=users.years");
    sql("select sum(years) from users", "3\n");
    schema_write("");
    expect_run(0, "virga push --force --verbose");
    expect_out("DROP COLUMN");
    expect_run(0, "virga push");
    expect_out("No changes detected");
}

/* Proves: K069. */
static void test_pg_kit__pull_is_in_sync(void **state)
{
    (void)state;
    sql("create type mood as enum ('sad', 'ok'); create table users (id bigint primary "
        "key "
        "generated always as identity, mood mood default 'ok', tags text[] not null); "
        "create materialized view moods as select mood, count(*) as n from users group "
        "by 1",
        "");
    expect_run(0, "virga init --dialect postgresql && rm -f schema.h");
    expect_run(0, "virga pull --out pulled");
    assert_non_null(strstr(file_read("pulled/schema.h"), "OPTIONS(MATERIALIZED)"));
    expect_run(0, "virga generate --out pulled --schema pulled/schema.h");
    expect_out("No schema changes");
    expect_run(0, "virga push --schema pulled/schema.h");
    expect_out("No changes detected");
}

/* Proves: K040. */
static void test_pg_kit__generate_asks(void **state)
{
    (void)state;
    prepare();
    expect_run(0, "virga generate --name init");
    schema_write("COLUMN(full_name, TEXT),\n    COLUMN(years, INT)");
    expect_run(2, "virga generate");
    expect_err("2 questions to answer first");
    expect_err("--rename users.age=users.years");
    expect_run(2, "virga generate --output json");
    expect_out("\"status\": \"undecided\"");
    expect_run(0, "virga generate --name x --rename users.name=users.full_name "
                  "--rename users.age=users.years");
    assert_string_equal(file_read("migrations/0001_x.sql"),
                        "ALTER TABLE \"users\" RENAME COLUMN \"name\" TO \"full_name\";"
                        "--> statement-breakpoint\n"
                        "ALTER TABLE \"users\" RENAME COLUMN \"age\" TO \"years\";");
}

/* Proves: K083. */
static void test_pg_kit__status_says_drift(void **state)
{
    (void)state;
    prepare();
    expect_run(0, "virga generate --name init");
    expect_run(0, "virga migrate");
    expect_run(0, "virga status --drift");
    sql("alter table users drop column age, add note text", "");
    expect_run(1, "virga status --drift");
    expect_out("table users: column age is missing in the database");
    expect_out(
        "table users: column note is in the database, but not in the migrations");
    expect_run(1, "virga status --drift -o json");
    expect_out("column note is in the database");
}

/* The migrations are tried in a database of the server that is said. */
static void test_pg_kit__check_on_a_scratch_server(void **state)
{
    (void)state;
    prepare();
    expect_run(0, "virga generate --name init");
    expect_run(0, "virga check --scratch-url \"$DATABASE_URL\"");
    file_write("migrations/0000_init.sql", "CREATE TABLE users (id bigin);");
    expect_run(1, "virga check --scratch-url \"$DATABASE_URL\"");
    expect_out("bigin");
    sql("select to_regclass('users')", "\n");
    sql("select count(*) from pg_database where datname like 'virga%scratch%'", "0\n");
}

static void test_pg_kit__squash_of_what_is_applied(void **state)
{
    (void)state;
    prepare();
    expect_run(0, "virga generate --name one");
    schema_write("COLUMN(name, TEXT),\n    COLUMN(age, INT),\n    COLUMN(more, JSONB)");
    expect_run(0, "virga generate --name two");
    expect_run(0, "virga migrate");
    expect_run(0, "virga squash --scratch-url \"$DATABASE_URL\"");
    assert_false(file_there("migrations/0000_one.sql"));
    expect_run(0, "virga status");
    expect_out("1 applied, 0 pending");
    expect_run(0, "virga migrate");
    expect_out("Nothing to apply");
    expect_run(0, "virga generate");
    expect_out("No schema changes");
    expect_run(0, "virga check --scratch-url \"$DATABASE_URL\"");
}

/* Two branches have made a migration each; the one that came second is written anew. */
static void test_pg_kit__rebase_of_a_branch(void **state)
{
    (void)state;
    prepare();
    expect_run(0, "virga generate --name init");
    expect_run(0, "cp -r migrations theirs");
    schema_write("COLUMN(name, TEXT),\n    COLUMN(age, INT),\n    COLUMN(a, INT)");
    expect_run(0, "virga generate --name a --out theirs");
    schema_write("COLUMN(name, TEXT),\n    COLUMN(age, INT),\n    COLUMN(b, INT)");
    expect_run(0, "virga generate --name b");
    /* What git leaves: both files, and both sides of the journal and the snapshot. */
    expect_run(0,
               "cp theirs/0001_a.sql theirs/0001_a.down.sql migrations/; "
               "for f in _journal 0001_snapshot; do "
               "{ echo '<<<<<<< HEAD'; cat theirs/meta/$f.json; echo; echo '======='; "
               "cat migrations/meta/$f.json; echo; echo '>>>>>>> b'; } >.both; "
               "cp .both migrations/meta/$f.json; done");
    expect_run(0, "virga rebase --scratch-url \"$DATABASE_URL\"");
    schema_write("COLUMN(name, TEXT),\n    COLUMN(age, INT),\n    COLUMN(a, INT),\n"
                 "    COLUMN(b, INT)");
    expect_run(0, "virga generate");
    expect_out("No schema changes");
    expect_run(0, "virga migrate");
    sql("select count(*) from information_schema.columns where table_name = 'users'",
        "5\n");
}

/* What has run in part is rolled back by nobody: the file is needed still. */
static void test_pg_kit__drop_of_what_is_half_done(void **state)
{
    (void)state;
    expect_run(0, "virga init --dialect postgresql");
    expect_run(0, "virga generate --custom --name a");
    file_write("migrations/0000_a.sql",
               "create table t (a int);\ninsert into t values (1), (1);\n"
               "create unique index concurrently u on t (a);");
    expect_run(1, "virga migrate");
    expect_err("half done");
    expect_run(1, "virga drop --tag a");
    expect_err("half");
    assert_true(file_there("migrations/0000_a.sql"));
    sql("delete from t", "");
    expect_run(0, "virga migrate");
    expect_run(1, "virga drop --tag a");
    expect_err("applied");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        PG_TEST(test_pg_kit__push_asks_before_a_loss),
        PG_TEST(test_pg_kit__pull_is_in_sync),
        PG_TEST(test_pg_kit__generate_asks),
        PG_TEST(test_pg_kit__status_says_drift),
        PG_TEST(test_pg_kit__check_on_a_scratch_server),
        PG_TEST(test_pg_kit__squash_of_what_is_applied),
        PG_TEST(test_pg_kit__rebase_of_a_branch),
        PG_TEST(test_pg_kit__drop_of_what_is_half_done),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
