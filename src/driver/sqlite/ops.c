/* What is done to a database as a whole: is it sound, its log, its copies. */
#include "driver/sqlite/sqlite.h"
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

const vg_operations vg__sqlite_operations = {
    .alone = alone,
    .check = check,
    .only_read = only_read,
    .log_size = log_size,
    .watch = vg__sqlite_watch,
    .interrupt = vg__sqlite_interrupt,
};
