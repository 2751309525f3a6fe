/* ADD on a text column.
 *
 * SPDX-License-Identifier: MIT */
#include "schema.h"

void reject(void)
{
#ifndef GOOD
    number = ADD(posts.title, 1); /* expect: ADD(posts.title, 1): posts.title is not a number */
#else
    number = ADD(posts.views, 1);
#endif
}
