/* Was it renamed? Asked on a terminal (a pseudo one here), answered by options or a file. */
#include "command.h"
#include <poll.h>
#include <pty.h>
#include <termios.h>

/* A folder with users(id, name, age) migrated, and a header whose columns are others. */
static void prepare(const char *columns)
{
    file_write("virga.json",
               "{\"schema\": \"schema.h\", \"dbCredentials\": {\"url\": \"a.db\"}}");
    schema_write("COLUMN(name, TEXT),\n    COLUMN(age, INTEGER)");
    expect_run(0, "virga generate --name init");
    schema_write(columns);
}

#define TWO_NEW "COLUMN(full_name, TEXT),\n    COLUMN(years, INTEGER)"

/* Proves: K040 K041. */
static void test_questions__without_a_terminal(void **state)
{
    (void)state;
    prepare(TWO_NEW);
    expect_run(2, "virga generate");
    expect_err("2 questions to answer first");
    expect_err("--create users.full_name");
    expect_err("--rename users.age=users.years");
    expect_run(2, "virga generate --output json");
    expect_out("\"status\": \"undecided\"");
    expect_out("\"--rename users.name=users.years\"");
    assert_false(file_there("migrations/0001_x.sql"));
    /* One answered: the other is left, with one candidate less. */
    expect_run(2, "virga generate --rename users.name=full_name");
    expect_err("1 question to answer first");
    assert_null(strstr(err, "users.name=users.years"));
    expect_run(2, "virga generate --rename users.nam=full_name");
    expect_err("--rename users.nam=full_name fits none of them");
    expect_run(3, "virga generate --create users.full_name --create users.years "
                  "--create users.x");
    expect_err("--create users.x fits nothing");
    expect_run(0, "virga generate --name x --rename users.name=users.full_name "
                  "--rename users.age=users.years");
    assert_non_null(strstr(file_read("migrations/0001_x.sql"),
                           "ALTER TABLE `users` RENAME COLUMN \"age\" TO \"years\""));
}

static void test_questions__tables_and_their_columns(void **state)
{
    (void)state;
    prepare("");
    file_write("schema.h",
               "#include <virga/virga.h>\n"
               "TABLE(people, COLUMN(id, INTEGER, PRIMARY_KEY), COLUMN(name, TEXT),\n"
               "    COLUMN(years, INTEGER))\n");
    expect_run(2, "virga generate");
    expect_err("--rename users=people");
    expect_run(2, "virga generate --rename users=people");
    expect_err("--rename people.age=people.years");
    expect_run(
        0,
        "virga generate --name x --rename users=people --rename users.age=users.years");
    assert_string_equal(
        file_read("migrations/0001_x.sql"),
        "ALTER TABLE `users` RENAME TO `people`;--> statement-breakpoint\n"
        "ALTER TABLE `people` RENAME COLUMN \"age\" TO \"years\";");
}

/* Proves: K006 K023. */
static void test_questions__decisions_file(void **state)
{
    (void)state;
    static const struct {
        const char *text, *says;
    } wrong[] = {
        {"{", "d.json:1:"},
        {"[]", "not an object"},
        {"{\"rename\": []}", "there is no key \"rename\""},
        {"{\"renames\": {}}", "\"renames\" must be an array"},
        {"{\"renames\": [{\"table\": \"a\"}]}",
         "a rename is {\"table\": \"old\", \"to\": \"new\"}"},
        {"{\"creates\": [1]}", "\"creates\" is an array of names"},
    };
    prepare(TWO_NEW);
    for (size_t i = 0; i < COUNT(wrong); i++) {
        file_write("d.json", wrong[i].text);
        expect_run(3, "virga generate --decisions d.json");
        expect_err(wrong[i].says);
    }
    expect_run(3, "virga generate --decisions none.json");
    file_write(
        "virga.decisions.json",
        "{\"renames\": [{\"column\": \"users.name\", \"to\": \"full_name\"},"
        "{\"table\": \"long\", \"to\": \"gone\"}], \"creates\": [\"users.years\"]}");
    expect_run(0, "virga generate --name x");
    const char *sql = file_read("migrations/0001_x.sql");
    assert_non_null(strstr(sql, "RENAME COLUMN \"name\" TO \"full_name\""));
    assert_non_null(strstr(sql, "ADD `years`"));
}

/* ---- a terminal ---- */

typedef struct terminal {
    pid_t pid;
    int fd;
    char seen[1 << 15];
    size_t len;
} terminal;

static void terminal_start(terminal *t, const char *line, const char *term)
{
    struct winsize size = {.ws_row = 24, .ws_col = 80};
    t->len = 0;
    t->pid = forkpty(&t->fd, NULL, NULL, &size);
    assert_true(t->pid >= 0);
    if (t->pid == 0) {
        setenv("TERM", term, 1);
        execl("/bin/sh", "sh", "-c", line, (char *)NULL);
        _exit(127);
    }
}

static bool terminal_read(terminal *t, int wait_ms)
{
    struct pollfd in = {.fd = t->fd, .events = POLLIN};
    if (poll(&in, 1, wait_ms) <= 0)
        return false;
    ssize_t n = read(t->fd, t->seen + t->len, sizeof t->seen - 1 - t->len);
    if (n <= 0)
        return false;
    t->len += (size_t)n;
    t->seen[t->len] = 0;
    return true;
}

/* Wait until `text` was written, then forget what was written. */
static void terminal_wait(terminal *t, const char *text)
{
    while (!strstr(t->seen, text)) {
        if (!terminal_read(t, 20000)) {
            print_error("the terminal has no \"%s\" but\n%s\n", text, t->seen);
            fail();
        }
    }
    while (terminal_read(t, 100)) {
    }
}

static void terminal_type(terminal *t, const char *keys)
{
    t->len = 0;
    t->seen[0] = 0;
    assert_int_equal(write(t->fd, keys, strlen(keys)), strlen(keys));
}

static int terminal_end(terminal *t)
{
    int status;
    while (terminal_read(t, 20000)) {
    }
    waitpid(t->pid, &status, 0);
    close(t->fd);
    return WIFEXITED(status) ? WEXITSTATUS(status) : 128 + WTERMSIG(status);
}

#define DOWN "\033[B"
#define UP   "\033[A"

/* Keys, and what comes of the first new column. */
static void test_prompt__keys(void **state)
{
    (void)state;
    static const struct {
        const char *keys, *sql;
    } cases[] = {
        {"\r", "ADD `full_name`"},
        {DOWN "\r", "RENAME COLUMN \"name\" TO \"full_name\""},
        {"j\r", "RENAME COLUMN \"name\" TO \"full_name\""},
        {"jj\n", "SELECT \"id\", \"age\" FROM `users`"},
        {"jjj\r", "ADD `full_name`"},
        {"k\r", "SELECT \"id\", \"age\" FROM `users`"},
        {UP UP "\r", "RENAME COLUMN \"name\" TO \"full_name\""},
        {"\033OBx?\033[5~\r", "RENAME COLUMN \"name\" TO \"full_name\""},
        {"Ggj\r", "RENAME COLUMN \"name\" TO \"full_name\""},
        {"\033[F\r", "SELECT \"id\", \"age\" FROM `users`"},
    };
    prepare("COLUMN(full_name, TEXT)");
    for (size_t i = 0; i < COUNT(cases); i++) {
        terminal t = {0};
        char name[100];
        snprintf(name, sizeof name, "virga generate --out m%zu --name x", i);
        char copy[100];
        snprintf(copy, sizeof copy, "cp -r migrations m%zu", i);
        expect_run(0, copy);
        terminal_start(&t, name, "xterm");
        terminal_wait(&t, "Ctrl-C to stop");
        terminal_type(&t, cases[i].keys);
        assert_int_equal(terminal_end(&t), 0);
        snprintf(name, sizeof name, "m%zu/0001_x.sql", i);
        if (!strstr(file_read(name), cases[i].sql)) {
            print_error("case %zu: %s\n%s\n", i, file_read(name), t.seen);
            fail();
        }
    }
}

/* What a person sees, control sequences aside. */
static void test_prompt__looks_like_this(void **state)
{
    (void)state;
    terminal t = {0};
    prepare("COLUMN(full_name, TEXT)");
    terminal_start(&t, "NO_COLOR=1 virga generate --name x", "xterm");
    terminal_wait(&t, "Ctrl-C to stop");
    assert_non_null(strstr(
        t.seen, "users.full_name: a new column, or an old one with a new name?\r\n"
                "\xe2\x9d\xaf + full_name         new\r\n"
                "  ~ name \xe2\x80\xba full_name  renamed, its values stay\r\n"
                "  ~ age \xe2\x80\xba full_name   renamed, its values stay\r\n"));
    assert_null(strstr(t.seen, "\033[1m"));
    terminal_type(&t, DOWN);
    terminal_wait(&t, "\xe2\x9d\xaf ~ name");
    terminal_type(&t, "\r");
    terminal_wait(&t, "~ column users.name will be renamed to full_name");
    assert_non_null(strstr(t.seen, "migrations/0001_x.sql"));
    assert_int_equal(terminal_end(&t), 0);
}

static void test_prompt__colours_on_a_terminal_only(void **state)
{
    (void)state;
    terminal t = {0};
    prepare("COLUMN(full_name, TEXT)");
    terminal_start(&t, "virga generate --name x", "xterm");
    terminal_wait(&t, "Ctrl-C to stop");
    assert_non_null(strstr(t.seen, "\033[1musers.full_name"));
    terminal_type(&t, "\r");
    assert_int_equal(terminal_end(&t), 0);
    expect_run(0, "virga status");
    assert_null(strstr(out, "\033"));
}

/* Ctrl-C, Esc, Ctrl-D, and a terminal that goes away: nothing is written, and the terminal is as
 * before. */
static void test_prompt__interrupted(void **state)
{
    (void)state;
    static const char *const keys[] = {"\003", "\004", "\033", "j\003", "q"};
    prepare("COLUMN(full_name, TEXT)");
    const char *journal = file_read("migrations/meta/_journal.json");
    for (size_t i = 0; i < COUNT(keys); i++) {
        terminal t = {0};
        struct termios before, after;
        memset(&before, 0, sizeof before); /* what is between the members, too */
        memset(&after, 0, sizeof after);
        terminal_start(
            &t, "read wait; virga generate --name x; echo \"status $?\"; read wait",
            "xterm");
        tcgetattr(t.fd, &before);
        terminal_type(&t, "\n");
        terminal_wait(&t, "Ctrl-C to stop");
        terminal_type(&t, keys[i]);
        terminal_wait(&t, "status 130");
        assert_non_null(strstr(t.seen, "nothing was written"));
        assert_non_null(strstr(t.seen, "\033[?25h"));
        tcgetattr(t.fd, &after);
        assert_memory_equal(&before, &after, sizeof before);
        terminal_type(&t, "\n");
        terminal_end(&t);
        assert_string_equal(file_read("migrations/meta/_journal.json"), journal);
    }
    terminal t = {0};
    terminal_start(&t, "exec virga generate --name x", "xterm");
    terminal_wait(&t, "Ctrl-C to stop");
    close(t.fd);
    int status;
    waitpid(t.pid, &status, 0);
    assert_false(file_there("migrations/0001_x.sql"));
}

static void test_prompt__numbers_on_a_dumb_terminal(void **state)
{
    (void)state;
    terminal t = {0};
    prepare("COLUMN(full_name, TEXT)");
    terminal_start(&t, "virga generate --name x", "dumb");
    terminal_wait(&t, "1 to 3 [1]: ");
    assert_null(strstr(t.seen, "\033"));
    terminal_type(&t, "7\n");
    terminal_wait(&t, "1 to 3 [1]: ");
    terminal_type(&t, "2\n");
    terminal_wait(&t, "will be renamed");
    assert_int_equal(terminal_end(&t), 0);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        COMMAND_TEST(test_questions__without_a_terminal),
        COMMAND_TEST(test_questions__tables_and_their_columns),
        COMMAND_TEST(test_questions__decisions_file),
        COMMAND_TEST(test_prompt__keys),
        COMMAND_TEST(test_prompt__looks_like_this),
        COMMAND_TEST(test_prompt__colours_on_a_terminal_only),
        COMMAND_TEST(test_prompt__interrupted),
        COMMAND_TEST(test_prompt__numbers_on_a_dumb_terminal),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
