/* REPLACE by a number.
 *
 * SPDX-License-Identifier: MIT */
#include "schema.h"

void reject(void)
{
#ifndef GOOD
    clause = ORDER_BY(REPLACE(users.name, "a", 1)); /* expect: an argument is not text */
#else
    clause = ORDER_BY(REPLACE(users.name, "a", "1"));
#endif
}
