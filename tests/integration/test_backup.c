/* Copies of a database: made while others write, stopped half way, on a full disk, over an
 * older copy; and brought back. */
#include "check.h"
#include "rt_bank.h"
#include "rt_vfs.h"
#include <dirent.h>
#include <fcntl.h>
#include <sqlite3.h>
#include <stdio.h>
#include <sys/stat.h>
#include <unistd.h>

typedef struct rig {
    char path[64], copy[80];
    vg_db *db;
    uint64_t all; /* what the database holds */
} rig;

static void open_rig(rig *r, const vg_options *options)
{
    r->db = rt_bank_open_file(temp_file(r->path), options, true);
    snprintf(r->copy, sizeof r->copy, "%s", r->path);
    snprintf(strrchr(r->copy, '/'), 16, "/copy.db");
    r->all = rt_fingerprint(r->db);
}

static void close_rig(rig *r)
{
    rt_check_sound(r->db);
    assert_int_equal(vg_close(r->db), VG_OK);
    unlink(r->copy);
    temp_file_remove(r->path);
}

/* Several pages more. */
static void fill(rig *r, int rows)
{
    char script[200];
    snprintf(script, sizeof script,
             "insert into owners (name, email) with recursive n(x) as (select 1 union "
             "all select x + 1 from n limit %d) select hex(randomblob(8)), "
             "hex(zeroblob(500)) "
             "from n",
             rows);
    check_ok(r->db, vg_script(r->db, script));
    r->all = rt_fingerprint(r->db);
}

static uint64_t held_by(const char *path)
{
    vg_db *db = rt_open(path, NULL);
    uint64_t hash = rt_fingerprint(db);
    rt_check_sound(db);
    assert_int_equal(vg_close(db), VG_OK);
    return hash;
}

/* Files in the folder of the database whose names contain `part`. */
static int files(const rig *r, const char *part)
{
    char folder[80];
    int count = 0;
    struct dirent *entry;
    snprintf(folder, sizeof folder, "%s", r->path);
    *strrchr(folder, '/') = '\0';
    DIR *dir = opendir(folder);
    assert_non_null(dir);
    while ((entry = readdir(dir)) != NULL)
        count += strstr(entry->d_name, part) != NULL;
    closedir(dir);
    return count;
}

/* ---- going well ---- */

static void test_backup__copies_all(void **state)
{
    (void)state;
    static const vg_journal journals[] = {VG_JOURNAL_WAL, VG_JOURNAL_DELETE};
    for (size_t i = 0; i < COUNT_OF_ARRAY(journals); i++) {
        rig r;
        open_rig(&r, &(vg_options){.journal = journals[i]});
        fill(&r, 100);
        check_ok(r.db, vg_backup(r.db, r.copy, NULL));
        assert_int_equal(files(&r, "copy.db"), 1);
        assert_true(held_by(r.copy) == r.all);
        fill(&r, 1000); /* once more, over the older copy */
        check_ok(r.db,
                 vg_backup(r.db, r.copy,
                           &(vg_backup_options){.check = true, .pages_per_step = 3}));
        assert_int_equal(files(&r, "copy.db"), 1);
        assert_true(held_by(r.copy) == r.all);
        close_rig(&r);
    }
}

static void test_backup__from_memory(void **state)
{
    (void)state;
    char path[64];
    vg_db *db = rt_bank_open(NULL);
    uint64_t all = rt_fingerprint(db);
    check_ok(db, vg_backup(db, temp_file(path), &(vg_backup_options){.check = true}));
    assert_true(held_by(path) == all);
    check_ok(db, vg_script(db, "delete from accounts; drop table accounts"));
    check_ok(db, vg_restore(db, path, NULL));
    assert_true(rt_fingerprint(db) == all);
    assert_int_equal(vg_close(db), VG_OK);
    temp_file_remove(path);
}

static void test_backup__vacuum_into(void **state)
{
    (void)state;
    rig r;
    struct stat big, small;
    open_rig(&r, NULL);
    fill(&r, 1000);
    check_ok(r.db, vg_script(r.db, "delete from owners where id > 3"));
    r.all = rt_fingerprint(r.db);
    check_ok(r.db, vg_backup(r.db, r.copy, NULL));
    assert_int_equal(stat(r.copy, &big), 0);
    check_ok(r.db, vg_vacuum_into(r.db, r.copy)); /* there is a copy already */
    assert_int_equal(stat(r.copy, &small), 0);
    assert_true(small.st_size * 4 < big.st_size);
    assert_true(held_by(r.copy) == r.all);
    assert_int_equal(files(&r, "copy.db"), 1);
    check_ok(r.db, vg_vacuum(r.db));
    assert_true(rt_fingerprint(r.db) == r.all);
    close_rig(&r);
}

typedef struct watcher {
    vg_db *writer;
    int64_t calls, last_done, total;
    int stop_at; /* 0: never */
    bool write;
} watcher;

static bool watch(void *ctx, int64_t done, int64_t total)
{
    watcher *w = ctx;
    w->calls++;
    assert_in_range(done, 0, total);
    w->last_done = done;
    w->total = total;
    if (w->write)
        check_ok(w->writer,
                 vg_exec(w->writer, UPDATE(owners, SET(level, ADD(owners.level, 1))),
                         WHERE(LTE(owners.id, 2))));
    return w->calls != w->stop_at;
}

/* Somebody writes after every step: the copy is of one moment all the same. */
static void test_backup__while_others_write(void **state)
{
    (void)state;
    static const vg_journal journals[] = {VG_JOURNAL_WAL, VG_JOURNAL_DELETE};
    for (size_t i = 0; i < COUNT_OF_ARRAY(journals); i++) {
        rig r;
        vg_options options = {.journal = journals[i]};
        open_rig(&r, &options);
        fill(&r, 500);
        watcher w = {.writer = rt_bank_open_file(r.path, &options, false),
                     .write = true};
        vg_backup_options backup = {
            .progress = watch, .progress_ctx = &w, .pages_per_step = 10};
        check_ok(r.db, vg_backup(r.db, r.copy, &backup));
        assert_true(w.calls > 3);
        assert_int_equal(w.last_done, w.total);
        vg_db *copy = rt_open(r.copy, NULL);
        rt_check_sound(copy);
        check_rows(copy, "select count(distinct level) from owners where id < 3", "1");
        if (journals[i] == VG_JOURNAL_WAL) /* of the moment when it began */
            assert_true(rt_fingerprint(copy) == r.all);
        assert_int_equal(vg_close(copy), VG_OK);
        assert_int_equal(vg_close(w.writer), VG_OK);
        close_rig(&r);
    }
}

/* ---- going wrong: an older copy stays, no part is left ---- */

static void check_kept(rig *r, uint64_t old)
{
    assert_int_equal(files(r, "part"), 0);
    assert_int_equal(files(r, "copy.db"), old ? 1 : 0);
    if (old)
        assert_true(held_by(r->copy) == old);
    assert_true(sqlite3_get_autocommit(vg_raw(r->db)));
}

static void test_backup__is_stopped(void **state)
{
    (void)state;
    rig r;
    open_rig(&r, NULL);
    fill(&r, 300);
    for (uint64_t old = 0, round = 0; round < 2; round++) {
        watcher w = {.stop_at = 2};
        vg_backup_options options = {
            .progress = watch, .progress_ctx = &w, .pages_per_step = 5};
        check_fails(r.db, vg_backup(r.db, r.copy, &options), VG_INTERRUPTED,
                    "the progress function said stop");
        assert_int_equal(w.calls, 2);
        check_kept(&r, old);
        vg_deadline(r.db, 30);
        options = (vg_backup_options){.pages_per_step = 1, .pause_ms = 5};
        check_fails(r.db, vg_backup(r.db, r.copy, &options), VG_INTERRUPTED,
                    "the deadline of vg_deadline, 30 ms, is over");
        vg_deadline(r.db, 0);
        check_kept(&r, old);
        check_ok(r.db, vg_backup(r.db, r.copy, NULL));
        old = r.all;
        fill(&r, 0);
    }
    close_rig(&r);
}

static void test_backup__disk_full(void **state)
{
    (void)state;
    rig r;
    char url[128];
    assert_int_equal(rt_vfs_register(), SQLITE_OK);
    temp_file(r.path);
    snprintf(url, sizeof url, "file:%s?vfs=virga-fault", r.path);
    r.db = rt_bank_open_file(url, &(vg_options){.journal = VG_JOURNAL_DELETE}, true);
    snprintf(r.copy, sizeof r.copy, "%s", r.path);
    snprintf(strrchr(r.copy, '/'), 16, "/copy.db");
    fill(&r, 30);
    uint64_t old = 0;
    for (int vacuum = 0; vacuum < 2; vacuum++) {
        int writes = 0, rc = VG_FULL;
        for (; rc != VG_OK && writes < 500; writes++) {
            rt_vfs_fail(SQLITE_FULL, writes);
            rc = vacuum ? vg_vacuum_into(r.db, r.copy) : vg_backup(r.db, r.copy, NULL);
            rt_vfs_fail(SQLITE_OK, 0);
            if (rc == VG_OK)
                break;
            check_fails(r.db, rc, VG_FULL, "database or disk is full");
            check_text(vg_errinfo(r.db)->sqlstate, "53100");
            check_kept(&r, old);
        }
        assert_in_range(writes, 5, 499);
        old = r.all;
        assert_true(held_by(r.copy) == old);
    }
    close_rig(&r);
}

static void test_backup__target(void **state)
{
    (void)state;
    rig r;
    char message[300], beside[100];
    open_rig(&r, NULL);
    check_fails(r.db, vg_backup(r.db, NULL, NULL), VG_MISUSE,
                "vg_backup: the path is NULL");
    check_fails(r.db, vg_backup(r.db, "", NULL), VG_MISUSE,
                "vg_backup: the path is empty");
    snprintf(message, sizeof message, "\"%s\" is the database itself", r.path);
    check_fails(r.db, vg_backup(r.db, r.path, NULL), VG_MISUSE, message);
    check_fails(r.db, vg_backup(r.db, "/nowhere/copy.db", NULL), VG_CONNECT,
                "unable to open database file");
    check_kept(&r, 0);
    VG_TRANSACTION(r.db, tx) {
        assert_int_equal(vg_backup(r.db, r.copy, NULL), VG_MISUSE);
    }
    assert_int_equal(vg_result(r.db), VG_MISUSE);
    check_kept(&r, 0);
    /* A copy that is in use: its log would be taken for the new one's. */
    check_ok(r.db, vg_backup(r.db, r.copy, NULL));
    vg_db *user = rt_open(r.copy, NULL);
    check_ok(user, vg_script(user, "update owners set level = 2"));
    snprintf(beside, sizeof beside, "%s-wal", r.copy);
    snprintf(message, sizeof message,
             "\"%s\" is in use, or its program has crashed: \"%s\" is there", r.copy,
             beside);
    check_fails(r.db, vg_backup(r.db, r.copy, NULL), VG_BUSY, message);
    assert_int_equal(vg_close(user), VG_OK);
    check_ok(r.db, vg_backup(r.db, r.copy, NULL));
    assert_true(held_by(r.copy) == r.all);
    close_rig(&r);
}

static void test_backup__busy_source(void **state)
{
    (void)state;
    rig r;
    vg_options options = {.journal = VG_JOURNAL_DELETE};
    open_rig(&r, &options);
    vg_db *other = rt_bank_open_file(r.path, &options, false);
    check_ok(other, vg_script(other, "begin exclusive"));
    check_fails(r.db, vg_backup(r.db, r.copy, &(vg_backup_options){.busy_ms = 30}),
                VG_BUSY, "database is locked");
    check_kept(&r, 0);
    check_ok(other, vg_script(other, "commit"));
    check_ok(r.db, vg_backup(r.db, r.copy, &(vg_backup_options){.busy_ms = -1}));
    assert_int_equal(vg_close(other), VG_OK);
    close_rig(&r);
}

/* ---- back ---- */

static void test_restore__replaces_all(void **state)
{
    (void)state;
    static const vg_journal journals[] = {VG_JOURNAL_WAL, VG_JOURNAL_DELETE};
    for (size_t i = 0; i < COUNT_OF_ARRAY(journals); i++) {
        rig r;
        int64_t n;
        vg_options options = {.journal = journals[i]};
        open_rig(&r, &options);
        fill(&r, 300);
        vg_db *reader = rt_bank_open_file(r.path, &options, false);
        check_ok(r.db, vg_backup(r.db, r.copy, NULL));
        check_ok(r.db, vg_script(r.db, "drop table accounts; delete from owners;"
                                       "create table more (a)"));
        check_ok(reader, vg_count(reader, &n, FROM(owners)));
        assert_int_equal(n, 0);
        watcher w = {0};
        vg_backup_options how = {
            .progress = watch, .progress_ctx = &w, .pages_per_step = 10, .check = true};
        check_ok(r.db, vg_restore(r.db, r.copy, &how));
        assert_true(w.calls > 3);
        assert_true(rt_fingerprint(r.db) == r.all);
        check_ok(reader, vg_count(reader, &n, FROM(owners)));
        assert_int_equal(n, 303);
        check_ok(r.db, vg_exec(r.db, UPDATE(owners, SET(level, 5)), ALL_ROWS));
        assert_int_equal(vg_close(reader), VG_OK);
        assert_int_equal(files(&r, "copy.db"), 1); /* nothing was made beside it */
        close_rig(&r);
    }
}

static void write_file(const char *path, const void *bytes, size_t len, off_t at)
{
    int fd = open(path, O_WRONLY | O_CREAT, 0600);
    assert_true(fd >= 0);
    assert_int_equal(pwrite(fd, bytes, len, at), (ssize_t)len);
    close(fd);
}

static void test_restore__refuses_what_is_no_copy(void **state)
{
    (void)state;
    rig r;
    char message[300], garbage[4096];
    open_rig(&r, NULL);
    snprintf(message, sizeof message, "cannot open \"%s\": No such file or directory",
             r.copy);
    check_fails(r.db, vg_restore(r.db, r.copy, NULL), VG_CONNECT, message);
    write_file(r.copy, "", 0, 0);
    snprintf(message, sizeof message, "\"%s\" is empty", r.copy);
    check_fails(r.db, vg_restore(r.db, r.copy, NULL), VG_CORRUPT, message);
    memset(garbage, 0xa5, sizeof garbage);
    write_file(r.copy, garbage, sizeof garbage, 0);
    check_fails(r.db, vg_restore(r.db, r.copy, NULL), VG_CORRUPT,
                "file is not a database");
    unlink(r.copy);
    check_ok(r.db, vg_backup(r.db, r.copy, NULL));
    write_file(r.copy, garbage, 100, 4096); /* the root of a table */
    assert_int_equal(vg_restore(r.db, r.copy, NULL), VG_CORRUPT);
    assert_true(rt_fingerprint(r.db) == r.all);
    close_rig(&r);
}

static void test_restore__is_all_or_nothing(void **state)
{
    (void)state;
    rig r;
    open_rig(&r, NULL);
    fill(&r, 300);
    check_ok(r.db, vg_backup(r.db, r.copy, NULL));
    check_ok(r.db, vg_script(r.db, "delete from owners where id > 3"));
    uint64_t before = rt_fingerprint(r.db);
    watcher w = {.stop_at = 3};
    vg_backup_options how = {
        .progress = watch, .progress_ctx = &w, .pages_per_step = 5};
    check_fails(r.db, vg_restore(r.db, r.copy, &how), VG_INTERRUPTED,
                "the progress function said stop");
    assert_true(rt_fingerprint(r.db) == before);
    rt_check_sound(r.db);
    vg_db *other = rt_bank_open_file(r.path, NULL, false);
    check_ok(other, vg_script(other, "begin immediate"));
    check_fails(r.db, vg_restore(r.db, r.copy, &(vg_backup_options){.busy_ms = 20}),
                VG_BUSY, "database is locked");
    check_ok(other, vg_script(other, "commit"));
    assert_int_equal(vg_close(other), VG_OK);
    assert_true(rt_fingerprint(r.db) == before);
    vg_db *reader = rt_bank_open_file(r.path, &(vg_options){.read_only = true}, false);
    check_fails(reader, vg_restore(reader, r.copy, NULL), VG_READ_ONLY,
                "vg_restore: the connection can only read");
    assert_int_equal(vg_close(reader), VG_OK);
    vg_cursor *cursor;
    struct owners *row;
    check_ok(r.db, vg_query(r.db, &cursor, &row, SELECT(owners)));
    assert_int_equal(vg_restore(r.db, r.copy, NULL), VG_MISUSE);
    assert_int_equal(vg_finish(cursor), VG_OK);
    check_ok(r.db, vg_restore(r.db, r.copy, NULL));
    assert_true(rt_fingerprint(r.db) == r.all);
    close_rig(&r);
}

/* Results of before are not given out afterwards. */
static void test_restore__forgets_cached_results(void **state)
{
    (void)state;
    rig r;
    vg_query_cache *cache;
    int64_t n;
    assert_int_equal(vg_query_cache_open(&cache, NULL), VG_OK);
    open_rig(&r, &(vg_options){.query_cache = cache});
    check_ok(r.db, vg_backup(r.db, r.copy, NULL));
    check_ok(r.db, vg_exec(r.db, DELETE_FROM(accounts), ALL_ROWS));
    for (int i = 0; i < 2; i++) {
        check_ok(r.db, vg_get(r.db, NULL, &n, SELECT_VALUE(COUNT()), FROM(accounts),
                              CACHE(60000)));
        assert_int_equal(n, 0);
    }
    assert_int_equal(vg_query_cache_statistics(cache).hits, 1);
    check_ok(r.db, vg_restore(r.db, r.copy, NULL));
    check_ok(r.db, vg_get(r.db, NULL, &n, SELECT_VALUE(COUNT()), FROM(accounts),
                          CACHE(60000)));
    assert_int_equal(n, 3);
    close_rig(&r);
    vg_query_cache_close(cache);
}

/* Names that mean something in a URI. */
static void test_restore__odd_names(void **state)
{
    (void)state;
    rig r;
    open_rig(&r, NULL);
    snprintf(strrchr(r.copy, '/'), 24, "/a b?c#d%%20\xc3\xbc.db");
    check_ok(r.db, vg_backup(r.db, r.copy, &(vg_backup_options){.check = true}));
    check_ok(r.db, vg_script(r.db, "delete from accounts"));
    check_ok(r.db, vg_restore(r.db, r.copy, NULL));
    assert_true(rt_fingerprint(r.db) == r.all);
    close_rig(&r);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_backup__copies_all),
        cmocka_unit_test(test_backup__from_memory),
        cmocka_unit_test(test_backup__vacuum_into),
        cmocka_unit_test(test_backup__while_others_write),
        cmocka_unit_test(test_backup__is_stopped),
        cmocka_unit_test(test_backup__disk_full),
        cmocka_unit_test(test_backup__target),
        cmocka_unit_test(test_backup__busy_source),
        cmocka_unit_test(test_restore__replaces_all),
        cmocka_unit_test(test_restore__refuses_what_is_no_copy),
        cmocka_unit_test(test_restore__is_all_or_nothing),
        cmocka_unit_test(test_restore__forgets_cached_results),
        cmocka_unit_test(test_restore__odd_names),
    };
    return cmocka_run_group_tests_name("backup", tests, NULL, NULL);
}
