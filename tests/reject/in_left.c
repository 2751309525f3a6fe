/* IN with numbers for a text column.
 *
 * SPDX-License-Identifier: MIT */
#include "schema.h"

void reject(void)
{
#ifndef GOOD
    p = IN(users.name, 1, 2); /* expect: IN(users.name, 1, 2): a value has another type than */
#else
    p = IN(users.name, "a", "b");
#endif
}
