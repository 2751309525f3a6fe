/* The checks of check.h. They report through cmocka's print_error and _fail, with the
 * line of the test that called them. */
#include "pg.h"
#include "core/ddl.h"
#include <inttypes.h>
#include <sqlite3.h>
#include <stdio.h>
#include <stdlib.h>
#include <unistd.h>

static bool by_postgres(void)
{
    const char *database = getenv("VIRGA_TEST_DATABASE");
    return database && strcmp(database, "postgres") == 0;
}

bool on_sqlite(void)
{
    return !by_postgres();
}

int run_portable_tests_here(struct CMUnitTest *tests, size_t count)
{
    static const char suffix[] = "_on_sqlite";
    size_t kept = 0;
    for (size_t i = 0; i < count; i++) {
        size_t len = strlen(tests[i].name), end = sizeof suffix - 1;
        if (on_sqlite() || len < end || strcmp(tests[i].name + len - end, suffix) != 0)
            tests[kept++] = tests[i];
    }
    return _cmocka_run_group_tests("tests", tests, kept, NULL, NULL);
}

int fixture_open(void **state, const vg_schema *schema, const char *script)
{
    if (by_postgres())
        return pg_fixture_open(state, schema, script);
    fixture *f = calloc(1, sizeof *f);
    *state = f;
    if (!f)
        return -1;
    int rc = vg_open(&f->db, ":memory:", NULL);
    if (rc == VG_OK && schema)
        rc = vg_create(f->db, schema);
    if (rc == VG_OK && script)
        rc = vg_script(f->db, script);
    if (rc != VG_OK)
        print_error("fixture: %s: %s\n", vg_code_name(rc),
                    f->db ? vg_errmsg(f->db) : "");
    return rc == VG_OK ? 0 : -1;
}

int fixture_close(void **state)
{
    fixture *f = *state;
    char url[sizeof f->url];
    int rc = vg_close(f->db);
    vg_arena_free(&f->arena);
    strcpy(url, f->url);
    free(f);
    if (url[0])
        pg_drop(url);
    if (rc != VG_OK)
        print_error("fixture: closed with %s\n", vg_code_name(rc));
    return rc == VG_OK ? 0 : -1;
}

char *temp_file(char path[64])
{
    strcpy(path, "/tmp/virga-test-XXXXXX");
    assert_non_null(mkdtemp(path));
    strcat(path, "/test.db");
    return path;
}

void temp_file_remove(const char *path)
{
    static const char *const suffixes[] = {"", "-wal", "-shm", "-journal"};
    char name[80];
    for (size_t i = 0; i < COUNT_OF_ARRAY(suffixes); i++) {
        snprintf(name, sizeof name, "%s%s", path, suffixes[i]);
        unlink(name);
    }
    snprintf(name, sizeof name, "%s", path);
    *strrchr(name, '/') = '\0';
    assert_int_equal(rmdir(name), 0);
}

void check_ok_at(vg_db *db, int rc, const char *call, const char *file, int line)
{
    if (rc == VG_OK)
        return;
    print_error("%.200s\n  returned %s: %s\n  sql: %s\n", call, vg_code_name(rc),
                vg_errmsg(db), vg_errinfo(db)->sql);
    _fail(file, line);
}

void check_text_at(const char *got, const char *expected, const char *file, int line)
{
    if (got == expected || (got && expected && strcmp(got, expected) == 0))
        return;
    print_error("got:      %s\nexpected: %s\n", got ? got : "(NULL)",
                expected ? expected : "(NULL)");
    _fail(file, line);
}

void check_fails_at(vg_db *db, int rc, int code, const char *message, const char *file,
                    int line)
{
    if (rc != code) {
        print_error("returned %s, expected %s; message: %s\n", vg_code_name(rc),
                    vg_code_name(code), vg_errmsg(db));
        _fail(file, line);
    }
    check_text_at(vg_errmsg(db), message, file, line);
}

/* ---- rows, by sqlite3 itself ---- */

typedef struct text {
    char data[8192];
    size_t len;
} text;

static void add(text *t, const char *bytes, size_t len)
{
    assert_true(t->len + len < sizeof t->data);
    memcpy(t->data + t->len, bytes, len);
    t->len += len;
    t->data[t->len] = '\0';
}

static void add_column(text *t, sqlite3_stmt *stmt, int i)
{
    char hex[3];
    switch (sqlite3_column_type(stmt, i)) {
    case SQLITE_NULL: add(t, "null", 4); return;
    case SQLITE_BLOB: {
        const unsigned char *bytes = sqlite3_column_blob(stmt, i);
        add(t, "x'", 2);
        for (int at = 0; at < sqlite3_column_bytes(stmt, i); at++) {
            snprintf(hex, sizeof hex, "%02x", bytes[at]);
            add(t, hex, 2);
        }
        add(t, "'", 1);
        return;
    }
    default: {
        const char *s = (const char *)sqlite3_column_text(stmt, i);
        add(t, s, (size_t)sqlite3_column_bytes(stmt, i));
    }
    }
}

void check_rows_at(vg_db *db, const char *sql, const char *expected, const char *file,
                   int line)
{
    if (by_postgres()) {
        pg_check_rows_at(db, sql, expected, file, line);
        return;
    }
    sqlite3 *raw = vg_raw(db);
    sqlite3_stmt *stmt = NULL;
    text got = {.len = 0};
    int rc = sqlite3_prepare_v2(raw, sql, -1, &stmt, NULL);
    while (rc == SQLITE_OK && (rc = sqlite3_step(stmt)) == SQLITE_ROW) {
        if (got.len)
            add(&got, ";", 1);
        for (int i = 0; i < sqlite3_column_count(stmt); i++) {
            if (i)
                add(&got, "|", 1);
            add_column(&got, stmt, i);
        }
        rc = SQLITE_OK;
    }
    sqlite3_finalize(stmt);
    if (rc != SQLITE_DONE) {
        print_error("%s\n  %s\n", sql, sqlite3_errmsg(raw));
        _fail(file, line);
    }
    check_text_at(got.data, expected, file, line);
}

/* ---- rendered SQL ---- */

static int one_param(const vg_value *v, char *out, size_t room)
{
    char uuid[37];
    vg_uuid bytes;
    switch (vg_value_kind_of(*v)) {
    case VG_V_INT: return snprintf(out, room, "%" PRId64, v->i);
    case VG_V_BOOL: return snprintf(out, room, "%s", v->i ? "true" : "false");
    case VG_V_TIME: return snprintf(out, room, "{\"us\":%" PRId64 "}", v->i);
    case VG_V_REAL: return snprintf(out, room, "%.15g", v->d);
    case VG_V_TEXT:
        if (v->s)
            return snprintf(out, room, "\"%.*s\"", (int)vg_value_len(*v), v->s);
        break;
    case VG_V_BLOB:
        if (v->p)
            return snprintf(out, room, "{\"bytes\":%zu}", vg_value_len(*v));
        break;
    case VG_V_UUID:
        if (!v->p)
            break;
        memcpy(&bytes, v->p, sizeof bytes);
        return snprintf(out, room, "\"%s\"", vg_uuid_format(&bytes, uuid));
    default: break;
    }
    return snprintf(out, room, "null");
}

char *params_json(const vg_value *params, size_t count, char *out, size_t room)
{
    size_t at = (size_t)snprintf(out, room, "[");
    for (size_t i = 0; i < count && at < room; i++) {
        if (i)
            at += (size_t)snprintf(out + at, room - at, ",");
        if (at < room)
            at += (size_t)one_param(&params[i], out + at, room - at);
    }
    if (at < room)
        snprintf(out + at, room - at, "]");
    return out;
}

void check_sql_at(int rc, const vg_rendered *got, const char *sql, const char *params,
                  const char *file, int line)
{
    char json[1024];
    if (rc != VG_OK) {
        print_error("vg_sql returned %s: %s\nexpected: %s\n", vg_code_name(rc),
                    got->error, sql);
        _fail(file, line);
    }
    check_text_at(got->text, sql, file, line);
    check_text_at(params_json(got->params, got->param_count, json, sizeof json), params,
                  file, line);
}

void check_no_sql_at(int rc, const vg_rendered *got, const char *message,
                     const char *file, int line)
{
    if (rc == VG_OK)
        print_error("vg_sql accepted: %s\n", got->text);
    else if (rc != VG_INVALID)
        print_error("vg_sql returned %s\n", vg_code_name(rc));
    if (rc != VG_INVALID)
        _fail(file, line);
    check_text_at(got->error, message, file, line);
}

void check_schema_problem(const vg_schema *schema, const char *problem)
{
    char message[300] = "";
    bool bad =
        vg__schema_problem(schema, &vg_dialect_sqlite, message, sizeof message) ||
        vg__dialect_problem(schema, &vg_dialect_sqlite, message, sizeof message);
    if (bad != (problem != NULL))
        fail_msg("schema %s: %s", schema->name, bad ? message : "accepted");
    check_text(message, problem ? problem : "");
}
