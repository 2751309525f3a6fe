/* ILIKE on a number.
 *
 * SPDX-License-Identifier: MIT */
#include "schema.h"

void reject(void)
{
#ifndef GOOD
    p = ILIKE(users.age, string); /* expect: ILIKE(users.age, string): both sides must be text */
#else
    p = ILIKE(users.name, string);
#endif
}
