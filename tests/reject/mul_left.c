/* MUL on a text column.
 *
 * SPDX-License-Identifier: MIT */
#include "schema.h"

void reject(void)
{
#ifndef GOOD
    number = MUL(posts.title, 1); /* expect: MUL(posts.title, 1): posts.title is not a number */
#else
    number = MUL(posts.views, 1);
#endif
}
