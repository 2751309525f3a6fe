/* A table that the schema does not have.
 *
 * SPDX-License-Identifier: MIT */
#include "schema.h"

void reject(void)
{
#ifndef GOOD
    clause = INNER_JOIN(usres, p); /* expect: 'usres' */
#else
    clause = INNER_JOIN(users, p);
#endif
}
