/* CONTAINS on a number.
 *
 * SPDX-License-Identifier: MIT */
#include "schema.h"

void reject(void)
{
#ifndef GOOD
    p = CONTAINS(users.age, string); /* expect: CONTAINS(users.age, string): both sides must be text */
#else
    p = CONTAINS(users.name, string);
#endif
}
