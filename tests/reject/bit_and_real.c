/* Bits of a REAL.
 *
 * SPDX-License-Identifier: MIT */
#include "schema.h"

void reject(void)
{
#ifndef GOOD
    clause = ORDER_BY(BIT_AND(users.score, 2)); /* expect: BIT_AND(users.score, 2): an argument is not an INTEGER */
#else
    clause = ORDER_BY(BIT_AND(users.age, 2));
#endif
}
