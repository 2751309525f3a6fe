/* vg_one into another table's row.
 *
 * SPDX-License-Identifier: MIT */
#include "schema.h"

void reject(void)
{
#ifndef GOOD
    rc = vg_one(db, arena, &post, SELECT(users)); /* expect: vg_one: the result does not */
#else
    rc = vg_one(db, arena, &user, SELECT(users));
#endif
}
