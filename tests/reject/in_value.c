/* IN with a text in a list of numbers.
 *
 * SPDX-License-Identifier: MIT */
#include "schema.h"

void reject(void)
{
#ifndef GOOD
    p = IN(users.age, 1, string, 3); /* expect: IN(users.age, 1, string, 3): a value has another */
#else
    p = IN(users.age, 1, 2, 3);
#endif
}
