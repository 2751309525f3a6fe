/* NOT_IN with a text in a list of numbers.
 *
 * SPDX-License-Identifier: MIT */
#include "schema.h"

void reject(void)
{
#ifndef GOOD
    p = NOT_IN(users.age, 1, string, 3); /* expect: NOT_IN(users.age, 1, string, 3): a value has */
#else
    p = NOT_IN(users.age, 1, 2, 3);
#endif
}
