/* A CTE that is no query.
 *
 * SPDX-License-Identifier: MIT */
#include "schema.h"

void reject(void)
{
#ifndef GOOD
    clause = CTE(recent, FROM(posts)); /* expect: CTE(recent): the alias has other rows */
#else
    clause = CTE(recent, SELECT(card), FROM(posts));
#endif
}
