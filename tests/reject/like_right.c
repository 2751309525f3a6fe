/* LIKE with a number as the pattern.
 *
 * SPDX-License-Identifier: MIT */
#include "schema.h"

void reject(void)
{
#ifndef GOOD
    p = LIKE(users.email, 5); /* expect: LIKE(users.email, 5): both sides must be text */
#else
    p = LIKE(users.email, "a%");
#endif
}
