/* The database of the service: opened, brought up to date, watched, closed.
 * SPDX-License-Identifier: MIT */
#ifndef ORDERS_DATABASE_H
#define ORDERS_DATABASE_H

#include "log.h"
#include "schema.h"
#include "settings.h"

typedef struct database_kind database_kind; /* SQLite, PostgreSQL */

typedef struct database {
    vg_pool *pool;
    const database_kind *kind;
    const settings *settings;
    logger *log;
    bool migrated;
} database;

/* Open a pool of one writer and as many readers as there are threads (and one for backups),
 * and bring the tables to what this program expects. False: the log says why. `d`, `s` and
 * `log` stay where they are until database_close. */
bool database_open(database *d, const settings *s, logger *log);

/* The migrations for the database that `db` is connected to. */
const vg_migrations *database_migrations(const vg_db *db);

/* Warn in the log when it is 80 % full. */
void database_check_size(const database *d);

/* Move SQLite's write-ahead log into the database and close. A connection that is still in use
 * after ten seconds is an error in the log, and false. */
bool database_close(database *d);

#endif
