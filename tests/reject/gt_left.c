/* GT of a number column and a text.
 *
 * SPDX-License-Identifier: MIT */
#include "schema.h"

void reject(void)
{
#ifndef GOOD
    p = GT(users.age, "a"); /* expect: GT(users.age, */
#else
    p = GT(users.age, 5);
#endif
}
