/* Opening and closing: every way to name a database, every option read back from SQLite,
 * and what an open that failed leaves behind. */
#include "check.h"
#include "rt_bank.h"
#include "rt_heap.h"
#include <errno.h>
#include <fcntl.h>
#include <sqlite3.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/stat.h>
#include <unistd.h>

/* A folder with a database in it; fixtures of this file. */
typedef struct folder {
    char path[64], db[80]; /* the folder, the database */
} folder;

static int setup(void **state)
{
    folder *f = calloc(1, sizeof *f);
    *state = f;
    if (!f)
        return -1;
    temp_file(f->db);
    strcpy(f->path, f->db);
    *strrchr(f->path, '/') = '\0';
    vg_options options = {.journal = VG_JOURNAL_DELETE};
    return vg_close(rt_bank_open_file(f->db, &options, true)) == VG_OK ? 0 : -1;
}

static int teardown(void **state)
{
    folder *f = *state;
    temp_file_remove(f->db);
    free(f);
    return 0;
}

/* printf into a buffer that is used once. */
static const char *text(const char *format, const char *a, const char *b)
{
    static char out[400];
    snprintf(out, sizeof out, format, a, b);
    return out;
}

static void close_and_remove(vg_db *db, const char *path)
{
    static const char *const suffixes[] = {"", "-wal", "-shm", "-journal"};
    char name[128];
    assert_int_equal(vg_close(db), VG_OK);
    assert_int_equal(access(path, F_OK), 0);
    for (size_t i = 0; i < COUNT_OF_ARRAY(suffixes); i++) {
        snprintf(name, sizeof name, "%s%s", path, suffixes[i]);
        unlink(name);
    }
}

/* ---- names ---- */

/* How a file is named, and the name that it gets; %s is the folder. */
static const struct {
    const char *url, *file;
} names[] = {
    {"%s/new.db", "%s/new.db"},
    {"sqlite:%s/new.db", "%s/new.db"},
    {"file:%s/new.db", "%s/new.db"},
    {"file://%s/new.db", "%s/new.db"},
    {"file://localhost%s/new.db", "%s/new.db"},
    {"sqlite:file:%s/new.db", "%s/new.db"},
    {"file:%s/new.db?mode=rwc", "%s/new.db"},
    {"file:%s/a%%20b%%3fc%%25.db", "%s/a b?c%%.db"}, /* RFC 3986 */
    {"file:%s/new.db?cache=private&mode=rwc#end", "%s/new.db"},
    {"%s/a%%20b.db", "%s/a%%20b.db"}, /* a path is taken as it is */
    {"%s/what?mode=ro", "%s/what?mode=ro"},
};

static void test_open__names(void **state)
{
    folder *f = *state;
    for (size_t i = 0; i < COUNT_OF_ARRAY(names); i++) {
        vg_db *db;
        char file[128];
        snprintf(file, sizeof file, names[i].file, f->path);
        assert_int_not_equal(access(file, F_OK), 0);
        db = rt_open(text(names[i].url, f->path, ""), NULL);
        check_ok(db, vg_create(db, &bank));
        check_text(sqlite3_db_filename(vg_raw(db), "main"), file);
        close_and_remove(db, file);
    }
}

/* A name without a folder is a file in the working directory. */
static void test_open__relative_name(void **state)
{
    folder *f = *state;
    char here[512];
    vg_db *db;
    assert_non_null(getcwd(here, sizeof here));
    assert_int_equal(chdir(f->path), 0);
    int rc = vg_open(&db, "near.db", NULL);
    int back = chdir(here);
    assert_int_equal(back, 0);
    check_ok(db, rc);
    check_ok(db, vg_create(db, &bank));
    close_and_remove(db, text("%s/near.db%s", f->path, ""));
}

/* Databases in memory are each their own. */
static void test_open__memory(void **state)
{
    static const char *const urls[] = {
        ":memory:", "sqlite::memory:", "file::memory:", "file:x?mode=memory"};
    (void)state;
    for (size_t i = 0; i < COUNT_OF_ARRAY(urls); i++) {
        vg_db *db, *other;
        db = rt_open(urls[i], NULL);
        check_ok(db, vg_create(db, &bank));
        other = rt_open(urls[i], NULL);
        check_rows(other, "select count(*) from sqlite_schema", "0");
        check_rows(db, "pragma journal_mode", "memory");
        check_text(sqlite3_db_filename(vg_raw(db), "main"), "");
        assert_int_equal(vg_close(other), VG_OK);
        assert_int_equal(vg_close(db), VG_OK);
        assert_int_not_equal(access("x", F_OK), 0);
    }
}

static void test_open__modes(void **state)
{
    folder *f = *state;
    vg_db *db;
    int64_t n;
    db = rt_open(text("file:%s?mode=rw", f->db, ""), NULL);
    check_ok(db, vg_exec(db, INSERT_INTO(owners, SET(name, "Eve"))));
    assert_int_equal(vg_close(db), VG_OK);

    db = rt_open(text("file:%s?mode=ro", f->db, ""), NULL);
    check_ok(db, vg_count(db, &n, FROM(owners)));
    assert_int_equal(n, 4);
    assert_int_equal(vg_exec(db, INSERT_INTO(owners, SET(name, "Fay"))), VG_READ_ONLY);
    assert_int_equal(vg_close(db), VG_OK);

    /* The option wins over what the URL would allow. */
    vg_options read_only = {.read_only = true};
    db = rt_open(text("file:%s", f->db, ""), &read_only);
    assert_int_equal(vg_exec(db, INSERT_INTO(owners, SET(name, "Fay"))), VG_READ_ONLY);
    assert_int_equal(vg_close(db), VG_OK);
}

/* A read-only database beside a read-write one: it sees what is committed. */
static void test_open__read_only_beside_read_write(void **state)
{
    folder *f = *state;
    vg_db *writer, *reader;
    int64_t n;
    writer = rt_open(f->db, NULL);
    reader = rt_open(text("file:%s?mode=ro", f->db, ""), NULL);
    VG_TRANSACTION(writer, tx) {
        check_ok(writer, vg_exec(writer, INSERT_INTO(owners, SET(name, "Eve"))));
        check_ok(reader, vg_count(reader, &n, FROM(owners)));
        assert_int_equal(n, 3);
    }
    assert_int_equal(vg_result(writer), VG_OK);
    check_ok(reader, vg_count(reader, &n, FROM(owners)));
    assert_int_equal(n, 4);
    check_rows(reader, "pragma journal_mode", "wal");
    assert_int_equal(vg_close(reader), VG_OK);
    assert_int_equal(vg_close(writer), VG_OK);
}

/* ---- failures ---- */

/* Everything but vg_close says VG_MISUSE on a handle whose open failed. */
static void check_unusable(vg_db *db)
{
    static const char closed[] = "the database is not open";
    vg_arena arena = {0};
    owners_list list;
    struct owners *one, row;
    vg_cursor *cursor;
    int64_t n;
    bool there;
    int ran = 0;
    struct owners_new eve[2] = {{.name = "Eve"}, {.name = "Fay"}};
    check_fails(db, vg_all(db, &arena, &list, SELECT(owners)), VG_MISUSE, closed);
    check_fails(db, vg_one(db, &arena, &one, SELECT(owners)), VG_MISUSE, closed);
    check_fails(db, vg_get(db, &arena, &row, SELECT(owners)), VG_MISUSE, closed);
    check_fails(db, vg_exec(db, DELETE_FROM(owners), ALL_ROWS), VG_MISUSE, closed);
    check_fails(db, vg_exec(db, INSERT_INTO(owners, VALUES(eve, 2))), VG_MISUSE,
                closed);
    check_fails(db, vg_query(db, &cursor, &one, SELECT(owners)), VG_MISUSE, closed);
    assert_null(cursor);
    assert_int_equal(vg_finish(cursor), VG_OK);
    check_fails(db, vg_count(db, &n, FROM(owners)), VG_MISUSE, closed);
    check_fails(db, vg_exists(db, &there, FROM(owners)), VG_MISUSE, closed);
    check_fails(db, vg_script(db, "select 1"), VG_MISUSE, closed);
    check_fails(db, vg_create(db, &bank), VG_MISUSE, closed);
    VG_TRANSACTION(db, tx) {
        ran++;
    }
    assert_int_equal(ran, 0);
    check_fails(db, vg_result(db), VG_MISUSE, closed);
    assert_null(vg_raw(db));
    assert_int_equal(vg_changes(db), 0);
    assert_int_equal(vg_last_id(db), 0);
    assert_int_equal(vg_statistics(db).misses, 0);
    vg_arena_free(&arena);
}

/* The open fails with that code; the message holds `part`; nothing is leaked. */
static void check_refused(const char *url, vg_options options, int code,
                          const char *part)
{
    rt_heap heap = {0};
    vg_db *db = NULL;
    options.allocator = rt_allocator(&heap);
    int rc = vg_open(&db, url, &options);
    assert_non_null(db);
    if (rc != code || !strstr(vg_errmsg(db), part))
        print_error("%s: %s: %s\n", url ? url : "NULL", vg_code_name(rc),
                    vg_errmsg(db));
    assert_int_equal(rc, code);
    assert_int_equal(vg_errinfo(db)->code, code);
    if (strstr(vg_errmsg(db), "unable to open"))
        assert_int_equal(vg_errinfo(db)->native & 0xff, SQLITE_CANTOPEN);
    assert_non_null(strstr(vg_errmsg(db), part));
    check_unusable(db);
    assert_int_equal(vg_close(db), VG_OK);
    rt_heap_check_empty(&heap);
}

static void test_open__refused(void **state)
{
    folder *f = *state;
    vg_options none = {0}, read_only = {.read_only = true};
    check_refused(NULL, none, VG_MISUSE, "the URL is NULL");
    check_refused("", none, VG_CONNECT, "\":memory:\" is a database in memory");
    check_refused("sqlite:", none, VG_CONNECT, "names no file");
    check_refused(text("%s/missing/new.db", f->path, ""), none, VG_CONNECT,
                  "/missing/new.db\": unable to open database file");
    check_refused(f->path, none, VG_CONNECT, "cannot open \""); /* a folder */
    check_refused(text("file:%s/none.db?mode=rw", f->path, ""), none, VG_CONNECT,
                  "unable to open database file");
    check_refused(text("file:%s/none.db?mode=ro", f->path, ""), none, VG_CONNECT,
                  "unable to open database file");
    check_refused(text("%s/none.db", f->path, ""), read_only, VG_CONNECT,
                  "unable to open database file");
    check_refused(text("file:%s?mode=wrong", f->db, ""), none, VG_CONNECT,
                  "no such access mode: wrong");
    check_refused(text("file:%s?vfs=wrong", f->db, ""), none, VG_CONNECT,
                  "no such vfs: wrong");
    check_refused("file://elsewhere/x.db", none, VG_CONNECT, "elsewhere");
    assert_int_not_equal(access(text("%s/none.db", f->path, ""), F_OK), 0);
}

static void write_at(const char *path, long at, const void *bytes, size_t len)
{
    FILE *file = fopen(path, at ? "r+b" : "wb");
    assert_non_null(file);
    assert_int_equal(fseek(file, at, SEEK_SET), 0);
    assert_int_equal(fwrite(bytes, 1, len, file), len);
    assert_int_equal(fclose(file), 0);
}

static void test_open__no_database(void **state)
{
    folder *f = *state;
    char path[80];
    vg_options none = {0}, read_only = {.read_only = true};
    snprintf(path, sizeof path, "%s/text.db", f->path);
    write_at(path, 0,
             "This is a letter to a friend, long enough to be a header of a file, "
             "but it is none, and so no database either.",
             110);
    check_refused(path, none, VG_CORRUPT, "file is not a database");
    check_refused(path, read_only, VG_CORRUPT, "file is not a database");
    assert_int_equal(unlink(path), 0);
    assert_int_not_equal(unlink(text("%s/text.db-wal", f->path, "")), 0);
}

/* An empty file is an empty database; so says SQLite. */
/* A misspelt scheme is no name of a file: nothing is made. */
static void test_open__unknown_scheme(void **state)
{
    static const char *const urls[] = {"postgre://app:secret@host/db", "http://host/db",
                                       "mysql://host/db"};
    (void)state;
    for (size_t i = 0; i < sizeof urls / sizeof *urls; i++) {
        vg_db *db;
        assert_int_equal(vg_open(&db, urls[i], NULL), VG_CONNECT);
        assert_non_null(strstr(vg_errmsg(db), "no database goes by "));
        assert_non_null(strstr(vg_errmsg(db), "sqlite:"));
        assert_null(strstr(vg_errmsg(db), "secret"));
        assert_int_equal(vg_close(db), VG_OK);
    }
}

static void test_open__empty_file(void **state)
{
    folder *f = *state;
    char path[80];
    vg_db *db;
    snprintf(path, sizeof path, "%s/empty.db", f->path);
    write_at(path, 0, "", 0);
    db = rt_open(path, NULL);
    check_ok(db, vg_create(db, &bank));
    check_ok(db, vg_script(db, BANK_ROWS));
    close_and_remove(db, path);
}

/* Read everything; a code, and no crash. */
static int read_all(vg_db *db)
{
    vg_arena arena = {0};
    owners_list list;
    accounts_list more;
    int rc = vg_all(db, &arena, &list, SELECT(owners));
    if (rc == VG_OK)
        rc = vg_all(db, &arena, &more, SELECT(accounts));
    vg_arena_free(&arena);
    return rc;
}

/* Whatever byte of the file is turned over, an open database answers or refuses. */
static void test_open__flipped_bytes(void **state)
{
    folder *f = *state;
    struct stat info;
    size_t refused = 0, corrupt = 0, fine = 0;
    assert_int_equal(stat(f->db, &info), 0);
    FILE *file = fopen(f->db, "rb");
    assert_non_null(file);
    size_t len = (size_t)info.st_size;
    unsigned char *bytes = malloc(len);
    assert_non_null(bytes);
    assert_int_equal(fread(bytes, 1, len, file), len);
    fclose(file);
    /* All of the header, then every fifth; of the empty parts of pages a sample. */
    for (size_t at = 0; at < len; at += at < 108 ? 1 : 5) {
        vg_db *db;
        if (at >= 108 && !bytes[at] && at % 16)
            continue;
        bytes[at] ^= 0xff;
        write_at(f->db, 0, bytes, len);
        bytes[at] ^= 0xff;
        vg_options read_only = {.read_only = true};
        int rc = vg_open(&db, f->db, &read_only);
        refused += rc != VG_OK;
        if (rc == VG_OK) {
            rc = read_all(db);
            corrupt += rc != VG_OK;
            fine += rc == VG_OK;
        }
        if (rc != VG_OK && !vg_errmsg(db)[0])
            print_error("byte %zu: %s without a message\n", at, vg_code_name(rc));
        assert_true(rc == VG_OK || vg_errmsg(db)[0]);
        assert_int_equal(vg_close(db), VG_OK);
    }
    free(bytes);
    assert_true(refused > 100);
    assert_true(corrupt > 10);
    assert_true(fine > 100);
}

static void test_open__cut_off(void **state)
{
    folder *f = *state;
    static const off_t sizes[] = {1, 50, 100, 511, 4095, 4096, 8192, 12288};
    struct stat info;
    int bad = 0;
    assert_int_equal(stat(f->db, &info), 0);
    assert_true(info.st_size > 12288);
    for (size_t i = COUNT_OF_ARRAY(sizes); i-- > 0;) {
        vg_db *db;
        assert_int_equal(truncate(f->db, sizes[i]), 0);
        int rc = vg_open(&db, f->db, &(vg_options){.read_only = true});
        if (rc == VG_OK)
            rc = read_all(db);
        bad += rc == VG_CORRUPT;
        assert_true(rc != VG_OK && vg_errmsg(db)[0]);
        assert_int_equal(vg_close(db), VG_OK);
    }
    assert_in_range(bad, 5, 8);
}

/* ---- options ---- */

// clang-format off
static const struct {
    vg_options options;
    const char *journal, *synchronous, *foreign_keys, *cache;
} settings[] = {
    {{0},                                "wal",    "1", "1", "-2000"},
    {{.journal = VG_JOURNAL_DELETE},     "delete", "1", "1", "-2000"},
    {{.journal = VG_JOURNAL_KEEP},       "delete", "1", "1", "-2000"},
    {{.synchronous = VG_SYNC_FULL},      "wal",    "2", "1", "-2000"},
    {{.synchronous = VG_SYNC_OFF},       "wal",    "0", "1", "-2000"},
    {{.synchronous = VG_SYNC_EXTRA},     "wal",    "3", "1", "-2000"},
    {{.foreign_keys_off = true},         "wal",    "1", "0", "-2000"},
    {{.cache_kib = 777},                 "wal",    "1", "1", "-777"},
    {{.read_only = true},                "delete", "1", "1", "-2000"},
};
// clang-format on

static void test_open__options(void **state)
{
    (void)state;
    for (size_t i = 0; i < COUNT_OF_ARRAY(settings); i++) {
        char path[64];
        vg_db *db;
        vg_options plain = {.journal = VG_JOURNAL_DELETE};
        assert_int_equal(vg_close(rt_bank_open_file(temp_file(path), &plain, true)),
                         VG_OK);
        db = rt_open(path, &settings[i].options);
        check_rows(db, "pragma journal_mode", settings[i].journal);
        check_rows(db, "pragma synchronous", settings[i].synchronous);
        check_rows(db, "pragma foreign_keys", settings[i].foreign_keys);
        check_rows(db, "pragma cache_size", settings[i].cache);
        assert_int_equal(vg_close(db), VG_OK);
        temp_file_remove(path);
    }
}

/* A WAL stays one when it is not to be touched, and foreign keys are really off. */
static void test_open__options_at_work(void **state)
{
    folder *f = *state;
    vg_db *db;
    db = rt_open(f->db, NULL);
    assert_int_equal(vg_exec(db, DELETE_FROM(owners), WHERE(EQ(owners.id, 1))),
                     VG_FOREIGN_KEY);
    assert_int_equal(vg_close(db), VG_OK);
    vg_options options = {.journal = VG_JOURNAL_KEEP, .foreign_keys_off = true};
    db = rt_open(f->db, &options);
    check_rows(db, "pragma journal_mode", "wal");
    check_ok(db, vg_exec(db, DELETE_FROM(owners), WHERE(EQ(owners.id, 1))));
    assert_int_equal(vg_close(db), VG_OK);
}

/* Opening does not need the write lock of a file that is in WAL mode already. */
static void test_open__beside_a_writer(void **state)
{
    folder *f = *state;
    vg_db *writer, *db;
    vg_options no_wait = {.busy_timeout_ms = -1};
    writer = rt_open(f->db, NULL);
    VG_TRANSACTION(writer, tx) {
        check_ok(writer, vg_exec(writer, INSERT_INTO(owners, SET(name, "Eve"))));
        db = rt_open(f->db, &no_wait);
        check_rows(db, "select count(*) from owners", "3");
        assert_int_equal(vg_close(db), VG_OK);
    }
    assert_int_equal(vg_result(writer), VG_OK);
    assert_int_equal(vg_close(writer), VG_OK);
}

/* ---- closing ---- */

static void test_open__close(void **state)
{
    (void)state;
    rt_heap heap = {0};
    vg_options options = {.allocator = rt_allocator(&heap)};
    vg_cursor *cursors[2];
    struct owners *row;
    assert_int_equal(vg_close(NULL), VG_OK);
    vg_db *db = rt_bank_open(&options);
    for (int i = 0; i < 2; i++) {
        check_ok(db, vg_query(db, &cursors[i], &row, SELECT(owners)));
        assert_true(vg_next(cursors[i]));
    }
    assert_int_equal(vg_close(db), VG_MISUSE); /* but closed it is */
    rt_heap_check_empty(&heap);
    db = rt_bank_open(&options);
    check_ok(db, vg_query(db, &cursors[0], &row, SELECT(owners)));
    assert_int_equal(vg_finish(cursors[0]), VG_OK);
    assert_int_equal(vg_finish(cursors[0]), VG_MISUSE); /* finished already */
    assert_int_equal(vg_finish(NULL), VG_OK);
    assert_int_equal(vg_close(db), VG_OK);
    rt_heap_check_empty(&heap);
}

/* The last connection takes the WAL away, so a closed database is one file. */
static void test_open__close_leaves_one_file(void **state)
{
    folder *f = *state;
    vg_db *db;
    db = rt_open(f->db, NULL);
    check_ok(db, vg_exec(db, INSERT_INTO(owners, SET(name, "Eve"))));
    assert_int_equal(access(text("%s-wal", f->db, ""), F_OK), 0);
    assert_int_equal(vg_close(db), VG_OK);
    assert_int_not_equal(access(text("%s-wal", f->db, ""), F_OK), 0);
    assert_int_not_equal(access(text("%s-shm", f->db, ""), F_OK), 0);
}

int main(void)
{
#define TEST(name) cmocka_unit_test_setup_teardown(name, setup, teardown)
    const struct CMUnitTest tests[] = {
        TEST(test_open__names),
        TEST(test_open__relative_name),
        TEST(test_open__modes),
        TEST(test_open__read_only_beside_read_write),
        TEST(test_open__refused),
        TEST(test_open__no_database),
        TEST(test_open__empty_file),
        TEST(test_open__flipped_bytes),
        TEST(test_open__cut_off),
        TEST(test_open__options_at_work),
        TEST(test_open__beside_a_writer),
        TEST(test_open__close_leaves_one_file),
        cmocka_unit_test(test_open__unknown_scheme),
        cmocka_unit_test(test_open__memory),
        cmocka_unit_test(test_open__options),
        cmocka_unit_test(test_open__close),
    };
    return cmocka_run_group_tests_name("open", tests, NULL, NULL);
}
