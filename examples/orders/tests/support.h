/* What the tests share. SPDX-License-Identifier: MIT */
#ifndef ORDERS_SUPPORT_H
#define ORDERS_SUPPORT_H

#include "database.h"
#include "service.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>

/* A database that a test may open more than once: a file in a folder of its own, or a database
 * of the server. */
typedef struct place {
    char folder[64];
    char url[256];
} place;

void place_make(place *p);
void place_remove(place *p);

/* Whether the tests run on PostgreSQL: ORDERS_DATABASE says so, VIRGA_POSTGRES_URL has the
 * server and a role that may create databases. */
bool on_postgresql(void);

/* A service on a database in memory, or on a new one of the server, whose log goes nowhere. */
typedef struct rig {
    place own; /* of the server, unless the settings name another */
    settings settings;
    logger log;
    database database;
    service service;
    vg_arena arena;
} rig;

/* Settings of a test: pairs of a name and a value, ended by NULL, over the standard ones;
 * a new database unless they name one. */
void rig_open(rig *r, const char *const *pairs);
void rig_close(rig *r);

/* settings_source over such pairs. */
const char *pair_source(void *pairs, const char *name);

/* A draft of `count` items, "sku-0" and so on, quantity i + 1, at 100 cents. The items are in
 * the arena. */
order_draft rig_draft(rig *r, int64_t customer_id, size_t count);

/* A new folder under the system's for temporary files, and its end with all that is in it. */
void folder_make(char out[64]);
void folder_remove(const char *path);

#endif
