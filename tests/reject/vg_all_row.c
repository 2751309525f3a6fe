/* vg_all into a row instead of a list.
 *
 * SPDX-License-Identifier: MIT */
#include "schema.h"

void reject(void)
{
#ifndef GOOD
    rc = vg_all(db, arena, &user, SELECT(users)); /* expect: user */
#else
    rc = vg_all(db, arena, &list, SELECT(users));
#endif
}
