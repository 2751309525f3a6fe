/* EQ of columns of different types.
 *
 * SPDX-License-Identifier: MIT */
#include "schema.h"

void reject(void)
{
#ifndef GOOD
    p = EQ(users.age, posts.title); /* expect: EQ(users.age, posts.title): the two sides */
#else
    p = EQ(users.age, posts.views);
#endif
}
