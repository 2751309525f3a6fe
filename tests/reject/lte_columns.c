/* LTE of columns of different types.
 *
 * SPDX-License-Identifier: MIT */
#include "schema.h"

void reject(void)
{
#ifndef GOOD
    p = LTE(users.age, posts.title); /* expect: LTE(users.age, posts.title): the two sides */
#else
    p = LTE(users.age, posts.views);
#endif
}
