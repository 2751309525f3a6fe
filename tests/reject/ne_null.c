/* NULL compared with: it would never be true.
 *
 * SPDX-License-Identifier: MIT */
#include "schema.h"

void reject(void)
{
#ifndef GOOD
    p = NE(users.name, NULL); /* expect: NE(users.name, NULL): the two sides have different types */
#else
    p = IS_NOT_NULL(users.name);
#endif
}
