/* Databases and servers of pg.h. */
#include "pg.h"
#include "driver/postgres/postgres.h"
#include <libpq-fe.h>
#include <stdio.h>
#include <stdlib.h>
#include <unistd.h>

const char *pg_server(const char *which)
{
    char name[64];
    snprintf(name, sizeof name, "VIRGA_POSTGRES_%s", which);
    const char *url = getenv(name);
    if (!url || !*url)
        fail_msg(
            "%s is not set: run this by ctest, or by tests/servers/postgres.sh with",
            name);
    return url;
}

/* ---- libpq ---- */

static PGconn *connect_at(const char *url, const char *file, int line)
{
    PGconn *conn = PQconnectdb(url);
    if (PQstatus(conn) != CONNECTION_OK) {
        print_error("%s: %s", url, PQerrorMessage(conn));
        PQfinish(conn);
        _fail(file, line);
    }
    return conn;
}

static PGresult *ask_at(PGconn *conn, const char *sql, const char *file, int line)
{
    PGresult *result = PQexec(conn, sql);
    ExecStatusType status = PQresultStatus(result);
    if (status == PGRES_COMMAND_OK || status == PGRES_TUPLES_OK)
        return result;
    print_error("%s\n  %s", sql, PQerrorMessage(conn));
    PQclear(result);
    PQfinish(conn);
    _fail(file, line);
    return NULL;
}

static void say_nothing(void *ctx, const char *message)
{
    (void)ctx, (void)message;
}

void pg_exec_at(const char *url, const char *sql, const char *file, int line)
{
    PGconn *conn = connect_at(url, file, line);
    PQsetNoticeProcessor(conn, say_nothing, NULL);
    PQclear(ask_at(conn, sql, file, line));
    PQfinish(conn);
}

static void check_result(PGresult *result, const char *expected, const char *file,
                         int line)
{
    char got[8192];
    size_t len = 0;
    got[0] = '\0';
    for (int row = 0; row < PQntuples(result); row++)
        for (int column = 0; column < PQnfields(result); column++) {
            const char *value = PQgetisnull(result, row, column)
                                    ? "null"
                                    : PQgetvalue(result, row, column);
            len += (size_t)snprintf(got + len, sizeof got - len, "%s%s",
                                    column ? "|" : (row ? ";" : ""), value);
            assert_true(len < sizeof got);
        }
    PQclear(result);
    check_text_at(got, expected, file, line);
}

void check_pg_at(const char *url, const char *sql, const char *expected,
                 const char *file, int line)
{
    PGconn *conn = connect_at(url, file, line);
    PGresult *result = ask_at(conn, sql, file, line);
    PQfinish(conn);
    check_result(result, expected, file, line);
}

void pg_check_rows_at(vg_db *db, const char *sql, const char *expected,
                      const char *file, int line)
{
    PGconn *conn = vg_raw(db);
    PGresult *result = PQexec(conn, sql);
    if (PQresultStatus(result) != PGRES_TUPLES_OK) {
        print_error("%s\n  %s", sql, PQerrorMessage(conn));
        PQclear(result);
        _fail(file, line);
    }
    check_result(result, expected, file, line);
}

/* ---- databases ---- */

/* `url` with `database` for what stands behind its last slash. */
static char *with_database(char out[PG_URL], const char *url, const char *database)
{
    const char *slash = strrchr(url, '/');
    assert_non_null(slash);
    int len = snprintf(out, PG_URL, "%.*s/%s", (int)(slash - url), url, database);
    assert_true(len < PG_URL);
    return out;
}

char *pg_database(char url[PG_URL])
{
    static unsigned made;
    char name[48], sql[96];
    snprintf(name, sizeof name, "test_%ld_%u", (long)getpid(), ++made);
    snprintf(sql, sizeof sql, "create database %s template template0", name);
    pg_exec(pg_server("URL"), sql);
    return with_database(url, pg_server("URL"), name);
}

void pg_drop(const char *url)
{
    char sql[PG_URL + 64];
    snprintf(sql, sizeof sql, "drop database if exists %s with (force)",
             strrchr(url, '/') + 1);
    pg_exec(pg_server("URL"), sql);
}

char *pg_url_as(char out[PG_URL], const char *url, const char *role)
{
    const char *at = strchr(url, '@'), *name = strstr(url, "//");
    assert_true(at && name);
    int len = snprintf(out, PG_URL, "%.*s//%s%s", (int)(name - url), url, role, at);
    assert_true(len < PG_URL);
    return out;
}

char *pg_url_at(char out[PG_URL], const char *url, const char *server)
{
    return with_database(out, server, strrchr(url, '/') + 1);
}

int pg_fixture_open(void **state, const vg_schema *schema, const char *script)
{
    fixture *f = calloc(1, sizeof *f);
    *state = f;
    if (!f)
        return -1;
    pg_database(f->url);
    int rc = vg_open(&f->db, f->url, NULL);
    if (rc == VG_OK && schema)
        rc = vg_create(f->db, schema);
    if (rc == VG_OK && script)
        rc = vg_script(f->db, script);
    if (rc != VG_OK)
        print_error("fixture: %s: %s\n", vg_code_name(rc),
                    f->db ? vg_errmsg(f->db) : "");
    return rc == VG_OK ? 0 : -1;
}

int pg_fixture_close(void **state)
{
    return fixture_close(state);
}

/* ---- servers ---- */

/* tests/servers/postgres.sh with these arguments. */
static int script(const char *verb, const char *dir, const char *rest)
{
    char command[1024];
    const char *source = getenv("VIRGA_SOURCE_DIR");
    assert_non_null(source);
    int len =
        snprintf(command, sizeof command, "'%s/tests/servers/postgres.sh' %s '%s' %s",
                 source, verb, dir, rest);
    assert_true(len < (int)sizeof command);
    return system(command);
}

/* Export what DIR/env says. */
static void use_env(pg_servers *own)
{
    char path[96], line[512];
    snprintf(path, sizeof path, "%s/env", own->dir);
    FILE *file = fopen(path, "r");
    assert_non_null(file);
    while (fgets(line, sizeof line, file)) {
        char *value = strchr(line, '=');
        assert_non_null(value);
        *value++ = '\0';
        value[strcspn(value, "\n")] = '\0';
        setenv(line, value, 1);
    }
    fclose(file);
    snprintf(own->home, sizeof own->home, "%s", getenv("VIRGA_POSTGRES_HOME"));
}

void pg_servers_start(pg_servers *own, const char *options)
{
    char all[512];
    int len = snprintf(all, sizeof all, "%s --while %ld", options, (long)getpid());
    assert_true(len < (int)sizeof all);
    strcpy(own->dir, "/tmp/virga-test-XXXXXX");
    assert_non_null(mkdtemp(own->dir));
    if (script("start", own->dir, all) != 0) {
        pg_servers_stop(own);
        fail_msg("the servers did not start");
    }
    use_env(own);
}

void pg_servers_stop(pg_servers *own)
{
    script("stop", own->dir, "");
    rmdir(own->dir);
}

void pg_servers_do(const pg_servers *own, const char *verb)
{
    char word[32];
    const char *rest = strchr(verb, ' ');
    snprintf(word, sizeof word, "%.*s", (int)strcspn(verb, " "), verb);
    if (script(word, own->dir, rest ? rest + 1 : "") != 0)
        fail_msg("postgres.sh %s failed", verb);
}
