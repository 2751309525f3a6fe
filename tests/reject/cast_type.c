/* CAST to what is no type.
 *
 * SPDX-License-Identifier: MIT */
#include "schema.h"

void reject(void)
{
#ifndef GOOD
    clause = ORDER_BY(CAST(users.name, NUMBER)); /* expect: CAST(users.name, NUMBER): NUMBER is not a column type */
#else
    clause = ORDER_BY(CAST(users.name, REAL));
#endif
}
