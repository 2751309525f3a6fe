/* PostgreSQL for tests: each test, or group of tests, has a database of its own in the
 * server that ctest starts (tests/servers/postgres.sh; by hand: `postgres.sh with DIR
 * program`). A test that finds no server fails.
 *
 *     static int setup(void **state)
 *     {
 *         return pg_fixture_open(state, &vg_schema_shop, NULL);
 *     }
 *
 *     static void test_shop__counts(void **state)
 *     {
 *         fixture *f = *state;
 *         check_ok(f->db, vg_exec(f->db, INSERT_INTO(items, SET(items.id, 1))));
 *         check_pg(f->url, "select count(*) from items", "1");
 *     }
 *
 * pg_exec and check_pg use libpq itself, so that a test can compare what Virga says with
 * what is there. Nothing here returns when it fails. */
#pragma once
#include "check.h"

enum { PG_URL = 256 }; /* room for a URL */

/* A URL of the suite's servers: "URL", "REPLICA_URL" or "POOLER_URL" of VIRGA_POSTGRES_*. */
const char *pg_server(const char *which);

/* A new, empty database: its URL, in `url` and returned. */
char *pg_database(char url[PG_URL]);

/* Drop it; connections to it are closed by force. */
void pg_drop(const char *url);

/* The same database under another role, "guest:guest", or by another server's URL. */
char *pg_url_as(char out[PG_URL], const char *url, const char *role);
char *pg_url_at(char out[PG_URL], const char *url, const char *server);

/* A fixture (check.h) with a new database, the tables of `schema` (NULL: none), after
 * `script` (NULL: none); for cmocka's setup and teardown functions. */
int pg_fixture_open(void **state, const vg_schema *schema, const char *script);
int pg_fixture_close(void **state);

/* Run statements, several with `;` between them. */
#define pg_exec(url, sql) pg_exec_at((url), (sql), __FILE__, __LINE__)
void pg_exec_at(const char *url, const char *sql, const char *file, int line);

/* The rows of `sql`: columns joined by '|', rows by ';', NULL as "null". */
#define check_pg(url, sql, expected) \
    check_pg_at((url), (sql), (expected), __FILE__, __LINE__)
void check_pg_at(const char *url, const char *sql, const char *expected,
                 const char *file, int line);

/* The same on the connection of Virga, which sees what is not committed. */
void pg_check_rows_at(vg_db *db, const char *sql, const char *expected,
                      const char *file, int line);

/* ---- servers that a test may break ---- */

/* Servers of the test's own, in a folder for temporary files; `options` are those of
 * postgres.sh start, "--replica". Their environment replaces the suite's, so that the
 * functions above use them from here on. They end with the test program, if not before. */
typedef struct pg_servers {
    char dir[64];
    char home[PG_URL];
} pg_servers;

void pg_servers_start(pg_servers *own, const char *options);
void pg_servers_stop(pg_servers *own);

/* "down primary", "up primary", "promote": the other verbs of postgres.sh. */
void pg_servers_do(const pg_servers *own, const char *verb);
