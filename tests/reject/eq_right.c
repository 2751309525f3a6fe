/* EQ of a text column and a number.
 *
 * SPDX-License-Identifier: MIT */
#include "schema.h"

void reject(void)
{
#ifndef GOOD
    p = EQ(users.email, 5); /* expect: EQ(users.email, 5): the two sides have different types */
#else
    p = EQ(users.email, "a");
#endif
}
