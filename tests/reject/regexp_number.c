/* REGEXP on a number.
 *
 * SPDX-License-Identifier: MIT */
#include "schema.h"

void reject(void)
{
#ifndef GOOD
    p = REGEXP(users.age, string); /* expect: REGEXP(users.age, string): both sides must be text */
#else
    p = REGEXP(users.name, string);
#endif
}
