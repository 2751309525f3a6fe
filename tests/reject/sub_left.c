/* SUB on a text column.
 *
 * SPDX-License-Identifier: MIT */
#include "schema.h"

void reject(void)
{
#ifndef GOOD
    number = SUB(posts.title, 1); /* expect: SUB(posts.title, 1): posts.title is not a number */
#else
    number = SUB(posts.views, 1);
#endif
}
