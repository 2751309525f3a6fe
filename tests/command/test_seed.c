/* virga seed: what it says and what it leaves. */
#include "command.h"

static void prepare(void)
{
    file_write("virga.json",
               "{\"schema\": \"schema.h\", \"sources\": \"seeds.c\",\n"
               " \"dbCredentials\": {\"url\": \"a.db\"},\n"
               " \"seed\": {\"number\": 3, \"count\": [\"6\", \"posts=4\"]}}");
    file_write("schema.h",
               "#pragma once\n#include <virga/virga.h>\n"
               "TABLE(users,\n    COLUMN(id, INTEGER, PRIMARY_KEY),\n"
               "    COLUMN(email, TEXT, NOT_NULL, UNIQUE),\n"
               "    COLUMN(age, INTEGER))\n"
               "TABLE(posts,\n    COLUMN(id, INTEGER, PRIMARY_KEY),\n"
               "    COLUMN(author_id, INTEGER, NOT_NULL, REFERENCES(users, id)),\n"
               "    COLUMN(title, TEXT))\n"
               "SCHEMA(blog, users, posts)\n");
    file_write("seeds.c",
               "#include \"schema.h\"\n#include <virga/seed.h>\n"
               "VG_SEED_PLAN_OF(blog, VG_SEED(users.age, vg_gen_int(.min = 7, "
               ".max = 7)))\n");
}

/* Proves: D001 D003. */
static void test_seed__by_the_configuration(void **state)
{
    (void)state;
    prepare();
    expect_run(1, "virga seed");
    expect_err("a.db does not exist; virga push or virga migrate makes it");
    expect_run(0, "virga push");
    expect_run(0, "virga seed");
    expect_out("users: 6 rows");
    expect_out("posts: 4 rows");
    expect_out("a.db seeded by the number 3: 10 rows in 2 tables");
    expect_run(0,
               "sqlite3 a.db 'select count(*), sum(age), (select count(*) from posts) "
               "from users'");
    expect_out("6|42|4");
    expect_run(1, "virga seed");
    expect_err("if the table had rows before");
}

/* Proves: D002. */
static void test_seed__asks_before_a_reset(void **state)
{
    (void)state;
    prepare();
    expect_run(0, "virga push && virga seed --reset --table users=3");
    expect_run(2, "virga seed --reset");
    expect_err("--force");
    expect_run(0, "virga seed --reset --force --table users=2 -o json");
    expect_out("\"status\": \"ok\"");
    expect_out("\"rows\": 2");
    expect_run(0, "sqlite3 a.db 'select * from users' >1 && virga seed --reset --force "
                  "--table users=2 && sqlite3 a.db 'select * from users' | cmp - 1");
}

static void test_seed__some_tables(void **state)
{
    (void)state;
    prepare();
    expect_run(0, "virga push");
    expect_run(1, "virga seed --only posts");
    expect_err("users has no rows to refer to");
    expect_run(0, "virga seed --except posts");
    expect_run(0, "virga seed --only posts --table posts=7");
    expect_run(0, "sqlite3 a.db 'select (select count(*) from users), (select count(*) "
                  "from posts)'");
    expect_out("6|7");
    expect_run(3, "virga seed --only post");
    expect_err("--only post: there is no such table; did you mean posts?");
    expect_run(3, "virga seed --count pots=3");
    expect_err("did you mean posts?");
    expect_run(3, "virga seed --count many");
    expect_err("--count many: not a number");
    expect_run(3, "virga seed --count 0");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        COMMAND_TEST(test_seed__by_the_configuration),
        COMMAND_TEST(test_seed__asks_before_a_reset),
        COMMAND_TEST(test_seed__some_tables),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
