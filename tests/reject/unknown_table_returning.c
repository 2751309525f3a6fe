/* A table that the schema does not have.
 *
 * SPDX-License-Identifier: MIT */
#include "schema.h"

void reject(void)
{
#ifndef GOOD
    clause = RETURNING(usres); /* expect: 'usres' */
#else
    clause = RETURNING(users);
#endif
}
