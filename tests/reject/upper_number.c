/* UPPER of a number.
 *
 * SPDX-License-Identifier: MIT */
#include "schema.h"

void reject(void)
{
#ifndef GOOD
    clause = ORDER_BY(UPPER(users.id)); /* expect: UPPER(users.id): users.id is not text */
#else
    clause = ORDER_BY(UPPER(users.email));
#endif
}
