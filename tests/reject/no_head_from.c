/* A statement that begins with FROM.
 *
 * SPDX-License-Identifier: MIT */
#include "schema.h"

void reject(void)
{
#ifndef GOOD
    rc = vg_all(db, arena, &list, FROM(users)); /* expect: the statement does not begin with */
#else
    rc = vg_all(db, arena, &list, SELECT(users));
#endif
}
