/* ADD with a string.
 *
 * SPDX-License-Identifier: MIT */
#include "schema.h"

void reject(void)
{
#ifndef GOOD
    number = ADD(posts.views, string); /* expect: ADD(posts.views, string): string is not a */
#else
    number = ADD(posts.views, 1);
#endif
}
