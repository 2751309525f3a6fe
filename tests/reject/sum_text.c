/* SUM of a text.
 *
 * SPDX-License-Identifier: MIT */
#include "schema.h"

void reject(void)
{
#ifndef GOOD
    clause = ORDER_BY(SUM(users.email)); /* expect: SUM(users.email): users.email is not a number */
#else
    clause = ORDER_BY(SUM(users.id));
#endif
}
