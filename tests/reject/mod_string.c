/* MOD with a string.
 *
 * SPDX-License-Identifier: MIT */
#include "schema.h"

void reject(void)
{
#ifndef GOOD
    number = MOD(posts.views, string); /* expect: MOD(posts.views, string): string is not a */
#else
    number = MOD(posts.views, 1);
#endif
}
