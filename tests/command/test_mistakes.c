/* What people do wrong: each message says what it was, where, and what to do. */
#include "command.h"

static void begin(void)
{
    expect_run(0, "virga init && virga generate --name init && virga migrate");
    expect_run(0, "sqlite3 app.db \"insert into users (email, name) values "
                  "('a', 'Ada'), ('b', 'Bob')\"");
}

static void test_mistakes__schema_that_is_none(void **state)
{
    (void)state;
    expect_run(0, "virga init");
    file_write("schema.h", "\n");
    expect_run(1, "virga generate");
    expect_err("the schema does not include <virga/virga.h>");
    assert_null(strstr(err, "vg_shape")); /* nothing that follows from it */
    file_write("schema.h", "#include <virga/virga.h>\n<<<<<<< HEAD\nint i;\n");
    expect_run(1, "virga generate");
    expect_err("schema.h:2: git left a conflict here");
    schema_write("");
    expect_run(1, "virga generate --cc 'cc -x c++'");
    expect_err("this is a C++ compiler; name one for C with cc or --cc");
}

static void test_mistakes__places_that_are_not(void **state)
{
    (void)state;
    begin();
    expect_run(1, "virga migrate --url data/app.db");
    expect_err("there is no folder data for the database data/app.db: make it first");
    expect_run(3, "virga migrate --url postgres://me:secret@host/db");
    expect_err("the dialect is sqlite, and postgres://me:***@host/db is a server of "
               "PostgreSQL");
    expect_run(1, "virga migrate --url mysql://me:secret@host/db");
    expect_err("mysql://me:***@host/db is no database that this version");
    static const char *const commands[] = {"migrate", "check", "embed"};
    for (size_t i = 0; i < COUNT(commands); i++) {
        char line[100];
        snprintf(line, sizeof line, "virga %s --out migratoins", commands[i]);
        expect_run(1, line);
        expect_err("there is no folder migratoins");
    }
}

static void test_mistakes__journal_lost_or_in_conflict(void **state)
{
    (void)state;
    begin();
    expect_run(0, "virga generate --custom --name two");
    expect_run(0, "cp migrations/meta/_journal.json journal && "
                  "sed -i '4i <<<<<<< HEAD' migrations/meta/_journal.json");
    expect_run(1, "virga migrate");
    expect_err("_journal.json:4: git left a conflict here; `virga rebase`");
    expect_run(0, "rm migrations/meta/_journal.json");
    static const char *const lines[] = {"virga migrate", "virga generate",
                                        "virga check >&2"};
    for (size_t i = 0; i < COUNT(lines); i++) {
        expect_run(1, lines[i]);
        expect_err("_journal.json: there is no such file, but 2 snapshots beside it");
    }
    expect_run(0, "mv journal migrations/meta/_journal.json && virga check");
}

static void test_mistakes__snapshot_lost(void **state)
{
    (void)state;
    begin();
    expect_run(0, "rm migrations/meta/0000_snapshot.json");
    expect_run(0, "virga generate --name again");
    expect_out("note: 0000_init has no snapshot");
    expect_out("if migrations/meta/0000_snapshot.json was there, bring it back");
}

static void test_mistakes__sql_that_is_none(void **state)
{
    (void)state;
    begin();
    expect_run(0, "virga generate --custom --name two");
    file_write("migrations/0001_two.sql", "insrt into users;");
    expect_run(1, "virga check");
    expect_out("0001_two.sql:1: near \"insrt\": syntax error\n");
    expect_run(1, "virga migrate");
    expect_err("near \"insrt\": syntax error; nothing was changed");
    file_write("migrations/0001_two.sql", "-- nothing\n");
    expect_run(0, "virga migrate");
    expect_run(1, "virga rollback");
    expect_err("there is no migrations/0001_two.down.sql; write the SQL into it");
}

static void test_mistakes__database_in_use(void **state)
{
    (void)state;
    begin();
    expect_run(0, "virga generate --custom --name two");
    expect_run(1, "mkfifo go; (echo 'begin exclusive;'; cat go) | sqlite3 app.db & "
                  "sleep 0.3; virga migrate; status=$?; : >go; wait; exit $status");
    expect_err("database is locked: another program is writing to it; try again");
}

static void test_mistakes__help_says_how_to_say_no(void **state)
{
    (void)state;
    expect_run(0, "virga help generate | tr -s ' \\n' ' '");
    expect_out("between statements; default yes, no by --no-breakpoints");
}

static void test_mistakes__losses_are_said_once(void **state)
{
    (void)state;
    begin();
    expect_run(0, "sed -i '/COLUMN(name,/d' schema.h");
    expect_run(2, "virga push");
    assert_string_equal(out,
                        "loses data: column users.name and its 2 values are dropped\n");
    expect_run(0, "virga push --force");
    expect_run(0, "sed -i 's/TEXT,      NOT_NULL, UNIQUE/TEXT, UNIQUE/' schema.h");
    expect_run(0, "virga generate --name null");
    expect_run(0, "virga migrate --dry-run");
    expect_out("-- loses what was not copied:\nDROP TABLE `users`;");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        COMMAND_TEST(test_mistakes__schema_that_is_none),
        COMMAND_TEST(test_mistakes__places_that_are_not),
        COMMAND_TEST(test_mistakes__journal_lost_or_in_conflict),
        COMMAND_TEST(test_mistakes__snapshot_lost),
        COMMAND_TEST(test_mistakes__sql_that_is_none),
        COMMAND_TEST(test_mistakes__database_in_use),
        COMMAND_TEST(test_mistakes__help_says_how_to_say_no),
        COMMAND_TEST(test_mistakes__losses_are_said_once),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
