/* A table that the schema does not have.
 *
 * SPDX-License-Identifier: MIT */
#include "schema.h"

void reject(void)
{
#ifndef GOOD
    clause = DELETE_FROM(usres); /* expect: 'usres' */
#else
    clause = DELETE_FROM(users);
#endif
}
