/* CEIL of a text.
 *
 * SPDX-License-Identifier: MIT */
#include "schema.h"

void reject(void)
{
#ifndef GOOD
    clause = ORDER_BY(CEIL(users.name)); /* expect: CEIL(users.name): users.name is not a number */
#else
    clause = ORDER_BY(CEIL(users.score));
#endif
}
