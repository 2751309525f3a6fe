/* GT of a text column and a number.
 *
 * SPDX-License-Identifier: MIT */
#include "schema.h"

void reject(void)
{
#ifndef GOOD
    p = GT(users.email, 5); /* expect: GT(users.email, 5): the two sides have different types */
#else
    p = GT(users.email, "a");
#endif
}
