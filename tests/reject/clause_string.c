/* A string given as a clause.
 *
 * SPDX-License-Identifier: MIT */
/* lines: 13 */
/* The compilers add a note about the parameter, with its line. */
#include "schema.h"

void reject(void)
{
#ifndef GOOD
    rc = vg_all(db, arena, &list, SELECT(users), "limit 1"); /* expect: incompatible type */
#else
    rc = vg_all(db, arena, &list, SELECT(users), LIMIT(1));
#endif
}
