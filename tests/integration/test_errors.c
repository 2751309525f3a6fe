/* What a failure tells: the code, SQLite's extended code, SQLSTATE, the names of
 * constraint, table and columns, the SQL, the place of the call and a sentence.
 * Constraints, then what the file and the disk do, then what Virga refuses itself. The
 * codes of vg_open are test_open.c's, BUSY is also test_busy.c's. */
#include "check.h"
#include "rt_bank.h"
#include "rt_vfs.h"
#include <fcntl.h>
#include <math.h>
#include <signal.h>
#include <sqlite3.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/resource.h>
#include <sys/stat.h>
#include <unistd.h>

/* No message and no SQL may hold this. */
#define SECRET "s3cret-value"

// clang-format off
TABLE(pairs,
    COLUMN(a, INTEGER, NOT_NULL),
    COLUMN(b, TEXT,    NOT_NULL),
    PRIMARY_KEY(a, b))
TABLE(typed,
    COLUMN(id, INTEGER, PRIMARY_KEY),
    COLUMN(n,  TEXT))
TABLE(missing,
    COLUMN(id, INTEGER, PRIMARY_KEY))
PROJECTION(strict_note,
    FIELD(label, accounts.label),
    FIELD(email, owners.name))
// clang-format on

SCHEMA(pairs_only, pairs)

static int setup(void **state)
{
    return fixture_open(
        state, &bank,
        BANK_ROWS "create table pairs (a integer not null, b text not null, primary "
                  "key (a, b));"
                  "insert into pairs values (1, 'x');"
                  "create table typed (id integer primary key, n integer) strict;");
}

/* What vg_errinfo should say; a NULL string is "". */
typedef struct expected {
    int code, native;
    const char *sqlstate, *constraint, *table, *column, *message;
} expected;

static const char *or_empty(const char *text)
{
    return text ? text : "";
}

static bool ends_in(const char *text, const char *end)
{
    size_t len = strlen(text), n = strlen(end);
    return len >= n && strcmp(text + len - n, end) == 0;
}

/* The place is within the call, which may take some lines: compilers do not agree which of
 * them __LINE__ is. `line` 0: the call has no place. */
static bool is_place(const vg_error *got, int line)
{
    if (!line)
        return !got->line && !got->file[0];
    return got->line >= line - 6 && got->line <= line + 6 &&
           ends_in(got->file, "integration/test_errors.c");
}

static void check_error_at(vg_db *db, int rc, const expected *e, int line,
                           int test_line)
{
    const vg_error *got = vg_errinfo(db);
    bool right = rc == e->code && got->code == e->code && got->native == e->native &&
                 strcmp(got->sqlstate,
                        e->sqlstate ? e->sqlstate : vg_code_sqlstate(e->code)) == 0 &&
                 strcmp(got->constraint, or_empty(e->constraint)) == 0 &&
                 strcmp(got->table, or_empty(e->table)) == 0 &&
                 strcmp(got->column, or_empty(e->column)) == 0 &&
                 strcmp(got->message, e->message) == 0 && is_place(got, line) &&
                 strcmp(vg_errmsg(db), got->message) == 0;
    if (right && !strstr(got->sql, SECRET) && !strstr(got->message, SECRET))
        return;
    print_error(
        "returned %s; got %s native %d state \"%s\" constraint \"%s\" table \"%s\" "
        "column \"%s\"\n  %s:%d\n  message: %s\n  sql: %s\n",
        vg_code_name(rc), vg_code_name(got->code), got->native, got->sqlstate,
        got->constraint, got->table, got->column, got->file, got->line, got->message,
        got->sql);
    print_error("expected %s native %d, message: %s\n", vg_code_name(e->code),
                e->native, e->message);
    _fail(__FILE__, test_line);
}
#define check_error(db, call, ...) \
    check_error_at((db), (call), &(expected){__VA_ARGS__}, __LINE__, __LINE__)
#define check_placeless(db, call, ...) \
    check_error_at((db), (call), &(expected){__VA_ARGS__}, 0, __LINE__)

/* ---- constraints ---- */

/* Proves: Q106. */
static void test_errors__unique(void **state)
{
    vg_db *db = ((fixture *)*state)->db;
    check_error(db,
                vg_exec(db, INSERT_INTO(owners, SET(name, "Ada"), SET(email, SECRET))),
                .code = VG_UNIQUE, .native = SQLITE_CONSTRAINT_UNIQUE,
                .sqlstate = "23505", .table = "owners", .column = "name",
                .message = "UNIQUE constraint failed: owners.name");
    check_text(vg_errinfo(db)->sql,
               "insert into \"owners\" (\"name\", \"email\") values (?, ?)");
    check_error(
        db, vg_exec(db, INSERT_INTO(accounts, SET(owner_id, 1), SET(label, "daily"))),
        .code = VG_UNIQUE, .native = SQLITE_CONSTRAINT_UNIQUE, .sqlstate = "23505",
        .table = "accounts", .column = "owner_id,label",
        .message = "UNIQUE constraint failed: accounts.owner_id, accounts.label");
    check_error(db,
                vg_exec(db, UPDATE(owners, SET(name, "Ada")), WHERE(EQ(owners.id, 2))),
                .code = VG_UNIQUE, .native = SQLITE_CONSTRAINT_UNIQUE,
                .sqlstate = "23505", .table = "owners", .column = "name",
                .message = "UNIQUE constraint failed: owners.name");
    rt_check_sound(db);
}

/* An index over expressions has no columns to name: it names itself. */
static void test_errors__unique_index_of_expressions(void **state)
{
    vg_db *db = ((fixture *)*state)->db;
    check_ok(db,
             vg_script(db, "create unique index owners_lower on owners (lower(name))"));
    check_error(db, vg_exec(db, INSERT_INTO(owners, SET(name, "ADA"))),
                .code = VG_UNIQUE, .native = SQLITE_CONSTRAINT_UNIQUE,
                .sqlstate = "23505", .constraint = "owners_lower",
                .message = "UNIQUE constraint failed: index 'owners_lower'");
}

static void test_errors__primary_key(void **state)
{
    vg_db *db = ((fixture *)*state)->db;
    check_error(db, vg_exec(db, INSERT_INTO(owners, SET(id, 1), SET(name, "Eve"))),
                .code = VG_UNIQUE, .native = SQLITE_CONSTRAINT_PRIMARYKEY,
                .sqlstate = "23505", .table = "owners", .column = "id",
                .message = "UNIQUE constraint failed: owners.id");
    check_error(db, vg_exec(db, INSERT_INTO(pairs, SET(a, 1), SET(b, "x"))),
                .code = VG_UNIQUE, .native = SQLITE_CONSTRAINT_PRIMARYKEY,
                .sqlstate = "23505", .table = "pairs", .column = "a,b",
                .message = "UNIQUE constraint failed: pairs.a, pairs.b");
}

/* Proves: Q106. */
static void test_errors__foreign_key(void **state)
{
    vg_db *db = ((fixture *)*state)->db;
    check_error(
        db, vg_exec(db, INSERT_INTO(accounts, SET(owner_id, 99), SET(label, SECRET))),
        .code = VG_FOREIGN_KEY, .native = SQLITE_CONSTRAINT_FOREIGNKEY,
        .sqlstate = "23503", .message = "FOREIGN KEY constraint failed");
    check_error(db, vg_exec(db, DELETE_FROM(owners), WHERE(EQ(owners.id, 1))),
                .code = VG_FOREIGN_KEY, .native = SQLITE_CONSTRAINT_FOREIGNKEY,
                .sqlstate = "23503", .message = "FOREIGN KEY constraint failed");
    check_text(vg_errinfo(db)->sql,
               "delete from \"owners\" where \"owners\".\"id\" = ?");
    rt_check_sound(db);
}

/* A deferred key is checked by the commit; then the block fails and is rolled back. */
static void test_errors__foreign_key_at_commit(void **state)
{
    vg_db *db = ((fixture *)*state)->db;
    VG_TRANSACTION(db, tx) {
        check_ok(db, vg_exec(db, RAW("pragma defer_foreign_keys = on")));
        check_ok(
            db, vg_exec(db, INSERT_INTO(accounts, SET(owner_id, 99), SET(label, "x"))));
    }
    assert_int_equal(vg_result(db), VG_FOREIGN_KEY);
    assert_int_equal(vg_errinfo(db)->native, SQLITE_CONSTRAINT_FOREIGNKEY);
    check_text(vg_errinfo(db)->sql, "commit");
    check_rows(db, "select count(*) from accounts", "3");
    rt_check_sound(db);
}

/* Proves: S055 Q106. */
static void test_errors__not_null(void **state)
{
    vg_db *db = ((fixture *)*state)->db;
    const char *nothing = NULL;
    check_error(db,
                vg_exec(db, INSERT_INTO(accounts, SET(owner_id, 3), SET(label, nothing),
                                        SET(note, SECRET))),
                .code = VG_NOT_NULL, .native = SQLITE_CONSTRAINT_NOTNULL,
                .sqlstate = "23502", .table = "accounts", .column = "label",
                .message = "NOT NULL constraint failed: accounts.label");
    /* From a struct it is found before the database is asked, with the row's number. */
    struct accounts_new rows[] = {{.owner_id = 3, .label = "a"}, {.owner_id = 3}};
    check_error(db, vg_exec(db, INSERT_INTO(accounts, VALUES(rows, 2))),
                .code = VG_NOT_NULL,
                .message = "VALUES: row 1: accounts.label is NULL, but NOT NULL");
    check_rows(db, "select count(*) from accounts", "3");
    rt_check_sound(db);
}

static void test_errors__check(void **state)
{
    vg_db *db = ((fixture *)*state)->db;
    check_error(db,
                vg_exec(db, UPDATE(accounts, SET(balance, SUB(accounts.balance, 1000))),
                        WHERE(EQ(accounts.label, "savings"))),
                .code = VG_CHECK, .native = SQLITE_CONSTRAINT_CHECK,
                .sqlstate = "23514", .constraint = "accounts_balance",
                .message = "CHECK constraint failed: accounts_balance");
    rt_check_sound(db);
}

static void test_errors__value_of_another_type(void **state)
{
    vg_db *db = ((fixture *)*state)->db;
    check_error(db, vg_exec(db, INSERT_INTO(typed, SET(id, 1), SET(n, SECRET))),
                .code = VG_VALUE, .native = SQLITE_CONSTRAINT_DATATYPE,
                .sqlstate = "22000",
                .message = "cannot store TEXT value in INTEGER column typed.n");
    check_error(db, vg_exec(db, RAW("insert into owners (id, name) values ('x', 'y')")),
                .code = VG_VALUE, .native = SQLITE_MISMATCH, .sqlstate = "22000",
                .message = "datatype mismatch");
}

static void test_errors__trigger(void **state)
{
    vg_db *db = ((fixture *)*state)->db;
    check_ok(db, vg_script(db, "create trigger closed before insert on accounts begin "
                               "select raise(abort, 'the bank is closed'); end"));
    check_error(db,
                vg_exec(db, INSERT_INTO(accounts, SET(owner_id, 3), SET(label, "x"))),
                .code = VG_DATABASE, .native = SQLITE_CONSTRAINT_TRIGGER,
                .message = "the bank is closed");
}

/* ---- names that are not there, text that is no SQL ---- */

static void test_errors__schema(void **state)
{
    fixture *f = *state;
    missing_list list;
    owners_list all;
    check_error(f->db, vg_all(f->db, &f->arena, &list, SELECT(missing)),
                .code = VG_SCHEMA, .native = SQLITE_ERROR, .sqlstate = "42P01",
                .message = "no such table: missing");
    check_text(vg_errinfo(f->db)->sql, "select \"id\" from \"missing\"");
    check_ok(f->db, vg_script(f->db, "alter table owners drop column seen"));
    check_error(f->db, vg_all(f->db, &f->arena, &all, SELECT(owners)),
                .code = VG_SCHEMA, .native = SQLITE_ERROR, .sqlstate = "42703",
                .message = "no such column: seen");
    check_error(
        f->db,
        vg_exec(f->db, INSERT_INTO(owners, SET(name, "Eve"), SET(seen, vg_now()))),
        .code = VG_SCHEMA, .native = SQLITE_ERROR, .sqlstate = "42703",
        .message = "table owners has no column named seen");
    check_placeless(f->db, vg_script(f->db, "create table owners (x)"),
                    .code = VG_SCHEMA, .native = SQLITE_ERROR, .sqlstate = "42P07",
                    .message = "table owners already exists");
}

/* Proves: Q106. */
static void test_errors__syntax(void **state)
{
    vg_db *db = ((fixture *)*state)->db;
    check_error(db, vg_exec(db, RAW("selekt 1")), .code = VG_SYNTAX,
                .native = SQLITE_ERROR, .sqlstate = "42601",
                .message = "near \"selekt\": syntax error");
    check_error(db, vg_exec(db, RAW("select (1")), .code = VG_SYNTAX,
                .native = SQLITE_ERROR, .sqlstate = "42601",
                .message = "incomplete input");
    check_error(db, vg_exec(db, RAW("select 1x")), .code = VG_SYNTAX,
                .native = SQLITE_ERROR, .sqlstate = "42601",
                .message = "unrecognized token: \"1x\"");
    check_error(db, vg_exec(db, RAW("")), .code = VG_SYNTAX,
                .message = "the statement is empty");
    check_error(db, vg_exec(db, RAW("select 1; delete from owners")), .code = VG_SYNTAX,
                .message = "one statement at a time; vg_script runs several");
    check_rows(db, "select count(*) from owners", "3");
}

/* ---- files and disks ---- */

static void test_errors__busy(void **state)
{
    (void)state;
    char path[64];
    vg_options no_wait = {.busy_timeout_ms = -1};
    vg_db *writer = rt_bank_open_file(temp_file(path), NULL, true);
    vg_db *db = rt_bank_open_file(path, &no_wait, false);
    VG_TRANSACTION(writer, tx) {
        check_error(db, vg_exec(db, INSERT_INTO(owners, SET(name, SECRET))),
                    .code = VG_BUSY, .native = SQLITE_BUSY, .sqlstate = "55P03",
                    .message = "database is locked");
    }
    assert_int_equal(vg_result(writer), VG_OK);
    check_ok(db, vg_exec(db, INSERT_INTO(owners, SET(name, "Eve"))));
    assert_int_equal(vg_close(writer), VG_OK);
    assert_int_equal(vg_close(db), VG_OK);
    temp_file_remove(path);
}

static void test_errors__read_only(void **state)
{
    (void)state;
    char path[64];
    vg_db *writer = rt_bank_open_file(temp_file(path), NULL, true);
    vg_options read_only = {.read_only = true};
    vg_db *db = rt_bank_open_file(path, &read_only, false);
    check_error(db, vg_exec(db, INSERT_INTO(owners, SET(name, SECRET))),
                .code = VG_READ_ONLY, .native = SQLITE_READONLY, .sqlstate = "25006",
                .message = "attempt to write a readonly database");
    int64_t n;
    check_ok(db, vg_count(db, &n, FROM(owners)));
    assert_int_equal(n, 3);
    assert_int_equal(vg_close(db), VG_OK);
    assert_int_equal(vg_close(writer), VG_OK);
    temp_file_remove(path);
}

/* Fill the table until the database refuses; the code, and the rows that are in. */
static int fill(vg_db *db, int64_t *rows)
{
    static char text[2001];
    int rc = VG_OK;
    memset(text, 'x', 2000);
    for (*rows = 0; rc == VG_OK && *rows < 1000; *rows += rc == VG_OK)
        rc = vg_exec(db, INSERT_INTO(owners,
                                     SET(name, LOWER(SQL(TEXT, "hex(randomblob(8))"))),
                                     SET(email, text)));
    return rc;
}

static void check_filled(vg_db *db, int64_t rows)
{
    int64_t n;
    check_ok(db, vg_count(db, &n, FROM(owners), WHERE(EQ(LENGTH(owners.email), 2000))));
    assert_int_equal(n, rows);
    rt_check_sound(db);
    check_ok(db, vg_exec(db, DELETE_FROM(owners), WHERE(GT(owners.id, 3))));
}

static void test_errors__full(void **state)
{
    vg_db *db = ((fixture *)*state)->db;
    int64_t rows;
    check_rows(db, "pragma max_page_count = 40", "40");
    assert_int_equal(fill(db, &rows), VG_FULL);
    assert_in_range(rows, 1, 100);
    assert_int_equal(vg_errinfo(db)->native, SQLITE_FULL);
    check_text(vg_errinfo(db)->sqlstate, "53100");
    check_text(vg_errmsg(db), "database or disk is full");
    assert_null(strstr(vg_errinfo(db)->sql, "xxx"));
    check_filled(db, rows);
}

/* What Virga refuses by itself has a SQLSTATE like what the database refuses. */
static void test_errors__sqlstate_of_refusals(void **state)
{
    fixture *f = *state;
    vg_db *db = f->db;
    owners_list list;
    const char *none = NULL;
    assert_int_equal(
        vg_all(db, &f->arena, &list, SELECT(owners), WHERE(EQ(owners.name, none))),
        VG_INVALID);
    check_text(vg_errinfo(db)->sqlstate, "42000");
    assert_int_equal(vg_exec(db, RAW("select ?", (double)NAN)), VG_VALUE);
    check_text(vg_errinfo(db)->sqlstate, "22000");
    struct owners *one;
    assert_int_equal(
        vg_one(db, &f->arena, &one, SELECT(owners), WHERE(EQ(owners.id, 99))),
        VG_NOT_FOUND);
    VG_TRANSACTION(db, tx) {
        assert_int_equal(vg_checkpoint(db, VG_CHECKPOINT_FULL, NULL), VG_MISUSE);
        check_text(vg_errinfo(db)->sqlstate, "55000");
    }
    assert_int_equal(vg_result(db), VG_MISUSE);
    VG_TRANSACTION(db, tx) {
        vg_rollback(tx);
        vg_exec(db, RAW("selekt"));
        assert_int_equal(vg_exec(db, RAW("select 1")), VG_ROLLED_BACK);
        check_text(vg_errinfo(db)->sqlstate, "40000");
    }
    vg_pool *pool;
    vg_db *first, *second;
    assert_int_equal(vg_pool_open(&pool, ":memory:", NULL), VG_OK);
    assert_int_equal(vg_pool_write(pool, &first, 0), VG_OK);
    assert_int_equal(vg_pool_write(pool, &second, -1), VG_BUSY);
    check_text(vg_pool_errinfo(pool)->sqlstate, "55P03");
    assert_int_equal(vg_pool_release(pool, first), VG_OK);
    assert_int_equal(vg_pool_close(pool, 0), VG_OK);
}

/* Writes that fail in the file system: no room, and a device that gives up. */
static void test_errors__disk(void **state)
{
    (void)state;
    static const struct {
        int native, code;
        const char *sqlstate, *message;
    } cases[] = {{SQLITE_FULL, VG_FULL, "53100", "database or disk is full"},
                 {SQLITE_IOERR_WRITE, VG_IO, "58030", "disk I/O error"}};
    assert_int_equal(rt_vfs_register(), SQLITE_OK);
    for (size_t i = 0; i < COUNT_OF_ARRAY(cases); i++) {
        char path[64], url[128];
        snprintf(url, sizeof url, "file:%s?vfs=virga-fault", temp_file(path));
        vg_db *db = rt_bank_open_file(url, NULL, true);
        uint64_t before = rt_fingerprint(db);
        for (int writes = 0; writes < 3; writes++) {
            rt_vfs_fail(cases[i].native, writes);
            check_error(db, vg_exec(db, INSERT_INTO(owners, SET(name, SECRET))),
                        .code = cases[i].code, .native = cases[i].native,
                        .sqlstate = cases[i].sqlstate, .message = cases[i].message);
            rt_vfs_fail(SQLITE_OK, 0);
            assert_true(rt_fingerprint(db) == before);
            rt_check_sound(db);
        }
        check_ok(db, vg_exec(db, INSERT_INTO(owners, SET(name, SECRET))));
        assert_int_equal(vg_close(db), VG_OK);
        temp_file_remove(path);
    }
}

/* A file that the kernel does not let grow. */
static void test_errors__file_size_limit(void **state)
{
    (void)state;
    char path[64];
    int64_t rows;
    struct rlimit old, small;
    vg_options options = {.journal = VG_JOURNAL_DELETE};
    vg_db *db = rt_bank_open_file(temp_file(path), &options, true);
    void (*handler)(int) = signal(SIGXFSZ, SIG_IGN);
    assert_int_equal(getrlimit(RLIMIT_FSIZE, &old), 0);
    small = (struct rlimit){100 * 1024, old.rlim_max};
    assert_int_equal(setrlimit(RLIMIT_FSIZE, &small), 0);
    int rc = fill(db, &rows);
    assert_int_equal(setrlimit(RLIMIT_FSIZE, &old), 0);
    signal(SIGXFSZ, handler);
    assert_in_range(rows, 1, 100);
    assert_int_equal(rc, VG_IO);
    assert_int_equal(vg_errinfo(db)->native, SQLITE_IOERR_WRITE);
    check_filled(db, rows);
    assert_int_equal(vg_close(db), VG_OK);
    temp_file_remove(path);
}

static void overwrite(const char *path, off_t at, int byte, size_t count)
{
    char bytes[4096];
    int fd = open(path, O_WRONLY);
    assert_true(fd >= 0 && count <= sizeof bytes);
    memset(bytes, byte, count);
    assert_int_equal(pwrite(fd, bytes, count, at), (ssize_t)count);
    assert_int_equal(close(fd), 0);
}

/* Pages that are no pages: an error when they are read, never a crash. */
static void test_errors__corrupt(void **state)
{
    (void)state;
    char path[64];
    vg_arena arena = {0};
    owners_list list = {(struct owners *)1, 1};
    vg_options options = {.journal = VG_JOURNAL_DELETE};
    vg_db *db = rt_bank_open_file(temp_file(path), &options, true);
    assert_int_equal(vg_close(db), VG_OK);
    overwrite(path, 4096, 0xff, 4096); /* page 2, where the first table begins */
    db = rt_bank_open_file(path, &options, false);
    check_error(db, vg_all(db, &arena, &list, SELECT(owners)), .code = VG_CORRUPT,
                .native = SQLITE_CORRUPT, .sqlstate = "XX001",
                .message = "database disk image is malformed");
    assert_null(list.data);
    assert_int_equal(list.len, 0);
    assert_int_equal(vg_close(db), VG_OK);
    vg_arena_free(&arena);
    temp_file_remove(path);
}

/* ---- limits, interruption ---- */

static void test_errors__too_big(void **state)
{
    vg_db *db = ((fixture *)*state)->db;
    char text[301];
    memset(text, 'x', 300);
    text[300] = 0;
    sqlite3_limit(vg_raw(db), SQLITE_LIMIT_LENGTH, 200);
    check_error(db, vg_exec(db, INSERT_INTO(owners, SET(name, text))),
                .code = VG_TOO_BIG, .native = SQLITE_TOOBIG, .sqlstate = "54000",
                .message = "string or blob too big");
    sqlite3_limit(vg_raw(db), SQLITE_LIMIT_LENGTH, 1000000);
    sqlite3_limit(vg_raw(db), SQLITE_LIMIT_SQL_LENGTH, 60);
    check_error(db,
                vg_exec(db, DELETE_FROM(owners),
                        WHERE(OR(EQ(owners.name, "aaa"), EQ(owners.email, "bbb")))),
                .code = VG_TOO_BIG, .native = SQLITE_TOOBIG, .sqlstate = "54000",
                .message = "string or blob too big");
    sqlite3_limit(vg_raw(db), SQLITE_LIMIT_SQL_LENGTH, 1000000);
    sqlite3_limit(vg_raw(db), SQLITE_LIMIT_VARIABLE_NUMBER, 2);
    check_error(
        db, vg_exec(db, UPDATE(owners, SET(level, 2)), WHERE(IN(owners.id, 1, 2, 3))),
        .code = VG_TOO_BIG, .native = SQLITE_ERROR, .sqlstate = "54000",
        .message = "too many SQL variables");
}

/* More parameters than any SQLite takes are refused before it is asked. */
static void test_errors__too_many_parameters(void **state)
{
    vg_db *db = ((fixture *)*state)->db;
    static int ids[40000];
    check_error(
        db, vg_exec(db, DELETE_FROM(owners), WHERE(IN_ARRAY(owners.id, ids, 40000))),
        .code = VG_TOO_BIG,
        .message = "40000 parameters, but the database takes 32766");
    check_rows(db, "select count(*) from owners", "3");
}

static int interrupt(void *ctx)
{
    (void)ctx;
    return 1;
}

static void test_errors__interrupted(void **state)
{
    vg_db *db = ((fixture *)*state)->db;
    sqlite3_progress_handler(vg_raw(db), 1000, interrupt, NULL);
    check_error(
        db,
        vg_exec(db, RAW("with recursive n(x) as (select 1 union all select x + 1 "
                        "from n limit 10000000) select count(*) from n")),
        .code = VG_INTERRUPTED, .native = SQLITE_INTERRUPT, .sqlstate = "57014",
        .message = "interrupted");
    sqlite3_progress_handler(vg_raw(db), 0, NULL, NULL);
    check_ok(db, vg_exec(db, UPDATE(owners, SET(level, 2)), ALL_ROWS));
}

/* ---- what Virga refuses itself ---- */

static void test_errors__invalid(void **state)
{
    vg_db *db = ((fixture *)*state)->db;
    const char *nothing = NULL;
    check_error(db, vg_exec(db, DELETE_FROM(owners), WHERE(EQ(owners.name, nothing))),
                .code = VG_INVALID,
                .message =
                    "EQ: the value is NULL, which no row equals; use IS_NULL, or "
                    "SKIP to leave the condition out");
    check_error(db, vg_exec(db, DELETE_FROM(owners)), .code = VG_INVALID,
                .message =
                    "DELETE_FROM(owners) without WHERE would touch every row; add "
                    "ALL_ROWS if that is meant");
    check_error(db, vg_exec(db, UPDATE(owners, SET(level, 2)), WHERE(SKIP)),
                .code = VG_INVALID,
                .message = "UPDATE(owners) without WHERE would touch every row; add "
                           "ALL_ROWS if that is meant");
    check_error(db, vg_exec(db, DELETE_FROM(owners), WHERE(EQ(accounts.id, 1))),
                .code = VG_INVALID,
                .message = "column accounts.id: accounts is not in FROM; add "
                           "FROM(accounts) or a join with it");
    check_rows(db, "select count(*) from owners", "3");
}

static void test_errors__value(void **state)
{
    vg_db *db = ((fixture *)*state)->db;
    double nan = strtod("nan", NULL);
    check_error(db, vg_exec(db, RAW("insert into pairs values (?, 'x')", nan)),
                .code = VG_VALUE,
                .message =
                    "parameter 1 is NaN, which SQL cannot store; NULL may be meant");
    uint64_t huge = UINT64_MAX;
    check_error(db, vg_exec(db, UPDATE(owners, SET(level, huge)), ALL_ROWS),
                .code = VG_VALUE,
                .message = "level: an unsigned value is beyond INT64_MAX");
}

/* A NULL where the field cannot hold one names the field and the way out. */
static void test_errors__null_value(void **state)
{
    fixture *f = *state;
    strict_note_list list;
    check_error(f->db,
                vg_all(f->db, &f->arena, &list, SELECT(strict_note), FROM(owners),
                       LEFT_JOIN(accounts, EQ(accounts.owner_id, owners.id))),
                .code = VG_NULL_VALUE, .table = "strict_note", .column = "label",
                .message =
                    "strict_note.label is NULL, but the field cannot hold one; if "
                    "that is right (an outer join), say FIELD(label, "
                    "NULLABLE(...)) or OPT_ROW");
    assert_null(list.data);
    assert_int_equal(list.len, 0);
    int64_t n = 7;
    check_error(
        f->db,
        vg_get(f->db, NULL, &n, SELECT_VALUE(SQL(INTEGER, "null")), FROM(owners)),
        .code = VG_NULL_VALUE,
        .message = "the value is NULL, but its type cannot hold one; select "
                   "NULLABLE(...) of it");
}

/* ---- the error itself ---- */

/* Long names and statements are cut, and end in NUL. */
static void test_errors__are_cut(void **state)
{
    vg_db *db = ((fixture *)*state)->db;
    char name[301], script[400];
    memset(name, 'n', 300);
    name[300] = 0;
    snprintf(script, sizeof script, "create table %s (x unique)", name);
    check_ok(db, vg_script(db, script));
    snprintf(script, sizeof script, "insert into %s values (1), (1)", name);
    assert_int_equal(vg_script(db, script), VG_UNIQUE);
    const vg_error *e = vg_errinfo(db);
    assert_int_equal(strlen(e->table), sizeof e->table - 1);
    check_text(e->column, "x");
    assert_true(strlen(e->message) > 300 && strlen(e->message) < sizeof e->message);
    static char text[601];
    memset(text, 'x', 600);
    name[20] = 0;
    check_ok(db, vg_script(db, "create table t (x)"));
    owners_list list;
    vg_arena arena = {0};
    assert_int_equal(vg_all(db, &arena, &list, SELECT(owners),
                            WHERE(IN(SQL(TEXT, "nowhere"), text, text, text, text)),
                            ORDER_BY(SQL(TEXT, "'1234567890' || '1234567890' || "
                                               "'1234567890' || '1234567890' || "
                                               "'1234567890' || '1234567890' || "
                                               "'1234567890' || '1234567890' || "
                                               "'1234567890' || '1234567890' || "
                                               "'1234567890' || '1234567890' || "
                                               "'1234567890' || '1234567890' || "
                                               "'1234567890' || '1234567890' || "
                                               "'1234567890' || '1234567890' || "
                                               "'1234567890' || '1234567890' || "
                                               "'1234567890' || '1234567890' || "
                                               "'1234567890' || '1234567890' || "
                                               "'1234567890' || '1234567890' || "
                                               "'1234567890' || '1234567890' || "
                                               "'1234567890' || '1234567890'"))),
                     VG_SCHEMA);
    assert_int_equal(strlen(vg_errinfo(db)->sql), sizeof e->sql - 1);
    vg_arena_free(&arena);
}

/* After a success nothing is left of the failure before it, whatever the call. */
static void test_errors__are_gone_after_success(void **state)
{
    fixture *f = *state;
    vg_db *db = f->db;
    owners_list list;
    struct owners *one, row;
    vg_cursor *cursor;
    int64_t n;
    bool there;
    int step = 0;
    for (; step < 10; step++) {
        assert_int_equal(vg_exec(db, RAW("selekt")), VG_SYNTAX);
        assert_true(vg_errmsg(db)[0] && vg_errinfo(db)->code == VG_SYNTAX);
        switch (step) {
        case 0: check_ok(db, vg_all(db, &f->arena, &list, SELECT(owners))); break;
        case 1: check_ok(db, vg_one(db, &f->arena, &one, SELECT(owners))); break;
        case 2: check_ok(db, vg_get(db, &f->arena, &row, SELECT(owners))); break;
        case 3: check_ok(db, vg_count(db, &n, FROM(owners))); break;
        case 4: check_ok(db, vg_exists(db, &there, FROM(owners))); break;
        case 5: check_ok(db, vg_script(db, "select 1")); break;
        case 6: check_ok(db, vg_create(db, &bank)); break;
        case 7: VG_TRANSACTION(db, tx) { check_ok(db, vg_exec(db, RAW("select 1")));
            }
            assert_int_equal(vg_result(db), VG_OK);
            break;
        case 8:
            check_ok(db, vg_query(db, &cursor, &one, SELECT(owners)));
            assert_int_equal(vg_exec(db, RAW("selekt")), VG_SYNTAX);
            assert_true(vg_next(cursor));
            check_text(vg_errmsg(db), "");
            assert_int_equal(vg_exec(db, RAW("selekt")), VG_SYNTAX);
            assert_int_equal(vg_finish(cursor), VG_OK);
            break;
        default: /* finding nothing is no failure either */
            assert_int_equal(
                vg_one(db, &f->arena, &one, SELECT(owners), WHERE(EQ(owners.id, 99))),
                VG_NOT_FOUND);
            break;
        }
        check_text(vg_errmsg(db), "");
        assert_int_equal(vg_errinfo(db)->code, VG_OK);
        assert_int_equal(vg_errinfo(db)->native, 0);
        check_text(vg_errinfo(db)->sql, "");
    }
    assert_int_equal(step, 10);
}

int main(void)
{
#define TEST(name) cmocka_unit_test_setup_teardown(name, setup, fixture_close)
    const struct CMUnitTest tests[] = {
        TEST(test_errors__unique),
        TEST(test_errors__unique_index_of_expressions),
        TEST(test_errors__primary_key),
        TEST(test_errors__foreign_key),
        TEST(test_errors__foreign_key_at_commit),
        TEST(test_errors__not_null),
        TEST(test_errors__check),
        TEST(test_errors__value_of_another_type),
        TEST(test_errors__trigger),
        TEST(test_errors__schema),
        TEST(test_errors__syntax),
        TEST(test_errors__full),
        TEST(test_errors__too_big),
        TEST(test_errors__too_many_parameters),
        TEST(test_errors__interrupted),
        TEST(test_errors__invalid),
        TEST(test_errors__value),
        TEST(test_errors__sqlstate_of_refusals),
        TEST(test_errors__null_value),
        TEST(test_errors__are_cut),
        TEST(test_errors__are_gone_after_success),
        cmocka_unit_test(test_errors__busy),
        cmocka_unit_test(test_errors__read_only),
        cmocka_unit_test(test_errors__disk),
        cmocka_unit_test(test_errors__file_size_limit),
        cmocka_unit_test(test_errors__corrupt),
    };
    return cmocka_run_group_tests_name("errors", tests, NULL, NULL);
}
