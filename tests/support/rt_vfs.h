/* A file system for SQLite that fails on demand: a full disk, a write that fails. It
 * stands on the default one and is named "virga-fault" in URLs:
 *
 *     rt_vfs_register();
 *     vg_open(&db, "file:/tmp/x/test.db?vfs=virga-fault", NULL);
 *     rt_vfs_fail(SQLITE_FULL, 0);        every write from here says: disk full
 *     rt_vfs_fail(SQLITE_OK, 0);          there is room again
 *
 * One thread at a time. */
#pragma once

/* Make it known to SQLite; may be called again. Returns SQLite's result code. */
int rt_vfs_register(void);

/* After `writes` more writes all others return `code`; SQLITE_OK: none fails. */
void rt_vfs_fail(int code, int writes);
