/* WHERE of a text column, in a whole statement.
 *
 * SPDX-License-Identifier: MIT */
/* lines: 13 */
/* The compilers add a note about the parameter, with its line. */
#include "schema.h"

void reject(void)
{
#ifndef GOOD
    rc = vg_all(db, arena, &list, SELECT(users), WHERE(AND(p, users.name))); /* expect: incompati */
#else
    rc = vg_all(db, arena, &list, SELECT(users), WHERE(AND(p, p)));
#endif
}
