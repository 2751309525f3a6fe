/* Insert structs on PostgreSQL: many of them go into the server's binary form as they are,
 * by VALUES and by COPY. Row by row, as parameters, they must give the same. */
#include "pg.h"
#include <stdio.h>

// clang-format off
TABLE(kinds,
    COLUMN(id,     INTEGER,     PRIMARY_KEY),
    COLUMN(whole,  INTEGER,     NOT_NULL),
    COLUMN(mid,    INT,         NOT_NULL),
    COLUMN(small,  SMALLINT),
    COLUMN(share,  REAL,        NOT_NULL),
    COLUMN(flag,   BOOLEAN,     NOT_NULL),
    COLUMN(maybe,  BOOLEAN),
    COLUMN(name,   TEXT,        NOT_NULL),
    COLUMN(code,   VARCHAR(20)),
    COLUMN(doc,    JSON),
    COLUMN(plain,  JSON_TEXT),
    COLUMN(bytes,  BLOB),
    COLUMN(key,    UUID),
    COLUMN(at,     TIMESTAMP,   NOT_NULL),
    COLUMN(day,    DATE),
    COLUMN(grade,  INTEGER,     DEFAULT(7)))

/* Rows of one size. */
TABLE(fixed,
    COLUMN(id,     INTEGER,     PRIMARY_KEY),
    COLUMN(mid,    INT,         NOT_NULL),
    COLUMN(small,  SMALLINT,    NOT_NULL),
    COLUMN(share,  REAL,        NOT_NULL),
    COLUMN(flag,   BOOLEAN,     NOT_NULL),
    COLUMN(key,    UUID,        NOT_NULL),
    COLUMN(at,     TIMESTAMP,   NOT_NULL),
    COLUMN(day,    DATE,        NOT_NULL))

/* Bytes on SQLite, the types themselves here. */
TABLE(modes,
    COLUMN(id,     INTEGER,     PRIMARY_KEY),
    COLUMN(doc,    JSON,        MODE(BLOB)),
    COLUMN(name,   TEXT,        MODE(BLOB)))
// clang-format on
SCHEMA(shop, kinds, fixed, modes)

enum { ROWS = 700 };

static struct kinds_new some[ROWS];
static struct fixed_new even[ROWS];
static char names[ROWS][40], codes[ROWS][16], long_text[9001];

static const int64_t whens[] = {0,         -1,        1700000000123456,
                                INT64_MAX, INT64_MIN, -86400000001};

static void fill_some(void)
{
    static const char *const texts[] = {"", "a\tb\\n", "naïve", NULL};
    memset(long_text, 'x', sizeof long_text - 1);
    for (int i = 0; i < ROWS; i++) {
        snprintf(names[i], sizeof names[i], "name %d %s", i, i % 3 ? "\\.\n" : "");
        snprintf(codes[i], sizeof codes[i], "{\"a\": %d}", i);
        bool has = i % 5 > 1, other = i % 7 > 2;
        some[i] = (struct kinds_new){
            .id = {true, i + 1},
            .whole = i % 2 ? INT64_MAX - i : INT64_MIN + i,
            .mid = i % 2 ? INT32_MIN + i : INT32_MAX - i,
            .small = {has, i - 300},
            .share = i % 9 ? i / 7.0 : 1e300,
            .flag = has,
            .maybe = {other, has},
            .name = i == 400 ? long_text : names[i],
            .code = texts[i % 4],
            .doc = has ? codes[i] : NULL,
            .plain = other ? codes[i] : NULL,
            .bytes = {has ? names[i] : NULL, has ? (size_t)(i % 6) : 0},
            .key = {other, {{(uint8_t)i, 2, 255}}},
            .at = {whens[i % 6]},
            .day = {has, {whens[i % 6]}},
            .grade = {i >= 200 && i < 500, i},
        };
    }
}

static void fill_even(void)
{
    for (int i = 0; i < ROWS; i++)
        even[i] =
            (struct fixed_new){.id = {true, i + 1},
                               .mid = INT32_MIN + i,
                               .small = 300 - i,
                               .share = -i / 3.0,
                               .flag = i % 2,
                               .key = {{(uint8_t)i, 9, 8}},
                               .at = {whens[i % 6]},
                               .day = {whens[i % 6] == INT64_MIN ? 5 : whens[i % 6]}};
}

static int setup(void **state)
{
    fill_some();
    fill_even();
    return pg_fixture_open(state, &shop, NULL);
}

/* What stands in the table now, for later. */
#define KEEP(f, t)                                                    \
    do {                                                              \
        pg_exec((f)->url, "drop table if exists before_" #t);         \
        pg_exec((f)->url, "create table before_" #t " as table " #t); \
        pg_exec((f)->url, "delete from " #t);                         \
    } while (0)

/* It is the same now, in every row. */
#define CHECK_SAME(f, t, rows)                                   \
    do {                                                         \
        check_pg((f)->url, "select count(*) from " #t, rows);    \
        check_pg((f)->url,                                       \
                 "select count(*) from " #t " a join before_" #t \
                 " b using (id) where "                          \
                 "a::text = b::text",                            \
                 rows);                                          \
        pg_exec((f)->url, "delete from " #t);                    \
    } while (0)

static void test_structs__as_parameters_would(void **state)
{
    fixture *f = *state;
    VG_TRANSACTION(f->db, tx) {
        for (int i = 0; i < ROWS; i++)
            vg_exec(f->db, INSERT_INTO(kinds, VALUES(&some[i])));
    }
    check_ok(f->db, vg_result(f->db));
    KEEP(f, kinds);
    for (int again = 0; again < 2; again++) { /* prepared, and from then on */
        check_ok(f->db, vg_exec(f->db, INSERT_INTO(kinds, VALUES(some, ROWS))));
        assert_int_equal(vg_changes(f->db), ROWS);
        CHECK_SAME(f, kinds, "700");
        check_ok(f->db, vg_copy_in(f->db, kinds, some, ROWS));
        assert_int_equal(vg_changes(f->db), ROWS);
        CHECK_SAME(f, kinds, "700");
    }
}

static void test_structs__of_one_size(void **state)
{
    fixture *f = *state;
    VG_TRANSACTION(f->db, tx) {
        for (int i = 0; i < ROWS; i++)
            vg_exec(f->db, INSERT_INTO(fixed, VALUES(&even[i])));
    }
    check_ok(f->db, vg_result(f->db));
    KEEP(f, fixed);
    for (int again = 0; again < 2; again++) {
        check_ok(f->db, vg_exec(f->db, INSERT_INTO(fixed, VALUES(even, ROWS))));
        CHECK_SAME(f, fixed, "700");
        check_ok(f->db, vg_copy_in(f->db, fixed, even, ROWS));
        CHECK_SAME(f, fixed, "700");
    }
    /* Pieces that begin anywhere. */
    VG_TRANSACTION(f->db, tx) {
        for (size_t i = 0, n = 1; i < ROWS;
             i += n, n = n * 2 < ROWS - i ? n * 2 : ROWS - i)
            vg_copy_in(f->db, fixed, even + i, n ? n : 1);
    }
    check_ok(f->db, vg_result(f->db));
    CHECK_SAME(f, fixed, "700");
}

/* A value that does not fit is told as it always was, and nothing stays. */
static void test_structs__refused(void **state)
{
    fixture *f = *state;
    for (int again = 0; again < 2; again++) {
        check_ok(f->db, vg_exec(f->db, INSERT_INTO(fixed, VALUES(even, 512))));
        pg_exec(f->url, "delete from fixed");
        even[300].small = 40000;
        assert_int_equal(vg_exec(f->db, INSERT_INTO(fixed, VALUES(even, 512))),
                         VG_VALUE);
        assert_non_null(
            strstr(vg_errmsg(f->db), "40000, which the column's type, smallint"));
        assert_int_equal(vg_copy_in(f->db, fixed, even, ROWS), VG_VALUE);
        assert_non_null(strstr(vg_errmsg(f->db), "row 300: "));
        even[300].small = 0;
        check_pg(f->url, "select count(*) from fixed", "0");
        const char *name = some[255].name;
        some[255].name = NULL;
        assert_int_equal(vg_exec(f->db, INSERT_INTO(kinds, VALUES(some, 300))),
                         VG_NOT_NULL);
        assert_non_null(strstr(vg_errmsg(f->db), "row 255: kinds.name is NULL"));
        assert_int_equal(vg_copy_in(f->db, kinds, some, ROWS), VG_NOT_NULL);
        some[255].name = name;
        some[699].id.v = 600;
        assert_int_equal(vg_copy_in(f->db, kinds, some, ROWS), VG_UNIQUE);
        assert_non_null(strstr(vg_errmsg(f->db), "row 699: "));
        assert_int_equal(vg_exec(f->db, INSERT_INTO(kinds, VALUES(some, ROWS))),
                         VG_UNIQUE);
        some[699].id.v = 700;
        check_pg(f->url, "select count(*) from kinds", "0");
    }
}

/* What comes with the rows has its parameters. */
static void test_structs__with_conflicts(void **state)
{
    fixture *f = *state;
    check_ok(f->db, vg_exec(f->db, INSERT_INTO(fixed, VALUES(even, 128))));
    for (int again = 0; again < 2; again++) {
        check_ok(f->db, vg_exec(f->db, INSERT_INTO(fixed, VALUES(even, 64)),
                                ON_CONFLICT(fixed, KEY(id), DO_NOTHING)));
        assert_int_equal(vg_changes(f->db), 0);
        check_ok(f->db, vg_exec(f->db, INSERT_INTO(fixed, VALUES(even, 64)),
                                ON_CONFLICT(fixed, KEY(id), SET(share, 2.5))));
        assert_int_equal(vg_changes(f->db), 64);
    }
    check_pg(f->url, "select count(*) from fixed where share = 2.5", "64");
}

/* By VALUES, SET and COPY. */
static void test_structs__modes_of_bytes(void **state)
{
    fixture *f = *state;
    modes_list list;
    const struct modes_new rows[] = {
        {.id = {true, 1}, .doc = "{\"a\": 1}", .name = "one"}, {.id = {true, 2}}};
    const struct modes_new last = {.id = {true, 4}, .doc = "[4]", .name = "four"};
    check_ok(f->db, vg_exec(f->db, INSERT_INTO(modes, VALUES(rows, 2))));
    check_ok(f->db, vg_exec(f->db, INSERT_INTO(modes, SET(id, 3), SET(doc, "[3]"),
                                               SET(name, "three"))));
    check_ok(f->db, vg_copy_in(f->db, modes, &last, 1));
    check_ok(f->db, vg_all(f->db, &f->arena, &list, SELECT(modes), ORDER_BY(modes.id)));
    assert_int_equal(list.len, 4);
    check_text(list.data[0].doc, "{\"a\": 1}");
    check_text(list.data[0].name, "one");
    assert_null(list.data[1].doc);
    check_text(list.data[2].doc, "[3]");
    check_text(list.data[3].doc, "[4]");
    check_text(list.data[3].name, "four");
    check_pg(f->url, "select doc->'a' from modes where id = 1", "1");
    assert_int_equal(
        vg_exec(f->db, UPDATE(modes, SET(doc, "nonsense")), WHERE(EQ(modes.id, 1))),
        VG_VALUE);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(test_structs__as_parameters_would, setup,
                                        pg_fixture_close),
        cmocka_unit_test_setup_teardown(test_structs__of_one_size, setup,
                                        pg_fixture_close),
        cmocka_unit_test_setup_teardown(test_structs__refused, setup, pg_fixture_close),
        cmocka_unit_test_setup_teardown(test_structs__with_conflicts, setup,
                                        pg_fixture_close),
        cmocka_unit_test_setup_teardown(test_structs__modes_of_bytes, setup,
                                        pg_fixture_close),
    };
    return cmocka_run_group_tests_name("pg_structs", tests, NULL, NULL);
}
