/* LT of columns of different types.
 *
 * SPDX-License-Identifier: MIT */
#include "schema.h"

void reject(void)
{
#ifndef GOOD
    p = LT(users.age, posts.title); /* expect: LT(users.age, posts.title): the two sides */
#else
    p = LT(users.age, posts.views);
#endif
}
