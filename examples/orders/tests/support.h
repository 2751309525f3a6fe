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

/* A service on a database in memory, whose log goes nowhere. */
typedef struct rig {
    settings settings;
    logger log;
    database database;
    service service;
    vg_arena arena;
} rig;

/* Settings of a test: pairs of a name and a value, ended by NULL, over the standard ones;
 * an in-memory database unless they name one. */
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
