/* Two database files behind one connection: "content" with the books, the main one with
 * what people do with them. */
#include "check.h"
#include "rt_bank.h"
#include <sqlite3.h>
#include <stdio.h>
#include <unistd.h>

// clang-format off
TABLE(pieces,
    IN_DATABASE("content"),
    COLUMN(id,    INTEGER, PRIMARY_KEY),
    COLUMN(title, TEXT,    NOT_NULL, UNIQUE),
    COLUMN(pages, INTEGER, NOT_NULL, DEFAULT(1)),
    INDEX(pieces_pages_idx, pages))

TABLE(parts,
    NAME("piece_parts"), IN_DATABASE("content"),
    COLUMN(piece_id, INTEGER, NOT_NULL, REFERENCES(pieces, id, ON_DELETE(CASCADE))),
    COLUMN(number,   INTEGER, NOT_NULL),
    PRIMARY_KEY(piece_id, number))

TABLE(marks,
    COLUMN(piece_id, INTEGER, PRIMARY_KEY),
    COLUMN(reader,   TEXT,    NOT_NULL))

TABLE(strays,
    COLUMN(id,       INTEGER, PRIMARY_KEY),
    COLUMN(piece_id, INTEGER, REFERENCES(pieces, id)))

ALIAS(others, pieces)

PROJECTION(marked,
    FIELD(title,  pieces.title),
    FIELD(reader, marks.reader))
// clang-format on

SCHEMA(reading, pieces, parts, marks)
SCHEMA(across, pieces, strays)

typedef struct rig {
    char path[64], content[80];
    vg_db *db;
    vg_arena arena;
} rig;

static int open_rig(void **state)
{
    static rig r;
    r = (rig){.db = NULL};
    r.db = rt_open(temp_file(r.path), NULL);
    snprintf(r.content, sizeof r.content, "%s", r.path);
    snprintf(strrchr(r.content, '/'), 16, "/content.db");
    *state = &r;
    return 0;
}

static int close_rig(void **state)
{
    static const char *const suffixes[] = {"", "-wal", "-shm"};
    rig *r = *state;
    char name[100];
    assert_int_equal(vg_close(r->db), VG_OK);
    vg_arena_free(&r->arena);
    for (size_t i = 0; i < COUNT_OF_ARRAY(suffixes); i++) {
        snprintf(name, sizeof name, "%s%s", r->content, suffixes[i]);
        unlink(name);
    }
    temp_file_remove(r->path);
    return 0;
}

static void attach_and_create(rig *r)
{
    check_ok(r->db, vg_attach(r->db, r->content, "content", false));
    check_ok(r->db, vg_create_in(r->db, &reading, "content"));
    check_ok(r->db, vg_create(r->db, &reading));
}

static void test_attach__sql(void **state)
{
    (void)state;
    check_sql("select \"id\", \"title\", \"pages\" from \"content\".\"pieces\" where "
              "\"pieces\".\"id\" = ?",
              "[1]", SELECT(pieces), WHERE(EQ(pieces.id, 1)));
    check_sql("select \"pieces\".\"title\", \"marks\".\"reader\" from "
              "\"content\".\"pieces\" inner join \"marks\" on \"marks\".\"piece_id\" = "
              "\"pieces\".\"id\"",
              "[]", SELECT(marked), FROM(pieces),
              INNER_JOIN(marks, EQ(marks.piece_id, pieces.id)));
    check_sql("select count(*) from \"content\".\"pieces\" inner join "
              "\"content\".\"pieces\" \"others\" on \"others\".\"pages\" > "
              "\"pieces\".\"pages\"",
              "[]", SELECT_VALUE(COUNT()), FROM(pieces),
              INNER_JOIN(others, GT(others.pages, pieces.pages)));
    check_sql("insert into \"content\".\"piece_parts\" (\"piece_id\", \"number\") "
              "values (?, ?)",
              "[1,2]", INSERT_INTO(parts, SET(piece_id, 1), SET(number, 2)));
    check_sql("update \"content\".\"pieces\" set \"pages\" = ? where "
              "\"pieces\".\"id\" = ?",
              "[5,1]", UPDATE(pieces, SET(pages, 5)), WHERE(EQ(pieces.id, 1)));
    check_sql("delete from \"content\".\"piece_parts\" where "
              "\"piece_parts\".\"number\" = ?",
              "[1]", DELETE_FROM(parts), WHERE(EQ(parts.number, 1)));
}

static void test_attach__creates_where_it_is_told(void **state)
{
    rig *r = *state;
    check_ok(r->db, vg_create(r->db, &reading)); /* nothing of "content" */
    check_rows(r->db, "select name from sqlite_schema where type = 'table'", "marks");
    check_fails(r->db, vg_create_in(r->db, &reading, "content"), VG_SCHEMA,
                "unknown database `content`");
    check_text(vg_errinfo(r->db)->sqlstate, "3F000");
    attach_and_create(r);
    check_rows(r->db, "select name from content.sqlite_schema where sql is not null",
               "pieces;piece_parts;pieces_title_unique;pieces_pages_idx");
    check_rows(r->db, "select name from sqlite_schema where type = 'table'", "marks");
    check_ok(r->db, vg_create_in(r->db, &reading, "content")); /* is there */
    check_fails(r->db, vg_create(r->db, &across), VG_SCHEMA,
                "table strays references pieces, which is in another database");
}

static void test_attach__reads_and_writes_both(void **state)
{
    rig *r = *state;
    marked_list list;
    attach_and_create(r);
    struct pieces_new rows[] = {{.title = "Notes"}, {.title = "Pipes"}};
    VG_TRANSACTION(r->db, tx) {
        vg_exec(r->db, INSERT_INTO(pieces, VALUES(rows, 2)));
        vg_exec(r->db, INSERT_INTO(parts, SET(piece_id, 2), SET(number, 1)));
        vg_exec(r->db, INSERT_INTO(marks, SET(piece_id, 2), SET(reader, "Rue")));
    }
    check_ok(r->db, vg_result(r->db));
    check_ok(r->db, vg_all(r->db, &r->arena, &list, SELECT(marked), FROM(marks),
                           INNER_JOIN(pieces, EQ(pieces.id, marks.piece_id))));
    assert_int_equal(list.len, 1);
    check_text(list.data[0].title, "Pipes");
    VG_TRANSACTION(r->db, tx) {
        vg_exec(r->db, DELETE_FROM(pieces), WHERE(EQ(pieces.id, 2)));
        vg_exec(r->db, UPDATE(marks, SET(reader, "Sam")), ALL_ROWS);
        vg_rollback(tx);
    }
    check_rows(r->db,
               "select title, reader from content.pieces join marks on id = "
               "piece_id",
               "Pipes|Rue");
    check_ok(r->db, vg_exec(r->db, UPDATE(pieces, SET(pages, ADD(pieces.pages, 1))),
                            WHERE(EQ(pieces.title, "Notes"))));
    check_ok(r->db, vg_exec(r->db, DELETE_FROM(pieces), WHERE(EQ(pieces.id, 2))));
    check_rows(r->db, "select count(*) from content.piece_parts", "0");
    check_rows(r->db, "pragma content.journal_mode", "wal");
    check_rows(r->db, "pragma content.synchronous", "1");
}

static void test_attach__read_only(void **state)
{
    rig *r = *state;
    char url[100];
    int64_t n;
    /* It is not made. */
    assert_int_equal(vg_attach(r->db, r->content, "content", true), VG_CONNECT);
    assert_int_equal(access(r->content, F_OK), -1);
    attach_and_create(r);
    check_ok(r->db, vg_detach(r->db, "content"));
    snprintf(url, sizeof url, "file:%s?cache=private", r->content);
    const char *urls[] = {r->content, url};
    for (size_t i = 0; i < COUNT_OF_ARRAY(urls); i++) {
        check_ok(r->db, vg_attach(r->db, urls[i], "content", true));
        check_ok(r->db, vg_count(r->db, &n, FROM(pieces)));
        check_fails(r->db, vg_exec(r->db, INSERT_INTO(pieces, SET(title, "x"))),
                    VG_READ_ONLY, "attempt to write a readonly database");
        check_ok(r->db, vg_exec(r->db, INSERT_INTO(marks, SET(reader, "x"))));
        check_ok(r->db, vg_detach(r->db, "content"));
    }
}

static void test_attach__refusals(void **state)
{
    rig *r = *state;
    vg_cursor *cursor;
    struct pieces *row;
    int64_t n;
    attach_and_create(r);
    check_ok(r->db, vg_exec(r->db, INSERT_INTO(pieces, SET(title, "x"))));
    check_fails(r->db, vg_attach(r->db, r->content, "content", false), VG_SCHEMA,
                "database content is already in use");
    check_text(vg_errinfo(r->db)->sqlstate, "42P06");
    check_fails(r->db, vg_detach(r->db, "other"), VG_SCHEMA, "no such database: other");
    check_text(vg_errinfo(r->db)->sqlstate, "3F000");
    static const char *const bad[] = {NULL, "", "main", "temp"};
    for (size_t i = 0; i < COUNT_OF_ARRAY(bad); i++) {
        check_fails(r->db, vg_attach(r->db, r->content, bad[i], false), VG_MISUSE,
                    "vg_attach: the name must be one of your own");
        check_fails(r->db, vg_detach(r->db, bad[i]), VG_MISUSE,
                    "vg_detach: the name must be one of your own");
    }
    check_fails(r->db, vg_attach(r->db, "", "x", false), VG_MISUSE,
                "vg_attach: the URL names no file");
    VG_TRANSACTION(r->db, tx) {
        check_fails(r->db, vg_detach(r->db, "content"), VG_MISUSE,
                    "vg_detach: a transaction is open");
    }
    check_ok(r->db, vg_query(r->db, &cursor, &row, SELECT(pieces)));
    assert_true(vg_next(cursor));
    check_fails(r->db, vg_detach(r->db, "content"), VG_BUSY,
                "database content is locked");
    assert_int_equal(vg_finish(cursor), VG_OK);
    check_ok(r->db, vg_detach(r->db, "content"));
    check_fails(r->db, vg_count(r->db, &n, FROM(pieces)), VG_SCHEMA,
                "no such table: content.pieces");
    check_ok(r->db, vg_attach(r->db, ":memory:", "it's \"odd\"", true));
    check_ok(r->db, vg_detach(r->db, "it's \"odd\""));
}

static int attach_content(vg_db *db, void *ctx)
{
    return vg_attach(db, ctx, "content", false);
}

static void test_attach__by_a_pool(void **state)
{
    rig *r = *state;
    vg_pool *pool;
    vg_pool_options options = {.setup = attach_content, .setup_ctx = r->content};
    attach_and_create(r);
    assert_int_equal(vg_pool_open(&pool, r->path, &options), VG_OK);
    VG_WRITE(pool, db) {
        check_ok(db, vg_exec(db, INSERT_INTO(pieces, SET(title, "x"))));
    }
    VG_READ(pool, db) {
        int64_t n;
        check_ok(db, vg_count(db, &n, FROM(pieces)));
        assert_int_equal(n, 1);
        assert_int_equal(vg_exec(db, DELETE_FROM(pieces), ALL_ROWS), VG_READ_ONLY);
    }
    assert_int_equal(vg_pool_close(pool, 0), VG_OK);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_attach__sql),
        cmocka_unit_test_setup_teardown(test_attach__creates_where_it_is_told, open_rig,
                                        close_rig),
        cmocka_unit_test_setup_teardown(test_attach__reads_and_writes_both, open_rig,
                                        close_rig),
        cmocka_unit_test_setup_teardown(test_attach__read_only, open_rig, close_rig),
        cmocka_unit_test_setup_teardown(test_attach__refusals, open_rig, close_rig),
        cmocka_unit_test_setup_teardown(test_attach__by_a_pool, open_rig, close_rig),
    };
    return cmocka_run_group_tests_name("attach", tests, NULL, NULL);
}
