/* Running the command `virga` as a person would: a line for the shell, in a new folder for each
 * test. VIRGA_COMMAND is the program. */
#pragma once
#include <errno.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

#include <cmocka.h>

#define COUNT(a) (sizeof(a) / sizeof *(a))

/* ---- the folder ---- */

static char folder[256];

static inline int command_setup(void **state)
{
    (void)state;
    const char *program = getenv("VIRGA_COMMAND");
    if (!program) {
        fputs("VIRGA_COMMAND is not set\n", stderr);
        return -1;
    }
    char path[4096];
    snprintf(path, sizeof path, "%s", program);
    *strrchr(path, '/') = 0;
    if (!strstr(getenv("PATH"), path)) {
        char all[8192];
        snprintf(all, sizeof all, "%s:%s", path, getenv("PATH"));
        setenv("PATH", all, 1);
    }
    unsetenv("DATABASE_URL");
    unsetenv("CC");
    setenv("VIRGA_CACHE", "", 1);
    setenv("TERM", "xterm", 1);
    setenv("LC_ALL", "C.UTF-8", 1);
    snprintf(folder, sizeof folder, "/tmp/virga-command-XXXXXX");
    if (!mkdtemp(folder))
        return -1;
    snprintf(path, sizeof path, "%s/.cache", folder);
    setenv("VIRGA_CACHE", path, 1); /* not the cache of whoever runs the tests */
    return chdir(folder);
}

static inline int command_teardown(void **state)
{
    (void)state;
    char line[300];
    snprintf(line, sizeof line, "cd / && rm -rf '%s'", folder);
    return chdir("/") || system(line) ? -1 : 0;
}

#define COMMAND_TEST(name) \
    cmocka_unit_test_setup_teardown(name, command_setup, command_teardown)

/* ---- files ---- */

static inline void file_write(const char *name, const char *text)
{
    FILE *f = fopen(name, "w");
    assert_non_null(f);
    assert_int_equal(fputs(text, f) < 0, 0);
    assert_int_equal(fclose(f), 0);
}

/* The text of a file; "" if there is none. The last eight live. */
static inline const char *file_read(const char *name)
{
    static char texts[8][1 << 16];
    static int next;
    char *text = texts[next++ % 8];
    FILE *f = fopen(name, "r");
    size_t n = f ? fread(text, 1, sizeof texts[0] - 1, f) : 0;
    text[n] = 0;
    if (f)
        fclose(f);
    return text;
}

static inline bool file_there(const char *name)
{
    return access(name, F_OK) == 0;
}

/* ---- runs ---- */

static const char *out, *err; /* of the last run */

/* Run a line of shell without a terminal; its exit status. */
static inline int run(const char *line)
{
    char whole[4096];
    snprintf(whole, sizeof whole, "( %s ) >.out 2>.err </dev/null", line);
    int status = system(whole);
    out = file_read(".out");
    err = file_read(".err");
    return WIFEXITED(status) ? WEXITSTATUS(status) : 128 + WTERMSIG(status);
}

/* It must end with that status. */
static inline void run_for(int wanted, const char *line, const char *file, int at)
{
    int status = run(line);
    if (status == wanted)
        return;
    print_error("%s:%d: `%s` ends with %d, not %d\n%s%s\n", file, at, line, status,
                wanted, out, err);
    fail();
}
#define expect_run(status, line) run_for(status, line, __FILE__, __LINE__)

static inline void says(const char *text, const char *part, const char *file, int at)
{
    if (strstr(text, part))
        return;
    print_error("%s:%d: expected\n  %s\nin\n%s\n", file, at, part, text);
    fail();
}
#define expect_out(part) says(out, part, __FILE__, __LINE__)
#define expect_err(part) says(err, part, __FILE__, __LINE__)

/* A schema with one table, whose columns after the id are `columns`. */
static inline void schema_write(const char *columns)
{
    char text[4096];
    snprintf(text, sizeof text,
             "#pragma once\n#include <virga/virga.h>\n"
             "TABLE(users,\n    COLUMN(id, INTEGER, PRIMARY_KEY)%s%s)\n"
             "SCHEMA(app, users)\n",
             *columns ? ",\n    " : "", columns);
    file_write("schema.h", text);
}
