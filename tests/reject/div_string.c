/* DIV with a string.
 *
 * SPDX-License-Identifier: MIT */
#include "schema.h"

void reject(void)
{
#ifndef GOOD
    number = DIV(posts.views, string); /* expect: DIV(posts.views, string): string is not a */
#else
    number = DIV(posts.views, 1);
#endif
}
