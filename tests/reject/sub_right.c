/* SUB with a text.
 *
 * SPDX-License-Identifier: MIT */
#include "schema.h"

void reject(void)
{
#ifndef GOOD
    maybe_number = SUB(users.age, users.name); /* expect: SUB(users.age, users.name): users.name */
#else
    maybe_number = SUB(users.age, 1);
#endif
}
