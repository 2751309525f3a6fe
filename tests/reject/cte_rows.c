/* CTE of other rows than its alias has.
 *
 * SPDX-License-Identifier: MIT */
#include "schema.h"

void reject(void)
{
#ifndef GOOD
    clause = CTE(recent, SELECT(users)); /* expect: CTE(recent): the alias has other rows */
#else
    clause = CTE(recent, SELECT(card), FROM(posts));
#endif
}
