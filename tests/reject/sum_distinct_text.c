/* SUM_DISTINCT of a text.
 *
 * SPDX-License-Identifier: MIT */
#include "schema.h"

void reject(void)
{
#ifndef GOOD
    clause = ORDER_BY(SUM_DISTINCT(users.email)); /* expect: SUM_DISTINCT(users.email): */
#else
    clause = ORDER_BY(SUM_DISTINCT(users.id));
#endif
}
