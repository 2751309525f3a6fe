/* vg_one into a row pointer, not its address.
 *
 * SPDX-License-Identifier: MIT */
#include "schema.h"

void reject(void)
{
#ifndef GOOD
    rc = vg_one(db, arena, user, SELECT(users)); /* expect: vg_one: the result does not */
#else
    rc = vg_one(db, arena, &user, SELECT(users));
#endif
}
