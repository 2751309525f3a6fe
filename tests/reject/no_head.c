/* A statement that begins with a condition.
 *
 * SPDX-License-Identifier: MIT */
#include "schema.h"

void reject(void)
{
#ifndef GOOD
    rc = vg_all(db, arena, &list, WHERE(p)); /* expect: the statement does not begin with */
#else
    rc = vg_all(db, arena, &list, SELECT(users), WHERE(p));
#endif
}
