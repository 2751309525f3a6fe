/* NULL compared with: it would never be true.
 *
 * SPDX-License-Identifier: MIT */
#include "schema.h"

void reject(void)
{
#ifndef GOOD
    p = EQ(users.age, NULL); /* expect: EQ(users.age, NULL): the two sides have different types */
#else
    p = IS_NULL(users.age);
#endif
}
