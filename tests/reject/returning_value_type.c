/* RETURNING_VALUE of an int64_t into an int.
 *
 * SPDX-License-Identifier: MIT */
#include "schema.h"

void reject(void)
{
#ifndef GOOD
    rc = vg_get(db, NULL, &rc, DELETE_FROM(users), RETURNING_VALUE(users.id)); /* expect: vg_get: */
#else
    rc = vg_get(db, NULL, &count, DELETE_FROM(users), RETURNING_VALUE(users.id));
#endif
}
