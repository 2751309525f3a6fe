/* LOWER of a number.
 *
 * SPDX-License-Identifier: MIT */
#include "schema.h"

void reject(void)
{
#ifndef GOOD
    clause = ORDER_BY(LOWER(users.id)); /* expect: LOWER(users.id): users.id is not text */
#else
    clause = ORDER_BY(LOWER(users.email));
#endif
}
