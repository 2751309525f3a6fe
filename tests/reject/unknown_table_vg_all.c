/* A table that the schema does not have.
 *
 * SPDX-License-Identifier: MIT */
/* lines: 11 */
/* Every place where the table is needed complains. */
#include "schema.h"

void reject(void)
{
#ifndef GOOD
    rc = vg_all(db, arena, &list, SELECT(usres), LIMIT(1)); /* expect: 'usres' */
#else
    rc = vg_all(db, arena, &list, SELECT(users), LIMIT(1));
#endif
}
