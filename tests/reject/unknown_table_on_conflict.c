/* A table that the schema does not have.
 *
 * SPDX-License-Identifier: MIT */
/* lines: 12 */
/* Every place where the table is needed complains. */
#include "schema.h"

void reject(void)
{
#ifndef GOOD
    clause = ON_CONFLICT(usres, DO_NOTHING); /* expect: 'usres' */
#else
    clause = ON_CONFLICT(users, DO_NOTHING);
#endif
}
