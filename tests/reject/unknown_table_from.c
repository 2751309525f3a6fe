/* A table that the schema does not have.
 *
 * SPDX-License-Identifier: MIT */
#include "schema.h"

void reject(void)
{
#ifndef GOOD
    clause = FROM(usres); /* expect: 'usres' */
#else
    clause = FROM(users);
#endif
}
