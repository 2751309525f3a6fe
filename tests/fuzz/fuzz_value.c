/* Arbitrary bytes as values, patterns and identifiers: what goes in comes out, by SET and
 * by struct, compared and matched; a name stays a name; and whatever they say, the schema
 * and the other rows stay as they are.
 *
 *     input: a length, the text; a length, the blob; a length, the pattern; the name */
#include "fuzz.h"
#include <sqlite3.h>
#include <virga/virga.h>

// clang-format off
TABLE(samples,
    COLUMN(id,    INTEGER, PRIMARY_KEY),
    COLUMN(text,  TEXT,    NOT_NULL),
    COLUMN(blob,  BLOB,    NOT_NULL),
    COLUMN(maybe, TEXT),
    COLUMN(json,  JSON))
TABLE(bystanders,
    COLUMN(id,   INTEGER, PRIMARY_KEY),
    COLUMN(name, TEXT,    NOT_NULL))
// clang-format on

SCHEMA(all_tables, samples, bystanders)

/* All of the schema and the rows of the table that nobody touches. */
#define STATE_SQL                                                                  \
    "select (select group_concat(type || name || tbl_name || sql, ';') from "      \
    "sqlite_schema) || (select group_concat(id || name, ';') from bystanders) || " \
    "(select count(*) from samples)"

static vg_db *db;
static sqlite3_stmt *state_stmt, *like_stmt;
static char *state_before;

static void start(void)
{
    if (db)
        return;
    FUZZ_CHECK(vg_open(&db, ":memory:", NULL) == VG_OK);
    FUZZ_CHECK(vg_create(db, &all_tables) == VG_OK);
    FUZZ_CHECK(vg_script(db,
                         "insert into bystanders values (1, 'Ada'), (2, 'Bob'); insert "
                         "into samples values (1, 'x', x'00', null, null)") == VG_OK);
    FUZZ_CHECK(sqlite3_prepare_v2(vg_raw(db), STATE_SQL, -1, &state_stmt, NULL) == 0);
    FUZZ_CHECK(
        sqlite3_prepare_v2(vg_raw(db), "select ? like ?", -1, &like_stmt, NULL) == 0);
    FUZZ_CHECK(sqlite3_step(state_stmt) == SQLITE_ROW);
    state_before = strdup((const char *)sqlite3_column_text(state_stmt, 0));
    FUZZ_CHECK(state_before);
    sqlite3_reset(state_stmt);
}

static void check_state(void)
{
    FUZZ_CHECK(sqlite3_step(state_stmt) == SQLITE_ROW);
    FUZZ_CHECK(strcmp((const char *)sqlite3_column_text(state_stmt, 0), state_before) ==
               0);
    sqlite3_reset(state_stmt);
    FUZZ_CHECK(sqlite3_get_autocommit(vg_raw(db)));
}

static bool is_same(const void *got, size_t got_len, const uint8_t *bytes, size_t len)
{
    return got && got_len == len && memcmp(got, bytes, len) == 0;
}

static void check_row(vg_arena *arena, int64_t id, const uint8_t *text, size_t text_len,
                      const uint8_t *blob, size_t blob_len)
{
    struct samples *row;
    FUZZ_CHECK(vg_one(db, arena, &row, SELECT(samples), WHERE(EQ(samples.id, id))) ==
               VG_OK);
    FUZZ_CHECK(is_same(row->text, vg_text_len(row->text), text, text_len));
    FUZZ_CHECK(row->text[text_len] == '\0');
    FUZZ_CHECK(is_same(row->blob.data, row->blob.len, blob, blob_len));
}

/* In by SET, changed, found by value and by pattern, out again, and gone. */
static void check_values(vg_arena *arena, vg_str text, vg_bytes blob, vg_str pattern)
{
    int64_t n, likes;
    vg_text_list back;
    FUZZ_CHECK(vg_exec(db, INSERT_INTO(samples, SET(id, 2), SET(text, text),
                                       SET(blob, blob), SET(maybe, text))) == VG_OK);
    check_row(arena, 2, (const uint8_t *)text.ptr, text.len, blob.data, blob.len);
    FUZZ_CHECK(vg_count(db, &n, FROM(samples),
                        WHERE(AND(EQ(samples.text, text), EQ(samples.blob, blob),
                                  IN(samples.maybe, text, "x"), GT(samples.id, 1)))) ==
               VG_OK);
    FUZZ_CHECK(n == 1);
    FUZZ_CHECK(vg_all(db, arena, &back,
                      UPDATE(samples, SET(text, SQL(TEXT, "? || ''", samples.text)),
                             SET(maybe, NULL)),
                      WHERE(EQ(samples.text, text)),
                      RETURNING_VALUE(SQL(TEXT, "?", text))) == VG_OK);
    FUZZ_CHECK(back.len >= 1);
    FUZZ_CHECK(is_same(back.data[0], vg_text_len(back.data[0]),
                       (const uint8_t *)text.ptr, text.len));
    /* LIKE is SQLite's own, with our pattern as a parameter. */
    sqlite3_bind_text(like_stmt, 1, text.ptr, (int)text.len, SQLITE_STATIC);
    sqlite3_bind_text(like_stmt, 2, pattern.ptr, (int)pattern.len, SQLITE_STATIC);
    FUZZ_CHECK(sqlite3_step(like_stmt) == SQLITE_ROW);
    likes = sqlite3_column_int64(like_stmt, 0);
    sqlite3_reset(like_stmt);
    FUZZ_CHECK(vg_count(db, &n, FROM(samples),
                        WHERE(AND(EQ(samples.id, 2),
                                  LIKE(SQL(TEXT, "?", text), pattern)))) == VG_OK);
    FUZZ_CHECK(n == likes);
    FUZZ_CHECK(vg_exec(db, DELETE_FROM(samples), WHERE(EQ(samples.id, 2))) == VG_OK);
    FUZZ_CHECK(vg_changes(db) == 1);
}

/* The same by struct, where a text ends at its NUL. */
static void check_struct(vg_arena *arena, const char *text, vg_bytes blob)
{
    struct samples_new rows[] = {
        {.id = {true, 2}, .text = text, .blob = blob},
        {.id = {true, 3}, .text = text, .blob = blob, .maybe = text}};
    FUZZ_CHECK(vg_exec(db, INSERT_INTO(samples, VALUES(rows, 2))) == VG_OK);
    check_row(arena, 2, (const uint8_t *)text, strlen(text), blob.data, blob.len);
    check_row(arena, 3, (const uint8_t *)text, strlen(text), blob.data, blob.len);
    FUZZ_CHECK(vg_exec(db, DELETE_FROM(samples), WHERE(IN(samples.id, 2, 3))) == VG_OK);
}

/* A name is quoted: it comes back as the name of one column of one statement. */
static void check_name(vg_arena *arena, const char *name)
{
    vg_rendered sql;
    sqlite3_stmt *stmt = NULL;
    const char *tail = NULL, *value = NULL;
    int rc = vg_sql(arena, &vg_dialect_sqlite, &sql,
                    SELECT_VALUE(SQL(TEXT, "'x' as ?", IDENT(name))), FROM(bystanders));
    FUZZ_CHECK(rc == (*name ? VG_OK : VG_INVALID));
    rc = vg_get(db, arena, &value, SELECT_VALUE(SQL(TEXT, "'x' as ?", IDENT(name))),
                FROM(bystanders), LIMIT(1));
    FUZZ_CHECK(rc == (*name ? VG_OK : VG_INVALID));
    if (rc != VG_OK)
        return;
    FUZZ_CHECK(strcmp(value, "x") == 0);
    FUZZ_CHECK(sqlite3_prepare_v2(vg_raw(db), sql.text, -1, &stmt, &tail) == SQLITE_OK);
    FUZZ_CHECK(*tail == '\0' && sqlite3_column_count(stmt) == 1);
    FUZZ_CHECK(strcmp(sqlite3_column_name(stmt, 0), name) == 0);
    sqlite3_finalize(stmt);
    /* As the name of a table it is not there, whatever else it says. */
    rc = vg_exec(db, RAW("delete from ? where ? = ?", IDENT(name), IDENT(name), name));
    FUZZ_CHECK(rc != VG_OK && rc != VG_SYNTAX);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    fuzz_bytes in = {data, data + size};
    const uint8_t *text, *blob, *pattern;
    static vg_arena arena;
    char name[129] = {0}, cut[1025] = {0};
    start();
    size_t text_len = fuzz_take(&in, 1024, &text);
    size_t blob_len = fuzz_take(&in, 1024, &blob);
    size_t pattern_len = fuzz_take(&in, 32, &pattern);
    size_t rest = (size_t)(in.end - in.at);
    if (rest)
        memcpy(name, in.at, rest < 128 ? rest : 128);
    if (text_len)
        memcpy(cut, text, text_len);
    vg_str as_text = {text_len ? (const char *)text : "", text_len};
    vg_bytes as_blob = {blob_len ? blob : (const void *)"", blob_len};
    vg_str as_pattern = {pattern_len ? (const char *)pattern : "", pattern_len};
    check_values(&arena, as_text, as_blob, as_pattern);
    check_struct(&arena, cut, as_blob);
    check_name(&arena, name);
    check_state();
    vg_arena_reset(&arena);
    return 0;
}
