/* A table that the schema does not have.
 *
 * SPDX-License-Identifier: MIT */
/* lines: 23 */
/* Every place where the table is needed complains. */
#include "schema.h"

void reject(void)
{
#ifndef GOOD
    p = EQ(usres.id, 1); /* expect: 'usres' */
#else
    p = EQ(users.id, 1);
#endif
}
