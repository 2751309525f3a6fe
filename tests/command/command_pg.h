/* The command on PostgreSQL: each test has a database of its own. */
#pragma once
#include "command.h"

/* A database of the test's own, in DATABASE_URL; ADMIN_URL is that of the suite's server. */
static inline int pg_setup(void **state)
{
    static int number;
    const char *admin = getenv("VIRGA_POSTGRES_URL");
    char line[600], url[400];
    if (!admin || command_setup(state))
        return -1;
    setenv("ADMIN_URL", admin, 1);
    snprintf(line, sizeof line,
             "psql -q \"$ADMIN_URL\" -c 'create database cmd%d_%d' >/dev/null",
             (int)getpid(), ++number);
    const char *slash = strrchr(admin, '/');
    snprintf(url, sizeof url, "%.*s/cmd%d_%d", (int)(slash - admin), admin,
             (int)getpid(), number);
    setenv("DATABASE_URL", url, 1);
    return system(line) ? -1 : 0;
}

static inline int pg_teardown(void **state)
{
    char line[600];
    const char *name = strrchr(getenv("DATABASE_URL"), '/') + 1;
    snprintf(line, sizeof line,
             "psql -q \"$ADMIN_URL\" -c 'drop database %s with (force)'", name);
    int rc = system(line);
    unsetenv("DATABASE_URL");
    return command_teardown(state) || rc ? -1 : 0;
}

#define PG_TEST(name) cmocka_unit_test_setup_teardown(name, pg_setup, pg_teardown)

/* What psql prints for it. */
static inline void sql(const char *text, const char *expected)
{
    char line[1000];
    snprintf(line, sizeof line, "psql -Atq \"$DATABASE_URL\" -c \"%s\"", text);
    expect_run(0, line);
    if (strcmp(out, expected) != 0)
        fail_msg("%s\n%s\nnot %s", text, out, expected);
}
