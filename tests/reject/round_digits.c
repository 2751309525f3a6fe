/* ROUND to a fraction of digits.
 *
 * SPDX-License-Identifier: MIT */
#include "schema.h"

void reject(void)
{
#ifndef GOOD
    clause = ORDER_BY(ROUND(users.score, 1.5)); /* expect: ROUND(users.score, 1.5): an argument is not an INTEGER */
#else
    clause = ORDER_BY(ROUND(users.score, 1));
#endif
}
