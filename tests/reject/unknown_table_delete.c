/* A table that the schema does not have.
 *
 * SPDX-License-Identifier: MIT */
/* lines: 29 */
/* Both the object and what it is are missing. */
#include "schema.h"

void reject(void)
{
#ifndef GOOD
    clause = DELETE_FROM(usres); /* expect: 'usres' */
#else
    clause = DELETE_FROM(users);
#endif
}
