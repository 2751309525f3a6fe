/* MOD on a text column.
 *
 * SPDX-License-Identifier: MIT */
#include "schema.h"

void reject(void)
{
#ifndef GOOD
    number = MOD(posts.title, 1); /* expect: MOD(posts.title, 1): posts.title is not a number */
#else
    number = MOD(posts.views, 1);
#endif
}
