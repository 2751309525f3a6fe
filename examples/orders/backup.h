/* Backups of the database in use: one file each, named by its time, the newest N of them.
 * SPDX-License-Identifier: MIT */
#ifndef ORDERS_BACKUP_H
#define ORDERS_BACKUP_H

#include "log.h"
#include "settings.h"

#include <virga/virga.h>

typedef struct backups backups;

/* Start the thread that makes them, the first one when the newest file is older than
 * settings.backup_seconds. With no folder set *out is NULL. False: it could not, or the
 * database is not SQLite's; the log says why. What is passed is borrowed until backups_close. */
bool backups_open(backups **out, const settings *s, vg_pool *pool, logger *log);

/* Stop; a copy under way is given up. NULL is ignored. */
void backups_close(backups *b);

/* Make one now, and remove the oldest beyond settings.backup_keep. `go_on` is asked now and
 * then; NULL: go on. False: it failed or was given up. */
bool backups_make(const settings *s, vg_pool *pool, logger *log,
                  bool (*go_on)(void *ctx, int64_t done, int64_t total), void *ctx);

#endif
