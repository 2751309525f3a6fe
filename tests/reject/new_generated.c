/* What inserts a row has no member for a generated column.
 *
 * SPDX-License-Identifier: MIT */
#include "schema.h"

TABLE(boxes,
    COLUMN(id, INTEGER, PRIMARY_KEY),
    COLUMN(width, INTEGER, NOT_NULL),
    COLUMN(area, INTEGER, GENERATED(VIRTUAL, "width * width")))

void reject(void)
{
#ifndef GOOD
    struct boxes_new row = {.width = 5, .area = {0}}; /* expect: 'area' */
#else
    struct boxes_new row = {.width = 5};
#endif
    clause = INSERT_INTO(boxes, VALUES(&row));
}
