/* LT of a text column and a number.
 *
 * SPDX-License-Identifier: MIT */
#include "schema.h"

void reject(void)
{
#ifndef GOOD
    p = LT(users.email, 5); /* expect: LT(users.email, 5): the two sides have different types */
#else
    p = LT(users.email, "a");
#endif
}
