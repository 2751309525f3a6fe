/* COLLATE of a number.
 *
 * SPDX-License-Identifier: MIT */
#include "schema.h"

void reject(void)
{
#ifndef GOOD
    clause = ORDER_BY(COLLATE(users.age, NOCASE)); /* expect: COLLATE(users.age): users.age is not text */
#else
    clause = ORDER_BY(COLLATE(users.name, NOCASE));
#endif
}
