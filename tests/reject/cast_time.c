/* CAST of a time to a number.
 *
 * SPDX-License-Identifier: MIT */
#include "schema.h"

void reject(void)
{
#ifndef GOOD
    clause = ORDER_BY(CAST(users.since, INTEGER)); /* expect: CAST(users.since, INTEGER): this type cannot become INTEGER */
#else
    clause = ORDER_BY(CAST(users.age, INTEGER));
#endif
}
