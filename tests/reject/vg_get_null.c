/* vg_get of what may be NULL into an int64_t.
 *
 * SPDX-License-Identifier: MIT */
#include "schema.h"

void reject(void)
{
#ifndef GOOD
    rc = vg_get(db, arena, &count, SELECT_VALUE(SUM(users.age))); /* expect: vg_get: the result */
#else
    rc = vg_get(db, arena, &user->age, SELECT_VALUE(SUM(users.age)));
#endif
}
