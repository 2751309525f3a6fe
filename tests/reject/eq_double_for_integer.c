/* A double compared with an INTEGER column.
 *
 * SPDX-License-Identifier: MIT */
#include "schema.h"

void reject(void)
{
#ifndef GOOD
    p = EQ(users.age, 1.5); /* expect: EQ(users.age, 1.5): the two sides have different types */
#else
    p = EQ(users.age, 1);
#endif
}
