/* LAG with a default of another type.
 *
 * SPDX-License-Identifier: MIT */
#include "schema.h"

void reject(void)
{
#ifndef GOOD
    clause = ORDER_BY(LAG(users.age, 1, "x")); /* expect: the types differ */
#else
    clause = ORDER_BY(LAG(users.age, 1, 0));
#endif
}
