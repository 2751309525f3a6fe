/* NE of columns of different types.
 *
 * SPDX-License-Identifier: MIT */
#include "schema.h"

void reject(void)
{
#ifndef GOOD
    p = NE(users.age, posts.title); /* expect: NE(users.age, posts.title): the two sides */
#else
    p = NE(users.age, posts.views);
#endif
}
