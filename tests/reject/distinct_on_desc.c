/* DISTINCT_ON with a sort term.
 *
 * SPDX-License-Identifier: MIT */
#include "schema.h"

void reject(void)
{
#ifndef GOOD
    clause = DISTINCT_ON(DESC(users.name)); /* expect: DISTINCT_ON: ASC and DESC belong into ORDER_BY */
#else
    clause = DISTINCT_ON(users.name);
#endif
}
