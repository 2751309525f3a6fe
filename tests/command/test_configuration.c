/* virga.json, drizzle.config.json, .env and the environment. */
#include "command.h"

/* Proves: K026 K029. */
static void test_configuration__refused_with_file_and_line(void **state)
{
    (void)state;
    static const struct {
        const char *text, *says;
    } cases[] = {
        {"{\n  \"shema\": \"a.h\"\n}",
         "virga.json:2: there is no key \"shema\"; did you mean "
         "\"schema\"?"},
        {"{\n\n\"dbCredentials\": {\n\"urll\": \"a.db\"}}",
         "virga.json:4: there is no key \"dbCredentials.urll\"; did you mean "
         "\"dbCredentials.url\"?"},
        {"{\"url\": \"a.db\"}", "did you mean \"dbCredentials.url\"?"},
        {"{\"xyzzy\": 1}", "there is no key \"xyzzy\"; see man virga.json"},
        {"{\n\"out\": 1}", "virga.json:2: \"out\" must be a text, not a number"},
        {"{\"schema\": [\"a\", 2]}", "\"schema\" must be an array of texts"},
        {"{\"schema\": {}}",
         "\"schema\" must be a text or an array of texts, not an object"},
        {"{\"strict\": \"yes\"}", "\"strict\" must be true or false, not a text"},
        {"{\"migrations\": \"x\"}", "\"migrations\" must be an object, not a text"},
        {"{\"migrations\": {\"prefix\": \"indx\"}}", "did you mean \"index\"?"},
        {"{\n\"dialect\": \"mysql\"}",
         "virga.json:2: \"dialect\": this version of virga knows "
         "sqlite and postgresql, not \"mysql\""},
        {"{\n\"casing\": \"snake_case\"}",
         "virga.json:2: \"casing\" means nothing to virga: the "
         "header says it: #define VG_CASING SNAKE_CASE"},
        {"{\"dialect\": \"sqlite\",\n\"dbCredentials\": {\"host\": \"h\"}}",
         "virga.json:2: \"dbCredentials.host\" means nothing to virga: SQLite has no "
         "server; write dbCredentials.url"},
        {"{\"dbCredentials\": {\"host\": true}}",
         "\"dbCredentials.host\" must be a text, not true or false"},
        {"{\"dialect\": \"sqlite\", \"schemaFilter\": \"a\"}", "SQLite has no schemas"},
        {"{\"dialect\": \"sqlite\", \"entities\": {\"roles\": {\"exclude\": \"a\"}}}",
         "SQLite has no roles"},
        {"{\n  \"out\": \"a\",\n}", "virga.json:3:"},
        {"{\"out\": \"a\", \"out\": \"b\"}", "virga.json:1:"},
        {"[]", "virga.json:1: not an object"},
        {"", "virga.json:1:"},
    };
    for (size_t i = 0; i < COUNT(cases); i++) {
        file_write("virga.json", cases[i].text);
        expect_run(3, "virga export");
        expect_err(cases[i].says);
    }
    expect_run(3, "virga export --config none.json");
    expect_err("cannot read the configuration none.json: No such file");
}

static void test_configuration__secrets_are_not_shown(void **state)
{
    (void)state;
    static const char *const urls[] = {
        "\"libsql://me:hunter2@h/db?authToken=hunter2&a=b\"}}",
        "hunter2}}",
        "[\"hunter2\"]}}",
        "\"hunter2",
        "\"file:none/x.db?token=hunter2\"}}",
        "\"x://hunter2@h\"}}",
        "\"postgres://me:hunter2@127.0.0.1:1/x\"}}",
        "\"postgres://127.0.0.1:1/x?password=hunter2\"}}",
        "\"host=127.0.0.1 port=1 password='hunter2' dbname=x\"}}",
        "\"postgres://me:hunter2%zz@127.0.0.1:1/x\"}}",
        ("null, \"host\": \"127.0.0.1\", \"port\": 1, \"user\": \"a\", \"password\": "
         "\"hunter2\", \"database\": \"x\"}}"),
    };
    static const char *const lines[] = {"virga doctor", "virga status", "virga migrate",
                                        "virga status -o json",
                                        "virga migrate --verbose"};
    for (size_t i = 0; i < COUNT(urls); i++) {
        char text[200];
        snprintf(text, sizeof text, "{\"dbCredentials\": {\"url\": %s", urls[i]);
        file_write("virga.json", text);
        for (size_t k = 0; k < COUNT(lines); k++) {
            run(lines[k]);
            if (strstr(out, "hunter2") || strstr(err, "hunter2")) {
                print_error("%s with %s says\n%s%s", lines[k], urls[i], out, err);
                fail();
            }
        }
    }
}

/* Proves: K030. */
static void test_configuration__several_files(void **state)
{
    (void)state;
    schema_write("COLUMN(name, TEXT)");
    file_write("a.json", "{\"schema\": \"schema.h\", \"out\": \"a\"}");
    file_write("drizzle.config.json",
               "{\"$schema\": \"x\", \"dialect\": \"sqlite\", \"schema\": "
               "\"./schema.h\", \"casing\": \"snake_case\"}");
    expect_run(0, "virga generate --config a.json --name one");
    assert_true(file_there("a/0000_one.sql"));
    expect_run(0, "virga generate --name two");
    assert_true(file_there("drizzle/0000_two.sql"));
    file_write("virga.json", "{\"schema\": \"schema.h\"}");
    expect_run(0, "virga generate --name three");
    assert_true(file_there("migrations/0000_three.sql"));
    file_write("drizzle.config.json", "{\"schema\": \"./schema.ts\"}");
    expect_run(3, "virga generate -c drizzle.config.json");
    expect_err("schema.ts is no C header");
}

static void test_configuration__where_the_url_comes_from(void **state)
{
    (void)state;
    static const struct {
        const char *env, *json, *line, *database;
    } cases[] = {
        {"", "\"json.db\"", "virga status", "json.db"},
        {"DATABASE_URL=dotenv.db\n", "\"json.db\"", "virga status", "dotenv.db"},
        {"DATABASE_URL=dotenv.db\n", "\"json.db\"", "DATABASE_URL=env.db virga status",
         "env.db"},
        {"DATABASE_URL=dotenv.db\n", "\"json.db\"",
         "DATABASE_URL=env.db virga status --url flag.db", "flag.db"},
        {"# x\n\nexport URL=\"a b.db\" # y\n", "\"env:URL\"", "virga status", "a b.db"},
        {"URL='a#b.db'\n", "\"env:URL\"", "virga status", "a#b.db"},
        {"URL=a#b.db # c\r\n", "\"env:URL\"", "virga status", "a#b.db"},
        {"NAME = x \n", "\"file:${NAME}-${STAGE:-dev}.db\"", "virga status",
         "file:x-dev.db"},
        {"NAME=x\nNAME=y", "\"${NAME}.db\"", "STAGE=p virga status", "y.db"},
        {"A=\"two\\nlines\"\nURL=z.db", "\"env:URL\"", "virga status", "z.db"},
    };
    for (size_t i = 0; i < COUNT(cases); i++) {
        char text[300];
        file_write(".env", cases[i].env);
        snprintf(text, sizeof text, "{\"dbCredentials\": {\"url\": %s}}",
                 cases[i].json);
        file_write("virga.json", text);
        expect_run(0, cases[i].line);
        snprintf(text, sizeof text, "%s (made by", cases[i].database);
        expect_out(text);
    }
    file_write("virga.json", "{\n\"dbCredentials\": {\"url\": \"env:NONE\"}}");
    expect_run(3, "virga status");
    expect_err("virga.json:2: \"dbCredentials.url\" wants the variable NONE");
    file_write(".env", "A=1\nnonsense\n");
    expect_run(3, "virga status");
    expect_err(".env:2: this is no NAME=value");
    file_write(".env", "A=\"1\n");
    expect_run(3, "virga status");
    expect_err(".env:1: the quote of A does not end");
}

static void test_doctor__explains(void **state)
{
    (void)state;
    schema_write("");
    file_write(".env", "DATABASE_URL=a.db");
    file_write("virga.json", "{\"schema\": \"schema.h\",\n\"out\": \"steps\"}");
    expect_run(0, "virga doctor --strict");
    expect_out("schema.h                 virga.json:1");
    expect_out("steps                    virga.json:2");
    expect_out("a.db                     DATABASE_URL in .env");
    expect_out("true                     --strict");
    expect_out("index                    default");
    expect_out("app: 1 table, 0 views, 0 triggers");
    expect_out("a.db, made by the first virga migrate");
    assert_false(file_there("a.db"));
    file_write("a.db", "this is no database, whatever its name may say");
    expect_run(1, "virga doctor --cc no-such-compiler");
    expect_out("\xe2\x9c\x97 compiler");
    expect_out("\xe2\x9c\x97 schema");
    expect_out("\xe2\x9c\x97 database");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        COMMAND_TEST(test_configuration__refused_with_file_and_line),
        COMMAND_TEST(test_configuration__secrets_are_not_shown),
        COMMAND_TEST(test_configuration__several_files),
        COMMAND_TEST(test_configuration__where_the_url_comes_from),
        COMMAND_TEST(test_doctor__explains),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
