/* MUL with a string.
 *
 * SPDX-License-Identifier: MIT */
#include "schema.h"

void reject(void)
{
#ifndef GOOD
    number = MUL(posts.views, string); /* expect: MUL(posts.views, string): string is not a */
#else
    number = MUL(posts.views, 1);
#endif
}
