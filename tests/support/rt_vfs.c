/* The failing file system of rt_vfs.h: every method but xWrite is the default one's. */
#include "rt_vfs.h"
#include <sqlite3.h>
#include <string.h>

static int fail_code = SQLITE_OK;
static int writes_left;
static sqlite3_vfs vfs;

/* A file of the default file system lies behind this. */
typedef union file {
    sqlite3_file base;
    sqlite3_int64 align;
} file;

void rt_vfs_fail(int code, int writes)
{
    fail_code = code;
    writes_left = writes;
}

/* The default file system's file; its methods find themselves in it again. */
static sqlite3_file *inner(sqlite3_file *f)
{
    return (sqlite3_file *)((file *)(void *)f + 1);
}

static int x_close(sqlite3_file *f)
{
    return inner(f)->pMethods->xClose(inner(f));
}

static int x_read(sqlite3_file *f, void *to, int n, sqlite3_int64 at)
{
    return inner(f)->pMethods->xRead(inner(f), to, n, at);
}

static int x_write(sqlite3_file *f, const void *from, int n, sqlite3_int64 at)
{
    if (fail_code != SQLITE_OK && writes_left-- <= 0)
        return fail_code;
    return inner(f)->pMethods->xWrite(inner(f), from, n, at);
}

static int x_truncate(sqlite3_file *f, sqlite3_int64 size)
{
    return inner(f)->pMethods->xTruncate(inner(f), size);
}

static int x_sync(sqlite3_file *f, int flags)
{
    return inner(f)->pMethods->xSync(inner(f), flags);
}

static int x_size(sqlite3_file *f, sqlite3_int64 *size)
{
    return inner(f)->pMethods->xFileSize(inner(f), size);
}

static int x_lock(sqlite3_file *f, int level)
{
    return inner(f)->pMethods->xLock(inner(f), level);
}

static int x_unlock(sqlite3_file *f, int level)
{
    return inner(f)->pMethods->xUnlock(inner(f), level);
}

static int x_reserved(sqlite3_file *f, int *out)
{
    return inner(f)->pMethods->xCheckReservedLock(inner(f), out);
}

static int x_control(sqlite3_file *f, int op, void *arg)
{
    return inner(f)->pMethods->xFileControl(inner(f), op, arg);
}

static int x_sector(sqlite3_file *f)
{
    return inner(f)->pMethods->xSectorSize(inner(f));
}

static int x_device(sqlite3_file *f)
{
    return inner(f)->pMethods->xDeviceCharacteristics(inner(f));
}

/* Version 1: no shared memory, so a database here keeps a rollback journal. */
static const sqlite3_io_methods methods = {.iVersion = 1,
                                           .xClose = x_close,
                                           .xRead = x_read,
                                           .xWrite = x_write,
                                           .xTruncate = x_truncate,
                                           .xSync = x_sync,
                                           .xFileSize = x_size,
                                           .xLock = x_lock,
                                           .xUnlock = x_unlock,
                                           .xCheckReservedLock = x_reserved,
                                           .xFileControl = x_control,
                                           .xSectorSize = x_sector,
                                           .xDeviceCharacteristics = x_device};

static int x_open(sqlite3_vfs *self, const char *name, sqlite3_file *f, int flags,
                  int *out)
{
    sqlite3_vfs *real = self->pAppData;
    memset(f, 0, (size_t)self->szOsFile);
    int rc = real->xOpen(real, name, inner(f), flags, out);
    f->pMethods = inner(f)->pMethods ? &methods : NULL;
    return rc;
}

int rt_vfs_register(void)
{
    sqlite3_vfs *real = sqlite3_vfs_find(NULL);
    if (!real)
        return SQLITE_ERROR;
    if (vfs.zName)
        return SQLITE_OK;
    vfs = *real;
    vfs.zName = "virga-fault";
    vfs.pAppData = real;
    vfs.pNext = NULL;
    vfs.szOsFile = (int)sizeof(file) + real->szOsFile;
    vfs.xOpen = x_open;
    return sqlite3_vfs_register(&vfs, 0);
}
