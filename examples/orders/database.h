/* The database of the service: opened, brought up to date, watched, closed.
 * SPDX-License-Identifier: MIT */
#ifndef ORDERS_DATABASE_H
#define ORDERS_DATABASE_H

#include "log.h"
#include "schema.h"
#include "settings.h"

typedef struct database {
    vg_pool *pool;
    const settings *settings;
    logger *log;
    bool migrated;
} database;

/* Open a pool of one writer and as many readers as there are threads (and one for backups),
 * and bring the tables to what this program expects. False: the log says why. `d`, `s` and
 * `log` stay where they are until database_close. */
bool database_open(database *d, const settings *s, logger *log);

/* Warn in the log when it is 80 % full. */
void database_check_size(const database *d);

/* Move the write-ahead log into the database and close. A connection that is still in use
 * after ten seconds is an error in the log, and false. */
bool database_close(database *d);

#endif
