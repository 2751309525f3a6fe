/* CONCAT with a number on the right.
 *
 * SPDX-License-Identifier: MIT */
#include "schema.h"

void reject(void)
{
#ifndef GOOD
    clause = ORDER_BY(CONCAT(users.email, 5)); /* expect: CONCAT(users.email, 5): an argument is not text */
#else
    clause = ORDER_BY(CONCAT(users.email, "5"));
#endif
}
