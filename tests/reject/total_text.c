/* TOTAL of a text.
 *
 * SPDX-License-Identifier: MIT */
#include "schema.h"

void reject(void)
{
#ifndef GOOD
    clause = ORDER_BY(TOTAL(users.name)); /* expect: TOTAL(users.name): users.name is not a number */
#else
    clause = ORDER_BY(TOTAL(users.age));
#endif
}
