/* MUL with a text.
 *
 * SPDX-License-Identifier: MIT */
#include "schema.h"

void reject(void)
{
#ifndef GOOD
    maybe_number = MUL(users.age, users.name); /* expect: MUL(users.age, users.name): users.name */
#else
    maybe_number = MUL(users.age, 1);
#endif
}
