/* DIV on a text column.
 *
 * SPDX-License-Identifier: MIT */
#include "schema.h"

void reject(void)
{
#ifndef GOOD
    number = DIV(posts.title, 1); /* expect: DIV(posts.title, 1): posts.title is not a number */
#else
    number = DIV(posts.views, 1);
#endif
}
