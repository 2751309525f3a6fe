/* GREATEST of different types.
 *
 * SPDX-License-Identifier: MIT */
#include "schema.h"

void reject(void)
{
#ifndef GOOD
    clause = ORDER_BY(GREATEST(users.age, "5")); /* expect: the types differ */
#else
    clause = ORDER_BY(GREATEST(users.age, 5));
#endif
}
