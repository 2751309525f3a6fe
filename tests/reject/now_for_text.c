/* NOW compared with a text.
 *
 * SPDX-License-Identifier: MIT */
#include "schema.h"

void reject(void)
{
#ifndef GOOD
    p = EQ(users.name, NOW()); /* expect: EQ(users.name, NOW()): the two sides have different types */
#else
    p = EQ(users.since, NOW());
#endif
}
