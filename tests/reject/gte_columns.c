/* GTE of columns of different types.
 *
 * SPDX-License-Identifier: MIT */
#include "schema.h"

void reject(void)
{
#ifndef GOOD
    p = GTE(users.age, posts.title); /* expect: GTE(users.age, posts.title): the two sides */
#else
    p = GTE(users.age, posts.views);
#endif
}
