/* A recursive CTE of other rows than its alias has.
 *
 * SPDX-License-Identifier: MIT */
#include "schema.h"

void reject(void)
{
#ifndef GOOD
    clause = CTE_RECURSIVE(recent, SELECT(users)); /* expect: CTE_RECURSIVE(recent): the */
#else
    clause = CTE_RECURSIVE(recent, SELECT(card), FROM(posts));
#endif
}
