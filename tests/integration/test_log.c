/* The log hook: one event for every statement that ran, with its text, its parameters,
 * how many rows, how it went, how long it took and where the call stands. */
#include "check.h"
#include "rt_bank.h"
#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>

enum { MAX_EVENTS = 40 };

typedef struct event {
    char sql[400], params[200], here[200];
    bool has_params;
    size_t param_count;
    int64_t duration_ns, rows;
    int code;
} event;

typedef struct journal {
    event events[MAX_EVENTS];
    size_t count;
    vg_db *db;
    vg_arena arena;
} journal;

static void keep(void *ctx, const vg_log_event *e)
{
    journal *j = ctx;
    assert_true(j->count < MAX_EVENTS);
    event *to = &j->events[j->count++];
    assert_true(e->sql && e->here);
    snprintf(to->sql, sizeof to->sql, "%s", e->sql);
    snprintf(to->here, sizeof to->here, "%s", e->here);
    to->has_params = e->params != NULL;
    to->params[0] = '\0';
    to->param_count = e->param_count;
    if (e->params)
        params_json(e->params, e->param_count, to->params, sizeof to->params);
    to->duration_ns = e->duration_ns;
    to->rows = e->rows;
    to->code = e->code;
}

static int open_with(void **state, bool redact)
{
    journal *j = calloc(1, sizeof *j);
    *state = j;
    if (!j)
        return -1;
    vg_options options = {.log = keep, .log_ctx = j, .redact_params = redact};
    j->db = rt_bank_open(&options);
    j->count = 0;
    return 0;
}

static int setup(void **state)
{
    return open_with(state, false);
}

static int setup_redacting(void **state)
{
    return open_with(state, true);
}

static int teardown(void **state)
{
    journal *j = *state;
    int rc = vg_close(j->db);
    vg_arena_free(&j->arena);
    free(j);
    return rc;
}

/* The only event since the last look; `params` NULL: any. */
static void check_event_at(journal *j, const char *sql, const char *params,
                           int64_t rows, int code, int line)
{
    const event *e = &j->events[0];
    const char *place = strstr(e->here, "/test_log.c:");
    int at = place ? atoi(place + strlen("/test_log.c:")) : 0;
    bool placed = at < line && at >= line - 8; /* the call stands just above */
    if (j->count != 1 || strcmp(e->sql, sql) != 0 || e->rows != rows ||
        e->code != code || e->duration_ns < 0 ||
        e->duration_ns > INT64_C(60000000000) || !placed ||
        (params && strcmp(e->params, params) != 0)) {
        for (size_t i = 0; i < j->count; i++)
            print_error("%s %s rows %" PRId64 " %s %" PRId64 " ns at %s\n",
                        j->events[i].sql, j->events[i].params, j->events[i].rows,
                        vg_code_name(j->events[i].code), j->events[i].duration_ns,
                        j->events[i].here);
        print_error("expected: %s %s rows %" PRId64 " %s\n", sql, params ? params : "",
                    rows, vg_code_name(code));
        _fail(__FILE__, line);
    }
    j->count = 0;
}
#define check_event(j, sql, params, rows, code) \
    check_event_at((j), (sql), (params), (rows), (code), __LINE__)

#define OWNERS "select \"id\", \"name\", \"email\", \"level\", \"seen\" from \"owners\""

/* Proves: Q105. */
static void test_log__reads(void **state)
{
    journal *j = *state;
    owners_list list;
    struct owners *one, row;
    int64_t n;
    bool there;
    check_ok(j->db, vg_all(j->db, &j->arena, &list, SELECT(owners),
                           WHERE(GT(owners.id, 1)), LIMIT(9)));
    check_event(j, OWNERS " where \"owners\".\"id\" > ? limit ?", "[1,9]", 2, VG_OK);
    check_ok(j->db, vg_one(j->db, &j->arena, &one, SELECT(owners),
                           WHERE(EQ(owners.name, "Bob"))));
    check_event(j, OWNERS " where \"owners\".\"name\" = ?", "[\"Bob\"]", 1, VG_OK);
    check_ok(j->db, vg_get(j->db, &j->arena, &row, SELECT(owners)));
    check_event(j, OWNERS, "", 1, VG_OK);
    assert_int_equal(
        vg_one(j->db, &j->arena, &one, SELECT(owners), WHERE(EQ(owners.id, 99))),
        VG_NOT_FOUND);
    check_event(j, OWNERS " where \"owners\".\"id\" = ?", "[99]", 0, VG_OK);
    check_ok(j->db, vg_count(j->db, &n, FROM(owners)));
    check_event(j, "select count(*) from \"owners\"", "", 1, VG_OK);
    check_ok(j->db, vg_exists(j->db, &there, FROM(owners)));
    check_event(j, "select exists (select 1 from \"owners\")", "", 1, VG_OK);
}

/* Proves: Q105. */
static void test_log__writes(void **state)
{
    journal *j = *state;
    const char *nothing = NULL;
    vg_bytes bytes = {"abc", 3};
    bool yes = true; /* true itself is an int */
    check_ok(j->db, vg_exec(j->db, INSERT_INTO(owners, SET(name, "Eve"),
                                               SET(email, nothing), SET(level, 2))));
    check_event(
        j, "insert into \"owners\" (\"name\", \"email\", \"level\") values (?, ?, ?)",
        "[\"Eve\",null,2]", 1, VG_OK);
    check_ok(j->db,
             vg_exec(j->db, UPDATE(owners, SET(seen, ((vg_timestamp){7}))), ALL_ROWS));
    check_event(j, "update \"owners\" set \"seen\" = ?", "[{\"us\":7}]", 4, VG_OK);
    check_ok(j->db, vg_exec(j->db, DELETE_FROM(owners), WHERE(EQ(owners.name, "Eve"))));
    check_event(j, "delete from \"owners\" where \"owners\".\"name\" = ?", "[\"Eve\"]",
                1, VG_OK);
    check_ok(j->db, vg_exec(j->db, DELETE_FROM(owners), WHERE(EQ(owners.name, "Eve"))));
    check_event(j, "delete from \"owners\" where \"owners\".\"name\" = ?", "[\"Eve\"]",
                0, VG_OK);
    check_ok(j->db, vg_exec(j->db, RAW("select ?, ?, ?", yes, 0.5, bytes)));
    check_event(j, "select ?, ?, ?", "[true,0.5,{\"bytes\":3}]", 0, VG_OK);
    struct accounts_new one = {.owner_id = 3, .label = "x"};
    check_ok(j->db, vg_exec(j->db, INSERT_INTO(accounts, VALUES(&one))));
    check_event(j,
                "insert into \"accounts\" (\"owner_id\", \"label\", \"note\") values "
                "(?, ?, ?)",
                "[3,\"x\",null]", 1, VG_OK);
}

/* Proves: Q105. */
static void test_log__failures(void **state)
{
    journal *j = *state;
    check_ok(j->db, vg_exec(j->db, UPDATE(owners, SET(level, 2)), ALL_ROWS));
    j->count = 0;
    assert_int_equal(vg_exec(j->db, INSERT_INTO(owners, SET(name, "Ada"))), VG_UNIQUE);
    check_event(j, "insert into \"owners\" (\"name\") values (?)", "[\"Ada\"]", 0,
                VG_UNIQUE);
    assert_int_equal(vg_exec(j->db, RAW("selekt ?", 5)), VG_SYNTAX);
    check_event(j, "selekt ?", "[5]", 0, VG_SYNTAX);
    /* What is refused before the database is asked has not run. */
    assert_int_equal(vg_exec(j->db, DELETE_FROM(owners)), VG_INVALID);
    assert_int_equal(j->count, 0);
}

/* A cursor is one event, when it ends, with the parameters that it began with. */
static void test_log__cursor(void **state)
{
    journal *j = *state;
    vg_cursor *cursor;
    struct owners *row;
    int64_t n;
    check_ok(j->db,
             vg_query(j->db, &cursor, &row, SELECT(owners), WHERE(GT(owners.id, 0))));
    assert_true(vg_next(cursor));
    assert_true(vg_next(cursor));
    assert_int_equal(j->count, 0);
    check_ok(j->db, vg_count(j->db, &n, FROM(accounts)));
    check_event(j, "select count(*) from \"accounts\"", "", 1, VG_OK);
    assert_int_equal(vg_finish(cursor), VG_OK);
    check_event(j, OWNERS " where \"owners\".\"id\" > ?", "[0]", 2, VG_OK);
    char text[] = "nobody";
    check_ok(j->db, vg_query(j->db, &cursor, &row, SELECT(owners),
                             WHERE(SQL(BOOLEAN, "? = ?", text, 5))));
    text[0] = 'N';
    assert_false(vg_next(cursor));
    assert_int_equal(vg_finish(cursor), VG_OK);
    check_event(j, OWNERS " where ? = ?", "[\"nobody\",5]", 0, VG_OK);
}

/* The statements of several: what SQLite runs, in its order. */
static void check_texts(const journal *j, const char *texts)
{
    char got[2000] = "";
    for (size_t i = 0; i < j->count; i++) {
        assert_true(strlen(got) + strlen(j->events[i].sql) + 2 < sizeof got);
        strcat(got, i ? ";" : "");
        strcat(got, j->events[i].sql);
        assert_int_equal(j->events[i].code, VG_OK);
        assert_true(j->events[i].duration_ns >= 0);
    }
    check_text(got, texts);
}

static void test_log__transactions(void **state)
{
    journal *j = *state;
    VG_TRANSACTION(j->db, outer) {
        check_ok(j->db, vg_exec(j->db, DELETE_FROM(accounts), ALL_ROWS));
        VG_TRANSACTION(j->db, inner) {
            vg_rollback(inner);
        }
        VG_TRANSACTION(j->db, inner) {
        }
    }
    assert_int_equal(vg_result(j->db), VG_OK);
    check_texts(j, "begin immediate;delete from \"accounts\";savepoint sp2;"
                   "rollback to sp2;release sp2;savepoint sp2;release sp2;commit");
    assert_int_equal(j->events[0].rows, 0);
    assert_int_equal(j->events[1].rows, 3);
    j->count = 0;

    struct owners_new rows[] = {{.name = "Eve"}, {.name = "Fay"}, {.name = "Gil"}};
    check_ok(j->db, vg_exec(j->db, INSERT_INTO(owners, VALUES(rows, 3))));
    check_texts(
        j, "begin immediate;insert into \"owners\" (\"name\", \"email\", \"seen\") "
           "values (?, ?, ?), (?, ?, ?);insert into \"owners\" (\"name\", "
           "\"email\", \"seen\") values (?, ?, ?);commit");
    assert_int_equal(j->events[1].param_count, 6);
    assert_int_equal(j->events[1].rows, 2);
}

/* With redaction there is no value anywhere, only their number. */
/* Proves: Q105. */
static void test_log__redaction(void **state)
{
    journal *j = *state;
    owners_list list;
    check_ok(j->db, vg_exec(j->db, INSERT_INTO(owners, SET(name, "s3cret"))));
    check_ok(j->db, vg_all(j->db, &j->arena, &list, SELECT(owners),
                           WHERE(IN(owners.name, "s3cret", "s3cret2"))));
    assert_int_equal(vg_exec(j->db, INSERT_INTO(owners, SET(name, "s3cret"))),
                     VG_UNIQUE);
    assert_int_equal(j->count, 3);
    for (size_t i = 0; i < j->count; i++) {
        assert_false(j->events[i].has_params);
        assert_int_equal(j->events[i].param_count, i == 1 ? 2 : 1);
        assert_null(strstr(j->events[i].sql, "s3cret"));
    }
}

static void test_log__scripts(void **state)
{
    journal *j = *state;
    check_ok(j->db, vg_script(j->db, "select 1; select 2"));
    assert_int_equal(j->count, 1);
    assert_string_equal(j->events[0].sql, "select 1; select 2");
    assert_int_equal(j->events[0].code, VG_OK);
    assert_int_equal(vg_script(j->db, "select 1; selekt"), VG_SYNTAX);
    assert_int_equal(j->count, 2);
    assert_int_equal(j->events[1].code, VG_SYNTAX);
}

int main(void)
{
#define TEST(name) cmocka_unit_test_setup_teardown(name, setup, teardown)
    const struct CMUnitTest tests[] = {
        TEST(test_log__reads),
        TEST(test_log__writes),
        TEST(test_log__failures),
        TEST(test_log__cursor),
        TEST(test_log__transactions),
        TEST(test_log__scripts),
        cmocka_unit_test_setup_teardown(test_log__redaction, setup_redacting, teardown),
    };
    return cmocka_run_group_tests_name("log", tests, NULL, NULL);
}
