/* Copies of a database, made and brought back while others use it.
 *
 *     source --pages--> path.part-1-1 --check--> fsync --rename--> path
 *
 * Whatever goes wrong before the rename, an older copy at `path` is as it was and the part
 * is removed. What a process that is killed leaves is a file named like the part. */
#include "base/clock.h"
#include "core/limit.h"
#include "driver/sqlite/sqlite.h"
#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <sys/stat.h>
#include <time.h>
#include <unistd.h>

enum { PATH_ROOM = 1024, RESTARTS = 5 };

static void nap(int64_t ms)
{
    struct timespec wait = {ms / 1000, ms % 1000 * 1000000};
    nanosleep(&wait, NULL);
}

static int fail_file(vg_db *db, const char *what, const char *path)
{
    int code = errno == ENOSPC ? VG_FULL : errno == ENOENT ? VG_CONNECT : VG_IO;
    return vg__fail(db, code, NULL, "cannot %s \"%.300s\": %s", what, path,
                    strerror(errno));
}

/* ---- the pages ---- */

typedef struct copying {
    vg_db *db;
    sqlite3 *to, *from;
    const vg_backup_options *options;
    int restarts;
    int64_t busy_since; /* 0: nobody is in the way */
} copying;

/* Told between two steps: go on? */
static int between(copying *c, sqlite3_backup *b)
{
    const vg_backup_options *o = c->options;
    int total = sqlite3_backup_pagecount(b), left = sqlite3_backup_remaining(b);
    char why[200];
    if (o->progress && !o->progress(o->progress_ctx, total - left, total))
        return vg__fail(c->db, VG_INTERRUPTED, NULL, "the progress function said stop");
    if (vg__limit_over(c->db))
        return vg__fail(c->db, VG_INTERRUPTED, NULL, "%s",
                        vg__limit_why(c->db, why, sizeof why));
    if (vg__limit_interrupted(c->db))
        return vg__fail(c->db, VG_INTERRUPTED, NULL, "interrupted by vg_interrupt");
    return VG_OK;
}

/* Somebody has a lock: wait, but not for ever. */
static bool may_wait(copying *c)
{
    int64_t now = vg__clock_ms();
    int limit = c->options->busy_ms ? c->options->busy_ms : 5000;
    if (!c->busy_since)
        c->busy_since = now;
    if (now - c->busy_since >= limit)
        return false;
    nap(10);
    return true;
}

/* Steps until the end. A source without a log that others write to is begun anew each time;
 * when that goes on, the rest is copied in one step. */
static int step_through(copying *c, sqlite3_backup *b)
{
    int pages = c->options->pages_per_step > 0 ? c->options->pages_per_step : 1000;
    int left = -1, rc = VG_OK, native;
    while (rc == VG_OK) {
        native = sqlite3_backup_step(b, c->restarts > RESTARTS ? -1 : pages);
        if (native == SQLITE_DONE)
            return between(c, b);
        bool busy = native == SQLITE_BUSY || native == SQLITE_LOCKED;
        if ((!busy && native != SQLITE_OK) || (busy && !may_wait(c)))
            return VG_OK; /* sqlite3_backup_finish says why */
        rc = between(c, b);
        if (busy || rc != VG_OK)
            continue;
        c->busy_since = 0;
        c->restarts += left >= 0 && sqlite3_backup_remaining(b) >= left;
        left = sqlite3_backup_remaining(b);
        if (c->options->pause_ms > 0)
            nap(c->options->pause_ms);
    }
    return rc;
}

static int copy_pages(copying *c)
{
    sqlite3_backup *b = sqlite3_backup_init(c->to, "main", c->from, "main");
    if (!b)
        return vg__sqlite_fail_on(c->db, c->to, NULL);
    /* Waiting is may_wait's affair. */
    sqlite3_busy_handler(vg__sqlite_of(c->db), NULL, NULL);
    int rc = step_through(c, b);
    int end = sqlite3_backup_finish(b);
    vg__sqlite_wait_for_locks(c->db);
    return rc == VG_OK && end != SQLITE_OK ? vg__sqlite_fail_on(c->db, c->to, NULL)
                                           : rc;
}

/* ---- files ---- */

/* Where nothing else may write: a log or journal beside a file belongs to it, and would be
 * taken for the new file's. */
static int refuse_target(vg_db *db, const char *path)
{
    static const char *const suffixes[] = {"-wal", "-journal"};
    struct stat mine, its;
    char beside[PATH_ROOM];
    const char *file = sqlite3_db_filename(vg__sqlite_of(db), "main");
    if (strlen(path) + 64 > PATH_ROOM)
        return vg__fail(db, VG_TOO_BIG, NULL, "the path is longer than %d bytes",
                        PATH_ROOM - 64);
    if (file && *file && stat(file, &mine) == 0 && stat(path, &its) == 0 &&
        mine.st_dev == its.st_dev && mine.st_ino == its.st_ino)
        return vg__fail(db, VG_MISUSE, NULL, "\"%.300s\" is the database itself", path);
    for (size_t i = 0; i < 2; i++) {
        snprintf(beside, sizeof beside, "%s%s", path, suffixes[i]);
        if (stat(beside, &its) == 0 && its.st_size > 0)
            return vg__fail(db, VG_BUSY, NULL,
                            "\"%.300s\" is in use, or its program has crashed: "
                            "\"%.300s\" is there",
                            path, beside);
    }
    return VG_OK;
}

static void name_part(char part[PATH_ROOM], const char *path)
{
    static atomic_uint number;
    snprintf(part, PATH_ROOM, "%s.part-%ld-%u", path, (long)getpid(),
             atomic_fetch_add(&number, 1) + 1);
    unlink(part);
}

static int sync_file(vg_db *db, const char *path)
{
    int fd = open(path, O_RDONLY);
    if (fd < 0)
        return fail_file(db, "open", path);
    int rc = fsync(fd) == 0 ? VG_OK : fail_file(db, "sync", path);
    close(fd);
    return rc;
}

static int sync_folder(vg_db *db, const char *path)
{
    char folder[PATH_ROOM];
    const char *slash = strrchr(path, '/');
    snprintf(folder, sizeof folder, "%.*s", slash ? (int)(slash - path) + 1 : 1,
             slash ? path : ".");
    return sync_file(db, folder);
}

/* The part is complete: on disk first, then under its name. */
static int publish(vg_db *db, const char *part, const char *path)
{
    int rc = sync_file(db, part);
    if (rc == VG_OK && rename(part, path) != 0)
        rc = fail_file(db, "rename to", path);
    return rc == VG_OK ? sync_folder(db, path) : rc;
}

/* ---- other connections ---- */

static const char *vfs_of(vg_db *db)
{
    sqlite3_vfs *vfs = NULL;
    const char *file = sqlite3_db_filename(vg__sqlite_of(db), "main");
    if (file && *file)
        sqlite3_file_control(vg__sqlite_of(db), "main", SQLITE_FCNTL_VFS_POINTER, &vfs);
    return vfs ? vfs->zName : NULL;
}

/* `*out` must be closed even when this fails. */
static int open_file(vg_db *db, const char *path, int flags, sqlite3 **out)
{
    int rc = sqlite3_open_v2(path, out, flags | SQLITE_OPEN_NOMUTEX, vfs_of(db));
    if (rc != SQLITE_OK)
        return vg__sqlite_fail_on(db, *out, NULL);
    sqlite3_extended_result_codes(*out, 1);
    return VG_OK;
}

/* A finished copy to read. Nobody writes to it, so no log or lock is made beside it, unless
 * there is one. */
static int open_copy(vg_db *db, const char *path, sqlite3 **out)
{
    char uri[PATH_ROOM * 3], wal[PATH_ROOM];
    struct stat info;
    snprintf(wal, sizeof wal, "%s-wal", path);
    bool used = stat(wal, &info) == 0 && info.st_size > 0;
    vg__sqlite_uri(uri, sizeof uri, path, used ? "mode=ro" : "immutable=1");
    return open_file(db, uri, SQLITE_OPEN_READONLY | SQLITE_OPEN_URI, out);
}

/* VG_CORRUPT with the first complaint. */
static int check_copy(vg_db *db, const char *path, bool full)
{
    sqlite3 *conn = NULL;
    sqlite3_stmt *stmt = NULL;
    int rc = open_copy(db, path, &conn);
    if (rc == VG_OK &&
        (sqlite3_prepare_v2(
             conn, full ? "pragma integrity_check(1)" : "pragma quick_check(1)", -1,
             &stmt, NULL) != SQLITE_OK ||
         sqlite3_step(stmt) != SQLITE_ROW))
        rc = vg__sqlite_fail_on(db, conn, NULL);
    const char *said = rc == VG_OK ? (const char *)sqlite3_column_text(stmt, 0) : NULL;
    if (rc == VG_OK && !said)
        rc = vg__fail(db, VG_NO_MEMORY, NULL, "out of memory");
    else if (rc == VG_OK && strcmp(said, "ok") != 0)
        rc = vg__fail(db, VG_CORRUPT, NULL, "the copy is not sound: %.300s", said);
    sqlite3_finalize(stmt);
    sqlite3_close(conn);
    return rc;
}

/* ---- out ---- */

static bool has_log(vg_db *db)
{
    sqlite3_stmt *stmt = NULL;
    bool wal = sqlite3_prepare_v2(vg__sqlite_of(db), "pragma journal_mode", -1, &stmt,
                                  NULL) == SQLITE_OK &&
               sqlite3_step(stmt) == SQLITE_ROW &&
               sqlite3_stricmp((const char *)sqlite3_column_text(stmt, 0), "wal") == 0;
    sqlite3_finalize(stmt);
    return wal;
}

/* In a read transaction the log keeps the database as it is now, whatever is written. */
static int copy_one_moment(copying *c)
{
    vg_db *db = c->db;
    if (!has_log(db))
        return copy_pages(c);
    int rc = db->driver->script(db, "begin; select 1 from sqlite_master limit 1");
    if (rc == VG_OK)
        rc = copy_pages(c);
    vg_error error = db->error;
    if (db->driver->in_transaction(db))
        sqlite3_exec(vg__sqlite_of(db), "rollback", NULL, NULL, NULL);
    db->error = error;
    return rc;
}

static int copy_to(vg_db *db, const char *part, const vg_backup_options *options)
{
    copying c = {.db = db, .from = vg__sqlite_of(db), .options = options};
    int rc = open_file(db, part, SQLITE_OPEN_READWRITE | SQLITE_OPEN_CREATE, &c.to);
    /* It is nobody's yet: no journal, and one sync at the end. */
    if (rc == VG_OK && sqlite3_exec(c.to,
                                    "pragma journal_mode = off;"
                                    "pragma synchronous = off",
                                    NULL, NULL, NULL) != SQLITE_OK)
        rc = vg__sqlite_fail_on(db, c.to, NULL);
    if (rc == VG_OK)
        rc = copy_one_moment(&c);
    sqlite3_close(c.to);
    return rc;
}

static int vacuum_to(vg_db *db, const char *part)
{
    sqlite3_stmt *stmt = NULL;
    int rc = sqlite3_prepare_v2(vg__sqlite_of(db), "vacuum into ?", -1, &stmt, NULL);
    if (rc == SQLITE_OK)
        rc = sqlite3_bind_text(stmt, 1, part, -1, SQLITE_STATIC);
    if (rc == SQLITE_OK)
        rc = sqlite3_step(stmt);
    int code = rc == SQLITE_DONE ? VG_OK : vg__sqlite_fail(db, "vacuum into ?");
    sqlite3_finalize(stmt);
    return code;
}

/* What every new copy goes through; `options` NULL: by VACUUM. */
static int make_copy(vg_db *db, const char *path, const vg_backup_options *options)
{
    char part[PATH_ROOM], journal[PATH_ROOM + 16];
    int rc = refuse_target(db, path);
    if (rc != VG_OK)
        return rc;
    name_part(part, path);
    rc = options ? copy_to(db, part, options) : vacuum_to(db, part);
    if (rc == VG_OK && options && options->check)
        rc = check_copy(db, part, true);
    if (rc == VG_OK)
        rc = publish(db, part, path);
    if (rc != VG_OK) {
        unlink(part);
        snprintf(journal, sizeof journal, "%s-journal", part);
        unlink(journal);
    }
    return rc;
}

int vg__sqlite_backup(vg_db *db, const char *path, const vg_backup_options *options)
{
    return make_copy(db, path, options);
}

int vg__sqlite_vacuum_into(vg_db *db, const char *path)
{
    return make_copy(db, path, NULL);
}

/* ---- in ---- */

/* What would wipe the database out is not taken for a copy. */
static int refuse_copy(vg_db *db, const char *path, bool full)
{
    struct stat info;
    if (strlen(path) + 64 > PATH_ROOM)
        return vg__fail(db, VG_TOO_BIG, NULL, "the path is longer than %d bytes",
                        PATH_ROOM - 64);
    if (stat(path, &info) != 0)
        return fail_file(db, "open", path);
    if (info.st_size == 0)
        return vg__fail(db, VG_CORRUPT, NULL, "\"%.300s\" is empty", path);
    return check_copy(db, path, full);
}

int vg__sqlite_restore(vg_db *db, const char *path, const vg_backup_options *options)
{
    copying c = {.db = db, .to = vg__sqlite_of(db), .options = options};
    int rc = refuse_copy(db, path, options->check);
    if (rc != VG_OK)
        return rc;
    rc = open_copy(db, path, &c.from);
    if (rc == VG_OK)
        rc = copy_pages(&c);
    if (rc == VG_READ_ONLY) /* what SQLite says of it */
        rc = vg__fail(db, VG_UNSUPPORTED, NULL,
                      "the copy has another page size, which a database with a "
                      "write-ahead log cannot take: open it with VG_JOURNAL_DELETE");
    sqlite3_close(c.from);
    return rc;
}
