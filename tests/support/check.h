/* What the tests of queries share: a database in memory, and checks that say what went
 * wrong in the database's own words.
 *
 *     static void test_select__all(void **state)
 *     {
 *         fixture *f = *state;
 *         books_list list;
 *         check_ok(f->db, vg_all(f->db, &f->arena, &list, SELECT(books)));
 *         check_rows(f->db, "select count(*) from books", "5");
 *     }
 *
 * check_rows asks sqlite3 directly, so that a test can compare what Virga says with
 * what is there. None of them returns when it fails. */
#pragma once
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdbool.h>
#include <string.h>
#include <cmocka.h>
#include <virga/virga.h>

#define COUNT_OF_ARRAY(a) (sizeof(a) / sizeof *(a))

/* One test's database (in memory, foreign keys enforced) and arena. */
typedef struct fixture {
    vg_db *db;
    vg_arena arena;
    char url[256]; /* of a fixture of pg.h */
} fixture;

/* Whether the tests that know no database of their own run on SQLite: else ctest runs them
 * once more on PostgreSQL (VIRGA_TEST_DATABASE=postgres), where fixture_open and check_rows
 * mean a new database of pg.h. */
bool on_sqlite(void);
/* In place of cmocka_run_group_tests for such a program: on PostgreSQL without the tests whose
 * names end in _on_sqlite, which are about SQLite alone or compare its text. */
#define run_portable_tests(tests) \
    run_portable_tests_here(tests, sizeof(tests) / sizeof *(tests))
int run_portable_tests_here(struct CMUnitTest *tests, size_t count);

/* A fixture in *state with the tables of `schema` (NULL: none), after `script` (NULL:
 * none); for cmocka's setup functions. */
int fixture_open(void **state, const vg_schema *schema, const char *script);

/* Close it; fails when a cursor was left open. */
int fixture_close(void **state);

/* A path for a database file in a new folder, and its removal (with -wal and -shm). */
char *temp_file(char path[64]);
void temp_file_remove(const char *path);

/* The call succeeded. */
#define check_ok(db, call) check_ok_at((db), (call), #call, __FILE__, __LINE__)
void check_ok_at(vg_db *db, int rc, const char *call, const char *file, int line);

/* The call failed with that code and exactly that message. */
#define check_fails(db, call, code, message) \
    check_fails_at((db), (call), (code), (message), __FILE__, __LINE__)
void check_fails_at(vg_db *db, int rc, int code, const char *message, const char *file,
                    int line);

/* The rows of `sql`, asked through sqlite3 itself: columns joined by '|', rows by ';',
 * NULL as "null", blobs as x'..'. */
#define check_rows(db, sql, expected) \
    check_rows_at((db), (sql), (expected), __FILE__, __LINE__)
void check_rows_at(vg_db *db, const char *sql, const char *expected, const char *file,
                   int line);

/* The clauses render to exactly this text, with these parameters written as JSON. */
#define check_sql(text, params, ...)                                              \
    do {                                                                          \
        vg_arena check_arena = {0};                                               \
        vg_rendered check_out;                                                    \
        int check_rc =                                                            \
            vg_sql(&check_arena, &vg_dialect_sqlite, &check_out, __VA_ARGS__);    \
        check_sql_at(check_rc, &check_out, (text), (params), __FILE__, __LINE__); \
        vg_arena_free(&check_arena);                                              \
    } while (0)
void check_sql_at(int rc, const vg_rendered *got, const char *text, const char *params,
                  const char *file, int line);

/* The clauses are refused (VG_INVALID) with exactly this message. */
#define check_no_sql(message, ...)                                             \
    do {                                                                       \
        vg_arena check_arena = {0};                                            \
        vg_rendered check_out;                                                 \
        int check_rc =                                                         \
            vg_sql(&check_arena, &vg_dialect_sqlite, &check_out, __VA_ARGS__); \
        check_no_sql_at(check_rc, &check_out, (message), __FILE__, __LINE__);  \
        vg_arena_free(&check_arena);                                           \
    } while (0)
void check_no_sql_at(int rc, const vg_rendered *got, const char *message,
                     const char *file, int line);

/* Parameters as a JSON array, into `out`; text that does not fit is cut. */
char *params_json(const vg_value *params, size_t count, char *out, size_t room);

/* A string is what it should be; either may be NULL. */
#define check_text(got, expected) check_text_at((got), (expected), __FILE__, __LINE__)
void check_text_at(const char *got, const char *expected, const char *file, int line);

/* What is wrong with the schema is said in exactly these words; NULL: nothing is. */
void check_schema_problem(const vg_schema *schema, const char *problem);
