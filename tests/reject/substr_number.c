/* SUBSTR of a number.
 *
 * SPDX-License-Identifier: MIT */
#include "schema.h"

void reject(void)
{
#ifndef GOOD
    clause = ORDER_BY(SUBSTR(users.age, 1)); /* expect: SUBSTR(users.age, 1): the first argument is not text */
#else
    clause = ORDER_BY(SUBSTR(users.name, 1));
#endif
}
