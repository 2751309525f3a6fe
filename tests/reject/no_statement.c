/* Rows wanted of no statement at all.
 *
 * SPDX-License-Identifier: MIT */
/* lines: 25 */
/* After the check's message comes the compiler's own, about the value's use. */
#include "schema.h"

void reject(void)
{
#ifndef GOOD
    rc = vg_all(db, arena, &list); /* expect: the statement does not begin with */
#else
    rc = vg_all(db, arena, &list, SELECT(users));
#endif
}
