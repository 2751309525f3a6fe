/* What is done to a database as a whole. Files, logs and copies are the server's affair:
 * what concerns them is refused, with the server's own way of doing it. */
#include "driver/postgres/postgres.h"

static bool alone(vg_db *db)
{
    (void)db;
    return false;
}

/* No word to the server: what a statement is says the driver, when it is bound. */
static int only_read(vg_db *db, bool on)
{
    vg__pg_of(db)->refuses_writes = on;
    return VG_OK;
}

static int64_t log_size(vg_db *db)
{
    (void)db;
    return 0;
}

static int refuse(vg_db *db, const char *what, const char *instead)
{
    return vg__fail(db, VG_UNSUPPORTED, NULL, "%s is not for PostgreSQL: %s", what,
                    instead);
}

static int checkpoint(vg_db *db, vg_checkpoint_mode mode, int *log_pages,
                      int *moved_pages)
{
    (void)mode;
    *log_pages = *moved_pages = -1;
    return db->driver->script(db, "checkpoint");
}

static int inspect(vg_db *db, vg_integrity how,
                   int (*found)(void *ctx, const vg_defect *defect), void *ctx)
{
    (void)how;
    (void)found;
    (void)ctx;
    return refuse(db, "vg_integrity_check", "use pg_amcheck");
}

static int optimize(vg_db *db)
{
    return db->driver->script(db, "analyze");
}

static int vacuum(vg_db *db)
{
    return db->driver->script(db, "vacuum");
}

static int vacuum_into(vg_db *db, const char *path)
{
    (void)path;
    return refuse(db, "vg_vacuum_into", "use pg_dump");
}

static int backup(vg_db *db, const char *path, const vg_backup_options *options)
{
    (void)path;
    (void)options;
    return refuse(db, "vg_backup", "use pg_dump or pg_basebackup");
}

static int restore(vg_db *db, const char *path, const vg_backup_options *options)
{
    (void)path;
    (void)options;
    return refuse(db, "vg_restore", "use pg_restore");
}

static int attach(vg_db *db, const char *url, const char *name, bool read_only)
{
    (void)url;
    (void)name;
    (void)read_only;
    return refuse(db, "vg_attach", "use schemas of one database, or postgres_fdw");
}

static int detach(vg_db *db, const char *name)
{
    (void)name;
    return refuse(db, "vg_detach", "nothing can be attached");
}

const vg_operations vg__postgres_operations = {
    .pulse = vg__pg_pulse,
    .position = vg__pg_position,
    .forget = vg__pg_forget_session,
    .alone = alone,
    .check = vg__pg_check,
    .only_read = only_read,
    .log_size = log_size,
    .checkpoint = checkpoint,
    .inspect = inspect,
    .optimize = optimize,
    .vacuum = vacuum,
    .vacuum_into = vacuum_into,
    .backup = backup,
    .attach = attach,
    .detach = detach,
    .restore = restore,
};
