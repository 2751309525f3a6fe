/* vg_count into an int.
 *
 * SPDX-License-Identifier: MIT */
#include "schema.h"

void reject(void)
{
#ifndef GOOD
    rc = vg_count(db, &rc, FROM(users)); /* expect: vg_count: the result must be the address of a */
#else
    rc = vg_count(db, &count, FROM(users));
#endif
}
