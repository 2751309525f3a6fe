/* NEG of a text.
 *
 * SPDX-License-Identifier: MIT */
#include "schema.h"

void reject(void)
{
#ifndef GOOD
    clause = ORDER_BY(NEG(users.email)); /* expect: NEG(users.email): users.email is not a number */
#else
    clause = ORDER_BY(NEG(users.id));
#endif
}
