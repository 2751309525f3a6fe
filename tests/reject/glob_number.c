/* GLOB on a number.
 *
 * SPDX-License-Identifier: MIT */
#include "schema.h"

void reject(void)
{
#ifndef GOOD
    p = GLOB(users.age, string); /* expect: GLOB(users.age, string): both sides must be text */
#else
    p = GLOB(users.name, string);
#endif
}
