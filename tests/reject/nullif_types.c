/* NULLIF of different types.
 *
 * SPDX-License-Identifier: MIT */
#include "schema.h"

void reject(void)
{
#ifndef GOOD
    clause = ORDER_BY(NULLIF(users.name, 5)); /* expect: NULLIF(users.name, 5): the types differ */
#else
    clause = ORDER_BY(NULLIF(users.name, "5"));
#endif
}
