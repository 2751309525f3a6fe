/* Settings, all from the environment; `orders --help` lists them.
 * SPDX-License-Identifier: MIT */
#ifndef ORDERS_SETTINGS_H
#define ORDERS_SETTINGS_H

#include "faults.h"
#include "log.h"

#include <stdint.h>
#include <stdio.h>

typedef struct settings {
    const char *database_url;
    const char *host;
    int64_t port;               /* 0: any that is free */
    int64_t threads;            /* that serve requests */
    int64_t max_connections;    /* of clients, at once */
    int64_t max_body_bytes;     /* of a request */
    int64_t request_seconds;    /* to send a request, and to take its answer */
    int64_t shutdown_seconds;   /* for requests in flight */
    int64_t power_safe;         /* 0: commits do not wait for the disk */
    int64_t max_database_mib;   /* 0: no limit; a warning at 80 % of it */
    const char *backup_folder;  /* "": no backups */
    int64_t backup_seconds;     /* between two */
    int64_t backup_keep;        /* files; the older ones go */
    const char *log_level_text; /* debug, info, warn, error */
    log_level log_level;
} settings;

/* Where settings come from: the value of a name, or NULL. The values are not copied. */
typedef const char *(*settings_source)(void *ctx, const char *name);

/* Read all of them. True, or what is wrong with them in `out`. A source of NULL is the
 * environment. */
bool settings_read(settings *s, settings_source source, void *ctx, faults *out);

/* Print their names, standard values and meanings. */
void settings_help(FILE *out);

#endif
