/* DIV with a text.
 *
 * SPDX-License-Identifier: MIT */
#include "schema.h"

void reject(void)
{
#ifndef GOOD
    maybe_number = DIV(users.age, users.name); /* expect: DIV(users.age, users.name): users.name */
#else
    maybe_number = DIV(users.age, 1);
#endif
}
