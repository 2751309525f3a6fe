/* NULL for an array that is NOT NULL.
 *
 * SPDX-License-Identifier: MIT */
#include "schema.h"

TABLE(natives,
    COLUMN(id,   INT, PRIMARY_KEY),
    COLUMN(tags, ARRAY(TEXT), NOT_NULL),
    COLUMN(span, INTERVAL),
    COLUMN(ip,   INET))

void reject(void)
{
#ifndef GOOD
    clause = UPDATE(natives, SET(tags, NULL)); /* expect: SET(tags): the column is NOT NULL */
#else
    clause = UPDATE(natives, SET(span, NULL));
#endif
}
