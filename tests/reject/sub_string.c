/* SUB with a string.
 *
 * SPDX-License-Identifier: MIT */
#include "schema.h"

void reject(void)
{
#ifndef GOOD
    number = SUB(posts.views, string); /* expect: SUB(posts.views, string): string is not a */
#else
    number = SUB(posts.views, 1);
#endif
}
