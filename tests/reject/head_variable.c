/* Rows of a clause that is kept in a variable.
 *
 * SPDX-License-Identifier: MIT */
/* lines: 15 */
/* After the check's message comes the compiler's own, about the value's use. */
#include "schema.h"

void reject(void)
{
#ifndef GOOD
    rc = vg_all(db, arena, &list, clause); /* expect: the result does not hold the rows */
#else
    rc = vg_all(db, arena, &list, SELECT(users));
#endif
}
