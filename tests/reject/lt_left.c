/* LT of a number column and a text.
 *
 * SPDX-License-Identifier: MIT */
#include "schema.h"

void reject(void)
{
#ifndef GOOD
    p = LT(users.age, "a"); /* expect: LT(users.age, */
#else
    p = LT(users.age, 5);
#endif
}
