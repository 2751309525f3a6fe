/* vg_get of an int64_t into an int.
 *
 * SPDX-License-Identifier: MIT */
#include "schema.h"

void reject(void)
{
#ifndef GOOD
    rc = vg_get(db, arena, &rc, SELECT_VALUE(COUNT()), FROM(users)); /* expect: vg_get: the */
#else
    rc = vg_get(db, arena, &count, SELECT_VALUE(COUNT()), FROM(users));
#endif
}
