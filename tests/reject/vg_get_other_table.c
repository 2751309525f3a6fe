/* vg_get into another table's row.
 *
 * SPDX-License-Identifier: MIT */
#include "schema.h"

void reject(void)
{
#ifndef GOOD
    rc = vg_get(db, arena, post, SELECT(users)); /* expect: vg_get: the result does not */
#else
    rc = vg_get(db, arena, user, SELECT(users));
#endif
}
