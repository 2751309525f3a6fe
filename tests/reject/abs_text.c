/* ABS of a text.
 *
 * SPDX-License-Identifier: MIT */
#include "schema.h"

void reject(void)
{
#ifndef GOOD
    clause = ORDER_BY(ABS(users.email)); /* expect: ABS(users.email): users.email is not a number */
#else
    clause = ORDER_BY(ABS(users.id));
#endif
}
