/* The command line: what is taken, what is refused and how. */
#include "command.h"

/* Each is refused with status 3, and one line that says what was meant. */
static void test_arguments__refused(void **state)
{
    (void)state;
    static const struct {
        const char *line, *says;
    } cases[] = {
        {"virga genrate", "no command \"genrate\"; did you mean \"virga generate\"?"},
        {"virga gen", "did you mean \"virga generate\"?"},
        {"virga xyzzy", "no command \"xyzzy\"; see virga --help"},
        {"virga help migrat", "did you mean \"virga migrate\"?"},
        {"virga generate --nmae x",
         "generate has no option --nmae; did you mean --name?"},
        {"virga generate --xyzzy",
         "generate has no option --xyzzy; see virga help generate"},
        {"virga generate --force", "generate has no option --force"},
        {"virga generate -x", "generate has no option -x"},
        {"virga generate --name", "--name needs a value: --name NAME"},
        {"virga generate --name a --name b", "--name is given twice"},
        {"virga generate --custom=maybe", "--custom is true or false, not \"maybe\""},
        {"virga generate --no-custom=true", "--no-custom takes no value"},
        {"virga generate now", "generate takes no \"now\""},
        {"virga generate --prefix indx",
         "there is no \"indx\", did you mean \"index\"?"},
        {"virga generate --dialect mysql",
         "knows sqlite and postgresql, not \"mysql\""},
        {"virga --name x", "--name stands after a command"},
        {"virga --nmae x", "virga has no option --nmae"},
        {"virga generate --output yaml", "there is no \"yaml\""},
        {"virga generate --rename users", "--rename users: write old=new"},
        {"virga rollback --steps x", "--steps x: a number from 1 on, or all"},
        {"virga rollback --steps 0", "--steps 0: a number from 1 on"},
    };
    schema_write("");
    file_write("virga.json",
               "{\"schema\": \"schema.h\", \"dbCredentials\": {\"url\": \"a.db\"}}");
    for (size_t i = 0; i < COUNT(cases); i++) {
        expect_run(3, cases[i].line);
        assert_string_equal(out, "");
        expect_err(cases[i].says);
    }
    assert_false(file_there("migrations"));
    assert_false(file_there("a.db"));
}

static void test_arguments__help_and_version(void **state)
{
    (void)state;
    expect_run(0, "virga --version");
    assert_string_equal(out, "virga 0.1.0\n");
    expect_run(0, "virga -V");
    expect_run(0, "virga --help");
    expect_out("generate   compare the schema");
    expect_run(0, "virga help");
    expect_run(3, "virga");
    expect_out("Commands");
    static const char *const commands[] = {
        "init", "generate", "migrate", "rollback", "status", "push",  "pull",   "check",
        "up",   "drop",     "export",  "squash",   "rebase", "embed", "doctor",
    };
    for (size_t i = 0; i < COUNT(commands); i++) {
        char line[100];
        snprintf(line, sizeof line, "virga help %s", commands[i]);
        expect_run(0, line);
        snprintf(line, sizeof line, "virga %s: ", commands[i]);
        expect_out(line);
        expect_out("Options");
        snprintf(line, sizeof line, "virga %s --help", commands[i]);
        expect_run(0, line);
        for (const char *p = out; *p; p += strcspn(p, "\n") + 1)
            assert_in_range(strcspn(p, "\n"), 0, 80);
    }
    expect_run(0, "virga help introspect");
    expect_out("virga pull");
}

/* Proves: K022. */
static void test_output__is_one_object(void **state)
{
    (void)state;
    schema_write("COLUMN(name, TEXT)");
    static const struct {
        int status;
        const char *line, *says;
    } cases[] = {
        {3, "virga genrate --output json", "\"status\": \"error\""},
        {3, "virga status -o json", "\"message\": \"which database?"},
        {0, "virga generate --schema schema.h --name a -o json", "\"tag\": \"0000_a\""},
        {0, "virga generate --schema schema.h -o json", "\"status\": \"no_changes\""},
        {0, "virga migrate --url a.db --dry-run --output json", "\"would\": ["},
        {0, "virga migrate --url a.db --output=json", "\"status\": \"ok\""},
        {0, "virga migrate --url a.db -o json", "\"status\": \"no_changes\""},
        {0, "virga status --url a.db -o json", "\"state\": \"applied\""},
        {0, "virga export --schema schema.h -o json", "\"sql\": \"CREATE TABLE"},
        {0, "virga doctor --schema schema.h -o json", "\"checks\": ["},
        {0, "virga --version -o json", "\"version\""},
    };
    for (size_t i = 0; i < COUNT(cases); i++) {
        char line[300];
        snprintf(line, sizeof line,
                 "%s | tee kept | python3 -m json.tool; exit ${PIPESTATUS:-0}",
                 cases[i].line);
        expect_run(cases[i].status, cases[i].line);
        expect_out(cases[i].says);
        assert_string_equal(err, "");
        assert_int_equal(out[0], '{');
        snprintf(line, sizeof line, "%s | python3 -m json.tool", cases[i].line);
        expect_run(0, line); /* it is JSON */
    }
}

/* Every key of the configuration has a flag, and the help says all of them. */
/* Proves: K005. */
static void test_arguments__flags_count_more_than_the_file(void **state)
{
    (void)state;
    schema_write("COLUMN(name, TEXT)");
    file_write("virga.json",
               "{\"schema\": \"none.h\", \"out\": \"a\", \"breakpoints\": true,"
               "\"migrations\": {\"prefix\": \"index\"}}");
    expect_run(
        0, "virga generate --schema schema.h --out b --prefix none --no-breakpoints "
           "--name x --dialect sqlite");
    assert_true(file_there("b/_x.sql"));
    assert_false(file_there("a"));
}

/* The completion of bash, made of the same table: what it offers for some words. */
static void test_completion__of_bash(void **state)
{
    (void)state;
    static const struct {
        const char *words, *offered;
    } cases[] = {
        {"virga gen", "generate"},
        {"virga mi", "migrate"},
        {"virga generate --ren", "--rename"},
        {"virga generate --prefix time", "timestamp"},
        {"virga -c virga.json roll", "rollback"},
        {"virga help squ", "squash"},
        {"virga introspect --ini", "--init"},
        {"virga --vers", "--version"},
    };
    for (size_t i = 0; i < COUNT(cases); i++) {
        char line[500];
        snprintf(
            line, sizeof line,
            "bash -c '. \"$VIRGA_SOURCE_DIR/completions/virga.bash\"; COMP_WORDS=(%s); "
            "COMP_CWORD=$((${#COMP_WORDS[@]} - 1)); _virga; echo \"${COMPREPLY[*]}\"'",
            cases[i].words);
        expect_run(0, line);
        snprintf(line, sizeof line, "%s\n", cases[i].offered);
        assert_string_equal(out, line);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        COMMAND_TEST(test_arguments__refused),
        COMMAND_TEST(test_arguments__help_and_version),
        COMMAND_TEST(test_output__is_one_object),
        COMMAND_TEST(test_completion__of_bash),
        COMMAND_TEST(test_arguments__flags_count_more_than_the_file),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
