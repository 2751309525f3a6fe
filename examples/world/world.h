/* What the files of this example know of each other.
 *
 * SPDX-License-Identifier: MIT */
#ifndef WORLD_H
#define WORLD_H

#include "schema.h"

#include <jansson.h>

enum { SOURCE_COUNT = 5 };

/* The JSON files, read and parsed: load.c says which is which. */
typedef struct sources {
    json_t *lists[SOURCE_COUNT];
} sources;

/* Read the files of `folder`. Returns false after telling the user what is missing. */
bool sources_read(sources *s, const char *folder);
void sources_free(sources *s);

/* Write them into an empty database in one transaction. Returns a vg_code. */
int load(vg_db *db, const sources *s);

/* The tour of queries. Returns a vg_code. */
int tour(vg_db *db);

/* The state of show_statement. */
struct show {
    bool on;         /* say something */
    char last[2048]; /* the last statement: one that follows itself is not said again */
};

/* The log hook that shows what a statement became: SQL, parameters, rows, time. `ctx`
 * is a struct show *. */
void show_statement(void *ctx, const vg_log_event *event);

#endif
