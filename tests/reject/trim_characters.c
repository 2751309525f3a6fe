/* TRIM of characters that are a number.
 *
 * SPDX-License-Identifier: MIT */
#include "schema.h"

void reject(void)
{
#ifndef GOOD
    clause = ORDER_BY(TRIM(users.name, 5)); /* expect: TRIM(users.name, 5): an argument is not text */
#else
    clause = ORDER_BY(TRIM(users.name, "5"));
#endif
}
