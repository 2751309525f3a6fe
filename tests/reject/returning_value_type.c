/* RETURNING_VALUE of a text into an integer.
 *
 * SPDX-License-Identifier: MIT */
#include "schema.h"

void reject(void)
{
#ifndef GOOD
    rc = vg_get(db, arena, &count, DELETE_FROM(users), RETURNING_VALUE(users.email)); /* expect: vg_get */
#else
    rc = vg_get(db, arena, &count, DELETE_FROM(users), RETURNING_VALUE(users.id));
#endif
}
