/* ADD_TIME of a text.
 *
 * SPDX-License-Identifier: MIT */
#include "schema.h"

void reject(void)
{
#ifndef GOOD
    clause = ORDER_BY(ADD_TIME(users.since, "1", DAY)); /* expect: an argument is not an INTEGER */
#else
    clause = ORDER_BY(ADD_TIME(users.since, 1, DAY));
#endif
}
