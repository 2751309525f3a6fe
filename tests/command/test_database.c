/* migrate, rollback, status, push: what they say and what they leave. */
#include "command.h"

static void prepare(void)
{
    file_write("virga.json",
               "{\"schema\": \"schema.h\", \"dbCredentials\": {\"url\": \"a.db\"}}");
    schema_write("COLUMN(name, TEXT)");
    expect_run(0, "virga generate --name init");
    schema_write("COLUMN(name, TEXT),\n    COLUMN(age, INTEGER)");
    expect_run(0, "virga generate --name age");
}

/* The failing statement is shown with its file and line, and nothing has changed. */
/* Proves: K038. */
static void test_migrate__shows_the_line(void **state)
{
    (void)state;
    prepare();
    expect_run(0, "virga generate --custom --name seed");
    file_write("migrations/0002_seed.sql",
               "-- two people\n"
               "insert into users (name) values ('a');\n"
               "--> statement-breakpoint\n\n"
               "insert into usrs (name)\n  values ('b');\n");
    expect_run(1, "virga migrate");
    expect_err("migrations/0002_seed.sql:5: no such table: usrs");
    expect_err("     5 | insert into usrs (name)");
    expect_err("     6 |   values ('b')");
    expect_run(0, "virga status");
    expect_out("0 applied, 3 pending");
    expect_run(1, "virga migrate --each -o json");
    expect_out("\"line\": 5");
    expect_out("\"migration\": \"0002_seed\"");
    expect_run(0, "virga status");
    expect_out("2 applied, 1 pending");
}

/* What is printed as applied is. */
static void test_migrate__says_it_after_the_commit(void **state)
{
    (void)state;
    prepare();
    expect_run(0, "virga generate --custom --name orphan");
    file_write("migrations/0002_orphan.sql",
               "create table posts (author integer references users (id));\n"
               "insert into posts values (7);\n");
    expect_run(1, "virga migrate");
    expect_err("row 1 of posts would refer to no row of users");
    expect_err("nothing was changed");
    assert_null(strstr(out, "0000_init"));
    expect_run(1, "virga migrate --each");
    expect_out("0001_");
    assert_null(strstr(out, "0002_orphan"));
}

static void test_migrate__to_dry_run_and_rehearsal(void **state)
{
    (void)state;
    prepare();
    expect_run(0, "virga migrate --dry-run");
    expect_out("CREATE TABLE `users`");
    expect_out("-- a.db: 2 migrations would be applied");
    assert_false(file_there("a.db"));
    static const char *const names[] = {"0", "0000", "init", "0000_init"};
    for (size_t i = 0; i < COUNT(names); i++) {
        char line[100];
        snprintf(line, sizeof line, "rm -f a.db; virga migrate --to %s", names[i]);
        expect_run(0, line);
        expect_out("1 migration applied");
    }
    expect_run(3, "virga migrate --to 0000_inti");
    expect_err("there is no such migration in migrations; did you mean 0000_init?");
    expect_run(0, "virga migrate --rehearse --backup before.db --verbose");
    expect_out("ALTER TABLE `users` ADD `age` integer;");
    expect_err("Rehearsal on a copy");
    expect_err("Backup to before.db");
    assert_true(file_there("before.db"));
    expect_run(0, "virga status --url before.db");
    expect_out("1 applied, 1 pending");
}

static void test_rollback__asks_before_a_loss(void **state)
{
    (void)state;
    prepare();
    expect_run(1, "virga rollback");
    expect_err("there is no database a.db");
    expect_run(0, "virga migrate");
    expect_run(2, "virga rollback");
    expect_out("ALTER TABLE `users` DROP COLUMN `age`");
    expect_err("--force says yes");
    expect_run(0, "virga rollback --dry-run");
    expect_out("1 migration would be taken back");
    expect_run(0, "virga rollback --force --to init");
    expect_out("1 migration taken back from a.db");
    expect_run(0, "virga rollback --to init");
    expect_out("Nothing to take back");
    expect_run(0, "virga migrate");
    expect_run(3, "virga rollback --to init --steps 1");
    expect_run(0, "virga rollback --force --steps all -o json");
    expect_out("\"done\": [\n    \"0001_age\",\n    \"0000_init\"\n  ]");
}

/* Proves: K039. */
static void test_status__names_what_is_wrong(void **state)
{
    (void)state;
    prepare();
    expect_run(0, "virga status");
    expect_out("a.db (made by the first virga migrate)");
    expect_out("pending       0000_init");
    expect_run(0, "virga migrate");
    expect_run(0, "printf '\\n-- more' >> migrations/0001_age.sql");
    expect_run(1, "virga status");
    expect_out("changed       0001_age");
    expect_out("changed: the file is not what was applied");
    expect_run(1, "virga migrate");
    expect_err("0001_age was changed after it was applied");
    expect_run(0, "virga migrate --allow-changed");
    expect_run(0, "virga drop --tag age --force");
    expect_run(1, "virga status -o json");
    expect_out("\"state\": \"missing\"");
    expect_out("\"status\": \"differs\"");
}

/* Proves: K009 K010 K076. */
static void test_push__asks_before_a_loss(void **state)
{
    (void)state;
    prepare();
    expect_run(0, "virga push --dry-run");
    expect_out("CREATE TABLE `users`");
    assert_false(file_there("a.db"));
    expect_run(2, "virga push --strict");
    expect_err("--force says yes");
    expect_run(0, "virga push");
    expect_out("Changes applied to a.db: 1 statement");
    expect_run(0, "virga push --strict");
    expect_out("No changes detected");
    expect_run(
        0, "sqlite3 a.db \"insert into users (name, age) values ('a', 1), ('b', 2)\"");
    schema_write("COLUMN(name, TEXT)");
    expect_run(2, "virga push");
    expect_out("loses data: column users.age and its 2 values are dropped");
    expect_run(2, "virga push -o json");
    expect_out("\"status\": \"undecided\"");
    expect_out("\"rows\": 2");
    expect_run(0, "sqlite3 a.db 'select sum(age) from users'");
    expect_out("3");
    schema_write("COLUMN(name, TEXT),\n    COLUMN(years, INTEGER)");
    expect_run(2, "virga push");
    expect_err("--rename users.age=users.years");
    expect_run(0, "virga push --rename users.age=users.years");
    expect_run(0, "sqlite3 a.db 'select sum(years) from users'");
    expect_out("3");
    schema_write("");
    expect_run(0, "virga push --force --verbose");
    expect_out("DROP COLUMN");
    expect_run(0, "virga push");
    expect_out("No changes detected: a.db is like the schema");
}

static void test_database__cannot_be_opened(void **state)
{
    (void)state;
    prepare();
    expect_run(1, "virga migrate --url none/a.db");
    expect_err("none/a.db");
    file_write("text.db",
               "this is no database, and longer than a header of a hundred bytes, "
               "so that SQLite looks at it and says what it thinks of it");
    expect_run(1, "virga migrate --url text.db");
    expect_run(1, "virga status --url text.db -o json");
    expect_out("\"code\": \"VG_CORRUPT\"");
    file_write("virga.json", "{\"schema\": \"schema.h\"}");
    expect_run(3, "virga migrate");
    expect_err("which database? Write dbCredentials.url in virga.json");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        COMMAND_TEST(test_migrate__shows_the_line),
        COMMAND_TEST(test_migrate__says_it_after_the_commit),
        COMMAND_TEST(test_migrate__to_dry_run_and_rehearsal),
        COMMAND_TEST(test_rollback__asks_before_a_loss),
        COMMAND_TEST(test_status__names_what_is_wrong),
        COMMAND_TEST(test_push__asks_before_a_loss),
        COMMAND_TEST(test_database__cannot_be_opened),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
