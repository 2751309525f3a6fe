/* IS_NOT with another type.
 *
 * SPDX-License-Identifier: MIT */
#include "schema.h"

void reject(void)
{
#ifndef GOOD
    p = IS_NOT(users.name, 5); /* expect: IS_NOT(users.name, 5): the two sides have different types */
#else
    p = IS_NOT(users.name, string);
#endif
}
