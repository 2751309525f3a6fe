/* vg_exists into an int.
 *
 * SPDX-License-Identifier: MIT */
#include "schema.h"

void reject(void)
{
#ifndef GOOD
    rc = vg_exists(db, &rc, FROM(users)); /* expect: vg_exists: the result must be the address of */
#else
    rc = vg_exists(db, &yes, FROM(users));
#endif
}
