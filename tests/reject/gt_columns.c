/* GT of columns of different types.
 *
 * SPDX-License-Identifier: MIT */
#include "schema.h"

void reject(void)
{
#ifndef GOOD
    p = GT(users.age, posts.title); /* expect: GT(users.age, posts.title): the two sides */
#else
    p = GT(users.age, posts.views);
#endif
}
