/* ROUND of a text.
 *
 * SPDX-License-Identifier: MIT */
#include "schema.h"

void reject(void)
{
#ifndef GOOD
    clause = ORDER_BY(ROUND(users.name)); /* expect: ROUND(users.name): the first argument is not a number */
#else
    clause = ORDER_BY(ROUND(users.score));
#endif
}
