/* MOD with a text.
 *
 * SPDX-License-Identifier: MIT */
#include "schema.h"

void reject(void)
{
#ifndef GOOD
    maybe_number = MOD(users.age, users.name); /* expect: MOD(users.age, users.name): users.name */
#else
    maybe_number = MOD(users.age, 1);
#endif
}
