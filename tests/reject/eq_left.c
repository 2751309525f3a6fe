/* EQ of a number column and a text.
 *
 * SPDX-License-Identifier: MIT */
#include "schema.h"

void reject(void)
{
#ifndef GOOD
    p = EQ(users.age, "a"); /* expect: EQ(users.age, */
#else
    p = EQ(users.age, 5);
#endif
}
