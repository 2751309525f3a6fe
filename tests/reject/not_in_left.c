/* NOT_IN with numbers for a text column.
 *
 * SPDX-License-Identifier: MIT */
#include "schema.h"

void reject(void)
{
#ifndef GOOD
    p = NOT_IN(users.name, 1, 2); /* expect: NOT_IN(users.name, 1, 2): a value has another type */
#else
    p = NOT_IN(users.name, "a", "b");
#endif
}
