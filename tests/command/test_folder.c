/* check, up, drop, squash, rebase, embed. */
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

static void test_check__says_file_and_line(void **state)
{
    (void)state;
    prepare();
    expect_run(0, "virga check");
    expect_out("Everything is in order: 2 migrations");
    expect_run(0, "virga up");
    expect_out("All snapshots have the present format");
    file_write("migrations/0001_age.sql", "ALTER TABLE `users` ADD `age integer;");
    expect_run(1, "virga check");
    expect_out("error: migrations/0001_age.sql");
    expect_run(1, "virga check -o json");
    expect_out("\"severity\": \"error\"");
    expect_run(0, "rm migrations/0001_age.sql");
    expect_run(1, "virga check");
    expect_out("1 mistake");
    file_write("migrations/meta/_journal.json", "{");
    expect_run(1, "virga check");
    expect_run(1, "virga generate");
    expect_err("migrations/meta/_journal.json:1");
}

static void test_drop__removes_one(void **state)
{
    (void)state;
    prepare();
    expect_run(2, "virga drop");
    expect_err("--tag 0001_age");
    expect_run(3, "virga drop --tag 7");
    expect_run(0, "virga migrate");
    expect_run(1, "virga drop --tag age");
    expect_err("0001_age");
    expect_run(0, "virga drop --tag age --force");
    expect_out("- migrations/0001_age.sql");
    assert_false(file_there("migrations/0001_age.sql"));
    expect_run(0, "virga generate --name age");
    assert_true(file_there("migrations/0001_age.sql"));
}

static void test_squash__and_other_databases(void **state)
{
    (void)state;
    prepare();
    expect_run(0, "virga migrate && virga migrate --url b.db");
    expect_run(0, "virga squash --from init --name all");
    expect_out("migrations/0001_all.sql");
    expect_run(0, "virga status");
    expect_out("1 applied, 0 pending");
    expect_run(1, "virga status --url b.db");
    expect_run(0, "virga migrate --url b.db");
    expect_out("squashed or renumbered since: noted in b.db");
    expect_run(0, "virga status --url b.db");
    expect_out("1 applied, 0 pending");
    expect_run(0, "virga check");
    expect_run(0, "virga generate");
    expect_out("No schema changes");
    expect_run(1, "virga squash");
}

/* Two branches, each with a second migration; git merges them with a torn journal. */
static void test_rebase__after_a_merge(void **state)
{
    (void)state;
    if (run("git --version"))
        return;
    file_write("virga.json",
               "{\"schema\": \"schema.h\", \"dbCredentials\": {\"url\": \"a.db\"}}");
    schema_write("COLUMN(name, TEXT)");
    expect_run(0, "virga generate --name init && git init -q -b main . && "
                  "git config user.email a@b.c && git config user.name a && "
                  "git add migrations schema.h virga.json && git commit -qm init && "
                  "git checkout -qb other");
    schema_write("COLUMN(name, TEXT),\n    COLUMN(age, INTEGER)");
    expect_run(
        0, "virga generate --name age && git add migrations && git commit -qam age && "
           "git checkout -q main");
    schema_write("COLUMN(name, TEXT),\n    COLUMN(phone, TEXT)");
    expect_run(
        0,
        "virga generate --name phone && git add migrations && git commit -qam phone");
    expect_run(1, "git merge -q other");
    schema_write(
        "COLUMN(name, TEXT),\n    COLUMN(age, INTEGER),\n    COLUMN(phone, TEXT)");
    expect_run(0, "virga rebase");
    expect_out("migrations/0002_");
    expect_run(0, "virga check");
    expect_run(0, "virga migrate");
    expect_out("3 migrations applied");
    expect_run(0, "virga rebase");
    expect_out("Nothing to rebase");
}

/* Proves: K034. */
static void test_embed__writes_c(void **state)
{
    (void)state;
    prepare();
    expect_run(0, "virga embed");
    expect_out("const vg_migrations app_migrations");
    expect_run(0, "virga embed --file m.c --symbol shop_migrations");
    assert_non_null(strstr(file_read("m.c"), "const vg_migrations shop_migrations"));
    expect_run(1, "virga embed --symbol '1 x'");
    expect_run(0, "virga embed -o json");
    expect_out("\"text\": \"");
}

#define OLD_SQL                                                              \
    "create table users (id integer primary key, \"int\" text not null);"    \
    "create table posts (id integer primary key, author integer references " \
    "users(id));"                                                            \
    "create index posts_author on posts (author); create table _log (line text);"

/* Proves: K012 K013 K027 R037. */
static void test_pull__a_database_that_is_there(void **state)
{
    (void)state;
    file_write("old.sql", OLD_SQL);
    expect_run(0, "sqlite3 old.db < old.sql");
    expect_run(1, "virga pull --url none.db");
    expect_err("there is no database none.db");
    expect_run(0, "virga pull --url old.db --out db --tables-filter '!_*' --init");
    expect_out("db/schema.h: 2 tables, 4 columns, 1 index, 1 foreign key");
    expect_out("applied to old.db");
    expect_out("Next: name it in virga.json, \"schema\": \"db/schema.h\"");
    assert_non_null(strstr(file_read("db/schema.h"), "NAME(\"int\")"));
    assert_non_null(strstr(file_read("db/schema.h"), "REFERENCES(users, id)"));

    file_write("virga.json",
               "{\"schema\": \"db/schema.h\", \"out\": \"db\", \"tablesFilter\": "
               "\"!_*\", \"dbCredentials\": {\"url\": \"old.db\"}}");
    expect_run(0, "virga generate");
    expect_out("No schema changes, nothing to migrate");
    expect_run(0, "virga migrate");
    expect_out("Nothing to apply");
    expect_run(0, "virga push");
    expect_out("No changes detected");
    expect_run(0, "virga status --drift");
    expect_out("No drift");
    expect_run(0, "sqlite3 old.db 'drop index posts_author'");
    expect_run(1, "virga status --drift");
    expect_out("drift: ");
    expect_out("posts_author");

    /* A header that was changed by hand is not lost. */
    expect_run(0, "echo '// mine' >> db/schema.h");
    expect_run(2, "virga pull");
    expect_err("--force says yes");
    assert_non_null(strstr(file_read("db/schema.h"), "// mine"));
    expect_run(0, "virga pull --force --introspect-casing camel");
    assert_null(strstr(file_read("db/schema.h"), "// mine"));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        COMMAND_TEST(test_check__says_file_and_line),
        COMMAND_TEST(test_drop__removes_one),
        COMMAND_TEST(test_squash__and_other_databases),
        COMMAND_TEST(test_rebase__after_a_merge),
        COMMAND_TEST(test_pull__a_database_that_is_there),
        COMMAND_TEST(test_embed__writes_c),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
