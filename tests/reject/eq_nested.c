/* A mistake deep inside other words.
 *
 * SPDX-License-Identifier: MIT */
#include "schema.h"

void reject(void)
{
#ifndef GOOD
    p = AND(p, OR(p, NOT(EQ(users.email, ADD(users.age, 1))))); /* expect: EQ(users.email, */
#else
    p = AND(p, OR(p, NOT(EQ(users.age, ADD(users.age, 1)))));
#endif
}
