/* NE of a text column and a number.
 *
 * SPDX-License-Identifier: MIT */
#include "schema.h"

void reject(void)
{
#ifndef GOOD
    p = NE(users.email, 5); /* expect: NE(users.email, 5): the two sides have different types */
#else
    p = NE(users.email, "a");
#endif
}
