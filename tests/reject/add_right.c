/* ADD with a text.
 *
 * SPDX-License-Identifier: MIT */
#include "schema.h"

void reject(void)
{
#ifndef GOOD
    maybe_number = ADD(users.age, users.name); /* expect: ADD(users.age, users.name): users.name */
#else
    maybe_number = ADD(users.age, 1);
#endif
}
