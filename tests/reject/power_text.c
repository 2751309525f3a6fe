/* POWER of a text.
 *
 * SPDX-License-Identifier: MIT */
#include "schema.h"

void reject(void)
{
#ifndef GOOD
    clause = ORDER_BY(POWER(users.name, 2)); /* expect: POWER(users.name, 2): users.name is not a number */
#else
    clause = ORDER_BY(POWER(users.age, 2));
#endif
}
