/* NE of a number column and a text.
 *
 * SPDX-License-Identifier: MIT */
#include "schema.h"

void reject(void)
{
#ifndef GOOD
    p = NE(users.age, "a"); /* expect: NE(users.age, */
#else
    p = NE(users.age, 5);
#endif
}
