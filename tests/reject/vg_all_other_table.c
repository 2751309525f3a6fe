/* vg_all into another table's list.
 *
 * SPDX-License-Identifier: MIT */
#include "schema.h"

void reject(void)
{
#ifndef GOOD
    rc = vg_all(db, arena, &list, SELECT(posts)); /* expect: vg_all: the result */
#else
    rc = vg_all(db, arena, &list, SELECT(users));
#endif
}
