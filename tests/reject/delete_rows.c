/* Rows wanted of a DELETE without RETURNING.
 *
 * SPDX-License-Identifier: MIT */
#include "schema.h"

void reject(void)
{
#ifndef GOOD
    rc = vg_all(db, arena, &list, DELETE_FROM(users), ALL_ROWS); /* expect: the statement yields */
#else
    rc = vg_all(db, arena, &list, DELETE_FROM(users), ALL_ROWS, RETURNING(users));
#endif
}
