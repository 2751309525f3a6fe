/* IS with another type.
 *
 * SPDX-License-Identifier: MIT */
#include "schema.h"

void reject(void)
{
#ifndef GOOD
    p = IS(users.age, "x"); /* expect: the two sides have different types */
#else
    p = IS(users.age, NULL);
#endif
}
