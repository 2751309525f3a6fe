/* A generated column is the database's to fill in.
 *
 * SPDX-License-Identifier: MIT */
#include "schema.h"

TABLE(boxes,
    COLUMN(id, INTEGER, PRIMARY_KEY),
    COLUMN(width, INTEGER, NOT_NULL),
    COLUMN(area, INTEGER, NOT_NULL, GENERATED(STORED, "width * width")))

void reject(void)
{
#ifndef GOOD
    clause = UPDATE(boxes, SET(area, 5)); /* expect: SET(area): the column is GENERATED */
#else
    clause = UPDATE(boxes, SET(width, 5));
#endif
}
