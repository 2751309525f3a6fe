/* The way of somebody who begins: from an empty folder to a rename and back. */
#include "command.h"

/* Proves: K001 K002 K007. */
static void test_newcomer__first_steps(void **state)
{
    (void)state;
    expect_run(0, "virga init");
    expect_out("virga.json");
    expect_out("schema.h");
    expect_out("Next: virga generate --name init");

    expect_run(0, "virga generate --name init");
    expect_out("migrations/0000_init.sql");
    assert_non_null(
        strstr(file_read("migrations/0000_init.sql"), "CREATE TABLE `users`"));
    expect_run(0, "virga generate");
    expect_out("No schema changes, nothing to migrate");

    expect_run(0, "virga migrate");
    expect_out("0000_init");
    expect_out("1 migration applied to app.db");
    expect_run(0, "virga migrate");
    expect_out("Nothing to apply");
    expect_run(
        0,
        "sqlite3 app.db \"insert into users (email, name) values ('a@b.c', 'Ada')\"");

    expect_run(0, "sed -i 's/COLUMN(name, /COLUMN(full_name,/' schema.h");
    expect_run(2, "virga generate --name full_name");
    expect_err("--rename users.name=users.full_name");
    expect_run(0,
               "virga generate --name full_name --rename users.name=users.full_name");
    assert_string_equal(file_read("migrations/0001_full_name.sql"),
                        "ALTER TABLE `users` RENAME COLUMN \"name\" TO \"full_name\";");
    expect_run(0, "virga status");
    expect_out("pending       0001_full_name");
    expect_run(0, "virga migrate");
    expect_run(0, "sqlite3 app.db 'select full_name from users'");
    expect_out("Ada");
    expect_run(0, "virga status");
    expect_out("2 applied, 0 pending");

    expect_run(0, "virga rollback");
    expect_out("0001_full_name");
    expect_run(0, "sqlite3 app.db 'select name from users'");
    expect_out("Ada");
    expect_run(0, "virga status");
    expect_out("1 applied, 1 pending");
}

static void test_init__leaves_what_is_there(void **state)
{
    (void)state;
    file_write("schema.h", "mine");
    expect_run(0, "virga init --url file:blog.db --out db/steps");
    expect_out("schema.h is there already");
    assert_string_equal(file_read("schema.h"), "mine");
    assert_non_null(strstr(file_read("virga.json"), "\"file:blog.db\""));
    assert_non_null(strstr(file_read("virga.json"), "\"db/steps\""));
    expect_run(0, "virga init --output json");
    expect_out("\"made\": []");
}

/* Proves: K003. */
static void test_generate__one_after_the_other(void **state)
{
    (void)state;
    schema_write("");
    file_write("virga.json", "{\"schema\": \"schema.h\"}");
    for (int i = 0; i < 6; i++) {
        char line[100];
        snprintf(line, sizeof line, "virga generate --custom --name step%d", i);
        expect_run(0, line);
    }
    assert_non_null(strstr(file_read("migrations/0005_step5.sql"), "-- Custom SQL"));
    expect_run(0, "virga generate --name table --dry-run");
    expect_out("-- migrations/0006_table.sql would be written: 1 statement");
    expect_out("CREATE TABLE `users`");
    assert_false(file_there("migrations/0006_table.sql"));
    expect_run(0, "virga generate --name table");
    expect_run(0, "virga check");
    expect_out("Everything is in order: 7 migrations");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        COMMAND_TEST(test_newcomer__first_steps),
        COMMAND_TEST(test_generate__one_after_the_other),
        COMMAND_TEST(test_init__leaves_what_is_there),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
