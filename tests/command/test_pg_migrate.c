/* The command on PostgreSQL: from init to rollback, what doctor says, and that no password is
 * to be seen. */
#include "command_pg.h"

static void migration(const char *tag, const char *sql, const char *down)
{
    char line[200], path[100];
    snprintf(line, sizeof line, "virga generate --custom --name %s", tag + 5);
    expect_run(0, line);
    snprintf(path, sizeof path, "migrations/%s.sql", tag);
    file_write(path, sql);
    snprintf(path, sizeof path, "migrations/%s.down.sql", tag);
    file_write(path, down);
}

static void test_pg__from_init_to_rollback(void **state)
{
    (void)state;
    expect_run(0, "virga init --dialect postgresql");
    expect_out("DATABASE_URL=postgres://");
    expect_run(0, "virga generate --name init");
    expect_run(0, "virga migrate --dry-run");
    expect_out("CREATE TABLE \"users\"");
    sql("select to_regclass('users')", "\n");
    expect_run(0, "virga migrate");
    expect_out("0000_init");
    sql("select count(*) from drizzle.__drizzle_migrations", "1\n");
    expect_run(0, "virga status");
    expect_out("1 applied, 0 pending");
    expect_run(0, "virga migrate");
    expect_out("Nothing to apply");
    expect_run(0, "virga rollback --force");
    sql("select to_regclass('users')", "\n");
}

/* The dialect follows from the URL, and from the parts of one; both at once are refused. */
static void test_pg__urls_and_parts(void **state)
{
    (void)state;
    char text[600], host[100] = "", user[100] = "", password[100] = "", port[20] = "";
    const char *url = getenv("DATABASE_URL"), *name = strrchr(url, '/') + 1;
    char kept[400];
    snprintf(kept, sizeof kept, "%s", url);
    if (sscanf(url, "postgres%*[ql]://%99[^:]:%99[^@]@%99[^:]:%19[^/]", user, password,
               host, port) != 4)
        assert_int_equal(sscanf(url, "postgres://%99[^:]:%99[^@]@%99[^:]:%19[^/]", user,
                                password, host, port),
                         4);
    migration("0000_a", "create table a (b int);", "drop table a;");
    expect_run(0, "virga migrate");
    sql("select to_regclass('a')", "a\n");
    unsetenv("DATABASE_URL");
    snprintf(
        text, sizeof text,
        "{\"dialect\": \"postgresql\", \"migrations\": {\"schema\": \"mine\", "
        "\"table\": \"done\"}, \"dbCredentials\": {\"host\": \"%s\", \"port\": %s, "
        "\"user\": \"%s\", \"password\": \"${SECRET}\", \"database\": \"%s\", \"ssl\": "
        "false}}",
        host, port, user, name);
    file_write("virga.json", text);
    expect_run(3, "virga status");
    expect_err("wants the variable SECRET");
    setenv("SECRET", password, 1);
    expect_run(0, "virga status");
    expect_out("0 applied, 1 pending");
    snprintf(text, sizeof text,
             "virga status --config none --url 'host=%s port=%s user=%s password=%s "
             "dbname=%s'",
             host, port, user, password, name);
    file_write("none", "{}");
    expect_run(0, text);
    expect_out("1 applied, 0 pending");
    expect_run(3, "virga status --host x --url postgres://x/y");
    expect_err("both say which database");
    expect_run(3, "virga status --password x");
    expect_err("can be read by everybody on the machine");
    expect_run(3, "virga status --dialect sqlite");
    expect_err("SQLite has no");
    unsetenv("SECRET");
    setenv("DATABASE_URL", kept, 1);
}

/* Neither on a screen, nor in JSON, nor in the list of processes. */
static void test_pg__password_is_not_seen(void **state)
{
    (void)state;
    static const char *const urls[] = {
        "postgres://nobody:hunter2@127.0.0.1:1/x",
        "postgres://nobody:hunter2%zz@127.0.0.1:1/x",
        "'host=127.0.0.1 port=1 dbname=x password=hunter2'",
        "'postgres://127.0.0.1:1/x?password=hunter2'",
    };
    static const char *const commands[] = {"status", "doctor", "migrate -o json",
                                           "migrate --dry-run --verbose"};
    char line[300];
    migration("0000_a", "select 1", "select 1");
    for (size_t i = 0; i < COUNT(urls); i++)
        for (size_t k = 0; k < COUNT(commands); k++) {
            snprintf(line, sizeof line, "virga %s --dialect postgresql --url %s",
                     commands[k], urls[i]);
            run(line);
            if (strstr(out, "hunter2") || strstr(err, "hunter2"))
                fail_msg("%s\n%s%s", line, out, err);
        }
    /* A run that waits for a lock can be looked at. */
    sql("create table t (a int)", "");
    migration("0001_t", "alter table t add b int", "alter table t drop b");
    run("locks() { psql -Atq \"$DATABASE_URL\" -c \"select $1 from pg_locks where "
        "relation = 't'::regclass and database = (select oid from pg_database where "
        "datname = current_database()) and $2\"; }; "
        "until_one() { for i in $(seq 600); do [ -z \"$(locks 1 \"$1\")\" ] || return; "
        "sleep 0.1; done; }; "
        "psql -q \"$DATABASE_URL\" -c 'begin; lock table t; select pg_sleep(600)' "
        ">/dev/null 2>&1 & until_one granted; "
        "virga migrate --url \"$DATABASE_URL\" >/dev/null & virga=$!; "
        "until_one 'not granted'; tr '\\0' ' ' </proc/$virga/cmdline; echo; "
        "locks 'pg_terminate_backend(pid)' granted >/dev/null; wait");
    const char *password = strchr(strstr(getenv("DATABASE_URL"), "://") + 3, ':');
    char secret[100];
    snprintf(secret, sizeof secret, "%.*s@", (int)strcspn(password, "@"), password);
    expect_out("virga migrate --url postgres");
    if (strstr(out, secret))
        fail_msg("%s", out);
}

/* Where a statement failed: the line, and the place in it. */
static void test_pg__failure_with_its_place(void **state)
{
    (void)state;
    migration("0000_a",
              "create table t (a text);\ninsert into t\n\tvalues ('\xc3\xa9', x);",
              "drop table t;");
    expect_run(1, "virga migrate");
    expect_err(
        "migrations/0000_a.sql:3: column \"x\" does not exist; nothing was changed");
    expect_err("       | \t             ^");
    expect_run(1, "virga migrate -o json");
    expect_out("\"column\": 15");
}

/* What was done of a migration that cannot be one transaction. */
static void test_pg__half_done(void **state)
{
    (void)state;
    migration("0000_a",
              "create table t (a int);\ninsert into t values (1), (1);\n"
              "create unique index concurrently u on t (a);\ninsert into t values (2);",
              "drop table t;");
    expect_run(0, "virga migrate --dry-run");
    expect_out("-- outside of a transaction:\n");
    expect_run(1, "virga migrate");
    expect_err("0000_a.sql:3: could not create unique index \"u\" (Key (a)=(1) is "
               "duplicated); "
               "0000_a is half done: 2 "
               "of its 4 statements have run, and the next run goes on there");
    expect_run(0, "virga status");
    expect_out("half done: 2 of its statements have run");
    sql("delete from t where ctid = '(0,1)'", "");
    expect_run(0, "virga migrate");
    sql("select a from t order by a", "1\n2\n");
}

static void test_pg__lint_is_shown(void **state)
{
    (void)state;
    migration("0000_a", "create table t (a int);", "drop table t;");
    migration("0001_b", "create index i on t (a);\nalter table t alter a set not null;",
              "drop index i;");
    expect_run(0, "virga migrate --dry-run");
    expect_out("nobody can write to table t while the index is built: CREATE INDEX");
    expect_out("CHECK (a IS NOT NULL)");
    run("virga check");
    expect_out("0001_b.sql:1: nobody can write");
    expect_out("0001_b.sql:2: reads all of table t");
}

static void test_pg__doctor(void **state)
{
    (void)state;
    run("virga doctor");
    expect_out("PostgreSQL ");
    expect_out("\"drizzle\".\"__drizzle_migrations\", made by the first virga migrate");
    expect_out("make schemas: yes");
    if (strstr(out, "stands between"))
        fail_msg("%s", out);
    run("virga doctor --url postgres://127.0.0.1:1/x");
    expect_out("\xe2\x9c\x97 database     postgres://127.0.0.1:1/x: ");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        PG_TEST(test_pg__from_init_to_rollback),
        PG_TEST(test_pg__urls_and_parts),
        PG_TEST(test_pg__password_is_not_seen),
        PG_TEST(test_pg__failure_with_its_place),
        PG_TEST(test_pg__half_done),
        PG_TEST(test_pg__lint_is_shown),
        PG_TEST(test_pg__doctor),
    };
    return cmocka_run_group_tests_name("pg_migrate", tests, NULL, NULL);
}
