/* LEAST of different types.
 *
 * SPDX-License-Identifier: MIT */
#include "schema.h"

void reject(void)
{
#ifndef GOOD
    clause = ORDER_BY(LEAST(users.age, users.since)); /* expect: LEAST(users.age, users.since): the types differ */
#else
    clause = ORDER_BY(LEAST(users.age, users.score));
#endif
}
