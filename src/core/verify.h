/* Between verify.c, which goes through the queries and their plans, and verify_null.c. */
#pragma once
#include "core/run.h"
#include <virga/verify.h>

/* For each place of a statement's rows where a NULL could arrive and the field cannot hold
 * one: what it is and what to do. `found` returns other than VG_OK to end it. */
typedef int (*vg_null_fn)(void *ctx, const char *text);
int vg__find_nulls(const vg_clause *query, size_t count, vg_null_fn found, void *ctx);
