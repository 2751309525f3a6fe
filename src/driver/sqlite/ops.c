/* What is done to a database as a whole: is it sound, its log, its copies. */
#include "driver/sqlite/sqlite.h"
#include <stdio.h>
#include <sys/stat.h>

/* "": in memory, or a temporary file. */
static const char *file_of(vg_db *db)
{
    const char *file = sqlite3_db_filename(vg__sqlite_of(db), "main");
    return file ? file : "";
}

static bool alone(vg_db *db)
{
    return !*file_of(db);
}

void vg__sqlite_uri(char *out, size_t room, const char *path, const char *query)
{
    static const char plain[] = "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ"
                                "0123456789/._-~";
    size_t at = (size_t)snprintf(out, room, "file:");
    while (path[0] == '/' && path[1] == '/') /* it would be a host */
        path++;
    for (; *path && at + 4 < room; path++) {
        if (strchr(plain, *path))
            out[at++] = *path;
        else
            at += (size_t)snprintf(out + at, room - at, "%%%02x", (unsigned char)*path);
    }
    snprintf(out + at, room - at, "?%s", query);
}

/* The file must still be the one that was opened, and its first page readable. */
static int check(vg_db *db)
{
    int moved = 0;
    sqlite3_file_control(vg__sqlite_of(db), "main", SQLITE_FCNTL_HAS_MOVED, &moved);
    if (moved)
        return vg__fail(db, VG_CONNECT, NULL,
                        "the database's file was moved, replaced or deleted");
    return db->driver->script(db, "select 1 from sqlite_master limit 1");
}

static int only_read(vg_db *db, bool on)
{
    return db->driver->script(db,
                              on ? "pragma query_only = 1" : "pragma query_only = 0");
}

static int64_t log_size(vg_db *db)
{
    struct stat info;
    const char *file = file_of(db);
    if (!*file || stat(sqlite3_filename_wal(file), &info) != 0)
        return 0;
    return info.st_size;
}

static int checkpoint(vg_db *db, vg_checkpoint_mode mode, int *log_pages,
                      int *moved_pages)
{
    static const int modes[] = {[VG_CHECKPOINT_PASSIVE] = SQLITE_CHECKPOINT_PASSIVE,
                                [VG_CHECKPOINT_FULL] = SQLITE_CHECKPOINT_FULL,
                                [VG_CHECKPOINT_RESTART] = SQLITE_CHECKPOINT_RESTART,
                                [VG_CHECKPOINT_TRUNCATE] = SQLITE_CHECKPOINT_TRUNCATE};
    int rc = sqlite3_wal_checkpoint_v2(vg__sqlite_of(db), NULL, modes[mode], log_pages,
                                       moved_pages);
    return rc == SQLITE_OK ? VG_OK : vg__sqlite_fail(db, NULL);
}

/* ---- defects ---- */

typedef struct inspection {
    vg_db *db;
    int (*found)(void *ctx, const vg_defect *defect);
    void *ctx;
} inspection;

static int found_in_file(inspection *i, sqlite3_stmt *stmt)
{
    const char *message = (const char *)sqlite3_column_text(stmt, 0);
    if (!message)
        return vg__fail(i->db, VG_NO_MEMORY, NULL, "out of memory");
    if (strcmp(message, "ok") == 0)
        return VG_OK;
    return i->found(i->ctx, &(vg_defect){VG_DEFECT_FILE, message, "", "", 0});
}

static int found_key(inspection *i, sqlite3_stmt *stmt)
{
    char message[300];
    const char *table = (const char *)sqlite3_column_text(stmt, 0);
    const char *parent = (const char *)sqlite3_column_text(stmt, 2);
    if (!table || !parent)
        return vg__fail(i->db, VG_NO_MEMORY, NULL, "out of memory");
    int64_t row = sqlite3_column_int64(stmt, 1);
    snprintf(message, sizeof message, "row %lld of %.100s refers to no row of %.100s",
             (long long)row, table, parent);
    return i->found(i->ctx,
                    &(vg_defect){VG_DEFECT_FOREIGN_KEY, message, table, parent, row});
}

/* The rows of a pragma; damage that ends it early is a defect like the others. */
static int inspect_by(inspection *i, const char *sql,
                      int (*row)(inspection *i, sqlite3_stmt *stmt))
{
    sqlite3_stmt *stmt;
    int left = 100, rc = VG_OK;
    int step = sqlite3_prepare_v2(vg__sqlite_of(i->db), sql, -1, &stmt, NULL);
    while (rc == VG_OK && left-- > 0 && (step = sqlite3_step(stmt)) == SQLITE_ROW)
        rc = row(i, stmt);
    if (rc == VG_OK && step != SQLITE_ROW && step != SQLITE_DONE) {
        rc = vg__sqlite_fail(i->db, sql);
        if (rc == VG_CORRUPT) {
            vg_defect defect = {VG_DEFECT_FILE, i->db->error.message, "", "", 0};
            rc = i->found(i->ctx, &defect);
            i->db->error.code = rc;
        }
    }
    sqlite3_finalize(stmt);
    return rc;
}

static int inspect(vg_db *db, vg_integrity how,
                   int (*found)(void *ctx, const vg_defect *defect), void *ctx)
{
    inspection i = {db, found, ctx};
    int rc = inspect_by(&i,
                        how == VG_INTEGRITY_QUICK ? "pragma quick_check(100)"
                                                  : "pragma integrity_check(100)",
                        found_in_file);
    return rc == VG_OK ? inspect_by(&i, "pragma foreign_key_check", found_key) : rc;
}

static int optimize(vg_db *db)
{
    return db->driver->script(db, "pragma analysis_limit = 400; pragma optimize");
}

static int vacuum(vg_db *db)
{
    return db->driver->script(db, "vacuum");
}

static vg_pulse pulse(const vg_db *db)
{
    (void)db;
    return VG_PULSE_QUIET;
}

const vg_operations vg__sqlite_operations = {
    .one_writer = true,
    .pulse = pulse,
    .alone = alone,
    .check = check,
    .only_read = only_read,
    .log_size = log_size,
    .checkpoint = checkpoint,
    .inspect = inspect,
    .optimize = optimize,
    .vacuum = vacuum,
    .vacuum_into = vg__sqlite_vacuum_into,
    .backup = vg__sqlite_backup,
    .attach = vg__sqlite_attach,
    .detach = vg__sqlite_detach,
    .restore = vg__sqlite_restore,
};
