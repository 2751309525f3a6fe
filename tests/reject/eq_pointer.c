/* A C value that has no SQL type.
 *
 * SPDX-License-Identifier: MIT */
#include "schema.h"

void reject(void)
{
#ifndef GOOD
    p = EQ(users.age, user); /* expect: EQ(users.age, user): the two sides have different types */
#else
    p = EQ(users.age, user->age.v);
#endif
}
